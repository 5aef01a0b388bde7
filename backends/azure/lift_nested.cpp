#include "backends/azure/lift_nested.h"

#include "backends/azure/resource_types.h"

/// learn.microsoft.com, "Using linked and nested templates when deploying Azure resources".
namespace crenel::azure::lifting {
namespace {

using document::Node;

constexpr int kDeepestDeployment = 10;

/// The values that a deployment gives to its template's parameters.
std::map<std::string, Value> given_by(Evaluator& evaluator, const Node& properties, const std::string& label) {
  std::map<std::string, Value> out;
  const Node* parameters = find_member(properties, "parameters");
  if (parameters == nullptr) return out;
  for (const document::Entry& each : parameters->entries()) {
    const Node* value = find_member(each.value, "value");
    out[lower(each.key)] = value != nullptr ? evaluator.evaluate(*value)
                                            : open_value("parameters('" + label + std::string(each.key) + "')");
  }
  return out;
}

bool is_deployment(Evaluator& evaluator, const Node& resource) {
  const Node* type = find_member(resource, "type");
  const Value value = type == nullptr ? Value{} : evaluator.evaluate(*type);
  return value.text() != nullptr && same_word(*value.text(), kDeployment.name);
}

/// The deployment of the scope's template that has this name, or this symbolic name; not one of a copy.
const Node* find_deployment(Evaluator& evaluator, const std::string& name) {
  const Node* root = evaluator.scope().root;
  const Node* resources = root == nullptr ? nullptr : find_member(*root, "resources");
  if (resources == nullptr) return nullptr;
  const auto fits = [&](const Node& each) {
    const Node* own = find_member(each, "name");
    return own != nullptr && find_member(each, "copy") == nullptr && is_deployment(evaluator, each) &&
           same_word(as_text(evaluator.evaluate(*own)).value_or(""), name);
  };
  for (const document::Entry& each : resources->entries()) {
    const bool is_called = each.key == name && is_deployment(evaluator, each.value);
    if ((is_called && find_member(each.value, "copy") == nullptr) || fits(each.value)) return &each.value;
  }
  for (const Node& each : resources->elements()) {
    if (fits(each)) return &each;
  }
  return nullptr;
}

Value evaluated_outputs(Evaluator& evaluator, const Node& outputs) {
  Fields out;
  for (const document::Entry& each : outputs.entries()) {
    const Node* value = find_member(each.value, "value");
    if (value == nullptr) continue;
    Fields one;
    one.push_back({.name = "value", .value = evaluator.evaluate(*value)});
    out.push_back({.name = std::string(each.key), .value = {.is = std::move(one), .span = each.value.span}});
  }
  return {.is = std::move(out), .span = outputs.span};
}

}  // namespace

std::optional<NestedTemplate> nested_template(Evaluator& evaluator, const Node& deployment, const std::string& name) {
  const Node* properties = find_member(deployment, "properties");
  const Node* root = properties == nullptr ? nullptr : find_member(*properties, "template");
  if (root == nullptr || root->mapping() == nullptr || evaluator.scope().depth >= kDeepestDeployment)
    return std::nullopt;
  NestedTemplate out{.root = root, .scope = evaluator.scope(), .inner = false};
  ++out.scope.depth;
  const auto text = [&](std::string_view member, std::string& to) {
    if (const Node* node = find_member(deployment, member)) to = as_text(evaluator.evaluate(*node)).value_or("?");
  };
  text("resourceGroup", out.scope.group);
  text("subscriptionId", out.scope.subscription);
  const bool to_subscription =
      find_member(deployment, "subscriptionId") != nullptr && find_member(deployment, "resourceGroup") == nullptr;
  if (to_subscription) out.scope.group.clear();
  const Node* options = find_member(*properties, "expressionEvaluationOptions");
  const Node* option = options == nullptr ? nullptr : find_member(*options, "scope");
  out.inner = option != nullptr && option->scalar() != nullptr && same_word(option->scalar()->text, "inner");
  if (!out.inner) return out;
  out.scope.root = root;
  out.scope.nested = true;
  out.scope.deployment = name;
  out.scope.label += name + "/";
  out.scope.given = given_by(evaluator, *properties, out.scope.label);
  return out;
}

std::optional<Value> Evaluator::outputs_of(const std::string& deployment) {
  const std::string key = lower(deployment);
  if (const auto known = outputs_.find(key); known != outputs_.end()) {
    if (!budget_.spend(weight(known->second, kHeaviestValue))) return std::nullopt;
    return known->second;
  }
  // a deployment that waits for its own outputs has none
  if (!in_progress_.insert("outputs " + key).second) return std::nullopt;
  std::vector<Loop> loops;
  loops.swap(loops_);
  std::optional<Value> out;
  if (const Node* found = find_deployment(*this, deployment)) {
    const auto nested = nested_template(*this, *found, deployment);
    const Node* outputs = nested ? find_member(*nested->root, "outputs") : nullptr;
    if (outputs != nullptr) {
      Evaluator inner(nested->scope, budget_);
      out = evaluated_outputs(nested->inner ? inner : *this, *outputs);
    }
  }
  loops_.swap(loops);
  in_progress_.erase("outputs " + key);
  if (out && weight(*out, kHeaviestValue) > kHeaviestValue) out.reset();
  if (out) outputs_[key] = *out;
  return out;
}

}  // namespace crenel::azure::lifting
