#pragma once

#include <optional>

#include "compiler/model/design.h"

namespace crenel::model {

/// The design as providers have it: each appliance is a group of instances too, at the end of the group table, by the
/// same path, and flows join that group. Its tier's groups hold it alone. `design.appliances`, the hops of flows and
/// the tiers' ways out stay as they are.
[[nodiscard]] Design with_appliances_as_groups(const Design& design);
/// The group that an appliance became, and the appliance that a group is.
[[nodiscard]] GroupId group_of(const Design& design, ApplianceId appliance);
[[nodiscard]] std::optional<ApplianceId> appliance_of(const Design& design, GroupId group);
[[nodiscard]] bool has_appliances(const Design& design, TierId tier);
/// The appliance that a tier's Internet traffic is handed to.
[[nodiscard]] std::optional<ApplianceId> appliance_out_of(const Design& design, TierId tier);
/// The tiers whose Internet traffic an appliance is handed, in their order.
[[nodiscard]] std::vector<TierId> tiers_behind(const Design& design, ApplianceId appliance);

}  // namespace crenel::model
