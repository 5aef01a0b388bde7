#include "compiler/reach/ways.h"

#include <algorithm>

namespace crenel::reach {
namespace {

Sure sure_of(estate::PublicAddress address) {
  switch (address) {
    case estate::PublicAddress::No:
      return Sure::No;
    case estate::PublicAddress::Unknown:
      return Sure::Perhaps;
    case estate::PublicAddress::Yes:
      return Sure::Yes;
  }
  return Sure::Perhaps;
}

}  // namespace

Routing::Routing(const estate::Estate& estate, const AddressTree& tree) : estate_(estate), tree_(tree) {
  maps_.reserve(estate.route_tables.size());
  for (const estate::RouteTable& table : estate.route_tables) maps_.emplace_back(table, tree);
}

Routing::Lead Routing::lead(estate::SubnetId from, const End& to) const {
  const estate::NetworkId network = estate_.subnets[from].network;
  const RouteMap::Winner winner = map(from).at(to.cell);
  Lead out{.sure = Sure::No,
           .nat = std::nullopt,
           .appliance = std::nullopt,
           .route = winner.route,
           .doubtful = winner.doubtful};
  if (winner.route == nullptr) return out;
  if (winner.doubtful) {
    out.sure = Sure::Perhaps;
    return out;
  }
  const auto in_network = [&](estate::NetworkId wanted) {
    return to.subnet && estate_.subnets[*to.subnet].network == wanted ? Sure::Yes : Sure::No;
  };
  out.sure = std::visit(
      base::Overloaded{[&](const estate::LocalTarget&) { return in_network(network); },
                       [](const estate::NowhereTarget&) { return Sure::No; },
                       [](const estate::UnknownTarget&) { return Sure::Perhaps; },
                       [&](estate::DoorId door) { return to.door == door ? carries(door, to.cell) : Sure::No; },
                       [&](estate::NetworkId peer) { return are_peers(network, peer) ? in_network(peer) : Sure::No; },
                       [&](estate::InterfaceId interface) {
                         const estate::Role role = estate_.interfaces[interface].role;
                         if (role == estate::Role::Appliance) out.appliance = interface;
                         // what another does with packets that are not its own is not known
                         if (role != estate::Role::Nat) return Sure::Perhaps;
                         out.nat = interface;
                         return Sure::Yes;
                       }},
      winner.route->target);
  return out;
}

Sure Routing::carries(estate::DoorId door, Cell cell) const {
  const auto* link = std::get_if<estate::LinkDoor>(&estate_.doors[door].kind);
  if (link == nullptr) return Sure::Yes;
  const bool told = std::any_of(link->prefixes.begin(), link->prefixes.end(), [&](const estate::Block& block) {
    const CellRange range = tree_.range(block);
    return range.first <= cell && cell < range.end;
  });
  if (told) return Sure::Yes;
  return link->learns ? Sure::Perhaps : Sure::No;
}

bool Routing::is_internet(estate::DoorId door) const {
  return std::holds_alternative<estate::InternetDoor>(estate_.doors[door].kind);
}

bool Routing::opens_outward_only(estate::DoorId door) const {
  const auto* internet = std::get_if<estate::InternetDoor>(&estate_.doors[door].kind);
  return internet != nullptr && internet->outward_only;
}

Sure Routing::has_public_address(const estate::Interface& interface, Cell cell) const {
  return sure_of(tree_.family(cell) == net::Family::V4 ? interface.public_address : interface.public_address_v6);
}

Sure Routing::meets_internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat) const {
  switch (estate_.subnets[subnet].internet) {
    case estate::InternetAccess::Open:
      return Sure::Yes;
    case estate::InternetAccess::Translated:
      return by_nat || opens_outward_only(door) ? Sure::Yes : Sure::No;
    case estate::InternetAccess::Closed:
      return Sure::No;
    case estate::InternetAccess::Unknown:
      break;
  }
  return Sure::Perhaps;
}

bool Routing::are_peers(estate::NetworkId a, estate::NetworkId b) const {
  return std::any_of(estate_.peerings.begin(), estate_.peerings.end(), [&](const estate::Peering& peering) {
    return (peering.a == a && peering.b == b) || (peering.a == b && peering.b == a);
  });
}

}  // namespace crenel::reach
