#include <doctest/doctest.h>

#include "backends/azure/databases.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using tests::at;
using tests::built;
using tests::codes;
using tests::elements;
using tests::resource;
using tests::resources;
using tests::text_of;

namespace {

/// The shared sample of three tiers; the last tier of its network becomes one for databases.
struct Shop {
  model::Design design = tests::for_azure(tests::three_tiers());
  model::TierId tier;

  Shop() {
    const model::NetworkId network = design.networks.ids().front();
    model::Tier made;
    made.origin.path = design.networks[network].origin.path;
    made.origin.path.emplace_back("data");
    made.network = network;
    made.kind = model::TierKind::Isolated;
    made.block = {.base = *net::parse_prefix("10.0.240.0/26"), .part = {}};
    made.zone_blocks = {{.base = *net::parse_prefix("10.0.240.0/27"), .part = {}},
                        {.base = *net::parse_prefix("10.0.240.32/27"), .part = {}}};
    tier = design.tiers.add(std::move(made));
    design.networks[network].tiers.push_back(tier);
  }
  model::DatabaseId database(const std::string& name, const std::string& engine) {
    model::Database made;
    made.origin.path = {name};
    made.tier = tier;
    made.engine = engine;
    return design.databases.add(std::move(made));
  }
  model::GroupId app() const { return tests::group_named(design, "app"); }
};

std::vector<std::string> rule_lines(const Value& list, const std::string& direction) {
  std::vector<std::string> out;
  for (const Value& rule : elements(at(list, {"properties", "securityRules"}))) {
    const Value p = at(rule, {"properties"});
    if (text_of(at(p, {"direction"})) != direction) continue;
    out.push_back(text_of(at(p, {"access"})) + " " + text_of(at(p, {"sourceAddressPrefix"})) + " " +
                  text_of(at(p, {"destinationAddressPrefix"})) + " " + text_of(at(p, {"destinationPortRange"})));
  }
  return out;
}

}  // namespace

TEST_CASE("a server stands in a subnet that is delegated to its service, and has no public side") {
  Shop shop;
  shop.database("db", "postgres16");
  const Value made = built(shop.design);
  const Value server = resources(made, kPostgresServer).at(0);
  const Value network = at(server, {"properties", "network"});
  CHECK(text_of(at(network, {"publicNetworkAccess"})) == "Disabled");
  CHECK(text_of(at(network, {"delegatedSubnetResourceId"})).find("'Data')]") != std::string::npos);
  CHECK(text_of(at(server, {"properties", "highAvailability", "mode"})) == "ZoneRedundant");
  CHECK(text_of(at(server, {"properties", "authConfig", "passwordAuth"})) == "Enabled");
  CHECK(text_of(at(made, {"parameters", "DbAdminPassword", "type"})) == "securestring");
  for (const Value& subnet : elements(at(resources(made, kVirtualNetwork).at(0), {"properties", "subnets"}))) {
    const bool data = text_of(at(subnet, {"name"})) == "Data";
    const Value delegation = at(subnet, {"properties", "delegations", "0", "properties", "serviceName"});
    CHECK(delegation.is_null() != data);
  }
}

TEST_CASE("connections without TLS are refused, and nobody deletes it in passing") {
  Shop shop;
  shop.database("db", "mysql8");
  const Value made = built(shop.design);
  const Value setting = resources(made, kMySqlSetting).at(0);
  CHECK(text_of(at(setting, {"name"})).find("/require_secure_transport'") != std::string::npos);
  CHECK(text_of(at(setting, {"properties", "value"})) == "ON");
  CHECK(text_of(at(resources(made, kLock).at(0), {"properties", "level"})) == "CanNotDelete");
}

TEST_CASE("its rules name addresses and no application security groups") {
  Shop shop;
  const auto db = shop.database("db", "postgres16");
  tests::add_flow(shop.design, shop.app(), db, tests::tcp(5432), "app -> db : postgres");
  const Value made = built(shop.design);
  const Value list = resource(made, kNetworkSecurityGroup, "ShopMainDataTierNsg");
  const std::string block = net::to_string(*model::known(shop.design.tiers[shop.design.groups[shop.app()].tier].block));
  CHECK(rule_lines(list, "Inbound") == std::vector<std::string>{"Allow " + block + " 10.0.240.0/26 5432",
                                                                "Allow 10.0.240.0/26 10.0.240.0/26 5432",
                                                                "Deny * * *"});
  CHECK(rule_lines(list, "Outbound") == std::vector<std::string>{"Allow 10.0.240.0/26 10.0.240.0/26 5432",
                                                                 "Allow 10.0.240.0/26 Storage 443", "Deny * * *"});
}

TEST_CASE("names resolve where callers are: the zone is linked to their networks") {
  Shop shop;
  shop.database("db", "postgres16");
  const Value made = built(shop.design);
  CHECK(text_of(at(resources(made, kPrivateZone).at(0), {"name"})) == "shop-main.private.postgres.database.azure.com");
  CHECK(text_of(at(resources(made, kPrivateZone).at(0), {"location"})) == "global");
  CHECK(resources(made, kPrivateZoneLink).size() == 1);
}

TEST_CASE("what Azure cannot do is refused") {
  Shop shop;
  const auto db = shop.database("db", "postgres16");
  tests::add_flow(shop.design, shop.app(), db, tests::tcp(5432), "app -> db : postgres");
  CHECK(codes(shop.design).empty());
  Shop burstable = shop;
  burstable.design.databases[db].settings["azure"]["sku"] = std::string("B_Standard_B2s");
  CHECK(codes(burstable.design) == std::vector<std::string>{"CRN2020"});
  Shop short_lived = shop;
  short_lived.design.databases[db].backup_seconds = 86400;
  CHECK(codes(short_lived.design) == std::vector<std::string>{"CRN2020"});
  Shop two_engines = shop;
  two_engines.database("other", "mysql8");
  CHECK(codes(two_engines.design) == std::vector<std::string>{"CRN2041"});
  Shop two_callers = shop;
  two_callers.database("other", "postgres16");
  CHECK(codes(two_callers.design) == std::vector<std::string>{"CRN2042"});
}

TEST_CASE("the size may be said with its tier before it") {
  model::Database database;
  database.engine = "postgres16";
  CHECK(server_sku(database)->tier == "GeneralPurpose");
  database.settings["azure"]["sku"] = std::string("MO_Standard_E4ds_v5");
  CHECK(server_sku(database)->name == "Standard_E4ds_v5");
  CHECK(server_sku(database)->tier == "MemoryOptimized");
  database.settings["azure"]["sku"] = std::string("db.r6g.large");
  CHECK(!server_sku(database));
}
