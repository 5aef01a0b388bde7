#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "backends/document/reader.h"
#include "backends/document/value.h"

/// What a design says in a provider's own words, put into a finished template.
namespace crenel::document {

/// Where a resource's properties stand in the template.
struct ResourcePlace {
  std::string name;
  std::vector<std::string> path;
};

using PatchValue = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// Properties of a resource, by the path that leads to them: "Tags.0.Value".
struct Patch {
  base::Span span;
  std::string resource;
  std::vector<std::pair<std::string, PatchValue>> values;
};

/// The tree with `by` at a path of members and of places in arrays. A member that is not there is added. Nothing where
/// the path leads into something that has no members, or past the end of an array.
[[nodiscard]] std::optional<Value> replaced(const Value& whole, const std::vector<std::string>& path, const Value& by);

/// The template with all patches. Reports resources that are not there, and paths that lead nowhere.
[[nodiscard]] Value patched(Value whole, const std::vector<ResourcePlace>& resources, const std::vector<Patch>& patches,
                            diagnostics::Diagnostics& diagnostics);

/// A text that somebody wrote, as a tree to write. Reports, at `span`, what is no object with these members, what
/// cannot be read, and what JSON written here cannot hold (numbers that are no integers, short forms of YAML).
[[nodiscard]] std::optional<Value> raw_resource(const std::string& name, const std::string& text, base::Span span,
                                                const std::vector<std::string>& members,
                                                diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::document
