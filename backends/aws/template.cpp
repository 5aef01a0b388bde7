#include "backends/aws/template.h"

#include <algorithm>
#include <map>
#include <utility>

#include "backends/aws/diagnostics.h"

namespace crenel::aws {
namespace {

using base::Overloaded;

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Two things that collide do so in most of their resources and outputs; one fault is one error, kept in `reported`.
void check_unique(const std::vector<const Entry*>& entries, Pairs& reported, diagnostics::Diagnostics& diagnostics) {
  std::map<std::string, const Entry*> taken;
  for (const Entry* entry : entries) {
    const auto [there, is_new] = taken.emplace(entry->id, entry);
    if (is_new) continue;
    const std::pair pair(there->second->subject, entry->subject);
    if (std::find(reported.begin(), reported.end(), pair) != reported.end()) continue;
    reported.push_back(pair);
    auto& error = diagnostics.report(kNameCollision, entry->span, there->second->subject, entry->subject, entry->id);
    error.notes.push_back({there->second->span, "the other one is declared here"});
    error.help = "rename one of them; names in a template are the declared path in PascalCase, without underscores";
  }
}

Value section(const std::vector<Entry>& entries) {
  Value out;
  for (const Entry& entry : entries) out.set(entry.id, entry.body);
  return out;
}

Value resource_value(const Resource& resource) {
  Value out;
  out.set("Type", resource.type.name);
  if (!resource.depends_on.empty()) {
    Array ids(resource.depends_on.begin(), resource.depends_on.end());
    out.set("DependsOn", Value(std::move(ids)));
  }
  for (const auto& [name, value] : resource.attributes) out.set(name, value);
  if (!resource.entry.body.is_null()) out.set("Properties", resource.entry.body);
  return out;
}

/// Calls `see` with the text of every string of the tree and the name of the member it stands in.
template <class See>
void each_text(const Value& value, std::string_view member, const See& see) {
  std::visit(Overloaded{
                 [&](const std::string& text) { see(member, text); },
                 [&](const Array& elements) {
                   for (const Value& element : elements) each_text(element, member, see);
                 },
                 [&](const Object& members) {
                   for (const auto& [name, inner] : members) each_text(inner, name, see);
                 },
                 [](const auto&) {},
             },
             value.node());
}

}  // namespace

void check_names(const Template& made, diagnostics::Diagnostics& diagnostics) {
  Pairs reported;
  std::vector<const Entry*> entries;
  for (const Entry& parameter : made.parameters) entries.push_back(&parameter);
  for (const Resource& resource : made.resources) entries.push_back(&resource.entry);
  check_unique(entries, reported, diagnostics);
  entries.clear();
  for (const Entry& output : made.outputs) entries.push_back(&output);
  check_unique(entries, reported, diagnostics);
}

Value to_value(const Template& made) {
  Value out;
  out.set("AWSTemplateFormatVersion", "2010-09-09");
  out.set("Description", made.description);
  out.set("Metadata", made.metadata);
  if (!made.parameters.empty()) out.set("Parameters", section(made.parameters));
  if (!made.rules.empty()) out.set("Rules", section(made.rules));
  Value resources;
  for (const Resource& resource : made.resources) resources.set(resource.entry.id, resource_value(resource));
  out.set("Resources", std::move(resources));
  if (!made.outputs.empty()) out.set("Outputs", section(made.outputs));
  return out;
}

std::size_t count_dynamic_references(const Value& value) {
  std::size_t count = 0;
  each_text(value, "", [&](std::string_view, const std::string& text) {
    if (text.find("{{resolve:") != std::string::npos) ++count;
  });
  return count;
}

bool refers_to(const Value& value, const std::string& id) {
  bool found = false;
  each_text(value, "", [&](std::string_view member, const std::string& text) {
    found = found || (member == "Ref" && text == id) ||
            (member == "Fn::Sub" && text.find("${" + id + "}") != std::string::npos);
  });
  return found;
}

}  // namespace crenel::aws
