#include <fmt/format.h>

#include <algorithm>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/estate/estate.h"

namespace crenel::estate {
namespace {

using base::Overloaded;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string interval(const net::Interval& numbers) {
  if (numbers.first == numbers.last) return std::to_string(numbers.first);
  return std::to_string(numbers.first) + ".." + std::to_string(numbers.last);
}

std::string text(const Kind& kind) {
  static const net::Interval all{0, 65535};
  std::string out = kind.protocol ? "protocol " + std::to_string(*kind.protocol) : "every protocol";
  for (const net::Protocol protocol : net::kProtocols) {
    if (kind.protocol == static_cast<std::uint8_t>(protocol)) out = net::to_string(protocol);
  }
  if (!(kind.ports == all)) out += "/" + interval(kind.ports);
  if (!(kind.source_ports == all)) out += " from port " + interval(kind.source_ports);
  return out;
}

std::string text(const std::vector<Kind>& kinds) {
  std::vector<std::string> parts;
  for (const Kind& kind : kinds) parts.push_back(text(kind));
  return kinds.empty() ? "nothing" : joined(parts, ", ");
}

std::string text(PublicAddress address) {
  if (address == PublicAddress::Unknown) return "unknown";
  return address == PublicAddress::Yes ? "yes" : "no";
}

std::string text(Role role) {
  switch (role) {
    case Role::Member:
      return "member";
    case Role::Balancer:
      return "balancer";
    case Role::Nat:
      return "nat";
    case Role::Appliance:
      return "appliance";
    case Role::Passive:
      return "passive";
    case Role::Service:
      return "service";
    case Role::Unknown:
      break;
  }
  return "unknown";
}

std::string text(Service::Kind kind) {
  switch (kind) {
    case Service::Kind::Store:
      return "store";
    case Service::Kind::Queue:
      return "queue";
    case Service::Kind::Topic:
      return "topic";
    case Service::Kind::Table:
      return "table";
    case Service::Kind::Vault:
      return "vault";
    case Service::Kind::Function:
      return "function";
    case Service::Kind::Group:
      break;
  }
  return "group";
}

class Dump {
 public:
  explicit Dump(const Estate& estate) : estate_(estate) {}

  std::string all() {
    symbols();
    networks();
    doors();
    for (const RuleList& list : estate_.rule_lists) rule_list(list);
    tags();
    for (const RouteTable& table : estate_.route_tables) route_table(table);
    for (const Subnet& one : estate_.subnets) subnet(one);
    for (const Interface& one : estate_.interfaces) interface(one);
    for (const Balancer& one : estate_.balancers) balancer(one);
    for (const Peering& one : estate_.peerings) {
      line(0, "peering " + estate_.networks[one.a].name + ", " + estate_.networks[one.b].name, one.place);
    }
    for (const Need& one : estate_.needs) {
      line(0,
           fmt::format("{} needs {} with {}, {}", estate_.interfaces[one.from].name, estate::text(one.kind),
                       estate_.interfaces[one.to].name, one.what),
           one.place);
    }
    for (const Service& one : estate_.services) service(one);
    for (const Identity& one : estate_.identities) identity(one);
    for (const PrivatePath& one : estate_.private_paths) private_path(one);
    for (const Access& one : estate_.accesses) access(one);
    for (const FlowLog& one : estate_.flow_logs) flow_log(one);
    for (const Guard& one : estate_.guards) guard(one);
    for (const Unknown& one : estate_.unknowns) line(0, "unknown: " + one.what, one.place);
    return std::move(out_);
  }

  std::string text(const std::vector<Block>& blocks) const {
    std::vector<std::string> parts;
    for (const Block& block : blocks) parts.push_back(text(block));
    return joined(parts, ", ");
  }

 private:
  void line(int depth, const std::string& said) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + said + "\n";
  }

  void line(int depth, const std::string& said, const Place& place) {
    std::string where = place.path.empty() ? place.resource : place.path;
    if (where.empty()) where = "nowhere";
    if (!place.span.valid()) where += " (no span)";
    line(depth, said + "  @ " + where);
  }

  std::string text(const Block& block) const {
    std::string base = std::visit(Overloaded{[](const net::Prefix& prefix) { return net::to_string(prefix); },
                                             [&](SymbolId id) { return "<" + estate_.symbols[id].name + ">"; }},
                                  block.base);
    if (!block.part) return base;
    return fmt::format("/{} number {}{} of {}", block.part->length, block.part->index,
                       block.part->from_end ? " from the end" : "", base);
  }

  std::string text(const Peers& peers) const {
    std::vector<std::string> parts;
    if (peers.anyone) parts.emplace_back("anyone");
    for (const Block& block : peers.blocks) parts.push_back(text(block));
    for (const TagId id : peers.tags) parts.push_back("tag " + estate_.tags[id].name);
    if (peers.platform) parts.emplace_back("platform");
    for (const Block& block : peers.perhaps) parts.push_back("perhaps " + text(block));
    if (peers.unknown) parts.emplace_back("unknown");
    const std::string except = peers.except.empty() ? "" : " except " + text(peers.except);
    return parts.empty() ? "nobody" : joined(parts, ", ") + except;
  }

  std::string text(const RouteTarget& target) const {
    return std::visit(Overloaded{[](const LocalTarget&) { return std::string("local"); },
                                 [](const NowhereTarget&) { return std::string("nowhere"); },
                                 [](const UnknownTarget& unknown) { return "unknown: " + unknown.why; },
                                 [&](DoorId id) { return "door " + estate_.doors[id].name; },
                                 [&](InterfaceId id) { return "interface " + estate_.interfaces[id].name; },
                                 [&](NetworkId id) { return "network " + estate_.networks[id].name; }},
                      target);
  }

  void symbols() {
    for (const Symbol& one : estate_.symbols) {
      std::string said = "symbol <" + one.name + ">";
      if (one.parameter) said += " parameter";
      if (one.host) said += " host";
      if (one.given) {
        said += fmt::format(", a /{} in {} given to {}", one.given->length, net::to_string(one.given->within),
                            one.given->network);
      }
      line(0, said, one.place);
    }
  }

  void networks() {
    for (const Network& one : estate_.networks) {
      line(0, "network " + one.name, one.place);
      line(1, "spaces " + text(one.spaces));
    }
  }

  void doors() {
    for (const Door& one : estate_.doors) {
      line(0, "door " + one.name, one.place);
      line(1, "of " + estate_.networks[one.network].name);
      std::visit(Overloaded{[&](const InternetDoor& door) {
                              line(1, door.outward_only ? "to the Internet, outward only" : "to the Internet");
                            },
                            [&](const LinkDoor& link) {
                              line(1, "link " + link.name + (link.learns ? ", learns" : ""));
                              line(1, "prefixes " + text(link.prefixes));
                            }},
                 one.kind);
    }
  }

  void rules(std::string_view direction, const std::vector<Rule>& rules) {
    for (const Rule& one : rules) {
      line(1,
           fmt::format("{} {} {} from {} to {}, {}", direction, one.allow ? "allow" : "deny", estate::text(one.kinds),
                       text(one.source), text(one.destination), one.name),
           one.place);
    }
  }

  void rule_list(const RuleList& list) {
    line(0, "rules " + list.name + (list.stateful ? " stateful" : " stateless"), list.place);
    rules("in", list.in);
    rules("out", list.out);
  }

  void tags() {
    for (const Tag& one : estate_.tags) line(0, "tag " + one.name, one.place);
  }

  void route_table(const RouteTable& table) {
    line(0, "routes " + table.name, table.place);
    for (const Route& one : table.routes) {
      line(1,
           fmt::format("{} -> {}, rank {}{}{}", text(one.destination), text(one.target), one.rank,
                       one.yields_to_local ? ", yields to local" : "",
                       one.within ? ", of what is sent by " + text(*one.within) : ""),
           one.place);
    }
  }

  std::string names(const std::vector<RuleListId>& lists) const {
    std::vector<std::string> parts;
    for (const RuleListId id : lists) parts.push_back(estate_.rule_lists[id].name);
    return joined(parts, ", ");
  }

  void subnet(const Subnet& one) {
    line(0, "subnet " + one.name, one.place);
    line(1, "of " + estate_.networks[one.network].name);
    line(1, "blocks " + text(one.blocks));
    line(1, "routes " + estate_.route_tables[one.routes].name);
    if (!one.lists.empty()) line(1, "rules " + names(one.lists));
    if (one.nat) line(1, "nat " + estate_.interfaces[*one.nat].name);
    if (one.internet != InternetAccess::Open) line(1, "Internet " + std::string(words(one.internet)));
  }

  static std::string_view words(InternetAccess access) {
    switch (access) {
      case InternetAccess::Open:
        return "open";
      case InternetAccess::Translated:
        return "for what is translated or opens outward only";
      case InternetAccess::Closed:
        return "closed";
      case InternetAccess::Unknown:
        break;
    }
    return "perhaps closed";
  }

  void interface(const Interface& one) {
    line(0, "interface " + one.name + ", " + estate::text(one.role), one.place);
    line(1, "stem " + one.stem);
    std::vector<std::string> parts;
    for (const SubnetId id : one.subnets) parts.push_back(estate_.subnets[id].name);
    line(1, "subnets " + joined(parts, ", "));
    if (!one.addresses.empty()) line(1, "addresses " + text(one.addresses));
    line(1, "public " + estate::text(one.public_address) + ", of IPv6 " + estate::text(one.public_address_v6));
    if (one.ipv4_alone) line(1, "IPv4 alone");
    if (one.tunnelled) line(1, "hands on what comes in a tunnel");
    if (!one.translates.empty()) line(1, "translates " + estate::text(one.translates));
    for (const auto& set : one.lists) line(1, "rules " + names(set));
    parts.clear();
    for (const TagId id : one.tags) parts.push_back(estate_.tags[id].name);
    if (!parts.empty()) line(1, "tags " + joined(parts, ", "));
    line(1, fmt::format("how many: {} to {}", one.least ? std::to_string(*one.least) : "?",
                        one.most ? std::to_string(*one.most) : "?"));
  }

  void balancer(const Balancer& one) {
    line(0, "balancer " + estate_.interfaces[one.interface].name, one.place);
    line(1, fmt::format("keeps client address {}, known by tag {}, rewrites only {}, public frontend {}",
                        one.keeps_client_address, one.known_by_tag, one.rewrites_only, one.public_frontend));
    for (const Forward& forward : one.forwards) {
      std::string said = "forward " + estate::text(forward.listen) + " to " + estate_.interfaces[forward.target].name +
                         " " + estate::text(forward.to);
      if (forward.probe) said += ", probe " + estate::text(*forward.probe);
      if (forward.probe_from_platform) said += " from the platform";
      if (forward.family) said += *forward.family == net::Family::V4 ? ", IPv4 alone" : ", IPv6 alone";
      line(1, said, forward.place);
    }
  }

  void service(const Service& one) {
    line(0, estate::text(one.kind) + " " + one.name, one.place);
    if (one.elsewhere) {
      line(1, "made elsewhere");
    } else {
      line(1, "stem " + one.stem);
    }
    if (one.interface) line(1, "interface " + estate_.interfaces[*one.interface].name);
    if (one.key) line(1, "key of " + estate_.services[*one.key].name);
    if (one.archives_marked) line(1, "archives what is marked");
    if (one.archive_after_days) line(1, fmt::format("archived after {} days", *one.archive_after_days));
    if (one.lock_days) line(1, fmt::format("locked for {} days", *one.lock_days));
    if (one.tries) line(1, fmt::format("{} tries", *one.tries));
    if (one.retain_seconds) line(1, fmt::format("keeps for {} seconds", *one.retain_seconds));
    for (const Weakness& weakness : one.weaknesses) {
      line(1, (weakness.sure ? "weak: " : "perhaps weak: ") + weakness.what, weakness.place);
    }
  }

  void identity(const Identity& one) {
    line(0, "identity " + one.name, one.place);
    line(1, "stem " + one.stem);
    for (const InterfaceId id : one.interfaces) line(1, "of interface " + estate_.interfaces[id].name);
    for (const ServiceId id : one.functions) line(1, "of function " + estate_.services[id].name);
  }

  std::string names(const std::vector<ServiceId>& services) const {
    std::vector<std::string> parts;
    for (const ServiceId id : services) parts.push_back(estate_.services[id].name);
    return joined(parts, ", ");
  }

  void private_path(const PrivatePath& one) {
    line(0, "private path " + one.name + ", " + estate_.interfaces[one.interface].name, one.place);
    line(1, "for " + names(one.services) + (one.others ? " and others" : ""));
  }

  std::string text(const Who& who) const {
    return std::visit(Overloaded{[](const Anyone&) { return std::string("anyone"); },
                                 [](const Account&) { return std::string("the account"); },
                                 [&](const Named& named) {
                                   return std::visit(
                                       Overloaded{[](const std::string& name) { return "\"" + name + "\""; },
                                                  [&](SymbolId id) { return "<" + estate_.symbols[id].name + ">"; }},
                                       named.who);
                                 },
                                 [&](IdentityId id) { return "identity " + estate_.identities[id].name; },
                                 [&](ServiceId id) { return "service " + estate_.services[id].name; }},
                      who);
  }

  void access(const Access& one) {
    std::vector<std::string> actions;
    for (const Action action : one.actions) actions.emplace_back(word(action));
    line(
        0,
        fmt::format("access of {} to {}: {}", text(one.who), estate_.services[one.service].name, joined(actions, ", ")),
        one.place);
    std::vector<std::string> ways;
    if (one.anywhere) ways.emplace_back("anywhere");
    for (const PathId id : one.paths) ways.push_back("path " + estate_.private_paths[id].name);
    if (!one.from.empty()) ways.push_back("addresses " + text(one.from));
    line(1, "from " + (ways.empty() ? "nowhere" : joined(ways, ", ")));
    if (!one.doubt.empty()) line(1, "perhaps: " + one.doubt);
  }

  void flow_log(const FlowLog& one) {
    line(0,
         fmt::format("packets of {} are recorded in {}", one.network,
                     one.to ? estate_.services[*one.to].name : "a place of their own"),
         one.place);
    weaknesses(one.weaknesses);
  }

  void guard(const Guard& one) {
    line(0, "guard " + one.name, one.place);
    line(1, "tells " + (one.told ? estate_.services[*one.told].name : "nobody"));
    if (!one.exempt.empty()) line(1, "leaves alone " + joined(one.exempt, ", "));
    if (one.mailed && !one.mailed->empty()) line(1, "mails " + joined(*one.mailed, ", "));
    if (one.forbidding) line(1, "forbids others to change");
    if (one.blocking == true) line(1, "blocks the Internet but for what is left open");
    if (one.undoing) {
      const auto by = one.undoing->function;
      line(1, fmt::format("undoes changes of {} within {} s{}", joined(one.undoing->networks, ", "),
                          one.undoing->within_seconds, by ? " by " + estate_.services[*by].name : ""));
    }
    weaknesses(one.weaknesses);
  }

  void weaknesses(const std::vector<Weakness>& all) {
    for (const Weakness& weakness : all) {
      line(1, (weakness.sure ? "weak: " : "perhaps weak: ") + weakness.what, weakness.place);
    }
  }

  const Estate& estate_;
  std::string out_;
};

}  // namespace

std::string_view word(Action action) {
  static constexpr std::array<std::string_view, 17> kWords = {
      "read", "write", "delete",  "archive", "send",   "receive", "publish",   "subscribe", "get",
      "put",  "query", "encrypt", "decrypt", "invoke", "launch",  "terminate", "administer"};
  return kWords.at(static_cast<std::size_t>(action));
}

std::string dump(const Estate& estate) { return Dump(estate).all(); }

bool is_needed(const Estate& estate, InterfaceId interface) {
  return std::any_of(estate.needs.begin(), estate.needs.end(), [&](const Need& need) { return need.to == interface; });
}

std::string to_text(const Estate& estate, const std::vector<Block>& blocks) {
  return blocks.empty() ? "none" : Dump(estate).text(blocks);
}

}  // namespace crenel::estate
