#include <doctest/doctest.h>

#include "backends/aws/values.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

/// What CloudFormation makes of Ref, Fn::Select and Fn::Cidr, with its bound of 256.
net::Prefix evaluate(const Value& value, const net::Prefix& parameter) {
  if (!at(value, {"Ref"}).is_null()) return parameter;
  const auto select = elements(at(value, {"Fn::Select"}));
  REQUIRE(select.size() == 2);
  const auto cidr = elements(at(select[1], {"Fn::Cidr"}));
  REQUIRE(cidr.size() == 3);
  const net::Prefix whole = evaluate(cidr[0], parameter);
  const int count = number(cidr[1]);
  const int index = number(select[0]);
  const int length = 32 - number(cidr[2]);
  REQUIRE(count >= 1);
  REQUIRE(count <= 256);
  REQUIRE(index < count);
  REQUIRE(length >= whole.length);
  const auto last = whole.part(length, static_cast<net::U128>(count) - 1);
  REQUIRE(last);  // Fn::Cidr fails when the block has no room for `count`
  return *whole.part(length, static_cast<net::U128>(index));
}

}  // namespace

TEST_CASE("a part of a parameter is the same block for every value that has room for it") {
  Builder make;
  const auto parameter = make.block_parameter("space", 8, 20, "10.0.0.0/8");
  for (const int length : {20, 24, 26, 28}) {
    const std::uint32_t parts = std::uint32_t{1} << (length - 8);
    for (std::uint32_t index = 0; index < parts; index += index < 300 ? 1 : parts / 97 + 1) {
      const model::Block one{.base = parameter,
                             .part = model::Part{.length = length, .index = index, .from_end = false}};
      const Value value = block_value(make.design, one);
      for (const char* text : {"10.0.0.0/8", "10.32.0.0/12", "10.7.0.0/16", "10.7.240.0/20"}) {
        const auto wanted = block(text).part(length, index);
        if (!wanted) continue;
        if (evaluate(value, block(text)) != *wanted) FAIL_CHECK(text, " ", length, " ", index);
      }
    }
  }
}

TEST_CASE("known parts are texts, whole parameters are references, addresses are hosts") {
  Builder make;
  const auto parameter = make.block_parameter("my_space", 16, 20, "10.0.0.0/8");
  const auto device = make.parameter("device", model::ParameterKind::Ip);
  CHECK(text(block_value(make.design, {.base = block("10.1.0.0/16"), .part = {}})) == "10.1.0.0/16");
  CHECK(text(at(block_value(make.design, {.base = parameter, .part = {}}), {"Ref"})) == "MySpace");
  CHECK(text(at(address_value(make.design, model::Late<net::Prefix>(device)), {"Fn::Sub"})) == "${Device}/32");
}

TEST_CASE("rule texts") {
  CHECK(rule_text("web, jobs -> app : app_rpc") == "web, jobs to app: app_rpc");
  CHECK(rule_text("it's a \"test\" & more") == "its a test and more");
  CHECK(rule_text("a\tb\n\nc  d") == "a b c d");
  CHECK(rule_text(std::string(300, 'x')).size() == 255);
  CHECK(rule_text(std::string(254, 'x') + " y").size() == 254);
  CHECK(rule_text("").empty());
}

TEST_CASE("tag texts and cuts") {
  CHECK(tag_text("a b_c.d:e/f=g+h-i@j") == "a b_c.d:e/f=g+h-i@j");
  CHECK(tag_text("a<b>") == "a_b_");
  CHECK(cut("h\xC3\xA9llo", 2) == "h");
  CHECK(cut("h\xC3\xA9llo", 3) == "h\xC3\xA9");
  CHECK(cut("abc", 3) == "abc");
}
