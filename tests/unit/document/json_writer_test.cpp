#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "backends/document/value.h"
#include "tests/unit/document/random_values.h"

namespace crenel::document {
namespace {

/// What another reader of JSON makes of the text.
Value read_back(const nlohmann::ordered_json& node) {
  switch (node.type()) {
    case nlohmann::ordered_json::value_t::boolean:
      return node.get<bool>();
    case nlohmann::ordered_json::value_t::number_integer:
    case nlohmann::ordered_json::value_t::number_unsigned:
      return node.get<std::int64_t>();
    case nlohmann::ordered_json::value_t::string:
      return node.get<std::string>();
    case nlohmann::ordered_json::value_t::array: {
      Value out = Array{};
      for (const auto& element : node) out.push(read_back(element));
      return out;
    }
    case nlohmann::ordered_json::value_t::object: {
      Value out = Object{};
      for (const auto& [name, element] : node.items()) out.set(name, read_back(element));
      return out;
    }
    default:
      REQUIRE(node.is_null());
      return {};
  }
}

}  // namespace

TEST_CASE("the layout of JSON is fixed") {
  const Value value =
      object({{"Resources", object({{"Vpc", object({{"Type", "AWS::EC2::VPC"}, {"Tags", array({})}})}})},
              {"List", array({1, array({true}), object({})})},
              {"Nothing", {}}});
  CHECK(to_json(value) == R"({
  "Resources": {
    "Vpc": {
      "Type": "AWS::EC2::VPC",
      "Tags": []
    }
  },
  "List": [
    1,
    [
      true
    ],
    {}
  ],
  "Nothing": null
}
)");
}

TEST_CASE("JSON strings are escaped where they must be and nowhere else") {
  CHECK(to_json("a\"b\\c/d\n\r\t\x01\x1f") == "\"a\\\"b\\\\c/d\\n\\r\\t\\u0001\\u001f\"\n");
  CHECK(to_json("Zürich → 日本 🔒") == "\"Zürich → 日本 🔒\"\n");
  CHECK(to_json(std::string("a\0b", 3)) == "\"a\\u0000b\"\n");
}

TEST_CASE("numbers of 64 bits are exact in JSON") {
  CHECK(to_json(INT64_MIN) == "-9223372036854775808\n");
  CHECK(to_json(INT64_MAX) == "9223372036854775807\n");
}

TEST_CASE("any tree read back from JSON is the same tree") {
  tests::RandomValues random(20261123);
  for (int i = 0; i < 3000; ++i) {
    const Value value = random.value(4);
    const std::string text = to_json(value);
    REQUIRE_MESSAGE(read_back(nlohmann::ordered_json::parse(text)) == value, text);
  }
}

}  // namespace crenel::document
