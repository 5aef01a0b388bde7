#include "compiler/verify/waived.h"

#include <algorithm>

namespace crenel::verify {
namespace {

bool names(const std::vector<std::string>& ends, const std::string& end) {
  return std::any_of(ends.begin(), ends.end(), [&](const std::string& each) { return each == "any" || each == end; });
}

bool all_named(const std::vector<std::string>& ends, const std::vector<std::string>& wanted) {
  return !wanted.empty() &&
         std::all_of(wanted.begin(), wanted.end(), [&](const std::string& end) { return names(ends, end); });
}

/// Whether an end is the covered thing, or stands in it.
bool stands_in(const model::Design& design, const model::Endpoint& end, const model::Subject& thing) {
  if (model::name_of(design, end) == thing.path) return true;
  const auto tier = model::tier_of(design, end);
  if (!tier) return false;
  const model::Tier& home = design.tiers[*tier];
  return model::to_string(home.origin.path) == thing.path ||
         model::to_string(design.networks[home.network].origin.path) == thing.path;
}

bool covers_ends(const model::Design& design, const model::Subject& covered, const model::Endpoint& from,
                 const model::Endpoint& to) {
  if (covered.kind != "flow") return stands_in(design, from, covered) || stands_in(design, to, covered);
  return names(covered.from, model::name_of(design, from)) && names(covered.to, model::name_of(design, to));
}

bool covers_actions(const model::Subject& waived, const model::Subject& wanted) {
  if (waived.any_action) return true;
  if (wanted.any_action || !waived.traffic.contains(wanted.traffic)) return false;
  return std::all_of(wanted.data.begin(), wanted.data.end(), [&](const std::string& action) {
    return std::find(waived.data.begin(), waived.data.end(), action) != waived.data.end();
  });
}

model::DataActions actions_in(const model::Subject& covered) {
  model::DataActions out;
  for (const std::string& word : covered.data) {
    if (const auto action = model::data_action(word)) out = model::united(out, {*action});
  }
  return out;
}

}  // namespace

bool covers(const model::Waiver& waiver, const model::Subject& culprit) {
  const model::Subject& covered = waiver.covers;
  if (covered.kind != culprit.kind) return false;
  if (covered.kind != "flow") return covered.path == culprit.path;
  return all_named(covered.from, culprit.from) && all_named(covered.to, culprit.to) && covers_actions(covered, culprit);
}

model::Design cut(const model::Design& design, const model::Waiver& waiver, bool inside) {
  const model::Subject& covered = waiver.covers;
  const bool every_action = covered.kind != "flow" || covered.any_action;
  model::Design out = design;
  out.flows.clear();
  for (const model::Flow& flow : design.flows) {
    const net::Traffic waived = !covers_ends(design, covered, flow.from, flow.to) ? net::Traffic()
                                : every_action                                    ? flow.traffic
                                               : flow.traffic.intersected(covered.traffic);
    model::Flow kept = flow;
    kept.traffic = inside ? waived : flow.traffic.without(waived);
    if (!kept.traffic.empty()) out.flows.push_back(std::move(kept));
  }
  out.data_flows.clear();
  for (const model::DataFlow& flow : design.data_flows) {
    const model::DataActions waived = !covers_ends(design, covered, flow.from, flow.to) ? model::DataActions()
                                      : every_action                                    ? flow.actions
                                                     : model::intersected(flow.actions, actions_in(covered));
    model::DataFlow kept = flow;
    kept.actions = inside ? waived : model::without(flow.actions, waived);
    if (!kept.actions.empty()) out.data_flows.push_back(std::move(kept));
  }
  return out;
}

}  // namespace crenel::verify
