#include <doctest/doctest.h>

#include "compiler/sema/fact_tables.h"
#include "stdlib/library.h"
#include "tests/unit/sema/front.h"

/// Requirements and policies: facts, conditions, what is asked of what.
namespace crenel::tests {
namespace {

std::string required(const std::string& require) { return codes_of(in_pattern("require " + require)); }

TEST_CASE("a requirement holds, does not, or is asked of nothing") {
  CHECK(required("group g : g.zones >= 2").empty());
  CHECK(required("group g : g.zones >= 3") == "CRN0951");
  CHECK(required("group g : g.max >= 2 or g.max == 1").empty());
  CHECK(required("group g where g.zones >= 3 : g.max >= 2").empty());
  CHECK(required("group g where g.zones >= 2 : g.max >= 2") == "CRN0951");
  CHECK(required("link l : l.because != none") == "CRN0953");
  CHECK(required("network n : exists subnet s where s.network == n").empty());
  CHECK(required("network n : not exists subnet s where s.network == n") == "CRN0951");
  CHECK(required("network n : count(n.subnets) >= 1 and count(n.subnets) <= 6").empty());
}

TEST_CASE("an unknown fact is an error with a suggestion") {
  Front front(in_pattern("require group g : g.zonez >= 2"));
  front.check();
  REQUIRE(front.codes() == "CRN0225");
  CHECK(front.at(0) == "zonez");
  CHECK(front.one().help == "did you mean `zones`?");
}

TEST_CASE("`where` of an exists takes one condition: what follows it does not know the name") {
  Front front(in_pattern("require network n : exists subnet s where s.network == n and s.kind == private"));
  front.check();
  REQUIRE(front.codes() == "CRN0201");
  CHECK(front.one().help == "put all that it is about in parentheses");
  REQUIRE(front.one().notes.size() == 1);
  REQUIRE(front.one().fixes.size() == 1);
  const auto& edits = front.one().fixes[0].edits;
  REQUIRE(edits.size() == 2);
  CHECK(edits[0].text == "(");
  CHECK(edits[1].text == ")");
  CHECK(required("network n : exists subnet s where (s.network == n and s.kind == private)").empty());
  CHECK(required("network n : exists subnet s where s.network == n and n.zones >= 1").empty());
  CHECK(required("network n : exists subnet s where s.network == n and x.zones >= 1") == "CRN0201");
}

TEST_CASE("what cannot be compared is an error before anything is asked") {
  CHECK(required("group g : g.zones == \"two\"") == "CRN0317");
  CHECK(required("group g : g.zones") == "CRN0301");
  CHECK(required("grup g : g.zones >= 2") == "CRN0112");
  CHECK(required("subnet s : s.kind != pubic") == "CRN0301");
}

TEST_CASE("policies of an environment, a stack and a handbook are in force, with those that they are under") {
  const std::string policies =
      "policy base { rule r : error because \"x\" require group g : g.zones >= 3 }\n"
      "policy more { under base  rule r : info because \"y\" never internet -> inside }\n";
  const std::string stack =
      "region = eu_west_1  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
      "group app in main.app { image = \"i\" }\n";
  CHECK(codes_of(policies + "environment e { under more }\nstack s on aws in e { " + stack + " }\n").empty());
  CHECK(codes_of(policies + "environment e { }\nstack s on aws in e { " + stack + "under more }\n").empty());
  CHECK(codes_of(policies + "environment e { under mor }\n") == "CRN0201");
}

TEST_CASE("std/facts says what the table says") {
  const auto text = stdlib::module_text("std/facts");
  REQUIRE(text);
  CHECK(*text == sema::facts_module());
  CHECK(codes_of("import std/facts { group_facts }\n").empty());
}

TEST_CASE("a file of waivers is another file than the environment's") {
  Front own(Files{{"main.crenel", "environment e { waivers = \"main.crenel\" }\n"}});
  own.check();
  CHECK(own.codes() == "CRN0975");
  Front other(Files{{"main.crenel", "environment e { waivers = \"w.crenel\" }\n"}, {"w.crenel", "let a = 1\n"}});
  other.check();
  CHECK(other.codes().empty());
}

TEST_CASE("every kind has facts, each with a name of its own and a sentence") {
  for (const auto& table : sema::all_facts()) {
    CAPTURE(sema::keyword(table.kind));
    CHECK(!table.doc.empty());
    for (const auto& fact : table.facts) {
      CAPTURE(fact.name);
      CHECK(!fact.doc.empty());
      CHECK(sema::find_fact(table.kind, fact.name) == &fact);
    }
  }
}

}  // namespace
}  // namespace crenel::tests
