#include "compiler/model/policy.h"

#include <fmt/format.h>

namespace crenel::model {

std::string to_string(RuleSeverity severity) {
  switch (severity) {
    case RuleSeverity::Mandatory:
      return "mandatory";
    case RuleSeverity::Error:
      return "error";
    case RuleSeverity::Warning:
      return "warning";
    case RuleSeverity::Info:
      break;
  }
  return "info";
}

std::string to_string(const WaiverDate& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace crenel::model
