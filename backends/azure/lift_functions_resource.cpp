#include <algorithm>

#include "backends/azure/lift_id.h"
#include "backends/azure/lift_scope.h"
#include "backends/azure/resource_types.h"

/// learn.microsoft.com, "Resource functions for ARM templates", "Deployment functions for ARM templates",
/// "Scope functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

Value open_text(std::string text) {
  return {.is = Open{.text = std::move(text), .meaning = {}, .why = {}}, .span = {}};
}

Value text_or_open(std::string text) {
  return text.find('{') == std::string::npos ? value_of(std::move(text)) : open_text(std::move(text));
}

bool is_type(const Value& value) {
  return value.text() != nullptr && value.text()->find('/') != std::string::npos &&
         value.text()->find('.') != std::string::npos && !value.text()->starts_with("/");
}

/// The resource that the arguments from `type_at` on name; the scope is `scope`.
Value identified(const Invocation& in, std::size_t type_at, std::string scope) {
  ResourceId id;
  id.scope = std::move(scope);
  if (type_at >= in.size() || !is_type(in[type_at])) return in.any_open() ? in.open() : in.wrong("names no type");
  id.type = *in[type_at].text();
  for (std::size_t i = type_at + 1; i < in.size(); ++i) {
    const auto name = as_text(in[i]);
    if (!name || (in[i].open() != nullptr && !in[i].open()->why.empty())) return in.open();
    // a name with slashes stands for several
    for (std::string& part : split_outside_braces(*name, '/')) id.names.push_back(std::move(part));
  }
  const auto types = static_cast<std::size_t>(std::count(id.type.begin(), id.type.end(), '/'));
  if (types != id.names.size()) return in.wrong("has not one name for each part of the type");
  return text_or_open(text_of(id));
}

std::string own_group(const Invocation& in) {
  const Scope& scope = in.evaluator.scope();
  return "/subscriptions/" + scope.subscription + "/resourceGroups/" + scope.group;
}

Value resource_id(const Invocation& in) {
  std::size_t type_at = 0;
  while (type_at < in.size() && !is_type(in[type_at])) ++type_at;
  if (type_at == 0) return identified(in, 0, own_group(in));
  if (type_at > 2 || type_at >= in.size()) return in.any_open() ? in.open() : in.wrong("names no type");
  const auto group = as_text(in[type_at - 1]);
  const auto subscription = type_at == 2 ? as_text(in[0]) : std::optional(in.evaluator.scope().subscription);
  if (!group || !subscription) return in.open();
  return identified(in, type_at, "/subscriptions/" + *subscription + "/resourceGroups/" + *group);
}

Value subscription_resource_id(const Invocation& in) {
  const std::size_t type_at = !in.arguments.empty() && is_type(in[0]) ? 0 : 1;
  const auto subscription = type_at == 1 ? as_text(in[0]) : std::optional(in.evaluator.scope().subscription);
  if (!subscription) return in.open();
  return identified(in, type_at, "/subscriptions/" + *subscription);
}

Value tenant_resource_id(const Invocation& in) { return identified(in, 0, ""); }

Value extension_resource_id(const Invocation& in) {
  const auto base = as_text(in[0]);
  return base ? identified(in, 1, *base) : in.open();
}

Value resource_group(const Invocation& in) {
  Fields out;
  const std::string& group = in.evaluator.scope().group;
  out.push_back({.name = "id", .value = open_text(own_group(in))});
  out.push_back({.name = "name", .value = text_or_open(group)});
  for (const char* name : {"location", "tags", "type", "managedBy", "properties"}) {
    out.push_back({.name = name, .value = open_value("resourceGroup()." + std::string(name))});
  }
  return {.is = std::move(out), .span = {}};
}

/// Every nested template has a deployment of its own, and so names that are made from its name.
Value deployment(const Invocation& in) {
  Fields out;
  out.push_back({.name = "name", .value = text_or_open(in.evaluator.scope().deployment)});
  for (const char* name : {"location", "properties"}) {
    out.push_back({.name = name, .value = open_value(in.evaluator.scope().label + "deployment()." + name)});
  }
  return {.is = std::move(out), .span = {}};
}

Value subscription(const Invocation& in) {
  Fields out;
  const std::string& id = in.evaluator.scope().subscription;
  out.push_back({.name = "id", .value = open_text("/subscriptions/" + id)});
  out.push_back({.name = "subscriptionId", .value = text_or_open(id)});
  for (const char* name : {"tenantId", "displayName"}) {
    out.push_back({.name = name, .value = open_value("subscription()." + std::string(name))});
  }
  return {.is = std::move(out), .span = {}};
}

Value parameters(const Invocation& in) {
  return in[0].text() != nullptr ? in.evaluator.parameter(*in[0].text()) : in.open();
}

Value variables(const Invocation& in) {
  return in[0].text() != nullptr ? in.evaluator.variable(*in[0].text()) : in.open();
}

/// What a deployment in the same template gives back; of everything else only a deployment knows the state.
Value reference(const Invocation& in) {
  const auto text = as_text(in[0]);
  if (!text || in.size() > 2) return in.open();
  const auto id = parse_id(*text);
  if (id && !id->is(kDeployment.name)) return in.open();
  auto outputs = in.evaluator.outputs_of(id ? id->names.back() : *text);
  if (!outputs) return in.open();
  Fields out;
  out.push_back({.name = "outputs", .value = std::move(*outputs)});
  return {.is = std::move(out), .span = {}};
}

Value copy_index(const Invocation& in) {
  std::string loop;
  std::int64_t offset = 0;
  for (const Value& each : in.arguments) {
    if (each.text() != nullptr) loop = *each.text();
    if (const auto* number = std::get_if<std::int64_t>(&each.is)) offset = *number;
    if (each.open() != nullptr) return in.open();
  }
  const Value index = in.evaluator.copy_index(loop);
  const auto number = as_number(index);
  if (!number) return offset == 0 ? index : open_value(written(index) + " + " + std::to_string(offset));
  std::int64_t sum = 0;
  return __builtin_add_overflow(*number, offset, &sum) ? in.wrong("has no value") : value_of(sum);
}

}  // namespace

const std::vector<Function>& resource_functions() {
  static const std::vector<Function> table = {
      {"resourceId", 2, kAnyNumber, resource_id},
      {"subscriptionResourceId", 2, kAnyNumber, subscription_resource_id},
      {"tenantResourceId", 2, kAnyNumber, tenant_resource_id},
      {"extensionResourceId", 3, kAnyNumber, extension_resource_id},
      {"resourceGroup", 0, 0, resource_group},
      {"subscription", 0, 0, subscription},
      {"deployment", 0, 0, deployment},
      {"parameters", 1, 1, parameters},
      {"variables", 1, 1, variables},
      {"copyIndex", 0, 2, copy_index},
      {"reference", 1, 3, reference},
  };
  return table;
}

}  // namespace crenel::azure::lifting
