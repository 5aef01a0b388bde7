#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/model/design.h"

/// What a provider's rule for every address admits beyond a flow from or to `internet`.
namespace crenel::model {

/// Seen from the tier: `Out` is a flow to `internet`, `In` is one from it.
enum class Direction : std::uint8_t { Out, In };

enum class ExclusionKind : std::uint8_t {
  OwnNetwork,    ///< the space of a network of the design
  PrivateSpace,  ///< one block of `net::private_blocks`; of IPv6 where a linked site has such addresses
  LinkedSite,    ///< addresses of a site that a link of the tier's network leads to
  Denied,        ///< addresses that a flow has lost to a `deny`; a backend adds them itself, they are the flow's own
};

/// A block that `internet` does not mean, although 0.0.0.0/0 names it.
struct Exclusion {
  Late<net::Prefix> block;
  ExclusionKind kind = ExclusionKind::OwnNetwork;
  std::string name;  ///< "main", "datacenter", "10.0.0.0/8": for messages and descriptions
  bool operator==(const Exclusion&) const = default;
};

/// `internet` excludes all of both lists. A rule that leaves out `must` is exact end to end; leaving out a block of
/// `may` as well changes nothing, because no packet gets there or something else refuses it, so the backend is free to
/// choose what costs least. Blocks of `must` can overlap each other.
///
/// An own network is in `must` where a rule for everybody out of one member would meet a rule for everybody into
/// another one. It is enough that one of the two rules leaves the network out.
///
/// A flow of the same member to or from a listed site is a grant of its own: where a block is closed by a deny rule,
/// the rule of that flow stands before it.
struct InternetExclusions {
  std::vector<Exclusion> must;
  std::vector<Exclusion> may;
};

/// Where translations stand that a network has for what leaves `via nat`, on providers that put them into a subnet.
[[nodiscard]] std::optional<TierId> first_public_tier(const Design& design, NetworkId network);

/// For flows of `traffic` between members of `tier` and `internet`, over the tier's way out. Of IPv6 where the
/// tier has it.
[[nodiscard]] InternetExclusions internet_exclusions(const Design& design, TierId tier, const net::Traffic& traffic,
                                                     Direction direction);

}  // namespace crenel::model
