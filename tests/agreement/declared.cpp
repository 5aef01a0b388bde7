#include "tests/agreement/declared.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace crenel::agreement {
namespace {

Cidr to_cidr(const net::Prefix& prefix) { return cidr(net::to_string(prefix)); }

/// The first or the last block of `length` bits in `within`, or one that far from it.
std::string block_in(const net::Prefix& within, int length, bool last, int away = 0) {
  const int bits = std::max(length, within.length);
  const net::U128 index =
      last ? (net::U128{1} << (bits - within.length)) - 1 - static_cast<net::U128>(away) : static_cast<net::U128>(away);
  return net::to_string(*within.part(bits, index));
}

bool carries(const net::Traffic& traffic, const Packet& packet) {
  if (traffic.is_all()) return true;
  for (const net::ProtocolPorts& part : traffic.parts()) {
    if (static_cast<int>(part.protocol) != packet.protocol) continue;
    for (const net::Interval& range : part.ports) {
      if (range.first <= packet.port && packet.port <= range.last) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Assignment> assignments(const model::Design& design) {
  std::vector<Assignment> out(3);
  int given = 0;
  for (const model::Parameter& parameter : design.parameters) {
    const std::string name = model::to_string(parameter.origin.path);
    const auto put = [&](const std::string& a, const std::string& b, const std::string& c) {
      out[0][name] = parameter.default_value.value_or(a);
      out[1][name] = b;
      out[2][name] = c;
    };
    if (parameter.kind == model::ParameterKind::Cidr) {
      const net::Prefix within =
          parameter.within.empty() ? *net::parse_prefix("198.51.100.0/24") : parameter.within.front();
      const int shortest = std::max(parameter.shortest, within.length);
      // What a provider gives out of its own it gives once. (A block that is decided is none of these.)
      const int away = parameter.chosen && within.length < parameter.longest ? given++ : 0;
      put(block_in(within, shortest, false, away), block_in(within, shortest, true, away),
          block_in(within, parameter.longest, true, away));
    } else if (parameter.kind == model::ParameterKind::Ip) {
      put("198.51.100.1", "198.51.100.1", "198.51.100.1");
    } else {
      put("value", "value", "value");
    }
  }
  return out;
}

ParameterValues for_template(const Assignment& assignment, const std::vector<std::string>& template_parameters) {
  ParameterValues out;
  for (const auto& [path, value] : assignment) {
    for (const std::string& name : template_parameters) {
      if (plain(name) == plain(path)) out[name] = value;
    }
  }
  return out;
}

Announcements announcements(const model::Design& design, const Assignment& assignment) {
  Announcements out;
  const Declared declared(design, assignment, {});
  for (const model::Link& link : design.links) {
    if (link.kind != model::LinkKind::Direct) continue;
    std::vector<Cidr>& blocks = out[plain(model::to_string(link.origin.path))];
    for (const auto& late : model::addresses_of(design, link.site)) blocks.push_back(declared.block(late));
    const bool rest = std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
      const auto tier = model::tier_of(design, flow.from);
      return tier && design.tiers[*tier].network == link.network &&
             std::find(flow.via.begin(), flow.via.end(), model::Hop(link.site)) != flow.via.end();
    });
    if (rest) blocks.insert(blocks.end(), {cidr("0.0.0.0/0"), cidr("::/0")});
  }
  return out;
}

Declared::Declared(const model::Design& design, const Assignment& assignment, const std::vector<Host>& hosts)
    : design_(design), assignment_(assignment), hosts_(hosts) {
  for (const Host& host : hosts_) {
    const Thing found = thing(host);
    if (std::holds_alternative<std::monostate>(found))
      throw std::invalid_argument("a host that nobody declared: " + host.name);
    things_[host.address] = found;
  }
}

Cidr Declared::block(const model::Late<net::Prefix>& late) const {
  if (const auto* prefix = std::get_if<net::Prefix>(&late)) return to_cidr(*prefix);
  return cidr(assignment_.at(model::to_string(design_.parameters[std::get<model::ParameterId>(late)].origin.path)));
}

Cidr Declared::block(const model::Block& block_of) const {
  const Cidr base = block(block_of.base);
  if (!block_of.part) return base;
  const model::Part& part = *block_of.part;
  const Ip count = Ip{1} << (part.length - base.length);
  const Ip index = part.from_end ? count - 1 - part.index : part.index;
  return {base.base + (index << (base.bits - part.length)), part.length, base.bits};
}

/// By name; of several names that fit, the longest.
Declared::Thing Declared::thing(const Host& host) const {
  Thing best;
  std::size_t length = 0;
  const std::string name = plain(host.name);
  const auto consider = [&](const model::Path& path, const Thing& candidate) {
    const std::string wanted = plain(model::to_string(path));
    if (name.find(wanted) != std::string::npos && wanted.size() > length) {
      best = candidate;
      length = wanted.size();
    }
  };
  if (host.balancer) {
    for (const auto id : design_.balancers.ids()) consider(design_.balancers[id].origin.path, id);
  } else {
    for (const auto id : design_.groups.ids()) consider(design_.groups[id].origin.path, id);
    for (const auto id : design_.appliances.ids()) consider(design_.appliances[id].origin.path, id);
    for (const auto id : design_.databases.ids()) consider(design_.databases[id].origin.path, id);
  }
  return best;
}

Declared::Thing Declared::thing_at(Ip address) const {
  const auto found = things_.find(address);
  return found == things_.end() ? Thing{} : found->second;
}

std::optional<model::NetworkId> Declared::network_of(Ip member) const {
  const auto of = [&](const auto& all, auto id) { return std::optional(design_.tiers[all[id].tier].network); };
  return std::visit(base::Overloaded{
                        [&](model::GroupId id) { return of(design_.groups, id); },
                        [&](model::BalancerId id) { return of(design_.balancers, id); },
                        [&](model::ApplianceId id) { return of(design_.appliances, id); },
                        [&](model::DatabaseId id) { return of(design_.databases, id); },
                        [](std::monostate) { return std::optional<model::NetworkId>(); },
                    },
                    thing_at(member));
}

bool Declared::on_internet(Ip address, Ip member) const {
  if (is_private(address)) return false;
  const auto seen_from = network_of(member);
  for (const model::Network& network : design_.networks) {
    if (block(network.space).holds(address)) return false;
    if (network.ipv6 && block(*network.ipv6).holds(address)) return false;
  }
  if (is_linked(seen_from, address)) return false;
  return std::holds_alternative<std::monostate>(thing_at(address));
}

bool Declared::is_linked(std::optional<model::NetworkId> network, Ip address) const {
  return std::any_of(design_.links.begin(), design_.links.end(), [&](const model::Link& link) {
    if (network && link.network != *network) return false;
    const auto blocks = model::addresses_of(design_, link.site);
    return std::any_of(blocks.begin(), blocks.end(), [&](const auto& late) { return block(late).holds(address); });
  });
}

bool Declared::is_aside(const model::Flow& flow, Ip address) const {
  const bool denied =
      std::any_of(flow.except.begin(), flow.except.end(), [&](const auto& late) { return block(late).holds(address); });
  return denied || std::any_of(flow.via.begin(), flow.via.end(), [&](const model::Hop& hop) {
           const auto* appliance = std::get_if<model::ApplianceId>(&hop);
           return appliance != nullptr &&
                  is_linked(design_.tiers[design_.appliances[*appliance].tier].network, address);
         });
}

bool Declared::may_come(const model::Endpoint& client, bool ipv6) const {
  const auto of_family = [&](const std::vector<model::Late<net::Prefix>>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [&](const auto& late) { return (block(late).bits == 128) == ipv6; });
  };
  if (std::holds_alternative<model::Internet>(client)) return true;
  if (const auto* site = std::get_if<model::SiteId>(&client)) return of_family(model::addresses_of(design_, *site));
  if (const auto* blocks = std::get_if<model::Blocks>(&client)) return of_family(blocks->blocks);
  return std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& host) {
    return is_ipv6(host.address) == ipv6 && holds(client, host.address, host.address);
  });
}

bool Declared::has_clients(model::BalancerId id, const Packet& packet) const {
  const model::Balancer& balancer = design_.balancers[id];
  return std::any_of(balancer.forwards.begin(), balancer.forwards.end(), [&](const model::Forward& forward) {
    if (!carries(forward.to, packet) || !holds(forward.target, packet.to, packet.from)) return false;
    return std::any_of(design_.flows.begin(), design_.flows.end(), [&](const model::Flow& flow) {
      return flow.to == model::Endpoint(id) && flow.traffic.overlaps(forward.listen) &&
             may_come(flow.from, is_ipv6(packet.from));
    });
  });
}

bool Declared::holds(const model::Endpoint& endpoint, Ip address, Ip other) const {
  const auto in = [&](const std::vector<model::Late<net::Prefix>>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const auto& late) { return block(late).holds(address); });
  };
  return std::visit(base::Overloaded{
                        [&](const model::Internet&) { return on_internet(address, other); },
                        [&](model::SiteId site) { return in(model::addresses_of(design_, site)); },
                        [&](model::GroupId group) { return thing_at(address) == Thing{group}; },
                        [&](model::BalancerId balancer) { return thing_at(address) == Thing{balancer}; },
                        [&](model::ApplianceId appliance) { return thing_at(address) == Thing{appliance}; },
                        [&](model::DatabaseId database) { return thing_at(address) == Thing{database}; },
                        [&](const model::Blocks& blocks) { return in(blocks.blocks); },
                        [](const auto&) { return false; },
                    },
                    endpoint);
}

bool Declared::admits(const Packet& packet) const {
  return std::any_of(design_.flows.begin(), design_.flows.end(), [&](const model::Flow& flow) {
    const auto end = [&](const model::Endpoint& endpoint, Ip address, Ip other) {
      const bool aside = std::holds_alternative<model::Internet>(endpoint) && is_aside(flow, address);
      return !aside && holds(endpoint, address, other);
    };
    if (!carries(flow.traffic, packet)) return false;
    if (!end(flow.from, packet.from, packet.to) || !end(flow.to, packet.to, packet.from)) return false;
    const auto* balancer = std::get_if<model::BalancerId>(&flow.from);
    const bool hands_on = balancer != nullptr && design_.balancers[*balancer].layer == model::Layer::Network;
    return !hands_on || has_clients(*balancer, packet);
  });
}

bool Declared::checks(const Packet& packet) const {
  const auto found = things_.find(packet.from);
  const auto* id = found == things_.end() ? nullptr : std::get_if<model::BalancerId>(&found->second);
  if (id == nullptr || packet.protocol != kTcp) return false;
  const auto& forwards = design_.balancers[*id].forwards;
  return std::any_of(forwards.begin(), forwards.end(), [&](const model::Forward& forward) {
    Packet handed = packet;
    handed.protocol = static_cast<int>(forward.to.parts().front().protocol);
    return carries(forward.to, handed) && holds(forward.target, packet.to, packet.from);
  });
}

bool Declared::chooses_family(Ip from) const {
  const auto found = things_.find(from);
  const auto* balancer = found == things_.end() ? nullptr : std::get_if<model::BalancerId>(&found->second);
  return balancer != nullptr && is_ipv6(from) && design_.balancers[*balancer].layer == model::Layer::Application;
}

std::vector<Packet> Declared::samples() const {
  std::set<Ip> addresses = {ip("93.184.216.34"), ip("8.8.8.8"),     ip("203.0.113.10"), ip("203.0.113.11"),
                            ip("172.31.9.9"),    ip("192.168.7.7"), ip("10.255.255.1"), ip("10.0.0.9")};
  const bool ipv6 = std::any_of(hosts_.begin(), hosts_.end(), [](const Host& host) { return is_ipv6(host.address); });
  if (ipv6) addresses.insert({ip("2606:2800::1"), ip("fd12::9"), ip("2001:db8:ffff::3")});
  const auto corners = [&](const Cidr& at) {
    if (at.bits == 128 && !ipv6) return;
    const Ip last = at.last();
    addresses.insert({at.base, last, at.base - 1, last + 1, at.base + (last - at.base) / 2});
  };
  for (const model::Site& site : design_.sites) {
    for (const auto& late : site.addresses) corners(block(late));
  }
  for (const model::Flow& flow : design_.flows) {
    for (const model::Endpoint* end : {&flow.from, &flow.to}) {
      if (const auto* blocks = std::get_if<model::Blocks>(end)) {
        for (const auto& late : blocks->blocks) corners(block(late));
      }
    }
  }
  // an address inside a network that no host has is nobody: what is sent there is lost
  for (const model::Network& network : design_.networks) {
    std::erase_if(addresses, [&](Ip address) {
      return block(network.space).holds(address) || (network.ipv6 && block(*network.ipv6).holds(address));
    });
  }
  std::set<std::pair<int, int>> kinds = {{kTcp, 22},    {kTcp, 80}, {kTcp, 443}, {kTcp, 3389},
                                         {kTcp, 40000}, {kUdp, 53}, {kUdp, 443}, {kIcmp, 8}};
  if (ipv6) kinds.insert({kIcmp6, 128});
  for (const model::Flow& flow : design_.flows) {
    for (const net::ProtocolPorts& part : flow.traffic.parts()) {
      for (const net::Interval& range : part.ports) {
        for (const int port : {range.first - 1, int{range.first}, int{range.last}, range.last + 1}) {
          const bool typed = part.protocol == net::Protocol::Icmp || part.protocol == net::Protocol::Icmp6;
          const int most = typed ? 255 : 65535;
          if (port > 0 && port <= most) kinds.insert({static_cast<int>(part.protocol), port});
        }
      }
    }
  }
  std::vector<Packet> out;
  // Both ends have one family, which has one ICMP.
  const auto add = [&](Ip from, Ip to, int protocol, int port) {
    const bool possible = is_ipv6(from) == is_ipv6(to) && protocol != (is_ipv6(from) ? kIcmp : kIcmp6);
    if (possible) out.push_back({from, to, protocol, port});
  };
  for (const Host& host : hosts_) {
    for (const auto& [protocol, port] : kinds) {
      for (const Ip other : addresses) {
        add(host.address, other, protocol, port);
        add(other, host.address, protocol, port);
      }
      for (const Host& other : hosts_) {
        if (other.address != host.address) add(host.address, other.address, protocol, port);
      }
    }
  }
  return out;
}

std::vector<std::string> Declared::missing() const {
  std::vector<std::string> out;
  const auto has = [&](const Thing& wanted) {
    return std::any_of(things_.begin(), things_.end(), [&](const auto& entry) { return entry.second == wanted; });
  };
  const auto lacks_ipv6 = [&](const Thing& wanted, model::TierId tier) {
    return design_.tiers[tier].ipv6_block && std::none_of(things_.begin(), things_.end(), [&](const auto& entry) {
             return entry.second == wanted && is_ipv6(entry.first);
           });
  };
  for (const auto id : design_.groups.ids()) {
    const bool some = design_.groups[id].scale.max > 0;
    if (!has(id) || (some && lacks_ipv6(id, design_.groups[id].tier))) {
      out.push_back(model::to_string(design_.groups[id].origin.path));
    }
  }
  for (const auto id : design_.appliances.ids()) {
    if (!has(id) || lacks_ipv6(id, design_.appliances[id].tier)) {
      out.push_back(model::to_string(design_.appliances[id].origin.path));
    }
  }
  for (const auto id : design_.databases.ids()) {
    if (!has(id)) out.push_back(model::to_string(design_.databases[id].origin.path));
  }
  for (const auto id : design_.balancers.ids()) {
    if (!has(id) || lacks_ipv6(id, design_.balancers[id].tier)) {
      out.push_back(model::to_string(design_.balancers[id].origin.path));
    }
  }
  return out;
}

}  // namespace crenel::agreement
