#include "tests/unit/verify/compare_scene.h"

#include <fmt/format.h>

#include <cctype>
#include <map>
#include <stdexcept>
#include <vector>

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
    return std::move(out_);
  }

 private:
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
};

}  // namespace

Estate estate_of(const model::Design& design) { return Maker(design).make(); }

InterfaceId interface(const Estate& estate, const std::string& stem) {
  for (const auto id : estate.interfaces.ids()) {
    if (estate.interfaces[id].stem == stem) return id;
  }
  throw std::invalid_argument("no interface " + stem);
}

RuleList& list_of(Estate& estate, const std::string& stem) {
  return estate.rule_lists[estate.interfaces[interface(estate, stem)].lists.front().front()];
}

TagId tag_of(const Estate& estate, const std::string& stem) {
  return estate.interfaces[interface(estate, stem)].tags.front();
}

SymbolId symbol(const Estate& estate, const std::string& name) {
  for (const auto id : estate.symbols.ids()) {
    if (estate.symbols[id].name == name) return id;
  }
  throw std::invalid_argument("no symbol " + name);
}

Rule allow(std::uint16_t port, Peers source, Peers destination) {
  Kind kind;
  kind.protocol = static_cast<std::uint8_t>(net::Protocol::Tcp);
  kind.ports = {port, port};
  return {.allow = true,
          .kinds = {kind},
          .source = std::move(source),
          .destination = std::move(destination),
          .place = place("Added"),
          .name = "the added rule"};
}

Peers anyone() {
  Peers out;
  out.anyone = true;
  return out;
}
Peers tagged(TagId tag) {
  Peers out;
  out.tags = {tag};
  return out;
}
Peers at(Block block) {
  Peers out;
  out.blocks = {block};
  return out;
}

}  // namespace crenel::verify::tests
