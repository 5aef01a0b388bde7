#include "compiler/verify/ask_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/verify/claims.h"
#include "compiler/verify/data_claims.h"

namespace crenel::verify {
namespace {

using model::DataAction;
using model::DataActions;
using model::Endpoint;

void add(DataActions& all, DataAction action) { all = model::united(all, {action}); }

class DataAsker {
 public:
  DataAsker(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
            const model::Claim& question)
      : design_(design),
        estate_(estate),
        family_(family),
        question_(question),
        data_(design, estate, family),
        relation_(design, requests_of(design, estate, family)) {}

  Answer run() {
    for (const Endpoint& from : question_.from) {
      for (const Endpoint& to : question_.to) pair(from, to);
    }
    answer_.admitted = model::to_string(admitted_);
    answer_.stopped = model::to_string(stopped_);
    answer_.verdict = answer_.undecided                    ? Answer::Verdict::Undecided
                      : answer_.through && answer_.blocked ? Answer::Verdict::Partly
                      : answer_.through                    ? Answer::Verdict::Admitted
                      : answer_.blocked                    ? Answer::Verdict::Stopped
                                                           : Answer::Verdict::Nobody;
    return std::move(answer_);
  }

 private:
  [[nodiscard]] DataActions asked(const Endpoint& to) const {
    if (!question_.traffic && std::holds_alternative<model::GroupId>(to)) return {};
    return claimed_actions(question_, to);
  }

  /// One action between two ends, as the two claims decide it: is it admitted to all of them, and to any?
  void pair(const Endpoint& from, const Endpoint& to) {
    for (const DataAction action : asked(to)) {
      if (from == to) continue;
      model::Claim one;
      one.from = {from};
      one.to = {to};
      one.traffic = net::Traffic();
      one.actions = {action};
      const Outcome any = decide_never(relation_, one);
      const bool place = model::is_place(from) && !std::holds_alternative<model::SiteId>(from);
      Outcome all = place ? decide_place(any) : decide_always_requests(relation_, one);
      if (all.verdict == Verdict::Vacuous) continue;  // nobody could
      if (any.verdict == Verdict::Undecided || all.verdict == Verdict::Undecided) {
        undecided(any.verdict == Verdict::Undecided ? any : all, from, to, action);
        continue;
      }
      if (any.verdict == Verdict::Refuted) through(any, from, to, action);
      if (all.verdict == Verdict::Refuted) blocked(all, from, to, action);
    }
  }

  /// Of the Internet and of blocks: all of them may when whoever it is may from anywhere.
  [[nodiscard]] static Outcome decide_place(const Outcome& any) {
    Outcome out;
    if (any.verdict == Verdict::Undecided) return any;
    const bool everybody = !any.steps.empty() && any.steps.front()->requester &&
                           any.steps.front()->requester->identities.empty() &&
                           any.steps.front()->requester->addresses.empty();
    if (!everybody) out.verdict = Verdict::Refuted;
    return out;
  }

  [[nodiscard]] std::string request(const Endpoint& from, const Endpoint& to, DataAction action) const {
    return fmt::format("{} -> {} : {}", model::name_of(design_, from), model::name_of(design_, to),
                       model::word(action));
  }

  [[nodiscard]] std::vector<model::StatementId> statements(const Endpoint& from, const Endpoint& to,
                                                           DataAction action) const {
    std::vector<model::StatementId> out;
    for (const model::DataFlow& flow : design_.data_flows) {
      const bool here = flow.from == from && flow.to == to && !model::intersected(flow.actions, {action}).empty();
      if (here && std::find(out.begin(), out.end(), flow.statement) == out.end()) out.push_back(flow.statement);
    }
    return out;
  }

  void through(const Outcome& outcome, const Endpoint& from, const Endpoint& to, DataAction action) {
    add(admitted_, action);
    if (answer_.through) return;
    answer_.through = Example{.packet = outcome.witness,
                              .values = outcome.values,
                              .steps = granted(*outcome.steps.front()),
                              .statements = statements(from, to, action)};
  }

  void blocked(const Outcome& outcome, const Endpoint& from, const Endpoint& to, DataAction action) {
    add(stopped_, action);
    if (answer_.blocked) return;
    answer_.blocked = Example{.packet = outcome.witness.empty() ? request(from, to, action) : outcome.witness,
                              .values = outcome.values,
                              .steps = stopped(from, to),
                              .statements = statements(from, to, action)};
  }

  void undecided(const Outcome& outcome, const Endpoint& from, const Endpoint& to, DataAction action) {
    if (answer_.undecided) return;
    Example example{.packet = request(from, to, action), .values = {}, .steps = {}, .statements = {}};
    example.steps.push_back({.what = outcome.witness, .place = {}});
    for (const Step* step : outcome.steps) example.steps.push_back({.what = "this grants it", .place = step->place});
    answer_.undecided = std::move(example);
  }

  // ---- in words
  /// Who it is in the template, what grants it, and the way.
  [[nodiscard]] std::vector<reach::Step> granted(const Step& step) const {
    std::vector<reach::Step> out;
    for (const estate::Access& access : estate_.accesses) {
      if (access.place.path != step.place.path || data_.names().service(access.service) != step.to) continue;
      if (const auto* id = std::get_if<estate::IdentityId>(&access.who)) {
        out.push_back({.what = fmt::format("it acts as `{}`", estate_.identities[*id].name),
                       .place = estate_.identities[*id].place});
      }
      out.push_back({.what = fmt::format("this grants {} of `{}`", words(access), data_.names().text(access.service)),
                     .place = access.place});
      if (access.anywhere) out.push_back({.what = "requests may come from anywhere", .place = {}});
      for (const auto path : access.paths) {
        out.push_back({.what = fmt::format("requests come by `{}`", estate_.private_paths[path].name),
                       .place = estate_.private_paths[path].place});
      }
      for (const auto& block : access.from) {
        out.push_back({.what = fmt::format("requests come from {}", family_.text(block)), .place = {}});
      }
      break;
    }
    return out;
  }

  static std::string words(const estate::Access& access) {
    std::string out;
    for (const estate::Action action : access.actions) out += (out.empty() ? "" : ", ") + std::string(word(action));
    return out;
  }

  /// What the source is granted instead; else that nothing is.
  [[nodiscard]] std::vector<reach::Step> stopped(const Endpoint& from, const Endpoint& to) const {
    std::vector<reach::Step> out;
    const std::string name = model::name_of(design_, to);
    const auto services = data_.names().services(to);
    if (services.empty()) return {{.what = fmt::format("the template makes nothing of `{}`", name), .place = {}}};
    for (const estate::Access& access : estate_.accesses) {
      if (std::find(services.begin(), services.end(), access.service) == services.end()) continue;
      for (const Request& request : data_.requests(access)) {
        if (request.from != from) continue;
        out.push_back({.what = fmt::format("it is granted {} of `{}`, and nothing else", words(access), name),
                       .place = access.place});
      }
    }
    if (out.empty()) {
      out.push_back({.what = fmt::format("nothing of the template grants it anything of `{}`", name),
                     .place = estate_.services[services.front()].place});
    }
    return out;
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  const model::Claim& question_;
  DataRelation data_;
  Relation relation_;
  DataActions admitted_;
  DataActions stopped_;
  Answer answer_;
};

std::string listed(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + ", " + b; }

}  // namespace

Answer ask_data(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
                const model::Claim& question) {
  if (question.traffic && question.actions.empty()) return {};
  return DataAsker(design, estate, family, question).run();
}

Answer together(Answer packets, Answer data) {
  using Kind = Answer::Verdict;
  if (data.verdict == Kind::Nobody) return packets;
  if (packets.verdict == Kind::Nobody) return data;
  Answer out;
  const bool open = packets.verdict == Kind::Undecided || data.verdict == Kind::Undecided;
  out.verdict = open ? Kind::Undecided : packets.verdict == data.verdict ? data.verdict : Kind::Partly;
  out.admitted = listed(packets.admitted, data.admitted);
  out.stopped = listed(packets.stopped, data.stopped);
  out.through = packets.through ? std::move(packets.through) : std::move(data.through);
  out.blocked = packets.blocked ? std::move(packets.blocked) : std::move(data.blocked);
  out.undecided = packets.undecided ? std::move(packets.undecided) : std::move(data.undecided);
  return out;
}

}  // namespace crenel::verify
