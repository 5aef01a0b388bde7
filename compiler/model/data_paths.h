#pragma once

#include <optional>
#include <vector>

#include "compiler/model/design.h"

/// How requests come to services.
namespace crenel::model {

[[nodiscard]] Endpoint endpoint_of(const Service& service);

/// The private paths of a tier that lead to a service.
[[nodiscard]] std::vector<PrivatePathId> paths_to(const Design& design, TierId tier, const Endpoint& service);

enum class DataWay {
  Event,        ///< the provider's own: a trigger
  Site,         ///< from a place outside, by its addresses or identities
  PrivatePath,  ///< by a private path of the source's tier
  Internet,     ///< to the service's public end: from a public tier, by NAT, or from where the provider runs a function
};
/// The one way of a source to a service. A private path is the way wherever the source's tier has one.
[[nodiscard]] DataWay way_to(const Design& design, const Endpoint& from, const Endpoint& service);

/// The data flows between the two, whatever statements they come from.
[[nodiscard]] DataActions declared_actions(const Design& design, const Endpoint& from, const Endpoint& to);

}  // namespace crenel::model
