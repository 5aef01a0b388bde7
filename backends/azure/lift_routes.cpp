#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// What is routed where: the provider's own routes, those of gateways, and those that people wrote.
/// learn.microsoft.com, "Virtual network traffic routing".
namespace crenel::azure::lifting {
namespace {

using estate::Route;
using estate::RouteTarget;

// of two routes to one block an own one wins over a gateway's, and that over the provider's
constexpr int kSystem = 0;
constexpr int kGateway = 1;
constexpr int kOwn = 2;

constexpr std::string_view kRoutes = "routes";

/// Since API versions after this day a subnet has no way out by default; learn.microsoft.com, "Default outbound access
/// in Azure", checked 2026-11-23.
constexpr std::string_view kLastDayOfDefaultOutbound = "2026-03-31";

/// The provider drops these, but not what a network's own space is or holds: then their routes go over to it, or are
/// taken away; "Virtual network traffic routing", "System routes", checked 2026-11-26.
const std::vector<net::Prefix>& dropped_blocks() {
  static const std::vector<net::Prefix> blocks = [] {
    std::vector<net::Prefix> out;
    for (const char* text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"}) {
      out.push_back(*net::parse_prefix(text));
    }
    return out;
  }();
  return blocks;
}

Block as_block(const net::Prefix& prefix) { return {.base = prefix, .part = {}}; }

const std::vector<Block>& prefixes_of(const Context& context, DoorId door) {
  return std::get<estate::LinkDoor>(context.estate.doors[door].kind).prefixes;
}

struct OwnRoute {
  Block destination;
  View properties;
  Place place;
};

class SubnetRoutes {
 public:
  SubnetRoutes(Context& context, SubnetInfo& subnet)
      : context_(context), subnet_(subnet), info_(context.network_infos[subnet.network]) {}

  void make();

 private:
  void read_own(const Resource& table);
  void add_route(const View& route, const View& name, const Place& place);
  void add(const Block& to, RouteTarget target, int rank, const Place& place, bool yields = false) {
    table_.routes.push_back(
        {.destination = to, .target = std::move(target), .rank = rank, .yields_to_local = yields, .place = place});
  }
  void add_everything_unknown(const std::string& why);
  void add_near();
  void add_system();
  void add_unsure();
  [[nodiscard]] bool is_near(const Block& block) const;
  void add_gateway();
  void add_own(const OwnRoute& route);
  void check_own();
  void add_by_gateway(const OwnRoute& route);
  [[nodiscard]] bool dropped_before(const net::Prefix& inside, const net::Prefix& wanted) const;

  Context& context_;
  SubnetInfo& subnet_;
  NetworkInfo& info_;
  estate::RouteTable table_;
  std::vector<OwnRoute> own_;
  std::vector<Hop> hops_;
  bool propagates_ = true;
  bool is_known_ = true;
};

void SubnetRoutes::add_everything_unknown(const std::string& why) {
  for (const net::Family family : {net::Family::V4, net::Family::V6}) {
    add(as_block(net::whole(family)), estate::UnknownTarget{why}, kOwn, table_.place);
  }
}

void SubnetRoutes::add_route(const View& route, const View& name, const Place& place) {
  context_.check(route, "route", {"addressPrefix", "nextHopType", "nextHopIpAddress"}, {"hasBgpOverride"});
  const auto to = context_.block(route.at("addressPrefix"));
  if (!to) {
    context_.unknown("route `" + name.text() + "` has no block of addresses", place);
    is_known_ = false;
    return;
  }
  own_.push_back({.destination = *to, .properties = route, .place = place});
}

void SubnetRoutes::read_own(const Resource& table) {
  const View properties = properties_of(table);
  context_.check(properties, "route table", {kRoutes, "disableBgpRoutePropagation", "disablePeeringRoute"},
                 {"subnets"});
  const View off = properties.at("disableBgpRoutePropagation");
  propagates_ = !off || off.truth() != std::optional(true);
  const View peering = properties.at("disablePeeringRoute");
  if (peering && !peering.says("None")) {
    context_.unknown("a route table without the routes of peerings is not read", peering.place());
  }
  if (off && !off.truth()) {
    context_.unknown("whether a route table takes a gateway's routes is not known", off.place());
    is_known_ = false;
  }
  const View routes = properties.at(kRoutes);
  if (routes && routes.value().list() == nullptr) is_known_ = false;
  for (const View& each : routes.elements()) add_route(each.at("properties"), each.at("name"), each.place());
  for (const Resource* each : context_.all(std::string(kRouteTable.name) + "/" + std::string(kRoutes))) {
    const auto parent = each->id.parent();
    if (!parent || parent->key() != table.id.key()) continue;
    add_route(properties_of(*each), view_of(*each, "name"), each->place);
    if (each->presence == Presence::Open || each->repeated) is_known_ = false;
  }
  if (table.presence == Presence::Open || table.repeated) is_known_ = false;
}

/// The network and its peers.
void SubnetRoutes::add_near() {
  for (const Block& space : context_.estate.networks[subnet_.network].spaces) {
    add(space, estate::LocalTarget{}, kSystem, context_.estate.networks[subnet_.network].place);
  }
  for (const NetworkId peer : info_.peers) {
    for (const Block& space : context_.estate.networks[peer].spaces) {
      add(space, peer, kSystem, context_.estate.networks[peer].place);
    }
  }
  for (const DoorId door : info_.peers_elsewhere) {
    for (const Block& each : prefixes_of(context_, door)) {
      add(each, door, kSystem, context_.estate.doors[door].place);
    }
  }
}

/// Inside of the network or a peer, where no route that a gateway learns wins, however long it is.
bool SubnetRoutes::is_near(const Block& block) const {
  const auto* inside = std::get_if<net::Prefix>(&block.base);
  const auto holds = [&](const Block& space) {
    const auto* outside = std::get_if<net::Prefix>(&space.base);
    return inside != nullptr && outside != nullptr && outside->contains(*inside);
  };
  const auto any = [&](NetworkId network) {
    const auto& spaces = context_.estate.networks[network].spaces;
    return std::any_of(spaces.begin(), spaces.end(), holds);
  };
  const bool elsewhere = std::any_of(info_.peers_elsewhere.begin(), info_.peers_elsewhere.end(), [&](DoorId door) {
    const auto& spaces = prefixes_of(context_, door);
    return std::any_of(spaces.begin(), spaces.end(), holds);
  });
  if (elsewhere) return true;
  return any(subnet_.network) || std::any_of(info_.peers.begin(), info_.peers.end(), any);
}

/// What is left when a gateway may add routes, or some of the own ones are not known.
void SubnetRoutes::add_unsure() {
  const std::string why = is_known_ ? "the gateway learns routes from the far end" : "the routes are not known";
  if (is_known_) {
    add_near();
  } else {
    for (const Block& space : context_.estate.networks[subnet_.network].spaces) {
      add(space, estate::UnknownTarget{why}, kOwn, table_.place);
    }
  }
  for (const OwnRoute& each : own_) {
    if (is_known_ && is_near(each.destination)) {
      add_own(each);
    } else if (!is_everything(each.destination)) {
      add(each.destination, estate::UnknownTarget{why}, kOwn, each.place);
    }
  }
  add_everything_unknown(why);
}

void SubnetRoutes::add_system() {
  const auto internet = [&](net::Family family) {
    add(as_block(net::whole(family)), info_.internet, kSystem, table_.place);
  };
  add_near();
  internet(net::Family::V4);
  internet(net::Family::V6);
  for (const net::Prefix& each : dropped_blocks()) {
    const auto& routes = table_.routes;
    const bool used =
        std::any_of(routes.begin(), routes.end(), [&](const Route& r) { return r.destination == as_block(each); });
    if (!used) add(as_block(each), estate::NowhereTarget{}, kSystem, table_.place, true);
  }
}

void SubnetRoutes::add_gateway() {
  for (const DoorId door : info_.links) {
    for (const Block& each : prefixes_of(context_, door)) {
      add(each, door, kGateway, context_.estate.doors[door].place, true);
    }
  }
}

/// The provider's own routes to nowhere are longer than a route to `wanted`, so that `inside` never gets to it.
bool SubnetRoutes::dropped_before(const net::Prefix& inside, const net::Prefix& wanted) const {
  return std::any_of(table_.routes.begin(), table_.routes.end(), [&](const Route& each) {
    const auto* block = std::get_if<net::Prefix>(&each.destination.base);
    return each.rank == kSystem && std::holds_alternative<estate::NowhereTarget>(each.target) && block != nullptr &&
           block->length > wanted.length && block->contains(inside);
  });
}

/// What a gateway does with what is routed to it: the link whose prefixes hold the destination, else the default site.
void SubnetRoutes::add_by_gateway(const OwnRoute& route) {
  if (!info_.has_gateway) {
    return add(route.destination, estate::UnknownTarget{"the network has no gateway in this template"}, kOwn,
               route.place);
  }
  const auto* wanted = std::get_if<net::Prefix>(&route.destination.base);
  for (const DoorId door : info_.links) {
    for (const Block& each : prefixes_of(context_, door)) {
      const auto* known = std::get_if<net::Prefix>(&each.base);
      const bool holds =
          each == route.destination || (wanted != nullptr && known != nullptr && known->contains(*wanted));
      if (holds && !is_everything(each)) return add(route.destination, door, kOwn, route.place);
    }
  }
  if (info_.learns) {
    return add(route.destination, estate::UnknownTarget{"the gateway learns from the far end what is there"}, kOwn,
               route.place);
  }
  // what links hold inside of the destination goes to them
  for (const DoorId door : info_.links) {
    for (const Block& each : prefixes_of(context_, door)) {
      const auto* known = std::get_if<net::Prefix>(&each.base);
      if (is_everything(each)) continue;
      if (wanted == nullptr || known == nullptr) {
        if (is_everything(route.destination)) {
          const auto same = [&](const OwnRoute& other) { return other.destination == each; };
          if (std::any_of(own_.begin(), own_.end(), same)) continue;
          add(each,
              estate::UnknownTarget{
                  "private addresses are dropped before a default route is asked, and whether these are "
                  "is not known"},
              kOwn, route.place);
          continue;
        }
        return add(route.destination, estate::UnknownTarget{"whether a link of the gateway leads there is not known"},
                   kOwn, route.place);
      }
      if (!wanted->contains(*known)) continue;
      const bool other_wins = std::any_of(own_.begin(), own_.end(), [&](const OwnRoute& other) {
        const auto* inside = std::get_if<net::Prefix>(&other.destination.base);
        return inside != nullptr && inside->length > wanted->length && inside->contains(*known);
      });
      if (!other_wins && !dropped_before(*known, *wanted)) add(each, door, kOwn, route.place);
    }
  }
  for (const DoorId door : info_.links) {
    const auto& prefixes = prefixes_of(context_, door);
    const bool takes_all = std::any_of(prefixes.begin(), prefixes.end(), [&](const Block& each) {
      const auto* whole = std::get_if<net::Prefix>(&each.base);
      return is_everything(each) && (wanted == nullptr || whole->address.family == wanted->address.family);
    });
    if (takes_all) return add(route.destination, door, kOwn, route.place);
  }
  add(route.destination, estate::NowhereTarget{}, kOwn, route.place);
}

void SubnetRoutes::add_own(const OwnRoute& route) {
  const View hop = route.properties.at("nextHopType");
  if (hop.says("VirtualNetworkGateway")) return add_by_gateway(route);
  RouteTarget target = estate::UnknownTarget{"next hop `" + hop.text() + "`"};
  if (hop.says("VnetLocal")) target = estate::LocalTarget{};
  if (hop.says("Internet")) target = info_.internet;
  if (hop.says("None")) target = estate::NowhereTarget{};
  if (hop.says("VirtualAppliance")) {
    const std::string address = route.properties.at("nextHopIpAddress").text();
    target = estate::UnknownTarget{"the appliance at `" + address + "` may pass on what it likes"};
    hops_.push_back({.table = {}, .route = table_.routes.size(), .from = subnet_.id, .address = address});
  }
  add(route.destination, std::move(target), kOwn, route.place);
}

void SubnetRoutes::check_own() {
  for (std::size_t i = 0; i < own_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (own_[i].destination != own_[j].destination) continue;
      context_.unknown("two routes of `" + table_.name + "` lead to one block: the provider refuses that",
                       own_[i].place);
    }
  }
}

void SubnetRoutes::make() {
  const estate::Subnet& subnet = context_.estate.subnets[subnet_.id];
  table_ = {.name = "routes of " + subnet.name, .routes = {}, .place = subnet.place};
  const View reference = subnet_.properties.at("routeTable");
  if (reference) {
    const auto id = reference.id();
    const Resource* resource = id ? context_.find(*id) : nullptr;
    if (resource != nullptr && !resource->existing) {
      table_.name = resource->id.name() + " for " + subnet.name;
      table_.place = resource->place;
      read_own(*resource);
    } else {
      is_known_ = false;
      context_.unknown("the route table of subnet `" + subnet.name + "` is not in this template", reference.place());
    }
  }
  const bool learns = info_.learns && propagates_;
  if (!is_known_ || learns) {
    add_unsure();
  } else {
    add_system();
    if (propagates_) add_gateway();
    for (const OwnRoute& each : own_) add_own(each);
    check_own();
  }
  std::vector<Block> own_blocks;
  for (const OwnRoute& each : own_) add_unique(own_blocks, each.destination);
  fold_halves(own_blocks);
  for (const Block& each : own_blocks) {
    if (is_everything(each)) {
      subnet_.default_route = true;
    } else {
      add_unique(subnet_.routed, each);
    }
  }
  if (learns || !is_known_ || (propagates_ && info_.default_site)) subnet_.default_route = true;
  const estate::RouteTableId made = context_.estate.route_tables.add(std::move(table_));
  context_.estate.subnets[subnet_.id].routes = made;
  for (Hop& hop : hops_) {
    hop.table = made;
    context_.hops.push_back(std::move(hop));
  }
}

InterfaceId add_nat(Context& context, std::string name, std::string stem, estate::PublicAddress address,
                    const Place& place) {
  estate::Interface made;
  made.name = std::move(name);
  made.stem = std::move(stem);
  made.role = estate::Role::Nat;
  made.public_address = address;
  // "Azure NAT Gateway": TCP and UDP only; the same is true of the implicit way out and of balancers
  for (const std::uint8_t protocol : {std::uint8_t{6}, std::uint8_t{17}}) {
    estate::Kind kind;
    kind.protocol = protocol;
    made.translates.push_back(kind);
  }
  made.least = 1;
  made.most = 1;
  made.place = place;
  return context.estate.interfaces.add(std::move(made));
}

std::optional<InterfaceId> nat_gateway(Context& context, const View& reference) {
  const auto id = reference.id();
  const Resource* resource = id ? context.find(*id) : nullptr;
  const std::string name = id ? id->name() : reference.text();
  const std::string key = id ? id->key() : name;
  const auto found = context.nats.find(key);
  if (found != context.nats.end()) return found->second;
  estate::PublicAddress address = estate::PublicAddress::Unknown;
  estate::PublicAddress address_v6 = estate::PublicAddress::Unknown;
  Place place = reference.place();
  if (resource != nullptr && !resource->existing) {
    place = resource->place;
    const View properties = properties_of(*resource);
    context.check(properties, "NAT gateway",
                  {"publicIpAddresses", "publicIpPrefixes", "publicIpAddressesV6", "publicIpPrefixesV6"},
                  {"idleTimeoutInMinutes", "sourceVirtualNetwork", "subnets"});
    const auto either = [&](std::string_view one, std::string_view other) {
      const bool any = properties.at(one) || properties.at(other);
      if (resource->presence == Presence::Open) return estate::PublicAddress::Unknown;
      return any ? estate::PublicAddress::Yes : estate::PublicAddress::No;
    };
    address = either("publicIpAddresses", "publicIpPrefixes");
    address_v6 = either("publicIpAddressesV6", "publicIpPrefixesV6");
  }
  const InterfaceId made = add_nat(context, name, stem_of(name, {"NatGateway", "Nat"}), address, place);
  context.estate.interfaces[made].public_address_v6 = address_v6;
  context.nats[key] = made;
  return made;
}

void add_way_out(Context& context, SubnetInfo& subnet) {
  estate::Subnet& made = context.estate.subnets[subnet.id];
  if (const View nat = subnet.properties.at("natGateway")) {
    made.nat = nat_gateway(context, nat);
    return;
  }
  const std::string name = made.name.substr(made.name.rfind('/') + 1);
  if (same_word(name, "GatewaySubnet")) return;
  const View flag = subnet.properties.at("defaultOutboundAccess");
  if (flag && flag.truth() == std::optional(false)) return;
  const bool by_version = !flag && subnet.properties;
  const std::string version = by_version ? subnet.properties.resource().api_version : "";
  const bool sure = (flag && flag.truth() == std::optional(true)) ||
                    (by_version && !version.empty() && version <= kLastDayOfDefaultOutbound);
  made.nat =
      add_nat(context, "default outbound access of " + made.name, "default outbound access of " + made.name,
              sure ? estate::PublicAddress::Yes : estate::PublicAddress::Unknown, flag ? flag.place() : made.place);
}

}  // namespace

void lift_routes(Context& context) {
  for (const std::string& key : context.subnet_order) {
    SubnetInfo& subnet = context.subnets.at(key);
    SubnetRoutes(context, subnet).make();
    add_way_out(context, subnet);
  }
}

}  // namespace crenel::azure::lifting
