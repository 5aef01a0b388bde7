#include "compiler/verify/invariants/invariants.h"

#include "tests/support/sample_designs.h"
#include "tests/unit/verify/scene.h"

using namespace crenel;
using namespace crenel::tests;

namespace {
std::size_t faults(const model::Design& design) {
  diagnostics::Diagnostics diagnostics;
  verify::check_immutable_without_login(design, diagnostics);
  return diagnostics.error_count();
}
}  // namespace

TEST_CASE("nobody logs in to an immutable group") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto flow = s.allow(app, web, tcp(20, 25));
  CHECK(faults(s.design) == 0);
  s.design.groups[web].immutable = true;
  diagnostics::Diagnostics diagnostics;
  verify::check_immutable_without_login(s.design, diagnostics);
  REQUIRE(diagnostics.all().size() == 1);
  CHECK(diagnostics.all()[0].code == "CRN0607");
  CHECK(diagnostics.all()[0].span == flow);
  CHECK(diagnostics.all()[0].message == "group `web` is immutable, and tcp/22..23 would administer it");
  CHECK(diagnostics.all()[0].notes[0].span == s.design.groups[web].origin.span);
}

TEST_CASE("what administers and what does not") {
  using net::Protocol;
  using net::Traffic;
  const auto broken = [](const Traffic& traffic) {
    Scene s;
    const auto web = s.group("web");
    s.design.groups[web].immutable = true;
    s.allow(model::Internet{}, web, traffic);
    return faults(s.design) == 1;
  };
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{22, 23, 3389, 5900, 5909, 5985, 5986})
    CHECK(broken(tcp(port)));
  for (const std::uint16_t port :
       std::initializer_list<std::uint16_t>{21, 24, 80, 443, 3388, 3390, 5899, 5910, 5984, 5987})
    CHECK(!broken(tcp(port)));
  CHECK(broken(Traffic::of(Protocol::Udp, 3389, 3389)));
  CHECK(!broken(Traffic::of(Protocol::Udp, 22, 22)));
  CHECK(broken(Traffic::all()));
  CHECK(!broken(Traffic::of(Protocol::Icmp)));
}

TEST_CASE("a flow from an immutable group is free, and one statement is one fault") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  s.design.groups[web].immutable = true;
  s.allow(web, app, tcp(22));
  CHECK(faults(s.design) == 0);
  s.allow(app, web, tcp(22));
  model::Flow again = s.design.flows.back();
  again.from = web;
  s.design.flows.push_back(again);
  CHECK(faults(s.design) == 1);
}

TEST_CASE("the sample designs keep the invariants") {
  for (const auto& design : {public_network(), public_network_direct(), private_network(), private_network_known(),
                             three_tiers(), network_balancer(), two_tiers_one_site()}) {
    CAPTURE(design.name);
    diagnostics::Diagnostics diagnostics;
    CHECK(verify::verify(design, diagnostics).claims.size() == design.claims.size());
    CHECK(diagnostics.all().empty());
  }
}
