#include <doctest/doctest.h>

#include "tests/unit/reach/scene.h"

using namespace crenel;
using namespace crenel::reach_tests;

namespace {

struct Traced {
  Scene scene;
  estate::DoorId door = scene.internet();
  estate::SubnetId near = scene.subnet("near", "10.0.1.0/24", {{"0.0.0.0/0", door}});
  estate::SubnetId far = scene.subnet("far", "10.0.2.0/24");
  estate::RuleListId rules = scene.list({allow({tcp(443)}, at({"10.0.1.0/24"}), anyone(), "web")}, {});
  estate::InterfaceId a = scene.member("A", near, {scene.open_list()});
  estate::InterfaceId b = scene.member("B", far, {rules});
};

}  // namespace

TEST_CASE("a packet that comes through, hop by hop") {
  Traced t;
  CHECK(t.scene.trace("A", "B", tcp(443)) ==
        "yes\n"
        "leaves A: `allow` of list 1 allows it\n"
        "table sends packets to 10.0.2.0/24 inside the network\n"
        "enters B: `web` of list 0 allows it\n"
        "the answers: table sends packets to 10.0.1.0/24 inside the network\n");
}

TEST_CASE("what stops a packet comes last") {
  Traced t;
  CHECK(t.scene.trace("A", "B", tcp(22)) ==
        "no\n"
        "leaves A: `allow` of list 1 allows it\n"
        "table sends packets to 10.0.2.0/24 inside the network\n"
        "enters B: no rule of list 0 allows it\n");
  CHECK(t.scene.trace("Internet 203.0.113.0/24", "A", tcp(443)) ==
        "no\n"
        "comes in by Internet\n"
        "A has no public address\n");
  t.scene.estate.rule_lists[t.rules].in.insert(t.scene.estate.rule_lists[t.rules].in.begin(),
                                               deny({tcp(443)}, anyone(), anyone(), "closed"));
  CHECK(t.scene.trace("A", "B", tcp(443)) ==
        "no\n"
        "leaves A: `allow` of list 1 allows it\n"
        "table sends packets to 10.0.2.0/24 inside the network\n"
        "enters B: `closed` of list 0 denies it\n");
  t.scene.estate.route_tables[t.scene.estate.subnets[t.near].routes].routes.clear();
  CHECK(t.scene.trace("A", "B", tcp(443)) ==
        "no\n"
        "leaves A: `allow` of list 1 allows it\n"
        "table sends packets to 10.0.2.0/24 nowhere: it has no route there\n");
}

TEST_CASE("what a list that does not remember says to the answers") {
  Traced t;
  t.scene.estate.subnets[t.far].lists = {t.scene.list({allow({everything()}, anyone(), anyone(), "10")},
                                                      {allow({tcp(22)}, anyone(), anyone(), "20")}, false)};
  CHECK(t.scene.trace("A", "B", tcp(443)) ==
        "no\n"
        "leaves A: `allow` of list 1 allows it\n"
        "table sends packets to 10.0.2.0/24 inside the network\n"
        "enters far: `10` of list 2 allows it\n"
        "enters B: `web` of list 0 allows it\n"
        "the answers: list 2 does not let all of them out of far\n");
}

TEST_CASE("past a balancer the packet is another") {
  Traced t;
  auto& balancer = t.scene.estate.interfaces[t.a];
  balancer.role = estate::Role::Balancer;
  balancer.public_address = estate::PublicAddress::Yes;
  estate::Balancer row;
  row.interface = t.a;
  row.forwards.push_back({.listen = tcp(80), .target = t.b, .to = tcp(443), .probe = std::nullopt, .place = {}});
  t.scene.estate.balancers.push_back(row);
  CHECK(t.scene.trace("Internet 203.0.113.0/24", "A", tcp(80)) ==
        "yes\n"
        "comes in by Internet\n"
        "A has a public address\n"
        "enters A: `allow` of list 1 allows it\n"
        "the answers: table sends packets to 203.0.113.0/24 to Internet\n"
        "A listens to tcp/80\n");
  CHECK(t.scene.trace("Internet 203.0.113.0/24", "A", tcp(81)) == "no\nA does not listen to tcp/81\n");
  CHECK(t.scene.trace("A", "B", tcp(443)).starts_with("yes\nA hands on to B, or probes it\n"));
  CHECK(t.scene.trace("A", "B", tcp(80)) == "no\nA opens nothing of the kind\n");
}

TEST_CASE("a subnet that is closed to the Internet stops what its rules and routes let pass, either way") {
  Traced t;
  t.scene.estate.interfaces[t.a].public_address = estate::PublicAddress::Yes;
  estate::Subnet& near = t.scene.estate.subnets[t.near];
  const std::string outside = "Internet 203.0.113.0/24";
  CHECK(t.scene.ask("A", outside) == "all packets");
  CHECK(t.scene.ask(outside, "A") == "all packets");
  near.internet = estate::InternetAccess::Closed;
  CHECK(t.scene.ask("A", outside) == "no packet");
  CHECK(t.scene.ask(outside, "A") == "no packet");
  CHECK(t.scene.ask("A", "B") == "tcp/443");
  CHECK(t.scene.trace(outside, "A", tcp(443)) ==
        "no\n"
        "comes in by Internet\n"
        "A has a public address\n"
        "near is closed to the Internet\n");
  near.internet = estate::InternetAccess::Translated;
  CHECK(t.scene.ask("A", outside) == "no packet");
  CHECK(t.scene.ask(outside, "A") == "no packet");
  std::get<estate::InternetDoor>(t.scene.estate.doors[t.door].kind).outward_only = true;
  CHECK(t.scene.ask("A", outside) == "all packets");
  CHECK(t.scene.ask(outside, "A") == "no packet");
  near.internet = estate::InternetAccess::Unknown;
  CHECK(t.scene.ask("A", outside) == "no packet ? all packets");
}

TEST_CASE("what a NAT hands on passes its subnet when that lets out what is translated, and not when it is closed") {
  Traced t;
  const auto nat = t.scene.nat(t.near);
  t.scene.estate.interfaces[nat].public_address = estate::PublicAddress::Yes;
  t.scene.estate.route_tables[t.scene.estate.subnets[t.far].routes].routes.push_back(
      {.destination = block("0.0.0.0/0"), .target = nat, .rank = 1, .place = {}});
  t.scene.estate.interfaces[t.b].lists = {{t.scene.open_list()}};
  estate::Subnet& near = t.scene.estate.subnets[t.near];
  const std::string outside = "Internet 203.0.113.0/24";
  CHECK(t.scene.ask("B", outside) == "all packets");
  near.internet = estate::InternetAccess::Translated;
  CHECK(t.scene.ask("B", outside) == "all packets");
  near.internet = estate::InternetAccess::Closed;
  CHECK(t.scene.ask("B", outside) == "no packet");
  CHECK(t.scene.trace("B", outside, tcp(443)).find("near is closed to the Internet\n") != std::string::npos);
}

TEST_CASE("where targets see the client, what they do to its packet is told") {
  Traced t;
  auto& balancer = t.scene.estate.interfaces[t.a];
  balancer.role = estate::Role::Balancer;
  balancer.public_address = estate::PublicAddress::Yes;
  estate::Balancer row;
  row.interface = t.a;
  row.keeps_client_address = true;
  row.forwards.push_back({.listen = tcp(80), .target = t.b, .to = tcp(443), .probe = std::nullopt, .place = {}});
  t.scene.estate.balancers.push_back(row);
  const std::string near =
      "comes in by Internet\nA has a public address\nenters A: `allow` of list 1 allows it\n"
      "the answers: table sends packets to 203.0.113.0/24 to Internet\nA listens to tcp/80\n"
      "A hands it on to B\n";
  CHECK(t.scene.trace("Internet 203.0.113.0/24", "A", tcp(80)) ==
        "no\n" + near + "enters B: no rule of list 0 allows it\n");
  t.scene.estate.rule_lists[t.rules].in.push_back(allow({tcp(443)}, at({"203.0.113.0/24"}), anyone(), "clients"));
  CHECK(t.scene.trace("Internet 203.0.113.0/24", "A", tcp(80)) ==
        "yes\n" + near +
            "enters B: `clients` of list 0 allows it\n"
            "the answers: table sends packets to 10.0.1.0/24 inside the network\n");
}
