#include <doctest/doctest.h>

#include "tests/unit/reach/scene.h"

/// What an appliance is sent, it hands on, with the address of who sent it; and answers come back by it, or perhaps
/// not.
namespace crenel::reach_tests {
namespace {

using estate::PublicAddress;
using estate::Role;

constexpr const char* kOutside = "Internet 203.0.113.0/24";

/// Servers, an appliance before a NAT, and the NAT.
struct Inspected : Scene {
  estate::DoorId door = internet();
  estate::SubnetId edge = subnet("edge", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  estate::InterfaceId translator = nat(edge);
  estate::SubnetId inspection = subnet("inspection", "10.0.2.0/24", {{"0.0.0.0/0", translator}});
  estate::InterfaceId box = member("Box", inspection);
  estate::SubnetId inner = subnet("inner", "10.0.3.0/24", {{"0.0.0.0/0", box}});
  estate::InterfaceId server = member("Server", inner);

  Inspected() {
    estate.interfaces[box].role = Role::Appliance;
    estate.interfaces[translator].public_address = PublicAddress::Yes;
    add(edge, "10.0.3.0/24", box);
  }
  void add(estate::SubnetId at, const char* destination, estate::RouteTarget target) {
    auto& routes = estate.route_tables[estate.subnets[at].routes].routes;
    routes.push_back({.destination = block(destination), .target = target, .place = {}});
  }
  estate::Route& last_route(estate::SubnetId at) {
    return estate.route_tables[estate.subnets[at].routes].routes.back();
  }
};

TEST_CASE("by an appliance to the Internet, and back by it") {
  Inspected scene;
  CHECK(scene.ask("Server", kOutside) == "all packets");
  CHECK(scene.ask("Box", kOutside) == "all packets");
  CHECK(scene.ask(kOutside, "Server") == "no packet");
}

TEST_CASE("answers that come past an appliance may be lost") {
  Inspected scene;
  scene.last_route(scene.edge).target = estate::LocalTarget{};
  CHECK(scene.ask("Server", kOutside) == "no packet ? all packets");
}

TEST_CASE("what no way leads on from, an appliance keeps") {
  Inspected scene;
  scene.last_route(scene.inspection).target = estate::NowhereTarget{};
  CHECK(scene.ask("Server", kOutside) == "no packet");
  // and what cannot be answered
  Inspected other;
  other.add(other.inspection, "10.0.3.0/24", estate::NowhereTarget{});
  CHECK(other.ask("Server", kOutside) == "no packet");
}

TEST_CASE("an appliance's rules are asked about both ends of what it hands on") {
  Inspected scene;
  const auto in =
      scene.list({allow({tcp(443)}, at({"10.0.3.0/24"}), anyone())}, {allow({everything()}, anyone(), anyone())});
  scene.estate.interfaces[scene.box].lists = {{in}};
  CHECK(scene.ask("Server", kOutside) == "tcp/443");
  scene.estate.rule_lists[in].in.front().destination = at({"10.0.2.0/24"});  // its own address is not the packet's
  CHECK(scene.ask("Server", kOutside) == "no packet");
  CHECK(scene.ask("Server", "Box") == "tcp/443");
  scene.estate.rule_lists[in].in.front().destination = anyone();
  scene.estate.rule_lists[in].out.front().kinds = {tcp(80)};
  CHECK(scene.ask("Server", kOutside) == "no packet");
}

TEST_CASE("with an address of its own an appliance opens what it hands on itself") {
  Inspected scene;
  scene.last_route(scene.inspection).target = scene.door;
  CHECK(scene.ask("Server", kOutside) == "no packet");
  scene.estate.interfaces[scene.box].public_address = PublicAddress::Yes;
  CHECK(scene.ask("Server", kOutside) == "all packets");
  scene.estate.interfaces[scene.box].lists = {
      {scene.list({allow({everything()}, anyone(), anyone())}, {allow({tcp(443)}, at({"10.0.2.0/24"}), anyone())})}};
  CHECK(scene.ask("Server", kOutside) == "tcp/443");
}

TEST_CASE("between members an appliance is passed both ways, or in doubt") {
  Inspected scene;
  const auto far = scene.subnet("far", "10.0.4.0/24", {{"10.0.3.0/24", scene.box}});
  scene.member("Far", far);
  scene.add(scene.inner, "10.0.4.0/24", scene.box);
  CHECK(scene.ask("Server", "Far") == "all packets");
  CHECK(scene.ask("Far", "Server") == "all packets");
  scene.last_route(scene.inner).target = estate::LocalTarget{};
  CHECK(scene.ask("Server", "Far") == "no packet ? all packets");
  CHECK(scene.ask("Far", "Server") == "no packet ? all packets");
}

TEST_CASE("two appliances one after the other are not followed") {
  Inspected scene;
  const auto second = scene.member("Second", scene.inspection);
  scene.estate.interfaces[second].role = Role::Appliance;
  scene.last_route(scene.inspection).target = second;
  CHECK(scene.ask("Server", kOutside) == "no packet ? all packets");
}

TEST_CASE("what comes in a tunnel the rules of an appliance do not see, its own packets they do") {
  Inspected scene;
  const auto rules = scene.list({allow({udp(6081)}, anyone(), anyone())}, {allow({udp(6081)}, anyone(), anyone())});
  scene.estate.interfaces[scene.box].lists = {{rules}};
  CHECK(scene.ask("Server", kOutside) == "udp/6081");
  scene.estate.interfaces[scene.box].tunnelled = true;
  CHECK(scene.ask("Server", kOutside) == "all packets");
  CHECK(scene.ask("Box", kOutside) == "udp/6081");
  CHECK(scene.ask("Server", "Box") == "udp/6081");
  // an Internet gateway does not know the sender, and whether the appliance puts its own address nobody knows
  scene.last_route(scene.inspection).target = scene.door;
  scene.estate.interfaces[scene.box].public_address = PublicAddress::Yes;
  CHECK(scene.ask("Server", kOutside) == "no packet ? udp/6081");
}

TEST_CASE("over a link an appliance hands on with the sender's address, or with its own") {
  Inspected scene;
  const auto far = scene.link("far", {"172.16.0.0/16"});
  scene.last_route(scene.inspection).target = far;
  CHECK(scene.ask("Server", "far 172.16.0.0/16") == "no packet ? all packets");
  scene.estate.interfaces[scene.box].lists = {
      {scene.list({allow({tcp(443)}, anyone(), anyone())}, {allow({tcp(443)}, at({"10.0.2.0/24"}), anyone())})}};
  CHECK(scene.ask("Server", "far 172.16.0.0/16") == "no packet ? tcp/443");
}

TEST_CASE("a trace tells of the appliance, and of answers past it") {
  Inspected scene;
  CHECK(scene.trace("Server", kOutside, tcp(443)).find("Box takes it") != std::string::npos);
  CHECK(scene.trace("Server", kOutside, tcp(443)).find("Box hands it on") != std::string::npos);
  scene.last_route(scene.edge).target = estate::LocalTarget{};
  CHECK(scene.trace("Server", kOutside, tcp(443)).find("the answers: from edge past Box") != std::string::npos);
}

}  // namespace
}  // namespace crenel::reach_tests
