#include "compiler/model/design.h"

#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"

using namespace crenel;
using namespace crenel::model;

namespace {

net::Prefix block(const std::string& text) { return *net::parse_prefix(text); }

SiteId add_site(Design& design, const std::string& name, const std::string& addresses, std::optional<SiteId> inside) {
  Site site;
  site.origin.path = {name};
  site.addresses = {block(addresses)};
  site.inside = inside;
  return design.sites.add(std::move(site));
}

}  // namespace

TEST_SUITE("design") {
  TEST_CASE("a path is written with dots") { CHECK(to_string(Path{"shop", "main", "app"}) == "shop.main.app"); }

  TEST_CASE("parts of a known block are known, from either end") {
    CHECK(known(Block{block("10.0.0.0/16"), {}}) == block("10.0.0.0/16"));
    CHECK(known(Block{block("10.0.0.0/16"), Part{24, 3, false}}) == block("10.0.3.0/24"));
    CHECK(known(Block{block("10.0.0.0/16"), Part{26, 0, true}}) == block("10.0.255.192/26"));
    CHECK(known(Block{block("10.0.0.0/16"), Part{26, 1, true}}) == block("10.0.255.128/26"));
    CHECK(!known(Block{block("10.0.0.0/24"), Part{16, 0, false}}));
    CHECK(!known(Block{block("10.0.0.0/24"), Part{25, 2, true}}));
    CHECK(!known(Block{ParameterId(0), {}}));
  }

  TEST_CASE("a parameter is as wide as its bounds") {
    Design design;
    Parameter bounded;
    bounded.within = {block("10.0.0.0/8"), block("192.168.0.0/16")};
    const auto a = design.parameters.add(bounded);
    const auto b = design.parameters.add(Parameter{});
    CHECK(widest(design, Late<net::Prefix>(a)) == net::AddressSet(bounded.within));
    CHECK(widest(design, Late<net::Prefix>(b)) == net::AddressSet::everything(net::Family::V4));
    CHECK(widest(design, Block{a, Part{26, 0, true}}) == net::AddressSet(bounded.within));
    CHECK(widest(design, Block{block("10.0.0.0/16"), Part{24, 3, false}}) == net::AddressSet(block("10.0.3.0/24")));
  }

  TEST_CASE("sites in sites") {
    Design design;
    const auto hq = add_site(design, "hq", "172.16.0.0/16", {});
    const auto branch = add_site(design, "branch", "172.17.0.0/16", hq);
    const auto desk = add_site(design, "desk", "172.17.1.0/24", branch);
    const auto other = add_site(design, "other", "172.18.0.0/16", {});
    CHECK(root_of(design, desk) == hq);
    CHECK(root_of(design, hq) == hq);
    CHECK(root_of(design, other) == other);
    CHECK(addresses_of(design, hq).size() == 3);
    CHECK(addresses_of(design, branch).size() == 2);
    CHECK(addresses_of(design, desk).size() == 1);
    CHECK(widest(design, hq) == net::AddressSet(block("172.16.0.0/15")));
  }

  TEST_CASE("the nearest link around a site leads to it") {
    Design design;
    const auto hq = add_site(design, "hq", "172.16.0.0/16", {});
    const auto branch = add_site(design, "branch", "172.17.0.0/16", hq);
    const auto desk = add_site(design, "desk", "172.17.1.0/24", branch);
    Network network;
    network.origin.path = {"main"};
    const auto main = design.networks.add(network);
    const auto spare = design.networks.add(network);
    CHECK(!link_between(design, main, desk));
    Link link;
    link.network = main;
    link.site = branch;
    const auto to_branch = design.links.add(link);
    CHECK(link_between(design, main, desk) == to_branch);
    CHECK(link_between(design, main, branch) == to_branch);
    CHECK(!link_between(design, main, hq));  // a link to a part leads to that part alone
    CHECK(!link_between(design, spare, desk));
  }

  TEST_CASE("names and tiers of endpoints") {
    const Design design = tests::three_tiers();
    CHECK(name_of(design, Internet{}) == "internet");
    CHECK(name_of(design, Blocks{"partners", {}}) == "partners");
    CHECK(name_of(design, BalancerId(0)) == "front");
    CHECK(origin_of(design, GroupId(1)).path == Path{"app"});
    CHECK(tier_of(design, GroupId(1)) == TierId(2));
    CHECK(tier_of(design, BalancerId(0)) == TierId(0));
    CHECK(!tier_of(design, Internet{}));
    CHECK(groups_in(design, TierId(1)) == std::vector<GroupId>{GroupId(0)});
    CHECK(groups_in(design, TierId(0)).empty());
    CHECK(balancers_in(design, TierId(0)) == std::vector<BalancerId>{BalancerId(0)});
  }
}

TEST_SUITE("dump") {
  TEST_CASE("a small design, every line") {
    CHECK(dump(tests::private_network_known()) ==
          "design office\n"
          "parameter vpn_key : secret\n"
          "  doc \"The pre-shared key.\"\n"
          "network main\n"
          "  doc \"The network.\"\n"
          "  space 10.1.0.0/16\n"
          "  zones 2\n"
          "  flow_logs true\n"
          "  reserved 10.1.255.192/26\n"
          "tier main.app : private\n"
          "  network main\n"
          "  block 10.1.0.0/23\n"
          "  zone 10.1.0.0/24\n"
          "  zone 10.1.1.0/24\n"
          "  acl open\n"
          "  way_out site datacenter\n"
          "  route datacenter\n"
          "site datacenter\n"
          "  addresses [172.16.0.0/16]\n"
          "  device 203.0.113.9\n"
          "  strong_authentication false\n"
          "link main.to.datacenter\n"
          "  main -> datacenter by vpn\n"
          "  key $vpn_key\n"
          "group app\n"
          "  tier main.app\n"
          "  image \"ami-0123456789abcdef0\"\n"
          "  size small\n"
          "  scale 1..1\n"
          "  immutable false\n"
          "  ephemeral false\n"
          "  public_address false\n"
          "  labels []\n"
          "allow datacenter -> app : app_rpc\n"
          "  flow datacenter -> app : tcp/8443\n"
          "allow app -> internet : https\n"
          "  because \"software updates\"\n"
          "  flow app -> internet : tcp/443 via datacenter\n");
  }

  TEST_CASE("late values, environments and texts with line breaks") {
    const std::string late = dump(tests::private_network());
    CHECK(late.find("  length /16../20\n  within 10.0.0.0/8\n  default \"10.0.0.0/16\"\n") != std::string::npos);
    CHECK(late.find("  block $space[/23 #0]\n") != std::string::npos);
    CHECK(late.find("  reserved $space[/26 last-0]\n") != std::string::npos);
    const std::string stack = dump(tests::three_tiers());
    CHECK(stack.find("environment prod\n  stage \"prod\"\n") != std::string::npos);
    CHECK(stack.find("  on aws account = \"333333333333\"\n") != std::string::npos);
    CHECK(stack.find("allow front -> web : tcp/80 (implied)\n") != std::string::npos);
    Design design = tests::private_network_known();
    design.groups[GroupId(0)].boot = "a \"b\"\nc";
    CHECK(dump(design).find("  boot \"a \\\"b\\\"\\nc\"\n") != std::string::npos);
    Claim claim;
    claim.text = "never app -> internet";
    claim.from = {GroupId(0)};
    claim.to = {Blocks{"partners", {block("198.51.100.0/24")}}};
    claim.via = {ViaNat{}};
    design.claims = {claim};
    design.assumptions = {"Things are so."};
    const std::string more = dump(design);
    CHECK(more.find("claim never app -> internet\n  never app -> partners[198.51.100.0/24] : any via nat\n") !=
          std::string::npos);
    CHECK(more.find("assumption \"Things are so.\"\n") != std::string::npos);
  }
}
