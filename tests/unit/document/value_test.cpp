#include "backends/document/value.h"

#include <doctest/doctest.h>

namespace crenel::document {

TEST_CASE("members and elements keep the order in which they were added") {
  Value value;
  value.set("Zebra", 1).set("Apple", array({true, "x"})).set("Mango", object({}));
  const auto& members = std::get<Object>(value.node());
  REQUIRE(members.size() == 3);
  CHECK(members[0].first == "Zebra");
  CHECK(members[1].first == "Apple");
  CHECK(members[2].first == "Mango");
}

TEST_CASE("a null becomes an object or an array by what is added") {
  Value list;
  CHECK(list.is_null());
  list.push("a").push(2);
  CHECK(list == array({"a", 2}));
  Value map;
  map.set("a", {});
  CHECK(map == object({{"a", {}}}));
}

TEST_CASE("find answers for objects only") {
  const Value value = object({{"Type", "AWS::EC2::VPC"}});
  REQUIRE(value.find("Type") != nullptr);
  CHECK(*value.find("Type") == Value("AWS::EC2::VPC"));
  CHECK(value.find("type") == nullptr);
  CHECK(Value("Type").find("Type") == nullptr);
  CHECK(Value().find("Type") == nullptr);
}

TEST_CASE("values of different types differ, however they look") {
  CHECK(Value(1) != Value("1"));
  CHECK(Value(false) != Value());
  CHECK(array({}) != object({}));
  CHECK(object({{"a", 1}, {"b", 2}}) != object({{"b", 2}, {"a", 1}}));
}

}  // namespace crenel::document
