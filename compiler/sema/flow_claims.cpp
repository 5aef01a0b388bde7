#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/sema/flow_data.h"
#include "compiler/sema/flow_endpoints.h"
#include "compiler/sema/flow_statements.h"
#include "compiler/sema/overlap_bounds.h"

namespace crenel::sema {
namespace {

/// The linked site that a hop means: itself, or the nearest one around it that has a link.
model::SiteId linked_site(const model::Design& design, model::SiteId site) {
  std::optional<model::SiteId> at = site;
  for (std::size_t step = 0; at && step <= design.sites.size(); ++step) {
    for (const model::Link& link : design.links) {
      if (link.site == *at) return *at;
    }
    at = design.sites[*at].inside;
  }
  return site;
}

/// Blocks of a claim are outside the design's networks; where that is open, it is assumed and checked with the
/// overlaps. False after an error.
bool check_blocks(BuildContext& context, const EndpointSet& side, const Side& written) {
  bool sound = true;
  for (const Atom& atom : side.atoms) {
    const auto* blocks = std::get_if<model::Blocks>(&atom.endpoint);
    if (blocks == nullptr) continue;
    const base::Span span = written.terms.at(atom.term).span;
    for (const auto network : context.design.networks.ids()) {
      const auto& space = context.design.networks[network].space.base;
      bool inside = false;
      for (const auto& block : blocks->blocks) {
        inside = inside || overlap(context.design, space, block) == Overlap::Always;
      }
      if (!inside) {
        context.contacts.push_back({network, *blocks, span, false});
        continue;
      }
      context.diagnostics
          .report(diagnostics::kInsideNetwork, span, blocks->name,
                  model::to_string(context.design.networks[network].origin.path))
          .notes.push_back({context.design.networks[network].origin.span, "the network is declared here"});
      sound = false;
    }
  }
  return sound;
}

/// A named destination takes some of what the claim is about. False after an error.
bool takes_part(BuildContext& context, const EndpointSet& to, const ClaimLine& line) {
  if (line.actions.any) return true;
  for (const Atom& atom : to.atoms) {
    const auto taken = model::intersected(data_actions(line.actions, atom.endpoint), model::actions_of(atom.endpoint));
    const bool packets = !line.actions.traffic.empty() && !model::is_service(atom.endpoint);
    if (!atom.named || packets || !taken.empty()) continue;
    const auto takes = model::actions_of(atom.endpoint);
    std::string asked = line.actions.traffic.empty() ? "" : net::to_string(line.actions.traffic);
    for (const std::string& word : line.actions.data) asked += (asked.empty() ? "" : ", ") + word;
    context.diagnostics.report(diagnostics::kActionNotTaken, line.actions.span, asked,
                               model::name_of(context.design, atom.endpoint),
                               takes.empty() ? "packets alone" : model::to_string(takes));
    return false;
  }
  return true;
}

std::vector<model::Endpoint> endpoints(const EndpointSet& side) {
  std::vector<model::Endpoint> out;
  for (const Atom& atom : side.atoms) out.push_back(atom.endpoint);
  return out;
}

void add_claim(BuildContext& context, const ClaimLine& line) {
  const EndpointSet from = expand(context, line.from, Purpose::Claim);
  const EndpointSet to = expand(context, line.to, Purpose::Claim);
  if (from.failed || to.failed) return;
  const bool sound = check_blocks(context, from, line.from);
  if (!check_blocks(context, to, line.to) || !sound) return;
  if (!takes_part(context, to, line)) return;
  model::Claim claim;
  claim.kind = line.kind;
  claim.from = endpoints(from);
  claim.to = endpoints(to);
  claim.transitive = line.transitive;
  if (!line.actions.any) {
    claim.traffic = line.actions.traffic;
    for (const std::string& word : line.actions.data) {
      if (const auto action = model::data_action(word)) claim.actions = model::united(claim.actions, {*action});
    }
  }
  for (const HopRef& hop : line.via) {
    const auto* id = std::get_if<DeclaredId>(&hop.node);
    if (id == nullptr) {
      claim.via.emplace_back(model::ViaNat{});
    } else if (const auto site = context.id_of<model::SiteId>(*id)) {
      claim.via.emplace_back(linked_site(context.design, *site));
    } else if (const auto appliance = context.id_of<model::ApplianceId>(*id)) {
      claim.via.emplace_back(*appliance);
    } else {
      return;  // the hop was in error
    }
  }
  claim.span = line.span;
  claim.text = line.text;
  claim.empty_on_purpose = from.empty_on_purpose() || to.empty_on_purpose();
  if (line.rule) {
    context.policies.claims.push_back({.rule = *line.rule, .claim = std::move(claim)});
  } else {
    context.design.claims.push_back(std::move(claim));
  }
}

}  // namespace

void build_claims(BuildContext& context) {
  for (const ClaimLine& line : context.in.claims) add_claim(context, line);
}

}  // namespace crenel::sema
