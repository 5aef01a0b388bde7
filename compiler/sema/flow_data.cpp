#include "compiler/sema/flow_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/existing.h"
#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/model/data_paths.h"
#include "compiler/model/existing.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using Lack = DataObstacle::Kind;

constexpr std::uint16_t kHttps = 443;

/// Why a source has nobody who could ask a service for anything; empty when it has.
std::string why_not(const model::Design& design, const Endpoint& from) {
  const auto* site = std::get_if<model::SiteId>(&from);
  if (site != nullptr && design.sites[*site].network) return "who asks in a network made elsewhere is not known here";
  if (std::holds_alternative<model::Internet>(from)) return "services are never open to the Internet";
  if (std::holds_alternative<model::Blocks>(from)) return "declare a site with these addresses";
  if (std::holds_alternative<model::BalancerId>(from)) return "a balancer runs no code of its own";
  if (std::holds_alternative<model::DatabaseId>(from)) return "a database opens nothing";
  return model::is_service(from) ? "a service opens nothing" : "";
}

bool has_public_addresses(const model::Design& design, model::SiteId site) {
  const auto addresses = model::addresses_of(design, site);
  const net::AddressSet hidden(net::private_blocks());
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const auto& block) { return !hidden.contains(model::widest(design, block)); });
}

bool has_public_tier(const model::Design& design, model::NetworkId network) {
  const auto& tiers = design.networks[network].tiers;
  return std::any_of(tiers.begin(), tiers.end(),
                     [&](model::TierId tier) { return design.tiers[tier].kind == model::TierKind::Public; });
}

DataVerdict by_site(const model::Design& design, model::SiteId site, model::DataActions actions,
                    const std::vector<model::Hop>& via) {
  if (!via.empty()) return DataObstacle{.kind = Lack::ViaMisplaced, .text = "a site comes by its own way"};
  if (design.sites[site].identities.empty() && !has_public_addresses(design, site)) {
    return DataObstacle{.kind = Lack::SiteUnknown, .text = {}};
  }
  return DataPassage{.actions = std::move(actions), .via = {}};
}

DataVerdict by_member(const model::Design& design, const Endpoint& from, const Endpoint& to, model::DataActions actions,
                      const std::vector<model::Hop>& via) {
  const auto tier = model::tier_of(design, from);
  const bool nat = via.size() == 1 && std::holds_alternative<model::ViaNat>(via.front());
  if (!via.empty() && !nat) {
    return DataObstacle{.kind = Lack::ViaMisplaced, .text = "requests to services go by an endpoint or by `nat`"};
  }
  if (!tier) {
    if (nat) return DataObstacle{.kind = Lack::ViaMisplaced, .text = "the function is in no network"};
    return DataPassage{.actions = std::move(actions), .via = {}};
  }
  const model::Tier& home = design.tiers[*tier];
  if (model::way_to(design, from, to) == model::DataWay::PrivatePath) {
    if (nat) return DataObstacle{.kind = Lack::ViaMisplaced, .text = "the tier has an endpoint for the service"};
    return DataPassage{.actions = std::move(actions), .via = {}};
  }
  if (nat && home.kind == model::TierKind::Private) {
    if (!has_public_tier(design, home.network)) return DataObstacle{.kind = Lack::NatNeedsPublicTier, .text = {}};
    return DataPassage{.actions = std::move(actions), .via = via};
  }
  const auto* group = std::get_if<model::GroupId>(&from);
  const bool direct = home.kind == model::TierKind::Public && group != nullptr && design.groups[*group].public_address;
  if (!nat && direct) return DataPassage{.actions = std::move(actions), .via = {}};
  return DataObstacle{.kind = Lack::NoPath, .text = {}};
}

/// A flow that lets the requests out by the same way.
bool admits_requests(const model::Design& design, const model::DataFlow& data) {
  const net::Traffic https = net::Traffic::of(net::Protocol::Tcp, kHttps, kHttps);
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
    return flow.from == data.from && std::holds_alternative<model::Internet>(flow.to) && flow.traffic.contains(https) &&
           flow.via == data.via;
  });
}

bool is_let_out(const model::Design& design, model::FunctionId function) {
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
    return flow.from == Endpoint(function) && std::holds_alternative<model::Internet>(flow.to);
  });
}

}  // namespace

model::DataActions data_actions(const Actions& actions, const Endpoint& destination) {
  if (actions.any) return model::actions_of(destination);
  model::DataActions out;
  for (const std::string& word : actions.data) {
    const auto action = model::data_action(word);
    if (action) out = model::united(out, {*action});
  }
  return out;
}

DataVerdict judge_data(const model::Design& design, const Endpoint& from, const Endpoint& to, const Actions& actions,
                       const std::vector<model::Hop>& via) {
  const model::DataActions asked = data_actions(actions, to);
  model::DataActions taken = model::intersected(asked, model::actions_of(to));
  const bool mixed = !actions.traffic.empty();
  if (taken.empty() && (asked.empty() || mixed)) return {};
  if (taken.empty()) return DataObstacle{.kind = Lack::NotTaken, .text = {}};
  if (const std::string why = why_not(design, from); !why.empty())
    return DataObstacle{.kind = Lack::CannotAct, .text = why};
  if (std::holds_alternative<model::SiteId>(from) && model::existing_of(design, to) != nullptr) {
    return DataObstacle{.kind = Lack::Elsewhere, .text = {}};
  }
  if (const auto* site = std::get_if<model::SiteId>(&from)) return by_site(design, *site, std::move(taken), via);
  return by_member(design, from, to, std::move(taken), via);
}

void report_data_obstacle(BuildContext& context, const FlowPlace& place, const Endpoint& from, const Endpoint& to,
                          const Actions& actions, const DataObstacle& obstacle) {
  const model::Design& design = context.design;
  auto& diagnostics = context.diagnostics;
  const std::string source = model::name_of(design, from);
  const std::string target = model::name_of(design, to);
  const base::Span via = place.via.valid() ? place.via : place.span;
  const auto tier = model::tier_of(design, from);
  switch (obstacle.kind) {
    case Lack::NotTaken: {
      const auto takes = model::actions_of(to);
      const auto wrong = model::without(data_actions(actions, to), takes);
      diagnostics
          .report(diagnostics::kActionNotTaken, place.actions.valid() ? place.actions : place.span,
                  model::to_string(wrong), target, takes.empty() ? "packets alone" : model::to_string(takes))
          .notes.push_back({model::origin_of(design, to).span, fmt::format("`{}` is declared here", target)});
      return;
    }
    case Lack::CannotAct:
      diagnostics.report(diagnostics::kCannotAct, place.span, source, target, obstacle.text).help =
          "groups, functions, appliances and sites act";
      return;
    case Lack::NoPath: {
      const model::Tier& home = design.tiers[*tier];
      const std::string name = model::to_string(home.origin.path);
      auto& report = diagnostics.report(diagnostics::kNoPathToService, place.span, source, target, name);
      report.notes.push_back({home.origin.span, fmt::format("tier `{}` is declared here", name)});
      report.help = fmt::format("declare `endpoint NAME in {} for {}`{}", name, target,
                                home.kind == model::TierKind::Private ? ", or go `via nat`" : "");
      return;
    }
    case Lack::SiteUnknown:
      diagnostics.report(diagnostics::kSiteUnknown, place.span, source).help =
          "give the site `identities = […]`, or the public addresses that it comes from";
      return;
    case Lack::Elsewhere: {
      auto& report = diagnostics.report(diagnostics::kElsewhere, place.span, target,
                                        "whom it lets in from outside is said by its own rules");
      report.notes.push_back({model::origin_of(design, to).span, fmt::format("`{}` is declared here", target)});
      report.help = "let a group or a function of the design use it";
      return;
    }
    case Lack::ViaMisplaced:
      diagnostics.report(diagnostics::kViaMisplaced, via, obstacle.text).help = "take the `via` away";
      return;
    case Lack::NatNeedsPublicTier:
      break;
  }
  const model::Network& network = design.networks[design.tiers[*tier].network];
  diagnostics.report(diagnostics::kNatNeedsPublicTier, via, model::to_string(network.origin.path)).help =
      "declare a public subnet in it, even an empty one";
}

void check_requests(BuildContext& context, const std::vector<Endpoint>& told_functions) {
  const model::Design& design = context.design;
  for (const auto id : design.functions.ids()) {
    const bool known = std::find(told_functions.begin(), told_functions.end(), Endpoint(id)) != told_functions.end();
    if (design.functions[id].tier || is_let_out(design, id) || known) continue;
    const std::string name = model::to_string(design.functions[id].origin.path);
    context.diagnostics.report(diagnostics::kFunctionOutside, design.functions[id].origin.span, name).help =
        fmt::format("put it in a tier (`function {0} in NETWORK.TIER`), or admit it: `allow {0} -> internet : packets`",
                    name);
  }
  std::vector<std::pair<Endpoint, Endpoint>> told;
  for (const model::DataFlow& flow : design.data_flows) {
    if (model::way_to(design, flow.from, flow.to) != model::DataWay::Internet || !model::tier_of(design, flow.from)) {
      continue;
    }
    const std::pair ends(flow.from, flow.to);
    if (admits_requests(design, flow) || std::find(told.begin(), told.end(), ends) != told.end()) continue;
    told.push_back(ends);
    const std::string name = model::name_of(design, flow.from);
    context.diagnostics
        .report(diagnostics::kRequestsNotAdmitted, design.statements[flow.statement].span, name,
                model::name_of(design, flow.to))
        .help = fmt::format("say `allow {} -> internet : tcp/{}{}`, or declare an endpoint in its tier", name, kHttps,
                            flow.via.empty() ? "" : " via nat");
  }
}

}  // namespace crenel::sema
