#include "backends/document/raw.h"

#include <algorithm>
#include <charconv>

#include "backends/document/diagnostics.h"
#include "compiler/base/ids.h"
#include "compiler/base/text.h"

namespace crenel::document {
namespace {

std::optional<std::size_t> place_in(const Array& array, const std::string& step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool number = error == std::errc() && end == step.data() + step.size();
  return number && index < array.size() ? std::optional(index) : std::nullopt;
}

std::optional<Value> replaced(const Value& whole, const std::vector<std::string>& path, std::size_t at,
                              const Value& by) {
  if (at == path.size()) return by;
  const std::string& step = path[at];
  if (const auto* array = std::get_if<Array>(&whole.node())) {
    const auto place = place_in(*array, step);
    const auto inner = place ? replaced((*array)[*place], path, at + 1, by) : std::nullopt;
    if (!inner) return std::nullopt;
    Array out = *array;
    out[*place] = *inner;
    return Value(std::move(out));
  }
  const auto* object = std::get_if<Object>(&whole.node());
  if (object == nullptr && !whole.is_null()) return std::nullopt;
  Object out = object == nullptr ? Object() : *object;
  for (auto& [name, value] : out) {
    if (name != step) continue;
    auto inner = replaced(value, path, at + 1, by);
    if (!inner) return std::nullopt;
    value = std::move(*inner);
    return Value(std::move(out));
  }
  auto inner = replaced(Value(), path, at + 1, by);
  if (!inner) return std::nullopt;
  out.emplace_back(step, std::move(*inner));
  return Value(std::move(out));
}

/// A scalar that is not quoted is what JSON takes it for; nothing for a number that is no integer.
std::optional<Value> scalar_value(const Scalar& scalar, const Node& node) {
  if (scalar.quoted) return Value(scalar.text);
  if (scalar.text == "true") return Value(true);
  if (scalar.text == "false") return Value(false);
  if (const auto number = as_integer(node)) return Value(*number);
  const bool numeric =
      !scalar.text.empty() && scalar.text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  return numeric ? std::nullopt : std::optional(Value(scalar.text));
}

std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t dot = path.find('.');
    out.emplace_back(path.substr(0, dot));
    if (dot == std::string_view::npos) return out;
    path.remove_prefix(dot + 1);
  }
}

std::optional<Value> value_of(const Node& node) {
  if (!node.tag().empty()) return std::nullopt;
  if (const Scalar* scalar = node.scalar()) return scalar_value(*scalar, node);
  if (node.sequence() != nullptr) {
    Array out;
    for (const Node& each : node.elements()) {
      auto value = value_of(each);
      if (!value) return std::nullopt;
      out.push_back(std::move(*value));
    }
    return Value(std::move(out));
  }
  if (node.mapping() == nullptr) return Value();
  Object out;
  for (const Entry& each : node.entries()) {
    auto value = value_of(each.value);
    if (!value) return std::nullopt;
    out.emplace_back(std::string(each.key), std::move(*value));
  }
  return Value(std::move(out));
}

Value value_of(const PatchValue& value) {
  return std::visit(
      base::Overloaded{[](const std::vector<std::string>& texts) { return Value(Array(texts.begin(), texts.end())); },
                       [](const auto& one) { return Value(one); }},
      value);
}

void report_missing(const Patch& patch, const std::vector<ResourcePlace>& resources,
                    diagnostics::Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(resources.size());
  for (const ResourcePlace& each : resources) names.push_back(each.name);
  auto& report = diagnostics.report(kNoSuchResource, patch.span, patch.resource);
  if (const auto near = base::nearest(patch.resource, names)) {
    report.help = "did you mean `" + *near + "`?";
  } else {
    report.help = "look into a template that was built without it: it names its resources";
  }
}

}  // namespace

std::optional<Value> replaced(const Value& whole, const std::vector<std::string>& path, const Value& by) {
  return replaced(whole, path, 0, by);
}

Value patched(Value whole, const std::vector<ResourcePlace>& resources, const std::vector<Patch>& patches,
              diagnostics::Diagnostics& diagnostics) {
  for (const Patch& patch : patches) {
    const auto found = std::find_if(resources.begin(), resources.end(),
                                    [&](const ResourcePlace& each) { return each.name == patch.resource; });
    if (found == resources.end()) {
      report_missing(patch, resources, diagnostics);
      continue;
    }
    for (const auto& [name, value] : patch.values) {
      std::vector<std::string> path = found->path;
      for (std::string& step : steps_of(name)) path.push_back(std::move(step));
      auto made = replaced(whole, path, value_of(value));
      if (made) {
        whole = std::move(*made);
      } else {
        diagnostics.report(kNoSuchProperty, patch.span, name, patch.resource).help =
            "a path names members and places in lists, with dots between them";
      }
    }
  }
  return whole;
}

std::optional<Value> raw_resource(const std::string& name, const std::string& text, base::Span span,
                                  const std::vector<std::string>& members, diagnostics::Diagnostics& diagnostics) {
  base::Sources sources;
  diagnostics::Diagnostics found;
  const base::SourceId source = sources.add(name, text);
  const auto document = read(sources, source, found);
  const auto refuse = [&](const std::string& why) { diagnostics.report(kNoRawResource, span, name, why); };
  if (!document) {
    refuse(found.all().empty() ? "it cannot be read" : found.all().front().message);
    return std::nullopt;
  }
  for (const std::string& member : members) {
    if (document->root().find(member) != nullptr) continue;
    refuse("it has no `" + member + "`");
    return std::nullopt;
  }
  auto value = value_of(document->root());
  if (!value) refuse("it has a number that is no integer, or a short form of YAML: write it as JSON");
  return value;
}

}  // namespace crenel::document
