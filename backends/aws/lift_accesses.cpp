#include <algorithm>
#include <map>
#include <utility>

#include "backends/aws/lift_callers.h"
#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Access;
using estate::Action;
using ServiceKind = estate::Service::Kind;

constexpr const char* kWhom = "whom a statement means is not known";

/// One question: may the caller do an action with what a holder holds, by one way?
class Permission {
 public:
  Permission(Reading& reading, const DataReading& data) : reading_(reading), data_(data), judge_(reading) {}

  /// `with_own`: what the policies of a named caller may say counts, too; without it only what the holder itself says.
  [[nodiscard]] Finding of(const Caller& caller, const Holder& holder, const ProviderAction& action, const Way& way,
                           bool with_own = true) {
    const std::string text(action.name);
    if (way.kind == Way::Kind::Path && text.substr(0, text.find(':')) != path_of(way).word) return sure(false);
    const ServiceKind kind = reading_.estate.services[holder.service].kind;
    // What somebody else's own policies say of administration, or of what has no policy, closes nothing here.
    const bool own =
        caller.kind != Caller::Kind::Named ||
        (action.action != Action::Administer && kind != ServiceKind::Function && kind != ServiceKind::Group);
    const Request request{.who = &caller,
                          .action = text,
                          .resource = resource_text(judge_, holder, action.on_parts),
                          .way = way,
                          .own = own && with_own,
                          .by = {}};
    Finding found = permitted(request, holder);
    if (found.truth != Truth::No && way.kind == Way::Kind::Path) found = both(found, by_path(request, path_of(way)));
    if (found.truth == Truth::No || holder.key == nullptr) return found;
    const Holder* key = data_.holder(holder.key);
    if (key == nullptr) return found;
    for (const std::string_view needed : needed_of_key(action)) {
      const Request of_key{.who = &caller,
                           .action = std::string(needed),
                           .resource = arn_of(judge_, *key),
                           .way = {},
                           .own = own,
                           .by = service_word(kind, action.action)};
      found = both(found, permitted(of_key, *key));
    }
    return found;
  }

  /// The statement that allows it, for messages.
  [[nodiscard]] const PolicyStatement* grounds(const Caller& caller, const Holder& holder, const ProviderAction& action,
                                               const Way& way) {
    const Request request{.who = &caller,
                          .action = std::string(action.name),
                          .resource = resource_text(judge_, holder, action.on_parts),
                          .way = way,
                          .own = true,
                          .by = {}};
    for (const auto* list : {policies_of(caller), &holder.policy}) {
      if (list == nullptr) continue;
      for (const PolicyStatement& statement : *list) {
        const bool own = list != &holder.policy;
        if (!statement.allow || (!own && judge_.names(statement, caller) == Naming::No)) continue;
        if (judge_.speaks_of(statement, request).truth != Truth::No) return &statement;
      }
    }
    return nullptr;
  }

 private:
  [[nodiscard]] const Path& path_of(const Way& way) const {
    return *std::find_if(data_.paths.begin(), data_.paths.end(),
                         [&](const Path& path) { return path.endpoint == way.endpoint; });
  }

  [[nodiscard]] const std::vector<PolicyStatement>* policies_of(const Caller& caller) const {
    const Actor* actor = actor_of(caller);
    return actor == nullptr ? nullptr : &actor->policies;
  }

  [[nodiscard]] const Actor* actor_of(const Caller& caller) const {
    if (caller.kind != Caller::Kind::Role) return nullptr;
    const auto found = std::find_if(data_.actors.begin(), data_.actors.end(),
                                    [&](const Actor& actor) { return actor.item == caller.item; });
    return found == data_.actors.end() ? nullptr : &*found;
  }

  /// By the caller's own policies, less what they deny.
  [[nodiscard]] Finding by_itself(const Request& request) const {
    const Caller& caller = *request.who;
    if (caller.kind == Caller::Kind::Account) return sure(true);
    if (caller.kind == Caller::Kind::Named && !request.own) return sure(false);
    if (caller.kind == Caller::Kind::Named) return open("what its own policies say is not in the template");
    const Actor* actor = actor_of(caller);
    if (actor == nullptr) return sure(false);
    Finding allowed = actor->doubt.empty() ? sure(false) : open(actor->doubt);
    for (const PolicyStatement& statement : actor->policies) {
      if (statement.allow) allowed = either(allowed, judge_.speaks_of(statement, request));
    }
    return allowed;
  }

  [[nodiscard]] Finding denied(const Request& request, const Holder& holder) const {
    Finding out = sure(false);
    if (const auto* own = policies_of(*request.who)) {
      for (const PolicyStatement& statement : *own) {
        if (!statement.allow) out = either(out, judge_.speaks_of(statement, request));
      }
    }
    for (const PolicyStatement& statement : holder.policy) {
      if (statement.allow) continue;
      out = either(out, named(statement, *request.who, judge_.speaks_of(statement, request)));
    }
    return out;
  }

  [[nodiscard]] Finding named(const PolicyStatement& statement, const Caller& caller, const Finding& speaks) const {
    switch (judge_.names(statement, caller)) {
      case Naming::No:
        return sure(false);
      case Naming::Itself:
      case Naming::ByAccount:
        return speaks;
      case Naming::PerhapsByAccount:
      case Naming::Open:
        break;
    }
    return both(speaks, open(kWhom));
  }

  /// Before the private path is asked.
  [[nodiscard]] Finding permitted(const Request& request, const Holder& holder) const {
    const bool is_key = holder.item->resource->type == kKey.name;
    const Finding own = by_itself(request);
    Finding direct = sure(false);
    Finding by_account = sure(false);
    for (const PolicyStatement& statement : holder.policy) {
      if (!statement.allow) continue;
      const Finding speaks = judge_.speaks_of(statement, request);
      if (speaks.truth == Truth::No) continue;
      const Naming naming = judge_.names(statement, *request.who);
      // Whoever is not of the account is let in by nobody's policies but the resource's; an account that is named
      // hands the decision to its own policies.
      if (naming == Naming::ByAccount) {
        by_account = either(by_account, speaks);
      } else if (naming == Naming::PerhapsByAccount) {
        by_account = either(by_account, both(speaks, open(kWhom)));
      } else {
        direct = either(direct, named(statement, *request.who, speaks));
      }
    }
    // Its own policy is not in the template, and is taken to leave it to the caller's.
    if (!holder.arn.empty()) return both(own, opposite(denied(request, holder)));
    Finding allowed = is_key ? either(direct, both(by_account, own)) : either(direct, own);
    if (allowed.truth == Truth::No) return allowed;
    return both(allowed, opposite(denied(request, holder)));
  }

  [[nodiscard]] Finding by_path(const Request& request, const Path& path) const {
    if (path.whole) return sure(true);
    Finding allowed = sure(false);
    Finding refused = sure(false);
    for (const PolicyStatement& statement : path.policy) {
      Finding& side = statement.allow ? allowed : refused;
      side = either(side, named(statement, *request.who, judge_.speaks_of(statement, request)));
    }
    return both(allowed, opposite(refused));
  }

  Reading& reading_;
  const DataReading& data_;
  Judge judge_;
};

/// What a caller may do with a holder, way by way.
class Accesses {
 public:
  Accesses(Reading& reading, const DataReading& data) : reading_(reading), data_(data), permission_(reading, data) {}

  void run() {
    const std::vector<Caller> callers = callers_of(reading_, data_);
    for (const Holder& holder : data_.holders) {
      std::vector<Way> ways = addresses_of(reading_, data_);
      for (const Path& path : data_.paths) {
        ways.push_back({.kind = Way::Kind::Path, .block = {}, .endpoint = path.endpoint, .path = path.id});
      }
      ways.push_back({.kind = Way::Kind::Elsewhere, .block = {}, .endpoint = nullptr, .path = {}});
      for (const Caller& caller : callers) {
        // Who else may use what is made elsewhere, its own rules say.
        if (holder.arn.empty() || caller.kind == Caller::Kind::Role) add(caller, holder, ways);
      }
    }
    put();
  }

 private:
  struct Found {
    std::vector<Way> ways;
    const PolicyStatement* grounds = nullptr;
  };

  void add(const Caller& caller, const Holder& holder, const std::vector<Way>& ways) {
    const ServiceKind kind = reading_.estate.services[holder.service].kind;
    std::vector<Action> actions;
    for (const ProviderAction& each : provider_actions(kind)) {
      if (actions.empty() || actions.back() != each.action) actions.push_back(each.action);
    }
    std::sort(actions.begin(), actions.end());
    actions.erase(std::unique(actions.begin(), actions.end()), actions.end());
    for (const Action action : actions) {
      if (!is_asked(caller, kind, action)) continue;
      std::map<std::string, Found> by_doubt;  // the empty doubt is certainty
      for (const Way& way : ways) {
        // A service of AWS comes from addresses of its own.
        if (caller.kind == Caller::Kind::Service && way.kind != Way::Kind::Elsewhere) continue;
        const PolicyStatement* grounds = nullptr;
        const Finding found = may(caller, holder, action, way, grounds);
        if (found.truth == Truth::No || is_one_of_the_account(caller, holder, action, way)) continue;
        Found& same = by_doubt[found.truth == Truth::Yes ? "" : found.why];
        same.ways.push_back(way);
        if (same.grounds == nullptr) same.grounds = grounds;
      }
      for (const auto& [doubt, each] : by_doubt) record(caller, holder, action, doubt, each);
    }
  }

  /// Whoever administers the account administers what is in it; and what takes no policy cannot be closed to it.
  static bool is_asked(const Caller& caller, ServiceKind kind, Action action) {
    if (caller.kind != Caller::Kind::Account) return true;
    return action != Action::Administer && kind != ServiceKind::Function && kind != ServiceKind::Group;
  }

  /// Where whoever of the account has permission may come, somebody who is named elsewhere may by his own policies,
  /// too: unless the service itself lets him in, or may.
  bool is_one_of_the_account(const Caller& caller, const Holder& holder, Action action, const Way& way) {
    if (caller.kind != Caller::Kind::Named) return false;
    if (parts(caller, holder, action, way, false).any.truth != Truth::No) return false;
    const Caller account{.kind = Caller::Kind::Account, .item = nullptr, .arn = {}, .who = estate::Account{}};
    if (!is_asked(account, reading_.estate.services[holder.service].kind, action)) return false;
    const PolicyStatement* grounds = nullptr;
    return may(account, holder, action, way, grounds).truth == Truth::Yes;
  }

  struct Parts {
    Finding any = sure(false);
    Finding needed = sure(true);
    bool has_needed = false;
    const ProviderAction* first = nullptr;  ///< of those that are allowed, or may be
  };
  Parts parts(const Caller& caller, const Holder& holder, Action action, const Way& way, bool with_own = true) {
    const std::string prefix = prefix_of(holder);
    Parts out;
    for (const ProviderAction& each : provider_actions(reading_.estate.services[holder.service].kind)) {
      if (each.action != action || !each.name.starts_with(prefix)) continue;
      const Finding one = permission_.of(caller, holder, each, way, with_own);
      if (one.truth != Truth::No && out.first == nullptr) out.first = &each;
      out.any = either(out.any, one);
      if (!each.needed) continue;
      out.has_needed = true;
      out.needed = both(out.needed, one);
    }
    return out;
  }

  Finding may(const Caller& caller, const Holder& holder, Action action, const Way& way,
              const PolicyStatement*& grounds) {
    const Parts found = parts(caller, holder, action, way);
    if (found.first != nullptr && grounds == nullptr) {
      grounds = permission_.grounds(caller, holder, *found.first, way);
    }
    if (!found.has_needed || found.needed.truth == Truth::Yes || found.any.truth == Truth::No) return found.any;
    if (found.any.truth == Truth::Yes) {
      return open("some of what `" + std::string(estate::word(action)) + "` takes is allowed, and not all");
    }
    return found.any;
  }

  /// A vault is a key and what is kept with it.
  static std::string prefix_of(const Holder& holder) {
    if (holder.item->resource->type == kKey.name) return "kms:";
    return holder.item->resource->type == kSecret.name ? "secretsmanager:" : "";
  }

  void record(const Caller& caller, const Holder& holder, Action action, const std::string& doubt, const Found& found) {
    Access made;
    made.who = caller.who;
    made.service = holder.service;
    made.doubt = doubt;
    made.place = found.grounds == nullptr ? holder.item->place() : found.grounds->value->place;
    for (const Way& way : found.ways) {
      if (way.kind == Way::Kind::Elsewhere) made.anywhere = true;
    }
    for (const Way& way : found.ways) {
      if (made.anywhere) break;
      if (way.kind == Way::Kind::Path) made.paths.push_back(way.path);
      if (way.kind == Way::Kind::Address) made.from.push_back(way.block);
    }
    const auto same = std::find_if(accesses_.begin(), accesses_.end(), [&](const Access& other) {
      return other.who == made.who && other.service == made.service && other.anywhere == made.anywhere &&
             other.paths == made.paths && other.from == made.from && other.doubt == made.doubt;
    });
    if (same == accesses_.end()) {
      made.actions = {action};
      accesses_.push_back(std::move(made));
    } else if (std::find(same->actions.begin(), same->actions.end(), action) == same->actions.end()) {
      same->actions.push_back(action);
      std::sort(same->actions.begin(), same->actions.end());
    }
  }

  void put() {
    auto& all = reading_.estate.accesses;
    all.insert(all.end(), accesses_.begin(), accesses_.end());
    // Whoever may act as somebody may do what he may.
    for (const Actor& actor : data_.actors) {
      for (const estate::Who& other : actor.others) {
        for (const Access& access : accesses_) {
          if (access.who != estate::Who(actor.identity)) continue;
          all.push_back(access);
          all.back().who = other;
        }
      }
    }
  }

  Reading& reading_;
  const DataReading& data_;
  Permission permission_;
  std::vector<Access> accesses_;
};

}  // namespace

void read_accesses(Reading& reading, DataReading& data) { Accesses(reading, data).run(); }

void read_data(Reading& reading) {
  DataReading data;
  data.reverts = reverts_of(reading);
  read_data_services(reading, data);
  read_resource_policies(reading, data);
  read_identities(reading, data);
  read_elsewhere(reading, data);
  read_private_paths(reading, data);
  check_tls(reading, data);
  read_accesses(reading, data);
  read_triggers(reading, data);
  read_flow_logs(reading, data);
  read_guards(reading, data);
}

}  // namespace crenel::aws::reading
