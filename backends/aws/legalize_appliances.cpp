#include <algorithm>
#include <utility>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::ApplianceId;
using model::Design;
using model::TierId;

/// In words, why a gateway load balancer cannot stand before the instances; and what to do. Empty: it can.
struct Refusal {
  std::string why;
  std::string help;
};

std::string zones_in_words(int zones) { return std::to_string(zones) + (zones == 1 ? " zone" : " zones"); }

/// What comes back from the instances leaves the endpoint as it came, with the address of who sent it: a gateway to the
/// Internet does not know that one (vpc/latest/privatelink, "Gateway Load Balancer endpoints", checked 2026-11-27).
Refusal refusal_of(const Design& design, const model::Appliance& appliance) {
  const model::Tier& tier = design.tiers[appliance.tier];
  const model::Network& network = design.networks[tier.network];
  const std::string has = "has " + std::to_string(appliance.count) + " instances";
  if (!std::holds_alternative<model::NatWayOut>(tier.way_out)) {
    return {has + ", and no NAT gateway is behind them: a gateway load balancer leaves the sender's address as it is",
            "put it into a private tier, and say `via " + appliance.origin.path.back() + ", nat`; or `count = 1`"};
  }
  if (appliance.count < network.zones) {
    return {has + " for " + zones_in_words(network.zones) + ", and a gateway load balancer wants one in each",
            "`count = " + std::to_string(network.zones) + "`, or `count = 1`"};
  }
  return {};
}

/// Who stands beside the NAT gateways shares their routes, by which what is for the tier goes to the appliance.
class Neighbours {
 public:
  Neighbours(const Design& design, TierId nat_tier, TierId behind, ApplianceId appliance,
             diagnostics::Diagnostics& diagnostics)
      : design_(design), nat_tier_(nat_tier), behind_(behind), appliance_(appliance), diagnostics_(diagnostics) {}

  void check_flows() {
    for (const model::Flow& flow : design_.flows) {
      const auto from = model::tier_of(design_, flow.from);
      const auto to = model::tier_of(design_, flow.to);
      const bool there = from == nat_tier_ && to == behind_;
      const bool back = from == behind_ && to == nat_tier_;
      if (!there && !back) continue;
      report(flow.statement, model::name_of(design_, there ? flow.from : flow.to),
             "declare an empty public tier first: the NAT gateways stand in the first public one of the network");
      return;
    }
  }

  /// Whoever calls a service over an endpoint that stands there.
  void check_endpoints(const DataPlan& data) {
    for (const InterfaceEndpoint& endpoint : data.endpoints) {
      if (endpoint.tier != nat_tier_) continue;
      for (const std::size_t index : endpoint.grants) {
        const DataGrant& grant = data.grants[index];
        if (model::tier_of(design_, grant.from) != behind_ || grant.statements.empty()) continue;
        report(grant.statements.front(), model::to_string(design_.private_paths[endpoint.path].origin.path),
               "declare the endpoint in another tier first: of several for a service AWS has the one that stands in "
               "the first tier");
        return;
      }
    }
  }

 private:
  void report(model::StatementId id, const std::string& neighbour, std::string help) {
    const model::Origin& home = design_.tiers[nat_tier_].origin;
    auto& error = diagnostics_.report(kAnswersPast, design_.statements[id].span, neighbour, model::to_string(home.path),
                                      model::to_string(design_.appliances[appliance_].origin.path));
    error.notes.push_back({home.span, "the first public tier of the network is declared here"});
    error.help = std::move(help);
  }

  const Design& design_;
  TierId nat_tier_;
  TierId behind_;
  ApplianceId appliance_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace

std::vector<Fleet> plan_fleets(const Design& design, const std::vector<Transit>& transits,
                               diagnostics::Diagnostics& diagnostics) {
  std::vector<Fleet> all;
  for (const ApplianceId id : design.appliances.ids()) {
    const model::Appliance& appliance = design.appliances[id];
    if (appliance.count == 1 || model::tiers_behind(design, id).empty()) continue;
    const model::NetworkId network = design.tiers[appliance.tier].network;
    const std::string path = model::to_string(design.networks[network].origin.path);
    const bool across =
        std::any_of(transits.begin(), transits.end(), [&](const Transit& one) { return one.hub == network; });
    const auto others = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Fleet& one) {
      return design.tiers[design.appliances[one.appliance].tier].network == network;
    }));
    const std::size_t taken = (others + (across ? 1 : 0)) * static_cast<std::size_t>(design.networks[network].zones);
    Fleet made{.appliance = id, .blocks = free_blocks(design, network, taken)};
    Refusal refusal = refusal_of(design, appliance);
    if (refusal.why.empty() && made.blocks.empty()) {
      refusal = {"needs a /28 a zone for a gateway load balancer, and `" + path + "` may have none to give",
                 "enlarge the space of the network, or narrow its bound"};
    }
    if (!refusal.why.empty()) {
      diagnostics.report(kApplianceForm, appliance.origin.span, model::to_string(appliance.origin.path), refusal.why)
          .help = refusal.help;
      continue;
    }
    all.push_back(std::move(made));
  }
  return all;
}

void check_appliances(const model::Design& design, const std::vector<Gateways>& gateways, const DataPlan& data,
                      diagnostics::Diagnostics& diagnostics) {
  for (const ApplianceId id : design.appliances.ids()) {
    for (const Gateways& one : gateways) {
      if (!one.nat_tier) continue;
      for (const TierId behind : model::tiers_behind(design, id)) {
        if (design.tiers[behind].network != one.network) continue;
        Neighbours neighbours(design, *one.nat_tier, behind, id, diagnostics);
        neighbours.check_flows();
        neighbours.check_endpoints(data);
      }
    }
  }
}

}  // namespace crenel::aws
