#include "compiler/reach/words.h"

namespace crenel::reach {

std::string words(const estate::Estate& estate, const estate::Block& block) {
  std::string out;
  if (const auto* known = std::get_if<net::Prefix>(&block.base)) {
    out = net::to_string(*known);
  } else {
    out = "`" + estate.symbols[std::get<estate::SymbolId>(block.base)].name + "`";
  }
  if (!block.part) return out;
  return "/" + std::to_string(block.part->length) + " number " + std::to_string(block.part->index + 1) +
         (block.part->from_end ? " from the end" : "") + " of " + out;
}

std::string words(const estate::Estate& estate, const AddressTree& tree, Cell cell) {
  std::string out = words(estate, tree.block(cell));
  const std::vector<estate::Block> holes = tree.holes(cell);
  constexpr std::size_t kMost = 3;
  if (holes.size() > kMost) return out + " without the blocks in it";
  for (std::size_t i = 0; i < holes.size(); ++i) out += (i == 0 ? " without " : ", ") + words(estate, holes[i]);
  return out;
}

std::string words(const estate::Estate& estate, const AddressTree& tree, const End& end) {
  if (end.interface) return estate.interfaces[*end.interface].name;
  const std::string address = words(estate, tree, end.cell);
  return end.door ? address + " behind " + estate.doors[*end.door].name : address;
}

std::string words(const estate::Estate& estate, const estate::RouteTarget& target) {
  return std::visit(
      base::Overloaded{
          [](const estate::LocalTarget&) { return std::string("inside the network"); },
          [](const estate::NowhereTarget&) { return std::string("nowhere"); },
          [](const estate::UnknownTarget& unknown) { return "somewhere that is not known: " + unknown.why; },
          [&](estate::DoorId door) { return "to " + estate.doors[door].name; },
          [&](estate::InterfaceId interface) { return "to " + estate.interfaces[interface].name; },
          [&](estate::NetworkId network) { return "to the peered network " + estate.networks[network].name; }},
      target);
}

}  // namespace crenel::reach
