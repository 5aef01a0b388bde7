#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// `when`: what is switched off is left out, and what refers to it is judged for every value.
namespace crenel::tests {
namespace {

std::string with_desk(const std::string& statement, const std::string& condition = "direct",
                      const std::string& parameters = "direct : bool = false, more : bool = true, n : int(1..3) = 2") {
  return in_pattern("site desk { addresses = [203.0.113.7] } when " + condition +
                        "\nlet flag = direct and more and n == 2\n" + statement,
                    parameters) +
         "";
}

TEST_CASE("a reference needs the condition of what it refers to: CRN0217") {
  CHECK(codes_of(with_desk("never desk -> app")) == "CRN0217");
  CHECK(codes_of(with_desk("never desk -> app when direct")).empty());
  CHECK(codes_of(with_desk("never desk -> app when more and direct")).empty());
  CHECK(codes_of(with_desk("never desk -> app when direct and (more and n == 3)")).empty());
  CHECK(codes_of(with_desk("never desk -> app when direct or more")) == "CRN0217");
  CHECK(codes_of(with_desk("never desk -> app when not direct")) == "CRN0217");
  CHECK(codes_of(with_desk("never desk -> app when not not direct")).empty());
  CHECK(codes_of(with_desk("never desk -> app when not (not direct or not more)")).empty());
  // A name for the condition is the condition.
  CHECK(codes_of(with_desk("never desk -> app when flag")).empty());
  CHECK(codes_of(with_desk("never desk -> app when direct and more and n == 2", "flag")).empty());
  CHECK(codes_of(with_desk("never desk -> app when direct", "flag")) == "CRN0217");
  CHECK(codes_of(with_desk("never desk -> app when n == 2", "n == 2")).empty());
  CHECK(codes_of(with_desk("never desk -> app when n == 3", "n == 2")) == "CRN0217");
}

TEST_CASE("the check does not depend on today's value") {
  CHECK(codes_of(with_desk("never desk -> app", "more")) == "CRN0217");
  Front bound(with_desk("never desk -> app"));
  bound.check({{"direct", "true"}});
  CHECK(bound.codes() == "CRN0217");
}

TEST_CASE("what never changes is decided") {
  CHECK(codes_of(with_desk("never desk -> app", "true")).empty());
  CHECK(codes_of(with_desk("never desk -> app", "false")) == "CRN0217");
  CHECK(codes_of(with_desk("never desk -> app when false", "false")).empty());
}

TEST_CASE("a choice is a condition too") {
  CHECK(codes_of(with_desk("never desks -> app\nlet desks = if direct then [desk] else []")).empty());
  CHECK(codes_of(with_desk("never desks -> app\nlet desks = if more then [desk] else []")) == "CRN0217");
  CHECK(codes_of(with_desk("never desks -> app\nlet desks = if not direct then [] else [desk]")).empty());
}

TEST_CASE("what is off is checked and left out") {
  Front front(with_desk("group b in main.app { image = \"i\" } when direct\nallow desk -> b : ssh when direct"));
  const std::string dump = front.dump();
  CHECK(front.codes().empty());
  CHECK(dump.find("desk") == std::string::npos);
  CHECK(dump.find("group b") == std::string::npos);
  CHECK(dump.find("allow") == std::string::npos);
  Front on(with_desk("group b in main.app { image = \"i\" } when direct\nallow desk -> b : ssh when direct"));
  CHECK(on.dump({{"direct", "true"}}).find("allow desk -> b : ssh") != std::string::npos);
  CHECK(codes_of(with_desk("group b in main.ap { image = 3 } when direct")) == "CRN0210 CRN0301");
}

TEST_CASE("the conditions of a use reach everything in it") {
  const std::string inner =
      "pattern inner(extra : bool = false) {\n  network n { space = 10.9.0.0/16  subnet t : private { size = /24 } }\n"
      "  group a in n.t { image = \"i\" }\n  group b in n.t { image = \"i\" } when extra\n"
      "  never a -> b when extra\n}\n";
  const auto outer = [&](const std::string& text) {
    return codes_of(inner + "pattern q(w : bool = true) {\n" + text + "\n}\n");
  };
  CHECK(outer("use inner() as i when w\nnever internet -> i.a when w").empty());
  CHECK(outer("use inner() as i when w\nnever internet -> i.a") == "CRN0217");
  CHECK(outer("use inner() as i\nnever internet -> i.b") == "CRN0217");
  CHECK(outer("use inner(extra: true) as i when w\nnever internet -> i.b when w").empty());
  CHECK(outer("use inner(extra: w) as i\nnever internet -> i.b when w").empty());
  CHECK(outer("use inner(extra: w) as i\nnever internet -> i.b") == "CRN0217");
  CHECK(outer("use inner(extra: not w) as i\nnever internet -> i.b when not w").empty());
  Front off(inner + "environment e { }\nstack s on aws in e { region = r  use inner() as i when env.name == other }\n");
  CHECK(off.dump().find("i.n") == std::string::npos);
}

TEST_CASE("a stack is judged for every stage: CRN0217 CRN0319 CRN0221") {
  const auto stack = [](const std::string& text) {
    return codes_of(
        "environment dev { stage = dev }\nenvironment prod { stage = prod }\n"
        "stack s on aws in dev, prod { region = r\n  network n { space = 10.0.0.0/16  subnet t : private { size = /24 "
        "} }\n" +
        text + "\n}\n");
  };
  CHECK(stack("group g in n.t { image = \"i\" } when env.stage == prod\nnever internet -> g when env.stage == prod")
            .empty());
  CHECK(stack("group g in n.t { image = \"i\" } when env.stage == prod\nnever internet -> g") == "CRN0217");
  CHECK(stack("group g in n.t { image = \"i\" } when env.stage == prodd") == "CRN0319");
  CHECK(stack("group g in n.t { image = \"i\" } when env.sage == prod").find("CRN0225") != std::string::npos);
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\" } when env.stage == prod")) == "CRN0221");
}

}  // namespace
}  // namespace crenel::tests
