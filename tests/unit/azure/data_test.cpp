#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "backends/azure/lower.h"
#include "backends/azure/rules.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using model::DataAction;
using tests::at;
using tests::built;
using tests::resources;
using tests::text_of;

namespace {

model::Origin called(const char* name) { return {.path = {name}, .span = {}, .doc = {}, .because = {}}; }

void let(model::Design& design, model::Endpoint from, model::Endpoint to, model::DataActions actions) {
  model::FlowStatement statement;
  statement.text = "a flow of data";
  design.data_flows.push_back({.statement = design.statements.add(statement),
                               .from = std::move(from),
                               .to = std::move(to),
                               .actions = std::move(actions)});
}

/// The sample's one group, with a vault, a store that it encrypts, and a queue, by an endpoint in the group's tier.
struct Sample {
  model::Design design = tests::for_azure(tests::public_network());
  model::GroupId group = design.groups.ids().front();
  model::VaultId vault = design.vaults.add({.origin = called("keys"), .labels = {}, .settings = {}});
  model::StoreId store = design.stores.add({.origin = called("inbox"),
                                            .key = vault,
                                            .archive_after_seconds = 30 * 86400,
                                            .lock_seconds = {},
                                            .labels = {},
                                            .settings = {}});
  model::QueueId queue = design.queues.add(
      {.origin = called("jobs"), .key = {}, .retry = 3, .retain_seconds = 93600, .labels = {}, .settings = {}});

  Sample() {
    design.private_paths.add(
        {.origin = called("data"), .tier = design.groups[group].tier, .services = {store, queue}, .settings = {}});
  }
};

std::vector<std::string> roles(const Value& made) {
  std::vector<std::string> out;
  for (const Value& each : resources(made, kRoleAssignment)) {
    out.push_back(text_of(at(each, {"properties", "roleDefinitionId"})));
  }
  return out;
}

bool has_role(const Value& made, const std::string& part) {
  const auto all = roles(made);
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& each) { return each.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a store is closed to every network, key and old version of TLS") {
  Sample sample;
  const Value made = built(sample.design);
  const Value account = resources(made, kStorageAccount).front();
  CHECK(text_of(at(account, {"properties", "publicNetworkAccess"})) == "Disabled");
  CHECK(at(account, {"properties", "allowSharedKeyAccess"}) == Value(false));
  CHECK(at(account, {"properties", "allowBlobPublicAccess"}) == Value(false));
  CHECK(text_of(at(account, {"properties", "minimumTlsVersion"})) == "TLS1_2");
  CHECK(text_of(at(account, {"properties", "encryption", "keySource"})) == "Microsoft.Keyvault");
  CHECK(at(resources(made, kBlobService).front(), {"properties", "isVersioningEnabled"}) == Value(true));
  CHECK(at(resources(made, kVault).front(), {"properties", "enablePurgeProtection"}) == Value(true));
}

TEST_CASE("a built-in role that says more than the flow is not taken") {
  Sample sample;
  let(sample.design, sample.group, sample.store, {DataAction::Write});
  const Value writes = built(sample.design);
  CHECK(!has_role(writes, "2a2b9908"));
  CHECK(has_role(writes, "StoreWriteRoleName"));
  REQUIRE(resources(writes, kRoleDefinition).size() == 1);
  const Value permissions = at(resources(writes, kRoleDefinition).front(), {"properties", "permissions", "0"});
  CHECK(at(permissions, {"actions"}) == document::array({}));
  CHECK(text_of(at(permissions, {"dataActions", "0"})).ends_with("blobs/write"));
  CHECK(at(permissions, {"dataActions", "2"}).is_null());
}

TEST_CASE("a role that says as much as the flow is taken, of the container alone") {
  Sample sample;
  let(sample.design, sample.group, sample.store, {DataAction::Read});
  const Value reads = built(sample.design);
  CHECK(has_role(reads, "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"));
  CHECK(resources(reads, kRoleDefinition).empty());
  bool found = false;
  for (const Value& each : resources(reads, kRoleAssignment)) {
    if (text_of(at(each, {"properties", "roleDefinitionId"})).find("2a2b9908") == std::string::npos) continue;
    found = true;
    CHECK(text_of(at(each, {"scope"})).find("blobServices/containers'") != std::string::npos);
  }
  CHECK(found);
}

TEST_CASE("members reach a private endpoint where a flow says so, and no other") {
  Sample sample;
  let(sample.design, sample.group, sample.store, {DataAction::Read});
  const auto of_ends = [&](Direction direction, const std::vector<Rule>& rules) {
    std::vector<model::Endpoint> out;
    for (const Rule& rule : rules) {
      const auto* end = std::get_if<PrivateEnd>(&rule.destination);
      if (end == nullptr || rule.direction != direction) continue;
      CHECK(rule.ports == std::vector<std::string>{"443"});
      out.push_back(end->service);
    }
    return out;
  };
  const std::vector<model::Endpoint> store = {sample.store};
  CHECK(of_ends(Direction::Outbound, rules_of_group(sample.design, sample.group)) == store);
  const model::TierId tier = sample.design.groups[sample.group].tier;
  CHECK(of_ends(Direction::Inbound, rules_of_tier(sample.design, tier)) == store);
}

TEST_CASE("rules hold for the endpoints of a subnet") {
  const Sample sample;
  const Value made = built(sample.design);
  CHECK(resources(made, kPrivateEndpoint).size() == 2);
  bool found = false;
  for (const Value& network : resources(made, kVirtualNetwork)) {
    for (std::size_t i = 0;; ++i) {
      const Value subnet = at(network, {"properties", "subnets", std::to_string(i)});
      if (subnet.is_null()) break;
      const Value policies = at(subnet, {"properties", "privateEndpointNetworkPolicies"});
      if (policies.is_null()) continue;
      found = true;
      CHECK(text_of(policies) == "NetworkSecurityGroupEnabled");
      CHECK(!at(subnet, {"properties", "networkSecurityGroup"}).is_null());
    }
  }
  CHECK(found);
}

TEST_CASE("a queue lays messages aside and keeps them as the design says") {
  const Sample sample;
  const Value made = built(sample.design);
  const Value queue = resources(made, kQueue).front();
  CHECK(at(queue, {"properties", "maxDeliveryCount"}) == Value(3));
  CHECK(text_of(at(queue, {"properties", "defaultMessageTimeToLive"})) == "P1DT2H");
  const Value space = resources(made, kMessaging).front();
  CHECK(at(space, {"properties", "disableLocalAuth"}) == Value(true));
  CHECK(text_of(at(space, {"sku", "name"})) == "Premium");
}

TEST_CASE("an item and a query are told apart") {
  Sample sample;
  const model::TableId table =
      sample.design.data_tables.add({.origin = called("visits"), .key = {}, .labels = {}, .settings = {}});
  sample.design.private_paths.begin()->services.emplace_back(table);
  let(sample.design, sample.group, table, {DataAction::Get});
  const Value made = built(sample.design);
  REQUIRE(resources(made, kTableRole).size() == 1);
  const Value granted = at(resources(made, kTableRole).front(), {"properties", "permissions", "0", "dataActions"});
  CHECK(text_of(at(granted, {"1"})).ends_with("items/read"));
  CHECK(at(granted, {"2"}).is_null());
  CHECK(resources(made, kTableAssignment).size() == 1);
  CHECK(at(resources(made, kTableAccount).front(), {"properties", "disableLocalAuth"}) == Value(true));
}

TEST_CASE("a group follows its queue") {
  Sample sample;
  sample.design.groups[sample.group].scale = {.min = 0, .max = 5, .cpu_percent = {}, .queued = sample.queue};
  const Value made = built(sample.design);
  REQUIRE(resources(made, kAutoscale).size() == 1);
  const Value trigger =
      at(resources(made, kAutoscale).front(), {"properties", "profiles", "0", "rules", "0", "metricTrigger"});
  CHECK(text_of(at(trigger, {"metricName"})) == "ActiveMessages");
  CHECK(text_of(at(trigger, {"dimensions", "0", "Values", "0"})) == "jobs");
}

TEST_CASE("nobody is taken away while the queue holds a message, which what is worked on is") {
  Sample sample;
  sample.design.groups[sample.group].scale = {.min = 0, .max = 5, .cpu_percent = {}, .queued = sample.queue};
  const Value made = built(sample.design);
  const Value trigger =
      at(resources(made, kAutoscale).front(), {"properties", "profiles", "0", "rules", "1", "metricTrigger"});
  CHECK(text_of(at(trigger, {"operator"})) == "LessThan");
  CHECK(text_of(at(trigger, {"timeAggregation"})) == "Maximum");
  CHECK(at(trigger, {"dividePerInstance"}) == Value(false));
}

TEST_CASE("members are told the names of what they may use before their own boot runs") {
  Sample sample;
  let(sample.design, sample.group, sample.store, {DataAction::Read});
  model::Group& group = sample.design.groups[sample.group];
  const auto handed = [&](const std::string& boot) {
    group.boot = boot;
    const Value made = built(sample.design);
    return std::pair(text_of(at(resources(made, kScaleSet).front(),
                                {"properties", "virtualMachineProfile", "osProfile", "customData"})),
                     text_of(at(made, {"variables", "WebBootNames"})));
  };
  const auto [data, names] = handed("#!/bin/sh\necho ==part==\n");
  CHECK(data == "[base64(concat(variables('WebBootNames'), variables('WebBoot'), '\n--==part===--\n'))]");
  CHECK(names.find("boundary=\"==part===\"") != std::string::npos);
  CHECK(names.find("\nINBOX=', format('https://{0}.blob.{1}/inbox'") != std::string::npos);
  CHECK(names.find("'\nend-of-names\n--==part===\n") != std::string::npos);
  CHECK(handed("plain words") == std::pair<std::string, std::string>("[base64(variables('WebBoot'))]", ""));
}

TEST_CASE("two tiers of a network share a private endpoint") {
  Sample sample;
  const std::size_t before = resources(built(sample.design), kPrivateEndpoint).size();
  const model::TierId first = sample.design.groups[sample.group].tier;
  model::Tier other = sample.design.tiers[first];
  other.origin = called("other");
  const model::TierId second = sample.design.tiers.add(other);
  sample.design.networks[other.network].tiers.push_back(second);
  sample.design.private_paths.add(
      {.origin = called("back"), .tier = second, .services = {sample.store}, .settings = {}});
  CHECK(tests::codes(sample.design).empty());
  CHECK(resources(built(sample.design), kPrivateEndpoint).size() == before);
}

TEST_CASE("what Azure cannot keep of data flows is refused") {
  Sample sample;
  sample.design.private_paths = {};
  let(sample.design, sample.group, sample.store, {DataAction::Read});
  CHECK(tests::codes(sample.design) == std::vector<std::string>{"CRN2031"});

  // an endpoint of another tier, to which the service's name would lead
  Sample elsewhere;
  model::Tier other = elsewhere.design.tiers[elsewhere.design.groups[elsewhere.group].tier];
  other.origin = called("other");
  const model::TierId second = elsewhere.design.tiers.add(other);
  elsewhere.design.networks[other.network].tiers.push_back(second);
  for (model::PrivatePath& path : elsewhere.design.private_paths) path.tier = second;
  let(elsewhere.design, elsewhere.group, elsewhere.store, {DataAction::Read});
  CHECK(tests::codes(elsewhere.design) == std::vector<std::string>{"CRN2031"});
}
