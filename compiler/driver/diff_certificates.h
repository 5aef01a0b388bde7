#pragma once

#include <string>
#include <vector>

#include "compiler/driver/certificate_read.h"
#include "compiler/verify/changes.h"

namespace crenel::driver {

/// Something beside who reaches whom that changed: a claim, a rule of a policy, what is left open, an
/// assumption, the use of a quota.
struct BesideChange {
  std::string what;     ///< "claim", "rule", "left open", "assumption", "quota", "addresses", "guard"
  std::string subject;  ///< "never internet -> web", "web: rules of a security group"
  std::string before;   ///< "proved", "7 of 60"; empty: it was not there
  std::string after;    ///< empty: it is not there any more
  bool minor = false;   ///< a quota of which less than half is in use, before and after: not worth a reviewer's time
  bool weaker = false;  ///< less than before is noticed or kept: worth a reviewer's time, though nobody reaches more
};

/// Who reaches whom by two certificates, between the same names. A name outside that stands for other addresses, or for
/// addresses known only at deployment, stands in `undecided`.
[[nodiscard]] verify::Changes changes(const ReadCertificate& older, const ReadCertificate& newer);

/// What else the two tell; with `moved`, what lies at other addresses, too.
[[nodiscard]] std::vector<BesideChange> beside(const ReadCertificate& older, const ReadCertificate& newer, bool moved);

}  // namespace crenel::driver
