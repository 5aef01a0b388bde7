#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <regex>

#include "backends/document/value.h"
#include "tests/unit/document/random_values.h"

namespace crenel::document {
namespace {

/// Whether some reader of YAML 1.1 or 1.2 takes the bare word for something other than a string.
bool reads_as_other_type(const std::string& bare) {
  static const std::regex kOther(
      R"(~|null|y|n|yes|no|on|off|true|false|=|<<|[-+]?(\.inf|inf|nan)|\.nan)"
      R"(|[-+]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*))"
      R"(|[-+]?([0-9][0-9_]*)?\.?[0-9_]*(e[-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)"
      R"(|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)",
      std::regex::icase);
  return std::regex_match(bare, kOther);
}

Value read_scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted or literal
  if (text == "null") return {};
  if (text == "true" || text == "false") return text == "true";
  if (std::regex_match(text, std::regex("-?[0-9]+"))) return static_cast<std::int64_t>(std::stoll(text));
  REQUIRE_MESSAGE(!reads_as_other_type(text), text);
  return text;
}

Value read_back(const YAML::Node& node) {
  if (node.IsSequence()) {
    Value out = Array{};
    for (const auto& element : node) out.push(read_back(element));
    return out;
  }
  if (node.IsMap()) {
    Value out = Object{};
    for (const auto& member : node) {
      const Value name = read_scalar(member.first);
      REQUIRE(std::holds_alternative<std::string>(name.node()));
      out.set(std::get<std::string>(name.node()), read_back(member.second));
    }
    return out;
  }
  return node.IsNull() ? Value() : read_scalar(node);
}

std::string line(const char* text) {
  std::string out = to_yaml(Value(text));
  REQUIRE(out.back() == '\n');
  out.pop_back();
  return out;
}

}  // namespace

TEST_CASE("the layout of YAML is fixed") {
  const Value value =
      object({{"Resources", object({{"Vpc", object({{"Type", "AWS::EC2::VPC"}, {"Tags", array({})}})}})},
              {"List", array({1, array({true, "b"}), object({{"a", 1}, {"b", array({2})}}), object({})})},
              {"UserData", "#!/bin/sh\nset -e\n\necho hello\n"},
              {"Nothing", {}}});
  CHECK(to_yaml(value) == R"(Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Tags: []
List:
  - 1
  - - true
    - b
  - a: 1
    b:
      - 2
  - {}
UserData: |
  #!/bin/sh
  set -e

  echo hello
Nothing: null
)");
}

TEST_CASE("a string that another type could be read from is quoted") {
  for (const char* text : {"",      "yes",  "No",         "ON",         "off",
                           "y",     "N",    "true",       "False",      "null",
                           "Null",  "~",    "nan",        ".inf",       "0123",
                           "0x1f",  "1e3",  "-1",         "+1",         ".5",
                           "1_000", "1:30", "190:20:30",  "2012-10-17", "2012-10-17T00:00:00Z",
                           "=",     "<<",   "- a",        "? a",        "!x",
                           "&x",    "*x",   "{a}",        "[a]",        "%x",
                           "@x",    "`x",   "|",          ">",          "#x",
                           "a: b",  "a #b", "a:",         "a ",         " a",
                           "---",   "...",  "10.0.0.0/16"}) {
    CHECK(line(text) == "\"" + std::string(text) + "\"");
  }
}

TEST_CASE("a string that nothing else can be read from stays bare") {
  for (const char* text : {"AWS::EC2::VPC", "Allow web to app on tcp/8443", "a-b_c.d/e", "/healthz", "Fn::Sub",
                           "Zürich", "x#y", "a:b", "nobody", "a, b and c", "_x"}) {
    CHECK(line(text) == text);
  }
}

TEST_CASE("what nobody sees is escaped") {
  CHECK(line("a\tb") == "\"a\\tb\"");
  CHECK(line("a\"b\\c\x01") == "\"a\\\"b\\\\c\\u0001\"");
  CHECK(line("a\u0085\u2028\ufeff") == "\"a\\u0085\\u2028\\ufeff\"");
  CHECK(line("a\nb \n") == "\"a\\nb \\n\"");
  CHECK(line("\na") == "\"\\na\"");
  CHECK(line("a\r\nb") == "\"a\\u000d\\nb\"");
}

TEST_CASE("any tree read back from YAML is the same tree") {
  tests::RandomValues random(11232026);
  for (int i = 0; i < 3000; ++i) {
    const Value value = random.value(4);
    const std::string text = to_yaml(value);
    REQUIRE_MESSAGE(read_back(YAML::Load(text)) == value, text);
  }
}

}  // namespace crenel::document
