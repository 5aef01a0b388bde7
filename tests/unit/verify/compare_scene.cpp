#include "tests/unit/verify/compare_scene.h"

#include <fmt/format.h>

#include <cctype>
#include <map>
#include <stdexcept>
#include <vector>

#include "compiler/model/data_paths.h"

namespace crenel::verify::tests {
namespace {

using namespace estate;

/// Written out here, so that a fault in the compiler's own reading of names is not repeated.
std::string pascal(const model::Path& path) {
  std::string out;
  for (const std::string& part : path) {
    bool starts = true;
    for (const char c : part) {
      if (c != '_') out += starts ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      starts = c == '_';
    }
  }
  return out;
}

Place place(const std::string& resource, const std::string& path = "") {
  return {.resource = resource, .path = "/Resources/" + resource + path, .span = {}};
}

Block whole() { return {.base = net::whole(net::Family::V4), .part = {}}; }

std::vector<Kind> kinds(const net::Traffic& traffic) {
  if (traffic.is_all()) return {Kind{}};
  std::vector<Kind> out;
  for (const auto& part : traffic.parts()) {
    const bool icmp = part.protocol == net::Protocol::Icmp;
    for (const net::Interval& range : part.ports) {
      Kind kind;
      kind.protocol = static_cast<std::uint8_t>(part.protocol);
      kind.ports = range;
      if (icmp) {
        kind.ports = {static_cast<std::uint16_t>(range.first * 256),
                      static_cast<std::uint16_t>(range.last * 256 + 255)};
      }
      out.push_back(kind);
    }
  }
  return out;
}

class Maker {
 public:
  explicit Maker(const model::Design& design) : design_(design) {}

  Estate make() {
    for (const auto id : design_.parameters.ids()) parameter(id);
    for (const auto id : design_.networks.ids()) network(id);
    for (const auto id : design_.tiers.ids()) tier(id);
    for (const auto id : design_.groups.ids()) {
      const model::Group& group = design_.groups[id];
      member(group.origin.path, group.tier, Role::Member, group.public_address, group.scale.max);
    }
    for (const auto id : design_.balancers.ids()) {
      const model::Balancer& balancer = design_.balancers[id];
      const bool open = design_.tiers[balancer.tier].kind == model::TierKind::Public;
      member(balancer.origin.path, balancer.tier, Role::Balancer, open, 2);
    }
    for (const model::Balancer& balancer : design_.balancers) forwards(balancer);
    // What is granted of a site or a block comes before what is denied of the Internet.
    for (const bool internet : {false, true}) {
      for (const model::Flow& flow : design_.flows) {
        const bool has =
            std::holds_alternative<model::Internet>(flow.from) || std::holds_alternative<model::Internet>(flow.to);
        if (has == internet) rules(flow);
      }
    }
    services();
    for (const auto id : design_.private_paths.ids()) private_path(id);
    for (const model::DataFlow& flow : design_.data_flows) access(flow);
    return std::move(out_);
  }

 private:
  // ---- services
  void service(const model::Endpoint& end, estate::Service::Kind kind, const std::string& role,
               std::optional<model::VaultId> key = {}) {
    const std::string name = pascal(model::origin_of(design_, end).path);
    estate::Service made;
    made.kind = kind;
    made.name = name + role;
    made.stem = name;
    made.place = place(made.name);
    if (key) made.key = services_.at(model::name_of(design_, *key));
    const auto found = interfaces_.find(name);
    if (kind == estate::Service::Kind::Group) made.interface = found->second;
    services_.emplace(model::name_of(design_, end), out_.services.add(std::move(made)));
  }

  void services() {
    using Kind = estate::Service::Kind;
    constexpr std::int64_t kDay = 86400;
    for (const auto id : design_.vaults.ids()) service(id, Kind::Vault, "Key");
    for (const auto id : design_.stores.ids()) {
      const model::Store& store = design_.stores[id];
      service(id, Kind::Store, "Bucket", store.key);
      estate::Service& made = out_.services[services_.at(model::name_of(design_, id))];
      made.archives_marked = true;
      if (store.archive_after_seconds) made.archive_after_days = *store.archive_after_seconds / kDay;
      if (store.lock_seconds) made.lock_days = *store.lock_seconds / kDay;
    }
    for (const auto id : design_.queues.ids()) {
      service(id, Kind::Queue, "Queue", design_.queues[id].key);
      estate::Service& made = out_.services[services_.at(model::name_of(design_, id))];
      made.tries = design_.queues[id].retry;
      made.retain_seconds = design_.queues[id].retain_seconds;
    }
    for (const auto id : design_.topics.ids()) service(id, Kind::Topic, "Topic", design_.topics[id].key);
    for (const auto id : design_.data_tables.ids()) service(id, Kind::Table, "Table", design_.data_tables[id].key);
    for (const auto id : design_.functions.ids()) {
      service(id, Kind::Function, "Function");
      estate::Identity acts;
      acts.functions = {services_.at(model::name_of(design_, id))};
      identity(id, std::move(acts));
    }
    for (const auto id : design_.groups.ids()) {
      service(id, Kind::Group, "ScalingGroup");
      estate::Identity acts;
      acts.interfaces = {interfaces_.at(pascal(design_.groups[id].origin.path))};
      identity(id, std::move(acts));
    }
  }

  void identity(const model::Endpoint& end, estate::Identity made) {
    made.stem = pascal(model::origin_of(design_, end).path);
    made.name = made.stem + "Role";
    made.place = place(made.name);
    identities_.emplace(model::name_of(design_, end), out_.identities.add(std::move(made)));
  }

  void private_path(model::PrivatePathId id) {
    const model::PrivatePath& each = design_.private_paths[id];
    member(each.origin.path, each.tier, Role::Service, false, 2);
    const std::string name = pascal(each.origin.path);
    estate::PrivatePath made;
    made.name = name + "Endpoint";
    made.interface = interfaces_.at(name);
    made.place = place(made.name);
    for (const auto& one : each.services) {
      made.services.push_back(services_.at(model::name_of(design_, model::endpoint_of(one))));
    }
    paths_.emplace(id, out_.private_paths.add(std::move(made)));
  }

  void access(const model::DataFlow& flow) {
    Access made;
    made.service = services_.at(model::name_of(design_, flow.to));
    for (const model::DataAction action : flow.actions) made.actions.push_back(static_cast<Action>(action));
    made.place = place("Policy", fmt::format("/{}", out_.accesses.size()));
    if (const auto* site = std::get_if<model::SiteId>(&flow.from)) return of_site(*site, std::move(made));
    const auto found = identities_.find(model::name_of(design_, flow.from));
    if (found == identities_.end()) {
      made.who = services_.at(model::name_of(design_, flow.from));
    } else {
      made.who = found->second;
    }
    const auto tier = model::tier_of(design_, flow.from);
    if (tier) {
      for (const auto id : model::paths_to(design_, *tier, flow.to)) made.paths.push_back(paths_.at(id));
    }
    made.anywhere = made.paths.empty();
    for (const auto id : made.paths) requests(flow.from, out_.private_paths[id].interface);
    out_.accesses.push_back(std::move(made));
  }

  void of_site(model::SiteId site, Access made) {
    for (const auto& each : model::addresses_of(design_, site)) made.from.push_back(block(each));
    made.anywhere = made.from.empty();
    for (const auto& each : design_.sites[site].identities) {
      const auto* name = std::get_if<std::string>(&each);
      if (name != nullptr) {
        made.who = Named{*name};
      } else {
        const std::string symbol = pascal(design_.parameters[std::get<model::ParameterId>(each)].origin.path);
        made.who = Named{out_.symbols.add({.name = symbol, .parameter = true, .host = false, .place = place(symbol)})};
      }
      out_.accesses.push_back(made);
    }
    if (!design_.sites[site].identities.empty()) return;
    made.who = Account{};
    out_.accesses.push_back(std::move(made));
  }

  /// Packets to the near end of a private path.
  void requests(const model::Endpoint& from, InterfaceId near) {
    const auto name = member_name(from);
    if (!name) return;
    const Interface& own = out_.interfaces[interfaces_.at(*name)];
    const Interface& far = out_.interfaces[near];
    out_.rule_lists[own.lists.front().front()].out.push_back(allow(443, anyone(), tagged(far.tags.front())));
    out_.rule_lists[far.lists.front().front()].in.push_back(allow(443, tagged(own.tags.front()), anyone()));
  }

  // ---- packets
  void parameter(model::ParameterId id) {
    const model::Parameter& each = design_.parameters[id];
    const bool host = each.kind == model::ParameterKind::Ip;
    if (!host && each.kind != model::ParameterKind::Cidr) return;
    symbols_.emplace(id, out_.symbols.add({.name = pascal(each.origin.path),
                                           .parameter = true,
                                           .host = host,
                                           .place = place(pascal(each.origin.path))}));
  }

  [[nodiscard]] Block block(const model::Late<net::Prefix>& late) const {
    if (const auto* prefix = std::get_if<net::Prefix>(&late)) return {.base = *prefix, .part = {}};
    return {.base = symbols_.at(std::get<model::ParameterId>(late)), .part = {}};
  }
  [[nodiscard]] Block block(const model::Block& given) const {
    Block made = block(given.base);
    if (given.part) {
      made.part = Part{.length = given.part->length, .index = given.part->index, .from_end = given.part->from_end};
    }
    return made;
  }

  void network(model::NetworkId id) {
    const model::Network& each = design_.networks[id];
    const std::string name = pascal(each.origin.path);
    const NetworkId made =
        out_.networks.add({.name = name + "Network", .spaces = {block(each.space)}, .place = place(name + "Network")});
    networks_.emplace(id, made);
    if (each.flow_logs) {
      out_.flow_logs.push_back({.network = name, .to = {}, .weaknesses = {}, .place = place(name + "FlowLog")});
    }
    internet_.emplace(
        id, out_.doors.add(
                {.network = made, .kind = InternetDoor{}, .name = name + "Gateway", .place = place(name + "Gateway")}));
    for (const auto link_id : design_.links.ids()) {
      const model::Link& link = design_.links[link_id];
      if (link.network != id) continue;
      const std::string link_name = pascal(link.origin.path);
      links_.emplace(link.site, out_.doors.add({.network = made,
                                                .kind = LinkDoor{.name = link_name, .prefixes = {whole()}},
                                                .name = link_name,
                                                .place = place(link_name)}));
    }
  }

  void tier(model::TierId id) {
    const model::Tier& each = design_.tiers[id];
    const std::string name = pascal(each.origin.path);
    RouteTable table{.name = name + "Routes", .routes = {}, .place = place(name + "Routes")};
    const auto route = [&](const Block& to, RouteTarget target) {
      table.routes.push_back({.destination = to, .target = target, .rank = 1, .place = table.place});
    };
    route(block(design_.networks[each.network].space), LocalTarget{});
    for (const model::SiteId site : each.site_routes) {
      for (const auto& address : model::addresses_of(design_, site)) route(block(address), links_.at(site));
    }
    if (std::holds_alternative<model::DirectWayOut>(each.way_out)) route(whole(), internet_.at(each.network));
    if (std::holds_alternative<model::NatWayOut>(each.way_out)) route(whole(), nat(each.network));
    if (const auto* site = std::get_if<model::SiteId>(&each.way_out)) route(whole(), links_.at(*site));
    const RouteTableId routes = out_.route_tables.add(std::move(table));
    for (const model::Block& zone : each.zone_blocks) {
      subnets_[id].push_back(out_.subnets.add({.name = name,
                                               .network = networks_.at(each.network),
                                               .blocks = {block(zone)},
                                               .routes = routes,
                                               .lists = {},
                                               .nat = {},
                                               .place = place(name)}));
    }
  }

  /// A NAT gateway in a subnet of its own, which is not any declared tier's.
  InterfaceId nat(model::NetworkId network) {
    RouteTable table{.name = "NatRoutes", .routes = {}, .place = place("NatRoutes")};
    table.routes.push_back(
        {.destination = block(design_.networks[network].space), .target = LocalTarget{}, .place = table.place});
    table.routes.push_back({.destination = whole(), .target = internet_.at(network), .place = table.place});
    const SubnetId subnet = out_.subnets.add({.name = "Nat",
                                              .network = networks_.at(network),
                                              .blocks = {block(design_.networks[network].reserved)},
                                              .routes = out_.route_tables.add(std::move(table)),
                                              .lists = {},
                                              .nat = {},
                                              .place = place("Nat")});
    Interface made;
    made.name = "NatGateway";
    made.stem = "Nat";
    made.role = Role::Nat;
    made.subnets = {subnet};
    made.public_address = PublicAddress::Yes;
    made.place = place("NatGateway");
    return out_.interfaces.add(std::move(made));
  }

  void member(const model::Path& path, model::TierId tier, Role role, bool open, int most) {
    const std::string name = pascal(path);
    Interface made;
    made.name = name + "Group";
    made.stem = name;
    made.role = role;
    made.subnets = subnets_.at(tier);
    made.public_address = open ? PublicAddress::Yes : PublicAddress::No;
    made.lists = {{out_.rule_lists.add(
        {.name = name + "List", .stateful = true, .in = {}, .out = {}, .place = place(name + "List")})}};
    made.tags = {out_.tags.add({.name = name + "Tag", .place = place(name + "Tag")})};
    made.most = most;
    made.place = place(name + "Group");
    interfaces_.emplace(name, out_.interfaces.add(std::move(made)));
  }

  void forwards(const model::Balancer& balancer) {
    Balancer made;
    made.interface = interfaces_.at(pascal(balancer.origin.path));
    made.keeps_client_address = balancer.layer == model::Layer::Network;
    made.known_by_tag = made.keeps_client_address;
    for (const model::Forward& forward : balancer.forwards) {
      made.forwards.push_back({.listen = kinds(forward.listen).front(),
                               .target = interfaces_.at(pascal(design_.groups[forward.target].origin.path)),
                               .to = kinds(forward.to).front(),
                               .probe = kinds(forward.to).front(),
                               .probe_from_platform = false,
                               .place = place("Listener")});
    }
    out_.balancers.push_back(std::move(made));
  }

  [[nodiscard]] std::optional<std::string> member_name(const model::Endpoint& end) const {
    const bool is = std::holds_alternative<model::GroupId>(end) || std::holds_alternative<model::BalancerId>(end);
    return is ? std::optional(pascal(model::origin_of(design_, end).path)) : std::nullopt;
  }

  [[nodiscard]] Peers peers(const model::Endpoint& end) const {
    if (const auto name = member_name(end)) return tagged(out_.interfaces[interfaces_.at(*name)].tags.front());
    if (std::holds_alternative<model::Internet>(end)) return at(whole());
    const auto* site = std::get_if<model::SiteId>(&end);
    Peers out;
    const auto& blocks = site != nullptr ? model::addresses_of(design_, *site) : std::get<model::Blocks>(end).blocks;
    for (const auto& each : blocks) out.blocks.push_back(block(each));
    return out;
  }

  [[nodiscard]] Peers not_internet() const {
    Peers out;
    for (const net::Prefix& each : net::private_blocks()) out.blocks.push_back({.base = each, .part = {}});
    for (const model::Network& each : design_.networks) out.blocks.push_back(block(each.space));
    for (const model::Link& link : design_.links) {
      for (const auto& each : model::addresses_of(design_, link.site)) out.blocks.push_back(block(each));
    }
    return out;
  }

  void rules(const model::Flow& flow) {
    const auto add = [&](bool in) {
      const auto name = member_name(in ? flow.to : flow.from);
      if (!name) return;
      RuleList& list = out_.rule_lists[out_.interfaces[interfaces_.at(*name)].lists.front().front()];
      std::vector<Rule>& rules = in ? list.in : list.out;
      const auto rule = [&](bool allowed, const Peers& far) {
        const std::string path = fmt::format("/{}/{}", in ? "In" : "Out", rules.size());
        rules.push_back({.allow = allowed,
                         .kinds = kinds(flow.traffic),
                         .source = in ? far : anyone(),
                         .destination = in ? anyone() : far,
                         .place = place(list.name, path),
                         .name = fmt::format("rule {}", rules.size())});
      };
      const model::Endpoint& far = in ? flow.from : flow.to;
      if (std::holds_alternative<model::Internet>(far)) rule(false, not_internet());
      rule(true, peers(far));
    };
    add(true);
    add(false);
  }

  const model::Design& design_;
  Estate out_;
  std::map<model::ParameterId, SymbolId> symbols_;
  std::map<model::NetworkId, NetworkId> networks_;
  std::map<model::NetworkId, DoorId> internet_;
  std::map<model::SiteId, DoorId> links_;
  std::map<model::TierId, std::vector<SubnetId>> subnets_;
  std::map<std::string, InterfaceId> interfaces_;
  std::map<std::string, ServiceId> services_;     ///< by the declared name
  std::map<std::string, IdentityId> identities_;  ///< likewise
  std::map<model::PrivatePathId, PathId> paths_;
};

}  // namespace

Estate estate_of(const model::Design& design) { return Maker(design).make(); }

}  // namespace crenel::verify::tests
