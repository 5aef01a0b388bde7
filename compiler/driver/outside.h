#pragma once

#include "compiler/backend/backend.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

/// What a design says in a provider's own words, held against the template that comes of all the rest.
namespace crenel::driver {

/// Reads the template with and without each `override` and each `verbatim` resource. An override may change nothing
/// that the compiler reads; a resource may add nothing that the compiler understands, and what it does not understand
/// of it is told. So the proof holds for all that is not said in the provider's words. False after an error.
[[nodiscard]] bool keeps_to_the_rest(const model::Design& design, const backend::Backend& backend,
                                     backend::Format format, diagnostics::Diagnostics& diagnostics);

/// Whether the design says something of its own to a provider that stands outside the model.
[[nodiscard]] bool says_something_outside(const model::Design& design, std::string_view provider);
/// Whether the resource is a verbatim one.
[[nodiscard]] bool is_verbatim(const model::Design& design, std::string_view provider, std::string_view resource);

}  // namespace crenel::driver
