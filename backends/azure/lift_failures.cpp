#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "backends/azure/lift_data.h"
#include "backends/azure/resource_types.h"

/// Whether a guard that mails changes also mails when its workflow could not undo one: a metric alert on the workflow
/// that acts on the guard's action group whenever a run failed.
///
/// REST, Metric Alerts 2018-03-01: every criterion has to hold; one is looked at every `evaluationFrequency` over the
/// last `windowSize`, so that a window shorter than that leaves runs out. "Supported metrics for
/// Microsoft.Logic/Workflows": RunsFailed, a count. Checked 2026-11-28.
namespace crenel::azure::lifting {
namespace {

/// Durations that both properties take, the shortest first; the longer ones are of windows alone.
constexpr auto kDurations =
    std::to_array<std::string_view>({"PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"});

std::optional<std::size_t> length_of(const View& duration) {
  const auto found =
      std::find_if(kDurations.begin(), kDurations.end(), [&](std::string_view each) { return duration.says(each); });
  if (!duration || found == kDurations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kDurations.begin());
}

/// Holds as soon as one run failed.
bool is_one_failed_run(const View& criterion) {
  const auto least = criterion.at("threshold").number();
  const bool over = criterion.at("operator").says("GreaterThan") && least == std::optional<std::int64_t>(0);
  const bool from = criterion.at("operator").says("GreaterThanOrEqual") && least == std::optional<std::int64_t>(1);
  const View space = criterion.at("metricNamespace");
  return (over || from) && criterion.at("metricName").says("RunsFailed") &&
         criterion.at("timeAggregation").says("Total") &&
         criterion.at("criterionType").says("StaticThresholdCriterion") && (!space || space.says(kWorkflow.name)) &&
         !criterion.at("dimensions");
}

bool names(const View& list, const ResourceId& id) {
  const auto all = list.elements();
  return std::any_of(all.begin(), all.end(), [&](const View& each) {
    const auto one = each.id();
    return one && one->key() == id.key();
  });
}

bool acts_on(const Resource& alert, const ResourceId& group) {
  const auto all = properties_of(alert).at("actions").elements();
  return std::any_of(all.begin(), all.end(), [&](const View& each) {
    const auto id = each.at("actionGroupId").id();
    return id && id->key() == group.key();
  });
}

bool tells(const Resource& alert) {
  const View all = properties_of(alert);
  const auto every = length_of(all.at("evaluationFrequency"));
  const auto over = length_of(all.at("windowSize"));
  const View criteria = all.at("criteria");
  const auto list = criteria.at("allOf").elements();
  return !alert.existing && alert.is_sure() && all.at("enabled").truth() == std::optional(true) &&
         all.at("scopes").elements().size() == 1 && every && over && *every <= *over &&
         criteria.at("odata.type").says("Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria") &&
         list.size() == 1 && is_one_failed_run(list.front());
}

}  // namespace

void tell_of_failures(Data& data, const std::string& guard_name, const Resource& workflow, estate::Guard& guard) {
  const auto groups = data.context.all(kActionGroup.name);
  const auto group = std::find_if(groups.begin(), groups.end(), [&](const Resource* each) {
    return same_word(each->id.name(), guard_name + std::string(kMailRole));
  });
  if (group == groups.end()) return;
  bool some = false;
  Place place = workflow.place;
  for (const Resource* each : data.context.all(kMetricAlert.name)) {
    if (!names(properties_of(*each).at("scopes"), workflow.id)) continue;
    place = each->place;
    if (!acts_on(*each, (*group)->id)) continue;
    if (tells(*each)) return;
    some = true;
  }
  guard.weaknesses.push_back({.what = some ? "mails of every run of its workflow that failed"
                                           : "mails nobody of a run of its workflow that failed",
                              .sure = !some,
                              .place = place});
}

}  // namespace crenel::azure::lifting
