#include <fmt/format.h>

#include <algorithm>

#include "compiler/verify/claims.h"

namespace crenel::verify {
namespace {

using model::Claim;
using model::DataAction;
using model::DataActions;
using model::Endpoint;

bool is_able(const model::Design& design, const Endpoint& from) {
  if (const auto* group = std::get_if<model::GroupId>(&from)) return design.groups[*group].scale.max > 0;
  return std::holds_alternative<model::SiteId>(from) || std::holds_alternative<model::FunctionId>(from) ||
         std::holds_alternative<model::ApplianceId>(from) || model::is_service(from);
}

/// What a claim without actions asks for, where packets are what is mostly done with a destination.
DataActions asked(const Claim& claim, const Endpoint& to) {
  if (!claim.traffic && std::holds_alternative<model::GroupId>(to)) return {};
  return claimed_actions(claim, to);
}

/// The data actions between one source and one destination of an `always` claim that no flow admits.
class RequestGaps {
 public:
  RequestGaps(const Relation& relation, const Claim& claim, const Endpoint& from, const Endpoint& to)
      : relation_(relation), from_(from) {
    for (const Step& step : relation.steps()) {
      if (!step.is_request() || step.to != to) continue;
      if (!(step.requester && model::is_place(from)) && step.from != from) continue;
      near_.push_back(&step);
      if (passes(step.via, claim.via)) steps_.push_back(&step);
    }
  }

  struct Gap {
    bool sure = false;
    std::string who;
    Instance instance;
  };

  /// Nothing when the action is admitted for everybody at the source.
  [[nodiscard]] std::optional<Gap> find(DataAction action) {
    doubtful_too_ = false;
    auto gap = find_one(action);
    if (!gap || !gap->sure) return gap;
    doubtful_too_ = true;
    gap->sure = find_one(action).has_value();
    return gap;
  }

  /// Flows between the two, also those that admit too little or go another way.
  [[nodiscard]] const std::vector<const Step*>& near() const { return near_; }

 private:
  [[nodiscard]] std::optional<Gap> find_one(DataAction action) const {
    const auto* site = std::get_if<model::SiteId>(&from_);
    if (site != nullptr) return of_site(*site, action);
    if (has_member_step(action)) return std::nullopt;
    return Gap{.sure = true, .who = model::name_of(relation_.design(), from_), .instance = {}};
  }

  [[nodiscard]] bool admits(const Step& step, DataAction action) const {
    if (!doubtful_too_ && !step.doubt.empty()) return false;
    return std::find(step.actions.begin(), step.actions.end(), action) != step.actions.end();
  }

  [[nodiscard]] bool has_member_step(DataAction action) const {
    return std::any_of(steps_.begin(), steps_.end(), [&](const Step* step) { return admits(*step, action); });
  }

  /// Every identity of the site at every address of it. Without identities it is whoever comes from there, so that a
  /// flow for some names admits too little.
  [[nodiscard]] std::optional<Gap> of_site(model::SiteId site, DataAction action) const {
    const Requester whole = requester_of(relation_.design(), site);
    std::vector<std::optional<model::Late<std::string>>> people(whole.identities.begin(), whole.identities.end());
    if (people.empty()) people.emplace_back();
    std::optional<Gap> unclear;
    for (const auto& person : people) {
      auto gap = of_person(whole, person, action);
      if (gap && gap->sure) return gap;
      if (gap) unclear = std::move(gap);
    }
    return unclear;
  }

  [[nodiscard]] std::optional<Gap> of_person(const Requester& whole,
                                             const std::optional<model::Late<std::string>>& person,
                                             DataAction action) const {
    Conditions beyond;        // of every flow that surely lets the person in
    bool everywhere = false;  // one of them does so from any address
    for (const Step* step : steps_) {
      if (!admits(*step, action) || !lets_in(*step->requester, person)) continue;
      everywhere = everywhere || step->requester->addresses.empty();
      for (const Block& block : step->requester->addresses) beyond.push_back({.block = block, .inside = false});
    }
    if (everywhere) return std::nullopt;
    Alternatives starts = {{}};
    if (!whole.addresses.empty()) starts.clear();
    for (const Block& block : whole.addresses) starts.push_back({{.block = block, .inside = true}});
    std::optional<Gap> unclear;
    for (const Conditions& conditions : both(starts, {beyond})) {
      Solution solution = relation_.addresses().solve({conditions});
      if (solution.feasible == Feasible::No) continue;
      const bool sure = solution.feasible == Feasible::Yes;
      Gap gap{.sure = sure, .who = who(whole, person), .instance = std::move(solution.instance)};
      if (sure && !conditions.empty()) gap.who += " from " + net::to_string(gap.instance.addresses.at(0));
      if (sure) return gap;
      unclear = std::move(gap);
    }
    return unclear;
  }

  static bool lets_in(const Requester& requester, const std::optional<model::Late<std::string>>& person) {
    if (requester.identities.empty()) return true;
    return person && std::any_of(requester.identities.begin(), requester.identities.end(),
                                 [&](const auto& each) { return same(each, *person) == Same::Yes; });
  }

  [[nodiscard]] std::string who(const Requester& whole, const std::optional<model::Late<std::string>>& person) const {
    Requester one{.name = whole.name, .identities = {}, .addresses = {}};
    if (person) one.identities.push_back(*person);
    return text_of(relation_.design(), one);
  }

  const Relation& relation_;
  const Endpoint& from_;
  std::vector<const Step*> steps_;
  std::vector<const Step*> near_;
  bool doubtful_too_ = false;  ///< what may work or not is counted
};

/// All of one pair that is missing, as one outcome.
Outcome decide_pair(const Relation& relation, const Claim& claim, const Endpoint& from, const Endpoint& to,
                    const DataActions& actions) {
  RequestGaps gaps(relation, claim, from, to);
  DataActions missing;
  std::optional<RequestGaps::Gap> first;
  bool open = false;
  for (const DataAction action : actions) {
    auto gap = gaps.find(action);
    if (!gap) continue;
    open = open || !gap->sure;
    if (!gap->sure || (first && first->who != gap->who)) continue;
    missing.push_back(action);
    if (!first) first = std::move(gap);
  }
  const model::Design& design = relation.design();
  const std::string from_name = model::name_of(design, from);
  const std::string to_name = model::name_of(design, to);
  if (first) {
    return {.verdict = Verdict::Refuted,
            .witness = fmt::format("{} -> {} : {}", first->who, to_name, model::to_string(missing)),
            .values = values_text(design, first->instance),
            .steps = gaps.near(),
            .missing = fmt::format("allow {} -> {} : {}", from_name, to_name, model::to_string(missing))};
  }
  Outcome out;
  if (!open) return out;
  out.verdict = Verdict::Undecided;
  out.witness = fmt::format("it is not known whether every request of `{}` to `{}` is admitted", from_name, to_name);
  return out;
}

}  // namespace

Outcome decide_always_requests(const Relation& relation, const Claim& claim) {
  bool said = false;
  Outcome open;
  for (const Endpoint& from : claim.from) {
    if (!is_able(relation.design(), from)) continue;
    for (const Endpoint& to : claim.to) {
      DataActions actions = asked(claim, to);
      // By itself a service calls functions, and does nothing else.
      if (model::is_service(from)) actions = model::intersected(actions, {DataAction::Invoke});
      if (actions.empty()) continue;
      said = true;
      Outcome outcome = decide_pair(relation, claim, from, to, actions);
      if (outcome.verdict == Verdict::Refuted) return outcome;
      if (outcome.verdict == Verdict::Undecided) open = std::move(outcome);
    }
  }
  if (said) return open;
  return joins_nobody();
}

}  // namespace crenel::verify
