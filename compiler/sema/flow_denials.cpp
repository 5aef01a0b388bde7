#include "compiler/sema/flow_denials.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/sema/flow_data.h"
#include "compiler/sema/flow_except.h"
#include "compiler/sema/flow_far_end.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using model::SiteId;

net::Traffic traffic_of(const FlowLine& line) { return line.actions.any ? net::Traffic::all() : line.actions.traffic; }

bool holds(const EndpointSet& side, const Endpoint& endpoint) {
  return std::any_of(side.atoms.begin(), side.atoms.end(), [&](const Atom& atom) { return atom.endpoint == endpoint; });
}

/// The end of a flow that is a place; null between two members.
const Endpoint* place_of(const Candidate& flow) {
  if (model::is_place(flow.from)) return &flow.from;
  return model::is_place(flow.to) ? &flow.to : nullptr;
}

Candidate with_place(const Candidate& flow, Endpoint place) {
  Candidate out = flow;
  (model::is_place(flow.from) ? out.from : out.to) = std::move(place);
  return out;
}

Candidate with_traffic(Candidate flow, const net::Traffic& traffic) {
  flow.traffic = traffic;
  return flow;
}

bool same_places(const Candidate& a, const Candidate& b) {
  return a.from == b.from && a.to == b.to && a.except == b.except;
}

void add_new(std::vector<model::LateBlock>& all, const std::vector<model::LateBlock>& more) {
  for (const model::LateBlock& block : more) {
    if (std::find(all.begin(), all.end(), block) == all.end()) all.push_back(block);
  }
}

}  // namespace

Denials::Denials(BuildContext& context) : context_(context), design_(context.design) {
  for (const FlowLine& line : context.in.flows) {
    if (!line.deny) continue;
    Denied denied{.line = &line,
                  .from = expand(context, line.from, Purpose::Grant),
                  .to = expand(context, line.to, Purpose::Grant)};
    if (denied.from.failed || denied.to.failed) continue;
    denied_.push_back(std::move(denied));
  }
}

std::vector<Candidate> Denials::left_of(const Candidate& flow, model::NetworkId network, base::Span allowed) {
  std::vector<Candidate> left = {flow};
  for (Denied& denied : denied_) {
    std::vector<Candidate> next;
    for (const Candidate& piece : left) {
      auto pieces = left_of(piece, denied, network, allowed);
      std::move(pieces.begin(), pieces.end(), std::back_inserter(next));
    }
    left = std::move(next);
  }
  return left;
}

std::vector<Candidate> Denials::left_of(const Candidate& flow, Denied& denied, model::NetworkId network,
                                        base::Span allowed) {
  const net::Traffic taken = traffic_of(*denied.line);
  if (!flow.traffic.overlaps(taken)) return {flow};
  if (!model::is_place(flow.from) && !holds(denied.from, flow.from)) return {flow};
  if (!model::is_place(flow.to) && !holds(denied.to, flow.to)) return {flow};
  const net::Traffic rest = flow.traffic.without(taken);
  const Candidate concerned = with_traffic(flow, flow.traffic.intersected(taken));
  const Endpoint* place = place_of(concerned);
  const EndpointSet& side = place == &concerned.from ? denied.from : denied.to;
  std::vector<Candidate> left;
  if (place == nullptr || holds(side, *place)) {
    denied.met = true;
  } else {
    left = std::holds_alternative<model::Internet>(*place) ? left_of_internet(concerned, side, network)
                                                           : left_of_addresses(concerned, side, network);
    if (left.size() == 1 && same_places(left.front(), concerned)) return {flow};
    denied.met = true;
  }
  if (rest.empty()) return left;
  if (flow.traffic.is_all()) {
    auto& report =
        context_.diagnostics.report(diagnostics::kDeniedFromAllPackets, denied.line->span, net::to_string(taken));
    report.notes.push_back({allowed, "this allows every packet"});
    report.help = "name the services that the flow needs, or deny `packets`";
    return {};
  }
  left.insert(left.begin(), with_traffic(flow, rest));
  return left;
}

std::vector<model::LateBlock> Denials::public_part(const EndpointSet& side, model::NetworkId network) const {
  net::AddressSet elsewhere(net::private_blocks());
  for (const model::Network& each : design_.networks) {
    if (const auto space = model::known(each.space)) elsewhere = elsewhere.united(*space);
  }
  for (const model::Link& link : design_.links) {
    if (link.network != network) continue;
    for (const model::LateBlock& block : model::addresses_of(design_, link.site)) {
      if (const auto prefix = model::known(block)) elsewhere = elsewhere.united(*prefix);
    }
  }
  net::AddressSet known;
  std::vector<model::LateBlock> late;
  for (const Atom& atom : side.atoms) {
    const auto* site = std::get_if<SiteId>(&atom.endpoint);
    if (site != nullptr && model::link_between(design_, network, *site)) continue;
    for (const model::LateBlock& block : blocks_of(design_, atom.endpoint)) {
      if (const auto prefix = model::known(block)) {
        known = known.united(*prefix);
      } else if (!elsewhere.contains(model::widest(design_, block))) {
        add_new(late, {block});
      }
    }
  }
  known = known.without(elsewhere);
  if (!design_.networks[network].ipv6) known = known.only(net::Family::V4);
  const auto prefixes = known.prefixes();
  std::vector<model::LateBlock> out(prefixes.begin(), prefixes.end());
  add_new(out, late);
  return out;
}

std::vector<Candidate> Denials::left_of_internet(const Candidate& flow, const EndpointSet& side,
                                                 model::NetworkId network) const {
  Candidate left = flow;
  add_new(left.except, public_part(side, network));
  return {left};
}

std::vector<Candidate> Denials::left_of_addresses(const Candidate& flow, const EndpointSet& side,
                                                  model::NetworkId network) {
  const Endpoint& place = *place_of(flow);
  EndpointSet except = side;
  if (holds(side, model::Internet{})) {
    const auto located = locate(design_, network, design_.networks[network].ipv6.has_value(), place);
    const auto* far = std::get_if<FarEnd>(&located);
    if (far != nullptr && far->by_link.empty()) return {};  // a part of the Internet altogether
    const EndpointSet itself{.atoms = {{.endpoint = place}}, .terms = {}, .failed = false};
    const auto outside = public_part(itself, network);
    if (!outside.empty()) except.atoms.push_back({.endpoint = model::Blocks{.name = "internet", .blocks = outside}});
  }
  std::erase_if(except.atoms, [](const Atom& atom) { return std::holds_alternative<model::Internet>(atom.endpoint); });
  EndpointSet whole{.atoms = {{.endpoint = place}}, .terms = {}, .failed = false};
  take_away(context_, whole, except, Purpose::Grant);
  if (whole.failed || whole.atoms.empty()) return {};
  return {with_place(flow, whole.atoms.front().endpoint)};
}

const FlowLine* Denials::first_against(const Candidate& flow) {
  const auto found = std::find_if(denied_.begin(), denied_.end(), [&](const Denied& denied) {
    return flow.traffic.overlaps(traffic_of(*denied.line)) && holds(denied.from, flow.from) &&
           holds(denied.to, flow.to);
  });
  if (found == denied_.end()) return nullptr;
  found->met = true;
  return found->line;
}

const FlowLine* Denials::first_meeting(const Candidate& flow) {
  const auto found = std::find_if(denied_.begin(), denied_.end(), [&](const Denied& denied) {
    return flow.traffic.overlaps(traffic_of(*denied.line)) && holds(denied.from, flow.from) && !denied.to.atoms.empty();
  });
  if (found == denied_.end()) return nullptr;
  found->met = true;
  return found->line;
}

// ---- data actions ---------------------------------------------------------------------------------------------------
/// A site that others know by its public addresses is a part of the Internet, and a part of a site is in the whole.
bool Denials::names(const EndpointSet& side, const Endpoint& end) const {
  if (holds(side, end)) return true;
  const auto* site = std::get_if<SiteId>(&end);
  if (site == nullptr) return false;
  if (const auto& outer = design_.sites[*site].inside; outer && names(side, *outer)) return true;
  const auto blocks = model::addresses_of(design_, *site);
  const net::AddressSet hidden(net::private_blocks());
  const bool open = std::any_of(blocks.begin(), blocks.end(), [&](const model::LateBlock& block) {
    return !hidden.contains(model::widest(design_, block));
  });
  if (open && holds(side, model::Internet{})) return true;
  // Where a part of its addresses is denied, services cannot tell that part from the rest: all of it is denied.
  return std::any_of(side.atoms.begin(), side.atoms.end(), [&](const Atom& atom) {
    const auto denied = blocks_of(design_, atom.endpoint);
    return std::any_of(denied.begin(), denied.end(), [&](const model::LateBlock& one) {
      return std::any_of(blocks.begin(), blocks.end(), [&](const model::LateBlock& own) {
        return model::widest(design_, one).overlaps(model::widest(design_, own));
      });
    });
  });
}

model::DataActions Denials::left_of(const Endpoint& from, const Endpoint& to, model::DataActions actions) {
  for (Denied& denied : denied_) {
    const auto taken = model::intersected(actions, data_actions(denied.line->actions, to));
    if (taken.empty() || !names(denied.from, from) || !names(denied.to, to)) continue;
    denied.met = true;
    actions = model::without(actions, taken);
  }
  return actions;
}

const FlowLine* Denials::first_against(const Endpoint& from, const Endpoint& to, const model::DataActions& actions) {
  for (Denied& denied : denied_) {
    const auto taken = model::intersected(actions, data_actions(denied.line->actions, to));
    if (taken.empty() || !names(denied.from, from) || !names(denied.to, to)) continue;
    denied.met = true;
    return denied.line;
  }
  return nullptr;
}

void Denials::finish() {
  for (const Denied& denied : denied_) {
    const FlowLine& line = *denied.line;
    if (!denied.met && !denied.from.atoms.empty() && !denied.to.atoms.empty()) {
      context_.diagnostics.report(diagnostics::kDenyMeetsNothing, line.span).help =
          "everything is closed that no flow opens: take the line away, or say it as a claim (`never …`)";
    }
    const auto statement = context_.design.statements.add(
        {.span = line.span, .text = line.text, .because = line.because, .implied = false, .deny = true});
    for (const Atom& from : denied.from.atoms) {
      for (const Atom& to : denied.to.atoms) {
        if (model::is_place(from.endpoint) && model::is_place(to.endpoint)) continue;
        const bool packets = !model::is_service(from.endpoint) && !model::is_service(to.endpoint);
        model::Denial denial{
            .statement = statement,
            .from = from.endpoint,
            .to = to.endpoint,
            .traffic = packets ? traffic_of(line) : net::Traffic(),
            .actions = model::intersected(data_actions(line.actions, to.endpoint), model::actions_of(to.endpoint))};
        if (!denial.traffic.empty() || !denial.actions.empty()) context_.design.denials.push_back(std::move(denial));
      }
    }
  }
}

}  // namespace crenel::sema
