#include "compiler/verify/deciding_data.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/base/ids.h"
#include "compiler/base/text.h"

namespace crenel::verify {
namespace {

struct Named {
  std::string who;
  std::string named;
};

Named named(const estate::Estate& estate, const estate::Who& who) {
  return std::visit(
      base::Overloaded{
          [](const estate::Anyone&) { return Named{.who = "anyone", .named = {}}; },
          [](const estate::Account&) { return Named{.who = "account", .named = {}}; },
          [&](const estate::Named& one) {
            const auto* text = std::get_if<std::string>(&one.who);
            return Named{.who = "name",
                         .named = text != nullptr ? *text : estate.symbols[std::get<estate::SymbolId>(one.who)].name};
          },
          [&](estate::IdentityId id) { return Named{.who = "identity", .named = estate.identities[id].name}; },
          [&](estate::ServiceId id) { return Named{.who = "service", .named = estate.services[id].name}; },
      },
      who);
}

std::string text_of(const std::vector<estate::Action>& actions) {
  std::vector<std::string> words;
  words.reserve(actions.size());
  for (const estate::Action action : actions) words.emplace_back(word(action));
  return base::join(words, ", ");
}

std::vector<std::string> ways_of(const estate::Estate& estate, const BlockFamily& family,
                                 const estate::Access& access) {
  if (access.anywhere) return {"anywhere"};
  std::vector<std::string> out;
  for (const auto path : access.paths) out.push_back("path " + estate.private_paths[path].name);
  for (const auto& block : access.from) out.push_back("from " + family.text(block));
  return out;
}

/// The statements that let a flow through, those with the same places together.
std::vector<DataPassage> passages(const DataRelation& relation, const model::DataFlow& flow,
                                  const estate::Estate& estate) {
  std::vector<std::pair<std::vector<std::size_t>, std::vector<std::string>>> found;
  for (const model::DataAction action : flow.actions) {
    const auto verdict = relation.admits(flow, action);
    if (verdict.sure != DataRelation::Sure::Yes) continue;
    auto same = std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.first == verdict.by; });
    if (same == found.end()) same = found.insert(found.end(), {verdict.by, {}});
    same->second.emplace_back(model::word(action));
  }
  std::vector<DataPassage> out;
  for (const auto& [by, actions] : found) {
    DataPassage passage{.actions = base::join(actions, ", "), .by = {}};
    for (const std::size_t access : by) passage.by.push_back(estate.accesses[access].place);
    out.push_back(std::move(passage));
  }
  return out;
}

}  // namespace

std::vector<Grant> grants_of(const model::Design& design, const estate::Estate& estate, const BlockFamily& family) {
  const DataRelation relation(design, estate, family);
  std::vector<Grant> out;
  for (const estate::Access& access : estate.accesses) {
    const Named who = named(estate, access.who);
    for (const Request& request : relation.requests(access)) {
      // An agent's own token is no matter of flows.
      if (request.from && relation.names().is_token(access.service, request.from)) continue;
      out.push_back({.from = request.name,
                     .who = who.who,
                     .named = who.named,
                     .to = relation.names().text(access.service),
                     .service = estate.services[access.service].name,
                     .actions = text_of(access.actions),
                     .ways = ways_of(estate, family, access),
                     .doubt = access.doubt,
                     .place = access.place,
                     .elsewhere = estate.services[access.service].elsewhere.has_value()});
    }
  }
  return out;
}

void decide_data(const model::Design& design, const estate::Estate& estate, const BlockFamily& family, Deciding& out) {
  out.grants = grants_of(design, estate, family);
  const DataRelation relation(design, estate, family);
  out.data_flows.reserve(design.data_flows.size());
  for (const model::DataFlow& flow : design.data_flows) out.data_flows.push_back(passages(relation, flow, estate));
  std::map<std::pair<std::string, std::string>, std::vector<estate::Action>> all;
  for (const estate::Access& access : estate.accesses) {
    for (const Request& request : relation.requests(access)) {
      if (request.from && relation.names().is_token(access.service, request.from)) continue;
      auto& actions = all[{request.name, relation.names().text(access.service)}];
      actions.insert(actions.end(), access.actions.begin(), access.actions.end());
    }
  }
  for (auto& [ends, actions] : all) {
    std::sort(actions.begin(), actions.end());
    actions.erase(std::unique(actions.begin(), actions.end()), actions.end());
    out.admissions.push_back({.from = ends.first, .to = ends.second, .packets = text_of(actions), .data = true});
  }
}

}  // namespace crenel::verify
