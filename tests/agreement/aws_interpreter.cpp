#include "tests/agreement/aws_interpreter.h"

#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_reading.h"

namespace crenel::agreement {

using namespace reading;
AwsInterpreter::AwsInterpreter(const json& document, const ParameterValues& parameters, Announcements announced)
    : document_(document), parameters_(parameters), announced_(std::move(announced)) {
  if (document_.contains("Parameters")) {
    for (const auto& [name, declared] : document_.at("Parameters").items()) {
      if (!parameters_.contains(name) && declared.contains("Default")) {
        parameters_[name] = text(declared.at("Default"));
      }
    }
  }
  read_networks();
  read_routes();
  read_public_access();
  read_security_groups();
  read_acls();
  read_scaling_groups();
  read_appliances();
  read_transit();
  read_inspection();
  read_databases();
  read_balancers();
  read_doors();
}

std::string AwsInterpreter::text(const json& value) const {
  const json plain = resolve(value);
  if (plain.is_string()) return plain.get<std::string>();
  if (plain.is_number_integer()) return std::to_string(plain.get<int>());
  throw std::invalid_argument("not a text: " + plain.dump());
}

/// Intrinsic functions (CloudFormation template reference, "Intrinsic functions"). A reference to a resource is
/// "@LogicalId".
json AwsInterpreter::resolve(const json& value) const {
  if (value.is_array()) {
    json out = json::array();
    for (const json& element : value) out.push_back(resolve(element));
    return out;
  }
  if (!value.is_object()) return value;
  if (value.size() != 1) {
    json out = json::object();
    for (const auto& [name, member] : value.items()) out[name] = resolve(member);
    return out;
  }
  const std::string function = value.begin().key();
  const json& argument = value.begin().value();
  if (function == "Ref") {
    const std::string name = argument.get<std::string>();
    if (name.starts_with("AWS::")) return name;
    if (const auto found = parameters_.find(name); found != parameters_.end()) return found->second;
    if (document_.at("Resources").contains(name)) return "@" + name;
    throw std::invalid_argument("no value for parameter " + name);
  }
  if (function == "Fn::GetAtt") {
    // The blocks of IPv6 that a VPC has, once it has them. (Template reference, AWS::EC2::VPC, "Return values".)
    const json parts = argument.is_array() ? argument : json::array();
    if (parts.size() == 2 && parts[1] == "Ipv6CidrBlocks") {
      return json::array({dotted(ipv6_of_vpc_.at(parts[0].get<std::string>()).base) + "/56"});
    }
    return argument.is_string() ? "@" + argument.get<std::string>()
                                : "@" + argument.at(0).get<std::string>() + "." + argument.at(1).get<std::string>();
  }
  if (function == "Fn::GetAZs") return json::array({"zone-a", "zone-b", "zone-c"});
  if (function == "Fn::Select") {
    const json list = resolve(argument.at(1));
    return list.at(static_cast<std::size_t>(number(resolve(argument.at(0)))));
  }
  if (function == "Fn::Cidr") {
    const Cidr whole = cidr(text(argument.at(0)));
    const int count = number(resolve(argument.at(1)));
    const int host_bits = number(resolve(argument.at(2)));
    if (count < 1 || count > 256) throw std::invalid_argument("Fn::Cidr makes 1 to 256 blocks");
    if (whole.bits - host_bits < whole.length) throw std::invalid_argument("Fn::Cidr blocks larger than the whole");
    json out = json::array();
    for (int i = 0; i < count; ++i) {
      const Ip base = whole.base + (static_cast<Ip>(i) << host_bits);
      if (!whole.holds(base)) throw std::invalid_argument("Fn::Cidr: not that many blocks");
      out.push_back(dotted(base) + "/" + std::to_string(whole.bits - host_bits));
    }
    return out;
  }
  if (function == "Fn::Join") {
    std::string out;
    const json parts = resolve(argument.at(1));
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i ? argument.at(0).get<std::string>() : "") + text(parts[i]);
    return out;
  }
  if (function.starts_with("Fn::")) return "(" + function + ")";  // in places that reachability does not read
  return json{{function, resolve(argument)}};
}

void AwsInterpreter::read_networks() {
  each(document_, "AWS::EC2::VPC",
       [&](const std::string& id, const json& p) { vpcs_[id] = cidr(text(p.at("CidrBlock"))); });
  // Amazon gives a /56 of its own. (Template reference, AWS::EC2::VPCCidrBlock; VPC user guide, "VPC CIDR blocks".)
  each(document_, "AWS::EC2::VPCCidrBlock", [&](const std::string& id, const json& p) {
    if (!flag(resolve(p.at("AmazonProvidedIpv6CidrBlock")))) throw std::invalid_argument(id + ": a block by hand");
    const std::string vpc = logical_id(text(p.at("VpcId")));
    const auto value = parameters_.find(ipv6_name(vpc));
    ipv6_of_vpc_[vpc] = cidr(value == parameters_.end() ? "2600:1f18:1200::/56" : value->second);
  });
  each(document_, "AWS::EC2::Subnet", [&](const std::string& id, const json& p) {
    Subnet subnet;
    subnet.vpc = logical_id(text(p.at("VpcId")));
    subnet.block = cidr(text(p.at("CidrBlock")));
    if (!vpcs_.at(subnet.vpc).holds(subnet.block.base)) throw std::invalid_argument(id + " lies outside its VPC");
    subnet.routes.push_back({vpcs_.at(subnet.vpc), Route::Target::Local, ""});
    if (const auto ipv6 = ipv6_of_vpc_.find(subnet.vpc); ipv6 != ipv6_of_vpc_.end()) {
      subnet.routes.push_back({ipv6->second, Route::Target::Local, ""});
    }
    if (p.contains("Ipv6CidrBlock")) {
      subnet.ipv6 = cidr(text(p["Ipv6CidrBlock"]));
      if (!ipv6_of_vpc_.at(subnet.vpc).holds(subnet.ipv6->base) || subnet.ipv6->length != 64) {
        throw std::invalid_argument(id + " has no /64 of its VPC");
      }
    }
    subnets_[id] = subnet;
  });
  // A static connection carries to the site what its routes name. (Site-to-Site VPN user guide, "Route tables and
  // priority".)
  std::map<std::string, std::string> vpc_of_gateway;
  each(document_, "AWS::EC2::VPCGatewayAttachment", [&](const std::string&, const json& p) {
    if (p.contains("VpnGatewayId")) vpc_of_gateway[logical_id(text(p["VpnGatewayId"]))] = logical_id(text(p["VpcId"]));
  });
  // What is behind a line its far end announces. (Direct Connect user guide, "Virtual private gateway associations".)
  each(document_, "AWS::DirectConnect::DirectConnectGatewayAssociation", [&](const std::string& id, const json& p) {
    std::vector<Cidr>& behind = vpn_routes_[vpc_of_gateway.at(logical_id(text(p.at("AssociatedGatewayId"))))];
    for (const auto& [link, blocks] : announced_) {
      if (plain(id).starts_with(link)) behind.insert(behind.end(), blocks.begin(), blocks.end());
    }
  });
  each(document_, "AWS::EC2::VPNConnectionRoute", [&](const std::string&, const json& p) {
    const json connection = document_.at("Resources").at(logical_id(text(p.at("VpnConnectionId")))).at("Properties");
    if (!flag(connection.at("StaticRoutesOnly"))) throw std::invalid_argument("routes learnt by BGP are unknown");
    const std::string gateway = logical_id(text(connection.at("VpnGatewayId")));
    vpn_routes_[vpc_of_gateway.at(gateway)].push_back(cidr(text(p.at("DestinationCidrBlock"))));
  });
}

void AwsInterpreter::read_routes() {
  each(document_, "AWS::EC2::VPCPeeringConnection", [&](const std::string& id, const json& p) {
    const std::string far = text(p.at("PeerVpcId"));  // of one that is made elsewhere its own id
    peerings_[id] = {logical_id(text(p.at("VpcId"))), far.starts_with('@') ? logical_id(far) : far};
  });
  std::map<std::string, std::vector<Route>> tables;
  each(document_, "AWS::EC2::Route", [&](const std::string& id, const json& p) {
    Route route;
    const bool ipv6 = p.contains("DestinationIpv6CidrBlock");
    route.destination = cidr(text(p.at(ipv6 ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock")));
    if (p.contains("VpcPeeringConnectionId")) {
      route.target = Route::Target::Peering;
      route.peering = logical_id(text(p["VpcPeeringConnectionId"]));
    } else if (p.contains("NetworkInterfaceId")) {
      route.target = Route::Target::Appliance;
      route.appliance = logical_id(text(p["NetworkInterfaceId"]));
    } else if (p.contains("VpcEndpointId")) {
      route.target = Route::Target::Endpoint;
      route.endpoint = logical_id(text(p["VpcEndpointId"]));
    } else if (p.contains("TransitGatewayId")) {
      route.target = Route::Target::Transit;
      route.transit = logical_id(text(p["TransitGatewayId"]));
    } else if (p.contains("EgressOnlyInternetGatewayId")) {
      route.target = Route::Target::EgressOnly;
    } else if (p.contains("NatGatewayId")) {
      route.target = Route::Target::Nat;
      route.nat = logical_id(text(p["NatGatewayId"]));
    } else {
      const std::string gateway = logical_id(text(p.at("GatewayId")));
      const std::string type = document_.at("Resources").at(gateway).at("Type");
      if (type == "AWS::EC2::InternetGateway") {
        route.target = Route::Target::InternetGateway;
      } else if (type == "AWS::EC2::VPNGateway") {
        route.target = Route::Target::VpnGateway;
      } else {
        throw std::invalid_argument(id + ": unknown gateway " + type);
      }
    }
    tables[logical_id(text(p.at("RouteTableId")))].push_back(route);
  });
  each(document_, "AWS::EC2::VPNGatewayRoutePropagation", [&](const std::string&, const json& p) {
    for (const json& table : p.at("RouteTableIds")) {
      const std::string id = logical_id(text(table));
      const std::string vpc = logical_id(text(document_.at("Resources").at(id).at("Properties").at("VpcId")));
      for (const Cidr& destination : vpn_routes_[vpc]) {
        // a propagated route that overlaps the local route loses to it (VPC user guide, "Route priority")
        const Cidr& local = vpcs_.at(vpc);
        if (local.holds(destination.base)) continue;
        tables[id].push_back({destination, Route::Target::VpnGateway, ""});
      }
    }
  });
  each(document_, "AWS::EC2::SubnetRouteTableAssociation", [&](const std::string&, const json& p) {
    Subnet& subnet = subnets_.at(logical_id(text(p.at("SubnetId"))));
    for (const Route& route : tables[logical_id(text(p.at("RouteTableId")))]) subnet.routes.push_back(route);
  });
  each(document_, "AWS::EC2::NatGateway",
       [&](const std::string& id, const json& p) { nat_subnets_[id] = logical_id(text(p.at("SubnetId"))); });
}

AwsInterpreter::Rule AwsInterpreter::read_rule(const json& p, const char* peer) const {
  Rule rule;
  rule.protocol = protocol_number(resolve(p.at("IpProtocol")));
  if (rule.protocol == kTcp || rule.protocol == kUdp) {
    rule.first_port = number(resolve(p.at("FromPort")));
    rule.last_port = number(resolve(p.at("ToPort")));
  } else if ((rule.protocol == kIcmp || rule.protocol == kIcmp6) && p.contains("FromPort")) {
    const auto [first, last] = icmp_types(number(resolve(p["FromPort"])), number(resolve(p.value("ToPort", json(-1)))));
    rule.first_port = first;
    rule.last_port = last;
  }
  if (p.contains("CidrIp") || p.contains("CidrIpv6")) {
    rule.has_block = true;
    rule.block = cidr(text(p[p.contains("CidrIp") ? "CidrIp" : "CidrIpv6"]));
  } else if (p.contains(peer)) {
    rule.group = logical_id(text(p[peer]));
  } else {
    throw std::invalid_argument("a rule without a peer that this reader knows: " + p.dump());
  }
  return rule;
}

void AwsInterpreter::read_security_groups() {
  each(document_, "AWS::EC2::SecurityGroup", [&](const std::string& id, const json& p) {
    SecurityGroup group;
    for (const json& rule : p.value("SecurityGroupIngress", json::array())) {
      group.ingress.push_back(read_rule(rule, "SourceSecurityGroupId"));
    }
    for (const json& rule : p.value("SecurityGroupEgress", json::array())) {
      group.egress.push_back(read_rule(rule, "DestinationSecurityGroupId"));
      group.egress_given = true;
    }
    groups_[id] = group;
  });
  each(document_, "AWS::EC2::SecurityGroupIngress", [&](const std::string&, const json& p) {
    groups_.at(logical_id(text(p.at("GroupId")))).ingress.push_back(read_rule(p, "SourceSecurityGroupId"));
  });
  each(document_, "AWS::EC2::SecurityGroupEgress", [&](const std::string&, const json& p) {
    SecurityGroup& group = groups_.at(logical_id(text(p.at("GroupId"))));
    group.egress.push_back(read_rule(p, "DestinationSecurityGroupId"));
    group.egress_given = true;
  });
  for (auto& [id, group] : groups_) {
    // without any egress rule the service adds one that allows everything (template reference, AWS::EC2::SecurityGroup)
    if (group.egress_given) continue;
    for (const char* everywhere : {"0.0.0.0/0", "::/0"}) {
      group.egress.push_back({.protocol = -1, .has_block = true, .block = cidr(everywhere), .group = ""});
    }
  }
}

void AwsInterpreter::read_acls() {
  each(document_, "AWS::EC2::NetworkAcl", [&](const std::string& id, const json&) { acls_[id] = {}; });
  each(document_, "AWS::EC2::NetworkAclEntry", [&](const std::string&, const json& p) {
    AclEntry entry;
    entry.number = number(resolve(p.at("RuleNumber")));
    entry.protocol = number(resolve(p.at("Protocol")));
    entry.block = cidr(text(p.at(p.contains("Ipv6CidrBlock") ? "Ipv6CidrBlock" : "CidrBlock")));
    entry.allow = text(p.at("RuleAction")) == "allow";
    if (entry.protocol == kTcp || entry.protocol == kUdp) {
      entry.first_port = number(resolve(p.at("PortRange").at("From")));
      entry.last_port = number(resolve(p.at("PortRange").at("To")));
    } else if (entry.protocol == kIcmp || entry.protocol == kIcmp6) {
      const json& icmp = p.at("Icmp");
      const auto [first, last] =
          icmp_types(number(resolve(icmp.at("Type"))), number(resolve(icmp.value("Code", json(-1)))));
      entry.first_port = first;
      entry.last_port = last;
    }
    Acl& acl = acls_.at(logical_id(text(p.at("NetworkAclId"))));
    (p.contains("Egress") && flag(resolve(p["Egress"])) ? acl.out : acl.in).push_back(entry);
  });
  for (auto& [id, acl] : acls_) {
    for (auto* list : {&acl.in, &acl.out}) {
      std::sort(list->begin(), list->end(), [](const AclEntry& a, const AclEntry& b) { return a.number < b.number; });
      for (std::size_t i = 1; i < list->size(); ++i) {
        if ((*list)[i].number == (*list)[i - 1].number)
          throw std::invalid_argument(id + ": two entries with one number");
      }
    }
  }
  each(document_, "AWS::EC2::SubnetNetworkAclAssociation", [&](const std::string&, const json& p) {
    subnets_.at(logical_id(text(p.at("SubnetId")))).acl = logical_id(text(p.at("NetworkAclId")));
  });
}

void AwsInterpreter::read_scaling_groups() {
  each(document_, "AWS::AutoScaling::AutoScalingGroup", [&](const std::string& id, const json& p) {
    const json launch = p.at("LaunchTemplate");
    const std::string template_id = logical_id(text(launch.at("LaunchTemplateId")));
    const json data = document_.at("Resources").at(template_id).at("Properties").at("LaunchTemplateData");
    const json interfaces = data.value("NetworkInterfaces", json::array({json::object()}));
    if (interfaces.size() != 1) throw std::invalid_argument(id + ": one interface expected");
    for (const json& subnet : p.at("VPCZoneIdentifier")) {
      Interface made;
      made.subnet = logical_id(text(subnet));
      made.scaling_group = id;
      const json at = document_.at("Resources").at(made.subnet).at("Properties");
      const json given = at.value("MapPublicIpOnLaunch", json(false));
      made.has_public_address = flag(resolve(interfaces[0].value("AssociatePublicIpAddress", given)));
      for (const json& group : interfaces[0].value("Groups", json::array())) {
        made.groups.push_back(logical_id(text(group)));
      }
      if (made.groups.empty()) made.groups.push_back(own_group(subnets_.at(made.subnet).vpc));
      Ip address = subnets_.at(made.subnet).block.base + 10;
      while (interfaces_.contains(address)) ++address;
      interfaces_[address] = made;
      hosts_.push_back({id, false, address, made.has_public_address});
      const json count = interfaces[0].value("Ipv6AddressCount", json(0));
      if (number(resolve(count)) > 0 && subnets_.at(made.subnet).ipv6) add_ipv6(made, id, false);
    }
  });
}

/// Where no group is said it is the VPC's own, which takes what its members send each other and opens everything. (VPC
/// user guide, "Default security groups for your VPCs".)
std::string AwsInterpreter::own_group(const std::string& vpc) {
  const std::string id = "default of " + vpc;
  if (groups_.contains(id)) return id;
  SecurityGroup made;
  made.ingress.push_back({.protocol = -1, .has_block = false, .block = {}, .group = id});
  for (const char* everywhere : {"0.0.0.0/0", "::/0"}) {
    made.egress.push_back({.protocol = -1, .has_block = true, .block = cidr(everywhere), .group = ""});
  }
  groups_[id] = made;
  return id;
}

/// Every address of IPv6 that Amazon gives is a public one, but an internal balancer takes nothing from the Internet
/// gateway. (VPC user guide, "IPv6"; elasticloadbalancing/latest/application, `ipv6.deny_all_igw_traffic`.)
void AwsInterpreter::add_ipv6(Interface made, const std::string& id, bool balancer) {
  made.has_public_address = made.has_public_address || !balancer;
  Ip address = subnets_.at(made.subnet).ipv6->base + 10;
  while (interfaces_.contains(address)) ++address;
  interfaces_[address] = made;
  hosts_.push_back({id, balancer, address, made.has_public_address});
}

/// An instance takes packets for others where the check is off, and only while it has the interface. (VPC user guide,
/// "Source/destination checks".)
void AwsInterpreter::read_appliances() {
  std::set<std::string> attached;
  std::set<std::string> with_address;
  each(document_, "AWS::EC2::Instance", [&](const std::string&, const json& p) {
    for (const json& one : p.value("NetworkInterfaces", json::array())) {
      if (one.contains("NetworkInterfaceId")) attached.insert(logical_id(text(one["NetworkInterfaceId"])));
    }
  });
  each(document_, "AWS::EC2::EIPAssociation", [&](const std::string&, const json& p) {
    if (p.contains("NetworkInterfaceId")) with_address.insert(logical_id(text(p["NetworkInterfaceId"])));
  });
  each(document_, "AWS::EC2::NetworkInterface", [&](const std::string& id, const json& p) {
    Interface made;
    made.subnet = logical_id(text(p.at("SubnetId")));
    made.scaling_group = id;
    made.has_public_address = with_address.contains(id);
    made.hands_on = attached.contains(id) && p.contains("SourceDestCheck") && !flag(resolve(p["SourceDestCheck"]));
    for (const json& group : p.at("GroupSet")) made.groups.push_back(logical_id(text(group)));
    Ip address = subnets_.at(made.subnet).block.base + 10;
    while (interfaces_.contains(address)) ++address;
    interfaces_[address] = made;
    appliances_[id] = address;
    hosts_.push_back({id, false, address, made.has_public_address});
    const json count = p.value("Ipv6AddressCount", json(0));
    if (number(resolve(count)) > 0 && subnets_.at(made.subnet).ipv6) add_ipv6(made, id, false);
  });
}

/// A packet goes by the table that its VPC's attachment is associated with. (Transit gateways, "How it works".)
void AwsInterpreter::read_transit() {
  const auto properties = [&](const std::string& id) { return document_.at("Resources").at(id).at("Properties"); };
  each(document_, "AWS::EC2::TransitGatewayAttachment", [&](const std::string&, const json& p) {
    transit_subnets_[logical_id(text(p.at("VpcId")))] = logical_id(text(p.at("SubnetIds").at(0)));
  });
  each(document_, "AWS::EC2::TransitGatewayRouteTableAssociation", [&](const std::string&, const json& p) {
    const json attachment = properties(logical_id(text(p.at("TransitGatewayAttachmentId"))));
    const std::string table = logical_id(text(p.at("TransitGatewayRouteTableId")));
    auto& routes = transit_routes_[{logical_id(text(attachment.at("TransitGatewayId"))),
                                    logical_id(text(attachment.at("VpcId")))}];
    each(document_, "AWS::EC2::TransitGatewayRoute", [&](const std::string&, const json& r) {
      if (logical_id(text(r.at("TransitGatewayRouteTableId"))) != table) return;
      TransitRoute made{cidr(text(r.at("DestinationCidrBlock"))), ""};
      if (r.contains("TransitGatewayAttachmentId")) {
        made.vpc = logical_id(text(properties(logical_id(text(r["TransitGatewayAttachmentId"]))).at("VpcId")));
      }
      routes.push_back(made);
    });
  });
}

}  // namespace crenel::agreement
