#include <string>
#include <utility>

#include "backends/aws/databases.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::DatabaseId;
using model::EngineFamily;

/// Not one of the names that an engine keeps for itself (rds CreateDBInstance, MasterUsername).
constexpr const char* kMasterUser = "dbadmin";

/// Connections without TLS are refused (AmazonRDS/latest/UserGuide, "Using SSL with a PostgreSQL DB instance" and
/// "Using SSL/TLS with a MySQL DB instance").
Value forced_tls(EngineFamily family) {
  if (family == EngineFamily::Postgres) return object({{"rds.force_ssl", "1"}});
  return object({{"require_secure_transport", "1"}});
}

Value exported_logs(EngineFamily family) {
  if (family == EngineFamily::Postgres) return array({"postgresql"});
  return array({"error", "slowquery"});
}

void lower_parameter_group(Lowering& to, DatabaseId id, const model::Engine& engine) {
  const model::Database& database = to.design.databases[id];
  const std::string path = model::to_string(database.origin.path);
  // The name of the family holds the engine's version, so a new version is a new group.
  to.add(kDatabaseParameters, member_name(to.design, id, "ParameterGroup"), "database", database.origin,
         object({{"Description", rule_text("Settings of database " + path)},
                 {"Family", parameter_family(engine)},
                 {"Parameters", forced_tls(engine.family)},
                 {"Tags", to.tags(path)}}));
}

void lower_subnet_group(Lowering& to, DatabaseId id) {
  const model::Database& database = to.design.databases[id];
  const std::string path = model::to_string(database.origin.path);
  to.add(kDatabaseSubnets, member_name(to.design, id, "SubnetGroup"), "database", database.origin,
         object({{"DBSubnetGroupDescription", rule_text("Where database " + path + " stands")},
                 {"SubnetIds", Value(subnet_refs(to.design, database.tier))},
                 {"Tags", to.tags(path)}}));
}

Value instance_of(const Lowering& to, DatabaseId id, const model::Engine& engine) {
  const model::Database& database = to.design.databases[id];
  Value out;
  out.set("Engine", engine.family == EngineFamily::Postgres ? "postgres" : "mysql");
  out.set("EngineVersion", engine_version(database));
  out.set("DBInstanceClass", instance_class(database));
  out.set("AllocatedStorage", std::to_string(storage_gigabytes(database)));
  out.set("MaxAllocatedStorage", kMostGigabytes);
  out.set("StorageType", "gp3");
  out.set("StorageEncrypted", true);
  out.set("MultiAZ", true);
  out.set("DBSubnetGroupName", reference_to(member_name(to.design, id, "SubnetGroup")));
  out.set("VPCSecurityGroups", security_groups_of(to, id));
  out.set("PubliclyAccessible", false);
  out.set("DBParameterGroupName", reference_to(member_name(to.design, id, "ParameterGroup")));
  // RDS makes the password, keeps it in Secrets Manager and changes it: nobody who deploys knows it.
  out.set("MasterUsername", kMasterUser);
  out.set("ManageMasterUserPassword", true);
  out.set("BackupRetentionPeriod", backup_days(database));
  out.set("CopyTagsToSnapshot", true);
  out.set("DeletionProtection", true);
  out.set("AutoMinorVersionUpgrade", true);
  out.set("EnableCloudwatchLogsExports", exported_logs(engine.family));
  out.set("Tags", to.tags(model::to_string(database.origin.path)));
  return out;
}

}  // namespace

void lower_database(Lowering& to, DatabaseId id) {
  const model::Database& database = to.design.databases[id];
  const model::Engine& engine = *model::engine_named(database.engine);
  lower_subnet_group(to, id);
  lower_parameter_group(to, id, engine);
  Resource& made = to.add(kDatabaseInstance, member_name(to.design, id, "Database"), "database", database.origin,
                          instance_of(to, id, engine));
  made.depends_on = foundations(to, database.tier);
  // What it holds outlives it.
  made.attributes = {{"DeletionPolicy", "Snapshot"}, {"UpdateReplacePolicy", "Snapshot"}};
}

}  // namespace crenel::aws
