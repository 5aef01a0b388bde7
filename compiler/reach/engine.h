#pragma once

#include <array>
#include <optional>
#include <vector>

#include "compiler/reach/deciding.h"
#include "compiler/reach/ways.h"

namespace crenel::reach {

/// What the relation is worked out from. Remembers what it has worked out.
class Engine {
 public:
  Engine(const estate::Estate& estate, const AddressTree& tree, const Packets& packets);

  [[nodiscard]] const estate::Estate& estate() const { return estate_; }
  [[nodiscard]] const AddressTree& tree() const { return tree_; }
  [[nodiscard]] const Packets& packets() const { return packets_; }
  [[nodiscard]] const Ends& ends() const { return ends_; }
  [[nodiscard]] const Routing& routing() const { return routing_; }
  [[nodiscard]] const Deciding& deciding() const { return deciding_; }
  [[nodiscard]] SetPool& sets() { return sets_; }
  [[nodiscard]] Profiles& profiles() { return profiles_; }

  [[nodiscard]] Between between(EndId from, EndId to);
  /// `between` of two members that are no balancers, where no NAT leads from the one to the other. `takes`: what the
  /// rules at `to` take from `from` when no packet crosses its subnet's edge.
  [[nodiscard]] Between between_members(EndId from, EndId to, Between takes);

  /// What the rules at an end let it open (`Out`) or take (`In`), by spot. `crossing`: packets pass its subnet's edge.
  [[nodiscard]] ProfileId filter(EndId own, Direction direction, bool crossing);
  /// The same for one pair, for a peer that is known by other tags too, or for the provider's own machines.
  [[nodiscard]] Between filtered(const End& own, Direction direction, bool crossing, const Party& peer);

  /// Ends of different families, one member with itself, two at one address, or from something that opens nothing: no
  /// pair at all.
  [[nodiscard]] bool is_pair(EndId from, EndId to) const;
  [[nodiscard]] static bool crosses(const End& a, const End& b) { return !a.subnet || a.subnet != b.subnet; }

  /// What comes through when a balancer has no say.
  [[nodiscard]] Between direct(EndId from, EndId to);
  [[nodiscard]] const estate::Balancer* balancer(const End& end) const;
  [[nodiscard]] net::Family family_of(const End& end) const { return tree_.family(end.cell); }
  /// Its targets do, so that clients come no further than the targets let them.
  [[nodiscard]] static bool sees_client(const estate::Balancer& balancer) {
    return balancer.keeps_client_address || balancer.rewrites_only;
  }

  /// What an end can open with somebody outside by a NAT.
  [[nodiscard]] Between through_nat(EndId from, estate::InterfaceId nat, EndId to);
  [[nodiscard]] Between translated(const estate::Interface& nat);

  /// What an end can open with another by an appliance, which hands its packets on.
  [[nodiscard]] Between through_appliance(EndId from, estate::InterfaceId appliance, EndId to);
  /// The rules at a place that a packet passes with both its ends elsewhere.
  [[nodiscard]] Between passed(const estate::Interface& at, estate::SubnetId place, Direction direction,
                               const End& from, const End& to, bool crossing);
  /// The appliance that packets between the two are handed to, on their way from the first.
  [[nodiscard]] std::optional<estate::InterfaceId> appliance_between(EndId from, EndId to) const;
  /// The way back from where an appliance's packets are answered: by the appliance again, or past it.
  [[nodiscard]] Sure leads_back_by(estate::SubnetId place, estate::InterfaceId appliance, const End& client) const;

  /// What a client's packets become that a balancer hands on to a member of `forward`'s target; for balancers whose
  /// targets see the client.
  [[nodiscard]] Between handed_on(EndId client, EndId balancer, EndId target, const estate::Forward& forward);

  /// What a balancer asks a target from its own address to learn how it is, and what of it is answered. `between` has
  /// what clients send there beside it, of the same kind maybe.
  struct Checks {
    Between asked = kNoPacket;
    Between answered = kNoPacket;
  };
  [[nodiscard]] Checks checks(EndId balancer, EndId target);

 private:
  [[nodiscard]] Between conversation(estate::RuleListId list, Direction direction, const Party& own, const Party& peer);
  ProfileId conversation(estate::RuleListId list, Direction direction, const End& own, std::uint32_t key);
  ProfileId make_filter(const End& own, std::uint32_t key, Direction direction, bool crossing);
  [[nodiscard]] Between outward(EndId from, EndId to);
  [[nodiscard]] Between doubtful(EndId from, EndId to);
  [[nodiscard]] Between inward(EndId from, EndId to);
  [[nodiscard]] Between inside(EndId from, EndId to, std::optional<Between> takes_near);
  [[nodiscard]] Between doubted(const End& a, const End& b, Between packets) const;
  [[nodiscard]] Between handed_to_nat(EndId from, estate::InterfaceId appliance, estate::SubnetId place,
                                      estate::InterfaceId nat, EndId to);
  [[nodiscard]] Between handed_inside(EndId from, estate::InterfaceId appliance, estate::SubnetId place, EndId to);
  [[nodiscard]] Between handed_out(EndId from, estate::InterfaceId appliance, estate::SubnetId place, EndId to);
  [[nodiscard]] Between opened_by_itself(estate::InterfaceId appliance, estate::SubnetId place, EndId to);
  /// `comes_from`: the subnet that the packet was in before.
  [[nodiscard]] Between nat_rules(EndId from, std::optional<estate::SubnetId> comes_from, const estate::Interface& nat,
                                  estate::SubnetId place, EndId to, bool followed);

  [[nodiscard]] Between listened(EndId client, EndId balancer);
  [[nodiscard]] Between taken_by_targets(EndId client, EndId balancer, const estate::Forward& forward);
  [[nodiscard]] Between offered(const End& client, estate::InterfaceId to);
  [[nodiscard]] Between opened(EndId balancer, EndId target);
  [[nodiscard]] Between opened_for_clients(EndId balancer, EndId target, const estate::Forward& forward);
  [[nodiscard]] Between kept_by_rules(const End& target, const estate::Forward& forward, Between packets);
  [[nodiscard]] Sure leads_back(const End& target, const End& client) const;
  [[nodiscard]] Sure any(Between packets) const;
  /// The packets when the condition holds.
  [[nodiscard]] static Between when(Sure sure, Between packets);

  const estate::Estate& estate_;
  const AddressTree& tree_;
  const Packets& packets_;
  Ends ends_;
  SetPool sets_;
  Profiles profiles_;
  Matcher matcher_;
  RuleProfiles rules_;
  Deciding deciding_;
  Routing routing_;
  std::vector<std::optional<std::size_t>> balancer_of_;  ///< by interface
  std::vector<std::array<ProfileId, 4>> filters_;        ///< by end; `kUnmade`: not yet worked out
  FlatMap opened_;                                       ///< (balancer's end, target's end) to a place in the next
  std::vector<Between> opened_values_;
};

}  // namespace crenel::reach
