#include <algorithm>
#include <set>
#include <string>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// Ways of access that no role decides: shared keys, access policies of vaults, containers that are open to everybody.
namespace crenel::azure::lifting {
namespace {

using estate::Action;
using ServiceKind = estate::Service::Kind;

std::vector<const Resource*> children(const Data& data, std::string_view type, const ResourceId& of, int up) {
  std::vector<const Resource*> out;
  for (const Resource* each : data.context.all(type)) {
    std::optional<ResourceId> parent = each->id;
    for (int i = 0; i < up && parent; ++i) parent = parent->parent();
    if (parent && parent->key() == of.key()) out.push_back(each);
  }
  return out;
}

void add_shared_key(Data& data, const ServiceInfo& service, const View& flag, bool closed_when) {
  if (flag.truth() == std::optional(closed_when)) return;
  std::vector<Action> actions = all_actions(data.context.estate.services[service.id].kind);
  std::erase(actions, Action::Administer);
  const std::string doubt = flag.open() ? "whether shared keys are taken is known at deployment only" : "";
  const Place place = flag ? flag.place() : data.context.estate.services[service.id].place;
  add_access(data, service, estate::Account{}, actions, doubt, place);
}

void add_public_containers(Data& data, const ServiceInfo& service, const Resource& account) {
  const View allowed = properties_of(account).at("allowBlobPublicAccess");
  if (allowed.truth() == std::optional(false)) return;
  for (const Resource* each : children(data, kContainer.name, service.resource, 2)) {
    const View access = properties_of(*each).at("publicAccess");
    if (!access || access.says("None")) continue;
    const bool sure = allowed.truth() == std::optional(true) && !access.open() && each->presence == Presence::Sure;
    add_access(data, service, estate::Anyone{}, {Action::Read},
               sure ? "" : "whether a container is public is not known", access.place());
  }
}

/// What the words of an access policy let do.
struct Policy {
  std::vector<Action> actions;
  std::vector<Action> in_part;  ///< some of what the action takes, and not all
  std::string doubt;
};

void add_words(const View& words, std::string_view of, Policy& to) {
  if (words && words.value().list() == nullptr) to.doubt = "an access policy of a vault cannot be read";
  std::set<std::string> said;
  for (const View& each : words.elements()) {
    if (each.open()) to.doubt = "an access policy of a vault cannot be read";
    said.insert(lower(each.text()));
  }
  const bool all = said.contains("all") || said.contains("*");
  const auto add = [&](Action action, const char* one, const char* other) {
    const bool whole = all || (said.contains(one) && said.contains(other));
    if (whole || said.contains(one) || said.contains(other)) (whole ? to.actions : to.in_part).push_back(action);
  };
  const bool keys = of == "keys";
  if (keys) {
    add(Action::Encrypt, "encrypt", "wrapkey");
    add(Action::Decrypt, "decrypt", "unwrapkey");
  }
  if (!keys && (all || (of == "secrets" && said.contains("get")))) to.actions.push_back(Action::Read);
  static const std::set<std::string> kHarmless = {"list",    "get",       "encrypt", "decrypt",
                                                  "wrapkey", "unwrapkey", "verify",  "getrotationpolicy"};
  if (!std::includes(kHarmless.begin(), kHarmless.end(), said.begin(), said.end())) {
    to.actions.push_back(Action::Administer);
  }
}

void add_policy(Data& data, const ServiceInfo& service, const View& policy, const std::string& condition) {
  Policy given{.actions = {}, .in_part = {}, .doubt = condition};
  const View permissions = policy.at("permissions");
  for (const char* of : {"keys", "secrets", "certificates", "storage"}) add_words(permissions.at(of), of, given);
  if (permissions.open()) {
    given = {.actions = all_actions(ServiceKind::Vault),
             .in_part = {},
             .doubt = "an access policy of a vault cannot be read"};
  }
  std::sort(given.actions.begin(), given.actions.end());
  given.actions.erase(std::unique(given.actions.begin(), given.actions.end()), given.actions.end());
  const Principal principal = principal_of(data, policy.at("objectId"));
  if (!principal.who) return;
  const std::string& doubt = given.doubt.empty() ? principal.doubt : given.doubt;
  add_access(data, service, *principal.who, given.actions, doubt, policy.place());
  add_access(data, service, *principal.who, given.in_part,
             doubt.empty() ? "an access policy gives some of what it takes, and not all" : doubt, policy.place());
}

/// Access policies count where roles do not.
void add_policies(Data& data, const ServiceInfo& service, const Resource& vault) {
  const View roles = properties_of(vault).at("enableRbacAuthorization");
  if (roles.truth() == std::optional(true)) return;
  const std::string doubt = roles.open() ? "whether access policies count is known at deployment only" : "";
  const auto add_all = [&](const View& list, const std::string& condition) {
    if (list && list.value().list() == nullptr) {
      data.context.unknown("the access policies of a vault cannot be read", list.place());
    }
    for (const View& each : list.elements()) add_policy(data, service, each, condition);
  };
  add_all(properties_of(vault).at("accessPolicies"), doubt);
  for (const Resource* each : children(data, std::string(kVault.name) + "/accessPolicies", service.resource, 1)) {
    const bool sure = each->presence == Presence::Sure && !each->repeated;
    add_all(properties_of(*each).at("accessPolicies"), sure ? doubt : "whether an access policy is there is not known");
  }
}

}  // namespace

void lift_open_doors(Data& data) {
  for (const ServiceInfo& service : data.services) {
    const Resource* resource = data.context.find(service.resource);
    const Resource* connected = data.context.find(service.connected);
    if (resource == nullptr || connected == nullptr) continue;
    switch (data.context.estate.services[service.id].kind) {
      case ServiceKind::Store:
        add_shared_key(data, service, properties_of(*connected).at("allowSharedKeyAccess"), false);
        add_public_containers(data, service, *resource);
        break;
      case ServiceKind::Queue:
      case ServiceKind::Topic:
      case ServiceKind::Table:
        add_shared_key(data, service, properties_of(*connected).at("disableLocalAuth"), true);
        break;
      case ServiceKind::Vault:
        add_policies(data, service, *resource);
        break;
      case ServiceKind::Function:
      case ServiceKind::Group:
        break;
    }
  }
}

}  // namespace crenel::azure::lifting
