#include "compiler/verify/compare_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/base/text.h"
#include "compiler/model/data_paths.h"
#include "compiler/model/existing.h"

namespace crenel::verify {
namespace {

using Kind = Difference::Kind;
using model::Endpoint;

/// Differences of one kind, between the same two and by the same ways, are one.
class DataFindings {
 public:
  Difference& at(Kind kind, const std::string& from, const std::string& to, const std::string& values,
                 const std::string& why, std::string_view action) {
    const auto [place, fresh] = index_.try_emplace({kind, from, to, values, why}, found_.size());
    if (fresh) {
      found_.push_back({.difference = {}, .actions = {}});
      Difference& made = found_.back().difference;
      made.kind = kind;
      made.data = true;
      made.from = from;
      made.to = to;
      made.values = values;
      made.why = why;
    }
    Found& found = found_[place->second];
    const std::string word(action);
    if (std::find(found.actions.begin(), found.actions.end(), word) == found.actions.end()) {
      found.actions.push_back(word);
    }
    return found.difference;
  }

  void take(std::vector<Difference>& out) {
    for (Found& found : found_) {
      found.difference.traffic = base::join(found.actions, ", ");
      found.difference.packet =
          fmt::format("{} -> {} : {}", found.difference.from, found.difference.to, found.difference.traffic);
      out.push_back(std::move(found.difference));
    }
  }

 private:
  struct Found {
    Difference difference;
    std::vector<std::string> actions;
  };
  std::vector<Found> found_;
  std::map<std::tuple<Kind, std::string, std::string, std::string, std::string>, std::size_t> index_;
};

class Comparer {
 public:
  Comparer(const model::Design& design, const estate::Estate& estate, const BlockFamily& family)
      : design_(design), estate_(estate), family_(family), relation_(design, estate, family) {}

  std::vector<Difference> run() {
    unmatched();
    for (const auto id : estate_.services.ids()) weaknesses(id);
    for (const Endpoint& end : model::declared_endpoints(design_)) attributes(end);
    for (const auto id : estate_.private_paths.ids()) path(id);
    for (const estate::Access& access : estate_.accesses) beyond(access);
    for (const model::DataFlow& flow : design_.data_flows) admitted(flow);
    findings_.take(out_);
    for (Difference& each : compare_flow_logs(design_, estate_, names())) out_.push_back(std::move(each));
    for (Difference& each : compare_guards(design_, estate_, names())) out_.push_back(std::move(each));
    return std::move(out_);
  }

 private:
  [[nodiscard]] const DataNames& names() const { return relation_.names(); }

  void about(Kind kind, std::string name, std::string why, const estate::Place& place) {
    Difference made;
    made.kind = kind;
    made.data = true;
    made.from = std::move(name);
    made.why = std::move(why);
    made.place = place;
    out_.push_back(std::move(made));
  }

  // ---- things of one side alone
  void unmatched() {
    for (const auto id : estate_.services.ids()) {
      const estate::Service& service = estate_.services[id];
      // A function or a group with an interface is told as that.
      const bool implied = names().is_token(id, {}) || names().is_own_key(id) || undoes(id);
      if (!names().service(id) && !service.interface && !implied)
        about(Kind::Undeclared, service.name, "", service.place);
    }
    for (const auto id : estate_.identities.ids()) {
      const estate::Identity& identity = estate_.identities[id];
      const bool used = !identity.interfaces.empty() || !identity.functions.empty();
      if (!used && !names().is_named(id)) about(Kind::Undeclared, identity.name, "", identity.place);
    }
    for (const auto id : estate_.private_paths.ids()) {
      const estate::PrivatePath& each = estate_.private_paths[id];
      if (!names().path(id)) about(Kind::Undeclared, each.name, "", each.place);
    }
    for (const auto id : estate_.interfaces.ids()) {
      const estate::Interface& interface = estate_.interfaces[id];
      if (interface.role != estate::Role::Service || names().path_at(id) || estate::is_needed(estate_, id)) continue;
      about(Kind::Undeclared, interface.name, "", interface.place);
    }
    for (const Endpoint& end : model::declared_endpoints(design_)) {
      const bool group = std::holds_alternative<model::GroupId>(end);
      // What is made elsewhere need not be spoken of.
      if (model::existing_of(design_, end) != nullptr && !model::is_used(design_, end)) continue;
      if (kind_of(end) && !group && names().services(end).empty()) {
        about(Kind::Missing, model::name_of(design_, end), "", {});
      }
    }
  }

  /// It is a part of a guard, which is compared as that.
  [[nodiscard]] bool undoes(estate::ServiceId service) const {
    return std::any_of(estate_.guards.begin(), estate_.guards.end(),
                       [&](const estate::Guard& guard) { return guard.undoing && guard.undoing->function == service; });
  }

  [[nodiscard]] model::NetworkId network(const model::PrivatePath& path) const {
    return design_.tiers[path.tier].network;
  }

  static bool lists(const model::PrivatePath& path, const Endpoint& service) {
    return std::any_of(path.services.begin(), path.services.end(),
                       [&](const auto& each) { return model::endpoint_of(each) == service; });
  }

  void path(estate::PathId id) {
    const auto declared = names().path(id);
    if (!declared) return;
    const model::PrivatePath& promised = design_.private_paths[*declared];
    const estate::PrivatePath& made = estate_.private_paths[id];
    const std::string name = model::to_string(promised.origin.path);
    if (made.others) about(Kind::Weaker, name, "leads to services that the template does not make", made.place);
    for (const auto service : made.services) {
      const auto end = names().service(service);
      // The near end may be that of other tiers of the network, too.
      const bool meant = end && std::any_of(design_.private_paths.begin(), design_.private_paths.end(),
                                            [&](const model::PrivatePath& other) {
                                              return network(other) == network(promised) && lists(other, *end);
                                            });
      if (!meant) about(Kind::Weaker, name, fmt::format("leads to `{}` too", names().text(service)), made.place);
    }
  }

  // ---- what a service must keep to
  void weaknesses(estate::ServiceId id) {
    for (const estate::Weakness& weak : estate_.services[id].weaknesses) {
      const estate::Place& place = weak.place.path.empty() ? estate_.services[id].place : weak.place;
      const std::string name = names().text(id);
      if (weak.sure) {
        about(Kind::Weaker, name, weak.what, place);
      } else {
        about(Kind::Undecided, name, fmt::format("it is not known whether `{}` {}", name, weak.what), place);
      }
    }
  }

  void attributes(const Endpoint& end) {
    const auto services = names().services(end);
    if (services.empty() || model::existing_of(design_, end) != nullptr) return;
    if (const auto vault = key_of(end)) {
      for (const auto id : services) key(id, *vault);
    }
    if (const auto* store = std::get_if<model::StoreId>(&end)) {
      const model::Store& promised = design_.stores[*store];
      number(services, days(promised.archive_after_seconds), &estate::Service::archive_after_days,
             "moves objects to the archive after {} days", "moves no object to the archive");
      marks(services, end);
      number(services, days(promised.lock_seconds), &estate::Service::lock_days, "locks objects for {} days",
             "locks no object");
    }
    if (const auto* queue = std::get_if<model::QueueId>(&end)) {
      const model::Queue& promised = design_.queues[*queue];
      number(services, promised.retry, &estate::Service::tries, "lays a message aside after {} tries",
             "lays no message aside");
      // Without a word of the design, what the provider does by itself.
      if (promised.retain_seconds) {
        number(services, promised.retain_seconds, &estate::Service::retain_seconds, "keeps a message for {} seconds",
               "keeps a message for as long as the provider likes");
      }
    }
  }

  /// Who may archive an object marks it, and a rule of the store has to follow the mark.
  void marks(const std::vector<estate::ServiceId>& services, const Endpoint& store) {
    const bool asked = std::any_of(design_.data_flows.begin(), design_.data_flows.end(), [&](const auto& flow) {
      return flow.to == store && !model::intersected(flow.actions, {model::DataAction::Archive}).empty();
    });
    const bool kept = std::any_of(services.begin(), services.end(),
                                  [&](estate::ServiceId id) { return estate_.services[id].archives_marked; });
    if (!asked || kept) return;
    about(Kind::Weaker, names().text(services.front()), "moves no marked object to the archive",
          estate_.services[services.front()].place);
  }

  [[nodiscard]] std::optional<model::VaultId> key_of(const Endpoint& end) const {
    if (const auto* id = std::get_if<model::StoreId>(&end)) return design_.stores[*id].key;
    if (const auto* id = std::get_if<model::QueueId>(&end)) return design_.queues[*id].key;
    if (const auto* id = std::get_if<model::TopicId>(&end)) return design_.topics[*id].key;
    if (const auto* id = std::get_if<model::TableId>(&end)) return design_.data_tables[*id].key;
    return std::nullopt;
  }

  void key(estate::ServiceId id, model::VaultId vault) {
    const auto& key = estate_.services[id].key;
    if (key && names().service(*key) == Endpoint(vault)) return;
    about(Kind::Weaker, names().text(id),
          fmt::format("is not encrypted with a key of `{}`", model::name_of(design_, vault)),
          estate_.services[id].place);
  }

  static std::optional<std::int64_t> days(const std::optional<std::int64_t>& seconds) {
    return seconds ? std::optional(*seconds / model::kSecondsPerDay) : std::nullopt;
  }

  /// One of the resources keeps the promise: a place for messages that were laid aside need not.
  template <class Promised, class Kept>
  void number(const std::vector<estate::ServiceId>& services, const Promised& promised, Kept estate::Service::*kept,
              fmt::format_string<std::int64_t> says, const char* says_none) {
    const bool held = std::any_of(services.begin(), services.end(),
                                  [&](estate::ServiceId id) { return same(promised, estate_.services[id].*kept); });
    if (held) return;
    const estate::Service& service = estate_.services[services.front()];
    const auto& found = service.*kept;
    const std::string is = found ? fmt::format(says, static_cast<std::int64_t>(*found)) : std::string(says_none);
    const std::string should =
        promised ? fmt::format(says, static_cast<std::int64_t>(*promised)) : std::string(says_none);
    about(Kind::Weaker, names().text(services.front()), fmt::format("{}; the design says that it {}", is, should),
          service.place);
  }
  template <class A, class B>
  static bool same(const std::optional<A>& a, const std::optional<B>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return static_cast<std::int64_t>(*a) == static_cast<std::int64_t>(*b);
  }

  // ---- what is admitted
  void beyond(const estate::Access& access) {
    for (const Request& request : relation_.requests(access)) {
      const bool reads = access.actions == std::vector<estate::Action>{estate::Action::Read};
      if (reads && request.from && names().is_token(access.service, request.from)) continue;
      for (const estate::Action action : access.actions) {
        const auto flows = relation_.flows(request, access, action);
        if (flows.empty()) {
          differ(access, request, action, Kind::Wider, "", {});
          continue;
        }
        const auto ways = relation_.beyond(access, flows);
        if (!ways.surely.empty()) differ(access, request, action, Kind::Wider, ways.surely, flows);
        if (!ways.perhaps.empty()) differ(access, request, action, Kind::Undecided, ways.perhaps, flows);
      }
    }
  }

  void differ(const estate::Access& access, const Request& request, estate::Action action, Kind kind,
              const std::string& values, const std::vector<std::size_t>& flows) {
    std::string why = access.doubt;
    if (kind == Kind::Undecided && why.empty()) why = "the parameters do not tell whether these are the declared ones";
    const Kind known = access.doubt.empty() ? kind : Kind::Undecided;
    Difference& difference = findings_.at(known, request.name, names().text(access.service), values, why, word(action));
    if (difference.place.path.empty()) difference.place = access.place;
    if (difference.steps.empty()) difference.steps = {{.what = "this grants it", .place = access.place}};
    declare(difference, flows);
  }

  void declare(Difference& difference, const std::vector<std::size_t>& flows) const {
    for (const std::size_t flow : flows) {
      const auto statement = design_.data_flows[flow].statement;
      auto& all = difference.statements;
      if (std::find(all.begin(), all.end(), statement) == all.end()) all.push_back(statement);
    }
  }

  void admitted(const model::DataFlow& flow) {
    if (names().services(flow.to).empty() || is_missing(flow.from)) return;  // told as missing
    for (const model::DataAction action : flow.actions) {
      const auto verdict = relation_.admits(flow, action);
      if (verdict.sure == DataRelation::Sure::Yes) continue;
      const bool no = verdict.sure == DataRelation::Sure::No;
      Difference& difference = findings_.at(no ? Kind::Narrower : Kind::Undecided, model::name_of(design_, flow.from),
                                            model::name_of(design_, flow.to), "", no ? "" : verdict.why, word(action));
      if (verdict.nearest && difference.place.path.empty()) difference.place = *verdict.nearest;
      if (difference.steps.empty()) {
        const char* what = verdict.by.empty() ? "no statement of the template grants it by the declared way"
                                              : "this grants it in part, or perhaps";
        difference.steps = {{.what = what, .place = difference.place}};
      }
      const auto statement = flow.statement;
      if (std::find(difference.statements.begin(), difference.statements.end(), statement) ==
          difference.statements.end()) {
        difference.statements.push_back(statement);
      }
    }
  }

  /// Nobody is there to act.
  [[nodiscard]] bool is_missing(const Endpoint& from) const {
    if (model::is_place(from)) return false;
    if (model::is_service(from)) return names().services(from).empty();
    return names().actors_of(from).empty();
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  DataRelation relation_;
  DataFindings findings_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> compare_data(const model::Design& design, const estate::Estate& estate,
                                     const BlockFamily& family) {
  return Comparer(design, estate, family).run();
}

}  // namespace crenel::verify
