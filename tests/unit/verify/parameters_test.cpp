#include "tests/unit/verify/scene.h"

using namespace crenel;
using namespace crenel::tests;
using model::Internet;

TEST_CASE("a claim that fails for some value of a parameter is refuted with that value") {
  Scene s;
  const auto app = s.group("app");
  const auto corporate = s.parameter("corporate", 8, 32, {block("172.16.0.0/12")});
  const auto datacenter = s.site("datacenter", {corporate});
  s.link(datacenter);
  s.allow(datacenter, app, tcp(22));
  s.never({blocks("172.20.0.9/32")}, {app});
  CHECK(s.verdict() == "refuted: 172.20.0.9 -> app tcp/22 with `corporate` = 172.20.0.9/32");
  CHECK(s.diagnostics.all()[0].message ==
        "`the claim` does not hold: 172.20.0.9 -> app tcp/22 is admitted with `corporate` = 172.20.0.9/32");
  s.never({blocks("192.168.0.0/16")}, {app});
  CHECK(s.verdict() == "proved");  // no value within the bounds reaches there
  s.never({Internet{}}, {app});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("one parameter has one value everywhere") {
  Scene s;
  const auto app = s.group("app");
  const auto corporate = s.parameter("corporate", 16, 32, {block("172.16.0.0/12")});
  const auto datacenter = s.site("datacenter", {corporate});
  s.link(datacenter);
  s.allow(datacenter, app, tcp(22));
  s.only({blocks("the same", {corporate})}, {app});
  CHECK(s.verdict() == "proved");
  s.always({blocks("the same", {corporate})}, {app}, tcp(22));
  CHECK(s.verdict() == "proved");
  const auto other = s.parameter("other", 16, 32, {block("172.16.0.0/12")});
  s.only({blocks("another", {other})}, {app});
  CHECK(s.verdict().starts_with("refuted: 172.16.0.0 -> app tcp/22 with `corporate` = 172.16.0.0/32 and `other` = "));
  s.always({blocks("another", {other})}, {app}, tcp(22));
  CHECK(s.verdict().starts_with("refuted: "));
}

TEST_CASE("a grant covers a parameter only when it covers all its values") {
  Scene s;
  const auto app = s.group("app");
  const auto host = s.parameter("host", 32, 32, {block("198.51.100.0/24")});
  const auto desk = s.site("desk", {host});
  s.allow(blocks("198.51.100.0/25"), app, tcp(22));
  s.always({desk}, {app}, tcp(22));
  CHECK(s.verdict() == "refuted: 198.51.100.128 -> app tcp/22 with `host` = 198.51.100.128");
  s.allow(blocks("198.51.100.128/25"), app, tcp(22));
  CHECK(s.verdict() == "proved");
  s.never({Internet{}}, {app});
  CHECK(s.verdict() == "refuted: 198.51.100.7 -> app tcp/22 with `host` = 198.51.100.0");
}

TEST_CASE("bounds that leave one value are that value") {
  Scene s;
  const auto app = s.group("app");
  const auto fixed = s.parameter("fixed", 8, 24, {block("198.51.100.0/24")});
  const auto desk = s.site("desk", {fixed});
  s.allow(blocks("198.51.100.0/24"), app, tcp(22));
  s.only({desk}, {app});
  CHECK(s.verdict() == "proved");
  s.never({Internet{}}, {app});
  CHECK(s.verdict() == "proved");
  const auto loose = s.parameter("loose", 24, 25, {block("192.0.2.0/24")});
  s.site("branch", {loose});
  s.allow(blocks("192.0.2.0/24"), app, tcp(22));
  CHECK(s.verdict() == "refuted: 192.0.2.0 -> app tcp/22 with `loose` = 192.0.2.128/25");
}

TEST_CASE("linked sites are taken as apart from each other and from the network") {
  Scene t;
  const auto space = t.parameter("space", 16, 24, {block("10.0.0.0/8")});
  t.design.networks[t.main].space.base = space;
  const auto app = t.group("app");
  const auto one = t.parameter("one", 16, 32, {block("10.0.0.0/8")});
  const auto two = t.parameter("two", 16, 32, {block("10.0.0.0/8")});
  const auto left = t.site("left", {one});
  const auto right = t.site("right", {two});
  t.link(left);
  t.allow(left, app, tcp(22));
  t.never({right}, {app});
  CHECK(t.verdict().starts_with("refuted: 10."));  // nothing keeps a site without a link apart
  t.link(right);
  CHECK(t.verdict() == "proved");
  t.only({left}, {app});
  CHECK(t.verdict() == "proved");
}

TEST_CASE("two parts of a site are apart, a part and the whole are not") {
  Scene s;
  const auto app = s.group("app");
  const auto whole = s.site("datacenter", {block("172.16.0.0/12")});
  const auto a = s.parameter("a", 24, 32, {block("172.16.0.0/12")});
  const auto b = s.parameter("b", 24, 32, {block("172.16.0.0/12")});
  const auto crm = s.site("crm", {a}, whole);
  const auto operators = s.site("operators", {b}, whole);
  s.link(whole);
  s.allow(operators, app, tcp(22));
  s.never({crm}, {app});
  CHECK(s.verdict() == "proved");
  s.never({whole}, {app});
  CHECK(s.verdict().starts_with("refuted: 172.16.0.0 -> app tcp/22 with `b` = 172.16.0.0/32"));
}

TEST_CASE("two sites that the network meets over the Internet are taken as apart") {
  Scene s;
  const auto app = s.group("app");
  const auto a = s.parameter("a", 29, 32, {block("203.0.113.0/24")});
  const auto b = s.parameter("b", 29, 32, {block("203.0.113.0/24")});
  const auto desk = s.site("desk", {a});
  const auto partner = s.site("partner", {b});
  s.allow(partner, app, tcp(443));
  s.never({desk}, {app});
  CHECK(s.verdict().starts_with("refuted: "));
  s.allow(desk, app, tcp(22));
  s.never({desk}, {app}, tcp(443));
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a case that the disjoint blocks rule out is not a witness") {
  Scene s;
  const auto app = s.group("app");
  // Any /9 of 10.0.0.0/8 but the one that holds the network.
  const auto half = s.parameter("half", 9, 9, {block("10.0.0.0/8")});
  const auto datacenter = s.site("datacenter", {half});
  s.link(datacenter);
  s.allow(datacenter, app, tcp(22));
  s.never({blocks("10.99.0.0/16")}, {app});
  CHECK(s.verdict() == "proved");
  s.never({blocks("10.199.0.0/16")}, {app});
  CHECK(s.verdict() == "refuted: 10.199.0.0 -> app tcp/22 with `half` = 10.128.0.0/9");
}

TEST_CASE("what neither a proof nor a case was found for is undecided, with the flow") {
  Scene s;
  const auto space = s.parameter("space", 9, 10, {block("10.0.0.0/9")});
  s.design.networks[s.main].space.base = space;
  const auto app = s.group("app");
  const auto half = s.parameter("half", 9, 9, {block("10.0.0.0/8")});
  const auto datacenter = s.site("datacenter", {half});
  s.link(datacenter);
  const auto flow = s.allow(datacenter, app, tcp(22));
  s.never({blocks("10.99.0.0/16")}, {app});
  CHECK(s.verdict() == "undecided");
  CHECK(s.diagnostics.all()[0].code == "CRN0606");
  CHECK(s.diagnostics.all()[0].notes[0].span == flow);
}

TEST_CASE("a default is taken for the example where it fits") {
  Scene s;
  const auto app = s.group("app");
  const auto host = s.parameter("host", 32, 32, {});
  s.design.parameters[host].default_value = "203.0.113.10";
  const auto corporate = s.parameter("corporate", 16, 24, {block("172.16.0.0/12")});
  s.design.parameters[corporate].default_value = "172.20.0.0/16";
  s.allow(s.site("desk", {host}), app, tcp(22));
  s.allow(s.site("branch", {corporate}), app, tcp(23));
  s.never({blocks("203.0.113.0/24")}, {app}, tcp(22));
  CHECK(s.verdict().starts_with("refuted: 203.0.113.7 -> app tcp/22 with `host` = 203.0.113.7"));
  s.never({blocks("172.20.5.0/24")}, {app}, tcp(23));
  CHECK(s.verdict() == "refuted: 172.20.5.0 -> app tcp/23 with `corporate` = 172.20.0.0/16");
}
