#include "backends/azure/legalize.h"

#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using tests::codes;
using Codes = std::vector<std::string>;

namespace {

model::Design two_tiers() { return tests::for_azure(tests::two_tiers_one_site()); }
model::Design players() { return tests::for_azure(tests::network_balancer()); }

}  // namespace

TEST_CASE("every sample compiles without a word") {
  for (const model::Design& design :
       {tests::public_network(), tests::public_network_direct(), tests::private_network(),
        tests::private_network_known(), tests::three_tiers(), tests::network_balancer(), tests::two_tiers_one_site()}) {
    CHECK(codes(tests::for_azure(design)).empty());
  }
}

TEST_CASE("a region of another provider is refused, with the nearest when there is one") {
  model::Design design = tests::for_azure(tests::three_tiers());
  design.region = "eu_west_1";
  CHECK(codes(design) == Codes{"CRN2004"});
  design.region = "westeurop";
  CHECK(tests::first_fault(design).help == "did you mean `westeurope`?");
}

TEST_CASE("more zones than a region has, and a region without any") {
  model::Design design = two_tiers();
  design.networks.begin()->zones = 4;
  CHECK(codes(design) == Codes{"CRN2005"});
  design.networks.begin()->zones = 2;
  design.region = "westus";
  CHECK(codes(design) == Codes{"CRN2005"});
  design.region = "westus2";
  CHECK(codes(design).empty());
}

TEST_CASE("ICMP types cannot be told apart; all of it can be allowed") {
  model::Design design = two_tiers();
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  model::Design ping = design;
  tests::add_flow(ping, app, data, net::Traffic::of(net::Protocol::Icmp, 8, 8), "app -> data : icmp/8");
  CHECK(codes(ping) == Codes{"CRN2006"});
  tests::add_flow(design, app, data, net::Traffic::of(net::Protocol::Icmp), "app -> data : icmp");
  CHECK(codes(design).empty());
}

TEST_CASE("a protocol that no rule can name, once a statement") {
  model::Design design = two_tiers();
  const model::GroupId app = tests::group_named(design, "app");
  const model::GroupId data = tests::group_named(design, "data");
  tests::add_flow(design, app, data, net::Traffic::of(net::Protocol::Sctp), "app, data -> data : sctp");
  model::Flow second = *(design.flows.end() - 1);
  second.from = data;
  design.flows.push_back(second);
  CHECK(codes(design) == Codes{"CRN2007"});
}

TEST_CASE("NAT carries tcp and udp") {
  model::Design design = tests::for_azure(tests::three_tiers());
  const model::GroupId app = tests::group_named(design, "app");
  tests::add_flow(design, app, model::Internet{}, net::Traffic::of(net::Protocol::Icmp), "app -> internet : icmp",
                  {model::ViaNat{}});
  CHECK(codes(design) == Codes{"CRN2008"});
}

TEST_CASE("an application balancer needs a public tier") {
  model::Design design = tests::public_network();
  design.tiers[design.balancers.begin()->tier].kind = model::TierKind::Private;
  CHECK(codes(design) == Codes{"CRN2009"});
}

TEST_CASE("a client inside the network of a public balancer has no address that a rule could name") {
  model::Design design = tests::for_azure(tests::three_tiers());
  tests::add_flow(design, tests::group_named(design, "app"), design.balancers.ids().front(), tests::tcp(443),
                  "app -> front : https");
  CHECK(codes(design) == Codes{"CRN2010"});
}

TEST_CASE("a linked site is inside, an unlinked one is not") {
  model::Design design = tests::public_network();
  const model::SiteId partner = tests::add_site(design, "partner", "198.51.100.0/24");
  tests::add_flow(design, partner, design.balancers.ids().front(), tests::tcp(443), "partner -> front : https");
  CHECK(codes(design).empty());
  tests::link_to(design, design.networks.ids().front(), partner);
  CHECK(codes(design) == Codes{"CRN2010"});
}

TEST_CASE("a network balancer's client that could go past it") {
  model::Design with_address = players();
  with_address.groups.begin()->public_address = true;
  CHECK(codes(with_address) == Codes{"CRN2011"});

  model::Design inside = players();
  inside.tiers.begin()->kind = model::TierKind::Private;
  inside.tiers.begin()->way_out = model::NoWayOut{};
  inside.flows.pop_back();
  const model::GroupId caller = tests::add_group(inside, "caller", inside.tiers.ids().back());
  tests::add_flow(inside, caller, inside.balancers.ids().front(), tests::tcp(7000), "caller -> front : tcp/7000");
  CHECK(codes(inside) == Codes{"CRN2011"});
  tests::add_flow(inside, caller, tests::group_named(inside, "play"), tests::tcp(7001), "caller -> play : tcp/7001");
  CHECK(codes(inside).empty());
}

TEST_CASE("a client of one network balancer that could come by another one") {
  model::Design design = players();
  model::Balancer second = *design.balancers.begin();
  second.origin.path = {"side"};
  const model::BalancerId side = design.balancers.add(second);
  CHECK(codes(design) == Codes{"CRN2023"});
  model::Design both = design;
  tests::add_flow(both, model::Internet{}, side, tests::tcp(7000), "internet -> side : tcp/7000");
  CHECK(codes(both).empty());
  // another port of the target is another matter
  design.balancers[side].forwards.front().to = tests::tcp(7009);
  CHECK(codes(design).empty());
}

TEST_CASE("two application balancers do not share a tier") {
  model::Design design = tests::public_network();
  model::Balancer second = *design.balancers.begin();
  second.origin.path = {"back"};
  (void)design.balancers.add(second);
  CHECK(codes(design) == Codes{"CRN2012"});
}

TEST_CASE("a UDP port cannot be probed: the same port of tcp is, and said so") {
  model::Design design = players();
  model::Forward& forward = design.balancers.begin()->forwards[0];
  forward.listen = net::Traffic::of(net::Protocol::Udp, 7000, 7000);
  forward.to = net::Traffic::of(net::Protocol::Udp, 7001, 7001);
  for (model::Flow& flow : design.flows) {
    flow.traffic = std::holds_alternative<model::Internet>(flow.from) ? forward.listen : forward.to;
  }
  diagnostics::Diagnostics diagnostics;
  const auto artifact = azure::backend().compile(design, backend::Format::Json, diagnostics);
  REQUIRE(artifact);
  bool told = false;
  for (const std::string& each : artifact->assumptions)
    told = told || each.find("answer tcp/7001") != std::string::npos;
  CHECK(told);
}

TEST_CASE("answers to a public balancer's clients cannot leave through a site") {
  model::Design design = players();
  const model::SiteId office = tests::add_site(design, "office", "172.16.0.0/16");
  tests::link_to(design, design.networks.ids().front(), office);
  model::Tier& play = design.tiers[design.groups.begin()->tier];
  play.way_out = office;
  play.site_routes = {office};
  CHECK(codes(design) == Codes{"CRN2014"});
  play.site_routes = {};
  model::Appliance wall;
  wall.origin = design.groups.begin()->origin;
  wall.tier = design.balancers.begin()->tier;
  play.way_out = design.appliances.add(wall);
  CHECK(codes(design) == Codes{"CRN2014"});
}

TEST_CASE("a tier that Azure cannot make a subnet or a gateway of") {
  model::Design design = tests::public_network();
  model::Tier& edge = design.tiers[design.balancers.begin()->tier];
  edge.block.part->length = 28;
  CHECK(codes(design).empty());
  edge.block.part->length = 29;
  CHECK(codes(design) == Codes{"CRN2015"});
  model::Design other = two_tiers();
  other.tiers.begin()->block = {.base = *net::parse_prefix("10.40.0.0/30"), .part = {}};
  CHECK(codes(other) == Codes{"CRN2015"});
}

TEST_CASE("a tier has addresses for all that its groups can grow to") {
  model::Design design = tests::public_network();
  model::Group& web = *design.groups.begin();
  design.tiers[web.tier].block = {.base = *net::parse_prefix("10.0.1.0/24"), .part = {}};
  web.scale.max = 251;
  CHECK(codes(design).empty());
  web.scale.max = 252;
  CHECK(codes(design) == Codes{"CRN2013"});
}

TEST_CASE("one gateway sends Internet traffic to one site") {
  model::Design design = two_tiers();
  const model::SiteId second = tests::add_site(design, "second", "172.30.0.0/16");
  tests::link_to(design, design.networks.ids().front(), second);
  design.tiers[design.tiers.ids().back()].way_out = second;
  CHECK(codes(design) == Codes{"CRN2016"});
}

TEST_CASE("a VPN by certificate") {
  model::Design design = two_tiers();
  design.links.begin()->key = std::nullopt;
  design.links.begin()->certificate = std::string("certificate");
  CHECK(codes(design) == Codes{"CRN2017"});
}

TEST_CASE("ids of another provider") {
  model::Design image = two_tiers();
  image.groups.begin()->image = std::string("ami-0123456789abcdef0");
  CHECK(codes(image) == Codes{"CRN2018"});
  image.groups.begin()->image = std::string("ami-of-ours");
  CHECK(codes(image).empty());

  model::Design certificate = tests::for_azure(tests::three_tiers());
  certificate.balancers.begin()->certificate = std::string("arn:aws:acm:eu-west-1:333333333333:certificate/1");
  CHECK(codes(certificate) == Codes{"CRN2019"});
}

TEST_CASE("settings with values that Azure would refuse") {
  const auto with = [](const std::string& name, const std::string& value) {
    model::Design design = two_tiers();
    if (name == "vpn_sku") {
      design.networks.begin()->settings["azure"][name] = value;
    } else {
      design.groups.begin()->settings["azure"][name] = value;
    }
    return codes(design);
  };
  CHECK(with("vpn_sku", "VpnGw1") == Codes{"CRN2020"});
  CHECK(with("vpn_sku", "VpnGw2AZ").empty());
  CHECK(with("vm_size", "m5.large") == Codes{"CRN2020"});
  CHECK(with("admin", "root") == Codes{"CRN2020"});
  CHECK(with("admin", "Admin User") == Codes{"CRN2020"});
  CHECK(with("admin", "keeper").empty());
}

TEST_CASE("independent faults are all reported") {
  model::Design design = two_tiers();
  design.groups.begin()->image = std::string("ami-0123456789abcdef0");
  design.networks.begin()->zones = 5;
  tests::add_flow(design, tests::group_named(design, "app"), tests::group_named(design, "data"),
                  net::Traffic::of(net::Protocol::Icmp, 8, 8), "app -> data : icmp/8");
  CHECK(codes(design) == Codes{"CRN2005", "CRN2018", "CRN2006"});
}
