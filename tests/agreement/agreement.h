#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/model/design.h"

namespace crenel::agreement {

struct Outcome {
  std::size_t packets = 0;                 ///< tried
  std::size_t admitted = 0;                ///< by the design
  std::vector<std::string> disagreements;  ///< "WIDER …" or "NARROWER …", at most a dozen
};

/// Compiles `design` and holds every sampled packet of the template against the declared flows, for several values of
/// the parameters and, on Azure, for both readings of the tag VirtualNetwork.
[[nodiscard]] Outcome agree(const model::Design& design, const backend::Backend& backend);

/// The same for a template that is there already, perhaps changed by hand.
[[nodiscard]] Outcome agree(const model::Design& design, std::string_view provider, const std::string& text);

}  // namespace crenel::agreement
