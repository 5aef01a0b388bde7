#include "backends/azure/lift_rules.h"

#include <algorithm>
#include <charconv>

#include "backends/azure/resource_types.h"
#include "compiler/net/address_set.h"

/// learn.microsoft.com, "Network security groups overview", "Virtual network service tags".
namespace crenel::azure::lifting {
namespace {

using estate::Kind;
using estate::Peers;
using net::Interval;

constexpr Interval kAllPorts = {0, 65535};
/// 168.63.129.16, from which probes come, as others come from their addresses. It is what the tag AzureLoadBalancer
/// stands for ("What is IP address 168.63.129.16?"; "Azure Load Balancer health probes", "Probe source IP address").
constexpr net::Address kProber = {.family = net::Family::V4, .bits = 168U << 24U | 63U << 16U | 129U << 8U | 16U};

bool holds_prober(const View& prefix) {
  const std::string* text = prefix.value().text();
  const auto known = text == nullptr ? std::nullopt : known_block(*text);
  return known && known->contains(kProber);
}

Block all_of(net::Family family) { return {.base = net::whole(family), .part = {}}; }

std::optional<Interval> ports_of(std::string_view text) {
  if (text == "*") return kAllPorts;
  const auto number = [](std::string_view digits) -> std::optional<std::uint16_t> {
    while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
    while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
    std::uint16_t out = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    const bool good = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
    return good ? std::optional(out) : std::nullopt;
  };
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    const auto one = number(text);
    return one ? std::optional(Interval{*one, *one}) : std::nullopt;
  }
  const auto first = number(text.substr(0, dash));
  const auto last = number(text.substr(dash + 1));
  return first && last && *first <= *last ? std::optional(Interval{*first, *last}) : std::nullopt;
}

/// Both spellings together: one range, and a list of them.
std::vector<View> spelled(const View& one, const View& many) {
  std::vector<View> out;
  if (one && !one.text().empty()) out.push_back(one);
  if (many && many.value().list() == nullptr) out.push_back(many);
  for (const View& each : many.elements()) out.push_back(each);
  return out;
}

std::optional<std::vector<Interval>> port_ranges(const View& one, const View& many) {
  std::vector<Interval> out;
  for (const View& each : spelled(one, many)) {
    if (each.open()) return std::nullopt;
    // several in one text is more than the provider takes, and some of its tools write it
    for (const std::string& range : split_outside_braces(each.text(), ',')) {
      const auto ports = ports_of(range);
      if (!ports) return std::nullopt;
      out.push_back(*ports);
    }
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

struct Protocols {
  std::optional<std::uint8_t> number;
  bool has_ports = false;
};

std::optional<Protocols> protocols_of(const View& value) {
  if (value.says("*")) return Protocols{.number = {}, .has_ports = true};
  if (value.says("Tcp")) return Protocols{.number = 6, .has_ports = true};
  if (value.says("Udp")) return Protocols{.number = 17, .has_ports = true};
  if (value.says("Icmp")) return Protocols{.number = 1, .has_ports = false};
  if (value.says("Esp")) return Protocols{.number = 50, .has_ports = false};
  if (value.says("Ah")) return Protocols{.number = 51, .has_ports = false};
  return std::nullopt;
}

/// Nothing when something in it is not known.
std::optional<std::vector<Kind>> kinds_of(const View& rule) {
  const auto protocols = protocols_of(rule.at("protocol"));
  const auto ports = port_ranges(rule.at("destinationPortRange"), rule.at("destinationPortRanges"));
  const auto sources = port_ranges(rule.at("sourcePortRange"), rule.at("sourcePortRanges"));
  if (!protocols || !ports || !sources) return std::nullopt;
  std::vector<Kind> out;
  const auto add = [&](const Kind& kind) {
    if (std::find(out.begin(), out.end(), kind) == out.end()) out.push_back(kind);
  };
  for (const Interval& port : *ports) {
    for (const Interval& source : *sources) {
      // a protocol without ports has none to be narrower
      const bool has_ports = protocols->has_ports;
      add({.protocol = protocols->number,
           .ports = has_ports ? port : kAllPorts,
           .source_ports = has_ports ? source : kAllPorts});
    }
  }
  return out;
}

/// Whether a parameter that is used where a tag could stand too gives a block or an address: its shortest length rules
/// out `*`, or every value that it may have is one. What it is by default says nothing about what it may be.
bool gives_addresses(const Context& context, const std::string& parameter) {
  const document::Entry* entry = find_entry(find_member(context.root, "parameters"), parameter);
  if (entry == nullptr) return false;
  const document::Node* least = find_member(entry->value, "minLength");
  const document::Node* allowed = find_member(entry->value, "allowedValues");
  if (allowed != nullptr) {
    const auto values = allowed->elements();
    return !values.empty() && std::all_of(values.begin(), values.end(), [](const document::Node& each) {
      return each.scalar() != nullptr && known_block(each.scalar()->text).has_value();
    });
  }
  const auto shortest = least == nullptr ? std::nullopt : document::as_integer(*least);
  constexpr std::int64_t kShortestAddress = 7;
  return shortest && *shortest >= kShortestAddress;
}

void add_tag(Context& context, const View& value, const TagMeaning& meaning, Peers& to) {
  const auto take = [&](const Peers& more) {
    to.blocks.insert(to.blocks.end(), more.blocks.begin(), more.blocks.end());
    to.perhaps.insert(to.perhaps.end(), more.perhaps.begin(), more.perhaps.end());
    to.except.insert(to.except.end(), more.except.begin(), more.except.end());
    to.platform = to.platform || more.platform;
  };
  const std::string name = lower(value.text());
  for (const std::string_view platform :
       {"azureloadbalancer", "gatewaymanager", "azureplatformdns", "azureplatformimds", "azureplatformlkm"}) {
    if (name != platform) continue;
    to.platform = true;
    return;
  }
  if (name == "virtualnetwork") return take(virtual_network(meaning));
  if (name == "internet") return take(internet(meaning));
  const bool is_word =
      !name.empty() && name.front() >= 'a' && name.front() <= 'z' && name.find(':') == std::string::npos;
  if (is_word) {
    // a tag of the provider's services: some public addresses, nobody knows which
    to.perhaps.push_back(all_of(net::Family::V4));
    to.perhaps.push_back(all_of(net::Family::V6));
    to.except.insert(to.except.end(), meaning.network.begin(), meaning.network.end());
    return;
  }
  to.unknown = true;
  context.unknown("`" + value.text() + "` is neither a block of addresses nor a tag", value.place());
}

void add_prefix(Context& context, const View& value, const TagMeaning& meaning, Peers& to) {
  if (const std::string* text = value.value().text()) {
    if (*text == "*") {
      to.anyone = true;
      to.platform = true;
    } else if (const auto known = known_block(*text)) {
      to.blocks.push_back({.base = *known, .part = {}});
    } else {
      // what a tag leaves out is left out of the tag only
      if (to.except.empty() && to.blocks.empty() && !to.anyone) return add_tag(context, value, meaning, to);
      to.unknown = true;
      context.unknown("a rule with a tag beside other addresses is not read", value.place());
    }
    return;
  }
  const Open* open = value.value().open();
  const Given* given = open == nullptr ? nullptr : std::get_if<Given>(&open->meaning);
  const bool is_cut = open != nullptr && std::holds_alternative<Cut>(open->meaning);
  if (is_cut || (given != nullptr && gives_addresses(context, given->parameter))) {
    if (const auto known = context.block(value)) to.blocks.push_back(*known);
    return;
  }
  to.unknown = true;
}

void add_group(Context& context, const View& value, Peers& to) {
  const auto id = value.id();
  if (!id) {
    to.unknown = true;
    return;
  }
  auto found = context.tags.find(id->key());
  if (found == context.tags.end()) {
    found =
        context.tags.emplace(id->key(), context.estate.tags.add({.name = id->name(), .place = value.place()})).first;
  }
  to.tags.push_back(found->second);
  // a rule that names a group without members was seen not to work at all
  // (github.com/MicrosoftDocs/azure-docs issue 77328), and a group from elsewhere may have others
  const bool elsewhere = context.find(*id) == nullptr || context.find(*id)->existing;
  if (elsewhere || context.tag_members[id->key()] == 0) to.unknown = true;
}

Peers side(Context& context, const View& rule, const std::string& end, const TagMeaning& meaning) {
  Peers out;
  const auto prefixes = spelled(rule.at(end + "AddressPrefix"), rule.at(end + "AddressPrefixes"));
  for (const View& each : prefixes) add_prefix(context, each, meaning, out);
  if (end == "source" && std::any_of(prefixes.begin(), prefixes.end(), holds_prober)) out.platform = true;
  const View groups = rule.at(end + "ApplicationSecurityGroups");
  if (groups && groups.value().list() == nullptr) out.unknown = true;
  for (const View& each : groups.elements()) add_group(context, each, out);
  if (prefixes.empty() && !groups) out.unknown = true;
  return out;
}

std::string block_key(const Block& block) {
  std::string out = std::holds_alternative<SymbolId>(block.base)
                        ? "s" + std::to_string(std::get<SymbolId>(block.base).index())
                        : net::to_string(std::get<net::Prefix>(block.base));
  if (block.part) {
    out += "/" + std::to_string(block.part->length) + (block.part->from_end ? "-" : "+") +
           std::to_string(block.part->index);
  }
  return out;
}

}  // namespace

std::string TagMeaning::key() const {
  std::vector<std::string> parts;
  for (const Block& each : network) parts.push_back(block_key(each));
  for (const Block& each : connected) parts.push_back("+" + block_key(each));
  for (const Block& each : elsewhere) parts.push_back("?" + block_key(each));
  std::sort(parts.begin(), parts.end());
  std::string out = perhaps_all ? "?" : "";
  for (const std::string& each : parts) out += each + " ";
  return out;
}

TagMeaning tag_meaning(const Context& context, const SubnetInfo& subnet) {
  TagMeaning out;
  const auto take = [&](const std::vector<Block>& blocks) {
    for (const Block& each : blocks) {
      if (is_everything(each)) continue;
      add_unique(out.network, each);
    }
  };
  take(context.estate.networks[subnet.network].spaces);
  const auto found = context.network_infos.find(subnet.network);
  if (found != context.network_infos.end()) {
    for (const NetworkId peer : found->second.peers) take(context.estate.networks[peer].spaces);
    for (const DoorId door : found->second.peers_elsewhere) {
      take(std::get<estate::LinkDoor>(context.estate.doors[door].kind).prefixes);
    }
    for (const DoorId door : found->second.links) {
      const auto& prefixes = std::get<estate::LinkDoor>(context.estate.doors[door].kind).prefixes;
      take(prefixes);
      for (const Block& each : prefixes) add_unique(out.connected, each);
    }
    out.perhaps_all = found->second.learns;
  }
  // A route to what is the network's own, or a peer's, makes that no less a part of it.
  for (const Block& each : subnet.routed) {
    if (std::find(out.network.begin(), out.network.end(), each) == out.network.end()) add_unique(out.connected, each);
  }
  take(subnet.routed);
  out.perhaps_all = out.perhaps_all || subnet.default_route || !subnet.is_known;
  // "Address prefixes used on user-defined routes" are part of the tag, and it "might also contain default routes"; of
  // which subnets, and of which of the networks that are part of it, is not said (learn.microsoft.com, "Virtual network
  // service tags", checked 2026-11-27).
  const auto is_part = [&](NetworkId network) {
    if (network == subnet.network || found == context.network_infos.end()) return network == subnet.network;
    const auto& peers = found->second.peers;
    return std::find(peers.begin(), peers.end(), network) != peers.end();
  };
  for (const auto& [key, other] : context.subnets) {
    if (other.id == subnet.id || !is_part(other.network)) continue;
    for (const Block& each : other.routed) add_unique(out.elsewhere, each);
    if (!other.default_route) continue;
    add_unique(out.elsewhere, all_of(net::Family::V4));
    add_unique(out.elsewhere, all_of(net::Family::V6));
  }
  return out;
}

estate::Peers virtual_network(const TagMeaning& meaning) {
  Peers out;
  out.blocks = meaning.network;
  out.platform = true;
  out.perhaps = meaning.elsewhere;
  if (meaning.perhaps_all) out.perhaps = {all_of(net::Family::V4), all_of(net::Family::V6)};
  return out;
}

/// What is "outside the virtual network and reachable by the public internet" (learn.microsoft.com, "Virtual network
/// service tags", checked 2026-11-27): public addresses that a gateway or a route of one's own leads to are both, and
/// which of the two counts is not said.
estate::Peers internet(const TagMeaning& meaning) {
  static const net::AddressSet at_home(net::private_blocks());
  Peers out;
  net::AddressSet open;
  for (const Block& each : meaning.network) {
    const auto* known = std::get_if<net::Prefix>(&each.base);
    const bool connected =
        std::find(meaning.connected.begin(), meaning.connected.end(), each) != meaning.connected.end();
    if (connected && known != nullptr && !at_home.contains(net::AddressSet(*known))) {
      open = open.united(*known);
    } else {
      out.except.push_back(each);
    }
  }
  if (meaning.perhaps_all) {
    out.perhaps = {all_of(net::Family::V4), all_of(net::Family::V6)};
    return out;
  }
  for (const net::Prefix& each : net::AddressSet::everything().without(open).prefixes())
    out.blocks.push_back({.base = each, .part = {}});
  for (const net::Prefix& each : open.prefixes()) out.perhaps.push_back({.base = each, .part = {}});
  return out;
}

estate::Peers anyone() {
  Peers out;
  out.anyone = true;
  out.platform = true;
  return out;
}

/// Of a rule that is not understood: it may match nobody, whomever it names.
estate::Peers nobody_knows() {
  Peers out;
  out.unknown = true;
  return out;
}

ReadRule read_rule(Context& context, const View& rule, const std::string& name, const Place& place, bool sure,
                   const TagMeaning& meaning) {
  context.check(
      rule, "security rule",
      {"protocol", "sourcePortRange", "sourcePortRanges", "destinationPortRange", "destinationPortRanges",
       "sourceAddressPrefix", "sourceAddressPrefixes", "sourceApplicationSecurityGroups", "destinationAddressPrefix",
       "destinationAddressPrefixes", "destinationApplicationSecurityGroups", "access", "priority", "direction"},
      {"description"});
  ReadRule out;
  out.priority = rule.at("priority").number();
  if (rule.at("direction").says("Inbound")) out.direction = Direction::In;
  if (rule.at("direction").says("Outbound")) out.direction = Direction::Out;
  estate::Rule made{.allow = true,
                    .kinds = {},
                    .source = side(context, rule, "source", meaning),
                    .destination = side(context, rule, "destination", meaning),
                    .place = place,
                    .name = name};
  const auto kinds = kinds_of(rule);
  made.kinds = kinds.value_or(std::vector<Kind>{Kind{}});
  if (!kinds || !sure || !out.priority || out.direction == Direction::Both) made.source = nobody_knows();
  const View access = rule.at("access");
  const bool known = access.says("Allow") || access.says("Deny");
  if (!known) made.source = nobody_knows();
  made.allow = !access.says("Deny");
  out.rules.push_back(made);
  if (!known || !out.priority) {
    // where it stands is not known either: it may allow or deny anything
    made.allow = !made.allow;
    out.rules.push_back(std::move(made));
  }
  return out;
}

}  // namespace crenel::azure::lifting
