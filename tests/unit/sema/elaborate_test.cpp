#include <doctest/doctest.h>

#include "stdlib/library.h"
#include "tests/unit/sema/front.h"

namespace crenel::tests {
namespace {

TEST_CASE("a pattern, as it leaves this stage") {
  Front front(Files{{"main.crenel", R"(import std/services { http, https, ssh, admin }
label front_end
/// A site.
site office { addresses = [203.0.113.0/28, corporate]  device = 203.0.113.1 }
addresses corporate = [198.51.100.0/24]
/// The pattern.
pattern p(
  /// The image.
  image : image,
  certificate : certificate,
  space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16,
  key : secret,
  most : int(2..9) = 4,
) {
  network main {
    space = space
    zones = 3
    /// The edge.
    subnet edge : public { size = /26 }
    subnet web : private { size = /24  acl = strict  at = 2 }
  }
  link main to office by vpn { key = key } because "the office works here"
  balancer front in main.edge { certificate = certificate  forward https to web : http check "/" }
  group web in main.web { image = image  scale = 2..most by cpu(60%)  labels = [front_end]  on aws { class = "c" } }
  allow internet -> front : https because "customers"
  allow office -> web : ssh
  allow web -> internet, 192.0.2.7 : https, tcp/8080..8081 via office because "updates"
  never internet ~> web : admin
  only front, office -> web : any
  never any except office -> front_end : ssh
  never web -> internet except via office
}
)"}});
  const std::string expected = R"(target p (parameterised)
  doc "The pattern."
  parameter image : image
    doc "The image."
  parameter certificate : certificate
  parameter space : cidr /16../20 within 10.0.0.0/8 = "10.0.0.0/16"
  parameter key : secret
  site office
    doc "A site."
    addresses = [203.0.113.0/28, 198.51.100.0/24]
    device = 203.0.113.1
    strong_authentication = false
  network main
    flow_logs = true
    ipv6 = false
    space = $space
    zones = 3
  subnet main.edge : public in main
    doc "The edge."
    acl = open
    size = /26
  subnet main.web : private in main
    acl = strict
    at = 2
    size = /24
  link main.to.office (main -> office) by vpn
    because "the office works here"
    encrypted = false
    key = $key
  balancer front in main.edge
    certificate = $certificate
    labels = []
    layer = application
    forward tcp/443 to web : tcp/80 check "/"
  group web in main.web
    agents = []
    ephemeral = false
    image = $image
    immutable = false
    labels = [front_end]
    public_address = false
    scale = 2..4 by cpu(60%)
    size = small
    on aws class = "c"
  allow internet -> front : https
    internet -> front : tcp/443
    because "customers"
  allow office -> web : ssh
    office -> web : tcp/22
  allow web -> internet, 192.0.2.7 : https, tcp/8080..8081 via office
    web -> internet, 192.0.2.7 [192.0.2.7/32] : tcp/443, tcp/8080..8081 via office
    because "updates"
  claim never internet ~> web : admin
    internet ~> web : tcp/22..23, tcp/3389, tcp/5900..5909, tcp/5985..5986, udp/3389
  claim only front, office -> web : any
    front, office -> web : any
  claim never any except office -> front_end : ssh
    any except office -> label front_end : tcp/22
  claim never web -> internet except via office
    web -> internet : any via office
)";
  CHECK(front.dump() == expected);
}

TEST_CASE("a use stands where it was written, under its name") {
  Front front(
      "pattern inner() { network n { space = 10.1.0.0/16  subnet t : private { size = /24 } }  group g in n.t { image "
      "= \"i\" }  never g -> g }\n"
      "pattern outer() {\n  group last in two.n.t { image = \"i\" }\n  use inner() as one\n  use inner() as two\n  "
      "never one.g -> two.g, last\n}\n");
  const auto all = front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  REQUIRE(all.size() == 2);
  REQUIRE(all[1]);
  std::string order;
  for (const auto& declared : all[1]->declared) order += model::to_string(declared.path) + " ";
  CHECK(order == "last one.n one.n.t one.g two.n two.n.t two.g ");
  const auto& last = all[1]->declared[sema::DeclaredId(0)];
  REQUIRE(last.home);
  CHECK(model::to_string(all[1]->declared[*last.home].path) == "two.n.t");
  REQUIRE(all[1]->claims.size() == 3);
  CHECK(all[1]->claims[1].text == "never two.g -> two.g");
  CHECK(all[1]->claims[2].text == "never one.g -> two.g, last");
}

TEST_CASE("nothing comes of a target with an error") {
  Front front(in_pattern("never internet -> nobody"));
  const auto all = front.check();
  REQUIRE(all.size() == 1);
  CHECK_FALSE(all[0]);
}

TEST_CASE("the library's patterns elaborate, unbound, without a word") {
  Front front(
      "import std/patterns/public_network { public_network }\nimport std/patterns/private_network { private_network }\n"
      "handbook \"h\" { patterns = [public_network, private_network] }\n");
  const auto all = front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  REQUIRE(all.size() == 2);
  CHECK((all[0] && all[1]));
}

TEST_CASE("every module of the library is sound") {
  for (const char* module : {"services", "addresses", "patterns/public_network", "patterns/private_network"}) {
    CAPTURE(module);
    const auto text = stdlib::module_text(std::string("std/") + module);
    REQUIRE(text);
    Front front{std::string(*text)};
    front.check();
    CHECK_MESSAGE(front.codes().empty(), front.rendered());
  }
}

}  // namespace
}  // namespace crenel::tests
