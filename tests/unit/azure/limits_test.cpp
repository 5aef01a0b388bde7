#include "backends/azure/limits.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "backends/azure/settings.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;

namespace {

/// `count` flows of a port each, in one statement, and one of its own.
model::Design with_flows(std::uint16_t count) {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  design.flows.clear();
  tests::add_flow(design, app, data, tests::tcp(9), "app -> data : cheap");
  tests::add_flow(design, app, data, tests::tcp(1000), "app -> data : costly");
  model::Flow costly = design.flows.back();
  for (std::uint16_t i = 1; i < count; ++i) {
    costly.traffic = tests::tcp(static_cast<std::uint16_t>(1000 + i));
    design.flows.push_back(costly);
  }
  return design;
}

}  // namespace

TEST_CASE("a thousand rules are the most, and the costliest flow is named first") {
  // with the cheap one and the two last denies
  CHECK(tests::codes(with_flows(997)).empty());
  const auto fault = tests::first_fault(with_flows(998));
  CHECK(fault.code == "CRN2003");
  CHECK(fault.message.find("1001 rules in a network security group") != std::string::npos);
  REQUIRE(fault.notes.size() == 2);
  CHECK(fault.notes[0].message == "`app -> data : costly` takes 998 of the rules");
}

TEST_CASE("an adjustable quota is raised by the environment, a hard one is not") {
  model::Design design = tests::for_azure(tests::public_network_direct());
  design.groups.begin()->scale.max = 1000;
  design.tiers[design.groups.begin()->tier].block = {.base = *net::parse_prefix("10.0.64.0/18"), .part = {}};
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2003"});
  model::Environment environment;
  environment.origin.path = {"prod"};
  environment.settings["azure"]["public_addresses"] = std::int64_t{5000};
  design.environment = environment;
  CHECK(tests::codes(design).empty());
  design.environment->settings["azure"]["scale_set_instances"] = std::int64_t{5000};
  design.groups.begin()->scale.max = 1001;
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2003"});
  design.environment->settings["azure"]["public_addresses"] = std::int64_t{0};
  CHECK(tests::first_fault(design).code == "CRN2020");
}

TEST_CASE("adjustable quotas are in the schema, hard ones are not") {
  const auto has = [](std::string_view name) {
    const auto& rows = azure::schema().attributes;
    return std::any_of(rows.begin(), rows.end(), [&](const model::ProviderAttribute& row) {
      return row.kind == "environment" && row.name == name;
    });
  };
  for (const azure::Limit* limit : azure::kAdjustable) {
    CHECK(limit->adjustable);
    CHECK(has(limit->name));
  }
  CHECK_FALSE(has(azure::kRulesPerGroup.name));
}

TEST_CASE("what is used of each limit is told with its source") {
  diagnostics::Diagnostics diagnostics;
  const auto artifact = azure::backend().compile(tests::private_network(), backend::Format::Json, diagnostics);
  REQUIRE(artifact);
  const auto find = [&](const std::string& subject, std::string_view quota) -> const backend::QuotaUse* {
    for (const auto& use : artifact->quotas) {
      if (use.subject == subject && use.quota == quota) return &use;
    }
    return nullptr;
  };
  const auto* rules = find("app", azure::kRulesPerGroup.counted);
  REQUIRE(rules != nullptr);
  CHECK(rules->used == 5);
  CHECK(rules->limit == 1000);
  CHECK_FALSE(rules->source.empty());
  const auto* resources = find("template", azure::kResources.counted);
  REQUIRE(resources != nullptr);
  CHECK(resources->used == artifact->resources + 1);  // the flow log within the nested deployment
}

TEST_CASE("boot text has a limit") {
  model::Design design = tests::private_network();
  design.groups.begin()->boot = std::string(65536, '#');
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2003"});
}
