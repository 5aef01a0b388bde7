#include <doctest/doctest.h>

#include <functional>

#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;
using model::TierKind;

namespace {

template <class Prepare>
std::string codes(Prepare prepare) {
  Office office;
  prepare(office);
  return office.build().codes();
}

/// "web -> app, web -> data": the flows in order.
std::string flows_of(const Outcome& out) {
  REQUIRE(out.design);
  std::string all;
  for (const model::Flow& flow : out.design->flows) {
    all += (all.empty() ? "" : ", ") + model::name_of(*out.design, flow.from) + " -> " +
           model::name_of(*out.design, flow.to);
  }
  return all;
}

std::string names(const model::Design& design, const std::vector<model::Endpoint>& ends) {
  std::string all;
  for (const auto& end : ends) all += (all.empty() ? "" : ", ") + model::name_of(design, end);
  return all;
}

}  // namespace

TEST_SUITE("flow_endpoints") {
  TEST_CASE("a tier, a network, a label and a list stand for their members, in declaration order") {
    Office office;
    const auto second = office.group("second", office.app_tier);
    office.set(second, "labels", List{{office.value(Word{"marked"})}});
    office.set(office.data, "labels", List{{office.value(Word{"marked"})}});
    office.allow(office.end(office.web), office.end(office.app_tier), tcp(1));
    office.allow(office.end(office.web), office.end(office.main), tcp(2));
    office.allow(office.end(office.web), office.label("marked"), tcp(3));
    office.allow(office.end(office.web), office.list({second, office.app}), tcp(4));
    CHECK(flows_of(office.build()) ==
          "web -> app, web -> second, "
          "web -> web, web -> app, web -> data, web -> second, "
          "web -> data, web -> second, "
          "web -> second, web -> app");
  }

  TEST_CASE("nothing is there twice, however often it is named") {
    Office office;
    office.allow(Draft::side({office.end(office.web), office.end(office.web_tier), office.inside()}),
                 Draft::side({office.end(office.app)}), tcp(1));
    CHECK(flows_of(office.build()) == "web -> app, app -> app, data -> app");
  }

  TEST_CASE("a collective name means those who can take part") {
    Office office;  // web is in a public tier without addresses, data in an isolated one: only app can go via nat
    office.allow(office.inside(), office.internet(), tcp(443), {office.nat()});
    CHECK(flows_of(office.build()) == "app -> internet");
  }

  TEST_CASE("of `any`, each pair that can be") {
    Office office;
    office.allow(office.any(), office.end(office.with_front()), tcp(443));
    CHECK(flows_of(office.build()) ==
          "front -> web, web -> front, app -> front, data -> front, desk -> front, internet -> front");
  }

  TEST_CASE("immutable members of a collective name are not administered") {
    Office office;
    office.set(office.app, "immutable", true);
    office.allow(office.end(office.web), office.inside(), tcp(22));
    CHECK(flows_of(office.build()) == "web -> web, web -> data");
  }

  TEST_CASE("a named end that cannot take part is an error beside one that can") {
    Office office;
    office.allow(Draft::side({office.end(office.app), office.end(office.data)}), Draft::side({office.internet()}),
                 tcp(443), {office.nat()});
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0521");
    CHECK(out.first().message == "`data` cannot take part: tier `main.data` is isolated");
  }

  TEST_CASE("a named end inside a collective name stays named") {
    Office office;
    office.allow(Draft::side({office.inside(), office.end(office.data)}), Draft::side({office.internet()}), tcp(443),
                 {office.nat()});
    CHECK(office.build().codes() == "CRN0521");
  }

  TEST_CASE("a name of which nobody can is an error, once") {
    Office office;
    office.allow(office.end(office.data_tier), office.internet(), tcp(443), {office.nat()});
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0521");
    CHECK(out.first().notes.back().message.find("nobody that subnet `main.data` stands for") == 0);
  }

  TEST_CASE("a named end that meets nobody of a collective name") {
    CHECK(codes([](Office& o) { o.allow(o.end(o.data), o.outside(), tcp(443), {o.nat()}); }) == "CRN0521");
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.outside(), tcp(443)); }) == "CRN0502");
  }

  TEST_CASE("an empty tier, an unused label and an empty network stand for nobody") {
    Office office;
    const auto empty_network = office.network("spare", "10.9.0.0/16");
    office.allow(office.end(office.web), office.end(office.edge), tcp(1));
    office.allow(office.end(office.web), office.label("nobody"), tcp(1));
    office.allow(office.end(empty_network), office.end(office.web), tcp(1));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0501 CRN0501 CRN0501");
    CHECK(out.first().message == "subnet `main.edge` stands for nobody");
  }

  TEST_CASE("an empty list is nothing, in silence") {
    Office office;
    office.allow(office.list({}), office.end(office.app), tcp(1));
    office.allow(office.end(office.app), office.list({}), tcp(1));
    const Outcome out = office.build();
    REQUIRE(out.codes().empty());
    CHECK(out.design->flows.empty());
    CHECK(out.design->statements.empty());
  }

  TEST_CASE("an empty list beside a group takes nothing from it") {
    Office office;
    office.allow(Draft::side({office.list({}), office.end(office.web)}), Draft::side({office.end(office.app)}), tcp(1));
    CHECK(flows_of(office.build()) == "web -> app");
  }
}

TEST_SUITE("flow_except") {
  TEST_CASE("members are taken away") {
    Office office;
    office.allow(Draft::side({office.inside()}, {office.end(office.data_tier)}), Draft::side({office.end(office.app)}),
                 tcp(1));
    CHECK(flows_of(office.build()) == "web -> app, app -> app");
  }

  TEST_CASE("nobody left") {
    CHECK(codes([](Office& o) {
            o.allow(Draft::side({o.end(o.web)}, {o.inside()}), Draft::side({o.end(o.app)}), tcp(1));
          }) == "CRN0501");
  }

  TEST_CASE("a part of a site leaves exactly the rest") {
    Office office;
    const auto operators = office.site("operators", "172.16.128.0/17");
    office.set(operators, "inside", EntityRef{office.datacenter});
    office.link(office.main, office.datacenter);
    office.allow(Draft::side({office.end(office.datacenter)}, {office.end(operators)}),
                 Draft::side({office.end(office.app)}), tcp(1));
    const Outcome out = office.build();
    REQUIRE(out.design);
    const auto& blocks = std::get<model::Blocks>(out.design->flows[0].from);
    CHECK(blocks.name == "datacenter except operators");
    CHECK(blocks.blocks == std::vector<model::Late<net::Prefix>>{block("172.16.0.0/17")});
    CHECK(out.design->tiers[model::TierId(2)].site_routes.size() == 1);
  }

  TEST_CASE("two parts taken away, a third stays") {
    Office office;
    std::vector<DeclaredId> parts;
    for (const auto& [name, text] :
         {std::pair{"a", "192.168.1.0/24"}, {"b", "192.168.2.0/24"}, {"c", "192.168.3.0/24"}}) {
      parts.push_back(office.site(name, text));
      office.set(parts.back(), "inside", EntityRef{office.datacenter});
    }
    office.link(office.main, office.datacenter);
    office.allow(Draft::side({office.end(office.datacenter)}, {office.end(parts[0]), office.end(parts[1])}),
                 Draft::side({office.end(office.app)}), tcp(1));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(std::get<model::Blocks>(out.design->flows[0].from).blocks ==
          std::vector<model::Late<net::Prefix>>{block("172.16.0.0/16"), block("192.168.3.0/24")});
  }

  TEST_CASE("bounds that lie apart are enough; others leave the difference open") {
    const auto with = [](const char* corporate, const char* operators) {
      Draft draft;
      const auto main = draft.network("main", "10.0.0.0/16");
      const auto app = draft.group("app", draft.tier(main, "app", TierKind::Private, 24));
      const auto dc = draft.site("dc", {draft.cidr("corporate", 16, 32, corporate)});
      const auto part = draft.site("part", {draft.cidr("operators", 24, 32, operators)});
      draft.set(part, "inside", EntityRef{dc});
      draft.link(main, dc);
      draft.allow(Draft::side({draft.end(dc)}, {draft.end(part)}), Draft::side({draft.end(app)}), tcp(1));
      return draft.build().codes();
    };
    CHECK(with("172.16.0.0/12", "192.168.0.0/16").empty());
    CHECK(with("172.16.0.0/12", "172.16.0.0/12") == "CRN0507");
  }

  TEST_CASE("the larger site takes its parts along") {
    Office office;
    const auto crm = office.site("crm", "172.16.9.0/28");
    office.set(crm, "inside", EntityRef{office.datacenter});
    office.linked();
    office.allow(Draft::side({office.end(crm), office.end(office.web)}, {office.end(office.datacenter)}),
                 Draft::side({office.end(office.app)}), tcp(1));
    CHECK(flows_of(office.build()) == "datacenter -> app, web -> app");
  }

  TEST_CASE("the Internet of a grant cannot lose public addresses") {
    const auto except = [](const std::function<EndpointRef(Office&)>& taken) {
      return codes([&](Office& o) {
        o.allow(Draft::side({o.any()}, {taken(o)}), Draft::side({o.end(o.with_front())}), tcp(443));
      });
    };
    CHECK(except([](Office& o) { return o.end(o.desk); }) == "CRN0506");
    CHECK(except([](Office& o) { return o.blocks("198.51.100.0/24"); }) == "CRN0506");
    CHECK(except([](Office& o) { return o.end(o.app); }).empty());
    CHECK(except([](Office& o) { return o.internet(); }).empty());
    CHECK(except([](Office& o) { return o.end(o.datacenter); }).empty());  // private: never a part of it
  }

  TEST_CASE("the Internet of a claim holds no site") {
    Office office;
    office.never(Draft::side({office.any()}, {office.end(office.desk)}), Draft::side({office.end(office.app)}));
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(names(*out.design, out.design->claims[0].from) == "web, app, data, datacenter, internet");
    CHECK(codes([](Office& o) {
            o.never(Draft::side({o.any()}, {o.blocks("198.51.100.0/24")}), Draft::side({o.end(o.app)}));
          }) == "CRN0506");
  }
}

TEST_SUITE("flow_statements") {
  TEST_CASE("a forward implies its flow, first and once a target and port") {
    Office office;
    const auto front = office.with_front();
    office.forward(front, tcp(8443), office.web, tcp(80));
    office.allow(office.internet(), office.end(front), tcp(443)).because = "the service";
    const Outcome out = office.build();
    REQUIRE(out.codes().empty());
    CHECK(flows_of(out) == "front -> web, internet -> front");
    const auto& implied = out.design->statements[model::StatementId(0)];
    CHECK(implied.implied);
    CHECK(implied.text == "front -> web : tcp/80");
    CHECK(implied.span == office.of(front).forwards[0].span);
    const auto& written = out.design->statements[model::StatementId(1)];
    CHECK(!written.implied);
    CHECK(written.because == "the service");
    CHECK(out.design->flows[1].statement == model::StatementId(1));
  }

  TEST_CASE("a flow that is there already is warned about with the other place, and kept") {
    Office office;
    const auto first = office.allow(office.web, office.app, tcp(443)).span;
    office.allow(office.end(office.web), office.inside(), tcp(443).united(tcp(80)));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0527");
    CHECK(out.first().severity == diagnostics::Severity::Warning);
    CHECK(out.first().message == "`web -> app : tcp/443` is allowed already");
    CHECK(out.first().notes[0].span == first);
    REQUIRE(out.design);
    CHECK(out.design->flows.size() == 4);
  }

  TEST_CASE("two statements that overlap in many flows are one warning") {
    Office office;
    office.allow(office.inside(), office.inside(), tcp(443));
    office.allow(office.inside(), office.inside(), tcp(443));
    CHECK(office.build().codes() == "CRN0527");
  }

  TEST_CASE("other traffic, or the other way round, is another flow") {
    CHECK(codes([](Office& o) {
            o.allow(o.web, o.app, tcp(443));
            o.allow(o.web, o.app, tcp(444));
            o.allow(o.app, o.web, tcp(443));
          }).empty());
  }

  TEST_CASE("independent faults are all reported, in order") {
    CHECK(codes([](Office& o) {
            o.allow(o.internet(), o.end(o.app), tcp(443));
            o.allow(o.end(o.data), o.internet(), tcp(443));
            o.allow(o.datacenter, o.app, tcp(443));
          }) == "CRN0511 CRN0521 CRN0522");
  }

  TEST_CASE("a thing in error causes no second error") {
    CHECK(codes([](Office& o) {
            const auto front = o.balancer("front", o.edge, "network");
            o.forward(front, tcp(443), o.app_tier, tcp(443));
            o.allow(o.internet(), o.end(front), tcp(443));
          }) == "CRN0422");
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.balancer("front", o.edge, "network")), tcp(443)); }) ==
          "CRN0421");
  }

  TEST_CASE("a link without a flow is warned about") {
    CHECK(codes([](Office& o) { o.link(o.main, o.datacenter); }) == "CRN0416");
    CHECK(codes([](Office& o) {
            o.link(o.main, o.datacenter);
            o.allow(o.end(o.app), o.internet(), tcp(443), {o.hop(o.datacenter)});
          }).empty());
  }
}

TEST_SUITE("flow_routes: network balancers") {
  TEST_CASE("a target without an address of its own cannot be reached past the balancer") {
    CHECK(codes([](Office& o) { o.allow(o.internet(), o.end(o.with_front("network")), tcp(443)); }).empty());
  }

  TEST_CASE("a public address would let clients pass it by") {
    const auto prepare = [](Office& o) {
      o.set(o.web, "public_address", true);
      o.allow(o.internet(), o.end(o.with_front("network")), tcp(443));
    };
    Office office;
    prepare(office);
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0526");
    CHECK(out.first().message ==
          "`internet` could reach `web` past the balancer `front`: a network balancer keeps the client's address");
    CHECK(codes([&](Office& o) {
            prepare(o);
            o.allow(o.internet(), o.end(o.web), tcp(80));  // said, so nothing more than said
          }).empty());
    CHECK(codes([&](Office& o) {
            prepare(o);
            o.allow(o.internet(), o.end(o.web), tcp(81));
          }) == "CRN0526");
    CHECK(codes([](Office& o) {
            o.set(o.web, "public_address", true);
            o.allow(o.internet(), o.end(o.with_front()), tcp(443));  // an application balancer calls by itself
          }).empty());
  }

  TEST_CASE("a route of the target's tier to a linked client is another way") {
    const auto prepare = [](Office& o) {
      o.link(o.main, o.datacenter);
      const auto inner = o.balancer("inner", o.tier(o.main, "inner", TierKind::Private, 26), "network");
      o.forward(inner, tcp(443), o.app, tcp(8443));
      o.allow(o.datacenter, inner, tcp(443));
    };
    CHECK(codes(prepare).empty());
    CHECK(codes([&](Office& o) {
            prepare(o);
            o.allow(o.app, o.datacenter, tcp(25));
          }) == "CRN0526");
  }
}

TEST_SUITE("flow_claims") {
  TEST_CASE("collective names hold every site and every block that a flow names") {
    Office office;
    const auto crm = office.site("crm", "172.16.9.0/28");
    office.set(crm, "inside", EntityRef{office.datacenter});
    office.linked();
    office.allow(office.blocks("partners", {block("198.51.100.0/24")}), office.end(office.with_front()), tcp(443));
    office.never(Draft::side({office.outside()}), Draft::side({office.inside()}));
    const Outcome out = office.build();
    REQUIRE(out.design);
    REQUIRE(out.design->claims.size() == 1);
    const model::Claim& claim = out.design->claims[0];
    CHECK(names(*out.design, claim.from) == "datacenter, desk, crm, internet, partners");
    CHECK(names(*out.design, claim.to) == "web, app, data, front");
    CHECK(!claim.traffic);
    CHECK(!claim.empty_on_purpose);
  }

  TEST_CASE("an empty label is no fault here: verification says that the claim is about nobody") {
    Office office;
    office.never(Draft::side({office.label("nobody")}), Draft::side({office.end(office.app)}));
    office.never(Draft::side({office.list({})}), Draft::side({office.end(office.app)}));
    const Outcome out = office.build();
    REQUIRE(out.codes().empty());
    CHECK(out.design->claims[0].from.empty());
    CHECK(!out.design->claims[0].empty_on_purpose);
    CHECK(out.design->claims[1].empty_on_purpose);
  }

  TEST_CASE("a claim is not asked whether it can happen") {
    CHECK(codes([](Office& o) { o.never(Draft::side({o.internet()}), Draft::side({o.end(o.data)})); }).empty());
  }

  TEST_CASE("actions and ways") {
    Office office;
    const auto crm = office.site("crm", "172.16.9.0/28");
    office.set(crm, "inside", EntityRef{office.datacenter});
    office.linked();
    auto& line = office.never(Draft::side({office.end(office.app)}), Draft::side({office.internet()}));
    line.actions = office.actions(tcp(443));
    line.via = {office.hop(crm), office.nat()};
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->claims[0].traffic == tcp(443));
    CHECK(out.design->claims[0].via == std::vector<model::Hop>{model::SiteId(0), model::ViaNat{}});
  }

  TEST_CASE("an address of the design's own network is not an outside address") {
    CHECK(codes([](Office& o) { o.never(Draft::side({o.blocks("10.0.4.7/32")}), Draft::side({o.end(o.app)})); }) ==
          "CRN0503");
  }
}
