#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/lower_functions.h"
#include "backends/azure/names.h"
#include "backends/azure/private_zones.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;

/// A resource that belongs to no region.
Resource global(const ResourceType& type, Term name, Value properties, Cause cause) {
  Resource out;
  out.type = type;
  out.name = std::move(name);
  out.location = "global";
  out.properties = std::move(properties);
  out.cause = std::move(cause);
  return out;
}

/// The zone that gives a service's name its private address, and the networks that ask it.
void add_zones(const Design& design, const std::vector<PrivateEnd>& ends, Template& out) {
  std::vector<std::pair<std::string_view, model::NetworkId>> asked;
  asked.reserve(ends.size());
  for (const PrivateEnd& end : ends) asked.emplace_back(private_link_of(end.service).zone, end.network);
  for (const model::Function& function : design.functions) {
    if (!function.tier) continue;
    asked.emplace_back(kHostBlobZone, design.tiers[*function.tier].network);
    asked.emplace_back(kHostQueueZone, design.tiers[*function.tier].network);
  }
  std::vector<std::string_view> zones;
  for (const auto& [zone, network] : asked) {
    if (std::find(zones.begin(), zones.end(), zone) == zones.end()) zones.push_back(zone);
  }
  for (const std::string_view zone : zones) {
    const Term name = Term::literal(std::string(zone));
    out.resources.push_back(global(kPrivateZone, name, document::object({}), {"the private names", {}}));
    for (const model::NetworkId id : design.networks.ids()) {
      if (std::find(asked.begin(), asked.end(), std::pair(zone, id)) == asked.end()) continue;
      const model::Network& network = design.networks[id];
      Resource link =
          global(kPrivateZoneLink, Term::literal(std::string(zone) + "/" + pascal(network.origin.path)),
                 document::object({{"registrationEnabled", false},
                                   {"virtualNetwork", id_object(resource_id(kVirtualNetwork, network_name(network)))}}),
                 cause_of(network.origin, "network"));
      link.depends_on = {resource_id(kPrivateZone, name)};
      out.resources.push_back(std::move(link));
    }
  }
}

Resource endpoint(const Design& design, const PrivateEnd& end) {
  const model::PrivatePath& path = design.private_paths[end.path];
  const Term service = private_link_resource(design, end.service);
  Resource out;
  out.type = kPrivateEndpoint;
  out.name = resource_name(path_of(design, end), "Endpoint");
  out.properties = document::object(
      {{"subnet", id_object(subnet_id(design, end.tier))},
       {"applicationSecurityGroups", document::array({id_object(group_id_of(design, end))})},
       {"privateLinkServiceConnections",
        document::array({document::object(
            {{"name", "service"},
             {"properties",
              document::object({{"privateLinkServiceId", service.value()},
                                {"groupIds", document::array({private_link_of(end.service).group})}})}})})}});
  out.cause = cause_of(path.origin, "endpoint");
  return out;
}

Resource names(const Design& design, const PrivateEnd& end) {
  const model::PrivatePath& path = design.private_paths[end.path];
  const Term name = resource_name(path_of(design, end), "Endpoint");
  return private_names(name, private_link_of(end.service).zone, "service", cause_of(path.origin, "endpoint"));
}

}  // namespace

Resource private_names(const Term& endpoint, std::string_view zone, std::string_view config, Cause cause) {
  const Term zone_id = resource_id(kPrivateZone, Term::literal(std::string(zone)));
  Resource out;
  out.type = kPrivateNames;
  out.name = Term::literal(endpoint.text() + "/default");
  out.properties = document::object(
      {{"privateDnsZoneConfigs",
        document::array({document::object(
            {{"name", config}, {"properties", document::object({{"privateDnsZoneId", zone_id.value()}})}})})}});
  out.depends_on = {resource_id(kPrivateEndpoint, endpoint)};
  out.cause = std::move(cause);
  return out;
}

void lower_private_ends(const Design& design, Template& out) {
  const std::vector<PrivateEnd> ends = private_ends(design);
  add_zones(design, ends, out);
  for (const PrivateEnd& end : ends) {
    out.resources.push_back(endpoint(design, end));
    out.resources.push_back(names(design, end));
  }
}

}  // namespace crenel::azure
