#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/agreement/data_question.h"

/// One statement of a policy and one request, as IAM evaluates them (IAM User Guide, "IAM JSON policy reference",
/// "Policy evaluation logic"; read 2026-11-27). What is not read is `Says::Unknown`, never left out.
namespace crenel::agreement {

/// Who asks, as AWS knows him.
struct AwsPrincipal {
  enum class Kind { Role, Service, Anonymous };
  Kind kind = Kind::Anonymous;
  std::string arn;      ///< of a role, user or root; a service's name
  std::string account;  ///< of a role
  bool operator==(const AwsPrincipal&) const = default;
};

struct AwsRequest {
  AwsPrincipal who;
  std::string action;    ///< "s3:GetObject"
  std::string resource;  ///< an ARN
  /// Condition keys in lower case, with their values. A key that is not here is not in the request, or, where nobody
  /// knows it, may be.
  std::map<std::string, std::vector<std::string>> context;
};

[[nodiscard]] Says both(Says a, Says b);
[[nodiscard]] Says either(Says a, Says b);
[[nodiscard]] Says opposite(Says a);

/// `*` and `?` of IAM's patterns.
[[nodiscard]] bool pattern_matches(const std::string& pattern, const std::string& text);

/// A statement of a policy, taken apart.
struct AwsStatement {
  struct Listed {
    std::vector<std::string> values;
    bool given = false;
    bool inverted = false;
  };
  struct Test {
    std::string test;  ///< "StringEquals", without what stands around it
    std::string key;   ///< in lower case
    std::vector<std::string> values;
    bool negated = false;
    bool if_exists = false;
    bool all = false;
    bool any = false;
  };
  struct Principal {
    std::string kind;  ///< "AWS", "Service"
    std::string name;
  };
  bool allow = false;
  Listed actions;  ///< in lower case
  Listed resources;
  std::vector<Test> tests;
  std::vector<Principal> principals;
  bool has_principal = false;        ///< it stands in the policy of a resource or of an endpoint
  bool has_other_principal = false;  ///< `NotPrincipal`, which is not read
};
/// The statements of a document, or of none.
[[nodiscard]] std::vector<AwsStatement> statements_of(const nlohmann::json& document);
[[nodiscard]] AwsStatement statement_of(const nlohmann::json& statement);

/// Action, resource and conditions.
[[nodiscard]] Says speaks_of(const AwsStatement& statement, const AwsRequest& request);

/// Whom a statement with a principal names.
enum class AwsNaming { No, Account, Itself, Unknown };
[[nodiscard]] AwsNaming names(const AwsStatement& statement, const AwsPrincipal& who);

}  // namespace crenel::agreement
