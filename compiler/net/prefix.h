#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crenel::net {

enum class Family : std::uint8_t { V4, V6 };

/// An unsigned number of 128 bits, enough for an address of either family.
__extension__ using U128 = unsigned __int128;

[[nodiscard]] constexpr int bits_of(Family family) { return family == Family::V4 ? 32 : 128; }

/// One IPv4 or IPv6 address.
struct Address {
  Family family = Family::V4;
  U128 bits = 0;  ///< as a number; an IPv4 address uses the low 32 bits

  auto operator<=>(const Address&) const = default;
};

/// An address block. Invariant: no bit past `length` is set.
struct Prefix {
  Address address;
  int length = 0;

  [[nodiscard]] Address first() const { return address; }
  [[nodiscard]] Address last() const;
  [[nodiscard]] bool contains(const Prefix& other) const;
  [[nodiscard]] bool contains(const Address& one) const;
  [[nodiscard]] bool overlaps(const Prefix& other) const { return contains(other) || other.contains(*this); }
  /// The `index`-th block of `length` bits inside this one; nothing when there is none.
  [[nodiscard]] std::optional<Prefix> part(int part_length, U128 index) const;

  auto operator<=>(const Prefix&) const = default;
};

/// Why a text is no block, for a message with a fix.
enum class PrefixError { Malformed, OctetTooLarge, LengthTooLarge, HostBits };

[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
/// Parses `a.b.c.d/n` or `x::y/n`. On `HostBits`, `corrected` (if given) receives the block that was probably meant.
[[nodiscard]] std::optional<Prefix> parse_prefix(std::string_view text, PrefixError* error = nullptr,
                                                 Prefix* corrected = nullptr);

[[nodiscard]] std::string to_string(const Address& address);  ///< RFC 5952 form for IPv6
[[nodiscard]] std::string to_string(const Prefix& prefix);

[[nodiscard]] Prefix whole(Family family);  ///< 0.0.0.0/0 or ::/0
[[nodiscard]] Prefix host(const Address& address);

/// RFC 1918 and RFC 4193: what is never part of `internet` in a grant.
[[nodiscard]] const std::vector<Prefix>& private_blocks();

}  // namespace crenel::net
