#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/azure/template.h"
#include "compiler/model/design.h"

/// From a legal design to a template: one function for each kind of thing, in the order in which they are written.
namespace crenel::azure {

/// The whole template. `design` has passed `legalize`.
[[nodiscard]] Template lower(const model::Design& design);

// ---- one file each
void lower_groups_rules(const model::Design& design, Template& out);  ///< application and network security groups
void lower_routes(const model::Design& design, Template& out);
void lower_nat(const model::Design& design, Template& out);
void lower_networks(const model::Design& design, Template& out);
void lower_peerings(const model::Design& design, Template& out);
void lower_vpn(const model::Design& design, Template& out);
void lower_direct(const model::Design& design, Template& out);
void lower_application_gateways(const model::Design& design, Template& out);
void lower_load_balancers(const model::Design& design, Template& out);
void lower_appliances(const model::Design& design, Template& out);  ///< the balancer before each appliance's members
void lower_scale_sets(const model::Design& design, Template& out);
void lower_autoscale(const model::Design& design, Template& out);
void lower_flow_logs(const model::Design& design, Template& out);
void lower_outputs(const model::Design& design, Template& out);
void lower_variables(const model::Design& design, Template& out);
/// Last: a parameter is written when something refers to it.
void lower_parameters(const model::Design& design, Template& out);

void lower_databases(const model::Design& design, Template& out);  ///< with their names' zones
void add_database_outputs(const model::Design& design, Template& out);

// ---- agents
[[nodiscard]] bool has_installations(const model::Design& design, model::GroupId group);
/// What their script can come to, as it is handed over.
[[nodiscard]] std::size_t installation_bytes(const model::Design& design, model::GroupId group);
/// The extension that installs a group's agents; null when there are none.
[[nodiscard]] document::Value agents_extension(const model::Design& design, model::GroupId group);
void add_agent_variables(const model::Design& design, Template& out);

// ---- what several of them ask
[[nodiscard]] Cause cause_of(const model::Origin& origin, std::string_view kind);
[[nodiscard]] bool has_links(const model::Design& design, model::NetworkId network);
/// Links of one kind: each kind has a gateway of its own.
[[nodiscard]] bool has_links(const model::Design& design, model::NetworkId network, model::LinkKind kind);
/// Whether a flow joins the tier to a site at the end of a direct link. Its routes come by BGP and in no other way: no
/// route of a table may name a gateway for ExpressRoute.
[[nodiscard]] bool learns_routes(const model::Design& design, model::TierId tier);
[[nodiscard]] bool uses_nat(const model::Design& design, model::NetworkId network);
/// Whether the tier's gateways have a security group of their own.
[[nodiscard]] bool has_application_balancers(const model::Design& design, model::TierId tier);
/// Whether the tier's subnet has a security group as tight as the flows of its groups.
[[nodiscard]] bool has_strict_rules(const model::Design& design, model::TierId tier);
[[nodiscard]] bool has_route_table(const model::Design& design, model::TierId tier);
/// Peers of the tier's network that no flow joins to the tier: Azure gives every subnet a route to every peer.
[[nodiscard]] std::vector<model::NetworkId> closed_peers(const model::Design& design, model::TierId tier);
/// The same of peerings with networks that were made elsewhere.
[[nodiscard]] std::vector<model::LinkId> closed_peers_elsewhere(const model::Design& design, model::TierId tier);
/// Whether a balancer in a public tier passes clients' packets on to the tier: then answers need the way to the
/// Internet, on which nothing of the tier's own can leave.
[[nodiscard]] bool answers_the_internet(const model::Design& design, model::TierId tier);
[[nodiscard]] bool is_scaled(const model::Group& group);
/// Whether the messages that wait in a queue drive how many there are.
[[nodiscard]] bool is_scaled_by_queue(const model::Group& group);
/// The check of the first `forward` to the group that has one.
[[nodiscard]] const model::Forward* health_check(const model::Design& design, model::GroupId group);
[[nodiscard]] bool needs_certificate(const model::Balancer& balancer);
[[nodiscard]] bool speaks_tls_to_targets(const model::Balancer& balancer);
/// Instances that the application gateways of a tier may grow to, each.
[[nodiscard]] unsigned gateway_instances(const model::Design& design, model::TierId tier);

[[nodiscard]] Term network_name(const model::Network& network);
[[nodiscard]] Term subnet_id(const model::Design& design, model::TierId tier);
[[nodiscard]] Term application_group_id(const model::Design& design, model::GroupId group);
[[nodiscard]] Term rules_id(const model::Design& design, model::GroupId group);
[[nodiscard]] Term rules_id(const model::Design& design, model::TierId tier);
[[nodiscard]] Term route_table_id(const model::Design& design, model::TierId tier);
[[nodiscard]] Term nat_id(const model::Network& network);
/// The name of a network's flow log within the region's network watcher.
[[nodiscard]] Term flow_log_name(const model::Network& network);
[[nodiscard]] Term local_gateway_id(const model::Link& link);
/// The pool of a balancer that holds a group's members.
[[nodiscard]] Term pool_id(const model::Design& design, const model::Balancer& balancer, model::GroupId target);
[[nodiscard]] std::string pool_name(const model::Design& design, model::GroupId target);
/// Of a network balancer: the pool that holds what the members have of IPv6.
[[nodiscard]] Term ipv6_pool_id(const model::Design& design, const model::Balancer& balancer, model::GroupId target);
/// Whether clients reach the balancer in IPv6 too.
[[nodiscard]] bool has_ipv6(const model::Design& design, const model::Balancer& balancer);
/// A balancer's targets, each once.
[[nodiscard]] std::vector<model::GroupId> targets_of(const model::Balancer& balancer);
/// The address at which an appliance takes what is routed to it: the first of its tier that Azure gives away, or one
/// after it.
[[nodiscard]] Term hop_address(const model::Design& design, model::ApplianceId appliance);
/// The one of IPv6; none where its tier has IPv4 alone.
[[nodiscard]] std::optional<Term> hop_ipv6_address(const model::Design& design, model::ApplianceId appliance);
/// The pool of the balancer before an appliance, of one family.
[[nodiscard]] Term hop_pool_id(const model::Design& design, model::ApplianceId appliance, bool ipv6 = false);
/// The port at which Azure asks an appliance's members whether they are well.
[[nodiscard]] std::uint16_t hop_probe_port(const model::Design& design, model::ApplianceId appliance);
/// Whether what one network sends is handed on by an appliance in the other.
[[nodiscard]] bool is_handed_on(const model::Design& design, model::NetworkId from, model::NetworkId by);
[[nodiscard]] std::uint16_t port_of(const net::Traffic& one_port);

/// Where a virtual network gateway stands: in the gateways' subnet, with the public address of that role.
[[nodiscard]] document::Value gateway_place(const model::Network& network, std::string_view address_role);
/// A static public address of all zones.
[[nodiscard]] Resource public_address(const model::Path& path, std::string_view role, std::string_view sku, Cause cause,
                                      std::string_view family = "IPv4");
/// What a resource takes for its one managed identity: an object whose only member is named by the identity's id.
[[nodiscard]] Term identity_set(const Term& identity);
/// The zones "1" to `count`.
[[nodiscard]] document::Value zone_list(int count);

}  // namespace crenel::azure
