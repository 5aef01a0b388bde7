#include <doctest/doctest.h>

#include "compiler/sema/overlap_bounds.h"
#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;
using model::TierKind;

namespace {

model::ParameterId cidr(model::Design& design, int shortest, int longest, const std::string& within) {
  model::Parameter made;
  made.origin.path = {"p" + std::to_string(design.parameters.size())};
  made.kind = model::ParameterKind::Cidr;
  made.shortest = shortest;
  made.longest = longest;
  if (!within.empty()) made.within = {block(within)};
  return design.parameters.add(made);
}

/// A network and a linked site with a flow, so that nothing else is to be said.
struct Joined : Draft {
  Joined(Value::Node space, std::vector<model::Late<net::Prefix>> addresses) {
    main = network("main", std::move(space));
    app = group("app", tier(main, "app", TierKind::Private, 26));
    there = site("there", std::move(addresses));
    link(main, there);
    allow(there, app, tcp(443));
  }
  DeclaredId main, app, there;
};

}  // namespace

TEST_SUITE("overlap_bounds") {
  TEST_CASE("known blocks") {
    const model::Design design;
    CHECK(overlap(design, block("10.0.0.0/16"), block("10.0.1.0/24")) == Overlap::Always);
    CHECK(overlap(design, block("10.0.0.0/16"), block("10.1.0.0/16")) == Overlap::Never);
  }

  TEST_CASE("a parameter and a known block") {
    model::Design design;
    const auto p = cidr(design, 16, 20, "10.0.0.0/8");
    CHECK(overlap(design, p, block("172.16.0.0/12")) == Overlap::Never);
    CHECK(overlap(design, p, block("10.0.0.0/16")) == Overlap::Maybe);
    CHECK(overlap(design, p, block("10.0.0.0/8")) == Overlap::Always);
    CHECK(overlap(design, block("0.0.0.0/0"), p) == Overlap::Always);
    CHECK(overlap(design, p, p) == Overlap::Always);
  }

  TEST_CASE("bounds that leave one value") {
    model::Design design;
    const auto fixed = cidr(design, 8, 16, "10.7.0.0/16");
    CHECK(forced(design, fixed) == block("10.7.0.0/16"));
    CHECK(overlap(design, fixed, block("10.7.9.0/24")) == Overlap::Always);
    CHECK(overlap(design, fixed, block("10.8.0.0/24")) == Overlap::Never);
    CHECK(!forced(design, cidr(design, 16, 17, "10.7.0.0/16")));
  }

  TEST_CASE("every value holds or meets the block") {
    model::Design design;
    // Every /16 at most long within a /15 is one of two; the block covers one of them only.
    CHECK(overlap(design, cidr(design, 8, 16, "10.6.0.0/15"), block("10.7.0.0/16")) == Overlap::Maybe);
    // A single host within the only possible block.
    CHECK(overlap(design, cidr(design, 8, 15, "10.6.0.0/15"), block("10.7.0.1/32")) == Overlap::Always);
  }

  TEST_CASE("public addresses are counted for the worst value") {
    model::Design design;
    using Blocks = std::vector<model::Late<net::Prefix>>;
    const auto count = [&](const Blocks& blocks) {
      return static_cast<std::uint64_t>(public_addresses(design, blocks, net::Family::V4));
    };
    CHECK(count({block("10.0.0.0/8")}) == 0);
    CHECK(count({block("198.51.100.0/24"), block("198.51.100.0/25")}) == 256);
    CHECK(count({cidr(design, 29, 32, "")}) == 8);
    CHECK(count({cidr(design, 8, 32, "172.16.0.0/12")}) == 0);
    CHECK(count({cidr(design, 8, 32, "198.51.100.0/24")}) == 256);
    CHECK(count({cidr(design, 0, 32, "")}) > 65536);
    const auto one = cidr(design, 24, 24, "");
    CHECK(count({one, one}) == 256);
  }
}

TEST_SUITE("overlap_check") {
  TEST_CASE("a network and its linked site") {
    Joined draft(block("10.0.0.0/16"), {block("10.0.128.0/24")});
    const Outcome out = draft.build();
    REQUIRE(out.codes() == "CRN0411");
    CHECK(out.first().message == "network `main` and site `there` overlap in 10.0.128.0/24");
    CHECK(out.first().span == draft.of(draft.there).name_span);
    CHECK(out.first().notes[0].span == draft.of(draft.main).name_span);
  }

  TEST_CASE("bounds that prove it need no assumption; open ones give one") {
    Joined proved(block("10.0.0.0/16"), {});
    proved.set(proved.there, "addresses", AddressBlocks{{proved.cidr("corporate", 8, 32, "172.16.0.0/12")}});
    const Outcome good = proved.build();
    REQUIRE(good.design);
    CHECK(good.design->assumptions.empty());

    Joined open(block("10.0.0.0/16"), {});
    open.set(open.there, "addresses", AddressBlocks{{open.cidr("corporate", 8, 32, "10.0.0.0/8")}});
    const Outcome assumed = open.build();
    REQUIRE(assumed.design);
    REQUIRE(assumed.design->assumptions.size() == 1);
    CHECK(assumed.design->assumptions[0] ==
          "10.0.0.0/16 of network `main` and `corporate` of site `there` do not overlap.");
  }

  TEST_CASE("one parameter for both is no assumption but an error") {
    Draft draft;
    const auto p = draft.cidr("space", 16, 20, "10.0.0.0/8");
    const auto main = draft.network("main", Deferred{p});
    const auto app = draft.group("app", draft.tier(main, "app", TierKind::Private, 26));
    const auto there = draft.site("there", {p});
    draft.link(main, there);
    draft.allow(there, app, tcp(443));
    CHECK(draft.build().codes() == "CRN0411");
  }

  TEST_CASE("hosts inside the site count too") {
    Joined draft(block("10.0.0.0/16"), {block("172.16.0.0/16")});
    const auto crm = draft.site("crm", "10.0.3.0/28");
    draft.set(crm, "inside", EntityRef{draft.there});
    CHECK(draft.build().codes() == "CRN0411");
  }

  TEST_CASE("networks that nothing connects may share addresses") {
    Draft draft;
    for (const std::string name : {"one", "two"}) {
      draft.group(name + "_app", draft.tier(draft.network(name, "10.0.0.0/16"), "app", TierKind::Private, 24));
    }
    CHECK(draft.build().codes().empty());
  }

  TEST_CASE("two networks linked to one site may not, also through a site inside it") {
    Draft draft;
    const auto hq = draft.site("hq", "172.16.0.0/16");
    const auto branch = draft.site("branch", "172.20.0.0/16");
    draft.set(branch, "inside", EntityRef{hq});
    for (const auto& [name, far] : {std::pair{"one", hq}, std::pair{"two", branch}}) {
      const auto net = draft.network(name, "10.0.0.0/16");
      const auto app = draft.group(std::string(name) + "_app", draft.tier(net, "app", TierKind::Private, 24));
      draft.link(net, far);
      draft.allow(far, app, tcp(443));
    }
    const Outcome out = draft.build();
    CHECK(out.codes() == "CRN0411");
    CHECK(out.first().message == "network `one` and network `two` overlap in 10.0.0.0/16");
  }

  TEST_CASE("two networks that meet one site over the Internet may share addresses") {
    Draft draft;
    const auto desk = draft.site("desk", "203.0.113.10/32");
    for (const std::string name : {"one", "two"}) {
      const auto net = draft.network(name, "10.0.0.0/16");
      const auto app = draft.public_group(name + "_app", draft.tier(net, "app", TierKind::Public, 24));
      draft.allow(desk, app, tcp(443));
    }
    CHECK(draft.build().codes().empty());
  }

  TEST_CASE("a site met over the Internet must not lie in the network or in another site") {
    Office draft;
    draft.set(draft.web, "public_address", true);
    const auto p = draft.cidr("desk_space", 29, 32);
    const auto other = draft.site("other", {p});
    draft.allow(other, draft.web, tcp(443));
    draft.allow(draft.desk, draft.web, tcp(443));
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(out.design->assumptions ==
          std::vector<std::string>{"`desk_space` holds public addresses only.",
                                   "203.0.113.10/32 of site `desk` and `desk_space` of site `other` do not overlap.",
                                   "10.0.0.0/16 of network `main` and `desk_space` of site `other` do not overlap."});
  }

  TEST_CASE("blocks that could lie in a linked site are assumed not to; a claim about them assumes nothing") {
    Office office;
    const auto branch = office.site("branch", {office.cidr("branch_space", 24, 32, "198.51.100.0/22")});
    office.link(office.main, branch);
    office.allow(branch, office.app, tcp(9999));
    office.set(office.web, "public_address", true);
    office.never(Draft::side({office.blocks("198.51.101.0/24")}), Draft::side({office.end(office.app)}));
    CHECK(office.build().design->assumptions.empty());
    office.allow(office.blocks("198.51.102.0/24"), office.end(office.web), tcp(443));
    CHECK(office.build().design->assumptions ==
          std::vector<std::string>{
              "`branch_space` of site `branch` and 198.51.102.0/24 of `198.51.102.0/24` do not overlap."});
  }

  TEST_CASE("parts of a site lie apart, or one is inside the other") {
    const auto codes = [](bool nested) {
      Joined draft(block("10.0.0.0/16"), {block("172.16.0.0/16")});
      const auto a = draft.site("a", "172.16.1.0/24");
      const auto b = draft.site("b", "172.16.1.128/25");
      draft.set(a, "inside", EntityRef{draft.there});
      draft.set(b, "inside", EntityRef{nested ? a : draft.there});
      return draft.build().codes();
    };
    CHECK(codes(false) == "CRN0411");
    CHECK(codes(true).empty());
  }

  TEST_CASE("a site may not be the Internet under another name") {
    const auto codes = [](const std::vector<std::string>& blocks) {
      Draft draft;
      std::vector<model::Late<net::Prefix>> all;
      for (const auto& one : blocks) all.emplace_back(block(one));
      draft.site("s", all);
      return draft.build().codes();
    };
    CHECK(codes({"198.51.0.0/16"}).empty());
    CHECK(codes({"198.50.0.0/15"}) == "CRN0412");
    CHECK(codes({"198.51.0.0/17", "198.52.0.0/17"}).empty());
    CHECK(codes({"198.51.0.0/16", "203.0.113.1/32"}) == "CRN0412");
    CHECK(codes({"198.51.0.0/16", "198.51.7.0/24"}).empty());
    CHECK(codes({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}).empty());
    CHECK(codes({"0.0.0.0/1"}) == "CRN0412");
    CHECK(codes({"2001:db8::/32"}).empty());
    CHECK(codes({"2001:db8::/31"}) == "CRN0412");
  }

  TEST_CASE("a parameter's bound must imply the cap, and what is inside counts, once") {
    Draft wide;
    wide.site("s", {wide.cidr("p", 8, 32)});
    const Outcome out = wide.build();
    CHECK(out.codes() == "CRN0412");
    CHECK(out.first().notes.size() == 1);
    Draft narrow;
    narrow.site("s", {narrow.cidr("p", 16, 32)});
    CHECK(narrow.build().codes().empty());
    Draft nested;
    const auto outer = nested.site("outer", "198.51.0.0/16");
    nested.set(nested.site("inner", "198.52.0.0/16"), "inside", EntityRef{outer});
    const Outcome both = nested.build();
    CHECK(both.codes() == "CRN0412");
    CHECK(both.first().message == "site `outer` can claim more than a /16 of public IPv4");
  }
}
