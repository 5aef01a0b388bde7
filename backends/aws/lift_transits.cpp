#include "backends/aws/lift_transits.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "backends/aws/lift_blocks.h"
#include "backends/aws/lift_types.h"

/// Transit gateways: vpc/latest/tgw, "How transit gateways work", checked 2026-11-26. A packet goes by the route table
/// that its network's attachment is associated with, and at the far end by the table of the subnets that hold the
/// attachment.
namespace crenel::aws::reading {
namespace {

using estate::Block;
using estate::NetworkId;
using estate::Route;
using estate::RouteTarget;
using estate::UnknownTarget;

enum class Lie { Apart, Same, Inside, Around, Unclear };

bool is_everything(const Block& block) {
  const auto* known = std::get_if<net::Prefix>(&block.base);
  return known != nullptr && known->length == 0;
}

/// How the first block lies to the second.
Lie lie(const Block& a, const Block& b) {
  if (a == b) return Lie::Same;
  if (is_everything(b)) return Lie::Inside;
  if (is_everything(a)) return Lie::Around;
  const auto* first = std::get_if<net::Prefix>(&a.base);
  const auto* second = std::get_if<net::Prefix>(&b.base);
  if (first == nullptr || second == nullptr) return Lie::Unclear;
  if (second->contains(*first)) return Lie::Inside;
  return first->contains(*second) ? Lie::Around : Lie::Apart;
}

/// One way among several for the packets of a block.
struct TransitWay {
  Block destination;
  RouteTarget target;
  bool operator==(const TransitWay&) const = default;
};

/// What ways come to for the packets to one block: the longest prefix wins, and what no way is for is dropped.
std::vector<TransitWay> narrowed(const std::vector<TransitWay>& ways, const Block& to) {
  std::vector<TransitWay> out;
  const TransitWay* whole = nullptr;
  for (const TransitWay& way : ways) {
    switch (lie(way.destination, to)) {
      case Lie::Apart:
        break;
      case Lie::Inside:
        out.push_back(way);
        break;
      case Lie::Same:
      case Lie::Around:
        // of two around it the inner one
        if (whole == nullptr || lie(way.destination, whole->destination) == Lie::Inside) whole = &way;
        break;
      case Lie::Unclear:
        return {{.destination = to, .target = UnknownTarget{"several routes of a transit gateway may be for it"}}};
    }
  }
  out.push_back({.destination = to, .target = whole == nullptr ? RouteTarget(estate::NowhereTarget{}) : whole->target});
  return out;
}

class Transit {
 public:
  Transit(Reading& reading, const Item& route, NetworkId from) : reading_(reading), route_(route), from_(from) {}

  std::vector<TransitWay> ways(const Block& destination) {
    destination_ = destination;
    const Item* gateway = reading_.target(route_["TransitGatewayId"], kTransitGateway.name);
    if (gateway == nullptr) return unknown(destination, "leads to a transit gateway that is not in the template");
    const Item* attachment = attachment_of(*gateway);
    if (attachment == nullptr) return unknown(destination, "leads to a transit gateway that the network may not reach");
    const Item* table = table_of(*attachment);
    if (table == nullptr) return unknown(destination, "leads to a transit gateway whose table is not read");
    std::vector<TransitWay> out;
    for (const TransitWay& way : narrowed(of_its_family(ways_in(*table)), destination)) {
      const std::vector<TransitWay> further = onward(way);
      out.insert(out.end(), further.begin(), further.end());
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<TransitWay> unknown(const Block& destination, const std::string& why) const {
    return {{.destination = destination, .target = UnknownTarget{"`" + route_.id() + "` " + why}}};
  }

  /// Without the ways that are for the other family: in which one a route is asked about, its property says too.
  [[nodiscard]] std::vector<TransitWay> of_its_family(std::vector<TransitWay> ways) const {
    auto asked = family_of(destination_, reading_.estate);
    if (!asked && !route_["DestinationCidrBlock"].absent()) asked = net::Family::V4;
    std::erase_if(ways, [&](const TransitWay& way) {
      const auto its = family_of(way.destination, reading_.estate);
      return asked && its && *its != *asked;
    });
    return ways;
  }

  /// The one attachment of the network to the gateway.
  const Item* attachment_of(const Item& gateway) {
    const Item* found = nullptr;
    for (const Item* item : reading_.of(kTransitAttachment.name)) {
      if (reading_.target((*item)["TransitGatewayId"], kTransitGateway.name) != &gateway) continue;
      if (reading_.network((*item)["VpcId"]) != from_) continue;
      if (found != nullptr || !item->certain) return nullptr;
      found = item;
    }
    return found;
  }

  const Item* table_of(const Item& attachment) {
    const Item* found = nullptr;
    for (const Item* item : reading_.of(kTransitAssociation.name)) {
      if (reading_.target((*item)["TransitGatewayAttachmentId"], kTransitAttachment.name) != &attachment) continue;
      if (found != nullptr || !item->certain) return nullptr;
      found = item;
    }
    return found == nullptr ? nullptr : reading_.target((*found)["TransitGatewayRouteTableId"], kTransitTable.name);
  }

  /// The table's routes; one to an attachment leads to its network.
  std::vector<TransitWay> ways_in(const Item& table) {
    std::vector<TransitWay> out;
    for (const Item* item : reading_.of(kTransitRoute.name)) {
      if (reading_.target((*item)["TransitGatewayRouteTableId"], kTransitTable.name) != &table) continue;
      const auto block = block_of((*item)["DestinationCidrBlock"], reading_.estate);
      if (!block) {
        reading_.unknown(item->place(), "where `" + item->id() + "` leads packets for is not known");
        continue;
      }
      out.push_back({.destination = *block, .target = target_of(*item)});
    }
    return out;
  }

  RouteTarget target_of(const Item& item) {
    const Value& drops = item["Blackhole"];
    if (!item.certain || (!drops.absent() && !known_flag(drops))) {
      return UnknownTarget{"`" + item.id() + "` depends on a condition"};
    }
    if (!drops.absent() && known_flag(drops) == true) return estate::NowhereTarget{};
    const Item* attachment = reading_.target(item["TransitGatewayAttachmentId"], kTransitAttachment.name);
    if (attachment == nullptr) return UnknownTarget{"`" + item.id() + "` leads to an attachment that is not read"};
    return reading_.network((*attachment)["VpcId"]);
  }

  /// From the far end's attachment on: in whichever zone, where all of them lead to the same.
  std::vector<TransitWay> onward(const TransitWay& way) {
    const auto* network = std::get_if<NetworkId>(&way.target);
    if (network == nullptr) return {way};
    const std::set<estate::RouteTableId> tables = far_tables(*network);
    std::optional<std::vector<TransitWay>> found;
    for (const estate::RouteTableId table : tables) {
      std::vector<TransitWay> there;
      for (const Route& route : reading_.estate.route_tables[table].routes) {
        there.push_back({.destination = route.destination, .target = at_far_end(route, *network)});
      }
      std::vector<TransitWay> ways = narrowed(of_its_family(std::move(there)), way.destination);
      if (found && !(ways == *found)) {
        return unknown(way.destination, "leads to an attachment in subnets of several route tables");
      }
      found = std::move(ways);
    }
    if (!found) return unknown(way.destination, "leads to a network without an attachment");
    if (!keeps_zone(*network) && std::any_of(found->begin(), found->end(),
                                             [&](const TransitWay& one) { return is_zoned_appliance(one.target); })) {
      return unknown(way.destination,
                     "leads to an appliance of several zones by an attachment that is not in the mode for appliances: "
                     "answers may come by another zone's");
    }
    return *found;
  }

  /// An appliance with a way in in more than one zone.
  [[nodiscard]] bool is_zoned_appliance(const RouteTarget& target) const {
    const auto* next = std::get_if<estate::InterfaceId>(&target);
    if (next == nullptr) return false;
    const estate::Interface& interface = reading_.estate.interfaces[*next];
    return interface.role == estate::Role::Appliance && interface.subnets.size() > 1;
  }

  /// Whether the answers of a conversation come by the zone by which it was opened
  /// (vpc/latest/tgw, "Transit gateway appliance scenario", checked 2026-11-26).
  [[nodiscard]] bool keeps_zone(NetworkId network) const {
    const std::vector<const Item*>& all = reading_.of(kTransitAttachment.name);
    return std::all_of(all.begin(), all.end(), [&](const Item* item) {
      return reading_.network((*item)["VpcId"]) != network ||
             known_text((*item)["Options"]["ApplianceModeSupport"]) == "enable";
    });
  }

  std::set<estate::RouteTableId> far_tables(NetworkId network) {
    std::set<estate::RouteTableId> found;
    for (const Item* item : reading_.of(kTransitAttachment.name)) {
      if (reading_.network((*item)["VpcId"]) != network) continue;
      for (const estate::SubnetId subnet : reading_.subnets((*item)["SubnetIds"])) {
        found.insert(reading_.estate.subnets[subnet].routes);
      }
    }
    return found;
  }

  RouteTarget at_far_end(const Route& route, NetworkId network) {
    if (std::holds_alternative<estate::LocalTarget>(route.target)) {
      join(network);
      return network;
    }
    if (std::holds_alternative<estate::NowhereTarget>(route.target)) return estate::NowhereTarget{};
    const auto* next = std::get_if<estate::InterfaceId>(&route.target);
    if (next != nullptr && reading_.estate.interfaces[*next].role == estate::Role::Appliance) return *next;
    return UnknownTarget{"`" + route_.id() + "` leads by a transit gateway to what is not followed"};
  }

  /// Members of the two reach each other where routes say so, as over a peering.
  void join(NetworkId network) {
    auto& all = reading_.estate.peerings;
    const bool there = std::any_of(all.begin(), all.end(), [&](const estate::Peering& one) {
      return (one.a == from_ && one.b == network) || (one.b == from_ && one.a == network);
    });
    if (!there) all.push_back({.a = from_, .b = network, .place = route_.place()});
  }

  Reading& reading_;
  const Item& route_;
  NetworkId from_;
  Block destination_;  ///< that is asked about
};

}  // namespace

bool leads_to_transit(const Item& route) { return !route["TransitGatewayId"].absent(); }

std::vector<Route> transit_routes(Reading& reading, const Item& route, const Block& destination, NetworkId from) {
  std::vector<Route> out;
  for (TransitWay& way : Transit(reading, route, from).ways(destination)) {
    Route made;
    made.destination = way.destination;
    made.target = std::move(way.target);
    made.rank = 1;
    if (made.destination != destination) made.within = destination;
    made.place = route.place();
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace crenel::aws::reading
