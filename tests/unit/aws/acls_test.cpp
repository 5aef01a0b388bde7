#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

bool has(const Lines& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE("traps 9, 10: a strict tier holds its flows and the way back, and no more") {
  const Template made = compiled(crenel::tests::private_network());
  CHECK(acl_lines(made, "MainApp", false) ==
        Lines{"allow 6 22-22 Corporate", "allow 6 443-443 Corporate", "allow 6 1024-65535 0.0.0.0/0"});
  CHECK(acl_lines(made, "MainApp", true) == Lines{"allow 6 1024-65535 Corporate", "deny 6 443-443 10.0.0.0/8",
                                                  "deny 6 443-443 172.16.0.0/12", "deny 6 443-443 192.168.0.0/16",
                                                  "allow 6 443-443 0.0.0.0/0"});
}

TEST_CASE("every zone's subnet has the list, and servers wait for it") {
  const Template made = compiled(crenel::tests::private_network());
  CHECK(of_type(made, kNetworkAclAssociation).size() == 2);
  CHECK(depends_on(made, "AppGroup", "MainAppZone1NetworkAclAssociation"));
  CHECK(depends_on(made, "AppGroup", "MainAppZone2NetworkAclAssociation"));
}

TEST_CASE("an open tier has no list of its own") {
  const Template made = compiled(crenel::tests::public_network());
  CHECK(of_type(made, kNetworkAcl).empty());
  CHECK(of_type(made, kNetworkAclEntry).empty());
}

TEST_CASE("an entry is named by its number, so no update takes over another's") {
  for (const model::Design& design : samples()) {
    const Template made = compiled(design);
    for (const Resource* one : of_type(made, kNetworkAclEntry)) {
      const std::string number_of_name = std::to_string(number(at(one->entry.body, {"RuleNumber"})));
      CHECK(one->entry.id.substr(one->entry.id.size() - 3) == number_of_name);
    }
  }
}

TEST_CASE("the tier of the NAT gateways lets pass what goes through them") {
  const Template made = compiled(odd_one());
  const Lines in = acl_lines(made, "MainEdge", false);
  const Lines out = acl_lines(made, "MainEdge", true);
  CHECK(has(in, "allow 6 443-443 10.9.2.0/23"));
  CHECK(has(out, "allow 6 443-443 0.0.0.0/0"));
  CHECK(has(in, "allow 6 1024-65535 0.0.0.0/0"));
  CHECK(has(out, "allow 6 1024-65535 10.9.2.0/23"));
  // 8443 among them: answers to the checks of a balancer in the tier
  CHECK(has(in, "allow 6 1024-65535 10.9.2.0/23"));
  CHECK(has(out, "allow 6 8443-8443 198.51.100.0/24"));
}

TEST_CASE("behind a network balancer a strict tier sees the clients and the balancer's checks") {
  const Template made = compiled(odd_one());
  const Lines in = acl_lines(made, "MainOne", false);
  CHECK(has(in, "allow 17 7001-7001 0.0.0.0/0"));
  CHECK(has(in, "allow 6 7001-7001 10.9.0.0/23"));
  CHECK(has(acl_lines(made, "MainOne", true), "allow 17 1024-65535 0.0.0.0/0"));
  CHECK_FALSE(has(in, "allow 17 7001-7001 10.9.0.0/23"));
}

TEST_CASE("strict lists around a network balancer are for each service's clients, and for its checks over TCP") {
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16");
  const auto edge = make.tier(main, "edge", model::TierKind::Private);
  const auto app = make.tier(main, "app", model::TierKind::Private);
  make.design.tiers[edge].strict_acl = true;
  make.design.tiers[app].strict_acl = true;
  const auto sink = make.group("sink", app);
  const auto front = make.balancer("front", edge, sink, model::Layer::Network, tcp(601), tcp(6601));
  auto& forwards = make.design.balancers[front].forwards;
  forwards.push_back(forwards.front());
  forwards.back().listen = udp(514);
  forwards.back().to = udp(5514);
  make.flow(front, sink, udp(5514), "front -> sink : udp/5514");
  make.flow(model::Blocks{.name = "a", .blocks = {block("10.1.0.0/16")}}, front, tcp(601), "a -> front : tcp/601");
  make.flow(model::Blocks{.name = "b", .blocks = {block("10.2.0.0/16")}}, front, udp(514), "b -> front : udp/514");
  const Lines in = acl_lines(compiled(make.design), "MainApp", false);
  CHECK(has(in, "allow 6 6601-6601 10.1.0.0/16"));
  CHECK(has(in, "allow 17 5514-5514 10.2.0.0/16"));
  CHECK_FALSE(has(in, "allow 6 6601-6601 10.2.0.0/16"));
  CHECK_FALSE(has(in, "allow 17 5514-5514 10.1.0.0/16"));
  const Lines out = acl_lines(compiled(make.design), "MainEdge", true);
  for (const std::string handed_on : {"allow 17 5514-5514 ", "allow 6 5514-5514 ", "allow 6 6601-6601 "}) {
    CHECK(std::any_of(out.begin(), out.end(), [&](const std::string& line) { return line.starts_with(handed_on); }));
  }
}

TEST_CASE("ICMP questions let their answers back, and only those") {
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16");
  const auto a = make.tier(main, "a", model::TierKind::Private);
  const auto b = make.tier(main, "b", model::TierKind::Private);
  make.design.tiers[a].strict_acl = true;
  const auto one = make.group("one", a);
  const auto two = make.group("two", b);
  make.flow(one, two, net::Traffic::of(net::Protocol::Icmp, 8, 8), "one -> two : ping");
  make.flow(one, two, net::Traffic::of(net::Protocol::Icmp, 3, 3), "one -> two : unreachable");
  const Template pinging = compiled(make.design);
  CHECK(acl_lines(pinging, "MainA", true) == Lines{"allow 1 type 8 10.0.2.0/23", "allow 1 type 3 10.0.2.0/23"});
  CHECK(acl_lines(pinging, "MainA", false) == Lines{"allow 1 type 0 10.0.2.0/23"});
}

TEST_CASE("an entry that a wider one for the same peer covers is left out") {
  // left -> right admits every packet and every answer, the ping the other way included
  const Template made = compiled(odd_one());
  CHECK(has(acl_lines(made, "MainOne", false), "allow -1 10.9.4.0/23"));
  CHECK_FALSE(has(acl_lines(made, "MainOne", false), "allow 1 type 8 10.9.4.0/23"));
}

TEST_CASE("within a strict tier both directions cross the edge of a zone's subnet") {
  Builder make;
  const auto main = make.network("main", "10.0.0.0/16");
  const auto a = make.tier(main, "a", model::TierKind::Private);
  make.design.tiers[a].strict_acl = true;
  const auto one = make.group("one", a);
  const auto two = make.group("two", a);
  make.flow(one, two, tcp(443), "one -> two : https");
  const Template made = compiled(make.design);
  const Lines both{"allow 6 443-443 10.0.0.0/23", "allow 6 1024-65535 10.0.0.0/23"};
  Lines in = acl_lines(made, "MainA", false);
  Lines out = acl_lines(made, "MainA", true);
  CHECK(in.size() == 2);
  CHECK(out.size() == 2);
  for (const std::string& line : both) {
    CHECK(has(in, line));
    CHECK(has(out, line));
  }
}
