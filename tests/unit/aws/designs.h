#pragma once

#include <string>
#include <vector>

#include "compiler/model/design.h"

/// Makes designs piece by piece, for what the shared samples do not show.
namespace crenel::aws::tests {

class Builder {
 public:
  model::NetworkId network(const std::string& name, const std::string& space, int zones = 2);
  /// Every zone gets the next free /24 of the network.
  model::TierId tier(model::NetworkId network, const std::string& name, model::TierKind kind);
  model::GroupId group(const std::string& name, model::TierId tier);
  model::BalancerId balancer(const std::string& name, model::TierId tier, model::GroupId target, model::Layer layer,
                             const net::Traffic& listen, const net::Traffic& to);
  model::SiteId site(const std::string& name, const std::vector<model::Late<net::Prefix>>& addresses);
  model::LinkId link(model::NetworkId network, model::SiteId site);
  /// A block of Amazon's, and parts of it to every tier that the network has by now. Of one or two zones.
  void give_ipv6(model::NetworkId network);
  model::ParameterId parameter(const std::string& name, model::ParameterKind kind);
  model::ParameterId block_parameter(const std::string& name, int shortest, int longest, const std::string& within);
  model::StatementId flow(const model::Endpoint& from, const model::Endpoint& to, const net::Traffic& traffic,
                          const std::string& text, const std::vector<model::Hop>& via = {});

  model::Design design;

 private:
  std::vector<std::uint32_t> used_;  ///< by network: blocks of its tiers
};

[[nodiscard]] net::Prefix block(const std::string& text);
[[nodiscard]] net::Traffic tcp(std::uint16_t first, std::uint16_t last = 0);
[[nodiscard]] net::Traffic udp(std::uint16_t port);

/// Everything at once that a provider's validator might stumble on: mutual flows, all protocols, ICMP types, whole
/// SCTP, a strict tier with NAT, labels, a boot script, UDP balancer, link by certificate, agent with a token,
/// database.
[[nodiscard]] model::Design odd_one();
/// Two networks with one site, and a second site on one of them.
[[nodiscard]] model::Design two_networks();
/// Everything that keeps data, or is started by it: a key with a secret, a store that a site writes to, a queue, a
/// topic, a table, functions inside and outside, and private paths to them.
[[nodiscard]] model::Design data_services();
/// Two networks that are peered, and a direct line from one of them to a site.
[[nodiscard]] model::Design peered_networks();
/// A network with IPv6: a balancer before a group that leaves by NAT, a guard, and what never may be.
[[nodiscard]] model::Design both_families();
/// Two networks with IPv6 that are peered; one is linked to a site of IPv4, and a network balancer takes clients of
/// IPv4.
[[nodiscard]] model::Design joined_in_both_families();
/// A network whose Internet traffic an appliance of another one is handed, and an appliance with a public address.
[[nodiscard]] model::Design inspection_hub();
/// One network whose Internet traffic an appliance of two instances is handed.
[[nodiscard]] model::Design inspected_by_two();

}  // namespace crenel::aws::tests
