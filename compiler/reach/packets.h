#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/net/traffic.h"

/// Packets, cut at every protocol, port, source port and ICMP number that matters: all packets of one *atom* fare
/// alike.
namespace crenel::reach {

using PacketAtom = std::uint32_t;

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
  /// Cuts at the edges of all `kinds` and all `traffics`.
  Packets(const std::vector<estate::Kind>& kinds, const std::vector<net::Traffic>& traffics);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] PacketSet all() const;
  [[nodiscard]] PacketSet of(const estate::Kind& kind) const;
  [[nodiscard]] PacketSet of(const net::Traffic& traffic) const;  ///< any source port
  /// One packet of the atom: "tcp/22", "icmp/8", "protocol 47".
  [[nodiscard]] std::string witness(PacketAtom atom) const;
  /// The set in words: "tcp/22, tcp/443..444", with " from port …" only where source ports matter.
  [[nodiscard]] std::string text(const PacketSet& set) const;
};

}  // namespace crenel::reach
