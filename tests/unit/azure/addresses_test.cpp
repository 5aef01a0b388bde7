#include "backends/azure/addresses.h"

#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;

namespace {

net::Prefix block(const std::string& text) { return *net::parse_prefix(text); }

}  // namespace

TEST_CASE("a part of a parameter is cut from it when the template is deployed") {
  const model::Design design = tests::private_network();
  const model::Network& main = *design.networks.begin();
  CHECK(address(design, main.space).value() == "[parameters('Space')]");
  CHECK(address(design, design.tiers.begin()->block).value() == "[cidrSubnet(parameters('Space'), 23, 0)]");
}

TEST_CASE("a part counted from the end looks its number up by the parameter's length") {
  const model::Design design = tests::private_network();
  CHECK(address(design, design.networks.begin()->reserved).value() ==
        "[cidrSubnet(parameters('Space'), 26, "
        "variables('SpaceLastPart26')[string(parseCidr(parameters('Space')).cidr)])]");
  const auto variables = part_variables(design);
  REQUIRE(variables.size() == 1);
  CHECK(variables[0].first == "SpaceLastPart26");
  CHECK(tests::number_of(tests::at(variables[0].second, {"16"})) == 1023);
  CHECK(tests::number_of(tests::at(variables[0].second, {"20"})) == 63);
  // a length out of the bounds is not in the table: such a deployment fails
  CHECK(tests::at(variables[0].second, {"21"}).is_null());
  CHECK(tests::at(variables[0].second, {"15"}).is_null());
}

TEST_CASE("known blocks are merged, late ones stand apart and once") {
  model::Design design;
  model::Parameter corporate;
  corporate.origin.path = {"corporate"};
  corporate.kind = model::ParameterKind::Cidr;
  const model::ParameterId cidr = design.parameters.add(corporate);
  model::Parameter desk;
  desk.origin.path = {"desk"};
  desk.kind = model::ParameterKind::Ip;
  const model::ParameterId ip = design.parameters.add(desk);
  const Addresses made =
      addresses(design, {block("10.0.0.0/25"), cidr, block("10.0.0.128/25"), ip, cidr, block("2001:db8::/32")});
  REQUIRE(made.known.size() == 1);
  CHECK(made.known[0].value() == "10.0.0.0/24");
  REQUIRE(made.late.size() == 2);
  CHECK(made.late[0].value() == "[parameters('Corporate')]");
  CHECK(made.late[1].value() == "[concat(parameters('Desk'), '/32')]");
}

TEST_CASE("what internet leaves out: private space, and what is not private for every value of its parameter") {
  const model::Design inside = tests::private_network();
  const Addresses private_only = outside_internet(inside, inside.networks.ids().front());
  CHECK(private_only.late.empty());
  CHECK(private_only.known.size() == 3);

  model::Design design = tests::private_network();
  for (model::Parameter& parameter : design.parameters) {
    if (parameter.origin.path.back() == "corporate") parameter.within = {block("198.18.0.0/15")};
  }
  const Addresses with_site = outside_internet(design, design.networks.ids().front());
  REQUIRE(with_site.late.size() == 1);
  CHECK(with_site.late[0].value() == "[parameters('Corporate')]");
}

TEST_CASE("a network in public space is left out of internet too") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  design.networks.begin()->space = {.base = block("198.18.0.0/16"), .part = {}};
  const Addresses made = outside_internet(design, design.networks.ids().front());
  CHECK(std::find(made.known.begin(), made.known.end(), Term::literal("198.18.0.0/16")) != made.known.end());
}
