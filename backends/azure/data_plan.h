#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/azure/expression.h"
#include "compiler/model/design.h"

/// Services of the design and who uses them, as Azure has them: by whom, over which private endpoint, under what name.
namespace crenel::azure {

/// The near end of a service in a network. One for each network and service, whatever number of declared endpoints lead
/// there: two private endpoints of one network would fight for the service's one private name (learn.microsoft.com,
/// "Azure Private Endpoint private DNS zone values", not checked again). It stands in the tier of the first of them.
struct PrivateEnd {
  model::NetworkId network;
  model::TierId tier;
  model::PrivatePathId path;  ///< the first that names the service
  model::Endpoint service;
  bool operator==(const PrivateEnd&) const = default;
};

[[nodiscard]] model::Endpoint as_endpoint(const model::Service& service);
/// A store, queue, topic, table or vault: what has private endpoints of its own.
[[nodiscard]] bool has_own_endpoint(const model::Endpoint& service);

/// In the order of declared endpoints and of the services that each names.
[[nodiscard]] std::vector<PrivateEnd> private_ends(const model::Design& design);
/// The one by which members of the network reach the service; none where no endpoint of the network leads there.
[[nodiscard]] std::optional<PrivateEnd> private_end(const model::Design& design, model::NetworkId network,
                                                    const model::Endpoint& service);
/// Whether somebody of the network asks the service for anything. A way to one that was made elsewhere is made for
/// them alone.
[[nodiscard]] bool is_used_from(const model::Design& design, model::NetworkId network, const model::Endpoint& service);
[[nodiscard]] bool has_private_ends(const model::Design& design, model::TierId tier);
/// {"Data", "Inbox"}: what the resources of a private endpoint are called, without their roles.
[[nodiscard]] model::Path path_of(const model::Design& design, const PrivateEnd& end);
/// The application security group that rules know a private endpoint by.
[[nodiscard]] Term group_id_of(const model::Design& design, const PrivateEnd& end);

/// A data flow with the private endpoint that it goes to, as packets: tcp/443.
[[nodiscard]] model::Flow packets_of(const model::DataFlow& flow);

/// Whether it does something with a service, so that it needs an identity.
[[nodiscard]] bool acts(const model::Design& design, const model::Endpoint& member);
[[nodiscard]] Term identity_id(const model::Design& design, const model::Endpoint& member);
/// The principal that role assignments name, of an identity of this template.
[[nodiscard]] Term principal_of(const Term& identity);

// ---- names
/// Names of services are Azure's own: unlike each other in the whole world. `variable_of` is the template's variable
/// that holds one, `name_of_service` the reference to it.
[[nodiscard]] std::string name_variable(const model::Design& design, const model::Endpoint& service);
[[nodiscard]] Term name_of_service(const model::Design& design, const model::Endpoint& service);
/// Small letters, digits and dashes, 3 to 63: what a service's parts are called.
[[nodiscard]] std::string part_name(const model::Path& path);
/// What the lift knows the service by: its declared path.
[[nodiscard]] document::Value service_tags(const model::Design& design, const model::Endpoint& service);
/// `type` in `parent`, with the names of the parts: `{0}/default`.
[[nodiscard]] Term child_name(const Term& parent, const std::vector<std::string>& parts);

// ---- encryption
/// The vault whose key encrypts the service; none where the provider's own does.
[[nodiscard]] std::optional<model::VaultId> key_of(const model::Design& design, const model::Endpoint& service);
[[nodiscard]] bool encrypts(const model::Design& design, model::VaultId vault);
/// The vault has a key: something is encrypted with it, or a flow says so.
[[nodiscard]] bool has_key(const model::Design& design, model::VaultId vault);
inline constexpr std::string_view kKeyName = "main";
[[nodiscard]] Term key_id(const model::Design& design, model::VaultId vault);
/// The identity that services encrypted with the vault's key unwrap it as, and the assignment that lets it.
[[nodiscard]] Term encryption_identity_id(const model::Design& design, model::VaultId vault);
[[nodiscard]] Term encryption_assignment_id(const model::Design& design, model::VaultId vault);
/// `https://NAME.vault.azure.net`.
[[nodiscard]] Term vault_uri(const model::Design& design, model::VaultId vault);

// ---- the way in from outside
/// Data flows to the service that come from a site's own addresses.
[[nodiscard]] std::vector<const model::DataFlow*> flows_from_sites(const model::Design& design,
                                                                   const model::Endpoint& service);
/// Their addresses, as the firewall of a storage account takes them: a lone address has no length there.
[[nodiscard]] std::vector<Term> source_blocks(const model::Design& design, const model::Endpoint& service);
/// Whether a network's flow logs are kept in the store.
[[nodiscard]] bool is_logged_to(const model::Design& design, model::StoreId store);
/// Whether nothing may come to the service but over private endpoints.
[[nodiscard]] bool is_private_only(const model::Design& design, const model::Endpoint& service);

}  // namespace crenel::azure
