#include <doctest/doctest.h>

#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

/// A group that calls a database over its port.
struct Shop : Builder {
  model::GroupId app;
  model::DatabaseId db;

  explicit Shop(int zones = 2, const std::string& engine = "postgres16") {
    const auto main = network("main", "10.0.0.0/16", zones);
    app = group("app", tier(main, "app", model::TierKind::Private));
    model::Database made;
    made.origin.path = {"db"};
    made.tier = tier(main, "data", model::TierKind::Isolated);
    made.engine = engine;
    db = design.databases.add(std::move(made));
    flow(app, db, tcp(engine == "mysql8" ? 3306 : 5432), "app -> db : sql");
  }
  model::Database& database() { return design.databases[db]; }
};

}  // namespace

TEST_CASE("a database is encrypted, in two zones, inside, and nobody who deploys knows its password") {
  const Template made = compiled(Shop().design);
  const auto said = [&](std::string_view name) { return property(made, "DbDatabase", name); };
  CHECK(said("StorageEncrypted") == Value(true));
  CHECK(said("MultiAZ") == Value(true));
  CHECK(said("PubliclyAccessible") == Value(false));
  CHECK(said("DeletionProtection") == Value(true));
  CHECK(said("ManageMasterUserPassword") == Value(true));
  CHECK(said("MasterUserPassword").is_null());
  CHECK(number(said("BackupRetentionPeriod")) == 7);
  const auto& attributes = resource(made, "DbDatabase").attributes;
  REQUIRE(attributes.size() == 2);
  CHECK(text(attributes.front().second) == "Snapshot");
}

TEST_CASE("connections without TLS are refused, by the setting of each engine") {
  CHECK(text(at(property(compiled(Shop().design), "DbParameterGroup", "Parameters"), {"rds.force_ssl"})) == "1");
  const Template mysql = compiled(Shop(2, "mysql8").design);
  CHECK(text(at(property(mysql, "DbParameterGroup", "Parameters"), {"require_secure_transport"})) == "1");
  CHECK(text(property(mysql, "DbParameterGroup", "Family")) == "mysql8.4");
  CHECK(depends_on(mysql, "DbDatabase", "DbParameterGroup"));
}

TEST_CASE("its subnets are its tier's, its group exactly its flows") {
  const Template made = compiled(Shop().design);
  CHECK(elements(property(made, "DbSubnetGroup", "SubnetIds")).size() == 2);
  CHECK(depends_on(made, "DbDatabase", "DbSecurityGroup"));
  CHECK(depends_on(made, "DbIngressFromAppTcp5432", "AppSecurityGroup"));
  CHECK(depends_on(made, "AppEgressToDbTcp5432", "DbSecurityGroup"));
  CHECK(inline_lines(made, "DbSecurityGroup", false).empty());
  // The one rule outward matches nothing.
  CHECK(inline_lines(made, "DbSecurityGroup", true) == std::vector<std::string>{"icmp 252-86 255.255.255.255/32"});
}

TEST_CASE("settings of AWS are taken, and wrong ones refused") {
  Shop shop;
  auto& settings = shop.database().settings["aws"];
  settings["class"] = std::string("db.r6g.large");
  settings["engine_version"] = std::string("16.4");
  settings["storage_gb"] = std::int64_t{200};
  shop.database().backup_seconds = 35 * 86400;
  const Template made = compiled(shop.design);
  CHECK(text(property(made, "DbDatabase", "DBInstanceClass")) == "db.r6g.large");
  CHECK(text(property(made, "DbDatabase", "EngineVersion")) == "16.4");
  CHECK(text(property(made, "DbDatabase", "AllocatedStorage")) == "200");
  CHECK(number(property(made, "DbDatabase", "BackupRetentionPeriod")) == 35);
  settings["class"] = std::string("Standard_D4s_v5");
  settings["engine_version"] = std::string("15.4");
  settings["storage_gb"] = std::int64_t{5};
  CHECK(codes(shop.design) == std::vector<std::string>{"CRN1010", "CRN1010", "CRN1010"});
}

TEST_CASE("a database in a network of one zone is refused") {
  CHECK(codes(Shop(1).design) == std::vector<std::string>{"CRN1043"});
}

TEST_CASE("where to find it is told, and where its password is") {
  const Template made = compiled(Shop().design);
  const auto there = [&](const std::string& id) {
    return std::any_of(made.outputs.begin(), made.outputs.end(), [&](const Entry& entry) { return entry.id == id; });
  };
  CHECK(there("DbHostName"));
  CHECK(there("DbPasswordSecret"));
}
