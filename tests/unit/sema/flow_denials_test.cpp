#include <doctest/doctest.h>

#include "tests/unit/sema/build_draft.h"

using namespace crenel;
using namespace crenel::tests;

namespace {

FlowLine& deny(Office& office, EndpointRef from, EndpointRef to, net::Traffic traffic) {
  FlowLine& line = office.allow(std::move(from), std::move(to), std::move(traffic));
  line.deny = true;
  return line;
}
FlowLine& deny_any(Office& office, EndpointRef from, EndpointRef to) {
  FlowLine& line = deny(office, std::move(from), std::move(to), {});
  line.actions.any = true;
  return line;
}

/// "app -> internet : tcp/443 except 198.51.100.0/24": the flows, one a line.
std::string flows_of(const Outcome& out) {
  REQUIRE(out.design);
  std::string all;
  for (const model::Flow& flow : out.design->flows) {
    all += (all.empty() ? "" : "; ") + model::name_of(*out.design, flow.from) + " -> " +
           model::name_of(*out.design, flow.to) + " : " + net::to_string(flow.traffic);
    for (const auto& block : flow.except) {
      const auto prefix = model::known(block);
      all += " except " + (prefix ? net::to_string(*prefix) : "later");
    }
  }
  return all;
}

}  // namespace

TEST_SUITE("flow_denials") {
  TEST_CASE("between members: services are taken away, in any order of the lines") {
    Office office;
    deny(office, office.any(), office.end(office.app), tcp(22));
    office.allow(office.web, office.app, net::Traffic::of(net::Protocol::Tcp, 20, 24));
    office.allow(office.app, office.data, tcp(22));
    CHECK(flows_of(office.build()) == "web -> app : tcp/20..21, tcp/23..24; app -> data : tcp/22");
  }

  TEST_CASE("a flow that is denied altogether is gone, with its route; the statement of the deny stays") {
    Office office;
    office.allow(office.end(office.app), office.internet(), tcp(443), {office.nat()});
    deny(office, office.end(office.app), office.outside(), net::Traffic::all());
    const Outcome out = office.build();
    REQUIRE(out.design);
    CHECK(out.design->flows.empty());
    CHECK(std::holds_alternative<model::NoWayOut>(out.design->tiers[model::TierId(2)].way_out));
    REQUIRE(out.design->statements.size() == 1);
    CHECK(out.design->statements[model::StatementId(0)].deny);
    CHECK(out.design->denials.size() == 3);  // two sites and the Internet
  }

  TEST_CASE("addresses are taken out of the Internet, for the services that are denied") {
    Office office;
    office.allow(office.end(office.app), office.internet(), tcp(443).united(tcp(25)), {office.nat()});
    deny(office, office.any(), office.blocks("198.51.100.0/24"), tcp(25));
    CHECK(flows_of(office.build()) == "app -> internet : tcp/443; app -> internet : tcp/25 except 198.51.100.0/24");
  }

  TEST_CASE("a value known at deployment stays a parameter") {
    Office office;
    office.allow(office.end(office.app), office.internet(), tcp(443), {office.nat()});
    deny_any(office, office.end(office.app), office.blocks("banned", {office.cidr("banned", 28, 32)}));
    CHECK(flows_of(office.build()) == "app -> internet : tcp/443 except later");
  }

  TEST_CASE("addresses are taken out of sites and blocks") {
    Office office;
    const auto partner = office.site("partner", "198.51.100.0/23");
    office.allow(office.end(office.app), office.end(partner), tcp(443), {office.nat()});
    deny_any(office, office.any(), office.blocks("198.51.100.0/24"));
    const Outcome out = office.build();
    CHECK(flows_of(out) == "app -> partner except 198.51.100.0/24 : tcp/443");
    CHECK(std::get<model::Blocks>(out.design->flows[0].to).blocks ==
          std::vector<model::Late<net::Prefix>>{block("198.51.101.0/24")});
  }

  TEST_CASE("denied Internet takes what is known by public addresses with it, and leaves linked sites alone") {
    Office office;
    office.linked();
    office.allow(office.end(office.app), office.end(office.desk), tcp(443), {office.nat()});
    deny_any(office, office.end(office.app), office.internet());
    deny_any(office, office.internet(), office.any());
    const Outcome out = office.build();
    CHECK(flows_of(out) == "datacenter -> app : tcp/9999");
    CHECK(out.codes() == "CRN0528");
  }

  TEST_CASE("private blocks are no part of the Internet: nothing is met") {
    Office office;
    office.allow(office.end(office.app), office.internet(), tcp(443), {office.nat()});
    deny_any(office, office.end(office.app), office.blocks("10.99.0.0/16"));
    const Outcome out = office.build();
    CHECK(flows_of(out) == "app -> internet : tcp/443");
    CHECK(out.codes() == "CRN0528");
  }

  TEST_CASE("of every packet only every packet can be taken") {
    Office office;
    office.allow(office.web, office.app, net::Traffic::all());
    const auto& line = deny(office, office.end(office.web), office.end(office.app), tcp(22));
    const auto span = line.span;
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0529");
    CHECK(out.first().span == span);
  }

  TEST_CASE("a forward that is denied is an error that names the deny") {
    Office office;
    const auto front = office.with_front();
    office.allow(office.internet(), office.end(front), tcp(443));
    const auto span = deny_any(office, office.any(), office.end(office.web)).span;
    const Outcome out = office.build();
    CHECK(out.codes() == "CRN0530");
    REQUIRE(out.first().notes.size() == 1);
    CHECK(out.first().notes[0].span == span);
  }
}
