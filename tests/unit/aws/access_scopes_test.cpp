#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;
using model::Claim;

namespace {

model::Origin named(const std::string& name) { return {.path = {name}, .span = {}, .doc = {}, .because = {}}; }

/// A web group behind a balancer, a store behind it, and an office at the end of a link; a guard watches.
struct Shop {
  Builder make;
  model::NetworkId network = make.network("main", "10.0.0.0/16");
  model::TierId edge = make.tier(network, "edge", model::TierKind::Public);
  model::TierId app = make.tier(network, "app", model::TierKind::Private);
  model::GroupId web = make.group("web", app);
  model::GroupId store = make.group("store", app);
  model::BalancerId front = make.balancer("front", edge, web, model::Layer::Application, tcp(443), tcp(80));
  model::SiteId office = make.site("office", {block("172.16.0.0/16")});

  explicit Shop(bool watched = true) {
    make.link(network, office);
    make.flow(model::Internet{}, front, tcp(443), "internet -> front");
    make.flow(web, store, tcp(5432), "web -> store");
    make.flow(office, store, tcp(22), "office -> store");
    if (!watched) return;
    make.design.guards.add({.origin = named("drift"),
                            .networks = {network},
                            .alert = {},
                            .revert_seconds = {},
                            .exempt = {},
                            .settings = {}});
  }

  Claim& claim(Claim::Kind kind, std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
               const std::string& text) {
    Claim& made = make.design.claims.emplace_back();
    made.kind = kind;
    made.from = std::move(from);
    made.to = std::move(to);
    made.text = text;
    return made;
  }
};

std::vector<const Resource*> scopes(const model::Design& design) { return of_type(compiled(design), kAccessScope); }

std::string in_words(const Template& made, const std::string& id, std::string_view name) {
  return aws::tests::in_words(property(made, id, name));
}

}  // namespace

TEST_CASE("What never may be is what the analyser looks for") {
  Shop shop;
  shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.store}, "never internet -> store : tcp/22").traffic =
      tcp(22);
  const Template made = compiled(shop.make.design);
  const auto paths = elements(property(made, "NeverInternetStoreTcp22Scope", "MatchPaths"));
  REQUIRE(paths.size() == 1);
  CHECK(text(elements(at(paths[0], {"Source", "ResourceStatement", "ResourceTypes"}))[0]) ==
        "AWS::EC2::InternetGateway");
  const Value target = at(paths[0], {"Destination"});
  CHECK(aws::tests::in_words(at(target, {"ResourceStatement", "Resources"})).find("StoreSecurityGroup") !=
        std::string::npos);
  CHECK(text(elements(at(target, {"PacketHeaderStatement", "Protocols"}))[0]) == "tcp");
  CHECK(text(elements(at(target, {"PacketHeaderStatement", "DestinationPorts"}))[0]) == "22");
}

TEST_CASE("By way of a balancer of the design is not by itself") {
  Shop shop;
  shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.web}, "never internet -> web");
  const std::string left_out = in_words(compiled(shop.make.design), "NeverInternetWebScope", "ExcludePaths");
  CHECK(left_out.find("ThroughResources") != std::string::npos);
  CHECK(left_out.find("FrontLoadBalancer") != std::string::npos);
}

TEST_CASE("Addresses that the design declares are not the Internet") {
  Shop shop;
  const model::Blocks partners{.name = "partners", .blocks = {block("198.51.100.0/24")}};
  shop.make.flow(partners, shop.front, tcp(443), "partners -> front");
  shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.web}, "never internet -> web");
  const std::string left_out = in_words(compiled(shop.make.design), "NeverInternetWebScope", "ExcludePaths");
  CHECK(left_out.find("198.51.100.0/24") != std::string::npos);
  CHECK(left_out.find("172.16.0.0/16") == std::string::npos);  // a link leads there, not the Internet
}

TEST_CASE("Only these: anybody's way is looked for, theirs is left out") {
  Shop shop;
  shop.claim(Claim::Kind::Only, {shop.web, shop.office}, {shop.store}, "only web, office -> store");
  const Template made = compiled(shop.make.design);
  const auto paths = elements(property(made, "OnlyWebOfficeStoreScope", "MatchPaths"));
  REQUIRE(paths.size() == 1);
  CHECK(at(paths[0], {"Source"}).is_null());
  const std::string left_out = in_words(made, "OnlyWebOfficeStoreScope", "ExcludePaths");
  CHECK(left_out.find("WebSecurityGroup") != std::string::npos);
  CHECK(left_out.find("AWS::EC2::VPNGateway") != std::string::npos);
  CHECK(left_out.find("172.16.0.0/16") != std::string::npos);
}

TEST_CASE("Where a place is reached decides where its packets are looked for") {
  const auto door = [](model::LinkKind kind) {
    Shop shop;
    model::Link& link = shop.make.design.links[shop.make.design.links.ids().front()];
    link.kind = kind;
    if (kind == model::LinkKind::Peering) {
      shop.make.design.sites[shop.office].network = model::Existing{.id = std::string("vpc-01234567"), .span = {}};
    }
    shop.claim(Claim::Kind::Never, {shop.office}, {shop.web}, "never office -> web");
    return in_words(compiled(shop.make.design), "NeverOfficeWebScope", "MatchPaths");
  };
  CHECK(door(model::LinkKind::Vpn).find("AWS::EC2::VPNGateway") != std::string::npos);
  CHECK(door(model::LinkKind::Peering).find("AWS::EC2::VPCPeeringConnection") != std::string::npos);
}

TEST_CASE("Ports are those of a protocol, and all of them are none") {
  Shop shop;
  shop.claim(Claim::Kind::Never, {shop.web}, {shop.store}, "never web -> store : many").traffic =
      tcp(8000, 8010).united(net::Traffic::of(net::Protocol::Udp)).united(net::Traffic::of(net::Protocol::Icmp));
  const auto paths = elements(property(compiled(shop.make.design), "NeverWebStoreManyScope", "MatchPaths"));
  REQUIRE(paths.size() == 2);
  CHECK(text(elements(at(paths[0], {"Destination", "PacketHeaderStatement", "DestinationPorts"}))[0]) == "8000-8010");
  CHECK(text(elements(at(paths[1], {"Destination", "PacketHeaderStatement", "Protocols"}))[0]) == "udp");
  CHECK(at(paths[1], {"Destination", "PacketHeaderStatement", "DestinationPorts"}).is_null());
}

TEST_CASE("What the analyser cannot answer it is not asked") {
  Shop shop;
  shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.store}, "never internet ~> store").transitive = true;
  shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.store}, "never internet -> store : ping").traffic =
      net::Traffic::of(net::Protocol::Icmp);
  shop.claim(Claim::Kind::Always, {shop.office}, {shop.store}, "always office -> store");
  shop.claim(Claim::Kind::Never, {shop.web}, {model::Internet{}}, "never web -> internet except via nat").via = {
      model::ViaNat{}};
  CHECK(scopes(shop.make.design).empty());
}

TEST_CASE("Without a guard nobody watches, and of two claims that say the same each has its own") {
  Shop unwatched(false);
  unwatched.claim(Claim::Kind::Never, {model::Internet{}}, {unwatched.store}, "never internet -> store");
  CHECK(scopes(unwatched.make.design).empty());
  Shop shop;
  for (int i = 0; i < 2; ++i) {
    shop.claim(Claim::Kind::Never, {model::Internet{}}, {shop.store}, "never internet -> store");
  }
  const Template made = compiled(shop.make.design);
  CHECK(find(made, "NeverInternetStoreScope") != nullptr);
  CHECK(find(made, "NeverInternetStore2Scope") != nullptr);
}
