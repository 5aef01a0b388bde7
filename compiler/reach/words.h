#pragma once

#include <string>

#include "compiler/estate/estate.h"
#include "compiler/reach/address_tree.h"
#include "compiler/reach/relation.h"

/// Parts of an estate as people name them.
namespace crenel::reach {

[[nodiscard]] std::string words(const estate::Estate& estate, const estate::Block& block);
/// "10.0.0.0/8 without 10.1.0.0/16".
[[nodiscard]] std::string words(const estate::Estate& estate, const AddressTree& tree, Cell cell);
/// "WebGroup", "203.0.113.0/24 behind ToDatacenter".
[[nodiscard]] std::string words(const estate::Estate& estate, const AddressTree& tree, const End& end);
/// Where a route leads: "inside the network", "`MainNatGateway`".
[[nodiscard]] std::string words(const estate::Estate& estate, const estate::RouteTarget& target);

}  // namespace crenel::reach
