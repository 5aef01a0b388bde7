#include "compiler/sema/flow_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/flows.h"
#include "compiler/model/engines.h"
#include "compiler/sema/flow_data.h"
#include "compiler/sema/flow_denials.h"
#include "compiler/sema/flow_endpoints.h"
#include "compiler/sema/flow_obstacles.h"

namespace crenel::sema {
namespace {

using model::Endpoint;
using model::StatementId;

/// Equal for equal endpoints, and only for those.
std::string key_of(const model::Design& design, const Endpoint& end) {
  return fmt::format("{} {}", end.index(), model::name_of(design, end));
}

class FlowBuilder {
 public:
  explicit FlowBuilder(BuildContext& context) : context_(context), design_(context.design), denials_(context) {}

  std::vector<Passage> run() {
    for (const auto id : design_.balancers.ids()) {
      for (const model::Forward& forward : design_.balancers[id].forwards) imply(id, forward);
    }
    for (const auto id : design_.functions.ids()) {
      for (const auto store : design_.functions[id].on_created) imply(store, id);
    }
    for (const FlowLine& line : context_.in.flows) {
      if (!line.deny) add(line);
    }
    check_requests(context_, told_functions_);
    denials_.finish();
    return std::move(passages_);
  }

 private:
  /// One source, one destination, and what came of it.
  struct Pair {
    const Atom* from;
    const Atom* to;
    Candidate flow;
    std::variant<Passage, Obstacle> verdict;
    DataVerdict data;

    [[nodiscard]] bool carries() const { return std::holds_alternative<Passage>(verdict); }
    [[nodiscard]] bool possible() const { return carries() || std::holds_alternative<DataPassage>(data); }
    [[nodiscard]] const Obstacle& obstacle() const { return std::get<Obstacle>(verdict); }
  };

  // ---- forwards
  void imply(model::BalancerId balancer, const model::Forward& forward) {
    const Candidate flow{.from = balancer, .to = forward.target, .traffic = forward.to, .via = {}};
    const auto verdict = judge(design_, flow);
    if (const auto* obstacle = std::get_if<Obstacle>(&verdict)) {
      const FlowPlace place{.span = forward.span, .actions = {}, .via = {}, .from = forward.span, .to = forward.span};
      return report_obstacle(context_, place, flow, *obstacle);
    }
    if (const FlowLine* deny = denials_.first_against(flow)) return report_denied(balancer, forward, *deny);
    const auto same = std::find_if(design_.flows.begin(), design_.flows.end(), [&](const model::Flow& other) {
      return other.from == flow.from && other.to == flow.to && other.traffic == flow.traffic;
    });
    if (same != design_.flows.end()) return;  // two listeners, one way to the target
    const StatementId statement =
        design_.statements.add({.span = forward.span,
                                .text = fmt::format("{} -> {} : {}", model::name_of(design_, flow.from),
                                                    model::name_of(design_, flow.to), net::to_string(forward.to)),
                                .because = {},
                                .implied = true});
    keep(statement, flow, std::get<Passage>(verdict));
  }

  /// An event of a store starts a function.
  void imply(model::StoreId store, model::FunctionId function) {
    const base::Span span = design_.functions[function].origin.span;
    const std::string from = model::to_string(design_.stores[store].origin.path);
    const std::string to = model::to_string(design_.functions[function].origin.path);
    const model::DataActions invoke = {model::DataAction::Invoke};
    if (const FlowLine* deny = denials_.first_against(store, function, invoke)) {
      auto& report = context_.diagnostics.report(diagnostics::kTriggerDenied, span, from, to);
      report.notes.push_back({deny->span, "this deny takes it away"});
      report.help = "take the trigger away, or leave the store out of the deny: `any except …`";
      return;
    }
    const StatementId statement = design_.statements.add(
        {.span = span, .text = fmt::format("{} -> {} : invoke", from, to), .because = {}, .implied = true});
    design_.data_flows.push_back({.statement = statement, .from = store, .to = function, .actions = invoke});
  }

  void report_denied(model::BalancerId balancer, const model::Forward& forward, const FlowLine& deny) {
    auto& report = context_.diagnostics.report(diagnostics::kForwardDenied, forward.span,
                                               model::to_string(design_.balancers[balancer].origin.path),
                                               model::to_string(design_.groups[forward.target].origin.path));
    report.notes.push_back({deny.span, "this deny takes it away"});
    report.help = "take the `forward` away, or leave the balancer out of the deny: `any except …`";
  }

  // ---- flows as written
  void add(const FlowLine& line) {
    const EndpointSet from = expand(context_, line.from, Purpose::Grant);
    const EndpointSet to = expand(context_, line.to, Purpose::Grant);
    if (from.failed || to.failed || from.empty_on_purpose() || to.empty_on_purpose()) return;
    // Both sides are looked at: two empty names are two faults.
    const bool somebody = is_somebody(from, line.from);
    if (!is_somebody(to, line.to) || !somebody) return;
    if (!takes_all(line, to)) return;
    const std::vector<Pair> pairs = judge_all(line, from, to);
    if (pairs.empty() || !report_impossible(line, from, to, pairs)) return;
    keep_possible(line, pairs);
  }

  bool is_somebody(const EndpointSet& side, const Side& written) {
    bool somebody = true;
    for (const TermInfo& term : side.terms) {
      if (term.members != 0 || term.list) continue;
      context_.diagnostics.report(diagnostics::kNobody, term.span, term.text, "stands for nobody").help =
          "a flow needs a group or a balancer, a site or addresses";
      somebody = false;
    }
    if (somebody && side.atoms.empty()) {
      context_.diagnostics.report(diagnostics::kNobody, written.span, "after `except`,", "nobody is left");
      somebody = false;
    }
    return somebody;
  }

  /// Every data action is one that some destination takes.
  bool takes_all(const FlowLine& line, const EndpointSet& to) {
    for (const std::string& word : line.actions.data) {
      const auto action = model::data_action(word);
      const bool taken = action && std::any_of(to.atoms.begin(), to.atoms.end(), [&](const Atom& atom) {
                           return !model::intersected(model::actions_of(atom.endpoint), {*action}).empty();
                         });
      if (taken) continue;
      Actions wrong = line.actions;
      wrong.data = {word};
      report_data_obstacle(context_, place_of(line, to.atoms.front(), to.atoms.front()), to.atoms.front().endpoint,
                           to.atoms.front().endpoint, wrong, {.kind = DataObstacle::Kind::NotTaken, .text = {}});
      return false;
    }
    return true;
  }

  std::vector<Pair> judge_all(const FlowLine& line, const EndpointSet& from, const EndpointSet& to) {
    std::vector<model::Hop> via;
    for (const HopRef& hop : line.via) {
      const auto* id = std::get_if<DeclaredId>(&hop.node);
      const auto site = id == nullptr ? std::nullopt : context_.id_of<model::SiteId>(*id);
      const auto appliance = id == nullptr ? std::nullopt : context_.id_of<model::ApplianceId>(*id);
      if (id == nullptr) {
        via.emplace_back(model::ViaNat{});
      } else if (site) {
        via.emplace_back(*site);
      } else if (appliance) {
        via.emplace_back(*appliance);
      } else {
        return {};  // the hop was in error
      }
    }
    std::vector<Pair> pairs;
    for (const Atom& source : from.atoms) {
      for (const Atom& destination : to.atoms) {
        Candidate flow{source.endpoint, destination.endpoint, line.actions.traffic, via};
        if (line.actions.any) flow.traffic = everything_at(destination.endpoint);
        auto verdict = judge(design_, flow);
        auto data = judge_data(design_, source.endpoint, destination.endpoint, line.actions, via);
        pairs.push_back({&source, &destination, std::move(flow), std::move(verdict), std::move(data)});
      }
    }
    return pairs;
  }

  /// Every action that a destination takes: a balancer's and a database's are those it listens on.
  [[nodiscard]] net::Traffic everything_at(const Endpoint& destination) const {
    const auto* database = std::get_if<model::DatabaseId>(&destination);
    if (database != nullptr) return model::listened_on(*model::engine_named(design_.databases[*database].engine));
    const auto* balancer = std::get_if<model::BalancerId>(&destination);
    return balancer == nullptr ? net::Traffic::all() : listened_on(design_.balancers[*balancer]);
  }

  /// Reports named ends that cannot meet, and names of which nobody can take part. True when there was none.
  bool report_impossible(const FlowLine& line, const EndpointSet& from, const EndpointSet& to,
                         const std::vector<Pair>& pairs) {
    bool sound = true;
    for (const Pair& pair : pairs) {
      if (pair.possible() || !pair.from->named || !pair.to->named) continue;
      report(line, pair);
      sound = false;
    }
    if (!sound) return false;
    return everybody_takes_part(line, from, pairs, &Pair::from) && everybody_takes_part(line, to, pairs, &Pair::to);
  }

  bool everybody_takes_part(const FlowLine& line, const EndpointSet& side, const std::vector<Pair>& pairs,
                            const Atom* Pair::*end) {
    std::set<std::size_t> able;
    std::set<std::size_t> present;
    for (const Pair& pair : pairs) {
      present.insert((pair.*end)->term);
      if (pair.possible()) able.insert((pair.*end)->term);
    }
    for (const std::size_t term : present) {
      if (able.count(term) != 0) continue;
      report(line, telling(pairs, end, term), &side.terms[term]);
      return false;
    }
    return true;
  }

  /// Of the pairs of a term, the one whose obstacle tells most: not merely that two places are both outside.
  static const Pair& telling(const std::vector<Pair>& pairs, const Atom* Pair::*end, std::size_t term) {
    const Pair* first = nullptr;
    for (const Pair& pair : pairs) {
      if ((pair.*end)->term != term) continue;
      const ObstacleKind kind = pair.obstacle().kind;
      if (kind != ObstacleKind::OutsideDesign && kind != ObstacleKind::BalancerOpens) return pair;
      if (first == nullptr) first = &pair;
    }
    return *first;
  }

  static base::Span span_of(const std::vector<HopRef>& via) {
    base::Span span;
    for (const HopRef& hop : via) span = base::join(span, hop.span);
    return span;
  }

  static FlowPlace place_of(const FlowLine& line, const Atom& from, const Atom& to) {
    const auto at = [](const Side& side, const Atom& atom) {
      return atom.term < side.terms.size() ? side.terms[atom.term].span : side.span;
    };
    return {.span = line.span,
            .actions = line.actions.span,
            .via = span_of(line.via),
            .from = at(line.from, from),
            .to = at(line.to, to)};
  }

  void report(const FlowLine& line, const Pair& pair, const TermInfo* term = nullptr) {
    const FlowPlace place = place_of(line, *pair.from, *pair.to);
    const auto* data = std::get_if<DataObstacle>(&pair.data);
    if (data != nullptr && (model::is_service(pair.flow.to) || line.actions.traffic.empty()) && !line.actions.any) {
      return report_data_obstacle(context_, place, pair.flow.from, pair.flow.to, line.actions, *data);
    }
    if (data != nullptr && model::is_service(pair.flow.to)) {
      return report_data_obstacle(context_, place, pair.flow.from, pair.flow.to, line.actions, *data);
    }
    if (pair.obstacle().kind == ObstacleKind::FunctionOutside) told_functions_.push_back(*pair.obstacle().member);
    report_obstacle(context_, place, pair.flow, pair.obstacle(), term == nullptr || term->named ? "" : term->text);
  }

  // ---- what is kept
  void keep_possible(const FlowLine& line, const std::vector<Pair>& pairs) {
    StatementId statement;
    std::set<StatementId> warned;
    for (const Pair& pair : pairs) {
      if (pair.carries() && !keep_packets(line, pair, statement, warned)) return;
      if (const auto* data = std::get_if<DataPassage>(&pair.data)) keep_data(line, pair, *data, statement, warned);
    }
  }

  /// The line's own statement, once something comes of it.
  void state(const FlowLine& line, StatementId& statement) {
    if (statement.valid()) return;
    statement =
        design_.statements.add({.span = line.span, .text = line.text, .because = line.because, .implied = false});
  }

  /// False after an error.
  bool keep_packets(const FlowLine& line, const Pair& pair, StatementId& statement, std::set<StatementId>& warned) {
    for (const auto& [flow, passage] : left_of(line, pair)) {
      const bool again = warn_duplicate(line, flow, statement, warned);
      // A forward written out adds nothing: the implied flow stands.
      if (again && std::holds_alternative<model::BalancerId>(flow.from)) continue;
      if (!derive_routes(context_, passage, line.via.empty() ? line.span : span_of(line.via))) return false;
      state(line, statement);
      note_contact(passage, flow, line.span);
      keep(statement, flow, passage);
      if (!keep_legs(line, flow)) return false;
    }
    return true;
  }

  /// What the appliance on a flow's way takes and opens. False after an error.
  bool keep_legs(const FlowLine& line, const Candidate& flow) {
    for (const Candidate& leg : legs_of(flow)) {
      if (const FlowLine* deny = denials_.first_against(leg)) {
        auto& report = context_.diagnostics.report(diagnostics::kLegDenied, line.span,
                                                   model::name_of(design_, leg.from), model::name_of(design_, leg.to));
        report.notes.push_back({deny->span, "this deny takes it away"});
        report.help = "leave the appliance out of the deny: `any except …`, or name another way";
        return false;
      }
      const auto verdict = judge(design_, leg);  // `judge` of the whole has asked: there is a passage
      const auto& passage = std::get<Passage>(verdict);
      // first, because a flow that is there already may go another way
      if (!derive_routes(context_, passage, span_of(line.via))) return false;
      if (is_kept(leg)) continue;
      const StatementId statement =
          design_.statements.add({.span = line.span,
                                  .text = fmt::format("{} -> {} : {}", model::name_of(design_, leg.from),
                                                      model::name_of(design_, leg.to), net::to_string(leg.traffic)),
                                  .because = fmt::format("a part of the way of {}", line.text),
                                  .implied = true});
      keep(statement, leg, passage);
    }
    return true;
  }

  /// A flow that is there already, with all that the leg needs.
  [[nodiscard]] bool is_kept(const Candidate& leg) const {
    const auto found = by_ends_.find(key_of(design_, leg.from) + " > " + key_of(design_, leg.to));
    if (found == by_ends_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](std::size_t index) {
      const model::Flow& other = design_.flows[index];
      return other.traffic.contains(leg.traffic) && leaves_out_less(other.except, leg.except);
    });
  }

  void keep_data(const FlowLine& line, const Pair& pair, const DataPassage& passage, StatementId& statement,
                 std::set<StatementId>& warned) {
    model::DataFlow flow{.statement = {},
                         .from = pair.flow.from,
                         .to = pair.flow.to,
                         .actions = denials_.left_of(pair.flow.from, pair.flow.to, passage.actions),
                         .via = passage.via};
    if (flow.actions.empty()) return;
    for (const model::DataFlow& other : design_.data_flows) {
      const auto again = model::intersected(other.actions, flow.actions);
      if (other.from != flow.from || other.to != flow.to || again.empty() || other.statement == statement) continue;
      if (!warned.insert(other.statement).second) continue;
      context_.diagnostics
          .report(diagnostics::kDuplicateFlow, line.span,
                  fmt::format("`{} -> {} : {}`", model::name_of(design_, flow.from), model::name_of(design_, flow.to),
                              model::to_string(again)))
          .notes.push_back({design_.statements[other.statement].span, "it is here"});
    }
    if (const auto tier = model::tier_of(design_, flow.from); tier && !flow.via.empty()) {
      Passage by_nat;
      by_nat.tier = tier;
      by_nat.via = flow.via;
      if (!derive_routes(context_, by_nat, span_of(line.via))) return;
    }
    state(line, statement);
    flow.statement = statement;
    design_.data_flows.push_back(std::move(flow));
  }

  /// What no `deny` takes from a possible flow. A part of its addresses has a passage of its own: it may lie at the end
  /// of fewer links.
  std::vector<std::pair<Candidate, Passage>> left_of(const FlowLine& line, const Pair& pair) {
    const auto& whole = std::get<Passage>(pair.verdict);
    auto tier = model::tier_of(design_, pair.flow.from);
    if (!tier) tier = model::tier_of(design_, pair.flow.to);
    std::vector<std::pair<Candidate, Passage>> out;
    // A function in no tier goes all over the Internet, or nowhere.
    if (!tier) {
      if (denials_.first_meeting(pair.flow) == nullptr) out.emplace_back(pair.flow, whole);
      return out;
    }
    for (Candidate& piece : denials_.left_of(pair.flow, design_.tiers[*tier].network, line.span)) {
      if (piece.from == pair.flow.from && piece.to == pair.flow.to) {
        out.emplace_back(std::move(piece), whole);
        continue;
      }
      auto verdict = judge(design_, piece);
      // Addresses that are left and cannot be met at all (IPv6 ones) are no flow.
      if (auto* passage = std::get_if<Passage>(&verdict)) out.emplace_back(std::move(piece), std::move(*passage));
    }
    return out;
  }

  void keep(StatementId statement, Candidate flow, const Passage& passage) {
    for (const std::size_t index : by_ends_[key_of(design_, flow.from) + " > " + key_of(design_, flow.to)]) {
      set_apart(design_.flows[index], flow);
    }
    by_ends_[key_of(design_, flow.from) + " > " + key_of(design_, flow.to)].push_back(design_.flows.size());
    design_.flows.push_back({.statement = statement,
                             .from = flow.from,
                             .to = flow.to,
                             .traffic = flow.traffic,
                             .via = passage.via,
                             .except = flow.except});
    passages_.push_back(passage);
  }

  /// True when an earlier statement grants some of the flow. Said once for each two statements.
  bool warn_duplicate(const FlowLine& line, const Candidate& flow, StatementId own, std::set<StatementId>& warned) {
    const auto found = by_ends_.find(key_of(design_, flow.from) + " > " + key_of(design_, flow.to));
    if (found == by_ends_.end()) return false;
    for (const std::size_t index : found->second) {
      const model::Flow& other = design_.flows[index];
      if (other.statement == own || !other.traffic.overlaps(flow.traffic)) continue;
      if (!warned.insert(other.statement).second) return true;
      const auto text =
          fmt::format("`{} -> {} : {}`", model::name_of(design_, flow.from), model::name_of(design_, flow.to),
                      net::to_string(other.traffic.intersected(flow.traffic)));
      context_.diagnostics.report(diagnostics::kDuplicateFlow, line.span, text)
          .notes.push_back({design_.statements[other.statement].span,
                            design_.statements[other.statement].implied ? "this implies it" : "it is here"});
      return true;
    }
    return false;
  }

  void note_contact(const Passage& passage, const Candidate& flow, base::Span span) {
    for (const std::string& assumption : passage.assumptions) {
      auto& all = design_.assumptions;
      if (std::find(all.begin(), all.end(), assumption) == all.end()) all.push_back(assumption);
    }
    if (!passage.over_internet) return;
    Endpoint far = model::tier_of(design_, flow.from) ? flow.to : flow.from;
    if (const auto* site = std::get_if<model::SiteId>(&far)) far = model::root_of(design_, *site);
    if (std::holds_alternative<model::Internet>(far)) return;
    const model::NetworkId network = design_.tiers[*passage.tier].network;
    const auto same = std::find_if(context_.contacts.begin(), context_.contacts.end(), [&](const auto& contact) {
      return contact.network == network && contact.far_end == far;
    });
    if (same == context_.contacts.end()) context_.contacts.push_back({network, std::move(far), span, true});
  }

  BuildContext& context_;
  model::Design& design_;
  Denials denials_;
  std::vector<Endpoint> told_functions_;
  std::vector<Passage> passages_;  ///< parallel to the design's flows
  std::unordered_map<std::string, std::vector<std::size_t>> by_ends_;
};

}  // namespace

void build_flows(BuildContext& context) {
  const std::vector<Passage> passages = FlowBuilder(context).run();
  check_bypasses(context, passages);
}

}  // namespace crenel::sema
