#include <algorithm>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Design;
using model::Endpoint;
using model::Flow;

model::NetworkId network_of(const Design& design, model::TierId tier) { return design.tiers[tier].network; }

/// The tiers of a flow between groups of two networks.
struct Crossing {
  model::TierId from;
  model::TierId to;
  bool operator==(const Crossing&) const = default;
};
std::optional<Crossing> crossing(const Design& design, const Flow& flow) {
  const auto from = model::tier_of(design, flow.from);
  const auto to = model::tier_of(design, flow.to);
  if (!from || !to || network_of(design, *from) == network_of(design, *to)) return std::nullopt;
  return Crossing{*from, *to};
}

bool is_allowed(const Design& design, const Endpoint& from, const Endpoint& to, const net::Traffic& traffic) {
  net::Traffic left = traffic;
  for (const Flow& flow : design.flows) {
    if (flow.from == from && flow.to == to) left = left.without(flow.traffic);
  }
  return left.empty();
}

void report(const Design& design, const Flow& one, const Flow& other, Diagnostics& diagnostics) {
  const model::FlowStatement& first = design.statements[one.statement];
  const model::FlowStatement& second = design.statements[other.statement];
  auto& error = diagnostics.report(kInexactAcrossPeering, second.span, first.text, second.text,
                                   model::name_of(design, one.from), model::name_of(design, other.to));
  error.notes.push_back({first.span, "the other flow is here"});
  error.help = "give one of the groups a tier of its own";
}

}  // namespace

/// The source's rules name the far tier and the target's rules the near one: of two flows on one service between two
/// tiers, the source of each reaches the target of the other.
void check_peerings(const Design& design, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < design.flows.size(); ++i) {
    const auto here = crossing(design, design.flows[i]);
    for (std::size_t k = i + 1; here && k < design.flows.size(); ++k) {
      const Flow& one = design.flows[i];
      const Flow& other = design.flows[k];
      if (crossing(design, other) != here || !one.traffic.overlaps(other.traffic)) continue;
      const net::Traffic both = one.traffic.intersected(other.traffic);
      if (!is_allowed(design, one.from, other.to, both)) return report(design, one, other, diagnostics);
      if (!is_allowed(design, other.from, one.to, both)) return report(design, other, one, diagnostics);
    }
  }
}

}  // namespace crenel::azure
