#include "backends/azure/rule_list.h"

#include <algorithm>
#include <array>
#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/limits.h"
#include "backends/azure/names.h"

namespace crenel::azure {
namespace {

/// The numbers of a band. Named flows have the most room; the whole is 100..4096.
struct Range {
  int first;
  int last;
};
Range range_of(Band band) {
  switch (band) {
    case Band::Named:
      return {kFirstPriority, 1999};
    case Band::NotInternet:
      return {2000, 2499};
    case Band::Internet:
      return {2500, 3899};
    case Band::Platform:
      return {3900, 4095};
    case Band::Rest:
      return {kLastPriority, kLastPriority};
  }
  return {kFirstPriority, kLastPriority};
}

std::string_view word(Direction direction) { return direction == Direction::Inbound ? "In" : "Out"; }

struct ProtocolRule {
  std::string protocol;
  std::string word;  ///< for names
  std::vector<std::string> ports;
};

std::string protocol_word(net::Protocol protocol) {
  return protocol == net::Protocol::Tcp ? "Tcp" : protocol == net::Protocol::Udp ? "Udp" : "Icmp";
}

std::vector<ProtocolRule> split(const net::Traffic& traffic) {
  if (traffic.is_all()) return {{"*", "All", {"*"}}};
  std::vector<ProtocolRule> out;
  for (const net::ProtocolPorts& part : traffic.parts()) {
    const std::string protocol = protocol_word(part.protocol);
    ProtocolRule rule{protocol, protocol, {}};
    const bool every_port = part.ports.front() == net::Interval{0, 65535};
    if (part.protocol == net::Protocol::Icmp || every_port) {
      rule.ports = {"*"};
    } else {
      for (const net::Interval& ports : part.ports) {
        rule.ports.push_back(std::to_string(ports.first) +
                             (ports.first == ports.last ? "" : "-" + std::to_string(ports.last)));
        rule.word += (rule.ports.size() == 1 ? "" : "-") + rule.ports.back();
      }
    }
    out.push_back(std::move(rule));
  }
  return out;
}

/// An end in a rule's name. Addresses keep their numbers apart: "198-51-100-0-24".
std::string end_word(const model::Design& design, const model::Endpoint& end) {
  std::string name = model::name_of(design, end);
  if (name.find('/') == std::string::npos) return pascal(name);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.' || c == ':' || c == '/'; }, '-');
  return name;
}

std::string description_of(const model::FlowStatement& statement) {
  if (statement.because.empty()) {
    return short_description(statement.text + (statement.implied ? " (implied by the balancer's forward)" : ""));
  }
  return short_description(statement.because + " (" + statement.text + ")");
}

/// Which packets a rule of ICMP would let in from addresses of IPv6 is said nowhere, and none are declared.
bool is_of_ipv6(const Side& side) {
  const auto* prefixes = std::get_if<Prefixes>(&side);
  return prefixes != nullptr && prefixes->blocks.front().is_literal() &&
         prefixes->blocks.front().text().find(':') != std::string::npos;
}

/// No packet has addresses of two families, and no rule ("It isn't currently possible to combine an IPv4 subnet with an
/// IPv6 subnet in the same rule").
bool are_apart(const Side& one, const Side& other) {
  const bool both = std::holds_alternative<Prefixes>(one) && std::holds_alternative<Prefixes>(other);
  return both && is_of_ipv6(one) != is_of_ipv6(other);
}

bool is_nothing(const std::string& protocol, const Side& one, const Side& other) {
  return are_apart(one, other) || (protocol == "Icmp" && (is_of_ipv6(one) || is_of_ipv6(other)));
}

bool same_packets(const Rule& a, const Rule& b) {
  return a.direction == b.direction && a.access == b.access && a.band == b.band && a.protocol == b.protocol &&
         a.ports == b.ports && a.source == b.source && a.destination == b.destination;
}

/// Names at most 80 characters, unlike each other whatever the case of letters.
void make_names_unique(std::vector<Rule>& rules) {
  constexpr std::size_t kLongest = 80;
  constexpr std::size_t kRoomForNumber = 5;
  std::set<std::string> taken;
  for (Rule& rule : rules) {
    if (rule.name.size() > kLongest) rule.name.resize(kLongest - kRoomForNumber);
    while (!rule.name.empty() && rule.name.back() == '-') rule.name.pop_back();
    const auto lower = [](std::string text) {
      std::transform(text.begin(), text.end(), text.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
      return text;
    };
    std::string name = rule.name;
    for (int number = 2; !taken.insert(lower(name)).second; ++number) {
      name = rule.name.substr(0, kLongest - kRoomForNumber) + "-" + std::to_string(number);
    }
    rule.name = std::move(name);
  }
}

/// Tens while there is room, so that a hand could put a rule between; then every number.
void number(std::vector<Rule>& rules) {
  for (const Direction direction : {Direction::Inbound, Direction::Outbound}) {
    for (const Band band : {Band::Named, Band::NotInternet, Band::Internet, Band::Platform, Band::Rest}) {
      const auto is_here = [&](const Rule& rule) { return rule.direction == direction && rule.band == band; };
      const auto count = static_cast<int>(std::count_if(rules.begin(), rules.end(), is_here));
      const Range range = range_of(band);
      const int step = count * 10 <= range.last - range.first ? 10 : 1;
      int next = range.first;
      for (Rule& rule : rules) {
        if (!is_here(rule)) continue;
        rule.priority = next;
        next += step;
      }
    }
  }
}

}  // namespace

void RuleList::allow(Direction direction, Band band, const Side& source, const Side& destination,
                     const net::Traffic& traffic, const model::Flow& flow) {
  if (band == Band::Internet) carve(direction);
  const model::FlowStatement& statement = design_.statements[flow.statement];
  for (ProtocolRule& part : split(traffic)) {
    if (is_nothing(part.protocol, source, destination)) continue;
    Rule rule;
    rule.direction = direction;
    rule.band = band;
    rule.protocol = std::move(part.protocol);
    rule.ports = std::move(part.ports);
    rule.source = source;
    rule.destination = destination;
    rule.name = "Allow" + std::string(word(direction)) + end_word(design_, flow.from) + "To" +
                end_word(design_, flow.to) + part.word;
    rule.description = description_of(statement);
    rule.statement = flow.statement;
    const auto is_same = [&](const Rule& other) { return same_packets(rule, other); };
    if (std::none_of(rules_.begin(), rules_.end(), is_same)) rules_.push_back(std::move(rule));
  }
}

void RuleList::platform(Direction direction, const Side& source, const Side& destination, const net::Traffic& traffic,
                        const std::string& name, const std::string& description, Band band) {
  for (ProtocolRule& part : split(traffic)) {
    Rule rule;
    rule.direction = direction;
    rule.band = band;
    rule.protocol = std::move(part.protocol);
    rule.ports = std::move(part.ports);
    rule.source = source;
    rule.destination = destination;
    rule.name = name;
    rule.description = short_description(description);
    const auto is_same = [&](const Rule& other) { return same_packets(rule, other); };
    if (std::none_of(rules_.begin(), rules_.end(), is_same)) rules_.push_back(std::move(rule));
  }
}

void RuleList::carve(Direction direction) {
  bool& done = carved_[static_cast<std::size_t>(direction)];
  if (done) return;
  done = true;
  const Addresses excluded = outside_internet(design_, network_);
  const auto deny = [&](std::vector<Term> blocks) {
    Rule rule;
    rule.direction = direction;
    rule.access = Access::Deny;
    rule.band = Band::NotInternet;
    const Side side = Prefixes{std::move(blocks)};
    rule.source = direction == Direction::Inbound ? side : Side(AnyAddress{});
    rule.destination = direction == Direction::Inbound ? Side(AnyAddress{}) : side;
    rule.name = "Deny" + std::string(word(direction)) + "NotInternet";
    rule.description = "private space, the design's networks and linked sites are no part of the Internet";
    rules_.push_back(std::move(rule));
  };
  deny(excluded.known);
  for (const Term& late : excluded.late) deny({late});
  if (design_.networks[network_].ipv6) deny(excluded.known6);
}

void RuleList::deny_part(Direction direction, const Side& member, const net::Traffic& traffic,
                         const model::Flow& flow) {
  if (flow.except.empty()) return;
  const Addresses denied = addresses(design_, flow.except);
  std::vector<Side> places;
  if (!denied.known.empty()) places.emplace_back(Prefixes{denied.known});
  for (const Term& late : denied.late) places.emplace_back(Prefixes{{late}});
  const bool inbound = direction == Direction::Inbound;
  const auto home = model::tier_of(design_, inbound ? flow.to : flow.from);
  const bool ipv6 = home && model::has_family(design_, *home, net::Family::V6);
  if (ipv6 && !denied.known6.empty()) places.emplace_back(Prefixes{denied.known6});
  for (const Side& place : places) {
    if (are_apart(place, member)) continue;
    for (ProtocolRule& part : split(traffic)) {
      Rule rule;
      rule.direction = direction;
      rule.access = Access::Deny;
      rule.band = Band::NotInternet;
      rule.protocol = std::move(part.protocol);
      rule.ports = std::move(part.ports);
      rule.source = inbound ? place : member;
      rule.destination = inbound ? member : place;
      const model::Endpoint& end = inbound ? flow.to : flow.from;
      rule.name =
          "Deny" + std::string(word(direction)) + (inbound ? "To" : "From") + end_word(design_, end) + part.word;
      rule.description = short_description("denied in this design, and so no part of the Internet here");
      rule.statement = flow.statement;
      const auto is_same = [&](const Rule& other) { return same_packets(rule, other); };
      if (std::none_of(rules_.begin(), rules_.end(), is_same)) rules_.push_back(std::move(rule));
    }
  }
}

void RuleList::close(Direction direction) {
  Rule rule;
  rule.direction = direction;
  rule.access = Access::Deny;
  rule.band = Band::Rest;
  rule.source = AnyAddress{};
  rule.destination = AnyAddress{};
  rule.name = "Deny" + std::string(word(direction)) + "Rest";
  rule.description = "closed except for the flows above; stands before Azure's default rules 65000 and 65001";
  rules_.push_back(std::move(rule));
}

std::vector<Rule> RuleList::finish() && {
  close(Direction::Inbound);
  close(Direction::Outbound);
  std::stable_sort(rules_.begin(), rules_.end(), [](const Rule& a, const Rule& b) {
    return std::pair(a.direction, a.band) < std::pair(b.direction, b.band);
  });
  make_names_unique(rules_);
  number(rules_);
  return std::move(rules_);
}

}  // namespace crenel::azure
