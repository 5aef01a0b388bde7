#include "backends/azure/template.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "backends/azure/diagnostics.h"
#include "compiler/base/ids.h"

namespace crenel::azure {
namespace {

using document::Value;

/// Calls `visit` with every text of the tree, names of members included: some are expressions.
template <class Visit>
void each_text(const Value& value, const Visit& visit) {
  std::visit(base::Overloaded{[&](const std::string& text) { visit(std::string_view(text)); },
                              [&](const document::Array& array) {
                                for (const Value& element : array) each_text(element, visit);
                              },
                              [&](const document::Object& object) {
                                for (const auto& [name, member] : object) {
                                  visit(std::string_view(name));
                                  each_text(member, visit);
                                }
                              },
                              [](const auto&) {}},
             value.node());
}

/// The first argument of a call's argument list that begins at `at`, as it is written.
std::string_view first_argument(std::string_view text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ',') && depth == 0) return text.substr(at, i - at);
    if (c == ')' || c == ']') --depth;
  }
  return {};
}

/// A resource by its type and its name's argument: what both an id and the resource itself come to.
using Key = std::pair<std::string, std::string>;

Key key_of(const Resource& resource) { return {std::string(resource.type.name), resource.name.argument()}; }

/// Every resource that an id in `text` names; of something inside a resource (`Type/children`), the resource.
void collect_references(std::string_view text, std::set<Key>& out) {
  constexpr std::string_view kCall = "resourceId('";
  if (text.empty() || text.front() != '[') return;
  for (std::size_t at = text.find(kCall); at != std::string_view::npos; at = text.find(kCall, at + 1)) {
    const std::size_t begin = at + kCall.size();
    const std::size_t end = text.find("', ", begin);
    if (end == std::string_view::npos) return;
    const std::string_view type = text.substr(begin, end - begin);
    const std::size_t provider_end = type.find('/');
    const std::size_t type_end =
        provider_end == std::string_view::npos ? provider_end : type.find('/', provider_end + 1);
    out.emplace(std::string(type.substr(0, type_end)), std::string(first_argument(text, end + 3)));
  }
}

std::set<Key> references(const Resource& resource) {
  std::set<Key> out;
  const auto visit = [&](std::string_view text) { collect_references(text, out); };
  each_text(resource.properties, visit);
  each_text(resource.identity, visit);
  if (resource.scope) visit(resource.scope->value());
  out.erase(key_of(resource));
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::vector<TakenName> all_names(const Template& whole) {
  std::vector<TakenName> out;
  for (const TemplateParameter& parameter : whole.parameters) {
    out.push_back({.scope = "parameter", .name = parameter.name, .longest = 255, .cause = parameter.cause});
  }
  for (const Resource& resource : whole.resources) {
    if (!resource.name.is_literal()) continue;
    out.push_back({.scope = std::string(resource.type.name),
                   .name = resource.name.text(),
                   .longest = resource.type.longest_name,
                   .cause = resource.cause});
  }
  out.insert(out.end(), whole.names.begin(), whole.names.end());
  return out;
}

void set_unless_null(Value& in, std::string name, const Value& value) {
  if (!value.is_null()) in.set(std::move(name), value);
}

Value resource_document(const Resource& resource, const std::vector<Term>& depends_on) {
  Value out;
  out.set("type", resource.type.name);
  out.set("apiVersion", resource.type.api_version);
  out.set("name", resource.name.value());
  if (resource.scope) out.set("scope", resource.scope->value());
  set_unless_null(out, "subscriptionId", resource.subscription);
  set_unless_null(out, "resourceGroup", resource.resource_group);
  if (resource.type.has_location) {
    out.set("location", resource.location.is_null() ? Value(parameter("Location").value()) : resource.location);
  }
  if (resource.type.has_tags) {
    out.set("tags", resource.tags.is_null() ? Value(variable("Tags").value()) : resource.tags);
  }
  set_unless_null(out, "kind", resource.kind);
  set_unless_null(out, "sku", resource.sku);
  set_unless_null(out, "zones", resource.zones);
  set_unless_null(out, "identity", resource.identity);
  Value needs;
  for (const Term& id : depends_on) needs.push(id.value());
  set_unless_null(out, "dependsOn", needs);
  set_unless_null(out, "properties", resource.properties);
  return out;
}

}  // namespace

Term id_of(const Resource& resource) {
  if (!resource.subscription.is_null() && resource.resource_group.is_null()) {
    return call("subscriptionResourceId", {Term::literal(std::string(resource.type.name)), resource.name});
  }
  if (!resource.scope) return resource_id(resource.type, resource.name);
  return call("extensionResourceId", {*resource.scope, Term::literal(std::string(resource.type.name)), resource.name});
}

std::set<std::string> names_used(const Template& whole, std::string_view function) {
  const std::string call = std::string(function) + "('";
  std::set<std::string> out;
  const auto visit = [&](std::string_view text) {
    if (text.empty() || text.front() != '[') return;
    for (std::size_t at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1)) {
      const std::size_t begin = at + call.size();
      out.emplace(text.substr(begin, text.find('\'', begin) - begin));
    }
  };
  for (const Resource& resource : whole.resources) {
    visit(resource.name.value());
    for (const Value* part :
         {&resource.properties, &resource.identity, &resource.subscription, &resource.resource_group, &resource.tags}) {
      each_text(*part, visit);
    }
    if (resource.scope) visit(resource.scope->value());
    if (resource.type.has_location && resource.location.is_null()) visit(parameter("Location").value());
    if (resource.type.has_tags && resource.tags.is_null()) visit(variable("Tags").value());
  }
  for (const auto& [name, value] : whole.variables) each_text(value, visit);
  for (const TemplateParameter& each : whole.parameters) each_text(each.definition, visit);
  for (const Output& each : whole.outputs) visit(each.value.value());
  return out;
}

std::vector<std::vector<Term>> dependencies(const Template& whole) {
  std::map<Key, std::size_t> place;
  for (std::size_t i = 0; i < whole.resources.size(); ++i) place.emplace(key_of(whole.resources[i]), i);
  std::vector<std::vector<Term>> out;
  for (const Resource& resource : whole.resources) {
    std::set<std::size_t> needed;  // in template order
    for (const Key& key : references(resource)) {
      if (const auto found = place.find(key); found != place.end()) needed.insert(found->second);
    }
    std::vector<Term>& ids = out.emplace_back();
    for (const std::size_t i : needed) ids.push_back(id_of(whole.resources[i]));
    for (const Term& id : resource.depends_on) {
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
  }
  return out;
}

void check_names(const Template& whole, diagnostics::Diagnostics& diagnostics) {
  std::map<std::pair<std::string, std::string>, TakenName> taken;
  std::set<std::string> reported;  // several resources come from one declaration: one fault, one error
  for (const TakenName& name : all_names(whole)) {
    if (name.name.size() > name.longest && reported.insert(name.cause.text).second) {
      diagnostics.report(kNameTooLong, name.cause.span, name.cause.text, name.name, name.name.size(), name.longest)
          .help = "give it, or what it is declared in, a shorter name";
    }
    const auto [place, is_new] = taken.emplace(std::make_pair(name.scope, lower(name.name)), name);
    if (is_new || !reported.insert(name.cause.text + " and " + place->second.cause.text).second) continue;
    auto& report =
        diagnostics.report(kNameCollision, name.cause.span, name.cause.text, place->second.cause.text, name.name);
    if (place->second.cause.span.valid()) {
      report.notes.push_back({place->second.cause.span, "the other one is declared here"});
    }
    report.help = "rename one of the two";
  }
}

document::Value to_document(const Template& whole) {
  Value out;
  out.set("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#");
  out.set("contentVersion", "1.0.0.0");
  out.set("metadata", document::object({{"description", literal(whole.description)}}));
  Value parameters = document::object({});
  for (const TemplateParameter& each : whole.parameters) parameters.set(each.name, each.definition);
  out.set("parameters", parameters);
  Value variables = document::object({});
  for (const auto& [name, value] : whole.variables) variables.set(name, value);
  out.set("variables", variables);
  Value resources = document::array({});
  const std::vector<std::vector<Term>> needs = dependencies(whole);
  for (std::size_t i = 0; i < whole.resources.size(); ++i) {
    resources.push(resource_document(whole.resources[i], needs[i]));
  }
  out.set("resources", resources);
  Value outputs = document::object({});
  for (const Output& each : whole.outputs) {
    outputs.set(each.name,
                document::object({{"type", "string"},
                                  {"metadata", document::object({{"description", literal(each.description)}})},
                                  {"value", each.value.value()}}));
  }
  out.set("outputs", outputs);
  return out;
}

}  // namespace crenel::azure
