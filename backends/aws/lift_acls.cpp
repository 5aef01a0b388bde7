#include "backends/aws/lift_acls.h"

#include <algorithm>
#include <utility>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_kinds.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Peers;
using estate::Rule;
using estate::RuleListId;

constexpr std::int64_t kDefaultNumber = 100;  // of what the default list allows
constexpr const char* kDefaultList = "DefaultNetworkAcl";

struct Entry {
  std::optional<std::int64_t> number;
  bool certain = true;
  std::vector<Rule> rules;  // one, or what it may be
};

/// The entries of one list that go one way.
using Entries = std::vector<Entry>;

struct Draft {
  std::string name;
  Place place;
  Entries in;
  Entries out;
};

Peers peers_of(Reading& reading, const Item& item) {
  Peers peers;
  for (const char* name : {"CidrBlock", "Ipv6CidrBlock"}) {
    for (const Option& option : options_of(item[name])) {
      const auto block = block_of(*option.value, reading.estate);
      peers.unknown = peers.unknown || !block;
      if (block) (option.certain ? peers.blocks : peers.perhaps).push_back(*block);
    }
  }
  if (peers.blocks.empty() && peers.perhaps.empty()) peers.unknown = true;
  return peers;
}

std::optional<bool> is_allow(const Value& action) {
  const auto text = known_text(action);
  if (text == "allow") return true;
  if (text == "deny") return false;
  return std::nullopt;
}

Entry entry_of(Reading& reading, const Item& item, bool out) {
  const Kinds kinds = acl_kinds(item.properties);
  const auto allow = is_allow(item["RuleAction"]);
  Entry entry;
  entry.number = known_number(item["RuleNumber"]);
  entry.certain = item.certain && kinds.certain && allow.has_value() && entry.number.has_value();
  Peers peers = peers_of(reading, item);
  if (!entry.certain) weaken(peers);
  for (const bool verdict : {true, false}) {
    if (allow && *allow != verdict) continue;
    Rule rule;
    rule.allow = verdict;
    rule.kinds = kinds.kinds;
    rule.source = out ? anyone() : peers;
    rule.destination = out ? peers : anyone();
    rule.place = item.place();
    rule.name = entry.number ? "entry " + std::to_string(*entry.number) : "entry of " + item.id();
    entry.rules.push_back(std::move(rule));
  }
  return entry;
}

/// By number. An entry whose number is not known may decide before all others, or not.
std::vector<Rule> in_order(Reading& reading, Entries entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.number.value_or(0) < b.number.value_or(0); });
  std::vector<Rule> out;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && entries[i].number && entries[i].number == entries[i - 1].number) {
      reading.unknown(entries[i].rules.front().place, "two entries of one network ACL have the number " +
                                                          std::to_string(*entries[i].number) +
                                                          ": EC2 refuses the second");
    }
    for (Rule& rule : entries[i].rules) out.push_back(std::move(rule));
  }
  return out;
}

RuleListId finish(Reading& reading, Draft list) {
  estate::RuleList made;
  made.name = std::move(list.name);
  made.stateful = false;
  made.place = list.place;
  made.in = in_order(reading, std::move(list.in));
  made.out = in_order(reading, std::move(list.out));
  return reading.estate.rule_lists.add(std::move(made));
}

void add_entry(Reading& reading, const Item& item, Draft& list) {
  // Absent: inwards.
  const auto out = item["Egress"].absent() ? std::optional(false) : known_flag(item["Egress"]);
  if (!out) {
    reading.unknown(item.place(), "whether `" + item.id() + "` is for packets inwards or outwards is not known");
    return;
  }
  (*out ? list.out : list.in).push_back(entry_of(reading, item, *out));
}

void add_default_entries(Draft& list) {
  for (const bool out : {false, true}) {
    Entry entry;
    entry.number = kDefaultNumber;
    Rule rule;
    rule.kinds = {any_kind()};
    rule.source = anyone();
    rule.destination = anyone();
    rule.place = list.place;
    rule.name = "entry " + std::to_string(kDefaultNumber);
    entry.rules.push_back(std::move(rule));
    (out ? list.out : list.in).push_back(std::move(entry));
  }
}

bool is_default_list(const Value& value, const estate::Network& network) {
  const auto* to = value.as<Reference>();
  return to != nullptr && to->attribute == kDefaultList && to->resource == network.name;
}

}  // namespace

std::map<std::string, std::vector<RuleListId>> read_acls(Reading& reading) {
  std::map<std::string, Draft> lists;
  for (const Item* acl : reading.of(kNetworkAcl.name)) {
    lists[acl->id()] = {.name = acl->id(), .place = acl->place(), .in = {}, .out = {}};
  }
  for (const Item* entry : reading.of(kNetworkAclEntry.name)) {
    const Value& owner = (*entry)["NetworkAclId"];
    const auto* to = owner.as<Reference>();
    if (const Item* acl = reading.target(owner, kNetworkAcl.name)) {
      add_entry(reading, *entry, lists[acl->id()]);
    } else if (to == nullptr || to->attribute != kDefaultList) {
      reading.unknown(entry->place(), "`" + entry->id() + "` belongs to a network ACL that is not in the template");
    }
  }
  std::map<std::string, RuleListId> ids;
  for (const Item* acl : reading.of(kNetworkAcl.name)) {
    ids.emplace(acl->id(), finish(reading, std::move(lists[acl->id()])));
  }
  std::map<std::string, std::vector<RuleListId>> out;
  for (const Item* item : reading.of(kNetworkAclAssociation.name)) {
    const Item* subnet = reading.target((*item)["SubnetId"], kSubnet.name);
    if (subnet == nullptr) {
      reading.unknown(item->place(),
                      "`" + item->id() + "` gives a network ACL to a subnet that is not in the template");
      continue;
    }
    const Item* acl = reading.target((*item)["NetworkAclId"], kNetworkAcl.name);
    if ((*item)["NetworkAclId"].absent()) {
      reading.unknown(item->place(), "`" + item->id() + "` names no network ACL");
    }
    if (acl != nullptr && reading.network((*acl)["VpcId"]) != reading.network((*subnet)["VpcId"])) {
      // vpc/latest/userguide/vpc-network-acls.html: a list serves subnets of its own VPC
      reading.unknown(item->place(), "`" + item->id() + "` gives `" + subnet->id() +
                                         "` the network ACL of another network: EC2 refuses it");
    }
    if (acl != nullptr && item->certain && !out.contains(subnet->id())) {
      out[subnet->id()] = {ids.at(acl->id())};
    } else {
      out[subnet->id()] = {reading.unknown_list("network ACL of " + subnet->id(), false, item->place())};
    }
  }
  return out;
}

std::optional<RuleListId> default_acl(Reading& reading, estate::NetworkId network) {
  const estate::Network& of = reading.estate.networks[network];
  for (const auto id : reading.estate.rule_lists.ids()) {
    if (reading.estate.rule_lists[id].name == "default network ACL of " + of.name) return id;
  }
  Draft list{.name = "default network ACL of " + of.name, .place = of.place, .in = {}, .out = {}};
  bool touched = false;
  for (const Item* entry : reading.of(kNetworkAclEntry.name)) {
    if (!is_default_list((*entry)["NetworkAclId"], of)) continue;
    add_entry(reading, *entry, list);
    touched = true;
  }
  if (!touched) return std::nullopt;
  add_default_entries(list);
  return finish(reading, std::move(list));
}

}  // namespace crenel::aws::reading
