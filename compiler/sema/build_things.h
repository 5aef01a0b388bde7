#pragma once

#include "compiler/sema/build_context.h"

namespace crenel::sema {

/// Adds the networks, tiers, sites, links and groups of the elaboration to the design, each kind in declaration order,
/// and checks what concerns one of them alone or a tier and its members. Blocks are left to `plan_addresses`.
void build_things(BuildContext& context);

/// Adds the balancers with their forwards, after the groups. Part of `build_things`.
void build_balancers(BuildContext& context);
/// Adds what providers run, and the private paths to it, after everything else. Part of `build_things`.
void build_services(BuildContext& context);

// ---- one file each; parts of `build_things`
[[nodiscard]] std::optional<model::DatabaseId> build_database(BuildContext& context, const Declared& declared);
[[nodiscard]] std::optional<model::AgentId> build_agent(BuildContext& context, const Declared& declared);
/// The agents that a group names, each once.
[[nodiscard]] std::vector<model::AgentId> agents_of(const BuildContext& context, const Declared& declared);
/// What agents report to, once everything has an id.
void set_receivers(BuildContext& context);
[[nodiscard]] std::optional<model::GuardId> build_guard(BuildContext& context, const Declared& declared);
[[nodiscard]] model::Size size_from(const Declared& declared);

/// Reports agents that no flow lets report. After `build_flows`.
void check_agents(BuildContext& context);

}  // namespace crenel::sema
