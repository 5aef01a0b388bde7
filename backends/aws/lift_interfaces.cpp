#include <algorithm>
#include <utility>

#include "backends/aws/lift_appliances.h"
#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_interfaces.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_requests.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Interface;
using estate::PublicAddress;
using estate::Role;

PublicAddress said_address(const Value& said) {
  const auto flag = known_flag(said);
  if (!flag) return PublicAddress::Unknown;
  return *flag ? PublicAddress::Yes : PublicAddress::No;
}

/// True when an Elastic IP address is given to the resource, for every deployment or perhaps.
PublicAddress elastic_address(const Reading& reading, const Item& item) {
  PublicAddress found = PublicAddress::No;
  const auto look = [&](const Item& giver, const Value& to) {
    const std::vector<Option> options = options_of(to);
    for (const Option& option : options) {
      if (reading.target(*option.value, item.resource->type) != &item) continue;
      const bool certain = giver.certain && option.certain;
      if (found != PublicAddress::Yes) found = certain ? PublicAddress::Yes : PublicAddress::Unknown;
    }
  };
  for (const Item* eip : reading.of(kElasticAddress.name)) look(*eip, (*eip)["InstanceId"]);
  for (const Item* association : reading.of(kAddressAssociation)) {
    look(*association, (*association)["InstanceId"]);
    look(*association, (*association)["NetworkInterfaceId"]);
  }
  return found;
}

PublicAddress either_address(PublicAddress a, PublicAddress b) {
  if (a == PublicAddress::Yes || b == PublicAddress::Yes) return PublicAddress::Yes;
  return a == PublicAddress::Unknown || b == PublicAddress::Unknown ? PublicAddress::Unknown : PublicAddress::No;
}

void read_nat(Reading& reading, const Item& item) {
  Interface made = interface_for(item, Role::Nat);
  made.subnets = reading.subnets(item["SubnetId"]);
  const Value& kind = item["ConnectivityType"];
  const bool is_private = known_text(kind) == "private";
  const bool is_public = kind.absent() || known_text(kind) == "public";
  made.public_address = is_public ? PublicAddress::Yes : is_private ? PublicAddress::No : PublicAddress::Unknown;
  // VPC user guide, "NAT gateway basics".
  for (const std::uint8_t protocol : {std::uint8_t{6}, std::uint8_t{17}, std::uint8_t{1}}) {
    estate::Kind kind_of;
    kind_of.protocol = protocol;
    made.translates.push_back(kind_of);
  }
  made.most = 1;
  if (item.certain) made.least = 1;
  if (item["SubnetId"].absent()) {
    reading.unknown(item.place(), "`" + item.id() + "` is a NAT gateway in no subnet: where it is, is not known");
  }
  put_interface(reading, item, std::move(made));
}

bool has_ipv6(const Reading& reading, estate::SubnetId id) {
  const auto& blocks = reading.estate.subnets[id].blocks;
  return std::any_of(blocks.begin(), blocks.end(), [&](const estate::Block& block) {
    if (const auto* known = std::get_if<net::Prefix>(&block.base)) return known->address.family == net::Family::V6;
    return reading.estate.symbols[std::get<estate::SymbolId>(block.base)].given.has_value();
  });
}

void apply_v6(Reading& reading, const Value& properties, Interface& interface) {
  const Value& count = properties["Ipv6AddressCount"];
  PublicAddress given = properties["Ipv6Addresses"].absent() ? PublicAddress::No : PublicAddress::Yes;
  if (!count.absent() && known_number(count) != 0) {
    given = either_address(given, known_number(count) ? PublicAddress::Yes : PublicAddress::Unknown);
  }
  const auto& in = interface.subnets;
  if (given != PublicAddress::No &&
      std::any_of(in.begin(), in.end(), [&](estate::SubnetId id) { return !has_ipv6(reading, id); })) {
    // AWSEC2/latest/APIReference/API_CreateNetworkInterface: addresses "from the range of your subnet"
    reading.unknown(interface.place,
                    "`" + interface.name +
                        "` asks for addresses of IPv6 in a subnet that is not known to have any; EC2 refuses it where "
                        "there are none");
  }
  for (const estate::SubnetId id : interface.subnets) {
    const auto found = reading.v6_subnets.find(id);
    if (found != reading.v6_subnets.end()) given = either_address(given, found->second);
  }
  interface.public_address_v6 = given;
  interface.ipv4_alone = given == PublicAddress::No && meets_ipv6(reading, interface);
}

/// An Elastic IP address of an instance that was launched with the interface: the interface has it.
PublicAddress address_by_instance(const Reading& reading, const Item& item) {
  PublicAddress found = PublicAddress::No;
  for (const Item* instance : reading.of(kInstance)) {
    for (const Option& option : elements_of((*instance)["NetworkInterfaces"])) {
      for (const Option& id : options_of((*option.value)["NetworkInterfaceId"])) {
        if (reading.target(*id.value, kNetworkInterface) != &item) continue;
        const PublicAddress given = elastic_address(reading, *instance);
        const bool certain = option.certain && id.certain && instance->certain;
        found = either_address(found, certain || given == PublicAddress::No ? given : PublicAddress::Unknown);
      }
    }
  }
  return found;
}

/// Who takes packets that are for others: EC2 lets them through where the check is switched off.
Role role_of(const Value& check) { return known_flag(check) == false ? Role::Appliance : Role::Member; }

void read_network_interface(Reading& reading, const Item& item) {
  Interface made = interface_for(item, role_of(item["SourceDestCheck"]));
  made.subnets = reading.subnets(item["SubnetId"]);
  made.public_address = either_address(elastic_address(reading, item), address_by_instance(reading, item));
  apply_v6(reading, item.properties, made);
  set_addresses(item.properties, made);
  reading.apply_groups(made, item["GroupSet"]);
  made.most = 1;
  if (item.certain) made.least = 1;
  put_interface(reading, item, std::move(made));
}

/// Interfaces that a launch description makes, one after the other.
struct Launch {
  const Value* interfaces = nullptr;  ///< its list of interfaces
  const Value* groups = nullptr;      ///< without such a list
  const Shape* shape = nullptr;
  const char* groups_of_interface = "Groups";
};

void apply_address(Reading& reading, const Value& said, Interface& interface) {
  interface.public_address = said.absent() ? reading.default_address(interface.subnets) : said_address(said);
}

/// An interface that is a resource of its own, and is read as that: it is what the instance is known by.
void name_interface(Reading& reading, const Item& item, const Value& id) {
  const Item* own = reading.target(id, kNetworkInterface);
  if (own == nullptr) {
    reading.unknown(id.place, "`" + item.id() + "` has an interface that is not in the template");
  } else {
    reading.interfaces.emplace(item.id(), reading.interfaces.at(own->id()));
  }
}

/// One interface for each that the description lists; the first carries the resource's name.
void launch_interfaces(Reading& reading, const Item& item, const Interface& base, const Launch& launch) {
  const std::vector<Option> listed =
      launch.interfaces == nullptr ? std::vector<Option>() : elements_of(*launch.interfaces);
  std::size_t number = 0;
  for (const Option& option : listed) {
    const Value& one = *option.value;
    check_shape(one, *launch.shape, reading);
    if (!one["NetworkInterfaceId"].absent()) {
      name_interface(reading, item, one["NetworkInterfaceId"]);
      continue;
    }
    Interface made = base;
    if (number++ > 0) made.name += " interface " + std::to_string(number);
    if (!one["SubnetId"].absent()) made.subnets = reading.subnets(one["SubnetId"]);
    apply_address(reading, one["AssociatePublicIpAddress"], made);
    made.public_address = either_address(made.public_address, elastic_address(reading, item));
    apply_v6(reading, one, made);
    set_addresses(one, made);
    reading.apply_groups(made, one[launch.groups_of_interface]);
    if (!option.certain) made.least = std::nullopt;
    put_interface(reading, item, std::move(made));
  }
  if (!listed.empty()) return;
  Interface made = base;
  const Value none = absent_at(item.place());
  apply_address(reading, item["AssociatePublicIpAddress"], made);
  made.public_address = either_address(made.public_address, elastic_address(reading, item));
  apply_v6(reading, item.properties, made);
  set_addresses(item.properties, made);
  reading.apply_groups(made, launch.groups == nullptr ? none : *launch.groups);
  put_interface(reading, item, std::move(made));
}

const Value& groups_in(const Value& description, const char* by_id, const char* by_name) {
  return description[by_id].absent() ? description[by_name] : description[by_id];
}

void read_instance(Reading& reading, const Item& item) {
  Interface base = interface_for(item, role_of(item["SourceDestCheck"]));
  base.most = 1;
  if (item.certain) base.least = 1;
  base.subnets = item["SubnetId"].absent() ? std::vector<estate::SubnetId>() : reading.subnets(item["SubnetId"]);
  Launch launch{.interfaces = &item["NetworkInterfaces"],
                .groups = &groups_in(item.properties, "SecurityGroupIds", "SecurityGroups"),
                .shape = &instance_interface_shape(),
                .groups_of_interface = "GroupSet"};
  const Value& specification = item["LaunchTemplate"];
  if (!specification.absent() && launch.interfaces->absent() && launch.groups->absent()) {
    const Value* data = launch_data(reading, specification);
    if (data == nullptr) {
      put_unknown_interface(reading, item, std::move(base), "its launch template is not in the template");
      return;
    }
    launch = {.interfaces = &(*data)["NetworkInterfaces"],
              .groups = &groups_in(*data, "SecurityGroupIds", "SecurityGroups"),
              .shape = &launch_interface_shape(),
              .groups_of_interface = "Groups"};
  }
  if (base.subnets.empty() && launch.interfaces->absent()) base.subnets = reading.subnets(item["SubnetId"]);
  launch_interfaces(reading, item, base, launch);
}

std::optional<int> size_of(const Value& value) {
  const auto number = known_number(value);
  if (!number || *number < 0 || *number > 1'000'000) return std::nullopt;
  return static_cast<int>(*number);
}

void read_scaling_group(Reading& reading, const Item& item) {
  Interface base = interface_for(item, Role::Member);
  base.subnets = reading.subnets(item["VPCZoneIdentifier"]);
  base.least = item.certain ? size_of(item["MinSize"]) : std::nullopt;
  base.most = size_of(item["MaxSize"]);
  const Value& mixed = item["MixedInstancesPolicy"]["LaunchTemplate"]["LaunchTemplateSpecification"];
  const Value& specification = item["LaunchTemplate"].absent() ? mixed : item["LaunchTemplate"];
  if (const Item* old = reading.target(item["LaunchConfigurationName"], kLaunchConfiguration)) {
    Interface made = base;
    apply_address(reading, (*old)["AssociatePublicIpAddress"], made);
    apply_v6(reading, absent_at(item.place()), made);
    reading.apply_groups(made, (*old)["SecurityGroups"]);
    put_interface(reading, item, std::move(made));
    return;
  }
  for (const Option& override_of : elements_of(item["MixedInstancesPolicy"]["LaunchTemplate"]["Overrides"])) {
    const Value& own = (*override_of.value)["LaunchTemplateSpecification"];
    if (!own.absent()) reading.unknown(own.place, "a launch template of its own for some instances is not read");
  }
  const Value* data = launch_data(reading, specification);
  if (data == nullptr) {
    put_unknown_interface(reading, item, std::move(base), "how its instances are launched is not in the template");
    return;
  }
  launch_interfaces(reading, item, base,
                    {.interfaces = &(*data)["NetworkInterfaces"],
                     .groups = &groups_in(*data, "SecurityGroupIds", "SecurityGroups"),
                     .shape = &launch_interface_shape(),
                     .groups_of_interface = "Groups"});
}

/// An endpoint of a service of AWS opens nothing; what another account's may do is not known here.
bool is_of_aws(const Value& service) {
  const std::string name = words(service);
  return name.starts_with("com.amazonaws.") && name.find(".vpce.") == std::string::npos;
}

void read_endpoint(Reading& reading, const Item& item) {
  const auto kind = known_text(item["VpcEndpointType"]);
  if (item["VpcEndpointType"].absent() || kind == "Gateway") {
    reading.unknown(item.place(), "`" + item.id() +
                                      "` puts routes to a service's public addresses into route tables: which they are "
                                      "is not known");
    return;
  }
  if (is_inspecting(item)) return;
  if (kind != "Interface") {
    reading.unknown(item.place(), "`" + item.id() + "` is an endpoint of a kind that is not read");
    return;
  }
  Interface made = interface_for(item, is_of_aws(item["ServiceName"]) ? Role::Service : Role::Member);
  if (elements_of(item["SubnetIds"]).empty()) {
    reading.unknown(item.place(), "`" + item.id() + "` names no subnets: where its interfaces are is not known");
  }
  made.subnets = reading.subnets(item["SubnetIds"]);
  const Value& family = item["IpAddressType"];
  const bool ipv4 = family.absent() || known_text(family) == "ipv4";
  if (!ipv4) made.public_address_v6 = PublicAddress::Unknown;
  made.ipv4_alone = ipv4 && meets_ipv6(reading, made);
  reading.apply_groups(made, item["SecurityGroupIds"]);
  put_interface(reading, item, std::move(made));
}

/// What a balancer takes by PrivateLink is asked by no rule that is read.
void read_endpoint_service(Reading& reading, const Item& item) {
  const bool inspecting = item["NetworkLoadBalancerArns"].absent() && !item["GatewayLoadBalancerArns"].absent();
  if (inspecting) return;
  reading.unknown(item.place(), "`" + item.id() +
                                    "` lets others call a balancer by private endpoints: who does is not "
                                    "known");
}

/// Those who may put endpoints before the service, whose packets then come to what stands behind it. The account itself
/// may. (vpc/latest/privatelink/configure-endpoint-service.html, "Manage permissions".)
void read_endpoint_permissions(Reading& reading, const Item& item) {
  const Judge judge(reading);
  for (const Option& option : elements_of(item["AllowedPrincipals"])) {
    const std::string who = judge.arn_text(*option.value);
    const bool own = who.find("{account}") != std::string::npos && who.ends_with(":root");
    if (own) continue;
    reading.unknown(option.value->place, "`" + item.id() + "` lets `" + who +
                                             "` put endpoints before a service: what comes by them is not known");
  }
}

}  // namespace

bool meets_ipv6(const Reading& reading, const Interface& interface) {
  return std::any_of(interface.subnets.begin(), interface.subnets.end(),
                     [&](estate::SubnetId id) { return has_ipv6(reading, id); });
}

const Value* launch_data(const Reading& reading, const Value& specification) {
  for (const Option& option : options_of(specification)) {
    const Value& id = (*option.value)["LaunchTemplateId"];
    const Value& name = (*option.value)["LaunchTemplateName"];
    for (const Item* item : reading.of(kLaunchTemplate.name)) {
      const bool by_id = reading.target(id, kLaunchTemplate.name) == item;
      const auto said = known_text((*item)["LaunchTemplateName"]);
      const bool by_name = said && known_text(name) == said;
      if ((by_id || by_name || reading.target(name, kLaunchTemplate.name) == item) && option.certain) {
        return &(*item)["LaunchTemplateData"];
      }
    }
  }
  return nullptr;
}

Interface interface_for(const Item& item, Role role) {
  Interface made;
  made.name = item.id();
  made.stem = stem_of(item.id(), item.resource->type);
  made.role = role;
  made.place = item.place();
  return made;
}

void put_interface(Reading& reading, const Item& item, Interface interface) {
  const estate::InterfaceId id = reading.estate.interfaces.add(std::move(interface));
  reading.interfaces.emplace(item.id(), id);
}

void put_unknown_interface(Reading& reading, const Item& item, Interface interface, const std::string& why) {
  if (interface.subnets.empty()) interface.subnets = reading.subnets(absent_at(item.place()));
  interface.role = Role::Unknown;
  interface.public_address = PublicAddress::Unknown;
  interface.public_address_v6 = PublicAddress::Unknown;
  interface.lists.push_back({reading.unknown_list("security groups of " + item.id(), true, item.place())});
  reading.unknown(item.place(), "`" + item.id() + "`: " + why);
  put_interface(reading, item, std::move(interface));
}

void set_addresses(const Value& properties, Interface& interface) {
  const Value& address = properties["PrivateIpAddress"];
  if (address.absent()) return;
  const auto known = known_text(address);
  const auto parsed = known ? net::parse_address(*known) : std::nullopt;
  // One that only a deployment gives is anywhere in the subnet.
  if (parsed) interface.addresses.push_back({.base = net::host(*parsed), .part = std::nullopt});
}

void read_interfaces(Reading& reading) {
  for (const Item* item : reading.of(kLaunchTemplate.name)) {
    check_shape((*item)["LaunchTemplateData"], launch_data_shape(), reading);
  }
  for (const Item* item : reading.of(kNatGateway.name)) read_nat(reading, *item);
  for (const Item* item : reading.of(kNetworkInterface)) read_network_interface(reading, *item);
  for (const Item* item : reading.of(kInstance)) read_instance(reading, *item);
  for (const Item* item : reading.of(kAutoScalingGroup.name)) read_scaling_group(reading, *item);
  for (const Item* item : reading.of(kEndpoint)) read_endpoint(reading, *item);
  for (const Item* item : reading.of(kEndpointService.name)) read_endpoint_service(reading, *item);
  for (const Item* item : reading.of(kEndpointPermissions.name)) read_endpoint_permissions(reading, *item);
  read_services(reading);
  for (const Item* item : reading.of(kLoadBalancer.name)) read_balancer_interface(reading, *item);
  for (const Item* item : reading.of(kClassicBalancer)) read_classic_interface(reading, *item);
}

}  // namespace crenel::aws::reading
