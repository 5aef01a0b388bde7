#include <doctest/doctest.h>

#include <functional>
#include <tuple>

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

Value::Node driven(Draft& draft, std::int64_t first, std::int64_t last, int percent) {
  return Driven{.value = std::make_shared<Value>(draft.value(IntRange{first, last})),
                .driver = "cpu",
                .argument = std::make_shared<Value>(draft.value(Percent{percent}))};
}

}  // namespace

TEST_SUITE("build_things") {
  TEST_CASE("attributes reach the model") {
    Office office;
    office.set(office.main, "flow_logs", false);
    office.set(office.app_tier, "acl", Word{"strict"});
    office.set(office.app, "size", Word{"large"});
    office.set(office.app, "scale", driven(office, 2, 6, 70));
    office.set(office.app, "boot", std::string("#!/bin/sh"));
    office.set(office.app, "ephemeral", true);
    office.set(office.app, "labels", List{{office.value(Word{"a"}), office.value(Word{"b"})}});
    office.of(office.app).doc = "The application.";
    office.of(office.app).settings["aws"]["instance"] = std::string("m7g.large");
    office.set(office.datacenter, "identities", List{{office.value(std::string("role/reader"))}});
    office.set(office.datacenter, "strong_authentication", true);
    const Outcome out = office.build();
    REQUIRE(out.design);
    const model::Group& app = out.design->groups[model::GroupId(1)];
    CHECK(app.origin.doc == "The application.");
    CHECK(app.size == model::Size::Large);
    CHECK(app.scale.min == 2);
    CHECK(app.scale.max == 6);
    CHECK(app.scale.cpu_percent == 70);
    CHECK(app.boot == "#!/bin/sh");
    CHECK(app.ephemeral);
    CHECK(!app.immutable);
    CHECK(app.labels == std::vector<std::string>{"a", "b"});
    CHECK(std::get<std::string>(app.settings.at("aws").at("instance")) == "m7g.large");
    CHECK(!out.design->networks[model::NetworkId(0)].flow_logs);
    CHECK(out.design->tiers[model::TierId(2)].strict_acl);
    CHECK(!out.design->tiers[model::TierId(1)].strict_acl);
    CHECK(out.design->sites[model::SiteId(0)].identities.size() == 1);
    CHECK(out.design->sites[model::SiteId(0)].strong_authentication);
    CHECK(out.design->sites[model::SiteId(0)].device.has_value());
    CHECK(std::holds_alternative<model::DirectWayOut>(out.design->tiers[model::TierId(0)].way_out));
  }

  TEST_CASE("a tier declared before its network's other parts keeps its order") {
    Draft draft;
    const auto main = draft.network("main", "10.0.0.0/16");
    const auto a = draft.tier(main, "a", TierKind::Private, 24);
    draft.group("g", a);
    draft.tier(main, "b", TierKind::Private, 24);
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(out.design->networks[model::NetworkId(0)].tiers ==
          std::vector<model::TierId>{model::TierId(0), model::TierId(1)});
  }

  TEST_CASE("the target's own data is taken over") {
    Draft draft;
    draft.in.name = "shop.prod";
    draft.in.doc = "The shop.";
    draft.in.parameterised = true;
    draft.in.region = "eu_west_1";
    draft.in.environment = model::Environment{.origin = {.path = {"prod"}, .span = {}, .doc = {}, .because = {}},
                                              .stage = "prod",
                                              .network_admins = {},
                                              .owner = "netsec",
                                              .settings = {}};
    const Outcome out = draft.build();
    REQUIRE(out.design);
    CHECK(out.design->name == "shop.prod");
    CHECK(out.design->doc == "The shop.");
    CHECK(out.design->parameterised);
    CHECK(out.design->region == "eu_west_1");
    CHECK(out.design->environment->owner == "netsec");
  }

  TEST_CASE("an IPv6 space") {
    Draft draft;
    draft.network("main", "2001:db8::/56");
    CHECK(draft.build().codes() == "CRN0410");
  }

  TEST_CASE("a VPN needs a device and one kind of key") {
    CHECK(codes([](Office& o) {
            o.of(o.datacenter).attributes.erase("device");
            o.linked();
          }) == "CRN0414");
    CHECK(codes([](Office& o) {
            o.of(o.link(o.main, o.datacenter)).attributes.erase("key");
            o.allow(o.datacenter, o.app, tcp(1));
          }) == "CRN0417");
    CHECK(codes([](Office& o) {
            o.set(o.link(o.main, o.datacenter), "certificate", std::string("c"));
            o.allow(o.datacenter, o.app, tcp(1));
          }) == "CRN0417");
  }

  TEST_CASE("one link to a site and what is inside it") {
    CHECK(codes([](Office& o) {
            o.linked();
            o.link(o.main, o.datacenter);
          }) == "CRN0415");
    CHECK(codes([](Office& o) {
            const auto crm = o.site("crm", "172.16.9.0/28");
            o.set(crm, "inside", EntityRef{o.datacenter});
            o.linked();
            o.link(o.main, crm);
          }) == "CRN0415");
  }

  TEST_CASE("a tier holds one sort of thing; one report a tier, with the other place") {
    Office office;
    const auto front = office.balancer("front", office.web_tier);
    office.set(front, "certificate", std::string("c"));
    office.forward(front, tcp(443), office.web, tcp(80));
    const auto second = office.balancer("second", office.web_tier);
    office.forward(second, tcp(80), office.web, tcp(80));
    const Outcome out = office.build();
    REQUIRE(out.codes() == "CRN0418");
    CHECK(out.first().message == "tier `main.web` cannot hold balancer `front` as well as group `web`");
    CHECK(out.first().notes[0].span == office.of(office.web).name_span);
  }

  TEST_CASE("a public address outside a public tier") {
    CHECK(codes([](Office& o) { o.set(o.app, "public_address", true); }) == "CRN0419");
    CHECK(codes([](Office& o) { o.set(o.data, "public_address", true); }) == "CRN0419");
    CHECK(codes([](Office& o) { o.set(o.app, "public_address", false); }).empty());
  }

  TEST_CASE("scales") {
    const auto scale = [](const std::function<Value::Node(Draft&)>& value) {
      Office office;
      office.set(office.app, "scale", value(office));
      const Outcome out = office.build();
      REQUIRE(out.design);
      const model::Scale& made = out.design->groups[model::GroupId(1)].scale;
      return std::tuple(made.min, made.max, made.cpu_percent);
    };
    CHECK(scale([](Draft&) { return IntRange{0, 0}; }) == std::tuple(0, 0, std::optional<int>()));
    CHECK(scale([](Draft&) { return IntRange{3, 3}; }) == std::tuple(3, 3, std::optional<int>()));
    CHECK(scale([](Draft& draft) { return driven(draft, 1, 9, 100); }) == std::tuple(1, 9, std::optional<int>(100)));
  }
}

TEST_SUITE("build_balancers") {
  TEST_CASE("TLS ends at an application balancer, on both sides of it") {
    Office office;
    const auto front = office.with_front();
    office.forward(front, tcp(80), office.web, tcp(8080));
    office.forward(front, tcp(8443), office.web, tcp(8443));
    const Outcome out = office.build();
    REQUIRE(out.design);
    const auto& forwards = out.design->balancers[model::BalancerId(0)].forwards;
    REQUIRE(forwards.size() == 3);
    CHECK(forwards[0].listen_tls);
    CHECK(!forwards[0].target_tls);
    CHECK(forwards[0].check == "/healthz");
    CHECK(!forwards[1].listen_tls);
    CHECK(!forwards[1].target_tls);
    CHECK(forwards[2].listen_tls);
    CHECK(forwards[2].target_tls);
  }

  TEST_CASE("a network balancer passes packets on") {
    Office office;
    office.with_front("network");
    const Outcome out = office.build();
    REQUIRE(out.design);
    const auto& balancer = out.design->balancers[model::BalancerId(0)];
    CHECK(balancer.layer == model::Layer::Network);
    CHECK(!balancer.forwards[0].listen_tls);
    CHECK(!balancer.forwards[0].target_tls);
  }

  TEST_CASE("certificates: missing, and of no use") {
    const auto with = [](const char* layer, std::uint16_t listen, bool certificate) {
      return codes([&](Office& o) {
        const auto front = o.balancer("front", o.edge, layer);
        if (certificate) o.set(front, "certificate", std::string("c"));
        o.forward(front, tcp(listen), o.web, tcp(80));
      });
    };
    CHECK(with("application", 443, false) == "CRN0424");
    CHECK(with("application", 443, true).empty());
    CHECK(with("application", 80, false).empty());
    CHECK(with("application", 80, true) == "CRN0425");
    CHECK(with("network", 443, true) == "CRN0425");
    CHECK(with("network", 443, false).empty());
  }

  TEST_CASE("forwards that cannot be") {
    const auto with = [](const std::string& layer, const net::Traffic& listen, const net::Traffic& to,
                         std::optional<std::string> check) {
      return codes([&](Office& o) {
        const auto front = o.balancer("front", o.edge, layer);
        if (layer == "application") o.set(front, "certificate", std::string("c"));
        o.forward(front, listen, o.web, to, std::move(check));
      });
    };
    CHECK(with("application", udp(443), tcp(443), {}) == "CRN0426");
    CHECK(with("application", tcp(443), udp(443), {}) == "CRN0426");
    CHECK(with("network", udp(443), udp(443), {}).empty());
    CHECK(with("network", udp(443), udp(443), "/healthz") == "CRN0427");
    CHECK(with("network", tcp(443), tcp(443), "/healthz").empty());
  }

  TEST_CASE("targets: a group of the same network") {
    CHECK(codes([](Office& o) { o.forward(o.balancer("front", o.edge, "network"), tcp(1), o.datacenter, tcp(1)); }) ==
          "CRN0422");
    CHECK(codes([](Office& o) {
            const auto other = o.network("other", "10.1.0.0/16");
            const auto far = o.group("far", o.tier(other, "far", TierKind::Private, 24));
            o.forward(o.balancer("front", o.edge, "network"), tcp(1), far, tcp(1));
          }) == "CRN0422");
  }

  TEST_CASE("one port is forwarded once; nothing forwarded is an error") {
    Office office;
    const auto front = office.with_front();
    office.forward(front, tcp(443), office.web, tcp(81));
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0423");
    CHECK(out.first().notes[0].span == office.of(front).forwards[0].span);
    CHECK(codes([](Office& o) { o.balancer("front", o.edge); }) == "CRN0421");
  }
}
