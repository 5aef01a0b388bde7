#include "compiler/verify/addresses.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/verify/parameter_values.h"

namespace crenel::verify {
namespace {

using model::ParameterId;
using model::SiteId;

constexpr std::size_t kMostCandidates = 8;  // addresses tried for a concrete case

const ParameterId* parameter_of(const Block& block) { return std::get_if<ParameterId>(&block); }

bool is_within(const model::Design& design, SiteId site, SiteId outer) {
  std::optional<SiteId> at = site;
  for (std::size_t step = 0; at && step <= design.sites.size(); ++step) {
    if (*at == outer) return true;
    at = design.sites[*at].inside;
  }
  return false;
}

/// A few addresses of the region: ones set aside for documentation where possible, because they read as examples.
std::vector<net::Address> candidates(const net::AddressSet& region) {
  std::vector<net::Address> out;
  for (const char* text : {"203.0.113.7", "198.51.100.7", "2001:db8::7", "3fff::7"}) {
    const auto address = net::parse_address(text);
    if (region.contains(*address)) out.push_back(*address);
  }
  for (const net::Prefix& prefix : region.prefixes()) {
    if (out.size() >= kMostCandidates) break;
    out.push_back(prefix.first());
  }
  return out;
}

}  // namespace

Alternatives both(const Alternatives& a, const Alternatives& b) {
  Alternatives out;
  for (const Conditions& left : a) {
    for (const Conditions& right : b) {
      Conditions all = left;
      all.insert(all.end(), right.begin(), right.end());
      out.push_back(std::move(all));
    }
  }
  return out;
}

// ---- what is disjoint -----------------------------------------------------------------------------------------------
AddressReasoner::AddressReasoner(const model::Design& design) : design_(design) { find_apart(); }

void AddressReasoner::keep_apart(const Blocks& a, const Blocks& b) {
  if (!a.empty() && !b.empty()) apart_.emplace_back(a, b);
}

/// What is denied does not happen to be the network's own; where it would be whatever is given, or the network says its
/// block itself, nothing is assumed.
void AddressReasoner::keep_from(ParameterId given, const Blocks& denied) {
  const bool decided = only_value(design_.parameters[given]).has_value();
  Blocks others = denied;
  std::erase_if(others, [&](const Block& block) {
    if (decided && std::holds_alternative<net::Prefix>(block)) return true;
    return net::AddressSet(model::widest(design_, block)).contains(model::widest(design_, Block(given)));
  });
  keep_apart({given}, others);
}

void AddressReasoner::find_apart_around(model::NetworkId network) {
  std::set<SiteId> sites;
  for (const model::Link& link : design_.links) {
    if (link.network == network) sites.insert(model::root_of(design_, link.site));
  }
  const auto is_here = [&](const model::Endpoint& end) {
    const auto tier = model::tier_of(design_, end);
    return tier && design_.tiers[*tier].network == network;
  };
  const Blocks space = model::spaces_of(design_, network);
  for (const model::Flow& flow : design_.flows) {
    if (!is_here(flow.from) && !is_here(flow.to)) continue;
    const model::Endpoint& far = is_here(flow.from) ? flow.to : flow.from;
    if (const auto* site = std::get_if<SiteId>(&far)) sites.insert(model::root_of(design_, *site));
    if (const auto* blocks = std::get_if<model::Blocks>(&far)) keep_apart(space, blocks->blocks);
    if (design_.networks[network].ipv6) keep_from(*design_.networks[network].ipv6, flow.except);
  }
  for (auto one = sites.begin(); one != sites.end(); ++one) {
    const Blocks addresses = model::addresses_of(design_, *one);
    keep_apart(space, addresses);
    for (auto other = std::next(one); other != sites.end(); ++other) {
      keep_apart(addresses, model::addresses_of(design_, *other));
    }
  }
}

void AddressReasoner::find_apart() {
  for (const model::NetworkId network : design_.networks.ids()) {
    find_apart_around(network);
    for (const model::Claim& claim : design_.claims) {
      for (const auto* side : {&claim.from, &claim.to}) {
        for (const model::Endpoint& end : *side) {
          const auto* blocks = std::get_if<model::Blocks>(&end);
          if (blocks != nullptr) keep_apart(model::spaces_of(design_, network), blocks->blocks);
        }
      }
    }
  }
  // What a provider gives out of its own it gives once. Of blocks that are decided it shows by itself.
  const auto decided = [&](ParameterId id) { return only_value(design_.parameters[id]).has_value(); };
  for (const auto one : design_.networks.ids()) {
    for (const auto other : design_.networks.ids()) {
      const auto& first = design_.networks[one].ipv6;
      const auto& second = design_.networks[other].ipv6;
      const bool given = one < other && first && second && !(decided(*first) && decided(*second));
      if (given) keep_apart({*first}, {*second});
    }
  }
  for (const model::Peering& peering : design_.peerings) {
    keep_apart(model::spaces_of(design_, peering.first), model::spaces_of(design_, peering.second));
  }
  for (const model::Link& one : design_.links) {
    for (const model::Link& other : design_.links) {
      const bool meet = model::root_of(design_, one.site) == model::root_of(design_, other.site);
      if (!meet || one.network >= other.network) continue;
      keep_apart({design_.networks[one.network].space.base}, {design_.networks[other.network].space.base});
    }
  }
  for (const SiteId one : design_.sites.ids()) {
    for (const SiteId other : design_.sites.ids()) {
      if (one >= other || model::root_of(design_, one) != model::root_of(design_, other)) continue;
      if (is_within(design_, one, other) || is_within(design_, other, one)) continue;
      keep_apart(design_.sites[one].addresses, design_.sites[other].addresses);
    }
  }
}

std::vector<Block> AddressReasoner::apart_from(const Block& block) const {
  const auto holds = [&](const Blocks& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& each) {
      const auto* outer = std::get_if<net::Prefix>(&each);
      const auto* inner = std::get_if<net::Prefix>(&block);
      return each == block || (outer != nullptr && inner != nullptr && outer->contains(*inner));
    });
  };
  std::vector<Block> out;
  for (const auto& [a, b] : apart_) {
    if (holds(a)) out.insert(out.end(), b.begin(), b.end());
    if (holds(b)) out.insert(out.end(), a.begin(), a.end());
  }
  return out;
}

// ---- where an address can lie ---------------------------------------------------------------------------------------
net::AddressSet AddressReasoner::region(const Conditions& conditions) const {
  const bool both = model::has_ipv6(design_) || std::any_of(conditions.begin(), conditions.end(), [&](const auto& one) {
                      return one.inside && model::family_of(design_, one.block) == net::Family::V6;
                    });
  net::AddressSet out = both ? net::AddressSet::everything() : net::AddressSet::everything(net::Family::V4);
  std::map<ParameterId, bool> seen;
  for (const Condition& condition : conditions) {
    const ParameterId* parameter = parameter_of(condition.block);
    if (parameter == nullptr) {
      const net::AddressSet block = std::get<net::Prefix>(condition.block);
      out = condition.inside ? out.intersected(block) : out.without(block);
    } else if (!seen.try_emplace(*parameter, condition.inside).second && seen[*parameter] != condition.inside) {
      return {};  // in one block and outside of it
    } else if (const auto only = only_value(design_.parameters[*parameter])) {
      out = condition.inside ? out.intersected(*only) : out.without(*only);
    } else if (condition.inside) {
      out = out.intersected(model::widest(design_, condition.block));
    }
    if (!condition.inside) continue;
    // What lies in a block lies in none that is apart from it.
    for (const Block& other : apart_from(condition.block)) {
      if (other == condition.block) continue;
      const ParameterId* late = parameter_of(other);
      if (late != nullptr && seen.contains(*late) && seen[*late]) return {};
      const auto known = late == nullptr ? std::get<net::Prefix>(other) : only_value(design_.parameters[*late]);
      if (!known) continue;
      const int finest = parameter == nullptr ? 128 : finest_length(design_.parameters[*parameter]);
      out = out.without(widened(*known, finest));
    }
  }
  return out;
}

// ---- a concrete case ------------------------------------------------------------------------------------------------
/// Picks a value for every parameter that the conditions name, and for those that must be apart from them.
class AddressReasoner::Search {
 public:
  Search(const AddressReasoner& reasoner, const std::vector<Conditions>& variables,
         const std::vector<net::Address>& addresses)
      : reasoner_(reasoner), design_(reasoner.design_) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      for (const Condition& condition : variables[i]) need(condition, addresses[i]);
    }
  }

  std::optional<Instance> run(std::vector<net::Address> addresses) {
    // Blocks that must hold an address have the least choice, and what they take decides what is left for the others.
    for (const ParameterId id : order_) {
      if (!needs_[id].holds.empty() && !choose(id)) return std::nullopt;
    }
    for (const ParameterId id : order_) {
      if (needs_[id].holds.empty() && !choose(id)) return std::nullopt;
    }
    Instance out = {.addresses = std::move(addresses), .values = {}};
    for (const ParameterId id : order_) {
      if (matters(id)) out.values.emplace_back(id, values_.at(id));
    }
    return out;
  }

 private:
  void need(const Condition& condition, const net::Address& address) {
    if (const ParameterId* id = parameter_of(condition.block)) {
      enter(*id);
      (condition.inside ? needs_[*id].holds : needs_[*id].avoids).push_back(address);
    }
    for (const Block& other : reasoner_.apart_from(condition.block)) {
      if (const ParameterId* id = parameter_of(other)) enter(*id);
    }
  }

  void enter(ParameterId id) {
    if (needs_.try_emplace(id).second) order_.push_back(id);
  }

  bool choose(ParameterId id) {
    ValueNeeds needs = needs_[id];
    for (const Block& other : reasoner_.apart_from(id)) {
      if (other == Block(id)) continue;
      if (const auto* known = std::get_if<net::Prefix>(&other)) needs.apart.push_back(*known);
      const ParameterId* late = parameter_of(other);
      const auto chosen = late == nullptr ? values_.end() : values_.find(*late);
      if (chosen != values_.end()) needs.apart.push_back(chosen->second);
    }
    const auto value = find_value(design_.parameters[id], needs);
    if (value) values_.emplace(id, *value);
    return value.has_value();
  }

  /// A block that holds none of the addresses says nothing, unless another value of it would.
  [[nodiscard]] bool matters(ParameterId id) const {
    const ValueNeeds& needs = needs_.at(id);
    const net::AddressSet reach = model::widest(design_, Block(id));
    return !needs.holds.empty() || std::any_of(needs.avoids.begin(), needs.avoids.end(),
                                               [&](const net::Address& each) { return reach.contains(each); });
  }

  const AddressReasoner& reasoner_;
  const model::Design& design_;
  std::map<ParameterId, ValueNeeds> needs_;
  std::map<ParameterId, net::Prefix> values_;
  std::vector<ParameterId> order_;
};

Solution AddressReasoner::solve(const std::vector<Conditions>& variables) const {
  std::vector<std::vector<net::Address>> choices;
  std::size_t tries = 1;
  for (const Conditions& conditions : variables) {
    choices.push_back(candidates(region(conditions)));
    if (choices.back().empty()) return {.feasible = Feasible::No, .instance = {}};
    tries *= choices.back().size();
  }
  for (std::size_t attempt = 0; attempt < tries; ++attempt) {
    std::vector<net::Address> addresses;
    std::size_t rest = attempt;
    for (const auto& choice : choices) {
      addresses.push_back(choice[rest % choice.size()]);
      rest /= choice.size();
    }
    if (auto found = Search(*this, variables, addresses).run(addresses)) {
      return {.feasible = Feasible::Yes, .instance = std::move(*found)};
    }
  }
  return {.feasible = Feasible::Unclear, .instance = {}};
}

}  // namespace crenel::verify
