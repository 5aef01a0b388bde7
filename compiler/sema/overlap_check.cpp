#include "compiler/sema/overlap_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/flow_endpoints.h"
#include "compiler/sema/overlap_bounds.h"

namespace crenel::sema {
namespace {

using model::NetworkId;
using model::SiteId;

/// Something that holds addresses: a network's space, a site with all that is inside it, one site's own blocks, or
/// blocks named in a flow.
struct Holder {
  std::string what;  ///< "network `main`"
  base::Span span;
  std::vector<model::LateBlock> blocks;
};

class OverlapCheck {
 public:
  explicit OverlapCheck(BuildContext& context) : context_(context), design_(context.design) {}

  void run() {
    for (const NetworkId network : design_.networks.ids()) around(network);
    for (const SiteId site : design_.sites.ids()) networks_of(site);
    for (const model::Peering& peering : design_.peerings) {
      keep_apart(holder(peering.first), holder(peering.second));
      between_peers(peering.first, peering.second);
      between_peers(peering.second, peering.first);
    }
    for (const SiteId site : design_.sites.ids()) parts_beside(site);
    for (const model::Flow& flow : design_.flows) beside_denied(flow);
  }

 private:
  [[nodiscard]] Holder holder(NetworkId id) const {
    const model::Network& network = design_.networks[id];
    return {.what = fmt::format("network `{}`", model::to_string(network.origin.path)),
            .span = network.origin.span,
            .blocks = model::spaces_of(design_, id)};
  }
  [[nodiscard]] Holder holder(SiteId id, bool with_inner) const {
    const model::Site& site = design_.sites[id];
    return {.what = fmt::format("site `{}`", model::to_string(site.origin.path)),
            .span = site.origin.span,
            .blocks = with_inner ? model::addresses_of(design_, id) : site.addresses};
  }

  /// The root sites that a network is linked to or meets over the Internet, in declaration order.
  [[nodiscard]] std::set<SiteId> sites_around(NetworkId network) const {
    std::set<SiteId> sites;
    for (const model::Link& link : design_.links) {
      if (link.network == network) sites.insert(model::root_of(design_, link.site));
    }
    for (const InternetContact& contact : context_.contacts) {
      const auto* site = std::get_if<SiteId>(&contact.far_end);
      if (site != nullptr && contact.network == network) sites.insert(*site);
    }
    return sites;
  }

  void around(NetworkId network) {
    const std::set<SiteId> sites = sites_around(network);
    for (auto one = sites.begin(); one != sites.end(); ++one) {
      keep_apart(holder(network), holder(*one, true));
      for (auto other = std::next(one); other != sites.end(); ++other) {
        keep_apart(holder(*one, true), holder(*other, true));
      }
    }
    for (const InternetContact& contact : context_.contacts) {
      const auto* blocks = std::get_if<model::Blocks>(&contact.far_end);
      if (blocks == nullptr || contact.network != network) continue;
      const Holder named{.what = fmt::format("`{}`", blocks->name), .span = contact.span, .blocks = blocks->blocks};
      keep_apart(holder(network), named);
      if (!contact.carries) continue;
      // What of the blocks certainly lies in a linked site goes over its link. The rest must not happen to lie there.
      for (const model::Link& link : design_.links) {
        if (link.network == network) assume_apart(holder(link.site, true), named);
      }
    }
  }

  void networks_of(SiteId root) {
    std::set<NetworkId> networks;
    for (const model::Link& link : design_.links) {
      if (model::root_of(design_, link.site) == root) networks.insert(link.network);
    }
    for (auto one = networks.begin(); one != networks.end(); ++one) {
      for (auto other = std::next(one); other != networks.end(); ++other) keep_apart(holder(*one), holder(*other));
    }
  }

  /// What a network meets must not lie in a peer of it: a packet has one way to take.
  void between_peers(NetworkId network, NetworkId peer) {
    for (const SiteId site : sites_around(network)) keep_apart(holder(peer), holder(site, true));
    for (const model::Peering& other : design_.peerings) {
      const bool here = other.first == network || other.second == network;
      const NetworkId third = other.first == network ? other.second : other.first;
      if (here && third > peer) keep_apart(holder(peer), holder(third));
    }
  }

  /// A block of IPv6 that is given to a network is none of those that are denied to it.
  void beside_denied(const model::Flow& flow) {
    for (const model::Endpoint* end : {&flow.from, &flow.to}) {
      const auto tier = model::tier_of(design_, *end);
      const auto network = tier ? std::optional(design_.tiers[*tier].network) : std::nullopt;
      if (!network || !design_.networks[*network].ipv6) continue;
      Holder own = holder(*network);
      own.blocks = {*design_.networks[*network].ipv6};
      assume_apart(own, {.what = "what is denied", .span = {}, .blocks = flow.except});
    }
  }

  /// Two parts of one site: what lies in both would belong to neither.
  void parts_beside(SiteId site) {
    for (const SiteId other : design_.sites.ids()) {
      if (other.index() <= site.index() || model::root_of(design_, other) != model::root_of(design_, site)) continue;
      if (is_within(design_, site, other) || is_within(design_, other, site)) continue;
      keep_apart(holder(site, false), holder(other, false));
    }
  }

  void keep_apart(const Holder& a, const Holder& b) {
    if (!seen_.insert({a.what, b.what}).second) return;
    for (const model::LateBlock& left : a.blocks) {
      for (const model::LateBlock& right : b.blocks) {
        if (overlap(design_, left, right) == Overlap::Always) return report(a, b, left, right);
      }
    }
    assume_apart(a, b);
  }

  /// Adds an assumption for every two blocks of which the bounds do not tell.
  void assume_apart(const Holder& a, const Holder& b) {
    for (const model::LateBlock& left : a.blocks) {
      for (const model::LateBlock& right : b.blocks) {
        if (overlap(design_, left, right) == Overlap::Maybe) assume_apart(a, b, left, right);
      }
    }
  }
  void assume_apart(const Holder& a, const Holder& b, const model::LateBlock& left, const model::LateBlock& right) {
    std::string sentence =
        fmt::format("{} of {} and {} of {} do not overlap.", text(left), a.what, text(right), b.what);
    if (said_.insert(sentence).second) design_.assumptions.push_back(std::move(sentence));
  }

  [[nodiscard]] std::string text(const model::LateBlock& block) const {
    if (const auto only = forced(design_, block)) return net::to_string(*only);
    return fmt::format("`{}`", model::to_string(design_.parameters[std::get<model::ParameterId>(block)].origin.path));
  }

  void report(const Holder& a, const Holder& b, const model::LateBlock& left, const model::LateBlock& right) {
    std::string where;
    const auto one = forced(design_, left);
    const auto other = forced(design_, right);
    if (one && other) where = fmt::format(" in {}", net::to_string(one->contains(*other) ? *other : *one));
    // The later declaration is the one to mend; the earlier one is the other place.
    auto& report = context_.diagnostics.report(diagnostics::kAddressesOverlap, b.span, a.what, b.what, where);
    report.notes.push_back({a.span, fmt::format("{} has {}", a.what, text(left))});
    report.notes.push_back({{}, fmt::format("{} has {}", b.what, text(right))});
    const bool two_sites = a.what.starts_with("site") && b.what.starts_with("site");
    report.help = two_sites ? "addresses belong to one site: say `inside = SITE` on the one that is a part of the other"
                            : "what is connected needs addresses of its own, or no packet finds its way";
  }

  BuildContext& context_;
  model::Design& design_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::set<std::string> said_;
};

}  // namespace

void check_overlaps(BuildContext& context) { OverlapCheck(context).run(); }

void check_site_sizes(BuildContext& context) {
  constexpr net::U128 kMaxV4 = net::U128{1} << 16;
  constexpr net::U128 kMaxV6 = net::U128{1} << 96;
  std::set<SiteId> reported;
  const auto check = [&](SiteId id, const std::vector<model::LateBlock>& blocks) {
    const bool v4 = public_addresses(context.design, blocks, net::Family::V4) > kMaxV4;
    if (!v4 && public_addresses(context.design, blocks, net::Family::V6) <= kMaxV6) return;
    const model::Site& site = context.design.sites[id];
    if (!reported.insert(model::root_of(context.design, id)).second) return;
    auto& report =
        context.diagnostics.report(diagnostics::kSiteTooLarge, site.origin.span, model::to_string(site.origin.path),
                                   v4 ? "/16 of public IPv4" : "/32 of IPv6");
    report.help = "name the addresses of the place alone; for everybody, say `internet`";
    for (const model::LateBlock& block : blocks) {
      const auto* parameter = std::get_if<model::ParameterId>(&block);
      if (parameter == nullptr) continue;
      report.notes.push_back({context.design.parameters[*parameter].origin.span,
                              "this parameter's bound decides it: a longer least prefix, or `within`, narrows it"});
    }
  };
  // A site alone first, so that the error stands at the one that is too large; then with what is inside it.
  for (const SiteId id : context.design.sites.ids()) check(id, context.design.sites[id].addresses);
  for (const SiteId id : context.design.sites.ids()) check(id, model::addresses_of(context.design, id));
}

}  // namespace crenel::sema
