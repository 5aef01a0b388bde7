#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/verify/compare_names.h"

/// Which service, identity and private path of an estate is which thing of a design.
namespace crenel::verify {

template <class T>
[[nodiscard]] bool contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class DataNames {
 public:
  /// All of them outlive the names.
  DataNames(const model::Design& design, const estate::Estate& estate, const Names& names);

  /// What a service was declared as, by its kind and its name; nothing when nobody declared it.
  [[nodiscard]] std::optional<model::Endpoint> service(estate::ServiceId service) const;
  /// The services that were made of it: with one that lays messages aside, say, several.
  [[nodiscard]] std::vector<estate::ServiceId> services(const model::Endpoint& service) const;
  /// Who acts as an identity, of those that are declared: groups, functions.
  [[nodiscard]] std::vector<model::Endpoint> actors(estate::IdentityId identity) const;
  /// Whether somebody declared has the identity's name, though nobody acts as it.
  [[nodiscard]] bool is_named(estate::IdentityId identity) const;
  /// What of a member acts: its interfaces, or a function's own resources.
  struct Actor {
    std::optional<estate::InterfaceId> interface;
    std::optional<estate::ServiceId> function;
  };
  [[nodiscard]] std::vector<Actor> actors_of(const model::Endpoint& member) const;
  [[nodiscard]] bool acts_as(const Actor& actor, estate::IdentityId identity) const;

  [[nodiscard]] std::optional<model::PrivatePathId> path(estate::PathId path) const;
  /// The private path whose near end an interface is.
  [[nodiscard]] std::optional<estate::PathId> path_at(estate::InterfaceId interface) const;
  /// Whether requests of one to a service come by the path: one of the caller's own tier, or that of another tier which
  /// stands for it, where a network has one near end of a provider's service for all its tiers.
  [[nodiscard]] bool is_way(estate::PathId path, const model::Endpoint& from, const model::Endpoint& service) const;
  [[nodiscard]] bool leads_to(estate::PathId path, const model::Endpoint& service) const;
  /// Whether there is an action that is asked for over either of them.
  [[nodiscard]] bool answers_alike(estate::PathId one, estate::PathId other) const;
  /// Whether some of the actions is asked for over the path: where two stand for one service, each has its own.
  [[nodiscard]] bool is_asked_over(estate::PathId path, const model::DataActions& actions) const;

  /// Whether the two are one: a text, or a parameter that is called the same.
  [[nodiscard]] bool is(const std::variant<std::string, estate::SymbolId>& named,
                        const model::Late<std::string>& late) const;
  /// Whether it is the key that a topic has to itself because a guard tells it and no vault keeps its key.
  [[nodiscard]] bool is_own_key(estate::ServiceId service) const;
  /// The agents of a group that register with a secret which was made elsewhere.
  [[nodiscard]] bool is_token(estate::ServiceId service, const std::optional<model::Endpoint>& of) const;
  /// "anyone", "whoever of the account has permission", a declared name, or the resource's.
  [[nodiscard]] std::string text(const estate::Who& who) const;
  [[nodiscard]] std::string text(estate::ServiceId service) const;

 private:
  void match_services();
  void match_elsewhere(const model::Endpoint& end, estate::Service::Kind kind);

  const model::Design& design_;
  const estate::Estate& estate_;
  const Names& names_;
  std::map<estate::ServiceId, model::Endpoint> services_;
  std::map<std::string, model::Endpoint> members_;  ///< groups, appliances and functions by the name of a resource
};

/// Whether a service of the estate is of the kind of a declared endpoint.
[[nodiscard]] std::optional<estate::Service::Kind> kind_of(const model::Endpoint& endpoint);
[[nodiscard]] estate::Action action_of(model::DataAction action);
/// Nothing of what is never declared: administration.
[[nodiscard]] std::optional<model::DataAction> action_of(estate::Action action);

}  // namespace crenel::verify
