#include "backends/aws/lift_blocks.h"

#include <charconv>
#include <utility>
#include <vector>

#include "backends/aws/lift_evaluate.h"
#include "backends/aws/lift_functions.h"

namespace crenel::aws::reading {
namespace {

using estate::Block;
using estate::Estate;

constexpr std::int64_t kMostParts = 256;  // of one Fn::Cidr
constexpr std::int64_t kMostHostBits = 128;

/// Which attributes hold blocks of IPv6.
bool is_v6(const std::string& name) { return name.find("Ipv6Cidr") != std::string::npos; }

Late base_of(const Value& value) {
  if (const auto* late = value.as<Late>()) return *late;
  if (const auto* to = value.as<Reference>()) return {to->resource + "." + to->attribute, false};
  return {words(value), false};
}

/// The `index`-th block of `length` bits in a part.
estate::Part part_of(const estate::Part* outer, int length, std::uint32_t index) {
  if (outer == nullptr) return {.length = length, .index = index, .from_end = false};
  const int bits = length - outer->length;
  if (outer->from_end) {
    const std::uint32_t last = (std::uint32_t{1} << bits) - 1;
    return {.length = length, .index = (outer->index << bits) | (last - index), .from_end = true};
  }
  return {.length = length, .index = (outer->index << bits) | index, .from_end = false};
}

/// True when a block holds that many of that length, and they can be counted in 32 bits.
bool fits(const estate::Part* outer, int length, std::int64_t count) {
  if (outer == nullptr) return true;
  const int bits = length - outer->length;
  if (bits < 0 || bits > 24 || count > (std::int64_t{1} << bits)) return false;
  return ((std::uint64_t{outer->index} + 1) << static_cast<unsigned>(bits)) <= UINT32_MAX;
}

std::vector<std::string> octets_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '.') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::optional<int> small_number(const std::string& text, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number < 0 || number > most ? std::nullopt : std::optional(number);
}

/// "10.${Net}.16.0/20": a part of the block that "10.${Net}.0.0/16" is.
std::optional<Block> patterned(const Value& value, const Composed& composed, Estate& estate) {
  if (composed.pieces.size() != 3) return std::nullopt;
  const auto before = known_text(composed.pieces[0]);
  const auto after = known_text(composed.pieces[2]);
  if (!before || !after || !before->ends_with('.') || !after->starts_with('.')) return std::nullopt;
  const std::size_t slash = after->find('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::vector<std::string> first = octets_of(before->substr(0, before->size() - 1));
  const std::vector<std::string> rest = octets_of(after->substr(1, slash - 1));
  const auto length = small_number(after->substr(slash + 1), 32);
  if (!length || first.size() + rest.size() != 3) return std::nullopt;
  for (const std::string& octet : first) {
    if (!small_number(octet, 255)) return std::nullopt;
  }
  const int known_bits = 8 * static_cast<int>(first.size() + 1);
  std::uint32_t tail = 0;
  std::string zeros;
  for (const std::string& octet : rest) {
    const auto number = small_number(octet, 255);
    if (!number) return std::nullopt;
    tail = (tail << 8U) | static_cast<std::uint32_t>(*number);
    zeros += ".0";
  }
  const Late base{*before + words(composed.pieces[1]) + zeros + "/" + std::to_string(known_bits), false};
  if (*length < known_bits) return std::nullopt;
  const auto symbol = symbol_of(base, false, value.place, estate);
  if (*length == known_bits) return Block{.base = symbol, .part = std::nullopt};
  const std::uint32_t index = tail >> static_cast<std::uint32_t>(32 - *length);
  return Block{.base = symbol, .part = estate::Part{.length = *length, .index = index, .from_end = false}};
}

std::optional<Block> composed_block(const Value& value, const Composed& composed, Estate& estate) {
  const bool whole = composed.pieces.size() == 2;
  const auto length = whole ? known_text(composed.pieces[1]) : std::nullopt;
  if (length && (*length == "/32" || *length == "/128")) {
    const Late base = base_of(composed.pieces[0]);
    return Block{.base = symbol_of(base, true, value.place, estate), .part = std::nullopt};
  }
  if (auto part = patterned(value, composed, estate)) return part;
  return Block{.base = symbol_of({words(value), false}, false, value.place, estate), .part = std::nullopt};
}

}  // namespace

std::optional<net::Prefix> prefix_of(const std::string& text) {
  net::PrefixError error{};
  net::Prefix corrected;
  if (const auto prefix = net::parse_prefix(text, &error, &corrected)) return prefix;
  if (error == net::PrefixError::HostBits) return corrected;
  return std::nullopt;
}

estate::SymbolId symbol_of(const Late& late, bool host, const Place& place, Estate& estate) {
  for (const auto id : estate.symbols.ids()) {
    if (estate.symbols[id].name == late.name && estate.symbols[id].parameter == late.parameter) return id;
  }
  return estate.symbols.add({.name = late.name, .parameter = late.parameter, .host = host, .place = place});
}

std::optional<Block> block_of(const Value& value, Estate& estate) {
  if (const auto* text = value.as<Text>()) {
    const auto prefix = prefix_of(text->text);
    if (!prefix) return std::nullopt;
    return Block{.base = *prefix, .part = std::nullopt};
  }
  if (value.as<Late>() || value.as<Reference>()) {
    return Block{.base = symbol_of(base_of(value), false, value.place, estate), .part = std::nullopt};
  }
  if (const auto* carved = value.as<Carved>()) {
    return Block{.base = symbol_of(carved->base, false, value.place, estate), .part = carved->part};
  }
  if (const auto* composed = value.as<Composed>()) return composed_block(value, *composed, estate);
  return std::nullopt;
}

std::optional<net::Family> family_of(const Block& block, const Estate& estate) {
  if (const auto* prefix = std::get_if<net::Prefix>(&block.base)) return prefix->address.family;
  const auto& given = estate.symbols[std::get<estate::SymbolId>(block.base)].given;
  return given ? std::optional(given->within.address.family) : std::nullopt;
}

bool holds_nobody(const Block& block) {
  const auto* prefix = std::get_if<net::Prefix>(&block.base);
  if (prefix == nullptr) return false;
  static const net::Prefix loopback = *net::parse_prefix("127.0.0.0/8");
  static const net::Prefix broadcast = *net::parse_prefix("255.255.255.255/32");
  return loopback.contains(*prefix) || broadcast.contains(*prefix);
}

Value parts_of(const Value& block, std::int64_t count, std::int64_t host_bits, const Place& place) {
  if (count < 1 || count > kMostParts || host_bits < 1 || host_bits > kMostHostBits) {
    return unread_at(place, "`Fn::Cidr` makes 1 to 256 blocks");
  }
  List list;
  if (const auto known = known_text(block)) {
    const auto whole = prefix_of(*known);
    const int bits = whole ? net::bits_of(whole->address.family) : 0;
    for (std::int64_t i = 0; whole && i < count; ++i) {
      const auto part = whole->part(bits - static_cast<int>(host_bits), static_cast<net::U128>(i));
      if (!part) return unread_at(place, "`Fn::Cidr` makes more blocks than there are in " + *known);
      list.elements.push_back(text_at(place, net::to_string(*part)));
    }
    if (!whole) return unread_at(place, "`Fn::Cidr` of `" + *known + "`, which is no block");
    return {.what = std::move(list), .place = place};
  }
  const auto* carved = block.as<Carved>();
  const bool named = block.as<Late>() || block.as<Reference>() || block.as<Composed>();
  if (carved == nullptr && !named) return unread_at(place, "`Fn::Cidr` of a block that is not known");
  const Late base = carved == nullptr ? base_of(block) : carved->base;
  const int bits = host_bits > 32 || is_v6(base.name) ? 128 : 32;
  const int length = bits - static_cast<int>(host_bits);
  const estate::Part* outer = carved == nullptr ? nullptr : &carved->part;
  if (length < 0 || !fits(outer, length, count)) {
    return unread_at(place, "`Fn::Cidr` makes more or larger blocks than there are in what they are cut from");
  }
  for (std::int64_t i = 0; i < count; ++i) {
    list.elements.push_back(
        {.what = Carved{base, part_of(outer, length, static_cast<std::uint32_t>(i))}, .place = place});
  }
  return {.what = std::move(list), .place = place};
}

}  // namespace crenel::aws::reading
