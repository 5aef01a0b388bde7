#include "backends/azure/lower.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Group;

/// Azure has no target tracking: one member more above the target, one less below half of it. Half, so that the set
/// with one member less does not pass the target at once and swing.
Value scale_rule(const Term& scale_set, bool grow, int threshold) {
  return document::object({{"metricTrigger", document::object({{"metricName", "Percentage CPU"},
                                                               {"metricResourceUri", scale_set.value()},
                                                               {"timeGrain", "PT1M"},
                                                               {"statistic", "Average"},
                                                               {"timeWindow", "PT5M"},
                                                               {"timeAggregation", "Average"},
                                                               {"operator", grow ? "GreaterThan" : "LessThan"},
                                                               {"threshold", threshold}})},
                           {"scaleAction", document::object({{"direction", grow ? "Increase" : "Decrease"},
                                                             {"type", "ChangeCount"},
                                                             {"value", "1"},
                                                             {"cooldown", "PT5M"}})}});
}

}  // namespace

void lower_autoscale(const model::Design& design, Template& out) {
  for (const Group& group : design.groups) {
    if (!is_scaled(group)) continue;
    const Term scale_set = resource_id(kScaleSet, resource_name(group.origin.path, "ScaleSet"));
    const int target = *group.scale.cpu_percent;
    const Value profile = document::object(
        {{"name", "default"},
         {"capacity", document::object({{"minimum", std::to_string(group.scale.min)},
                                        {"maximum", std::to_string(group.scale.max)},
                                        {"default", std::to_string(group.scale.min)}})},
         {"rules", document::array({scale_rule(scale_set, true, target), scale_rule(scale_set, false, target / 2)})}});
    Resource made;
    made.type = kAutoscale;
    made.name = resource_name(group.origin.path, "Autoscale");
    made.properties = document::object(
        {{"enabled", true}, {"targetResourceUri", scale_set.value()}, {"profiles", document::array({profile})}});
    made.cause = cause_of(group.origin, "group");
    out.resources.push_back(std::move(made));
  }
}

}  // namespace crenel::azure
