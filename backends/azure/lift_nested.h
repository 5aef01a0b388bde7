#pragma once

#include <optional>
#include <string>

#include "backends/azure/lift_scope.h"

/// Templates in deployments of a template.
namespace crenel::azure::lifting {

struct NestedTemplate {
  const document::Node* root = nullptr;
  Scope scope;         ///< what its expressions refer to
  bool inner = false;  ///< to its own parameters and variables, not to those of the template around it
};

/// The template of a deployment of this name; nothing when it is elsewhere. `evaluator` is the surrounding template's.
[[nodiscard]] std::optional<NestedTemplate> nested_template(Evaluator& evaluator, const document::Node& deployment,
                                                            const std::string& name);

}  // namespace crenel::azure::lifting
