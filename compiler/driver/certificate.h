#pragma once

#include <string>
#include <string_view>

#include "compiler/driver/compilation.h"
#include "compiler/verify/deciding.h"

namespace crenel::driver {

/// The form of the certificate. It changes when a reader of the old form would misread the new.
inline constexpr std::string_view kCertificateSchema = "crenel.certificate/2";

/// What one certificate is about.
struct CertificateSubject {
  std::string target;
  std::string_view provider;
  std::string template_file;  ///< without a folder
  const model::Design& design;
  const verify::Report& report;
  const model::Policies& policies;
  const verify::PolicyReport& policy_report;
  const backend::Artifact& artifact;
  const ReadBack* read_back = nullptr;         ///< none: of a backend that reads no templates
  const verify::Deciding* deciding = nullptr;  ///< none: likewise
};

/// What a template is made from, admits, proves and leaves open, as JSON for people and checkers: for each ordered pair
/// of endpoints what is admitted, by which statements, and by which places of the template; which addresses networks,
/// subnets, sites and blocks have; every rule of the template as it was read back; where there are services, under
/// `data` who may do what with which, by which statements, and every grant of the template; each claim with its
/// verdict, each rule in force with its own and the waivers that count here (where there are any), the residue, the
/// assumptions and the use of quotas. Paths are relative to the root; nothing in it depends on the machine or the day.
[[nodiscard]] std::string certificate(const Compilation& compilation, const CertificateSubject& subject);

}  // namespace crenel::driver
