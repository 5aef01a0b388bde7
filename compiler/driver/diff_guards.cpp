#include "compiler/driver/diff_guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "compiler/base/text.h"

namespace crenel::driver {
namespace {

/// Subnets that a guard's block leaves open, and how far.
std::vector<std::string> left_open(const estate::Estate& estate) {
  std::vector<std::string> out;
  for (const estate::Subnet& subnet : estate.subnets) {
    if (subnet.internet == estate::InternetAccess::Closed) continue;
    const bool outward = subnet.internet == estate::InternetAccess::Translated;
    out.push_back(subnet.name + (outward ? " outward" : ""));
  }
  return out;
}

/// "tells AlarmsTopic of changes, but for those of a and b; does not tell of `ec2:CreateRoute`".
std::string text_of(const estate::Estate& estate, const estate::Guard& guard) {
  std::string out = guard.told ? fmt::format("tells {} of changes", estate.services[*guard.told].name) : "tells nobody";
  if (!guard.exempt.empty()) out += ", but for those of " + base::list_in_words(guard.exempt, "and");
  if (guard.mailed && !guard.mailed->empty()) out += "; mails " + base::list_in_words(*guard.mailed, "and");
  if (guard.forbidding) out += "; has a policy that forbids them";
  if (guard.blocking == true) {
    out += "; blocks public access";
    if (const auto open = left_open(estate); !open.empty()) out += " but for " + base::list_in_words(open, "and");
  }
  if (guard.undoing) {
    out += fmt::format("; undoes those of {} within {} s", base::list_in_words(guard.undoing->networks, "and"),
                       guard.undoing->within_seconds);
  }
  for (const estate::Weakness& weak : guard.weaknesses) {
    out += weak.sure ? "; " + weak.what : "; it is not known whether it " + weak.what;
  }
  return out;
}

struct Told {
  std::string text;
  std::string who;               ///< is told; empty: nobody
  std::set<std::string> missed;  ///< what it leaves alone, and what else keeps it from telling
  std::set<std::string> mailed;  ///< addresses
  std::set<std::string> undone;  ///< networks whose changes it undoes
  std::int64_t within = 0;       ///< so soon, in seconds
  bool forbidden = false;        ///< by a policy of its own
  bool blocked = false;          ///< is public access
  std::set<std::string> open;    ///< in spite of that
};

Told told(const estate::Estate& estate, const estate::Guard& guard) {
  Told out{.text = text_of(estate, guard),
           .who = guard.told ? estate.services[*guard.told].name : "",
           .missed = {guard.exempt.begin(), guard.exempt.end()},
           .mailed = {},
           .undone = {},
           .within = 0,
           .forbidden = guard.forbidding,
           .blocked = guard.blocking == true,
           .open = {}};
  if (out.blocked) {
    for (const std::string& each : left_open(estate)) out.open.insert(each);
  }
  if (guard.mailed) out.mailed = {guard.mailed->begin(), guard.mailed->end()};
  if (guard.undoing) {
    out.undone = {guard.undoing->networks.begin(), guard.undoing->networks.end()};
    out.within = guard.undoing->within_seconds;
  }
  for (const estate::Weakness& weak : guard.weaknesses) out.missed.insert(weak.what);
  return out;
}

std::map<std::string, Told> guards(const estate::Estate& estate) {
  std::map<std::string, Told> out;
  for (const estate::Guard& guard : estate.guards) out.emplace(guard.name, told(estate, guard));
  return out;
}

/// Somebody else is told, or of less: that it is as good for who was told is not known. Or fewer are mailed, or less is
/// undone, or later, or forbidden, or blocked.
bool is_weaker(const Told& before, const Told& after) {
  const bool undone =
      std::includes(after.undone.begin(), after.undone.end(), before.undone.begin(), before.undone.end());
  const bool mailed =
      std::includes(after.mailed.begin(), after.mailed.end(), before.mailed.begin(), before.mailed.end());
  const bool forbidden = after.forbidden || !before.forbidden;
  const bool opened = before.blocked && (!after.blocked || !std::includes(before.open.begin(), before.open.end(),
                                                                          after.open.begin(), after.open.end()));
  if (opened || !mailed || !undone || !forbidden || (!before.undone.empty() && after.within > before.within))
    return true;
  return (!before.who.empty() && after.who != before.who) ||
         !std::includes(before.missed.begin(), before.missed.end(), after.missed.begin(), after.missed.end());
}

}  // namespace

std::vector<BesideChange> guard_changes(const estate::Estate& older, const estate::Estate& newer) {
  const auto before = guards(older);
  const auto after = guards(newer);
  std::vector<BesideChange> out;
  for (const auto& [name, was] : before) {
    const auto now = after.find(name);
    const bool gone = now == after.end();
    if (!gone && now->second.text == was.text) continue;
    out.push_back({.what = "guard",
                   .subject = name,
                   .before = was.text,
                   .after = gone ? "" : now->second.text,
                   .weaker = gone || is_weaker(was, now->second)});
  }
  for (const auto& [name, is] : after) {
    if (!before.contains(name)) out.push_back({.what = "guard", .subject = name, .before = "", .after = is.text});
  }
  return out;
}

}  // namespace crenel::driver
