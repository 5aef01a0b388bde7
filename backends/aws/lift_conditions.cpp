#include <algorithm>

#include "backends/aws/lift_functions.h"

namespace crenel::aws::reading {
namespace {

using document::Node;

constexpr int kDeepest = 100;

Truth opposite(Truth truth) {
  if (truth == Truth::Open) return truth;
  return truth == Truth::Yes ? Truth::No : Truth::Yes;
}

Truth of(bool holds) { return holds ? Truth::Yes : Truth::No; }

/// Both are one of the values that a parameter may have, or one is known.
Truth compare_with(const Value& late, const Value& other, const Template& declared) {
  const auto* parameter = late.as<Late>();
  const auto text = known_text(other);
  if (parameter == nullptr || !parameter->parameter || !text) return Truth::Open;
  const auto found = declared.parameters.find(parameter->name);
  if (found == declared.parameters.end() || !found->second.allowed) return Truth::Open;
  const auto& allowed = *found->second.allowed;
  return std::find(allowed.begin(), allowed.end(), *text) == allowed.end() ? Truth::No : Truth::Open;
}

bool is_certain(const Value& value) {
  return value.as<Text>() || value.as<Late>() || value.as<Reference>() || value.as<Composed>();
}

}  // namespace

Truth Conditions::decide(const Node& node, int depth) {
  if (depth > kDeepest) return Truth::Open;
  if (!node.tag().empty()) {
    const std::string name(node.tag().substr(1));
    return call(name == "Condition" ? name : "Fn::" + name, node, depth);
  }
  const auto entries = node.entries();
  if (entries.size() != 1) return Truth::Open;
  return call(entries.front().key, entries.front().value, depth);
}

Truth Conditions::call(std::string_view function, const Node& argument, int depth) {
  if (function == "Condition") {
    const auto* name = argument.scalar();
    return name == nullptr ? Truth::Open : evaluator_.condition(name->text);
  }
  if (function == "Fn::Equals") return equal(argument);
  if (function == "Fn::And") return combine(argument, Truth::No, depth);
  if (function == "Fn::Or") return combine(argument, Truth::Yes, depth);
  if (function == "Fn::Not" && argument.elements().size() == 1) {
    return opposite(decide(argument.elements().front(), depth + 1));
  }
  return Truth::Open;
}

Truth Conditions::equal(const Node& argument) {
  if (argument.elements().size() != 2) return Truth::Open;
  const Value a = evaluator_.evaluate(argument.elements()[0], {});
  const Value b = evaluator_.evaluate(argument.elements()[1], {});
  const auto text_a = known_text(a);
  const auto text_b = known_text(b);
  if (text_a && text_b) return of(*text_a == *text_b);
  if (is_certain(a) && a == b) return Truth::Yes;
  const Truth decided = compare_with(a, b, evaluator_.template_);
  return decided == Truth::Open ? compare_with(b, a, evaluator_.template_) : decided;
}

Truth Conditions::combine(const Node& argument, Truth decisive, int depth) {
  if (argument.elements().empty()) return Truth::Open;
  bool open = false;
  for (const Node& part : argument.elements()) {
    const Truth truth = decide(part, depth + 1);
    if (truth == decisive) return decisive;
    open = open || truth == Truth::Open;
  }
  return open ? Truth::Open : opposite(decisive);
}

}  // namespace crenel::aws::reading
