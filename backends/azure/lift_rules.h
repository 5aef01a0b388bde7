#pragma once

#include "backends/azure/lift_context.h"

/// One rule of a security group.
namespace crenel::azure::lifting {

/// What the tags VirtualNetwork and Internet mean to the interfaces of a subnet.
struct TagMeaning {
  std::vector<Block> network;    ///< surely of the virtual network
  std::vector<Block> connected;  ///< of these: what gateways and the subnet's own routes lead to
  bool perhaps_all = false;      ///< a default route may count as part of it
  /// Routed by other subnets of the network: may count as part of VirtualNetwork. It takes nothing from Internet.
  std::vector<Block> elsewhere;
  [[nodiscard]] std::string key() const;
};
[[nodiscard]] TagMeaning tag_meaning(const Context& context, const SubnetInfo& subnet);

/// The peers that the tag `VirtualNetwork` or `Internet` stands for.
[[nodiscard]] estate::Peers virtual_network(const TagMeaning& meaning);
[[nodiscard]] estate::Peers internet(const TagMeaning& meaning);
[[nodiscard]] estate::Peers anyone();

enum class Direction { In, Out, Both };

struct ReadRule {
  std::optional<std::int64_t> priority;  ///< none: not known
  Direction direction = Direction::Both;
  std::vector<estate::Rule> rules;  ///< one, or two where it is not known whether it allows
};

/// `rule` has the properties of a security rule.
[[nodiscard]] ReadRule read_rule(Context& context, const View& rule, const std::string& name, const Place& place,
                                 bool sure, const TagMeaning& meaning);

}  // namespace crenel::azure::lifting
