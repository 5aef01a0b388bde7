#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/lift_value.h"

/// Resource ids (learn.microsoft.com, "Template functions for resources", resourceId).
namespace crenel::azure::lifting {

struct ResourceId {
  std::string scope;  ///< "/subscriptions/…/resourceGroups/…"; empty when it has none
  std::string type;   ///< "Microsoft.Network/virtualNetworks/subnets"
  std::vector<std::string> names;

  /// The same text for the same resource, however its letters are.
  [[nodiscard]] std::string key() const;
  [[nodiscard]] bool is(std::string_view wanted_type) const;
  /// The resource that it is a child of.
  [[nodiscard]] std::optional<ResourceId> parent() const;
  [[nodiscard]] ResourceId child(std::string_view type_part, std::string_view name) const;
  [[nodiscard]] std::string name() const;  ///< all names: "MainNetwork/App"
};

[[nodiscard]] std::string text_of(const ResourceId& id);
/// The id in a text that ends in one: the last resource that it names.
[[nodiscard]] std::optional<ResourceId> parse_id(std::string_view text);
/// The id that a value is, or the `id` in it (`{"id": …}`).
[[nodiscard]] std::optional<ResourceId> id_of(const Value& value);

}  // namespace crenel::azure::lifting
