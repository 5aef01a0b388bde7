#include <fmt/format.h>

#include <algorithm>

#include "compiler/driver/diff.h"
#include "compiler/driver/diff_words.h"

namespace crenel::driver {
namespace {

using verify::Change;

/// A cell of a table: what would end it, or begin markup, is escaped.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '`' || c == '<' || c == '\\' || c == '[') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string row(const Change& change, const std::string& waived) {
  std::string what;
  const auto add = [&](std::string_view sign, const std::string& traffic) {
    if (!traffic.empty()) what += fmt::format("{}{} {}", what.empty() ? "" : "<br>", sign, cell(traffic));
  };
  add("+", change.gained);
  add("-", change.lost);
  add("?", change.open);
  std::string packets;
  for (const auto* turn : {&change.newly, &change.no_longer}) {
    if (*turn) packets += (packets.empty() ? "" : "<br>") + cell((*turn)->packet + (*turn)->values);
  }
  std::string flow = fmt::format("{} → {}", cell(change.from), cell(change.to));
  for (std::size_t i = 0; i < change.addresses.size(); ++i) {
    flow += (i == 0 ? " (" : "; ") + cell(change.addresses[i]) + (i + 1 == change.addresses.size() ? ")" : "");
  }
  const std::string kind = std::string(word(change.kind)) + (waived.empty() ? "" : "<br>" + cell(waived));
  return fmt::format("| {} | {} | {} | {} |\n", kind, flow, what, packets);
}

std::string beside_table(const std::vector<BesideChange>& all) {
  const bool any = std::any_of(all.begin(), all.end(), [](const auto& each) { return !each.minor; });
  if (!any) return "";
  std::string out = "\n| | what else changed | before | now |\n|---|---|---|---|\n";
  for (const auto& each : all) {
    if (each.minor) continue;
    out += fmt::format("| {} | {} | {} | {} |\n", each.what, cell(each.subject), cell(each.before), cell(each.after));
  }
  return out;
}

std::string section(const ProviderChanges& provider) {
  const std::string title =
      provider.older == provider.newer ? provider.newer : fmt::format("{} to {}", provider.older, provider.newer);
  std::string out = fmt::format("\n### {}\n\n", title);
  if (provider.changes.none()) return out + "The same conversations can be opened.\n" + beside_table(provider.beside);
  if (!provider.changes.undecided.empty()) out += fmt::format("Undecided: {}.\n\n", cell(provider.changes.undecided));
  if (!provider.changes.changes.empty()) out += "| | who to whom | what | for example |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < provider.changes.changes.size(); ++i)
    out += row(provider.changes.changes[i], provider.waived[i]);
  if (!provider.changes.unknowns.empty()) out += "\nNot understood, so that more or less may be admitted:\n\n";
  for (const auto& each : provider.changes.unknowns) {
    out += fmt::format("- {}: {} ({})\n", each.newer ? "newer" : "older", cell(each.unknown.what),
                       cell(each.unknown.place.path));
  }
  out += beside_table(provider.beside);
  return out;
}

}  // namespace

std::string to_markdown(const Diff& diff) {
  std::string out = fmt::format("## Who can reach whom\n\n{}.\n", cell(summary(diff)));
  for (const auto& provider : diff.providers) out += section(provider);
  return out;
}

}  // namespace crenel::driver
