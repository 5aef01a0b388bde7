#include "backends/azure/rules.h"

#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/functions.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/rule_list.h"
#include "compiler/base/ids.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using base::Overloaded;
using model::BalancerId;
using model::Design;
using model::Endpoint;
using model::Flow;
using model::GroupId;
using model::NetworkId;
using model::TierId;

NetworkId network_of(const Design& design, GroupId group) { return design.tiers[design.groups[group].tier].network; }

bool has_ipv6(const Design& design, GroupId group) {
  return model::has_family(design, design.groups[group].tier, net::Family::V6);
}

/// The far end of a flow as sides of rules: what is given late stands apart, since overlaps in one rule are unknown.
/// An application security group names interfaces of one network: in another one a group is known by its tier's
/// addresses. `ipv6`: who stands at the near end has addresses of that family too.
std::vector<Side> far_sides(const Design& design, const Endpoint& far, NetworkId network, bool ipv6 = false) {
  const auto of_blocks = [&](const std::vector<model::Late<net::Prefix>>& blocks) {
    const Addresses parts = addresses(design, blocks);
    std::vector<Side> out;
    if (!parts.known.empty()) out.emplace_back(Prefixes{parts.known});
    for (const Term& late : parts.late) out.emplace_back(Prefixes{{late}});
    if (ipv6 && !parts.known6.empty()) out.emplace_back(Prefixes{parts.known6});
    return out;
  };
  const auto of_tier = [&](TierId tier) {
    std::vector<Side> out = {Prefixes{{address(design, design.tiers[tier].block)}}};
    const auto block = ipv6_block(design, design.tiers[tier]);
    if (ipv6 && block) out.emplace_back(Prefixes{{Term::literal(net::to_string(*block))}});
    return out;
  };
  // an application gateway calls its targets in IPv4 alone ("Configure Application Gateway with a frontend public IPv6
  // address", Limitations, checked 2026-11-27)
  const auto of_balancer = [&](const model::Balancer& balancer) {
    std::vector<Side> out = of_tier(balancer.tier);
    if (balancer.layer == model::Layer::Application) out.resize(1);
    return out;
  };
  return std::visit(Overloaded{[](const model::Internet&) -> std::vector<Side> { return {ServiceTag{"Internet"}}; },
                               [&](model::SiteId site) { return of_blocks(model::addresses_of(design, site)); },
                               [&](GroupId group) -> std::vector<Side> {
                                 if (network_of(design, group) == network) return {Members{group}};
                                 return of_tier(design.groups[group].tier);
                               },
                               [&](BalancerId balancer) { return of_balancer(design.balancers[balancer]); },
                               [&](model::DatabaseId database) { return of_tier(design.databases[database].tier); },
                               [&](model::FunctionId function) -> std::vector<Side> {
                                 const auto tier = design.functions[function].tier;
                                 if (!tier) return {};
                                 return of_tier(*tier);
                               },
                               [&](const model::Blocks& blocks) { return of_blocks(blocks.blocks); },
                               [](const auto&) -> std::vector<Side> { return {}; }},
                    far);
}

/// `internet` as a destination. Over a link or by an appliance every address but the carved ones is meant literally: a
/// default route to either is one of the prefixes that the tag VirtualNetwork takes in, and so could leave the tag
/// Internet empty.
std::vector<Side> destination_sides(const Design& design, const Flow& flow, NetworkId network, bool ipv6 = false) {
  const bool over_link = std::any_of(flow.via.begin(), flow.via.end(),
                                     [](const model::Hop& hop) { return !std::holds_alternative<model::ViaNat>(hop); });
  if (std::holds_alternative<model::Internet>(flow.to) && over_link) {
    std::vector<Side> out = {Prefixes{{Term::literal("0.0.0.0/0")}}};
    if (ipv6) out.emplace_back(Prefixes{{Term::literal("::/0")}});
    return out;
  }
  return far_sides(design, flow.to, network, ipv6);
}

Band band_of(const Endpoint& far) {
  return std::holds_alternative<model::Internet>(far) ? Band::Internet : Band::Named;
}

/// What an appliance is handed is for others: it comes in with the address of who sent it and the address that it is
/// for.
void add_handed(const Design& design, GroupId group, RuleList& list) {
  const auto appliance = model::appliance_of(design, group);
  if (!appliance) return;
  const NetworkId network = network_of(design, group);
  for (const Flow& flow : design.flows) {
    if (std::find(flow.via.begin(), flow.via.end(), model::Hop(*appliance)) == flow.via.end()) continue;
    const bool ipv6 = has_ipv6(design, group);
    for (const Side& from : far_sides(design, flow.from, network, ipv6)) {
      for (const Side& to : destination_sides(design, flow, network, ipv6)) {
        list.allow(Direction::Inbound, Band::Named, from, to, flow.traffic, flow);
      }
    }
  }
  if (model::tiers_behind(design, *appliance).empty()) return;
  const std::uint16_t port = hop_probe_port(design, *appliance);
  list.platform(Direction::Inbound, ServiceTag{"AzureLoadBalancer"}, Members{group},
                net::Traffic::of(net::Protocol::Tcp, port, port), "AllowProbeTcp" + std::to_string(port),
                "health probes of what is routed to " + model::to_string(design.appliances[*appliance].origin.path));
}

void add_inbound(const Design& design, GroupId group, RuleList& list) {
  const NetworkId network = network_of(design, group);
  add_handed(design, group, list);
  for (const Flow& flow : design.flows) {
    if (flow.to != Endpoint(group)) continue;
    const auto* balancer = std::get_if<BalancerId>(&flow.from);
    // through a network balancer the clients themselves arrive, see below
    if (balancer != nullptr && design.balancers[*balancer].layer == model::Layer::Network) continue;
    for (const Side& from : far_sides(design, flow.from, network, has_ipv6(design, group))) {
      list.allow(Direction::Inbound, band_of(flow.from), from, Members{group}, flow.traffic, flow);
    }
    list.deny_part(Direction::Inbound, Members{group}, flow.traffic, flow);
  }
  for (const PassedOn& passed : passed_on_to(design, group)) {
    for (const Side& from : far_sides(design, passed.client->from, network, has_ipv6(design, group))) {
      list.allow(Direction::Inbound, band_of(passed.client->from), from, Members{group}, passed.forward->to,
                 *passed.client);
    }
    list.deny_part(Direction::Inbound, Members{group}, passed.forward->to, *passed.client);
  }
  for (const model::Balancer& balancer : design.balancers) {
    if (balancer.layer != model::Layer::Network) continue;
    for (const model::Forward& forward : balancer.forwards) {
      if (forward.target != group) continue;
      const std::uint16_t port = forward.to.parts().front().ports.front().first;
      list.platform(Direction::Inbound, ServiceTag{"AzureLoadBalancer"}, Members{group},
                    net::Traffic::of(net::Protocol::Tcp, port, port), "AllowProbeTcp" + std::to_string(port),
                    "health probes of balancer " + model::to_string(balancer.origin.path));
    }
  }
}

void add_outbound(const Design& design, GroupId group, RuleList& list) {
  const NetworkId network = network_of(design, group);
  for (const Flow& flow : design.flows) {
    if (flow.from != Endpoint(group)) continue;
    for (const Side& to : destination_sides(design, flow, network, has_ipv6(design, group))) {
      list.allow(Direction::Outbound, band_of(flow.to), Members{group}, to, flow.traffic, flow);
    }
    list.deny_part(Direction::Outbound, Members{group}, flow.traffic, flow);
  }
}

}  // namespace

std::vector<PassedOn> passed_on_to(const Design& design, GroupId target) {
  std::vector<PassedOn> out;
  for (const BalancerId id : design.balancers.ids()) {
    const model::Balancer& balancer = design.balancers[id];
    if (balancer.layer != model::Layer::Network) continue;
    for (const model::Forward& forward : balancer.forwards) {
      if (forward.target != target) continue;
      for (const Flow& flow : design.flows) {
        if (flow.to == Endpoint(id) && flow.traffic.overlaps(forward.listen)) {
          out.push_back({.client = &flow, .forward = &forward, .balancer = id});
        }
      }
    }
  }
  return out;
}

namespace {

/// Members reach a service by the private endpoint that their network has for it, and only where a flow says so.
void add_private_ends(const Design& design, GroupId group, RuleList& list) {
  for (const model::DataFlow& flow : design.data_flows) {
    if (flow.from != Endpoint(group)) continue;
    const auto end = private_end(design, network_of(design, group), flow.to);
    if (!end) continue;
    const Flow packets = packets_of(flow);
    list.allow(Direction::Outbound, Band::Named, Members{group}, *end, packets.traffic, packets);
  }
}

/// An app and the storage that it keeps its state in.
void allow_host(const Design& design, model::FunctionId function, Direction direction, RuleList& list) {
  const std::string name = model::to_string(design.functions[function].origin.path);
  for (const Side& app : far_sides(design, function, design.tiers[*design.functions[function].tier].network)) {
    list.platform(direction, app, HostEnds{function}, net::Traffic::of(net::Protocol::Tcp, 443, 443),
                  std::string("Allow") + (direction == Direction::Inbound ? "In" : "Out") + "HostOf" + pascal(name),
                  "the state and the events of function " + name, Band::Named);
  }
}

/// What the private endpoints of a tier take.
void add_taken_by_ends(const Design& design, TierId tier, RuleList& list) {
  for (const PrivateEnd& end : private_ends(design)) {
    if (end.tier != tier) continue;
    for (const model::DataFlow& flow : design.data_flows) {
      const auto home = model::tier_of(design, flow.from);
      if (!home || flow.to != end.service || design.tiers[*home].network != end.network) continue;
      const Flow packets = packets_of(flow);
      for (const Side& from : far_sides(design, flow.from, end.network)) {
        list.allow(Direction::Inbound, Band::Named, from, end, packets.traffic, packets);
      }
    }
  }
  for (const model::FunctionId id : hosts_in(design, tier)) allow_host(design, id, Direction::Inbound, list);
}

}  // namespace

std::vector<Rule> rules_of_group(const Design& design, GroupId group) {
  RuleList list(design, network_of(design, group));
  add_inbound(design, group, list);
  add_outbound(design, group, list);
  add_private_ends(design, group, list);
  return std::move(list).finish();
}

std::vector<Rule> rules_of_tier(const Design& design, TierId tier) {
  RuleList list(design, design.tiers[tier].network);
  for (const GroupId group : model::groups_in(design, tier)) {
    add_inbound(design, group, list);
    add_outbound(design, group, list);
    add_private_ends(design, group, list);
  }
  add_taken_by_ends(design, tier, list);
  return std::move(list).finish();
}

std::vector<Rule> rules_of_functions(const Design& design, TierId tier) {
  const NetworkId network = design.tiers[tier].network;
  RuleList list(design, network);
  const Side apps = Prefixes{{address(design, design.tiers[tier].block)}};
  for (const model::FunctionId id : functions_in(design, tier)) {
    for (const Flow& flow : design.flows) {
      if (flow.from != Endpoint(id)) continue;
      for (const Side& to : destination_sides(design, flow, network)) {
        list.allow(Direction::Outbound, band_of(flow.to), apps, to, flow.traffic, flow);
      }
      list.deny_part(Direction::Outbound, apps, flow.traffic, flow);
    }
    for (const model::DataFlow& flow : design.data_flows) {
      const auto end = flow.from == Endpoint(id) ? private_end(design, network, flow.to) : std::nullopt;
      if (!end) continue;
      const Flow packets = packets_of(flow);
      list.allow(Direction::Outbound, Band::Named, apps, *end, packets.traffic, packets);
    }
    allow_host(design, id, Direction::Outbound, list);
  }
  return std::move(list).finish();
}

std::vector<Rule> rules_of_gateways(const Design& design, TierId tier) {
  const NetworkId network = design.tiers[tier].network;
  RuleList list(design, network);
  const auto ipv6 = ipv6_block(design, design.tiers[tier]);
  std::vector<Side> own = {Prefixes{{address(design, design.tiers[tier].block)}}};
  if (ipv6) own.emplace_back(Prefixes{{Term::literal(net::to_string(*ipv6))}});
  for (const BalancerId balancer : model::balancers_in(design, tier)) {
    for (const Flow& flow : design.flows) {
      for (const Side& gateways : own) {
        if (flow.to == Endpoint(balancer)) {
          for (const Side& from : far_sides(design, flow.from, network, ipv6.has_value())) {
            list.allow(Direction::Inbound, band_of(flow.from), from, gateways, flow.traffic, flow);
          }
          list.deny_part(Direction::Inbound, gateways, flow.traffic, flow);
        }
      }
      if (flow.from != Endpoint(balancer)) continue;
      for (const Side& to : far_sides(design, flow.to, network)) {
        list.allow(Direction::Outbound, Band::Named, own.front(), to, flow.traffic, flow);
      }
    }
  }
  // What an application gateway cannot do without (learn.microsoft.com, "Application Gateway infrastructure
  // configuration", section Network security groups, checked 2026-11-23).
  list.platform(Direction::Inbound, ServiceTag{"GatewayManager"}, AnyAddress{},
                net::Traffic::of(net::Protocol::Tcp, 65200, 65535), "AllowGatewayManager",
                "Azure's control of the application gateways, required");
  list.platform(Direction::Inbound, ServiceTag{"AzureLoadBalancer"}, AnyAddress{}, net::Traffic::all(),
                "AllowAzureLoadBalancer", "Azure's probes of the application gateways, required");
  list.carve(Direction::Outbound);
  list.platform(Direction::Outbound, AnyAddress{}, ServiceTag{"Internet"}, net::Traffic::all(), "AllowGatewayControl",
                "what application gateways report and fetch, required");
  return std::move(list).finish();
}

bool is_named_by_rules(const Design& design, GroupId group) {
  const auto names = [&](const Flow& flow) { return flow.from == Endpoint(group) || flow.to == Endpoint(group); };
  const NetworkId network = network_of(design, group);
  return std::any_of(design.flows.begin(), design.flows.end(), names) ||
         std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
           return flow.from == Endpoint(group) && private_end(design, network, flow.to).has_value();
         });
}

}  // namespace crenel::azure
