#include "backends/azure/data_plan.h"
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

/// One member more while a message or more wait for each, one less when the queue held none for a while: what somebody
/// works on is held too, so nobody is taken away from his work ("Supported metrics for
/// Microsoft.ServiceBus/namespaces": the metric is the namespace's, told apart by the queue's name).
Value queue_rule(const model::Design& design, model::QueueId queue, bool grow) {
  const Term space = resource_id(kMessaging, name_of_service(design, queue));
  const Value only = document::object({{"DimensionName", "EntityName"},
                                       {"Operator", "Equals"},
                                       {"Values", document::array({part_name(design.queues[queue].origin.path)})}});
  return document::object({{"metricTrigger", document::object({{"metricName", "ActiveMessages"},
                                                               {"metricNamespace", kMessaging.name},
                                                               {"metricResourceUri", space.value()},
                                                               {"timeGrain", "PT1M"},
                                                               {"statistic", "Average"},
                                                               {"timeWindow", "PT5M"},
                                                               {"timeAggregation", grow ? "Average" : "Maximum"},
                                                               {"operator", grow ? "GreaterThanOrEqual" : "LessThan"},
                                                               {"threshold", 1},
                                                               {"dividePerInstance", grow},
                                                               {"dimensions", document::array({only})}})},
                           {"scaleAction", document::object({{"direction", grow ? "Increase" : "Decrease"},
                                                             {"type", "ChangeCount"},
                                                             {"value", "1"},
                                                             {"cooldown", "PT5M"}})}});
}

}  // namespace

void lower_autoscale(const model::Design& design, Template& out) {
  for (const Group& group : design.groups) {
    if (!is_scaled(group) && !is_scaled_by_queue(group)) continue;
    const Term scale_set = resource_id(kScaleSet, resource_name(group.origin.path, "ScaleSet"));
    Value rules = document::array({});
    if (is_scaled(group)) {
      const int target = *group.scale.cpu_percent;
      rules.push(scale_rule(scale_set, true, target)).push(scale_rule(scale_set, false, target / 2));
    }
    if (is_scaled_by_queue(group)) {
      rules.push(queue_rule(design, *group.scale.queued, true)).push(queue_rule(design, *group.scale.queued, false));
    }
    const Value profile =
        document::object({{"name", "default"},
                          {"capacity", document::object({{"minimum", std::to_string(group.scale.min)},
                                                         {"maximum", std::to_string(group.scale.max)},
                                                         {"default", std::to_string(group.scale.min)}})},
                          {"rules", rules}});
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
