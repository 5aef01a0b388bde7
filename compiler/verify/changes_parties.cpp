#include "compiler/verify/changes_parties.h"

#include <map>
#include <set>
#include <utility>

#include "compiler/verify/compare_names.h"

namespace crenel::verify {
namespace {

constexpr std::size_t kSides = 2;
constexpr std::size_t kWaysToName = 3;

using Labels = std::array<std::map<estate::InterfaceId, std::string>, kSides>;

/// What an interface may be called, the best first; empty where it has no such name.
std::array<std::string, kWaysToName> candidates(const estate::Estate& estate, estate::InterfaceId id,
                                                const Names* names, const model::Design* design) {
  const estate::Interface& interface = estate.interfaces[id];
  const auto declared = names != nullptr ? names->declared(id) : std::nullopt;
  return {declared ? model::name_of(*design, endpoint_of(*declared)) : "", interface.stem, interface.name};
}

Labels labels(const ComparedSides& sides, const model::Design* design) {
  std::array<std::vector<std::pair<estate::InterfaceId, std::array<std::string, kWaysToName>>>, kSides> all;
  std::array<std::map<std::string, int>, kSides> uses;
  for (std::size_t side = 0; side < kSides; ++side) {
    const estate::Estate& estate = *sides[side].estate;
    std::optional<Names> names;
    if (design != nullptr) names.emplace(*design, estate);
    for (const auto id : estate.interfaces.ids()) {
      all[side].emplace_back(id, candidates(estate, id, names ? &*names : nullptr, design));
      const auto& given = all[side].back().second;
      for (const auto& name : std::set<std::string>(given.begin(), given.end())) ++uses[side][name];
    }
  }
  Labels out;
  for (std::size_t side = 0; side < kSides; ++side) {
    for (const auto& [id, given] : all[side]) {
      std::string chosen = given.back();
      for (auto name = given.rbegin(); name != given.rend(); ++name) {
        const bool alone = uses[0][*name] <= 1 && uses[1][*name] <= 1;
        if (!name->empty() && alone) chosen = *name;
      }
      out[side].emplace(id, std::move(chosen));
    }
  }
  return out;
}

struct PlaceOfParty {
  std::string subnet;
  reach::Cell cell = 0;
  auto operator<=>(const PlaceOfParty&) const = default;
};
using PlacesOfParty = std::map<PlaceOfParty, std::array<std::vector<reach::EndId>, kSides>>;

/// Joins places, by `coarser`, until both estates have the same ones; those of one estate alone stay.
template <class Coarser>
PlacesOfParty joined(const PlacesOfParty& places, Coarser coarser) {
  PlacesOfParty out;
  for (const auto& [place, ends] : places) {
    auto& into = out[coarser(place)];
    for (std::size_t side = 0; side < kSides; ++side) {
      into[side].insert(into[side].end(), ends[side].begin(), ends[side].end());
    }
  }
  return out;
}

bool correspond(const PlacesOfParty& places) {
  std::array<bool, kSides> any = {};
  std::array<bool, kSides> all = {true, true};
  for (const auto& [place, ends] : places) {
    for (std::size_t side = 0; side < kSides; ++side) {
      any[side] = any[side] || !ends[side].empty();
      all[side] = all[side] && !ends[side].empty();
    }
  }
  return (all[0] && all[1]) || !any[0] || !any[1];
}

std::vector<Slot> slots(PlacesOfParty places, bool outside) {
  if (!outside && !correspond(places)) {
    const PlacesOfParty by_subnet =
        joined(places, [](const PlaceOfParty& place) { return PlaceOfParty{.subnet = place.subnet, .cell = 0}; });
    places = correspond(by_subnet) ? by_subnet : joined(places, [](const PlaceOfParty&) { return PlaceOfParty{}; });
  }
  std::vector<Slot> out;
  for (auto& [place, ends] : places) {
    out.push_back({.ends = std::move(ends), .cell = outside ? std::optional(place.cell) : std::nullopt});
  }
  return out;
}

/// The far ends of links by the names that the design gives them.
std::map<estate::DoorId, std::string> declared_doors(const estate::Estate& estate, const model::Design* design) {
  std::map<estate::DoorId, std::string> out;
  if (design == nullptr) return out;
  const Names names(*design, estate);
  for (const auto network : estate.networks.ids()) {
    for (const auto link : design->links.ids()) {
      for (const auto door : names.doors(network, link)) {
        out.emplace(door, model::name_of(*design, model::Endpoint(design->links[link].site)));
      }
    }
  }
  return out;
}

std::string name_of(const estate::Estate& estate, estate::DoorId door,
                    const std::map<estate::DoorId, std::string>& declared) {
  const auto* link = std::get_if<estate::LinkDoor>(&estate.doors[door].kind);
  if (link == nullptr) return "internet";
  const auto found = declared.find(door);
  return found == declared.end() ? link->name : found->second;
}

}  // namespace

std::vector<Party> parties(const ComparedSides& sides, const reach::AddressTree& tree, const model::Design* design) {
  const Labels names = labels(sides, design);
  std::map<std::pair<bool, std::string>, PlacesOfParty> found;
  for (std::size_t side = 0; side < kSides; ++side) {
    const estate::Estate& estate = *sides[side].estate;
    const auto& ends = sides[side].relation->ends();
    const auto doors = declared_doors(estate, design);
    for (const auto id : ends.ids()) {
      const reach::End& end = ends[id];
      if (tree.surely_empty(end.cell)) continue;
      const std::string subnet = end.subnet ? estate.subnets[*end.subnet].name : "";
      const std::string name = end.door ? name_of(estate, *end.door, doors) : names[side].at(*end.interface);
      found[{end.door.has_value(), name}][{.subnet = subnet, .cell = end.cell}][side].push_back(id);
    }
  }
  std::vector<Party> out;
  for (auto& [key, places] : found) {
    out.push_back({.name = key.second, .outside = key.first, .slots = slots(std::move(places), key.first)});
  }
  return out;
}

}  // namespace crenel::verify
