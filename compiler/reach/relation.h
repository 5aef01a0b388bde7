#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/reach/address_tree.h"
#include "compiler/reach/packets.h"

/// Who can open which conversation with whom in an estate: exactly, for all pairs and all packets.
namespace crenel::reach {

using EndId = base::Id<struct EndTag>;

/// One end of a conversation.
struct End {
  std::optional<estate::InterfaceId> interface;  ///< a member of it, at an address of `cell`
  std::optional<estate::SubnetId> subnet;        ///< that it is in; none: an interface outside every subnet
  std::optional<estate::DoorId> door;            ///< or somebody outside, behind this door, at an address of `cell`
  Cell cell = 0;  ///< of an interface outside every subnet: the whole of IPv4 without the blocks in it
};

/// `count` ends from `first` on. The ends of one interface, and those behind one door, are consecutive and in the order
/// of their cells.
struct EndRange {
  EndId first;
  std::size_t count = 0;
  bool operator==(const EndRange&) const = default;
};

/// Between what is surely admitted and what may be lies what was not understood.
struct Admitted {
  PacketSet surely;
  PacketSet perhaps;  ///< contains `surely`
  bool operator==(const Admitted&) const = default;
};

/// All pairs of one of `from` and one of `to` admit the same.
struct Row {
  std::vector<EndRange> from;
  std::vector<EndRange> to;
  std::size_t admitted = 0;  ///< index into `Rows::admitted`
};
/// Every pair that admits anything stands in exactly one row.
struct Rows {
  std::vector<Row> rows;
  std::vector<Admitted> admitted;
};

/// How one packet fares.
struct Step {
  std::string what;  ///< "leaves WebGroup: rule 3 of WebSecurityGroup allows tcp/443 to 0.0.0.0/0"
  estate::Place place;
};
struct Trace {
  bool admitted = false;
  std::vector<Step> steps;  ///< in the order of the packet's way; of a packet that is stopped the last says by what
};

/// What a balancer asks a target by itself, to learn how it is.
struct Checks {
  PacketSet asked;  ///< of which all may be
  Admitted answered;
};

class Engine;
struct Between;

class Relation {
 public:
  /// `estate`, `tree` and `packets` outlive the relation. The tree holds every block of `blocks_of(estate)`, the
  /// packets every kind of `kinds_of(estate)`.
  Relation(const estate::Estate& estate, const AddressTree& tree, const Packets& packets);
  Relation(Relation&& other) noexcept;
  Relation& operator=(Relation&& other) noexcept;
  Relation(const Relation& other) = delete;
  Relation& operator=(const Relation& other) = delete;
  ~Relation();

  [[nodiscard]] const base::Table<EndId, End>& ends() const;
  /// The ends of an interface, or behind a door; at a cell where such an end can be.
  [[nodiscard]] EndRange ends_of(estate::InterfaceId interface) const;
  [[nodiscard]] EndRange ends_behind(estate::DoorId door) const;
  /// What `from` can open with `to`, in the end and with the answers back. Nothing between two ends outside. An end of
  /// an interface with itself is one member with another; nothing where there is one member only.
  [[nodiscard]] Admitted between(EndId from, EndId to) const;
  /// Whether that is, or may be, any packet at all.
  [[nodiscard]] bool admits_anything(EndId from, EndId to) const;
  /// `between` of all pairs at once, equal ones together.
  [[nodiscard]] Rows rows() const;
  /// How a balancer's own checks of a target fare: a target that does not answer is taken for ill. What clients send
  /// through the balancer, of the same kind maybe, does not count.
  [[nodiscard]] Checks checks(EndId balancer, EndId target) const;
  /// The appliance that packets from the one to the other are handed to first, where their way is certain.
  [[nodiscard]] std::optional<estate::InterfaceId> appliance_between(EndId from, EndId to) const;
  /// Why a packet (an atom of `packets`) comes through, or does not.
  [[nodiscard]] Trace trace(EndId from, EndId to, PacketAtom packet) const;

 private:
  [[nodiscard]] Admitted admitted(Between packets) const;

  std::unique_ptr<Engine> engine_;
};

/// Every block and every kind of packet that an estate names, each once, and those that decide besides: private space.
[[nodiscard]] std::vector<estate::Block> blocks_of(const estate::Estate& estate);
[[nodiscard]] std::vector<estate::Kind> kinds_of(const estate::Estate& estate);

}  // namespace crenel::reach
