#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

/// "DESTINATION > GATEWAY" of every static route of a table, in order.
Lines routes_of(const Template& made, const std::string& table) {
  Lines out;
  for (const Resource* one : of_type(made, kRoute)) {
    const Value& body = one->entry.body;
    if (in_words(at(body, {"RouteTableId"})) != table) continue;
    const Value gateway = at(body, {at(body, {"NatGatewayId"}).is_null() ? "GatewayId" : "NatGatewayId"});
    out.push_back(in_words(at(body, {"DestinationCidrBlock"})) + " > " + in_words(gateway));
  }
  return out;
}

Lines propagated_to(const Template& made) {
  Lines out;
  for (const Resource* one : of_type(made, kRoutePropagation)) {
    for (const Value& table : elements(at(one->entry.body, {"RouteTableIds"}))) out.push_back(in_words(table));
  }
  return out;
}

}  // namespace

TEST_CASE("trap 18, 20: only public tiers have a route to the Internet gateway, and no subnet gives addresses away") {
  const Template made = compiled(crenel::tests::three_tiers());
  CHECK(routes_of(made, "ShopMainEdgeRouteTable") == Lines{"0.0.0.0/0 > ShopMainInternetGateway"});
  CHECK(routes_of(made, "ShopMainWebRouteTable").empty());
  for (const model::Design& design : samples()) {
    const Template one = compiled(design);
    for (const Resource* subnet : of_type(one, kSubnet)) {
      CHECK(at(subnet->entry.body, {"MapPublicIpOnLaunch"}) == Value(false));
    }
  }
}

TEST_CASE("every zone leaves by its own NAT gateway, which stands in the public tier") {
  const Template made = compiled(crenel::tests::three_tiers());
  CHECK(of_type(made, kNatGateway).size() == 3);
  CHECK(of_type(made, kElasticAddress).size() == 3);
  for (const std::string zone : {"1", "2", "3"}) {
    CHECK(routes_of(made, "ShopMainAppZone" + zone + "RouteTable") ==
          Lines{"0.0.0.0/0 > ShopMainEdgeZone" + zone + "NatGateway"});
    CHECK(in_words(property(made, "ShopMainEdgeZone" + zone + "NatGateway", "SubnetId")) ==
          "ShopMainEdgeZone" + zone + "Subnet");
    CHECK(depends_on(made, "ShopMainEdgeZone" + zone + "NatAddress", "ShopMainInternetGatewayAttachment"));
    CHECK(depends_on(made, "ShopMainEdgeZone" + zone + "NatGateway", "ShopMainEdgeDefaultRoute"));
    CHECK(depends_on(made, "AppGroup", "ShopMainAppZone" + zone + "DefaultRoute"));
  }
}

TEST_CASE("with one zone there is one NAT gateway and one table") {
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16", 1);
  make.tier(main, "edge", model::TierKind::Public);
  const auto tier = make.tier(main, "app", model::TierKind::Private);
  make.design.tiers[tier].way_out = model::NatWayOut{};
  const auto app = make.group("app", tier);
  make.flow(app, model::Internet{}, tcp(443), "app -> internet : https", {model::ViaNat{}});
  const Template made = compiled(make.design);
  CHECK(of_type(made, kNatGateway).size() == 1);
  CHECK(routes_of(made, "MainAppRouteTable") == Lines{"0.0.0.0/0 > MainEdgeZone1NatGateway"});
}

TEST_CASE("a tier that wants all that the VPN gateway carries has it handed on") {
  const Template made = compiled(crenel::tests::private_network());
  CHECK(propagated_to(made) == Lines{"MainAppRouteTable"});
  CHECK(routes_of(made, "MainAppRouteTable").empty());
  CHECK(depends_on(made, "MainAppRoutePropagation", "MainVpnGatewayAttachment"));
}

TEST_CASE("a tier that wants less has its routes written out, and does not learn the way to the Internet") {
  const Template made = compiled(crenel::tests::two_tiers_one_site());
  CHECK(propagated_to(made) == Lines{"MainAppRouteTable"});
  CHECK(routes_of(made, "MainDataRouteTable") == Lines{"172.20.0.0/16 > MainVpnGateway"});
  CHECK(depends_on(made, "MainDataRouteTo172x20x0x0p16", "MainVpnGatewayAttachment"));
}

TEST_CASE("of two sites a tier gets the one that it has flows with") {
  const Template made = compiled(two_networks());
  CHECK(routes_of(made, "EastAppRouteTable") == Lines{"172.16.0.0/16 > EastVpnGateway"});
  CHECK(propagated_to(made) == Lines{"WestAppRouteTable"});
}

TEST_CASE("a tier without a flow to the site has no route to it") {
  model::Design design = crenel::tests::private_network();
  model::Tier quiet = design.tiers[model::TierId(0)];
  quiet.origin.path = {"main", "quiet"};
  quiet.kind = model::TierKind::Isolated;
  quiet.way_out = model::NoWayOut{};
  quiet.site_routes.clear();
  quiet.strict_acl = false;
  const auto id = design.tiers.add(quiet);
  design.networks[model::NetworkId(0)].tiers.push_back(id);
  const Template made = compiled(design);
  CHECK(propagated_to(made) == Lines{"MainAppRouteTable"});
  CHECK(routes_of(made, "MainQuietRouteTable").empty());
}

TEST_CASE("every subnet has its table, said and not left to the VPC's main one") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    std::set<std::string> associated;
    for (const Resource* one : of_type(made, kRouteTableAssociation)) {
      CHECK(associated.insert(in_words(at(one->entry.body, {"SubnetId"}))).second);
    }
    CHECK(associated.size() == of_type(made, kSubnet).size());
  }
}

TEST_CASE("one VPN gateway cannot send Internet traffic to two sites") {
  model::Design design = crenel::tests::two_tiers_one_site();
  model::Site second = design.sites[model::SiteId(0)];
  second.origin.path = {"branch"};
  second.addresses = {block("172.28.0.0/16")};
  const auto site = design.sites.add(second);
  model::Link link = design.links[model::LinkId(0)];
  link.origin.path = {"main", "to", "branch"};
  link.site = site;
  design.links.add(link);
  design.tiers[model::TierId(1)].way_out = site;
  design.tiers[model::TierId(1)].site_routes.push_back(site);
  CHECK(codes(design) == Lines{"CRN1008"});
}
