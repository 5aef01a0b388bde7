#include <algorithm>
#include <bit>

#include "compiler/reach/packets.h"

namespace crenel::reach {

bool PacketSet::empty() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

PacketSet& PacketSet::operator|=(const PacketSet& other) {
  if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
  for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

PacketSet& PacketSet::operator&=(const PacketSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
  return *this;
}

PacketSet& PacketSet::operator-=(const PacketSet& other) {
  for (std::size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i) words_[i] &= ~other.words_[i];
  return *this;
}

std::vector<PacketAtom> PacketSet::atoms() const {
  std::vector<PacketAtom> out;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
      out.push_back(static_cast<PacketAtom>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
  }
  return out;
}

}  // namespace crenel::reach
