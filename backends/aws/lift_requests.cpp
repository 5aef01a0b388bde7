#include "backends/aws/lift_requests.h"

#include <algorithm>
#include <utility>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

/// Partition, region and account: a template is deployed in some one, and writes it as a word or leaves it open.
Finding place_matches(const std::string& pattern, const std::string& text) {
  if (glob(pattern, text)) return sure(true);
  const bool token = text.starts_with("{") || pattern.starts_with("{");
  return token && !pattern.empty() ? open("it names a region or account that the template may be deployed in")
                                   : sure(false);
}

/// The resource's own part. A name that AWS chooses may begin like a pattern, and is no name that somebody wrote.
Finding name_matches(const std::string& pattern, const std::string& text) {
  if (glob(pattern, text)) return sure(true);
  const std::size_t token = text.find('{');
  if (token == std::string::npos || !has_wildcard(pattern)) return sure(false);
  const std::size_t wild = pattern.find_first_of("*?");
  const std::size_t slash = pattern.find('/');
  // The bucket, or the kind of thing, is said in full: it is this one or another.
  if (slash < wild && pattern.substr(0, slash) != text.substr(0, text.find('/'))) return sure(false);
  // What lies in a bucket is not the bucket.
  if (slash < wild && text.find('/') == std::string::npos) return sure(false);
  // So is a resource that it ends with.
  const std::size_t last = pattern.rfind('{');
  const bool named = last != std::string::npos && pattern.back() == '}' && last > pattern.find_last_of("*?");
  if (named && !text.ends_with(pattern.substr(last))) return sure(false);
  const std::size_t fixed = std::min(wild, token);
  if (pattern.compare(0, fixed, text, 0, fixed) != 0) return sure(false);
  return open("it names by a pattern what may be a part of it, or another");
}

/// What lies in a thing that is named in full, where the request is about another: of two things that are made
/// elsewhere, each is taken to be itself, and none to be the template's.
bool lies_in_another(std::string_view said, std::string_view resource) {
  if (said.starts_with("{late ")) return said.find("}/") == said.find('}');
  const bool bucket = said.starts_with("arn:{p}:s3:::") && said.find('/') < said.find_first_of("*?");
  return bucket && resource.starts_with("{late ");
}

}  // namespace

std::vector<std::string> arn_fields(const std::string& arn) {
  std::vector<std::string> out;
  std::size_t from = 0;
  while (out.size() < 5) {
    // A token in braces is one word, with its colons.
    std::size_t at = from;
    int depth = 0;
    while (at < arn.size() && (arn[at] != ':' || depth > 0)) {
      depth += arn[at] == '{' ? 1 : arn[at] == '}' ? -1 : 0;
      ++at;
    }
    if (at >= arn.size()) break;
    out.push_back(arn.substr(from, at - from));
    from = at + 1;
  }
  out.push_back(arn.substr(from));
  return out;
}

bool has_wildcard(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Finding sure(bool yes) { return {.truth = yes ? Truth::Yes : Truth::No, .why = {}}; }
Finding open(std::string why) { return {.truth = Truth::Open, .why = std::move(why)}; }

Finding both(const Finding& a, const Finding& b) {
  if (a.truth == Truth::No || b.truth == Truth::No) return sure(false);
  return a.truth == Truth::Open ? a : b;
}

Finding either(const Finding& a, const Finding& b) {
  if (a.truth == Truth::Yes || b.truth == Truth::Yes) return sure(true);
  return a.truth == Truth::Open ? a : b;
}

Finding opposite(Finding a) {
  if (a.truth == Truth::Open) return a;
  return sure(a.truth == Truth::No);
}

std::vector<PolicyStatement> statements_of(Reading& reading, const Value& document, bool certain) {
  std::vector<PolicyStatement> out;
  if (document.absent()) return out;
  const auto* whole = document.as<Object>();
  if (whole == nullptr || document["Statement"].absent()) {
    reading.unknown(document.place, "this is not read as a policy: what it allows is not known");
    return out;
  }
  for (const Option& option : elements_of(document["Statement"])) {
    const auto effect = known_text((*option.value)["Effect"]);
    if (option.value->as<Object>() == nullptr || (effect != "Allow" && effect != "Deny")) {
      reading.unknown(option.value->place, "this is not read as a statement of a policy: what it allows is not known");
      continue;
    }
    out.push_back({.value = option.value, .allow = effect == "Allow", .certain = certain && option.certain});
  }
  return out;
}

std::string Judge::arn_of(const Item& item) const {
  const std::string& type = item.resource->type;
  const auto named = [&](std::string_view property) {
    const auto said = known_text(item[property]);
    return said ? *said : "{" + item.id() + "}";
  };
  const std::string here = "{region}:{account}:";
  if (type == kBucket.name) return "arn:{p}:s3:::" + named("BucketName");
  if (type == kQueue.name) return "arn:{p}:sqs:" + here + named("QueueName");
  if (type == kTopic.name) return "arn:{p}:sns:" + here + named("TopicName");
  if (type == kTable.name) return "arn:{p}:dynamodb:" + here + "table/" + named("TableName");
  if (type == kKey.name) return "arn:{p}:kms:" + here + "key/{" + item.id() + "}";
  if (type == kSecret.name) return "arn:{p}:secretsmanager:" + here + "secret:" + named("Name");
  if (type == kFunction.name) return "arn:{p}:lambda:" + here + "function:" + named("FunctionName");
  if (type == kAutoScalingGroup.name) {
    return "arn:{p}:autoscaling:" + here + "autoScalingGroup:{uuid of " + item.id() + "}:autoScalingGroupName/" +
           named("AutoScalingGroupName");
  }
  if (type == kRole.name) return "arn:{p}:iam::{account}:role/" + named("RoleName");
  return "{" + item.id() + ".Arn}";
}

std::string Judge::arn_text(const Value& value) const {
  if (const auto* text = value.as<Text>()) {
    return text->text.starts_with("arn:aws") && text->text.find(':', 4) != std::string::npos
               ? "arn:{p}" + text->text.substr(text->text.find(':', 4))
               : text->text;
  }
  if (const auto* late = value.as<Late>()) {
    if (late->name == kPartition) return "{p}";
    if (late->name == kRegion) return "{region}";
    if (late->name == kAccount) return "{account}";
    return "{late " + late->name + "}";
  }
  if (const auto* to = value.as<Reference>()) {
    const Item* item = reading_.find(to->resource);
    if (item == nullptr) return "{" + to->resource + "}";
    std::string arn = arn_of(*item);
    const bool by_arn =
        to->attribute == "Arn" || to->attribute == "TopicArn" || to->attribute == "Id" ||
        (to->attribute.empty() && (item->resource->type == kTopic.name || item->resource->type == kSecret.name));
    if (by_arn) return arn;
    const std::size_t last = arn.find_last_of(":/");
    return last == std::string::npos ? arn : arn.substr(last + 1);
  }
  if (const auto* composed = value.as<Composed>()) {
    std::string out;
    for (const Value& piece : composed->pieces) out += arn_text(piece);
    return out.starts_with("arn:aws:") ? "arn:{p}:" + out.substr(8) : out;
  }
  return {};
}

Finding Judge::action_matches(const Value& statement, const Request& request) const {
  const bool inverted = statement["Action"].absent();
  const Value& listed = inverted ? statement["NotAction"] : statement["Action"];
  Finding found = sure(false);
  for (const Option& option : elements_of(listed)) {
    const auto text = known_text(*option.value);
    if (!text) {
      found = either(found, open("an action of it is not known before it is deployed"));
      continue;
    }
    Finding one = sure(glob(lower_case(*text), request.action));
    if (one.truth == Truth::Yes && !option.certain) one = open("an action of it depends on a condition");
    found = either(found, one);
  }
  if (listed.absent()) return open("a statement without actions");
  return inverted ? opposite(found) : found;
}

Finding Judge::resource_matches(const Value& statement, const Request& request) const {
  const bool inverted = !statement["NotResource"].absent();
  const Value& listed = inverted ? statement["NotResource"] : statement["Resource"];
  if (listed.absent()) {
    // In the policy of a resource it is that resource.
    const bool of_resource = !statement["Principal"].absent() || !statement["NotPrincipal"].absent();
    return of_resource ? sure(true) : open("a statement without resources");
  }
  Finding found = sure(false);
  const std::vector<std::string> wanted = arn_fields(request.resource);
  for (const Option& option : elements_of(listed)) {
    const std::string text = arn_text(*option.value);
    Finding one = sure(false);
    if (text.empty()) {
      one = open("what it is about is not known before it is deployed");
    } else if (text == "*" || (request.resource.starts_with("{late ") && glob(text, request.resource))) {
      one = sure(true);
    } else if (lies_in_another(text, request.resource)) {
      one = sure(false);
    } else {
      const std::vector<std::string> said = arn_fields(text);
      if (said.size() == wanted.size() && said.size() == 6) {
        one = both(sure(glob(said[2], wanted[2])), name_matches(said[5], wanted[5]));
        for (const std::size_t field : {std::size_t{1}, std::size_t{3}, std::size_t{4}}) {
          one = both(one, place_matches(said[field], wanted[field]));
        }
      } else if (has_wildcard(text)) {
        one = open("it names by a pattern what it is about");
      } else if (text.starts_with("{late ")) {
        // Whatever is given there is made elsewhere: this template does not exist before it is given.
        one = sure(false);
      }
    }
    if (one.truth == Truth::Yes && !option.certain) one = open("what it is about depends on a condition");
    found = either(found, one);
  }
  return inverted ? opposite(found) : found;
}

bool Judge::is_about(const PolicyStatement& statement, std::string action, std::string resource) const {
  const Request request{
      .who = nullptr, .action = std::move(action), .resource = std::move(resource), .way = {}, .own = true, .by = {}};
  const Finding found = both(action_matches(*statement.value, request), resource_matches(*statement.value, request));
  return found.truth == Truth::Yes;
}

bool Judge::may_be_about(const PolicyStatement& statement, std::string action, std::string resource) const {
  const Request request{
      .who = nullptr, .action = std::move(action), .resource = std::move(resource), .way = {}, .own = true, .by = {}};
  const Finding found = both(action_matches(*statement.value, request), resource_matches(*statement.value, request));
  return found.truth != Truth::No;
}

bool Judge::mentions(const PolicyStatement& statement, std::string action) const {
  const Request request{.who = nullptr, .action = std::move(action), .resource = {}, .way = {}, .own = true, .by = {}};
  return action_matches(*statement.value, request).truth != Truth::No;
}

Finding Judge::speaks_of(const PolicyStatement& statement, const Request& request) const {
  const Value& value = *statement.value;
  Finding found = both(action_matches(value, request), resource_matches(value, request));
  if (found.truth == Truth::No) return found;
  found = both(found, conditions_hold(statement, request));
  if (found.truth == Truth::Yes && !statement.certain) return open("whether it is there depends on a condition");
  return found;
}

}  // namespace crenel::aws::reading
