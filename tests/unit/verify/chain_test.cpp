#include "tests/unit/verify/scene.h"

using namespace crenel;
using namespace crenel::tests;
using model::Internet;
using model::Layer;

TEST_CASE("a chain goes over groups and balancers; the last step is the claim's") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto db = s.group("db");
  const auto front = s.balancer("front", Layer::Application, web, tcp(443), tcp(80));
  const auto one = s.allow(Internet{}, front, tcp(443));
  const auto two = s.allow(web, app, tcp(8443));
  const auto three = s.allow(app, db, tcp(5432).united(tcp(22)));
  s.chain({Internet{}}, {db});
  CHECK(s.verdict() ==
        "refuted: 203.0.113.7 -> front tcp/443, front -> web tcp/80, web -> app tcp/8443, app -> db tcp/22");
  const auto& report = s.diagnostics.all()[0];
  CHECK(report.code == "CRN0604");
  REQUIRE(report.notes.size() == 4);
  CHECK(report.notes[0].span == one);
  CHECK(report.notes[2].span == two);
  CHECK(report.notes[3].span == three);
  s.chain({Internet{}}, {db}, tcp(5432));
  CHECK(s.verdict().ends_with("app -> db tcp/5432"));
  s.chain({Internet{}}, {db}, tcp(23));
  CHECK(s.verdict() == "proved");
  s.never({Internet{}}, {db});
  CHECK(s.verdict() == "proved");
  s.chain({db}, {web});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a single step is a chain, and reported as the flow that it is") {
  Scene s;
  const auto web = s.group("web");
  s.allow(Internet{}, web, tcp(443));
  s.chain({Internet{}}, {web});
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web tcp/443");
  CHECK(s.diagnostics.all()[0].code == "CRN0601");
}

TEST_CASE("a chain stops at a site") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("172.16.0.0/16")});
  s.link(datacenter);
  s.allow(web, datacenter, tcp(443));
  s.allow(datacenter, app, tcp(22));
  s.chain({web}, {app});
  CHECK(s.verdict() == "proved");
  s.chain({datacenter}, {app});  // but it may start there
  CHECK(s.verdict() == "refuted: 172.16.0.0 -> app tcp/22");
  s.chain({web}, {datacenter});  // and end
  CHECK(s.verdict() == "refuted: web -> 172.16.0.0 tcp/443");
}

TEST_CASE("rings end, and one may lead back to where it began") {
  Scene s;
  const auto a = s.group("a");
  const auto b = s.group("b");
  const auto c = s.group("c");
  s.allow(a, b, tcp(1));
  s.allow(b, a, tcp(2));
  s.chain({a}, {c});
  CHECK(s.verdict() == "proved");
  s.chain({a}, {a});
  CHECK(s.verdict() == "refuted: a -> b tcp/1, b -> a tcp/2");
}

TEST_CASE("a chain that passes the hop anywhere is excepted") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("172.16.0.0/16")});
  s.link(datacenter);
  s.allow(web, app, tcp(1));
  s.allow(app, Internet{}, tcp(443), {datacenter});
  s.chain({web}, {Internet{}}).via = {datacenter};
  CHECK(s.verdict() == "proved");
  s.chain({web}, {Internet{}});
  CHECK(s.verdict() == "refuted: web -> app tcp/1, app -> 203.0.113.7 tcp/443");
}

TEST_CASE("the first and the last address of a chain go together") {
  Scene s;
  const auto app = s.group("app");
  const auto corporate = s.parameter("corporate", 24, 24, {block("172.16.0.0/16")});
  const auto datacenter = s.site("datacenter", {corporate});
  s.link(datacenter);
  s.allow(datacenter, app, tcp(22));
  s.allow(app, blocks("hosts", {block("172.16.5.0/25")}), tcp(443));
  s.chain({datacenter}, {blocks("172.16.5.0/24")});
  CHECK(s.verdict().starts_with("refuted: 172.16."));
  s.chain({datacenter}, {Internet{}});
  CHECK(s.verdict() == "proved");
  s.allow(app, Internet{}, tcp(443), {datacenter});
  CHECK(s.verdict() ==
        "refuted: 172.16.0.0 -> app tcp/22, app -> 203.0.113.7 tcp/443 with `corporate` = 172.16.0.0/24");
}

TEST_CASE("a long chain is found without going through every path") {
  Scene s;
  std::vector<model::GroupId> groups;
  for (int i = 0; i < 200; ++i) groups.push_back(s.group("g" + std::to_string(i)));
  // From each to the next two: paths without number.
  for (std::size_t i = 0; i + 2 < groups.size(); ++i) {
    s.allow(groups[i], groups[i + 1], tcp(1));
    s.allow(groups[i], groups[i + 2], tcp(1));
  }
  s.chain({groups.front()}, {groups.back()});
  CHECK(s.verdict().starts_with("refuted: g0 -> "));
  s.chain({groups.back()}, {groups.front()});
  CHECK(s.verdict() == "proved");
}
