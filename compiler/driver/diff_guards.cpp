#include "compiler/driver/diff_guards.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "compiler/base/text.h"

namespace crenel::driver {
namespace {

/// "tells AlarmsTopic of changes, but for those of a and b; does not tell of `ec2:CreateRoute`".
std::string text_of(const estate::Estate& estate, const estate::Guard& guard) {
  std::string out = guard.told ? fmt::format("tells {} of changes", estate.services[*guard.told].name) : "tells nobody";
  if (!guard.exempt.empty()) out += ", but for those of " + base::list_in_words(guard.exempt, "and");
  for (const estate::Weakness& weak : guard.weaknesses) {
    out += weak.sure ? "; " + weak.what : "; it is not known whether it " + weak.what;
  }
  return out;
}

std::map<std::string, std::string> guards(const estate::Estate& estate) {
  std::map<std::string, std::string> out;
  for (const estate::Guard& guard : estate.guards) out.emplace(guard.name, text_of(estate, guard));
  return out;
}

}  // namespace

std::vector<BesideChange> guard_changes(const estate::Estate& older, const estate::Estate& newer) {
  const auto before = guards(older);
  const auto after = guards(newer);
  std::vector<BesideChange> out;
  for (const auto& [name, text] : before) {
    const auto now = after.find(name);
    if (now != after.end() && now->second == text) continue;
    out.push_back({.what = "guard", .subject = name, .before = text, .after = now == after.end() ? "" : now->second});
  }
  for (const auto& [name, text] : after) {
    if (!before.contains(name)) out.push_back({.what = "guard", .subject = name, .before = "", .after = text});
  }
  return out;
}

}  // namespace crenel::driver
