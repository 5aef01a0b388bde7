#include <algorithm>
#include <map>

#include "compiler/verify/compare_declared.h"

/// Of which pairs of ends a design speaks at all, as sorted numbers: all pairs are gone through, and of most there is
/// nothing to compare.
namespace crenel::verify {
namespace {

constexpr std::uint64_t kOutside = std::uint64_t{1} << 63U;
constexpr std::uint64_t kOutbound = std::uint64_t{1} << 62U;

std::uint64_t inside_key(std::uint64_t from, std::uint64_t to) { return from << 32U | to; }
std::uint64_t outside_key(std::uint64_t party, bool outbound, reach::Cell cell) {
  return kOutside | (outbound ? kOutbound : 0) | party << 32U | cell;
}

}  // namespace

void DeclaredRelation::number_parties() {
  std::map<Declared, std::uint32_t> numbers;
  const auto number = [&](const Declared& declared) {
    return std::uint64_t{numbers.try_emplace(declared, static_cast<std::uint32_t>(numbers.size() + 1)).first->second};
  };
  parties_.resize(estate_.interfaces.size());
  for (const auto id : estate_.interfaces.ids()) {
    const auto declared = family_.names().declared(id);
    if (declared) parties_[id.index()] = static_cast<std::uint32_t>(number(*declared));
  }
  for (const auto& [ends, packets] : between_members_) {
    spoken_.push_back(inside_key(number(ends.first), number(ends.second)));
  }
  for (const auto& [ends, packets] : probes_) {
    spoken_.push_back(inside_key(number(ends.first), number(ends.second)));
  }
  for (const auto& [key, indices] : outside_at_) {
    spoken_.push_back(outside_key(number(std::get<Declared>(key)), std::get<bool>(key), std::get<reach::Cell>(key)));
  }
  std::sort(spoken_.begin(), spoken_.end());
  for (const auto& [key, requests] : requests_) asked_of_.push_back(static_cast<std::uint32_t>(key.second.index()));
  std::sort(asked_of_.begin(), asked_of_.end());
}

std::uint64_t DeclaredRelation::party(const reach::End& end) const {
  return end.interface ? parties_[end.interface->index()] : 0;
}

bool DeclaredRelation::says_nothing(const reach::End& from, const reach::End& to) const {
  const auto spoken = [&](std::uint64_t key) { return std::binary_search(spoken_.begin(), spoken_.end(), key); };
  if (!from.interface || !to.interface) {
    const std::uint64_t member = from.interface ? party(from) : party(to);
    return !spoken(outside_key(member, from.interface.has_value(), from.interface ? to.cell : from.cell));
  }
  if (party(to) != 0) return !spoken(inside_key(party(from), party(to)));
  return !std::binary_search(asked_of_.begin(), asked_of_.end(), static_cast<std::uint32_t>(to.interface->index()));
}

}  // namespace crenel::verify
