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
  CaseSearch(const Relation& relation, const Claim& claim) : relation_(relation), claim_(claim) {}

  /// True when there is a case: then `outcome` has it.
  bool find(const Step& step, const Alternatives& from, const Alternatives& to) {
    for (const Conditions& source : from) {
      for (const Conditions& target : to) {
        const Solution solution = relation_.addresses().solve({source, target});
        if (solution.feasible == Feasible::Unclear) unclear_.push_back(&step);
        if (solution.feasible != Feasible::Yes) continue;
        outcome_ = {.verdict = Verdict::Refuted,
                    .witness = packet_text(relation_, step, in_claim(claim_, step.traffic),
                                           solution.instance.addresses[0], solution.instance.addresses[1]),
                    .values = values_text(relation_.design(), solution.instance),
                    .steps = {&step},
                    .missing = {}};
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] Outcome outcome() const {
    if (outcome_.verdict == Verdict::Proved && !unclear_.empty()) return undecided(relation_, unclear_);
    return outcome_;
  }

 private:
  const Relation& relation_;
  const Claim& claim_;
  Outcome outcome_;
  std::vector<const Step*> unclear_;
};

Outcome vacuous(std::string why) {
  return {.verdict = Verdict::Vacuous, .witness = std::move(why), .values = {}, .steps = {}, .missing = {}};
}

/// Why a claim would say nothing; empty when it does say something.
std::string nothing_said(const Relation& relation, const Claim& claim) {
  const bool needs_source = claim.kind != Claim::Kind::Only;
  if (claim.to.empty()) return "its destination stands for nobody in this design";
  if (claim.from.empty() && needs_source) return "its source stands for nobody in this design";
  if (Side(relation, claim.to).is_nobody()) return "its destination has no addresses";
  if (needs_source && Side(relation, claim.from).is_nobody()) return "its source has no addresses";
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
  const Endpoint& end = step_from ? step.from : step.to;
  if (!model::is_place(end)) return holds_member(end) ? Alternatives{{}} : Alternatives{};
  Alternatives out;
  for (const Endpoint& place : places_) {
    const Alternatives more = relation_.meet(place, step, step_from);
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

Alternatives Side::miss(const Step& step, bool step_from) const {
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

bool Side::is_nobody() const {
  if (!members_.empty()) return false;
  return std::all_of(places_.begin(), places_.end(), [&](const Endpoint& place) {
    const Alternatives inside = relation_.inside(place);
    return std::all_of(inside.begin(), inside.end(), [&](const Conditions& conditions) {
      return relation_.addresses().solve({conditions}).feasible == Feasible::No;
    });
  });
}

// ---- texts ----------------------------------------------------------------------------------------------------------
net::Traffic in_claim(const Claim& claim, const net::Traffic& traffic) {
  return claim.traffic ? traffic.intersected(*claim.traffic) : traffic;
}

std::string packet_text(const Relation& relation, const Step& step, const net::Traffic& traffic,
                        const net::Address& from, const net::Address& to) {
  const auto text = [&](const Endpoint& end, const net::Address& address) {
    return is_member(end) ? model::name_of(relation.design(), end) : net::to_string(address);
  };
  return packet_text(text(step.from, from), text(step.to, to), traffic);
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

Outcome undecided(const Relation& relation, const std::vector<const Step*>& steps) {
  const std::string text = relation.design().statements[steps.front()->statement].text;
  return {.verdict = Verdict::Undecided,
          .witness = fmt::format("the bounds of the parameters do not tell whether `{}` concerns it", text),
          .values = {},
          .steps = {steps.front()},
          .missing = {}};
}

// ---- the claims -----------------------------------------------------------------------------------------------------
Outcome decide_never(const Relation& relation, const Claim& claim) {
  const Side from(relation, claim.from);
  const Side to(relation, claim.to);
  CaseSearch search(relation, claim);
  for (const Step& step : relation.steps()) {
    if (in_claim(claim, step.traffic).empty()) continue;
    if (!claim.via.empty() && passes(step.via, claim.via)) continue;
    if (search.find(step, from.meet(step, true), to.meet(step, false))) break;
  }
  return search.outcome();
}

Outcome decide_only(const Relation& relation, const Claim& claim) {
  const Side from(relation, claim.from);
  const Side to(relation, claim.to);
  CaseSearch search(relation, claim);
  for (const Step& step : relation.steps()) {
    if (in_claim(claim, step.traffic).empty()) continue;
    const Alternatives reached = to.meet(step, false);
    if (reached.empty()) continue;
    if (search.find(step, from.miss(step, true), reached)) break;
  }
  return search.outcome();
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

}  // namespace crenel::verify
