#include "backends/aws/plan.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace crenel::aws {
namespace {

constexpr net::Interval kAllTypes{.first = 0, .last = 255};
constexpr net::Interval kAllPorts{.first = 0, .last = 65535};

}  // namespace

bool is_transport(net::Protocol protocol) { return protocol == net::Protocol::Tcp || protocol == net::Protocol::Udp; }

bool PacketKind::has_ports() const { return protocol && is_transport(*protocol); }

bool PacketKind::all_numbers() const { return !protocol || numbers == (has_ports() ? kAllPorts : kAllTypes); }

bool PacketKind::is_of(net::Family family) const {
  if (protocol == net::Protocol::Icmp) return family == net::Family::V4;
  return protocol != net::Protocol::Icmp6 || family == net::Family::V6;
}

bool PacketKind::contains(const PacketKind& other) const {
  if (!protocol) return true;
  return protocol == other.protocol && numbers.first <= other.numbers.first && other.numbers.last <= numbers.last;
}

std::vector<PacketKind> kinds_of(const net::Traffic& traffic) {
  if (traffic.is_all()) return {PacketKind{}};
  std::vector<PacketKind> kinds;
  for (const auto& [protocol, ports] : traffic.parts()) {
    for (const net::Interval& interval : ports) {
      if (protocol == net::Protocol::Sctp) {
        // Legal only whole, and then rules see a protocol without ports.
        kinds.push_back({.protocol = protocol, .numbers = kAllTypes});
      } else if (is_transport(protocol) || interval == kAllTypes) {
        kinds.push_back({.protocol = protocol, .numbers = interval});
      } else {
        for (int type = interval.first; type <= interval.last; ++type) {
          const auto number = static_cast<std::uint16_t>(type);
          kinds.push_back({.protocol = protocol, .numbers = {.first = number, .last = number}});
        }
      }
    }
  }
  return kinds;
}

const Gateways& Plan::gateways_of(model::NetworkId network) const {
  const auto found =
      std::find_if(gateways.begin(), gateways.end(), [&](const Gateways& one) { return one.network == network; });
  assert(found != gateways.end());
  return *found;
}

const SecurityGroup& Plan::group_of(const Member& member) const {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const SecurityGroup& one) { return one.member == member; });
  assert(found != groups.end());
  return *found;
}

const TierRoutes& Plan::routes_of(model::TierId tier) const {
  const auto found =
      std::find_if(routes.begin(), routes.end(), [&](const TierRoutes& one) { return one.tier == tier; });
  assert(found != routes.end());
  return *found;
}

const Acl* Plan::acl_of(model::TierId tier) const {
  const auto found = std::find_if(acls.begin(), acls.end(), [&](const Acl& one) { return one.tier == tier; });
  return found == acls.end() ? nullptr : &*found;
}

bool Transit::joins(model::NetworkId a, model::NetworkId b) const {
  const auto is_spoke = [&](model::NetworkId one) {
    return std::find(spokes.begin(), spokes.end(), one) != spokes.end();
  };
  return (a == hub && is_spoke(b)) || (b == hub && is_spoke(a));
}

const Transit* Plan::transit_between(model::NetworkId a, model::NetworkId b) const {
  const auto found =
      std::find_if(transits.begin(), transits.end(), [&](const Transit& one) { return one.joins(a, b); });
  return found == transits.end() ? nullptr : &*found;
}

const Fleet* Plan::fleet_of(model::ApplianceId appliance) const {
  const auto found =
      std::find_if(fleets.begin(), fleets.end(), [&](const Fleet& one) { return one.appliance == appliance; });
  return found == fleets.end() ? nullptr : &*found;
}

bool Plan::is_public(model::BalancerId balancer) const {
  return std::find(public_balancers.begin(), public_balancers.end(), balancer) != public_balancers.end();
}

}  // namespace crenel::aws
