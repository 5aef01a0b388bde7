#pragma once

#include <string>
#include <vector>

#include "backends/azure/template.h"
#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

/// What is to be said about a template beside its text.
namespace crenel::azure {

/// What Azure cannot express or close.
[[nodiscard]] std::vector<backend::Residue> residue_of(const model::Design& design);
/// What the template takes as given: bounds that Azure does not enforce, things made elsewhere.
[[nodiscard]] std::vector<std::string> assumptions_of(const model::Design& design, const Template& made);
/// What was made, for people.
[[nodiscard]] std::vector<std::string> account_of(const model::Design& design, const Template& made);

}  // namespace crenel::azure
