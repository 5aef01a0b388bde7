#include "compiler/verify/data_claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/model/data_paths.h"
#include "compiler/verify/claims.h"

namespace crenel::verify {
namespace {

using model::Endpoint;

constexpr const char* kOpenWhence = "it is not known from which addresses these come";

class Requests {
 public:
  Requests(const model::Design& design, const estate::Estate& estate, const BlockFamily& family)
      : design_(design), estate_(estate), family_(family), relation_(design, estate, family) {}

  std::vector<Step> run() {
    for (const estate::Access& access : estate_.accesses) {
      const auto service = relation_.names().service(access.service);
      if (!service) continue;  // no claim speaks of it
      for (const Request& request : relation_.requests(access)) add(access, request, *service);
    }
    return std::move(out_);
  }

 private:
  void add(const estate::Access& access, const Request& request, const Endpoint& service) {
    Step step;
    step.to = service;
    step.doubt = access.doubt;
    step.place = access.place;
    for (const estate::Action action : access.actions) {
      if (const auto declared = action_of(action)) step.actions.push_back(*declared);
    }
    if (step.actions.empty()) return;
    const bool outside = !request.from || model::is_place(*request.from);
    step.from = request.from.value_or(model::Internet{});
    if (outside) step.requester = requester(access, request, step.doubt);
    step.way = way(access, outside);
    for (const std::size_t flow : declaring(access, request)) step.statement = design_.data_flows[flow].statement;
    out_.push_back(std::move(step));
  }

  /// The first that declares one of the actions.
  [[nodiscard]] std::vector<std::size_t> declaring(const estate::Access& access, const Request& request) const {
    for (const estate::Action action : access.actions) {
      auto flows = relation_.flows(request, access, action);
      if (flows.empty()) continue;
      flows.resize(1);
      return flows;
    }
    return {};
  }

  [[nodiscard]] Requester requester(const estate::Access& access, const Request& request, std::string& doubt) const {
    Requester out{.name = request.name, .identities = {}, .addresses = {}};
    if (const auto* named = std::get_if<estate::Named>(&access.who)) {
      out.identities = {identity(*named)};
    } else if (std::holds_alternative<estate::IdentityId>(access.who)) {
      out.identities = {request.name};  // no site's name
    }
    if (access.anywhere || !access.paths.empty()) return out;
    for (const estate::Block& block : access.from) {
      const auto base = family_.base_of(block);
      if (base && !block.part) {
        out.addresses.push_back(*base);
      } else if (doubt.empty()) {
        doubt = kOpenWhence;
      }
    }
    if (!doubt.empty()) out.addresses.clear();
    return out;
  }

  [[nodiscard]] model::Late<std::string> identity(const estate::Named& named) const {
    if (const auto* name = std::get_if<std::string>(&named.who)) return *name;
    for (const auto id : design_.parameters.ids()) {
      if (relation_.names().is(named.who, model::Late<std::string>(id))) return id;
    }
    return relation_.names().text(estate::Who(named));
  }

  [[nodiscard]] std::string way(const estate::Access& access, bool outside) const {
    if (std::holds_alternative<estate::ServiceId>(access.who)) return " by an event";
    if (access.anywhere) return outside ? " from anywhere" : "";
    std::vector<std::string> ways;
    for (const auto path : access.paths) ways.push_back(estate_.private_paths[path].name);
    return ways.empty() ? "" : " by " + base::list_in_words(ways, "or");
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  DataRelation relation_;
  std::vector<Step> out_;
};

bool is_about_data(const model::Claim& claim) { return !claim.traffic || !claim.actions.empty(); }

}  // namespace

std::vector<Step> requests_of(const model::Design& design, const estate::Estate& estate, const BlockFamily& family) {
  return Requests(design, estate, family).run();
}

std::vector<OpenClaim> open_claims(const model::Design& design, const estate::Estate& estate,
                                   const BlockFamily& family) {
  std::vector<OpenClaim> out;
  if (estate.services.empty()) return out;
  const Relation relation(design, requests_of(design, estate, family));
  for (std::size_t i = 0; i < design.claims.size(); ++i) {
    if (!is_about_data(design.claims[i])) continue;
    const Outcome outcome = decide(relation, design.claims[i]);
    if (outcome.verdict != Verdict::Refuted && outcome.verdict != Verdict::Undecided) continue;
    OpenClaim open{.claim = i, .verdict = outcome.verdict, .witness = outcome.witness + outcome.values, .place = {}};
    for (const Step* step : outcome.steps) {
      if (!step->place.path.empty()) open.place = step->place;
    }
    out.push_back(std::move(open));
  }
  return out;
}

}  // namespace crenel::verify
