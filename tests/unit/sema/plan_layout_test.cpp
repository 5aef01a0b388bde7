#include "compiler/sema/plan_layout.h"

#include <doctest/doctest.h>

using namespace crenel::sema;

TEST_SUITE("plan_layout") {
  TEST_CASE("powers of two are rounded up") {
    CHECK(ceil_log2(1) == 0);
    CHECK(ceil_log2(2) == 1);
    CHECK(ceil_log2(3) == 2);
    CHECK(ceil_log2(4) == 2);
    CHECK(ceil_log2(5) == 3);
    CHECK(addresses_in(32) == 1);
    CHECK(addresses_in(0) == std::uint64_t{1} << 32);
  }

  TEST_CASE("each block is aligned to its own size and follows the one before") {
    const Layout layout =
        lay_out({{.length = 27, .pinned = {}}, {.length = 24, .pinned = {}}, {.length = 28, .pinned = {}}}, 16);
    REQUIRE(!layout.unfit);
    CHECK(layout.extents[0] == Extent{0, 32});
    CHECK(layout.extents[1] == Extent{256, 256});
    CHECK(layout.extents[2] == Extent{512, 16});  // the hole before the second one stays: order is what people read
  }

  TEST_CASE("blocks go around pinned ones") {
    const Layout layout = lay_out({{.length = 24, .pinned = {}},
                                   {.length = 24, .pinned = 0},
                                   {.length = 23, .pinned = {}},
                                   {.length = 24, .pinned = 2}},
                                  16);
    REQUIRE(!layout.unfit);
    CHECK(layout.extents[0] == Extent{256, 256});
    CHECK(layout.extents[1] == Extent{0, 256});
    CHECK(layout.extents[2] == Extent{1024, 512});  // 512..1023 holds the pinned one
    CHECK(layout.extents[3] == Extent{512, 256});
  }

  TEST_CASE("the last /26 stays free") {
    CHECK(reserved_extent(24) == Extent{192, 64});
    CHECK(!lay_out({{.length = 25, .pinned = {}}, {.length = 26, .pinned = {}}}, 24).unfit);
    CHECK(lay_out({{.length = 25, .pinned = {}}, {.length = 25, .pinned = {}}}, 24).unfit == 1U);
    CHECK(lay_out({{.length = 24, .pinned = {}}}, 24).unfit == 0U);
    CHECK(lay_out({{.length = 32, .pinned = {}}}, 26).unfit == 0U);
    CHECK(!lay_out({}, 26).unfit);
  }

  TEST_CASE("the smallest space is one that works, and none smaller does") {
    const std::vector<Wish> wishes = {{.length = 25, .pinned = {}}, {.length = 23, .pinned = {}}};
    REQUIRE(smallest_space(wishes) == 21);
    CHECK(!lay_out(wishes, 21).unfit);
    CHECK(lay_out(wishes, 22).unfit);
    CHECK(missing_addresses(wishes, 22) == 64);
    CHECK(smallest_space({}) == 26);
    CHECK(smallest_space({{.length = 0, .pinned = {}}}) == std::nullopt);
    CHECK(smallest_space({{.length = -2, .pinned = {}}}) == std::nullopt);
  }

  TEST_CASE("a pinned block can force a larger space") {
    CHECK(smallest_space({{.length = 24, .pinned = 7}}) == 20);  // the eighth /24 of a /21 holds its last /26
  }

  TEST_CASE("whatever fits lies within the space, aligned and apart") {
    for (int space = 16; space <= 26; ++space) {
      for (int a = 20; a <= 30; ++a) {
        for (int b = 20; b <= 30; ++b) {
          const Layout layout = lay_out({{.length = a, .pinned = {}}, {.length = b, .pinned = {}}}, space);
          if (layout.unfit) {
            CHECK(missing_addresses({{.length = a, .pinned = {}}, {.length = b, .pinned = {}}}, space) > 0);
            continue;
          }
          std::vector<Extent> all = layout.extents;
          all.push_back(reserved_extent(space));
          for (std::size_t i = 0; i < all.size(); ++i) {
            CHECK(all[i].end() <= addresses_in(space));
            CHECK(all[i].offset % all[i].size == 0);
            for (std::size_t j = i + 1; j < all.size(); ++j) CHECK(!all[i].overlaps(all[j]));
          }
        }
      }
    }
  }
}
