#include <algorithm>
#include <utility>

#include "backends/aws/agents.h"
#include "backends/aws/existing.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/patterns.h"
#include "backends/aws/schema.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::Parameter;
using model::ParameterKind;

constexpr const char* kCertificatePattern =
    "^arn:aws[a-z-]*:(?:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+|"
    "iam::[0-9]{12}:server-certificate/[A-Za-z0-9/_+=,.@-]+)$";
constexpr const char* kSecretPattern =
    "^(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}$";
/// With the six characters that AWS puts after the name: a policy that names less than the whole names nothing.
constexpr const char* kTokenPattern =
    "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$";
constexpr const char* kIdentityPattern = "^arn:aws[a-z-]*:iam::[0-9]{12}:(?:role|user)/[A-Za-z0-9/_+=,.@-]+$";
constexpr const char* kKeyPattern = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(?:key|alias)/[A-Za-z0-9/_-]+$";

std::string places(const Parameter& parameter) {
  std::vector<std::string> blocks;
  for (const net::Prefix& block : parameter.within) blocks.push_back(net::to_string(block));
  return blocks.empty() ? std::string() : " inside " + base::list_in_words(blocks, "or");
}

/// A block is no larger than the one that it lies in, whatever the bound on its length says.
std::string lengths(const Parameter& parameter) {
  int shortest = parameter.within.empty() ? 0 : 32;
  for (const net::Prefix& block : parameter.within) shortest = std::min(shortest, block.length);
  shortest = std::max(shortest, parameter.shortest);
  const std::string longest = "/" + std::to_string(parameter.longest);
  return shortest == parameter.longest ? longest : "/" + std::to_string(shortest) + " to " + longest;
}

struct Constraint {
  std::string pattern;      ///< may be empty
  std::string description;  ///< what AWS says when the pattern does not match
};

Constraint constraint_of(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::Cidr:
      return {block_pattern(parameter), "must be an IPv4 block of " + lengths(parameter) + places(parameter) +
                                            ", with no bit set after its length"};
    case ParameterKind::Ip:
      return {address_pattern(parameter), "must be an IPv4 address" + places(parameter)};
    case ParameterKind::Certificate:
      return {kCertificatePattern, "must be the ARN of a certificate in AWS Certificate Manager or IAM"};
    case ParameterKind::Secret:
      return {kSecretPattern, "must be the name or the ARN of a secret in AWS Secrets Manager, not the secret itself"};
    case ParameterKind::Identity:
      return {kIdentityPattern, "must be the ARN of an IAM role or user"};
    case ParameterKind::Key:
      return {kKeyPattern, "must be the ARN of a key in AWS KMS"};
    case ParameterKind::Text:
      return {parameter.pattern, parameter.pattern.empty() ? "" : "must match " + parameter.pattern};
    case ParameterKind::Image:
      break;  // its type is checked by AWS against the account's images
  }
  return {};
}

std::string description_of(const Parameter& parameter, bool token) {
  std::string text = parameter.origin.doc.empty() ? model::to_string(parameter.origin.path) : parameter.origin.doc;
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (token) {
    text += " Give the whole ARN of the secret in AWS Secrets Manager.";
  } else if (parameter.kind == ParameterKind::Secret) {
    text += " Give the name or ARN of the secret in AWS Secrets Manager.";
  }
  return cut(std::move(text), kParameterDescriptionCharacters);
}

Value lower_parameter(const model::Design& design, model::ParameterId id) {
  const Parameter& parameter = design.parameters[id];
  Constraint constraint = constraint_of(parameter);
  const bool token = is_token(design, id);
  const ArnForm form = form_of(design, id);
  if (!form.pattern.empty() && parameter.pattern.empty()) {
    constraint = {std::string(form.pattern), "must be " + std::string(form.description)};
  }
  if (token) constraint = {kTokenPattern, "must be the whole ARN of a secret in AWS Secrets Manager"};
  Value body;
  body.set("Type", parameter.kind == ParameterKind::Image ? kImageParameter : std::string_view("String"));
  body.set("Description", description_of(parameter, token));
  if (parameter.default_value) body.set("Default", *parameter.default_value);
  if (!constraint.pattern.empty()) body.set("AllowedPattern", constraint.pattern);
  if (!constraint.description.empty()) body.set("ConstraintDescription", constraint.description);
  return body;
}

bool is_used(const Template& made, const std::string& id) {
  return std::any_of(made.resources.begin(), made.resources.end(),
                     [&](const Resource& one) { return refers_to(one.entry.body, id); });
}

void add_rule(Lowering& to, const std::string& id, std::string_view pseudo, const std::string& value,
              const std::string& text) {
  Value assertion;
  assertion.set("Assert", object({{"Fn::Equals", array({reference_to(pseudo), value})}}));
  assertion.set("AssertDescription", text);
  to.out.rules.push_back({.id = id,
                          .subject = "target `" + to.design.name + "`",
                          .span = {},
                          .body = object({{"Assertions", array({std::move(assertion)})}})});
}

}  // namespace

void lower_rules_section(Lowering& to) {
  if (!to.plan.region.empty()) {
    add_rule(to, "DeployedInItsRegion", kRegion, to.plan.region,
             to.design.name + " is made for the Region " + to.plan.region);
  }
  if (!to.design.environment) return;
  if (const auto account = text_setting(to.design.environment->settings, kAccountSetting)) {
    add_rule(to, "DeployedInItsAccount", kAccount, *account, to.design.name + " is made for the account " + *account);
  }
}

void lower_parameters(Lowering& to) {
  for (const model::ParameterId id : to.design.parameters.ids()) {
    const Parameter& parameter = to.design.parameters[id];
    std::string name = parameter_id(to.design, id);
    if (parameter.chosen || !is_used(to.out, name)) continue;
    to.out.parameters.push_back({.id = std::move(name),
                                 .subject = "parameter `" + model::to_string(parameter.origin.path) + "`",
                                 .span = parameter.origin.span,
                                 .body = lower_parameter(to.design, id)});
  }
}

}  // namespace crenel::aws
