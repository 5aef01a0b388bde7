#pragma once

#include <string_view>
#include <vector>

#include "compiler/model/design.h"

/// What guards promise of the way to the Internet, and what flows need of it.
namespace crenel::model {

/// The option of a guard by which a provider that can closes the way to the Internet to all that no flow opens.
inline constexpr std::string_view kBlockPublicAccess = "block_public_access";

/// Whether a guard says so for the provider; without one: for some provider.
[[nodiscard]] bool blocks_public_access(const Guard& guard, std::string_view provider);
[[nodiscard]] bool blocks_public_access(const Guard& guard);

/// What of the Internet passes a tier's own edge, so that the declared flows come about.
enum class InternetUse {
  None,
  Outward,  ///< conversations that its members open by a NAT, or in IPv6 by what nothing outside can open
  Both,     ///< by the network's own gateway: what is opened from either side, and what a NAT in the tier hands on
};
/// By tier, in the order of the table. A tier whose packets an appliance is handed needs nothing itself; the tier of
/// the appliance does. NAT stands in the network's first public tier.
[[nodiscard]] std::vector<InternetUse> internet_use(const Design& design);

}  // namespace crenel::model
