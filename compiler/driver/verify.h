#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/verify/compare.h"

namespace crenel::driver {

/// What came of holding a template against a target.
struct Verified {
  std::string template_path;
  std::string provider;
  std::string target;
  verify::Comparison comparison;
  bool undecided = false;  ///< something is, and nothing is known to differ
  /// One of the target's claims that does not hold over what the template lets whom do with services.
  struct Claim {
    std::string text;
    std::string verdict;
    std::string witness;
    estate::Place place;
  };
  std::vector<Claim> claims;
};

/// `crenel verify`: reads a template that anybody may have made or changed and compares what it admits with what the
/// one target that the request chooses declares. Its provider is found by its own shape. Every difference is reported,
/// with a packet and the place in the template; what is undecided with the given severity. Nothing when there is no
/// template, or no target, to compare.
[[nodiscard]] std::optional<Verified> verify_template(Compilation& compilation, const std::string& template_path,
                                                      diagnostics::Severity undecided);

/// The result as JSON, for programs: {"version", "template", "provider", "target", "verdict", "differences",
/// "claims"}.
[[nodiscard]] std::string to_json(const Verified& verified);

/// The one target that the request chooses, for one provider; reports when there is none or more than one.
[[nodiscard]] std::optional<Job> only_job(Compilation& compilation, std::string_view provider);

}  // namespace crenel::driver
