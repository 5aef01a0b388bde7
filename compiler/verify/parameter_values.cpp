#include "compiler/verify/parameter_values.h"

#include <algorithm>

#include "compiler/net/address_set.h"

namespace crenel::verify {
namespace {

constexpr int kHostLength = 32;  // an address of IPv4: no parameter of one address has another family

/// The block of `length` that holds the address.
net::Prefix around(const net::Address& address, int length) { return widened(net::host(address), length); }

int coarsest_length(const model::Parameter& parameter) {
  return parameter.kind == model::ParameterKind::Ip ? kHostLength : parameter.shortest;
}

std::vector<net::Prefix> bounds_of(const model::Parameter& parameter) {
  return parameter.within.empty() ? std::vector{net::whole(net::Family::V4)} : parameter.within;
}

bool is_allowed(const model::Parameter& parameter, const net::Prefix& value) {
  if (value.length < coarsest_length(parameter) || value.length > finest_length(parameter)) return false;
  const auto bounds = bounds_of(parameter);
  return std::any_of(bounds.begin(), bounds.end(), [&](const net::Prefix& each) { return each.contains(value); });
}

bool does(const net::Prefix& value, const ValueNeeds& needs) {
  const auto holds = [&](const net::Address& each) { return value.contains(each); };
  return std::all_of(needs.holds.begin(), needs.holds.end(), holds) &&
         std::none_of(needs.avoids.begin(), needs.avoids.end(), holds) &&
         std::none_of(needs.apart.begin(), needs.apart.end(),
                      [&](const net::Prefix& each) { return value.overlaps(each); });
}

std::optional<net::Prefix> default_of(const model::Parameter& parameter) {
  if (!parameter.default_value) return std::nullopt;
  if (const auto address = net::parse_address(*parameter.default_value)) return net::host(*address);
  return net::parse_prefix(*parameter.default_value);
}

/// The smallest block that avoids what it must; smaller ones have the more room.
std::optional<net::Prefix> find_free(const model::Parameter& parameter, const ValueNeeds& needs) {
  const int length = finest_length(parameter);
  std::vector<net::Prefix> taken;
  for (const net::Address& address : needs.avoids) taken.push_back(around(address, length));
  for (const net::Prefix& prefix : needs.apart) taken.push_back(widened(prefix, length));
  for (const net::Prefix& bound : bounds_of(parameter)) {
    if (bound.length > length) continue;
    // Everything taken is whole blocks of this length, so what is free is too.
    const net::AddressSet free = net::AddressSet(bound).without(net::AddressSet(taken));
    if (!free.empty()) return around(free.witness(), length);
  }
  return std::nullopt;
}

}  // namespace

int finest_length(const model::Parameter& parameter) {
  return parameter.kind == model::ParameterKind::Ip ? kHostLength : parameter.longest;
}

std::optional<net::Prefix> only_value(const model::Parameter& parameter) {
  const auto blocks = net::AddressSet(bounds_of(parameter)).prefixes();
  // Any block with room for a longer prefix has room for two values.
  if (blocks.size() != 1 || blocks.front().length != finest_length(parameter)) return std::nullopt;
  return is_allowed(parameter, blocks.front()) ? std::optional(blocks.front()) : std::nullopt;
}

net::Prefix widened(const net::Prefix& prefix, int length) {
  if (prefix.length <= length) return prefix;
  const auto host_bits = static_cast<unsigned>(net::bits_of(prefix.address.family) - length);
  const net::U128 bits = host_bits >= 128 ? 0 : (prefix.address.bits >> host_bits) << host_bits;
  return {.address = {.family = prefix.address.family, .bits = bits}, .length = length};
}

std::optional<net::Prefix> find_value(const model::Parameter& parameter, const ValueNeeds& needs) {
  const auto is_good = [&](const net::Prefix& value) { return is_allowed(parameter, value) && does(value, needs); };
  const auto given = default_of(parameter);
  if (given && is_good(*given)) return given;
  if (needs.holds.empty()) return find_free(parameter, needs);
  for (int length = finest_length(parameter); length >= coarsest_length(parameter); --length) {
    const net::Prefix value = around(needs.holds.front(), length);
    if (is_good(value)) return value;
  }
  return std::nullopt;
}

}  // namespace crenel::verify
