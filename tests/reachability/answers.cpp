#include "tests/reachability/answers.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "compiler/net/prefix.h"
#include "compiler/net/traffic.h"
#include "compiler/reach/relation.h"

namespace crenel::reachability {

struct Answers::World {
  estate::Estate estate;
  std::optional<reach::AddressTree> tree;
  std::optional<reach::Packets> packets;
  std::optional<reach::Relation> relation;
};

namespace {

estate::Kind kind_of(const std::string& packet) {
  const std::size_t slash = packet.find('/');
  const std::string protocol = packet.substr(0, slash);
  const int number = std::stoi(packet.substr(slash + 1));
  const auto port = static_cast<std::uint16_t>(number);
  if (protocol == "protocol") return {.protocol = static_cast<std::uint8_t>(number)};
  if (protocol == "icmp") {
    constexpr int kCodes = 256;
    const auto first = static_cast<std::uint16_t>(number * kCodes);
    return {.protocol = std::uint8_t{1}, .ports = {first, static_cast<std::uint16_t>(first + kCodes - 1)}};
  }
  constexpr std::uint8_t kTcp = 6;
  constexpr std::uint8_t kUdp = 17;
  return {.protocol = protocol == "tcp" ? kTcp : kUdp, .ports = {port, port}};
}

estate::Block block_of(const std::string& address) {
  const auto parsed = net::parse_address(address);
  if (!parsed) throw std::runtime_error("no address: " + address);
  return {.base = net::host(*parsed), .part = {}};
}

/// What an outside client may have as its own port.
estate::Kind from_client(estate::Kind kind) {
  constexpr std::uint16_t kFirst = 1024;
  if (kind.protocol && reach::has_ports(*kind.protocol)) kind.source_ports = {kFirst, 65535};
  return kind;
}

}  // namespace

Answers::Answers(const backend::Backend& backend, std::string_view text, const Case& about)
    : world_(std::make_unique<World>()) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  auto estate = backend.lift(sources, sources.add("template", std::string(text)), diagnostics);
  if (!estate) throw std::runtime_error(diagnostics.all().empty() ? "unread" : diagnostics.all().front().message);
  world_->estate = std::move(*estate);
  if (!world_->estate.unknowns.empty()) throw std::runtime_error(world_->estate.unknowns.front().what);
  std::vector<estate::Block> blocks = reach::blocks_of(world_->estate);
  for (const std::string& address : about.outside) blocks.push_back(block_of(address));
  std::vector<estate::Kind> kinds = reach::kinds_of(world_->estate);
  for (const std::string& packet : about.packets) kinds.push_back(from_client(kind_of(packet)));
  const auto trees = reach::AddressTree::all(blocks, [](const estate::Block& a, const estate::Block& b) {
    return a == b ? reach::Order::Same : reach::Order::Open;
  });
  if (trees.size() != 1) throw std::runtime_error("the addresses can lie in several ways");
  world_->tree = trees.front();
  world_->packets.emplace(kinds, std::vector<net::Traffic>{});
  world_->relation.emplace(world_->estate, *world_->tree, *world_->packets);
}

Answers::~Answers() = default;

std::vector<std::string> Answers::members() const {
  std::vector<std::string> out;
  for (const auto& interface : world_->estate.interfaces) {
    if (interface.role == estate::Role::Member) out.push_back(interface.name);
  }
  return out;
}

Answers::Answer Answers::ask(const std::string& from, const std::string& to, const std::string& packet) const {
  const auto& relation = *world_->relation;
  const auto ends = [&](const std::string& name) {
    std::vector<reach::EndId> out;
    const auto address = net::parse_address(name);
    const auto range = address ? world_->tree->range(block_of(name)) : reach::CellRange{};
    for (const auto id : relation.ends().ids()) {
      const reach::End& end = relation.ends()[id];
      const bool outside = address && end.door && range.first <= end.cell && end.cell < range.end;
      const bool member = end.interface && world_->estate.interfaces[*end.interface].name == name;
      if (outside || member) out.push_back(id);
    }
    return out;
  };
  const reach::PacketSet asked = world_->packets->of(from_client(kind_of(packet)));
  reach::PacketSet surely(world_->packets->size());
  reach::PacketSet perhaps(world_->packets->size());
  Answer out{.verdict = Verdict::Stop, .last = "there is no way at all"};
  for (const reach::EndId a : ends(from)) {
    for (const reach::EndId b : ends(to)) {
      const reach::Admitted admitted = relation.between(a, b);
      surely |= admitted.surely;
      perhaps |= admitted.perhaps;
      const reach::Trace trace = relation.trace(a, b, asked.atoms().front());
      if (!trace.steps.empty()) out.last = trace.steps.back().what + " " + trace.steps.back().place.resource;
    }
  }
  reach::PacketSet missing = asked;
  missing -= surely;
  surely &= asked;
  perhaps &= asked;
  out.verdict = missing.empty()   ? Verdict::Admit
                : perhaps.empty() ? Verdict::Stop
                : !surely.empty() ? Verdict::Part
                                  : Verdict::Undecided;
  return out;
}

}  // namespace crenel::reachability
