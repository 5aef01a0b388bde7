#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/lift_reading.h"
#include "compiler/estate/data.h"

/// Requests to services, and whether a policy's statement speaks of one. What is not understood is `Truth::Open`, and
/// why.
namespace crenel::aws::reading {

struct Finding {
  Truth truth = Truth::No;
  std::string why;  ///< of `Open`
};
[[nodiscard]] Finding sure(bool yes);
[[nodiscard]] Finding open(std::string why);
[[nodiscard]] Finding both(const Finding& a, const Finding& b);
[[nodiscard]] Finding either(const Finding& a, const Finding& b);
[[nodiscard]] Finding opposite(Finding a);

/// Who asks.
struct Caller {
  enum class Kind {
    Role,     ///< a role or user of the template
    Named,    ///< a principal that the template names and does not make
    Service,  ///< a service of AWS in its own name
    Account,  ///< somebody of the account with policies that the template does not show
    Anyone,
  };
  Kind kind = Kind::Anyone;
  const Item* item = nullptr;  ///< of a role
  Value arn;                   ///< of a named one; a service's name
  estate::Who who;
};

/// How a request comes.
struct Way {
  enum class Kind {
    Elsewhere,  ///< over the Internet, from an address that no policy names, or over an endpoint of somebody else
    Address,
    Path,
  };
  Kind kind = Kind::Elsewhere;
  estate::Block block;             ///< of an address
  const Item* endpoint = nullptr;  ///< of a path
  estate::PathId path;
};

struct Request {
  const Caller* who = nullptr;
  std::string action;    ///< in lower case
  std::string resource;  ///< by `arn_text`
  Way way;
  bool own = true;      ///< the caller's own policies count
  std::string_view by;  ///< the service that asks in the caller's name; empty: it asks itself
};

/// How a statement names the caller.
enum class Naming {
  No,
  Itself,
  ByAccount,         ///< by the account that he is of
  PerhapsByAccount,  ///< by an account that may be his
  Open,
};

/// A statement of a policy, where it stands. The value lives in the reading's items.
struct PolicyStatement {
  const Value* value = nullptr;
  bool allow = true;
  bool certain = true;  ///< it is there in every deployment
};
/// Those of a document; what is no document becomes unknown.
[[nodiscard]] std::vector<PolicyStatement> statements_of(Reading& reading, const Value& document, bool certain);

class Judge {
 public:
  explicit Judge(Reading& reading) : reading_(reading) {}

  /// An ARN as text, where resources stand for what is only known at deployment: "arn:{p}:s3:::{Inbox}". A name or
  /// reference to a resource counts as its ARN.
  [[nodiscard]] std::string arn_text(const Value& value) const;
  /// The ARN of a resource.
  [[nodiscard]] std::string arn_of(const Item& item) const;

  /// Action, resource and conditions; not the principal.
  [[nodiscard]] Finding speaks_of(const PolicyStatement& statement, const Request& request) const;
  /// The action and the resource alone, surely.
  [[nodiscard]] bool is_about(const PolicyStatement& statement, std::string action, std::string resource) const;
  /// The same, perhaps.
  [[nodiscard]] bool may_be_about(const PolicyStatement& statement, std::string action, std::string resource) const;
  /// The statement may speak of the action, whatever it is done with.
  [[nodiscard]] bool mentions(const PolicyStatement& statement, std::string action) const;
  [[nodiscard]] Naming names(const PolicyStatement& statement, const Caller& caller) const;

 private:
  [[nodiscard]] Finding action_matches(const Value& statement, const Request& request) const;
  [[nodiscard]] Finding resource_matches(const Value& statement, const Request& request) const;
  [[nodiscard]] Finding conditions_hold(const PolicyStatement& statement, const Request& request) const;
  [[nodiscard]] Finding condition_holds(std::string test, const Member& condition, const Request& request) const;
  [[nodiscard]] Finding any_matches(const std::string& test, const std::string& key, const Value& values,
                                    const Request& request) const;
  [[nodiscard]] Finding value_matches(const std::string& test, const std::string& key, const Value& value,
                                      const Request& request) const;
  [[nodiscard]] Finding arn_matches(const Value& pattern, const Caller& caller) const;
  [[nodiscard]] std::string account_of(const Caller& caller) const;
  [[nodiscard]] std::string account_of(const std::string& resource) const;
  [[nodiscard]] std::optional<bool> is_present(const std::string& key, const Request& request) const;

  Reading& reading_;
};

/// True when `text` is what the pattern with `*` and `?` stands for.
[[nodiscard]] bool glob(std::string_view pattern, std::string_view text);
/// The fields of an ARN, of which the sixth is all the rest; fewer: it is none.
[[nodiscard]] std::vector<std::string> arn_fields(const std::string& arn);
/// Whether a pattern of IAM stands for more than itself.
[[nodiscard]] bool has_wildcard(std::string_view text);

}  // namespace crenel::aws::reading
