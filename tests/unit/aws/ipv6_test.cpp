#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

/// What joins a network with IPv6 to somewhere else.
using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

const model::TierId kWeb{0};
const model::TierId kEdge{1};
const model::GroupId kServers{0};
constexpr std::size_t kFromOffice = 1;

/// Of the joined design with one more flow, each with a site of these addresses at the far end of its link.
Lines codes_with(const std::string& site, model::LinkKind kind, const net::Traffic& traffic) {
  model::Design design = joined_in_both_families();
  design.sites[model::SiteId(0)].addresses.emplace_back(block(site));
  design.links[model::LinkId(0)].kind = kind;
  design.flows[kFromOffice].traffic = traffic;
  return codes(design);
}

}  // namespace

TEST_CASE("peered networks with IPv6 have a route to each other's block, once it is given") {
  const Template made = compiled(joined_in_both_families());
  for (const auto& [route, peer] :
       {std::pair("MainWebIpv6RouteToPeerFar", "Far"), {"FarLabIpv6RouteToPeerMain", "Main"}}) {
    CHECK(in_words(property(made, route, "VpcPeeringConnectionId")) == "MainWithFarPeering");
    CHECK(in_words(property(made, route, "DestinationIpv6CidrBlock")).find(std::string(peer) + "Vpc") !=
          std::string::npos);
    CHECK(depends_on(made, route, std::string(peer) + "Ipv6Block"));
  }
  CHECK(depends_on(made, "ServersGroup", "MainWebIpv6RouteToPeerFar"));
  // The tier that no flow joins to the peer has no route there.
  CHECK(find(made, "MainEdgeIpv6RouteToPeerFar") == nullptr);
}

TEST_CASE("a site of IPv4 is linked in IPv4") {
  const Template made = compiled(joined_in_both_families());
  CHECK(of_type(made, kVpnConnectionRoute).size() == 1);
  for (const Resource* route : of_type(made, kRoute)) {
    if (!at(route->entry.body, {"GatewayId"}).is_null() &&
        in_words(at(route->entry.body, {"GatewayId"})) == "MainVpnGateway") {
      CHECK(at(route->entry.body, {"DestinationIpv6CidrBlock"}).is_null());
    }
  }
}

TEST_CASE("a site with addresses of IPv6 is linked by a line, and by no VPN") {
  CHECK(codes_with("2001:db8:5::/48", model::LinkKind::Vpn, tcp(22)) == Lines{"CRN1017"});
  CHECK(codes_with("2001:db8:5::/48", model::LinkKind::Direct, tcp(22)).empty());
  // What is of IPv4 by itself does not miss the other half.
  CHECK(codes_with("2001:db8:5::/48", model::LinkKind::Vpn, net::Traffic::of(net::Protocol::Icmp)).empty());
  CHECK(codes_with("192.168.8.0/24", model::LinkKind::Vpn, tcp(22)).empty());
}

TEST_CASE("what goes to the Internet by a site needs a line in IPv6") {
  model::Design design = joined_in_both_families();
  design.tiers[kWeb].way_out = model::SiteId(0);
  model::Flow away = design.flows[kFromOffice];
  away.from = kServers;
  away.to = model::Internet{};
  away.via = {model::SiteId(0)};
  design.flows.push_back(away);
  CHECK(codes(design) == Lines{"CRN1017"});
  design.links[model::LinkId(0)].kind = model::LinkKind::Direct;
  CHECK(codes(design).empty());
  design.links[model::LinkId(0)].kind = model::LinkKind::Vpn;
  design.flows.back().to = model::Blocks{.name = "mirrors", .blocks = {block("203.0.113.0/24")}};
  CHECK(codes(design).empty());
}

TEST_CASE("a network balancer hands each family on to targets of its own, which see the client's address") {
  model::Design design = joined_in_both_families();
  design.flows.back().from = model::Internet{};
  const Template made = compiled(design);
  CHECK(property(made, "IntakeLoadBalancer", "IpAddressType") == Value("dualstack"));
  CHECK(property(made, "IntakeLoadBalancer", "EnablePrefixForIpv6SourceNat") == Value("on"));
  CHECK(property(made, "IntakeUdp514TargetGroup", "IpAddressType").is_null());
  CHECK(property(made, "IntakeUdp514Ipv6TargetGroup", "IpAddressType") == Value("ipv6"));
  const std::vector<Value> actions = elements(property(made, "IntakeUdp514Ipv6Rule", "Actions"));
  REQUIRE(actions.size() == 1);
  CHECK(in_words(at(actions.front(), {"TargetGroupArn"})) == "IntakeUdp514Ipv6TargetGroup");
  CHECK(elements(property(made, "ServersGroup", "TargetGroupARNs")).size() == 2);
  design.tiers[kEdge].ipv6_block.reset();
  design.tiers[kEdge].ipv6_zone_blocks.clear();
  CHECK(find(compiled(design), "IntakeUdp514Ipv6TargetGroup") == nullptr);
}

TEST_CASE(
    "the list of a strict tier behind a network balancer lets clients in, and its questions over TCP, in both "
    "families") {
  model::Design design = joined_in_both_families();
  design.flows.back().from =
      model::Blocks{.name = "senders", .blocks = {block("198.51.100.0/24"), block("2001:db8:7::/48")}};
  design.tiers[kWeb].strict_acl = true;
  Lines entries;
  for (const std::string& line : acl_lines(compiled(design), "MainWeb", false)) {
    if (line.find("5514") != std::string::npos) entries.push_back(line);
  }
  CHECK(entries.size() == 4);
  const auto count = [&](const std::string& words) {
    return std::count_if(entries.begin(), entries.end(),
                         [&](const std::string& line) { return line.find(words) != std::string::npos; });
  };
  CHECK(count("allow 6 5514-5514") == 2);
  CHECK(count("allow 17 5514-5514") == 2);
}

TEST_CASE("whoever is peered and open to all of IPv6 on both sides cannot be told apart") {
  model::Design design = joined_in_both_families();
  model::Flow flow = design.flows[kFromOffice];
  flow.traffic = tcp(443);
  design.tiers[kEdge].peer_routes = {model::NetworkId(1)};
  design.tiers[model::TierId(2)].kind = model::TierKind::Public;
  design.tiers[model::TierId(2)].way_out = model::DirectWayOut{};
  const model::GroupId other(1);
  design.groups.add(design.groups[kServers]);
  model::Group& guard = design.groups[model::GroupId(2)];
  guard.origin.path = {"guard"};
  guard.tier = kEdge;
  guard.public_address = true;
  flow.from = model::Internet{};
  flow.to = model::GroupId(2);
  design.flows.push_back(flow);
  CHECK(codes(design).empty());
  flow.from = other;
  flow.to = model::Internet{};
  design.flows.push_back(flow);
  CHECK(codes(design) == Lines{"CRN1006", "CRN1006"});
}
