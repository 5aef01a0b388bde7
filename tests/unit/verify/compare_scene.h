#pragma once

#include <string>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"

/// Estates made by hand, for holding designs against them: what a careful provider would make of a design, so that a
/// test can spoil one thing in it.
namespace crenel::verify::tests {

/// Services, identities and private paths by the names that they were declared by, and an access for each data flow.
/// Every flow as a rule at both ends, every tier with its subnets and routes. Rules name members by tags and everybody
/// else by blocks; what `internet` is not is denied first.
[[nodiscard]] estate::Estate estate_of(const model::Design& design);

[[nodiscard]] estate::ServiceId service(const estate::Estate& estate, const std::string& stem);
[[nodiscard]] estate::IdentityId identity(const estate::Estate& estate, const std::string& stem);
[[nodiscard]] estate::PathId path(const estate::Estate& estate, const std::string& name);
[[nodiscard]] estate::InterfaceId interface(const estate::Estate& estate, const std::string& stem);
/// The rule list of an interface.
[[nodiscard]] estate::RuleList& list_of(estate::Estate& estate, const std::string& stem);
/// The tag of an interface.
[[nodiscard]] estate::TagId tag_of(const estate::Estate& estate, const std::string& stem);
[[nodiscard]] estate::SymbolId symbol(const estate::Estate& estate, const std::string& name);
/// An allow rule for one port of TCP.
[[nodiscard]] estate::Rule allow(std::uint16_t port, estate::Peers source, estate::Peers destination);
[[nodiscard]] estate::Peers anyone();
[[nodiscard]] estate::Peers tagged(estate::TagId tag);
[[nodiscard]] estate::Peers at(estate::Block block);

}  // namespace crenel::verify::tests
