#include <map>
#include <tuple>

#include "compiler/driver/build.h"

namespace crenel::driver {
namespace {

/// From, to, and whether it is data actions.
using Ends = std::tuple<std::string, std::string, bool>;

std::map<Ends, std::string> by_ends(const std::vector<verify::Admission>& admissions) {
  std::map<Ends, std::string> out;
  for (const auto& one : admissions) out.emplace(Ends(one.from, one.to, one.data), one.packets);
  return out;
}

void compare(const Built& a, const Built& b, std::vector<ProviderDifference>& out) {
  auto on_a = by_ends(*a.admissions);
  auto on_b = by_ends(*b.admissions);
  for (const auto& [ends, packets] : on_a) {
    const std::string& other = on_b[ends];
    if (packets == other) continue;
    out.push_back({.from = std::get<0>(ends),
                   .to = std::get<1>(ends),
                   .packets = packets,
                   .provider = a.provider,
                   .other_packets = other,
                   .other = b.provider});
  }
  for (const auto& [ends, packets] : on_b) {
    if (packets.empty() || on_a.contains(ends)) continue;
    out.push_back({.from = std::get<0>(ends),
                   .to = std::get<1>(ends),
                   .packets = packets,
                   .provider = b.provider,
                   .other_packets = "",
                   .other = a.provider});
  }
}

}  // namespace

std::vector<ProviderDifference> provider_differences(const std::vector<Built>& built, const std::string& target) {
  std::vector<ProviderDifference> out;
  const Built* first = nullptr;
  for (const Built& one : built) {
    if (one.target != target || !one.admissions) continue;
    if (first != nullptr) compare(*first, one, out);
    if (first == nullptr) first = &one;
  }
  return out;
}

}  // namespace crenel::driver
