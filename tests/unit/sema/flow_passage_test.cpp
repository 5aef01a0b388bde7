#include "compiler/sema/flow_passage.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;
using model::TierKind;

namespace {

/// The codes for one flow, in an office prepared by `prepare`.
template <class Prepare>
std::string codes(Prepare prepare) {
  Office office;
  prepare(office);
  return office.build().codes();
}

std::string way_of(const Outcome& out, std::size_t tier) {
  const auto& way = out.design->tiers[model::TierId(tier)].way_out;
  if (std::holds_alternative<model::NoWayOut>(way)) return "none";
  if (std::holds_alternative<model::DirectWayOut>(way)) return "direct";
  if (std::holds_alternative<model::NatWayOut>(way)) return "nat";
  return model::to_string(out.design->sites[std::get<model::SiteId>(way)].origin.path);
}

}  // namespace

TEST_SUITE("flow_passage: from the Internet") {
  TEST_CASE("a group needs a public tier and an address of its own") {
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.web), tcp(443)); }) == "CRN0512");
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.app), tcp(443)); }) == "CRN0511");
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.data), tcp(443)); }) == "CRN0511");
    CHECK(codes([](Office& o) {
            o.set(o.web, "public_address", true);
            o.allow(o.internet(), o.end(o.web), tcp(443));
          }).empty());
  }

  TEST_CASE("a balancer needs a public tier") {
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.with_front()), tcp(443)); }).empty());
    CHECK(codes([](Office& o) {
            const auto inner = o.balancer("inner", o.tier(o.main, "inner", TierKind::Private, 26), "network");
            o.forward(inner, tcp(443), o.app, tcp(443));
            o.allow(o.internet(), o.end(inner), tcp(443));
          }) == "CRN0511");
  }

  TEST_CASE("the message has the tier, and the tier's place") {
    Office office;
    office.allow(office.internet(), office.end(office.app), tcp(443));
    const Outcome out = office.build();
    CHECK(out.first().message == "`internet` cannot reach `app`: tier `main.app` is private");
    REQUIRE(out.first().notes.size() == 1);
    CHECK(out.first().notes[0].span == office.of(office.app_tier).name_span);
  }

  TEST_CASE("an address that is switched off can be switched on") {
    Office office;
    office.set(office.web, "public_address", false);
    auto& off = office.of(office.web).attributes.at("public_address");
    off.span = office.of(office.web).span;  // inside the declaration, where a person would write it
    office.allow(office.internet(), office.end(office.web), tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.first().fixes.size() == 1);
    CHECK(out.first().fixes[0].edits[0].text == "true");
    CHECK(out.first().fixes[0].edits[0].span == off.span);
  }

  TEST_CASE("via says nothing on the way in") {
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.with_front()), tcp(443), {o.nat()}); }) == "CRN0517");
  }
}

TEST_SUITE("flow_passage: to the Internet") {
  TEST_CASE("from a public tier directly, with an address") {
    CHECK(codes([](Office& o) { o.allow(o.end(o.web), o.internet(), tcp(443)); }) == "CRN0512");
    Office office;
    office.set(office.web, "public_address", true);
    office.allow(office.end(office.web), office.internet(), tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(way_of(out, 1) == "direct");
    CHECK(!out.design->tiers[model::TierId(1)].way_out_span.valid());
    CHECK(out.design->flows[0].via.empty());
  }

  TEST_CASE("via is an error from a public tier, and can be taken away") {
    Office office;
    office.set(office.web, "public_address", true);
    const auto& line = office.allow(office.end(office.web), office.internet(), tcp(443), {office.nat()});
    const base::Span rest{base::SourceId(0), line.actions.span.end, line.via[0].span.end};
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0515");
    REQUIRE(out.first().fixes.size() == 1);
    // The hop of a draft stands before its actions; a fix spans from the actions' end to the hop's end all the same.
    CHECK(out.first().fixes[0].edits[0].span == rest);
  }

  TEST_CASE("a private tier must name the way, and the ways there are are offered") {
    Office office;
    office.linked();
    const auto& line = office.allow(office.end(office.app), office.internet(), tcp(443));
    const std::uint32_t end = line.actions.span.end;
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0513");
    CHECK(out.first().help == "say `via nat` or `via datacenter`");
    REQUIRE(out.first().fixes.size() == 2);
    CHECK(out.first().fixes[0].edits[0].text == " via nat");
    CHECK(out.first().fixes[0].edits[0].span == base::Span{base::SourceId(0), end, end});
    CHECK(out.first().fixes[1].edits[0].text == " via datacenter");
  }

  TEST_CASE("nat stands in a public tier") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    const auto app = draft.group("app", draft.tier(main, "app", TierKind::Private, 24));
    draft.allow(draft.end(app), draft.internet(), tcp(443), {draft.nat()});
    CHECK(draft.build().codes() == "CRN0514");
    draft.tier(main, "edge", TierKind::Public, 28);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(way_of(out, 0) == "nat");
    CHECK(out.design->flows[0].via == std::vector<model::Hop>{model::ViaNat{}});
  }

  TEST_CASE("via a site needs a link; a place inside a linked site means that link") {
    CHECK(codes([](Office& o) { o.allow(o.end(o.app), o.internet(), tcp(443), {o.hop(o.datacenter)}); }) == "CRN0516");
    Office office;
    const auto crm = office.site("crm", "172.16.9.0/28");
    office.set(crm, "inside", EntityRef{office.datacenter});
    office.link(office.main, office.datacenter);
    office.allow(office.end(office.app), office.internet(), tcp(443), {office.hop(crm)});
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(way_of(out, 2) == "datacenter");
    CHECK(std::get<model::SiteId>(out.design->flows[0].via[0]) == model::SiteId(0));
    CHECK(out.design->tiers[model::TierId(2)].site_routes.empty());  // the way out is no route to the site itself
  }

  TEST_CASE("no way out of an isolated tier, whatever is named") {
    CHECK(codes([](Office& o) { o.allow(o.end(o.data), o.internet(), tcp(443)); }) == "CRN0521");
    CHECK(codes([](Office& o) { o.allow(o.end(o.data), o.internet(), tcp(443), {o.nat()}); }) == "CRN0521");
  }

  TEST_CASE("one way only") {
    CHECK(codes([](Office& o) {
            o.link(o.main, o.datacenter);
            o.allow(o.end(o.app), o.internet(), tcp(443), {o.hop(o.datacenter), o.nat()});
          }) == "CRN0518");
  }

  TEST_CASE("two flows of a tier that disagree, with both places") {
    Office office;
    const auto batch = office.group("batch", office.app_tier);
    office.linked();
    const auto first = office.allow(office.end(office.app), office.internet(), tcp(443), {office.nat()}).via[0].span;
    const auto second =
        office.allow(office.end(batch), office.internet(), tcp(443), {office.hop(office.datacenter)}).via[0].span;
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0519");
    CHECK(out.first().span == second);
    CHECK(out.first().notes[0].span == first);
    CHECK(out.first().message == "tier `main.app` goes to the Internet via `nat`, and this flow says `datacenter`");
  }

  TEST_CASE("two flows that agree, and two tiers that differ") {
    CHECK(codes([](Office& o) {
            o.linked();
            const auto other = o.group("other", o.tier(o.main, "other", TierKind::Private, 24));
            o.allow(o.end(o.app), o.internet(), tcp(443), {o.nat()});
            o.allow(o.end(o.app), o.internet(), tcp(80), {o.nat()});
            o.allow(o.end(other), o.internet(), tcp(443), {o.hop(o.datacenter)});
          }).empty());
  }
}

TEST_SUITE("flow_passage: sites") {
  TEST_CASE("a linked site reaches private and public tiers, and the tier gets a route") {
    Office office;
    office.link(office.main, office.datacenter);
    office.allow(office.datacenter, office.app, tcp(443));
    office.allow(office.web, office.datacenter, tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->tiers[model::TierId(2)].site_routes == std::vector<model::SiteId>{model::SiteId(0)});
    CHECK(out.design->tiers[model::TierId(1)].site_routes == std::vector<model::SiteId>{model::SiteId(0)});
    CHECK(out.design->tiers[model::TierId(0)].site_routes.empty());
    CHECK(way_of(out, 2) == "none");
  }

  TEST_CASE("a part of a linked site routes to the linked one") {
    Office office;
    const auto crm = office.site("crm", "172.20.9.0/28");
    office.set(crm, "inside", EntityRef{office.datacenter});
    office.link(office.main, office.datacenter);
    office.allow(office.app, crm, tcp(5432));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->tiers[model::TierId(2)].site_routes == std::vector<model::SiteId>{model::SiteId(0)});
    CHECK(out.design->flows[0].to == model::Endpoint(model::SiteId(2)));
  }

  TEST_CASE("not an isolated tier") {
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.datacenter, o.data, tcp(443));
          }) == "CRN0521");
  }

  TEST_CASE("private addresses without a link name the missing link") {
    Office office;
    office.allow(office.datacenter, office.app, tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0522");
    CHECK(out.first().message == "no link leads from network `main` to `datacenter`, and 172.16.0.0/16 is private");
    CHECK(out.first().help == "declare `link main to datacenter by vpn { … }`");
    CHECK(out.first().notes.size() == 2);
  }

  TEST_CASE("one private block among public ones is enough; a parameter that can only be private, too") {
    CHECK(codes([](Office& o) {
            o.set(o.web, "public_address", true);
            o.allow(o.site("s", {block("198.51.100.0/24"), block("192.168.3.0/24")}), o.web, tcp(443));
          }) == "CRN0522");
    CHECK(codes([](Office& o) {
            o.set(o.web, "public_address", true);
            o.allow(o.site("s", {o.cidr("p", 16, 32, "192.168.0.0/16")}), o.web, tcp(443));
          }) == "CRN0522");
  }

  TEST_CASE("public addresses without a link come over the Internet") {
    CHECK(codes([](Office& o) { o.allow(o.desk, o.app, tcp(443)); }) == "CRN0511");
    CHECK(codes([](Office& o) { o.allow(o.desk, o.web, tcp(443)); }) == "CRN0512");
    CHECK(codes([](Office& o) { o.allow(o.app, o.desk, tcp(443)); }) == "CRN0513");
    CHECK(codes([](Office& o) { o.allow(o.end(o.app), o.end(o.desk), tcp(443), {o.nat()}); }).empty());
    CHECK(codes([](Office& o) { o.allow(o.desk, o.with_front(), tcp(443)); }).empty());
  }

  TEST_CASE("via to a linked site says nothing") {
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.end(o.app), o.end(o.datacenter), tcp(443), {o.hop(o.datacenter)});
          }) == "CRN0517");
  }

  TEST_CASE("a site without addresses, and one with IPv6 only") {
    CHECK(codes([](Office& o) { o.allow(o.site("s", std::vector<model::Late<net::Prefix>>{}), o.web, tcp(443)); }) ==
          "CRN0504");
    CHECK(codes([](Office& o) { o.allow(o.site("s", "2001:db8::/48"), o.web, tcp(443)); }) == "CRN0505");
  }
}

TEST_SUITE("flow_passage: blocks") {
  TEST_CASE("public ones are like a site that nobody declared") {
    CHECK(codes([](Office& o) {
            o.set(o.web, "public_address", true);
            o.allow(o.blocks("198.51.100.0/24"), o.end(o.web), tcp(443));
          }).empty());
    CHECK(codes([](Office& o) { o.allow(o.blocks("198.51.100.0/24"), o.end(o.web), tcp(443)); }) == "CRN0512");
    CHECK(codes([](Office& o) { o.allow(o.end(o.app), o.blocks("198.51.100.0/24"), tcp(443)); }) == "CRN0513");
  }

  TEST_CASE("private ones need a link that covers them") {
    CHECK(codes([](Office& o) { o.allow(o.blocks("192.168.0.0/24"), o.end(o.app), tcp(443)); }) == "CRN0522");
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.blocks("172.16.8.0/24"), o.end(o.app), tcp(443));
          }).empty());
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.blocks("172.16.0.0/15"), o.end(o.app), tcp(443));
          }) == "CRN0522");
  }

  TEST_CASE("a block in a linked site gives the tier its route") {
    Office office;
    office.link(office.main, office.datacenter);
    office.allow(office.blocks("172.16.8.0/24"), office.end(office.app), tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->tiers[model::TierId(2)].site_routes == std::vector<model::SiteId>{model::SiteId(0)});
  }

  TEST_CASE("a parameter that could lie anywhere is not covered by a known site") {
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.blocks("p", {o.cidr("p", 24, 32, "172.16.0.0/12")}), o.end(o.app), tcp(443));
          }) == "CRN0522");
    CHECK(codes([](Office& o) {
            o.linked();
            o.allow(o.blocks("p", {o.cidr("p", 24, 32, "172.16.4.0/22")}), o.end(o.app), tcp(443));
          }).empty());
  }

  TEST_CASE("addresses of the design's own network are its members") {
    Office office;
    office.allow(office.blocks("10.0.4.0/24"), office.end(office.app), tcp(443));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0503");
    CHECK(out.first().help == "name web, app or data");
    CHECK(codes([](Office& o) { o.allow(o.end(o.app), o.blocks("10.0.0.0/8"), tcp(443)); }) == "CRN0503");
  }

  TEST_CASE("of a list of both families the IPv4 half takes part") {
    CHECK(codes([](Office& o) {
            o.allow(o.blocks("partners", {block("198.51.100.0/24"), block("2001:db8:7::/48")}), o.end(o.with_front()),
                    tcp(443));
          }).empty());
    CHECK(codes([](Office& o) { o.allow(o.blocks("2001:db8:7::/48"), o.end(o.with_front()), tcp(443)); }) == "CRN0505");
  }
}

TEST_SUITE("flow_passage: inside") {
  TEST_CASE("every tier of a network reaches every other, and a group its own members") {
    CHECK(codes([](Office& o) {
            o.allow(o.web, o.app, tcp(443));
            o.allow(o.app, o.data, tcp(443));
            o.allow(o.data, o.data, tcp(443));
          }).empty());
  }

  TEST_CASE("peered networks: both tiers get a route, and no other tier") {
    Office office;
    const auto second = office.network("second", "10.1.0.0/16");
    const auto tools = office.group("tools", office.tier(second, "tools", TierKind::Private, 24));
    office.peer(second, office.main);
    office.allow(office.app, tools, tcp(443));
    const Outcome out = office.build();
    CHECK(out.codes().empty());
    REQUIRE(out.design);
    for (const model::Tier& tier : out.design->tiers) {
      const std::string name = model::to_string(tier.origin.path);
      CAPTURE(name);
      CHECK(tier.peer_routes.size() == (name == "main.app" || name == "second.tools" ? 1 : 0));
    }
  }

  TEST_CASE("a peering is no way out of an isolated tier, and has no way to name") {
    Office office;
    const auto second = office.network("second", "10.1.0.0/16");
    const auto tools = office.group("tools", office.tier(second, "tools", TierKind::Private, 24));
    office.peer(office.main, second);
    office.allow(office.data, tools, tcp(443));
    office.allow(office.end(office.app), office.end(tools), tcp(443), {office.nat()});
    CHECK(office.build().codes() == "CRN0521 CRN0517");
  }

  TEST_CASE("peerings: not with itself, not twice, not for nothing, and peers do not overlap") {
    CHECK(codes([](Office& o) { o.peer(o.main, o.main); }) == "CRN0431");
    CHECK(codes([](Office& o) {
            const auto second = o.network("second", "10.1.0.0/16");
            o.peer(o.main, second);
            o.peer(second, o.main);
          }) == "CRN0432");
    CHECK(codes([](Office& o) { o.peer(o.main, o.network("second", "10.1.0.0/16")); }) == "CRN0433");
    CHECK(codes([](Office& o) { o.peer(o.main, o.network("second", "10.0.128.0/17")); }) == "CRN0411");
  }

  TEST_CASE("peering is not transitive") {
    Office office;
    const auto hub = office.network("hub", "10.1.0.0/16");
    const auto tools = office.group("tools", office.tier(hub, "tools", TierKind::Private, 24));
    const auto lab = office.network("lab", "10.2.0.0/16");
    const auto bench = office.group("bench", office.tier(lab, "bench", TierKind::Private, 24));
    office.peer(office.main, hub);
    office.peer(hub, lab);
    office.allow(office.app, tools, tcp(443));
    office.allow(tools, bench, tcp(443));
    office.allow(office.app, bench, tcp(443));
    CHECK(office.build().codes() == "CRN0523");
  }

  TEST_CASE("networks need a peering") {
    Office office;
    const auto other = office.network("other", "10.1.0.0/16");
    const auto far = office.group("far", office.tier(other, "far", TierKind::Private, 24));
    office.allow(office.app, far, tcp(443));
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0523");
    CHECK(out.first().notes.size() == 2);
  }

  TEST_CASE("via says nothing within a network") {
    CHECK(codes([](Office& o) { o.allow(o.end(o.web), o.end(o.app), tcp(443), {o.nat()}); }) == "CRN0517");
  }

  TEST_CASE("a balancer takes what it listens on, from everybody") {
    CHECK(codes([](Office& o) { o.allow(o.app, o.with_front(), tcp(443)); }).empty());
    CHECK(codes([](Office& o) { o.allow(o.app, o.with_front(), tcp(80)); }) == "CRN0524");
    Office office;
    const auto front = office.with_front();
    office.allow(office.internet(), office.end(front), tcp(443).united(tcp(22)));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0524");
    CHECK(out.first().message == "balancer `front` does not listen on tcp/22: it forwards tcp/443");
    CHECK(out.first().notes[0].span == office.of(front).forwards[0].span);
    CHECK(codes([](Office& o) { o.allow(o.end(o.app), o.end(o.with_front()), net::Traffic::all()); }) == "CRN0524");
  }

  TEST_CASE("`any` at a balancer is all that it listens on") {
    Office office;
    const auto front = office.with_front();
    office.allow(office.internet(), office.end(front), net::Traffic::all()).actions.any = true;
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->flows.back().traffic == tcp(443));
  }

  TEST_CASE("a balancer opens nothing but its forwards") {
    CHECK(codes([](Office& o) { o.allow(o.with_front(), o.app, tcp(80)); }) == "CRN0525");
    CHECK(codes([](Office& o) { o.allow(o.with_front(), o.web, tcp(22)); }) == "CRN0525");
    CHECK(codes([](Office& o) { o.allow(o.end(o.with_front()), o.internet(), tcp(443)); }) == "CRN0525");
    CHECK(codes([](Office& o) { o.allow(o.with_front(), o.web, tcp(80)); }) == "CRN0527");  // implied already
  }

  TEST_CASE("neither end inside") {
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.internet(), tcp(443)); }) == "CRN0502");
    CHECK(codes([](Office& o) { o.allow(o.desk, o.datacenter, tcp(443)); }) == "CRN0502");
    CHECK(codes([](Office& o) { o.allow(o.blocks("198.51.100.0/24"), o.internet(), tcp(443)); }) == "CRN0502");
  }
}
