#include "compiler/driver/diff_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace crenel::driver {

std::string_view word(verify::Change::Kind kind) {
  using Kind = verify::Change::Kind;
  switch (kind) {
    case Kind::Added:
      return "added";
    case Kind::Removed:
      return "removed";
    case Kind::Widened:
      return "widened";
    case Kind::Narrowed:
      return "narrowed";
    case Kind::Altered:
      return "altered";
    case Kind::Undecided:
      break;
  }
  return "undecided";
}

std::string_view verdict(const Diff& diff) {
  if (diff.broadened()) return "broadened";
  if (diff.weakened()) return "weakened";
  if (diff.open()) return "undecided";
  return diff.none() ? "equal" : "narrowed";
}

std::string summary(const Diff& diff) {
  std::size_t changes = 0;
  std::size_t broader = 0;
  std::size_t waived = 0;
  for (const auto& provider : diff.providers) {
    changes += provider.changes.changes.size();
    for (const auto& change : provider.changes.changes) broader += change.broadens() ? 1 : 0;
    waived += provider.waived.size() -
              static_cast<std::size_t>(std::count(provider.waived.begin(), provider.waived.end(), std::string()));
  }
  const char* weaker = diff.weakened() ? "; a guard is gone or tells less" : "";
  if (diff.none()) return fmt::format("{} and {} admit the same{}", diff.older, diff.newer, weaker);
  return fmt::format("from {} to {}: {} change{}, {} of them broaden{}{}{}{}", diff.older, diff.newer, changes,
                     changes == 1 ? "" : "s", broader, broader == 1 ? "s" : "",
                     waived == 0 ? "" : fmt::format(", {} waived", waived), weaker,
                     diff.open() ? "; something is undecided" : "");
}

}  // namespace crenel::driver
