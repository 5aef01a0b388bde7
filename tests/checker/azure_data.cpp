#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

/// All that stands in quotes in an expression: types, names of variables and parameters, ids.
Words quoted(const std::string& text) {
  Words out;
  for (std::size_t at = text.find('\''); at != std::string::npos;) {
    const std::size_t end = text.find('\'', at + 1);
    if (end == std::string::npos) break;
    out.insert(text.substr(at + 1, end - at - 1));
    at = text.find('\'', end + 1);
  }
  return out;
}

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// What follows a word in quotes in an expression: of createObject('declared', 'Inbox') "Inbox".
std::string after(const std::string& expression, const std::string& word) {
  const std::size_t at = expression.find("'" + word + "'");
  if (at == std::string::npos) return "";
  const std::size_t begin = expression.find('\'', at + word.size() + 2);
  const std::size_t end = expression.find('\'', begin + 1);
  return begin == std::string::npos || end == std::string::npos ? "" : expression.substr(begin + 1, end - begin - 1);
}

/// Azure's own roles by their ids. ("Azure built-in roles")
std::optional<Words> built_in(const std::string& id, const std::string& scope) {
  const bool topic = scope.find("/topics") != std::string::npos;
  if (id == "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1") return Words{"read"};  // Storage Blob Data Reader
  if (id == "ba92f5b4-2d11-453d-a403-e96b0029c9fe") return Words{"read", "write", "delete"};  // … Contributor
  if (id == "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39")
    return Words{topic ? "publish" : "send"};  // Service Bus Data Sender
  if (id == "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0") return Words{topic ? "subscribe" : "receive"};  // … Receiver
  if (id == "4633458b-17de-408a-b874-0445c86b69e6") return Words{"read"};  // Key Vault Secrets User
  if (id == "e147488a-f6f5-4113-8e2d-b22465e65bf6")
    return Words{"encrypt", "decrypt"};  // … Crypto Service Encryption User
  return std::nullopt;
}

/// A data action of a role of the template; nothing when it would have to be guessed.
std::optional<std::string> word_of(const std::string& action) {
  static const std::map<std::string, std::string> words = {{"containers/blobs/read", "read"},
                                                           {"containers/blobs/write", "write"},
                                                           {"containers/blobs/add/action", "write"},
                                                           {"containers/blobs/delete", "delete"},
                                                           {"containers/blobs/tags/write", "archive"},
                                                           {"keys/encrypt/action", "encrypt"},
                                                           {"keys/wrap/action", "encrypt"},
                                                           {"keys/decrypt/action", "decrypt"},
                                                           {"keys/unwrap/action", "decrypt"},
                                                           {"secrets/getSecret/action", "read"},
                                                           {"items/read", "get"},
                                                           {"items/create", "put"},
                                                           {"items/upsert", "put"},
                                                           {"items/replace", "put"},
                                                           {"items/delete", "put"},
                                                           {"containers/executeQuery", "query"},
                                                           {"containers/readChangeFeed", "query"},
                                                           {"databaseAccounts/readMetadata", ""}};
  for (const auto& [end, word] : words) {
    if (action.ends_with(end)) return word;
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const json& document) : document_(document) {}

  DataReading run() {
    out_.by_declared_name = true;
    each([&](std::size_t, const std::string& type, const json& resource) { thing(type, resource); });
    each([&](std::size_t index, const std::string& type, const json& resource) {
      if (type == "Microsoft.Resources/deployments") elsewhere(index, resource.at("properties"));
      if (type == "Microsoft.Authorization/roleAssignments") {
        const std::string scope = text(resource.value("scope", json("")));
        if (!is_of_host(scope, resource.at("properties"))) {
          assignment("/resources/" + std::to_string(index), scope, resource.at("properties"));
        }
      }
      if (type == "Microsoft.EventGrid/systemTopics/eventSubscriptions") {
        const std::string name = text(resource.at("name"));
        if (!of_group_.contains(name.substr(0, name.find('/')))) event(index, name, resource.at("properties"));
      }
      if (type == "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments") {
        assignment("/resources/" + std::to_string(index), text(resource.at("properties").at("scope")),
                   resource.at("properties"));
      }
    });
    return std::move(out_);
  }

 private:
  template <class Visit>
  void each(const Visit& visit) {
    std::size_t index = 0;
    for (const json& resource : document_.at("resources"))
      visit(index++, resource.at("type").get<std::string>(), resource);
  }

  /// A deployment into another resource group. What its template says is said of what the deployment gives it; the
  /// things there are known by their ids, or by the parameter that gives one.
  void elsewhere(std::size_t index, const json& p) {
    const json& inner = p.at("template");
    std::map<std::string, std::string> given;
    const json parameters = p.value("parameters", json::object());
    for (const auto& [name, value] : parameters.items()) {
      given["[parameters('" + name + "')]"] = text(value.at("value"));
    }
    const auto outer = [&](const json& value) {
      const auto found = given.find(text(value));
      return found == given.end() ? text(value) : found->second;
    };
    for (const json& resource : inner.at("resources")) {
      if (resource.at("type") == "Microsoft.Authorization/roleDefinitions") {
        roles_elsewhere_[bare(text(resource.at("name")))] = role_words(resource.at("properties"));
      }
    }
    std::size_t number = 0;
    for (const json& resource : inner.at("resources")) {
      const std::string at =
          "/resources/" + std::to_string(index) + "/properties/template/resources/" + std::to_string(number++);
      if (resource.at("type") != "Microsoft.Authorization/roleAssignments") continue;
      const std::string thing = outer(resource.at("scope"));
      json properties = resource.at("properties");
      properties["principalId"] = outer(properties.at("principalId"));
      const Words names = quoted(thing);
      existing(thing, names.empty() ? thing : *names.begin());
      assignment(at, thing, properties);
    }
  }

  /// The private endpoints that lead to it are those whose target is its beginning, or is cut out of its parameter.
  void existing(const std::string& id, const std::string& name) {
    things_elsewhere_[id] = name;
    for (const auto& [target, endpoints] : targets_) {
      const bool begins = id.front() == '/' && (id == target || id.starts_with(target + "/"));
      if (begins || (id.front() == '[' && quoted(target).contains(name))) {
        paths_elsewhere_[name].insert(endpoints.begin(), endpoints.end());
      }
    }
  }

  /// An expression without its brackets.
  static std::string bare(const std::string& value) {
    return value.size() > 2 && value.front() == '[' ? value.substr(1, value.size() - 2) : value;
  }

  void thing(const std::string& type, const json& resource) {
    const std::string name = text(resource.at("name"));
    const json p = resource.value("properties", json::object());
    const std::string declared = after(text(resource.value("tags", json(""))), "declared");
    const bool runs_code = type == "Microsoft.Compute/virtualMachineScaleSets" ||
                           type == "Microsoft.Compute/virtualMachines" || type == "Microsoft.Web/sites";
    if (runs_code && resource.contains("identity")) {
      for (const std::string& each : quoted(resource.at("identity").dump())) {
        out_.actors[each].insert(declared.empty() ? name : declared);
      }
    }
    if (type == "Microsoft.Web/sites") host(declared, p);
    if (type == "Microsoft.EventGrid/systemTopics") {
      for (const std::string& each : quoted(text(p.at("source")))) sources_[name].insert(each);
      if (p.value("topicType", "") == "Microsoft.Resources.ResourceGroups") of_group_.insert(name);
    }
    if (type.ends_with("oleDefinitions")) role(name, p);
    if (type == "Microsoft.Network/privateEndpoints") {
      for (const std::string& each : quoted(p.at("privateLinkServiceConnections").dump())) paths_[each].insert(name);
      for (const json& each : p.at("privateLinkServiceConnections")) {
        targets_[text(each.at("properties").at("privateLinkServiceId"))].insert(name);
      }
    }
    if (declared.empty()) return;
    for (const std::string& each : quoted(name)) accounts_[each] = declared;
    if (type == "Microsoft.Web/sites") {
      if (p.value("publicNetworkAccess", "") != "Disabled") out_.unreadable.push_back("who reaches " + declared);
      return;
    }
    const bool closed = p.value("publicNetworkAccess", "") == "Disabled" ||
                        (p.contains("networkAcls") && p.at("networkAcls").value("defaultAction", "") == "Deny");
    if (!closed) open_.insert(declared);
    if (p.value("publicNetworkAccess", "") != "Disabled" && p.contains("networkAcls")) {
      for (const json& each : p.at("networkAcls").value("ipRules", json::array()))
        from_[declared].insert(address(each));
    }
    keys(type, declared, p);
  }

  /// The account that an app keeps its state in, by the variable that names it.
  void host(const std::string& app, const json& p) {
    for (const json& setting : p.at("siteConfig").at("appSettings")) {
      if (setting.at("name") != "AzureWebJobsStorage__accountName") continue;
      for (const std::string& each : quoted(text(setting.at("value")))) hosts_[each] = app;
    }
  }

  /// Whoever else gets into an app's own account could start it, or run in its name.
  bool is_of_host(const std::string& scope, const json& p) {
    for (const std::string& each : quoted(scope)) {
      const auto app = hosts_.find(each);
      if (app == hosts_.end()) continue;
      const std::string principal = text(p.at("principalId"));
      const std::string identity = after(principal, "Microsoft.ManagedIdentity/userAssignedIdentities");
      const auto actors = out_.actors.find(identity);
      const bool own = actors != out_.actors.end() && actors->second == Words{app->second};
      const bool events = sources_.contains(after(principal, "Microsoft.EventGrid/systemTopics"));
      if (!own && !events) out_.unreadable.push_back("who else gets into the state of " + app->second);
      return true;
    }
    return false;
  }

  /// What a store tells an app's queue starts the app.
  void event(std::size_t index, const std::string& name, const json& p) {
    DataStatement made;
    made.at = "/resources/" + std::to_string(index);
    for (const std::string& each : sources_[name.substr(0, name.find('/'))]) {
      if (accounts_.contains(each)) made.who.insert(accounts_.at(each));
    }
    const json& to = p.at("deliveryWithResourceIdentity").at("destination");
    for (const std::string& each : quoted(text(to.at("properties").at("resourceId")))) {
      if (hosts_.contains(each)) made.services.insert(hosts_.at(each));
    }
    if (made.who.empty() || made.services.empty()) out_.unreadable.push_back("who is told of events: " + made.at);
    made.words = {"invoke"};
    made.operations = made.words;
    out_.statements.push_back(std::move(made));
  }

  static std::string address(const json& rule) {
    const std::string value = text(rule.at("value"));
    // Of an expression the parameter that it is about: a single address is written without its length.
    static constexpr std::string_view kParameter = "parameters('";
    const std::size_t at = value.find(kParameter);
    if (at == std::string::npos) return "from " + value;
    const std::size_t begin = at + kParameter.size();
    return "from " + value.substr(begin, value.find('\'', begin) - begin);
  }

  /// Whoever has the account's own keys, or an old policy, passes all roles by.
  void keys(const std::string& type, const std::string& declared, const json& p) {
    const bool good = type == "Microsoft.Storage/storageAccounts"
                          ? !p.value("allowSharedKeyAccess", true) && !p.value("allowBlobPublicAccess", true)
                      : type == "Microsoft.KeyVault/vaults" ? p.value("enableRbacAuthorization", false)
                                                            : p.value("disableLocalAuth", false);
    const bool account = type == "Microsoft.Storage/storageAccounts" || type == "Microsoft.KeyVault/vaults" ||
                         type == "Microsoft.ServiceBus/namespaces" || type == "Microsoft.DocumentDB/databaseAccounts";
    if (account && !good) out_.unreadable.push_back("who has a key of its own: " + declared);
  }

  void role(const std::string& name, const json& p) {
    const Words words = role_words(p);
    for (const std::string& each : quoted(name)) roles_[each] = words;
  }

  Words role_words(const json& p) {
    Words words;
    for (const json& permission : p.at("permissions")) {
      for (const json& action : permission.value("dataActions", json::array())) {
        const auto word = word_of(action);
        if (!word) {
          out_.unreadable.push_back("what a role lets do: " + action.get<std::string>());
        } else if (!word->empty()) {
          words.insert(*word);
        }
      }
      if (!permission.value("actions", json::array()).empty()) words.insert("administer");
    }
    return words;
  }

  void assignment(const std::string& at, const std::string& scope, const json& p) {
    const std::string principal = text(p.at("principalId"));
    const std::string identity = after(principal, "Microsoft.ManagedIdentity/userAssignedIdentities");
    // Nobody who runs code acts as it: Azure's own services do, to encrypt or to write logs.
    if (!identity.empty() && !out_.actors.contains(identity)) return;
    // What a guard's workflow may is looked at with the guard.
    const std::string workflow = after(principal, "Microsoft.Logic/workflows");
    const std::string own = "variables('" + workflow + "RoleName')";
    const bool undoes = scope.empty() && workflow.ends_with("Revert");
    if (undoes && text(p.at("roleDefinitionId")).find(own) != std::string::npos) return;
    DataStatement made;
    made.at = at;
    made.who = identity.empty() ? parameter(principal) : Words{identity};
    // what tells of changes in the resource group is Azure's own
    if (of_group_.contains(after(principal, "Microsoft.EventGrid/systemTopics"))) made.who = {kEventsOfGroup};
    for (const std::string& each : quoted(scope)) {
      if (accounts_.contains(each)) made.services.insert(accounts_.at(each));
    }
    const auto there = things_elsewhere_.find(scope);
    if (there != things_elsewhere_.end()) made.services.insert(there->second);
    if (made.services.empty()) out_.unreadable.push_back("of what a role is assigned: " + made.at);
    const auto words = words_of(text(p.at("roleDefinitionId")), scope);
    if (!words) return out_.unreadable.push_back("which role is assigned: " + made.at);
    made.words = *words;
    made.operations = *words;
    const std::string condition = p.value("condition", "");
    const bool by_link = condition.ends_with("OR (@Environment[isPrivateLink] BoolEquals true))");
    const bool by_none = condition.ends_with("OR (@Environment[isPrivateLink] BoolEquals false))");
    if (!condition.empty() && !by_link && !by_none) out_.unreadable.push_back("a condition: " + made.at);
    if (there != things_elsewhere_.end()) {
      // its firewall is not seen: a role on objects has to say itself by which way they are asked for
      const bool objects = made.words.contains("write") || made.words.contains("delete") ||
                           made.words.contains("archive") || scope.find("Microsoft.Storage") != std::string::npos;
      if (objects && !by_link) out_.unreadable.push_back("by which way a store elsewhere is asked: " + made.at);
      for (const std::string& path : paths_elsewhere_[there->second]) made.ways.insert("path " + path);
    }
    for (const std::string& service : made.services) {
      if (open_.contains(service)) continue;
      for (const auto& [account, declared] : accounts_) {
        if (declared != service || by_none) continue;
        for (const std::string& path : paths_[account]) made.ways.insert("path " + path);
      }
      if (!by_link) made.ways.insert(from_[service].begin(), from_[service].end());
    }
    out_.statements.push_back(std::move(made));
  }

  static Words parameter(const std::string& principal) {
    const Words names = quoted(principal);
    return names.empty() ? Words{principal} : names;
  }

  [[nodiscard]] std::optional<Words> words_of(const std::string& role, const std::string& scope) const {
    std::optional<Words> out;
    for (const auto& [name, words] : roles_elsewhere_) {
      if (role.find(name) != std::string::npos) return words;
    }
    for (const std::string& each : quoted(role)) {
      if (const auto found = built_in(each, scope)) out = found;
      if (roles_.contains(each) && !accounts_.contains(each)) out = roles_.at(each);
    }
    return out;
  }

  const json& document_;
  std::map<std::string, std::string> accounts_;          ///< by the variable that names them: the declared name
  std::map<std::string, Words> roles_;                   ///< likewise
  std::map<std::string, Words> paths_;                   ///< private endpoints, by the account
  std::map<std::string, Words> from_;                    ///< addresses that a firewall lets in, by the declared name
  std::map<std::string, std::string> hosts_;             ///< by the variable that names an app's own account: the app
  std::map<std::string, Words> sources_;                 ///< what names the store, by the topic of its events
  std::map<std::string, Words> targets_;                 ///< private endpoints, by what they lead to, as written
  std::map<std::string, std::string> things_elsewhere_;  ///< by the scope that names one: what it is called here
  std::map<std::string, Words> paths_elsewhere_;         ///< by what it is called
  std::map<std::string, Words> roles_elsewhere_;         ///< by the expression of a role's name
  Words of_group_;                                       ///< topics of the events of the resource group
  Words open_;                                           ///< without a firewall
  DataReading out_;
};

}  // namespace

DataReading azure_data(const json& document) { return Reader(document).run(); }

}  // namespace crenel::checker
