#include <set>

#include "tests/agreement/azure_interpreter.h"
#include "tests/agreement/azure_reading.h"

/// What is behind the gateways of networks, and the routes that a template has itself.
namespace crenel::agreement {

using namespace reading;
using nlohmann::json;

/// A connection joins a gateway to what its local network gateway lists, or to a circuit, whose far end announces what
/// is behind it. (VPN Gateway, "About local network gateways"; ExpressRoute, "Routing requirements".)
void AzureInterpreter::read_gateways(const Announcements& announced) {
  std::map<std::string, std::string> network_of;  // by gateway
  each(resources_, "Microsoft.Network/virtualNetworkGateways", [&](const json& resource, const json& p) {
    const std::string subnet = reference(p.at("ipConfigurations").at(0).at("properties"), "subnet");
    const std::size_t name = subnet.find('|') + 1;
    const std::string network =
        lower("Microsoft.Network/virtualNetworks|") + subnet.substr(name, subnet.find('/', name) - name);
    network_of[id_of(resource)] = network;
    if (p.contains("gatewayDefaultSite")) beyond_[network].rest = true;
  });
  each(resources_, "Microsoft.Network/connections", [&](const json& resource, const json& p) {
    Beyond& there = beyond_[network_of.at(reference(p, "virtualNetworkGateway1"))];
    if (p.contains("localNetworkGateway2")) {
      const json* site = find("Microsoft.Network/localNetworkGateways", reference(p, "localNetworkGateway2"));
      const json space = site->at("properties").value("localNetworkAddressSpace", json::object());
      for (const json& prefix : space.value("addressPrefixes", json::array())) {
        if (const Cidr block = cidr(prefix); block.bits != 128) there.prefixes.push_back(block);
      }
      return;
    }
    const std::string name = plain(resource.at("name"));
    for (const auto& [link, blocks] : announced) {
      if (name.starts_with(link)) there.prefixes.insert(there.prefixes.end(), blocks.begin(), blocks.end());
    }
  });
}

void AzureInterpreter::read_own_routes() {
  std::set<std::string> used;  // a table that no subnet has routes nothing of the network
  each(resources_, "Microsoft.Network/virtualNetworks", [&](const json&, const json& p) {
    for (const json& subnet : p.value("subnets", json::array())) {
      const json& of = subnet.at("properties");
      if (of.contains("routeTable")) used.insert(leaf(reference(of, "routeTable")));
    }
  });
  each(resources_, "Microsoft.Network/routeTables", [&](const json& table, const json& p) {
    if (!used.contains(lower(table.at("name")))) return;
    for (const json& route : p.value("routes", json::array()))
      own_routes_.push_back(cidr(route.at("properties").at("addressPrefix")));
  });
}

}  // namespace crenel::agreement
