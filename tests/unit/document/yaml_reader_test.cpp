#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/document/random_values.h"
#include "tests/unit/document/reading.h"

namespace crenel::document {
namespace {

using tests::Reading;
using tests::shown;

std::string read_yaml(const std::string& text) {
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

}  // namespace

TEST_CASE("YAML keeps what it says: nothing becomes a number or a truth value") {
  CHECK(read_yaml("a: yes\nb: 'yes'\nc: 010\nd: 1.50\ne: ~\nf:\ng: \"\"\n") ==
        "{a: yes, b: \"yes\", c: 010, d: 1.50, e: null, f: null, g: \"\"}");
  CHECK(read_yaml("- 2010-09-09\n- [a, {b: c}]\n- |\n  two\n  lines\n- >-\n  folded\n  text\n") ==
        "[2010-09-09, [a, {b: c}], \"two\nlines\n\", \"folded text\"]");
  CHECK(read_yaml("--- # one document\na: 1\n...\n") == "{a: 1}");
  CHECK(read_yaml("a: !!str 443\nb: ! 443\nc: !!int 443\n") == "{a: \"443\", b: \"443\", c: 443}");
}

TEST_CASE("local tags are kept") {
  CHECK(read_yaml(
            "a: !Ref Vpc\nb: !GetAtt Vpc.CidrBlock\nc: !Select [0, !GetAZs '']\nd: !If\n  - Yes\n  - {k: !Ref x}\n") ==
        "{a: !Ref Vpc, b: !GetAtt Vpc.CidrBlock, c: !Select [0, !GetAZs \"\"], d: !If [Yes, {k: !Ref x}]}");
  CHECK(read_yaml("a: !Sub |\n  text\nb: !Sub\n  \"t\"\nc: !Empty\nd: \"x\"\n") ==
        "{a: !Sub \"text\n\", b: !Sub \"t\", c: !Empty , d: \"x\"}");
}

TEST_CASE("every part of YAML has its place") {
  const Reading reading(
      "größe: 'it''s' # comment\n"
      "list:\n  - a b\n  - !Ref x\n"
      "flow: [ 1, \"\\\"\", {k: v} , ]\n"
      "long: one\n  two\n"
      "block: |\n  three\n  four\n\n"
      "tagged: !Sub \"${A}\"\n"
      "last: !If [a, b]\n");
  REQUIRE(reading.faults() == "");
  const auto entries = reading.root().entries();
  REQUIRE(entries.size() == 7);
  CHECK(reading.text(entries[0].key_span) == "größe");
  CHECK(reading.text(entries[0].value.span) == "'it''s'");
  CHECK(entries[0].value.scalar()->text == "it's");
  CHECK(reading.text(entries[1].value.span) == "- a b\n  - !Ref x");
  CHECK(reading.text(entries[1].value.elements()[0].span) == "a b");
  CHECK(reading.text(entries[1].value.elements()[1].span) == "!Ref x");
  CHECK(reading.text(entries[2].value.span) == "[ 1, \"\\\"\", {k: v} , ]");
  CHECK(reading.text(entries[2].value.elements()[1].span) == "\"\\\"\"");
  CHECK(reading.text(entries[2].value.elements()[2].span) == "{k: v}");
  CHECK(reading.text(entries[3].value.span) == "one\n  two");
  CHECK(reading.text(entries[4].value.span) == "|\n  three\n  four");
  CHECK(reading.text(entries[5].value.span) == "!Sub \"${A}\"");
  CHECK(reading.text(entries[6].value.span) == "!If [a, b]");
  CHECK(reading.text(reading.root().span).ends_with("!If [a, b]"));
}

TEST_CASE("a key without a value has nothing after it") {
  const Reading reading("? 44861");
  REQUIRE(reading.faults() == "");
  const auto& entry = reading.root().entries()[0];
  CHECK(shown(reading.root()) == "{44861: null}");
  CHECK(entry.value.span.begin == entry.key_span.end);
  CHECK(entry.value.span.end == entry.key_span.end);
}

TEST_CASE("anchors, aliases and merge keys are refused") {
  CHECK(faults_of("a: &x 1\nb: *x\n") ==
        "CRN3003 at `&x`: templates have no YAML anchors\n"
        "CRN3003 at `*x`: templates have no YAML aliases");
  CHECK(faults_of("a: 1\n<<: {b: 2}\n") == "CRN3004 at `<<`: templates have no YAML merge key `<<`");
  CHECK(read_yaml("'<<': 1\n") == "{<<: 1}");
}

TEST_CASE("a text of YAML is one document") {
  CHECK(faults_of("a: 1\n---\nb: 2\n") == "CRN3005 at `---`: a second document begins here");
  CHECK(faults_of("") == "CRN3011 at ``: there is nothing in this text");
  CHECK(faults_of("# only a comment\n") == "CRN3011 at ``: there is nothing in this text");
  CHECK(faults_of("\"a\" \"b\"\n") == "CRN3001 at `\"b\"`: this is no YAML: the document ends before this");
}

TEST_CASE("a key is a text") {
  CHECK(faults_of("[a, b]: 1\n") == "CRN3001 at `a`: this is no JSON: expected a value, found `a`");
  CHECK(faults_of("x:\n  ? [a, b]\n  : 1\n") == "CRN3010 at `[`: a sequence cannot be a key: keys are texts");
  CHECK(faults_of("x:\n  ? {a: b}\n  : 1\n") == "CRN3010 at `{`: a mapping cannot be a key: keys are texts");
  CHECK(faults_of("~: 1\n") == "CRN3010 at `~:`: nothing cannot be a key: keys are texts");
  CHECK(faults_of("!Ref a: 1\n") == "CRN3010 at `!Ref`: something with a tag cannot be a key: keys are texts");
}

TEST_CASE("tags of other readers are refused") {
  CHECK(faults_of("a: !!binary aGk=\n") ==
        "CRN3009 at `!!binary`: templates have no YAML tag `tag:yaml.org,2002:binary`");
  CHECK(faults_of("a: !<tag:example.org,2000:x> b\n").empty() == false);
}

TEST_CASE("what is no YAML is refused at its place") {
  CHECK(faults_of("a: b: c\n") == "CRN3001 at `:`: this is no YAML: illegal map value");
  CHECK(faults_of("a:\n\t- b\n").empty() == false);
  CHECK(faults_of("a: [1, 2\n").empty() == false);
  CHECK(faults_of("a: \"x\n").empty() == false);
  CHECK(faults_of("a: b\x04\n") == "CRN3008 at `\x04`: the control character U+0004 cannot stand here");
}

TEST_CASE("what the writer writes as YAML, the reader reads") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const Value value = tests::RandomValues(seed).value(5);
    const Reading from_yaml(to_yaml(value));
    CAPTURE(seed);
    REQUIRE(from_yaml.faults() == "");
    const Reading from_json("[" + to_json(value) + "]");
    REQUIRE(from_json.faults() == "");
    // which words need quotes differs; which are texts does not
    const auto unquoted = [](std::string text) {
      std::erase(text, '"');
      return text;
    };
    CHECK(unquoted(shown(from_yaml.root())) == unquoted(shown(from_json.root().elements()[0])));
  }
}

}  // namespace crenel::document
