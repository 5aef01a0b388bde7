#include "compiler/driver/diff_waivers.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/driver/traffic_text.h"

namespace crenel::driver {
namespace {

bool names(const std::vector<std::string>& ends, const std::string& end) {
  return std::any_of(ends.begin(), ends.end(), [&](const auto& each) { return each == "any" || each == end; });
}

}  // namespace

std::string waiver_of(const verify::Change& change, const std::vector<model::Waiver>& waivers,
                      const std::optional<model::WaiverDate>& today) {
  if (!change.broadens()) return "";
  const auto gained = traffic_of(change.gained);
  for (const auto& waiver : waivers) {
    if (waiver.covers.kind != "flow" || (today && waiver.until < *today)) continue;
    const bool all_of_it = waiver.covers.any_action || (gained && waiver.covers.traffic.contains(*gained));
    if (!all_of_it || !names(waiver.covers.from, change.from) || !names(waiver.covers.to, change.to)) continue;
    return fmt::format("{} waived until {} by {} ({})", waiver.rule, model::to_string(waiver.until), waiver.owner,
                       waiver.ticket);
  }
  return "";
}

}  // namespace crenel::driver
