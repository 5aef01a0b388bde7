#include <algorithm>
#include <set>

#include "backends/azure/lift_context.h"
#include "backends/azure/lift_rules.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"
#include "compiler/net/prefix.h"

/// Interfaces of machines: of scale sets, on their own, and of private endpoints.
namespace crenel::azure::lifting {
namespace {

using estate::Interface;
using estate::PublicAddress;

struct Count {
  std::optional<int> least;
  std::optional<int> most;
};

struct Spec {
  std::string name;
  std::string stem;
  View properties;  ///< of the interface
  Count count;
  Place place;
  ResourceId of;  ///< the resource whose interface it is
};

estate::RuleList open_list(std::string name, const Place& place) {
  const estate::Rule rule{
      .allow = true, .kinds = {{}}, .source = anyone(), .destination = anyone(), .place = place, .name = name};
  return {.name = std::move(name), .stateful = true, .in = {rule}, .out = {rule}, .place = place};
}

struct AddressFound {
  PublicAddress address = PublicAddress::No;
  bool standard = false;
  bool is_v6 = false;
};

bool is_standard(const View& sku) { return sku.at("name").says("Standard") || sku.at("name").says("StandardV2"); }

AddressFound public_address(Context& context, const View& configuration) {
  AddressFound out;
  if (const View made = configuration.at("publicIPAddressConfiguration")) {
    out.address = made.open() ? PublicAddress::Unknown : PublicAddress::Yes;
    out.standard = is_standard(made.at("sku"));
    out.is_v6 = made.at("properties").at("publicIPAddressVersion").says("IPv6");
  }
  const View reference = configuration.at("publicIPAddress");
  if (!reference) return out;
  const auto id = reference.id();
  const Resource* resource = id ? context.find(*id) : nullptr;
  out.address = referred_address(context, reference);
  out.standard = resource != nullptr && is_standard(view_of(*resource, "sku"));
  out.is_v6 = resource != nullptr && properties_of(*resource).at("publicIPAddressVersion").says("IPv6");
  return out;
}

void check_configuration(Context& context, const View& properties) {
  context.check(properties, "IP configuration",
                {"subnet", "applicationSecurityGroups", "loadBalancerBackendAddressPools",
                 "applicationGatewayBackendAddressPools", "publicIPAddressConfiguration", "publicIPAddress",
                 "loadBalancerInboundNatRules", "loadBalancerInboundNatPools"},
                {"primary", "privateIPAddress", "privateIPAllocationMethod", "privateIPAddressVersion",
                 "privateIPAddressPrefixLength", "privateLinkConnectionProperties"});
}

void join(Context& context, const View& configuration, InterfaceId id) {
  for (const char* pools : {"loadBalancerBackendAddressPools", "applicationGatewayBackendAddressPools",
                            "loadBalancerInboundNatRules", "loadBalancerInboundNatPools"}) {
    const View list = configuration.at(pools);
    if (list && list.value().list() == nullptr)
      context.unknown("the balancers of an interface cannot be read", list.place());
    for (const View& each : list.elements()) {
      const auto pool = each.id();
      if (!pool) {
        context.unknown("a balancer's pool cannot be read", each.place());
        continue;
      }
      const View version = configuration.at("privateIPAddressVersion");
      if (version && !version.says("IPv4")) context.ipv6_pools.insert(pool->key());
      std::vector<InterfaceId>& members = context.pools[pool->key()];
      if (std::find(members.begin(), members.end(), id) == members.end()) members.push_back(id);
    }
  }
}

void add_tags(Context& context, const View& configuration, Interface& to) {
  const View groups = configuration.at("applicationSecurityGroups");
  if (groups && groups.value().list() == nullptr) {
    context.unknown("the application security groups of an interface cannot be read", groups.place());
  }
  for (const View& each : groups.elements()) {
    const auto id = each.id();
    if (!id) {
      context.unknown("an application security group of an interface cannot be read", each.place());
      continue;
    }
    auto found = context.tags.find(id->key());
    if (found == context.tags.end()) {
      found =
          context.tags.emplace(id->key(), context.estate.tags.add({.name = id->name(), .place = each.place()})).first;
    }
    if (std::find(to.tags.begin(), to.tags.end(), found->second) == to.tags.end()) to.tags.push_back(found->second);
  }
}

/// "IPv6 for Azure Virtual Network": an interface has IPv6 by a configuration of that version.
bool takes_ipv6(Context& context, const View& configuration) {
  const View version = configuration.at("privateIPAddressVersion");
  if (version.open()) context.unknown("of which family a configuration is, is not known", version.place());
  return version && !version.says("IPv4");
}

/// All configurations of an interface are in the same groups; the provider refuses others.
void check_same_groups(Context& context, const Spec& spec, const std::vector<View>& configurations) {
  std::optional<std::set<std::string>> first;
  for (const View& each : configurations) {
    std::set<std::string> groups;
    for (const View& group : each.at("applicationSecurityGroups").elements()) {
      const auto id = group.id();
      groups.insert(id ? id->key() : group.text());
    }
    if (first && *first != groups) {
      context.unknown("the configurations of `" + spec.name + "` are in different application security groups",
                      each.place());
    }
    first = std::move(groups);
  }
}

/// An address that the template fixes.
void add_address(const View& configuration, Interface& to) {
  const View address = configuration.at("privateIPAddress");
  if (!address || address.value().text() == nullptr || !configuration.at("privateIPAllocationMethod").says("Static"))
    return;
  if (const auto known = net::parse_address(*address.value().text())) {
    to.addresses.push_back({.base = net::host(*known), .part = {}});
  }
}

void add_list(Context& context, const Spec& spec, const SubnetInfo& subnet, Interface& to) {
  const View reference = spec.properties.at("networkSecurityGroup");
  if (!reference) return;
  const auto id = reference.id();
  if (!id) {
    context.unknown("the security group of `" + spec.name + "` cannot be read", reference.place());
    return;
  }
  const auto list = rule_list(context, *id, subnet, reference.place());
  if (list) to.lists.push_back({*list});
}

void add_interface(Context& context, const Spec& spec) {
  Interface made;
  made.name = spec.name;
  made.stem = spec.stem;
  made.least = spec.count.least;
  made.most = spec.count.most;
  made.place = spec.place;
  context.check(spec.properties, "network interface",
                {"ipConfigurations", "networkSecurityGroup", "disableTcpStateTracking", "enableIPForwarding"},
                {"primary", "enableAcceleratedNetworking", "enableFpga", "dnsSettings", "deleteOption",
                 "networkSecurityGroupAssociation", "nicType", "auxiliaryMode", "auxiliarySku", "workloadType",
                 "macAddress", "migrationPhase", "virtualMachine", "hostedWorkloads", "tapConfigurations",
                 "vnetEncryptionSupported", "defaultOutboundConnectivityEnabled"});
  const View untracked = spec.properties.at("disableTcpStateTracking");
  if (untracked && untracked.truth() != std::optional(false)) {
    context.unknown("an interface whose rules do not remember conversations is not read", untracked.place());
  }
  // "Enable or disable IP forwarding": without it Azure drops what is for others
  const View forwards = spec.properties.at("enableIPForwarding");
  if (forwards && forwards.truth() == std::optional(true)) made.role = estate::Role::Appliance;
  bool standard = false;
  const SubnetInfo* first = nullptr;
  std::vector<View> configurations;
  for (const View& each : spec.properties.at("ipConfigurations").elements()) {
    const View configuration = each.at("properties");
    configurations.push_back(configuration);
    check_configuration(context, configuration);
    const auto subnet = configuration.at("subnet").id();
    if (!subnet) {
      context.unknown("the subnet of `" + spec.name + "` cannot be read", each.place());
      continue;
    }
    SubnetInfo& info = subnet_of(context, *subnet, configuration.at("subnet").place());
    if (std::find(made.subnets.begin(), made.subnets.end(), info.id) == made.subnets.end())
      made.subnets.push_back(info.id);
    if (first == nullptr) first = &info;
    add_tags(context, configuration, made);
    add_address(configuration, made);
    const AddressFound found = public_address(context, configuration);
    if (found.address == PublicAddress::No) continue;
    standard = found.standard;
    PublicAddress& which = found.is_v6 ? made.public_address_v6 : made.public_address;
    if (which != PublicAddress::Yes) which = found.address;
  }
  if (first == nullptr) {
    context.unknown("network interface `" + spec.name + "` is in no subnet that can be read", spec.place);
    return;
  }
  if (made.subnets.size() > 1) {
    // "IPConfigurations on a Nic cannot belong to different subnets", as Azure is quoted in
    // github.com/Azure/azure-sdk-for-java/issues/1865, checked 2026-11-27.
    context.unknown("`" + spec.name + "` has its addresses in several subnets, which Azure refuses", spec.place);
  }
  if (made.addresses.size() != configurations.size()) made.addresses.clear();
  check_same_groups(context, spec, configurations);
  const auto is_second = [&](const View& each) { return takes_ipv6(context, each); };
  made.ipv4_alone = std::none_of(configurations.begin(), configurations.end(), is_second) && meets_ipv6(context, made);
  add_list(context, spec, *first, made);
  const InterfaceId id = context.estate.interfaces.add(std::move(made));
  context.interfaces_of[spec.of.key()].push_back(id);
  if (standard) close_to_internet(context, id);
  for (const View& each : configurations) {
    join(context, each, id);
    note_hop(context, each, id);
  }
}

// ---- scale sets

Count autoscaled(const Context& context, const Resource& set) {
  Count out;
  for (const Resource* each : context.all(kAutoscale.name)) {
    const View properties = properties_of(*each);
    const View target =
        properties.at("targetResourceUri") ? properties.at("targetResourceUri") : properties.at("targetResourceId");
    const auto id = target.id();
    if (!id || id->key() != set.id.key()) continue;
    const View profiles = properties.at("profiles");
    if (profiles && profiles.value().list() == nullptr) return {};
    for (const View& profile : profiles.elements()) {
      const auto least = profile.at("capacity").at("minimum").number();
      const auto most = profile.at("capacity").at("maximum").number();
      if (!least || !most) return {};
      out.least = std::min(out.least.value_or(static_cast<int>(*least)), static_cast<int>(*least));
      out.most = std::max(out.most.value_or(static_cast<int>(*most)), static_cast<int>(*most));
    }
  }
  return out;
}

/// A number that is known, or the bounds of the parameter that gives it.
Count bounds_of(const Context& context, const View& value) {
  constexpr std::int64_t kMost = 100'000;
  const auto small = [](std::optional<std::int64_t> number) {
    return number && *number >= 0 && *number < kMost ? std::optional(static_cast<int>(*number)) : std::nullopt;
  };
  if (const auto known = small(value.number())) return {.least = known, .most = known};
  const Open* open = value ? value.value().open() : nullptr;
  const Given* given = open == nullptr ? nullptr : std::get_if<Given>(&open->meaning);
  const document::Entry* entry =
      given == nullptr ? nullptr : find_entry(find_member(context.root, "parameters"), given->parameter);
  if (entry == nullptr) return {};
  const auto bound = [&](std::string_view name) {
    const document::Node* node = find_member(entry->value, name);
    return node == nullptr ? std::nullopt : small(document::as_integer(*node));
  };
  return {.least = bound("minValue"), .most = bound("maxValue")};
}

Count count_of(const Context& context, const Resource& set) {
  Count out = autoscaled(context, set);
  if (!out.most) out = bounds_of(context, view_of(set, "sku").at("capacity"));
  if (set.presence == Presence::Open) out.least = 0;
  if (set.repeated) out = {};
  return out;
}

/// The interfaces in a profile of a scale set or a machine.
void add_profile(Context& context, const Resource& resource, const View& profile, const Count& count) {
  const std::vector<View> interfaces = profile.at("networkInterfaceConfigurations").elements();
  const std::string name = resource.id.name();
  for (const View& each : interfaces) {
    const std::string own = each.at("name").text();
    Spec spec{.name = name,
              .stem = stem_of(name, {"ScaleSet"}),
              .properties = each.at("properties"),
              .count = count,
              .place = each.place(),
              .of = resource.id};
    // a member is one end only where it has one interface
    if (interfaces.size() > 1) {
      spec.name += "/" + own;
      spec.stem += "/" + own;
    }
    add_interface(context, spec);
  }
}

void add_scale_set(Context& context, const Resource& resource) {
  const View profile = properties_of(resource).at("virtualMachineProfile").at("networkProfile");
  context.check(profile, "network profile", {"networkInterfaceConfigurations"}, {"healthProbe", "networkApiVersion"});
  if (profile.at("networkInterfaceConfigurations").elements().empty()) {
    context.unknown("scale set `" + resource.id.name() + "` has no interfaces that can be read", resource.place);
  }
  add_profile(context, resource, profile, count_of(context, resource));
}

void add_machine(Context& context, const Resource& resource) {
  const View profile = properties_of(resource).at("networkProfile");
  context.check(profile, "network profile", {"networkInterfaces", "networkInterfaceConfigurations"},
                {"networkApiVersion"});
  const Count one{.least = resource.presence == Presence::Open || resource.repeated ? 0 : 1,
                  .most = resource.repeated ? std::nullopt : std::optional(1)};
  add_profile(context, resource, profile, one);
  for (const View& each : profile.at("networkInterfaces").elements()) {
    const auto id = each.id();
    const Resource* found = id ? context.find(*id) : nullptr;
    if (found == nullptr || found->existing) {
      context.unknown("an interface of machine `" + resource.id.name() + "` is not in this template", each.place());
      continue;
    }
    for (const InterfaceId own : context.interfaces_of[found->id.key()]) {
      context.interfaces_of[resource.id.key()].push_back(own);
    }
  }
}

// ---- private endpoints

void add_endpoint(Context& context, const Resource& resource) {
  const View properties = properties_of(resource);
  context.check(properties, "private endpoint", {"subnet", "applicationSecurityGroups"},
                {"privateLinkServiceConnections", "manualPrivateLinkServiceConnections", "customDnsConfigs",
                 "ipConfigurations", "customNetworkInterfaceName", "networkInterfaces", "ipVersionType"});
  const auto subnet_id = properties.at("subnet").id();
  if (!subnet_id) return context.unknown("the subnet of an endpoint cannot be read", resource.place);
  SubnetInfo& info = subnet_of(context, *subnet_id, resource.place);
  const View policies = info.properties.at("privateEndpointNetworkPolicies");
  const bool filtered = policies.says("Enabled") || policies.says("NetworkSecurityGroupEnabled");
  if (policies.open())
    context.unknown("whether rules hold for the endpoints of a subnet is not known", policies.place());
  // "Manage network policies for private endpoints": without them the subnet's rules do not concern its endpoints
  if (!filtered && !info.without_lists) {
    estate::Subnet bare = context.estate.subnets[info.id];
    bare.name += " without its rules";
    bare.lists.clear();
    info.without_lists = context.estate.subnets.add(std::move(bare));
  }
  // an endpoint takes conversations and opens none
  estate::RuleList takes = open_list("a private endpoint opens nothing", resource.place);
  takes.out.clear();
  Interface made;
  made.name = resource.id.name();
  made.stem = stem_of(made.name, {"Endpoint"});
  made.role = estate::Role::Service;
  made.subnets = {filtered ? info.id : *info.without_lists};
  made.lists.push_back({context.estate.rule_lists.add(std::move(takes))});
  made.least = resource.presence == Presence::Open || resource.repeated ? 0 : 1;
  if (!resource.repeated) made.most = 1;
  made.place = resource.place;
  add_tags(context, properties, made);
  const View family = properties.at("ipVersionType");
  made.ipv4_alone = (!family || family.says("IPv4")) && meets_ipv6(context, made);
  context.interfaces_of[resource.id.key()].push_back(context.estate.interfaces.add(std::move(made)));
}

void count_members(const Value& value, std::map<std::string, std::size_t>& to) {
  if (const List* list = value.list()) {
    for (const Value& each : *list) count_members(each, to);
  }
  if (value.fields() == nullptr) return;
  for (const Field& each : *value.fields()) {
    if (!same_word(each.name, "applicationSecurityGroups") || each.value.list() == nullptr) {
      count_members(each.value, to);
      continue;
    }
    for (const Value& group : *each.value.list()) {
      if (const auto id = id_of(group)) ++to[id->key()];
    }
  }
}

}  // namespace

estate::PublicAddress referred_address(const Context& context, const View& reference) {
  if (!reference) return PublicAddress::No;
  const auto id = reference.id();
  const Resource* resource = id ? context.find(*id) : nullptr;
  const bool sure = resource != nullptr && resource->presence == Presence::Sure;
  return sure ? PublicAddress::Yes : PublicAddress::Unknown;
}

void close_to_internet(Context& context, InterfaceId id) {
  Interface& to = context.estate.interfaces[id];
  if (!to.lists.empty() || to.subnets.empty()) return;
  for (const SubnetId each : to.subnets) {
    if (!context.estate.subnets[each].lists.empty()) return;
  }
  // "Public IP addresses", "Azure Load Balancer overview": a standard one is closed until a security group opens it
  estate::RuleList list = open_list("no security group: closed to the Internet", to.place);
  TagMeaning meaning;
  for (const auto& [key, info] : context.subnets) {
    if (info.id == to.subnets.front()) meaning = tag_meaning(context, info);
  }
  estate::Rule closed = list.in.front();
  closed.allow = false;
  closed.source = internet(meaning);
  list.in.insert(list.in.begin(), std::move(closed));
  to.lists.push_back({context.estate.rule_lists.add(std::move(list))});
}

void count_tag_members(Context& context) {
  for (const std::string_view type : {kInterfaceType, kMachineType, kPrivateEndpointType, kScaleSet.name}) {
    for (const Resource* each : context.all(type)) count_members(each->body, context.tag_members);
  }
}

void lift_interfaces(Context& context) {
  for (const Resource* each : context.all(kScaleSet.name)) add_scale_set(context, *each);
  for (const Resource* each : context.all(kInterfaceType)) {
    const Count one{.least = each->presence == Presence::Open || each->repeated ? 0 : 1,
                    .most = each->repeated ? std::nullopt : std::optional(1)};
    const std::string name = each->id.name();
    add_interface(context, {.name = name,
                            .stem = stem_of(name, {"Interface"}),
                            .properties = properties_of(*each),
                            .count = one,
                            .place = each->place,
                            .of = each->id});
  }
  for (const Resource* each : context.all(kMachineType)) add_machine(context, *each);
  for (const Resource* each : context.all(kPrivateEndpointType)) add_endpoint(context, *each);
}

}  // namespace crenel::azure::lifting
