#include "tests/unit/reach/random_estate.h"

#include <algorithm>
#include <random>
#include <string_view>

#include "tests/unit/reach/scene.h"

namespace crenel::reach_tests {
namespace {

class RandomEstate {
 public:
  explicit RandomEstate(std::uint64_t seed) : random_(seed) { make(); }

  estate::Estate take() { return std::move(estate_); }

 private:
  template <class T>
  const T& one_of(const std::vector<T>& of) {
    return of[random_() % of.size()];
  }
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  /// Whether to put something in that is not known.
  bool doubt() { return doubtful_ && chance(12); }

  void make() {
    doubtful_ = chance(50);
    stateless_ = chance(50);
    for (const char* tag : {"red", "blue"}) tags_.push_back(estate_.tags.add({.name = tag, .place = {}}));
    for (const char* space : {"10.0.0.0/28", "10.1.0.0/28"}) {
      networks_.push_back(estate_.networks.add({.name = space, .spaces = {block(space)}, .place = {}}));
      if (chance(40)) break;
    }
    if (networks_.size() == 2 && chance(80)) {
      estate_.peerings.push_back({.a = networks_[0], .b = networks_[1], .place = {}});
    }
    make_doors();
    for (const auto network : networks_) {
      make_subnet(network, 0);
      make_subnet(network, 4);
      if (chance(50)) make_subnet(network, 8);
    }
    make_nats();
    const std::size_t members = 2 + random_() % 3;
    for (std::size_t i = 0; i < members; ++i) make_member();
    if (chance(60)) make_balancer();
    if (chance(20)) make_balancer();
    for (const auto subnet : subnets_) fill(subnet);
    for (const auto id : estate_.interfaces.ids()) fill(id);
  }

  void make_doors() {
    for (const auto network : networks_) {
      if (chance(80)) {
        doors_.push_back(estate_.doors.add({.network = network,
                                            .kind = estate::InternetDoor{.outward_only = chance(10)},
                                            .name = "Internet",
                                            .place = {}}));
      }
      if (!chance(60)) continue;
      estate::LinkDoor link;
      link.name = "Link";
      for (const char* prefix : {"192.168.0.0/30", "198.51.100.2/31", "0.0.0.0/0", "10.0.0.4/30"}) {
        if (chance(40)) link.prefixes.push_back(block(prefix));
      }
      link.learns = doubt();
      doors_.push_back(estate_.doors.add({.network = network, .kind = link, .name = "Link", .place = {}}));
    }
  }

  void make_subnet(estate::NetworkId network, unsigned offset) {
    auto prefix = std::get<net::Prefix>(estate_.networks[network].spaces.front().base);
    prefix.length = 30;
    prefix.address.bits += offset;
    estate::Subnet made;
    made.name = net::to_string(prefix);
    made.network = network;
    made.blocks = {{.base = prefix, .part = std::nullopt}};
    if (chance(15)) made.blocks.push_back(block("2001:db8::/126"));
    made.routes = estate_.route_tables.add({.name = "table", .routes = {}, .place = {}});
    if (chance(20)) made.internet = estate::InternetAccess::Translated;
    if (chance(10)) made.internet = estate::InternetAccess::Closed;
    if (doubt()) made.internet = estate::InternetAccess::Unknown;
    subnets_.push_back(estate_.subnets.add(made));
  }

  void make_nats() {
    if (!chance(60)) return;
    estate::Interface made;
    made.name = "Nat";
    made.role = estate::Role::Nat;
    made.public_address = public_address(80);
    if (chance(60)) made.translates = {tcp(0, 65535)};
    if (chance(80)) made.subnets = {one_of(subnets_)};
    if (chance(10)) made.subnets.push_back(one_of(subnets_));
    nat_ = estate_.interfaces.add(made);
    if (!chance(30)) return;
    made.subnets.clear();
    estate_.subnets[one_of(subnets_)].nat = estate_.interfaces.add(made);
  }

  estate::PublicAddress public_address(unsigned percent) {
    if (doubt()) return estate::PublicAddress::Unknown;
    return chance(percent) ? estate::PublicAddress::Yes : estate::PublicAddress::No;
  }

  void make_member() {
    estate::Interface made;
    made.name = "Member";
    if (chance(15)) made.role = estate::Role::Appliance;
    made.tunnelled = made.role == estate::Role::Appliance && chance(30);
    if (doubt()) made.role = estate::Role::Unknown;
    made.subnets = {one_of(subnets_)};
    if (chance(20)) made.subnets.push_back(one_of(subnets_));
    if (made.subnets.size() == 2 && made.subnets[0] == made.subnets[1]) made.subnets.pop_back();
    if (chance(20)) {
      net::Prefix at = std::get<net::Prefix>(estate_.subnets[made.subnets.front()].blocks.front().base);
      at.length = 32;
      ++at.address.bits;
      made.addresses = {{.base = at, .part = std::nullopt}};
    }
    made.public_address = public_address(50);
    made.public_address_v6 = public_address(50);
    if (chance(20)) made.most = 1;
    if (chance(5)) made.most = 0;
    members_.push_back(estate_.interfaces.add(made));
  }

  Kind some_tcp() { return tcp(one_of<std::uint16_t>({22, 443, 8080})); }

  void make_balancer() {
    estate::Interface made;
    made.name = "Balancer";
    made.role = estate::Role::Balancer;
    made.subnets = {one_of(subnets_)};
    made.public_address = public_address(70);
    estate::Balancer row;
    row.keeps_client_address = chance(60);
    row.known_by_tag = chance(50);
    row.rewrites_only = row.keeps_client_address && chance(60);
    row.public_frontend = row.rewrites_only && chance(60);
    if (row.public_frontend) made.subnets.clear();
    row.interface = estate_.interfaces.add(made);
    const std::size_t count = 1 + random_() % 2;
    for (std::size_t i = 0; i < count; ++i) {
      estate::Forward forward;
      forward.listen = some_tcp();
      forward.to = chance(40) ? forward.listen : some_tcp();
      forward.target = one_of(members_);
      if (chance(40)) forward.probe = some_tcp();
      forward.probe_from_platform = chance(50);
      if (chance(30)) forward.family = chance(50) ? net::Family::V4 : net::Family::V6;
      row.forwards.push_back(forward);
    }
    if (!row.rewrites_only) members_.push_back(row.interface);
    estate_.balancers.push_back(row);
  }

  estate::RouteTarget target() {
    if (doubt()) return estate::UnknownTarget{"why"};
    std::vector<estate::RouteTarget> targets = {estate::NowhereTarget{}, estate::LocalTarget{}};
    for (const auto door : doors_) targets.insert(targets.end(), 3, door);
    for (const auto network : networks_) targets.insert(targets.end(), 2, network);
    if (nat_) targets.insert(targets.end(), 3, *nat_);
    for (const auto member : members_) {
      if (estate_.interfaces[member].role == estate::Role::Appliance) targets.insert(targets.end(), 2, member);
    }
    if (doubtful_) targets.emplace_back(one_of(members_));
    return one_of(targets);
  }

  /// What a gateway decides among what one of the routes sends it.
  void decide_within(std::vector<estate::Route>& routes) {
    const Block sent = routes[random_() % routes.size()].destination;
    estate::Route made{.destination = some_block(), .target = target(), .within = sent, .place = {}};
    const auto& outer = std::get<net::Prefix>(sent.base);
    const auto& inner = std::get<net::Prefix>(made.destination.base);
    if (outer != inner && outer.contains(inner)) routes.push_back(std::move(made));
  }

  void fill(estate::SubnetId id) {
    estate::Subnet& subnet = estate_.subnets[id];
    auto& routes = estate_.route_tables[subnet.routes].routes;
    for (const Block& space : estate_.networks[subnet.network].spaces) {
      if (chance(95)) routes.push_back({.destination = space, .target = estate::LocalTarget{}, .rank = 2, .place = {}});
    }
    for (const auto peer : networks_) {
      if (peer != subnet.network && chance(70)) {
        routes.push_back({.destination = estate_.networks[peer].spaces.front(), .target = peer, .place = {}});
      }
    }
    for (const auto door : doors_) {
      if (estate_.doors[door].network != subnet.network || !chance(70)) continue;
      const bool internet = std::holds_alternative<estate::InternetDoor>(estate_.doors[door].kind);
      routes.push_back(
          {.destination = block(internet ? "0.0.0.0/0" : "192.168.0.0/16"), .target = door, .rank = 1, .place = {}});
      if (internet) routes.push_back({.destination = block("::/0"), .target = door, .place = {}});
    }
    const std::size_t more = random_() % 4;
    for (std::size_t i = 0; i < more; ++i) {
      routes.push_back({.destination = some_block(),
                        .target = target(),
                        .rank = doubtful_ ? static_cast<int>(random_() % 3) : static_cast<int>(10 + i),
                        .yields_to_local = chance(20),
                        .place = {}});
      // the network's own routes yield to nothing
      if (std::holds_alternative<estate::LocalTarget>(routes.back().target)) routes.back().yields_to_local = false;
      if (chance(30)) decide_within(routes);
    }
    const std::size_t lists = random_() % 3;
    for (std::size_t i = 0; i < lists; ++i) subnet.lists.push_back(list(!stateless_ || chance(30)));
  }

  void fill(estate::InterfaceId id) {
    estate::Interface& interface = estate_.interfaces[id];
    for (const auto tag : tags_) {
      if (chance(40)) interface.tags.push_back(tag);
    }
    const bool rewrites = std::any_of(estate_.balancers.begin(), estate_.balancers.end(),
                                      [&](const auto& one) { return one.interface == id && one.rewrites_only; });
    if (rewrites) return;
    const std::size_t sets = random_() % 3;
    for (std::size_t i = 0; i < sets; ++i) {
      std::vector<estate::RuleListId> set;
      const std::size_t lists = random_() % 10 == 0 ? 0 : 1 + random_() % 2;
      for (std::size_t j = 0; j < lists; ++j) set.push_back(list(true));
      interface.lists.push_back(set);
    }
  }

  Block some_block() {
    return block(one_of<std::string_view>(
        {"0.0.0.0/0", "::/0", "10.0.0.0/28", "10.0.0.0/30", "10.0.0.4/30", "10.0.0.4/31", "10.0.0.1/32", "10.1.0.0/28",
         "10.1.0.0/30", "10.1.0.4/31", "10.0.0.0/8", "192.168.0.0/16", "192.168.0.0/30", "192.168.0.2/31",
         "198.51.100.0/30", "198.51.100.2/31", "198.51.100.3/32", "2001:db8::/126", "2001:db8:f::/126"}));
  }

  Peers some_peers() {
    Peers out;
    if (chance(40)) {
      out.anyone = true;
      out.platform = true;
    }
    const std::size_t blocks = random_() % 3;
    for (std::size_t i = 0; i < blocks; ++i) out.blocks.push_back(some_block());
    if (chance(30)) out.tags.push_back(one_of(tags_));
    if (chance(20)) out.except.push_back(some_block());
    if (chance(20)) out.platform = true;
    if (doubt()) out.perhaps.push_back(some_block());
    if (doubt()) out.unknown = true;
    return out;
  }

  Kind some_kind() {
    switch (random_() % 8) {
      case 0:
      case 1:
        return everything();
      case 2:
        return tcp(1024, 65535);
      case 3:
        return udp(53);
      case 4:
        return {.protocol = std::uint8_t{1}, .ports = {2048, 2303}, .source_ports = {0, 65535}};
      case 5:
        return tcp(0, 1023);
      case 6: {
        Kind out = some_tcp();
        if (chance(50)) out.source_ports = {2000, 40000};
        return out;
      }
      default:
        if (!doubtful_) return {.protocol = std::uint8_t{47}};
        return {.protocol = std::nullopt, .ports = {443, 443}, .source_ports = {0, 65535}};
    }
  }

  estate::RuleListId list(bool stateful) {
    const auto rules = [&](bool in) {
      std::vector<estate::Rule> out;
      const std::size_t count = random_() % 5;
      for (std::size_t i = 0; i < count; ++i) {
        Peers near = chance(70) ? anyone() : some_peers();
        if (near.anyone && near.except.empty()) near.platform = true;
        Peers far = some_peers();
        estate::Rule rule = allow({some_kind()}, in ? far : near, in ? near : far);
        if (chance(30)) rule.kinds.push_back(some_kind());
        rule.allow = chance(80);
        out.push_back(std::move(rule));
      }
      if (chance(30)) out.push_back(allow({everything()}, anyone(), anyone()));
      return out;
    };
    return estate_.rule_lists.add(
        {.name = "list", .stateful = stateful, .in = rules(true), .out = rules(false), .place = {}});
  }

  std::mt19937_64 random_;
  bool doubtful_ = false;
  bool stateless_ = false;
  estate::Estate estate_;
  std::vector<estate::TagId> tags_;
  std::vector<estate::NetworkId> networks_;
  std::vector<estate::DoorId> doors_;
  std::vector<estate::SubnetId> subnets_;
  std::vector<estate::InterfaceId> members_;
  std::optional<estate::InterfaceId> nat_;
};

}  // namespace

estate::Estate random_estate(std::uint64_t seed) { return RandomEstate(seed).take(); }

bool is_certain(const estate::Estate& estate) {
  for (const auto& list : estate.rule_lists) {
    // some of the answers are neither sure nor impossible
    if (!list.stateful) return false;
  }
  for (const auto& interface : estate.interfaces) {
    if (interface.role == estate::Role::Unknown || interface.role == estate::Role::Nat) return false;
    if (interface.public_address == estate::PublicAddress::Unknown) return false;
    if (interface.public_address_v6 == estate::PublicAddress::Unknown) return false;
  }
  for (const auto& door : estate.doors) {
    const auto* link = std::get_if<estate::LinkDoor>(&door.kind);
    if (link != nullptr && link->learns) return false;
  }
  for (const auto& table : estate.route_tables) {
    for (const auto& one : table.routes) {
      if (std::holds_alternative<estate::UnknownTarget>(one.target)) return false;
      if (std::holds_alternative<estate::InterfaceId>(one.target)) return false;
      for (const auto& other : table.routes) {
        if (&one != &other && one.destination == other.destination && one.rank == other.rank) return false;
      }
    }
  }
  for (const auto& list : estate.rule_lists) {
    for (const auto* rules : {&list.in, &list.out}) {
      for (const auto& rule : *rules) {
        if (rule.source.unknown || rule.destination.unknown) return false;
        if (!rule.source.perhaps.empty() || !rule.destination.perhaps.empty()) return false;
        for (const auto& kind : rule.kinds) {
          if (!kind.protocol && kind.ports != net::Interval{0, 65535}) return false;
        }
      }
    }
  }
  return estate.balancers.empty();
}

}  // namespace crenel::reach_tests
