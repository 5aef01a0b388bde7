#include "compiler/syntax/format.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "compiler/syntax/concrete.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {

std::optional<std::string> formatted(const std::string& text) {
  base::Sources sources;
  const auto source = sources.add("test.crenel", text);
  diagnostics::Diagnostics diagnostics;
  return format(sources, source, diagnostics);
}

std::string dumped(const std::string& text) { return dump(Parsed(text).file); }

/// Everything but blanks and commas, sorted: a comment may pass a comma, and nothing may get lost or be made up.
std::string substance(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != ',') out.push_back(c);
  std::sort(out.begin(), out.end());
  return out;
}

void check_promises(const Program& program) {
  CAPTURE(program.path.string());
  const auto once = formatted(program.text);
  if (Parsed(program.text).diagnostics.has_errors()) {
    CHECK_FALSE(once.has_value());
    return;
  }
  REQUIRE(once.has_value());
  CHECK(dumped(*once) == dumped(program.text));
  CHECK(substance(*once) == substance(program.text));
  CHECK(formatted(*once) == once);
}

std::size_t check_folder(const std::filesystem::path& folder) {
  const auto programs = programs_in(folder);
  for (const auto& program : programs) check_promises(program);
  return programs.size();
}

const std::filesystem::path& root() {
  static const std::filesystem::path path(CRENEL_SOURCE_DIR);
  return path;
}

}  // namespace

TEST_CASE("every program of the project keeps its meaning and its comments, and is formatted in one go") {
  for (const char* folder : {"stdlib", "examples", "tests"}) CHECK(check_folder(root() / folder) > 0);
}

TEST_CASE("so do the programs beside the project") {
  const auto folder = root() / "../shared/design/programs";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: there are no programs beside the project");
    return;
  }
  CHECK(check_folder(folder) > 0);
}

TEST_CASE("so do programs in one line, in a line for each token, with empty lines everywhere, and from elsewhere") {
  const auto replaced = [](const std::string& text, const std::string& line_end) {
    std::string out;
    for (const char c : text) out += c == '\n' ? line_end : std::string(1, c);
    return out;
  };
  const auto joined = [](const std::string& text, const std::string& between) {
    base::Sources sources;
    const auto source = sources.add("test.crenel", text);
    std::string out;
    const TokenList list = tokenize(sources, source);
    for (const Token& token : list.tokens) out.append(token.text).append(between);
    return out;
  };
  for (const auto& folder : {root() / "stdlib", root() / "examples", corpus()})
    for (const auto& program : programs_in(folder)) {
      check_promises({program.path, replaced(program.text, "\n\n \n")});
      check_promises({program.path, replaced(program.text, "\r\n")});
      check_promises({program.path, joined(program.text, " ")});
      check_promises({program.path, joined(program.text, "\n")});
    }
}

TEST_CASE("the library and the examples are in the one layout") {
  for (const char* folder : {"stdlib", "examples"})
    for (const auto& program : programs_in(root() / folder)) {
      CAPTURE(program.path.string());
      CHECK(formatted(program.text) == program.text);
    }
}

TEST_CASE("rows of like statements stand in columns, as far as that helps") {
  CHECK(formatted("pattern p() {\n"
                  "allow a->b:c because \"x\"\n"
                  "  // between\n"
                  "deny long_name -> b : any because \"y\" when z\n"
                  "\n\n"
                  "never a -> b\n"
                  "only a_name_that_is_much_longer_than_its_neighbours -> b : c\n"
                  "always a -> bb : c\n"
                  "}") ==
        "pattern p() {\n"
        "  allow a         -> b : c    because \"x\"\n"
        "  // between\n"
        "  deny  long_name -> b : any  because \"y\"  when z\n"
        "\n"
        "  never a -> b\n"
        "  only a_name_that_is_much_longer_than_its_neighbours -> b : c\n"
        "  always a -> bb : c\n"
        "}\n");
}

TEST_CASE("a body stays on one line where it was written so and fits") {
  CHECK(formatted("pattern p(a:int,b:bool=true,){network n{space=x subnet s:private{size=/24}}}") ==
        "pattern p(a : int, b : bool = true) { network n { space = x  subnet s : private { size = /24 } } }\n");
  CHECK(formatted("site s {\n\n  device=d addresses=[a,b]\n\n}") ==
        "site s {\n  device    = d\n  addresses = [a, b]\n}\n");
}

TEST_CASE("what is too long breaks: first before its reason, then in its brackets") {
  const std::string reason(80, 'r');
  CHECK(formatted("pattern p() {\n link main to datacenter by vpn { key = key } because \"" + reason + "\"\n}") ==
        "pattern p() {\n  link main to datacenter by vpn { key = key }\n    because \"" + reason + "\"\n}\n");
  CHECK(formatted("let x = f(first: \"" + reason + "\", second_argument: \"" + reason + "\")") ==
        "let x = f(\n  first:           \"" + reason + "\",\n  second_argument: \"" + reason + "\",\n)\n");
}

TEST_CASE("a long list fills its lines; items that had a line of their own keep it") {
  std::string items;
  for (int i = 0; i < 40; ++i) items += "10.0.0.0/8, ";
  const auto filled = formatted("addresses a = [" + items + "]");
  REQUIRE(filled);
  CHECK(filled->starts_with("addresses a = [\n  10.0.0.0/8, 10.0.0.0/8,"));
  CHECK(filled->ends_with("10.0.0.0/8,\n]\n"));
  const std::string kept = "let a = [\n  b, c,\n  d,\n]\n";
  CHECK(formatted(kept) == kept);
}

TEST_CASE("comments stay with what they are about") {
  CHECK(
      formatted(
          "// head\n\n\n\n/// doc\nservice a=tcp/1// end\n/* block\n   inside */\nservice bb=tcp/2 // two\n// foot") ==
      "// head\n"
      "\n"
      "/// doc\n"
      "service a  = tcp/1  // end\n"
      "/* block\n   inside */\n"
      "service bb = tcp/2  // two\n"
      "// foot\n");
  CHECK(formatted("let a = [b /* why */, c // last\n]") == "let a = [\n  b, /* why */ c,  // last\n]\n");
}

TEST_CASE("nothing comes of a file with a syntax error") {
  CHECK_FALSE(formatted("pattern p( {").has_value());
  CHECK_FALSE(formatted("// nothing but this").has_value());
}
