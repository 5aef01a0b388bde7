#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/catalogue/networks.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/build_things.h"
#include "compiler/sema/flow_far_end.h"

namespace crenel::sema {
namespace {

using model::to_string;
using Receiver = std::variant<model::SiteId, model::GroupId, model::BalancerId>;

/// Whether packets of the group to `to` are packets to the receiver: it is that, or the larger site around it, or the
/// Internet where nothing else leads to the site.
bool leads_to(const model::Design& design, const model::Group& group, const model::Endpoint& to,
              const Receiver& receiver) {
  const auto* site = std::get_if<model::SiteId>(&receiver);
  if (site == nullptr) {
    return to == std::visit([](auto id) { return model::Endpoint(id); }, receiver);
  }
  if (std::holds_alternative<model::Internet>(to)) {
    const model::Tier& tier = design.tiers[group.tier];
    const auto located = locate(design, tier.network, tier.ipv6_block.has_value(), *site);
    const auto* far = std::get_if<FarEnd>(&located);
    return far != nullptr && far->over_internet && far->by_link.empty();
  }
  const auto* named = std::get_if<model::SiteId>(&to);
  for (std::optional<model::SiteId> at = *site; named != nullptr && at; at = design.sites[*at].inside) {
    if (*at == *named) return true;
  }
  return false;
}

bool reaches(const model::Design& design, model::GroupId id, const Receiver& receiver) {
  return std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
    return flow.from == model::Endpoint(id) && leads_to(design, design.groups[id], flow.to, receiver);
  });
}

std::string name_of(const model::Design& design, const Receiver& receiver) {
  return model::name_of(design, std::visit([](auto id) { return model::Endpoint(id); }, receiver));
}

}  // namespace

std::optional<model::AgentId> build_agent(BuildContext& context, const Declared& declared) {
  model::Agent agent;
  agent.origin = origin_from(declared);
  agent.install = text(declared, "install");
  if (const auto* token = attribute_as<Deferred>(declared, "token")) agent.token = token->id;
  agent.cloud_native = flag(declared, "cloud_native", false);
  agent.provides = words(declared, "provides");
  return context.design.agents.add(std::move(agent));
}

std::vector<model::AgentId> agents_of(const BuildContext& context, const Declared& declared) {
  std::vector<model::AgentId> out;
  const auto* list = attribute_as<List>(declared, "agents");
  if (list == nullptr) return out;
  for (const Value& item : list->items) {
    const auto* named = std::get_if<EntityRef>(&item.node);
    const auto id = named == nullptr ? std::nullopt : context.id_of<model::AgentId>(named->id);
    if (id && std::find(out.begin(), out.end(), *id) == out.end()) out.push_back(*id);
  }
  return out;
}

void set_receivers(BuildContext& context) {
  for (const DeclaredId id : context.in.declared.ids()) {
    const auto agent = context.id_of<model::AgentId>(id);
    const auto* named = agent ? attribute_as<EntityRef>(context.in.declared[id], "reports_to") : nullptr;
    if (named == nullptr) continue;
    model::Agent& made = context.design.agents[*agent];
    if (const auto site = context.id_of<model::SiteId>(named->id)) made.reports_to = *site;
    if (const auto group = context.id_of<model::GroupId>(named->id)) made.reports_to = *group;
    if (const auto balancer = context.id_of<model::BalancerId>(named->id)) made.reports_to = *balancer;
  }
}

void check_agents(BuildContext& context) {
  const model::Design& design = context.design;
  for (const model::GroupId id : design.groups.ids()) {
    const model::Group& group = design.groups[id];
    for (const model::AgentId each : group.agents) {
      const model::Agent& agent = design.agents[each];
      // A collector that carries the agent itself has nobody to call.
      if (!agent.reports_to || *agent.reports_to == Receiver(id) || reaches(design, id, *agent.reports_to)) continue;
      const std::string receiver = name_of(design, *agent.reports_to);
      auto& report = context.diagnostics.report(diagnostics::kAgentCannotReport, group.origin.span,
                                                to_string(agent.origin.path), to_string(group.origin.path), receiver);
      report.notes.push_back({agent.origin.span, "the agent is declared here"});
      report.help = fmt::format("`allow {} -> {} : …` lets it", to_string(group.origin.path), receiver);
    }
  }
}

}  // namespace crenel::sema
