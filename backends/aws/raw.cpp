#include "backends/aws/raw.h"

#include <algorithm>
#include <utility>

#include "backends/aws/schema.h"
#include "backends/document/diagnostics.h"
#include "backends/document/raw.h"

namespace crenel::aws {
namespace {

constexpr const char* kResourcesKey = "Resources";

Value with_verbatims(const model::Design& design, const Template& made, Value tree,
                     diagnostics::Diagnostics& diagnostics) {
  std::vector<std::string> taken;
  for (const Resource& each : made.resources) taken.push_back(each.entry.id);
  for (const Entry& each : made.parameters) taken.push_back(each.id);
  for (const model::Verbatim& each : design.verbatims) {
    if (each.provider != schema().provider) continue;
    if (std::find(taken.begin(), taken.end(), each.resource) != taken.end()) {
      diagnostics.report(document::kResourceThere, each.span, each.resource).help = "give it another name";
      continue;
    }
    taken.push_back(each.resource);
    const auto body = document::raw_resource(each.resource, each.text, each.span, {"Type"}, diagnostics);
    if (!body) continue;
    auto with = document::replaced(tree, {kResourcesKey, each.resource}, *body);
    if (with) tree = std::move(*with);
  }
  return tree;
}

}  // namespace

Value with_raw(const model::Design& design, const Template& made, Value tree, diagnostics::Diagnostics& diagnostics) {
  std::vector<document::ResourcePlace> places;
  places.reserve(made.resources.size());
  for (const Resource& each : made.resources) {
    places.push_back({.name = each.entry.id, .path = {kResourcesKey, each.entry.id, "Properties"}});
  }
  std::vector<document::Patch> patches;
  for (const model::Override& each : design.overrides) {
    if (each.provider == schema().provider) patches.push_back({each.span, each.resource, each.values});
  }
  return with_verbatims(design, made, document::patched(std::move(tree), places, patches, diagnostics), diagnostics);
}

}  // namespace crenel::aws
