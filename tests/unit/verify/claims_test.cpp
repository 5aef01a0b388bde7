#include "tests/unit/verify/scene.h"

using namespace crenel;
using namespace crenel::tests;
using model::Internet;
using model::Layer;

TEST_CASE("never holds when no flow joins the two") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  s.allow(web, app, tcp(8443));
  s.never({app}, {web});
  CHECK(s.verdict() == "proved");  // a flow admits conversations one way
  s.never({Internet{}}, {web, app});
  CHECK(s.verdict() == "proved");
  s.never({web}, {app}, tcp(22));
  CHECK(s.verdict() == "proved");
  CHECK(s.diagnostics.all().empty());
}

TEST_CASE("never is refuted with a packet and the flow that admits it") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto flow = s.allow(web, app, tcp(8443).united(tcp(22)));
  const auto claim = s.never({web}, {app}, tcp(20, 25)).span;
  CHECK(s.verdict() == "refuted: web -> app tcp/22");
  REQUIRE(s.diagnostics.all().size() == 1);
  const auto& report = s.diagnostics.all()[0];
  CHECK(report.code == "CRN0601");
  CHECK(report.span == claim);
  CHECK(report.message == "`the claim` does not hold: web -> app tcp/22 is admitted");
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].span == flow);
}

TEST_CASE("A -> A is one member to another") {
  Scene s;
  const auto web = s.group("web");
  s.never({web}, {web});
  CHECK(s.verdict() == "proved");
  s.allow(web, web, tcp(7000));
  CHECK(s.verdict() == "refuted: web -> web tcp/7000");
}

TEST_CASE("a claim without actions is about any packet, protocols without a name too") {
  Scene s;
  const auto web = s.group("web");
  s.allow(Internet{}, web, net::Traffic::all());
  s.never({Internet{}}, {web});
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web any packet");
  s.never({Internet{}}, {web}, net::Traffic::of(net::Protocol::Icmp));
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web icmp");
}

TEST_CASE("in a claim, internet is what no site names; in a grant, a site known by public addresses is part of it") {
  Scene s;
  const auto web = s.group("web");
  const auto desk = s.site("desk", {block("203.0.113.0/28")});
  s.allow(desk, web, tcp(22));
  s.never({Internet{}}, {web});
  CHECK(s.verdict() == "proved");
  s.allow(Internet{}, web, tcp(443));
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> web tcp/443");
  s.never({desk}, {web}, tcp(443));
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web tcp/443");
}

TEST_CASE("a grant to internet does not open the linked sites, nor private space, nor the networks") {
  Scene s;
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("192.0.2.0/24"), block("172.16.0.0/16")});
  const auto inner = s.site("operators", {block("192.0.2.16/28")}, datacenter);
  s.link(datacenter);
  s.allow(app, Internet{}, tcp(443), {datacenter});
  s.never({app}, {datacenter});
  CHECK(s.verdict() == "proved");
  s.never({app}, {inner});
  CHECK(s.verdict() == "proved");
  s.never({app}, {blocks("192.168.0.0/16"), blocks("172.16.5.0/24")});
  CHECK(s.verdict() == "proved");
  s.never({app}, {blocks("192.0.3.0/24")});
  CHECK(s.verdict() == "refuted: app -> 192.0.3.0 tcp/443");
}

TEST_CASE("the Internet of a function outside every network is all that is public, sites too") {
  Scene s;
  const auto archiver = s.function("archiver");
  const auto desk = s.site("desk", {block("203.0.113.0/28")});
  const auto datacenter = s.site("datacenter", {block("192.0.2.0/24")});
  s.link(datacenter);  // of a network that the function has nothing to do with
  s.allow(archiver, Internet{}, net::Traffic::all());
  s.never({archiver}, {desk});
  CHECK(s.verdict() == "refuted: archiver -> 203.0.113.7 any packet");
  s.never({archiver}, {datacenter}, tcp(443));
  CHECK(s.verdict() == "refuted: archiver -> 192.0.2.0 tcp/443");
  s.never({archiver}, {blocks("10.0.0.0/8")});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("addresses meet by what they hold, whatever their names") {
  Scene s;
  const auto app = s.group("app");
  s.allow(blocks("partners", {block("198.51.100.0/24"), block("192.0.2.0/25")}), app, tcp(443));
  s.never({blocks("198.51.100.255/32")}, {app});
  CHECK(s.verdict() == "refuted: 198.51.100.255 -> app tcp/443");
  s.never({blocks("192.0.2.128/25")}, {app});
  CHECK(s.verdict() == "proved");
  s.never({Internet{}}, {app});  // no site names the partners
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> app tcp/443");
}

TEST_CASE("a site holds what is inside it, and an inner site is not the outer one") {
  Scene s;
  const auto app = s.group("app");
  const auto outer = s.site("datacenter", {block("172.16.0.0/16")});
  const auto inner = s.site("operators", {block("172.31.0.0/24")}, outer);
  s.link(outer);
  s.allow(inner, app, tcp(22));
  s.never({outer}, {app});
  CHECK(s.verdict() == "refuted: 172.31.0.0 -> app tcp/22");
  s.never({blocks("172.16.0.0/16")}, {app});
  CHECK(s.verdict() == "proved");
  s.only({inner}, {app});
  CHECK(s.verdict() == "proved");
  s.always({inner}, {app}, tcp(22));
  CHECK(s.verdict() == "proved");
  s.always({outer}, {app}, tcp(22));
  CHECK(s.verdict() == "refuted: 172.16.0.0 -> app tcp/22");
}

TEST_CASE("except via holds when every way passes the hop") {
  Scene s;
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("172.16.0.0/16")});
  s.link(datacenter);
  s.allow(app, Internet{}, tcp(443), {datacenter});
  s.never({app}, {Internet{}}).via = {datacenter};
  CHECK(s.verdict() == "proved");
  s.never({app}, {Internet{}}).via = {model::ViaNat{}};
  CHECK(s.verdict() == "refuted: app -> 203.0.113.7 tcp/443");
  s.never({app}, {Internet{}}).via = {datacenter, model::ViaNat{}};
  CHECK(s.verdict() == "refuted: app -> 203.0.113.7 tcp/443");
}

TEST_CASE("only closes the destination") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto jobs = s.group("jobs");
  s.allow(web, app, tcp(8443));
  s.only({web}, {app}, tcp(8443));
  CHECK(s.verdict() == "proved");
  s.allow(web, jobs, tcp(8443));  // the source stays free
  CHECK(s.verdict() == "proved");
  s.allow(jobs, app, tcp(22));  // another service
  CHECK(s.verdict() == "proved");
  const auto flow = s.allow(jobs, app, tcp(8000, 9000));
  CHECK(s.verdict() == "refuted: jobs -> app tcp/8443");
  CHECK(s.diagnostics.all()[0].code == "CRN0602");
  CHECK(s.diagnostics.all()[0].notes[0].span == flow);
  s.only({web, jobs}, {app}, tcp(8443));
  CHECK(s.verdict() == "proved");
}

TEST_CASE("only with nobody means nobody") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  s.only({}, {app});
  CHECK(s.verdict() == "proved");
  s.allow(web, app, tcp(1));
  CHECK(s.verdict() == "refuted: web -> app tcp/1");
}

TEST_CASE("only counts every address of a source") {
  Scene s;
  const auto app = s.group("app");
  s.allow(blocks("198.51.100.0/24"), app, tcp(443));
  s.only({blocks("halves", {block("198.51.100.0/25"), block("198.51.100.128/25")})}, {app});
  CHECK(s.verdict() == "proved");
  s.only({blocks("198.51.100.0/25"), blocks("198.51.100.128/26")}, {app});
  CHECK(s.verdict() == "refuted: 198.51.100.192 -> app tcp/443");
  s.only({Internet{}}, {app});
  CHECK(s.verdict() == "proved");
  const auto desk = s.site("desk", {block("198.51.100.7/32")});
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> app tcp/443");  // now a site names it
  s.only({Internet{}, desk}, {app});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("only the Internet: a grant to it holds sites that the claim does not name") {
  Scene s;
  const auto app = s.group("app");
  s.allow(Internet{}, app, tcp(443));
  s.only({Internet{}}, {app});
  CHECK(s.verdict() == "proved");
  s.site("desk", {block("203.0.113.0/24")});
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> app tcp/443");
}

TEST_CASE("always wants every address, every member and every packet") {
  Scene s;
  const auto app = s.group("app");
  const auto web = s.group("web");
  const auto desk = s.site("desk", {block("198.51.100.0/24")});
  const auto flow = s.allow(blocks("198.51.100.0/25"), app, tcp(22));
  s.always({desk}, {app}, tcp(22));
  CHECK(s.verdict() == "refuted: 198.51.100.128 -> app tcp/22");
  CHECK(s.diagnostics.all()[0].code == "CRN0603");
  CHECK(s.diagnostics.all()[0].notes[0].span == flow);
  CHECK(s.diagnostics.all()[0].help == "say `allow desk -> app : tcp/22`, or claim less");
  s.allow(blocks("198.51.100.128/25"), app, tcp(20, 30));
  CHECK(s.verdict() == "proved");  // two flows together
  s.always({desk}, {app, web}, tcp(22));
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> web tcp/22");
  s.always({desk}, {app}, tcp(22, 23));
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> app tcp/23");
}

TEST_CASE("always joins ports of several flows, and any means all packets") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  s.allow(web, app, tcp(1, 100));
  s.allow(web, app, tcp(101, 200));
  s.always({web}, {app}, tcp(50, 150));
  CHECK(s.verdict() == "proved");
  s.always({web}, {app});
  CHECK(s.verdict() == "refuted: web -> app any packet");
  s.allow(web, app, net::Traffic::all());
  CHECK(s.verdict() == "proved");
}

TEST_CASE("always over the Internet, there and back again") {
  Scene s;
  const auto web = s.group("web");
  s.allow(Internet{}, web, tcp(443));
  s.allow(web, Internet{}, tcp(80));
  const auto desk = s.site("desk", {block("203.0.113.0/24")});
  s.always({Internet{}}, {web}, tcp(443));
  CHECK(s.verdict() == "proved");
  s.always({desk}, {web}, tcp(443));
  CHECK(s.verdict() == "proved");
  s.always({web}, {Internet{}, desk}, tcp(80));
  CHECK(s.verdict() == "proved");
  s.link(desk);  // a linked site is not part of a grant to internet
  CHECK(s.verdict() == "refuted: web -> 203.0.113.7 tcp/80");
}

TEST_CASE("always via wants that way") {
  Scene s;
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("172.16.0.0/16")});
  s.link(datacenter);
  s.allow(app, Internet{}, tcp(443), {datacenter});
  s.always({app}, {blocks("93.184.216.34/32")}, tcp(443)).via = {datacenter};
  CHECK(s.verdict() == "proved");
  s.always({app}, {blocks("93.184.216.34/32")}, tcp(443)).via = {model::ViaNat{}};
  CHECK(s.verdict() == "refuted: app -> 93.184.216.34 tcp/443");
  CHECK(s.diagnostics.all()[0].notes[0].message == "this flow takes another way");
}

TEST_CASE("a claim about nobody is vacuous") {
  Scene s;
  const auto app = s.group("app");
  const auto people = s.site("people", {});
  const auto vacuous = [&](const char* why) {
    CHECK(s.verdict() == "vacuous");
    REQUIRE(s.diagnostics.all().size() == s.design.claims.size());
    CHECK(s.diagnostics.all().back().code == "CRN0605");
    CHECK(s.diagnostics.all().back().message == std::string("`the claim` says nothing: ") + why);
  };
  s.never({}, {app});
  vacuous("its source stands for nobody in this design");
  s.never({app}, {});
  vacuous("its destination stands for nobody in this design");
  s.only({app}, {});
  vacuous("its destination stands for nobody in this design");
  s.always({}, {app});
  vacuous("its source stands for nobody in this design");
  s.never({people}, {app});
  vacuous("its source has no addresses");
  s.design.groups[app].scale.max = 0;
  s.always({Internet{}}, {app});
  vacuous("there are no two ends that it could join");
  s.design.groups[app].scale.max = 1;
  s.always({app}, {app});
  vacuous("there are no two ends that it could join");
}

TEST_CASE("a place that has addresses of IPv6 alone is somewhere, though no network here leads there") {
  Scene s;
  const auto app = s.group("app");
  const auto six = s.site("six", {block("2001:db8::/32")});
  s.never({app}, {six});
  CHECK(s.verdict() == "proved");
  s.always({app}, {six});
  CHECK(s.verdict() == "refuted: app -> 2001:db8::7 any packet");
}

TEST_CASE("an empty list parameter makes nothing vacuous") {
  Scene s;
  const auto app = s.group("app");
  s.never({}, {app}).empty_on_purpose = true;
  CHECK(s.verdict() == "proved");
  s.always({}, {app}).empty_on_purpose = true;
  CHECK(s.verdict() == "proved");
  s.only({}, {app}).empty_on_purpose = true;
  CHECK(s.verdict() == "proved");
  s.allow(Internet{}, app, tcp(1));
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> app tcp/1");
}

TEST_CASE("behind an application balancer the client is the balancer") {
  Scene s;
  const auto web = s.group("web");
  s.design.groups[web].public_address = true;
  const auto front = s.balancer("front", Layer::Application, web, tcp(443), tcp(80));
  s.allow(Internet{}, front, tcp(443));
  s.never({Internet{}}, {web});
  CHECK(s.verdict() == "proved");
  s.only({front}, {web});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a network balancer keeps the client's address: what else leads to the target is then open") {
  Scene s;
  const auto web = s.group("web");
  const auto app = s.group("app");
  const auto datacenter = s.site("datacenter", {block("172.16.0.0/16")});
  const auto front = s.balancer("front", Layer::Network, web, tcp(443), tcp(8443));
  const auto flow = s.allow(Internet{}, front, tcp(443));
  s.never({Internet{}}, {web});
  CHECK(s.verdict() == "proved");
  s.design.groups[web].public_address = true;
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web tcp/8443");
  CHECK(s.diagnostics.all()[0].notes[0].span == flow);
  CHECK(s.diagnostics.all()[0].notes[0].message ==
        "network balancer `front` keeps the client's address, so this flow lets its clients reach `web` past it");
  s.always({Internet{}}, {web}, tcp(8443));
  CHECK(s.verdict() == "refuted: 203.0.113.7 -> web tcp/8443");  // admitted by accident is not promised
  s.design.groups[web].public_address = false;

  s.allow(datacenter, front, tcp(443));
  s.only({front}, {web});
  CHECK(s.verdict() == "proved");
  s.link(datacenter);
  CHECK(s.verdict() == "refuted: 172.16.0.0 -> web tcp/8443");
  s.never({app}, {web});
  CHECK(s.verdict() == "proved");
  s.allow(app, front, tcp(443));
  CHECK(s.verdict() == "refuted: app -> web tcp/8443");
}
