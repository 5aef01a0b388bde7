#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What a template lets whom do with services, as its text has it: a reading of its own.
namespace crenel::checker {

using Words = std::set<std::string>;  ///< "read", "write"; "administer": change the service itself

/// Who tells of changes in a resource group, in statements: Event Grid, as the identity of the group's own topic.
inline constexpr const char* kEventsOfGroup = "events of the resource group";

/// A statement of a policy, or the assignment of a role.
struct DataStatement {
  std::string at;  ///< JSON path
  bool allow = true;
  Words who;         ///< resources, parameters, names; "*": anybody
  Words except_who;  ///< of a denial: these are spared
  Words services;    ///< resources
  Words words;       ///< it is about some operations of these
  Words operations;
  /// Its condition, so far as it is one of these: by one of these paths ("path X"), from one of these addresses ("from
  /// X"); of a denial, those that are spared.
  Words ways;
  bool spares_services = false;  ///< of a denial: the provider's own services
};

struct DataReading {
  std::vector<DataStatement> statements;
  /// Services whose own policy has to deny what is not declared, with what it must deny of each word.
  std::map<std::string, std::map<std::string, Words>> to_close;
  std::map<std::string, Words> actors;  ///< by identity: the resources that act as it
  std::vector<std::string> unreadable;  ///< what would have to be guessed
  bool by_declared_name = false;        ///< services are known by the name that they were declared by, "ShopInbox"
};

[[nodiscard]] DataReading aws_data(const nlohmann::json& document);
[[nodiscard]] DataReading azure_data(const nlohmann::json& document);

/// Whether a declared function of a template is in no network, where no rule filters what it sends.
[[nodiscard]] bool runs_outside(const nlohmann::json& document, const std::string& declared);
/// Whether what is declared so is a balancer whose targets see the client: it opens what somebody sends it, or nothing.
[[nodiscard]] bool only_hands_on(const nlohmann::json& document, const std::string& declared);

/// What is wrong with what a certificate says that a guard undoes, one sentence each: the guard's function has a list
/// of all rules, entries and routes of those networks, and of nothing else, and a role that may change them alone.
[[nodiscard]] std::vector<std::string> check_undoing(const nlohmann::json& document, const nlohmann::json& guard);
/// What is wrong with what an Azure certificate says that a guard undoes: its workflow is run as often as that takes,
/// has a list of all groups, tables and subnets of those networks as the template has them, and of nothing else, writes
/// what the list says and nothing else, and has one role, in the resource group, for just that.
[[nodiscard]] std::vector<std::string> check_putting_back(const nlohmann::json& document, const nlohmann::json& guard);
/// What is wrong with what a certificate says that a guard forbids, one sentence each: the guard's policy forbids the
/// calls that change what the template makes of a network, to all but those whom the certificate names and the guard's
/// own function, and does nothing else.
[[nodiscard]] std::vector<std::string> check_forbidding(const nlohmann::json& document, const nlohmann::json& guard);
/// What is wrong with what a certificate says that a guard blocks, one sentence each: the template sets the account's
/// mode, after it has spared exactly the subnets that the certificate's flows need, each only as far as they do.
[[nodiscard]] std::vector<std::string> check_blocking(const nlohmann::json& document, const nlohmann::json& certificate,
                                                      const nlohmann::json& guard);
/// What is wrong with what an Azure certificate says that a guard forbids: the guard's role lets do everything but what
/// Contributor leaves out and what changes the types of network that the template makes, and can be given in the
/// resource group alone.
[[nodiscard]] std::vector<std::string> check_role_without(const nlohmann::json& document, const nlohmann::json& guard);
/// And its policy denies, of whoever asks but by an application that the certificate names, each of a list of changes
/// of what the template makes, and nothing that the template makes: evaluated by an engine of the checker's own.
[[nodiscard]] std::vector<std::string> check_policy(const nlohmann::json& document, const nlohmann::json& guard);
/// What is wrong with what an Azure certificate says that a guard mails: its action group has just those addresses, and
/// alerts that are on tell it of what is written or deleted of each type that the template makes, wherever they are
/// about the resource group, and of a list of operations in the subscription; it has a lock, and so has the alert that
/// tells of locks.
[[nodiscard]] std::vector<std::string> check_mails(const nlohmann::json& document, const nlohmann::json& guard);
/// "shop.app_one" is "ShopAppOne".
[[nodiscard]] std::string pascal(const std::string& path);

/// What is wrong with the part of a certificate that is about data actions, one sentence each:
/// - what is admitted between two is what flows declare, each flow is granted by statements that are there, and nothing
///   is granted that no flow declares;
/// - every grant is one that the template makes, to that resource, for those actions and by those ways alone; every
///   statement of the template that allows something with a service is a grant, or denied by the service's own policy;
/// - a service that could be closed to whoever of the account has permission is.
[[nodiscard]] std::vector<std::string> check_data(const nlohmann::json& document, const nlohmann::json& certificate);

}  // namespace crenel::checker
