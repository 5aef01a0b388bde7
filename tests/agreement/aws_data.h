#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/agreement/aws_data_actions.h"
#include "tests/agreement/aws_interpreter.h"
#include "tests/agreement/aws_policy.h"
#include "tests/agreement/aws_values.h"
#include "tests/agreement/data_question.h"

/// Reads a CloudFormation template and answers who may do what with the services in it, as AWS would: policies of those
/// who ask, of what they ask for, of the endpoint that they come by and of the key that it is encrypted with; and
/// whether their packets get to the endpoint. Written from the provider's documentation, for tests only; slow and plain
/// on purpose. It throws on what it would have to guess.
namespace crenel::agreement {

class AwsData {
 public:
  AwsData(const nlohmann::json& document, const ParameterValues& parameters);

  [[nodiscard]] std::vector<DataThing> things() const;
  [[nodiscard]] std::vector<DataAsker> askers() const;
  [[nodiscard]] std::vector<DataWay> ways() const;
  [[nodiscard]] std::vector<std::string> actions(const DataThing& thing) const;
  [[nodiscard]] DataAnswer answer(const DataQuestion& question) const;

 private:
  using Statements = std::vector<AwsStatement>;
  struct Thing {
    DataThing named;
    std::string type;
    std::string arn;
    Statements policy;
    std::string key;             ///< the ARN of the key that encrypts it; empty: AWS's own
    bool open_by_lists = false;  ///< an access control list may let others in
    bool keeps_public_out = false;
  };
  struct Role {
    std::string id;
    std::string arn;
    Statements policies;
    Statements trust;
    bool unread = false;  ///< it has more, or less, than the statements say
  };
  struct Endpoint {
    std::string id;
    std::string vpc;
    std::string service;  ///< "s3"
    std::optional<Statements> policy;
    bool has_name = false;  ///< the service's own name leads to it
  };
  /// Somebody in whose name requests are made.
  struct Caller {
    AwsPrincipal principal;
    const Role* role = nullptr;  ///< null: his own policies are elsewhere, and let him do all
    std::string function;        ///< the ARN of the function whose code asks
    std::string source;          ///< of a service: what it asks for
  };
  struct Program {
    DataAsker named;
    std::vector<std::string> roles;
    std::string function;
    bool in_network = false;
  };

  void read_keys();
  void read_things();
  void read_policies_beside();
  void read_permissions();
  void read_roles();
  void read_programs();
  void read_endpoints();
  void read_elsewhere();
  void find_elsewhere(const AwsStatement& statement);
  void refuse_unread() const;
  void add(Thing thing) { things_.push_back(std::move(thing)); }
  [[nodiscard]] const Thing& thing(const std::string& name) const;
  [[nodiscard]] const Role* role(const std::string& id) const;
  [[nodiscard]] const Endpoint& endpoint(const std::string& name) const;
  [[nodiscard]] std::string key_arn(const nlohmann::json& said) const;
  [[nodiscard]] std::vector<const AwsStatement*> all_statements() const;
  [[nodiscard]] std::set<std::string> principals() const;

  [[nodiscard]] std::vector<Caller> callers(const DataAsker& asker) const;
  [[nodiscard]] std::map<std::string, std::vector<std::string>> context(const Caller& caller, const DataWay& way) const;
  [[nodiscard]] Says may(const Caller& caller, const AwsOperation& operation, const Thing& on,
                         const DataWay& way) const;
  [[nodiscard]] Says permitted(const Caller& caller, const AwsRequest& request, const Thing& on) const;
  [[nodiscard]] Says by_endpoint(const AwsRequest& request, const Endpoint& way) const;
  [[nodiscard]] Says by_key(const Caller& caller, std::string_view needed, const Thing& on) const;
  [[nodiscard]] DataAnswer of_event(const DataQuestion& question) const;
  /// Whether a rule of the template sends events to it that are not those of the template's buckets, of which is asked
  /// by themselves; of other sources nothing is known.
  [[nodiscard]] Says sends(const std::string& source, const Thing& on) const;
  [[nodiscard]] Says packets_arrive(const DataAsker& asker, const DataWay& way) const;
  [[nodiscard]] Says arrives(const DataAsker& asker, const DataWay& way) const;

  AwsValues values_;
  std::unique_ptr<AwsInterpreter> packets_;
  std::vector<Thing> things_;
  std::vector<Role> roles_;
  std::vector<Program> programs_;
  std::vector<Endpoint> endpoints_;
  std::map<std::string, std::set<std::string>> tested_;  ///< what conditions compare each key with
  mutable std::map<std::pair<std::string, std::string>, Says> arrivals_;
};

/// For one value of each parameter.
[[nodiscard]] DataInterpreter aws_data(const nlohmann::json& document, const ParameterValues& parameters);

}  // namespace crenel::agreement
