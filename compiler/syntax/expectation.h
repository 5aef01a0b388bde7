#pragma once

#include <string>

#include "compiler/syntax/recovery.h"

namespace crenel::syntax {

/// What a person would say was expected: the kind of thing, never a list of keywords.
struct Expectation {
  std::string thing;  ///< "a name", "`:`"
  std::string help;   ///< empty when the thing says it
};
[[nodiscard]] Expectation expectation_of(const Fault& fault);

/// Whether nothing but a plain name fits.
[[nodiscard]] bool wants_a_name(const Fault& fault);

}  // namespace crenel::syntax
