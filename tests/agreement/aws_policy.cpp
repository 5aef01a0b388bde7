#include "tests/agreement/aws_policy.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

namespace crenel::agreement {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string text_of(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return value.dump();
}

/// One value, or a list of them.
Texts texts_of(const json& value) {
  Texts out;
  if (value.is_array()) {
    for (const json& one : value) out.push_back(text_of(one));
  } else if (!value.is_null()) {
    out.push_back(text_of(value));
  }
  return out;
}

bool has_variable(const std::string& text) { return text.find("${") != std::string::npos; }

bool take(std::string& text, const std::string& part, bool at_end) {
  if (at_end ? !text.ends_with(part) : !text.starts_with(part)) return false;
  text.erase(at_end ? text.size() - part.size() : 0, part.size());
  return true;
}

/// Keys that are in a request or are not, and this is known: those that a request here would have in its context.
bool is_known(const std::string& key) {
  static const std::set<std::string> kKeys = {
      "aws:principalarn",
      "aws:principalaccount",
      "aws:principalisawsservice",
      "aws:securetransport",
      "aws:sourceaccount",
      "aws:sourcearn",
      "aws:sourceip",
      "aws:sourcevpc",
      "aws:sourcevpce",
      "aws:tagkeys",
      "aws:viaawsservice",
      "kms:calleraccount",
      "kms:viaservice",
      "lambda:sourcefunctionarn",
      "s3:requestobjecttagkeys",
      "aws:resourceaccount",
  };
  return kKeys.contains(key) || key.starts_with("aws:requesttag/") || key.starts_with("s3:requestobjecttag/");
}

Texts colon_fields(const std::string& arn) {
  Texts out(1);
  for (const char c : arn) {
    if (c == ':' && out.size() < 6) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

/// ArnEquals and ArnLike: each of the six parts by itself.
bool arn_matches(const std::string& pattern, const std::string& arn) {
  const Texts a = colon_fields(pattern);
  const Texts b = colon_fields(arn);
  if (a.size() != b.size()) return pattern == "*";
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!pattern_matches(a[i], b[i])) return false;
  }
  return true;
}

Says one_matches(const std::string& test, const std::string& wanted, const std::string& is) {
  const auto sure = [](bool yes) { return yes ? Says::Yes : Says::No; };
  if (has_variable(wanted)) return Says::Unknown;
  if (test == "StringEquals") return sure(wanted == is);
  if (test == "StringEqualsIgnoreCase" || test == "Bool") return sure(lower(wanted) == lower(is));
  if (test == "StringLike") return sure(pattern_matches(wanted, is));
  if (test == "ArnEquals" || test == "ArnLike") return sure(arn_matches(wanted, is));
  if (test == "IpAddress") {
    if (wanted.find(':') != std::string::npos) return Says::No;
    return sure(cidr(wanted.find('/') == std::string::npos ? wanted + "/32" : wanted).holds(ip(is)));
  }
  return Says::Unknown;
}

/// IAM User Guide, "Condition operators", "Multivalued context keys": a key that is not there fails positive tests and
/// meets negated ones; `IfExists` and `ForAllValues` are met, `ForAnyValue` is not.
Says holds(const AwsStatement::Test& test, const AwsRequest& request) {
  const auto found = request.context.find(test.key);
  const bool present = found != request.context.end() && !found->second.empty();
  if (!present && !is_known(test.key)) return Says::Unknown;
  if (test.test == "Null") {
    return !test.values.empty() && (test.values.front() == "true") != present ? Says::Yes : Says::No;
  }
  if (!present) return test.if_exists || test.all || (test.negated && !test.any) ? Says::Yes : Says::No;
  Says every = Says::Yes;
  Says some = Says::No;
  for (const std::string& is : found->second) {
    Says one = Says::No;
    for (const std::string& each : test.values) one = either(one, one_matches(test.test, each, is));
    if (test.negated) one = opposite(one);
    every = both(every, one);
    some = either(some, one);
  }
  return test.all ? every : some;
}

AwsStatement::Test test_of(std::string test, const std::string& key, const json& values) {
  AwsStatement::Test out;
  out.if_exists = take(test, "IfExists", true);
  out.all = take(test, "ForAllValues:", false);
  out.any = take(test, "ForAnyValue:", false);
  const std::size_t negation = test.find("Not");
  out.negated = negation != std::string::npos;
  if (out.negated) test.erase(negation, 3);
  out.test = std::move(test);
  out.key = lower(key);
  out.values = texts_of(values);
  return out;
}

AwsStatement::Listed listed(const json& statement, const char* name, const char* inverted) {
  AwsStatement::Listed out;
  out.inverted = statement.contains(inverted);
  out.given = out.inverted || statement.contains(name);
  if (out.given) out.values = texts_of(statement.at(out.inverted ? inverted : name));
  return out;
}

/// A list of patterns, or of what they leave out.
Says matches(const AwsStatement::Listed& list, const std::string& is) {
  if (!list.given) return Says::Unknown;
  Says out = Says::No;
  for (const std::string& each : list.values) {
    if (has_variable(each)) {
      out = either(out, Says::Unknown);
    } else if (pattern_matches(each, is)) {
      out = Says::Yes;
    }
  }
  return list.inverted ? opposite(out) : out;
}

std::string account_of_root(const std::string& said) {
  const bool number = said.size() == 12 && said.find_first_not_of("0123456789") == std::string::npos;
  if (number) return said;
  const Texts fields = colon_fields(said);
  return fields.size() == 6 && fields[2] == "iam" && fields[5] == "root" ? fields[4] : "";
}

}  // namespace

Says both(Says a, Says b) { return std::min(a, b); }
Says either(Says a, Says b) { return std::max(a, b); }
Says opposite(Says a) { return a == Says::Unknown ? a : a == Says::Yes ? Says::No : Says::Yes; }

bool pattern_matches(const std::string& pattern, const std::string& text) {
  if (pattern.find_first_of("*?") == std::string::npos) return pattern == text;
  // reach[i]: the pattern so far may stand for the first i characters.
  std::vector<bool> reach(text.size() + 1, false);
  reach[0] = true;
  for (const char c : pattern) {
    std::vector<bool> next(text.size() + 1, false);
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (c == '*') {
        next[i] = reach[i] || (i > 0 && next[i - 1]);
      } else if (i > 0) {
        next[i] = reach[i - 1] && (c == '?' || c == text[i - 1]);
      }
    }
    reach = std::move(next);
  }
  return reach[text.size()];
}

AwsStatement statement_of(const json& statement) {
  AwsStatement out;
  out.allow = statement.at("Effect") == "Allow";
  out.actions = listed(statement, "Action", "NotAction");
  for (std::string& each : out.actions.values) each = lower(each);
  out.resources = listed(statement, "Resource", "NotResource");
  if (statement.contains("Condition")) {
    for (const auto& [test, keys] : statement.at("Condition").items()) {
      for (const auto& [key, values] : keys.items()) out.tests.push_back(test_of(test, key, values));
    }
  }
  out.has_other_principal = statement.contains("NotPrincipal");
  if (!statement.contains("Principal")) return out;
  out.has_principal = true;
  const json& principal = statement.at("Principal");
  if (!principal.is_object()) {
    out.principals.push_back({.kind = "AWS", .name = text_of(principal)});
    return out;
  }
  for (const auto& [kind, values] : principal.items()) {
    for (std::string& said : texts_of(values)) out.principals.push_back({.kind = kind, .name = std::move(said)});
  }
  return out;
}

std::vector<AwsStatement> statements_of(const json& document) {
  std::vector<AwsStatement> out;
  if (!document.is_object() || !document.contains("Statement")) return out;
  const json& all = document.at("Statement");
  if (!all.is_array()) return {statement_of(all)};
  for (const json& one : all) out.push_back(statement_of(one));
  return out;
}

Says speaks_of(const AwsStatement& statement, const AwsRequest& request) {
  Says out = matches(statement.actions, lower(request.action));
  if (out == Says::No) return out;
  const bool of_resource = statement.has_principal || statement.has_other_principal;
  if (statement.resources.given || !of_resource) out = both(out, matches(statement.resources, request.resource));
  for (const AwsStatement::Test& test : statement.tests) {
    if (out == Says::No) break;
    out = both(out, holds(test, request));
  }
  return out;
}

AwsNaming names(const AwsStatement& statement, const AwsPrincipal& who) {
  if (!statement.has_principal) return AwsNaming::Unknown;
  AwsNaming found = AwsNaming::No;
  for (const auto& [kind, said] : statement.principals) {
    if (kind == "Service") {
      if (who.kind == AwsPrincipal::Kind::Service && said == who.arn) return AwsNaming::Itself;
      continue;
    }
    // Everybody, services of AWS too (IAM User Guide, "AWS JSON policy elements: Principal").
    if (kind == "AWS" && said == "*") return AwsNaming::Itself;
    if (who.kind != AwsPrincipal::Kind::Role) continue;
    if (said == who.arn) return AwsNaming::Itself;
    if (kind == "AWS" && account_of_root(said) == who.account && !who.account.empty()) found = AwsNaming::Account;
  }
  return found;
}

}  // namespace crenel::agreement
