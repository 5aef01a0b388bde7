#include <doctest/doctest.h>

#include "tests/unit/reach/scene.h"

using namespace crenel;
using namespace crenel::reach_tests;

namespace {

estate::Forward forward(const Kind& listen, estate::InterfaceId target, const Kind& to) {
  return {
      .listen = listen, .target = target, .to = to, .probe = std::nullopt, .probe_from_platform = false, .place = {}};
}

/// A balancer in its own subnet before one group; the group's list is what each test says.
struct Balanced {
  Scene scene;
  estate::DoorId door = scene.internet();
  estate::SubnetId front = scene.subnet("front", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  estate::SubnetId back = scene.subnet("back", "10.0.2.0/24", {{"0.0.0.0/0", door}});
  estate::TagId tag = scene.estate.tags.add({.name = "balancer", .place = {}});
  estate::RuleListId rules = scene.list({}, {allow({everything()}, anyone(), anyone())});
  estate::InterfaceId app = scene.member("App", back, {rules});
  estate::InterfaceId balancer = scene.member("Balancer", front, {scene.open_list()});
  estate::InterfaceId other = scene.member("Other", front);

  Balanced() {
    auto& made = scene.estate.interfaces[balancer];
    made.role = estate::Role::Balancer;
    made.public_address = estate::PublicAddress::Yes;
    made.tags = {tag};
    estate::Balancer row;
    row.interface = balancer;
    row.forwards = {forward(tcp(443), app, tcp(8080))};
    scene.estate.balancers.push_back(row);
  }
  estate::Balancer& row() { return scene.estate.balancers.front(); }
  std::vector<estate::Rule>& in() { return scene.estate.rule_lists[rules].in; }
};

}  // namespace

TEST_CASE("a balancer takes what it listens to and opens to its targets only") {
  Balanced b;
  b.in() = {allow({tcp(8080)}, tagged(b.tag), anyone())};
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
  CHECK(b.scene.ask("Other", "Balancer") == "tcp/443");
  CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
  CHECK(b.scene.ask("Balancer", "Other") == "no packet");
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "App") == "no packet");
  CHECK(b.scene.ask("App", "Balancer") == "tcp/443");
  b.in() = {};
  CHECK(b.scene.ask("Balancer", "App") == "no packet");
}

TEST_CASE("a balancer probes its targets") {
  Balanced b;
  b.in() = {allow({tcp(0, 65535)}, tagged(b.tag), anyone())};
  b.row().forwards.front().probe = tcp(9000);
  CHECK(b.scene.ask("Balancer", "App") == "tcp/8080, tcp/9000");
}

TEST_CASE("a way through a balancer may be for one family alone") {
  Balanced b;
  auto& first = b.row().forwards.front();
  first.probe = tcp(9000);
  b.row().forwards.push_back(forward(tcp(443), b.app, tcp(8443)));
  b.row().forwards.back().family = net::Family::V6;
  b.in() = {allow({tcp(0, 65535)}, anyone(), anyone())};
  for (const bool keeps : {false, true}) {
    b.row().keeps_client_address = keeps;
    CHECK(b.scene.ask("Balancer", "App") == "tcp/8080, tcp/9000");
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
  }
  b.row().forwards.front().family = net::Family::V6;
  for (const bool keeps : {false, true}) {
    b.row().keeps_client_address = keeps;
    CHECK(b.scene.ask("Balancer", "App") == "no packet");
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "no packet");
    CHECK(b.scene.checks("Balancer", "App") == "asks no packet, is answered no packet");
  }
  b.row().forwards.front().family = net::Family::V4;
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
}

TEST_CASE("where targets see the client, clients decide what is handed on") {
  Balanced b;
  b.row().keeps_client_address = true;
  SUBCASE("the rules name the clients") {
    b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
    CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
  }
  SUBCASE("the balancer's own address is not what the target sees") {
    b.in() = {allow({tcp(8080)}, at({"10.0.1.0/24"}), anyone())};
    b.scene.estate.interfaces[b.other].most = 0;
    CHECK(b.scene.ask("Balancer", "App") == "no packet");
  }
  SUBCASE("its tag may be, where the provider says so") {
    b.in() = {allow({tcp(8080)}, tagged(b.tag), anyone())};
    CHECK(b.scene.ask("Balancer", "App") == "no packet");
    b.row().known_by_tag = true;
    CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
  }
  SUBCASE("clients that do not reach the balancer bring nothing") {
    b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
    b.scene.estate.interfaces[b.balancer].public_address = estate::PublicAddress::No;
    CHECK(b.scene.ask("Balancer", "App") == "no packet");
  }
}

TEST_CASE("where targets see the client, the balancer is reached by whom they take") {
  Balanced b;
  b.row().keeps_client_address = true;
  b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
  CHECK(b.scene.ask("Internet 198.51.100.0/24", "Balancer") == "no packet");
  CHECK(b.scene.ask("Other", "Balancer") == "no packet");
  b.in().push_back(allow({tcp(8080)}, at({"10.0.1.0/24"}), anyone()));
  CHECK(b.scene.ask("Other", "Balancer") == "tcp/443");
  b.row().keeps_client_address = false;
  CHECK(b.scene.ask("Internet 198.51.100.0/24", "Balancer") == "tcp/443");
}

TEST_CASE("a balancer's own checks are told apart from what its clients send") {
  Balanced b;
  b.row().keeps_client_address = true;
  b.row().forwards.front().probe = tcp(8080);
  b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
  CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
  CHECK(b.scene.checks("Balancer", "App") == "asks tcp/8080, is answered no packet");
  b.in().push_back(allow({tcp(8080)}, at({"10.0.1.0/24"}), anyone()));
  CHECK(b.scene.checks("Balancer", "App") == "asks tcp/8080, is answered tcp/8080");
  // answers that a list without memory stops
  auto& subnet = b.scene.estate.subnets[b.back];
  subnet.lists = {b.scene.list({allow({everything()}, anyone(), anyone())},
                               {allow({tcp(1024, 65535)}, anyone(), at({"203.0.113.0/24"}))}, false)};
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
  CHECK(b.scene.checks("Balancer", "App") == "asks tcp/8080, is answered no packet");
  CHECK(b.scene.checks("Balancer", "Other") == "asks no packet, is answered no packet");
}

TEST_CASE("a balancer that only rewrites is reached exactly when a target takes the packets") {
  Balanced b;
  b.row().keeps_client_address = true;
  b.row().rewrites_only = true;
  b.row().public_frontend = true;
  b.scene.estate.interfaces[b.balancer].subnets.clear();
  b.scene.estate.interfaces[b.balancer].lists.clear();
  SUBCASE("clients on the Internet, as the target's rules name them") {
    b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
    CHECK(b.scene.ask("Internet 198.51.100.0/24", "Balancer") == "no packet");
    CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
    CHECK(b.scene.ask("Other", "Balancer") == "no packet");
    // not past the balancer
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "App") == "no packet");
  }
  SUBCASE("a target that nobody may reach gets nothing") {
    b.in() = {allow({tcp(9)}, anyone(), anyone())};
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "no packet");
    CHECK(b.scene.ask("Balancer", "App") == "no packet");
  }
  SUBCASE("the target's way back must lead to the Internet") {
    b.in() = {allow({tcp(8080)}, anyone(), anyone())};
    b.scene.estate.route_tables[b.scene.estate.subnets[b.back].routes].routes.back().target = estate::NowhereTarget{};
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "no packet");
  }
  SUBCASE("a target that the provider's probes do not reach gets nothing") {
    b.row().forwards.front().probe = tcp(8080);
    b.row().forwards.front().probe_from_platform = true;
    b.in() = {allow({tcp(8080)}, at({"203.0.113.0/24"}), anyone())};
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "no packet");
    Peers platform;
    platform.platform = true;
    b.in().push_back(allow({everything()}, platform, anyone()));
    CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "tcp/443");
    CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
  }
}

TEST_CASE("inside a network, too") {
  Balanced b;
  b.row().keeps_client_address = true;
  b.row().rewrites_only = true;
  b.scene.estate.interfaces[b.balancer].public_address = estate::PublicAddress::No;
  b.scene.estate.interfaces[b.balancer].lists.clear();
  b.in() = {allow({tcp(8080)}, at({"10.0.1.0/24"}), anyone())};
  CHECK(b.scene.ask("Other", "Balancer") == "tcp/443");
  CHECK(b.scene.ask("Internet 203.0.113.0/24", "Balancer") == "no packet");
  CHECK(b.scene.ask("Balancer", "App") == "tcp/8080");
  // a client's own rules see the balancer's address
  b.scene.estate.interfaces[b.other].lists = {{b.scene.list({}, {allow({tcp(443)}, anyone(), at({"10.0.1.0/24"}))})}};
  CHECK(b.scene.ask("Other", "Balancer") == "tcp/443");
  b.scene.estate.interfaces[b.other].lists = {{b.scene.list({}, {allow({tcp(443)}, anyone(), at({"10.0.2.0/24"}))})}};
  CHECK(b.scene.ask("Other", "Balancer") == "no packet");
}
