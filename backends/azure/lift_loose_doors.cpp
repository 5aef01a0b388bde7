#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// What is shut by one lock where a design has two, and keys that nobody lets their users use.
namespace crenel::azure::lifting {
namespace {

using estate::Service;
using ServiceKind = estate::Service::Kind;

/// The door to public networks, and the rules behind it.
struct Door {
  View access;
  View rules;
};

std::vector<Door> doors_of(const Data& data, const ServiceInfo& service, const Resource& resource) {
  const View properties = properties_of(resource);
  const View access = properties.at("publicNetworkAccess");
  switch (data.context.estate.services[service.id].kind) {
    case ServiceKind::Store:
    case ServiceKind::Vault:
      return {{.access = access, .rules = properties.at("networkAcls")}};
    case ServiceKind::Queue:
    case ServiceKind::Topic: {
      std::vector<Door> out = {{.access = access, .rules = {}}};
      for (const Resource* each : data.context.all(kMessagingNetwork.name)) {
        const auto parent = each->id.parent();
        if (!parent || parent->key() != resource.id.key()) continue;
        out.push_back({.access = properties_of(*each).at("publicNetworkAccess"), .rules = properties_of(*each)});
      }
      return out;
    }
    case ServiceKind::Table:
      return {{.access = access, .rules = {}}};
    case ServiceKind::Function:
    case ServiceKind::Group:
      break;
  }
  return {};
}

bool encrypts(const Data& data, ServiceId vault) {
  const auto& all = data.context.estate.services;
  return std::any_of(all.begin(), all.end(), [&](const Service& each) { return each.key == vault; });
}

/// Whether the provider's own services may come by: "AzureServices" where nothing is said.
void tell_bypass(Data& data, const ServiceInfo& service, const View& rules, const Place& place) {
  Service& of = data.context.estate.services[service.id];
  const View bypass = rules.at("bypass");
  const bool closed = bypass.says("None");
  if (of.kind == ServiceKind::Vault && encrypts(data, service.id)) {
    if (closed) weak(of, "keeps out the services that its key encrypts", bypass.place());
    return;
  }
  if (takes_logs(data, service.resource)) {
    if (closed) weak(of, "keeps out Network Watcher, which writes flow logs there", bypass.place());
    if (bypass.says("AzureServices")) return;
  }
  if (!closed) {
    weak(of, "lets services of the provider past its firewall", bypass ? bypass.place() : place, !bypass.open());
  }
}

void tell_door(Data& data, const ServiceInfo& service, const Door& door, const Place& place) {
  Service& of = data.context.estate.services[service.id];
  // The exception for services of Azure is one of the firewall, which is none where public networks are shut out.
  const bool logged = takes_logs(data, service.resource);
  if (!door.access.says("Disabled") && service.ways.from.empty() && !logged) {
    weak(of, "shuts public networks out by its firewall alone", door.access ? door.access.place() : place,
         !door.access.open());
  }
  if (!door.rules) return;
  const View action = door.rules.at("defaultAction");
  if (!action.says("Deny")) {
    weak(of, "has a firewall that lets everybody pass", action ? action.place() : door.rules.place(), !action.open());
  }
  const bool messages = of.kind == ServiceKind::Queue || of.kind == ServiceKind::Topic;
  const View trusted = door.rules.at("trustedServiceAccessEnabled");
  const auto& guards = data.context.estate.guards;
  const bool told =
      std::any_of(guards.begin(), guards.end(), [&](const estate::Guard& guard) { return guard.told == service.id; });
  // where a guard tells of changes, Event Grid has to come by
  if (trusted && trusted.truth() != std::optional(false) && !told) {
    weak(of, "lets services of the provider past its firewall", trusted.place(), !trusted.open());
  }
  if (!messages) tell_bypass(data, service, door.rules, door.rules.place());
}

bool is_used(const Data& data, ServiceId service) {
  const auto& all = data.context.estate.accesses;
  return std::any_of(all.begin(), all.end(), [&](const estate::Access& each) { return each.service == service; });
}

/// Whom a service unwraps its key as.
View key_user(const Resource& resource, ServiceKind kind) {
  const View properties = properties_of(resource);
  if (kind == ServiceKind::Store) return properties.at("encryption").at("identity").at("userAssignedIdentity");
  if (kind == ServiceKind::Table) return properties.at("defaultIdentity");
  for (const View& each : properties.at("encryption").at("keyVaultProperties").elements()) {
    return each.at("identity").at("userAssignedIdentity");
  }
  return {};
}

bool is_assignment_to(const Resource& resource, const ResourceId& identity) {
  const View principal = properties_of(resource).at("principalId");
  return is_assignment(resource) && resource.is_sure() && is_principal_of(principal, identity);
}

/// Whether what is assigned there holds for the vault's keys: all of them, or one. What else is beneath a key has none.
bool is_about_keys(const std::string& scope, const ResourceId& vault) {
  if (!concerns(scope, vault)) return false;
  const std::string own = lower(text_of(vault));
  if (!scope.starts_with(own + "/")) return true;
  return scope.starts_with(own + "/keys/") && scope.find("/providers/", own.size()) == std::string::npos;
}

/// Whether roles of the template let the identity do with the vault's keys what the services that they encrypt ask for:
/// get, wrap, unwrap. (learn.microsoft.com, "Customer-managed keys for Azure Storage encryption", checked 2026-11-27)
bool may_use_key(const Data& data, const ResourceId& identity, const ResourceId& vault) {
  const Resource* made = data.context.find(vault);
  // where roles do not count, access policies do, and none of those lets a service of the template
  if (made == nullptr || properties_of(*made).at("enableRbacAuthorization").truth() != std::optional(true))
    return false;
  const auto& all = data.context.from.resources;
  const auto lets = [&](std::string_view operation) {
    return std::any_of(all.begin(), all.end(), [&](const Resource& each) {
      if (each.existing || !is_assignment_to(each, identity) || properties_of(each).at("condition")) return false;
      const RoleRead role = read_role(data.context, properties_of(each).at("roleDefinitionId"));
      return is_about_keys(lower(scope_text(each)), vault) && role.doubt.empty() && role_lets(role, operation);
    });
  };
  return lets("Microsoft.KeyVault/vaults/keys/read") && lets("Microsoft.KeyVault/vaults/keys/wrap/action") &&
         lets("Microsoft.KeyVault/vaults/keys/unwrap/action");
}

void tell_key(Data& data, const ServiceInfo& service, const Resource& resource) {
  Service& of = data.context.estate.services[service.id];
  const auto vault = std::find_if(data.services.begin(), data.services.end(),
                                  [&](const ServiceInfo& each) { return each.id == of.key; });
  if (vault == data.services.end()) return;
  const View user = key_user(resource, of.kind);
  // By its id: a text that only has the id in it names nobody.
  const auto identity = user ? user.id() : std::nullopt;
  const auto& all = data.identities;
  const bool may = identity && std::any_of(all.begin(), all.end(), [&](const IdentityInfo& each) {
                     return each.resource.key() == identity->key() && may_use_key(data, each.resource, vault->resource);
                   });
  if (!may) weak(of, "may use the key that it is encrypted with", user ? user.place() : resource.place, false);
}

}  // namespace

void lift_loose_doors(Data& data) {
  for (const ServiceInfo& service : data.services) {
    const Resource* resource = data.context.find(service.connected);
    if (resource == nullptr || service.for_logs) continue;
    if (!service.ways.anywhere) {
      for (const Door& door : doors_of(data, service, *resource)) tell_door(data, service, door, resource->place);
    } else if (!is_used(data, service.id)) {
      // who comes from anywhere is told as access
      weak(data.context.estate.services[service.id], "is open to public networks", resource->place,
           service.ways.doubt.empty());
    }
  }
}

void lift_keys(Data& data) {
  for (const ServiceInfo& service : data.services) {
    const Resource* resource = data.context.find(service.connected);
    if (resource != nullptr && data.context.estate.services[service.id].key) tell_key(data, service, *resource);
  }
}

}  // namespace crenel::azure::lifting
