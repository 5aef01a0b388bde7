#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/model/policy.h"

namespace crenel::verify {

/// What came of a rule that is in force.
enum class RuleVerdict { Kept, Broken, Waived, NotApplicable, Undecided };
/// "kept", "broken", "waived", "not applicable", "undecided": as certificates have it.
[[nodiscard]] std::string_view word(RuleVerdict verdict);

/// What came of a waiver. Stale in one design, it may still be needed in another.
struct WaiverUse {
  std::string rule;
  base::Span span;
  bool used = false;
  std::size_t designs = 1;  ///< how many designs of the program it counts for
};

struct PolicyReport {
  std::vector<RuleVerdict> rules;  ///< parallel to Policies::rules
  std::vector<WaiverUse> waivers;  ///< parallel to Policies::waivers
};

/// Holds a design against the rules that are in force for it: what breaks one, or could, is reported by the rule's
/// severity unless a waiver covers it. Waivers of mandatory rules and those that ended before `today` are errors;
/// without a date none has ended.
[[nodiscard]] PolicyReport enforce(const model::Design& design, const model::Policies& policies,
                                   const std::optional<model::WaiverDate>& today,
                                   diagnostics::Diagnostics& diagnostics);

}  // namespace crenel::verify
