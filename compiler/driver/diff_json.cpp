#include <nlohmann/json.hpp>

#include "compiler/driver/diff.h"
#include "compiler/driver/diff_words.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;
using verify::Change;

constexpr int kDiffVersion = 1;

Json steps(const std::vector<reach::Step>& steps) {
  Json out = Json::array();
  for (const auto& step : steps) {
    out.push_back({{"what", step.what}, {"resource", step.place.resource}, {"path", step.place.path}});
  }
  return out;
}

Json turn(const std::optional<verify::Turn>& turn, bool data) {
  if (!turn) return nullptr;
  return {{data ? "request" : "packet", turn->packet + turn->values},
          {"passes", steps(turn->passes)},
          {"stops", steps(turn->stops)}};
}

Json change(const Change& change) {
  Json out = {{"kind", word(change.kind)}, {"from", change.from}, {"to", change.to}};
  if (change.data) out["data"] = true;
  if (!change.addresses.empty()) out["addresses"] = change.addresses;
  if (!change.gained.empty()) out["gained"] = change.gained;
  if (!change.lost.empty()) out["lost"] = change.lost;
  if (!change.open.empty()) out["undecided"] = change.open;
  if (change.newly) out["newly"] = turn(change.newly, change.data);
  if (change.no_longer) out["no_longer"] = turn(change.no_longer, change.data);
  return out;
}

Json provider(const ProviderChanges& provider) {
  Json changes = Json::array();
  for (std::size_t i = 0; i < provider.changes.changes.size(); ++i) {
    changes.push_back(change(provider.changes.changes[i]));
    if (!provider.waived[i].empty()) changes.back()["waived"] = provider.waived[i];
  }
  Json unknowns = Json::array();
  for (const auto& each : provider.changes.unknowns) {
    unknowns.push_back({{"in", each.newer ? "newer" : "older"},
                        {"what", each.unknown.what},
                        {"resource", each.unknown.place.resource},
                        {"path", each.unknown.place.path}});
  }
  Json out = {{"older", provider.older}, {"newer", provider.newer}, {"changes", std::move(changes)}};
  out["not_understood"] = std::move(unknowns);
  if (provider.by_certificates) out["by"] = "certificates";
  if (!provider.beside.empty()) {
    out["beside"] = Json::array();
    for (const auto& each : provider.beside) {
      out["beside"].push_back(
          {{"what", each.what}, {"subject", each.subject}, {"before", each.before}, {"after", each.after}});
      if (each.weaker) out["beside"].back()["weaker"] = true;
    }
  }
  if (!provider.changes.undecided.empty()) out["undecided"] = provider.changes.undecided;
  return out;
}

}  // namespace

std::string to_json(const Diff& diff) {
  Json providers = Json::array();
  for (const auto& each : diff.providers) providers.push_back(provider(each));
  const Json out = {{"version", kDiffVersion},
                    {"older", diff.older},
                    {"newer", diff.newer},
                    {"verdict", verdict(diff)},
                    {"providers", std::move(providers)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crenel::driver
