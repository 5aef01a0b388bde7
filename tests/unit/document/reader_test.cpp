#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/document/reading.h"

namespace crenel::document {
namespace {

using tests::Reading;
using tests::shown;

std::optional<bool> bool_of(const std::string& yaml) { return as_bool(*Reading("a: " + yaml).root().find("a")); }
std::optional<std::int64_t> integer_of(const std::string& yaml) {
  return as_integer(*Reading("a: " + yaml).root().find("a"));
}
std::optional<std::string> text_of(const std::string& yaml) { return as_text(*Reading("a: " + yaml).root().find("a")); }

}  // namespace

TEST_CASE("a key given twice is reported with both places") {
  for (const char* text : {"{\"a\": 1, \"b\": 2, \"\\u0061\": 3}", "a: 1\nb: 2\n\"\\x61\": 3\n"}) {
    const Reading reading(text);
    CHECK(!reading.document);
    REQUIRE(reading.diagnostics.all().size() == 1);
    const auto& diagnostic = reading.diagnostics.all()[0];
    CHECK(diagnostic.code == "CRN3002");
    CHECK(diagnostic.message == "`a` is given twice in one mapping");
    REQUIRE(diagnostic.notes.size() == 1);
    CHECK(diagnostic.notes[0].span.begin < diagnostic.span.begin);
  }
}

TEST_CASE("keys are found twice in large mappings too, every time") {
  std::string text = "{";
  for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i % 97) + "\": 0,\n";
  text.replace(text.size() - 2, 2, "}");
  const Reading reading(text);
  REQUIRE(reading.diagnostics.all().size() == 3);
  CHECK(reading.faults().starts_with("CRN3002 at `\"k0\"`, `\"k0\"`: `k0` is given twice in one mapping\n"));
}

TEST_CASE("all keys given twice are reported, in mappings inside others too") {
  CHECK(Reading(R"({"a": {"x": 1, "x": 2}, "a": [{"y": 1, "y": 1}]})").diagnostics.all().size() == 3);
}

TEST_CASE("nesting is bounded") {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
  };
  CHECK(Reading(nested(200)).faults() == "");
  CHECK(Reading(nested(201)).faults() == "CRN3006 at `[`: this is nested more than 200 levels deep");
  CHECK(Reading("a: " + nested(199)).faults() == "");
  CHECK(Reading("a: " + nested(200)).faults() == "CRN3006 at `[`: this is nested more than 200 levels deep");
  CHECK(Reading(std::string(100'000, '[')).diagnostics.all().size() == 1);
  CHECK(Reading("a: " + std::string(100'000, '{')).diagnostics.all().size() == 1);
}

TEST_CASE("text that is no UTF-8 is refused") {
  CHECK(Reading("{\"a\": \"\xff\"}").faults() == "CRN3007 at `\xff`: byte 7 (0xff) is not UTF-8");
  CHECK(Reading("a: \xc3(\n").faults() == "CRN3007 at `\xc3`: byte 3 (0xc3) is not UTF-8");
}

TEST_CASE("a document outlives the growth of the sources, and its own move") {
  for (const std::string text : {"[\"a\"]", "- a\n"}) {
    Reading reading(text);
    for (int i = 0; i < 100; ++i) reading.sources.add("other", "x");
    const Document moved = std::move(*reading.document);
    CHECK(moved.root().elements()[0].scalar()->text == "a");
  }
}

TEST_CASE("find looks only into mappings") {
  const Reading reading(R"({"a": [1], "b": {"c": 2}})");
  CHECK(reading.root().find("b")->find("c")->scalar()->text == "2");
  CHECK(reading.root().find("c") == nullptr);
  CHECK(reading.root().find("a")->find("c") == nullptr);
}

TEST_CASE("a truth value is a word, quoted or not") {
  CHECK(bool_of("true") == true);
  CHECK(bool_of("\"true\"") == true);
  CHECK(bool_of("'False'") == false);
  CHECK(bool_of("yes") == true);
  CHECK(bool_of("Off") == false);
  CHECK(!bool_of("\"yes\""));
  CHECK(!bool_of("y"));
  CHECK(!bool_of("1"));
  CHECK(!bool_of("[true]"));
  CHECK(!bool_of("!Ref true"));
  CHECK(!bool_of(""));
}

TEST_CASE("an integer is decimal, quoted or not") {
  CHECK(integer_of("443") == 443);
  CHECK(integer_of("\"-1\"") == -1);
  CHECK(integer_of("0") == 0);
  CHECK(integer_of("9223372036854775807") == 9223372036854775807);
  for (const char* other : {"010", "0x1F", "1_000", "22:22", "1.0", "1e3", "+5", "\" 5\"", "'-'", "9223372036854775808",
                            "''", "!Ref 5", "[5]", "~", "-010", "00"}) {
    CHECK_MESSAGE(!integer_of(other), other);
  }
}

TEST_CASE("a text is any scalar without a tag") {
  CHECK(text_of("10.0.0.0/16") == "10.0.0.0/16");
  CHECK(text_of("\"\"") == "");
  CHECK(text_of("443") == "443");
  CHECK(!text_of("!Ref Vpc"));
  CHECK(!text_of("~"));
  CHECK(!text_of("{a: b}"));
}

}  // namespace crenel::document
