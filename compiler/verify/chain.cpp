#include <algorithm>
#include <deque>
#include <map>

#include "compiler/verify/claims.h"

namespace crenel::verify {
namespace {

using model::Claim;
using model::Endpoint;

/// Chains of steps from one side to the other, shortest first. Between the ends stand things that run code only: a
/// site is where a chain begins or ends, never where it passes, and so is a service, which keeps what it is given until
/// somebody comes for it. A function is called, and runs; a group that is started runs nothing of the caller's.
class ChainSearch {
 public:
  ChainSearch(const Relation& relation, const Claim& claim)
      : relation_(relation), claim_(claim), from_(relation, claim.from), to_(relation, claim.to) {
    for (std::size_t i = 0; i < relation.steps().size(); ++i) {
      const Step& step = relation.steps()[i];
      // A chain that passes the hops anywhere is one that the claim excepts.
      if (!claim.via.empty() && passes(step.via, claim.via)) continue;
      if (const auto* group = std::get_if<model::GroupId>(&step.from)) from_group_[*group].push_back(i);
      if (const auto* balancer = std::get_if<model::BalancerId>(&step.from)) from_balancer_[*balancer].push_back(i);
      if (const auto* function = std::get_if<model::FunctionId>(&step.from)) from_function_[*function].push_back(i);
      if (const auto* appliance = std::get_if<model::ApplianceId>(&step.from)) {
        from_appliance_[*appliance].push_back(i);
      }
      usable_.push_back(i);
    }
  }

  Outcome run() {
    // Members start together. Addresses start one step at a time: what is asked of the first address and of the last
    // must go together.
    std::vector<std::size_t> members;
    for (const std::size_t i : usable_) {
      const Step& step = relation_.steps()[i];
      const Alternatives starts = from_.meet(step, true);
      if (starts.empty()) continue;
      if (!model::is_place(step.from)) {
        members.push_back(i);
      } else if (search({i}, starts)) {
        return outcome_;
      }
    }
    if (!members.empty() && search(members, {{}})) return outcome_;
    for (const std::size_t i : usable_) consider(i);
    return unclear_.empty() ? outcome_ : undecided(relation_, unclear_);
  }

 private:
  /// Chains that begin with a step of which it is not known whether it is the claim's.
  void consider(std::size_t first) {
    const Alternatives starts = from_.may_meet(relation_.steps()[first], true);
    if (starts.empty() || !search({first}, starts)) return;
    unclear_.push_back(&relation_.steps()[first]);
    outcome_ = {};
  }

  [[nodiscard]] static bool leads_on(const Step& step) {
    return !step.is_request() || std::holds_alternative<model::FunctionId>(step.to);
  }

  /// Breadth first; true when a chain was found, which is then in `outcome_`.
  bool search(const std::vector<std::size_t>& first, const Alternatives& starts) {
    std::map<std::size_t, std::size_t> before;  // the step that led to a step; itself for a first one
    std::deque<std::size_t> queue;
    for (const std::size_t i : first) {
      before.emplace(i, i);
      queue.push_back(i);
    }
    for (; !queue.empty(); queue.pop_front()) {
      const std::size_t at = queue.front();
      if (arrives(at, before, starts)) return true;
      if (!leads_on(relation_.steps()[at])) continue;
      for (const std::size_t next : steps_from(relation_.steps()[at].to)) {
        if (before.emplace(next, at).second) queue.push_back(next);
      }
    }
    return false;
  }

  [[nodiscard]] const std::vector<std::size_t>& steps_from(const Endpoint& end) const {
    static const std::vector<std::size_t> none;
    const auto in = [](const auto& table, const auto* id) -> const std::vector<std::size_t>& {
      if (id == nullptr) return none;
      const auto found = table.find(*id);
      return found == table.end() ? none : found->second;
    };
    if (const auto* group = std::get_if<model::GroupId>(&end)) return in(from_group_, group);
    if (const auto* function = std::get_if<model::FunctionId>(&end)) return in(from_function_, function);
    if (const auto* appliance = std::get_if<model::ApplianceId>(&end)) return in(from_appliance_, appliance);
    return in(from_balancer_, std::get_if<model::BalancerId>(&end));
  }

  bool arrives(std::size_t last, const std::map<std::size_t, std::size_t>& before, const Alternatives& starts) {
    const Step& step = relation_.steps()[last];
    if (!in_claim(claim_, step)) return false;
    for (const Conditions& target : to_.meet(step, false)) {
      for (const Conditions& source : starts) {
        const Solution solution = relation_.addresses().solve({source, target});
        const Step* doubtful = first_doubtful(last, before);
        if (is_open(doubtful != nullptr ? *doubtful : step, solution.feasible)) {
          unclear_.push_back(doubtful != nullptr ? doubtful : &step);
        }
        if (solution.feasible != Feasible::Yes || doubtful != nullptr) continue;
        tell(last, before, solution.instance, !source.empty());
        return true;
      }
    }
    return false;
  }

  /// A step of the chain that may work or not.
  [[nodiscard]] const Step* first_doubtful(std::size_t last, const std::map<std::size_t, std::size_t>& before) const {
    for (std::size_t at = last;; at = before.at(at)) {
      const Step& step = relation_.steps()[at];
      if (!step.doubt.empty()) return &step;
      if (before.at(at) == at) return nullptr;
    }
  }

  void tell(std::size_t last, const std::map<std::size_t, std::size_t>& before, const Instance& instance,
            bool at_address) {
    std::vector<std::size_t> path = {last};
    while (before.at(path.back()) != path.back()) path.push_back(before.at(path.back()));
    std::reverse(path.begin(), path.end());
    outcome_ = {.verdict = Verdict::Refuted,
                .witness = {},
                .values = values_text(relation_.design(), instance),
                .steps = {},
                .missing = {}};
    for (const std::size_t i : path) {
      const Step& step = relation_.steps()[i];
      if (!outcome_.witness.empty()) outcome_.witness += ", ";
      outcome_.witness +=
          step_text(relation_, i == last ? in_claim(claim_, step).value_or(step) : step,
                    {.from = instance.addresses[0], .to = instance.addresses[1], .at_address = at_address});
      outcome_.steps.push_back(&step);
    }
  }

  const Relation& relation_;
  const Claim& claim_;
  Side from_;
  Side to_;
  std::vector<std::size_t> usable_;
  std::map<model::GroupId, std::vector<std::size_t>> from_group_;
  std::map<model::BalancerId, std::vector<std::size_t>> from_balancer_;
  std::map<model::FunctionId, std::vector<std::size_t>> from_function_;
  std::map<model::ApplianceId, std::vector<std::size_t>> from_appliance_;
  Outcome outcome_;
  std::vector<const Step*> unclear_;
};

}  // namespace

Outcome decide_chain(const Relation& relation, const Claim& claim) { return ChainSearch(relation, claim).run(); }

}  // namespace crenel::verify
