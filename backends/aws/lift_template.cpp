#include "backends/aws/lift_template.h"

#include "backends/aws/diagnostics.h"
#include "backends/document/reader.h"

namespace crenel::aws::reading {
namespace {

using document::Node;

/// `Fn::ForEach` and `Fn::Transform` stand where resources do.
constexpr std::string_view kFunctionKey = "Fn::";

std::string text_of(const Node* node) { return node == nullptr ? "" : document::as_text(*node).value_or(""); }

Parameter read_parameter(const Node& node) {
  Parameter out;
  out.type = text_of(node.find("Type"));
  out.span = node.span;
  const Node* allowed = node.find("AllowedValues");
  if (allowed == nullptr || allowed->sequence() == nullptr) return out;
  out.allowed.emplace();
  for (const Node& value : allowed->elements()) out.allowed->push_back(document::as_text(value).value_or(""));
  if (out.allowed->size() == 1) out.only_value = out.allowed->front();
  return out;
}

void read_resource(const document::Entry& entry, Template& out, diagnostics::Diagnostics& diagnostics) {
  if (entry.key.starts_with(kFunctionKey)) {
    out.unexpanded.push_back(&entry);
    return;
  }
  const Node* type = entry.value.find("Type");
  const std::string name = text_of(type);
  if (name.empty()) {
    const base::Span span = type == nullptr ? entry.key_span : type->span;
    diagnostics.report(kNoResource, span, std::string(entry.key)).help =
        "every member of `Resources` is an object with a `Type`";
    return;
  }
  Resource made;
  made.id = entry.key;
  made.type = name;
  made.condition = text_of(entry.value.find("Condition"));
  made.properties = entry.value.find("Properties");
  made.whole = &entry.value;
  made.name_span = entry.key_span;
  out.index.emplace(made.id, out.resources.size());
  out.resources.push_back(std::move(made));
}

}  // namespace

const Resource* Template::find(std::string_view id) const {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : &resources[found->second];
}

std::optional<Template> read_template(const Node& root, diagnostics::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.error_count();
  const Node* resources = root.find("Resources");
  if (resources == nullptr || resources->mapping() == nullptr) {
    diagnostics.report(kNoTemplate, resources == nullptr ? root.span : resources->span).help =
        "a CloudFormation template is an object with a member `Resources`, which is an object";
    return std::nullopt;
  }
  Template out;
  out.mappings = root.find("Mappings");
  out.transform = root.find("Transform");
  if (const Node* parameters = root.find("Parameters")) {
    for (const document::Entry& entry : parameters->entries()) {
      out.parameters.emplace(entry.key, read_parameter(entry.value));
    }
  }
  if (const Node* conditions = root.find("Conditions")) {
    for (const document::Entry& entry : conditions->entries()) out.conditions.emplace(entry.key, &entry.value);
  }
  for (const document::Entry& entry : resources->entries()) read_resource(entry, out, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  return out;
}

}  // namespace crenel::aws::reading
