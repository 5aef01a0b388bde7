#include <doctest/doctest.h>

#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;
using model::TierKind;

namespace {

std::string text(const model::Block& block) {
  if (const auto prefix = model::known(block)) return net::to_string(*prefix);
  REQUIRE(block.part);
  return "/" + std::to_string(block.part->length) + (block.part->from_end ? " last " : " #") +
         std::to_string(block.part->index);
}

std::string plan_of(const model::Design& design) {
  std::string all;
  for (const model::Tier& tier : design.tiers) {
    all += tier.origin.path.back() + " " + text(tier.block) + ":";
    for (const model::Block& zone : tier.zone_blocks) all += " " + text(zone);
    all += "\n";
  }
  for (const model::Network& network : design.networks) all += "reserved " + text(network.reserved) + "\n";
  return all;
}

}  // namespace

TEST_SUITE("plan_addresses") {
  TEST_CASE("a tier is its size once a zone, rounded up to a power of two") {
    Draft draft;
    const auto main = draft.network("main", "10.20.0.0/16", 3);
    draft.tier(main, "edge", TierKind::Public, 26);
    draft.tier(main, "web", TierKind::Private, 24);
    const Outcome out = draft.build();
    REQUIRE(out.codes().empty());
    CHECK(plan_of(*out.design) ==
          "edge 10.20.0.0/24: 10.20.0.0/26 10.20.0.64/26 10.20.0.128/26\n"
          "web 10.20.4.0/22: 10.20.4.0/24 10.20.5.0/24 10.20.6.0/24\n"
          "reserved 10.20.255.192/26\n");
  }

  TEST_CASE("one zone is the whole tier") {
    Draft draft;
    const auto main = draft.network("main", "192.168.0.0/24", 1);
    draft.tier(main, "a", TierKind::Private, 25);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(plan_of(*out.design) == "a 192.168.0.0/25: 192.168.0.0/25\nreserved 192.168.0.192/26\n");
  }

  TEST_CASE("a space left to deployment is planned for its smallest value, in parts") {
    Draft draft;
    const auto main = draft.network("main", Deferred{draft.cidr("space", 16, 20, "10.0.0.0/8")});
    draft.tier(main, "edge", TierKind::Public, 26);
    draft.tier(main, "app", TierKind::Private, 24);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(plan_of(*out.design) ==
          "edge /25 #0: /26 #0 /26 #1\n"
          "app /23 #1: /24 #2 /24 #3\n"
          "reserved /26 last 0\n");
  }

  TEST_CASE("known and late spaces have the same plan") {
    for (const int zones : {1, 2, 3, 4, 6}) {
      Draft known;
      Draft late;
      const auto a = known.network("main", "10.0.0.0/18", zones);
      const auto b = late.network("main", Deferred{late.cidr("space", 16, 18, "10.0.0.0/8")}, zones);
      for (const int size : {27, 24, 26, 25}) {
        known.tier(a, "t" + std::to_string(size), TierKind::Private, size);
        late.tier(b, "t" + std::to_string(size), TierKind::Private, size);
      }
      const Outcome one = known.build();
      const Outcome other = late.build();
      REQUIRE(one.design);
      REQUIRE(other.design);
      for (const auto id : one.design->tiers.ids()) {
        const auto& tier = other.design->tiers[id];
        const auto there = model::known(one.design->tiers[id].block);
        CHECK(block("10.0.0.0/18").part(tier.block.part->length, tier.block.part->index) == there);
        REQUIRE(tier.zone_blocks.size() == static_cast<std::size_t>(zones));
        for (std::size_t zone = 0; zone < tier.zone_blocks.size(); ++zone) {
          const auto& part = *tier.zone_blocks[zone].part;
          CHECK(block("10.0.0.0/18").part(part.length, part.index) ==
                model::known(one.design->tiers[id].zone_blocks[zone]));
        }
      }
    }
  }

  TEST_CASE("a tier that is inserted moves only what is not pinned") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    draft.tier(main, "inserted", TierKind::Private, 24);
    const auto pinned = draft.tier(main, "pinned", TierKind::Private, 24);
    draft.set(pinned, "at", std::int64_t{1});
    draft.tier(main, "moved", TierKind::Private, 24);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(plan_of(*out.design).find("pinned 10.0.2.0/23") != std::string::npos);
    CHECK(plan_of(*out.design).find("moved 10.0.4.0/23") != std::string::npos);
  }

  TEST_CASE("a tier can be given its block") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    const auto by_hand = draft.tier(main, "by_hand", TierKind::Private, 0);
    draft.set(by_hand, "space", block("10.0.0.0/24"));
    draft.tier(main, "next", TierKind::Private, 26);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(plan_of(*out.design) ==
          "by_hand 10.0.0.0/24: 10.0.0.0/25 10.0.0.128/25\n"
          "next 10.0.1.0/25: 10.0.1.0/26 10.0.1.64/26\n"
          "reserved 10.0.255.192/26\n");
  }

  TEST_CASE("what does not fit says what is missing and what would do") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/24");
    draft.tier(main, "edge", TierKind::Public, 26);
    draft.tier(main, "web", TierKind::Private, 24);
    draft.tier(main, "more", TierKind::Private, 24);
    const Outcome out = draft.build();
    CHECK(!out.design);
    REQUIRE(out.codes() == "CRN0401");
    CHECK(out.first().message.find("tier `main.web`") != std::string::npos);
    CHECK(out.first().message.find("lacks 1344 addresses") != std::string::npos);
    CHECK(out.first().help.find("a space of /21 would do") == 0);
    REQUIRE(!out.first().notes.empty());
    CHECK(out.first().notes[0].span == draft.of(main).attributes.at("space").span);
  }

  TEST_CASE("a bound that ends too late shrinks to what has room, and is warned about") {
    Draft draft;
    const auto space = draft.cidr("space", 16, 24, "10.0.0.0/8");
    draft.tier(draft.network("main", Deferred{space}), "web", TierKind::Private, 24);
    const Outcome out = draft.build();
    REQUIRE(out.codes() == "CRN0429");
    CHECK(out.first().severity == diagnostics::Severity::Warning);
    CHECK(out.first().help == "say `cidr(/16../22)`");
    REQUIRE(out.design);
    CHECK(out.design->parameters[space].longest == 22);
    CHECK(plan_of(*out.design) == "web /23 #0: /24 #0 /24 #1\nreserved /26 last 0\n");
  }

  TEST_CASE("not below the largest block allowed, and never past the default") {
    const auto codes = [](int shortest, int size, std::optional<std::string> preset) {
      Draft draft;
      const auto space = draft.cidr("space", shortest, 24, "10.0.0.0/8");
      draft.in.parameters[space].default_value = std::move(preset);
      draft.tier(draft.network("main", Deferred{space}), "web", TierKind::Private, size);
      return draft.build().codes();
    };
    CHECK(codes(20, 20, {}) == "CRN0401");
    CHECK(codes(16, 24, "10.0.0.0/24") == "CRN0401");
    CHECK(codes(16, 24, "10.0.0.0/22") == "CRN0429");
  }

  TEST_CASE("a space without room for gateways") {
    Draft draft;
    draft.network("main", "10.0.0.0/27");
    CHECK(draft.build().codes() == "CRN0402");
    Draft late;
    late.network("main", Deferred{late.cidr("space", 16, 28, "10.0.0.0/8")});
    CHECK(late.build().codes() == "CRN0402");
    Draft exact;
    exact.network("main", "10.0.0.0/26");
    CHECK(exact.build().codes().empty());
  }

  TEST_CASE("a pin outside the network, however large") {
    for (const std::int64_t at : {std::int64_t{128}, std::int64_t{4294967296}, INT64_MAX, std::int64_t{-1}}) {
      Draft draft;
      const auto main = draft.network("main", "10.0.0.0/16");
      draft.set(draft.tier(main, "a", TierKind::Private, 24), "at", at);
      const Outcome out = draft.build();
      CHECK(out.codes() == "CRN0403");
      CHECK(out.first().help == "the tier is a /23; a /16 has the places 0 to 127 for it");
    }
    Draft large;
    const auto main = large.network("main", "10.0.0.0/24");
    large.set(large.tier(main, "a", TierKind::Private, 20), "at", std::int64_t{0});
    CHECK(large.build().codes() == "CRN0403");
  }

  TEST_CASE("pinned tiers that overlap show both places, once") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    const auto a = draft.tier(main, "a", TierKind::Private, 24);
    draft.set(a, "at", std::int64_t{1});
    const auto b = draft.tier(main, "b", TierKind::Private, 25);
    draft.set(b, "at", std::int64_t{3});
    const Outcome out = draft.build();
    REQUIRE(out.codes() == "CRN0404");
    CHECK(out.first().span == draft.of(b).attributes.at("at").span);
    REQUIRE(out.first().notes.size() == 1);
    CHECK(out.first().notes[0].span == draft.of(a).attributes.at("at").span);
  }

  TEST_CASE("a pin on the gateways' block") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    draft.set(draft.tier(main, "a", TierKind::Private, 24), "at", std::int64_t{127});
    CHECK(draft.build().codes() == "CRN0405");
  }

  TEST_CASE("a tier's own block: outside, too small, with late blocks, beside at, beside size") {
    const auto codes = [](Value::Node network, Value::Node space, bool at, bool size) {
      Draft draft;
      const auto main = draft.network("main", std::move(network), 3);
      const auto tier = draft.tier(main, "a", TierKind::Private, size ? 24 : 0);
      draft.set(tier, "space", std::move(space));
      if (at) draft.set(tier, "at", std::int64_t{0});
      return draft.build().codes();
    };
    CHECK(codes(block("10.0.0.0/16"), block("10.1.0.0/24"), false, false) == "CRN0403");
    CHECK(codes(block("10.0.0.0/16"), block("10.0.0.0/8"), false, false) == "CRN0403");
    CHECK(codes(block("10.0.0.0/16"), block("10.0.0.0/31"), false, false) == "CRN0407");
    CHECK(codes(block("10.0.0.0/16"), block("10.0.0.0/30"), false, false).empty());
    CHECK(codes(block("10.0.0.0/16"), block("10.0.0.0/24"), true, false) == "CRN0409");
    CHECK(codes(block("10.0.0.0/16"), block("10.0.0.0/24"), false, true) == "CRN0408");
    Draft late;
    const auto main = late.network("main", Deferred{late.cidr("space", 16, 20, "10.0.0.0/8")});
    late.set(late.tier(main, "a", TierKind::Private, 0), "space", block("10.0.0.0/24"));
    CHECK(late.build().codes() == "CRN0406");
  }

  TEST_CASE("neither size nor space") {
    Draft draft;
    draft.tier(draft.network("main", "10.0.0.0/16"), "a", TierKind::Private, 0);
    CHECK(draft.build().codes() == "CRN0408");
  }

  TEST_CASE("two networks are planned apart, and both are reported") {
    Draft draft;
    for (const std::string name : {"one", "two"}) {
      draft.tier(draft.network(name, "10.0.0.0/24"), "a", TierKind::Private, 20);
    }
    CHECK(draft.build().codes() == "CRN0401 CRN0401");
  }
}
