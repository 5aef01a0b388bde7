#include <doctest/doctest.h>

#include <regex>

#include <algorithm>
#include <string>

#include "backends/azure/functions.h"
#include "backends/document/value.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/lifted.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using crenel::tests::at;
using crenel::tests::built;
using crenel::tests::codes;
using crenel::tests::resources;
using crenel::tests::text_of;
using document::Value;
using model::DataAction;

namespace {

model::Origin called(const char* name) { return {.path = {name}, .span = {}, .doc = {}, .because = {}}; }

/// The sample's network with one tier more, a store, a queue, and a function that the store starts.
struct Sample {
  model::Design design = crenel::tests::for_azure(crenel::tests::public_network_direct());
  model::NetworkId network = design.networks.ids().front();
  model::TierId run = add_tier("run", "10.0.128.0/26");
  model::StoreId store = design.stores.add({.origin = called("inbox"),
                                            .key = {},
                                            .archive_after_seconds = {},
                                            .lock_seconds = {},
                                            .labels = {},
                                            .settings = {}});
  model::QueueId queue = design.queues.add(
      {.origin = called("jobs"), .key = {}, .retry = 3, .retain_seconds = {}, .labels = {}, .settings = {}});
  model::FunctionId function = add_function("start");

  Sample() {
    design.private_paths.add({.origin = called("ways"), .tier = run, .services = {queue, store}, .settings = {}});
    let(function, queue, {DataAction::Send});
  }

  model::TierId add_tier(const char* name, const char* block) {
    model::Tier tier = design.tiers[design.networks[network].tiers.front()];
    tier.origin.path.back() = name;
    tier.kind = model::TierKind::Isolated;
    tier.way_out = model::NoWayOut{};
    tier.block = {.base = *net::parse_prefix(block), .part = {}};
    const model::TierId id = design.tiers.add(tier);
    design.networks[network].tiers.push_back(id);
    return id;
  }

  model::FunctionId add_function(const char* name) {
    const model::FunctionId id = design.functions.add({.origin = called(name),
                                                       .tier = run,
                                                       .code = "def handler(event, context): pass",
                                                       .runtime = "python3.12",
                                                       .on_created = {store},
                                                       .labels = {},
                                                       .settings = {}});
    let(store, id, {DataAction::Invoke});
    return id;
  }

  void let(model::Endpoint from, model::Endpoint to, model::DataActions actions) {
    model::FlowStatement statement;
    statement.text = "a flow of data";
    design.data_flows.push_back({.statement = design.statements.add(statement),
                                 .from = std::move(from),
                                 .to = std::move(to),
                                 .actions = std::move(actions)});
  }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t found = text.find(what);
  REQUIRE(found != std::string::npos);
  return text.replace(found, what.size(), by);
}

const estate::Service& function_in(const estate::Estate& estate) {
  const auto found = std::find_if(estate.services.begin(), estate.services.end(), [](const estate::Service& each) {
    return each.kind == estate::Service::Kind::Function;
  });
  REQUIRE(found != estate.services.end());
  return *found;
}

bool is_weak(const estate::Estate& estate, std::string_view part) {
  const auto& all = function_in(estate).weaknesses;
  return std::any_of(all.begin(), all.end(),
                     [&](const estate::Weakness& each) { return each.what.find(part) != std::string::npos; });
}

std::size_t starts(const estate::Estate& estate) {
  return static_cast<std::size_t>(
      std::count_if(estate.accesses.begin(), estate.accesses.end(),
                    [](const estate::Access& each) { return each.actions == std::vector{estate::Action::Invoke}; }));
}

}  // namespace

TEST_CASE("a function app is shut, joins its subnet and has its code in the template") {
  Sample sample;
  const Value made = built(sample.design);
  const Value app = resources(made, kSite).front();
  CHECK(text_of(at(app, {"properties", "publicNetworkAccess"})) == "Disabled");
  CHECK(at(app, {"properties", "httpsOnly"}) == Value(true));
  CHECK(at(app, {"properties", "outboundVnetRouting", "allTraffic"}) == Value(true));
  CHECK(resources(made, kPublishing).size() == 2);
  CHECK(text_of(at(resources(made, kSiteFunction).front(), {"properties", "files", "__init__.py"})) ==
        "def handler(event, context): pass");
  CHECK(resources(made, kEventSubscription).size() == 1);
}

TEST_CASE("what is read of a function app is what was made") {
  Sample sample;
  const std::string text = document::to_json(built(sample.design));
  const estate::Estate estate = crenel::azure::tests::lifted(text);
  CHECK(function_in(estate).weaknesses.empty());
  CHECK(function_in(estate).stem == "Start");
  CHECK(starts(estate) == 1);
  CHECK(estate.unknowns.empty());
  CHECK(estate.services.size() == 3);  // what the app keeps its state in is none
}

TEST_CASE("a function app that is opened, or whose code comes from elsewhere, is told") {
  Sample sample;
  const std::string text = document::to_json(built(sample.design));
  const auto with = [&](const std::string& what, const std::string& by) {
    return crenel::azure::tests::lifted(replaced(text, what, by));
  };
  CHECK(is_weak(with("\"httpsOnly\": true", "\"httpsOnly\": false"), "without TLS"));
  CHECK(is_weak(with("\"sshEnabled\": false", "\"sshEnabled\": true"), "logged in"));
  CHECK(is_weak(with("FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE"), "fetched from elsewhere"));
  CHECK(is_weak(with("\"allow\": false", "\"allow\": true"), "password"));
  CHECK(!with("\"allTraffic\": true", "\"allTraffic\": false").unknowns.empty());
}

TEST_CASE("events that go elsewhere are told and start nothing") {
  Sample sample;
  const std::string text = document::to_json(built(sample.design));
  const auto with = [&](const std::string& what, const std::string& by) {
    return crenel::azure::tests::lifted(replaced(text, what, by));
  };
  const estate::Estate other = with("\"queueName\": \"events\",", "\"queueName\": \"others\",");
  CHECK(starts(other) == 0);
  CHECK(crenel::azure::tests::has_unknown(other, "tells others of events"));
  CHECK(starts(with("Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobRenamed")) == 0);
  CHECK(starts(with("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a')]\"", "8a0f0c08-91a1-4084-bc3d-661d67233fed')]\"")) == 0);
}

TEST_CASE("a function that does not get to its own state, or whose lost events are lost, is told") {
  Sample sample;
  const std::string text = document::to_json(built(sample.design));
  const auto with = [&](const std::string& what, const std::string& by) {
    return crenel::azure::tests::lifted(replaced(text, what, by));
  };
  CHECK(is_weak(with("privatelink.queue.core", "privatelink.queue.sore"), "private way and name (queue)"));
  CHECK(is_weak(with("privatelink.blob.core", "privatelink.blob.sore"), "private way and name (blob)"));
  const auto everywhere = [&](const char* what, const char* by) {
    return crenel::azure::tests::lifted(std::regex_replace(text, std::regex(what), by));
  };
  CHECK(
      is_weak(everywhere("974c5e8b-45b9-4653-ba55-5f855dd0fb88'\\)\\]\"", "19e7f393-937e-4f77-808e-94535e297925')]\""),
              "may not use the storage"));
  CHECK(is_weak(everywhere("\"bypass\": \"AzureServices\"", "\"bypass\": \"None\""), "keeps out Event Grid"));
  CHECK(crenel::azure::tests::has_unknown(everywhere(R"("groupIds": \[[^\]]*\])", R"("groupIds": [])"),
                                          "does not say which part of a service"));
  CHECK(is_weak(with("ba92f5b4-2d11-453d-a403-e96b0029c9fe')]\"", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')]\""),
                "loses events"));
  CHECK(crenel::azure::tests::has_unknown(
      with("ba92f5b4-2d11-453d-a403-e96b0029c9fe')]\"", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b')]\""),
      "who else gets to those that are not delivered"));
  CHECK(is_weak(with("\"blobContainerName\": \"lost-events\"", "\"blobContainerName\": \"others\""), "loses events"));
}

TEST_CASE("functions that Azure's rules cannot tell apart are refused") {
  Sample sample;
  CHECK(codes(sample.design).empty());
  const model::FunctionId other = sample.add_function("other");
  CHECK(codes(sample.design) == std::vector<std::string>{"CRN2052"});
  sample.let(other, sample.queue, {DataAction::Send});
  CHECK(codes(sample.design).empty());
}

TEST_CASE("a function outside of networks, or that controls a group, is refused") {
  Sample outside;
  outside.design.functions[outside.function].tier = std::nullopt;
  CHECK(codes(outside.design) == std::vector<std::string>{"CRN2051"});
  Sample control;
  control.let(control.function, control.design.groups.ids().front(), {DataAction::Terminate});
  CHECK(codes(control.design) == std::vector<std::string>{"CRN2054"});
}
