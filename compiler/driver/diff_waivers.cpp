#include "compiler/driver/diff_waivers.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/driver/traffic_text.h"

namespace crenel::driver {
namespace {

bool names(const std::vector<std::string>& ends, const std::string& end) {
  return std::any_of(ends.begin(), ends.end(), [&](const auto& each) { return each == "any" || each == end; });
}

/// The data actions that came, whichever way they come: "read, write; delete from anywhere".
std::vector<std::string> actions_in(const std::string& gained) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : gained + ",") {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (model::data_action(word) || word == "administer") out.push_back(word);
    word.clear();
  }
  return out;
}

bool covers(const model::Waiver& waiver, const verify::Change& change) {
  if (waiver.covers.any_action) return true;
  if (!change.data) {
    const auto gained = traffic_of(change.gained);
    return gained && waiver.covers.traffic.contains(*gained);
  }
  const auto actions = actions_in(change.gained);
  return !actions.empty() && std::all_of(actions.begin(), actions.end(), [&](const std::string& action) {
    const auto& covered = waiver.covers.data;
    return std::find(covered.begin(), covered.end(), action) != covered.end();
  });
}

}  // namespace

std::string waiver_of(const verify::Change& change, const std::vector<model::Waiver>& waivers,
                      const std::optional<model::WaiverDate>& today) {
  if (!change.broadens()) return "";
  for (const auto& waiver : waivers) {
    if (waiver.covers.kind != "flow" || (today && waiver.until < *today)) continue;
    if (!covers(waiver, change) || !names(waiver.covers.from, change.from) || !names(waiver.covers.to, change.to))
      continue;
    return fmt::format("{} waived until {} by {} ({})", waiver.rule, model::to_string(waiver.until), waiver.owner,
                       waiver.ticket);
  }
  return "";
}

}  // namespace crenel::driver
