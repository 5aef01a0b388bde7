#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "backends/aws/changes.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

using namespace crenel::aws;

/// The table of calls that change what the lift reads: no type and no property without a call that a guard is told of,
/// or the reason why it is not.
namespace {

bool has_calls(std::string_view type, std::string_view field) {
  return std::any_of(changes().begin(), changes().end(), [&](const Change& change) {
    return change.type == type && !change.calls.empty() &&
           std::find(change.fields.begin(), change.fields.end(), field) != change.fields.end();
  });
}

bool has_row(std::string_view type) {
  return std::any_of(changes().begin(), changes().end(), [&](const Change& change) { return change.type == type; });
}

}  // namespace

TEST_CASE("every property that the lift reads has a call that changes it") {
  for (const auto& [type, shape] : reading::resource_shapes()) {
    for (const std::string_view field : shape.read) {
      const std::string place = std::string(type) + " " + std::string(field);
      CAPTURE(place);
      CHECK(has_calls(type, field));
    }
  }
}

TEST_CASE("every type that is written, but what only keeps records or sets a number, has a row") {
  // Logs are told of by the calls on flow logs; a scaling policy moves a number within the group's own bounds; an
  // access scope is a question that somebody may ask; who may send to an endpoint service reaches nothing by it.
  const std::set<std::string_view> without = {kLogGroup.name, kScalingPolicy.name, kAccessScope.name,
                                              kEndpointPermissions.name};
  for (const ResourceType& type : kResourceTypes) {
    const std::string name(type.name);
    CAPTURE(name);
    CHECK((has_row(type.name) || without.contains(type.name)));
  }
}

TEST_CASE("a property of the table is one that some step reads, where a step says which it reads") {
  for (const Change& change : changes()) {
    const auto found = reading::resource_shapes().find(change.type);
    if (found == reading::resource_shapes().end()) continue;
    for (const std::string_view field : change.fields) {
      const std::string place = std::string(change.type) + " " + std::string(field);
      CAPTURE(place);
      const auto& shape = found->second;
      const auto known = [&](const auto& names) { return std::find(names.begin(), names.end(), field) != names.end(); };
      CHECK((known(shape.read) || known(shape.irrelevant)));
    }
  }
}

TEST_CASE("calls that change networks are actions of IAM, each once, and none of them only looks") {
  const auto actions = network_actions();
  CHECK(std::is_sorted(actions.begin(), actions.end()));
  CHECK(std::adjacent_find(actions.begin(), actions.end()) == actions.end());
  for (const std::string& action : actions) {
    CAPTURE(action);
    CHECK((action.starts_with("ec2:") || action.starts_with("directconnect:")));
    const std::string call = action.substr(action.find(':') + 1);
    for (const char* reading : {"Describe", "Get", "List", "Search", "Export"}) CHECK_FALSE(call.starts_with(reading));
  }
}

TEST_CASE("calls are told by service, each once; those that no rule is told of are not among them") {
  std::set<std::string_view> services;
  for (const WatchedService& each : watched_services()) {
    CHECK(services.insert(each.service).second);
    CHECK(std::is_sorted(each.calls.begin(), each.calls.end()));
    CHECK(std::adjacent_find(each.calls.begin(), each.calls.end()) == each.calls.end());
  }
  CHECK(services.contains("ec2"));
  CHECK(services.contains("events"));
  CHECK_FALSE(services.contains("iam"));
}
