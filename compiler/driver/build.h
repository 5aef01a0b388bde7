#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/compilation.h"
#include "compiler/verify/deciding.h"

namespace crenel::driver {

struct BuildOptions {
  std::string folder = ".";  ///< made when it is not there
  backend::Format format = backend::Format::Json;
  std::string depfile = {};         ///< empty: none
  std::string depfile_target = {};  ///< what its rule is for; empty: every output
  bool warnings_are_errors = false;
};

/// One template that was written, with what is to be told of it.
struct Built {
  std::string target;
  std::string provider;
  std::string template_path;
  std::string certificate_path;
  std::size_t assumptions = 0;                               ///< the design's and the provider's
  backend::Artifact artifact;                                ///< without its text
  std::optional<std::vector<verify::Admission>> admissions;  ///< of a template that was proved equal
};

/// What one provider's template admits and another's does not.
struct ProviderDifference {
  std::string from;
  std::string to;
  std::string packets;  ///< on `provider`
  std::string provider;
  std::string other_packets;  ///< on `other`; empty: nothing
  std::string other;
};
/// Holds the templates of one target against each other. Where one admits exactly what another does there is nothing.
[[nodiscard]] std::vector<ProviderDifference> provider_differences(const std::vector<Built>& built,
                                                                   const std::string& target);

/// `crenel build`: compiles the chosen targets and writes a template and a certificate for each and every provider of
/// it, and the dependency file. All or nothing: after any error nothing is written, and nothing is returned.
[[nodiscard]] std::vector<Built> build(Compilation& compilation, const BuildOptions& options);

/// `crenel build --list-outputs`: the paths that `build` would write for these files, in its order, without building.
/// Nothing when the files cannot be read soundly.
[[nodiscard]] std::vector<std::string> list_outputs(Compilation& compilation, const BuildOptions& options);

}  // namespace crenel::driver
