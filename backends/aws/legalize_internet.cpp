#include <algorithm>
#include <utility>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/names.h"
#include "backends/aws/values.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

using model::Direction;
using model::Exclusion;
using model::InternetExclusions;
using model::TierId;

/// What must go is taken away as a larger block where all of that may go too: the larger the block, the fewer rules are
/// left over.
net::Prefix widened(net::Prefix block, const net::AddressSet& may_go) {
  while (block.length > 0) {
    const net::U128 bit = net::U128{1} << (net::bits_of(block.address.family) - block.length);
    const net::Prefix larger{.address = {.family = block.address.family, .bits = block.address.bits & ~bit},
                             .length = block.length - 1};
    if (!may_go.contains(larger)) break;
    block = larger;
  }
  return block;
}

net::AddressSet all_that_may_go(const InternetExclusions& exclusions) {
  net::AddressSet all;
  for (const auto* list : {&exclusions.must, &exclusions.may}) {
    for (const Exclusion& exclusion : *list) {
      if (const auto prefix = model::known(exclusion.block)) all = all.united(*prefix);
    }
  }
  return all;
}

InternetExclusions only(const model::Design& design, InternetExclusions exclusions, net::Family family) {
  for (auto* list : {&exclusions.must, &exclusions.may}) {
    std::erase_if(*list, [&](const Exclusion& one) { return model::family_of(design, one.block) != family; });
  }
  return exclusions;
}

struct Split {
  net::AddressSet known;                  ///< can be taken away by arithmetic
  std::vector<const Exclusion*> unknown;  ///< lies anywhere: only a rule that names the parameter can
};

Split split(const model::Design& design, const InternetExclusions& exclusions) {
  const net::AddressSet may_go = all_that_may_go(exclusions);
  Split out;
  for (const Exclusion& exclusion : exclusions.must) {
    const net::AddressSet widest = model::widest(design, exclusion.block);
    if (!may_go.contains(widest)) {
      out.unknown.push_back(&exclusion);
      continue;
    }
    for (const net::Prefix& prefix : widest.prefixes()) out.known = out.known.united(widened(prefix, may_go));
  }
  return out;
}

/// Between two members of one network it is enough to close one side, and the side that is entered is the one that a
/// network ACL cannot replace: inside a subnet no ACL is asked.
InternetExclusions exclusions_of(const model::Design& design, TierId tier, const net::Traffic& traffic,
                                 Direction direction) {
  InternetExclusions found = model::internet_exclusions(design, tier, traffic, direction);
  if (direction == Direction::In) return found;
  const auto& own = design.networks[design.tiers[tier].network].space.base;
  const auto inside = [&](const Exclusion& one) {
    return one.kind == model::ExclusionKind::OwnNetwork && one.block == own;
  };
  std::copy_if(found.must.begin(), found.must.end(), std::back_inserter(found.may), inside);
  found.must.erase(std::remove_if(found.must.begin(), found.must.end(), inside), found.must.end());
  return found;
}

/// A network ACL that denies the excluded blocks on these ports does the same as arithmetic when nothing else of the
/// tier passes by it, and when no answer to anything goes to such a port.
bool acl_closes(const model::Design& design, TierId tier, const net::Traffic& traffic) {
  const std::size_t members = model::members_in(design, tier).size();
  if (!design.tiers[tier].strict_acl || members != 1 || traffic.is_all()) return false;
  return std::all_of(traffic.parts().begin(), traffic.parts().end(), [](const net::ProtocolPorts& part) {
    return is_transport(part.protocol) && part.ports.back().last < kFirstEphemeralPort;
  });
}

/// Members of one network, or of it and a peer of it, that may call each other by rules for every address of IPv6.
/// Their block is known only once it is given, so that no rule of a security group leaves it out: a network ACL must,
/// and it is asked only where the two are in different subnets. It is enough that one of the two has it.
bool acls_close_ipv6(const model::Design& design, TierId tier, const model::Flow& flow, Direction direction,
                     model::NetworkId network) {
  const bool here = acl_closes(design, tier, flow.traffic);
  return std::all_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& other) {
    const bool back = direction == Direction::In;
    const model::Endpoint& outside = back ? other.to : other.from;
    const auto there = model::tier_of(design, back ? other.from : other.to);
    if (!std::holds_alternative<model::Internet>(outside) || !there || !other.traffic.overlaps(flow.traffic))
      return true;
    const bool met = design.tiers[*there].network == network && model::has_family(design, *there, net::Family::V6);
    return !met || (*there != tier && (here || acl_closes(design, *there, other.traffic)));
  });
}

std::string names_of(const std::vector<const Exclusion*>& exclusions) {
  std::vector<std::string> names;
  for (const Exclusion* exclusion : exclusions) {
    std::string name = "`" + exclusion->name + "`";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return base::list_in_words(names, "and");
}

void report_inexact(const model::Design& design, const model::Flow& flow, const Member& member,
                    const std::vector<const Exclusion*>& unknown, Direction direction,
                    diagnostics::Diagnostics& diagnostics) {
  const model::FlowStatement& statement = design.statements[flow.statement];
  auto& error = diagnostics.report(kInexact, statement.span, statement.text, names_of(unknown));
  for (const Exclusion* exclusion : unknown) {
    const auto* id = std::get_if<model::ParameterId>(&exclusion->block);
    if (id == nullptr) continue;
    const model::Origin& origin = design.parameters[*id].origin;
    if (design.parameters[*id].chosen) {
      error.notes.push_back({origin.span, "its block of IPv6 is known only at deployment, and is public"});
      continue;
    }
    error.notes.push_back({origin.span, "`" + model::to_string(origin.path) +
                                            "` is known only at deployment, and can lie in public space"});
  }
  const std::string member_path = path_of(design, member);
  const bool ipv6 = std::any_of(unknown.begin(), unknown.end(), [&](const Exclusion* one) {
    return model::family_of(design, one->block) == net::Family::V6;
  });
  if (ipv6) {
    error.help = "give `" + member_path + "` a tier of its own with `acl = strict` and ports below " +
                 std::to_string(kFirstEphemeralPort) +
                 ", where a network ACL can deny the block, and let others open these services with the Internet";
    return;
  }
  error.help = "bound the parameter by `within` to private space, or give its value now";
  if (direction == Direction::Out) {
    error.help += "; or give `" + member_path + "` a tier of its own with `acl = strict` and ports below " +
                  std::to_string(kFirstEphemeralPort) + ", where a network ACL can deny the block";
  }
}

/// Both ends of a conversation that this tier has with the Internet, this way round.
bool same_way(const model::Design& design, TierId tier, const model::Flow& flow, Direction direction) {
  const model::Endpoint& member = direction == Direction::Out ? flow.from : flow.to;
  const model::Endpoint& other = direction == Direction::Out ? flow.to : flow.from;
  return std::holds_alternative<model::Internet>(other) && model::tier_of(design, member) == tier;
}

/// What a `deny` has taken from a flow and from every other flow of the tier that the same entries would let through.
std::vector<model::Late<net::Prefix>> denied_to_all(const model::Design& design, TierId tier, const model::Flow& flow,
                                                    Direction direction) {
  std::vector<model::Late<net::Prefix>> out;
  std::copy_if(flow.except.begin(), flow.except.end(), std::back_inserter(out), [&](const auto& block) {
    return std::all_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& other) {
      return !same_way(design, tier, other, direction) || !other.traffic.overlaps(flow.traffic) ||
             std::find(other.except.begin(), other.except.end(), block) != other.except.end();
    });
  });
  return out;
}

std::string denied_name(const model::Design& design, const model::Late<net::Prefix>& block) {
  if (const auto prefix = model::known(block)) return net::to_string(*prefix);
  return model::to_string(design.parameters[std::get<model::ParameterId>(block)].origin.path);
}

void add_denied(const model::Design& design, InternetExclusions& to,
                const std::vector<model::Late<net::Prefix>>& blocks) {
  for (const auto& block : blocks) {
    to.must.push_back({.block = block, .kind = model::ExclusionKind::Denied, .name = denied_name(design, block)});
  }
}

}  // namespace

namespace {

/// The blocks of one family.
std::optional<std::vector<net::Prefix>> internet_blocks(const model::Design& design, const model::Flow& flow,
                                                        const Member& member, Direction direction, net::Family family,
                                                        diagnostics::Diagnostics& diagnostics) {
  const TierId tier = tier_of(design, member);
  InternetExclusions exclusions = exclusions_of(design, tier, flow.traffic, direction);
  add_denied(design, exclusions, flow.except);
  exclusions = only(design, std::move(exclusions), family);
  if (family == net::Family::V6) {
    std::erase_if(exclusions.must, [&](const Exclusion& one) {
      const auto network = gives_space(design, {.base = one.block, .part = {}});
      return one.kind == model::ExclusionKind::OwnNetwork && network &&
             acls_close_ipv6(design, tier, flow, direction, *network);
    });
  }
  const net::Prefix everything = net::whole(family);
  if (exclusions.must.empty()) return std::vector{everything};
  const bool all_in_acl = denied_to_all(design, tier, flow, direction).size() == flow.except.size();
  if (direction == Direction::Out && all_in_acl && acl_closes(design, tier, flow.traffic)) {
    return std::vector{everything};
  }
  const Split parts = split(design, exclusions);
  if (!parts.unknown.empty()) {
    report_inexact(design, flow, member, parts.unknown, direction, diagnostics);
    return std::nullopt;
  }
  return net::AddressSet(everything).without(parts.known).prefixes();
}

}  // namespace

std::optional<std::vector<net::Prefix>> internet_blocks(const model::Design& design, const model::Flow& flow,
                                                        const Member& member, Direction direction,
                                                        diagnostics::Diagnostics& diagnostics) {
  std::vector<net::Prefix> out;
  for (const net::Family family : families_of(design, tier_of(design, member))) {
    const auto blocks = internet_blocks(design, flow, member, direction, family, diagnostics);
    if (!blocks) return std::nullopt;
    out.insert(out.end(), blocks->begin(), blocks->end());
  }
  return out;
}

std::vector<model::Block> denied_blocks(const model::Design& design, TierId tier, const model::Flow& flow,
                                        Direction direction) {
  InternetExclusions exclusions = exclusions_of(design, tier, flow.traffic, direction);
  add_denied(design, exclusions, denied_to_all(design, tier, flow, direction));
  if (!model::has_family(design, tier, net::Family::V6))
    exclusions = only(design, std::move(exclusions), net::Family::V4);
  const Split parts = split(design, exclusions);
  std::vector<model::Block> blocks;
  for (const net::Prefix& prefix : parts.known.prefixes()) blocks.push_back({.base = prefix, .part = {}});
  for (const Exclusion* exclusion : parts.unknown) {
    const model::Block block{.base = exclusion->block, .part = {}};
    const bool there = std::any_of(blocks.begin(), blocks.end(),
                                   [&](const model::Block& one) { return one.base == block.base && !one.part; });
    if (!there) blocks.push_back(block);
  }
  return blocks;
}

}  // namespace crenel::aws
