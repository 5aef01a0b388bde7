#include <fmt/format.h>

#include "compiler/cli/account.h"
#include "compiler/driver/diff_words.h"

namespace crenel::cli {
namespace {

using verify::Change;

std::string steps(std::string_view title, const std::vector<reach::Step>& steps) {
  if (steps.empty()) return "";
  std::string out = fmt::format("      {}\n", title);
  for (const auto& step : steps) {
    out +=
        fmt::format("        {}{}\n", step.what, step.place.path.empty() ? "" : fmt::format("  ({})", step.place.path));
  }
  return out;
}

std::string turn(std::string_view title, const std::optional<verify::Turn>& turn, std::string_view passes,
                 std::string_view stops) {
  if (!turn) return "";
  return fmt::format("    {} {}{}\n", title, turn->packet, turn->values) + steps(passes, turn->passes) +
         steps(stops, turn->stops);
}

std::string account(const Change& change) {
  std::string out = fmt::format("{}: {} -> {}", driver::word(change.kind), change.from, change.to);
  for (std::size_t i = 0; i < change.addresses.size(); ++i) {
    out += fmt::format("{}{}", i == 0 ? ", " : "; ", change.addresses[i]);
  }
  out += "\n";
  if (!change.gained.empty()) out += fmt::format("  + {}\n", change.gained);
  out += turn("for example", change.newly, "now:", "before:");
  if (!change.lost.empty()) out += fmt::format("  - {}\n", change.lost);
  out += turn("for example", change.no_longer, "before:", "now:");
  if (!change.open.empty()) out += fmt::format("  ? {}: it is not known whether this changed\n", change.open);
  return out;
}

}  // namespace

std::string account(const driver::Diff& diff) {
  std::string out;
  for (const auto& provider : diff.providers) {
    if (diff.providers.size() > 1) out += fmt::format("{}:\n", provider.newer);
    if (provider.changes.none() && diff.providers.size() > 1) out += "the same\n";
    for (const auto& change : provider.changes.changes) out += account(change);
    if (!provider.changes.undecided.empty()) out += fmt::format("undecided: {}\n", provider.changes.undecided);
    for (const auto& each : provider.changes.unknowns) {
      out += fmt::format("not understood in the {} one: {}  ({})\n", each.newer ? "newer" : "older", each.unknown.what,
                         each.unknown.place.path);
    }
  }
  return out + driver::summary(diff) + "\n";
}

}  // namespace crenel::cli
