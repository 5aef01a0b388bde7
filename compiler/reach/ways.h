#pragma once

#include <optional>
#include <vector>

#include "compiler/reach/matches.h"
#include "compiler/reach/route_map.h"

/// Where packets are led.
namespace crenel::reach {

class Routing {
 public:
  Routing(const estate::Estate& estate, const AddressTree& tree);

  /// How a packet that leaves a subnet fares on its way to an end.
  struct Lead {
    Sure sure = Sure::No;
    /// It is handed to this interface, which translates and hands on.
    std::optional<estate::InterfaceId> nat;
    /// It is handed to this interface, which hands it on as it is; `sure` does not follow it there.
    std::optional<estate::InterfaceId> appliance;
    const estate::Route* route = nullptr;  ///< that decides; none: there is none
    bool doubtful = false;
  };
  [[nodiscard]] Lead lead(estate::SubnetId from, const End& to) const;

  /// Whether the far end of a door is there: a link carries what it is told to.
  [[nodiscard]] Sure carries(estate::DoorId door, Cell cell) const;
  [[nodiscard]] bool is_internet(estate::DoorId door) const;
  [[nodiscard]] bool opens_outward_only(estate::DoorId door) const;
  /// The interface's own public address, of the family of `cell`.
  [[nodiscard]] Sure has_public_address(const estate::Interface& interface, Cell cell) const;
  /// Whether a subnet may exchange packets with a door to the Internet: by itself, or handed on by a NAT there.
  [[nodiscard]] Sure meets_internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat) const;
  [[nodiscard]] bool are_peers(estate::NetworkId a, estate::NetworkId b) const;
  [[nodiscard]] const RouteMap& map(estate::SubnetId subnet) const {
    return maps_[estate_.subnets[subnet].routes.index()];
  }

 private:
  const estate::Estate& estate_;
  const AddressTree& tree_;
  std::vector<RouteMap> maps_;  ///< by route table
};

}  // namespace crenel::reach
