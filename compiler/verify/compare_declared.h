#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/reach/relation.h"
#include "compiler/verify/compare_blocks.h"

namespace crenel::verify {

/// The way that a declared conversation with somebody outside takes, seen from the member's network.
struct Way {
  std::optional<model::LinkId> link;  ///< none: over the Internet
  bool operator==(const Way&) const = default;
};

/// What the flows of a design declare, between the ends of one tree of an estate.
class DeclaredRelation {
 public:
  /// All of them outlive the relation. The tree holds `blocks_of` the design, the packets all of its traffic.
  DeclaredRelation(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
                   const reach::AddressTree& tree, const reach::Packets& packets);

  /// What `from` may open with `to`. A balancer may ask its targets how they are, by TCP where they are handed another
  /// protocol, which no provider can ask by.
  [[nodiscard]] reach::PacketSet between(const reach::End& from, const reach::End& to) const;
  /// Whether nothing is declared between the two. Most pairs of a large design are such, and this is quick.
  [[nodiscard]] bool says_nothing(const reach::End& from, const reach::End& to) const;
  /// What of it must come through. Not what comes or goes over the Internet with a private address or one of the shared
  /// space of carriers (100.64.0.0/10, RFC 6598), which a parameter can turn out to be: nobody there has such an
  /// address, and providers differ in what they do with one of the latter. `internet` through a site has no shared
  /// space, either, and no block of IPv6 of a network.
  [[nodiscard]] reach::PacketSet required(const reach::End& from, const reach::End& to) const;
  /// Whether the one is a balancer that has something to hand on to the other, and so asks it how it is.
  [[nodiscard]] bool hands_on(const reach::End& from, const reach::End& to) const;
  /// The flows (by their place in the design) that declare some of the packets between the two, by whatever way.
  [[nodiscard]] std::vector<std::size_t> flows(const reach::End& from, const reach::End& to,
                                               const reach::PacketSet& packets) const;
  /// Their statements, each once.
  [[nodiscard]] std::vector<model::StatementId> statements(const reach::End& from, const reach::End& to,
                                                           const reach::PacketSet& packets) const;

  /// What a member and the addresses of a cell may open with each other, and by which way.
  struct Outside {
    Declared member;
    bool outbound = true;
    reach::Cell cell = 0;
    Way way;
    std::optional<Declared> handed_to;  ///< the appliance on the way
    std::vector<estate::DoorId> doors;  ///< of the estate that the way leads through; empty: there is none
    reach::PacketSet packets;
    std::size_t flow = 0;
    bool required = true;
  };
  [[nodiscard]] const std::vector<Outside>& outside() const { return outside_; }

  /// What members may open with each other.
  struct Inside {
    Declared from;
    Declared to;
    reach::PacketSet packets;
    std::size_t flow = 0;
  };
  [[nodiscard]] const std::vector<Inside>& inside() const { return inside_; }

  /// What of the packets between the two is to be handed to an appliance first, or (`nothing`) to none, where the
  /// design declares them.
  struct Handed {
    std::optional<Declared> to;
    reach::PacketSet packets;
  };
  [[nodiscard]] std::vector<Handed> handed(const reach::End& from, const reach::End& to) const;

  /// The declared name of what has the addresses of a cell, seen from a network: "datacenter", "internet"; empty when
  /// nothing declares it.
  [[nodiscard]] std::string name_of(reach::Cell cell, model::NetworkId network) const;
  /// The name of `end`, seen from the other one: what it is declared as; else its resource or its block.
  [[nodiscard]] std::string name(const reach::End& end, const reach::End& other) const;
  [[nodiscard]] model::NetworkId network_of(const Declared& declared) const;
  /// What of the packets there is between ends of the family.
  [[nodiscard]] reach::PacketSet possible(reach::PacketSet packets, net::Family family) const;

 private:
  void add(std::size_t index);
  void number_parties();
  [[nodiscard]] std::uint64_t party(const reach::End& end) const;
  void add_probes();
  void add_paths();
  void add_outside(std::size_t index, const Declared& member, bool outbound);
  [[nodiscard]] Way way(const model::Flow& flow, const model::Endpoint& far, model::NetworkId network, bool outbound,
                        reach::Cell cell) const;
  [[nodiscard]] std::vector<estate::DoorId> doors(const Declared& member, const Way& way, net::Family family) const;
  [[nodiscard]] bool leads_through(estate::DoorId door, model::TierId tier, net::Family family) const;
  [[nodiscard]] model::TierId tier_of(const Declared& declared) const;
  [[nodiscard]] bool holds(const model::Endpoint& far, model::NetworkId network, reach::Cell cell) const;
  [[nodiscard]] bool holds(const std::vector<Block>& blocks, reach::Cell cell) const;
  [[nodiscard]] reach::PacketSet between(const reach::End& from, const reach::End& to, bool required) const;
  [[nodiscard]] bool has_clients(model::BalancerId id, const model::Forward& forward, net::Family family) const;
  [[nodiscard]] reach::PacketSet handed_on_by(model::BalancerId id, net::Family family) const;
  [[nodiscard]] bool is_required(const model::Endpoint& far, const Way& way, reach::Cell cell) const;
  [[nodiscard]] bool is_given(reach::Cell cell) const;
  [[nodiscard]] std::optional<model::LinkId> link_to(reach::Cell cell, model::NetworkId network) const;
  [[nodiscard]] bool is_within(model::SiteId site, model::SiteId outer) const;
  [[nodiscard]] bool on_internet(reach::Cell cell, model::NetworkId network) const;

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  const reach::AddressTree& tree_;
  const reach::Packets& packets_;
  std::vector<Inside> inside_;
  std::vector<Outside> outside_;
  std::map<std::pair<Declared, Declared>, reach::PacketSet> between_members_;
  std::map<std::pair<Declared, Declared>, reach::PacketSet> probes_;  ///< they may come through, and need not
  /// Requests of members to near ends of private paths, with the statements that declare what they ask for.
  struct Requests {
    reach::PacketSet packets;
    std::vector<model::StatementId> statements;
  };
  std::map<std::pair<Declared, estate::InterfaceId>, Requests> requests_;
  std::map<std::tuple<Declared, bool, reach::Cell>, std::vector<std::size_t>> outside_at_;  // into `outside_`
  std::vector<std::uint32_t> parties_;  ///< by interface: the number of what it is declared as; 0: of nothing
  std::vector<std::uint64_t> spoken_;   ///< sorted: pairs of parties, and of a party and a cell, of which a flow speaks
  std::vector<std::uint32_t> asked_of_;  ///< sorted: interfaces that requests go to
};

/// The shared address space of carriers: 100.64.0.0/10 (RFC 6598). Nobody on the Internet has such an address.
[[nodiscard]] net::Prefix shared_space();
/// Every block that decides what a design declares, in the estate's words.
[[nodiscard]] std::vector<estate::Block> blocks_of(const model::Design& design, const BlockFamily& family);
/// All the traffic that a design names.
[[nodiscard]] std::vector<net::Traffic> traffics_of(const model::Design& design);

}  // namespace crenel::verify
