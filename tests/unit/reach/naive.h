#pragma once

#include <map>
#include <optional>
#include <vector>

#include "compiler/estate/estate.h"

/// What an estate admits, one packet after the other, as plainly as it can be said: no tree, no sets, nothing
/// remembered. Shares no code with the engine. What an estate does not say is decided by a *world*, a seed: what holds
/// in every world is sure, what holds in some is possible.
namespace crenel::reach_tests {

/// A packet that opens a conversation, as far as rules see it besides addresses.
struct Opening {
  int protocol = 6;
  int source_port = 1024;
  int number = 0;  ///< destination port; of ICMP type * 256 + code
};

/// Somebody at one address.
struct Someone {
  std::optional<estate::InterfaceId> interface;
  std::optional<estate::SubnetId> subnet;
  std::optional<estate::DoorId> door;
  net::Address address;
  std::vector<estate::TagId> also;  ///< tags besides the interface's own
};

[[nodiscard]] bool holds(const std::vector<estate::Block>& blocks, const net::Address& address);
/// Every address of small blocks.
[[nodiscard]] std::vector<net::Address> addresses_in(const std::vector<estate::Block>& blocks);

class Naive {
 public:
  /// `outside`: addresses outside of all networks, at least one of every kind that rules or routes tell apart.
  Naive(const estate::Estate& estate, std::vector<net::Address> outside, std::uint64_t world)
      : estate_(estate), outside_(std::move(outside)), world_(world) {}

  [[nodiscard]] bool admits(const Someone& from, const Someone& to, const Opening& packet) const;
  /// Everybody who can be at an end of a conversation.
  [[nodiscard]] std::vector<Someone> everybody() const;
  [[nodiscard]] bool can_be_behind(estate::DoorId door, const net::Address& address) const;

 private:
  enum class Way { Out, In };

  [[nodiscard]] bool coin(const void* about, std::uint64_t what) const;
  [[nodiscard]] bool is_among(const estate::Peers& peers, const Someone* one) const;
  [[nodiscard]] bool is_kind(const estate::Kind& kind, const Opening& packet) const;
  [[nodiscard]] bool passes(estate::RuleListId list, Way way, const Someone* source, const Someone* destination,
                            const Opening& packet) const;
  /// A question and, where the list does not remember, its answer.
  [[nodiscard]] bool converses(estate::RuleListId list, Way way, const Someone* own, const Someone* peer,
                               const Opening& packet) const;
  [[nodiscard]] bool rules_pass(const Someone& own, Way way, const Someone* peer, bool at_edge,
                                const Opening& packet) const;
  [[nodiscard]] const estate::Route* route(estate::SubnetId from, const net::Address& to) const;
  [[nodiscard]] bool leads(estate::SubnetId from, const Someone& to) const;
  [[nodiscard]] bool carries(estate::DoorId door, const net::Address& address) const;
  [[nodiscard]] bool is_public(estate::InterfaceId interface, const net::Address& far) const;
  [[nodiscard]] bool meets_internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat) const;
  [[nodiscard]] bool translates(estate::InterfaceId nat, const Opening& packet) const;
  [[nodiscard]] bool is_pair(const Someone& from, const Someone& to) const;
  [[nodiscard]] bool direct(const Someone& from, const Someone& to, const Opening& packet) const;
  [[nodiscard]] bool by_nat(const Someone& from, estate::InterfaceId nat, const Someone& to,
                            const Opening& packet) const;
  [[nodiscard]] bool by_appliance(const Someone& from, estate::InterfaceId appliance, const Someone& to,
                                  const Opening& packet) const;
  [[nodiscard]] bool from_appliance(const Someone& from, estate::InterfaceId appliance, estate::SubnetId place,
                                    const Someone& to, const Opening& packet) const;
  [[nodiscard]] bool by_nat_of(const Someone& from, estate::InterfaceId appliance, estate::SubnetId place,
                               estate::InterfaceId nat, const Someone& to, const Opening& packet) const;
  /// Whether answers that leave `place` are handed to the appliance, too; past it they may come back.
  [[nodiscard]] bool answers_by(estate::SubnetId place, estate::InterfaceId appliance, const Someone& client) const;
  /// The lists of an interface and of a subnet, about a packet that is neither from there nor for there.
  [[nodiscard]] bool passes_by(const estate::Interface& at, estate::SubnetId place, Way way, const Someone& own,
                               const Someone& peer, bool at_edge, const Opening& packet) const;
  [[nodiscard]] std::optional<estate::InterfaceId> hop(const estate::Route* route, estate::Role role) const;
  [[nodiscard]] bool answers_come_back(const Someone& target, const Someone& client) const;
  [[nodiscard]] const estate::Balancer* balancer(const Someone& one) const;
  [[nodiscard]] bool balancer_takes(const Someone& from, const Someone& to, const Opening& packet) const;
  [[nodiscard]] bool balancer_opens(const Someone& from, const Someone& to, const Opening& packet) const;
  [[nodiscard]] bool offers(const estate::Balancer& balancer, const Someone& to, const Opening& packet) const;
  [[nodiscard]] bool hands_on(const Someone& client, const Someone& balancer, const Someone& target,
                              const estate::Forward& forward, const Opening& before, const Opening& after) const;
  /// Packets that stand for all of a kind.
  [[nodiscard]] std::vector<Opening> packets_of(const estate::Kind& kind) const;
  [[nodiscard]] std::vector<Someone> places_of(estate::InterfaceId interface) const;

  const estate::Estate& estate_;
  std::vector<net::Address> outside_;
  std::uint64_t world_;
  mutable std::map<const void*, std::uint64_t> met_;
};

}  // namespace crenel::reach_tests
