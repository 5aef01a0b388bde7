#include "compiler/sema/flow_except.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/flows.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using model::SiteId;

net::AddressSet widest_of(const model::Design& design, const std::vector<model::LateBlock>& blocks) {
  net::AddressSet all;
  for (const model::LateBlock& block : blocks) all = all.united(model::widest(design, block));
  return all;
}

class TakeAway {
 public:
  TakeAway(BuildContext& context, const EndpointSet& except, Purpose purpose, base::Span span)
      : context_(context), design_(context.design), except_(except), purpose_(purpose), span_(span) {}

  /// What is left of an endpoint; nothing when all of it is gone.
  std::optional<Endpoint> left_of(const Endpoint& endpoint) {
    for (const Atom& taken : except_.atoms) {
      if (covers(taken.endpoint, endpoint)) return std::nullopt;
    }
    if (std::holds_alternative<model::Internet>(endpoint)) return left_of_internet(endpoint);
    if (std::holds_alternative<SiteId>(endpoint) || std::holds_alternative<model::Blocks>(endpoint)) {
      return left_of_addresses(endpoint);
    }
    return endpoint;
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  [[nodiscard]] bool covers(const Endpoint& taken, const Endpoint& endpoint) const {
    if (taken == endpoint) return true;
    const auto* outer = std::get_if<SiteId>(&taken);
    const auto* site = std::get_if<SiteId>(&endpoint);
    return outer != nullptr && site != nullptr && is_within(design_, *site, *outer);
  }

  /// In a grant, `internet` holds what is known by public addresses alone, so nothing public can be taken out of it.
  /// In a claim it holds no site, but it does hold addresses that are named without one.
  std::optional<Endpoint> left_of_internet(const Endpoint& endpoint) {
    const net::AddressSet private_space(net::private_blocks());
    for (const Atom& taken : except_.atoms) {
      const auto blocks = blocks_of(design_, taken.endpoint);
      if (blocks.empty() || private_space.contains(widest_of(design_, blocks))) continue;
      const auto* site = std::get_if<SiteId>(&taken.endpoint);
      if (site != nullptr && (purpose_ == Purpose::Claim || is_linked(*site))) continue;
      auto& report =
          context_.diagnostics.report(diagnostics::kExceptFromInternet, span_, model::name_of(design_, taken.endpoint));
      report.help = "name the places that may take part, or keep `internet` out of this side";
      failed_ = true;
      return std::nullopt;
    }
    return endpoint;
  }

  [[nodiscard]] bool is_linked(SiteId site) const {
    // Linked to every network: then `internet` does not hold it, whichever network a flow joins.
    const auto networks = design_.networks.ids();
    return std::all_of(networks.begin(), networks.end(), [&](model::NetworkId network) {
      return model::link_between(design_, network, site).has_value();
    });
  }

  std::optional<Endpoint> left_of_addresses(const Endpoint& endpoint) {
    std::vector<model::LateBlock> left = blocks_of(design_, endpoint);
    std::vector<std::string> names;
    for (const Atom& taken : except_.atoms) {
      const auto blocks = blocks_of(design_, taken.endpoint);
      if (blocks.empty() || !widest_of(design_, left).overlaps(widest_of(design_, blocks))) continue;
      if (are_apart(endpoint, taken.endpoint)) continue;
      const auto beside = siblings(endpoint, taken.endpoint);
      const auto clear = std::stable_partition(left.begin(), left.end(), [&](const model::LateBlock& block) {
        return std::find(beside.begin(), beside.end(), block) == beside.end();
      });
      auto rest = difference(design_, {left.begin(), clear}, blocks);
      if (!rest) return undecided(endpoint, taken.endpoint);
      rest->insert(rest->end(), clear, left.end());
      left = std::move(*rest);
      names.push_back(model::name_of(design_, taken.endpoint));
    }
    if (names.empty()) return endpoint;
    if (left.empty()) return std::nullopt;
    return model::Blocks{.name = fmt::format("{} except {}", model::name_of(design_, endpoint), fmt::join(names, ", ")),
                         .blocks = std::move(left)};
  }

  /// Two sites neither of which is inside the other have no address in common: that is checked, or assumed.
  [[nodiscard]] bool are_apart(const Endpoint& a, const Endpoint& b) const {
    const auto* one = std::get_if<SiteId>(&a);
    const auto* other = std::get_if<SiteId>(&b);
    return one != nullptr && other != nullptr && !is_within(design_, *one, *other) && !is_within(design_, *other, *one);
  }

  /// The blocks of sites inside `whole` that are beside `taken`: they cannot lose anything to it.
  [[nodiscard]] std::vector<model::LateBlock> siblings(const Endpoint& whole, const Endpoint& taken) const {
    const auto* outer = std::get_if<SiteId>(&whole);
    const auto* inner = std::get_if<SiteId>(&taken);
    std::vector<model::LateBlock> beside;
    if (outer == nullptr || inner == nullptr) return beside;
    for (const SiteId site : design_.sites.ids()) {
      if (site == *outer || !is_within(design_, site, *outer) || !are_apart(site, taken)) continue;
      const auto& own = design_.sites[site].addresses;
      beside.insert(beside.end(), own.begin(), own.end());
    }
    return beside;
  }

  std::optional<Endpoint> undecided(const Endpoint& whole, const Endpoint& taken) {
    auto& report = context_.diagnostics.report(diagnostics::kExceptUndecided, span_, model::name_of(design_, taken),
                                               model::name_of(design_, whole));
    report.help = "bind the addresses, give them bounds that lie apart, or name the parts as sites of their own";
    failed_ = true;
    return std::nullopt;
  }

  BuildContext& context_;
  const model::Design& design_;
  const EndpointSet& except_;
  Purpose purpose_;
  base::Span span_;
  bool failed_ = false;
};

}  // namespace

std::vector<model::LateBlock> blocks_of(const model::Design& design, const Endpoint& endpoint) {
  if (const auto* site = std::get_if<SiteId>(&endpoint)) return model::addresses_of(design, *site);
  if (const auto* blocks = std::get_if<model::Blocks>(&endpoint)) return blocks->blocks;
  return {};
}

bool is_within(const model::Design& design, SiteId site, SiteId outer) {
  std::optional<SiteId> at = site;
  for (std::size_t step = 0; at && step <= design.sites.size(); ++step) {
    if (*at == outer) return true;
    at = design.sites[*at].inside;
  }
  return false;
}

std::optional<std::vector<model::LateBlock>> difference(const model::Design& design,
                                                        const std::vector<model::LateBlock>& from,
                                                        const std::vector<model::LateBlock>& taken) {
  net::AddressSet known_taken;
  for (const model::LateBlock& block : taken) {
    if (const auto prefix = model::known(block)) known_taken = known_taken.united(*prefix);
  }
  std::vector<model::LateBlock> left;
  for (const model::LateBlock& block : from) {
    if (std::find(taken.begin(), taken.end(), block) != taken.end()) continue;
    const auto prefix = model::known(block);
    const auto reach = model::widest(design, block);
    // Exact with known blocks only; anything else must stay clear of the block for every value.
    const bool open = std::any_of(taken.begin(), taken.end(), [&](const model::LateBlock& other) {
      return !(prefix && model::known(other)) && reach.overlaps(model::widest(design, other));
    });
    if (open) return std::nullopt;
    if (!prefix) {
      left.push_back(block);
      continue;
    }
    for (const net::Prefix& rest : net::AddressSet(*prefix).without(known_taken).prefixes()) left.emplace_back(rest);
  }
  return left;
}

void take_away(BuildContext& context, EndpointSet& expansion, const EndpointSet& except, Purpose purpose) {
  base::Span span;
  for (const TermInfo& term : except.terms) span = base::join(span, term.span);
  TakeAway taking(context, except, purpose, span);
  std::vector<Atom> left;
  for (Atom& atom : expansion.atoms) {
    auto rest = taking.left_of(atom.endpoint);
    if (!rest) continue;
    atom.endpoint = std::move(*rest);
    left.push_back(std::move(atom));
  }
  expansion.atoms = std::move(left);
  expansion.failed = expansion.failed || taking.failed();
}

}  // namespace crenel::sema
