#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/sema/types.h"
#include "compiler/sema/value.h"

/// The attributes of every kind of declaration: one table that type checking, "did you mean", and the reference read.
namespace crenel::sema {

/// What an attribute holds; `type_of` says which values that allows and what they become.
enum class AttributeType : std::uint8_t {
  Block,      ///< one block
  Space,      ///< a network's space
  Addresses,  ///< a list of addresses and blocks
  Address,    ///< one address
  Zones,      ///< 1..6
  Count,      ///< 1..100
  Index,      ///< 0 and up
  Retries,    ///< 0..1000
  Bool,
  Text,
  Texts,
  Identities,
  Image,
  Certificate,
  Secret,
  Scale,
  TierSize,  ///< /16../29
  Duration,
  Acl,
  Layer,
  Size,
  Engine,
  Stage,
  Region,
  Regions,
  Providers,
  Capabilities,
  Labels,
  FlowLogs,
  SiteRef,
  VaultRef,
  TopicRef,
  NetworkRefs,
  AgentRefs,
  Receiver,  ///< what an agent reports to
  Patterns,  ///< a handbook's
  Policies,  ///< a handbook's
};
[[nodiscard]] Type type_of(AttributeType type);

/// A default as the table writes it; monostate: the attribute is absent unless given.
using Default = std::variant<std::monostate, bool, std::int64_t, std::string_view, IntRange, Duration, List>;

struct Attribute {
  std::string_view name;
  AttributeType type = AttributeType::Text;
  bool required = false;
  Default default_value;
  std::string_view doc;  ///< one sentence
};

struct KindSchema {
  std::string_view keyword;  ///< "network"
  std::string_view doc;      ///< one sentence
  std::vector<Attribute> attributes;
};

/// The schema of a kind of declaration, `handbook` included; null when there is no such kind.
[[nodiscard]] const KindSchema* schema_of(std::string_view keyword);
/// Every kind, in the order of the reference.
[[nodiscard]] const std::vector<KindSchema>& schemas();
[[nodiscard]] const Attribute* find(const KindSchema& schema, std::string_view name);
/// The default as a checked value; nothing when the attribute has none.
[[nodiscard]] std::optional<Value> default_of(const Attribute& attribute);

}  // namespace crenel::sema
