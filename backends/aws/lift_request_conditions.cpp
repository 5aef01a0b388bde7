#include <algorithm>
#include <utility>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_requests.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

bool take_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

bool take_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

/// The account that principals are named by: its number, or its root's ARN.
std::optional<std::string> account_named(const std::string& said) {
  const bool number = said.size() == 12 && said.find_first_not_of("0123456789") == std::string::npos;
  if (number || said == "{account}") return said;
  const std::vector<std::string> fields = arn_fields(said);
  if (fields.size() == 6 && fields[5] == "root") return fields[4];
  return std::nullopt;
}

/// Whether two accounts are one. A number that is written may be that of the account which the template is deployed
/// in.
Finding same_account(const std::string& a, const std::string& b) {
  if (a == b && !a.empty()) return sure(true);
  const bool open_one = a.empty() || b.empty() || a.starts_with('{') || b.starts_with('{');
  if (!open_one && !has_wildcard(a)) return sure(false);
  return open("which account it is deployed in is not known");
}

std::string flag_text(bool flag) { return flag ? "true" : "false"; }

constexpr std::string_view kObjectTag = "s3:requestobjecttag/";
constexpr std::string_view kObjectTagKeys = "s3:requestobjecttagkeys";
constexpr std::string_view kObjectAcl = "s3:x-amz-acl";
constexpr std::string_view kArchiveTag = "archive";
constexpr std::string_view kArchiveValue = "true";

/// Requests that set an object's tags do so to mark it for the archive, and with that tag alone.
bool marks(const Request& request) {
  return request.action == "s3:putobjecttagging" || request.action == "s3:putobjectversiontagging";
}

/// Who asks chooses what the key says: there are requests with other values.
bool is_chosen(const std::string& key, const Request& request) {
  if (key.starts_with(kObjectTag) || key == kObjectTagKeys) return marks(request) || request.action == "s3:putobject";
  return (key == "aws:sourcearn" || key == "aws:sourceaccount") && request.who->kind == Caller::Kind::Service;
}

bool text_matches(const std::string& test, const std::string& said, std::string_view is) {
  if (test == "StringEquals") return said == is;
  if (test == "StringEqualsIgnoreCase") return lower_case(said) == lower_case(std::string(is));
  return glob(said, is);
}

}  // namespace

Finding Judge::conditions_hold(const PolicyStatement& statement, const Request& request) const {
  const Value& conditions = (*statement.value)["Condition"];
  if (conditions.absent()) return sure(true);
  const auto* tests = conditions.as<Object>();
  if (tests == nullptr) return open("its conditions are not read");
  Finding found = sure(true);
  for (const Member& test : tests->members) {
    const auto* keys = test.value.as<Object>();
    if (keys == nullptr) return open("its conditions are not read");
    for (const Member& key : keys->members) {
      Finding one = condition_holds(test.name, key, request);
      // It is asked of the request as it is meant to be. Another one may be let in by a permission that does not let in
      // this, or get past a denial of this.
      const bool other = one.truth == (statement.allow ? Truth::No : Truth::Yes);
      if (other && is_chosen(lower_case(key.name), request)) {
        one = open("it depends on what a request says by `" + key.name + "`");
      }
      found = both(found, one);
    }
  }
  return found;
}

/// IAM/latest/UserGuide/reference_policies_elements_condition_operators.html; of several values
/// IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html (2026-11-27). Every key
/// here has one value at most.
Finding Judge::condition_holds(std::string test, const Member& condition, const Request& request) const {
  const std::string key = lower_case(condition.name);
  const bool if_exists = take_suffix(test, "IfExists");
  const bool all = take_prefix(test, "ForAllValues:");
  const bool any = !all && take_prefix(test, "ForAnyValue:");
  const auto present = is_present(key, request);
  if (!present) return open("the condition `" + condition.name + "` is not read");
  if (test == "Null") {
    const auto wanted = known_flag(condition.value);
    return wanted ? sure(*wanted != *present) : open("its condition is not known before it is deployed");
  }
  const std::size_t negation = test.find("Not");
  if (negation != std::string::npos) test.erase(negation, 3);
  if (!*present) {
    if (key == "aws:sourcevpce" || key == "aws:sourcevpc") {
      // A request over an endpoint of another template is one from elsewhere, too.
      for (const Option& option : elements_of(condition.value)) {
        const auto* to = option.value->as<Reference>();
        if (to == nullptr || reading_.find(to->resource) == nullptr) {
          return open("it names an endpoint or a network that the template does not make");
        }
      }
    }
    return sure(if_exists || all || (negation != std::string::npos && !any));
  }
  const Finding found = any_matches(test, key, condition.value, request);
  return negation == std::string::npos ? found : opposite(found);
}

std::optional<bool> Judge::is_present(const std::string& key, const Request& request) const {
  const bool by_path = request.way.kind == Way::Kind::Path;
  if (key == "aws:securetransport" || key == "aws:viaawsservice" || key == "aws:principalisawsservice") return true;
  if (key == "aws:resourceaccount") return true;
  if (key == "aws:sourcevpce" || key == "aws:sourcevpc") return by_path;
  if (key == "aws:sourceip") return !by_path && request.by.empty();
  if (key == "aws:principalarn" || key == "aws:principalaccount" || key == "kms:calleraccount") {
    return request.who->kind != Caller::Kind::Anyone && request.who->kind != Caller::Kind::Service;
  }
  if (key == "kms:viaservice") return !request.by.empty();
  if (key == "aws:sourcearn" || key == "aws:sourceaccount") return request.who->kind == Caller::Kind::Service;
  // Services that write into buckets of others leave what they write to these; what somebody else says is his.
  if (key == kObjectAcl && request.who->kind == Caller::Kind::Service) return request.action == "s3:putobject";
  if (key.starts_with(kObjectTag) || key == kObjectTagKeys) {
    if (request.action.starts_with("s3:replicate")) return std::nullopt;
    return marks(request) && (key == kObjectTagKeys || key.substr(kObjectTag.size()) == kArchiveTag);
  }
  // Tags of what is made or tagged, which the actions here do not do: but for one that makes a key elsewhere.
  if (key.starts_with("aws:requesttag/") || key == "aws:tagkeys") {
    return request.action == "kms:replicatekey" ? std::nullopt : std::optional(false);
  }
  return std::nullopt;
}

Finding Judge::any_matches(const std::string& test, const std::string& key, const Value& values,
                           const Request& request) const {
  Finding found = sure(false);
  for (const Option& option : elements_of(values)) {
    Finding one = value_matches(test, key, *option.value, request);
    if (one.truth == Truth::Yes && !option.certain) one = open("a value of its condition depends on another condition");
    found = either(found, one);
  }
  return found;
}

Finding Judge::value_matches(const std::string& test, const std::string& key, const Value& value,
                             const Request& request) const {
  const bool text_test = test == "StringEquals" || test == "StringEqualsIgnoreCase" || test == "StringLike" ||
                         test == "ArnEquals" || test == "ArnLike";
  if (test == "Bool" || (text_test && (key == "aws:securetransport" || key == "aws:viaawsservice" ||
                                       key == "aws:principalisawsservice"))) {
    const auto wanted = known_flag(value);
    if (!wanted) return open("its condition is not known before it is deployed");
    const bool is = key == "aws:securetransport" ? true
                    : key == "aws:viaawsservice" ? !request.by.empty()
                                                 : request.who->kind == Caller::Kind::Service;
    return sure(flag_text(is) == flag_text(*wanted));
  }
  if (test == "IpAddress" && key == "aws:sourceip") {
    const auto block = block_of(value, reading_.estate);
    if (!block) return open("its addresses are not known before it is deployed");
    const auto* whole = std::get_if<net::Prefix>(&block->base);
    if (whole != nullptr && whole->length == 0) return sure(true);
    if (request.way.kind != Way::Kind::Address) return sure(false);
    if (*block == request.way.block) return sure(true);
    const auto* one = std::get_if<net::Prefix>(&request.way.block.base);
    return sure(whole != nullptr && one != nullptr && whole->contains(*one));
  }
  if (!text_test) return open("the test `" + test + "` is not read");
  if (key.starts_with(kObjectTag) || key == kObjectTagKeys) {
    const auto flag = known_flag(value);
    const auto text = flag ? flag_text(*flag) : known_text(value);
    if (!text) return open("its condition is not known before it is deployed");
    return sure(text_matches(test, *text, key == kObjectTagKeys ? kArchiveTag : kArchiveValue));
  }
  // Only tests of patterns and of ARNs take one for more than itself.
  if (test.starts_with("StringEquals") && has_wildcard(arn_text(value))) return sure(false);
  if (key == "aws:principalarn") return arn_matches(value, *request.who);
  const std::string said = arn_text(value);
  if (said.empty()) return open("its condition is not known before it is deployed");
  if (key == "kms:viaservice") {
    return sure(said.starts_with(std::string(request.by) + ".") || (has_wildcard(said) && glob(said, request.by)));
  }
  if (key == "aws:principalaccount" || key == "kms:calleraccount") {
    return same_account(said, account_of(*request.who));
  }
  if (key == "aws:sourceaccount") return same_account(said, "{account}");
  if (key == kObjectAcl) return sure(text_matches(test, said, "bucket-owner-full-control"));
  if (key == "aws:resourceaccount") return same_account(said, account_of(request.resource));
  if (key == "aws:sourcevpce") {
    const auto* to = value.as<Reference>();
    if (to == nullptr) return has_wildcard(said) ? open("it names endpoints by a pattern") : sure(false);
    return sure(to->resource == request.way.endpoint->id());
  }
  if (key == "aws:sourcevpc") {
    const auto* to = value.as<Reference>();
    const auto* vpc = (*request.way.endpoint)["VpcId"].as<Reference>();
    if (to == nullptr || vpc == nullptr) return open("which network it names is not known");
    return sure(to->resource == vpc->resource);
  }
  // Which of a service's things asks is a matter of that service: it may.
  return sure(true);
}

Finding Judge::arn_matches(const Value& pattern, const Caller& caller) const {
  const std::string said = arn_text(pattern);
  if (said.empty()) return open("whom it names is not known before it is deployed");
  if (said == "*") return sure(caller.kind != Caller::Kind::Anyone);
  const auto* to = pattern.as<Reference>();
  switch (caller.kind) {
    case Caller::Kind::Role: {
      if (to != nullptr) return sure(to->resource == caller.item->id());
      const std::string own = arn_of(*caller.item);
      if (said == own) return sure(true);
      if (has_wildcard(said)) return open("it names roles by a pattern");
      const std::vector<std::string> named = arn_fields(said);
      const std::vector<std::string> is = arn_fields(own);
      if (named.size() != 6 || is.size() != 6 || named[5] != is[5]) return sure(false);
      return same_account(named[4], is[4]);
    }
    case Caller::Kind::Named: {
      if (to != nullptr) return sure(false);
      const std::string own = arn_text(caller.arn);
      if (said == own) return sure(true);
      if (!has_wildcard(said)) return sure(false);
      return own.starts_with("{") ? open("it names roles by a pattern") : sure(glob(said, own));
    }
    case Caller::Kind::Account:
      return has_wildcard(said) ? open("it names roles by a pattern") : sure(false);
    case Caller::Kind::Service:
    case Caller::Kind::Anyone:
      break;
  }
  return sure(false);
}

std::string Judge::account_of(const Caller& caller) const {
  if (caller.kind == Caller::Kind::Role || caller.kind == Caller::Kind::Account) return "{account}";
  const std::string said = arn_text(caller.arn);
  if (const auto account = account_named(said)) return *account;
  const std::vector<std::string> fields = arn_fields(said);
  return fields.size() == 6 ? fields[4] : "";
}

/// Of what has the ARN, or holds it; empty: it is not known.
std::string Judge::account_of(const std::string& resource) const {
  const std::vector<std::string> fields = arn_fields(resource);
  if (fields.size() != 6) return "";
  if (fields[2] != "s3") return fields[4];
  const std::string bucket = resource.substr(0, resource.find('/'));
  const auto buckets = reading_.of(kBucket.name);
  const bool own =
      std::any_of(buckets.begin(), buckets.end(), [&](const Item* item) { return arn_of(*item) == bucket; });
  return own ? "{account}" : "";
}

Naming Judge::names(const PolicyStatement& statement, const Caller& caller) const {
  const Value& principal = (*statement.value)["Principal"];
  if (principal.absent()) return Naming::Open;
  if (known_text(principal) == "*") return Naming::Itself;
  const auto* kinds = principal.as<Object>();
  if (kinds == nullptr) return Naming::Open;
  Naming found = Naming::No;
  for (const Member& kind : kinds->members) {
    for (const Option& option : elements_of(kind.value)) {
      const std::string said = arn_text(*option.value);
      if (kind.name == "Service") {
        if (caller.kind == Caller::Kind::Service && said == arn_text(caller.arn)) return Naming::Itself;
        continue;
      }
      if (kind.name != "AWS") {
        if (caller.kind == Caller::Kind::Named && said == arn_text(caller.arn)) return Naming::Itself;
        continue;
      }
      if (said == "*") return Naming::Itself;
      if (caller.kind == Caller::Kind::Service) continue;
      if (const auto account = account_named(said)) {
        if (caller.kind == Caller::Kind::Anyone) continue;
        const Finding same = same_account(*account, account_of(caller));
        // By its number or by its root: the account is the same.
        const bool itself = caller.kind == Caller::Kind::Named && account_named(arn_text(caller.arn)).has_value();
        if (itself && same.truth == Truth::Yes) return option.certain ? Naming::Itself : Naming::Open;
        if (same.truth == Truth::Yes && option.certain) found = Naming::ByAccount;
        if (same.truth != Truth::No && found == Naming::No) found = Naming::PerhapsByAccount;
        continue;
      }
      const Finding match = arn_matches(*option.value, caller);
      if (match.truth == Truth::Yes) return option.certain ? Naming::Itself : Naming::Open;
      if (match.truth == Truth::Open && found == Naming::No) found = Naming::Open;
    }
  }
  return found;
}

}  // namespace crenel::aws::reading
