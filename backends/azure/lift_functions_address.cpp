#include <string>

#include "backends/azure/lift_scope.h"
#include "compiler/net/prefix.h"

/// learn.microsoft.com, "CIDR functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

using estate::Part;
using net::Prefix;

/// A block as the functions take it: host bits do not matter to them.
std::optional<Prefix> block_of(const Value& value) {
  if (value.text() == nullptr) return std::nullopt;
  net::PrefixError error{};
  Prefix corrected;
  if (auto exact = net::parse_prefix(*value.text(), &error, &corrected)) return exact;
  return error == net::PrefixError::HostBits ? std::optional(corrected) : std::nullopt;
}

/// The block that a parameter gives, or a part of it.
std::optional<Cut> cut_of(const Value& value) {
  const Open* open = value.open();
  if (open == nullptr) return std::nullopt;
  if (const auto* given = std::get_if<Given>(&open->meaning)) return Cut{.parameter = given->parameter, .part = {}};
  const auto* cut = std::get_if<Cut>(&open->meaning);
  return cut != nullptr && cut->part ? std::optional(*cut) : std::nullopt;
}

constexpr int kLongest = 32;  // parts of late blocks are IPv4

/// The `index`-th part of `length` bits of what `of` is; nothing when the numbers do not allow it.
std::optional<Part> part_of(const std::optional<Part>& of, int length, std::uint64_t index) {
  if (length < 0 || length > kLongest) return std::nullopt;
  if (!of) {
    if (index > UINT32_MAX) return std::nullopt;
    return Part{.length = length, .index = static_cast<std::uint32_t>(index), .from_end = false};
  }
  if (length < of->length) return std::nullopt;
  const std::uint64_t parts = std::uint64_t{1} << static_cast<unsigned>(length - of->length);
  if (index >= parts) return std::nullopt;
  const std::uint64_t inside = of->from_end ? parts - 1 - index : index;
  const std::uint64_t number = of->index * parts + inside;
  if (number > UINT32_MAX) return std::nullopt;
  return Part{.length = length, .index = static_cast<std::uint32_t>(number), .from_end = of->from_end};
}

Value with_meaning(Value open, Cut cut) {
  std::get<Open>(open.is).meaning = std::move(cut);
  return open;
}

Value cidr_subnet(const Invocation& in) {
  const auto length = as_number(in[1]);
  const auto index = as_number(in[2]);
  if (const auto block = block_of(in[0]); block && length && index) {
    if (*length < 0 || *length > 128 || *index < 0) return in.wrong("has no such part");
    const auto part = block->part(static_cast<int>(*length), static_cast<net::U128>(*index));
    return part ? value_of(net::to_string(*part)) : in.wrong("has no such part");
  }
  const auto of = cut_of(in[0]);
  if (!of || !length) return in.any_open() ? in.open() : in.wrong("wants a block");
  if (index) {
    if (*index < 0 || *length < 0 || *length > kLongest) return in.wrong("has no such part");
    const auto part = part_of(of->part, static_cast<int>(*length), static_cast<std::uint64_t>(*index));
    return part ? with_meaning(in.open(), {.parameter = of->parameter, .part = part}) : in.open();
  }
  const Open* number = in[2].open();
  const auto* from_end = number == nullptr ? nullptr : std::get_if<NumberFromEnd>(&number->meaning);
  const bool fits =
      from_end != nullptr && !of->part && from_end->parameter == of->parameter && from_end->length == *length;
  if (!fits) return in.open();
  const Part part{.length = from_end->length, .index = from_end->before_last, .from_end = true};
  return with_meaning(in.open(), {.parameter = of->parameter, .part = part});
}

/// `cidrHost('10.0.0.0/24', 0)` is 10.0.0.1.
Value cidr_host(const Invocation& in) {
  const auto number = as_number(in[1]);
  const auto block = block_of(in[0]);
  if (!block || !number) return in.any_open() ? in.open() : in.wrong("wants a block");
  if (*number < 0) return in.wrong("has no such address");
  const int longest = net::bits_of(block->address.family);
  const auto one = block->part(longest, static_cast<net::U128>(*number) + 1);
  return one ? value_of(net::to_string(one->address)) : in.wrong("has no such address");
}

Value parse_cidr(const Invocation& in) {
  Fields out;
  if (const auto block = block_of(in[0])) {
    out.push_back({.name = "network", .value = value_of(net::to_string(block->address))});
    out.push_back({.name = "cidr", .value = value_of(std::int64_t{block->length})});
    for (const char* name : {"netmask", "broadcast", "firstUsable", "lastUsable"}) {
      out.push_back({.name = name, .value = open_value(written(in.open()) + "." + name)});
    }
    return {.is = std::move(out), .span = {}};
  }
  if (!in.any_open()) return in.wrong("wants a block");
  const auto of = cut_of(in[0]);
  for (const char* name : {"network", "netmask", "broadcast", "firstUsable", "lastUsable"}) {
    out.push_back({.name = name, .value = open_value(written(in.open()) + "." + name)});
  }
  Value length = open_value(written(in.open()) + ".cidr");
  if (of && of->part) length = value_of(std::int64_t{of->part->length});
  if (of && !of->part) std::get<Open>(length.is).meaning = LengthOf{of->parameter};
  out.push_back({.name = "cidr", .value = std::move(length)});
  return {.is = std::move(out), .span = {}};
}

}  // namespace

const std::vector<Function>& address_functions() {
  static const std::vector<Function> table = {
      {"cidrSubnet", 3, 3, cidr_subnet},
      {"cidrHost", 2, 2, cidr_host},
      {"parseCidr", 1, 1, parse_cidr},
  };
  return table;
}

}  // namespace crenel::azure::lifting
