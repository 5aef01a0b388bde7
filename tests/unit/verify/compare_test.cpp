#include "compiler/verify/compare.h"

#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/verify/compare_scene.h"

namespace {

using namespace crenel;
using namespace crenel::verify::tests;
using verify::Comparison;
using verify::Difference;

std::string text(const Comparison& comparison) {
  static const char* const kWords[] = {"wider",      "narrower", "elsewhere", "undecided",
                                       "undeclared", "missing",  "weaker"};
  std::string out;
  for (const Difference& each : comparison.differences) {
    out += std::string(kWords[static_cast<int>(each.kind)]) + " " + each.from + " -> " + each.to + " : " +
           each.traffic + " | " + each.packet + each.values + " | " + each.why + "\n";
  }
  return out;
}

/// The one difference between two things.
const Difference& only(const Comparison& comparison) {
  REQUIRE_MESSAGE(comparison.differences.size() == 1, text(comparison));
  return comparison.differences.front();
}

estate::Block block(const std::string& prefix) { return {.base = *net::parse_prefix(prefix), .part = {}}; }

}  // namespace

TEST_CASE("what declares and what admits the same is equal") {
  for (const model::Design& design :
       {crenel::tests::public_network(), crenel::tests::public_network_direct(), crenel::tests::private_network(),
        crenel::tests::private_network_known(), crenel::tests::three_tiers(), crenel::tests::network_balancer(),
        crenel::tests::two_tiers_one_site()}) {
    CAPTURE(design.name);
    const auto comparison = verify::compare(design, estate_of(design));
    CHECK_MESSAGE(comparison.equal(), text(comparison));
  }
}

TEST_CASE("a rule too many is wider, with the packet and the place") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  list_of(estate, "App").in.push_back(allow(22, tagged(tag_of(estate, "Web")), anyone()));
  CHECK(verify::compare(design, estate).equal());  // nothing leaves `web` for it
  list_of(estate, "Web").out.push_back(allow(22, anyone(), tagged(tag_of(estate, "App"))));
  const auto comparison = verify::compare(design, estate);
  const Difference& found = only(comparison);
  CHECK(found.kind == Difference::Kind::Wider);
  CHECK(found.from == "web");
  CHECK(found.to == "app");
  CHECK(found.traffic == "tcp/22");
  CHECK(found.packet == "web -> app tcp/22");
  CHECK(found.place.resource == "Added");
  CHECK(!found.steps.empty());
}

TEST_CASE("a rule that is missing is narrower, with what stops the packet and the flow that declares it") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  list_of(estate, "App").in.clear();
  const auto comparison = verify::compare(design, estate);
  const Difference& found = only(comparison);
  CHECK(found.kind == Difference::Kind::Narrower);
  CHECK(found.packet == "web -> app tcp/8443");
  REQUIRE(found.statements.size() == 1);
  CHECK(design.statements[found.statements.front()].text == "web -> app : app_rpc");
  CHECK(!found.steps.empty());
}

TEST_CASE("a target that answers its clients, and its balancer's own checks not, is told") {
  const auto design = crenel::tests::network_balancer();
  auto estate = estate_of(design);
  const estate::Interface balancer = estate.interfaces[estate.balancers.front().interface];
  const estate::Interface target = estate.interfaces[estate.balancers.front().forwards.front().target];
  estate::RuleList strict;
  strict.name = "strict";
  strict.stateful = false;
  estate::Rule rule = allow(0, anyone(), anyone());
  rule.kinds = {estate::Kind{}};
  strict.in = strict.out = {rule};
  const auto list = estate.rule_lists.add(strict);
  for (const auto subnet : target.subnets) estate.subnets[subnet].lists = {list};
  CHECK(verify::compare(design, estate).equal());
  rule.allow = false;
  for (const auto subnet : balancer.subnets) {
    for (const estate::Block& each : estate.subnets[subnet].blocks) rule.source.blocks.push_back(each);
  }
  rule.source.anyone = false;
  estate.rule_lists[list].in.insert(estate.rule_lists[list].in.begin(), rule);
  const auto comparison = verify::compare(design, estate);
  const Difference& found = only(comparison);
  CHECK(found.kind == Difference::Kind::Narrower);
  CHECK(found.packet == "front -> play tcp/7001");
  CHECK(found.steps.back().what.find("denies it") != std::string::npos);
}

TEST_CASE("what something needs to run must come to it, and is nobody's flow") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  estate::Interface near = estate.interfaces[interface(estate, "App")];
  near.name = "StateEndpoint";
  near.stem = "State";
  near.role = estate::Role::Service;
  near.lists = {{estate.rule_lists.add(
      {.name = "of state", .stateful = true, .in = {allow(443, anyone(), anyone())}, .out = {}, .place = {}})}};
  near.tags = {estate.tags.add({.name = "StateTag", .place = {}})};
  const estate::TagId tag = near.tags.front();
  const auto to = estate.interfaces.add(std::move(near));
  const estate::Kind https{.protocol = std::uint8_t{6}, .ports = {443, 443}};
  estate.needs.push_back({.from = interface(estate, "Web"), .to = to, .kind = https, .what = "its state", .place = {}});
  auto comparison = verify::compare(design, estate);
  const Difference& found = only(comparison);
  CHECK(found.kind == Difference::Kind::Weaker);
  CHECK(found.from == "web");
  CHECK(found.why == "does not get to its state by `StateEndpoint`");
  CHECK(found.steps.back().what.find("leaves") != std::string::npos);
  list_of(estate, "Web").out.push_back(allow(443, anyone(), tagged(tag)));
  CHECK_MESSAGE(verify::compare(design, estate).equal(), text(verify::compare(design, estate)));
  // whoever else comes there has no use of it
  list_of(estate, "App").out.push_back(allow(443, anyone(), tagged(tag)));
  CHECK(verify::compare(design, estate).equal());
}

TEST_CASE("a known address that a parameter may hold is told with a value of the parameter") {
  const auto design = crenel::tests::private_network();
  auto estate = estate_of(design);
  list_of(estate, "App").in.push_back(allow(8080, at(block("172.16.9.0/24")), anyone()));
  const auto comparison = verify::compare(design, estate);
  // inside `corporate` it is the data center that gets in, elsewhere nobody that is known: answers go back by the link
  for (const Difference& each : comparison.differences) {
    CHECK(each.kind == Difference::Kind::Wider);
    CHECK(each.traffic == "tcp/8080");
  }
  REQUIRE(!comparison.differences.empty());
  bool told = false;
  for (const Difference& each : comparison.differences) {
    told = told || (each.from == "datacenter" && each.values.find("`corporate` = 172.16.") != std::string::npos);
  }
  CHECK_MESSAGE(told, text(comparison));
}

TEST_CASE("a wrong parameter is two differences") {
  auto design = crenel::tests::private_network();
  auto estate = estate_of(design);
  for (auto& rule : list_of(estate, "App").in) {
    for (auto& peer : rule.source.blocks) peer = block("10.0.0.0/8");
  }
  const auto comparison = verify::compare(design, estate);
  bool narrower = false;
  for (const Difference& each : comparison.differences) {
    narrower = narrower || (each.kind == Difference::Kind::Narrower && each.from == "datacenter");
  }
  CHECK_MESSAGE(narrower, text(comparison));
}

TEST_CASE("the way is part of what is declared") {
  const auto design = crenel::tests::private_network_known();
  auto estate = estate_of(design);
  // Internet traffic leaves directly instead of through the data center
  estate.interfaces[interface(estate, "App")].public_address = estate::PublicAddress::Yes;
  for (auto& table : estate.route_tables) {
    for (auto& route : table.routes) {
      if (route.destination == block("0.0.0.0/0")) route.target = estate::DoorId(0);
    }
  }
  const auto comparison = verify::compare(design, estate);
  bool wider = false;
  bool narrower = false;
  for (const Difference& each : comparison.differences) {
    wider = wider || (each.kind == Difference::Kind::Wider && each.to == "internet");
    narrower = narrower || (each.kind == Difference::Kind::Narrower && each.to == "internet");
  }
  CHECK_MESSAGE(wider, text(comparison));
  CHECK_MESSAGE(narrower, text(comparison));
}

TEST_CASE("what was not understood is undecided") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  estate.unknowns.push_back(
      {.what = "`Transit` is not read", .place = {.resource = "Transit", .path = "/x", .span = {}}});
  CHECK(only(verify::compare(design, estate)).kind == Difference::Kind::Undecided);
  CHECK(only(verify::compare(design, estate)).why == "`Transit` is not read");

  const auto direct = crenel::tests::public_network_direct();
  estate = estate_of(direct);
  estate::Peers unknown;
  unknown.unknown = true;
  list_of(estate, "Web").in.push_back(allow(23, unknown, anyone()));
  const auto comparison = verify::compare(direct, estate);
  REQUIRE(!comparison.equal());
  for (const Difference& each : comparison.differences) CHECK(each.kind == Difference::Kind::Undecided);
}

TEST_CASE("an unknown symbol may be anywhere") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  const auto somewhere = estate.symbols.add({.name = "Elsewhere", .parameter = true, .host = false, .place = {}});
  list_of(estate, "App").out.push_back(allow(25, anyone(), at({.base = somewhere, .part = {}})));
  const auto comparison = verify::compare(design, estate);
  REQUIRE(!comparison.equal());
  for (const Difference& each : comparison.differences) CHECK(each.kind == Difference::Kind::Undecided);
}

TEST_CASE("an interface that nobody declared, and a group that is not there") {
  const auto design = crenel::tests::three_tiers();
  auto estate = estate_of(design);
  estate.interfaces[interface(estate, "App")].stem = "Other";
  const auto comparison = verify::compare(design, estate);
  std::vector<Difference::Kind> kinds;
  for (const Difference& each : comparison.differences) kinds.push_back(each.kind);
  CHECK(std::count(kinds.begin(), kinds.end(), Difference::Kind::Undeclared) == 1);
  CHECK(std::count(kinds.begin(), kinds.end(), Difference::Kind::Missing) == 1);
  CHECK(std::count(kinds.begin(), kinds.end(), Difference::Kind::Wider) >= 1);
}

TEST_CASE("a group of at most one has no peers") {
  auto design = crenel::tests::three_tiers();
  const model::GroupId app(1);
  const auto statement = design.statements.add({.span = {}, .text = "app -> app : tcp/7946", .because = ""});
  design.flows.push_back({.statement = statement,
                          .from = app,
                          .to = app,
                          .traffic = net::Traffic::of(net::Protocol::Tcp, 7946, 7946),
                          .via = {}});
  auto estate = estate_of(design);
  CHECK_MESSAGE(verify::compare(design, estate).equal(), text(verify::compare(design, estate)));
  list_of(estate, "App").in.pop_back();
  CHECK(!verify::compare(design, estate).equal());
  design.groups[app].scale.max = 1;
  estate.interfaces[interface(estate, "App")].most = 1;
  CHECK_MESSAGE(verify::compare(design, estate).equal(), text(verify::compare(design, estate)));
}
