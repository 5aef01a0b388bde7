#include "compiler/verify/shared_symbols.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace crenel::verify {
namespace {

using Renaming = std::map<estate::SymbolId, estate::SymbolId>;

void rename(std::vector<estate::Block>& blocks, const Renaming& renaming) {
  for (auto& block : blocks) {
    if (auto* symbol = std::get_if<estate::SymbolId>(&block.base)) *symbol = renaming.at(*symbol);
  }
}

void rename(estate::Peers& peers, const Renaming& renaming) {
  rename(peers.blocks, renaming);
  rename(peers.perhaps, renaming);
  rename(peers.except, renaming);
}

void rename(std::vector<estate::Rule>& rules, const Renaming& renaming) {
  for (auto& rule : rules) {
    rename(rule.source, renaming);
    rename(rule.destination, renaming);
  }
}

void rename(estate::Estate& estate, const Renaming& renaming) {
  for (auto& network : estate.networks) rename(network.spaces, renaming);
  for (auto& subnet : estate.subnets) rename(subnet.blocks, renaming);
  for (auto& interface : estate.interfaces) rename(interface.addresses, renaming);
  for (auto& list : estate.rule_lists) {
    rename(list.in, renaming);
    rename(list.out, renaming);
  }
  for (auto& table : estate.route_tables) {
    for (auto& route : table.routes) {
      if (auto* symbol = std::get_if<estate::SymbolId>(&route.destination.base)) *symbol = renaming.at(*symbol);
      if (!route.within) continue;
      if (auto* symbol = std::get_if<estate::SymbolId>(&route.within->base)) *symbol = renaming.at(*symbol);
    }
  }
  for (auto& door : estate.doors) {
    if (auto* link = std::get_if<estate::LinkDoor>(&door.kind)) rename(link->prefixes, renaming);
  }
  for (auto& access : estate.accesses) {
    rename(access.from, renaming);
    auto* named = std::get_if<estate::Named>(&access.who);
    auto* symbol = named == nullptr ? nullptr : std::get_if<estate::SymbolId>(&named->who);
    if (symbol != nullptr) *symbol = renaming.at(*symbol);
  }
}

}  // namespace

void share_symbols(estate::Estate& a, estate::Estate& b) {
  // What the provider chooses is another value in another deployment, though it is called the same.
  // A network keeps the block that it was given.
  const auto is_shared = [](const estate::Symbol& symbol) { return symbol.parameter || symbol.given.has_value(); };
  std::map<std::string, estate::SymbolId> parameters;
  for (const auto id : a.symbols.ids()) {
    if (is_shared(a.symbols[id])) parameters.emplace(a.symbols[id].name, id);
  }
  Renaming renaming;
  for (const auto id : b.symbols.ids()) {
    const estate::Symbol& symbol = b.symbols[id];
    const auto known = is_shared(symbol) ? parameters.find(symbol.name) : parameters.end();
    renaming.emplace(id, known != parameters.end() ? known->second : a.symbols.add(symbol));
  }
  rename(b, renaming);
  b.symbols = a.symbols;
}

}  // namespace crenel::verify
