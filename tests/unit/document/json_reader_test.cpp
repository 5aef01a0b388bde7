#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/document/random_values.h"
#include "tests/unit/document/reading.h"

namespace crenel::document {
namespace {

using tests::Reading;
using tests::shown;

std::string read_json(const std::string& text) {
  const Reading reading(text);
  CAPTURE(text);
  CHECK(reading.faults() == "");
  return reading.document ? shown(reading.root()) : "";
}

std::string faults_of(const std::string& text) {
  const Reading reading(text);
  CHECK(!reading.document);
  return reading.faults();
}

/// The same value, as far as scalars can be told apart in a document.
bool same(const Node& node, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.node())) {
    return node.scalar() != nullptr && node.scalar()->quoted && node.scalar()->text == *text;
  }
  if (const auto* number = std::get_if<std::int64_t>(&value.node())) {
    return !node.scalar()->quoted && as_integer(node) == *number;
  }
  if (const auto* truth = std::get_if<bool>(&value.node())) return !node.scalar()->quoted && as_bool(node) == *truth;
  if (const auto* array = std::get_if<Array>(&value.node())) {
    const auto elements = node.elements();
    return node.sequence() != nullptr &&
           std::equal(elements.begin(), elements.end(), array->begin(), array->end(), same);
  }
  if (const auto* object = std::get_if<Object>(&value.node())) {
    const auto entries = node.entries();
    return node.mapping() != nullptr && std::equal(entries.begin(), entries.end(), object->begin(), object->end(),
                                                   [](const Entry& entry, const Member& member) {
                                                     return entry.key == member.first &&
                                                            same(entry.value, member.second);
                                                   });
  }
  return std::holds_alternative<Null>(node.value);
}

}  // namespace

TEST_CASE("JSON keeps what it says: order, numbers as written, texts apart from words") {
  CHECK(read_json(R"({"b": 1.50, "a": [true, "true", null, -0, 1e3, {}, []]})") ==
        R"({b: 1.50, a: [true, "true", null, -0, 1e3, {}, []]})");
  CHECK(read_json("[\"a\\u00e9\\n\\\"\\/\", \"\\ud83d\\ude00\", \"\"]") == "[\"aé\n\"/\", \"😀\", \"\"]");
  CHECK(read_json("\n [ ] \r\n\t") == "[]");
}

TEST_CASE("JSON may have comments, and texts over several lines") {
  CHECK(read_json("// a template\n{ /* here */ \"a\" /**/ : // one\n 1 /* , \"b\": 2 */ } // end") == "{a: 1}");
  CHECK(read_json("{\"expression\": \"[concat(\n  'a',\t'b')]\"}") == "{expression: \"[concat(\n  'a',\t'b')]\"}");
  CHECK(read_json(R"(["// no comment", "/* neither */"])") == R"(["// no comment", "/* neither */"])");
}

TEST_CASE("every part of JSON has its place") {
  const Reading reading(R"({ "räume": [ "10.0.0.0\/16", -17 ], "on": true })");
  REQUIRE(reading.document);
  CHECK(reading.text(reading.root().span) == R"({ "räume": [ "10.0.0.0\/16", -17 ], "on": true })");
  const Entry& spaces = reading.root().entries()[0];
  CHECK(spaces.key == "räume");
  CHECK(reading.text(spaces.key_span) == "\"räume\"");
  CHECK(reading.text(spaces.value.span) == R"([ "10.0.0.0\/16", -17 ])");
  CHECK(reading.text(spaces.value.elements()[0].span) == R"("10.0.0.0\/16")");
  CHECK(spaces.value.elements()[0].scalar()->text == "10.0.0.0/16");
  CHECK(reading.text(spaces.value.elements()[1].span) == "-17");
  CHECK(reading.text(reading.root().find("on")->span) == "true");
}

TEST_CASE("what is no JSON is refused at its place") {
  CHECK(faults_of("{") == "CRN3001 at ``, `{`: this is no JSON: expected a key in double quotes, found the end");
  CHECK(faults_of("[1,") == "CRN3001 at ``, `[`: this is no JSON: expected a value, found the end");
  CHECK(faults_of("[1 2]") == "CRN3001 at `2`: this is no JSON: expected `,` or `]`, found `2`");
  CHECK(faults_of("[1,]") == "CRN3001 at `]`: this is no JSON: expected a value, found `]`");
  CHECK(faults_of("{\"a\": 1,}") == "CRN3001 at `}`: this is no JSON: expected a key in double quotes, found `}`");
  CHECK(faults_of("{'a': 1}") == "CRN3001 at `'`: this is no JSON: expected a key in double quotes, found `'`");
  CHECK(faults_of("{\"a\" 1}") == "CRN3001 at `1`: this is no JSON: expected `:` after the key, found `1`");
  CHECK(faults_of("[1] x") == "CRN3001 at `x`: this is no JSON: expected nothing after the document, found `x`");
  CHECK(faults_of("[True]") == "CRN3001 at `True`: this is no JSON: expected a value, found `True`");
  CHECK(faults_of("[01]") == "CRN3001 at `1`: this is no JSON: expected the end of the number, found `1`");
  CHECK(faults_of("[1.]") == "CRN3001 at `]`: this is no JSON: expected a digit, found `]`");
  CHECK(faults_of("[é]") == "CRN3001 at `é`: this is no JSON: expected a value, found `é`");
  CHECK(faults_of("[\"a]") == "CRN3001 at `\"`: this is no JSON: this text has no closing `\"`");
  CHECK(faults_of("[ /* ") == "CRN3001 at `/*`: this is no JSON: this comment is never closed by `*/`");
  CHECK(faults_of(R"(["\q"])") == R"(CRN3001 at `\`: this is no JSON: `\` begins an escape that JSON does not have)");
  CHECK(faults_of(R"(["\u12g4"])") == R"(CRN3001 at `\u12`: this is no JSON: `\u` takes four hexadecimal digits)");
  CHECK(faults_of(R"(["\ud83d!"])") ==
        R"(CRN3001 at `\ud83d`: this is no JSON: half of a surrogate pair is no character)");
  CHECK(faults_of("{\"a\": \"x\ny\" \"b\"}") ==
        "CRN3001 at `\"`, `\"x\ny\"`: this is no JSON: expected `,` or `}`, found `\"`");
  CHECK(faults_of(std::string("[\"a\0\"]", 6)) ==
        std::string("CRN3008 at `\0`: the control character U+0000 cannot stand here", 62));
  CHECK(faults_of("[\"\\u0000\"]") == "CRN3008 at `\\u0000`: the control character U+0000 cannot stand here");
  CHECK(faults_of("[\x1b]") == "CRN3008 at `\x1b`: the control character U+001B cannot stand here");
}

TEST_CASE("what the writer writes, the reader reads") {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const Value value = tests::RandomValues(seed).value(5);
    if (!std::holds_alternative<Array>(value.node()) && !std::holds_alternative<Object>(value.node())) continue;
    const Reading reading(to_json(value));
    CAPTURE(seed);
    REQUIRE(reading.faults() == "");
    CHECK(same(reading.root(), value));
  }
}

}  // namespace crenel::document
