#include "compiler/net/prefix.h"

#include <algorithm>
#include <cassert>

namespace crenel::net {
namespace {

constexpr int kGroups = 8;  // of 16 bits, in an IPv6 address

/// The bits of an address that say which one of its block it is.
U128 host_mask(Family family, int length) {
  const int host_bits = bits_of(family) - length;
  return host_bits >= 128 ? ~U128{0} : (U128{1} << static_cast<unsigned>(host_bits)) - 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number without sign or leading zero (`010` is ten to some tools and eight to others). Numbers past
/// `limit` come back as `limit + 1`, so that "too large" and "no number" stay apart.
std::optional<int> parse_decimal(std::string_view text, int limit) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = std::min(value * 10 + (c - '0'), limit + 1);
  }
  return value;
}

std::optional<Address> fail(PrefixError error, PrefixError* out) {
  if (out != nullptr) *out = error;
  return std::nullopt;
}

std::optional<Address> parse_v4(std::string_view text, PrefixError* error) {
  U128 bits = 0;
  bool too_large = false;
  for (int octet = 0; octet < 4; ++octet) {
    const std::size_t end = octet == 3 ? text.size() : text.find('.');
    if (end == std::string_view::npos) return fail(PrefixError::Malformed, error);
    const std::optional<int> value = parse_decimal(text.substr(0, end), 255);
    if (!value) return fail(PrefixError::Malformed, error);
    too_large = too_large || *value > 255;
    bits = (bits << 8U) | static_cast<U128>(*value & 0xFF);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (too_large) return fail(PrefixError::OctetTooLarge, error);
  return Address{.family = Family::V4, .bits = bits};
}

std::optional<unsigned> parse_hex_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_digit(lower)) {
      value = value * 16 + static_cast<unsigned>(lower - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<unsigned>(lower - 'a') + 10;
    } else {
      return std::nullopt;
    }
  }
  return value;
}

/// Groups between single colons; the empty text has none. Nothing when a group is not one, or there are too many.
std::optional<std::vector<unsigned>> parse_groups(std::string_view text) {
  std::vector<unsigned> groups;
  if (text.empty()) return groups;
  while (groups.size() < kGroups) {
    const std::size_t end = text.find(':');
    const std::optional<unsigned> group = parse_hex_group(text.substr(0, end));
    if (!group) return std::nullopt;
    groups.push_back(*group);
    if (end == std::string_view::npos) return groups;
    text.remove_prefix(end + 1);
  }
  return std::nullopt;
}

std::optional<Address> parse_v6(std::string_view text, PrefixError* error) {
  const std::size_t gap = text.find("::");
  const auto head = parse_groups(text.substr(0, gap));
  const auto tail = gap == std::string_view::npos ? std::vector<unsigned>{} : parse_groups(text.substr(gap + 2));
  if (!head || !tail) return fail(PrefixError::Malformed, error);
  const std::size_t written = head->size() + tail->size();
  // `::` stands for one group at least: with all eight written out, it would stand for none.
  if (gap == std::string_view::npos ? written != kGroups : written >= kGroups) {
    return fail(PrefixError::Malformed, error);
  }
  U128 bits = 0;
  for (const unsigned group : *head) bits = (bits << 16U) | group;
  for (std::size_t i = written; i < kGroups; ++i) bits <<= 16U;
  for (const unsigned group : *tail) bits = (bits << 16U) | group;
  return Address{.family = Family::V6, .bits = bits};
}

std::optional<Address> parse_either(std::string_view text, PrefixError* error) {
  return text.find(':') == std::string_view::npos ? parse_v4(text, error) : parse_v6(text, error);
}

std::string v4_to_string(U128 bits) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string(static_cast<unsigned>(bits >> static_cast<unsigned>(shift)) & 0xFFU);
    if (shift != 0) out += '.';
  }
  return out;
}

std::string hex(unsigned value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (; value != 0 || out.empty(); value /= 16) out.insert(out.begin(), kDigits[value % 16]);
  return out;
}

/// RFC 5952, section 4: no leading zeros, `::` for the longest run of at least two zero groups (the first of equal
/// ones), lower case.
std::string v6_to_string(U128 bits) {
  std::array<unsigned, kGroups> groups{};
  for (std::size_t i = 0; i < kGroups; ++i) {
    groups.at(i) = static_cast<unsigned>(bits >> static_cast<unsigned>(16 * (kGroups - 1 - i))) & 0xFFFFU;
  }
  std::size_t gap = kGroups;
  std::size_t gap_length = 1;
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t length = 0;
    while (i + length < kGroups && groups.at(i + length) == 0) ++length;
    if (length > gap_length) {
      gap = i;
      gap_length = length;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < kGroups;) {
    if (i == gap) {
      out += "::";
      i += gap_length;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    out += hex(groups.at(i));
    ++i;
  }
  return out;
}

}  // namespace

Address Prefix::last() const {
  return {.family = address.family, .bits = address.bits | host_mask(address.family, length)};
}

bool Prefix::contains(const Prefix& other) const { return length <= other.length && contains(other.address); }

bool Prefix::contains(const Address& one) const {
  return one.family == address.family && (one.bits & ~host_mask(address.family, length)) == address.bits;
}

std::optional<Prefix> Prefix::part(int part_length, U128 index) const {
  const int more = part_length - length;
  if (more < 0 || part_length > bits_of(address.family)) return std::nullopt;
  if (more < 128 && index >= (U128{1} << static_cast<unsigned>(more))) return std::nullopt;
  const int shift = bits_of(address.family) - part_length;
  // Only `::/0` as a part of itself shifts by the whole width, and then the index is 0.
  const U128 offset = shift >= 128 ? 0 : index << static_cast<unsigned>(shift);
  return Prefix{.address = {.family = address.family, .bits = address.bits | offset}, .length = part_length};
}

std::optional<Address> parse_address(std::string_view text) { return parse_either(text, nullptr); }

std::optional<Prefix> parse_prefix(std::string_view text, PrefixError* error, Prefix* corrected) {
  const auto refuse = [&](PrefixError why) -> std::optional<Prefix> {
    if (error != nullptr) *error = why;
    return std::nullopt;
  };
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return refuse(PrefixError::Malformed);
  PrefixError why = PrefixError::Malformed;
  const std::optional<Address> address = parse_either(text.substr(0, slash), &why);
  if (!address) return refuse(why);
  const int most = bits_of(address->family);
  const std::optional<int> length = parse_decimal(text.substr(slash + 1), most);
  if (!length) return refuse(PrefixError::Malformed);
  if (*length > most) return refuse(PrefixError::LengthTooLarge);
  const U128 host_bits = host_mask(address->family, *length);
  const Prefix block = {.address = {.family = address->family, .bits = address->bits & ~host_bits}, .length = *length};
  if (block.address == *address) return block;
  if (corrected != nullptr) *corrected = block;
  return refuse(PrefixError::HostBits);
}

std::string to_string(const Address& address) {
  return address.family == Family::V4 ? v4_to_string(address.bits) : v6_to_string(address.bits);
}

std::string to_string(const Prefix& prefix) { return to_string(prefix.address) + "/" + std::to_string(prefix.length); }

Prefix whole(Family family) { return {.address = {.family = family, .bits = 0}, .length = 0}; }

Prefix host(const Address& address) { return {.address = address, .length = bits_of(address.family)}; }

const std::vector<Prefix>& private_blocks() {
  static const std::vector<Prefix> blocks = {
      {.address = {.family = Family::V4, .bits = U128{10} << 24U}, .length = 8},
      {.address = {.family = Family::V4, .bits = (U128{172} << 24U) | (U128{16} << 16U)}, .length = 12},
      {.address = {.family = Family::V4, .bits = (U128{192} << 24U) | (U128{168} << 16U)}, .length = 16},
      {.address = {.family = Family::V6, .bits = U128{0xFC} << 120U}, .length = 7},
  };
  return blocks;
}

}  // namespace crenel::net
