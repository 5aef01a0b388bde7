#include "backends/azure/lift_scope.h"

#include <algorithm>
#include <charconv>

#include "compiler/base/ids.h"

namespace crenel::azure::lifting {
namespace {

using document::Node;

constexpr int kDeepestValue = 400;

bool deeper_than(const Value& value, int limit) {
  if (limit <= 0) return true;
  if (const List* list = value.list()) {
    return std::any_of(list->begin(), list->end(), [&](const Value& each) { return deeper_than(each, limit - 1); });
  }
  const Fields* fields = value.fields();
  return fields != nullptr && std::any_of(fields->begin(), fields->end(),
                                          [&](const Field& each) { return deeper_than(each.value, limit - 1); });
}

Value plain_scalar(std::string_view text) {
  if (text == "true" || text == "True") return value_of(true);
  if (text == "false" || text == "False") return value_of(false);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && !text.empty()) return value_of(number);
  return value_of(std::string(text));
}

/// The number of the last part of some length, for each length of the whole block: what a template needs to count from
/// the end of a block. Nothing when the table is another one.
std::optional<int> part_length_of(const Fields& table) {
  std::optional<int> found;
  for (const Field& each : table) {
    const auto whole = as_number(value_of(each.name));
    const auto last = as_number(each.value);
    if (!whole || !last || *whole < 0 || *whole > 32) return std::nullopt;
    int length = static_cast<int>(*whole);
    std::int64_t parts = 1;
    while (parts < *last + 1 && length < 32) {
      parts *= 2;
      ++length;
    }
    if (parts != *last + 1 || (found && *found != length)) return std::nullopt;
    found = length;
  }
  return found;
}

/// `{text}` with what stands in the braces continued.
std::string continued(const Value& of, const std::string& more) { return written(of) + more; }

}  // namespace

const document::Entry* find_entry(const Node* section, std::string_view name) {
  if (section == nullptr || section->mapping() == nullptr) return nullptr;
  for (const document::Entry& entry : section->mapping()->entries) {
    if (same_word(entry.key, name)) return &entry;
  }
  return nullptr;
}

const Node* find_member(const Node& node, std::string_view name) {
  const document::Entry* entry = find_entry(&node, name);
  return entry == nullptr ? nullptr : &entry->value;
}

Value Evaluator::evaluate(const Node& node) {
  if (!budget_.spend(1)) return fault("…", "the template's expressions are too much work");
  Value out;
  if (const document::Scalar* scalar = node.scalar()) {
    out = scalar->quoted ? evaluate_text(scalar->text) : plain_scalar(scalar->text);
  } else if (const document::Sequence* sequence = node.sequence()) {
    List list;
    for (const Node& each : sequence->elements) list.push_back(evaluate(each));
    out.is = std::move(list);
  } else if (node.mapping() != nullptr) {
    out = evaluate_mapping(node);
  }
  out.span = node.span;
  return out;
}

Value Evaluator::evaluate_text(std::string_view text) {
  if (text.starts_with("[[")) return value_of(std::string(text.substr(1)));
  if (!is_expression(text)) return value_of(std::string(text));
  const auto parsed = parse_expression(text);
  if (const auto* why = std::get_if<std::string>(&parsed)) {
    return fault(std::string(text.substr(1, text.size() - 2)), "`" + std::string(text) + "` is no expression: " + *why);
  }
  return evaluate(std::get<Expression>(parsed));
}

Value Evaluator::evaluate_mapping(const Node& node) {
  Fields out;
  for (const document::Entry& entry : node.mapping()->entries) {
    if (same_word(entry.key, "copy") && entry.value.sequence() != nullptr) {
      add_copies(entry.value, out);
      continue;
    }
    std::string name(entry.key);
    if (is_expression(name)) name = as_text(evaluate_text(name)).value_or(name);
    out.push_back({.name = std::move(name), .value = evaluate(entry.value)});
  }
  return {.is = std::move(out), .span = node.span};
}

void Evaluator::add_copies(const Node& copies, Fields& to) {
  for (const Node& copy : copies.sequence()->elements) {
    const Node* name = find_member(copy, "name");
    const Node* count = find_member(copy, "count");
    const Node* input = find_member(copy, "input");
    if (name == nullptr || count == nullptr || input == nullptr) {
      to.push_back({.name = "copy", .value = fault("copy", "a copy needs a name, a count and an input")});
      continue;
    }
    const std::string loop = as_text(evaluate(*name)).value_or("copy");
    const auto rounds = as_number(evaluate(*count));
    if (!rounds || *rounds < 0 || *rounds > kMostCopies) {
      to.push_back(
          {.name = loop, .value = fault("copy of " + loop, "how often `" + loop + "` is copied is not known")});
      to.back().value.span = copy.span;
      continue;
    }
    List list;
    for (std::int64_t i = 0; i < *rounds; ++i) {
      enter({.name = loop, .index = i});
      list.push_back(evaluate(*input));
      leave();
    }
    to.push_back({.name = loop, .value = {.is = std::move(list), .span = copy.span}});
  }
}

Value Evaluator::parameter(const std::string& name) {
  const Node* section = scope_.root == nullptr ? nullptr : find_member(*scope_.root, "parameters");
  const document::Entry* entry = find_entry(section, name);
  if (entry == nullptr) return fault("parameters('" + name + "')", "the template has no parameter `" + name + "`");
  const auto given = scope_.given.find(lower(name));
  if (given != scope_.given.end()) {
    if (!budget_.spend(weight(given->second, kHeaviestValue)))
      return fault("parameters('" + name + "')", "too much work");
    return given->second;
  }
  const Node* standard = find_member(entry->value, "defaultValue");
  const std::string key = "parameter " + lower(name);
  if (scope_.nested && standard != nullptr && in_progress_.insert(key).second) {
    Value out = evaluate(*standard);
    in_progress_.erase(key);
    return out;
  }
  const Node* allowed = find_member(entry->value, "allowedValues");
  if (allowed != nullptr && allowed->sequence() != nullptr && allowed->sequence()->elements.size() == 1) {
    return evaluate(allowed->sequence()->elements.front());
  }
  const std::string full = scope_.label + std::string(entry->key);
  Value out = open_value("parameters('" + full + "')");
  std::get<Open>(out.is).meaning = Given{full};
  return out;
}

Value Evaluator::variable(const std::string& name) {
  const std::string key = lower(name);
  if (const auto known = variables_.find(key); known != variables_.end()) {
    if (!budget_.spend(weight(known->second, kHeaviestValue)))
      return fault("variables('" + name + "')", "too much work");
    return known->second;
  }
  const Node* section = scope_.root == nullptr ? nullptr : find_member(*scope_.root, "variables");
  const document::Entry* entry = find_entry(section, name);
  const std::string text = "variables('" + name + "')";
  Value out;
  if (!in_progress_.insert(key).second) return fault(text, "variable `" + name + "` is made from itself");
  // copies and expressions of the caller are none of the variable's
  std::vector<Loop> loops;
  loops.swap(loops_);
  if (entry != nullptr && !(same_word(entry->key, "copy") && entry->value.sequence() != nullptr)) {
    out = evaluate(entry->value);
  } else {
    Fields made;
    const Node* copies = section == nullptr ? nullptr : find_member(*section, "copy");
    if (copies != nullptr && copies->sequence() != nullptr) add_copies(*copies, made);
    const auto found = std::find_if(made.begin(), made.end(), [&](const Field& f) { return same_word(f.name, name); });
    out = found == made.end() ? fault(text, "the template has no variable `" + name + "`") : found->value;
  }
  loops_.swap(loops);
  in_progress_.erase(key);
  if (weight(out, kHeaviestValue) > kHeaviestValue || deeper_than(out, kDeepestValue)) {
    out = fault(text, "variable `" + name + "` is too large");
  }
  variables_[key] = out;
  return out;
}

Value Evaluator::copy_index(const std::string& loop) const {
  for (auto it = loops_.rbegin(); it != loops_.rend(); ++it) {
    if (!loop.empty() && !same_word(it->name, loop)) continue;
    return it->index ? value_of(*it->index) : open_value("copyIndex('" + it->name + "')");
  }
  return fault("copyIndex(" + loop + ")", "`copyIndex` stands in no such copy");
}

Value Evaluator::evaluate(const Expression& expression) {
  if (!budget_.spend(1)) return fault("…", "the template's expressions are too much work");
  return std::visit(
      base::Overloaded{[](const std::string& text) { return value_of(text); },
                       [](std::int64_t number) { return value_of(number); },
                       [&](const Call& each) { return call(each); }, [&](const Member& each) { return member(each); },
                       [&](const Element& each) { return element(each); }},
      expression.is);
}

Value Evaluator::call(const Call& call) {
  List arguments;
  for (const Expression& each : call.arguments) arguments.push_back(evaluate(each));
  const Function* function = find_function(call.function);
  if (function == nullptr) {
    const Invocation invocation{*this, call.function, arguments};
    return invocation.open();
  }
  const Invocation invocation{*this, function->name, arguments};
  if (arguments.size() < function->least || arguments.size() > function->most) {
    return invocation.wrong("has a wrong number of arguments");
  }
  return function->evaluate(invocation);
}

Value Evaluator::member(const Member& member) {
  const Value of = evaluate(*member.of);
  if (const Value* found = of.find(member.name)) return *found;
  const std::string text = continued(of, "." + member.name);
  if (of.open() != nullptr) {
    return of.open()->why.empty() ? open_value(text) : fault(text, of.open()->why);
  }
  return fault(text, "`" + member.name + "` is no member there");
}

Value Evaluator::element(const Element& element) {
  const Value of = evaluate(*element.of);
  const Value at = evaluate(*element.at);
  const std::string text = continued(of, "[" + written(at) + "]");
  if (const Open* key = at.open()) {
    const auto* length = std::get_if<LengthOf>(&key->meaning);
    if (length == nullptr || of.fields() == nullptr) return open_value(text);
    const auto part = part_length_of(*of.fields());
    Value out = open_value(text);
    if (part) {
      std::get<Open>(out.is).meaning = NumberFromEnd{.parameter = length->parameter, .length = *part, .before_last = 0};
    }
    return out;
  }
  if (of.open() != nullptr) return of.open()->why.empty() ? open_value(text) : fault(text, of.open()->why);
  if (const List* list = of.list()) {
    const auto index = as_number(at);
    if (index && *index >= 0 && static_cast<std::size_t>(*index) < list->size()) {
      return (*list)[static_cast<std::size_t>(*index)];
    }
  }
  if (of.fields() != nullptr && at.text() != nullptr) {
    if (const Value* found = of.find(*at.text())) return *found;
  }
  return fault(text, "there is nothing at `" + written(at) + "`");
}

Value Invocation::open() const {
  std::string text(name);
  text += "(";
  for (std::size_t i = 0; i < arguments.size(); ++i) text += (i > 0 ? ", " : "") + written(arguments[i]);
  text += ")";
  if (text.size() > 20'000 || !evaluator.budget().spend(text.size() / 16)) {
    return fault(std::string(name) + "(…)", "`" + std::string(name) + "` has too long a value");
  }
  for (const Value& each : arguments) {
    if (each.open() != nullptr && !each.open()->why.empty()) return fault(text, each.open()->why);
  }
  return open_value(text);
}

Value Invocation::wrong(std::string_view why) const {
  Value out = open();
  Open& it = std::get<Open>(out.is);
  if (it.why.empty()) it.why = "`" + std::string(name) + "` " + std::string(why);
  return out;
}

bool Invocation::any_open() const { return std::any_of(arguments.begin(), arguments.end(), has_open); }

const Function* find_function(std::string_view name) {
  for (const auto* table : {&logic_functions(), &text_functions(), &list_functions(), &number_functions(),
                            &address_functions(), &resource_functions()}) {
    for (const Function& each : *table) {
      if (same_word(each.name, name)) return &each;
    }
  }
  return nullptr;
}

}  // namespace crenel::azure::lifting
