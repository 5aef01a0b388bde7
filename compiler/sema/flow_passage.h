#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/model/design.h"

/// Whether a flow can happen: the route, the address and the listener that it needs are there, or what is missing.
namespace crenel::sema {

/// Why a flow cannot happen.
enum class ObstacleKind : std::uint8_t {
  OutsideDesign,  ///< neither end is in a network
  InsideNetwork,  ///< an address of `network` instead of one of its members
  SiteWithoutAddresses,
  NoIpv4,
  Immutable,  ///< `traffic` would administer an immutable group
  NotReachedFromInternet,
  NoPublicAddress,
  NoWayNamed,
  NatNeedsPublicTier,
  ViaFromPublicTier,
  ViaNotLinked,  ///< `site`
  ViaMisplaced,  ///< `text` says why
  ViaChain,
  Isolated,
  NotLinked,  ///< `text`: which addresses are private
  NotPeered,  ///< `network` and `other_network`
  NotForwarded,
  BalancerOpens,
  TakesNoPackets,   ///< a service; or the statement says nothing of packets
  FunctionOutside,  ///< a function in no tier, and packets that nothing holds to a part
  DatabaseOpens,
  NotListened,  ///< `text`: what the database listens on
  DatabaseNotPublic,
  LinkedBeyond,  ///< `other_network`, an appliance's, has a link to `site`, and the network of who calls has none
};

struct Obstacle {
  ObstacleKind kind = ObstacleKind::OutsideDesign;
  std::optional<model::Endpoint> member = {};  ///< the group or balancer that it concerns
  std::optional<model::TierId> tier = {};
  std::optional<model::NetworkId> network = {};
  std::optional<model::NetworkId> other_network = {};
  std::optional<model::SiteId> site = {};
  std::string text = {};
};

/// What a possible flow brings with it.
struct Passage {
  std::optional<model::TierId> tier;   ///< of the member, where the far end is outside
  std::vector<model::SiteId> by_link;  ///< linked sites that the tier needs a route to
  /// Tiers that need a route to a peered network: both, where the ends are in two networks.
  std::vector<std::pair<model::TierId, model::NetworkId>> by_peering = {};
  std::vector<model::Hop> via;           ///< in the model's terms: a site is the linked one
  bool over_internet = false;            ///< the far end, or a part of it, is reached over the Internet
  std::vector<std::string> assumptions;  ///< what must hold for that
};

struct Candidate {
  model::Endpoint from;
  model::Endpoint to;
  net::Traffic traffic;
  std::vector<model::Hop> via;                        ///< as written
  std::vector<model::Late<net::Prefix>> except = {};  ///< of `internet`: these addresses are denied
};

[[nodiscard]] std::variant<Passage, Obstacle> judge(const model::Design& design, const Candidate& flow);

/// What a flow that goes via an appliance comes to beside itself: to the appliance, and from it on. An appliance runs
/// code, and what it may hand on it may open, too. Empty for any other flow.
[[nodiscard]] std::vector<Candidate> legs_of(const Candidate& flow);

/// Whether all that is left out of the one flow is left out of the other, too.
[[nodiscard]] bool leaves_out_less(const std::vector<model::Late<net::Prefix>>& one,
                                   const std::vector<model::Late<net::Prefix>>& other);
/// Between the same ends a denial that one flow is subject to and another is not takes nothing away where the two meet:
/// what an appliance opens for one sender, it may open. The narrower keeps what the wider has not, or is as wide.
void set_apart(model::Flow& flow, Candidate& added);

/// The traffic of every forward of a balancer together.
[[nodiscard]] net::Traffic listened_on(const model::Balancer& balancer);

/// What administers a host: remote shells, remote desktops and remote management.
[[nodiscard]] const net::Traffic& administration();

}  // namespace crenel::sema
