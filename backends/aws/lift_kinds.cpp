#include "backends/aws/lift_kinds.h"

#include <array>
#include <string>

namespace crenel::aws::reading {
namespace {

using estate::Kind;

constexpr std::int64_t kEvery = -1;
constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kIcmp6 = 58;

/// The number of a protocol, -1 for all. (EC2 API reference, "IpPermission"; IANA's numbers for the names.)
std::optional<std::int64_t> protocol_of(const Value& value) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> names = {{
      {"all", kEvery},
      {"tcp", kTcp},
      {"udp", kUdp},
      {"icmp", kIcmp},
      {"icmpv6", kIcmp6},
      {"gre", 47},
      {"esp", 50},
      {"ah", 51},
  }};
  const auto text = known_text(value);
  if (!text) return std::nullopt;
  for (const auto& [name, number] : names) {
    if (lower_case(*text) == name) return number;
  }
  const auto number = known_number(value);
  return number && *number >= kEvery && *number <= 255 ? number : std::nullopt;
}

Kind kind_of(std::uint8_t protocol, std::int64_t first, std::int64_t last) {
  Kind kind;
  kind.protocol = protocol;
  kind.ports = {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)};
  return kind;
}

Kinds all_of(std::optional<std::uint8_t> protocol, bool certain) {
  Kind kind;
  kind.protocol = protocol;
  return {.kinds = {kind}, .certain = certain};
}

Kinds with_ports(std::uint8_t protocol, const Value& from, const Value& to) {
  const auto first = known_number(from);
  const auto last = known_number(to);
  // Both are required; without them, or with -1, EC2 has meant every port or has refused: it has not always done one.
  if (!first || !last || *first < 0 || *last > 65535) return all_of(protocol, false);
  // The other way round EC2 refuses it, so nothing is admitted.
  if (*first > *last) return {.kinds = {}, .certain = true};
  return {.kinds = {kind_of(protocol, *first, *last)}, .certain = true};
}

Kinds with_types(std::uint8_t protocol, const Value& type_value, const Value& code_value) {
  if (type_value.absent()) return all_of(protocol, false);
  const auto type = known_number(type_value);
  const auto code = code_value.absent() ? std::optional(kEvery) : known_number(code_value);
  if (!type || !code || *type < kEvery || *type > 255 || *code < kEvery || *code > 255) return all_of(protocol, false);
  if (*type == kEvery) return all_of(protocol, true);
  const std::int64_t first = *type * 256 + (*code == kEvery ? 0 : *code);
  const std::int64_t last = *type * 256 + (*code == kEvery ? 255 : *code);
  return {.kinds = {kind_of(protocol, first, last)}, .certain = true};
}

}  // namespace

Kinds group_kinds(const Value& rule) {
  const auto protocol = protocol_of(rule["IpProtocol"]);
  if (!protocol) return all_of(std::nullopt, false);
  if (*protocol == kEvery) return all_of(std::nullopt, true);
  const auto number = static_cast<std::uint8_t>(*protocol);
  if (number == kTcp || number == kUdp) return with_ports(number, rule["FromPort"], rule["ToPort"]);
  if (number == kIcmp || number == kIcmp6) return with_types(number, rule["FromPort"], rule["ToPort"]);
  return all_of(number, true);
}

Kinds acl_kinds(const Value& entry) {
  const auto protocol = protocol_of(entry["Protocol"]);
  if (!protocol) return all_of(std::nullopt, false);
  if (*protocol == kEvery) return all_of(std::nullopt, true);
  const auto number = static_cast<std::uint8_t>(*protocol);
  const Value& range = entry["PortRange"];
  const Value& icmp = entry["Icmp"];
  if (number == kTcp || number == kUdp) return with_ports(number, range["From"], range["To"]);
  if (number == kIcmp || number == kIcmp6) return with_types(number, icmp["Type"], icmp["Code"]);
  return all_of(number, true);
}

void weaken(estate::Peers& peers) {
  peers.perhaps.insert(peers.perhaps.end(), peers.blocks.begin(), peers.blocks.end());
  peers.blocks.clear();
  peers.unknown = peers.unknown || peers.anyone || !peers.tags.empty();
  peers.anyone = false;
  peers.tags.clear();
}

}  // namespace crenel::aws::reading
