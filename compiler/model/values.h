#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/ids.h"
#include "compiler/base/source.h"
#include "compiler/net/address_set.h"
#include "compiler/net/prefix.h"

/// What the parts of a design are made of: ids, names, values that wait until deployment, address blocks, settings.
namespace crenel::model {

using base::Span;

/// Times are held in seconds; what is counted in days is whole days.
inline constexpr std::int64_t kSecondsPerDay = 86400;

using ParameterId = base::Id<struct ParameterTag>;
using NetworkId = base::Id<struct NetworkTag>;
using TierId = base::Id<struct TierTag>;
using SiteId = base::Id<struct SiteTag>;
using LinkId = base::Id<struct LinkTag>;
using GroupId = base::Id<struct GroupTag>;
using BalancerId = base::Id<struct BalancerTag>;
using StatementId = base::Id<struct StatementTag>;
using PeeringId = base::Id<struct PeeringTag>;
using ApplianceId = base::Id<struct ApplianceTag>;
using FunctionId = base::Id<struct FunctionTag>;
using DatabaseId = base::Id<struct DatabaseTag>;
using StoreId = base::Id<struct StoreTag>;
using QueueId = base::Id<struct QueueTag>;
using TopicId = base::Id<struct TopicTag>;
using TableId = base::Id<struct TableTag>;
using VaultId = base::Id<struct VaultTag>;
using PrivatePathId = base::Id<struct PrivatePathTag>;
using AgentId = base::Id<struct AgentTag>;
using GuardId = base::Id<struct GuardTag>;

/// The declared path of a thing: `shop.main.app` is {"shop", "main", "app"}. Never empty. Unique per kind in a design.
using Path = std::vector<std::string>;
[[nodiscard]] std::string to_string(const Path& path);  ///< "shop.main.app"

/// What every declared thing has.
struct Origin {
  Path path;
  Span span;            ///< of its name
  std::string doc;      ///< doc comment, Markdown; may be empty
  std::string because;  ///< may be empty
};

// ---- values that may wait until deployment
// ---------------------------------------------------------------------------
enum class ParameterKind { Cidr, Ip, Image, Certificate, Identity, Secret, Key, Text };

/// A value that whoever deploys the template gives. Everything proved holds for every value within the bounds.
struct Parameter {
  Origin origin;
  ParameterKind kind = ParameterKind::Text;
  int shortest = 0;                 ///< Cidr: the least prefix length, e.g. 16 of `/16../20`
  int longest = 32;                 ///< Cidr: the greatest
  std::vector<net::Prefix> within;  ///< Cidr, Ip: lies in one of these; empty: anywhere (IPv4)
  std::string pattern;              ///< Text: a regular expression for the whole value; may be empty
  std::optional<std::string> default_value;
  /// The provider chooses it as it deploys: nobody is asked for it, and no template has a parameter of it.
  bool chosen = false;
};

template <class T>
using Late = std::variant<T, ParameterId>;
/// Addresses that are known, or a parameter's.
using LateBlock = Late<net::Prefix>;

/// `index`-th block of `length` bits, counted from the block's start or (`from_end`, 0 is the last) from its end.
struct Part {
  int length = 0;
  std::uint32_t index = 0;
  bool from_end = false;
  bool operator==(const Part&) const = default;
};

/// An address block: all of `base`, or a part of it. `part` is set only where `base` is a parameter; parts of known
/// blocks are folded.
struct Block {
  Late<net::Prefix> base;
  std::optional<Part> part;
};

/// Every address that the block can turn out to be, for any value of a parameter.
struct Design;
[[nodiscard]] net::AddressSet widest(const Design& design, const Block& block);
[[nodiscard]] net::AddressSet widest(const Design& design, const Late<net::Prefix>& block);
/// The family of its addresses.
[[nodiscard]] net::Family family_of(const Design& design, const Late<net::Prefix>& block);
/// The block, when it is known now.
[[nodiscard]] std::optional<net::Prefix> known(const Block& block);
[[nodiscard]] std::optional<net::Prefix> known(const Late<net::Prefix>& block);

/// Values written in `on aws { … }` and `on azure { … }`, checked against the backend's own table: [provider][name].
using Setting = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;
using ProviderSettings = std::map<std::string, std::map<std::string, Setting>>;

enum class Size { Small, Medium, Large };

}  // namespace crenel::model
