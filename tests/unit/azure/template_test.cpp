#include "backends/azure/template.h"

#include <doctest/doctest.h>

#include <set>

#include "backends/azure/lower.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using tests::at;
using tests::built;
using tests::elements;
using tests::resource;
using tests::resources;
using tests::text_of;

TEST_CASE("parameters keep the design's bounds as far as Azure can, and say the rest") {
  const Value made = built(tests::private_network());
  CHECK(text_of(at(made, {"parameters", "Space", "defaultValue"})) == "10.0.0.0/16");
  CHECK(at(made, {"parameters", "Corporate", "defaultValue"}).is_null());
  CHECK(text_of(at(made, {"parameters", "Corporate", "metadata", "description"})).find("within 172.16.0.0/12") !=
        std::string::npos);
  diagnostics::Diagnostics diagnostics;
  const auto artifact = azure::backend().compile(tests::private_network(), backend::Format::Json, diagnostics);
  REQUIRE(artifact);
  const auto says = [&](const std::string& text) {
    for (const std::string& each : artifact->assumptions) {
      if (each.find(text) != std::string::npos) return true;
    }
    return false;
  };
  CHECK(says("Corporate is an IPv4 block of /8 to /32 within 172.16.0.0/12"));
  CHECK(says("VpnDevice is an IPv4 address"));
}

TEST_CASE("nothing is declared that nothing uses") {
  const Value made = built(tests::for_azure(tests::private_network_known()));
  CHECK(at(made, {"parameters", "Space"}).is_null());
  CHECK(at(made, {"parameters", "AppCertificateIdentity"}).is_null());
  model::Design quiet = tests::for_azure(tests::private_network_known());
  quiet.networks.begin()->flow_logs = false;
  const Value without_logs = built(quiet);
  CHECK(at(without_logs, {"parameters", "NetworkWatcherName"}).is_null());
  CHECK(at(without_logs, {"variables", "FlowLogStorageName"}).is_null());
  CHECK(resources(without_logs, kStorageAccount).empty());
}

TEST_CASE("a stack is bound to its region, a pattern to none") {
  const Value stack = built(tests::for_azure(tests::three_tiers()));
  CHECK(elements(at(stack, {"parameters", "Location", "allowedValues"})).size() == 1);
  CHECK(text_of(at(stack, {"parameters", "Location", "defaultValue"})) == "westeurope");
  const Value pattern = built(tests::public_network());
  CHECK(at(pattern, {"parameters", "Location", "allowedValues"}).is_null());
  CHECK(text_of(at(pattern, {"parameters", "Location", "defaultValue"})) == "[resourceGroup().location]");
}

TEST_CASE("flow logs are kept where only Azure's writer gets in, with an identity and no key") {
  const Value made = built(tests::private_network());
  const std::vector<Value> accounts = resources(made, kStorageAccount);
  REQUIRE(accounts.size() == 1);
  CHECK(at(accounts[0], {"properties", "allowSharedKeyAccess"}) == Value(false));
  CHECK(at(accounts[0], {"properties", "allowBlobPublicAccess"}) == Value(false));
  CHECK(text_of(at(accounts[0], {"properties", "networkAcls", "defaultAction"})) == "Deny");
  const std::vector<Value> nested = resources(made, kDeployment);
  REQUIRE(nested.size() == 1);
  CHECK(text_of(at(nested[0], {"properties", "expressionEvaluationOptions", "scope"})) == "Inner");
  CHECK(text_of(at(nested[0], {"resourceGroup"})) == "[parameters('NetworkWatcherResourceGroup')]");
  // the writer's role comes first, by the id that an extension of another resource has
  bool waits = false;
  for (const Value& need : elements(at(nested[0], {"dependsOn"}))) {
    waits = waits || text_of(need).starts_with("[extensionResourceId(");
  }
  CHECK(waits);
}

TEST_CASE("tags say where a resource comes from") {
  const Value made = built(tests::for_azure(tests::three_tiers()));
  CHECK(text_of(at(made, {"variables", "Tags", "design"})) == "shop.prod");
  CHECK(text_of(at(made, {"variables", "Tags", "stage"})) == "prod");
  const Value labelled = resource(built(tests::public_network()), kScaleSet, "WebScaleSet");
  CHECK(text_of(at(labelled, {"tags"})) == "[union(variables('Tags'), createObject('labels', 'front_end'))]");
}

TEST_CASE("texts of the user cannot become expressions") {
  model::Design design = tests::public_network();
  for (model::FlowStatement& statement : design.statements) statement.because = "[parameters('Certificate')]";
  design.doc = "[resourceGroup().id]";
  const Value made = built(design);
  for (const Value& group : resources(made, kNetworkSecurityGroup)) {
    for (const Value& rule : elements(at(group, {"properties", "securityRules"}))) {
      const std::string description = text_of(at(rule, {"properties", "description"}));
      CHECK_FALSE((description.starts_with("[") && description.ends_with("]") && !description.starts_with("[[")));
    }
  }
}

TEST_CASE("a deployer gets the addresses that others must know") {
  CHECK_FALSE(at(built(tests::public_network()), {"outputs", "FrontAddress"}).is_null());
  const Value linked = built(tests::private_network());
  CHECK_FALSE(at(linked, {"outputs", "MainVpnGatewayAddress"}).is_null());
  CHECK(at(linked, {"outputs", "MainNatAddress"}).is_null());
  CHECK_FALSE(at(built(tests::for_azure(tests::three_tiers())), {"outputs", "ShopMainNatAddress"}).is_null());
}

TEST_CASE("no two resources are one, and every version is the type's") {
  for (const model::Design& design : {tests::public_network(), tests::private_network()}) {
    std::set<std::pair<std::string, std::string>> seen;
    for (const Value& each : elements(at(built(design), {"resources"}))) {
      CHECK(seen.emplace(text_of(at(each, {"type"})), text_of(at(each, {"name"}))).second);
      CHECK(text_of(at(each, {"apiVersion"})).size() == 10);
    }
  }
}

TEST_CASE("the same design gives the same bytes, as JSON and as YAML") {
  for (const backend::Format format : {backend::Format::Json, backend::Format::Yaml}) {
    diagnostics::Diagnostics diagnostics;
    const auto first = azure::backend().compile(tests::private_network(), format, diagnostics);
    const auto second = azure::backend().compile(tests::private_network(), format, diagnostics);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->text == second->text);
    CHECK(first->text.ends_with("\n"));
    CHECK(first->resources == 15);
  }
}
