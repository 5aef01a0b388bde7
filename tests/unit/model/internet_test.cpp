#include "compiler/model/internet.h"

#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"

using namespace crenel;
using namespace crenel::model;

namespace {

net::Traffic tcp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Tcp, port, port); }

std::string names(const std::vector<Exclusion>& list) {
  std::string all;
  for (const Exclusion& one : list) all += (all.empty() ? "" : ", ") + one.name;
  return all;
}

constexpr const char* kPrivate = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16";

void flow(Design& design, Endpoint from, Endpoint to, const net::Traffic& traffic) {
  design.flows.push_back(
      {.statement = StatementId(0), .from = std::move(from), .to = std::move(to), .traffic = traffic, .via = {}});
}

}  // namespace

TEST_SUITE("internet_exclusions") {
  TEST_CASE("over a site, its addresses and all private space are beyond the flow") {
    const Design design = tests::private_network_known();
    const auto out = internet_exclusions(design, TierId(0), tcp(443), Direction::Out);
    CHECK(names(out.must) == std::string("datacenter, ") + kPrivate);
    CHECK(names(out.may) == "main");
    CHECK(out.must[0].block == Late<net::Prefix>(*net::parse_prefix("172.16.0.0/16")));
    CHECK(out.must[0].kind == ExclusionKind::LinkedSite);
    CHECK(out.may[0].kind == ExclusionKind::OwnNetwork);
  }

  TEST_CASE("a late site stays late") {
    const Design design = tests::private_network();
    const auto out = internet_exclusions(design, TierId(0), tcp(443), Direction::Out);
    CHECK(std::holds_alternative<ParameterId>(out.must[0].block));
    CHECK(std::holds_alternative<ParameterId>(out.may[0].block));
  }

  TEST_CASE("by nat nothing private is reached") {
    const Design design = tests::three_tiers();
    const auto out = internet_exclusions(design, TierId(2), tcp(8443), Direction::Out);
    CHECK(out.must.empty());
    CHECK(names(out.may) == std::string("shop.main, ") + kPrivate);
  }

  TEST_CASE("rules for everybody on both sides would meet within the network") {
    Design design = tests::three_tiers();  // the front is open to everybody on 443, where app calls everybody
    CHECK(names(internet_exclusions(design, TierId(0), tcp(443), Direction::In).must) == "shop.main");
    CHECK(names(internet_exclusions(design, TierId(2), tcp(443), Direction::Out).must) == "shop.main");
    CHECK(internet_exclusions(design, TierId(2), tcp(80), Direction::Out).must.empty());
  }

  TEST_CASE("what a network balancer's clients reach behind it counts as reached from the Internet") {
    Design design = tests::network_balancer();
    CHECK(internet_exclusions(design, TierId(1), tcp(7001), Direction::Out).must.empty() == false);
    CHECK(internet_exclusions(design, TierId(1), tcp(7002), Direction::Out).must.empty());
    flow(design, GroupId(0), Internet{}, tcp(7001));
    CHECK(names(internet_exclusions(design, TierId(0), tcp(7000), Direction::In).must) == "main");
  }

  TEST_CASE("a site that only another tier has a route to") {
    Design design = tests::two_tiers_one_site();
    design.tiers[TierId(0)].way_out = NatWayOut{};
    design.tiers[TierId(0)].site_routes.clear();
    const auto out = internet_exclusions(design, TierId(0), tcp(443), Direction::Out);
    CHECK(out.must.empty());  // private, and no route leads there
    design.sites[SiteId(0)].addresses = {*net::parse_prefix("198.51.100.0/24")};
    const auto reached = internet_exclusions(design, TierId(0), tcp(443), Direction::Out);
    CHECK(names(reached.must) == "datacenter, datacenter");  // with what is inside it
  }

  TEST_CASE("packets that need no answer get in over a link without a route back") {
    Design design = tests::two_tiers_one_site();
    for (const TierId tier : design.tiers.ids()) {
      design.tiers[tier].way_out = DirectWayOut{};
      design.tiers[tier].site_routes.clear();
    }
    CHECK(internet_exclusions(design, TierId(0), tcp(8443), Direction::In).must.empty());
    const auto udp = net::Traffic::of(net::Protocol::Udp, 53, 53);
    CHECK(names(internet_exclusions(design, TierId(0), udp, Direction::In).must) ==
          std::string("datacenter, datacenter, ") + kPrivate);
    CHECK(!internet_exclusions(design, TierId(0), net::Traffic::all(), Direction::In).must.empty());
  }

  TEST_CASE("where answers go back by an appliance, what leaves by nat goes too") {
    Design design = tests::three_tiers();
    const NetworkId spoke = design.networks.add(design.networks[NetworkId(0)]);
    design.networks[spoke].origin.path = {"spoke"};
    design.networks[spoke].space.base = *net::parse_prefix("10.21.0.0/16");
    Tier behind = design.tiers[TierId(1)];
    behind.network = spoke;
    Appliance wall;
    wall.tier = TierId(1);
    behind.way_out = design.appliances.add(wall);
    design.networks[spoke].tiers = {design.tiers.add(behind)};
    Peering peering;
    peering.first = NetworkId(0);
    peering.second = spoke;
    design.peerings.add(peering);
    CHECK(internet_exclusions(design, TierId(2), tcp(8443), Direction::Out).must.empty());
    design.tiers[TierId(1)].way_out = NatWayOut{};
    CHECK(names(internet_exclusions(design, TierId(2), tcp(8443), Direction::Out).must) == "spoke");
    CHECK(names(internet_exclusions(design, TierId(1), tcp(8443), Direction::Out).must) == "spoke");
    // and from the gateways' own tier
    CHECK(names(internet_exclusions(design, TierId(0), tcp(8443), Direction::Out).must) == "spoke");
    CHECK(internet_exclusions(design, TierId(0), tcp(8443), Direction::In).must.empty());
  }

  TEST_CASE("every exclusion is IPv4") {
    Design design = tests::two_tiers_one_site();
    design.sites[SiteId(0)].addresses.emplace_back(*net::parse_prefix("2001:db8::/48"));
    const auto out = internet_exclusions(design, TierId(0), tcp(443), Direction::Out);
    for (const auto& list : {out.must, out.may}) {
      for (const Exclusion& one : list) {
        if (const auto prefix = known(one.block)) CHECK(prefix->address.family == net::Family::V4);
      }
    }
  }
}
