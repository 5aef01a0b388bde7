#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/estate/estate.h"

namespace crenel::tests {

/// A template read back. `text` is JSON or YAML.
struct Lifted {
  estate::Estate estate;
  bool made = false;
  std::vector<std::string> codes;  ///< of what was reported

  /// Lines of the dump that begin with `start`, wherever they stand, without their place.
  [[nodiscard]] std::vector<std::string> lines(std::string_view start) const;
  /// The part of the dump that begins with that line ("interface Web, member"), without places.
  [[nodiscard]] std::string part(std::string_view head) const;
  /// What was not understood, in one text.
  [[nodiscard]] std::string unknowns() const;
};

[[nodiscard]] Lifted lifted(const std::string& text);
/// YAML: the resources alone.
[[nodiscard]] Lifted lifted_resources(const std::string& resources);
/// Who may do what in them, sorted: "Worker Inbox read write anywhere", "... by Endpoint", "... from 1", "...
/// (perhaps)".
[[nodiscard]] std::vector<std::string> accesses(const std::string& resources);

}  // namespace crenel::tests
