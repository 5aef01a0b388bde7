#include "backends/aws/agents.h"
#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"

namespace crenel::aws {
namespace {

void check_group(const model::Design& design, model::GroupId id, diagnostics::Diagnostics& diagnostics) {
  const model::Group& group = design.groups[id];
  const std::string name = model::to_string(group.origin.path);
  bool installs = false;
  for (const model::AgentId each : group.agents) {
    const model::Agent& agent = design.agents[each];
    installs = installs || !agent.install.empty();
    if (agent.install.empty() || !agent.token || can_read_secrets(design, id)) continue;
    auto& report = diagnostics.report(kSecretsOutOfReach, group.origin.span, model::to_string(agent.origin.path), name);
    report.notes.push_back({agent.origin.span, "the agent is declared here"});
    report.help = "allow `" + name + " -> internet : tcp/443` by the tier's way out, or build the agent and what it " +
                  "registers with into the image";
  }
  if (!installs || can_be_a_part(group.boot)) return;
  diagnostics.report(kBootBesideAgents, group.origin.span, name).help = "begin it with `#!` or with `#cloud-config`";
}

}  // namespace

void check_agents(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::GroupId group : design.groups.ids()) check_group(design, group, diagnostics);
}

}  // namespace crenel::aws
