#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/design.h"
#include "compiler/model/policy.h"
#include "compiler/sema/value.h"

/// One target after names are resolved, attributes checked and evaluated, and every `use` and `when` expanded away:
/// a flat list of declared things with typed attributes, and the flows and claims between them.
/// Made by `elaborate`; `build_design` turns it into a model::Design.
namespace crenel::sema {

enum class Kind {
  Network,
  Subnet,
  Group,
  Balancer,
  Appliance,
  Function,
  Store,
  Queue,
  Topic,
  Table,
  Vault,
  Database,
  Endpoint,
  Link,
  Peer,
  Site,
  Agent,
  Guard,
  Environment,
  Stack,
  Flow,   ///< for rules: a flow as it is written
  Waiver  ///< for rules
};
[[nodiscard]] std::string_view keyword(Kind kind);  ///< "network"

struct ForwardLine {
  net::Traffic listen;
  bool listen_is_plain_http = false;  ///< `listen` is tcp/80: no TLS to end
  DeclaredId target;
  net::Traffic to;
  std::optional<std::string> check;
  base::Span span;
};

/// A declared thing. `attributes` holds every attribute that the source gives, and those the schema has a default for;
/// each already has the type that the schema says.
struct Declared {
  Kind kind = Kind::Network;
  model::Path path;  ///< a link's: {…, network, "to", site}; a subnet's: {…, network, subnet}
  base::Span name_span;
  base::Span span;  ///< of the whole declaration
  std::string doc;
  std::string because;
  std::optional<DeclaredId> home;  ///< the network of a subnet; the subnet of a group, balancer …
  model::TierKind tier_kind = model::TierKind::Private;  ///< of a subnet
  DeclaredId first, second;                              ///< link: network and site; peer: both networks
  model::LinkKind link_kind = model::LinkKind::Vpn;
  std::map<std::string, Value> attributes;
  model::ProviderSettings settings;
  std::vector<ForwardLine> forwards;
};

// ---- endpoints as written
// --------------------------------------------------------------------------------------------
struct InternetEnd {};
struct AnyEnd {};
struct InsideEnd {};
struct OutsideEnd {};
struct LabelEnd {
  std::string label;
};
struct BlocksEnd {
  std::string name;
  std::vector<model::Late<net::Prefix>> blocks;
};
/// A declared thing (a group, balancer, site; also a network or a subnet: all that it contains), or several (`every
/// group …`, a list parameter).
struct DeclaredEnd {
  std::vector<DeclaredId> ids;
  bool is_list = false;
};

struct EndpointRef {
  std::variant<InternetEnd, AnyEnd, InsideEnd, OutsideEnd, LabelEnd, BlocksEnd, DeclaredEnd> node;
  base::Span span;
};

struct Side {
  std::vector<EndpointRef> terms;
  std::vector<EndpointRef> except;
  base::Span span;
};

struct Actions {
  bool any = false;               ///< `any`, or a claim without actions
  net::Traffic traffic;           ///< packet actions; `packets` is Traffic::all()
  std::vector<std::string> data;  ///< read, write, …
  base::Span span;
};

struct NatHop {};
struct HopRef {
  std::variant<NatHop, DeclaredId> node;
  base::Span span;
};

struct FlowLine {
  bool deny = false;
  Side from, to;
  Actions actions;
  std::vector<HopRef> via;
  std::string because;
  base::Span span;
  std::string text;  ///< normalised: one space between words, names with the path they have in the whole target
};

struct ClaimLine {
  model::Claim::Kind kind = model::Claim::Kind::Never;
  Side from, to;
  bool transitive = false;
  Actions actions;
  std::vector<HopRef> via;
  base::Span span;
  std::string text;
  std::optional<std::size_t> rule;  ///< index into Policies::rules; none: the design's own claim
};

struct Elaboration {
  std::string name;      ///< of the target
  base::Span span = {};  ///< of its declaration's name
  std::string doc;
  bool parameterised = false;
  std::optional<model::Environment> environment;
  std::string region;
  base::Span region_span = {};
  base::Table<model::ParameterId, model::Parameter> parameters;  ///< only those that something uses
  base::Table<DeclaredId, Declared> declared;  ///< declaration order; a `use` stands where it was written
  std::vector<FlowLine> flows;
  std::vector<ClaimLine> claims;
  model::Policies policies;
  std::vector<model::Override> overrides;
  std::vector<model::Verbatim> verbatims;
  std::vector<std::string> providers;  ///< of the target
  bool local_ipv6 = false;             ///< at some provider of the target, networks have blocks of IPv6 of their own
  std::string ipv6_giver;              ///< a provider of the target that gives networks their blocks; empty: none does
};

}  // namespace crenel::sema
