#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backends/azure/lift_id.h"
#include "backends/azure/lift_scope.h"
#include "compiler/estate/estate.h"

/// A template as a flat list of resources: copies made, children brought out of their parents, nested templates read.
namespace crenel::azure::lifting {

enum class Presence { Sure, Open };

struct Resource {
  ResourceId id;
  std::string api_version;
  Presence presence = Presence::Sure;
  std::string condition;  ///< what its presence hangs on, where that is open
  bool repeated = false;  ///< stands for as many as a copy makes whose count is open
  bool existing = false;  ///< only referred to; it is there already
  Value body;             ///< everything evaluated, but `resources`
  estate::Place place;
  std::size_t order = 0;

  [[nodiscard]] const Value* properties() const { return body.find("properties"); }
  /// There for certain, and once.
  [[nodiscard]] bool is_sure() const { return presence == Presence::Sure && !repeated; }
  [[nodiscard]] bool is(std::string_view type) const { return id.is(type); }
};

struct Template {
  std::vector<Resource> resources;
  std::vector<estate::Unknown> unknowns;
  /// The scopes of the template and of those nested in it.
  std::deque<Scope> scopes;
};

/// `root` is the template's mapping.
[[nodiscard]] Template flatten(const document::Node& root);

}  // namespace crenel::azure::lifting
