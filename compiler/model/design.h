#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/model/raw.h"
#include "compiler/model/services.h"
#include "compiler/model/values.h"
#include "compiler/net/traffic.h"

/// The model: one design, whole and checked, that knows networks, groups, flows and links and neither syntax nor
/// providers. It is a value. Tables own the things, ids name them, vectors keep declaration order (which is the order
/// of everything emitted).
namespace crenel::model {

// ---- networks
// --------------------------------------------------------------------------------------------------------
enum class TierKind { Public, Private, Isolated };

struct NoWayOut {};
struct DirectWayOut {};  ///< the network's own Internet gateway
struct NatWayOut {};
/// The one way a tier's Internet traffic takes; a site means: over the link of the tier's network that leads to it. An
/// appliance means: to it, and then the way that its own tier has.
using WayOut = std::variant<NoWayOut, DirectWayOut, NatWayOut, SiteId, ApplianceId>;

struct Network {
  Origin origin;
  Block space;
  int zones = 2;
  /// Its block of IPv6: a /56 that the provider chooses, or the one within its bounds. None: it has IPv4 alone.
  std::optional<ParameterId> ipv6 = {};
  bool flow_logs = true;
  std::optional<StoreId> flow_log_store = {};  ///< none: a place of their own
  std::vector<TierId> tiers;                   ///< in declaration order
  Block reserved;                              ///< the last /26: the provider's gateways
  ProviderSettings settings;
};

/// A tier is one subnet per zone on AWS and one subnet on Azure, over the same block.
struct Tier {
  Origin origin;  ///< path is {…, network, tier}
  NetworkId network;
  TierKind kind = TierKind::Private;
  Block block;
  std::vector<Block> zone_blocks;  ///< `block` cut evenly, one per zone of the network, in zone order
  /// Its part of the network's block of IPv6, and the /64 of each zone. None: what is in it has IPv4 alone.
  std::optional<Block> ipv6_block = {};
  std::vector<Block> ipv6_zone_blocks = {};
  bool strict_acl = false;
  WayOut way_out;     ///< follows from the tier's flows
  Span way_out_span;  ///< of the flow that says so; invalid for a public tier
  std::vector<SiteId>
      site_routes;  ///< linked sites (roots, not the `inside` ones) that flows join to this tier, declaration order
  std::vector<NetworkId> peer_routes = {};  ///< peered networks that flows join to this tier, declaration order
  ProviderSettings settings;
};

struct Site {
  Origin origin;
  std::vector<Late<net::Prefix>> addresses;  ///< its own; those of `inside` sites are not repeated here. A host is a
                                             ///< /32 (an Ip parameter: a /32 of it)
  std::optional<Late<net::Address>> device;  ///< the far end of a VPN
  std::optional<SiteId> inside;              ///< the larger site that it is a part of
  std::vector<Late<std::string>> identities;
  bool strong_authentication = false;
  /// It is a network that was made elsewhere, by this id; it is reached over peerings.
  std::optional<Existing> network = {};
};

enum class LinkKind { Vpn, Direct, Peering };
[[nodiscard]] std::string_view to_string(LinkKind kind);  ///< "vpn"

struct Link {
  Origin origin;  ///< path: {…, network, "to", site}
  NetworkId network;
  SiteId site;
  LinkKind kind = LinkKind::Vpn;
  std::optional<ParameterId> key;  ///< a secret: never known here
  std::optional<Late<std::string>> certificate;
  ProviderSettings settings;
};

// ---- what is in the networks
// -------------------------------------------------------------------------------------------
struct Scale {
  int min = 1;
  int max = 1;
  std::optional<int> cpu_percent;      ///< target of the average CPU use; none: it does not drive the number
  std::optional<QueueId> queued = {};  ///< the number follows the messages that wait there
};

struct Group {
  Origin origin;
  TierId tier;
  Late<std::string> image;
  Size size = Size::Small;
  Scale scale;
  std::string boot;  ///< text handed to the instance at its first start; may be empty
  bool immutable = false;
  bool ephemeral = false;
  bool public_address = false;
  std::vector<AgentId> agents = {};
  std::vector<std::string> labels;
  ProviderSettings settings;
};

enum class Layer { Application, Network };

/// What a balancer's `forward` says: conversations on `listen` are handed to `target` on `to`.
struct Forward {
  net::Traffic listen;  ///< one protocol, one port
  GroupId target;
  net::Traffic to;                   ///< one protocol, one port
  std::optional<std::string> check;  ///< HTTP path that answers 200 on `to` when a member is well; none: the port opens
  bool listen_tls = false;           ///< an application balancer ends TLS here (`listen` is not plain http)
  bool target_tls = false;           ///< the balancer speaks TLS to the target
  Span span;
};

struct Balancer {
  Origin origin;
  TierId tier;
  Layer layer = Layer::Application;
  std::optional<Late<std::string>> certificate;
  std::vector<Forward> forwards;
  std::vector<std::string> labels = {};
  ProviderSettings settings;
};

// ---- flows
// ---------------------------------------------------------------------------------------------------------------
/// Every address that the design does not declare: outside its networks, outside private space (`net::private_blocks`),
/// outside the sites that are linked to the network that the flow joins, or to that of an appliance on its way: from
/// there a site is reached by its link.
struct Internet {
  bool operator==(const Internet&) const = default;
};
/// Addresses that a flow names directly (a literal or an `addresses` name), all outside the design's networks.
struct Blocks {
  std::string name;  ///< as written: "partners", "198.51.100.0/24"
  std::vector<Late<net::Prefix>> blocks;
  bool operator==(const Blocks&) const = default;
};
using Endpoint = std::variant<Internet, SiteId, GroupId, BalancerId, Blocks, ApplianceId, FunctionId, DatabaseId,
                              StoreId, QueueId, TopicId, TableId, VaultId>;

struct ViaNat {
  bool operator==(const ViaNat&) const = default;
};
using Hop = std::variant<ViaNat, SiteId, ApplianceId>;

/// A flow as somebody wrote it (or as a `forward` or a trigger implies it).
struct FlowStatement {
  Span span;
  std::string text;  ///< "web, jobs -> app : app_rpc", names as the stack sees them
  std::string because;
  bool implied = false;  ///< from a `forward` or `on created`; printed as such
  bool deny = false;     ///< it takes away: it has denials, and no flows
};

/// One source, one destination: what a statement comes to. Possible and sufficient (§5): sema has seen to it, and what
/// a `deny` takes away is no part of it.
struct Flow {
  StatementId statement;
  Endpoint from;
  Endpoint to;
  net::Traffic traffic;
  std::vector<Hop> via;
  /// Of the end that is `internet`: these addresses are denied, and so are no part of it here.
  std::vector<Late<net::Prefix>> except = {};
};

/// The same for data actions: what the source may do with the destination, which is no matter of packets. A statement
/// that names both has flows and data flows.
struct DataFlow {
  StatementId statement;
  Endpoint from;
  Endpoint to;
  DataActions actions;  ///< at least one, each taken by the destination
  std::vector<Hop> via = {};
};

/// What a `deny` comes to, for one source and one destination. `flows` holds nothing of it any more: a denial is kept
/// so that it can be printed and asked for; so with `data_flows`.
struct Denial {
  StatementId statement;
  Endpoint from;
  Endpoint to;
  net::Traffic traffic;
  DataActions actions = {};
};

// ---- claims
// ----------------------------------------------------------------------------------------------------------------
struct Claim {
  enum class Kind { Never, Only, Always };
  /// Endpoints of a claim: `internet` here is the anonymous Internet; `outside` is it with all sites and blocks.
  Kind kind = Kind::Never;
  std::vector<Endpoint> from;
  std::vector<Endpoint> to;
  bool transitive = false;
  std::optional<net::Traffic> traffic;  ///< none: any packet, and any data action (then `actions` is empty)
  DataActions actions = {};             ///< beside `traffic`, which is empty when the claim names data actions alone
  std::vector<Hop> via;                 ///< of `except via` and of `always … via`
  Span span;
  std::string text;
  bool empty_on_purpose = false;  ///< a side is empty because a list parameter is: that is not vacuous
};

// ---- the whole
// -----------------------------------------------------------------------------------------------------------------
struct Environment {
  Origin origin;
  std::string stage;  ///< dev, test, prod …; may be empty
  std::vector<std::string> network_admins;
  std::string owner;
  ProviderSettings settings;  ///< account, subscription, raised quotas
};

/// A design as it goes to a backend. Everything in it has been type-checked; nothing refers outside of it.
struct Design {
  std::string name;            ///< the target: "private_network" or "shop.prod"
  base::Span span = {};        ///< where the pattern or stack is declared
  std::string doc;             ///< of the pattern or stack
  bool parameterised = false;  ///< a pattern as a handbook compiles it, not a stack
  std::optional<Environment> environment;
  std::string region;           ///< as the language spells it (`eu_west_1`); empty for a pattern
  base::Span region_span = {};  ///< where it is said
  base::Table<ParameterId, Parameter> parameters;
  base::Table<NetworkId, Network> networks;
  base::Table<TierId, Tier> tiers;
  base::Table<SiteId, Site> sites;
  base::Table<LinkId, Link> links;
  base::Table<GroupId, Group> groups;
  base::Table<BalancerId, Balancer> balancers;
  base::Table<PeeringId, Peering> peerings;
  base::Table<ApplianceId, Appliance> appliances;
  base::Table<FunctionId, Function> functions;
  base::Table<DatabaseId, Database> databases;
  base::Table<VaultId, Vault> vaults;
  base::Table<StoreId, Store> stores;
  base::Table<QueueId, Queue> queues;
  base::Table<TopicId, Topic> topics;
  base::Table<TableId, Table> data_tables;
  base::Table<PrivatePathId, PrivatePath> private_paths;
  base::Table<AgentId, Agent> agents;
  base::Table<GuardId, Guard> guards;
  base::Table<StatementId, FlowStatement> statements;
  std::vector<Flow> flows;           ///< in statement order; no two with the same ends and statement
  std::vector<DataFlow> data_flows;  ///< as `flows`
  std::vector<Denial> denials;       ///< in statement order
  std::vector<Claim> claims;
  std::vector<Override> overrides;  ///< in the order in which they are written, as all that follows
  std::vector<Verbatim> verbatims;
  std::vector<std::string>
      assumptions;  ///< what the proofs take for granted, one sentence each (blocks taken as disjoint, …)
};

// ---- questions about a design that several rooms ask
// --------------------------------------------------------------------
/// Of an endpoint that is declared: not of the Internet or blocks.
[[nodiscard]] const Origin& origin_of(const Design& design, const Endpoint& endpoint);
[[nodiscard]] std::string name_of(const Design& design,
                                  const Endpoint& endpoint);  ///< "internet", "shop.web", "partners"
/// An end with interfaces in a tier, known by what it is: a group, balancer, appliance, database, or a function. (A
/// function outside every tier is one too, although no packet of the design's reaches it.)
[[nodiscard]] bool is_member(const Endpoint& endpoint);
/// An end that takes data actions and no packets: a store, queue, topic, table or vault.
[[nodiscard]] bool is_service(const Endpoint& endpoint);
/// A place known by its addresses: the Internet, a site, blocks.
[[nodiscard]] bool is_place(const Endpoint& endpoint);
/// The data actions that an endpoint takes; empty for one that takes packets only.
[[nodiscard]] DataActions actions_of(const Endpoint& endpoint);
/// The labels of a group, balancer, appliance, function, database or service.
[[nodiscard]] const std::vector<std::string>& labels_of(const Design& design, const Endpoint& endpoint);
/// The tier of a member; none for a function outside every tier.
[[nodiscard]] std::optional<TierId> tier_of(const Design& design, const Endpoint& endpoint);
/// Every member in the tier, in the order of the tables.
[[nodiscard]] std::vector<Endpoint> members_in(const Design& design, TierId tier);
/// Every endpoint that is declared: members, then services, in the order of the tables.
[[nodiscard]] std::vector<Endpoint> declared_endpoints(const Design& design);
/// The peering of two networks.
[[nodiscard]] std::optional<PeeringId> peering_between(const Design& design, NetworkId a, NetworkId b);
/// The outermost site that `site` is inside of; itself when it is in none.
[[nodiscard]] SiteId root_of(const Design& design, SiteId site);
/// The site's addresses with those of every site inside it.
[[nodiscard]] std::vector<Late<net::Prefix>> addresses_of(const Design& design, SiteId site);
/// The link that leads from a network to a site (or to the site it is inside of).
[[nodiscard]] std::optional<LinkId> link_between(const Design& design, NetworkId network, SiteId site);
[[nodiscard]] std::vector<GroupId> groups_in(const Design& design, TierId tier);
[[nodiscard]] std::vector<BalancerId> balancers_in(const Design& design, TierId tier);
/// The address spaces of a network: the one of IPv4, then that of IPv6 where it has one.
[[nodiscard]] std::vector<LateBlock> spaces_of(const Design& design, NetworkId network);
/// The blocks of a tier, in the same order.
[[nodiscard]] std::vector<Block> blocks_of(const Design& design, TierId tier);
/// Whether members of the tier have addresses of the family.
[[nodiscard]] bool has_family(const Design& design, TierId tier, net::Family family);
/// Whether any network has IPv6.
[[nodiscard]] bool has_ipv6(const Design& design);
/// The widest set of addresses of a site, for any value of its parameters.
[[nodiscard]] net::AddressSet widest(const Design& design, SiteId site);

/// The design as text, every field, for goldens. Stable: declaration order, no ids.
[[nodiscard]] std::string dump(const Design& design);

}  // namespace crenel::model
