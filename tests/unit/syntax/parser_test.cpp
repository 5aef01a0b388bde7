#include "compiler/syntax/parser.h"

#include <doctest/doctest.h>

#include "compiler/syntax/dump.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {

const Pattern& first_pattern(const Parsed& parsed) {
  REQUIRE(parsed.said() == std::vector<std::string>{});
  return std::get<Pattern>(parsed.file.items.at(0).node);
}

}  // namespace

TEST_CASE("spans cover what was written") {
  const Parsed parsed(
      "// ü: two bytes, one column\n"
      "pattern p(x : int(2..6) = 3) {\n"
      "  allow \"ü\"\n"
      "}\n");
  CHECK(parsed.said() == std::vector<std::string>{"3:9 CRN0101 expected an endpoint, found `\"ü\"`"});

  const Parsed flows(
      "let ä = 1\n"
      "/* é */ pattern p() { allow web.a, every group g where g.x -> 10.0.0.0/8 : https, tcp/1..2 via nat }\n");
  CHECK(flows.said().size() == 1);  // `ä` is no letter of a name

  const Parsed good("/* é */ pattern p() { allow web.a, every group g where g.x -> 10.0.0.0/8 : tcp/1..2 via nat }\n");
  const Pattern& pattern = first_pattern(good);
  const auto& flow = std::get<Flow>(pattern.statements.at(0).node);
  CHECK(good.at(pattern.name.span) == "p");
  CHECK(good.at(pattern.statements.at(0).span).starts_with("allow web.a"));
  CHECK(good.at(pattern.statements.at(0).span).ends_with("via nat"));
  CHECK(good.at(flow.from.span) == "web.a, every group g where g.x");
  CHECK(good.at(flow.from.terms.at(0).span) == "web.a");
  CHECK(good.at(flow.to.span) == "10.0.0.0/8");
  CHECK(good.at(flow.actions.at(0).span) == "tcp/1..2");
  CHECK(good.at(flow.via.at(0).span) == "nat");
  CHECK(good.at(good.file.items.at(0).span).ends_with("via nat }"));
}

TEST_CASE("the span of a call, a range and parentheses is all of it") {
  const Parsed parsed("let x = f(1, 2..3)\nlet y = (a or b)\nlet z = not c\n");
  REQUIRE(parsed.said() == std::vector<std::string>{});
  const auto value = [&](std::size_t at) {
    return parsed.at(std::get<Let>(parsed.file.items.at(at).node).value->span);
  };
  CHECK(value(0) == "f(1, 2..3)");
  CHECK(value(1) == "(a or b)");
  CHECK(value(2) == "not c");
}

TEST_CASE("escapes are resolved, and the others are refused where they stand") {
  const Parsed good(R"(let x = "a\"b\\c\nd\te")");
  REQUIRE(good.said() == std::vector<std::string>{});
  const auto& value = std::get<Let>(good.file.items.at(0).node).value;
  CHECK(std::get<TextLiteral>(value->node).text == "a\"b\\c\nd\te");

  const Parsed bad(R"(let x = ["\q", "ok", "a\ü\\"])"
                   "\nlet y = 1\n");
  CHECK(bad.said() == std::vector<std::string>{"1:11 CRN0108 `\\q` is not an escape in a text",
                                               "1:24 CRN0108 `\\ü` is not an escape in a text"});
  CHECK(bad.file.items.size() == 1);
  CHECK(bad.diagnostics.all().at(0).fixes.at(0).edits.at(0).text == "\\");
}

TEST_CASE("CR LF ends lines as LF does, and a doc comment does not keep it") {
  const Parsed parsed("/// One.\r\n/// Two.\r\nlabel a\r\n");
  REQUIRE(parsed.said() == std::vector<std::string>{});
  CHECK(parsed.file.items.at(0).doc == "One.\nTwo.");
}

TEST_CASE("a claim keeps its way and its condition") {
  const Parsed parsed("pattern p() { never a -> b : c except via d, e.f when g\n always a -> b : c via d }");
  const Pattern& pattern = first_pattern(parsed);
  const auto& never = std::get<Claim>(pattern.statements.at(0).node);
  CHECK(never.kind == ClaimKind::Never);
  CHECK(never.to.except.empty());
  REQUIRE(never.via.size() == 2);
  CHECK(dump(never.via.at(1)) == "e.f");
  CHECK(dump(*never.when) == "g");
  CHECK(std::get<Claim>(pattern.statements.at(1).node).via.size() == 1);
}

TEST_CASE("a value by itself") {
  const auto parse_value = [](const std::string& text) {
    base::Sources sources;
    const auto source = sources.add("--set", text);
    diagnostics::Diagnostics diagnostics;
    const ExprPtr value = parse_expression(sources, source, diagnostics);
    CHECK((value == nullptr) == diagnostics.has_errors());
    if (value) return dump(*value);
    REQUIRE(diagnostics.all().size() == 1);
    return std::string(diagnostics.all().at(0).code) + " " + diagnostics.all().at(0).message;
  };
  CHECK(parse_value("10.0.0.0/16") == "10.0.0.0/16");
  CHECK(parse_value("[a, 2..3]") == "[a, 2..3]");
  CHECK(parse_value("if a then 1 else 2") == "(if a then 1 else 2)");
  CHECK(parse_value("") == "CRN0101 expected a value, but there is nothing");
  CHECK(parse_value("1 2") == "CRN0101 expected the end of the value, found `2`");
  CHECK(parse_value("[1") == "CRN0101 expected `,` or `]`, but the text ends here");
  CHECK(parse_value("a == b == c") == "CRN0113 a comparison of a comparison takes parentheses");
  CHECK(parse_value("\"a") == "CRN0106 this text has no closing `\"` on its line");
  CHECK(parse_value("5mm") == "CRN0109 `5mm` is neither a number nor a name");
  CHECK(parse_value(std::string("a\0b", 3)) == "CRN0118 a NUL character cannot stand in a program");
}

TEST_CASE("what is read loosely is judged by its place") {
  const Parsed parsed(R"(pattern p() {
  group g in a.b { subnet x : private }
  network n { forward a to b : c  on created(s)  subnet t : publik }
  site s { override "A" { } under x }
  network n { on aws { on azure { } } }
  size = 3
  under x
  link a to b by car
  existing group g = "x"
  require grup g : g.x
  use a() as b because "x"
  allow a -> b : c
}
environment e { forward a to b : c }
)");
  CHECK(parsed.said() == std::vector<std::string>{
                             "2:20 CRN0110 a subnet cannot stand in a group",
                             "3:15 CRN0110 `forward` cannot stand in a network",
                             "3:35 CRN0110 a trigger cannot stand in a network",
                             "3:61 CRN0112 `publik` is not a kind of tier",
                             "4:12 CRN0110 `override` cannot stand in a site",
                             "4:29 CRN0110 `under` cannot stand in a site",
                             "5:24 CRN0110 a provider's block cannot stand in a provider's block",
                             "6:3 CRN0110 a property cannot stand in a pattern",
                             "7:3 CRN0110 `under` cannot stand in a pattern",
                             "8:18 CRN0112 `car` is not a way to link",
                             "9:12 CRN0112 `group` is not a kind of thing that may exist already",
                             "10:11 CRN0112 `grup` is not a kind of declaration",
                             "11:16 CRN0110 `because` cannot stand in a `use`",
                             "14:17 CRN0110 `forward` cannot stand in an environment",
                         });
  // What was judged wrong is not in the tree; the rest is.
  CHECK(dump(parsed.file) == "pattern p\n  allow a -> b : c\n");
  CHECK(parsed.diagnostics.all().at(3).help == "did you mean `public`?");
}
