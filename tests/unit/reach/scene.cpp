#include "tests/unit/reach/scene.h"

#include <memory>
#include <set>
#include <stdexcept>

namespace crenel::reach_tests {

Block block(std::string_view text) { return {.base = net::parse_prefix(text).value(), .part = std::nullopt}; }

Kind tcp(std::uint16_t first, std::uint16_t last) {
  return {.protocol = std::uint8_t{6}, .ports = {first, last}, .source_ports = {0, 65535}};
}
Kind tcp(std::uint16_t port) { return tcp(port, port); }
Kind udp(std::uint16_t port) {
  return {.protocol = std::uint8_t{17}, .ports = {port, port}, .source_ports = {0, 65535}};
}
Kind everything() { return {}; }

Peers anyone() {
  Peers out;
  out.anyone = true;
  return out;
}
Peers at(std::initializer_list<std::string_view> blocks) {
  Peers out;
  for (const std::string_view text : blocks) out.blocks.push_back(block(text));
  return out;
}
Peers tagged(estate::TagId tag) {
  Peers out;
  out.tags.push_back(tag);
  return out;
}
Peers unknown() {
  Peers out;
  out.unknown = true;
  return out;
}

estate::Rule allow(std::vector<Kind> kinds, Peers source, Peers destination, std::string name) {
  return {.allow = true,
          .kinds = std::move(kinds),
          .source = std::move(source),
          .destination = std::move(destination),
          .place = {},
          .name = std::move(name)};
}
estate::Rule deny(std::vector<Kind> kinds, Peers source, Peers destination, std::string name) {
  estate::Rule out = allow(std::move(kinds), std::move(source), std::move(destination), std::move(name));
  out.allow = false;
  return out;
}

Scene::Scene(std::string_view space) {
  network = estate.networks.add({.name = "Main", .spaces = {block(space)}, .place = {}});
}

estate::RouteTableId Scene::table(estate::NetworkId of,
                                  const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes) {
  estate::RouteTable made{.name = "table", .routes = {}, .place = {}};
  for (const Block& space : estate.networks[of].spaces) {
    made.routes.push_back({.destination = space, .target = estate::LocalTarget{}, .place = {}});
  }
  for (const auto& [to, target] : routes) {
    made.routes.push_back({.destination = block(to), .target = target, .place = {}});
  }
  return estate.route_tables.add(std::move(made));
}

estate::SubnetId Scene::subnet_of(estate::NetworkId of, std::string name, std::string_view blocks,
                                  const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes) {
  estate::Subnet made;
  made.name = std::move(name);
  made.network = of;
  made.blocks = {block(blocks)};
  made.routes = table(of, routes);
  return estate.subnets.add(std::move(made));
}

estate::SubnetId Scene::subnet(std::string name, std::string_view blocks,
                               const std::vector<std::pair<std::string_view, estate::RouteTarget>>& routes) {
  return subnet_of(network, std::move(name), blocks, routes);
}

estate::NetworkId Scene::further_network(std::string name, std::string_view space) {
  return estate.networks.add({.name = std::move(name), .spaces = {block(space)}, .place = {}});
}

estate::DoorId Scene::internet() {
  return estate.doors.add({.network = network, .kind = estate::InternetDoor{}, .name = "Internet", .place = {}});
}

estate::DoorId Scene::link(std::string name, std::initializer_list<std::string_view> prefixes) {
  estate::LinkDoor made;
  made.name = name;
  for (const std::string_view text : prefixes) made.prefixes.push_back(block(text));
  return estate.doors.add({.network = network, .kind = std::move(made), .name = std::move(name), .place = {}});
}

estate::RuleListId Scene::list(std::vector<estate::Rule> in, std::vector<estate::Rule> out, bool stateful) {
  const std::string name = "list " + std::to_string(estate.rule_lists.size());
  return estate.rule_lists.add(
      {.name = name, .stateful = stateful, .in = std::move(in), .out = std::move(out), .place = {}});
}

estate::RuleListId Scene::open_list() {
  return list({allow({everything()}, anyone(), anyone())}, {allow({everything()}, anyone(), anyone())});
}

estate::InterfaceId Scene::member(std::string name, estate::SubnetId subnet, std::vector<estate::RuleListId> lists) {
  estate::Interface made;
  made.stem = name;
  made.name = std::move(name);
  made.subnets = {subnet};
  if (!lists.empty()) made.lists = {std::move(lists)};
  return estate.interfaces.add(std::move(made));
}

estate::InterfaceId Scene::nat(estate::SubnetId subnet) {
  const auto id = member("Nat", subnet);
  estate.interfaces[id].role = estate::Role::Nat;
  estate.interfaces[id].public_address = estate::PublicAddress::Yes;
  return id;
}

struct Scene::Asked {
  std::unique_ptr<reach::AddressTree> tree;
  std::unique_ptr<reach::Packets> packets;
  std::unique_ptr<reach::Relation> relation;
  std::vector<reach::EndId> from;
  std::vector<reach::EndId> to;
};

Scene::Asked Scene::prepare(const std::string& from, const std::string& to, const std::vector<net::Traffic>& traffics) {
  std::vector<Block> blocks = reach::blocks_of(estate);
  for (const std::string& side : {from, to}) {
    if (const auto space = side.find(' '); space != std::string::npos) blocks.push_back(block(side.substr(space + 1)));
  }
  auto trees =
      reach::AddressTree::all(blocks, [](const Block& /*a*/, const Block& /*b*/) { return reach::Order::Open; });
  Asked out;
  out.tree = std::make_unique<reach::AddressTree>(std::move(trees.at(0)));
  out.packets = std::make_unique<reach::Packets>(reach::kinds_of(estate), traffics);
  out.relation = std::make_unique<reach::Relation>(estate, *out.tree, *out.packets);
  const auto side = [&](const std::string& text, std::vector<reach::EndId>& ends) {
    const auto space = text.find(' ');
    for (const auto id : out.relation->ends().ids()) {
      const reach::End& end = out.relation->ends()[id];
      if (space == std::string::npos) {
        if (end.interface && estate.interfaces[*end.interface].name == text) ends.push_back(id);
      } else if (end.door && estate.doors[*end.door].name == text.substr(0, space) &&
                 out.tree->block(end.cell) == block(text.substr(space + 1))) {
        ends.push_back(id);
      }
    }
  };
  side(from, out.from);
  side(to, out.to);
  return out;
}

std::string Scene::ask(const std::string& from, const std::string& to) {
  const Asked asked = prepare(from, to, {});
  std::set<std::string> answers;
  for (const auto a : asked.from) {
    for (const auto b : asked.to) {
      const reach::Admitted admitted = asked.relation->between(a, b);
      reach::PacketSet unsure = admitted.perhaps;
      unsure -= admitted.surely;
      std::string text = asked.packets->text(admitted.surely);
      if (!unsure.empty()) text += " ? " + asked.packets->text(unsure);
      answers.insert(text);
    }
  }
  if (answers.empty()) return "nobody";
  return answers.size() == 1 ? *answers.begin() : "differs";
}

std::string Scene::checks(const std::string& balancer, const std::string& target) {
  const Asked asked = prepare(balancer, target, {});
  if (asked.from.empty() || asked.to.empty()) return "nobody";
  const reach::Checks checks = asked.relation->checks(asked.from.front(), asked.to.front());
  return "asks " + asked.packets->text(checks.asked) + ", is answered " + asked.packets->text(checks.answered.surely);
}

std::string Scene::trace(const std::string& from, const std::string& to, const Kind& packet) {
  const Asked asked =
      prepare(from, to,
              {net::Traffic::of(static_cast<net::Protocol>(*packet.protocol), packet.ports.first, packet.ports.last)});
  if (asked.from.empty() || asked.to.empty()) return "nobody";
  const auto atom = asked.packets->of(packet).atoms().front();
  const reach::Trace trace = asked.relation->trace(asked.from.front(), asked.to.front(), atom);
  std::string out = trace.admitted ? "yes\n" : "no\n";
  for (const reach::Step& step : trace.steps) out += step.what + "\n";
  return out;
}

}  // namespace crenel::reach_tests
