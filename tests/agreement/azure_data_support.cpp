#include <algorithm>

#include "tests/agreement/azure_data.h"
#include "tests/agreement/azure_reading.h"

/// What services need themselves: the key that their data is encrypted with, and the storage that a function keeps its
/// state in.
namespace crenel::agreement {
namespace {

using namespace reading;
using nlohmann::json;

std::string principal_of(const std::string& id) { return "(principal of " + lower(id) + ")"; }

/// Whether an address of a key, or of a vault, is in the vault of that name.
bool is_in_vault(const std::string& uri, const std::string& name) {
  const std::string begin = "https://" + lower(name);
  const std::string text = lower(uri);
  return text.starts_with(begin) && text.size() > begin.size() &&
         (text[begin.size()] == '.' || text[begin.size()] == '(');
}

std::string after_last(const std::string& text, const std::string& part) {
  const std::size_t at = text.rfind(part);
  return at == std::string::npos ? "" : text.substr(at + part.size());
}

}  // namespace

/// Whether a role surely lets one of them do it there.
bool AzureData::surely(const std::set<std::string>& principals, const AzureOperation& operation, const Id& at) const {
  return std::any_of(assignments_.begin(), assignments_.end(), [&](const Assignment& given) {
    return principals.contains(given.principal) && given.condition.empty() &&
           (given.scope.empty() || is_within(at, given.scope)) && lets(given.role, operation);
  });
}

/// The key that an account's data is encrypted with; nothing where the provider has its own.
std::optional<AzureData::Key> AzureData::key_of(const Thing& thing) const {
  const json& account = account_of(thing);
  const json& encryption = at(account, "encryption");
  const std::string kind = thing.named.kind;
  if (kind == "table") {
    const std::string uri = text(at(account, "keyVaultKeyUri"));
    if (uri.empty()) return std::nullopt;
    const std::string name = after_last(uri, "/keys/");
    return Key{.vault = uri,
               .name = name.substr(0, name.find('/')),
               .user = after_last(text(at(account, "defaultIdentity")), "UserAssignedIdentity=")};
  }
  if (!says(at(encryption, "keySource"), "Microsoft.KeyVault")) return std::nullopt;
  if (kind == "store" || kind == "host") {
    const json& key = at(encryption, "keyvaultproperties");
    return Key{.vault = text(at(key, "keyvaulturi")),
               .name = text(at(key, "keyname")),
               .user = text(at(at(encryption, "identity"), "userAssignedIdentity"))};
  }
  for (const json& key : at(encryption, "keyVaultProperties")) {
    return Key{.vault = text(at(key, "keyVaultUri")),
               .name = text(at(key, "keyName")),
               .user = text(at(at(key, "identity"), "userAssignedIdentity"))};
  }
  return Key{};
}

/// A service that cannot unwrap its key does nothing: it wants an identity of its own with the rights of a key's user,
/// a vault that keeps what is deleted, and to be let past the vault's firewall as one of the provider's own.
/// ("Customer-managed keys for Azure Storage encryption", "Configure customer-managed keys … for an existing storage
/// account", "Configure network security for Azure Key Vault")
bool AzureData::is_readable(const Thing& thing) const {
  if (thing.named.elsewhere) return true;
  const auto key = key_of(thing);
  if (!key) return true;
  const json& holders = at(at(*find(thing.account), "identity"), "userAssignedIdentities");
  const bool held = std::any_of(holders.items().begin(), holders.items().end(),
                                [&](const auto& each) { return lower(each.key()) == lower(key->user); });
  const auto vaults = all("Microsoft.KeyVault/vaults");
  return held && std::any_of(vaults.begin(), vaults.end(), [&](const json* vault) {
           const std::string name = vault->at("name");
           const Id made = "microsoft.keyvault/vaults/keys|" + lower(name + "/" + key->name);
           if (!is_in_vault(key->vault, name) || find(made) == nullptr) return false;
           const json& properties = at(*vault, "properties");
           const bool kept =
               at(properties, "enablePurgeProtection") == true && at(properties, "enableSoftDelete") != false;
           const bool passes = !says(at(at(properties, "networkAcls"), "bypass"), "None");
           const auto may = [&](const char* what) {
             return surely({principal_of(key->user)}, {std::string("Microsoft.KeyVault/vaults/keys/") + what, true},
                           made);
           };
           return kept && passes && at(properties, "enableRbacAuthorization") == true && may("read") &&
                  may("wrap/action") && may("unwrap/action");
         });
}

/// "Connecting to host storage with an identity": the name of the account that a function keeps its state in.
std::string AzureData::host_of(const json& site) {
  for (const json& each : at(at(at(site, "properties"), "siteConfig"), "appSettings")) {
    if (text(at(each, "name")) == "AzureWebJobsStorage__accountName") return lower(text(at(each, "value")));
  }
  return "";
}

/// Whether what acts as one of these is the function whose state the account has.
bool AzureData::is_own(const Thing& host, const std::string& program) const {
  for (const json* site : all("Microsoft.Web/sites")) {
    if (site->at("name") == program && "microsoft.storage/storageaccounts|" + host_of(*site) == host.id) return true;
  }
  return false;
}

/// A function runs where its runtime has its locks in blobs and its events in queues: with roles there, and private
/// endpoints that its names lead to and that its packets get to, or over the Internet. What is no function runs anyway.
bool AzureData::runs(const std::string& program) const {
  const auto sites = all("Microsoft.Web/sites");
  const auto site =
      std::find_if(sites.begin(), sites.end(), [&](const json* each) { return each->at("name") == program; });
  if (site == sites.end()) return true;
  const Id account = "microsoft.storage/storageaccounts|" + host_of(**site);
  const auto host = std::find_if(things_.begin(), things_.end(), [&](const Thing& each) { return each.id == account; });
  const auto caller = std::find_if(callers_.begin(), callers_.end(), [&](const Caller& each) {
    return each.named.kind == DataAsker::Kind::Program && each.named.name == program;
  });
  if (host == things_.end() || caller == callers_.end() || !is_readable(*host)) return false;
  const std::string begin = "Microsoft.Storage/storageAccounts/";
  for (const char* each : {"blobServices/containers/blobs/read", "blobServices/containers/blobs/write",
                           "blobServices/containers/blobs/delete", "queueServices/queues/messages/read",
                           "queueServices/queues/messages/delete"}) {
    if (!surely(caller->principals, {begin + each, true}, account)) return false;
  }
  if (firewall(*host).open) return true;
  for (const std::string part : {"blob", "queue"}) {
    const bool way = std::any_of(endpoints_.begin(), endpoints_.end(), [&](const Endpoint& each) {
      const bool leads = std::any_of(each.leads.begin(), each.leads.end(),
                                     [&](const auto& to) { return to.first == account && to.second.contains(part); });
      return leads && is_named(each, "privatelink." + part + ".core.windows.net") && is_near(program, each);
    });
    if (!way) return false;
  }
  return true;
}

}  // namespace crenel::agreement
