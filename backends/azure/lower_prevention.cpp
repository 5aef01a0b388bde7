#include "backends/azure/lower_prevention.h"

#include <algorithm>
#include <utility>

#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/prevention.h"
#include "backends/document/raw.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Guard;

constexpr std::string_view kMembers = "[*]";

/// A resource as the template has it.
struct Row {
  std::string type;
  Value name;
  const Value* whole;  ///< what paths of the table begin in
};

/// A text of the template as an argument: "[expression]", "[[literal" or a literal.
Term term_of(const std::string& text) {
  if (text.starts_with("[[")) return Term::literal(text.substr(1));
  if (text.starts_with("[") && text.ends_with("]")) return Term::expression(text.substr(1, text.size() - 2));
  return Term::literal(text);
}

/// Pieces of one text, known and not.
class Text {
 public:
  void add(std::string_view known) { known_ += known; }
  void add(const Term& piece) {
    if (piece.is_literal()) return add(std::string_view(piece.text()));
    flush();
    pieces_.push_back(piece);
  }
  [[nodiscard]] Value value() {
    if (pieces_.empty()) return literal(known_);
    flush();
    return call("concat", pieces_).value();
  }

 private:
  void flush() {
    if (!known_.empty()) pieces_.push_back(Term::literal(std::exchange(known_, {})));
  }
  std::vector<Term> pieces_;
  std::string known_;
};

/// What a path leads to. An array that only a deployment knows is itself what is found.
void select(const Value& from, std::string_view path, std::vector<const Value*>& out) {
  if (path.empty()) {
    out.push_back(&from);
    return;
  }
  const std::size_t dot = path.find('.');
  std::string_view step = path.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  const bool members = step.ends_with(kMembers);
  if (members) step.remove_suffix(kMembers.size());
  const Value* next = from.find(step);
  if (next == nullptr) return;
  if (!members) return select(*next, rest, out);
  const auto* all = std::get_if<document::Array>(&next->node());
  if (all == nullptr) return;
  for (const Value& each : *all) select(each, rest, out);
}

std::vector<const Value*> selected(const Value& from, std::string_view path) {
  std::vector<const Value*> out;
  select(from, path, out);
  return out;
}

void add_scalar(const Value& value, Text& out) {
  if (const auto* text = std::get_if<std::string>(&value.node())) {
    out.add("\"");
    out.add(term_of(*text));
    out.add("\"");
  } else if (const auto* number = std::get_if<std::int64_t>(&value.node())) {
    out.add(std::to_string(*number));
  } else if (const auto* truth = std::get_if<bool>(&value.node())) {
    out.add(*truth ? "true" : "false");
  }
}

Value element(const Row& row, const Value* inside, const Value& from, const std::vector<std::string_view>& properties) {
  Text out;
  out.add(term_of(std::get<std::string>(row.name.node())));
  if (inside != nullptr) {
    out.add("/");
    const Value* name = inside->find("name");
    const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->node());
    if (text != nullptr) out.add(term_of(*text));
  }
  for (const std::string_view each : properties) {
    out.add("[");
    bool first = true;
    for (const Value* one : selected(from, each)) {
      if (!std::exchange(first, false)) out.add(",");
      add_scalar(*one, out);
    }
    out.add("]");
  }
  return out.value();
}

Value list_of(std::string_view parameter, const std::vector<Row>& rows) {
  Value out = document::array({});
  for (const Row& row : rows) {
    for (const PolicyList& list : policy_lists()) {
      if (list.parameter != parameter || list.type != row.type) continue;
      if (list.inside.empty()) {
        out.push(element(row, nullptr, *row.whole, list.properties));
        continue;
      }
      for (const Value* each : selected(*row.whole, list.inside)) {
        out.push(element(row, each, *each, list.properties));
      }
    }
  }
  return out;
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

Value counts_of(const PolicyCount& count, const std::vector<Row>& rows) {
  Value out = Value(document::Object{});
  for (const Row& row : rows) {
    const Term name = term_of(std::get<std::string>(row.name.node()));
    if (row.type != count.type || !name.is_literal()) continue;
    out.set(lower_case(name.text()), static_cast<std::int64_t>(selected(*row.whole, count.inside).size()));
  }
  return out;
}

Value things_of(const std::vector<Row>& rows) {
  Value out = document::array({});
  for (const Row& row : rows) {
    const auto& all = things_of_policy();
    if (std::find(all.begin(), all.end(), row.type) == all.end()) continue;
    Text text;
    text.add(row.type + "/");
    text.add(term_of(std::get<std::string>(row.name.node())));
    out.push(text.value());
  }
  return out;
}

Value public_members(const std::vector<Row>& rows) {
  Value out = document::array({});
  for (const Row& row : rows) {
    const bool open = row.type == kScaleSet.name && !selected(*row.whole, kPublicAddressOfMember).empty();
    if (open) out.push(row.name);
  }
  return out;
}

Value given(const Guard& guard, const std::vector<Row>& rows) {
  const auto of = [](Value value) { return document::object({{"value", std::move(value)}}); };
  Value left_alone = document::array({});
  for (const std::string& each : guard.exempt) left_alone.push(literal(each));
  Value out =
      document::object({{std::string(kLeftAlone), of(left_alone)}, {std::string(kThings), of(things_of(rows))}});
  for (const PolicyList& list : policy_lists()) {
    if (out.find(list.parameter) == nullptr) out.set(std::string(list.parameter), of(list_of(list.parameter, rows)));
  }
  for (const PolicyCount& count : policy_counts()) out.set(std::string(count.parameter), of(counts_of(count, rows)));
  out.set(std::string(kPublicMembers), of(public_members(rows)));
  return out;
}

/// The rule's own expressions are none of the template's: their brackets are doubled.
Value escaped(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.node())) return literal(*text);
  if (const auto* all = std::get_if<document::Array>(&value.node())) {
    document::Array out;
    for (const Value& each : *all) out.push_back(escaped(each));
    return Value(std::move(out));
  }
  const auto* members = std::get_if<document::Object>(&value.node());
  if (members == nullptr) return value;
  Value out = Value(document::Object{});
  for (const auto& [name, each] : *members) out.set(name, escaped(each));
  return out;
}

Value rule() {
  diagnostics::Diagnostics none;
  const auto read =
      document::raw_resource("prevent", std::string(code_text("prevent.json").value_or("")), {}, {"if", "then"}, none);
  return read ? escaped(*read) : Value();
}

std::string stem_of(const Guard& guard) { return pascal(guard.origin.path) + "Prevent"; }

Value definition(const std::string& title) {
  Value parameters = Value(document::Object{});
  const auto add = [&](std::string_view name, const char* type) {
    if (parameters.find(name) == nullptr) parameters.set(std::string(name), document::object({{"type", type}}));
  };
  add(kLeftAlone, "Array");
  add(kThings, "Array");
  for (const PolicyList& list : policy_lists()) add(list.parameter, "Array");
  for (const PolicyCount& count : policy_counts()) add(count.parameter, "Object");
  add(kPublicMembers, "Array");
  return document::object(
      {{"type", kPolicyDefinition.name},
       {"apiVersion", kPolicyDefinition.api_version},
       {"name", parameter("name").value()},
       {"properties", document::object({{"displayName", title},
                                        {"description",
                                         "Denies networks, and what opens one, that are not as their "
                                         "template makes them."},
                                        {"policyType", "Custom"},
                                        {"mode", "All"},
                                        {"metadata", document::object({{"category", "Network"}})},
                                        {"parameters", parameters},
                                        {"policyRule", rule()}})}});
}

Resource defining(const Design& design, const Guard& guard, const Term& name) {
  Resource out;
  out.type = kDeployment;
  out.type.has_location = true;  // of a subscription
  out.name = name;
  out.subscription = Term::expression("subscription().subscriptionId").value();
  const Value text = document::object({{"type", "string"}});
  const Value inner =
      document::object({{"$schema",
                         "https://schema.management.azure.com/schemas/2018-05-01/"
                         "subscriptionDeploymentTemplate.json#"},
                        {"contentVersion", "1.0.0.0"},
                        {"parameters", document::object({{"name", text}})},
                        {"resources", document::array({definition(design.name + ": changes no network")})}});
  out.properties =
      document::object({{"mode", "Incremental"},
                        {"expressionEvaluationOptions", document::object({{"scope", "Inner"}})},
                        {"parameters", document::object({{"name", document::object({{"value", name.value()}})}})},
                        {"template", inner}});
  out.cause = cause_of(guard.origin, "guard");
  return out;
}

std::vector<Row> rows_of(const Template& made, std::vector<Value>& bodies) {
  bodies.reserve(made.resources.size());
  std::vector<Row> out;
  for (const Resource& each : made.resources) {
    bodies.push_back(document::object({{"properties", each.properties}}));
    out.push_back({std::string(each.type.name), each.name.value(), &bodies.back()});
  }
  return out;
}

}  // namespace

/// "Resource group deployments with ARM templates", create a resource group: a nested deployment with `subscriptionId`
/// and `location` goes to the subscription, where definitions lie ("Azure Policy definition structure basics"). The
/// assignment is for the resource group that the template goes to.
void lower_preventions(const Design& design, Template& out) {
  std::vector<Value> bodies;
  const std::vector<Row> rows = rows_of(out, bodies);
  for (const Guard& guard : design.guards) {
    if (!guard.prevent) continue;
    const std::string stem = stem_of(guard);
    const std::string own = stem + "PolicyName";
    out.variables.emplace_back(own, call("format", {Term::literal("{0}-{1}"), Term::literal("prevent"),
                                                    call("uniqueString", {Term::expression("resourceGroup().id"),
                                                                          Term::literal(design.name + " " + stem)})})
                                        .value());
    Resource deployment = defining(design, guard, variable(own));
    Resource assigned;
    assigned.type = kPolicyAssignment;
    assigned.name = Term::literal(stem);
    assigned.depends_on = {id_of(deployment)};
    assigned.properties = document::object(
        {{"displayName", design.name + ": changes no network"},
         {"policyDefinitionId",
          call("subscriptionResourceId", {Term::literal(std::string(kPolicyDefinition.name)), variable(own)}).value()},
         {"enforcementMode", "Default"},
         {"parameters", given(guard, rows)}});
    assigned.cause = cause_of(guard.origin, "guard");
    out.resources.push_back(std::move(deployment));
    out.resources.push_back(std::move(assigned));
  }
}

Value with_lists_of_policies(const Design& design, Value tree) {
  if (design.verbatims.empty() && design.overrides.empty()) return tree;
  const Value whole = tree;
  std::vector<Row> rows;
  const auto& all = std::get<document::Array>(whole.find("resources")->node());
  for (const Value& each : all) {
    rows.push_back({std::get<std::string>(each.find("type")->node()), *each.find("name"), &each});
  }
  for (const Guard& guard : design.guards) {
    for (std::size_t i = 0; guard.prevent && i < rows.size(); ++i) {
      if (rows[i].type != kPolicyAssignment.name || rows[i].name != Value(stem_of(guard))) continue;
      const std::vector<std::string> path = {"resources", std::to_string(i), "properties", "parameters"};
      tree = document::replaced(tree, path, given(guard, rows)).value_or(tree);
    }
  }
  return tree;
}

}  // namespace crenel::azure
