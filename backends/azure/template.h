#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/azure/expression.h"
#include "backends/azure/resource_types.h"
#include "backends/document/value.h"
#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"

/// An ARM template as a value, before it is written.
namespace crenel::azure {

/// What in the design something was made for.
struct Cause {
  std::string text;  ///< "group `web`"
  base::Span span;
};

struct Resource {
  ResourceType type;
  Term name = Term::literal("");
  document::Value kind;
  document::Value sku;
  document::Value zones;
  document::Value identity;
  document::Value location;        ///< null: where the template goes
  std::optional<Term> scope;       ///< of a role assignment: the id of the resource it is about
  document::Value subscription;    ///< of a nested deployment: where it goes; null: where the template does
  document::Value resource_group;  ///< likewise
  document::Value tags;            ///< null: those that all resources have
  document::Value properties;
  std::vector<Term> depends_on;  ///< beyond those that `properties` refers to
  Cause cause;
};

struct TemplateParameter {
  std::string name;
  document::Value definition;
  Cause cause;
};

struct Output {
  std::string name;
  Term value;
  std::string description;
};

/// A name that must be unlike others of its scope, however letters are written.
struct TakenName {
  std::string scope;  ///< a resource type, "parameter", "subnet of MainNetwork"
  std::string name;
  std::size_t longest = 80;
  Cause cause;
};

struct Template {
  std::string description;
  std::vector<TemplateParameter> parameters;
  std::vector<std::pair<std::string, document::Value>> variables;
  std::vector<Resource> resources;
  std::vector<Output> outputs;
  std::vector<TakenName> names;  ///< of what is no resource: subnets, reserved words
};

/// The id by which others refer to it.
[[nodiscard]] Term id_of(const Resource& resource);

/// The names that expressions of the template give to `function`: "parameters" or "variables".
[[nodiscard]] std::set<std::string> names_used(const Template& whole, std::string_view function);

/// Per resource, the ids of the resources of this template that it refers to, in template order. A reference alone
/// makes Azure wait for nothing: `resourceId` is a mere text.
[[nodiscard]] std::vector<std::vector<Term>> dependencies(const Template& whole);

/// Reports names that collide without regard to case, and names that are too long.
void check_names(const Template& whole, diagnostics::Diagnostics& diagnostics);

/// The finished tree.
[[nodiscard]] document::Value to_document(const Template& whole);

}  // namespace crenel::azure
