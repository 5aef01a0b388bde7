#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/values.h"

/// What stands beside groups and balancers: services that a provider runs, code that it starts, appliances, agents.
namespace crenel::model {

/// What can be done with a service, beyond sending it packets. Which of them a destination takes is its kind's matter
/// (`actions_of`).
enum class DataAction {
  Read,
  Write,
  Delete,
  Archive,
  Send,
  Receive,
  Publish,
  Subscribe,
  Get,
  Put,
  Query,
  Encrypt,
  Decrypt,
  Invoke,
  Launch,
  Terminate,
};
[[nodiscard]] std::string_view word(DataAction action);  ///< "read"
[[nodiscard]] std::optional<DataAction> data_action(std::string_view word);
/// In the order of the enumeration, each once.
using DataActions = std::vector<DataAction>;
[[nodiscard]] std::string to_string(const DataActions& actions);  ///< "read, write"
[[nodiscard]] DataActions united(const DataActions& a, const DataActions& b);
[[nodiscard]] DataActions without(const DataActions& a, const DataActions& b);
[[nodiscard]] DataActions intersected(const DataActions& a, const DataActions& b);

/// What identifies a thing that was made elsewhere: an ARN, a resource ID. Nothing is made of the thing itself, and its
/// own rules are not known here.
struct Existing {
  Late<std::string> id;
  Span span;  ///< of the ID
};

/// Keys and secrets. What names it as `key` is encrypted with a key of it.
struct Vault {
  Origin origin;
  std::vector<std::string> labels;
  ProviderSettings settings;
  std::optional<Existing> existing = {};
};

/// An object store: encrypted (with the provider's key where there is no vault), never public, versions kept.
struct Store {
  Origin origin;
  std::optional<VaultId> key;
  std::optional<std::int64_t> archive_after_seconds;
  std::optional<std::int64_t> lock_seconds;  ///< nobody changes or deletes an object for so long
  std::vector<std::string> labels;
  ProviderSettings settings;
  std::optional<Existing> existing = {};
};

struct Queue {
  Origin origin;
  std::optional<VaultId> key;
  std::optional<int> retry;  ///< how often a message is tried before it is laid aside; none: nothing is laid aside
  std::optional<std::int64_t> retain_seconds;
  std::vector<std::string> labels;
  ProviderSettings settings;
};

struct Topic {
  Origin origin;
  std::optional<VaultId> key;
  std::vector<std::string> labels;
  ProviderSettings settings;
  std::optional<Existing> existing = {};
};

/// Items with a key.
struct Table {
  Origin origin;
  std::optional<VaultId> key;
  std::vector<std::string> labels;
  ProviderSettings settings;
};

/// A managed database with an address in the network: packets reach it as they reach a group.
struct Database {
  Origin origin;
  TierId tier;
  std::string engine;  ///< as the language spells it: "postgres16"
  Size size = Size::Small;
  std::optional<std::int64_t> backup_seconds;
  std::vector<std::string> labels;
  ProviderSettings settings;
};

/// Code that an event starts.
struct Function {
  Origin origin;
  std::optional<TierId> tier;  ///< none: the provider runs it outside of every network
  std::string code;
  std::string runtime;  ///< "python3.12"
  std::vector<StoreId> on_created;
  std::vector<std::string> labels;
  ProviderSettings settings;
};

using Service = std::variant<StoreId, QueueId, TopicId, TableId, VaultId, GroupId, FunctionId, DatabaseId>;

/// A private path (`endpoint … for …`) from a tier to these services and no others.
struct PrivatePath {
  Origin origin;
  TierId tier;
  std::vector<Service> services;
  ProviderSettings settings;
};

/// Hands on what flows send `via` it. It has a tier to itself and its like.
struct Appliance {
  Origin origin;
  TierId tier;
  Late<std::string> image;
  Size size = Size::Small;
  int count = 1;
  std::vector<std::string> labels;
  ProviderSettings settings;
};

/// Two networks that reach each other, and no third one through each other.
struct Peering {
  Origin origin;  ///< path: {…, network, "with", network}
  NetworkId first;
  NetworkId second;
  ProviderSettings settings;
};

/// A program on every member of the groups that name it.
struct Agent {
  Origin origin;
  std::string install;               ///< the script that installs it; may be empty
  std::optional<ParameterId> token;  ///< a secret that it registers with: never known here
  std::optional<std::variant<SiteId, GroupId, BalancerId>> reports_to;
  bool cloud_native = false;  ///< survives automatic scaling
  std::vector<std::string> provides;
};

/// Tells of changes that somebody makes past the pipeline to what the design says, and undoes them. It does one of the
/// two at least.
struct Guard {
  Origin origin;
  std::vector<NetworkId> networks;             ///< that it watches, each once; at least one
  std::optional<TopicId> alert;                ///< where a change is told; none: nowhere
  std::optional<std::int64_t> revert_seconds;  ///< how soon a change is undone; none: it is not
  bool prevent = false;             ///< a policy is made that forbids the changes to everybody else whom it is given to
  std::vector<std::string> exempt;  ///< whose changes are left alone, each once
  ProviderSettings settings;
};

}  // namespace crenel::model
