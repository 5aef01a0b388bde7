#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/agreement/mutation.h"

/// The whole compiler on designs that nobody wrote: what it builds admits what it declares, and nothing that it builds
/// is left unproved.
namespace crenel::agreement {

struct DesignsOutcome {
  std::size_t drawn = 0;
  std::size_t built = 0;                       ///< after what is refused was taken out
  std::size_t flows = 0;                       ///< in those that were built
  std::size_t data_flows = 0;                  ///< likewise
  std::size_t packets = 0;                     ///< asked of the interpreter
  std::size_t admitted = 0;                    ///< of them, by the design
  std::map<std::string, std::size_t> refused;  ///< lines taken out, by the code of the diagnostic
  std::vector<std::string> faults;             ///< what is wrong, with the least of the program that shows it; a dozen
};

/// A program of one pattern, `drawn`, a declaration or statement a line. Much of it may be refused.
[[nodiscard]] std::string draw_design(std::string_view provider, Random& random);

/// One program, of one pattern for that provider, as if it had been drawn.
[[nodiscard]] DesignsOutcome agree_on_design(std::string_view provider, const std::string& text);

/// Draws and builds so many. The same seed draws the same.
[[nodiscard]] DesignsOutcome agree_on_designs(std::string_view provider, std::uint64_t count, std::uint64_t seed);

}  // namespace crenel::agreement
