#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/estate/basics.h"

/// The other half of an estate: services that a provider runs, and who may do what with them, coming by which way. A
/// lift works out what identities' policies, resources' policies, private paths' policies, firewalls and encryption
/// keys come to together: every `Access` here is one that really works, as far as permission goes. Whether packets get
/// to a private path is the matter of its interface.
namespace crenel::estate {

/// What is done with a service. The words are the language's, but for the last.
enum class Action {
  Read,
  Write,
  Delete,
  Archive,
  Send,
  Receive,
  Publish,
  Subscribe,
  Get,
  Put,
  Query,
  Encrypt,
  Decrypt,
  Invoke,
  Launch,
  Terminate,
  Administer,  ///< change the service itself, or who may use it
};
[[nodiscard]] std::string_view word(Action action);  ///< "read", "administer"

/// Something that a service must keep to and does not, or not surely.
struct Weakness {
  std::string what;  ///< goes on after the service's name: "is not encrypted", "takes connections without TLS"
  bool sure = true;  ///< false: it may be so, the template does not tell
  Place place;
};

struct Service {
  enum class Kind {
    Store,
    Queue,
    Topic,
    Table,
    Vault,
    Function,
    Group,  ///< a scaling group, as something whose members are started and stopped
  };
  Kind kind = Kind::Store;
  std::string name;                      ///< of the resource
  std::string stem;                      ///< as `Interface::stem`: the resource's name without its role
  std::optional<InterfaceId> interface;  ///< of a function in a subnet, and of a group
  /// Made elsewhere, and known by this: an ARN, a resource ID. Its own rules are not in the template: of accesses to it
  /// only those are put down that the template grants to identities of its own.
  std::optional<std::variant<std::string, SymbolId>> elsewhere = {};
  std::optional<ServiceId> key;                    ///< the vault whose key encrypts it; none: the provider's own
  std::optional<std::int64_t> archive_after_days;  ///< of a store: when objects go to the archive by themselves
  bool archives_marked = false;                    ///< of a store: objects that `Archive` marked go to the archive
  std::optional<std::int64_t> lock_days;           ///< of a store: how long nobody changes or deletes an object
  std::optional<int> tries;                        ///< of a queue: how often a message is tried before it is laid aside
  std::optional<std::int64_t> retain_seconds;      ///< of a queue: how long a message is kept
  std::vector<Weakness> weaknesses;
  Place place;
};

/// Whom a program acts as: a role with the instance profile that hands it out, a managed identity.
struct Identity {
  std::string name;  ///< of the resource
  std::string stem;
  std::vector<InterfaceId> interfaces;  ///< whose members act as it
  std::vector<ServiceId> functions;     ///< that act as it
  Place place;
};

/// A private way from a network to services and to no others.
struct PrivatePath {
  std::string name;
  InterfaceId interface;             ///< its near end (`Role::Service`); conversations to it are tcp/443
  std::vector<ServiceId> services;   ///< that can be used over it
  bool others = false;               ///< so can services that the template does not make
  std::vector<Action> actions = {};  ///< that are asked for over it, of what its services do; empty: all of them
  Place place;
};

// ---- who
// ----------------------------------------------------------------------------------------------------------------
struct Anyone {  ///< without saying who it is
  bool operator==(const Anyone&) const = default;
};
/// Whoever of the account has permission there, by policies that the template does not show. It is put down only where
/// the service could have been closed to them and is not.
struct Account {
  bool operator==(const Account&) const = default;
};
/// Somebody whom the template names and does not make: a name, or a parameter.
struct Named {
  std::variant<std::string, SymbolId> who;
  bool operator==(const Named&) const = default;
};
using Who = std::variant<Anyone, Account, Named, IdentityId, ServiceId /* acts by itself: an event */>;

/// One way of using a service.
struct Access {
  Who who;
  ServiceId service;
  std::vector<Action> actions;  ///< in the order of the enumeration, each once
  /// Requests may come any way: over the Internet and over every private path. Otherwise over `paths`, or from the
  /// public addresses `from`, and no other way.
  bool anywhere = false;
  std::vector<PathId> paths;
  std::vector<Block> from;
  /// Not empty: it may work or not, and this is why. It is undecided then.
  std::string doubt;
  Place place;  ///< of what grants it: a statement, a role assignment
};

// ---- changes
// ------------------------------------------------------------------------------------------------------------
/// What puts rules and routes back as the template has them, and does nothing else.
struct Undoing {
  /// That does it; it serves nobody, and who starts it changes nothing by that. None: something that nobody starts.
  std::optional<ServiceId> function = {};
  std::vector<std::string> networks;  ///< whose rules and routes it puts back, named as guards are; sorted, each once
  std::int64_t within_seconds = 0;    ///< what takes longer is told as a failure
};

/// What records the packets of a network, all of them: who sent them to whom, and whether they were let through. That
/// the provider writes them down where they are kept is no `Access`.
struct FlowLog {
  std::string network;          ///< whose they are, named as guards are: "Main"
  std::optional<ServiceId> to;  ///< none: they are kept by themselves
  std::vector<Weakness> weaknesses;
  Place place;
};

/// Something that tells of changes to what the template makes, whoever makes them by the provider's interfaces. What it
/// tells it publishes on `told`, which is no `Access`.
struct Guard {
  std::string name;                 ///< of its resources, without their roles: "Drift"
  std::optional<ServiceId> told;    ///< none: nobody is told
  std::vector<std::string> exempt;  ///< whose changes it leaves alone, sorted, each once
  std::optional<Undoing> undoing;   ///< none: it undoes nothing
  bool forbidding = false;          ///< it has a policy that forbids the changes to everybody else whom it is given to
  /// It closes the way to the Internet to every subnet but those that are left open (`Subnet::internet`). None: the
  /// provider has no such means.
  std::optional<bool> blocking = {};
  /// Addresses that it mails changes to, sorted, each once. None: the provider has no such means.
  std::optional<std::vector<std::string>> mailed = {};
  std::vector<Weakness> weaknesses;
  Place place;
};

}  // namespace crenel::estate
