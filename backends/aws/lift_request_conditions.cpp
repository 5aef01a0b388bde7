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

/// The account itself, as principals are named by it: its number, or its root's ARN.
bool is_account(const std::string& arn) {
  const bool number = arn.size() == 12 && arn.find_first_not_of("0123456789") == std::string::npos;
  return number || arn == "{account}" || arn.ends_with(":root");
}

std::string flag_text(bool flag) { return flag ? "true" : "false"; }

/// Keys that narrow down what is written with an object, not who may do it: they are part of the action.
bool narrows_the_action(const std::string& key) {
  return key.starts_with("s3:requestobjecttag") || key == "s3:requestobjecttagkeys";
}

}  // namespace

Finding Judge::conditions_hold(const Value& conditions, const Request& request) const {
  if (conditions.absent()) return sure(true);
  const auto* tests = conditions.as<Object>();
  if (tests == nullptr) return open("its conditions are not read");
  Finding found = sure(true);
  for (const Member& test : tests->members) {
    const auto* keys = test.value.as<Object>();
    if (keys == nullptr) return open("its conditions are not read");
    for (const Member& key : keys->members) found = both(found, condition_holds(test.name, key, request));
  }
  return found;
}

/// IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
Finding Judge::condition_holds(std::string test, const Member& condition, const Request& request) const {
  const std::string key = lower_case(condition.name);
  if (narrows_the_action(key)) return sure(true);
  const bool if_exists = take_suffix(test, "IfExists");
  const bool several = take_prefix(test, "ForAllValues:") || take_prefix(test, "ForAnyValue:");
  const auto present = is_present(key, request);
  if (!present || several) return open("the condition `" + condition.name + "` is not read");
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
    return sure(negation != std::string::npos || if_exists);
  }
  const Finding found = any_matches(test, key, condition.value, request);
  return negation == std::string::npos ? found : opposite(found);
}

std::optional<bool> Judge::is_present(const std::string& key, const Request& request) const {
  const bool by_path = request.way.kind == Way::Kind::Path;
  if (key == "aws:securetransport" || key == "aws:viaawsservice" || key == "aws:principalisawsservice") return true;
  if (key == "aws:sourcevpce" || key == "aws:sourcevpc") return by_path;
  if (key == "aws:sourceip") return !by_path && request.by.empty();
  if (key == "aws:principalarn" || key == "aws:principalaccount" || key == "kms:calleraccount") {
    return request.who->kind != Caller::Kind::Anyone && request.who->kind != Caller::Kind::Service;
  }
  if (key == "kms:viaservice") return !request.by.empty();
  if (key == "aws:sourcearn" || key == "aws:sourceaccount") return request.who->kind == Caller::Kind::Service;
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
  if (key == "aws:principalarn") return arn_matches(value, *request.who);
  const std::string said = arn_text(value);
  if (said.empty()) return open("its condition is not known before it is deployed");
  if (key == "kms:viaservice") {
    return sure(said.starts_with(std::string(request.by) + ".") || (has_wildcard(said) && glob(said, request.by)));
  }
  if (key == "aws:principalaccount" || key == "kms:calleraccount") {
    if (request.who->kind == Caller::Kind::Named) return open("which account somebody is of is not known");
    return said == "{account}" ? sure(true) : open("which account it is deployed in is not known");
  }
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
      return has_wildcard(said) ? open("it names roles by a pattern") : sure(false);
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
      if (caller.kind == Caller::Kind::Service) continue;
      if (said == "*") return Naming::Itself;
      if (is_account(said)) {
        if (caller.kind == Caller::Kind::Named && said == arn_text(caller.arn)) {
          return option.certain ? Naming::Itself : Naming::Open;
        }
        if (caller.kind != Caller::Kind::Anyone) found = Naming::ByAccount;
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
