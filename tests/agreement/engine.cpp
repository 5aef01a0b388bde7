#include "tests/agreement/engine.h"

#include <algorithm>

#include "compiler/reach/block_orders.h"
#include "tests/agreement/aws_interpreter.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

std::string replaced(std::string text, const ParameterValues& values) {
  for (const auto& [name, value] : values) {
    const std::string parameter = "parameters('" + name + "')";
    if (text == "[" + parameter + "]") return value;
    for (std::size_t at = text.find(parameter); at != std::string::npos; at = text.find(parameter, at)) {
      text.replace(at, parameter.size(), "'" + value + "'");
      at += value.size() + 2;
    }
  }
  return text;
}

/// A VPC's blocks of IPv6, wherever they are asked for.
void replace_blocks(json& node, const std::string& vpc, const json& blocks) {
  if (node.is_object() && node.size() == 1 && node.begin().key() == "Fn::GetAtt" &&
      node.begin().value() == json::array({vpc, "Ipv6CidrBlocks"})) {
    node = blocks;
  } else if (node.is_structured()) {
    for (json& child : node) replace_blocks(child, vpc, blocks);
  }
}

/// Blocks that Amazon would choose become known ones, given by hand.
void give_blocks(json& resources, const ParameterValues& values) {
  for (json& resource : resources) {
    if (resource.value("Type", "") != "AWS::EC2::VPCCidrBlock") continue;
    json& properties = resource["Properties"];
    const json vpc = properties.value("VpcId", json::object());
    if (!vpc.contains("Ref") || !vpc["Ref"].is_string()) continue;
    const auto value = values.find(ipv6_name(vpc["Ref"].get<std::string>()));
    if (value == values.end() || properties.value("AmazonProvidedIpv6CidrBlock", json()) != true) continue;
    properties = {{"VpcId", vpc}, {"Ipv6CidrBlock", value->second}, {"Ipv6Pool", "pool"}};
    replace_blocks(resources, vpc["Ref"].get<std::string>(), json::array({value->second}));
  }
}

json fill(const json& node, const ParameterValues& values) {
  if (node.is_string()) return replaced(node.get<std::string>(), values);
  if (node.is_object() && node.size() == 1 && node.begin().key() == "Ref" && node.begin().value().is_string()) {
    const auto found = values.find(node.begin().value().get<std::string>());
    return found == values.end() ? node : json(found->second);
  }
  json out = node;
  if (node.is_structured()) {
    auto from = node.begin();
    for (auto to = out.begin(); to != out.end(); ++to, ++from) *to = fill(*from, values);
  }
  return out;
}

net::Prefix host_block(Ip address) { return *net::parse_prefix(dotted(address) + (is_ipv6(address) ? "/128" : "/32")); }

estate::Kind kind_of(int protocol, int port) {
  const int first = protocol == kIcmp || protocol == kIcmp6 ? port * 256 : port;
  return {.protocol = static_cast<std::uint8_t>(protocol),
          .ports = {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(first)},
          .source_ports = {0, 65535}};
}

/// Of a name that only a deployment knows the lift tells the beginning, and the rest in braces.
bool is_called(const std::string& lifted, const std::string& name) {
  const std::size_t brace = lifted.find('{');
  return brace == std::string::npos ? lifted == name : name.starts_with(lifted.substr(0, brace));
}

}  // namespace

json filled(const json& document, const ParameterValues& values) {
  json out = document;
  if (out.contains("Resources")) give_blocks(out["Resources"], values);
  for (const char* section : {"Parameters", "parameters"}) {
    if (!out.contains(section)) continue;
    for (const auto& [name, value] : values) out[section].erase(name);
  }
  for (const char* section : {"Resources", "resources", "variables"}) {
    if (out.contains(section)) out[section] = fill(out[section], values);
  }
  return out;
}

Engine::Engine(const backend::Backend& backend, const json& document, const std::vector<Host>& hosts,
               const std::vector<std::pair<int, int>>& kinds)
    : hosts_(hosts) {
  base::Sources sources;
  diagnostics::Diagnostics said;
  auto estate = backend.lift(sources, sources.add("template", document.dump()), said);
  if (!estate || said.has_errors()) {
    unread_ = said.all().empty() ? "not lifted" : said.all().front().message;
    return;
  }
  estate_ = std::move(*estate);
  auto blocks = reach::blocks_of(estate_);
  for (const Host& host : hosts_) blocks.push_back({.base = host_block(host.address), .part = {}});
  auto all_kinds = reach::kinds_of(estate_);
  for (const auto& [protocol, port] : kinds) all_kinds.push_back(kind_of(protocol, port));
  packets_.emplace(all_kinds, std::vector<net::Traffic>{});
  // Nothing is known of what a deployment chooses, but of the blocks that it gives networks.
  const auto order = [this](const estate::Block& a, const estate::Block& b) {
    return reach::order_of_given(estate_, a, b);
  };
  for (auto& tree : reach::AddressTree::all(blocks, order)) {
    worlds_.push_back({.tree = std::move(tree), .relation = {}, .cells = {}});
  }
  if (worlds_.empty()) unread_ = "too many ways for the addresses to lie";
  for (World& world : worlds_) place(world);
  for (World& world : worlds_) world.relation.emplace(estate_, world.tree, *packets_);
}

/// Which addresses are in which cell, as far as that is known.
void Engine::place(World& world) const {
  for (reach::Cell cell = 0; cell < world.tree.cells(); ++cell) {
    const auto* prefix = std::get_if<net::Prefix>(&world.tree.block(cell).base);
    if (prefix == nullptr) continue;
    world.cells.emplace_back(cidr(net::to_string(*prefix)), cell);
  }
  std::stable_sort(world.cells.begin(), world.cells.end(),
                   [](const auto& a, const auto& b) { return a.first.length > b.first.length; });
}

Engine::Ends Engine::ends(const World& world, Ip address) const {
  Ends out;
  const auto cell =
      std::find_if(world.cells.begin(), world.cells.end(), [&](const auto& each) { return each.first.holds(address); });
  if (cell == world.cells.end()) return out;
  const auto host =
      std::find_if(hosts_.begin(), hosts_.end(), [&](const Host& each) { return each.address == address; });
  for (const auto id : world.relation->ends().ids()) {
    const reach::End& end = world.relation->ends()[id];
    if (host == hosts_.end()) {
      if (end.door && end.cell == cell->second) out.push_back(id);
    } else if (end.interface && is_called(estate_.interfaces[*end.interface].name, host->name)) {
      if (!end.subnet || end.cell == cell->second) out.push_back(id);
    }
  }
  return out;
}

reach::PacketSet Engine::atoms(int protocol, int port) const { return packets_->of(kind_of(protocol, port)); }

Engine::Says Engine::says(const Packet& packet) {
  auto [asked, fresh] = asked_.try_emplace({packet.from, packet.to});
  if (fresh) {
    for (const World& world : worlds_) {
      reach::Admitted all{reach::PacketSet(packets_->size()), reach::PacketSet(packets_->size())};
      for (const auto from : ends(world, packet.from)) {
        for (const auto to : ends(world, packet.to)) {
          const reach::Admitted one = world.relation->between(from, to);
          all.surely |= one.surely;
          all.perhaps |= one.perhaps;
        }
      }
      asked->second.push_back(std::move(all));
    }
  }
  auto [meant, first_time] = atoms_.try_emplace({packet.protocol, packet.port});
  if (first_time) meant->second = atoms(packet.protocol, packet.port);
  bool surely = true;
  bool perhaps = false;
  for (const reach::Admitted& each : asked->second) {
    reach::PacketSet missing = meant->second;
    missing -= each.surely;
    surely = surely && missing.empty();
    reach::PacketSet some = meant->second;
    some &= each.perhaps;
    perhaps = perhaps || !some.empty();
  }
  return surely ? Says::Admits : perhaps ? Says::Undecided : Says::Stops;
}

bool Engine::alone(const std::string& host) const {
  return std::any_of(estate_.interfaces.begin(), estate_.interfaces.end(),
                     [&](const estate::Interface& each) { return each.name == host && each.most && *each.most < 2; });
}

bool Engine::in_network(Ip address) const {
  for (const estate::Network& network : estate_.networks) {
    for (const estate::Block& space : network.spaces) {
      const auto* symbol = std::get_if<estate::SymbolId>(&space.base);
      const auto& given = symbol == nullptr ? std::nullopt : estate_.symbols[*symbol].given;
      const auto* prefix = given ? &given->within : std::get_if<net::Prefix>(&space.base);
      if (prefix != nullptr && !space.part && cidr(net::to_string(*prefix)).holds(address)) {
        return true;
      }
    }
  }
  return false;
}

std::string Engine::trace(const Packet& packet) {
  std::string out;
  for (const World& world : worlds_) {
    for (const auto from : ends(world, packet.from)) {
      for (const auto to : ends(world, packet.to)) {
        const auto all = atoms(packet.protocol, packet.port).atoms();
        for (const reach::Step& step : world.relation->trace(from, to, all.front()).steps) {
          out += "    " + step.what + " (" + step.place.path + ")\n";
        }
      }
    }
  }
  return out.empty() ? "    no two ends\n" : out;
}

}  // namespace crenel::agreement
