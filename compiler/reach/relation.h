#pragma once

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
  std::optional<estate::DoorId> door;            ///< or somebody outside, behind this door, at an address of `cell`
  Cell cell = 0;
};

/// Between what is surely admitted and what may be lies what was not understood.
struct Admitted {
  PacketSet surely;
  PacketSet perhaps;  ///< contains `surely`
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

class Relation {
 public:
  /// `estate`, `tree` and `packets` outlive the relation. The tree holds every block that the estate names, the packets
  /// every kind.
  Relation(const estate::Estate& estate, const AddressTree& tree, const Packets& packets);

  [[nodiscard]] const base::Table<EndId, End>& ends() const;
  /// What `from` can open with `to`, in the end and with the answers back. One of them is an interface.
  [[nodiscard]] Admitted between(EndId from, EndId to) const;
  /// Why a packet (an atom of `packets`) comes through, or does not.
  [[nodiscard]] Trace trace(EndId from, EndId to, PacketAtom packet) const;
};

/// Every block and every kind of packet that an estate names.
[[nodiscard]] std::vector<estate::Block> blocks_of(const estate::Estate& estate);
[[nodiscard]] std::vector<estate::Kind> kinds_of(const estate::Estate& estate);

}  // namespace crenel::reach
