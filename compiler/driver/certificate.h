#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/compilation.h"

namespace crenel::driver {

/// The form of the certificate. It changes when a reader of the old form would misread the new.
inline constexpr std::string_view kCertificateSchema = "crenel.certificate/1";

/// What one certificate is about.
struct CertificateSubject {
  std::string target;
  std::string_view provider;
  std::string template_file;  ///< without a folder
  const model::Design& design;
  const verify::Report& report;
  const backend::Artifact& artifact;
};

/// What a template is made from, admits, proves and leaves open, as JSON for people and checkers: for each ordered pair
/// of endpoints what is admitted and by which statements, each claim with its verdict, the residue, the assumptions and
/// the use of quotas. Paths are relative to the root; nothing in it depends on the machine or the day.
[[nodiscard]] std::string certificate(const Compilation& compilation, const CertificateSubject& subject);

}  // namespace crenel::driver
