#include <fmt/format.h>

#include <map>
#include <string>

#include "compiler/driver/diff_guards.h"

namespace crenel::driver {
namespace {

struct Recorded {
  std::string text;
  bool whole = true;  ///< nothing is known to be left out
};

/// By network. Of several logs of one, all that is said of them.
std::map<std::string, Recorded> recorded(const estate::Estate& estate) {
  std::map<std::string, Recorded> out;
  for (const estate::FlowLog& log : estate.flow_logs) {
    std::string text =
        log.to ? fmt::format("recorded in {}", estate.services[*log.to].name) : "recorded in a place of their own";
    for (const estate::Weakness& weak : log.weaknesses) {
      text += weak.sure ? "; it " + weak.what : "; it is not known whether it " + weak.what;
    }
    const auto [found, first] = out.try_emplace(log.network, Recorded{.text = text, .whole = log.weaknesses.empty()});
    if (first) continue;
    found->second.text += "; " + text;
    found->second.whole = found->second.whole || log.weaknesses.empty();
  }
  return out;
}

}  // namespace

std::vector<BesideChange> flow_log_changes(const estate::Estate& older, const estate::Estate& newer) {
  const auto before = recorded(older);
  const auto after = recorded(newer);
  std::vector<BesideChange> out;
  for (const auto& [network, was] : before) {
    const auto now = after.find(network);
    const bool gone = now == after.end();
    if (!gone && now->second.text == was.text) continue;
    out.push_back({.what = "flow log",
                   .subject = network,
                   .before = was.text,
                   .after = gone ? "" : now->second.text,
                   .weaker = gone || (was.whole && !now->second.whole)});
  }
  for (const auto& [network, is] : after) {
    if (!before.contains(network)) {
      out.push_back({.what = "flow log", .subject = network, .before = "", .after = is.text});
    }
  }
  return out;
}

}  // namespace crenel::driver
