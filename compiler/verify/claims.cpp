#include "compiler/verify/claims.h"

#include <fmt/format.h>

#include <algorithm>

namespace crenel::verify {
namespace {

using model::Claim;
using model::Endpoint;

/// Looks for one case of a step whose ends fit, and remembers when it stayed open whether there is one.
class CaseSearch {
 public:
  explicit CaseSearch(const Relation& relation) : relation_(relation) {}

  /// True when there is a case: then `outcome` has it. `step` has what the claim is about of `whole`.
  bool find(const Step& whole, const Step& step, const Alternatives& from, const Alternatives& to) {
    for (const Conditions& source : from) {
      for (const Conditions& target : to) {
        const Solution solution = relation_.addresses().solve({source, target});
        if (is_open(whole, solution.feasible)) unclear_.push_back(&whole);
        if (solution.feasible != Feasible::Yes || !whole.doubt.empty()) continue;
        const auto& addresses = solution.instance.addresses;
        outcome_ = {
            .verdict = Verdict::Refuted,
            .witness = step_text(relation_, step,
                                 {.from = addresses.at(0), .to = addresses.at(1), .at_address = !source.empty()}),
            .values = values_text(relation_.design(), solution.instance),
            .steps = {&whole},
            .missing = {}};
        return true;
      }
    }
    return false;
  }

  /// The same for ends of which it is not known whether they fit.
  void consider(const Step& whole, const Alternatives& from, const Alternatives& to) {
    for (const Conditions& source : from) {
      for (const Conditions& target : to) {
        const bool impossible = relation_.addresses().solve({source, target}).feasible == Feasible::No;
        if (!impossible) unclear_.push_back(&whole);
      }
    }
  }

  [[nodiscard]] Outcome outcome() const {
    if (outcome_.verdict == Verdict::Proved && !unclear_.empty()) return undecided(relation_, unclear_);
    return outcome_;
  }

 private:
  const Relation& relation_;
  Outcome outcome_;
  std::vector<const Step*> unclear_;
};

Outcome vacuous(std::string why) {
  return {.verdict = Verdict::Vacuous, .witness = std::move(why), .values = {}, .steps = {}, .missing = {}};
}

bool takes_part(const Claim& claim, const Endpoint& to) {
  const bool packets = (!claim.traffic || !claim.traffic->empty()) && !model::is_service(to);
  return packets || !claimed_actions(claim, to).empty();
}

/// Why a claim would say nothing; empty when it does say something.
std::string nothing_said(const Relation& relation, const Claim& claim) {
  const bool needs_source = claim.kind != Claim::Kind::Only;
  const bool acts = !claim.traffic || !claim.actions.empty();
  if (claim.to.empty()) return "its destination stands for nobody in this design";
  if (claim.from.empty() && needs_source) return "its source stands for nobody in this design";
  if (std::none_of(claim.to.begin(), claim.to.end(), [&](const Endpoint& to) { return takes_part(claim, to); })) {
    return "nothing that its destination stands for takes these actions";
  }
  if (Side(relation, claim.to).is_nobody(false)) return "its destination has no addresses";
  if (needs_source && Side(relation, claim.from).is_nobody(acts)) return "its source has no addresses";
  return "";
}

}  // namespace

// ---- a side ---------------------------------------------------------------------------------------------------------
namespace {

std::pair<std::size_t, std::size_t> key_of(const Endpoint& member) {
  const std::size_t number = std::visit(
      [](const auto& id) -> std::size_t {
        if constexpr (requires { id.index(); }) return id.index();
        return 0;
      },
      member);
  return {member.index(), number};
}

}  // namespace

Side::Side(const Relation& relation, const std::vector<Endpoint>& endpoints) : relation_(relation) {
  for (const Endpoint& endpoint : endpoints) {
    if (model::is_place(endpoint)) {
      places_.push_back(endpoint);
    } else {
      members_.insert(key_of(endpoint));
    }
  }
}

bool Side::holds_member(const Endpoint& endpoint) const { return members_.contains(key_of(endpoint)); }

Alternatives Side::meet(const Step& step, bool step_from) const {
  Alternatives out;
  if (step_from && step.requester) {
    for (const Endpoint& place : places_) {
      const Alternatives more = relation_.requests().meet(*step.requester, place).surely;
      out.insert(out.end(), more.begin(), more.end());
    }
    return out;
  }
  const Endpoint& end = step_from ? step.from : step.to;
  if (!model::is_place(end)) return holds_member(end) ? Alternatives{{}} : Alternatives{};
  for (const Endpoint& place : places_) {
    const Alternatives more = relation_.meet(place, step, step_from);
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

Alternatives Side::may_meet(const Step& step, bool step_from) const {
  Alternatives out;
  if (!step_from || !step.requester) return out;
  for (const Endpoint& place : places_) {
    const Alternatives more = relation_.requests().meet(*step.requester, place).perhaps;
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

Alternatives Side::miss(const Step& step, bool step_from) const {
  if (step_from && step.requester) return relation_.requests().miss(*step.requester, places_);
  const Endpoint& end = step_from ? step.from : step.to;
  if (!model::is_place(end)) return holds_member(end) ? Alternatives{} : Alternatives{{}};
  Alternatives out = relation_.inside(step, step_from);
  for (const Endpoint& place : places_) {
    out = both(out, relation_.outside(place));
    // What is impossible already stays so; without this the alternatives would multiply.
    std::erase_if(out, [&](const Conditions& conditions) {
      return relation_.addresses().solve({conditions}).feasible == Feasible::No;
    });
  }
  return out;
}

bool Side::is_nobody(bool acts) const {
  if (!members_.empty()) return false;
  return std::all_of(places_.begin(), places_.end(), [&](const Endpoint& place) {
    const auto* site = std::get_if<model::SiteId>(&place);
    if (acts && site != nullptr && !relation_.design().sites[*site].identities.empty()) return false;
    const Alternatives inside = relation_.inside(place);
    return std::all_of(inside.begin(), inside.end(), [&](const Conditions& conditions) {
      return relation_.addresses().solve({conditions}).feasible == Feasible::No;
    });
  });
}

// ---- texts ----------------------------------------------------------------------------------------------------------
std::optional<Step> in_claim(const Claim& claim, const Step& step) {
  Step out = step;
  if (claim.traffic) out.traffic = step.traffic.intersected(*claim.traffic);
  if (claim.traffic) out.actions = model::intersected(step.actions, claim.actions);
  if (out.traffic.empty() && out.actions.empty()) return std::nullopt;
  return out;
}

model::DataActions claimed_actions(const Claim& claim, const Endpoint& to) {
  const model::DataActions taken = model::actions_of(to);
  return claim.traffic ? model::intersected(taken, claim.actions) : taken;
}

std::string step_text(const Relation& relation, const Step& step, const Witness& witness) {
  const model::Design& design = relation.design();
  if (step.is_request()) {
    std::string from = step.requester ? text_of(design, *step.requester) : model::name_of(design, step.from);
    if (step.requester && witness.at_address) from += " from " + net::to_string(witness.from);
    return fmt::format("{} -> {} : {}{}", from, model::name_of(design, step.to), model::to_string(step.actions),
                       step.way);
  }
  const auto text = [&](const Endpoint& end, const net::Address& address) {
    return is_member(end) ? model::name_of(design, end) : net::to_string(address);
  };
  return packet_text(text(step.from, witness.from), text(step.to, witness.to), step.traffic);
}

std::string values_text(const model::Design& design, const Instance& instance) {
  std::string out;
  for (const auto& [id, value] : instance.values) {
    const model::Parameter& parameter = design.parameters[id];
    const bool host = parameter.kind == model::ParameterKind::Ip;
    out += fmt::format("{} `{}` = {}", out.empty() ? " with" : " and", model::to_string(parameter.origin.path),
                       host ? net::to_string(value.address) : net::to_string(value));
  }
  return out;
}

bool is_open(const Step& step, Feasible feasible) {
  return feasible == Feasible::Unclear || (feasible == Feasible::Yes && !step.doubt.empty());
}

Outcome undecided(const Relation& relation, const std::vector<const Step*>& steps) {
  const Step& first = *steps.front();
  Outcome out;
  out.verdict = Verdict::Undecided;
  out.steps = {&first};
  if (!first.doubt.empty()) {
    out.witness =
        fmt::format("{}: {}", step_text(relation, first, {.from = {}, .to = {}, .at_address = false}), first.doubt);
    return out;
  }
  const std::string text = first.statement.valid()
                               ? relation.design().statements[first.statement].text
                               : step_text(relation, first, {.from = {}, .to = {}, .at_address = false});
  out.witness = fmt::format("the bounds of the parameters do not tell whether `{}` concerns it", text);
  return out;
}

// ---- the claims -----------------------------------------------------------------------------------------------------
Outcome decide_never(const Relation& relation, const Claim& claim) {
  const Side from(relation, claim.from);
  const Side to(relation, claim.to);
  CaseSearch search(relation);
  for (const Step& step : relation.steps()) {
    const auto part = in_claim(claim, step);
    if (!part || (!claim.via.empty() && passes(step.via, claim.via))) continue;
    const Alternatives reached = to.meet(step, false);
    if (search.find(step, *part, from.meet(step, true), reached)) break;
    search.consider(step, from.may_meet(step, true), reached);
  }
  return search.outcome();
}

Outcome decide_only(const Relation& relation, const Claim& claim) {
  const Side from(relation, claim.from);
  const Side to(relation, claim.to);
  CaseSearch search(relation);
  for (const Step& step : relation.steps()) {
    const auto part = in_claim(claim, step);
    if (!part) continue;
    const Alternatives reached = to.meet(step, false);
    if (reached.empty()) continue;
    if (search.find(step, *part, from.miss(step, true), reached)) break;
  }
  return search.outcome();
}

Outcome decide_always(const Relation& relation, const Claim& claim) {
  Outcome packets = decide_always_packets(relation, claim);
  Outcome requests = decide_always_requests(relation, claim);
  if (packets.verdict == Verdict::Vacuous) return requests;
  if (requests.verdict == Verdict::Vacuous || packets.verdict == Verdict::Refuted) return packets;
  return requests.verdict == Verdict::Proved ? packets : requests;
}

Outcome decide(const Relation& relation, const Claim& claim) {
  if (const std::string why = nothing_said(relation, claim); !why.empty()) {
    return claim.empty_on_purpose ? Outcome{} : vacuous(why);
  }
  switch (claim.kind) {
    case Claim::Kind::Never:
      return claim.transitive ? decide_chain(relation, claim) : decide_never(relation, claim);
    case Claim::Kind::Only:
      return decide_only(relation, claim);
    case Claim::Kind::Always:
      break;
  }
  return decide_always(relation, claim);
}

Outcome joins_nobody() {
  return {.verdict = Verdict::Vacuous,
          .witness = "there are no two ends that it could join",
          .values = {},
          .steps = {},
          .missing = {}};
}

}  // namespace crenel::verify
