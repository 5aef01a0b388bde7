#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/agreement/arm_expression.h"
#include "tests/agreement/azure_data.h"
#include "tests/agreement/azure_reading.h"

/// What a template does not make and gives roles at: deployments to other resource groups, ids that are written out or
/// given.
namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> out(1);
  for (const char c : path) {
    if (c == '/') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

/// "type/part|name/part" of "provider/type/name/part/name". ("Resource ID" in "ARM template functions")
std::string by_names(const std::string& path) {
  const auto all = segments(path);
  std::string type = all.front();
  std::string names;
  for (std::size_t i = 1; i < all.size(); ++i) {
    std::string& to = i % 2 == 1 ? type : names;
    to += (to.empty() ? "" : "/") + all[i];
  }
  return type + "|" + names;
}

/// Whether the role lets do anything with the data of such a thing.
bool is_of(const AzureRole& role, const char* kind) {
  for (const AzureAction& action : azure_actions(kind)) {
    if (action.control) continue;
    for (const AzureOperation& each : action.needed) {
      const auto names = [&](const std::string& one) { return is_for(one, each.name); };
      if (std::any_of(role.data_actions.begin(), role.data_actions.end(), names)) return true;
    }
  }
  return false;
}

}  // namespace

AzureData::Id AzureData::place(const std::string& said) {
  const std::string own = "(group)";
  std::string path = lower(said);
  if (path.starts_with(own)) path.erase(0, own.size());
  const std::string provider = "/providers/";
  const std::size_t at = path.rfind(provider);
  if (at != std::string::npos) return path.substr(0, at + 1) + by_names(path.substr(at + provider.size()));
  if (path.starts_with("/")) throw std::invalid_argument("where a role holds is not known: " + said);
  const bool relative = path.find('|') == std::string::npos && path.starts_with("microsoft.");
  return relative ? by_names(path) : path;
}

/// "Using linked and nested templates when deploying Azure resources": parameters of its own where it says so.
void AzureData::read_nested(const json& deployment, const ArmExpressions& outer) {
  const json& properties = deployment.at("properties");
  json inner = properties.at("template");
  const bool own = says(at(at(properties, "expressionEvaluationOptions"), "scope"), "Inner");
  if (own) {
    for (const auto& [name, given] : at(properties, "parameters").items()) {
      inner["parameters"][name]["defaultValue"] = outer.evaluate(given.at("value"));
    }
  }
  const ArmExpressions within(inner, {});
  const bool elsewhere = deployment.contains("resourceGroup") || deployment.contains("subscriptionId");
  for (const json& part : inner.at("resources")) {
    const std::string type = lower(part.at("type").get<std::string>());
    if (type == "microsoft.network/networkwatchers/flowlogs") continue;
    if (type == "microsoft.authorization/policydefinitions") continue;  // it lets nobody do anything
    const bool given = type == "microsoft.authorization/roleassignments";
    if (part.contains("copy") || (!given && type != "microsoft.authorization/roledefinitions")) {
      throw std::invalid_argument("a nested template makes " + type);
    }
    json made = (own ? within : outer).evaluate(part);
    const std::string scope = text(at(made, "scope"));
    // a group of its own has other things by the same names
    const bool local = scope.empty() || scope.find('|') != std::string::npos || scope.starts_with("(");
    if (given && elsewhere && local) throw std::invalid_argument("a role holds in another group: " + scope);
    keep(std::move(made));
  }
}

/// Of what is made elsewhere the scope of a role tells what it is, or, where that is given, what the role is for.
void AzureData::read_elsewhere() {
  struct Kind {
    const char* type;
    const char* word;
    int inside;
    std::set<std::string> groups;
  };
  const std::array<Kind, 5> kinds = {{
      {"microsoft.storage/storageaccounts/blobservices/containers", "store", 2, {"blob"}},
      {"microsoft.storage/storageaccounts", "store", 0, {"blob"}},
      {"microsoft.servicebus/namespaces/topics", "topic", 1, {"namespace"}},
      {"microsoft.servicebus/namespaces/queues", "queue", 1, {"namespace"}},
      {"microsoft.keyvault/vaults", "vault", 0, {"vault"}},
  }};
  for (const Assignment& given : assignments_) {
    const bool whole = given.scope.starts_with("/");
    const bool opaque = !given.scope.empty() && given.scope.find('|') == std::string::npos;
    const bool known =
        std::any_of(things_.begin(), things_.end(), [&](const Thing& it) { return it.id == given.scope; });
    if (known || (!whole && !opaque)) continue;
    const std::string type = type_of(given.scope);
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& each) {
      return opaque ? is_of(given.role, each.word) : type == each.type;
    });
    if (kind == kinds.end()) throw std::invalid_argument("a role holds over something elsewhere: " + given.said);
    Thing made{.named = {.kind = kind->word, .name = given.said, .stem = given.said, .elsewhere = true},
               .id = given.scope,
               .account = given.scope,
               .groups = kind->groups};
    for (int i = opaque ? 0 : kind->inside; i > 0; --i) made.account = parent_of(made.account);
    things_.push_back(std::move(made));
  }
}

}  // namespace crenel::agreement
