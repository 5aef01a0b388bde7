#include "compiler/driver/certificate_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crenel::driver {
namespace {

constexpr net::Interval kAllNumbers = {0, 65535};
constexpr int kIcmpCodes = 256;

std::string protocol_text(std::uint8_t number) {
  const auto found = std::find_if(net::kProtocols.begin(), net::kProtocols.end(),
                                  [&](net::Protocol each) { return static_cast<std::uint8_t>(each) == number; });
  return found == net::kProtocols.end() ? fmt::format("protocol {}", number) : net::to_string(*found);
}

std::string interval_text(int first, int last) {
  return first == last ? std::to_string(first) : fmt::format("{}..{}", first, last);
}

/// Types; with codes only where not all of them are meant.
std::string icmp_text(net::Interval numbers) {
  const bool whole = numbers.first % kIcmpCodes == 0 && numbers.last % kIcmpCodes == kIcmpCodes - 1;
  if (whole) return interval_text(numbers.first / kIcmpCodes, numbers.last / kIcmpCodes);
  return fmt::format("{} codes {}", numbers.first / kIcmpCodes,
                     interval_text(numbers.first % kIcmpCodes, numbers.last % kIcmpCodes));
}

std::string text(const estate::Kind& kind) {
  const bool all = kind.ports == kAllNumbers;
  std::string out = kind.protocol ? protocol_text(*kind.protocol) : all ? "all packets" : "any protocol";
  if (!all) {
    const bool icmp = kind.protocol && (*kind.protocol == static_cast<std::uint8_t>(net::Protocol::Icmp) ||
                                        *kind.protocol == static_cast<std::uint8_t>(net::Protocol::Icmp6));
    out += '/' + (icmp ? icmp_text(kind.ports) : interval_text(kind.ports.first, kind.ports.last));
  }
  if (kind.source_ports != kAllNumbers) {
    out += " from port " + interval_text(kind.source_ports.first, kind.source_ports.last);
  }
  return out;
}

std::string text(const std::vector<estate::Kind>& kinds) {
  std::string out;
  for (const estate::Kind& kind : kinds) out += (out.empty() ? "" : ", ") + text(kind);
  return out;
}

void append(const estate::RuleList& list, bool in, std::vector<RuleRow>& out) {
  for (const estate::Rule& rule : in ? list.in : list.out) {
    out.push_back(
        {.at = rule.place.path, .list = list.name, .in = in, .allow = rule.allow, .packets = text(rule.kinds)});
  }
}

/// The interfaces that a list filters.
std::vector<const estate::Interface*> filtered(const estate::Estate& estate, estate::RuleListId list) {
  const auto has = [&](const std::vector<estate::RuleListId>& lists) {
    return std::find(lists.begin(), lists.end(), list) != lists.end();
  };
  std::vector<const estate::Interface*> out;
  for (const estate::Interface& interface : estate.interfaces) {
    const bool own = std::any_of(interface.lists.begin(), interface.lists.end(), has);
    const bool by_subnet = std::any_of(interface.subnets.begin(), interface.subnets.end(),
                                       [&](estate::SubnetId subnet) { return has(estate.subnets[subnet].lists); });
    if (own || by_subnet) out.push_back(&interface);
  }
  return out;
}

std::string why(const estate::Estate& estate, estate::RuleListId list, const estate::Rule& rule, bool in) {
  const estate::Peers& other = in ? rule.source : rule.destination;
  if (other.platform && !other.anyone) return "for the provider's own machines";
  const auto behind = filtered(estate, list);
  const auto is_behind = [&](estate::InterfaceId id) {
    return std::find(behind.begin(), behind.end(), &estate.interfaces[id]) != behind.end();
  };
  for (const estate::Balancer& balancer : estate.balancers) {
    for (const estate::Forward& forward : balancer.forwards) {
      const bool asked =
          forward.probe && std::find(rule.kinds.begin(), rule.kinds.end(), *forward.probe) != rule.kinds.end();
      if (asked && is_behind(in ? forward.target : balancer.interface))
        return "a balancer asks its targets how they are";
    }
  }
  if (behind.empty()) return "no interface has this list";
  const bool balancers = std::all_of(
      behind.begin(), behind.end(), [](const estate::Interface* each) { return each->role == estate::Role::Balancer; });
  if (balancers) return "a balancer takes what its listeners take, and opens conversations with its targets only";
  return "nothing that the design has comes or goes by it";
}

}  // namespace

std::vector<RuleRow> rule_rows(const estate::Estate& estate) {
  std::vector<RuleRow> out;
  for (const estate::RuleList& list : estate.rule_lists) {
    append(list, true, out);
    append(list, false, out);
  }
  return out;
}

std::vector<BeyondRow> beyond_rows(const estate::Estate& estate, const verify::Deciding& deciding) {
  std::set<std::string> needed;
  for (const auto& flow : deciding.flows) {
    for (const auto& passage : flow) {
      for (const auto& place : passage.by) needed.insert(place.path);
    }
  }
  std::vector<BeyondRow> out;
  for (const auto id : estate.rule_lists.ids()) {
    const estate::RuleList& list = estate.rule_lists[id];
    for (const bool in : {true, false}) {
      for (const estate::Rule& rule : in ? list.in : list.out) {
        const bool added = rule.place.path == list.place.path;
        if (!list.stateful || !rule.allow || added || needed.contains(rule.place.path)) continue;
        out.push_back({.at = rule.place.path, .packets = text(rule.kinds), .why = why(estate, id, rule, in)});
      }
    }
  }
  return out;
}

}  // namespace crenel::driver
