#pragma once

#include "backends/azure/lower.h"
#include "backends/azure/roles.h"

/// Services and who uses them: one function for each kind of thing, in the order in which they are written.
namespace crenel::azure {

/// All of it, before anything that acts as an identity made here.
void lower_data(const model::Design& design, Template& out);

void lower_identities(const model::Design& design, Template& out);
void lower_vaults(const model::Design& design, Template& out);
void lower_stores(const model::Design& design, Template& out);
void lower_messages(const model::Design& design, Template& out);
void lower_tables(const model::Design& design, Template& out);
void lower_private_ends(const model::Design& design, Template& out);
/// What the flows with services let whom do.
void lower_grants(const model::Design& design, Template& out);

/// A name unlike others in the whole world: the beginning of the declared path, at most `longest` characters with the
/// thirteen that tell resource groups apart. Written as a variable.
void add_global_name(const model::Design& design, const model::Endpoint& service, std::size_t longest, Template& out);
/// What every storage account says, whoever uses it: nothing public, no shared keys, TLS 1.2. What is missing is
/// `encryption`, `publicNetworkAccess` and `networkAcls`.
[[nodiscard]] document::Value storage_account_properties();
/// The name of a private endpoint in the private zone of its service.
[[nodiscard]] Resource private_names(const Term& endpoint, std::string_view zone, std::string_view config, Cause cause);
/// `{"type": "UserAssigned", …}`.
[[nodiscard]] document::Value acting_as(const Term& identity);
/// Lets a principal do what a role says with `scope`, a resource of this template or something inside one.
[[nodiscard]] Resource assignment(const Term& scope, const Term& who, const Term& principal, const Term& role,
                                  bool of_this_template, Cause cause);
/// A role that Azure has none of its own for, to be assigned within a resource group; `unique` tells its title from
/// those of other deployments.
[[nodiscard]] document::Value role_properties(const model::Design& design, const Role& role, const Term& group,
                                              const Term& unique);
[[nodiscard]] Cause cause_of_service(const model::Design& design, const model::Endpoint& service);
/// "store", "queue" …
[[nodiscard]] std::string_view kind_of(const model::Endpoint& service);
/// What a topic's subscription is called that a group reads from.
[[nodiscard]] std::string subscription_name(const model::Design& design, const model::Endpoint& subscriber);
/// What of a service is the scope of its flows: the container of a store, the vault, the queue, the topic.
[[nodiscard]] Term scope_of(const model::Design& design, const model::Endpoint& service);

}  // namespace crenel::azure
