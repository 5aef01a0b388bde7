#include "backends/azure/raw.h"

#include <algorithm>
#include <utility>

#include "backends/document/diagnostics.h"
#include "backends/document/raw.h"

namespace crenel::azure {
namespace {

using document::Value;

constexpr const char* kProvider = "azure";
constexpr const char* kResourcesKey = "resources";

Value with_verbatims(const model::Design& design, const Template& made, const Value& tree,
                     diagnostics::Diagnostics& diagnostics) {
  const Value* list = tree.find(kResourcesKey);
  document::Array all = std::get<document::Array>(list->node());
  std::vector<std::string> taken;
  for (const Resource& each : made.resources) {
    if (each.name.is_literal()) taken.push_back(each.name.text());
  }
  for (const model::Verbatim& each : design.verbatims) {
    if (each.provider != kProvider) continue;
    if (std::find(taken.begin(), taken.end(), each.resource) != taken.end()) {
      diagnostics.report(document::kResourceThere, each.span, each.resource).help = "give it another name";
      continue;
    }
    taken.push_back(each.resource);
    auto body = document::raw_resource(each.resource, each.text, each.span, {"type", "apiVersion"}, diagnostics);
    if (!body) continue;
    auto named = document::replaced(*body, {"name"}, each.resource);
    if (named) all.push_back(std::move(*named));
  }
  return document::replaced(tree, {kResourcesKey}, Value(std::move(all))).value_or(tree);
}

}  // namespace

Value with_raw(const model::Design& design, const Template& made, Value tree, diagnostics::Diagnostics& diagnostics) {
  const bool any = std::any_of(design.verbatims.begin(), design.verbatims.end(),
                               [](const model::Verbatim& each) { return each.provider == kProvider; });
  std::vector<document::ResourcePlace> places;
  for (std::size_t i = 0; i < made.resources.size(); ++i) {
    if (!made.resources[i].name.is_literal()) continue;
    places.push_back({.name = made.resources[i].name.text(), .path = {kResourcesKey, std::to_string(i), "properties"}});
  }
  std::vector<document::Patch> patches;
  for (const model::Override& each : design.overrides) {
    if (each.provider == kProvider) patches.push_back({each.span, each.resource, each.values});
  }
  tree = document::patched(std::move(tree), places, patches, diagnostics);
  return any ? with_verbatims(design, made, tree, diagnostics) : tree;
}

}  // namespace crenel::azure
