#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/base/source.h"
#include "compiler/net/address_set.h"
#include "compiler/net/prefix.h"
#include "compiler/net/traffic.h"

/// The model: one design, whole and checked, that knows networks, groups, flows and links and neither syntax nor
/// providers. It is a value. Tables own the things, ids name them, vectors keep declaration order (which is the order
/// of everything emitted).
namespace crenel::model {

using base::Span;

using ParameterId = base::Id<struct ParameterTag>;
using NetworkId = base::Id<struct NetworkTag>;
using TierId = base::Id<struct TierTag>;
using SiteId = base::Id<struct SiteTag>;
using LinkId = base::Id<struct LinkTag>;
using GroupId = base::Id<struct GroupTag>;
using BalancerId = base::Id<struct BalancerTag>;
using StatementId = base::Id<struct StatementTag>;

/// The declared path of a thing: `shop.main.app` is {"shop", "main", "app"}. Never empty. Unique per kind in a design.
using Path = std::vector<std::string>;
[[nodiscard]] std::string to_string(const Path& path);  ///< "shop.main.app"

/// What every declared thing has.
struct Origin {
  Path path;
  Span span;            ///< of its name
  std::string doc;      ///< doc comment, Markdown; may be empty
  std::string because;  ///< may be empty
};

// ---- values that may wait until deployment
// ---------------------------------------------------------------------------
enum class ParameterKind { Cidr, Ip, Image, Certificate, Identity, Secret, Key, Text };

/// A value that whoever deploys the template gives. Everything proved holds for every value within the bounds.
struct Parameter {
  Origin origin;
  ParameterKind kind = ParameterKind::Text;
  int shortest = 0;                 ///< Cidr: the least prefix length, e.g. 16 of `/16../20`
  int longest = 32;                 ///< Cidr: the greatest
  std::vector<net::Prefix> within;  ///< Cidr, Ip: lies in one of these; empty: anywhere (IPv4)
  std::string pattern;              ///< Text: a regular expression for the whole value; may be empty
  std::optional<std::string> default_value;
};

template <class T>
using Late = std::variant<T, ParameterId>;

/// `index`-th block of `length` bits, counted from the block's start or (`from_end`, 0 is the last) from its end.
struct Part {
  int length = 0;
  std::uint32_t index = 0;
  bool from_end = false;
  bool operator==(const Part&) const = default;
};

/// An address block: all of `base`, or a part of it. `part` is set only where `base` is a parameter; parts of known
/// blocks are folded.
struct Block {
  Late<net::Prefix> base;
  std::optional<Part> part;
};

/// Every address that the block can turn out to be, for any value of a parameter.
struct Design;
[[nodiscard]] net::AddressSet widest(const Design& design, const Block& block);
[[nodiscard]] net::AddressSet widest(const Design& design, const Late<net::Prefix>& block);
/// The block, when it is known now.
[[nodiscard]] std::optional<net::Prefix> known(const Block& block);
[[nodiscard]] std::optional<net::Prefix> known(const Late<net::Prefix>& block);

// ---- networks
// --------------------------------------------------------------------------------------------------------
/// Values written in `on aws { … }` and `on azure { … }`, checked against the backend's own table: [provider][name].
using Setting = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;
using ProviderSettings = std::map<std::string, std::map<std::string, Setting>>;

enum class TierKind { Public, Private, Isolated };

struct NoWayOut {};
struct DirectWayOut {};  ///< the network's own Internet gateway
struct NatWayOut {};
/// The one way a tier's Internet traffic takes; a site means: over the link of the tier's network that leads to it.
using WayOut = std::variant<NoWayOut, DirectWayOut, NatWayOut, SiteId>;

struct Network {
  Origin origin;
  Block space;
  int zones = 2;
  bool flow_logs = true;
  std::vector<TierId> tiers;  ///< in declaration order
  Block reserved;             ///< the last /26: the provider's gateways
  ProviderSettings settings;
};

/// A tier is one subnet per zone on AWS and one subnet on Azure, over the same block.
struct Tier {
  Origin origin;  ///< path is {…, network, tier}
  NetworkId network;
  TierKind kind = TierKind::Private;
  Block block;
  std::vector<Block> zone_blocks;  ///< `block` cut evenly, one per zone of the network, in zone order
  bool strict_acl = false;
  WayOut way_out;     ///< follows from the tier's flows
  Span way_out_span;  ///< of the flow that says so; invalid for a public tier
  std::vector<SiteId>
      site_routes;  ///< linked sites (roots, not the `inside` ones) that flows join to this tier, declaration order
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
};

enum class LinkKind { Vpn, Direct };

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
enum class Size { Small, Medium, Large };

struct Scale {
  int min = 1;
  int max = 1;
  std::optional<int> cpu_percent;  ///< target of the average CPU use; none: no automatic scaling
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
  ProviderSettings settings;
};

// ---- flows
// ---------------------------------------------------------------------------------------------------------------
/// Every address that the design does not declare: outside its networks, outside private space (`net::private_blocks`),
/// outside the sites that are linked to the network that the flow joins.
struct Internet {
  bool operator==(const Internet&) const = default;
};
/// Addresses that a flow names directly (a literal or an `addresses` name), all outside the design's networks.
struct Blocks {
  std::string name;  ///< as written: "partners", "198.51.100.0/24"
  std::vector<Late<net::Prefix>> blocks;
  bool operator==(const Blocks&) const = default;
};
using Endpoint = std::variant<Internet, SiteId, GroupId, BalancerId, Blocks>;

struct ViaNat {
  bool operator==(const ViaNat&) const = default;
};
using Hop = std::variant<ViaNat, SiteId>;

/// A flow as somebody wrote it (or as a `forward` implies it).
struct FlowStatement {
  Span span;
  std::string text;  ///< "web, jobs -> app : app_rpc", names as the stack sees them
  std::string because;
  bool implied = false;  ///< from a `forward`; printed as such
};

/// One source, one destination: what a statement comes to. Possible and sufficient (§5): sema has seen to it.
struct Flow {
  StatementId statement;
  Endpoint from;
  Endpoint to;
  net::Traffic traffic;
  std::vector<Hop> via;
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
  std::optional<net::Traffic> traffic;  ///< none: any
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
  std::string doc;             ///< of the pattern or stack
  bool parameterised = false;  ///< a pattern as a handbook compiles it, not a stack
  std::optional<Environment> environment;
  std::string region;  ///< as the language spells it (`eu_west_1`); empty for a pattern
  base::Table<ParameterId, Parameter> parameters;
  base::Table<NetworkId, Network> networks;
  base::Table<TierId, Tier> tiers;
  base::Table<SiteId, Site> sites;
  base::Table<LinkId, Link> links;
  base::Table<GroupId, Group> groups;
  base::Table<BalancerId, Balancer> balancers;
  base::Table<StatementId, FlowStatement> statements;
  std::vector<Flow> flows;  ///< in statement order; no two with the same ends and statement
  std::vector<Claim> claims;
  std::vector<std::string>
      assumptions;  ///< what the proofs take for granted, one sentence each (blocks taken as disjoint, …)
};

// ---- questions about a design that several rooms ask
// --------------------------------------------------------------------
[[nodiscard]] const Origin& origin_of(const Design& design,
                                      const Endpoint& endpoint);  ///< of a site, group or balancer
[[nodiscard]] std::string name_of(const Design& design,
                                  const Endpoint& endpoint);  ///< "internet", "shop.web", "partners"
/// The tier of a group or balancer.
[[nodiscard]] std::optional<TierId> tier_of(const Design& design, const Endpoint& endpoint);
/// The outermost site that `site` is inside of; itself when it is in none.
[[nodiscard]] SiteId root_of(const Design& design, SiteId site);
/// The site's addresses with those of every site inside it.
[[nodiscard]] std::vector<Late<net::Prefix>> addresses_of(const Design& design, SiteId site);
/// The link that leads from a network to a site (or to the site it is inside of).
[[nodiscard]] std::optional<LinkId> link_between(const Design& design, NetworkId network, SiteId site);
[[nodiscard]] std::vector<GroupId> groups_in(const Design& design, TierId tier);
[[nodiscard]] std::vector<BalancerId> balancers_in(const Design& design, TierId tier);
/// The widest set of addresses of a site, for any value of its parameters.
[[nodiscard]] net::AddressSet widest(const Design& design, SiteId site);

/// The design as text, every field, for goldens. Stable: declaration order, no ids.
[[nodiscard]] std::string dump(const Design& design);

}  // namespace crenel::model
