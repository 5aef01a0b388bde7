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

std::string change_account(const Change& change, const std::string& waived) {
  std::string out = fmt::format("{}: {} -> {}", driver::word(change.kind), change.from, change.to);
  for (std::size_t i = 0; i < change.addresses.size(); ++i) {
    out += fmt::format("{}{}", i == 0 ? ", " : "; ", change.addresses[i]);
  }
  out += "\n";
  if (!waived.empty()) out += fmt::format("  {}\n", waived);
  if (!change.gained.empty()) out += fmt::format("  + {}\n", change.gained);
  out += turn("for example", change.newly, "now:", "before:");
  if (!change.lost.empty()) out += fmt::format("  - {}\n", change.lost);
  out += turn("for example", change.no_longer, "before:", "now:");
  if (!change.open.empty()) out += fmt::format("  ? {}: it is not known whether this changed\n", change.open);
  return out;
}

std::string beside_account(const driver::BesideChange& change) {
  if (change.minor) return "";
  const bool only_there = change.what == "assumption" || change.what == "left open";
  if (only_there)
    return fmt::format("{} {}: {}\n", change.what, change.before.empty() ? "new" : "gone", change.subject);
  if (change.before.empty()) return fmt::format("{} new: {}: {}\n", change.what, change.subject, change.after);
  if (change.after.empty()) return fmt::format("{} gone: {}: {}\n", change.what, change.subject, change.before);
  return fmt::format("{}: {}: {}, before {}\n", change.what, change.subject, change.after, change.before);
}

}  // namespace

std::string account(const driver::Diff& diff) {
  std::string out;
  for (const auto& provider : diff.providers) {
    if (diff.providers.size() > 1) out += fmt::format("{}:\n", provider.newer);
    if (provider.changes.none() && diff.providers.size() > 1) out += "the same\n";
    for (std::size_t i = 0; i < provider.changes.changes.size(); ++i)
      out += change_account(provider.changes.changes[i], provider.waived[i]);
    if (!provider.changes.undecided.empty()) out += fmt::format("undecided: {}\n", provider.changes.undecided);
    for (const auto& each : provider.changes.unknowns) {
      out += fmt::format("not understood in the {} one: {}  ({})\n", each.newer ? "newer" : "older", each.unknown.what,
                         each.unknown.place.path);
    }
    for (const auto& each : provider.beside) out += beside_account(each);
  }
  return out + driver::summary(diff) + "\n";
}

}  // namespace crenel::cli
