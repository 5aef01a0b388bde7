#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// A network with IPv6 on Azure, from outside: templates that somebody has changed in one family, and what is refused.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/agreement/programs/ipv6_azure.crenel";

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

json& named(json& list, const std::string& name) {
  for (json& each : list) {
    if (each.at("name") == name) return each;
  }
  throw std::invalid_argument("nothing is named " + name);
}

/// What `verify` says of a template whose resources were changed.
std::string verified(const std::function<void(json&)>& change) {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  json document = json::parse(read_text(folder / "ipv6_azure.azure.json"));
  change(document.at("resources"));
  write_text(folder / "changed.json", document.dump(1));
  const Outcome outcome = run_crenel({"verify", folder / "changed.json", kProgram});
  return outcome.exit_code == 0 ? "the same" : outcome.out + outcome.err;
}

json& configurations(json& resources, const std::string& scale_set) {
  return named(resources, scale_set)
      .at("properties")
      .at("virtualMachineProfile")
      .at("networkProfile")
      .at("networkInterfaceConfigurations")
      .at(0)
      .at("properties")
      .at("ipConfigurations");
}

json& rules(json& resources, const std::string& group) {
  return named(resources, group).at("properties").at("securityRules");
}

void take_rules(json& resources, const std::string& group, const std::string& from) {
  json left = json::array();
  for (const json& rule : rules(resources, group)) {
    if (rule.at("properties").value("sourceAddressPrefix", "") != from) left.push_back(rule);
  }
  rules(resources, group) = left;
}

std::string codes_of(const std::string& pattern) {
  const ScratchFolder folder;
  write_text(folder / "p.crenel", "import std/services { https, http, ssh }\n" + pattern);
  const Outcome outcome = run_crenel({"check", folder / "p.crenel"});
  return outcome.out + outcome.err;
}

}  // namespace

TEST_CASE("on Azure what was built is what was declared") {
  CHECK(verified([](json&) {}) == "the same");
}

TEST_CASE("on Azure what is opened or closed in IPv6 alone is told") {
  CHECK(says(verified([](json& resources) {
               json& all = rules(resources, "ProbeNsg");
               json more = all.at(0);
               more["name"] = "More";
               more["properties"] = {{"priority", 101},
                                     {"direction", "Inbound"},
                                     {"access", "Allow"},
                                     {"protocol", "Tcp"},
                                     {"sourcePortRange", "*"},
                                     {"sourceAddressPrefix", "2600::/12"},
                                     {"destinationPortRange", "22"},
                                     {"destinationAddressPrefix", "*"}};
               all.push_back(more);
             }),
             "-> probe tcp/22"));
  CHECK(says(verified([](json& resources) { take_rules(resources, "ProbeNsg", "2001:db8:7::/48"); }),
             "stops 2001:db8:7:: -> probe tcp/8022"));
  CHECK(says(verified([](json& resources) {
               for (const char* group : {"FrontNsg", "MainEdgeTierNsg"}) {
                 take_rules(resources, group, "2001:db8:bad::/48");
               }
             }),
             "2001:db8:bad:: -> front tcp/443"));
}

TEST_CASE("on Azure who loses its address of IPv6, or has another public one, is told") {
  CHECK(says(verified([](json& resources) { configurations(resources, "ProbeScaleSet").erase(1); }), "CRN0912"));
  CHECK(says(verified([](json& resources) {
               configurations(resources, "FrontScaleSet").at(1).at("properties").erase("publicIPAddressConfiguration");
             }),
             "CRN0912"));
  CHECK(says(verified([](json& resources) {
               configurations(resources, "FrontScaleSet").at(1).at("properties").erase("applicationSecurityGroups");
             }),
             "different application security groups"));
}

TEST_CASE("on Azure a public address of IPv6 for who has none declared opens nothing by itself") {
  CHECK(verified([](json& resources) {
          json& own = configurations(resources, "FrontScaleSet").at(1).at("properties");
          configurations(resources, "WorkersScaleSet").at(1).at("properties")["publicIPAddressConfiguration"] =
              own.at("publicIPAddressConfiguration");
        }) == "the same");
}

TEST_CASE("on Azure what has IPv4 alone is refused by name in a network with IPv6") {
  const std::string network =
      "network main { space = 10.0.0.0/16  ipv6 = true  subnet edge : public { size = /26 }  "
      "subnet web : private { size = /24 }  subnet mid : private { size = /26 } }\n"
      "group web in main.web { image = \"a\" }\n";
  const auto refused = [&](const std::string& parameters, const std::string& more) {
    return codes_of("pattern p(" + parameters + ") for azure {\n" + network + more + "}\n");
  };
  CHECK(says(refused("key : secret",
                     "site office { addresses = [192.168.0.0/24]  device = 203.0.113.9 }\n"
                     "link main to office by vpn { key = key }\nallow office -> web : ssh\n"),
             "gateways carry IPv4 alone"));
  CHECK(says(refused("",
                     "balancer front in main.edge { layer = network  forward tcp/443 to web : tcp/8443 }\n"
                     "allow internet -> front : https\n"),
             "balancer `front` has no IPv6 in network `main`"));
  CHECK(says(refused("certificate : certificate",
                     "balancer front in main.edge { certificate = certificate  forward https to web : http }\n"
                     "allow internet -> front : https\n"),
             "an application gateway has IPv4 alone towards its targets"));
  CHECK(says(refused("", "allow web -> internet : https via nat\n"), "NAT of tier `main.web` has no IPv6"));
  CHECK(says(refused("",
                     "network far { space = 10.9.0.0/16  ipv6 = true  subnet one : private { size = /26 } }\n"
                     "group there in far.one { image = \"a\" }\npeer main with far\nallow web -> there : ssh\n"),
             "peering with `far` has no IPv6 in network `main`"));
  CHECK(says(codes_of("pattern p() for aws, azure {\n" + network + "}\n"), "CRN2061"));
}
