#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/net/traffic.h"

/// Packets, cut at every protocol, port, source port and ICMP number that matters: all packets of one *atom* fare
/// alike.
namespace crenel::reach {

using PacketAtom = std::uint32_t;

/// Atoms from `first` up to, not including, `end`.
struct AtomRange {
  PacketAtom first = 0;
  PacketAtom end = 0;
  bool operator==(const AtomRange&) const = default;
};
/// Sorted, apart, not adjacent.
using AtomRanges = std::vector<AtomRange>;

/// Adds what begins nowhere before the last of them.
void add(AtomRanges& to, AtomRange range);

/// A set of atoms as bits.
class PacketSet {
 public:
  PacketSet() = default;
  explicit PacketSet(std::size_t atoms) : words_((atoms + 63) / 64) {}
  void insert(PacketAtom atom) { words_[atom / 64] |= std::uint64_t{1} << (atom % 64); }
  [[nodiscard]] bool contains(PacketAtom atom) const { return ((words_[atom / 64] >> (atom % 64)) & 1) != 0; }
  [[nodiscard]] bool empty() const;
  PacketSet& operator|=(const PacketSet& other);
  PacketSet& operator&=(const PacketSet& other);
  PacketSet& operator-=(const PacketSet& other);
  [[nodiscard]] std::vector<PacketAtom> atoms() const;
  bool operator==(const PacketSet&) const = default;

 private:
  std::vector<std::uint64_t> words_;
};

class Packets {
 public:
  /// Cuts at the edges of all `kinds` and all `traffics`, and where the answers to ICMP differ.
  Packets(const std::vector<estate::Kind>& kinds, const std::vector<net::Traffic>& traffics);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] PacketSet all() const;
  [[nodiscard]] PacketSet of(const estate::Kind& kind) const;     ///< what the kind may match
  [[nodiscard]] PacketSet of(const net::Traffic& traffic) const;  ///< any source port

  [[nodiscard]] AtomRanges may_match(const estate::Kind& kind) const;
  /// Less than `may_match` where the kind says every protocol but not every port.
  [[nodiscard]] AtomRanges surely_match(const estate::Kind& kind) const;
  [[nodiscard]] AtomRanges matched(const net::Traffic& traffic) const;
  [[nodiscard]] PacketSet set(const AtomRanges& ranges) const;

  /// The packets whose answers are all in `passing`. A client takes its port from 1024 to 65535, the widest range that
  /// any stack is documented to use (Amazon VPC user guide, "Custom network ACLs", ephemeral ports), unless the packet
  /// itself says another. ICMP is answered by type (RFC 792, RFC 950, RFC 4443); other types are not answered. Of a
  /// protocol without ports the answer is another such packet.
  [[nodiscard]] AtomRanges answered_by(const AtomRanges& passing) const;
  /// The packets with some answer in `passing`, to one of the ports that a client may have taken.
  [[nodiscard]] AtomRanges perhaps_answered_by(const AtomRanges& passing) const;

  /// One packet of the atom: "tcp/22", "icmp/8", "protocol 47".
  [[nodiscard]] std::string witness(PacketAtom atom) const;
  /// The set in words: "tcp/22, tcp/443..444", with " from port …" only where source ports matter.
  [[nodiscard]] std::string text(const PacketSet& set) const;

 private:
  /// One protocol's atoms: numbers (destination ports, ICMP numbers) times source ports.
  struct Protocol {
    std::optional<std::uint8_t> number;  ///< none: all that are not named
    std::vector<std::uint32_t> numbers;  ///< where an interval starts; the first is 0
    std::vector<std::uint32_t> sources;  ///< likewise
    PacketAtom first = 0;
    [[nodiscard]] PacketAtom size() const { return static_cast<PacketAtom>(numbers.size() * sources.size()); }
  };

  [[nodiscard]] const Protocol* find(std::uint8_t number) const;
  [[nodiscard]] const Protocol& of_atom(PacketAtom atom) const;
  void append(const Protocol& protocol, net::Interval numbers, net::Interval sources, AtomRanges& to) const;
  [[nodiscard]] AtomRanges answered(const AtomRanges& passing, bool surely) const;
  void answered_ports(const Protocol& protocol, const AtomRanges& passing, bool surely, AtomRanges& to) const;
  void answered_icmp(const Protocol& protocol, const AtomRanges& passing, AtomRanges& to) const;
  [[nodiscard]] std::string numbers_text(const Protocol& protocol, std::size_t first, std::size_t end) const;

  std::vector<Protocol> protocols_;         ///< by number, the unnamed last
  std::array<std::uint16_t, 256> index_{};  ///< into `protocols_`
  std::size_t size_ = 0;
};

[[nodiscard]] bool has_ports(std::uint8_t protocol);
[[nodiscard]] bool contains(const AtomRanges& ranges, PacketAtom atom);

}  // namespace crenel::reach
