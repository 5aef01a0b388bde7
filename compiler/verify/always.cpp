#include <fmt/format.h>

#include <algorithm>

#include "compiler/verify/claims.h"

namespace crenel::verify {
namespace {

using model::Claim;
using model::Endpoint;

/// The packets between one source and one destination of an `always` claim that no flow admits.
class GapSearch {
 public:
  GapSearch(const Relation& relation, const Claim& claim, const Endpoint& from, const Endpoint& to)
      : relation_(relation), from_(from), to_(to), by_source_(is_member(to)) {
    for (const Step& step : relation.steps()) {
      // What passes a balancer by is nothing that a design promises.
      if (step.past || step.is_request() || !(matches(step.from, from) && matches(step.to, to))) continue;
      near_.push_back(&step);
      if (passes(step.via, claim.via)) steps_.push_back(&step);
    }
  }

  struct Gap {
    net::Traffic traffic;
    Solution solution;
  };

  /// Nothing when everything is admitted; `nobody` says whether there is anybody to admit.
  std::optional<Gap> find(const net::Traffic& traffic, bool& nobody) {
    nobody = true;
    std::optional<Gap> unclear;
    for (const Conditions& start : starts()) {
      if (impossible(start)) continue;
      nobody = false;
      auto gap = search(0, start, traffic);
      if (gap && gap->solution.feasible == Feasible::Yes) return gap;
      if (gap) unclear = std::move(gap);
    }
    return unclear;
  }

  /// Flows between the two, also those that admit too little or go another way.
  [[nodiscard]] const std::vector<const Step*>& near() const { return near_; }

 private:
  /// Members must be the same; whether addresses meet is for the search.
  static bool matches(const Endpoint& end, const Endpoint& claimed) {
    return is_member(end) || is_member(claimed) ? end == claimed : true;
  }

  [[nodiscard]] Alternatives starts() const {
    if (is_member(from_) && is_member(to_)) return {{}};
    return relation_.inside(by_source_ ? from_ : to_);
  }

  [[nodiscard]] bool impossible(const Conditions& conditions) const {
    return relation_.addresses().solve({conditions}).feasible == Feasible::No;
  }

  /// Step by step, an address is either at its end, and then the step's traffic is admitted, or it is not. What is left
  /// at the end is a gap, if there is such an address.
  std::optional<Gap> search(std::size_t next, const Conditions& conditions, const net::Traffic& left) {
    if (left.empty() || impossible(conditions)) return std::nullopt;
    while (next < steps_.size() && !steps_[next]->traffic.overlaps(left)) ++next;
    if (next == steps_.size()) return Gap{.traffic = left, .solution = relation_.addresses().solve({conditions})};
    const Step& step = *steps_[next];
    const net::Traffic less = left.without(step.traffic);
    if (is_member(by_source_ ? step.from : step.to)) return search(next + 1, conditions, less);
    std::optional<Gap> unclear;
    const auto look = [&](const Alternatives& alternatives, const net::Traffic& traffic) {
      for (const Conditions& more : both({conditions}, alternatives)) {
        auto gap = search(next + 1, more, traffic);
        if (gap && gap->solution.feasible == Feasible::Yes) return gap;
        if (gap) unclear = std::move(gap);
      }
      return std::optional<Gap>();
    };
    if (auto gap = look(relation_.outside(step, by_source_), left)) return gap;
    if (auto gap = look(relation_.inside(step, by_source_), less)) return gap;
    return unclear;
  }

  const Relation& relation_;
  const Endpoint& from_;
  const Endpoint& to_;
  bool by_source_;  ///< the end that is addresses is the source
  std::vector<const Step*> steps_;
  std::vector<const Step*> near_;
};

bool has_members(const model::Design& design, const Endpoint& endpoint) {
  const auto* group = std::get_if<model::GroupId>(&endpoint);
  return group == nullptr || design.groups[*group].scale.max > 0;
}

/// From one member to another takes two.
bool is_alone(const model::Design& design, const Endpoint& from, const Endpoint& to) {
  const auto* group = std::get_if<model::GroupId>(&from);
  return group != nullptr && from == to && design.groups[*group].scale.max < 2;
}

Outcome refuted(const Relation& relation, const Endpoint& from, const Endpoint& to, const GapSearch::Gap& gap,
                const std::vector<const Step*>& near) {
  const model::Design& design = relation.design();
  const net::Address address = gap.solution.instance.addresses.front();
  const auto text = [&](const Endpoint& end) {
    return is_member(end) ? model::name_of(design, end) : net::to_string(address);
  };
  return {.verdict = Verdict::Refuted,
          .witness = packet_text(text(from), text(to), gap.traffic),
          .values = values_text(design, gap.solution.instance),
          .steps = near,
          .missing = fmt::format("allow {} -> {} : {}", model::name_of(design, from), model::name_of(design, to),
                                 gap.traffic.is_all() ? "packets" : net::to_string(gap.traffic))};
}

}  // namespace

Outcome decide_always_packets(const Relation& relation, const Claim& claim) {
  const model::Design& design = relation.design();
  const net::Traffic traffic = claim.traffic.value_or(net::Traffic::all());
  bool said = false;
  Outcome open;
  for (const Endpoint& from : claim.from) {
    for (const Endpoint& to : claim.to) {
      // Between two places outside there is nothing of the design.
      if (!is_member(from) && !is_member(to)) continue;
      if (!has_members(design, from) || !has_members(design, to) || is_alone(design, from, to)) continue;
      GapSearch search(relation, claim, from, to);
      bool nobody = false;
      const auto gap = search.find(traffic, nobody);
      said = said || !nobody;
      if (gap && gap->solution.feasible == Feasible::Yes) return refuted(relation, from, to, *gap, search.near());
      if (gap) {
        open.verdict = Verdict::Undecided;
        open.witness = fmt::format("the bounds of the parameters do not tell whether every address of `{}` is admitted",
                                   model::name_of(design, is_member(from) ? to : from));
      }
    }
  }
  if (said) return open;
  return joins_nobody();
}

}  // namespace crenel::verify
