#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

/// Claims as Network Access Scopes: AWS's own analyser (vpc/latest/network-access-analyzer) can be asked at any time
/// whether what stands there still has no such path, by a proof that shares nothing with this one. A scope admits
/// nothing and costs nothing until somebody has it analysed.
///
/// The analyser follows packets of TCP and UDP over IPv4 one way, end to end. So it is asked neither of chains (`~>`)
/// nor of `except via`, data actions, ICMP or IPv6: the proof answers those alone.
namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::Claim;
using model::Design;

/// Where a path starts or ends: components, and the addresses of packets there; none: all of them.
struct End {
  Value components;
  Array addresses;
};

/// What packets a condition is about. Empty: all that the analyser follows.
struct Packets {
  Array protocols;
  Array ports;
};

Value by_type(std::string_view type) { return object({{"ResourceTypes", array({type})}}); }

/// What leads to a site: a network's link to it; none: the Internet.
const model::Link* link_to(const Design& design, model::SiteId site) {
  for (const model::NetworkId network : design.networks.ids()) {
    if (const auto link = model::link_between(design, network, site)) return &design.links[*link];
  }
  return nullptr;
}

/// Where packets of a site start and end, as the analyser sees them.
std::string_view door_to(const Design& design, model::SiteId site) {
  const model::Link* link = link_to(design, site);
  if (link == nullptr) return kInternetGateway.name;
  return link->kind == model::LinkKind::Peering ? kPeering.name : kVpnGateway.name;
}

Array values_of(const Design& design, const std::vector<model::Late<net::Prefix>>& blocks) {
  Array out;
  for (const auto& block : joined(blocks)) out.push_back(address_value(design, block));
  return out;
}

/// What has interfaces in a network.
std::optional<Member> interfaces_of(const Design& design, const model::Endpoint& end) {
  if (const auto* appliance = std::get_if<model::ApplianceId>(&end)) return model::group_of(design, *appliance);
  const auto* function = std::get_if<model::FunctionId>(&end);
  if (function != nullptr && !design.functions[*function].tier) return std::nullopt;
  return as_member(end);
}

/// The ends of a side. Services are none: no packet that the analyser follows ends there by a name of theirs.
std::vector<End> ends_of(const Design& design, const std::vector<model::Endpoint>& side) {
  std::vector<End> out;
  Array groups;
  for (const model::Endpoint& end : side) {
    if (const auto member = interfaces_of(design, end)) {
      groups.push_back(attribute(member_name(design, *member, "SecurityGroup"), "GroupId"));
    } else if (std::holds_alternative<model::Internet>(end)) {
      out.push_back({.components = by_type(kInternetGateway.name), .addresses = {}});
    } else if (const auto* site = std::get_if<model::SiteId>(&end)) {
      out.push_back({.components = by_type(door_to(design, *site)),
                     .addresses = values_of(design, model::addresses_of(design, *site))});
    } else if (const auto* blocks = std::get_if<model::Blocks>(&end)) {
      out.push_back({.components = by_type(kInternetGateway.name), .addresses = values_of(design, blocks->blocks)});
    }
  }
  if (!groups.empty()) out.push_back({.components = object({{"Resources", Value(groups)}}), .addresses = {}});
  return out;
}

/// Addresses on the Internet that the design declares: to it they are not `internet`.
Array declared_outside(const Design& design) {
  std::vector<model::Late<net::Prefix>> blocks;
  const auto add = [&](const std::vector<model::Late<net::Prefix>>& more) {
    for (const auto& block : more) {
      if (std::find(blocks.begin(), blocks.end(), block) == blocks.end()) blocks.push_back(block);
    }
  };
  for (const model::SiteId site : design.sites.ids()) {
    if (link_to(design, site) == nullptr) add(model::addresses_of(design, site));
  }
  for (const model::Flow& flow : design.flows) {
    for (const auto* end : {&flow.from, &flow.to}) {
      if (const auto* listed = std::get_if<model::Blocks>(end)) add(listed->blocks);
    }
  }
  return values_of(design, blocks);
}

/// One a protocol, since ports are of one. Nothing: the traffic has none that the analyser follows.
std::vector<Packets> packets_of(const Claim& claim) {
  if (!claim.traffic || claim.traffic->is_all()) return {Packets{}};
  std::vector<Packets> out;
  for (const net::ProtocolPorts& part : claim.traffic->parts()) {
    if (!is_transport(part.protocol)) continue;
    Packets made{.protocols = {net::to_string(part.protocol)}, .ports = {}};
    for (const net::Interval& ports : part.ports) {
      if (ports.first == 0 && ports.last == UINT16_MAX) continue;
      const std::string first = std::to_string(ports.first);
      made.ports.emplace_back(ports.first == ports.last ? first : first + "-" + std::to_string(ports.last));
    }
    out.push_back(std::move(made));
  }
  return out;
}

Value source(const End& end) {
  Value out = object({{"ResourceStatement", end.components}});
  if (!end.addresses.empty()) {
    out.set("PacketHeaderStatement", object({{"SourceAddresses", Value(end.addresses)}}));
  }
  return out;
}

Value destination(const End& end, const Packets& packets) {
  Value out = object({{"ResourceStatement", end.components}});
  Value header;
  if (!end.addresses.empty()) header.set("DestinationAddresses", Value(end.addresses));
  if (!packets.protocols.empty()) header.set("Protocols", Value(packets.protocols));
  if (!packets.ports.empty()) header.set("DestinationPorts", Value(packets.ports));
  if (!packets.protocols.empty() || !end.addresses.empty()) out.set("PacketHeaderStatement", std::move(header));
  return out;
}

/// By way of a balancer is no way of the packet: the balancer calls on its own, and by `->` only what it says itself
/// counts. A condition names one component that a path goes through.
void leave_out_balancers(const Design& design, Array& excluded) {
  for (const model::BalancerId balancer : design.balancers.ids()) {
    const std::string name = member_name(design, balancer, "LoadBalancer");
    excluded.push_back(
        object({{"ThroughResources",
                 array({object({{"ResourceStatement", object({{"Resources", array({reference_to(name)})}})}})})}}));
  }
}

void leave_out_declared(const Design& design, const Claim& claim, Array& excluded) {
  const auto names_internet = [](const std::vector<model::Endpoint>& side) {
    return std::any_of(side.begin(), side.end(),
                       [](const model::Endpoint& end) { return std::holds_alternative<model::Internet>(end); });
  };
  const End declared{.components = by_type(kInternetGateway.name), .addresses = declared_outside(design)};
  if (declared.addresses.empty()) return;
  if (names_internet(claim.from)) excluded.push_back(object({{"Source", source(declared)}}));
  if (names_internet(claim.to)) excluded.push_back(object({{"Destination", destination(declared, {})}}));
}

/// Null: there is nothing in it that the analyser could be asked.
Value scope_of(const Design& design, const Claim& claim) {
  Array matched;
  Array excluded;
  const std::vector<End> from = ends_of(design, claim.from);
  for (const Packets& packets : packets_of(claim)) {
    for (const End& to : ends_of(design, claim.to)) {
      const Value target = destination(to, packets);
      if (claim.kind == Claim::Kind::Only) matched.push_back(object({{"Destination", target}}));
      for (const End& each : from) {
        Array& into = claim.kind == Claim::Kind::Only ? excluded : matched;
        into.push_back(object({{"Source", source(each)}, {"Destination", target}}));
      }
    }
  }
  if (matched.empty()) return {};
  if (claim.kind == Claim::Kind::Never) leave_out_declared(design, claim, excluded);
  leave_out_balancers(design, excluded);
  Value out = object({{"MatchPaths", Value(std::move(matched))}});
  if (!excluded.empty()) out.set("ExcludePaths", Value(std::move(excluded)));
  return out;
}

bool is_asked(const Claim& claim) {
  const bool packets = !claim.traffic || !claim.traffic->empty();
  return claim.kind != Claim::Kind::Always && !claim.transitive && claim.via.empty() && packets;
}

/// A guard watches a network that something of the claim is in.
bool is_guarded(const Design& design, const Claim& claim) {
  const auto in_watched = [&](const model::Endpoint& end) {
    const auto member = interfaces_of(design, end);
    if (!member) return false;
    const model::NetworkId network = design.tiers[tier_of(design, *member)].network;
    return std::any_of(design.guards.begin(), design.guards.end(), [&](const model::Guard& guard) {
      return std::find(guard.networks.begin(), guard.networks.end(), network) != guard.networks.end();
    });
  };
  return std::any_of(claim.from.begin(), claim.from.end(), in_watched) ||
         std::any_of(claim.to.begin(), claim.to.end(), in_watched);
}

/// "never internet -> web : tcp/22" is "NeverInternetWebTcp22": of what it says, so that a claim before it renames
/// nothing.
std::string name_of(const Claim& claim) {
  constexpr std::size_t kLongest = 200;
  std::string out;
  bool starts = true;
  for (const char c : claim.text) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool counts = lower || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (counts && out.size() < kLongest) out += lower && starts ? static_cast<char>(c - 'a' + 'A') : c;
    starts = !counts;
  }
  return out;
}

}  // namespace

void lower_access_scopes(Lowering& to) {
  std::map<std::string, int> names;
  for (const Claim& claim : to.design.claims) {
    if (!is_asked(claim) || !is_guarded(to.design, claim)) continue;
    Value properties = scope_of(to.design, claim);
    if (properties.is_null()) continue;
    properties.set("Tags", to.tags(rule_text(claim.text)));
    const std::string name = name_of(claim);
    const int number = ++names[name];
    const model::Origin origin{.path = {claim.text}, .span = claim.span, .doc = {}, .because = {}};
    to.add(kAccessScope, name + (number > 1 ? std::to_string(number) : "") + "Scope", "claim", origin,
           std::move(properties));
  }
}

}  // namespace crenel::aws
