#include <doctest/doctest.h>

#include "compiler/net/address_set.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

/// The addresses of the inline rules on a port.
net::AddressSet addresses(const Template& made, const std::string& group, bool egress, int port) {
  net::AddressSet all;
  for (const Value& rule : elements(property(made, group, egress ? "SecurityGroupEgress" : "SecurityGroupIngress"))) {
    if (number(at(rule, {"FromPort"})) != port) continue;
    const auto prefix = net::parse_prefix(text(at(rule, {"CidrIp"})));
    REQUIRE(prefix);
    // Rules of one flow do not overlap: each costs quota.
    CHECK_FALSE(all.overlaps(*prefix));
    all = all.united(*prefix);
  }
  return all;
}

net::AddressSet private_space() { return net::AddressSet(net::private_blocks()).only(net::Family::V4); }

net::AddressSet everything() { return net::AddressSet::everything(net::Family::V4); }

}  // namespace

TEST_CASE("trap 13: Internet through a site leaves private space and the site out, by arithmetic") {
  const Template made = compiled(crenel::tests::private_network_known());
  CHECK(addresses(made, "AppSecurityGroup", true, 443) == everything().without(private_space()));
}

TEST_CASE("a site's public addresses are taken out exactly") {
  model::Design design = crenel::tests::private_network_known();
  design.sites[model::SiteId(0)].addresses.emplace_back(block("198.51.100.0/24"));
  const Template made = compiled(design);
  const net::AddressSet out = addresses(made, "AppSecurityGroup", true, 443);
  CHECK(out == everything().without(private_space()).without(block("198.51.100.0/24")));
}

TEST_CASE("a site known only at deployment goes with the private space that it lies in") {
  model::Design design = crenel::tests::private_network();
  design.tiers[model::TierId(0)].strict_acl = false;
  const Template made = compiled(design);
  CHECK(addresses(made, "AppSecurityGroup", true, 443) == everything().without(private_space()));
}

TEST_CASE("with a strict tier of its own, a network ACL does it, whatever the parameter is") {
  model::Design design = crenel::tests::private_network();
  design.parameters[model::ParameterId(1)].within.clear();
  const Template made = compiled(design);
  CHECK(addresses(made, "AppSecurityGroup", true, 443) == everything());
  const auto out = acl_lines(made, "MainApp", true);
  const auto denied = std::find(out.begin(), out.end(), "deny 6 443-443 Corporate");
  const auto allowed = std::find(out.begin(), out.end(), "allow 6 443-443 0.0.0.0/0");
  REQUIRE(denied != out.end());
  REQUIRE(allowed != out.end());
  CHECK(denied < allowed);
}

TEST_CASE("a network ACL does not do where an answer could go to the port") {
  model::Design design = crenel::tests::private_network();
  for (model::Flow& flow : design.flows) {
    if (std::holds_alternative<model::Internet>(flow.to)) flow.traffic = tcp(8443);
  }
  const Template made = compiled(design);
  CHECK(addresses(made, "AppSecurityGroup", true, 8443) == everything().without(private_space()));
}

TEST_CASE("nor where a second group shares the tier") {
  model::Design design = crenel::tests::private_network();
  model::Group second = design.groups[model::GroupId(0)];
  second.origin.path = {"second"};
  design.groups.add(second);
  const Template made = compiled(design);
  CHECK(addresses(made, "AppSecurityGroup", true, 443) == everything().without(private_space()));
}

TEST_CASE("what can lie anywhere cannot be taken out: an error with the ways out") {
  model::Design design = crenel::tests::private_network();
  design.parameters[model::ParameterId(1)].within.clear();
  design.tiers[model::TierId(0)].strict_acl = false;
  const auto found = diagnosed(design);
  REQUIRE(found.all().size() == 1);
  const auto& error = found.all().front();
  CHECK(error.code == "CRN1006");
  CHECK(error.message.find("`app -> internet : https`") != std::string::npos);
  CHECK(error.message.find("`datacenter`") != std::string::npos);
  CHECK(error.notes.size() == 1);
  CHECK(error.help.find("within") != std::string::npos);
  CHECK(error.help.find("acl = strict") != std::string::npos);
}

TEST_CASE("Internet by NAT does not reach a public balancer of the same network from inside") {
  const Template made = compiled(crenel::tests::three_tiers());
  CHECK(addresses(made, "FrontSecurityGroup", false, 443) == everything().without(block("10.0.0.0/8")));
  // One closed side is enough.
  CHECK(addresses(made, "AppSecurityGroup", true, 443) == everything());
}

TEST_CASE("without such a group every address is named at once") {
  const Template made = compiled(crenel::tests::public_network());
  CHECK(addresses(made, "FrontSecurityGroup", false, 443) == everything());
}

TEST_CASE("a tier with a route to a site and NAT leaves the site out of the Internet") {
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16");
  make.tier(main, "edge", model::TierKind::Public);
  const auto tier = make.tier(main, "app", model::TierKind::Private);
  const auto app = make.group("app", tier);
  const auto site = make.site("site", {block("172.16.0.0/16")});
  make.link(main, site);
  make.design.tiers[tier].way_out = model::NatWayOut{};
  make.design.tiers[tier].site_routes = {site};
  make.flow(app, model::Internet{}, tcp(443), "app -> internet : https", {model::ViaNat{}});
  make.flow(site, app, tcp(22), "site -> app : ssh");
  const Template made = compiled(make.design);
  const net::AddressSet out = addresses(made, "AppSecurityGroup", true, 443);
  CHECK_FALSE(out.overlaps(block("172.16.0.0/16")));
  CHECK(out.contains(everything().without(private_space())));
}
