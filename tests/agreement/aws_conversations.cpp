#include <algorithm>
#include <array>

#include "tests/agreement/aws_interpreter.h"

/// Which conversations come about, over what the interpreter has read.
namespace crenel::agreement {
namespace {

/// Client ports that answers must reach: the least and greatest that any stack uses, a Linux and a Windows one.
/// (VPC user guide, "Network ACLs", section on ephemeral ports.)
constexpr std::array<int, 4> kClientPorts = {1024, 33000, 49152, 65535};

}  // namespace

std::string ipv6_name(const std::string& vpc) {
  return vpc.substr(0, vpc.ends_with("Vpc") ? vpc.size() - 3 : vpc.size()) + "Ipv6";
}

std::vector<std::string> names_left_open(const nlohmann::json& document) {
  std::vector<std::string> out;
  for (const char* section : {"Parameters", "parameters"}) {
    if (!document.contains(section)) continue;
    for (const auto& [name, ignored] : document.at(section).items()) out.push_back(name);
  }
  if (!document.contains("Resources")) return out;
  for (const nlohmann::json& resource : document.at("Resources")) {
    if (resource.at("Type") != "AWS::EC2::VPCCidrBlock") continue;
    const nlohmann::json vpc = resource.at("Properties").value("VpcId", nlohmann::json::object());
    if (vpc.contains("Ref") && vpc["Ref"].is_string()) out.push_back(ipv6_name(vpc["Ref"].get<std::string>()));
  }
  return out;
}

const AwsInterpreter::Interface* AwsInterpreter::interface_at(Ip address) const {
  const auto found = interfaces_.find(address);
  return found == interfaces_.end() ? nullptr : &found->second;
}

/// The longest prefix wins. (VPC user guide, "Route priority".)
const AwsInterpreter::Route* AwsInterpreter::route(const Subnet& subnet, Ip to) const {
  const Route* best = nullptr;
  for (const Route& candidate : subnet.routes) {
    if (candidate.destination.holds(to) && (!best || candidate.destination.length > best->destination.length))
      best = &candidate;
  }
  return best;
}

/// Rules of all groups of an interface add up; there is no deny. (VPC user guide, "Security group rules".)
bool AwsInterpreter::groups_admit(const Interface& on, bool ingress, Ip other, const Interface* peer, int protocol,
                                  int port) const {
  for (const std::string& id : on.groups) {
    const SecurityGroup& group = groups_.at(id);
    for (const Rule& rule : ingress ? group.ingress : group.egress) {
      if (rule.protocol != -1 && (rule.protocol != protocol || port < rule.first_port || port > rule.last_port))
        continue;
      if (rule.has_block && rule.block.holds(other)) return true;
      if (!rule.group.empty() && peer &&
          std::find(peer->groups.begin(), peer->groups.end(), rule.group) != peer->groups.end()) {
        return true;
      }
    }
  }
  return false;
}

/// The lowest number that matches decides; none: deny. (VPC user guide, "Network ACL rules".)
bool AwsInterpreter::acl_admits(const Subnet& subnet, bool in, Ip other, int protocol, int port) const {
  if (subnet.acl.empty()) return true;
  const Acl& acl = acls_.at(subnet.acl);
  for (const AclEntry& entry : in ? acl.in : acl.out) {
    if (entry.protocol != -1 && (entry.protocol != protocol || port < entry.first_port || port > entry.last_port))
      continue;
    if (entry.block.holds(other)) return entry.allow;
  }
  return false;
}

/// Whether a conversation's packets pass the edge of `subnet`: there, and (ACLs keep no state) every answer back.
bool AwsInterpreter::crosses(const Subnet& subnet, const Packet& packet, bool outgoing) const {
  const Ip other = outgoing ? packet.to : packet.from;
  if (!acl_admits(subnet, !outgoing, other, packet.protocol, packet.port)) return false;
  if (packet.protocol == kIcmp) return acl_admits(subnet, outgoing, other, kIcmp, 0);
  if (packet.protocol == kIcmp6) return acl_admits(subnet, outgoing, other, kIcmp6, 129);
  return std::all_of(kClientPorts.begin(), kClientPorts.end(),
                     [&](int port) { return acl_admits(subnet, outgoing, other, packet.protocol, port); });
}

/// A peering takes packets from one of its VPCs to the other one, where a route says so. (VPC Peering Guide.)
bool AwsInterpreter::peering_leads(const Subnet& from, Ip to, const std::string& vpc) const {
  const Route* hop = route(from, to);
  if (!hop || hop->target != Route::Target::Peering) return false;
  const auto& [first, second] = peerings_.at(hop->peering);
  return (first == from.vpc && second == vpc) || (second == from.vpc && first == vpc);
}

/// The far VPC stands in no template: what a route sends there is taken to be there. (VPC Peering Guide.)
bool AwsInterpreter::leads_elsewhere(const Route& hop) const {
  return !vpcs_.contains(peerings_.at(hop.peering).second);
}

const AwsInterpreter::Route* AwsInterpreter::across(const std::string& gateway, const std::string& vpc, Ip to) const {
  const auto found = transit_routes_.find({gateway, vpc});
  if (found == transit_routes_.end()) return nullptr;
  const TransitRoute* best = nullptr;
  for (const TransitRoute& one : found->second) {
    if (one.destination.holds(to) && (!best || one.destination.length > best->destination.length)) best = &one;
  }
  return best && !best->vpc.empty() ? route(subnets_.at(transit_subnets_.at(best->vpc)), to) : nullptr;
}

bool AwsInterpreter::leads_inside(const Subnet& from, Ip to) const {
  const Interface* there = interface_at(to);
  if (there == nullptr) return false;
  const std::string& vpc = subnets_.at(there->subnet).vpc;
  const Route* hop = route(from, to);
  if (hop && hop->target == Route::Target::Transit) {
    hop = across(hop->transit, from.vpc, to);
  } else if (from.vpc != vpc) {
    return false;  // another VPC may have the same addresses
  }
  return hop && hop->target == Route::Target::Local;
}

/// The appliance keeps the sender's address before a NAT gateway, and the answers have to come by it again; before the
/// Internet gateway it has to put its own. Its groups see addresses. (VPC user guide, "Middlebox routing"; EC2 user
/// guide, "Security groups".)
bool AwsInterpreter::by_appliance(const Packet& packet, const Subnet& from, const std::string& appliance) const {
  const Ip own = appliances_.at(appliance);
  const Interface& box = interfaces_.at(own);
  const Subnet& at = subnets_.at(box.subnet);
  if (!box.hands_on || !leads_inside(at, packet.from) || &at == &from) return false;
  if (!groups_admit(box, true, packet.from, nullptr, packet.protocol, packet.port) || !crosses(at, packet, false)) {
    return false;
  }
  const Route* onward = route(at, packet.to);
  if (!onward) return false;
  if (onward->target == Route::Target::InternetGateway)
    return outgoing_conversation({own, packet.to, packet.protocol, packet.port}, box);
  if (onward->target != Route::Target::Nat) return false;
  if (!groups_admit(box, false, packet.to, nullptr, packet.protocol, packet.port) || !crosses(at, packet, true)) {
    return false;
  }
  const Subnet& translation = subnets_.at(nat_subnets_.at(onward->nat));
  const Route* out = route(translation, packet.to);
  const Route* back = route(translation, packet.from);
  return out && out->target == Route::Target::InternetGateway && !is_private(packet.to) && back &&
         meets_internet(translation, true) && meets_internet(at, true) && back->target == Route::Target::Appliance &&
         back->appliance == appliance && crosses(translation, packet, false) && crosses(translation, packet, true);
}

/// There, and the answers back.
bool AwsInterpreter::leads(const Subnet& from, const Subnet& to, const Packet& packet) const {
  if (from.vpc == to.vpc) return leads_inside(from, packet.to) && leads_inside(to, packet.from);
  const bool by_peering = peering_leads(from, packet.to, to.vpc) && peering_leads(to, packet.from, from.vpc);
  return by_peering || (leads_inside(from, packet.to) && leads_inside(to, packet.from));
}

bool AwsInterpreter::inside_conversation(const Packet& packet, const Interface& from, const Interface& to) const {
  const Subnet& source = subnets_.at(from.subnet);
  const Subnet& target = subnets_.at(to.subnet);
  if (!leads(source, target, packet)) return false;
  if (!groups_admit(from, false, packet.to, &to, packet.protocol, packet.port)) return false;
  if (!groups_admit(to, true, packet.from, &from, packet.protocol, packet.port)) return false;
  if (from.subnet == to.subnet) return true;  // ACLs stand at the subnet's edge
  return crosses(source, packet, true) && crosses(target, packet, false);
}

bool AwsInterpreter::vpn_carries(const std::string& vpc, Ip address) const {
  const auto found = vpn_routes_.find(vpc);
  return found != vpn_routes_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Cidr& c) { return c.holds(address); });
}

bool AwsInterpreter::outgoing_conversation(const Packet& packet, const Interface& from) const {
  if (!from.listeners.empty()) return false;  // to targets only, and those are inside
  const Subnet& subnet = subnets_.at(from.subnet);
  if (!groups_admit(from, false, packet.to, nullptr, packet.protocol, packet.port)) return false;
  if (!crosses(subnet, packet, true)) return false;
  const Route* hop = route(subnet, packet.to);
  if (!hop) return false;
  switch (hop->target) {
    case Route::Target::Local:
      return false;  // nobody has that address
    case Route::Target::Peering:
      return leads_elsewhere(*hop);
    case Route::Target::InternetGateway:
      return from.has_public_address && !is_private(packet.to) && meets_internet(subnet, false);
    case Route::Target::EgressOnly:  // (VPC user guide, "Egress-only internet gateways")
      return is_ipv6(packet.to) && from.has_public_address && !is_private(packet.to) && meets_internet(subnet, true);
    case Route::Target::Nat: {
      const Subnet& at = subnets_.at(nat_subnets_.at(hop->nat));
      const Route* onward = route(at, packet.to);
      if (!onward) return false;
      // "… to connect to other VPCs or your on-premises network" (VPC user guide, "NAT gateways")
      const bool by_link = onward->target == Route::Target::VpnGateway && vpn_carries(at.vpc, packet.to);
      const bool by_internet = onward->target == Route::Target::InternetGateway && !is_private(packet.to) &&
                               meets_internet(at, true) && meets_internet(subnet, true);
      return (by_link || by_internet) && (&at == &subnet || crosses(at, packet, false)) && crosses(at, packet, true);
    }
    case Route::Target::VpnGateway:
      return vpn_carries(subnet.vpc, packet.to);
    case Route::Target::Appliance:
      return by_appliance(packet, subnet, hop->appliance);
    case Route::Target::Endpoint:
      return by_endpoint(packet, subnet, hop->endpoint);
    case Route::Target::Transit: {
      const Route* there = across(hop->transit, subnet.vpc, packet.to);
      if (there && there->target == Route::Target::Endpoint) return by_endpoint(packet, subnet, there->endpoint);
      return there && there->target == Route::Target::Appliance && by_appliance(packet, subnet, there->appliance);
    }
  }
  return false;
}

/// From outside: by the Internet gateway to a public address, or over the VPN; the answer must leave the way it came.
bool AwsInterpreter::incoming_conversation(const Packet& packet, const Interface& to) const {
  const Subnet& subnet = subnets_.at(to.subnet);
  const Route* back = route(subnet, packet.from);
  if (!back) return false;
  const bool by_internet = back->target == Route::Target::InternetGateway && to.has_public_address &&
                           !is_private(packet.from) && meets_internet(subnet, false);
  const bool by_vpn = back->target == Route::Target::VpnGateway && vpn_carries(subnet.vpc, packet.from);
  const bool by_peering = back->target == Route::Target::Peering && leads_elsewhere(*back);
  if (!by_internet && !by_vpn && !by_peering) return false;
  if (!groups_admit(to, true, packet.from, nullptr, packet.protocol, packet.port)) return false;
  return crosses(subnet, packet, false);
}

bool AwsInterpreter::admits(const Packet& packet) const {
  const Interface* from = interface_at(packet.from);
  const Interface* to = interface_at(packet.to);
  if (to && !to->listeners.empty() && !to->listeners.contains({packet.protocol, packet.port})) return false;
  if (from && !from->listeners.empty()) {
    return to && (opens_itself(packet, *from, *to) || opens_for_clients(packet, *from, *to));
  }
  if (!to) return from && outgoing_conversation(packet, *from);
  return comes_to(packet, *to) && (!to->shows_client || taken_behind(packet, *to));
}

}  // namespace crenel::agreement
