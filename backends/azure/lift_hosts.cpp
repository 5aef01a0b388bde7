#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "backends/azure/lift_permissions.h"
#include "backends/azure/lift_sites.h"
#include "backends/azure/resource_types.h"

/// The storage that a function keeps its state and its events in. It is no store of a design, so it has to be shut to
/// everybody but the function and Event Grid: whatever else is possible there is a weakness of the function.
namespace crenel::azure::lifting {
namespace {

using estate::Service;

Service& function_of(Data& data, const Resource& app) {
  const auto found = std::find_if(data.services.begin(), data.services.end(),
                                  [&](const ServiceInfo& each) { return each.resource.key() == app.id.key(); });
  return data.context.estate.services[found->id];
}

void check_doors(const Resource& account, Service& of) {
  const View properties = properties_of(account);
  const auto tell = [&](const View& value, const char* what) {
    weak(of, std::string("keeps its state in storage that ") + what, value ? value.place() : account.place,
         !value.open());
  };
  const auto no = [&](const char* name, const char* what) {
    if (properties.at(name).truth() != std::optional(false)) tell(properties.at(name), what);
  };
  no("allowSharedKeyAccess", "can be used with a shared key");
  no("allowBlobPublicAccess", "can be opened to everybody");
  no("isLocalUserEnabled", "has users of its own");
  if (properties.at("supportsHttpsTrafficOnly").truth() != std::optional(true)) {
    tell(properties.at("supportsHttpsTrafficOnly"), "takes connections without TLS");
  }
  const View tls = properties.at("minimumTlsVersion");
  if (!tls.says("TLS1_2") && !tls.says("TLS1_3")) tell(tls, "takes versions of TLS before 1.2");
  if (!properties.at("publicNetworkAccess").says("Disabled")) {
    tell(properties.at("publicNetworkAccess"), "is open to public networks");
  }
  const View rules = properties.at("networkAcls");
  if (!rules.at("defaultAction").says("Deny")) tell(rules.at("defaultAction"), "lets everybody past its firewall");
  const View bypass = rules.at("bypass");
  if (bypass.says("None")) {
    tell(bypass, "keeps out Event Grid, which brings its events");
  } else if (!bypass.says("AzureServices")) {
    tell(bypass, "lets more than Event Grid past its firewall");
  }
  for (const char* list : {"ipRules", "virtualNetworkRules", "resourceAccessRules", "ipv6Rules"}) {
    const View each = rules.at(list);
    if (each && (each.value().list() == nullptr || !each.elements().empty())) {
      tell(each, "lets others past its firewall");
    }
  }
}

estate::Kind https() {
  constexpr std::uint8_t kTcp = 6;
  constexpr std::uint16_t kPort = 443;
  return {.protocol = kTcp, .ports = {kPort, kPort}, .source_ports = {0, 65535}};
}

/// "App settings reference", `AzureWebJobsStorage`: the runtime keeps its locks in blobs, and takes events from a
/// queue. By their public names an app gets to storage that is shut to public networks by no way. Its
/// packets have to get to the private one, too.
void check_ways(Context& context, const Resource& account, Service& of) {
  if (!of.interface) return;
  const auto& subnets = context.estate.interfaces[*of.interface].subnets;
  if (subnets.empty()) return;
  const estate::NetworkId from = context.estate.subnets[subnets.front()].network;
  for (const auto& [group, zone] : {std::pair("blob", "privatelink.blob.core.windows.net"),
                                    std::pair("queue", "privatelink.queue.core.windows.net")}) {
    if (const auto near = private_way(context, account.id, group, zone, from)) {
      context.estate.interfaces[*near].role = estate::Role::Service;
      context.estate.needs.push_back({.from = *of.interface,
                                      .to = *near,
                                      .kind = https(),
                                      .what = "the storage that it keeps its state in",
                                      .place = account.place});
      continue;
    }
    weak(of, std::string("does not get to its state by a private way and name (") + group + ")", account.place);
  }
}

/// Whether the principal is the app itself, or an event source of the template that delivers to it.
bool is_expected(const Data& data, const Resource& app, const View& principal, const std::string& scope,
                 const ResourceId& account) {
  const Value* own = app.body.find("identity");
  for (const IdentityInfo& each : data.identities) {
    if (!is_principal_of(principal, each.resource)) continue;
    if (own != nullptr && mentions(*own, each.resource)) return true;
    const bool inside = scope.starts_with(lower(text_of(account)) + "/");
    if (each.own && each.resource.is(kEventSource.name) && inside) return true;
  }
  return false;
}

/// Whether a role has anything of storage, of who may do what, of identities, or of what may run as one.
bool may_open_storage(const RoleRead& role) {
  constexpr auto kProviders =
      std::to_array<std::string_view>({"Microsoft.Authorization", "Microsoft.ManagedIdentity", "Microsoft.Resources",
                                       "Microsoft.Storage", "Microsoft.Web"});
  return std::any_of(kProviders.begin(), kProviders.end(),
                     [&](std::string_view each) { return role_may_concern(role, each); });
}

void check_roles(Data& data, const Resource& app, const Resource& account, Service& of) {
  for (const Resource& each : data.context.from.resources) {
    if (each.existing || !is_assignment(each)) continue;
    const std::string scope = lower(scope_text(each));
    if (!concerns(scope, account.id)) continue;
    if (!may_open_storage(read_role(data.context, properties_of(each).at("roleDefinitionId")))) continue;
    const View principal = properties_of(each).at("principalId");
    if (!principal || !is_expected(data, app, principal, scope, account.id)) {
      weak(of, "lets others into the storage that it keeps its state in", each.place);
    } else if (const std::string own = lower(text_of(account.id)); scope != own && !scope.starts_with(own + "/")) {
      weak(of, "has a role for more than the storage that it keeps its state in", each.place, !scope.empty());
    }
  }
}

/// "Connecting to host storage with an identity" and "Grant permission to the identity" of the queue trigger: the
/// runtime reads, writes and deletes blobs, and reads and deletes messages.
constexpr auto kOfRuntime = std::to_array<std::string_view>({
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete",
});

bool may(const Data& data, const Value& own, const Resource& account, std::string_view operation) {
  const std::string place = lower(text_of(account.id));
  const auto& all = data.context.from.resources;
  return std::any_of(all.begin(), all.end(), [&](const Resource& each) {
    const View principal = properties_of(each).at("principalId");
    if (!is_assignment(each) || !each.is_sure() || !principal) return false;
    const std::string scope = lower(scope_text(each));
    if (place != scope && !place.starts_with(scope + "/")) return false;
    const bool its = std::any_of(data.identities.begin(), data.identities.end(), [&](const IdentityInfo& identity) {
      return mentions(principal.value(), identity.resource) && mentions(own, identity.resource);
    });
    return its && role_lets(read_role(data.context, properties_of(each).at("roleDefinitionId")), operation);
  });
}

void check_own_roles(const Data& data, const Resource& app, const Resource& account, Service& of) {
  const Value* own = app.body.find("identity");
  const bool all = own != nullptr && std::all_of(kOfRuntime.begin(), kOfRuntime.end(),
                                                 [&](std::string_view each) { return may(data, *own, account, each); });
  if (!all) weak(of, "may not use the storage that it keeps its state in", account.place);
}

}  // namespace

void lift_hosts(Data& data) {
  for (const Resource* account : data.context.all(kStorageAccount.name)) {
    const Resource* app = app_hosted_by(data.context, account->id);
    if (app == nullptr) continue;
    Service& of = function_of(data, *app);
    check_doors(*account, of);
    check_ways(data.context, *account, of);
    check_roles(data, *app, *account, of);
    check_own_roles(data, *app, *account, of);
  }
  for (const Resource* app : function_apps(data.context)) {
    const View name = setting_of(*app, "AzureWebJobsStorage__accountName");
    const auto all = data.context.all(kStorageAccount.name);
    const bool made = name && std::any_of(all.begin(), all.end(), [&](const Resource* each) {
                        return same_word(name.text(), each->id.names.back());
                      });
    const bool by_key = static_cast<bool>(setting_of(*app, "AzureWebJobsStorage"));
    if (made && !by_key) continue;
    weak(function_of(data, *app), "keeps its state in storage of the template, as its own identity", app->place, false);
  }
}

}  // namespace crenel::azure::lifting
