#include "backends/aws/known_names.h"

#include <algorithm>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/lower_policies.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;

std::string variable_name(const model::Design& design, const model::Endpoint& thing) {
  std::string out;
  for (const std::string& part : model::origin_of(design, thing).path) {
    if (!out.empty()) out += '_';
    for (const char c : part) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

std::string_view role_of(Cloud cloud) {
  switch (cloud) {
    case Cloud::Storage:
      return "Bucket";
    case Cloud::Queues:
      return "Queue";
    case Cloud::Notifications:
      return "Topic";
    case Cloud::Tables:
      return "Table";
    case Cloud::Keys:
      return "Key";
    case Cloud::Secrets:
      return "Secret";
    case Cloud::Functions:
      return "Function";
    case Cloud::Scaling:
      break;
  }
  return "Group";
}

}  // namespace

std::vector<KnownName> known_names(const model::Design& design, const DataPlan& plan, const model::Endpoint& who) {
  std::vector<KnownName> out;
  const auto add = [&](KnownName name) {
    const bool known =
        std::any_of(out.begin(), out.end(), [&](const KnownName& each) { return each.variable == name.variable; });
    if (!known) out.push_back(std::move(name));
  };
  for (const DataGrant* grant : plan.from(who)) {
    const std::string name = variable_name(design, grant->to);
    add({.variable = grant->cloud == Cloud::Secrets ? name + "_SECRET" : name, .grant = grant, .endpoint = {}});
    if (grant->cloud == Cloud::Tables && grant->endpoint) {
      add({.variable = "AWS_ENDPOINT_URL_DYNAMODB", .grant = grant, .endpoint = grant->endpoint});
    }
  }
  return out;
}

std::vector<std::string> variables_of(const std::vector<KnownName>& names) {
  std::vector<std::string> out;
  out.reserve(names.size());
  for (const KnownName& name : names) out.push_back(name.variable);
  return out;
}

Value known_value(const Lowering& to, const KnownName& name) {
  if (name.endpoint) {
    return object({{"Fn::Join", array({"", array({"https://", dns_name(endpoint_name(to, *name.endpoint))})})}});
  }
  if (const model::Existing* existing = model::existing_of(to.design, name.grant->to)) {
    return name.grant->cloud == Cloud::Storage ? existing_name(to.design, *existing)
                                               : existing_arn(to.design, *existing);
  }
  return reference_to(thing_name(to.design, name.grant->to, role_of(name.grant->cloud)));
}

}  // namespace crenel::aws
