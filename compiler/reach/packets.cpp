#include "compiler/reach/packets.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <utility>

#include "compiler/reach/packets_numbers.h"

namespace crenel::reach {
namespace {

constexpr std::uint32_t kFirstClientPort = 1024;

constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kIcmp6 = 58;

struct Answer {
  std::uint32_t question;
  std::uint32_t answer;
};
/// Echo, timestamp, information, address mask.
constexpr std::array<Answer, 4> kIcmpAnswers = {{{8, 0}, {13, 14}, {15, 16}, {17, 18}}};
constexpr std::array<Answer, 1> kIcmp6Answers = {{{128, 129}}};

template <class Visit>
void each_answer(std::uint8_t protocol, Visit visit) {
  if (protocol == kIcmp) std::for_each(kIcmpAnswers.begin(), kIcmpAnswers.end(), visit);
  if (protocol == kIcmp6) std::for_each(kIcmp6Answers.begin(), kIcmp6Answers.end(), visit);
}

net::Interval numbers_of(net::Protocol protocol, net::Interval interval) {
  if (!is_icmp(static_cast<std::uint8_t>(protocol))) return interval;
  return {.first = static_cast<std::uint16_t>(interval.first * kIcmpCodes),
          .last = static_cast<std::uint16_t>(interval.last * kIcmpCodes + kIcmpCodes - 1)};
}

void cut(std::set<std::uint32_t>& cuts, net::Interval at) {
  cuts.insert(at.first);
  if (at.last != kEveryNumber.last) cuts.insert(at.last + std::uint32_t{1});
}

struct Cuts {
  std::set<std::uint32_t> numbers = {0};
  std::set<std::uint32_t> sources = {0};
};

/// The index of the interval that holds `number`.
std::size_t interval_of(const std::vector<std::uint32_t>& starts, std::uint32_t number) {
  return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), number) - starts.begin()) - 1;
}

/// `range` lies behind all that is in `to`.
}  // namespace

void add(AtomRanges& to, AtomRange range) {
  if (range.first >= range.end) return;
  if (!to.empty() && to.back().end >= range.first) {
    to.back().end = std::max(to.back().end, range.end);
  } else {
    to.push_back(range);
  }
}

bool has_ports(std::uint8_t protocol) {
  return protocol == static_cast<std::uint8_t>(net::Protocol::Tcp) ||
         protocol == static_cast<std::uint8_t>(net::Protocol::Udp) ||
         protocol == static_cast<std::uint8_t>(net::Protocol::Sctp);
}

bool contains(const AtomRanges& ranges, PacketAtom atom) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), atom,
                                      [](PacketAtom one, const AtomRange& range) { return one < range.first; });
  return after != ranges.begin() && atom < std::prev(after)->end;
}

Packets::Packets(const std::vector<estate::Kind>& kinds, const std::vector<net::Traffic>& traffics) {
  std::map<std::uint8_t, Cuts> cuts;
  for (const net::Protocol protocol : net::kProtocols) cuts[static_cast<std::uint8_t>(protocol)];
  for (const estate::Kind& kind : kinds) {
    if (kind.protocol) cuts[*kind.protocol];
  }
  const auto cut_kind = [&](std::uint8_t protocol, Cuts& at, const estate::Kind& kind) {
    if (has_ports(protocol) || is_icmp(protocol)) cut(at.numbers, kind.ports);
    if (has_ports(protocol)) cut(at.sources, kind.source_ports);
  };
  for (const estate::Kind& kind : kinds) {
    if (kind.protocol) {
      cut_kind(*kind.protocol, cuts[*kind.protocol], kind);
    } else {
      for (auto& [protocol, at] : cuts) {
        if (has_ports(protocol)) cut_kind(protocol, at, kind);
      }
    }
  }
  for (const net::Traffic& traffic : traffics) {
    for (const net::ProtocolPorts& part : traffic.parts()) {
      for (const net::Interval& ports : part.ports) {
        cut(cuts[static_cast<std::uint8_t>(part.protocol)].numbers, numbers_of(part.protocol, ports));
      }
    }
  }
  for (auto& [protocol, at] : cuts) {
    // An answer's source port is the question's destination port: where the one is cut, so is the other.
    at.numbers.insert(at.sources.begin(), at.sources.end());
    each_answer(protocol, [&numbers = at.numbers](Answer answer) {
      numbers.insert({answer.question * kIcmpCodes, (answer.question + 1) * kIcmpCodes, answer.answer * kIcmpCodes,
                      answer.answer * kIcmpCodes + 1});
    });
    protocols_.push_back({.number = protocol,
                          .numbers = {at.numbers.begin(), at.numbers.end()},
                          .sources = {at.sources.begin(), at.sources.end()}});
  }
  protocols_.push_back({.number = std::nullopt, .numbers = {0}, .sources = {0}});
  index_.fill(static_cast<std::uint16_t>(protocols_.size() - 1));
  for (std::size_t i = 0; i < protocols_.size(); ++i) {
    protocols_[i].first = static_cast<PacketAtom>(size_);
    size_ += protocols_[i].size();
    if (protocols_[i].number) index_.at(*protocols_[i].number) = static_cast<std::uint16_t>(i);
  }
}

const Packets::Protocol* Packets::find(std::uint8_t number) const {
  const Protocol& found = protocols_[index_.at(number)];
  return found.number ? &found : nullptr;
}

const Packets::Protocol& Packets::of_atom(PacketAtom atom) const {
  const auto after = std::upper_bound(protocols_.begin(), protocols_.end(), atom,
                                      [](PacketAtom one, const Protocol& protocol) { return one < protocol.first; });
  return *std::prev(after);
}

void Packets::append(const Protocol& protocol, net::Interval numbers, net::Interval sources, AtomRanges& to) const {
  const auto columns = static_cast<PacketAtom>(protocol.sources.size());
  const auto first = static_cast<PacketAtom>(interval_of(protocol.numbers, numbers.first));
  const auto last = static_cast<PacketAtom>(interval_of(protocol.numbers, numbers.last));
  if (sources == kEveryNumber) {
    add(to, {.first = protocol.first + first * columns, .end = protocol.first + (last + 1) * columns});
    return;
  }
  const auto left = static_cast<PacketAtom>(interval_of(protocol.sources, sources.first));
  const auto right = static_cast<PacketAtom>(interval_of(protocol.sources, sources.last));
  for (PacketAtom row = first; row <= last; ++row) {
    const PacketAtom start = protocol.first + row * columns;
    add(to, {.first = start + left, .end = start + right + 1});
  }
}

AtomRanges Packets::may_match(const estate::Kind& kind) const {
  AtomRanges out;
  for (const Protocol& protocol : protocols_) {
    if (kind.protocol && kind.protocol != protocol.number) continue;
    const bool ported = protocol.number && has_ports(*protocol.number);
    const bool numbered = ported || (kind.protocol && protocol.number && is_icmp(*protocol.number));
    append(protocol, numbered ? kind.ports : kEveryNumber, ported ? kind.source_ports : kEveryNumber, out);
  }
  return out;
}

AtomRanges Packets::surely_match(const estate::Kind& kind) const {
  if (kind.ports == kEveryNumber && kind.source_ports == kEveryNumber) return may_match(kind);
  AtomRanges out;
  for (const Protocol& protocol : protocols_) {
    if (kind.protocol && kind.protocol != protocol.number) continue;
    const bool ported = protocol.number && has_ports(*protocol.number);
    const bool typed = kind.protocol && is_icmp(*kind.protocol) && kind.source_ports == kEveryNumber;
    if (ported || typed) append(protocol, kind.ports, ported ? kind.source_ports : kEveryNumber, out);
  }
  return out;
}

AtomRanges Packets::matched(const net::Traffic& traffic) const {
  AtomRanges out;
  if (traffic.is_all()) return {{.first = 0, .end = static_cast<PacketAtom>(size_)}};
  for (const Protocol& protocol : protocols_) {
    for (const net::ProtocolPorts& part : traffic.parts()) {
      if (static_cast<std::uint8_t>(part.protocol) != protocol.number) continue;
      for (const net::Interval& ports : part.ports)
        append(protocol, numbers_of(part.protocol, ports), kEveryNumber, out);
    }
  }
  return out;
}

PacketSet Packets::set(const AtomRanges& ranges) const {
  PacketSet out(size_);
  for (const AtomRange& range : ranges) {
    for (PacketAtom atom = range.first; atom < range.end; ++atom) out.insert(atom);
  }
  return out;
}

PacketSet Packets::all() const { return set({{.first = 0, .end = static_cast<PacketAtom>(size_)}}); }
PacketSet Packets::of(const estate::Kind& kind) const { return set(may_match(kind)); }
PacketSet Packets::of(const net::Traffic& traffic) const { return set(matched(traffic)); }

AtomRanges Packets::answered_by(const AtomRanges& passing) const { return answered(passing, true); }
AtomRanges Packets::perhaps_answered_by(const AtomRanges& passing) const { return answered(passing, false); }

AtomRanges Packets::answered(const AtomRanges& passing, bool surely) const {
  AtomRanges out;
  for (const Protocol& protocol : protocols_) {
    if (protocol.number && has_ports(*protocol.number)) {
      answered_ports(protocol, passing, surely, out);
    } else if (protocol.number && is_icmp(*protocol.number)) {
      answered_icmp(protocol, passing, out);
    } else if (contains(passing, protocol.first)) {
      add(out, {.first = protocol.first, .end = protocol.first + protocol.size()});
    }
  }
  return out;
}

/// The answer to (number, source) is (source, number).
void Packets::answered_ports(const Protocol& protocol, const AtomRanges& passing, bool surely, AtomRanges& to) const {
  const std::size_t columns = protocol.sources.size();
  // by source interval of the question, and by source interval of the answer
  std::vector<std::vector<bool>> passes(columns, std::vector<bool>(columns));
  for (std::size_t source = 0; source < columns; ++source) {
    std::uint32_t first = protocol.sources[source];
    const std::uint32_t last = last_of(protocol.sources, source);
    if (last >= kFirstClientPort) first = std::max(first, kFirstClientPort);
    const std::size_t left = interval_of(protocol.numbers, first);
    const std::size_t right = interval_of(protocol.numbers, last);
    for (std::size_t column = 0; column < columns; ++column) {
      std::size_t passed = 0;
      for (std::size_t row = left; row <= right; ++row) {
        passed += contains(passing, protocol.first + static_cast<PacketAtom>(row * columns + column)) ? 1 : 0;
      }
      passes[source][column] = surely ? passed == right - left + 1 : passed > 0;
    }
  }
  for (std::size_t row = 0; row < protocol.numbers.size(); ++row) {
    const std::size_t column = interval_of(protocol.sources, protocol.numbers[row]);
    for (std::size_t source = 0; source < columns; ++source) {
      const PacketAtom atom = protocol.first + static_cast<PacketAtom>(row * columns + source);
      if (passes[source][column]) add(to, {.first = atom, .end = atom + 1});
    }
  }
}

void Packets::answered_icmp(const Protocol& protocol, const AtomRanges& passing, AtomRanges& to) const {
  for (std::size_t row = 0; row < protocol.numbers.size(); ++row) {
    bool passes = true;
    each_answer(*protocol.number, [&](Answer answer) {
      if (protocol.numbers[row] / kIcmpCodes != answer.question) return;
      const std::size_t back = interval_of(protocol.numbers, answer.answer * kIcmpCodes);
      passes = contains(passing, protocol.first + static_cast<PacketAtom>(back));
    });
    const PacketAtom atom = protocol.first + static_cast<PacketAtom>(row);
    if (passes) add(to, {.first = atom, .end = atom + 1});
  }
}

}  // namespace crenel::reach
