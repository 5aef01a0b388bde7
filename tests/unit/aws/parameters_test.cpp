#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "backends/aws/patterns.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

model::Parameter bounded(int shortest, int longest, const std::vector<std::string>& within) {
  model::Parameter parameter;
  parameter.kind = model::ParameterKind::Cidr;
  parameter.shortest = shortest;
  parameter.longest = longest;
  for (const std::string& one : within) parameter.within.push_back(block(one));
  return parameter;
}

const Entry& parameter_of(const Template& made, const std::string& id) {
  const auto found =
      std::find_if(made.parameters.begin(), made.parameters.end(), [&](const Entry& entry) { return entry.id == id; });
  CAPTURE(id);
  REQUIRE(found != made.parameters.end());
  return *found;
}

}  // namespace

TEST_CASE("a pattern of numbers matches them and no other spelling") {
  const std::vector<std::vector<int>> sets = {
      {0}, {0, 128}, {0, 64, 128, 192}, {16, 17, 18, 31}, {9, 10, 99, 100, 255}, {200, 201, 202}};
  std::vector<std::vector<int>> all = sets;
  for (int step = 1; step <= 128; step *= 2) {
    std::vector<int> numbers;
    for (int value = 0; value < 256; value += step) numbers.push_back(value);
    all.push_back(numbers);
  }
  for (const auto& numbers : all) {
    const std::string pattern = numbers_pattern(numbers);
    CAPTURE(pattern);
    const std::regex regex("^" + pattern + "$");
    for (int value = 0; value < 1000; ++value) {
      const bool in = std::find(numbers.begin(), numbers.end(), value) != numbers.end();
      CHECK(std::regex_match(std::to_string(value), regex) == in);
    }
    for (const char* odd : {"", "00", "01", "007", "-1", "+1", "0x1", " 0", "0 "}) {
      CHECK_FALSE(std::regex_match(odd, regex));
    }
  }
}

TEST_CASE("a pattern of blocks admits the bound and nothing else") {
  const std::regex regex(block_pattern(bounded(16, 20, {"10.0.0.0/8"})));
  for (const char* good : {"10.0.0.0/16", "10.255.0.0/16", "10.0.128.0/17", "10.7.240.0/20", "10.7.0.0/20"}) {
    CAPTURE(good);
    CHECK(std::regex_match(good, regex));
  }
  for (const char* bad : {"10.0.0.0/15", "10.0.0.0/21", "10.0.1.0/16", "10.0.64.0/17", "10.0.0.1/20", "11.0.0.0/16",
                          "10.0.0.0", "10.256.0.0/16", "10.0.0.0/16 ", "010.0.0.0/16", "10.0.0.0/016", "10.0.8.0/20",
                          "10x0.0.0/16", "10.0.0.0/16\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(std::regex_match(bad, regex));
  }
}

TEST_CASE("every block of a bound, and every block beside it") {
  const model::Parameter parameter = bounded(12, 23, {"172.16.0.0/12", "192.168.64.0/18"});
  const std::regex regex(block_pattern(parameter));
  for (int length = 8; length <= 26; ++length) {
    for (const char* around : {"172.0.0.0/8", "192.168.0.0/16"}) {
      const net::Prefix whole = block(around);
      if (length < whole.length) continue;
      const std::uint64_t count = std::uint64_t{1} << (length - whole.length);
      const std::uint64_t step = count > 512 ? count / 512 : 1;
      for (std::uint64_t index = 0; index < count; index += step) {
        const net::Prefix one = *whole.part(length, index);
        const bool inside = std::any_of(parameter.within.begin(), parameter.within.end(),
                                        [&](const net::Prefix& outer) { return outer.contains(one); });
        const bool good = inside && length >= 12 && length <= 23;
        if (std::regex_match(net::to_string(one), regex) != good) FAIL_CHECK(net::to_string(one));
      }
    }
  }
}

TEST_CASE("without a bound any block of IPv4 will do, and an address is an address") {
  const std::regex any(block_pattern(bounded(0, 32, {})));
  for (const char* good : {"0.0.0.0/0", "128.0.0.0/1", "203.0.113.10/32", "255.255.255.255/32"}) {
    CHECK(std::regex_match(good, any));
  }
  CHECK_FALSE(std::regex_match("0.0.0.0/33", any));
  const std::regex address(address_pattern(bounded(0, 32, {"203.0.113.0/28"})));
  CHECK(std::regex_match("203.0.113.15", address));
  CHECK_FALSE(std::regex_match("203.0.113.16", address));
  CHECK_FALSE(std::regex_match("203.0.113.1/32", address));
}

TEST_CASE("defaults fit their patterns") {
  for (const model::Design& design : samples()) {
    const Template made = compiled(design);
    for (const Entry& entry : made.parameters) {
      const std::string pattern = text(at(entry.body, {"AllowedPattern"}));
      const Value value = at(entry.body, {"Default"});
      if (pattern.empty() || value.is_null()) continue;
      CAPTURE(entry.id);
      CHECK(std::regex_match(text(value), std::regex(pattern)));
      CHECK_FALSE(text(at(entry.body, {"ConstraintDescription"})).empty());
    }
  }
}

TEST_CASE("a parameter becomes one of the template, with its doc and default") {
  const Template made = compiled(crenel::tests::private_network());
  CHECK(text(at(parameter_of(made, "Image").body, {"Type"})) == "AWS::EC2::Image::Id");
  CHECK(text(at(parameter_of(made, "Space").body, {"Default"})) == "10.0.0.0/16");
  CHECK(text(at(parameter_of(made, "VpnDevice").body, {"Description"})) == "The data center's VPN device.");
  CHECK(text(at(parameter_of(made, "Corporate").body, {"ConstraintDescription"})) ==
        "must be an IPv4 block of /12 to /32 inside 172.16.0.0/12, with no bit set after its length");
}

TEST_CASE("a parameter that nothing refers to is left out") {
  model::Design design = crenel::tests::private_network();
  model::Parameter spare;
  spare.origin.path = {"operators"};
  spare.kind = model::ParameterKind::Identity;
  design.parameters.add(spare);
  const Template made = compiled(design);
  CHECK(made.parameters.size() == 5);
}

TEST_CASE("a stack is deployed in its Region and account, or not at all") {
  const Template made = compiled(crenel::tests::three_tiers());
  REQUIRE(made.rules.size() == 2);
  const std::string rules = document::to_json(made.rules[0].body) + document::to_json(made.rules[1].body);
  CHECK(rules.find("eu-west-1") != std::string::npos);
  CHECK(rules.find("333333333333") != std::string::npos);
  CHECK(compiled(crenel::tests::public_network()).rules.empty());
}

TEST_CASE("the description is the first paragraph, without its heading") {
  CHECK(compiled(odd_one()).description == "odd: Everything at once, on purpose.");
  model::Design design = odd_one();
  for (int i = 0; i < 600; ++i) design.doc.insert(7, "\xC3\xA9");
  CHECK(compiled(design).description.size() <= 1024);
}
