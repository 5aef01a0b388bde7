#include <doctest/doctest.h>

#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

std::vector<std::string> listed(const Value& tunnel, std::string_view name) {
  std::vector<std::string> out;
  for (const Value& one : elements(at(tunnel, {name}))) {
    const Value value = at(one, {"Value"});
    out.push_back(text(value).empty() ? std::to_string(number(value)) : text(value));
  }
  return out;
}

}  // namespace

TEST_CASE("both tunnels take strong algorithms only") {
  const Template made = compiled(crenel::tests::private_network());
  const auto tunnels = elements(property(made, "MainToDatacenterVpnConnection", "VpnTunnelOptionsSpecifications"));
  REQUIRE(tunnels.size() == 2);
  using Lines = std::vector<std::string>;
  for (const Value& tunnel : tunnels) {
    CHECK(listed(tunnel, "IKEVersions") == Lines{"ikev2"});
    for (const std::string phase : {"Phase1", "Phase2"}) {
      CHECK(listed(tunnel, phase + "EncryptionAlgorithms") == Lines{"AES256-GCM-16"});
      CHECK(listed(tunnel, phase + "IntegrityAlgorithms") == Lines{"SHA2-384", "SHA2-512"});
      CHECK(listed(tunnel, phase + "DHGroupNumbers") == Lines{"19", "20", "21"});
    }
    CHECK(number(at(tunnel, {"Phase2LifetimeSeconds"})) < number(at(tunnel, {"Phase1LifetimeSeconds"})));
  }
}

TEST_CASE("the key stays in Secrets Manager: the parameter names it") {
  const Template made = compiled(crenel::tests::private_network());
  const auto tunnels = elements(property(made, "MainToDatacenterVpnConnection", "VpnTunnelOptionsSpecifications"));
  CHECK(text(at(tunnels.front(), {"PreSharedKey", "Fn::Sub"})) == "{{resolve:secretsmanager:${VpnKey}:SecretString}}");
  const std::string all = document::to_json(to_value(made));
  CHECK(all.find("NoEcho") == std::string::npos);
}

TEST_CASE(
    "a static connection is told every prefix of the site, and 0.0.0.0/0 only where Internet traffic goes that way") {
  const Template internet = compiled(crenel::tests::private_network());
  CHECK(property(internet, "MainToDatacenterVpnConnection", "StaticRoutesOnly") == Value(true));
  CHECK(in_words(property(internet, "MainToDatacenterRouteToCorporate", "DestinationCidrBlock")) == "Corporate");
  CHECK(in_words(property(internet, "MainToDatacenterRouteToInternet", "DestinationCidrBlock")) == "0.0.0.0/0");
  const Template plain = compiled(two_networks());
  CHECK(find(plain, "EastToCenterRouteTo172x16x0x0p16") != nullptr);
  CHECK(find(plain, "EastToCenterRouteToInternet") == nullptr);
}

TEST_CASE("a site has one customer gateway, whoever links to it") {
  const Template made = compiled(two_networks());
  CHECK(of_type(made, kCustomerGateway).size() == 2);
  CHECK(of_type(made, kVpnConnection).size() == 3);
  CHECK(of_type(made, kVpnGateway).size() == 2);
  CHECK(depends_on(made, "WestToCenterVpnConnection", "CenterCustomerGateway"));
}

TEST_CASE("a link by certificate has no key") {
  const Template made = compiled(odd_one());
  CHECK(in_words(property(made, "BranchCustomerGateway", "CertificateArn")) == "Certificate");
  const auto tunnels = elements(property(made, "MainToBranchVpnConnection", "VpnTunnelOptionsSpecifications"));
  for (const Value& tunnel : tunnels) CHECK(at(tunnel, {"PreSharedKey"}).is_null());
}

TEST_CASE("no gateway is made that nothing uses") {
  const Template made = compiled(crenel::tests::private_network());
  CHECK(of_type(made, kInternetGateway).empty());
  CHECK(of_type(made, kNatGateway).empty());
  const Template open = compiled(crenel::tests::public_network());
  CHECK(of_type(open, kVpnGateway).empty());
  CHECK(of_type(open, kNatGateway).empty());
}
