#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

namespace crenel::verify {

enum class Verdict { Proved, Refuted, Vacuous, Undecided };
/// "proved", "refuted" …: as certificates and pages have it.
[[nodiscard]] std::string_view word(Verdict verdict);

struct ClaimVerdict {
  std::size_t claim = 0;  ///< index into Design::claims
  Verdict verdict = Verdict::Proved;
  std::string witness;  ///< for a refuted claim: one packet and the flows it takes; for undecided: why
};

struct Report {
  std::vector<ClaimVerdict> claims;
};

/// Decides the design's claims over its declared flows, for every value of its parameters, and checks the invariants of
/// the language (`invariants/`, one file each). A claim that is refuted, vacuous or undecided is reported.
[[nodiscard]] Report verify(const model::Design& design, diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::verify
