#include <algorithm>

#include "backends/azure/lift_rules.h"
#include "backends/azure/resource_types.h"

/// Security groups as lists of rules.
namespace crenel::azure::lifting {
namespace {

using estate::Rule;
using estate::RuleList;

constexpr std::string_view kRules = "securityRules";
constexpr std::int64_t kBeforeAll = -1;

struct Ordered {
  std::int64_t priority;
  Rule rule;
};

Rule default_rule(bool allow, estate::Peers source, estate::Peers destination, int number, const Place& place) {
  return {.allow = allow,
          .kinds = {{}},
          .source = std::move(source),
          .destination = std::move(destination),
          .place = place,
          .name = "default rule " + std::to_string(number)};
}

/// "Network security groups overview", "Default security rules".
void add_defaults(RuleList& list, const TagMeaning& meaning) {
  estate::Peers platform;
  platform.platform = true;
  const auto network = [&] { return virtual_network(meaning); };
  list.in.push_back(default_rule(true, network(), network(), 65000, list.place));
  list.in.push_back(default_rule(true, platform, anyone(), 65001, list.place));
  list.in.push_back(default_rule(false, anyone(), anyone(), 65500, list.place));
  list.out.push_back(default_rule(true, network(), network(), 65000, list.place));
  list.out.push_back(default_rule(true, anyone(), internet(meaning), 65001, list.place));
  list.out.push_back(default_rule(false, anyone(), anyone(), 65500, list.place));
}

class ListReader {
 public:
  ListReader(Context& context, const Resource& group, const TagMeaning& meaning)
      : context_(context), group_(group), meaning_(meaning) {}

  RuleList read(std::string name) {
    RuleList list{.name = std::move(name), .stateful = true, .in = {}, .out = {}, .place = group_.place};
    const View properties = properties_of(group_);
    context_.check(properties, "security group", {kRules},
                   {"flushConnection", "defaultSecurityRules", "networkInterfaces", "subnets", "flowLogs"});
    const View rules = properties.at(kRules);
    if (rules && rules.value().list() == nullptr) add_unknown(rules.place());
    for (const View& each : rules.elements()) add(each.at("properties"), each.at("name").text(), each.place(), true);
    for (const Resource* each : context_.all(std::string(kNetworkSecurityGroup.name) + "/" + std::string(kRules))) {
      const auto parent = each->id.parent();
      if (!parent || parent->key() != group_.id.key()) continue;
      const bool sure = each->presence == Presence::Sure && !each->repeated;
      add(properties_of(*each), each->id.names.back(), each->place, sure);
    }
    put(in_, list.in, "inbound");
    put(out_, list.out, "outbound");
    add_defaults(list, meaning_);
    return list;
  }

 private:
  void add(const View& rule, const std::string& name, const Place& place, bool sure) {
    const ReadRule read = read_rule(context_, rule, name, place, sure, meaning_);
    for (const Rule& each : read.rules) {
      const std::int64_t priority = read.priority.value_or(kBeforeAll);
      if (read.direction != Direction::Out) in_.push_back({priority, each});
      if (read.direction != Direction::In) out_.push_back({priority, each});
    }
  }
  void add_unknown(const Place& place) {
    Rule rule{.allow = true,
              .kinds = {{}},
              .source = {},
              .destination = {},
              .place = place,
              .name = "rules that cannot be read"};
    rule.source.unknown = true;
    rule.destination.unknown = true;
    for (const bool allow : {true, false}) {
      rule.allow = allow;
      in_.push_back({kBeforeAll, rule});
      out_.push_back({kBeforeAll, rule});
    }
  }
  void put(std::vector<Ordered>& from, std::vector<Rule>& to, std::string_view direction) {
    std::stable_sort(from.begin(), from.end(),
                     [](const Ordered& a, const Ordered& b) { return a.priority < b.priority; });
    for (std::size_t i = 0; i < from.size(); ++i) {
      const bool twice = i > 0 && from[i].priority == from[i - 1].priority && from[i].priority != kBeforeAll &&
                         from[i].rule.name != from[i - 1].rule.name;
      if (twice) {
        context_.unknown("two " + std::string(direction) + " rules of `" + group_.id.name() + "` have priority " +
                             std::to_string(from[i].priority) + ": the provider refuses that",
                         from[i].rule.place);
      }
      to.push_back(std::move(from[i].rule));
    }
  }

  Context& context_;
  const Resource& group_;
  const TagMeaning& meaning_;
  std::vector<Ordered> in_;
  std::vector<Ordered> out_;
};

RuleList unknown_list(const std::string& name, const Place& place) {
  Rule rule{.allow = true, .kinds = {{}}, .source = {}, .destination = {}, .place = place, .name = "rules of " + name};
  rule.source.unknown = true;
  rule.destination.unknown = true;
  return {.name = name, .stateful = true, .in = {rule}, .out = {rule}, .place = place};
}

}  // namespace

std::optional<RuleListId> rule_list(Context& context, const ResourceId& group, const SubnetInfo& subnet,
                                    const Place& place) {
  const Resource* resource = context.find(group);
  const TagMeaning meaning = tag_meaning(context, subnet);
  const bool here = resource != nullptr && !resource->existing;
  const std::string key = group.key() + "\n" + (here ? meaning.key() : "");
  const auto found = context.rule_lists.find(key);
  if (found != context.rule_lists.end()) return found->second;
  if (!here) {
    context.unknown("security group `" + group.name() + "` is not in this template", place);
    return context.rule_lists[key] = context.estate.rule_lists.add(unknown_list(group.name(), place));
  }
  if (resource->presence == Presence::Open || resource->repeated) {
    context.unknown("whether, or how often, `" + group.name() + "` is made is not known", resource->place);
  }
  // the tags of a group mean another thing in another network: then it is another list
  const auto of_group = context.rule_lists.lower_bound(group.key() + "\n");
  const bool first = of_group == context.rule_lists.end() || !of_group->first.starts_with(group.key() + "\n");
  const std::string name = group.name() + (first ? "" : " in " + context.estate.subnets[subnet.id].name);
  ListReader reader(context, *resource, meaning);
  return context.rule_lists[key] = context.estate.rule_lists.add(reader.read(name));
}

void lift_subnet_lists(Context& context) {
  for (const std::string& key : context.subnet_order) {
    SubnetInfo& info = context.subnets.at(key);
    const View reference = info.properties.at("networkSecurityGroup");
    if (!reference) continue;
    const auto id = reference.id();
    if (!id) {
      context.unknown("the security group of subnet `" + context.estate.subnets[info.id].name + "` cannot be read",
                      reference.place());
      continue;
    }
    const auto list = rule_list(context, *id, info, reference.place());
    if (list) context.estate.subnets[info.id].lists.push_back(*list);
  }
}

}  // namespace crenel::azure::lifting
