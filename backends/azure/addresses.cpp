#include "backends/azure/addresses.h"

#include <algorithm>

#include "backends/azure/names.h"
#include "compiler/base/ids.h"

namespace crenel::azure {
namespace {

using base::Overloaded;
using model::Block;
using model::Design;
using model::Late;
using model::ParameterId;

Term parameter_term(const Design& design, ParameterId id) {
  return parameter(parameter_name(design.parameters[id].origin.path));
}

/// The variable that says, by the parameter's prefix length, which number its last part of `length` bits has.
std::string last_part_name(const Design& design, ParameterId id, int length) {
  return parameter_name(design.parameters[id].origin.path, "LastPart" + std::to_string(length));
}

Term part_index(const Design& design, ParameterId id, const model::Part& part) {
  if (!part.from_end) return Term::expression(std::to_string(part.index));
  const Term cidr = Term::expression(call("parseCidr", {parameter_term(design, id)}).text() + ".cidr");
  Term last = Term::expression(variable(last_part_name(design, id, part.length)).text() + "[" +
                               call("string", {cidr}).text() + "]");
  if (part.index == 0) return last;
  return call("sub", {last, Term::expression(std::to_string(part.index))});
}

void add_unique(std::vector<Term>& to, const Term& term) {
  if (std::find(to.begin(), to.end(), term) == to.end()) to.push_back(term);
}

/// Every block of the design that is counted from a parameter's end.
std::vector<Block> blocks_from_end(const Design& design) {
  std::vector<Block> out;
  const auto consider = [&](const Block& block) {
    if (block.part && block.part->from_end) out.push_back(block);
  };
  for (const model::Network& network : design.networks) consider(network.reserved);
  for (const model::Tier& tier : design.tiers) consider(tier.block);
  return out;
}

}  // namespace

std::vector<Term> Addresses::all() const {
  std::vector<Term> out = known;
  out.insert(out.end(), late.begin(), late.end());
  return out;
}

Term address(const Design& design, const Late<net::Prefix>& block) {
  return std::visit(Overloaded{[](const net::Prefix& prefix) { return Term::literal(net::to_string(prefix)); },
                               [&](ParameterId id) {
                                 Term given = parameter_term(design, id);
                                 if (design.parameters[id].kind != model::ParameterKind::Ip) return given;
                                 return call("concat", {given, Term::literal("/32")});
                               }},
                    block);
}

Term address(const Design& design, const Block& block) {
  const auto* id = std::get_if<ParameterId>(&block.base);
  if (id == nullptr || !block.part) return address(design, block.base);
  return call("cidrSubnet", {parameter_term(design, *id), Term::expression(std::to_string(block.part->length)),
                             part_index(design, *id, *block.part)});
}

Term address(const Design& design, const Late<net::Address>& one) {
  return std::visit(Overloaded{[](const net::Address& known) { return Term::literal(net::to_string(known)); },
                               [&](ParameterId id) { return parameter_term(design, id); }},
                    one);
}

Term text(const Design& design, const Late<std::string>& value) {
  return std::visit(Overloaded{[](const std::string& known) { return Term::literal(known); },
                               [&](ParameterId id) { return parameter_term(design, id); }},
                    value);
}

Addresses addresses(const Design& design, const std::vector<Late<net::Prefix>>& blocks) {
  Addresses out;
  std::vector<net::Prefix> known;
  std::vector<net::Prefix> known6;
  for (const Late<net::Prefix>& block : blocks) {
    if (const auto* prefix = std::get_if<net::Prefix>(&block)) {
      (prefix->address.family == net::Family::V4 ? known : known6).push_back(*prefix);
    } else {
      add_unique(out.late, address(design, block));
    }
  }
  for (const net::Prefix& prefix : net::AddressSet(known).prefixes()) {
    out.known.push_back(Term::literal(net::to_string(prefix)));
  }
  for (const net::Prefix& prefix : net::AddressSet(known6).prefixes()) {
    out.known6.push_back(Term::literal(net::to_string(prefix)));
  }
  return out;
}

std::optional<net::Prefix> ipv6_space(const Design& design, const model::Network& network) {
  if (!network.ipv6) return std::nullopt;
  const model::Parameter& space = design.parameters[*network.ipv6];
  const bool decided = space.within.size() == 1 && space.within.front().length == space.longest;
  return decided ? std::optional(space.within.front()) : std::nullopt;
}

std::optional<net::Prefix> ipv6_block(const Design& design, const model::Tier& tier) {
  const auto space = ipv6_space(design, design.networks[tier.network]);
  if (!space || tier.ipv6_zone_blocks.empty() || !tier.ipv6_zone_blocks.front().part) return std::nullopt;
  const model::Part& part = *tier.ipv6_zone_blocks.front().part;
  return space->part(part.length, part.index);
}

std::optional<int> length_of(const Block& block) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block.base)) return prefix->length;
  return block.part ? std::optional(block.part->length) : std::nullopt;
}

Addresses outside_internet(const Design& design, model::NetworkId network) {
  std::vector<Late<net::Prefix>> blocks;
  for (const net::Prefix& prefix : net::private_blocks()) blocks.emplace_back(prefix);
  const net::AddressSet private_space(net::private_blocks());
  const auto add = [&](const Late<net::Prefix>& block) {
    // what is private for every value of its parameter is left out already
    if (!private_space.contains(model::widest(design, block))) blocks.push_back(block);
  };
  for (const model::NetworkId id : design.networks.ids()) {
    add(design.networks[id].space.base);
    if (const auto ipv6 = ipv6_space(design, design.networks[id])) add(*ipv6);
  }
  for (const model::Link& link : design.links) {
    if (link.network != network) continue;
    for (const Late<net::Prefix>& block : model::addresses_of(design, link.site)) add(block);
  }
  return addresses(design, blocks);
}

std::vector<std::pair<std::string, document::Value>> part_variables(const Design& design) {
  std::vector<std::pair<std::string, document::Value>> out;
  for (const Block& block : blocks_from_end(design)) {
    const ParameterId id = std::get<ParameterId>(block.base);
    const std::string name = last_part_name(design, id, block.part->length);
    if (std::any_of(out.begin(), out.end(), [&](const auto& each) { return each.first == name; })) continue;
    const model::Parameter& from = design.parameters[id];
    document::Value table = document::object({});
    for (int length = from.shortest; length <= std::min(from.longest, block.part->length); ++length) {
      table.set(std::to_string(length), (std::int64_t{1} << (block.part->length - length)) - 1);
    }
    out.emplace_back(name, table);
  }
  return out;
}

}  // namespace crenel::azure
