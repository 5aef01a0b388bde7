#pragma once

#include <string>
#include <vector>

#include "compiler/model/design.h"

/// Things that were made elsewhere: what a design says of them, and what has to be taken for granted.
namespace crenel::model {

/// Null for what the design makes, and for what is nothing that could be made.
[[nodiscard]] const Existing* existing_of(const Design& design, const Endpoint& endpoint);
/// Something of the design needs it: a data flow, or what is encrypted with a key of it.
[[nodiscard]] bool is_used(const Design& design, const Endpoint& existing);

/// One sentence: "`audit` is made elsewhere: its own rules let in whom the flows here name, and nobody else".
[[nodiscard]] std::string assumption_on(const Design& design, const Endpoint& existing);
/// What a claim takes for granted about what it names, each once.
[[nodiscard]] std::vector<std::string> assumptions_of(const Design& design, const Claim& claim);

}  // namespace crenel::model
