#include "tests/agreement/azure_interpreter.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "tests/agreement/arm_expression.h"
#include "tests/agreement/azure_reading.h"

namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

std::pair<int, int> ports(const std::string& text) {
  if (text == "*") return {0, 65535};
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) return {std::stoi(text), std::stoi(text)};
  return {std::stoi(text.substr(0, dash)), std::stoi(text.substr(dash + 1))};
}

int protocol_number(const std::string& name) {
  const std::string known = lower(name);
  if (known == "*") return -1;
  if (known == "tcp" || known == "http" || known == "https") return kTcp;
  if (known == "udp") return kUdp;
  if (known == "icmp") return kIcmp;
  throw std::invalid_argument("unknown protocol " + name);
}

/// The member of an array of `{name, properties}` that an id names.
const json& named(const json& list, const std::string& id) {
  for (const json& element : list) {
    if (lower(element.at("name")) == leaf(id)) return element.at("properties");
  }
  throw std::invalid_argument("nothing is named " + id);
}

}  // namespace

AzureInterpreter::AzureInterpreter(const json& document, const ParameterValues& parameters, TagReading reading,
                                   const Announcements& announced)
    : reading_(reading) {
  const ArmExpressions expressions(document, parameters);
  for (const json& resource : document.at("resources")) {
    // a nested deployment has expressions of its own scope, and nothing that filters or routes
    if (lower(resource.at("type")) == "microsoft.resources/deployments") continue;
    resources_.push_back(expressions.evaluate(resource));
  }
  read_security_groups();
  read_gateways(announced);
  read_own_routes();
  read_subnets();
  read_scale_sets();
  read_databases();
  read_application_gateways();
  read_load_balancers();
}

AzureInterpreter::Rule AzureInterpreter::read_rule(const json& rule) const {
  const json& p = rule.at("properties");
  Rule out;
  out.priority = p.at("priority").get<int>();
  if (out.priority < 100 || out.priority > 4096) throw std::invalid_argument("priority out of range");
  out.inbound = lower(p.at("direction")) == "inbound";
  out.allow = lower(p.at("access")) == "allow";
  out.protocol = protocol_number(p.at("protocol"));
  const auto side = [&](const char* one, const char* many, const char* groups) {
    End end;
    if (p.contains(one)) end.prefixes.push_back(p[one]);
    for (const json& prefix : p.value(many, json::array())) end.prefixes.push_back(prefix);
    for (const json& group : p.value(groups, json::array())) end.groups.push_back(lower(group.at("id")));
    if (end.prefixes.empty() == end.groups.empty())
      throw std::invalid_argument("a side has prefixes or groups: " + p.dump());
    return end;
  };
  out.source = side("sourceAddressPrefix", "sourceAddressPrefixes", "sourceApplicationSecurityGroups");
  out.destination =
      side("destinationAddressPrefix", "destinationAddressPrefixes", "destinationApplicationSecurityGroups");
  if (p.contains("destinationPortRange")) out.ports.push_back(ports(p["destinationPortRange"]));
  for (const json& range : p.value("destinationPortRanges", json::array())) out.ports.push_back(ports(range));
  if (p.value("sourcePortRange", "*") != "*") throw std::invalid_argument("source ports are not expected");
  return out;
}

/// The default rules stand in every group. (Network security groups overview, "Default security rules".)
void AzureInterpreter::read_security_groups() {
  const auto fixed = [](int priority, bool inbound, bool allow, const char* source, const char* destination) {
    Rule rule;
    rule.priority = priority;
    rule.inbound = inbound;
    rule.allow = allow;
    rule.ports = {{0, 65535}};
    rule.source.prefixes = {source};
    rule.destination.prefixes = {destination};
    return rule;
  };
  each(resources_, "Microsoft.Network/networkSecurityGroups", [&](const json& resource, const json& p) {
    SecurityGroup group;
    std::set<std::pair<bool, int>> seen;
    for (const json& rule : p.value("securityRules", json::array())) {
      group.push_back(read_rule(rule));
      if (!seen.insert({group.back().inbound, group.back().priority}).second)
        throw std::invalid_argument("two rules of one priority");
    }
    group.push_back(fixed(65000, true, true, "VirtualNetwork", "VirtualNetwork"));
    group.push_back(fixed(65001, true, true, "AzureLoadBalancer", "*"));
    group.push_back(fixed(65500, true, false, "*", "*"));
    group.push_back(fixed(65000, false, true, "VirtualNetwork", "VirtualNetwork"));
    group.push_back(fixed(65001, false, true, "*", "Internet"));
    group.push_back(fixed(65500, false, false, "*", "*"));
    std::stable_sort(group.begin(), group.end(), [](const Rule& a, const Rule& b) { return a.priority < b.priority; });
    security_groups_[id_of(resource)] = group;
  });
}

/// Every subnet of a peered network has routes to the other one's space. (Virtual network peering.)
void AzureInterpreter::read_peerings(const std::map<std::string, std::vector<Cidr>>& spaces_of) {
  each(resources_, "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
       [&](const json& resource, const json& p) {
         if (!p.value("allowVirtualNetworkAccess", true))
           throw std::invalid_argument("a peering with flags of its own");
         const std::string name = lower(resource.at("name"));
         const std::string own = lower("Microsoft.Network/virtualNetworks") + "|" + name.substr(0, name.find('/'));
         if (p.value("allowForwardedTraffic", false)) takes_forwarded_.insert(own);
         const auto there = spaces_of.find(reference(p, "remoteVirtualNetwork"));
         std::vector<Cidr> far;
         if (there == spaces_of.end()) {
           // it stands in no template: what its owner made is taken to be where the peering says
           for (const json& prefix : p.at("remoteAddressSpace").at("addressPrefixes")) far.push_back(cidr(prefix));
           far_spaces_.insert(far_spaces_.end(), far.begin(), far.end());
         }
         for (auto& [id, subnet] : subnets_) {
           if (subnet.network != own) continue;
           for (const Cidr& space : far) subnet.routes.push_back({space, "PeeringElsewhere", 0});
           if (there == spaces_of.end()) continue;
           for (const Cidr& space : there->second) subnet.routes.push_back({space, "VirtualNetworkPeering", 0});
         }
       });
}

/// System routes, gateway routes and own routes of a subnet. (Virtual network traffic routing, "How Azure selects a
/// route".)
void AzureInterpreter::read_subnets() {
  std::map<std::string, std::vector<Cidr>> spaces_of;
  each(resources_, "Microsoft.Network/virtualNetworks", [&](const json& resource, const json& p) {
    std::vector<Cidr> spaces;
    for (const json& prefix : p.at("addressSpace").at("addressPrefixes")) {
      spaces.push_back(cidr(prefix));
      // "Azure Virtual Network FAQ": a subnet, and so the space around it, is a /2 at the widest
      if (spaces.back().bits == 32 && spaces.back().length < 2) throw std::invalid_argument("space wider than a /2");
    }
    for (const json& one : p.value("subnets", json::array())) {
      const json& properties = one.at("properties");
      Subnet subnet;
      subnet.network = id_of(resource);
      subnet.block = cidr(properties.contains("addressPrefix") ? properties["addressPrefix"]
                                                               : properties.at("addressPrefixes").at(0));
      // An IPv6 block of a subnet is a /64. (IPv6 for Azure Virtual Network, "Capabilities".)
      if (properties.value("addressPrefixes", json::array()).size() > 1) {
        subnet.ipv6 = cidr(properties["addressPrefixes"].at(1));
        if (!spaces.at(1).holds(subnet.ipv6->base) || subnet.ipv6->length != 64) {
          throw std::invalid_argument("no IPv6 block for a subnet");
        }
      }
      if (!spaces.at(0).holds(subnet.block.base)) throw std::invalid_argument("subnet outside its network");
      if (properties.value("defaultOutboundAccess", true))
        throw std::invalid_argument("default outbound access is open");
      subnet.security_group = reference(properties, "networkSecurityGroup");
      subnet.nat = properties.contains("natGateway");
      // they are off unless they are asked for ("Manage network policies for private endpoints")
      const std::string policies = lower(properties.value("privateEndpointNetworkPolicies", "Disabled"));
      subnet.filters_ends = policies == "enabled" || policies == "networksecuritygroupenabled";
      for (const Cidr& space : spaces) subnet.routes.push_back({space, "VnetLocal", 0});
      subnet.routes.push_back({cidr("0.0.0.0/0"), "Internet", 0});
      subnet.routes.push_back({cidr("::/0"), "Internet", 0});
      for (const char* none : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"}) {
        if (std::none_of(spaces.begin(), spaces.end(),
                         [&](const Cidr& s) { return s.holds(cidr(none).base) && s.length <= cidr(none).length; })) {
          subnet.routes.push_back({cidr(none), "None", 0});
        }
      }
      bool learns = true;
      if (properties.contains("routeTable")) {
        const json* table = find("Microsoft.Network/routeTables", reference(properties, "routeTable"));
        const json& t = table->at("properties");
        learns = !t.value("disableBgpRoutePropagation", false);
        for (const json& route : t.value("routes", json::array())) {
          const json& r = route.at("properties");
          Route made{cidr(r.at("addressPrefix")), r.at("nextHopType"), 2};
          if (r.contains("nextHopIpAddress")) made.next = ip(r["nextHopIpAddress"]);
          subnet.routes.push_back(made);
        }
      }
      if (const auto beyond = beyond_.find(subnet.network); learns && beyond != beyond_.end()) {
        for (const Cidr& prefix : beyond->second.prefixes)
          subnet.routes.push_back({prefix, "VirtualNetworkGateway", 1});
        // Subnets without a default route of their own are forced to the default site. ("Configure forced tunneling
        // using Default Site for site-to-site connections": Mid-tier and Backend there.)
        if (beyond->second.rest) {
          subnet.routes.push_back({cidr("0.0.0.0/0"), "VirtualNetworkGateway", 1});
          learned_routes_.push_back(cidr("0.0.0.0/0"));
        }
      }
      subnets_[lower(resource.at("type")) + "/subnets|" + lower(resource.at("name")) + "/" + lower(one.at("name"))] =
          subnet;
    }
    spaces_.insert(spaces_.end(), spaces.begin(), spaces.end());
    spaces_of[id_of(resource)] = spaces;
  });
  read_peerings(spaces_of);
}

const json* AzureInterpreter::find(const std::string& type, const std::string& id) const {
  for (const json& resource : resources_) {
    if (lower(resource.at("type")) == lower(type) && id_of(resource) == id) return &resource;
  }
  throw std::invalid_argument("no " + type + " " + id);
}

void AzureInterpreter::read_scale_sets() {
  each(resources_, "Microsoft.Compute/virtualMachineScaleSets", [&](const json& resource, const json& p) {
    const json nics = p.at("virtualMachineProfile").at("networkProfile").at("networkInterfaceConfigurations");
    if (nics.size() != 1) throw std::invalid_argument("one interface expected");
    const json& nic = nics[0].at("properties");
    const json& ip = nic.at("ipConfigurations").at(0).at("properties");
    if (ip.value("privateIPAddressVersion", "IPv4") != "IPv4") throw std::invalid_argument("IPv4 comes first");
    Interface made;
    made.resource = resource.at("name");
    made.subnet = reference(ip, "subnet");
    made.security_group = reference(nic, "networkSecurityGroup");
    for (const json& group : ip.value("applicationSecurityGroups", json::array()))
      made.groups.insert(lower(group.at("id")));
    made.has_public_address = ip.contains("publicIPAddressConfiguration");
    made.forwards = nic.value("enableIPForwarding", false);
    made.private_end = nic.value("privateEnd", false);
    for (const char* kind : {"loadBalancerBackendAddressPools", "applicationGatewayBackendAddressPools"}) {
      for (const json& pool : ip.value(kind, json::array())) made.pools.insert(lower(pool.at("id")));
    }
    add_members(made, subnets_.at(made.subnet).block);
    // A second configuration gives the interface an address of IPv6, and its own public one or none. (IPv6 for Azure
    // Virtual Network: scale sets, instance-level public addresses.)
    for (const json& other : nic.at("ipConfigurations")) {
      const json& second = other.at("properties");
      if (second.value("privateIPAddressVersion", "IPv4") != "IPv6") continue;
      if (second.value("applicationSecurityGroups", json()) != ip.value("applicationSecurityGroups", json())) {
        throw std::invalid_argument("the configurations of an interface are in different groups");
      }
      const Subnet& subnet = subnets_.at(reference(second, "subnet"));
      made.has_public_address = second.contains("publicIPAddressConfiguration");
      if (made.has_public_address &&
          second["publicIPAddressConfiguration"].at("properties").value("publicIPAddressVersion", "IPv4") != "IPv6") {
        throw std::invalid_argument("a public address of the other family");
      }
      made.pools.clear();
      for (const json& pool : second.value("loadBalancerBackendAddressPools", json::array())) {
        made.pools.insert(lower(pool.at("id")));
      }
      add_members(made, subnet.ipv6.value());
    }
  });
}

/// Two members, so that traffic between members of one group is tried too.
void AzureInterpreter::add_members(const Interface& made, const Cidr& block) {
  for (int member = 0; member < 2; ++member) {
    Ip address = block.base + 10;
    while (interfaces_.contains(address)) ++address;
    interfaces_[address] = made;
    hosts_.push_back({made.resource, false, address, made.has_public_address});
  }
}

/// Servers with a subnet of their own. What they send themselves, to their standby and their archive, is nobody's
/// conversation. (Network with private access, of PostgreSQL and of MySQL.)
void AzureInterpreter::read_databases() {
  for (const char* type : {"Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/flexibleServers"}) {
    each(resources_, type, [&](const json& resource, const json& p) {
      Interface made;
      made.resource = resource.at("name");
      made.subnet = lower(p.at("network").at("delegatedSubnetResourceId"));
      made.takes_only = true;
      Ip address = subnets_.at(made.subnet).block.base + 10;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({made.resource, false, address, false});
    });
  }
}

/// Frontends of both families, each with listeners of its own; what the gateway sends to targets is of IPv4. (Configure
/// Application Gateway with a frontend public IPv6 address, "Limitations".)
void AzureInterpreter::read_application_gateways() {
  each(resources_, "Microsoft.Network/applicationGateways", [&](const json& resource, const json& p) {
    for (const bool ipv6 : {false, true}) {
      Interface made;
      made.resource = resource.at("name");
      made.gateway = true;
      made.subnet = reference(p.at("gatewayIPConfigurations").at(0).at("properties"), "subnet");
      std::set<std::string> frontends;
      for (const json& frontend : p.at("frontendIPConfigurations")) {
        if (is_ipv6_frontend(frontend.at("properties")) != ipv6) continue;
        frontends.insert(lower(frontend.at("name")));
        made.has_public_address |= frontend.at("properties").contains("publicIPAddress");
      }
      if (frontends.empty()) continue;
      std::set<std::string> listeners;
      for (const json& listener : p.at("httpListeners")) {
        const json& l = listener.at("properties");
        if (!l.contains("frontendIPConfiguration")) throw std::invalid_argument("a listener names its frontend");
        if (!frontends.contains(leaf(reference(l, "frontendIPConfiguration")))) continue;
        const json& port = named(p.at("frontendPorts"), reference(l, "frontendPort"));
        listeners.insert(lower(listener.at("name")));
        made.listeners.insert({kTcp, port.at("port").get<int>()});
      }
      for (const json& rule : p.at("requestRoutingRules")) {
        const json& r = rule.at("properties");
        if (!listeners.contains(leaf(reference(r, "httpListener")))) continue;
        const json& settings = named(p.at("backendHttpSettingsCollection"), reference(r, "backendHttpSettings"));
        made.targets.insert({reference(r, "backendAddressPool"), {kTcp, settings.at("port").get<int>()}});
      }
      const Subnet& home = subnets_.at(made.subnet);
      Ip address = (ipv6 ? home.ipv6.value() : home.block).base + 5;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({made.resource, true, address, made.has_public_address});
    }
  });
}

bool AzureInterpreter::is_ipv6_frontend(const json& frontend) const {
  if (!frontend.contains("publicIPAddress")) return frontend.value("privateIPAddressVersion", "IPv4") == "IPv6";
  const json* address = find("Microsoft.Network/publicIPAddresses", reference(frontend, "publicIPAddress"));
  return address->at("properties").value("publicIPAddressVersion", "IPv4") == "IPv6";
}

/// A rule is of one frontend, and so of one family. (Deploy an IPv6 dual stack application with Standard Load
/// Balancer.)
void AzureInterpreter::read_load_balancers() {
  Ip next_public = ip("20.0.0.1");
  Ip next_public6 = ip("2603:1030::1");
  each(resources_, "Microsoft.Network/loadBalancers", [&](const json& resource, const json& p) {
    const json rules = p.value("loadBalancingRules", json::array());
    for (const json& one : p.at("frontendIPConfigurations")) {
      const json& frontend = one.at("properties");
      LoadBalancer balancer;
      balancer.is_public = frontend.contains("publicIPAddress");
      bool hop = false;
      for (const json& rule : rules) {
        const json& r = rule.at("properties");
        if (leaf(reference(r, "frontendIPConfiguration")) != lower(one.at("name"))) continue;
        // Every port: what is routed to the address goes to a member as it is. ("High availability ports overview")
        hop = r.at("protocol") == "All";
        if (hop) hops_[ip(frontend.at("privateIPAddress"))] = reference(r, "backendAddressPool");
        if (hop) break;
        std::optional<int> asked;
        if (r.contains("probe")) asked = named(p.at("probes"), reference(r, "probe")).at("port").get<int>();
        balancer.rules.push_back({protocol_number(r.at("protocol")), r.at("frontendPort"), r.at("backendPort"),
                                  reference(r, "backendAddressPool"), asked});
      }
      if (hop) continue;
      const bool ipv6 = is_ipv6_frontend(frontend);
      const auto inside = [&] {
        const Subnet& home = subnets_.at(reference(frontend, "subnet"));
        return (ipv6 ? home.ipv6.value() : home.block).base + 5;
      };
      const Ip address = balancer.is_public ? (ipv6 ? next_public6++ : next_public++) : inside();
      load_balancers_[address] = balancer;
      hosts_.push_back({resource.at("name"), true, address, balancer.is_public});
    }
  });
}

/// Service tags. (Service tags overview.)
bool AzureInterpreter::prefix_holds(const std::string& prefix, Ip address, const Subnet& of) const {
  const auto in = [&](const std::vector<Cidr>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Cidr& block) { return block.holds(address); });
  };
  if (prefix == "*") return true;
  if (prefix == "VirtualNetwork") {
    // "Address prefixes used on user-defined routes": those of the subnet in whose interfaces the rule is asked, at the
    // least.
    const bool routed = std::any_of(of.routes.begin(), of.routes.end(), [&](const Route& route) {
      return route.rank == 2 && route.destination.length > 0 && route.destination.holds(address);
    });
    const auto beyond = beyond_.find(of.network);
    const bool connected = beyond != beyond_.end() && in(beyond->second.prefixes);
    return in(spaces_) || in(far_spaces_) || connected || address == kPlatform || routed ||
           (reading_ == TagReading::Wide && (in(own_routes_) || in(learned_routes_)));
  }
  if (prefix == "Internet") return !in(spaces_) && !is_private(address) && address != kPlatform;
  if (prefix == "AzureLoadBalancer") return address == kPlatform;
  if (prefix == "GatewayManager") return false;
  return cidr(prefix).holds(address);
}

bool AzureInterpreter::end_holds(const End& end, Ip address, const Subnet& of) const {
  for (const std::string& prefix : end.prefixes) {
    if (prefix_holds(prefix, address, of)) return true;
  }
  const auto found = interfaces_.find(address);
  return found != interfaces_.end() && std::any_of(end.groups.begin(), end.groups.end(), [&](const std::string& group) {
           return found->second.groups.contains(group);
         });
}

}  // namespace crenel::agreement
