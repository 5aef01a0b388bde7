#include "compiler/sema/plan_addresses.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/plan_layout.h"

namespace crenel::sema {
namespace {

using model::Block;
using model::NetworkId;
using model::TierId;

/// Plans one network. A tier in error takes no part in the rest, so that it causes no second error.
class NetworkPlan {
 public:
  NetworkPlan(BuildContext& context, NetworkId id)
      : context_(context),
        id_(id),
        network_(context.design.networks[id]),
        name_(model::to_string(network_.origin.path)) {}

  void run() {
    if (!find_space()) return;
    reserve();
    for (const TierId tier : network_.tiers) wish_for(tier);
    check_pinned();
    place();
    if (network_.ipv6) place_ipv6();
  }

 private:
  struct Member {
    TierId tier;
    Wish wish;
    base::Span span;  ///< of what says where it lies: `at`, `space`, or the tier's name
  };

  [[nodiscard]] const Declared& declared(TierId tier) const { return context_.declared(tier); }
  [[nodiscard]] std::string name(TierId tier) const {
    return model::to_string(context_.design.tiers[tier].origin.path);
  }
  [[nodiscard]] const net::Prefix* known_space() const { return std::get_if<net::Prefix>(&network_.space.base); }

  bool find_space() {
    if (const auto* prefix = known_space()) {
      space_length_ = prefix->length;
    } else {
      space_length_ = context_.design.parameters[std::get<model::ParameterId>(network_.space.base)].longest;
    }
    if (space_length_ <= kReservedLength) return true;
    auto& report = context_.diagnostics.report(diagnostics::kNoRoomForGateways, space_span(), name_, space_length_);
    report.help = "give the network a /26 at least, and room for its tiers beside that";
    note_parameter(report);
    return false;
  }

  [[nodiscard]] base::Span space_span() const { return attribute_span(context_.declared(id_), "space"); }

  void note_parameter(diagnostics::Diagnostic& report) const {
    const auto* id = std::get_if<model::ParameterId>(&network_.space.base);
    if (id == nullptr) return;
    const model::Parameter& parameter = context_.design.parameters[*id];
    report.notes.push_back(
        {parameter.origin.span,
         fmt::format("`{}` can be as small as a /{}", model::to_string(parameter.origin.path), parameter.longest)});
  }

  void reserve() {
    if (known_space() != nullptr) {
      network_.reserved = block_at(reserved_extent(space_length_), kReservedLength);
    } else {
      network_.reserved = {.base = network_.space.base,
                           .part = model::Part{.length = kReservedLength, .index = 0, .from_end = true}};
    }
  }

  /// A block inside the network: folded where the space is known.
  [[nodiscard]] Block block_at(const Extent& extent, int length) const {
    if (const auto* prefix = known_space()) {
      const net::Address first{.family = net::Family::V4, .bits = prefix->address.bits + extent.offset};
      return {.base = net::Prefix{.address = first, .length = length}, .part = {}};
    }
    const auto index = static_cast<std::uint32_t>(extent.offset / extent.size);
    return {.base = network_.space.base, .part = model::Part{.length = length, .index = index, .from_end = false}};
  }

  void wish_for(TierId tier) {
    const Value* size = attribute(declared(tier), "size");
    const Value* space = attribute(declared(tier), "space");
    if ((size == nullptr) == (space == nullptr)) {
      auto& report = context_.diagnostics.report(diagnostics::kTierUnsized, declared(tier).name_span, name(tier));
      report.help = "`size = /24` is the block of one zone; `space = 10.0.1.0/24` is the whole tier, placed by hand";
    } else if (size != nullptr) {
      wish_for_size(tier, std::get<PrefixLength>(size->node).value);
    } else {
      wish_for_space(tier, *space);
    }
  }

  void wish_for_size(TierId tier, int zone_length) {
    Wish wish{.length = zone_length - zone_bits(), .pinned = {}};
    const auto* at = attribute_as<std::int64_t>(declared(tier), "at");
    if (at == nullptr) {
      members_.push_back({.tier = tier, .wish = wish, .span = declared(tier).name_span});
      return;
    }
    const base::Span span = attribute_span(declared(tier), "at");
    // Compared before it is multiplied, so that no number is too large.
    const std::uint64_t places = wish.length < space_length_ ? 0 : std::uint64_t{1} << (wish.length - space_length_);
    if (*at < 0 || static_cast<std::uint64_t>(*at) >= places) {
      auto& report = context_.diagnostics.report(diagnostics::kTierOutsideNetwork, span, name(tier), name_);
      report.help = places == 0 ? fmt::format("the tier is a /{}, larger than the network", wish.length)
                                : fmt::format("the tier is a /{}; a /{} has the places 0 to {} for it", wish.length,
                                              space_length_, places - 1);
      note_parameter(report);
      return;
    }
    wish.pinned = static_cast<std::uint64_t>(*at);
    members_.push_back({.tier = tier, .wish = wish, .span = span});
  }

  void wish_for_space(TierId tier, const Value& space) {
    if (attribute(declared(tier), "at") != nullptr) {
      context_.diagnostics.report(diagnostics::kPinnedSpace, attribute_span(declared(tier), "at"), name(tier));
      return;
    }
    const auto* block = std::get_if<net::Prefix>(&space.node);
    const auto* whole = known_space();
    if (block == nullptr || whole == nullptr) {
      auto& report = context_.diagnostics.report(diagnostics::kTierSpaceUnknown, space.span, name(tier));
      report.help = "say `size`, and the tier is placed within whatever block the network is given";
    } else if (!whole->contains(*block)) {
      auto& report = context_.diagnostics.report(diagnostics::kTierOutsideNetwork, space.span, name(tier), name_);
      report.notes.push_back({space_span(), fmt::format("the network is {}", net::to_string(*whole))});
    } else if (block->length + zone_bits() > 32) {
      context_.diagnostics.report(diagnostics::kTierTooSmall, space.span, name(tier), block->length, network_.zones);
    } else {
      const auto offset = static_cast<std::uint64_t>(block->address.bits - whole->address.bits);
      members_.push_back({.tier = tier,
                          .wish = {.length = block->length, .pinned = offset / addresses_in(block->length)},
                          .span = space.span});
    }
  }

  [[nodiscard]] int zone_bits() const { return ceil_log2(static_cast<std::uint64_t>(network_.zones)); }

  /// Reports pinned tiers that lie on the reserved block or on an earlier pinned one, and drops them.
  void check_pinned() {
    std::vector<Member> sound;
    for (const Member& member : members_) {
      if (!member.wish.pinned || is_clear(member, sound)) sound.push_back(member);
    }
    members_ = std::move(sound);
  }

  bool is_clear(const Member& member, const std::vector<Member>& earlier) {
    const Extent extent = pinned_extent(member.wish);
    if (extent.overlaps(reserved_extent(space_length_))) {
      auto& report = context_.diagnostics.report(diagnostics::kTierOverGateways, member.span, name(member.tier), name_);
      report.help = "place it lower, or give the network a larger space";
      note_parameter(report);
      return false;
    }
    const auto other = std::find_if(earlier.begin(), earlier.end(), [&](const Member& one) {
      return one.wish.pinned && pinned_extent(one.wish).overlaps(extent);
    });
    if (other == earlier.end()) return true;
    auto& report =
        context_.diagnostics.report(diagnostics::kTiersOverlap, member.span, name(member.tier), name(other->tier));
    report.notes.push_back({other->span, fmt::format("`{}` is placed here", name(other->tier))});
    return false;
  }

  void place() {
    std::vector<Wish> wishes;
    for (const Member& member : members_) wishes.push_back(member.wish);
    Layout layout = lay_out(wishes, space_length_);
    if (layout.unfit && narrow(wishes, members_[*layout.unfit])) layout = lay_out(wishes, space_length_);
    if (layout.unfit) return report_unfit(wishes, members_[*layout.unfit]);
    for (std::size_t i = 0; i < members_.size(); ++i) assign(members_[i], layout.extents[i]);
  }

  /// Whether the provider gives what is in the tier addresses of IPv6. Functions and databases have IPv4 alone.
  [[nodiscard]] bool takes_ipv6(TierId tier) const {
    const auto members = model::members_in(context_.design, tier);
    return std::none_of(members.begin(), members.end(), [](const model::Endpoint& member) {
      return std::holds_alternative<model::FunctionId>(member) || std::holds_alternative<model::DatabaseId>(member);
    });
  }

  /// Each zone of a tier takes a /64, in the order of declaration; a tier, as in IPv4, a power of two of them.
  void place_ipv6() {
    constexpr int kZoneLength = 64;
    const model::Parameter& space = context_.design.parameters[*network_.ipv6];
    const int tier_length = kZoneLength - zone_bits();
    const std::size_t most = tier_length < space.longest ? 0 : std::size_t{1} << (tier_length - space.longest);
    for (std::size_t i = 0; i < network_.tiers.size(); ++i) {
      model::Tier& tier = context_.design.tiers[network_.tiers[i]];
      if (i >= most) {
        auto& report = context_.diagnostics.report(diagnostics::kSpaceTooSmall, declared(network_.tiers[i]).name_span,
                                                   name(network_.tiers[i]), name_, space.longest,
                                                   std::uint64_t{network_.tiers.size() - most} << zone_bits());
        report.help = fmt::format(
            "a block of IPv6 has {} blocks of /64, and each zone of a tier takes one: put some of the tiers in a "
            "network of their own, or say a larger block in `space`",
            std::uint64_t{1} << (kZoneLength - space.longest));
        return;
      }
      if (!takes_ipv6(network_.tiers[i])) continue;
      const auto index = static_cast<std::uint32_t>(i);
      tier.ipv6_block =
          Block{.base = *network_.ipv6, .part = model::Part{.length = tier_length, .index = index, .from_end = false}};
      for (int zone = 0; zone < network_.zones; ++zone) {
        const std::uint32_t place = (index << zone_bits()) + static_cast<std::uint32_t>(zone);
        tier.ipv6_zone_blocks.push_back(
            {.base = *network_.ipv6, .part = model::Part{.length = kZoneLength, .index = place, .from_end = false}});
      }
    }
  }

  /// A space that is left to deployment and has room at the start of its bounds, though not at their end: the bounds
  /// shrink to what has room, which the template then demands and every proof ranges over.
  bool narrow(const std::vector<Wish>& wishes, const Member& member) {
    const auto* id = std::get_if<model::ParameterId>(&network_.space.base);
    const auto enough = smallest_space(wishes);
    if (id == nullptr || !enough) return false;
    model::Parameter& parameter = context_.design.parameters[*id];
    const auto preset = parameter.default_value ? net::parse_prefix(*parameter.default_value) : std::nullopt;
    if (*enough < parameter.shortest || (preset && preset->length > *enough)) return false;
    // A tier that is pinned stays where it is in every space, so its place must be there in the least one too.
    if (lay_out(wishes, *enough).unfit) return false;
    const std::string path = model::to_string(parameter.origin.path);
    auto& report = context_.diagnostics.report(diagnostics::kSpaceNarrowed, parameter.origin.span, path,
                                               parameter.longest, name_, *enough);
    report.notes.push_back(
        {member.span, fmt::format("`{}` has no room in a /{}", name(member.tier), parameter.longest)});
    report.help = fmt::format("say `cidr(/{}../{})`", parameter.shortest, *enough);
    parameter.longest = *enough;
    space_length_ = *enough;
    return true;
  }

  void assign(const Member& member, const Extent& extent) {
    model::Tier& tier = context_.design.tiers[member.tier];
    tier.block = block_at(extent, member.wish.length);
    const std::uint64_t size = extent.size >> zone_bits();
    for (int zone = 0; zone < network_.zones; ++zone) {
      const Extent part{.offset = extent.offset + static_cast<std::uint64_t>(zone) * size, .size = size};
      tier.zone_blocks.push_back(block_at(part, member.wish.length + zone_bits()));
    }
  }

  void report_unfit(const std::vector<Wish>& wishes, const Member& member) {
    auto& report = context_.diagnostics.report(diagnostics::kSpaceTooSmall, member.span, name(member.tier), name_,
                                               space_length_, missing_addresses(wishes, space_length_));
    const auto enough = smallest_space(wishes);
    report.help = enough ? fmt::format(
                               "a space of /{} would do; a tier takes its `size` once a zone, rounded up to a "
                               "power of two, and the last /26 is the provider's",
                               *enough)
                         : "no space is large enough: give the tiers smaller sizes";
    report.notes.push_back({space_span(), "the space is given here"});
    note_parameter(report);
  }

  BuildContext& context_;
  NetworkId id_;
  model::Network& network_;
  std::string name_;
  int space_length_ = 0;
  std::vector<Member> members_;
};

}  // namespace

void plan_addresses(BuildContext& context) {
  for (const NetworkId id : context.design.networks.ids()) NetworkPlan(context, id).run();
}

}  // namespace crenel::sema
