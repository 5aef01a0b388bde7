#pragma once

#include <string>

#include "tests/agreement/data_question.h"

namespace crenel::agreement {

/// What a condition of a role assignment is asked about: one operation, and how the request comes.
struct AzureRequest {
  std::string operation;
  bool by_private_link = false;
};

/// Whether the condition holds, as far as `ActionMatches` and `@Environment[isPrivateLink]` go; what else it asks is
/// unknown. (learn.microsoft.com, "Azure role assignment condition format and syntax".) Throws on what is no condition.
[[nodiscard]] Says holds(const std::string& condition, const AzureRequest& request);

/// Whether the pattern of a role, with `*` for any text, is for the operation. Letters count alike, large or small.
[[nodiscard]] bool is_for(const std::string& pattern, const std::string& operation);

}  // namespace crenel::agreement
