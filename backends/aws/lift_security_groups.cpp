#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_kinds.h"
#include "backends/aws/lift_reading.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Peers;
using estate::Rule;

/// The names of a direction's properties.
struct Direction {
  bool in = true;
  const char* inside;     ///< of the rules inside a group
  std::string_view type;  ///< of the rules beside it
  const char* group;
  const char* prefix_list;
};
constexpr Direction kIn{.in = true,
                        .inside = "SecurityGroupIngress",
                        .type = kSecurityGroupIngress.name,
                        .group = "SourceSecurityGroupId",
                        .prefix_list = "SourcePrefixListId"};
constexpr Direction kOut{.in = false,
                         .inside = "SecurityGroupEgress",
                         .type = kSecurityGroupEgress.name,
                         .group = "DestinationSecurityGroupId",
                         .prefix_list = "DestinationPrefixListId"};

struct ReadPeers {
  Peers peers;
  bool named = false;  // the rule names somebody
  bool certain = true;
};

void add_block(Reading& reading, const Value& value, bool certain, Peers& peers) {
  const auto block = block_of(value, reading.estate);
  if (!block) {
    peers.unknown = true;
  } else if (!holds_nobody(*block)) {
    (certain ? peers.blocks : peers.perhaps).push_back(*block);
  }
}

void add_group(Reading& reading, const Value& value, ReadPeers& read) {
  read.named = true;
  for (const Option& option : options_of(value)) {
    const Group group = reading.group(*option.value);
    // Of a group that another template made, it is not known who carries it.
    const bool ours = reading.is_ours(group.tag);
    if (option.certain && ours) {
      read.peers.tags.push_back(group.tag);
    } else {
      read.peers.unknown = true;
    }
  }
}

void add_prefix_list(Reading& reading, const Value& value, Peers& peers) {
  const Item* list = reading.target(value, kPrefixList);
  if (list == nullptr) {
    peers.unknown = true;
    return;
  }
  for (const Option& entry : elements_of((*list)["Entries"])) {
    add_block(reading, (*entry.value)["Cidr"], entry.certain && list->certain, peers);
  }
}

ReadPeers peers_of(Reading& reading, const Value& rule, const Direction& direction) {
  ReadPeers read;
  for (const char* name : {"CidrIp", "CidrIpv6"}) {
    for (const Option& option : options_of(rule[name])) {
      read.named = true;
      add_block(reading, *option.value, option.certain, read.peers);
    }
  }
  if (!rule[direction.group].absent()) add_group(reading, rule[direction.group], read);
  if (direction.in && !rule["SourceSecurityGroupName"].absent()) {
    add_group(reading, rule["SourceSecurityGroupName"], read);
  }
  if (direction.in && !rule["SourceSecurityGroupOwnerId"].absent()) {
    read.peers.unknown = read.peers.unknown || read.peers.tags.empty();
  }
  if (!rule[direction.prefix_list].absent()) {
    read.named = true;
    add_prefix_list(reading, rule[direction.prefix_list], read.peers);
  }
  return read;
}

bool is_empty(const Peers& peers) {
  return !peers.anyone && peers.blocks.empty() && peers.tags.empty() && peers.perhaps.empty() && !peers.unknown;
}

/// Puts one rule into its list, as far as it admits anything.
void add_rule(Reading& reading, const Value& rule, bool certain, const Direction& direction, std::string name,
              estate::RuleList& list) {
  Rule made;
  made.place = rule.place;
  made.name = std::move(name);
  Peers peers;
  if (rule.as<Object>() == nullptr) {
    made.kinds = {any_kind()};
    peers.unknown = true;
  } else {
    const Kinds kinds = group_kinds(rule);
    ReadPeers read = peers_of(reading, rule, direction);
    if (!read.named) {
      reading.unknown(rule.place, made.name + " names nobody: the stack is made, and the rule is not");
      return;
    }
    if (!certain || !kinds.certain) weaken(read.peers);
    if (is_empty(read.peers) || kinds.kinds.empty()) return;
    made.kinds = kinds.kinds;
    peers = std::move(read.peers);
  }
  made.source = direction.in ? peers : anyone();
  made.destination = direction.in ? anyone() : peers;
  (direction.in ? list.in : list.out).push_back(std::move(made));
}

void add_inside_rules(Reading& reading, const Item& item, const Direction& direction, estate::RuleList& list) {
  const Shape& shape = direction.in ? ingress_rule_shape() : egress_rule_shape();
  std::size_t number = 0;
  for (const Option& option : elements_of(item[direction.inside])) {
    check_shape(*option.value, shape, reading);
    const std::string name =
        (direction.in ? "inbound rule " : "outbound rule ") + std::to_string(++number) + " of " + item.id();
    add_rule(reading, *option.value, option.certain, direction, name, list);
  }
}

/// What stands beside the groups, by the list that it goes to.
void add_rules_beside(Reading& reading, const Direction& direction) {
  for (const Item* item : reading.of(direction.type)) {
    const Value& owner = (*item)["GroupId"].absent() ? (*item)["GroupName"] : (*item)["GroupId"];
    const std::vector<Option> owners = options_of(owner);
    if (owners.empty()) reading.unknown(item->place(), "`" + item->id() + "` belongs to no security group");
    for (const Option& option : owners) {
      const Group group = reading.group(*option.value);
      // Read by itself first: reading a rule may add lists to the table.
      estate::RuleList read;
      add_rule(reading, item->properties, item->certain && option.certain, direction, item->id(), read);
      estate::RuleList& list = reading.estate.rule_lists[group.list];
      std::move(read.in.begin(), read.in.end(), std::back_inserter(list.in));
      std::move(read.out.begin(), read.out.end(), std::back_inserter(list.out));
    }
  }
}

/// The groups for which an egress rule stands beside them: `No` where one surely does, `Open` where one may.
std::map<const Item*, Truth> groups_with_egress_beside(const Reading& reading) {
  std::map<const Item*, Truth> out;
  for (const Item* rule : reading.of(kOut.type)) {
    for (const Option& option : options_of((*rule)["GroupId"])) {
      const Item* group = reading.target(*option.value, kSecurityGroup.name);
      if (group == nullptr) continue;
      const auto known = out.emplace(group, Truth::Open).first;
      if (option.certain && rule->certain) known->second = Truth::No;
    }
  }
  return out;
}

/// Whether a group is given the rule that allows everything outward: yes where no egress rule is given, inside or
/// beside it (template reference, resource type SecurityGroup).
Truth has_default_egress(const Item& item, const std::map<const Item*, Truth>& beside) {
  const auto found = beside.find(&item);
  Truth truth = found == beside.end() ? Truth::Yes : found->second;
  for (const Option& option : elements_of(item[kOut.inside])) {
    if (option.certain && option.value->as<Object>()) return Truth::No;
    truth = truth == Truth::No ? Truth::No : Truth::Open;
  }
  return truth;
}

void add_default_egress(const Item& item, Truth truth, estate::RuleList& list) {
  if (truth == Truth::No) return;
  Rule rule;
  rule.kinds = {any_kind()};
  rule.source = anyone();
  rule.destination = truth == Truth::Yes ? anyone() : nobody_knows();
  rule.place = item.place();
  rule.name = "default outbound rule of " + item.id();
  list.out.push_back(std::move(rule));
}

}  // namespace

void read_security_groups(Reading& reading) {
  const std::vector<const Item*> items = reading.of(kSecurityGroup.name);
  for (const Item* item : items) {
    estate::RuleList list;
    list.name = item->id();
    list.place = item->place();
    const Group group{.list = reading.estate.rule_lists.add(std::move(list)),
                      .tag = reading.estate.tags.add({.name = item->id(), .place = item->place()})};
    reading.put_group(item->id(), group);
  }
  const std::map<const Item*, Truth> egress_beside = groups_with_egress_beside(reading);
  for (const Item* item : items) {
    const estate::RuleListId id = reading.group_of(*item).list;
    estate::RuleList list = reading.estate.rule_lists[id];
    add_inside_rules(reading, *item, kIn, list);
    add_inside_rules(reading, *item, kOut, list);
    add_default_egress(*item, has_default_egress(*item, egress_beside), list);
    reading.estate.rule_lists[id] = std::move(list);
  }
  add_rules_beside(reading, kIn);
  add_rules_beside(reading, kOut);
}

}  // namespace crenel::aws::reading
