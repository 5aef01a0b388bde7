#include <algorithm>

#include "compiler/reach/packets.h"
#include "compiler/reach/packets_numbers.h"

namespace crenel::reach {
namespace {

std::string protocol_text(std::optional<std::uint8_t> number) {
  if (!number) return "other protocols";
  for (const net::Protocol named : net::kProtocols) {
    if (static_cast<std::uint8_t>(named) == *number) return net::to_string(named);
  }
  return "protocol " + std::to_string(*number);
}

std::string interval_text(std::uint32_t first, std::uint32_t last) {
  return std::to_string(first) + (first == last ? "" : ".." + std::to_string(last));
}

/// Type and code as people write them: "8", "3..4", "3 code 4", "3 codes 1..255".
std::string icmp_text(std::uint32_t first, std::uint32_t last) {
  const bool whole_types = first % kIcmpCodes == 0 && last % kIcmpCodes == kIcmpCodes - 1;
  if (whole_types) return interval_text(first / kIcmpCodes, last / kIcmpCodes);
  if (first / kIcmpCodes == last / kIcmpCodes) {
    return std::to_string(first / kIcmpCodes) + (first == last ? " code " : " codes ") +
           interval_text(first % kIcmpCodes, last % kIcmpCodes);
  }
  return std::to_string(first / kIcmpCodes) + " code " + std::to_string(first % kIcmpCodes) + " to " +
         std::to_string(last / kIcmpCodes) + " code " + std::to_string(last % kIcmpCodes);
}

/// Whole types first, so that "8" is not said as a part of something odd: [3.5 .. 9.1] is three pieces.
std::vector<std::pair<std::uint32_t, std::uint32_t>> icmp_pieces(std::uint32_t first, std::uint32_t last) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
  if (first % kIcmpCodes != 0) {
    const std::uint32_t end = std::min(last, first / kIcmpCodes * kIcmpCodes + kIcmpCodes - 1);
    pieces.emplace_back(first, end);
    first = end + 1;
  }
  const std::uint32_t whole_end = (last + 1) / kIcmpCodes * kIcmpCodes;
  if (first < whole_end) pieces.emplace_back(first, whole_end - 1);
  if (std::max(first, whole_end) <= last) pieces.emplace_back(std::max(first, whole_end), last);
  return pieces;
}

}  // namespace

std::string Packets::numbers_text(const Protocol& protocol, std::size_t first, std::size_t end) const {
  std::string name = protocol_text(protocol.number);
  const std::uint32_t low = protocol.numbers[first];
  const std::uint32_t high = last_of(protocol.numbers, end - 1);
  if (low == 0 && high == kNumbers - 1) return name;
  if (!protocol.number || !is_icmp(*protocol.number)) return name + "/" + interval_text(low, high);
  std::string out;
  for (const auto& [from, to] : icmp_pieces(low, high))
    out += (out.empty() ? "" : ", ") + name + "/" + icmp_text(from, to);
  return out;
}

std::string Packets::witness(PacketAtom atom) const {
  const Protocol& protocol = of_atom(atom);
  if (!protocol.number) {
    // the first number that nothing names; there always is one, a rule names one number
    std::uint32_t number = 0;
    while (number < 255 && find(static_cast<std::uint8_t>(number)) != nullptr) ++number;
    return "protocol " + std::to_string(number);
  }
  std::string name = protocol_text(protocol.number);
  const std::size_t row = (atom - protocol.first) / protocol.sources.size();
  const std::size_t column = (atom - protocol.first) % protocol.sources.size();
  if (!has_ports(*protocol.number) && !is_icmp(*protocol.number)) return name;
  std::uint32_t number = protocol.numbers[row];
  if (is_icmp(*protocol.number)) {
    const std::uint32_t code = number % kIcmpCodes;
    return name + "/" + std::to_string(number / kIcmpCodes) + (code == 0 ? "" : " code " + std::to_string(code));
  }
  // port 0 is no port that anybody listens on
  if (number == 0 && last_of(protocol.numbers, row) > 0) number = 1;
  std::string out = name + "/" + std::to_string(number);
  if (protocol.sources.size() > 1) out += " from port " + std::to_string(protocol.sources[column]);
  return out;
}

std::string Packets::text(const PacketSet& set) const {
  const std::vector<PacketAtom> atoms = set.atoms();
  if (atoms.size() == size_) return "all packets";
  std::string out;
  const auto say = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  for (const Protocol& protocol : protocols_) {
    const std::size_t columns = protocol.sources.size();
    const std::size_t rows = protocol.numbers.size();
    const auto column_set = [&](std::size_t row) {
      std::vector<std::size_t> columns_in;
      for (std::size_t column = 0; column < columns; ++column) {
        if (set.contains(protocol.first + static_cast<PacketAtom>(row * columns + column)))
          columns_in.push_back(column);
      }
      return columns_in;
    };
    for (std::size_t row = 0; row < rows;) {
      const std::vector<std::size_t> sources = column_set(row);
      std::size_t end = row + 1;
      while (end < rows && column_set(end) == sources) ++end;
      if (sources.size() == columns) say(numbers_text(protocol, row, end));
      for (std::size_t i = 0; sources.size() != columns && i < sources.size();) {
        std::size_t last = i;
        while (last + 1 < sources.size() && sources[last + 1] == sources[last] + 1) ++last;
        say(numbers_text(protocol, row, end) + " from port " +
            interval_text(protocol.sources[sources[i]], last_of(protocol.sources, sources[last])));
        i = last + 1;
      }
      row = end;
    }
  }
  return out.empty() ? "no packet" : out;
}

}  // namespace crenel::reach
