#include "compiler/net/address_set.h"

#include <doctest/doctest.h>

#include <bitset>
#include <random>
#include <sstream>

using namespace crenel::net;

namespace {

Prefix block(std::string_view text) { return parse_prefix(text).value(); }
Address at(std::string_view text) { return parse_address(text).value(); }

/// A universe small enough to count: the last 64 addresses of IPv4 and the first 64 of IPv6, where the families meet.
constexpr std::size_t kSize = 128;
using Bits = std::bitset<kSize>;

Address address_of(std::size_t i) {
  if (i < 64) return {.family = Family::V4, .bits = U128{0xFFFFFFC0U} + i};
  return {.family = Family::V6, .bits = U128{i - 64}};
}

Prefix random_block(std::mt19937& random) {
  const int host_bits = static_cast<int>(random() % 6);
  Address first = address_of(random() % kSize);
  first.bits = (first.bits >> static_cast<unsigned>(host_bits)) << static_cast<unsigned>(host_bits);
  return {.address = first, .length = bits_of(first.family) - host_bits};
}

std::vector<Prefix> random_blocks(std::mt19937& random) {
  std::vector<Prefix> out;
  for (std::size_t n = random() % 8; n > 0; --n) out.push_back(random_block(random));
  return out;
}

Bits bits_of_blocks(const std::vector<Prefix>& blocks) {
  Bits out;
  for (std::size_t i = 0; i < kSize; ++i) {
    for (const Prefix& each : blocks) out[i] = out[i] || each.contains(address_of(i));
  }
  return out;
}

Bits bits_of_set(const AddressSet& set) {
  Bits out;
  for (std::size_t i = 0; i < kSize; ++i) out[i] = set.contains(address_of(i));
  return out;
}

/// The fewest blocks that make up the addresses: greedy from the left is minimal for aligned blocks.
std::size_t fewest_blocks(const Bits& bits) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSize;) {
    if (!bits[i]) {
      ++i;
      continue;
    }
    std::size_t size = 1;
    for (std::size_t next = 2; i % next == 0 && i / 64 == (i + next - 1) / 64; next *= 2) {
      bool full = true;
      for (std::size_t j = i; j < i + next; ++j) full = full && bits[j];
      if (!full) break;
      size = next;
    }
    ++count;
    i += size;
  }
  return count;
}

}  // namespace

TEST_CASE("the set algebra agrees with a bit for every address") {
  std::mt19937 random(20261123);  // NOLINT: the same cases in every run
  for (int round = 0; round < 3000; ++round) {
    const auto a_blocks = random_blocks(random);
    const auto b_blocks = random_blocks(random);
    const AddressSet a(a_blocks);
    const AddressSet b(b_blocks);
    const Bits x = bits_of_blocks(a_blocks);
    const Bits y = bits_of_blocks(b_blocks);
    CAPTURE(to_string(a));
    CAPTURE(to_string(b));
    REQUIRE(bits_of_set(a) == x);
    REQUIRE(bits_of_set(a.united(b)) == (x | y));
    REQUIRE(bits_of_set(a.without(b)) == (x & ~y));
    REQUIRE(bits_of_set(a.intersected(b)) == (x & y));
    REQUIRE(a.contains(b) == ((y & ~x).none()));
    REQUIRE(a.overlaps(b) == (x & y).any());
    REQUIRE(a.empty() == x.none());
    REQUIRE((a == b) == (x == y));
    // However a set came about, it is the same value.
    REQUIRE(a.without(b).united(a.intersected(b)) == a);
    REQUIRE(AddressSet(a.prefixes()) == a);
    REQUIRE(a.prefixes().size() == fewest_blocks(x));
    REQUIRE(a.count(Family::V4) + a.count(Family::V6) == x.count());
    REQUIRE(bits_of_set(a.only(Family::V6)) == (x & (Bits().set() << 64U)));
    if (!a.empty())
      REQUIRE(x[static_cast<std::size_t>(a.witness().family == Family::V4 ? a.witness().bits - 0xFFFFFFC0U
                                                                          : a.witness().bits + 64)]);
  }
}

TEST_CASE("everything has both families whole") {
  const AddressSet all = AddressSet::everything();
  CHECK(to_string(all) == "0.0.0.0/0, ::/0");
  CHECK(all.count(Family::V4) == U128{1} << 32U);
  CHECK(all.count(Family::V6) == U128{1} << 127U);  // saturated
  CHECK(all.without(all).empty());
  CHECK(all.only(Family::V4) == AddressSet::everything(Family::V4));
  CHECK(all.contains(at("255.255.255.255")));
  CHECK(all.contains(at("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
  CHECK(AddressSet(std::vector{block("::/1")}).count(Family::V6) == U128{1} << 127U);
  CHECK(AddressSet(std::vector{block("8000::/2"), block("::/2")}).count(Family::V6) == U128{1} << 127U);
}

TEST_CASE("the difference of two blocks is the blocks beside the way down") {
  const AddressSet rest = AddressSet(block("10.0.0.0/8")).without(AddressSet(block("10.1.0.0/16")));
  CHECK(to_string(rest) ==
        "10.0.0.0/16, 10.2.0.0/15, 10.4.0.0/14, 10.8.0.0/13, 10.16.0.0/12, 10.32.0.0/11, "
        "10.64.0.0/10, 10.128.0.0/9");
  CHECK(AddressSet::everything(Family::V6).without(AddressSet(block("::1/128"))).prefixes().size() == 128);
  CHECK(AddressSet::everything(Family::V6).without(AddressSet(block("::1/128"))).witness() == at("::"));
}

TEST_CASE("neighbours grow together, families do not") {
  CHECK(to_string(AddressSet({block("10.0.1.0/24"), block("10.0.0.0/24")})) == "10.0.0.0/23");
  CHECK(to_string(AddressSet({block("255.255.255.255/32"), block("::/128")})) == "255.255.255.255/32, ::/128");
  CHECK(to_string(AddressSet()) == "no address");
}
