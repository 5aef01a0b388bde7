#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_sites.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"

/// Private endpoints: which services they lead to. Their near ends are interfaces already.
namespace crenel::azure::lifting {
namespace {

using ServiceKind = estate::Service::Kind;
std::optional<InterfaceId> interface_of(const Context& context, const Resource& resource) {
  const auto found = context.interfaces_of.find(resource.id.key());
  return found == context.interfaces_of.end() || found->second.empty() ? std::nullopt
                                                                       : std::optional(found->second.front());
}

/// The other doors of an account lead to its objects too: by another protocol, or to their copy.
bool is_of_group(const std::string& asked, const std::string& group) {
  if (same_word(asked, group)) return true;
  return group == "blob" &&
         (same_word(asked, "dfs") || same_word(asked, "blob_secondary") || same_word(asked, "dfs_secondary"));
}

bool asks_for(const View& connection, const std::string& group) {
  const auto groups = connection.at("groupIds").elements();
  return groups.empty() || std::any_of(groups.begin(), groups.end(), [&](const View& each) {
           return each.open() || is_of_group(each.text(), group);
         });
}

/// learn.microsoft.com, "Azure Private Endpoint private DNS zone values".
std::string_view zone_of(estate::Service::Kind kind) {
  switch (kind) {
    case ServiceKind::Store:
      return "privatelink.blob.core.windows.net";
    case ServiceKind::Queue:
    case ServiceKind::Topic:
      return "privatelink.servicebus.windows.net";
    case ServiceKind::Table:
      return "privatelink.documents.azure.com";
    case ServiceKind::Vault:
      return "privatelink.vaultcore.azure.net";
    case ServiceKind::Function:
    case ServiceKind::Group:
      break;
  }
  return "";
}

/// Whether the network asks the zone for names.
bool asks_zone(const Context& context, const ResourceId& zone, estate::NetworkId network) {
  for (const Resource* each : context.all(kPrivateZoneLink.name)) {
    const auto parent = each->id.parent();
    const auto target = properties_of(*each).at("virtualNetwork").at("id").id();
    if (!parent || parent->key() != zone.key() || !target || !each->is_sure()) continue;
    const auto found = context.networks.find(target->key());
    if (found != context.networks.end() && found->second == network) return true;
  }
  return false;
}

/// Every connection of the endpoint is to storage that a function keeps its state in.
bool leads_to_host(const Context& context, const Resource& endpoint) {
  std::size_t hosts = 0;
  std::size_t all = 0;
  for (const char* kind : {"privateLinkServiceConnections", "manualPrivateLinkServiceConnections"}) {
    for (const View& each : properties_of(endpoint).at(kind).elements()) {
      ++all;
      const auto target = each.at("properties").at("privateLinkServiceId").id();
      if (target && context.find(*target) != nullptr && app_hosted_by(context, *target) != nullptr) ++hosts;
    }
  }
  return all > 0 && hosts == all;
}

void add_path(Data& data, const Resource& endpoint, InterfaceId interface) {
  estate::PrivatePath made{
      .name = endpoint.id.name(), .interface = interface, .services = {}, .others = false, .place = endpoint.place};
  std::vector<View> connections;
  const auto list = [&](const char* kind) { return properties_of(endpoint).at(kind).elements(); };
  for (const View& each : list("privateLinkServiceConnections")) connections.push_back(each.at("properties"));
  const std::size_t by_itself = connections.size();
  for (const View& each : list("manualPrivateLinkServiceConnections")) connections.push_back(each.at("properties"));
  std::vector<ServiceInfo*> reached;
  std::vector<const ServiceInfo*> waiting;
  for (std::size_t i = 0; i < connections.size(); ++i) {
    const View& each = connections[i];
    const View given = each.at("privateLinkServiceId");
    const auto target = given.id();
    const bool of_ones_own = target && same_word(target->type, "Microsoft.Network/privateLinkServices");
    if (each.at("groupIds").elements().empty() && !each.at("groupIds").open() && !of_ones_own) {
      data.context.unknown(
          "`" + endpoint.id.name() + "` does not say which part of a service it leads to: Azure refuses that",
          endpoint.place);
    }
    const std::size_t before = reached.size();
    for (ServiceInfo& service : data.services) {
      const bool same = service.connected_text.empty() ? target && service.connected.key() == target->key()
                                                       : given.text() == service.connected_text;
      if (same && asks_for(each, service.group)) reached.push_back(&service);
    }
    if (reached.size() == before) made.others = true;
    if (i >= by_itself)
      waiting.insert(waiting.end(), reached.begin() + static_cast<std::ptrdiff_t>(before), reached.end());
  }
  for (const ServiceInfo* each : reached) made.services.push_back(each->id);
  const std::string made_name = made.name;
  const PathId id = data.context.estate.private_paths.add(std::move(made));
  for (ServiceInfo* each : reached) {
    each->ways.paths.push_back(id);
    const auto kind = data.context.estate.services[each->id].kind;
    if (std::find(waiting.begin(), waiting.end(), each) != waiting.end()) {
      each->ways.doubt = "`" + made_name + "` leads there once its owner has approved it";
      continue;
    }
    if (is_named(data.context, endpoint, interface, zone_of(kind))) continue;
    each->ways.doubt = "nothing in the template gives the network the private name that leads to `" + made_name + "`";
  }
}

}  // namespace

bool is_named(const Context& context, const Resource& endpoint, InterfaceId interface, std::string_view zone_name) {
  const auto& subnets = context.estate.interfaces[interface].subnets;
  if (subnets.empty()) return false;
  const estate::NetworkId network = context.estate.subnets[subnets.front()].network;
  for (const Resource* each : context.all(kPrivateNames.name)) {
    const auto parent = each->id.parent();
    if (!parent || parent->key() != endpoint.id.key() || !each->is_sure()) continue;
    for (const View& entry : properties_of(*each).at("privateDnsZoneConfigs").elements()) {
      const auto id = entry.at("properties").at("privateDnsZoneId").id();
      const Resource* zone = id ? context.find(*id) : nullptr;
      const bool right = zone != nullptr && zone->is_sure() && same_word(zone->id.name(), zone_name);
      if (right && asks_zone(context, zone->id, network)) return true;
    }
  }
  return false;
}

std::optional<InterfaceId> private_way(const Context& context, const ResourceId& account, std::string_view group,
                                       std::string_view zone_name, estate::NetworkId from) {
  for (const Resource* endpoint : context.all(kPrivateEndpointType)) {
    const auto interface = interface_of(context, *endpoint);
    if (!interface || !endpoint->is_sure()) continue;
    const auto& subnets = context.estate.interfaces[*interface].subnets;
    if (subnets.empty() || context.estate.subnets[subnets.front()].network != from) continue;
    for (const View& each : properties_of(*endpoint).at("privateLinkServiceConnections").elements()) {
      const auto target = each.at("properties").at("privateLinkServiceId").id();
      // To a part of an account alone is there an endpoint: which, has to be said.
      const bool says = !each.at("properties").at("groupIds").elements().empty();
      const bool leads =
          says && target && target->key() == account.key() && asks_for(each.at("properties"), std::string(group));
      if (leads && is_named(context, *endpoint, *interface, zone_name)) return interface;
    }
  }
  return std::nullopt;
}

void lift_private_paths(Data& data) {
  for (const Resource* each : data.context.all(kPrivateEndpointType)) {
    const auto interface = interface_of(data.context, *each);
    if (!interface) continue;
    // the way to a function's own storage is nobody else's: whoever comes there needs a role, and lift_hosts looks
    if (leads_to_host(data.context, *each)) {
      data.context.estate.interfaces[*interface].role = estate::Role::Passive;
      continue;
    }
    add_path(data, *each, *interface);
  }
}

}  // namespace crenel::azure::lifting
