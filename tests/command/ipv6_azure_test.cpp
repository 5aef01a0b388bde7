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

const std::string kPrograms = project_root() / "tests/agreement/programs/";

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

json& named(json& list, const std::string& name) {
  for (json& each : list) {
    if (each.at("name") == name) return each;
  }
  throw std::invalid_argument("nothing is named " + name);
}

/// What `verify` says of the template of a pattern, in a text, whose resources were changed.
std::string verified_text(const std::string& text, const std::string& name, const std::function<void(json&)>& change) {
  const ScratchFolder folder;
  write_text(folder / "program.crenel", text);
  REQUIRE(run_crenel({"build", folder / "program.crenel", "-o", folder.path()}).exit_code == 0);
  json document = json::parse(read_text(folder / (name + ".azure.json")));
  change(document.at("resources"));
  write_text(folder / "changed.json", document.dump(1));
  const Outcome outcome = run_crenel({"verify", folder / "changed.json", folder / "program.crenel"});
  return outcome.exit_code == 0 ? "the same" : outcome.out + outcome.err;
}

std::string verified(const std::function<void(json&)>& change, const std::string& name = "ipv6_azure") {
  return verified_text(read_text(kPrograms + name + ".crenel"), name, change);
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

TEST_CASE("on Azure a frontend of IPv6 that does something else than that of IPv4 is told") {
  const std::string program =
      "import std/services { https, http }\n"
      "pattern both(certificate : certificate, image : image) for azure {\n"
      "network main { space = [10.0.0.0/16, 2001:db8:50::/48]  subnet gate : public { size = /26 }  "
      "subnet edge : public { size = /26 }  subnet web : private { size = /26 }  subnet logs : private { size = /26 } "
      "}\n"
      "balancer shop in main.gate { certificate = certificate  forward https to web : http  forward http to web : http "
      "}\n"
      "balancer intake in main.edge { layer = network  forward tcp/6514 to logs : tcp/6515 }\n"
      "group web in main.web { image = image }\ngroup logs in main.logs { image = image }\n"
      "allow internet -> shop : https, http\nallow 2001:db8:7::/48, 198.51.100.0/24 -> intake : tcp/6514\n}\n";
  const auto changed = [&](const std::string& balancer, const std::function<void(json&)>& change) {
    return verified_text(program, "both",
                         [&](json& resources) { change(named(resources, balancer).at("properties")); });
  };
  CHECK(changed("IntakeBalancer", [](json&) {}) == "the same");
  CHECK(says(
      changed("IntakeBalancer",
              [](json& p) { named(p.at("loadBalancingRules"), "tcp-6514-ipv6").at("properties")["backendPort"] = 22; }),
      "a frontend of IPv6 is not read"));
  CHECK(says(changed("IntakeBalancer",
                     [](json& p) {
                       json& pool = named(p.at("loadBalancingRules"), "tcp-6514-ipv6").at("properties");
                       pool["backendAddressPool"] =
                           named(p.at("loadBalancingRules"), "tcp-6514").at("properties").at("backendAddressPool");
                     }),
             "are not of one family"));
  CHECK(says(changed("IntakeBalancer",
                     [](json& p) {
                       p.at("frontendIPConfigurations").erase(1);
                       json left = json::array();
                       for (const json& rule : p.at("loadBalancingRules")) {
                         if (!says(rule.at("name").get<std::string>(), "ipv6")) left.push_back(rule);
                       }
                       p["loadBalancingRules"] = left;
                     }),
             "CRN0912"));
  CHECK(says(changed("ShopGateway", [](json& p) { p.at("requestRoutingRules").erase(3); }),
             "a frontend of IPv6 is not read"));
}

TEST_CASE("on Azure a hop of another family, or one whose pool has no members of it, hands on nothing that is known") {
  const auto changed = [](const std::function<void(json&)>& change) {
    return verified(change, "ipv6_azure_appliances");
  };
  CHECK(changed([](json&) {}) == "the same");
  CHECK(says(changed([](json& resources) {
               json& routes = named(resources, "MainAppRoutes").at("properties").at("routes");
               named(routes, "InternetByFirewallIpv6").at("properties")["nextHopIpAddress"] =
                   named(routes, "InternetByFirewall").at("properties").at("nextHopIpAddress");
             }),
             "may pass on what it likes"));
  CHECK(says(
      changed([](json& resources) {
        configurations(resources, "FirewallScaleSet").at(1).at("properties").erase("loadBalancerBackendAddressPools");
      }),
      "CRN09"));
}

TEST_CASE("on Azure a public address of IPv6 for who has none declared opens nothing by itself") {
  CHECK(verified([](json& resources) {
          json& own = configurations(resources, "FrontScaleSet").at(1).at("properties");
          configurations(resources, "WorkersScaleSet").at(1).at("properties")["publicIPAddressConfiguration"] =
              own.at("publicIPAddressConfiguration");
        }) == "the same");
}

TEST_CASE("on Azure a link of a network with IPv6 carries IPv4, where the place has nothing else") {
  const auto said = [](const std::string& addresses, const std::string& kind, const std::string& flows) {
    return codes_of(
        "pattern p(key : secret) for azure {\n"
        "network main { space = 10.0.0.0/16  ipv6 = true  subnet web : private { size = /24 }\n"
        "subnet data : private { size = /26 } }\n"
        "group web in main.web { image = \"a\" }\ndatabase orders in main.data { engine = postgres16 }\n"
        "site office { addresses = " +
        addresses + "  device = 203.0.113.9 }\nlink main to office by " + kind + "\n" + flows + "}\n");
  };
  const std::string both = "[192.168.0.0/24, 2001:db8:7::/48]";
  CHECK_FALSE(says(said("[192.168.0.0/24]", "vpn { key = key }", "allow office -> web : ssh\n"), "CRN2062"));
  CHECK_FALSE(says(said(both, "direct", "allow office -> web : ssh\n"), "CRN2062"));
  CHECK_FALSE(says(said(both, "direct", "allow web -> internet : https via office\n"), "CRN2062"));
  CHECK_FALSE(says(said(both, "vpn { key = key }", "allow office -> orders : tcp/5432\n"), "CRN2062"));
  CHECK(says(said(both, "vpn { key = key }", "allow office -> web : ssh\n"), "CRN2062"));
}

TEST_CASE("on Azure an appliance hands on in the families that it has") {
  const auto said = [](const std::string& hub, const std::string& via) {
    return codes_of("pattern p() for azure {\nnetwork hub { space = 10.1.0.0/24  " + hub +
                    "  subnet outside : public { size = /27 }  subnet look : public { size = /27 }  "
                    "subnet deep : private { size = /27 } }\n"
                    "network main { space = 10.0.0.0/16  ipv6 = true  subnet app : private { size = /26 } }\n"
                    "peer main with hub\ngroup app in main.app { image = \"a\" }\n"
                    "appliance wall in hub.look { image = \"a\" } because \"it looks\"\n"
                    "appliance deep in hub.deep { image = \"a\" } because \"it looks\"\n"
                    "allow app -> internet : https via " +
                    via + "\n}\n");
  };
  CHECK_FALSE(says(said("ipv6 = true", "wall"), "CRN2062"));
  CHECK(says(said("ipv6 = false", "wall"), "`wall` stands in a network without IPv6"));
  CHECK(says(said("ipv6 = true", "deep, nat"), "NAT translates IPv4 alone"));
}

TEST_CASE("on Azure what has IPv4 alone is refused by name in a network with IPv6") {
  const std::string network =
      "network main { space = 10.0.0.0/16  ipv6 = true  subnet edge : public { size = /26 }  "
      "subnet web : private { size = /24 }  subnet mid : private { size = /26 } }\n"
      "group web in main.web { image = \"a\" }\n";
  const auto refused = [&](const std::string& parameters, const std::string& more) {
    return codes_of("pattern p(" + parameters + ") for azure {\n" + network + more + "}\n");
  };
  const std::string vpn =
      "site office { addresses = [192.168.0.0/24, 2001:db8:7::/48]  device = 203.0.113.9 }\n"
      "link main to office by vpn { key = key }\n";
  CHECK(says(refused("key : secret", vpn + "allow office -> web : ssh\n"),
             "gateways of VPN carry IPv4 alone, and `office` has 2001:db8:7::/48"));
  CHECK(says(refused("key : secret", vpn + "allow web -> 2001:db8:7:8::/64 : ssh\n"),
             "gateways of VPN carry IPv4 alone, and `office` has 2001:db8:7::/48"));
  CHECK(says(refused("key : secret", vpn + "allow web -> internet : https via office\n"),
             "gateways of VPN carry IPv4 alone, and `internet` has both families"));
  CHECK(says(refused("key : secret",
                     vpn + "site line { addresses = [172.16.0.0/16, 2001:db8:8::/48] }\nlink main to line by direct\n" +
                         "allow line -> web : ssh\n"),
             "beside a gateway of VPN one of ExpressRoute carries IPv4 alone, and `line` has 2001:db8:8::/48"));
  CHECK(says(refused("", "allow web -> internet : https via nat\n"),
             "NAT of tier `main.web` has no IPv6 in network `main`: NAT translates IPv4 alone"));
  CHECK(says(refused("", "allow web -> 2001:db8:7::/48, 203.0.113.0/24 : https via nat\n"), "CRN2062"));
  CHECK_FALSE(says(refused("", "allow web -> 203.0.113.0/24 : https via nat\n"), "CRN2062"));
}

TEST_CASE("what is wrong with a target for both providers is said once, whichever block of IPv6 it has") {
  const std::string said = codes_of(
      "pattern p(image : image) {\nnetwork main { space = 10.0.0.0/16  ipv6 = true  "
      "subnet edge : public { size = /26 } }\n"
      "group front in main.edge { image = image  public_address = true }\n"
      "allow internet -> front : https\nnever internet -> front\n}\n");
  CHECK(says(said, "CRN0601"));
  CHECK(said.find("CRN0601") == said.rfind("CRN0601"));
}

TEST_CASE("a target for both providers has IPv6 on both, on each in a block of its own") {
  const ScratchFolder folder;
  write_text(folder / "p.crenel",
             "import std/services { https }\npattern p(image : image) {\n"
             "network main { space = 10.0.0.0/16  ipv6 = true  subnet edge : public { size = /26 }  "
             "subnet work : private { size = /26 } }\n"
             "group front in main.edge { image = image  public_address = true }\n"
             "group workers in main.work { image = image }\n"
             "allow internet -> front : https\nallow front -> workers : tcp/8443\n"
             "never internet -> workers\n}\n");
  const auto built = run_crenel({"build", folder / "p.crenel", "-o", folder.path()});
  REQUIRE_MESSAGE(built.exit_code == 0, built.out, built.err);
  CHECK_FALSE(says(built.out + built.err, "CRN0914"));
  CHECK(says(read_text(folder / "p.azure.json"), "\"fd"));
  CHECK(says(read_text(folder / "p.aws.json"), "AmazonProvidedIpv6CidrBlock"));
  for (const char* provider : {"aws", "azure"}) {
    const std::string file = folder / (std::string("p.") + provider + ".json");
    CHECK(run_crenel({"verify", file, folder / "p.crenel"}).exit_code == 0);
  }
}
