#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/data_plan.h"
#include "backends/aws/lowering.h"
#include "backends/aws/values.h"

/// Policy documents: the pieces that roles, resources, keys and private paths share.
namespace crenel::aws {

/// Conditions that hold all at once, gathered by operator and key.
class Conditions {
 public:
  Conditions& add(std::string_view test, const std::string& key, Value value);
  [[nodiscard]] bool empty() const { return whole_.empty(); }
  [[nodiscard]] Value value() const;

 private:
  std::vector<std::pair<std::string, Object>> whole_;
};

struct Statement {
  std::string sid;
  std::string_view effect = "Allow";
  Value principal;  ///< null: the policy's holder
  std::vector<std::string_view> actions;
  Value resources;
  Conditions conditions;
};

[[nodiscard]] Value policy_document(const std::vector<Statement>& statements);

/// A logical id of something declared: its path and a role.
[[nodiscard]] std::string thing_name(const model::Design& design, const model::Endpoint& thing, std::string_view role);
/// "Inbox", as statements' names have it.
[[nodiscard]] std::string sid_name(const model::Design& design, const model::Endpoint& thing);
/// The id of the role that a group's members, or a function, act as.
[[nodiscard]] std::string role_name(const model::Design& design, const model::Endpoint& who);
/// ARNs of whom a grant names: a role, or a site's identities.
[[nodiscard]] std::vector<Value> principals_of(const Lowering& to, const DataGrant& grant);
/// The addresses that a site's requests come from.
[[nodiscard]] Value addresses_value(const Lowering& to, model::SiteId site);
[[nodiscard]] bool has_addresses(const Lowering& to, const model::Endpoint& from);
/// ARNs of what a grant is about: a bucket and its objects, a queue …
[[nodiscard]] Value resources_of(const Lowering& to, const DataGrant& grant);
[[nodiscard]] Value endpoint_reference(const Lowering& to, std::size_t endpoint);
[[nodiscard]] std::string endpoint_name(const Lowering& to, std::size_t endpoint);

/// The name that a key's policy knows a service by, as the one that asks in a caller's name.
[[nodiscard]] Value via(Cloud cloud);

/// The name that leads to an endpoint itself.
[[nodiscard]] Value dns_name(const std::string& endpoint);
/// Who acts: a role's trust in a service of AWS.
[[nodiscard]] Value trust_in(std::string_view service);
/// The policy that carries what flows let somebody do; nothing where they let him do nothing.
void lower_data_policy(Lowering& to, const model::Endpoint& who, std::string_view kind);

/// What a grant allows: one statement, or two where an action is allowed in a certain form only. The principal is left
/// open.
[[nodiscard]] std::vector<Statement> allowances(const Lowering& to, const DataGrant& grant);

/// The policy of a thing that closes it to everybody but whom the design grants something, and to them elsewhere than
/// on their way. `resources` are the thing's ARNs, `all` what can be done with it.
struct Closing {
  model::Endpoint thing;
  Cloud cloud = Cloud::Storage;
  Value resources;
  model::DataActions all;
  bool plain = true;    ///< the service takes requests without TLS, too
  bool ways = true;     ///< the policy can name private paths
  bool nobody = false;  ///< the flows are not about this: it is closed to everybody
  /// A service of AWS does this there, which has no ARN that a condition could speak of: EventBridge publishes, logs
  /// are written.
  std::optional<model::DataAction> by_service = {};
  Array publishers = {};  ///< ARNs of roles of the guards' own that publish there
};
[[nodiscard]] std::vector<Statement> closing_statements(const Lowering& to, const Closing& closing);

/// Whether a network's flow logs are kept in the store.
[[nodiscard]] bool is_logged_to(const model::Design& design, model::StoreId store);
/// What lets them be written into it, and under a vault's key; nothing where no such store is encrypted with it.
[[nodiscard]] std::vector<Statement> writing_of_logs(const Lowering& to, model::StoreId store);
[[nodiscard]] std::optional<Statement> key_use_of_logs(const Lowering& to, model::VaultId vault);

}  // namespace crenel::aws
