#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "compiler/base/ids.h"
#include "compiler/base/source.h"
#include "compiler/net/prefix.h"

/// What every part of an estate speaks of: ids, places in a template, values that only a deployment gives.
namespace crenel::estate {

using base::Span;

using SymbolId = base::Id<struct SymbolTag>;
using NetworkId = base::Id<struct EstateNetworkTag>;
using SubnetId = base::Id<struct EstateSubnetTag>;
using InterfaceId = base::Id<struct InterfaceTag>;
using TagId = base::Id<struct TagTag>;
using RuleListId = base::Id<struct RuleListTag>;
using RouteTableId = base::Id<struct RouteTableTag>;
using DoorId = base::Id<struct DoorTag>;
using ServiceId = base::Id<struct ServiceTag>;
using IdentityId = base::Id<struct IdentityTag>;
using PathId = base::Id<struct PrivatePathTag>;

/// Where in the template something is said.
struct Place {
  std::string resource;  ///< "WebSecurityGroup"; on Azure the resource's name
  std::string path;      ///< JSON path: "/Resources/WebSecurityGroup/Properties/SecurityGroupIngress/0"
  Span span;             ///< in the template's text; may be invalid (then `path` serves)
  bool operator==(const Place&) const = default;
};

/// A block that the provider gives a network out of its own: no two networks have any of it in common.
struct GivenBlock {
  std::string network;  ///< the declared path in PascalCase that the network would come from: "Main"
  net::Prefix within;   ///< where it lies
  int length = 0;       ///< of it
};

/// A value that only a deployment gives: a parameter of the template, or something that the provider chooses.
struct Symbol {
  std::string name;  ///< the template parameter's own name ("VpnDevice"); otherwise words: "address of MainNatGateway"
  bool parameter = false;
  bool host = false;  ///< one address rather than a block
  std::optional<GivenBlock> given = {};
  Place place;
};

/// `index`-th block of `length` bits inside a block, counted from its start or (`from_end`, 0 is the last) its end.
struct Part {
  int length = 0;
  std::uint32_t index = 0;
  bool from_end = false;
  bool operator==(const Part&) const = default;
};

/// An address block, known or not. `part` is only set where `base` is a symbol.
struct Block {
  std::variant<net::Prefix, SymbolId> base;
  std::optional<Part> part;
  bool operator==(const Block&) const = default;
};

}  // namespace crenel::estate
