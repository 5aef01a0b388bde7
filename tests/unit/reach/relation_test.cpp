#include <doctest/doctest.h>

#include "tests/unit/reach/scene.h"

using namespace crenel;
using namespace crenel::reach_tests;

TEST_CASE("whoever has no rules is open to the network, and to nobody else") {
  Scene scene;
  const auto near = scene.subnet("near", "10.0.1.0/24");
  const auto far = scene.subnet("far", "10.0.2.0/24");
  scene.member("A", near);
  scene.member("B", near);
  scene.member("C", far);
  scene.internet();
  CHECK(scene.ask("A", "B") == "all packets");
  CHECK(scene.ask("A", "A") == "all packets");
  CHECK(scene.ask("A", "C") == "all packets");
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "no packet");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "no packet");
}

TEST_CASE("one member alone has nobody to talk to") {
  Scene scene;
  const auto only = scene.member("A", scene.subnet("near", "10.0.1.0/24"));
  scene.estate.interfaces[only].most = 1;
  CHECK(scene.ask("A", "A") == "no packet");
}

TEST_CASE("who is not there has no ends") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.estate.interfaces[scene.member("A", subnet)].most = 0;
  scene.estate.interfaces[scene.member("Gateway", subnet)].role = estate::Role::Passive;
  scene.nat(subnet);
  scene.member("B", subnet);
  CHECK(scene.ask("A", "B") == "nobody");
  CHECK(scene.ask("Gateway", "B") == "nobody");
  CHECK(scene.ask("Nat", "B") == "nobody");
}

TEST_CASE("of a set any list admits, and every set must") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.member("A", subnet);
  const auto web = scene.list({allow({tcp(443)}, anyone(), anyone())}, {});
  const auto admin = scene.list({allow({tcp(22)}, anyone(), anyone())}, {});
  const auto b = scene.member("B", subnet, {web, admin});
  CHECK(scene.ask("A", "B") == "tcp/22, tcp/443");
  CHECK(scene.ask("B", "A") == "no packet");
  scene.estate.interfaces[b].lists = {{web, admin}, {web}};
  CHECK(scene.ask("A", "B") == "tcp/443");
  scene.estate.interfaces[b].lists = {{web}, {}};
  CHECK(scene.ask("A", "B") == "no packet");
}

TEST_CASE("the first rule that matches decides") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.member("A", subnet);
  const auto list = scene.list({deny({tcp(22)}, anyone(), anyone()), allow({tcp(0, 1023)}, anyone(), anyone()),
                                deny({tcp(0, 65535)}, anyone(), anyone()), allow({everything()}, anyone(), anyone())},
                               {});
  scene.member("B", subnet, {list});
  CHECK(scene.ask("A", "B") == "icmp, tcp/0..21, tcp/23..1023, udp, icmp6, sctp, other protocols");
}

TEST_CASE("rules name members by tag") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  const auto tag = scene.estate.tags.add({.name = "web", .place = {}});
  scene.estate.interfaces[scene.member("A", subnet)].tags = {tag};
  scene.member("B", subnet);
  scene.member("C", subnet, {scene.list({allow({tcp(443)}, tagged(tag), anyone())}, {})});
  scene.internet();
  CHECK(scene.ask("A", "C") == "tcp/443");
  CHECK(scene.ask("B", "C") == "no packet");
  // a tag on the rule's own side: the rule concerns those who carry it
  scene.member("D", subnet, {scene.list({allow({tcp(443)}, anyone(), tagged(tag))}, {})});
  CHECK(scene.ask("B", "D") == "no packet");
}

TEST_CASE("rules name addresses, and a member may be at any of its subnet's") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  const auto fixed = scene.member("A", subnet);
  scene.estate.interfaces[fixed].addresses = {block("10.0.1.9/32")};
  scene.member("B", subnet);
  scene.member("C", subnet, {scene.list({allow({tcp(443)}, at({"10.0.1.9/32"}), anyone())}, {})});
  CHECK(scene.ask("A", "C") == "differs");  // not with a member at the same address
  CHECK(scene.ask("B", "C") == "differs");
  CHECK(scene.ask("A", "B") == "differs");
  scene.estate.interfaces[scene.member("D", subnet)].addresses = {block("10.0.1.10/32")};
  scene.estate
      .interfaces[scene.member("E", subnet, {scene.list({allow({tcp(443)}, at({"10.0.1.9/32"}), anyone())}, {})})]
      .addresses = {block("10.0.1.11/32")};
  CHECK(scene.ask("A", "E") == "tcp/443");
  CHECK(scene.ask("D", "E") == "no packet");
}

TEST_CASE("what a rule leaves out it does not mean") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  const auto other = scene.subnet("far", "10.0.2.0/24");
  scene.member("A", subnet);
  scene.member("B", other);
  Peers but = anyone();
  but.except = {block("10.0.2.0/24")};
  scene.member("C", subnet, {scene.list({allow({tcp(443)}, but, anyone())}, {})});
  CHECK(scene.ask("A", "C") == "tcp/443");
  CHECK(scene.ask("B", "C") == "no packet");
}

TEST_CASE("a list of a subnet that remembers is asked between neighbours too") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.estate.subnets[subnet].lists = {
      scene.list({allow({tcp(443)}, anyone(), anyone())}, {allow({everything()}, anyone(), anyone())})};
  scene.member("A", subnet);
  scene.member("B", subnet);
  CHECK(scene.ask("A", "B") == "tcp/443");
}

TEST_CASE("a list that does not remember is asked at the subnet's edge, there and back") {
  Scene scene;
  const auto near = scene.subnet("near", "10.0.1.0/24");
  const auto far = scene.subnet("far", "10.0.2.0/24");
  scene.member("A", near);
  scene.member("B", near);
  scene.member("C", far);
  const auto acl = scene.list({allow({tcp(443)}, at({"10.0.1.0/24"}), anyone())},
                              {allow({tcp(1024, 65535)}, at({"10.0.1.0/24"}), anyone())}, false);
  scene.estate.subnets[far].lists = {acl};
  SUBCASE("neighbours are not asked about") {
    scene.estate.subnets[near].lists = {scene.list({}, {}, false)};
    CHECK(scene.ask("A", "B") == "all packets");
    CHECK(scene.ask("A", "C") == "no packet");
  }
  SUBCASE("the answers go to the client's port") {
    scene.estate.rule_lists[acl].out = {allow({tcp(1024, 65535)}, anyone(), at({"10.0.1.0/24"}))};
    CHECK(scene.ask("A", "C") == "tcp/443");
    // the other way nothing comes in but questions for 443, which are no answers from there
    CHECK(scene.ask("C", "A") == "no packet");
  }
  SUBCASE("without a way back there is no conversation") {
    scene.estate.rule_lists[acl].out = {};
    CHECK(scene.ask("A", "C") == "no packet");
  }
  SUBCASE("some of the answers are not enough, and more than none") {
    scene.estate.rule_lists[acl].out = {allow({tcp(32768, 60999)}, anyone(), at({"10.0.1.0/24"}))};
    CHECK(scene.ask("A", "C") == "no packet ? tcp/443");
  }
}

TEST_CASE("the longest prefix wins, and the way must lead both there and back") {
  Scene scene;
  const auto door = scene.link("Office", {"192.168.0.0/16"});
  const auto subnet = scene.subnet("near", "10.0.1.0/24", {{"192.168.0.0/16", door}});
  scene.member("A", subnet);
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "all packets");
  CHECK(scene.ask("Office 192.168.7.0/24", "A") == "all packets");
  auto& routes = scene.estate.route_tables[scene.estate.subnets[subnet].routes].routes;
  routes.push_back({.destination = block("192.168.7.0/24"), .target = estate::NowhereTarget{}, .place = {}});
  CHECK(scene.ask("A", "Office 192.168.7.0/25") == "no packet");
  CHECK(scene.ask("Office 192.168.7.0/25", "A") == "no packet");
  CHECK(scene.ask("A", "Office 192.168.8.0/24") == "all packets");
}

TEST_CASE("of two routes to one block the greater rank wins; of equal ones nobody knows") {
  Scene scene;
  const auto door = scene.link("Office", {"192.168.0.0/16"});
  const auto subnet = scene.subnet("near", "10.0.1.0/24", {{"192.168.0.0/16", door}});
  scene.member("A", subnet);
  auto& routes = scene.estate.route_tables[scene.estate.subnets[subnet].routes].routes;
  routes.push_back({.destination = block("192.168.0.0/16"), .target = estate::NowhereTarget{}, .place = {}});
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "no packet ? all packets");
  routes.back().rank = -1;
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "all packets");
  routes.back().rank = 1;
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "no packet");
}

TEST_CASE("a propagated route yields to the network's own, even when it is longer") {
  Scene scene;
  const auto door = scene.link("Office", {"10.0.2.0/24", "192.168.0.0/16"});
  const auto near = scene.subnet("near", "10.0.1.0/24", {{"192.168.0.0/16", door}});
  const auto far = scene.subnet("far", "10.0.2.0/24");
  scene.member("A", near);
  scene.member("B", far);
  auto& routes = scene.estate.route_tables[scene.estate.subnets[near].routes].routes;
  routes.push_back({.destination = block("10.0.2.0/24"), .target = door, .yields_to_local = true, .place = {}});
  CHECK(scene.ask("A", "B") == "all packets");
  routes.back().yields_to_local = false;
  CHECK(scene.ask("A", "B") == "no packet");
}

TEST_CASE("what a gateway decides, it decides among what the table sends it") {
  Scene scene;
  const auto door = scene.link("Office", {"192.168.0.0/16"});
  const auto subnet = scene.subnet("near", "10.0.1.0/24", {{"0.0.0.0/0", estate::NowhereTarget{}}});
  scene.member("A", subnet);
  auto& routes = scene.estate.route_tables[scene.estate.subnets[subnet].routes].routes;
  routes.push_back({.destination = block("192.168.0.0/16"), .target = door, .within = block("0.0.0.0/0"), .place = {}});
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "all packets");
  // a route of the table is longer than the one to the gateway, and shorter than the gateway's own
  routes.push_back({.destination = block("192.0.0.0/8"), .target = estate::NowhereTarget{}, .place = {}});
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "no packet");
  routes.back().destination = block("192.168.0.0/16");
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "no packet");
  routes.back().destination = block("192.168.8.0/24");
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "all packets");
}

TEST_CASE("the Internet: a route and a public address, both ways") {
  Scene scene;
  const auto door = scene.internet();
  const auto open = scene.subnet("open", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  const auto closed = scene.subnet("closed", "10.0.2.0/24");
  const auto a = scene.member("A", open);
  scene.estate.interfaces[scene.member("B", closed)].public_address = estate::PublicAddress::Yes;
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "no packet");
  scene.estate.interfaces[a].public_address = estate::PublicAddress::Yes;
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "all packets");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "all packets");
  CHECK(scene.ask("Internet 203.0.113.0/24", "B") == "no packet");
  scene.estate.interfaces[a].public_address = estate::PublicAddress::Unknown;
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "no packet ? all packets");
  // private space is nobody's on the Internet, and neither is the network's own
  CHECK(scene.ask("A", "Internet 192.168.7.0/24") == "nobody");
  CHECK(scene.ask("A", "Internet 10.0.9.0/24") == "nobody");
}

TEST_CASE("an outward door lets nobody in") {
  Scene scene;
  const auto door = scene.internet();
  scene.estate.doors[door].kind = estate::InternetDoor{.outward_only = true};
  const auto subnet = scene.subnet("open", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  scene.estate.interfaces[scene.member("A", subnet)].public_address = estate::PublicAddress::Yes;
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "all packets");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "no packet");
}

TEST_CASE("NAT leads outward only, for what it translates, by its own subnet's rules and routes") {
  Scene scene;
  const auto door = scene.internet();
  const auto open = scene.subnet("open", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  const auto nat = scene.nat(open);
  scene.estate.interfaces[nat].translates = {tcp(0, 65535)};
  const auto closed = scene.subnet("closed", "10.0.2.0/24", {{"0.0.0.0/0", nat}});
  scene.member("A", closed);
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "tcp");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "no packet");
  SUBCASE("without a public address it leads nowhere") {
    scene.estate.interfaces[nat].public_address = estate::PublicAddress::No;
    CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "no packet");
  }
  SUBCASE("its subnet's list sees the client first, then the NAT") {
    const auto acl = scene.list(
        {allow({tcp(443)}, at({"10.0.2.0/24"}), anyone()), allow({tcp(1024, 65535)}, at({"0.0.0.0/0"}), anyone())},
        {allow({tcp(443)}, anyone(), at({"0.0.0.0/0"})), allow({tcp(1024, 65535)}, anyone(), at({"10.0.2.0/24"}))},
        false);
    scene.estate.subnets[open].lists = {acl};
    CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "tcp/443");
    scene.estate.rule_lists[acl].out.pop_back();
    CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "no packet");
  }
}

TEST_CASE("a subnet's NAT takes what is routed to the Internet") {
  Scene scene;
  const auto door = scene.internet();
  const auto subnet = scene.subnet("near", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  estate::Interface nat;
  nat.name = "Nat";
  nat.role = estate::Role::Nat;
  nat.public_address = estate::PublicAddress::Yes;
  nat.translates = {tcp(0, 65535)};
  scene.estate.subnets[subnet].nat = scene.estate.interfaces.add(nat);
  const auto a = scene.member("A", subnet);
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "tcp");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "no packet");
  scene.estate.interfaces[a].public_address = estate::PublicAddress::Yes;
  CHECK(scene.ask("A", "Internet 203.0.113.0/24") == "all packets");
  CHECK(scene.ask("Internet 203.0.113.0/24", "A") == "all packets");
}

TEST_CASE("a link carries what it is told to, and perhaps what it learns") {
  Scene scene;
  const auto door = scene.link("Office", {"192.168.0.0/24"});
  const auto subnet = scene.subnet("near", "10.0.1.0/24", {{"192.168.0.0/16", door}});
  scene.member("A", subnet);
  CHECK(scene.ask("A", "Office 192.168.0.0/24") == "all packets");
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "nobody");
  std::get<estate::LinkDoor>(scene.estate.doors[door].kind).learns = true;
  CHECK(scene.ask("A", "Office 192.168.7.0/24") == "no packet ? all packets");
  CHECK(scene.ask("Office 192.168.7.0/24", "A") == "no packet ? all packets");
  CHECK(scene.ask("Office 192.168.0.0/24", "A") == "all packets");
}

TEST_CASE("peerings need routes on both sides, and lead no farther") {
  Scene scene;
  const auto middle = scene.further_network("Middle", "10.1.0.0/16");
  const auto last = scene.further_network("Last", "10.2.0.0/16");
  scene.estate.peerings = {{.a = scene.network, .b = middle, .place = {}}, {.a = middle, .b = last, .place = {}}};
  const auto a = scene.subnet("a", "10.0.1.0/24", {{"10.1.0.0/16", middle}, {"10.2.0.0/16", middle}});
  const auto b = scene.subnet_of(middle, "b", "10.1.1.0/24", {{"10.0.0.0/16", scene.network}, {"10.2.0.0/16", last}});
  const auto c = scene.subnet_of(last, "c", "10.2.1.0/24", {{"10.0.0.0/16", middle}});
  scene.member("A", a);
  scene.member("B", b);
  scene.member("C", c);
  CHECK(scene.ask("A", "B") == "all packets");
  CHECK(scene.ask("B", "A") == "all packets");
  CHECK(scene.ask("A", "C") == "no packet");
  CHECK(scene.ask("B", "C") == "no packet");  // the last has no way back
  scene.estate.peerings.erase(scene.estate.peerings.begin());
  CHECK(scene.ask("A", "B") == "no packet");
}

TEST_CASE("what is not understood is never safe, and never sure") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.member("A", subnet);
  const auto list = scene.list({allow({tcp(443)}, unknown(), anyone())}, {});
  const auto b = scene.member("B", subnet, {list});
  CHECK(scene.ask("A", "B") == "no packet ? tcp/443");
  // whichever way the unknown goes, the next rule admits it
  scene.estate.rule_lists[list].in.push_back(allow({tcp(443)}, anyone(), anyone()));
  CHECK(scene.ask("A", "B") == "tcp/443");
  scene.estate.rule_lists[list].in.front().allow = false;
  CHECK(scene.ask("A", "B") == "no packet ? tcp/443");
  scene.estate.interfaces[b].lists.clear();
  scene.estate.interfaces[b].role = estate::Role::Unknown;
  CHECK(scene.ask("A", "B") == "no packet ? all packets");
  scene.estate.interfaces[b].role = estate::Role::Member;
  scene.estate.route_tables[scene.estate.subnets[subnet].routes].routes.front().target = estate::UnknownTarget{"why"};
  CHECK(scene.ask("A", "B") == "no packet ? all packets");
}

TEST_CASE("addresses that a tag may count in are perhaps meant") {
  Scene scene;
  const auto subnet = scene.subnet("near", "10.0.1.0/24");
  scene.member("A", subnet);
  Peers peers;
  peers.perhaps = {block("0.0.0.0/0")};
  scene.member("B", subnet, {scene.list({allow({tcp(443)}, peers, anyone())}, {})});
  CHECK(scene.ask("A", "B") == "no packet ? tcp/443");
}

TEST_CASE("an appliance may do what it likes with packets") {
  Scene scene;
  const auto near = scene.subnet("near", "10.0.1.0/24");
  const auto box = scene.member("Box", near);
  const auto far = scene.subnet("far", "10.0.2.0/24", {{"10.0.1.0/24", box}});
  scene.member("A", far);
  CHECK(scene.ask("A", "Box") == "no packet ? all packets");
}
