#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/agreement/arm_expression.h"
#include "tests/agreement/azure_condition.h"
#include "tests/agreement/azure_data_actions.h"
#include "tests/agreement/azure_interpreter.h"
#include "tests/agreement/data_question.h"

/// Reads an ARM template and answers who may do what with the services in it, as Azure would: roles and where they
/// hold, keys, access policies, containers that are open to everybody, the firewall of each service, private endpoints
/// with their names; whether packets get to the endpoint;
/// what is made elsewhere, by the roles there. A service works while it can unwrap the key of its data, a function
/// while it gets to the storage that it keeps its state in; that is a thing of the kind "host", which nobody but the
/// function is to use. Written from Microsoft's documentation, for tests only;
/// slow and plain on purpose. It throws on what it would have to guess.
namespace crenel::agreement {

class AzureData {
 public:
  AzureData(const nlohmann::json& document, const ParameterValues& parameters);

  [[nodiscard]] std::vector<DataThing> things() const;
  [[nodiscard]] std::vector<DataAsker> askers() const;
  [[nodiscard]] std::vector<DataWay> ways() const;
  [[nodiscard]] std::vector<std::string> actions(const DataThing& thing) const;
  [[nodiscard]] DataAnswer answer(const DataQuestion& question) const;

 private:
  /// "type|name/name", in small letters; of what is elsewhere after its resource group ("/subscriptions/…/"). What a
  /// parameter alone gives is its value.
  using Id = std::string;
  struct Thing {
    DataThing named;
    Id id;                         ///< what roles are assigned at: an account, a vault, a queue, a topic
    Id account;                    ///< what has the firewall and the private endpoints
    std::set<std::string> groups;  ///< the sub-resources that endpoints ask for
  };
  struct Assignment {
    Id scope;          ///< empty: the resource group
    std::string said;  ///< `scope` as it is written
    std::string principal;
    std::string condition;
    AzureRole role;
    bool of_cosmos = false;
  };
  /// Somebody that roles are given to.
  struct Caller {
    DataAsker named;
    std::set<std::string> principals;
    Id tells;  ///< of what tells of events: the one thing that it does so on
  };
  struct Firewall {
    bool open = false;
    std::vector<Cidr> from;
    bool unread = false;  ///< it may let more in
  };
  /// Of an account's encryption, as it is written.
  struct Key {
    std::string vault;
    std::string name;
    std::string user;  ///< the identity that the account unwraps it as
  };
  struct Endpoint {
    std::string name;
    Id id;
    Id subnet;
    std::vector<std::pair<Id, std::set<std::string>>> leads;  ///< to an account, for these sub-resources
  };

  void read_resources(const nlohmann::json& document, const ParameterValues& parameters);
  void read_nested(const nlohmann::json& deployment, const ArmExpressions& outer);
  void keep(nlohmann::json made);
  void read_packets(const nlohmann::json& document, const ParameterValues& parameters);
  void read_things();
  void read_callers();
  void read_roles();
  void add_named(const std::string& principal);
  void read_elsewhere();
  void read_endpoints();
  /// What a scope, or the target of an endpoint, names.
  [[nodiscard]] static Id place(const std::string& said);
  [[nodiscard]] static std::string type_of(const Id& id);
  [[nodiscard]] static Id parent_of(Id id);
  /// Whether "type/part|a/b" is in "type|a", or the same.
  [[nodiscard]] static bool is_within(const Id& part, const Id& whole);
  [[nodiscard]] std::vector<const nlohmann::json*> all(const std::string& type) const;
  [[nodiscard]] const nlohmann::json* find(const Id& id) const;
  [[nodiscard]] AzureRole role(const std::string& id, bool of_cosmos) const;
  [[nodiscard]] static std::string host_of(const nlohmann::json& site);
  [[nodiscard]] bool is_host(const std::string& account) const;
  [[nodiscard]] bool is_own(const Thing& host, const std::string& program) const;
  [[nodiscard]] const Thing& thing(const std::string& name) const;

  [[nodiscard]] Firewall firewall(const Thing& thing) const;
  [[nodiscard]] const nlohmann::json& account_of(const Thing& thing) const;
  [[nodiscard]] bool leads(const Endpoint& endpoint, const Thing& thing) const;
  [[nodiscard]] Says comes(const Thing& thing, const DataWay& way) const;
  [[nodiscard]] Says let(const DataAsker& who, const AzureOperation& operation, const Thing& on,
                         const DataWay& way) const;
  [[nodiscard]] Says by_assignment(const Assignment& given, const AzureOperation& operation, const Thing& on,
                                   const DataWay& way) const;
  [[nodiscard]] Says by_policy(const Caller& who, const AzureOperation& operation, const Thing& on) const;
  [[nodiscard]] bool by_key(const Thing& on) const;
  [[nodiscard]] bool by_anyone(const Thing& on) const;
  [[nodiscard]] DataAnswer of_event(const DataQuestion& question) const;
  [[nodiscard]] bool delivers(const Id& source, const Thing& function) const;
  [[nodiscard]] bool surely(const std::set<std::string>& principals, const AzureOperation& operation,
                            const Id& at) const;
  [[nodiscard]] std::optional<Key> key_of(const Thing& thing) const;
  [[nodiscard]] bool is_readable(const Thing& thing) const;
  [[nodiscard]] bool runs(const std::string& program) const;
  [[nodiscard]] bool is_named(const Endpoint& endpoint, const std::string& zone) const;
  [[nodiscard]] bool is_near(const std::string& program, const Endpoint& endpoint) const;
  [[nodiscard]] Says arrives(const DataQuestion& question) const;

  std::vector<nlohmann::json> resources_;  ///< evaluated; those that are made
  std::unique_ptr<AzureInterpreter> packets_;
  std::vector<Thing> things_;
  std::vector<Caller> callers_;
  std::vector<Assignment> assignments_;
  std::vector<Endpoint> endpoints_;
  std::set<Ip> given_;  ///< addresses that parameters give
};

/// For one value of each parameter.
[[nodiscard]] DataInterpreter azure_data(const nlohmann::json& document, const ParameterValues& parameters);

}  // namespace crenel::agreement
