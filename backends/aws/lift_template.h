#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/document/reader.h"
#include "compiler/diagnostics/diagnostic.h"

namespace crenel::aws::reading {

/// One resource, as it stands in the template.
struct Resource {
  std::string id;
  std::string type;
  std::string condition;                       ///< its name; empty: none
  const document::Node* properties = nullptr;  ///< none: it has none
  const document::Node* whole = nullptr;
  base::Span name_span;
};

struct Parameter {
  std::string type;
  std::optional<std::string> only_value;  ///< when the template allows no other
  std::optional<std::vector<std::string>> allowed;
  base::Span span;
};

/// The sections of a template, by name. Points into the document.
struct Template {
  std::map<std::string, Parameter, std::less<>> parameters;
  std::map<std::string, const document::Node*, std::less<>> conditions;
  const document::Node* mappings = nullptr;
  const document::Node* transform = nullptr;
  std::vector<Resource> resources;  ///< in their order
  std::map<std::string, std::size_t, std::less<>> index;
  /// Keys of `Resources` that are no resources but make some: loops, macros.
  std::vector<const document::Entry*> unexpanded;

  [[nodiscard]] const Resource* find(std::string_view id) const;
};

/// Reports what keeps the document from being a CloudFormation template; nothing then.
[[nodiscard]] std::optional<Template> read_template(const document::Node& root, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::aws::reading
