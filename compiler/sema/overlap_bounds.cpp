#include "compiler/sema/overlap_bounds.h"

#include <algorithm>

#include "compiler/net/address_set.h"

namespace crenel::sema {
namespace {

using model::Design;

const model::Parameter* parameter_of(const Design& design, const model::LateBlock& block) {
  const auto* id = std::get_if<model::ParameterId>(&block);
  return id == nullptr ? nullptr : &design.parameters[*id];
}

/// The length of the smallest block that the parameter can be given.
int smallest(const model::Parameter& parameter) {
  return parameter.kind == model::ParameterKind::Cidr ? parameter.longest : 32;
}

net::Prefix shortened(const net::Prefix& prefix, int length) {
  if (prefix.length <= length) return prefix;
  const int host_bits = net::bits_of(prefix.address.family) - length;
  const net::U128 bits = host_bits >= 128 ? 0 : prefix.address.bits >> host_bits << host_bits;
  return {.address = {.family = prefix.address.family, .bits = bits}, .length = length};
}

/// True when every block that the parameter can be given meets `fixed`: each of the smallest ones within its bounds
/// does, and larger ones hold one of those.
bool always_meets(const model::Parameter& parameter, const net::Prefix& fixed) {
  if (parameter.within.empty()) return fixed.length == 0 && fixed.address.family == net::Family::V4;
  const net::Prefix reached = shortened(fixed, smallest(parameter));
  return std::all_of(parameter.within.begin(), parameter.within.end(),
                     [&](const net::Prefix& bound) { return reached.contains(bound); });
}

}  // namespace

std::optional<net::Prefix> forced(const Design& design, const model::LateBlock& block) {
  const auto* parameter = parameter_of(design, block);
  if (parameter == nullptr) return std::get<net::Prefix>(block);
  if (parameter->within.size() != 1 || parameter->within.front().length < smallest(*parameter)) return std::nullopt;
  return parameter->within.front();
}

Overlap overlap(const Design& design, const model::LateBlock& a, const model::LateBlock& b) {
  if (a == b) return Overlap::Always;
  if (!model::widest(design, a).overlaps(model::widest(design, b))) return Overlap::Never;
  const auto fixed_a = forced(design, a);
  const auto fixed_b = forced(design, b);
  if (fixed_a && fixed_b) return Overlap::Always;
  const bool always = (fixed_a && always_meets(*parameter_of(design, b), *fixed_a)) ||
                      (fixed_b && always_meets(*parameter_of(design, a), *fixed_b));
  return always ? Overlap::Always : Overlap::Maybe;
}

net::U128 public_addresses(const Design& design, const std::vector<model::LateBlock>& blocks, net::Family family) {
  const net::AddressSet private_space(net::private_blocks());
  net::AddressSet named;
  net::U128 late = 0;
  std::vector<model::ParameterId> seen;
  for (const model::LateBlock& block : blocks) {
    const auto* parameter = parameter_of(design, block);
    if (parameter == nullptr) {
      named = named.united(std::get<net::Prefix>(block));
      continue;
    }
    const auto id = std::get<model::ParameterId>(block);
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
    seen.push_back(id);
    const net::U128 possible = model::widest(design, block).without(private_space).count(family);
    const int length = parameter->kind == model::ParameterKind::Cidr ? parameter->shortest : 32;
    late += std::min(possible, net::U128{1} << (net::bits_of(net::Family::V4) - length));
  }
  return named.without(private_space).count(family) + late;
}

}  // namespace crenel::sema
