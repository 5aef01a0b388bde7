#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/driver/diff_certificates.h"
#include "compiler/verify/changes.h"

namespace crenel::driver {

/// What changed for one provider.
struct ProviderChanges {
  std::string older;  ///< the provider of each
  std::string newer;
  verify::Changes changes;
  std::vector<std::string> waived = {};   ///< parallel to the changes: by what; empty: not waived
  std::vector<BesideChange> beside = {};  ///< of addresses only where one is a template
  bool by_certificates = false;           ///< told from what certificates say, without packets

  [[nodiscard]] bool broadened() const;  ///< beyond what is waived
  [[nodiscard]] bool weakened() const;   ///< a guard is gone, or tells less
};

struct Diff {
  std::string older;  ///< as they were named
  std::string newer;
  std::vector<ProviderChanges> providers;
  std::optional<model::Design> older_design = {};  ///< of a source
  std::optional<model::Design> newer_design = {};

  [[nodiscard]] bool none() const;
  [[nodiscard]] bool broadened() const;
  [[nodiscard]] bool weakened() const;
  [[nodiscard]] bool open() const;  ///< something is undecided
};

/// `crenel diff`: who can reach whom in `newer` and could not in `older`, and the reverse. Each side's request names
/// one file: a source, of which the request must choose one target, a template, or a certificate. A source is compiled
/// for the providers that it shares with the other side and its templates are read back. Two certificates are compared
/// by what they say; one beside anything else stands for its template, which must lie beside it. Waivers are the newer
/// source's. Nothing after an error, which is reported on the side that it is of.
[[nodiscard]] std::optional<Diff> diff(Compilation& older, Compilation& newer);

/// As JSON, for programs: {"version", "older", "newer", "verdict", "providers"}.
[[nodiscard]] std::string to_json(const Diff& diff);
/// As Markdown, for a review of a change.
[[nodiscard]] std::string to_markdown(const Diff& diff);

}  // namespace crenel::driver
