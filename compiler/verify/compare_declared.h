#pragma once

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

  /// What `from` may open with `to`.
  [[nodiscard]] reach::PacketSet between(const reach::End& from, const reach::End& to) const;
  /// The statements that declare some of the packets between the two, by whatever way.
  [[nodiscard]] std::vector<model::StatementId> statements(const reach::End& from, const reach::End& to,
                                                           const reach::PacketSet& packets) const;

  /// What a member and the addresses of a cell may open with each other, and by which way.
  struct Outside {
    Declared member;
    bool outbound = true;
    reach::Cell cell = 0;
    Way way;
    std::vector<estate::DoorId> doors;  ///< of the estate that the way leads through; empty: there is none
    reach::PacketSet packets;
    model::StatementId statement;
  };
  [[nodiscard]] const std::vector<Outside>& outside() const { return outside_; }

  /// What members may open with each other.
  struct Inside {
    Declared from;
    Declared to;
    reach::PacketSet packets;
    model::StatementId statement;
  };
  [[nodiscard]] const std::vector<Inside>& inside() const { return inside_; }

  /// The declared name of what has the addresses of a cell, seen from a network: "datacenter", "internet"; empty when
  /// nothing declares it.
  [[nodiscard]] std::string name_of(reach::Cell cell, model::NetworkId network) const;

 private:
  void add(const model::Flow& flow);
  void add_outside(const model::Flow& flow, const Declared& member, bool outbound);
  [[nodiscard]] Way way(const model::Flow& flow, const model::Endpoint& far, model::NetworkId network, bool outbound,
                        reach::Cell cell) const;
  [[nodiscard]] std::vector<estate::DoorId> doors(const Declared& member, const Way& way) const;
  [[nodiscard]] bool holds(const model::Endpoint& far, model::NetworkId network, reach::Cell cell) const;
  [[nodiscard]] bool holds(const std::vector<Block>& blocks, reach::Cell cell) const;
  [[nodiscard]] std::optional<model::LinkId> link_to(reach::Cell cell, model::NetworkId network) const;
  [[nodiscard]] bool is_within(model::SiteId site, model::SiteId outer) const;
  [[nodiscard]] bool on_internet(reach::Cell cell, model::NetworkId network) const;
  [[nodiscard]] bool has_members(const Declared& declared) const;
  [[nodiscard]] model::NetworkId network_of(const Declared& declared) const;

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  const reach::AddressTree& tree_;
  const reach::Packets& packets_;
  std::vector<Inside> inside_;
  std::vector<Outside> outside_;
  std::map<std::pair<Declared, Declared>, reach::PacketSet> between_members_;
  std::map<std::tuple<Declared, bool, reach::Cell>, std::vector<std::size_t>> outside_at_;  // into `outside_`
};

/// Every block that decides what a design declares, in the estate's words.
[[nodiscard]] std::vector<estate::Block> blocks_of(const model::Design& design, const BlockFamily& family);
/// All the traffic that a design names.
[[nodiscard]] std::vector<net::Traffic> traffics_of(const model::Design& design);

}  // namespace crenel::verify
