#pragma once

#include <string>
#include <string_view>

#include "compiler/model/design.h"

namespace crenel::mutation {

/// Holds a template against a design by the interpreters, which share nothing with the compiler, as
/// `agreement::agree` does. The first packet that they find to fare otherwise: "WIDER …", "NARROWER …"; else empty.
/// Throws on what they do not read. An interpreter puts a host of each group into every subnet; of a group that has one
/// member at most, packets from one to another do not count.
[[nodiscard]] std::string disagreement(const model::Design& design, std::string_view provider, const std::string& text);

/// The same of what is done with services: the first question of data that the template answers otherwise than the
/// design.
[[nodiscard]] std::string disagreement_of_data(const model::Design& design, std::string_view provider,
                                               const std::string& text);

}  // namespace crenel::mutation
