#include "compiler/driver/certificate_data.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "compiler/model/alert_emails.h"
#include "compiler/model/public_access.h"
#include "compiler/verify/relation.h"

namespace crenel::driver {
namespace {

using Json = nlohmann::ordered_json;
using Place = std::function<std::string(base::Span)>;

Json flow_row(const model::Design& design, const verify::Deciding* deciding, std::size_t index, const Place& place) {
  const model::DataFlow& flow = design.data_flows[index];
  const auto& statement = design.statements[flow.statement];
  const std::string way = verify::way_text(design, flow.from, flow.to, flow.via);
  Json out = {{"actions", model::to_string(flow.actions)}, {"statement", statement.text}};
  if (!way.empty()) out["way"] = way.substr(1);
  if (!statement.because.empty()) out["because"] = statement.because;
  if (statement.implied) out["implied"] = true;
  out["at"] = Json::parse(place(statement.span));
  if (deciding == nullptr) return out;
  out["decided"] = Json::array();
  for (const auto& passage : deciding->data_flows[index]) {
    Json by = Json::array();
    for (const auto& one : passage.by) by.push_back(one.path);
    out["decided"].push_back({{"actions", passage.actions}, {"by", std::move(by)}});
  }
  return out;
}

/// Pairs in the order in which the first data flow of each is declared.
Json admitted(const model::Design& design, const verify::Deciding* deciding, const Place& place) {
  std::vector<std::pair<std::string, std::string>> order;
  std::map<std::pair<std::string, std::string>, std::pair<model::DataActions, Json>> pairs;
  for (std::size_t index = 0; index < design.data_flows.size(); ++index) {
    const model::DataFlow& flow = design.data_flows[index];
    const std::pair ends(model::name_of(design, flow.from), model::name_of(design, flow.to));
    const auto [entry, fresh] = pairs.try_emplace(ends, model::DataActions(), Json::array());
    if (fresh) order.push_back(ends);
    entry->second.first = model::united(entry->second.first, flow.actions);
    entry->second.second.push_back(flow_row(design, deciding, index, place));
  }
  Json out = Json::array();
  for (const auto& ends : order) {
    auto& [actions, flows] = pairs.at(ends);
    out.push_back({{"from", ends.first},
                   {"to", ends.second},
                   {"actions", model::to_string(actions)},
                   {"flows", std::move(flows)}});
  }
  return out;
}

Json grants(const verify::Deciding& deciding) {
  Json out = Json::array();
  for (const verify::Grant& grant : deciding.grants) {
    Json row = {{"at", grant.place.path}, {"from", grant.from}, {"who", grant.who}};
    if (!grant.named.empty()) row["named"] = grant.named;
    row["to"] = grant.to;
    row["service"] = grant.service;
    row["actions"] = grant.actions;
    row["ways"] = grant.ways;
    if (grant.elsewhere) row["existing"] = true;
    if (!grant.doubt.empty()) row["undecided"] = grant.doubt;
    out.push_back(std::move(row));
  }
  return out;
}

/// What the provider does by itself for a guard, which is no flow of the design: it publishes, and uses the topic's
/// key; whom it mails; what the guard undoes, by a function of its own that publishes what it could not; that it
/// forbids changes, and that it blocks the way to the Internet.
Json guards(const model::Design& design, std::string_view provider) {
  Json out = Json::array();
  for (const model::Guard& guard : design.guards) {
    const std::vector<std::string> mailed = model::alert_emails(guard, provider);
    if (!guard.alert && !guard.prevent && !guard.revert_seconds && mailed.empty()) continue;
    Json row = {{"guard", model::to_string(guard.origin.path)}};
    if (guard.alert) {
      const model::Topic& topic = design.topics[*guard.alert];
      row["tells"] = model::to_string(topic.origin.path);
      if (topic.key) row["key"] = model::to_string(design.vaults[*topic.key].origin.path);
    }
    if (!mailed.empty()) row["mails"] = mailed;
    if (model::blocks_public_access(guard, provider)) row["blocks_public_access"] = true;
    if (guard.prevent) row["forbids"] = {{"all_but", guard.exempt}};
    if (guard.revert_seconds) {
      Json networks = Json::array();
      for (const model::NetworkId network : guard.networks) {
        networks.push_back(model::to_string(design.networks[network].origin.path));
      }
      row["undoes"] = {{"networks", std::move(networks)}, {"within_seconds", *guard.revert_seconds}};
    }
    out.push_back(std::move(row));
  }
  return out;
}

/// Stores that the provider writes networks' flow logs into, which is no flow of the design either.
Json logs(const model::Design& design) {
  Json out = Json::array();
  for (const model::Network& network : design.networks) {
    if (!network.flow_logs || !network.flow_log_store) continue;
    const model::Store& store = design.stores[*network.flow_log_store];
    Json row = {{"network", model::to_string(network.origin.path)}, {"in", model::to_string(store.origin.path)}};
    if (store.key) row["key"] = model::to_string(design.vaults[*store.key].origin.path);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string data_section(const model::Design& design, std::string_view provider, const verify::Deciding* deciding,
                         const Place& place) {
  Json out = {{"admitted", admitted(design, deciding, place)}};
  out["grants"] = deciding == nullptr ? Json::array() : grants(*deciding);
  if (Json kept = logs(design); !kept.empty()) out["logs"] = std::move(kept);
  if (!design.guards.empty()) out["guards"] = guards(design, provider);
  return out.dump();
}

}  // namespace crenel::driver
