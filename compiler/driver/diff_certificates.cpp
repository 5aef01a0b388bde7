#include "compiler/driver/diff_certificates.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "compiler/base/text.h"

namespace crenel::driver {
namespace {

using verify::Change;
using Pair = ReadCertificate::Pair;

/// The statements that have a part in the traffic, as steps.
std::optional<verify::Turn> turn(const std::string& from, const std::string& to, const Pair& pair,
                                 const net::Traffic& traffic) {
  verify::Turn out{
      .packet = fmt::format("{} -> {} {}", from, to, net::to_string(traffic)), .values = {}, .passes = {}, .stops = {}};
  for (const auto& statement : pair.statements) {
    if (!statement.traffic.overlaps(traffic)) continue;
    out.passes.push_back({.what = fmt::format("declared by `{}`", statement.text),
                          .place = {.resource = {}, .path = statement.place, .span = {}}});
  }
  return out;
}

Change::Kind kind(const Pair& before, const Pair& after, bool more, bool less) {
  if (more && less) return Change::Kind::Altered;
  if (more) return before.traffic.empty() ? Change::Kind::Added : Change::Kind::Widened;
  return after.traffic.empty() ? Change::Kind::Removed : Change::Kind::Narrowed;
}

/// What is in `a` and not in `b`. Of everything less than everything is not taken exactly; then it is everything.
net::Traffic minus(const net::Traffic& a, const net::Traffic& b) {
  return b.contains(a) ? net::Traffic() : a.without(b);
}

std::vector<std::string> without(const std::vector<std::string>& all, const std::vector<std::string>& less) {
  std::vector<std::string> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [&](const auto& one) { return std::find(less.begin(), less.end(), one) == less.end(); });
  return out;
}

std::optional<verify::Turn> turn(const std::string& from, const std::string& to, const ReadCertificate::DataPair& pair,
                                 const std::string& actions) {
  verify::Turn out{.packet = fmt::format("{} -> {} : {}", from, to, actions), .values = {}, .passes = {}, .stops = {}};
  for (const auto& statement : pair.statements) {
    out.passes.push_back({.what = fmt::format("declared by {}", statement), .place = {}});
  }
  return out;
}

void add_data(const ReadCertificate& older, const ReadCertificate& newer, std::vector<Change>& out) {
  std::set<std::pair<std::string, std::string>> ends;
  for (const auto* one : {&older, &newer}) {
    for (const auto& [pair, admitted] : one->data) ends.insert(pair);
  }
  const ReadCertificate::DataPair nothing;
  for (const auto& pair : ends) {
    const auto before = older.data.find(pair);
    const auto after = newer.data.find(pair);
    const auto& was = before == older.data.end() ? nothing : before->second;
    const auto& is = after == newer.data.end() ? nothing : after->second;
    Change change;
    change.data = true;
    change.from = pair.first;
    change.to = pair.second;
    change.gained = base::join(without(is.actions, was.actions), ", ");
    change.lost = base::join(without(was.actions, is.actions), ", ");
    const bool more = !change.gained.empty();
    const bool less = !change.lost.empty();
    if (!more && !less) continue;
    change.kind = more && less ? Change::Kind::Altered
                  : more       ? (was.actions.empty() ? Change::Kind::Added : Change::Kind::Widened)
                               : (is.actions.empty() ? Change::Kind::Removed : Change::Kind::Narrowed);
    if (more) change.newly = turn(pair.first, pair.second, is, change.gained);
    if (less) change.no_longer = turn(pair.first, pair.second, was, change.lost);
    out.push_back(std::move(change));
  }
}

void add_map(const std::string& what, const std::map<std::string, std::string>& before,
             const std::map<std::string, std::string>& after, std::vector<BesideChange>& out) {
  for (const auto& [subject, value] : before) {
    const auto found = after.find(subject);
    const std::string now = found == after.end() ? "" : found->second;
    if (now != value) out.push_back({.what = what, .subject = subject, .before = value, .after = now});
  }
  for (const auto& [subject, value] : after) {
    if (!before.contains(subject)) out.push_back({.what = what, .subject = subject, .before = {}, .after = value});
  }
}

std::map<std::string, std::string> as_map(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> out;
  for (const auto& text : texts) out.emplace(text, "assumed");
  return out;
}

/// "31 of 60": half of it or more.
bool is_near_limit(std::string_view use) {
  const std::size_t of = use.find(" of ");
  if (of == std::string_view::npos) return false;
  return std::stoull(std::string(use.substr(0, of))) * 2 >= std::stoull(std::string(use.substr(of + 4)));
}

/// Networks, subnets and links may be moved, and nobody reaches anybody else by it.
bool is_inside(std::string_view subject) { return !subject.starts_with("site ") && !subject.starts_with("block "); }

/// What both have, and at other addresses now: what is new or gone is told by who reaches it.
void add_moved(const ReadCertificate& older, const ReadCertificate& newer, std::vector<BesideChange>& out) {
  for (const auto& [subject, blocks] : newer.addresses) {
    const auto was = older.addresses.find(subject);
    if (was == older.addresses.end() || was->second == blocks) continue;
    out.push_back({.what = "addresses", .subject = subject, .before = was->second, .after = blocks});
  }
}

/// Why the two do not tell everything; empty when they do.
std::string open_between(const ReadCertificate& older, const ReadCertificate& newer) {
  if (older.provider == newer.provider && older.template_sha256 == newer.template_sha256) return "";
  for (const auto& [which, one] : {std::pair("older", &older), std::pair("newer", &newer)}) {
    if (!one->proved)
      return fmt::format("the template of the {} certificate was not proved to admit this alone", which);
  }
  if (older.sources == newer.sources && older.settings == newer.settings) return "";
  if (older.addresses.empty() || newer.addresses.empty())
    return "one of the two has no addresses: what its names stand for is told by the templates or the sources";
  for (const auto& [subject, blocks] : newer.addresses) {
    const auto was = older.addresses.find(subject);
    if (is_inside(subject) || was == older.addresses.end()) continue;
    if (was->second != blocks)
      return fmt::format("{} is {} now, and was {}: what that opens and closes is told by the templates or the sources",
                         subject, blocks, was->second);
    if (blocks.find('$') != std::string::npos)
      return fmt::format(
          "{} is {}, which is known at deployment, and what these two were made from differs: whether it "
          "stands for the same addresses is told by the templates or the sources",
          subject, blocks);
  }
  return "";
}

}  // namespace

verify::Changes changes(const ReadCertificate& older, const ReadCertificate& newer) {
  verify::Changes out;
  std::set<std::pair<std::string, std::string>> ends;
  for (const auto* one : {&older, &newer}) {
    for (const auto& [pair, admitted] : one->admitted) ends.insert(pair);
  }
  const Pair nothing;
  for (const auto& pair : ends) {
    const auto before = older.admitted.find(pair);
    const auto after = newer.admitted.find(pair);
    const Pair& was = before == older.admitted.end() ? nothing : before->second;
    const Pair& is = after == newer.admitted.end() ? nothing : after->second;
    const net::Traffic gained = minus(is.traffic, was.traffic);
    const net::Traffic lost = minus(was.traffic, is.traffic);
    if (gained.empty() && lost.empty()) continue;
    Change change;
    change.kind = kind(was, is, !gained.empty(), !lost.empty());
    change.from = pair.first;
    change.to = pair.second;
    if (!gained.empty()) {
      change.gained = net::to_string(gained);
      change.newly = turn(pair.first, pair.second, is, gained);
    }
    if (!lost.empty()) {
      change.lost = net::to_string(lost);
      change.no_longer = turn(pair.first, pair.second, was, lost);
    }
    out.changes.push_back(std::move(change));
  }
  add_data(older, newer, out.changes);
  out.undecided = open_between(older, newer);
  return out;
}

std::vector<BesideChange> beside(const ReadCertificate& older, const ReadCertificate& newer, bool moved) {
  std::vector<BesideChange> out;
  add_map("claim", older.claims, newer.claims, out);
  add_map("rule", older.rules, newer.rules, out);
  if (older.provider != newer.provider) return out;  // what follows is of a provider
  if (moved) add_moved(older, newer, out);
  add_map("left open", older.residue, newer.residue, out);
  add_map("assumption", as_map(older.assumptions), as_map(newer.assumptions), out);
  const std::size_t first_quota = out.size();
  add_map("quota", older.quotas, newer.quotas, out);
  for (std::size_t i = first_quota; i < out.size(); ++i)
    out[i].minor = !is_near_limit(out[i].before) && !is_near_limit(out[i].after);
  return out;
}

}  // namespace crenel::driver
