#include <algorithm>
#include <cctype>

#include "tests/agreement/azure_data.h"
#include "tests/agreement/azure_reading.h"

/// Who may do what: firewalls, roles, keys, names and packets.
namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

/// "a/b" of "type|a/b/c" where `of` is "type|a".
std::string parent_name(const std::string& id) { return id.substr(0, id.rfind('/')); }

/// What is given at a resource is for it and for what is in it: an operation on what it is in is none of these.
/// Messages are sent to a queue and a topic, and taken from a queue and a subscription. ("Understand scope for Azure
/// RBAC", "Authenticate an application with Microsoft Entra ID to access Azure Service Bus entities")
bool is_done_at(const std::string& type, const std::string& operation) {
  const std::string name = lower(operation);
  if (name.starts_with("microsoft.authorization/") || name.starts_with(type + "/")) return true;
  if (type.ends_with("/topics/subscriptions")) return name.ends_with("/messages/receive/action");
  const bool has_messages = type.ends_with("/queues") || type.ends_with("/topics");
  return has_messages && name.find("/messages/") != std::string::npos;
}

/// What an access policy's words are for. ("Assign a Key Vault access policy", "Azure RBAC vs. access policies"; "all"
/// is every permission of its kind.)
bool is_word_for(const std::string& word, const std::string& of, const std::string& operation) {
  const std::string begin = "Microsoft.KeyVault/vaults/" + of + "/";
  if (!operation.starts_with(begin)) return false;
  if (word == "all") return true;
  std::string last = operation.substr(begin.size());
  last = lower(last.substr(0, last.find('/')));
  if (last == "wrap" || last == "unwrap") last += "key";
  if (last == "getsecret" || last == "setsecret") last.resize(3);
  return word == last;
}

bool is_storage(const std::string& kind) { return kind == "store" || kind == "host"; }

Cidr block_of(const std::string& said) { return cidr(said.find('/') == std::string::npos ? said + "/32" : said); }

}  // namespace

std::vector<DataThing> AzureData::things() const {
  std::vector<DataThing> out;
  for (const Thing& each : things_) out.push_back(each.named);
  return out;
}

std::vector<DataAsker> AzureData::askers() const {
  std::vector<DataAsker> out;
  for (const Caller& each : callers_) out.push_back(each.named);
  for (const Thing& each : things_) {
    if (each.named.kind == "store" && !each.named.elsewhere) {
      out.push_back({.kind = DataAsker::Kind::Event, .name = each.named.name, .stem = each.named.stem});
    }
  }
  out.push_back({.kind = DataAsker::Kind::Account, .name = "", .stem = ""});
  out.push_back({.kind = DataAsker::Kind::Anyone, .name = "", .stem = ""});
  return out;
}

std::vector<DataWay> AzureData::ways() const {
  std::vector<DataWay> out = {DataWay{}};
  std::set<Ip> addresses = given_;
  for (const Thing& each : things_) {
    for (const Cidr& block : firewall(each).from) addresses.insert(block.base);
  }
  for (const Ip address : addresses) {
    if (is_private(address)) continue;
    DataWay way;
    way.kind = DataWay::Kind::Address;
    way.address = address;
    out.push_back(way);
  }
  for (const Endpoint& each : endpoints_) {
    DataWay way;
    way.kind = DataWay::Kind::Path;
    way.name = each.name;
    way.stem = each.name.substr(0, each.name.rfind("Endpoint"));
    out.push_back(way);
  }
  const std::size_t with_tls = out.size();
  for (std::size_t i = 0; i < with_tls; ++i) {
    out.push_back(out[i]);
    out.back().plain = true;
  }
  return out;
}

std::vector<std::string> AzureData::actions(const DataThing& thing) const {
  std::vector<std::string> out;
  for (const AzureAction& each : azure_actions(thing.kind)) out.push_back(each.word);
  return out;
}

const AzureData::Thing& AzureData::thing(const std::string& name) const {
  return *std::find_if(things_.begin(), things_.end(), [&](const Thing& each) { return each.named.name == name; });
}

/// The properties of the account; of what is made elsewhere none.
const json& AzureData::account_of(const Thing& thing) const {
  static const json kNone;
  const json* account = find(thing.account);
  return account == nullptr ? kNone : at(*account, "properties");
}

/// Without a word of the template each of them takes requests from everywhere. ("Azure Storage firewall rules",
/// "Configure network security for Azure Key Vault", "Configure IP firewall rules for Azure Service Bus", "Configure IP
/// firewall in Azure Cosmos DB".)
AzureData::Firewall AzureData::firewall(const Thing& thing) const {
  const json& account = account_of(thing);
  const json& access = at(account, "publicNetworkAccess");
  Firewall out;
  // its firewall is its owner's: of a store a role's condition can ask for the private link, of others nothing can
  if (thing.named.elsewhere) {
    out.open = thing.named.kind == "store";
    return out;
  }
  if (says(access, "Disabled")) return out;
  out.unread = access.is_string() && !says(access, "Enabled");
  const auto blocks = [&](const json& rules, const char* list, const char* of) {
    for (const json& each : at(rules, list)) {
      if (text(at(each, of)) == "0.0.0.0") {
        out.unread = true;
      } else {
        out.from.push_back(block_of(text(at(each, of))));
      }
    }
  };
  const auto has = [](const json& rules, const char* list) {
    return at(rules, list).is_array() && !rules[list].empty();
  };
  if (is_storage(thing.named.kind) || thing.named.kind == "vault") {
    const json& rules = at(account, "networkAcls");
    out.open = !says(at(rules, "defaultAction"), "Deny");
    blocks(rules, "ipRules", "value");
    out.unread = out.unread || has(rules, "virtualNetworkRules") || has(rules, "resourceAccessRules");
  } else if (thing.named.kind == "table") {
    blocks(account, "ipRules", "ipAddressOrRange");
    out.open = !has(account, "ipRules");
    out.unread = out.unread || has(account, "virtualNetworkRules");
  } else {
    out.open = true;
    for (const json* each : all("Microsoft.ServiceBus/namespaces/networkRuleSets")) {
      const json& rules = at(*each, "properties");
      if (!is_within(id_of(*each), thing.account)) continue;
      if (says(at(rules, "publicNetworkAccess"), "Disabled")) return {};
      const bool some = has(rules, "ipRules") || has(rules, "virtualNetworkRules");
      out.open = !says(at(rules, "defaultAction"), "Deny") || !some;
      blocks(rules, "ipRules", "ipMask");
      out.unread = out.unread || has(rules, "virtualNetworkRules");
    }
  }
  return out;
}

bool AzureData::leads(const Endpoint& endpoint, const Thing& thing) const {
  return std::any_of(endpoint.leads.begin(), endpoint.leads.end(), [&](const auto& each) {
    return each.first == thing.account &&
           std::any_of(each.second.begin(), each.second.end(),
                       [&](const std::string& group) { return thing.groups.contains(group); });
  });
}

/// Whether the thing takes a request that comes that way.
Says AzureData::comes(const Thing& thing, const DataWay& way) const {
  const bool takes_plain = is_storage(thing.named.kind) && at(account_of(thing), "supportsHttpsTrafficOnly") == false;
  if (way.plain && !takes_plain) return Says::No;
  if (way.kind == DataWay::Kind::Path) {
    const auto found =
        std::find_if(endpoints_.begin(), endpoints_.end(), [&](const Endpoint& each) { return each.name == way.name; });
    return found != endpoints_.end() && leads(*found, thing) ? Says::Yes : Says::No;
  }
  const Firewall wall = firewall(thing);
  const bool listed =
      way.kind == DataWay::Kind::Address &&
      std::any_of(wall.from.begin(), wall.from.end(), [&](const Cidr& block) { return block.holds(way.address); });
  if (wall.open || listed) return Says::Yes;
  return wall.unread ? Says::Unknown : Says::No;
}

Says AzureData::by_assignment(const Assignment& given, const AzureOperation& operation, const Thing& on,
                              const DataWay& way) const {
  // items of Cosmos DB have roles of its own, which let do nothing else ("Use data plane role-based access control with
  // Azure Cosmos DB for NoSQL")
  if (given.of_cosmos != (on.named.kind == "table" && operation.on_data)) return Says::No;
  if (!lets(given.role, operation)) return Says::No;
  // the template's own group has nothing of what is elsewhere
  if (given.scope.empty() && on.named.elsewhere) return Says::No;
  if (!given.scope.empty()) {
    const bool part = is_within(given.scope, on.id) && find(given.scope) != nullptr;
    if (!part && !is_within(on.id, given.scope)) return Says::No;
    const std::string type = type_of(given.scope);
    if (!type.empty() && !is_done_at(type, operation.name)) return Says::No;
  }
  // of a vault elsewhere its owner is to say that roles count
  if (on.named.kind == "vault" && operation.on_data && !on.named.elsewhere) {
    const json& roles = at(account_of(on), "enableRbacAuthorization");
    if (!roles.is_boolean()) return Says::Unknown;
    if (!roles.get<bool>()) return Says::No;
  }
  if (given.condition.empty()) return Says::Yes;
  return holds(given.condition, {.operation = operation.name, .by_private_link = way.kind == DataWay::Kind::Path});
}

/// Where roles do not count for a vault's keys and secrets, its access policies do.
Says AzureData::by_policy(const Caller& who, const AzureOperation& operation, const Thing& on) const {
  if (on.named.kind != "vault" || !operation.on_data) return Says::No;
  const json& vault = account_of(on);
  const json& roles = at(vault, "enableRbacAuthorization");
  if (roles == true) return Says::No;
  for (const json& policy : at(vault, "accessPolicies")) {
    if (!who.principals.contains(text(at(policy, "objectId")))) continue;
    for (const char* of : {"keys", "secrets", "certificates"}) {
      for (const json& word : at(at(policy, "permissions"), of)) {
        if (is_word_for(lower(text(word)), of, operation.name)) return roles == false ? Says::Yes : Says::Unknown;
      }
    }
  }
  return Says::No;
}

bool AzureData::by_key(const Thing& on) const {
  if (on.named.elsewhere) return false;
  const json& account = account_of(on);
  if (is_storage(on.named.kind)) return at(account, "allowSharedKeyAccess") != false;
  const bool local = on.named.kind == "queue" || on.named.kind == "topic" || on.named.kind == "table";
  return local && at(account, "disableLocalAuth") != true;
}

bool AzureData::by_anyone(const Thing& on) const {
  if (!is_storage(on.named.kind) || on.named.elsewhere || at(account_of(on), "allowBlobPublicAccess") == false) {
    return false;
  }
  const auto containers = all("Microsoft.Storage/storageAccounts/blobServices/containers");
  return std::any_of(containers.begin(), containers.end(), [&](const json* each) {
    const json& access = at(at(*each, "properties"), "publicAccess");
    return is_within(id_of(*each), on.id) && access.is_string() && !says(access, "None");
  });
}

Says AzureData::let(const DataAsker& who, const AzureOperation& operation, const Thing& on, const DataWay& way) const {
  const bool reads = operation.name.ends_with("/containers/blobs/read");
  if (reads && by_anyone(on)) return Says::Yes;
  if (who.kind == DataAsker::Kind::Anyone) return Says::No;
  if (who.kind == DataAsker::Kind::Account) return operation.on_data && by_key(on) ? Says::Yes : Says::No;
  const auto caller = std::find_if(callers_.begin(), callers_.end(), [&](const Caller& each) {
    return each.named.kind == who.kind && each.named.name == who.name;
  });
  if (!caller->tells.empty() && caller->tells != on.id) return Says::No;
  Says out = by_policy(*caller, operation, on);
  for (const Assignment& each : assignments_) {
    if (caller->principals.contains(each.principal)) out = std::max(out, by_assignment(each, operation, on, way));
  }
  return out;
}

DataAnswer AzureData::answer(const DataQuestion& question) const {
  if (question.who.kind == DataAsker::Kind::Event) return of_event(question);
  const Thing& on = thing(question.thing);
  const auto& actions = azure_actions(on.named.kind);
  const AzureAction& action = *std::find_if(actions.begin(), actions.end(),
                                            [&](const AzureAction& each) { return each.word == question.action; });
  const bool by_itself = question.who.kind == DataAsker::Kind::Account && (action.control || on.named.kind == "vault");
  const bool program = question.who.kind == DataAsker::Kind::Program;
  DataAnswer out;
  // whoever may change it by rights of his own is not the template's concern
  if (by_itself || (program && is_own(on, question.who.name))) return out;
  if (action.control && (question.way.kind != DataWay::Kind::Internet || question.way.plain)) return out;
  const Says way = action.control ? Says::Yes : comes(on, question.way);
  const auto asked = [&](const AzureOperation& operation) {
    const Says one = let(question.who, operation, on, question.way);
    // of what changes a thing no ways are told: whoever may by one of them, may
    DataWay path;
    path.kind = DataWay::Kind::Path;
    return action.control ? std::max(one, let(question.who, operation, on, path)) : one;
  };
  Says all_of = action.needed.empty() ? Says::No : Says::Yes;
  Says any = Says::No;
  for (const AzureOperation& each : action.needed) {
    const Says one = asked(each);
    all_of = std::min(all_of, one);
    // what a client of Cosmos DB asks for first is nothing by itself
    if (!each.name.ends_with("/readMetadata")) any = std::max(any, one);
  }
  for (const AzureOperation& each : action.some) any = std::max(any, asked(each));
  out.admitted = std::min(any, way);
  out.works = std::min(all_of, way);
  if (out.admitted == Says::Unknown || out.works == Says::Unknown) out.why = "the template does not tell";
  if (!is_readable(on)) out.works = Says::No;
  if (out.works != Says::No && program) out.arrives = runs(question.who.name) ? arrives(question) : Says::No;
  return out;
}

/// New objects of a store start a function when a system topic of the store tells its host's queue, with a role there.
DataAnswer AzureData::of_event(const DataQuestion& question) const {
  DataAnswer out;
  const Thing& on = thing(question.thing);
  if (question.action != "invoke" || on.named.kind != "function") return out;
  if (question.way.kind != DataWay::Kind::Internet || question.way.plain) return out;
  const Thing& source = thing(question.who.name);
  if (!delivers(source.id, on)) return out;
  out.admitted = out.works = Says::Yes;
  if (!runs(on.named.name)) out.arrives = Says::No;
  return out;
}

bool AzureData::delivers(const Id& source, const Thing& function) const {
  const std::string host = host_of(*find(function.id));
  std::set<std::string> queues;
  for (const json* each : all("Microsoft.Web/sites/functions")) {
    if (!is_within(id_of(*each), function.id)) continue;
    if (at(at(*each, "properties"), "isDisabled") == true) continue;
    for (const json& binding : at(at(at(*each, "properties"), "config"), "bindings")) {
      const bool of_host = says(at(binding, "connection"), "AzureWebJobsStorage");
      if (says(at(binding, "type"), "queueTrigger") && of_host) queues.insert(lower(text(at(binding, "queueName"))));
    }
  }
  const auto subscriptions = all("Microsoft.EventGrid/systemTopics/eventSubscriptions");
  return std::any_of(subscriptions.begin(), subscriptions.end(), [&](const json* each) {
    const std::string topic = "microsoft.eventgrid/systemtopics|" + parent_name(lower(each->at("name")));
    const json* of = find(topic);
    if (of == nullptr || lower(text(at(at(*of, "properties"), "source"))) != source) return false;
    const json& to = at(at(at(*each, "properties"), "deliveryWithResourceIdentity"), "destination");
    const std::string account = lower(text(at(at(to, "properties"), "resourceId")));
    const std::string queue = lower(text(at(at(to, "properties"), "queueName")));
    if (account != "microsoft.storage/storageaccounts|" + host || !queues.contains(queue)) return false;
    const Id place = "microsoft.storage/storageaccounts/queueservices/queues|" + host + "/default/" + queue;
    return surely({"(principal of " + topic + ")"},
                  {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action", true}, place);
  });
}

/// A name of the zone leads to the endpoint: the endpoint is entered in the zone, and the network of who asks is linked
/// with it. ("Azure Private Endpoint private DNS zone values")
bool AzureData::is_named(const Endpoint& endpoint, const std::string& zone) const {
  const Id id = "microsoft.network/privatednszones|" + zone;
  const Id network =
      "microsoft.network/virtualnetworks|" + parent_name(endpoint.subnet.substr(endpoint.subnet.find('|') + 1));
  const auto groups = all("Microsoft.Network/privateEndpoints/privateDnsZoneGroups");
  const bool entered = std::any_of(groups.begin(), groups.end(), [&](const json* each) {
    if (parent_name(lower(each->at("name"))) != lower(endpoint.name)) return false;
    const json& zones = at(at(*each, "properties"), "privateDnsZoneConfigs");
    return std::any_of(zones.begin(), zones.end(), [&](const json& one) {
      return lower(text(at(at(one, "properties"), "privateDnsZoneId"))) == id;
    });
  });
  const auto links = all("Microsoft.Network/privateDnsZones/virtualNetworkLinks");
  const bool asked = std::any_of(links.begin(), links.end(), [&](const json* each) {
    return parent_name(lower(each->at("name"))) == zone &&
           lower(text(at(at(at(*each, "properties"), "virtualNetwork"), "id"))) == network;
  });
  return find(id) != nullptr && entered && asked;
}

/// Packets of a program get to the near end of the endpoint.
bool AzureData::is_near(const std::string& program, const Endpoint& endpoint) const {
  const auto& hosts = packets_->hosts();
  return std::any_of(hosts.begin(), hosts.end(), [&](const Host& from) {
    const bool asks = from.name == program || from.name == "microsoft.web/sites|" + lower(program);
    return asks && std::any_of(hosts.begin(), hosts.end(), [&](const Host& to) {
             return to.name == endpoint.id && packets_->admits({from.address, to.address, kTcp, 443});
           });
  });
}

/// By the service's own name.
Says AzureData::arrives(const DataQuestion& question) const {
  if (question.way.kind != DataWay::Kind::Path) return Says::Yes;
  const auto endpoint = std::find_if(endpoints_.begin(), endpoints_.end(),
                                     [&](const Endpoint& each) { return each.name == question.way.name; });
  const std::string kind = thing(question.thing).named.kind;
  const std::string zone = is_storage(kind)  ? "privatelink.blob.core.windows.net"
                           : kind == "table" ? "privatelink.documents.azure.com"
                           : kind == "vault" ? "privatelink.vaultcore.azure.net"
                                             : "privatelink.servicebus.windows.net";
  return is_named(*endpoint, zone) && is_near(question.who.name, *endpoint) ? Says::Yes : Says::No;
}

}  // namespace crenel::agreement
