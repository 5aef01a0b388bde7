#include <algorithm>
#include <utility>

#include "backends/aws/lower_guards.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::object;
using model::VaultId;

Value account_root() {
  return object(
      {{"AWS", substitute("arn:${" + std::string(kPartition) + "}:iam::${" + std::string(kAccount) + "}:root")}});
}

/// kms/latest/developerguide/key-policy-default.html, "Allows key administrators to administer the KMS key", without
/// what would let them use it: no grants, and nothing by a wildcard.
Statement administration() {
  Statement out;
  out.sid = "AdministrationByTheAccount";
  out.principal = account_root();
  out.actions = {
      "kms:CancelKeyDeletion", "kms:DescribeKey",       "kms:DisableKey",          "kms:DisableKeyRotation",
      "kms:EnableKey",         "kms:EnableKeyRotation", "kms:GetKeyPolicy",        "kms:GetKeyRotationStatus",
      "kms:ListGrants",        "kms:ListKeyPolicies",   "kms:ListKeyRotations",    "kms:ListResourceTags",
      "kms:PutKeyPolicy",      "kms:RevokeGrant",       "kms:RotateKeyOnDemand",   "kms:ScheduleKeyDeletion",
      "kms:TagResource",       "kms:UntagResource",     "kms:UpdateKeyDescription"};
  out.resources = "*";
  return out;
}

/// A service that encrypts what the account's own administrators put there: values of secrets; tables, whose own keys
/// DynamoDB looks after by grants. What may be done with those is said by their own policies.
Statement by_service(Cloud cloud, std::vector<std::string_view> actions) {
  Statement out;
  out.sid = std::string(id_word(cloud)) + "ForTheAccount";
  out.principal = account_root();
  out.actions = std::move(actions);
  out.resources = "*";
  out.conditions.add("StringEquals", "kms:ViaService", via(cloud));
  return out;
}

std::vector<std::string_view> uses(const DataGrant& grant, bool direct) {
  std::vector<std::string_view> out;
  for (const model::DataAction action : grant.actions) {
    for (const std::string_view name : direct ? granted(grant.cloud, action) : key_use(action)) {
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
  }
  return out;
}

/// Who works with something that is encrypted with the key of a vault, or of a topic, may use it by that service, and
/// in no other way.
std::vector<Statement> users(const Lowering& to, const model::Endpoint& id) {
  const auto* vault = std::get_if<VaultId>(&id);
  std::vector<Statement> out;
  for (const DataGrant& grant : to.plan.data.grants) {
    const bool itself = grant.to == id;
    const bool direct = vault != nullptr && itself && grant.cloud == Cloud::Keys;
    const bool under = vault == nullptr ? itself : itself || key_of(to.design, grant.to) == *vault;
    if (!under) continue;
    Statement one;
    one.actions = uses(grant, direct);
    if (one.actions.empty()) continue;
    Array who;
    for (Value& principal : principals_of(to, grant)) who.push_back(std::move(principal));
    std::string sid = direct ? "Use" : sid_name(to.design, grant.to);
    one.sid = sid + "By" + sid_name(to.design, grant.from);
    one.principal = who.empty() ? account_root() : object({{"AWS", Value(std::move(who))}});
    one.resources = "*";
    if (!direct) one.conditions.add("StringEquals", "kms:ViaService", via(grant.cloud));
    // What a service asks for in a caller's name comes from the service.
    if (direct && has_addresses(to, grant.from)) {
      one.conditions.add("IpAddress", "aws:SourceIp", addresses_value(to, std::get<model::SiteId>(grant.from)));
    }
    out.push_back(std::move(one));
  }
  return out;
}

bool holds_secrets(const Lowering& to, VaultId id) {
  const auto& grants = to.plan.data.grants;
  return std::any_of(grants.begin(), grants.end(), [&](const DataGrant& grant) {
    return grant.to == model::Endpoint(id) && grant.cloud == Cloud::Secrets;
  });
}

void lower_secret(Lowering& to, VaultId id) {
  const model::Vault& vault = to.design.vaults[id];
  const std::string path = model::to_string(vault.origin.path);
  const std::string secret = thing_name(to.design, id, "Secret");
  Resource& made =
      to.add(kSecret, secret, "vault", vault.origin,
             object({{"Description", tag_text("The secrets of " + path + ". Their value is put in by hand")},
                     {"KmsKeyId", attribute(thing_name(to.design, id, "Key"), "Arn")},
                     {"Tags", to.tags(path)}}));
  made.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
  const Closing closing{.thing = id,
                        .cloud = Cloud::Secrets,
                        .resources = "*",
                        .all = {model::DataAction::Read},
                        .plain = false,
                        .ways = true};
  to.add(kSecretPolicy, thing_name(to.design, id, "SecretPolicy"), "vault", vault.origin,
         object({{"SecretId", reference_to(secret)},
                 {"BlockPublicPolicy", true},
                 {"ResourcePolicy", policy_document(closing_statements(to, closing))}}));
}

struct KeyName {
  std::string id;
  std::string_view kind;  ///< of what declares it
};

void add_key(Lowering& to, const KeyName& name, const model::Origin& origin, std::vector<Statement> statements,
             const std::vector<model::TopicId>& topics) {
  const std::string path = model::to_string(origin.path);
  if (auto told = key_use_of_events(to, topics)) statements.push_back(std::move(*told));
  if (auto failing = key_use_of_reverts(to, topics)) statements.push_back(std::move(*failing));
  Resource& made = to.add(kKey, name.id, name.kind, origin,
                          object({{"Description", tag_text("The key of " + std::string(name.kind) + " " + path)},
                                  {"EnableKeyRotation", true},
                                  {"PendingWindowInDays", 30},
                                  {"KeyPolicy", policy_document(statements)},
                                  {"Tags", to.tags(path)}}));
  // Without its key what is encrypted with it is lost.
  made.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
}

}  // namespace

void lower_topic_key(Lowering& to, model::TopicId id) {
  std::vector<Statement> statements = {administration()};
  for (Statement& one : users(to, id)) statements.push_back(std::move(one));
  add_key(to, {.id = thing_name(to.design, id, "TopicKey"), .kind = "topic"}, to.design.topics[id].origin,
          std::move(statements), {id});
}

void lower_vault(Lowering& to, VaultId id) {
  const model::Vault& vault = to.design.vaults[id];
  if (vault.existing) return;
  const std::string path = model::to_string(vault.origin.path);
  std::vector<Statement> statements = {administration()};
  for (Statement& one : users(to, id)) statements.push_back(std::move(one));
  if (holds_secrets(to, id)) {
    statements.push_back(by_service(Cloud::Secrets, {"kms:Decrypt", "kms:GenerateDataKey"}));
  }
  const bool keeps_tables = std::any_of(to.design.data_tables.begin(), to.design.data_tables.end(),
                                        [&](const model::Table& table) { return table.key == id; });
  if (keeps_tables) {
    statements.push_back(by_service(Cloud::Tables, {"kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt",
                                                    "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"}));
  }
  if (auto logs = key_use_of_logs(to, id)) statements.push_back(std::move(*logs));
  add_key(to, {.id = thing_name(to.design, id, "Key"), .kind = "vault"}, vault.origin, std::move(statements),
          topics_under(to.design, id));
  if (holds_secrets(to, id)) lower_secret(to, id);
}

}  // namespace crenel::aws
