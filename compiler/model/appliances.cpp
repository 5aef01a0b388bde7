#include "compiler/model/appliances.h"

#include <algorithm>
#include <cassert>

namespace crenel::model {

Design with_appliances_as_groups(const Design& design) {
  Design out = design;
  if (design.appliances.size() == 0) return out;
  const std::size_t before = out.groups.size();
  for (const Appliance& appliance : design.appliances) {
    Group group;
    group.origin = appliance.origin;
    group.tier = appliance.tier;
    group.image = appliance.image;
    group.size = appliance.size;
    group.scale = {.min = appliance.count, .max = appliance.count, .cpu_percent = {}};
    group.public_address = design.tiers[appliance.tier].kind == TierKind::Public;
    group.labels = appliance.labels;
    group.settings = appliance.settings;
    out.groups.add(std::move(group));
  }
  const auto replace = [&](Endpoint& end) {
    if (const auto* id = std::get_if<ApplianceId>(&end)) end = GroupId(before + id->index());
  };
  for (Flow& flow : out.flows) {
    replace(flow.from);
    replace(flow.to);
  }
  for (Denial& denial : out.denials) {
    replace(denial.from);
    replace(denial.to);
  }
  return out;
}

GroupId group_of(const Design& design, ApplianceId appliance) {
  assert(design.groups.size() >= design.appliances.size());
  return GroupId(design.groups.size() - design.appliances.size() + appliance.index());
}

std::optional<ApplianceId> appliance_of(const Design& design, GroupId group) {
  for (const ApplianceId id : design.appliances.ids()) {
    if (design.appliances[id].origin.path == design.groups[group].origin.path) return id;
  }
  return std::nullopt;
}

bool has_appliances(const Design& design, TierId tier) {
  return std::any_of(design.appliances.begin(), design.appliances.end(),
                     [&](const Appliance& each) { return each.tier == tier; });
}

std::optional<ApplianceId> appliance_out_of(const Design& design, TierId tier) {
  const auto* id = std::get_if<ApplianceId>(&design.tiers[tier].way_out);
  return id == nullptr ? std::nullopt : std::optional(*id);
}

std::vector<TierId> tiers_behind(const Design& design, ApplianceId appliance) {
  std::vector<TierId> out;
  for (const TierId tier : design.tiers.ids()) {
    if (appliance_out_of(design, tier) == appliance) out.push_back(tier);
  }
  return out;
}

}  // namespace crenel::model
