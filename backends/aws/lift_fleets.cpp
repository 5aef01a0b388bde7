#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "backends/aws/lift_appliances.h"
#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_kinds.h"
#include "backends/aws/lift_types.h"

/// Gateway load balancers: elasticloadbalancing/latest/gateway and vpc/latest/privatelink, "Gateway Load Balancer
/// endpoints", both checked 2026-11-27. What is routed to an endpoint comes to a target of the balancer behind the
/// endpoint's service, in a tunnel; it comes back in it, and goes on by the table of the endpoint's subnet.
namespace crenel::aws::reading {
namespace {

using estate::Block;
using estate::InterfaceId;
using estate::RouteTarget;

constexpr std::uint16_t kGeneve = 6081;     ///< "Routing configuration" of target groups
constexpr std::int64_t kProbeDefault = 80;  ///< "Health checks": of a target group for GENEVE

/// What is behind an endpoint, or why that is not known.
struct Behind {
  std::optional<InterfaceId> interface;
  std::string why;
};

Behind not_known(std::string why) { return {.interface = {}, .why = std::move(why)}; }

/// The service that an endpoint of one names: "com.amazonaws.vpce.{Region}.{service}".
const Item* service_of(const Reading& reading, const Item& endpoint) {
  const Value& name = endpoint["ServiceName"];
  const auto* composed = name.as<Composed>();
  if (composed == nullptr || !words(name).starts_with("com.amazonaws.vpce.")) return nullptr;
  return reading.target(composed->pieces.back(), kEndpointService.name);
}

/// The one thing of a list, where there is one whatever the deployment.
const Item* only(const Reading& reading, const Value& list, std::string_view type) {
  const std::vector<Option> listed = elements_of(list);
  if (listed.size() != 1 || !listed.front().certain) return nullptr;
  return reading.target(*listed.front().value, type);
}

const Item* balancer_of(const Reading& reading, const Item& service) {
  if (!service["NetworkLoadBalancerArns"].absent()) return nullptr;
  const Item* balancer = only(reading, service["GatewayLoadBalancerArns"], kLoadBalancer.name);
  return balancer != nullptr && balancer->certain && known_text((*balancer)["Type"]) == "gateway" ? balancer : nullptr;
}

/// Of its one listener, which forwards and does nothing else.
const Item* targets_of(const Reading& reading, const Item& balancer) {
  const Item* found = nullptr;
  for (const Item* listener : reading.of(kListener.name)) {
    if (reading.target((*listener)["LoadBalancerArn"], kLoadBalancer.name) != &balancer) continue;
    const std::vector<Option> actions = elements_of((*listener)["DefaultActions"]);
    if (found != nullptr || !listener->certain || actions.size() != 1 || !actions.front().certain) return nullptr;
    const Value& action = *actions.front().value;
    if (known_text(action["Type"]) != "forward" || !action["ForwardConfig"].absent()) return nullptr;
    found = reading.target(action["TargetGroupArn"], kTargetGroup.name);
    if (found == nullptr || !found->certain) return nullptr;
  }
  return found;
}

bool is_tunnel(const Item& group) {
  const Value& type = group["TargetType"];
  return known_text(group["Protocol"]) == "GENEVE" && known_number(group["Port"]) == kGeneve &&
         (type.absent() || known_text(type) == "instance");
}

/// The instances that are its targets: those of one scaling group, or one of their own.
Behind instances_of(const Reading& reading, const Item& group) {
  std::vector<const Item*> found;
  bool certain = true;
  for (const Item* scaling : reading.of(kAutoScalingGroup.name)) {
    for (const Option& arn : elements_of((*scaling)["TargetGroupARNs"])) {
      const Item* named = reading.target(*arn.value, kTargetGroup.name);
      if (named == nullptr) certain = false;
      if (named != &group) continue;
      certain = certain && arn.certain && scaling->certain;
      found.push_back(scaling);
    }
  }
  for (const Option& target : elements_of(group["Targets"])) {
    const Item* instance = reading.target((*target.value)["Id"], kInstance);
    certain = certain && instance != nullptr && instance->certain && target.certain;
    if (instance != nullptr) found.push_back(instance);
  }
  if (!certain || found.size() != 1) return not_known("leads to a balancer of which it is not known who is behind it");
  const auto interface = reading.interfaces.find(found.front()->id());
  if (interface == reading.interfaces.end()) return not_known("leads to instances whose interfaces are not read");
  return {.interface = interface->second, .why = {}};
}

bool covers(const Block& wide, const Block& narrow) {
  if (wide == narrow) return true;
  const auto* outer = std::get_if<net::Prefix>(&wide.base);
  if (outer != nullptr && outer->length == 0) return true;
  const auto* inner = std::get_if<net::Prefix>(&narrow.base);
  return outer != nullptr && inner != nullptr && !wide.part && !narrow.part && outer->contains(*inner);
}

bool covers(const estate::Peers& peers, const Block& block) {
  if (peers.unknown || !peers.except.empty()) return false;
  return peers.anyone ||
         std::any_of(peers.blocks.begin(), peers.blocks.end(), [&](const Block& one) { return covers(one, block); });
}

/// Packets between a gateway load balancer and its instances.
struct Packets {
  bool in = true;  ///< to who has the list
  std::uint8_t protocol = kUdp;
  std::uint16_t port = kGeneve;
};

/// Whether a list certainly lets all of them through, with everybody in a block at the other end.
bool lets(const estate::RuleList& list, const Packets& packets, const Block& block) {
  for (const estate::Rule& rule : packets.in ? list.in : list.out) {
    const bool about = std::any_of(rule.kinds.begin(), rule.kinds.end(), [&](const estate::Kind& kind) {
      return (!kind.protocol || *kind.protocol == packets.protocol) && kind.ports.first <= packets.port &&
             packets.port <= kind.ports.last;
    });
    if (!about) continue;
    if (!rule.allow) return false;
    if (covers(packets.in ? rule.source : rule.destination, block)) return true;
  }
  return false;
}

bool groups_let(const Reading& reading, InterfaceId id, const Packets& packets, const Block& block) {
  const auto& sets = reading.estate.interfaces[id].lists;
  return std::all_of(sets.begin(), sets.end(), [&](const std::vector<estate::RuleListId>& set) {
    return std::any_of(set.begin(), set.end(),
                       [&](estate::RuleListId list) { return lets(reading.estate.rule_lists[list], packets, block); });
  });
}

bool edge_lets(const Reading& reading, estate::SubnetId at, const Packets& packets, const Block& block) {
  const auto& lists = reading.estate.subnets[at].lists;
  return std::all_of(lists.begin(), lists.end(),
                     [&](estate::RuleListId list) { return lets(reading.estate.rule_lists[list], packets, block); });
}

/// Between one subnet of the balancer and one of the instances: lists of subnets remember nothing, so that answers to
/// its questions count too (to the ports that a client may have taken).
bool edges_let(const Reading& reading, estate::SubnetId balancer, estate::SubnetId instances, std::uint16_t probe) {
  const Block& there = reading.estate.subnets[balancer].blocks.front();
  const Block& here = reading.estate.subnets[instances].blocks.front();
  constexpr std::uint16_t kFirst = 1024;
  constexpr std::uint16_t kLast = 65535;
  const auto all = [&](bool to_instances, const Packets& packets) {
    Packets at_balancer = packets;
    at_balancer.in = !to_instances;
    Packets at_instances = packets;
    at_instances.in = to_instances;
    return edge_lets(reading, balancer, at_balancer, here) && edge_lets(reading, instances, at_instances, there);
  };
  return all(true, {}) && all(false, {}) && all(true, {.in = true, .protocol = kTcp, .port = probe}) &&
         all(false, {.in = true, .protocol = kTcp, .port = kFirst}) &&
         all(false, {.in = true, .protocol = kTcp, .port = kLast});
}

/// Whether the instances take what the balancer hands them, give it back, and answer when it asks how they are.
bool takes_tunnel(Reading& reading, const Item& balancer, const Item& group, InterfaceId id) {
  const Value& said = group["HealthCheckPort"];
  const auto probe = said.absent() ? std::optional(kProbeDefault) : known_number(said);
  const std::vector<estate::SubnetId> from = reading.subnets(balancer["Subnets"]);
  const std::vector<estate::SubnetId> places = reading.estate.interfaces[id].subnets;
  if (from.empty() || !probe || *probe < 1 || *probe > 65535) return false;
  const auto port = static_cast<std::uint16_t>(*probe);
  return std::all_of(from.begin(), from.end(), [&](estate::SubnetId one) {
    if (reading.estate.subnets[one].blocks.empty()) return false;
    const Block& block = reading.estate.subnets[one].blocks.front();  // of IPv4, in which the tunnel is
    return groups_let(reading, id, {}, block) && groups_let(reading, id, {.in = false}, block) &&
           groups_let(reading, id, {.in = true, .protocol = kTcp, .port = port}, block) &&
           std::all_of(places.begin(), places.end(), [&](estate::SubnetId place) {
             return !reading.estate.subnets[place].blocks.empty() && edges_let(reading, one, place, port);
           });
  });
}

Behind behind(Reading& reading, const Item& endpoint) {
  const Item* service = service_of(reading, endpoint);
  if (service == nullptr) return not_known("leads to an endpoint of a service that is not in the template");
  if (!endpoint.certain || !service->certain) return not_known("leads to something that depends on a condition");
  if (known_flag((*service)["AcceptanceRequired"]) != false) {
    return not_known("leads to an endpoint that somebody has to accept");
  }
  const Item* balancer = balancer_of(reading, *service);
  const Item* group = balancer == nullptr ? nullptr : targets_of(reading, *balancer);
  if (group == nullptr || !is_tunnel(*group)) {
    return not_known("leads to a gateway load balancer of which it is not known what it hands on, and to whom");
  }
  Behind found = instances_of(reading, *group);
  if (!found.interface) return found;
  const auto& instances = reading.estate.interfaces[*found.interface];
  const std::vector<estate::SubnetId> places = reading.subnets(endpoint["SubnetIds"]);
  const bool beside = places.size() == 1 && std::find(instances.subnets.begin(), instances.subnets.end(),
                                                      places.front()) != instances.subnets.end();
  if (!beside) return not_known("leads to an endpoint in a subnet where none of the instances behind it are");
  if (!takes_tunnel(reading, *balancer, *group, *found.interface)) {
    return not_known("leads to instances whose rules may not take what the gateway load balancer hands them");
  }
  return found;
}

/// A route to an endpoint that is understood.
struct Use {
  const Item* route = nullptr;
  const Item* endpoint = nullptr;
  estate::RouteTableId table;
  estate::Route* made = nullptr;
  InterfaceId instances;
};

std::vector<Use> uses_of(Reading& reading) {
  std::vector<Use> out;
  for (const Item* item : reading.of(kRoute.name)) {
    const Item* endpoint = reading.target((*item)["VpcEndpointId"], kEndpoint);
    if (endpoint == nullptr) continue;
    const estate::RouteTableId table = reading.table((*item)["RouteTableId"]);
    for (estate::Route& route : reading.estate.route_tables[table].routes) {
      const auto* instances = std::get_if<InterfaceId>(&route.target);
      if (instances == nullptr || !(route.place == item->place())) continue;
      out.push_back({.route = item, .endpoint = endpoint, .table = table, .made = &route, .instances = *instances});
    }
  }
  return out;
}

/// Where parts of one block begin and end, in addresses.
std::pair<std::uint64_t, std::uint64_t> span_of(const estate::Part& part) {
  const std::uint64_t size = std::uint64_t{1} << static_cast<unsigned>(32 - std::min(part.length, 32));
  return {part.index * size, (part.index + std::uint64_t{1}) * size};
}

bool may_meet(const Block& a, const Block& b, const estate::Estate& in) {
  const auto family = family_of(a, in);
  const auto other_family = family_of(b, in);
  if (family && other_family && *family != *other_family) return false;
  if (a.base == b.base && a.part && b.part) {
    if (a.part->from_end != b.part->from_end) return true;
    const auto [first, end] = span_of(*a.part);
    const auto [other_first, other_end] = span_of(*b.part);
    return first < other_end && other_first < end;
  }
  const auto* one = std::get_if<net::Prefix>(&a.base);
  const auto* other = std::get_if<net::Prefix>(&b.base);
  if (one == nullptr || other == nullptr || a.part || b.part) return true;
  return one->contains(*other) || other->contains(*one);
}

/// Whether packets from another network come in by the subnet.
bool holds_attachment(Reading& reading, estate::SubnetId subnet) {
  for (const Item* item : reading.of(kTransitAttachment.name)) {
    const std::vector<estate::SubnetId> in = reading.subnets((*item)["SubnetIds"]);
    if (std::find(in.begin(), in.end(), subnet) != in.end()) return true;
  }
  return false;
}

/// Whether answers to somebody who sends by a route may come by another one.
bool may_answer(Reading& reading, const Use& question, const Use& answer) {
  for (const estate::SubnetId id : reading.estate.subnets.ids()) {
    if (reading.estate.subnets[id].routes != question.table) continue;
    if (holds_attachment(reading, id)) return true;
    const auto& blocks = reading.estate.subnets[id].blocks;
    if (std::any_of(blocks.begin(), blocks.end(),
                    [&](const Block& block) { return may_meet(block, answer.made->destination, reading.estate); })) {
      return true;
    }
  }
  return false;
}

/// The tables of the subnets where NAT gateways stand that an endpoint's subnet sends to.
std::set<estate::RouteTableId> tables_behind(Reading& reading, const Item& endpoint) {
  std::set<estate::RouteTableId> out;
  for (const estate::SubnetId place : reading.subnets(endpoint["SubnetIds"])) {
    for (const estate::Route& route : reading.estate.route_tables[reading.estate.subnets[place].routes].routes) {
      const auto* next = std::get_if<InterfaceId>(&route.target);
      if (next == nullptr || reading.estate.interfaces[*next].role != estate::Role::Nat) continue;
      for (const estate::SubnetId stands : reading.estate.interfaces[*next].subnets) {
        out.insert(reading.estate.subnets[stands].routes);
      }
    }
  }
  return out;
}

}  // namespace

void check_ways_back(Reading& reading) {
  const std::vector<Use> uses = uses_of(reading);
  std::set<const Use*> lost;
  for (const Use& question : uses) {
    const std::set<estate::RouteTableId> tables = tables_behind(reading, *question.endpoint);
    for (const Use& answer : uses) {
      const bool another = answer.endpoint != question.endpoint && answer.instances == question.instances;
      if (!another || !tables.contains(answer.table) || !may_answer(reading, question, answer)) continue;
      lost.insert(&question);
      lost.insert(&answer);
    }
  }
  for (const Use* use : lost) {
    use->made->target = open_target(
        *use->route, "leads to an endpoint, and answers may come back by another, which knows nothing of them");
  }
}

bool is_inspecting(const Item& endpoint) { return known_text(endpoint["VpcEndpointType"]) == "GatewayLoadBalancer"; }

RouteTarget inspection_target(Reading& reading, const Item& route) {
  const Item* endpoint = reading.target(route["VpcEndpointId"], kEndpoint);
  if (endpoint == nullptr) return open_target(route, "leads to an endpoint that is not in the template");
  if (!is_inspecting(*endpoint)) return open_target(route, "leads to an endpoint that hands nothing on");
  const Behind found = behind(reading, *endpoint);
  if (!found.interface) return open_target(route, found.why);
  estate::Interface& instances = reading.estate.interfaces[*found.interface];
  const bool free = instances.role == estate::Role::Member || instances.tunnelled;
  if (!free) return open_target(route, "leads to instances that other routes lead to without a tunnel");
  instances.role = estate::Role::Appliance;
  instances.tunnelled = true;
  return *found.interface;
}

}  // namespace crenel::aws::reading
