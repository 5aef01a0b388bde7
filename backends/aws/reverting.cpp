#include "backends/aws/reverting.h"

#include <algorithm>

#include "backends/aws/changes.h"
#include "backends/aws/resource_types.h"

namespace crenel::aws {

std::string code_behind_wanted() { return "'''\n" + std::string(code_text("revert.py").value_or("")); }

std::vector<std::string_view> undone_calls() {
  constexpr std::array kUndone = {kSecurityGroupIngress.name, kSecurityGroupEgress.name, kNetworkAclEntry.name,
                                  kRoute.name};
  std::vector<std::string_view> out;
  for (const Change& change : changes()) {
    if (change.service != kEc2 || std::find(kUndone.begin(), kUndone.end(), change.type) == kUndone.end()) continue;
    out.insert(out.end(), change.calls.begin(), change.calls.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace crenel::aws
