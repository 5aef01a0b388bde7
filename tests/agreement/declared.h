#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/design.h"
#include "tests/agreement/packet.h"

/// What a design declares, packet by packet: the plain reading of its flows that templates are held against.
namespace crenel::agreement {

/// One value for each parameter of a design.
using Assignment = std::map<std::string, std::string>;  ///< by the parameter's path, "shop.vpn_key"

/// Assignments worth trying: the defaults, and address blocks at both ends of their bounds.
[[nodiscard]] std::vector<Assignment> assignments(const model::Design& design);

/// The assignment in the words of a template: its parameters are matched by their path, ignoring case and punctuation.
[[nodiscard]] ParameterValues for_template(const Assignment& assignment,
                                           const std::vector<std::string>& template_parameters);

/// What the far ends of its lines announce, when they announce what the sites are declared to have.
[[nodiscard]] Announcements announcements(const model::Design& design, const Assignment& assignment);

class Declared {
 public:
  /// `hosts` are those that an interpreter found in the template; every one must stand for a group or balancer.
  Declared(const model::Design& design, const Assignment& assignment, const std::vector<Host>& hosts);

  /// A balancer of applications opens conversations of its own with its targets, and in which family is its own
  /// business: what is declared of IPv6 from there is allowed and need not be.
  [[nodiscard]] bool chooses_family(Ip from) const;
  /// A balancer whose targets see the client asks them how they are from its own address, whoever comes: over TCP,
  /// where it hands on to them.
  [[nodiscard]] bool checks(const Packet& packet) const;
  [[nodiscard]] bool admits(const Packet& packet) const;
  /// Packets at all the corners: every host, addresses in, beside and between all blocks, ports around every declared
  /// one.
  [[nodiscard]] std::vector<Packet> samples() const;
  /// Groups and balancers of the design for which the template has no host.
  [[nodiscard]] std::vector<std::string> missing() const;

  [[nodiscard]] Cidr block(const model::Late<net::Prefix>& late) const;

 private:
  using Thing = std::variant<std::monostate, model::GroupId, model::BalancerId, model::ApplianceId, model::DatabaseId>;
  [[nodiscard]] Cidr block(const model::Block& block) const;
  [[nodiscard]] Thing thing(const Host& host) const;
  [[nodiscard]] Thing thing_at(Ip address) const;
  /// `other`: the other end, from which it is seen.
  [[nodiscard]] bool holds(const model::Endpoint& endpoint, Ip address, Ip other) const;
  /// Seen from a member: sites that its network is linked to are no part of it.
  [[nodiscard]] bool on_internet(Ip address, Ip member) const;
  /// Of a site that the network, or without one any, is linked to.
  [[nodiscard]] bool is_linked(std::optional<model::NetworkId> network, Ip address) const;
  /// Of `internet`, what the flow leaves out: what is denied, and the sites of the network of its appliance.
  [[nodiscard]] bool is_aside(const model::Flow& flow, Ip address) const;
  [[nodiscard]] std::optional<model::NetworkId> network_of(Ip member) const;
  /// A balancer whose targets see the client opens nothing of its own: whether somebody comes who is handed on so.
  [[nodiscard]] bool has_clients(model::BalancerId id, const Packet& packet) const;
  [[nodiscard]] bool may_come(const model::Endpoint& client, bool ipv6) const;

  const model::Design& design_;
  Assignment assignment_;
  std::vector<Host> hosts_;
  std::map<Ip, Thing> things_;
};

}  // namespace crenel::agreement
