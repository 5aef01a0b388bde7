#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/sema/fact_tables.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

Value made_list(const std::vector<DeclaredId>& ids) {
  List list;
  for (const DeclaredId id : ids) list.items.push_back(made(EntityRef{id}));
  return made(std::move(list));
}

std::string word_of(model::TierKind kind) {
  return kind == model::TierKind::Public ? "public" : kind == model::TierKind::Private ? "private" : "isolated";
}

IntRange range_of(const Value& scale) {
  if (const auto* driven = std::get_if<Driven>(&scale.node)) return range_of(*driven->value);
  const auto* range = std::get_if<IntRange>(&scale.node);
  return range != nullptr ? *range : IntRange{1, 1};
}

std::optional<Value> attribute_of(const Expansion& x, DeclaredId id, const std::string& name) {
  const auto& attributes = x.rows[id].declared.attributes;
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::nullopt : std::optional(found->second);
}

/// The live things of a kind that `wanted` chooses, in source order.
template <class Wanted>
std::vector<DeclaredId> chosen(Expansion& x, Kind kind, Wanted wanted) {
  std::vector<DeclaredId> out;
  for (const DeclaredId id : things_of(x, kind)) {
    if (wanted(x.rows[id].declared)) out.push_back(id);
  }
  return out;
}

/// `space` may say IPv6 as well as `ipv6 = true` does.
bool has_ipv6_block(Expansion& x, DeclaredId id) {
  const auto space = attribute_of(x, id, "space");
  const auto* blocks = space ? std::get_if<List>(&space->node) : nullptr;
  return blocks != nullptr && std::any_of(blocks->items.begin(), blocks->items.end(), [](const Value& each) {
           const auto* known = std::get_if<net::Prefix>(&each.node);
           return known != nullptr && known->address.family == net::Family::V6;
         });
}

std::optional<Value> network_fact(Expansion& x, DeclaredId id, const std::string& name) {
  if (name == "subnets") return made_list(chosen(x, Kind::Subnet, [&](const Declared& d) { return d.home == id; }));
  if (name == "existing") return attribute_of(x, id, "existing").value_or(made(false));
  if (name == "ipv6" && has_ipv6_block(x, id)) return made(true);
  if (name == "sites") {
    std::vector<DeclaredId> sites;
    for (const DeclaredId link : chosen(x, Kind::Link, [&](const Declared& d) { return d.first == id; })) {
      const DeclaredId site = x.rows[link].declared.second;
      if (site.valid() && std::find(sites.begin(), sites.end(), site) == sites.end()) sites.push_back(site);
    }
    return made_list(sites);
  }
  if (name == "networks") {
    std::vector<DeclaredId> networks;
    for (const DeclaredId peer : things_of(x, Kind::Peer)) {
      const Declared& declared = x.rows[peer].declared;
      if (declared.first == id && declared.second.valid()) networks.push_back(declared.second);
      if (declared.second == id && declared.first.valid()) networks.push_back(declared.first);
    }
    return made_list(networks);
  }
  return std::nullopt;
}

/// The ways that the tier's flows take to the Internet.
Value way_out(const Expansion& x, DeclaredId subnet) {
  List ways;
  const auto add = [&](Value::Node way) {
    if (std::find(ways.items.begin(), ways.items.end(), made(way)) == ways.items.end()) {
      ways.items.push_back(made(std::move(way)));
    }
  };
  if (x.rows[subnet].declared.tier_kind == model::TierKind::Public) add(Word{"internet"});
  for (const auto& [live, flow] : x.flows) {
    const auto from = ends_of(x, flow.from);
    const bool here = std::any_of(from.begin(), from.end(), [&](const Value& end) {
      const auto* thing = std::get_if<EntityRef>(&end.node);
      return thing != nullptr && x.rows[thing->id].declared.home == subnet;
    });
    for (std::size_t i = 0; live && here && !flow.deny && i < flow.via.size(); ++i) {
      const auto* thing = std::get_if<DeclaredId>(&flow.via[i].node);
      add(thing == nullptr ? Value::Node(Word{"nat"}) : Value::Node(EntityRef{*thing}));
    }
  }
  return ways.items.empty() ? made(None{}) : made(std::move(ways));
}

std::optional<Value> subnet_fact(Expansion& x, DeclaredId id, const std::string& name) {
  if (name == "kind") return made(Word{word_of(x.rows[id].declared.tier_kind)});
  if (name == "groups") return made_list(chosen(x, Kind::Group, [&](const Declared& d) { return d.home == id; }));
  if (name == "way_out") return way_out(x, id);
  return std::nullopt;
}

std::optional<Value> link_fact(const Expansion& x, DeclaredId id, const std::string& name) {
  const Declared& declared = x.rows[id].declared;
  if (name == "by") return made(Word{std::string(model::to_string(declared.link_kind))});
  if (name == "network" && declared.first.valid()) return made(EntityRef{declared.first});
  if (name == "site" && declared.second.valid()) return made(EntityRef{declared.second});
  return std::nullopt;
}

/// Facts of what stands in a tier.
std::optional<Value> host_fact(const Expansion& x, DeclaredId id, const std::string& name) {
  const Declared& declared = x.rows[id].declared;
  if (!declared.home) return std::nullopt;
  if (name == "subnet") return made(EntityRef{*declared.home});
  if (name == "zones") {
    if (const auto network = network_of(x, id)) return attribute_of(x, *network, "zones");
  }
  if (name != "public") return std::nullopt;
  if (declared.kind == Kind::Group) return attribute_of(x, id, "public_address");
  return made(x.rows[*declared.home].declared.tier_kind == model::TierKind::Public);
}

std::optional<Value> common_fact(Expansion& x, DeclaredId id, const std::string& name) {
  const Kind kind = x.rows[id].declared.kind;
  if (name == "name") return made(model::to_string(x.rows[id].declared.path));
  if (name == "because") {
    const std::string because = x.rows[id].declared.because;
    return because.empty() ? made(None{}) : made(because);
  }
  if (kind == Kind::Environment || kind == Kind::Waiver) return std::nullopt;
  if (name == "stage") {
    return x.environment && !x.environment->stage.empty() ? made(Word{x.environment->stage}) : made(None{});
  }
  if (name == "stack" && kind != Kind::Stack) {
    const auto row = stack_row(x);
    return row ? made(EntityRef{*row}) : made(None{});
  }
  if (name == "environment") {
    const auto row = environment_row(x);
    return row ? made(EntityRef{*row}) : made(None{});
  }
  if (name == "network" && kind != Kind::Network && kind != Kind::Link) {
    if (const auto network = network_of(x, id)) return made(EntityRef{*network});
  }
  return std::nullopt;
}

/// Facts that are no attribute.
std::optional<Value> computed(Expansion& x, DeclaredId id, const std::string& name) {
  if (auto value = common_fact(x, id, name)) return value;
  switch (x.rows[id].declared.kind) {
    case Kind::Network:
      return network_fact(x, id, name);
    case Kind::Subnet:
      return subnet_fact(x, id, name);
    case Kind::Link:
      return link_fact(x, id, name);
    case Kind::Peer: {
      const Declared& declared = x.rows[id].declared;
      if (name == "networks" && declared.first.valid() && declared.second.valid()) {
        return made_list({declared.first, declared.second});
      }
      return std::nullopt;
    }
    case Kind::Store:
    case Kind::Queue:
    case Kind::Topic:
    case Kind::Table:
    case Kind::Vault:
      if (name == "encrypted") return made(true);
      if (name == "existing") return attribute_of(x, id, "existing").value_or(made(false));
      return std::nullopt;
    case Kind::Balancer:
      if (name == "targets") {
        std::vector<DeclaredId> targets;
        for (const auto& line : x.rows[id].declared.forwards) targets.push_back(line.target);
        return made_list(targets);
      }
      return host_fact(x, id, name);
    case Kind::Group: {
      const auto scale = attribute_of(x, id, "scale");
      if (name == "min" && scale) return made(range_of(*scale).first);
      if (name == "max" && scale) return made(range_of(*scale).last);
      return host_fact(x, id, name);
    }
    default:
      return host_fact(x, id, name);
  }
}

void report_unknown_fact(Expansion& x, Kind kind, const syntax::Name& name) {
  std::vector<std::string> known;
  for (const Fact& fact : facts_of(kind)) known.emplace_back(fact.name);
  auto& reported = x.diagnostics.report(diagnostics::kUnknownFact, name.span, with_article(kind), name.text);
  if (const auto near = base::nearest(name.text, known)) {
    reported.help = fmt::format("did you mean `{}`?", *near);
    reported.fixes.push_back({fmt::format("write `{}`", *near), {{name.span, *near}}});
  } else {
    reported.help = fmt::format("`{}_facts` in std/facts lists them", keyword(kind));
  }
}

}  // namespace

std::optional<DeclaredId> network_of(const Expansion& x, DeclaredId id) {
  std::optional<DeclaredId> at = id;
  while (at && x.rows[*at].declared.kind != Kind::Network) at = x.rows[*at].declared.home;
  return at;
}

std::optional<Value> fact_of(Expansion& x, DeclaredId id, const std::string& name) {
  const Kind kind = x.rows[id].declared.kind;
  if (find_fact(kind, name) == nullptr) return std::nullopt;
  // Where the traffic is logged to is another question.
  if (name == "flow_logs") {
    const auto value = attribute_of(x, id, name);
    const bool* said = value ? std::get_if<bool>(&value->node) : nullptr;
    return made(said == nullptr ? value.has_value() : *said);
  }
  if (auto value = computed(x, id, name)) return value;
  if (auto value = attribute_of(x, id, name)) return value;
  return made(None{});
}

std::optional<Value> fact_value(Expansion& x, const FactOf& fact) {
  Value value = made(EntityRef{fact.variable.id});
  std::vector<syntax::Name> names = fact.rest;
  if (!fact.name.text.empty()) names.insert(names.begin(), fact.name);
  for (const auto& name : names) {
    // What is not there has no facts: `s.key.name` of a store without a key.
    if (std::holds_alternative<None>(value.node)) return value;
    const auto* reference = std::get_if<EntityRef>(&value.node);
    if (reference == nullptr) {
      x.diagnostics.report(diagnostics::kUnknownMember, name.span, describe(value), name.text);
      return std::nullopt;
    }
    const DeclaredId id = reference->id;
    auto next = fact_of(x, id, name.text);
    if (!next) {
      report_unknown_fact(x, x.rows[id].declared.kind, name);
      return std::nullopt;
    }
    value = std::move(*next);
  }
  return value;
}

std::optional<std::vector<DeclaredId>> members_of(Expansion& x, const Context& context,
                                                  const syntax::EveryExpr& every) {
  const auto kind = kind_of_keyword(every.kind.text);
  if (!kind || !check_every(x, context, every)) return std::nullopt;
  const std::vector<DeclaredId> all = things_of(x, *kind);
  if (every.where == nullptr || !every.variable) return all;
  std::vector<DeclaredId> out;
  for (const DeclaredId id : all) {
    Scope scope;
    const Context at = with_variable(scope, context, *every.variable, *kind, id);
    const auto chosen_now = rule_truth(x, at, *every.where);
    if (!chosen_now) return std::nullopt;
    if (const auto* open = std::get_if<Undecided>(&*chosen_now)) {
      x.diagnostics.report(diagnostics::kConditionOpen, every.where->span, open->why);
      return std::nullopt;
    }
    if (std::get<bool>(*chosen_now)) out.push_back(id);
  }
  return out;
}

}  // namespace crenel::sema
