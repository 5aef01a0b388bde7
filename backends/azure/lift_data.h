#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/lift_context.h"

/// Services of a template and who may use them: the parts of that half of the lift, in their order.
namespace crenel::azure::lifting {

using estate::IdentityId;
using estate::PathId;
using estate::ServiceId;

/// How requests may come to a service.
struct Ways {
  bool anywhere = false;
  std::vector<Block> from;
  std::vector<PathId> paths;
  std::string doubt;
  [[nodiscard]] bool none() const { return !anywhere && from.empty() && paths.empty() && doubt.empty(); }
};

struct ServiceInfo {
  bool for_logs = false;  ///< a store of flow logs
  ServiceId id = {};
  ResourceId resource;   ///< whose roles concern it: an account, a vault, a queue, a topic
  ResourceId connected;  ///< what private endpoints lead to: an account, a vault, a namespace
  std::string group;     ///< the sub-resource that private endpoints ask for, small letters; empty: any
  Ways ways;
  /// Of what was made elsewhere: the scope of its roles as it is written; where that is a parameter, `resource` and
  /// `connected` are empty, and `connected_text` is how the other one is written.
  std::string elsewhere = {};
  std::string connected_text = {};
};

struct IdentityInfo {
  std::optional<IdentityId> id;  ///< none: only the provider's own machines act as it
  ResourceId resource;           ///< the identity, or (`own`) the resource whose own identity it is
  bool own = false;

  std::string doubt;  ///< not empty: perhaps something else does
};

struct Data {
  Context& context;
  std::vector<ServiceInfo> services = {};
  std::vector<IdentityInfo> identities = {};
};

void lift_data(Context& context);

// ---- the parts
void lift_stores(Data& data);
/// Stores that hold nothing but flow logs: the last services that are put down.
void lift_log_stores(Data& data);
/// Whether flow logs of the template go to a storage account.
[[nodiscard]] bool takes_logs(const Data& data, const ResourceId& account);
/// What records the packets of networks. After the assignments.
void lift_flow_logs(Data& data);
/// Takes away the stores of flow logs that nobody but the provider can use: they are no part of any design.
void drop_closed_log_stores(Data& data);
void lift_vaults(Data& data);
/// Vaults without a key, of which somebody may use one. After the assignments.
void check_keys(Data& data);
void lift_messages(Data& data);
void lift_data_tables(Data& data);
/// Subscriptions to the events of the resource group that tell a topic of the template.
void lift_guards(Data& data);
/// Roles that guards have for people who are to change no network. After `lift_guards`.
void lift_preventions(Data& data);
/// Policies that deny changes of networks. After `lift_preventions`.
void lift_policies(Data& data);
/// Alerts of the activity log that mail changes. The last of what guards have.
void lift_alerts(Data& data);
/// Workflows that put networks back. After what guards forbid, and before whom they mail.
void lift_reverts(Data& data);
/// Whether a workflow puts back what this template says, by the known text, and does nothing else.
[[nodiscard]] bool is_revert(const Context& context, const Resource& workflow);
/// Tells a role of such a workflow's identity that lets it do more than that takes.
void tell_reverting(Data& data, const std::string& scope, const Resource& assignment);
[[nodiscard]] bool is_guard(const Data& data, const Resource& subscription);
/// The guard of that name; made, where nothing of it was read before.
[[nodiscard]] estate::Guard& guard_named(Data& data, const std::string& name, const Place& place);
/// Whether a lock keeps it from being deleted by the way.
[[nodiscard]] bool is_locked(const Data& data, const Resource& resource);
/// What the name of the action group that a guard mails by ends with.
inline constexpr std::string_view kMailRole = "GuardMail";
/// Whether those whom a guard mails are mailed when a run of its workflow fails.
void tell_of_failures(Data& data, const std::string& guard_name, const Resource& workflow, estate::Guard& guard);
/// Whether a value is an embedded text (`prevention.h`), and at most has these members besides.
[[nodiscard]] bool is_code(const Value& value, std::string_view name,
                           std::initializer_list<std::string_view> beside = {});
/// Whether a role lets the events of the resource group be told on the service, and they are.
[[nodiscard]] bool is_way_of_guard(const Data& data, const Resource& assignment, const ServiceInfo& service);
/// Services that are made elsewhere and that roles are assigned at.
void lift_elsewhere(Data& data);
void lift_private_paths(Data& data);
void lift_identities(Data& data);
void lift_assignments(Data& data);
/// Roles of Cosmos DB are its own.
void lift_table_assignments(Data& data);
/// Ways of access that no role decides: keys, access policies, public containers.
void lift_open_doors(Data& data);
/// Doors that nobody comes by as things are, and that stand open but for one lock; keys that their users cannot use.
void lift_loose_doors(Data& data);
void lift_keys(Data& data);

// ---- what they ask
/// What people call a resource: without what only a deployment knows of its name.
[[nodiscard]] std::string short_name(const Resource& resource);
/// The name by which a design would know a service: what its tag says, else the resource's own without its role.
[[nodiscard]] std::string service_stem(const Resource& resource);
/// A service of this kind that the resource is: its names and its place.
[[nodiscard]] estate::Service service_of(estate::Service::Kind kind, const Resource& resource);
void weak(estate::Service& service, std::string what, const Place& place, bool sure = true);
/// Puts the service down, with what its presence hangs on.
ServiceId add_service(Data& data, estate::Service service, const Resource& resource, ServiceInfo info);
/// A vault of the template whose address or key a value gives.
[[nodiscard]] std::optional<ServiceId> vault_of(const Data& data, const View& value);
/// Whether the template makes a key of that name in the vault; without a name, any.
[[nodiscard]] bool makes_key(const Data& data, ServiceId vault, std::string_view name = {});
/// Notes a key of a vault elsewhere, one that the template does not make, or one without a name.
void set_key(Data& data, estate::Service& service, const View& uri, std::string_view key);
/// What firewalls admit: `publicNetworkAccess`, and rules with their default.
struct Firewall {
  View access;
  View rules;                       ///< `networkAcls`, or what stands for it
  std::string address;              ///< what a rule of addresses calls its block: "value"
  bool closed_by_rules = false;     ///< without a default, rules of addresses close the rest (Cosmos DB)
  bool open_without_rules = false;  ///< what is denied by default is not, where no rule admits anybody (Service Bus)
};
[[nodiscard]] Ways ways_of(Data& data, const Firewall& firewall);
/// Whether the service's own name leads to the endpoint for who is in its network: by a zone of the right name that the
/// endpoint is entered in and that the network asks.
[[nodiscard]] bool is_named(const Context& context, const Resource& endpoint, InterfaceId interface,
                            std::string_view zone_name);
/// The private endpoint in a network over which an account's objects of a group ("blob", "queue") are reached from it
/// by their own name.
[[nodiscard]] std::optional<InterfaceId> private_way(const Context& context, const ResourceId& account,
                                                     std::string_view group, std::string_view zone_name,
                                                     estate::NetworkId from);
/// Whether the value has the id of a resource in it.
[[nodiscard]] bool mentions(const Value& value, const ResourceId& id);
/// Where a role assignment holds.
[[nodiscard]] std::string scope_text(const Resource& assignment);
[[nodiscard]] bool is_assignment(const Resource& resource);
/// Whether what stands at `scope` concerns a service, in whole or in part.
[[nodiscard]] bool concerns(const std::string& scope, const ResourceId& service);
/// Whether a principal's id is that of the identity that a resource is, or has: the id of the resource itself is none.
[[nodiscard]] bool is_principal_of(const View& id, const ResourceId& resource);
/// Access by whom a principal's id names; none where nobody acts as it.
struct Principal {
  std::optional<estate::Who> who;
  std::string doubt;
};
[[nodiscard]] Principal principal_of(Data& data, const View& id);
/// Puts accesses down for the actions: control of a service is by the provider's own door, not the service's.
void add_access(Data& data, const ServiceInfo& service, const estate::Who& who,
                const std::vector<estate::Action>& actions, const std::string& doubt, const Place& place);

}  // namespace crenel::azure::lifting
