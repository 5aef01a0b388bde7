#include "backends/aws/lift_reading.h"

#include <algorithm>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_types.h"
#include "compiler/net/prefix.h"

namespace crenel::aws::reading {
namespace {

using estate::NetworkId;
using estate::Peers;
using estate::Rule;
using estate::SubnetId;

/// Attributes that say the same as `Ref`: which resource it is.
bool names_whole(const std::string& attribute) {
  static const std::set<std::string> identifying = {"",
                                                    "Id",
                                                    "GroupId",
                                                    "VpcId",
                                                    "SubnetId",
                                                    "RouteTableId",
                                                    "InternetGatewayId",
                                                    "NatGatewayId",
                                                    "VPNGatewayId",
                                                    "VpnConnectionId",
                                                    "AllocationId",
                                                    "PublicIp",
                                                    "InstanceId",
                                                    "LaunchTemplateId",
                                                    "LoadBalancerArn",
                                                    "ListenerArn",
                                                    "TargetGroupArn",
                                                    "PrefixListId"};
  return identifying.contains(attribute);
}

Rule rule_for(Peers from, Peers to, std::string name, const Place& place) {
  return {.allow = true,
          .kinds = {any_kind()},
          .source = std::move(from),
          .destination = std::move(to),
          .place = place,
          .name = std::move(name)};
}

}  // namespace

Peers anyone() {
  Peers peers;
  peers.anyone = true;
  return peers;
}

Peers nobody_knows() {
  Peers peers;
  peers.unknown = true;
  return peers;
}

estate::Kind any_kind() { return {}; }

estate::Route unknown_route(net::Prefix destination, std::string why, const Place& place) {
  estate::Route route;
  route.destination.base = destination;
  route.target = estate::UnknownTarget{std::move(why)};
  route.place = place;
  return route;
}

Reading::Reading(const Template& read_from, Evaluator& evaluator) {
  for (const Resource& resource : read_from.resources) {
    const Truth made = evaluator.is_made(resource);
    if (made == Truth::No) continue;
    index_.emplace(resource.id, items_.size());
    by_type_[resource.type].push_back(items_.size());
    items_.push_back(
        {.resource = &resource, .properties = evaluator.properties(resource), .certain = made == Truth::Yes});
  }
}

std::vector<const Item*> Reading::of(std::string_view type) const {
  std::vector<const Item*> out;
  const auto found = by_type_.find(type);
  if (found == by_type_.end()) return out;
  out.reserve(found->second.size());
  for (const std::size_t index : found->second) out.push_back(&items_[index]);
  return out;
}

const Item* Reading::find(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &items_[found->second];
}

const Item* Reading::target(const Value& value, std::string_view type) const {
  const auto* to = value.as<Reference>();
  if (to == nullptr || !names_whole(to->attribute)) return nullptr;
  const auto found = index_.find(to->resource);
  if (found == index_.end() || items_[found->second].resource->type != type) return nullptr;
  return &items_[found->second];
}

void Reading::unknown(const Place& place, std::string what) {
  estate.unknowns.push_back({.what = std::move(what), .place = place});
}

NetworkId Reading::outside_network(const std::string& name, const Place& place) {
  if (const auto found = outside_networks_.find(name); found != outside_networks_.end()) return found->second;
  const auto space = symbol_of({"address space of " + name, false}, false, place, estate);
  const NetworkId id =
      estate.networks.add({.name = name, .spaces = {{.base = space, .part = std::nullopt}}, .place = place});
  outside_networks_.emplace(name, id);
  // Whether it has gateways, and which, stands in another template.
  estate.doors.add(
      {.network = id, .kind = estate::InternetDoor{}, .name = "Internet gateway of " + name, .place = place});
  estate::LinkDoor link;
  link.name = "links of " + name;
  link.learns = true;
  estate.doors.add({.network = id, .kind = std::move(link), .name = "links of " + name, .place = place});
  return id;
}

NetworkId Reading::network(const Value& value) {
  if (const Item* vpc = target(value, kVpc.name)) {
    if (const auto found = networks_.find(vpc->id()); found != networks_.end()) return found->second;
  }
  if (value.absent()) return outside_network("the default VPC", value.place);
  if ((value.as<Either>() || value.as<Unread>()) && !outside_networks_.contains(words(value))) {
    unknown(value.place, "which VPC this is, is not known: " + words(value));
  }
  return outside_network(words(value), value.place);
}

SubnetId Reading::outside_subnet(const std::string& name, const Value& value) {
  const std::string key = "outside " + name;
  if (const auto found = subnets_.find(key); found != subnets_.end()) return found->second;
  // One network of somebody else: then the subnet is in it. Otherwise nothing says in which.
  const NetworkId network = outside_networks_.size() == 1 ? outside_networks_.begin()->second
                                                          : outside_network("network of " + name, value.place);
  estate::RouteTable table;
  table.name = "routes of " + name;
  table.place = value.place;
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    table.routes.push_back(
        unknown_route(net::whole(family), "the routes of " + name + " are not in the template", value.place));
  }
  const auto block = symbol_of({"addresses of " + name, false}, false, value.place, estate);
  const SubnetId id = estate.subnets.add({.name = name,
                                          .network = network,
                                          .blocks = {{.base = block, .part = std::nullopt}},
                                          .routes = estate.route_tables.add(std::move(table)),
                                          .lists = {unknown_list("network ACL of " + name, false, value.place)},
                                          .nat = std::nullopt,
                                          .place = value.place});
  subnets_.emplace(key, id);
  addresses_[id] = estate::PublicAddress::Unknown;
  return id;
}

SubnetId Reading::subnet(const Value& value) {
  if (const Item* item = target(value, kSubnet.name)) {
    if (const auto found = subnets_.find(item->id()); found != subnets_.end()) return found->second;
  }
  if (value.absent()) return outside_subnet("a subnet of the default VPC", value);
  return outside_subnet(words(value), value);
}

void Reading::put_table(const std::string& id, estate::RouteTableId table, NetworkId network) {
  tables_[id] = table;
  networks_of_tables_[table] = network;
}

estate::RouteTableId Reading::table(const Value& value) {
  const Item* item = target(value, kRouteTable.name);
  const std::string key = item == nullptr ? "outside " + words(value) : item->id();
  if (const auto found = tables_.find(key); found != tables_.end()) return found->second;
  estate::RouteTable table;
  table.name = words(value);
  table.place = value.place;
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    table.routes.push_back(unknown_route(net::whole(family), "which route table this is, is not known", value.place));
  }
  const estate::RouteTableId id = estate.route_tables.add(std::move(table));
  tables_.emplace(key, id);
  return id;
}

NetworkId Reading::network_of(estate::RouteTableId table) const {
  const auto found = networks_of_tables_.find(table);
  return found == networks_of_tables_.end() ? NetworkId() : found->second;
}

std::vector<SubnetId> Reading::subnets(const Value& values) {
  std::vector<SubnetId> out;
  for (const Option& option : elements_of(values)) {
    const SubnetId id = subnet(*option.value);
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  if (out.empty()) out.push_back(outside_subnet("a subnet of the default VPC", values));
  return out;
}

estate::RuleListId Reading::unknown_list(const std::string& name, bool stateful, const Place& place) {
  estate::RuleList list;
  list.name = name;
  list.stateful = stateful;
  list.place = place;
  list.in.push_back(rule_for(nobody_knows(), anyone(), "rules of " + name, place));
  list.out.push_back(rule_for(anyone(), nobody_knows(), "rules of " + name, place));
  return estate.rule_lists.add(std::move(list));
}

Group Reading::group(const Value& value) {
  if (const Item* item = target(value, kSecurityGroup.name)) {
    if (const auto found = groups_.find(item->id()); found != groups_.end()) return found->second;
  }
  const auto* to = value.as<Reference>();
  if (to != nullptr && to->attribute == "DefaultSecurityGroup") {
    if (const auto found = networks_.find(to->resource); found != networks_.end()) return default_group(found->second);
  }
  // By its name, where the template gives it one.
  for (const Item* item : of(kSecurityGroup.name)) {
    const auto said = known_text((*item)["GroupName"]);
    if (said && known_text(value) == said && groups_.contains(item->id())) return groups_.at(item->id());
  }
  const std::string name = words(value);
  const std::string key = "outside " + name;
  if (const auto found = groups_.find(key); found != groups_.end()) return found->second;
  const Group made{.list = unknown_list(name, true, value.place),
                   .tag = estate.tags.add({.name = name, .place = value.place})};
  groups_.emplace(key, made);
  outside_tags_.insert(made.tag);
  return made;
}

Group Reading::default_group(NetworkId network) {
  if (const auto found = default_groups_.find(network); found != default_groups_.end()) return found->second;
  const estate::Network& of = estate.networks[network];
  const std::string name = "default security group of " + of.name;
  Group made;
  made.tag = estate.tags.add({.name = name, .place = of.place});
  // Of a network that another template made, that template may have changed it.
  const bool foreign = std::any_of(outside_networks_.begin(), outside_networks_.end(),
                                   [&](const auto& entry) { return entry.second == network; });
  if (foreign) {
    outside_tags_.insert(made.tag);
    made.list = unknown_list(name, true, of.place);
  } else {
    Peers itself;
    itself.tags = {made.tag};
    estate::RuleList list;
    list.name = name;
    list.place = of.place;
    list.in.push_back(rule_for(itself, anyone(), "rule of " + name, of.place));
    list.out.push_back(rule_for(anyone(), anyone(), "rule of " + name, of.place));
    made.list = estate.rule_lists.add(std::move(list));
  }
  default_groups_.emplace(network, made);
  return made;
}

void Reading::apply_groups(estate::Interface& interface, const Value& groups) {
  std::vector<estate::RuleListId> set;
  const auto add = [&](const Group& one) {
    set.push_back(one.list);
    interface.tags.push_back(one.tag);
  };
  bool certain = true;
  const std::vector<Option> listed = elements_of(groups);
  for (const Option& option : listed) {
    add(group(*option.value));
    certain = certain && option.certain;
  }
  if (listed.empty() && !interface.subnets.empty()) {
    add(default_group(estate.subnets[interface.subnets.front()].network));
  }
  if (!certain) {
    // Which of them it carries is only known when the template is deployed: neither its rules nor who may name it.
    set = {unknown_list("security groups of " + interface.name, true, groups.place)};
    unknown(groups.place, "which security groups `" + interface.name + "` carries depends on a condition");
  }
  interface.lists.push_back(std::move(set));
}

estate::PublicAddress Reading::default_address(const std::vector<SubnetId>& subnets) const {
  std::set<estate::PublicAddress> said;
  for (const SubnetId id : subnets) {
    const auto found = addresses_.find(id);
    said.insert(found == addresses_.end() ? estate::PublicAddress::Unknown : found->second);
  }
  return said.size() == 1 ? *said.begin() : estate::PublicAddress::Unknown;
}

}  // namespace crenel::aws::reading
