#pragma once

#include "backends/azure/expression.h"
#include "backends/azure/template.h"
#include "compiler/backend/backend.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/existing.h"

/// Things that were made elsewhere, in Azure's terms: the resource ids of a container, of a topic of Service Bus, of a
/// vault. Nothing is made of the thing; what is made beside it are the private endpoints of this design's networks and,
/// in a deployment into the thing's own resource group, the role assignments of whom flows name: roles hold where they
/// are assigned, and an owner who keeps that to himself refuses the deployment.
namespace crenel::azure {

/// Reports ids that are of no such thing, and uses that a thing which was made elsewhere does not have.
void check_existing(const model::Design& design, diagnostics::Diagnostics& diagnostics);

[[nodiscard]] bool is_existing(const model::Design& design, const model::Endpoint& service);
/// Its id.
[[nodiscard]] Term existing_id(const model::Design& design, const model::Endpoint& service);
/// The id of what private endpoints lead to: the account, the namespace, the vault itself.
[[nodiscard]] Term existing_connected(const model::Design& design, const model::Endpoint& service);
/// The name of the account, the namespace or the vault, and what the container or the topic is called in it.
[[nodiscard]] Term existing_name(const model::Design& design, const model::Endpoint& service);
[[nodiscard]] Term existing_part(const model::Design& design, const model::Endpoint& service);

/// The subscription and the resource group that it lies in.
[[nodiscard]] Term existing_subscription(const model::Design& design, const model::Endpoint& service);
[[nodiscard]] Term existing_group(const model::Design& design, const model::Endpoint& service);

void add_existing_residue(const model::Design& design, std::vector<backend::Residue>& out);
void add_existing_assumptions(const model::Design& design, std::vector<std::string>& out);

/// The role assignments at what was made elsewhere, a deployment for each thing.
void lower_existing(const model::Design& design, Template& out);

}  // namespace crenel::azure
