#include "compiler/sema/network_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/net/address_set.h"
#include "compiler/sema/build_attributes.h"

namespace crenel::sema {
namespace {

using model::to_string;

constexpr int kMadeLength = 56;    // what providers give a network, and what is made of its name
constexpr int kLargestBlock = 48;  // of a place (RFC 6177)
constexpr int kSmallestBlock = 64;

/// A unique local block (RFC 4193): its forty bits come of a name, so that it is the same whenever it is made, and
/// hardly any two networks that are joined one day have the same.
net::Prefix local_space(const std::string& name) {
  std::uint64_t hash = 0xCBF29CE484222325;  // FNV-1a
  for (const char each : name) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001B3;
  const net::U128 global = (hash ^ (hash >> 40U)) & 0xFFFFFFFFFF;
  const net::U128 bits = (net::U128{0xFD} << 120U) | (global << 80U);
  return {.address = {.family = net::Family::V6, .bits = bits}, .length = kMadeLength};
}

/// `attribute`: the one that the block comes of, after which it is named.
model::ParameterId add_block(BuildContext& context, const Declared& declared, const char* attribute, base::Span span,
                             int length, const net::Prefix& within) {
  model::Parameter space;
  space.origin = {.path = declared.path, .span = span, .doc = {}, .because = {}};
  space.origin.path.emplace_back(attribute);
  space.kind = model::ParameterKind::Cidr;
  space.shortest = length;
  space.longest = length;
  space.within = {within};
  space.chosen = true;
  return context.design.parameters.add(std::move(space));
}

/// The network's block of IPv6 where it says none: a local one of its own; or, where a provider gives it of its own
/// pool, a /56 of global unicast addresses (RFC 4291).
model::ParameterId chosen_space(BuildContext& context, const Declared& declared) {
  const bool local = context.in.local_ipv6 && context.in.ipv6_giver.empty();
  const net::Prefix within =
      local ? local_space(context.in.name + "/" + to_string(declared.path)) : *net::parse_prefix("2000::/3");
  return add_block(context, declared, "ipv6", attribute_span(declared, "ipv6"), kMadeLength, within);
}

/// Why no network has the block.
std::optional<std::string> unfit(const net::Prefix& block) {
  static const net::AddressSet fit({*net::parse_prefix("fc00::/7"), *net::parse_prefix("2000::/3")});
  if (block.length < kLargestBlock) return fmt::format("it is larger than a /{}", kLargestBlock);
  if (block.length > kSmallestBlock) return fmt::format("it is smaller than a /{}", kSmallestBlock);
  if (!fit.contains(net::AddressSet(block))) return "its addresses are neither unique local nor global unicast ones";
  return std::nullopt;
}

class Reader {
 public:
  Reader(BuildContext& context, const Declared& declared, model::Network& network)
      : context_(context), declared_(declared), network_(network), name_(to_string(declared.path)) {}

  bool read() {
    const Value* value = attribute(declared_, "space");
    if (value == nullptr) return not_ipv4();
    const auto* several = std::get_if<List>(&value->node);
    if (several == nullptr) return read_one(*value) && make_block();
    return read_several(*several);
  }

 private:
  bool not_ipv4() {
    context_.diagnostics.report(diagnostics::kSpaceNotIpv4, attribute_span(declared_, "space"), name_);
    return false;
  }

  bool read_one(const Value& value) {
    const auto block = late_from<net::Prefix>(value);
    if (!block || model::family_of(context_.design, *block) != net::Family::V4) return not_ipv4();
    network_.space = {.base = *block, .part = {}};
    return true;
  }

  bool make_block() {
    if (flag(declared_, "ipv6", false)) network_.ipv6 = chosen_space(context_, declared_);
    return true;
  }

  bool read_several(const List& blocks) {
    std::vector<const Value*> of_ipv4;
    std::vector<const Value*> of_ipv6;
    for (const Value& each : blocks.items) {
      const auto block = late_from<net::Prefix>(each);
      if (!block) return not_ipv4();
      (model::family_of(context_.design, *block) == net::Family::V4 ? of_ipv4 : of_ipv6).push_back(&each);
    }
    if (of_ipv4.size() == 1 && blocks.items.size() == 1) return read_one(*of_ipv4.front()) && make_block();
    if (of_ipv4.size() != 1 || of_ipv6.size() != 1) {
      context_.diagnostics
          .report(diagnostics::kSpaceBlocks, attribute_span(declared_, "space"), name_, of_ipv4.size(), of_ipv6.size())
          .help =
          "name one block of IPv4, and after it one of IPv6 or none: `space = [10.0.0.0/16, fd12:3456:789a::/56]`";
      return false;
    }
    return read_one(*of_ipv4.front()) && read_ipv6(*of_ipv6.front());
  }

  bool read_ipv6(const Value& value) {
    const auto* block = std::get_if<net::Prefix>(&value.node);
    const base::Span span = value.span.valid() ? value.span : attribute_span(declared_, "space");
    const Value* denied = attribute(declared_, "ipv6");
    const bool said = denied != nullptr && denied->span.valid();
    if (said && !flag(declared_, "ipv6", false)) {
      auto& report = context_.diagnostics.report(diagnostics::kIpv6Denied, denied->span, name_);
      report.notes.push_back({span, "the block is said here"});
      report.help = "take one of the two away";
      return false;
    }
    if (block == nullptr) return refuse(span, "a block of IPv6", "it is not known before deployment");
    if (const auto why = unfit(*block)) return refuse(span, net::to_string(*block), *why);
    if (!context_.in.ipv6_giver.empty()) {
      auto& report = context_.diagnostics.report(diagnostics::kIpv6Given, span, name_, context_.in.ipv6_giver);
      report.help = "say the block of IPv4 alone and `ipv6 = true`, or make it a pattern for the other provider";
      return false;
    }
    network_.ipv6 = add_block(context_, declared_, "space", span, block->length, *block);
    return true;
  }

  bool refuse(base::Span span, const std::string& what, const std::string& why) {
    auto& report = context_.diagnostics.report(diagnostics::kIpv6Block, span, name_, what, why);
    report.help =
        fmt::format("say a /{} to /{} that is known, or `ipv6 = true` and no block", kLargestBlock, kSmallestBlock);
    return false;
  }

  BuildContext& context_;
  const Declared& declared_;
  model::Network& network_;
  std::string name_;
};

}  // namespace

bool read_space(BuildContext& context, const Declared& declared, model::Network& network) {
  return Reader(context, declared, network).read();
}

}  // namespace crenel::sema
