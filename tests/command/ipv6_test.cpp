#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// A network with IPv6, from outside: templates that somebody has changed in one family, and what is refused by name.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/agreement/programs/ipv6.crenel";

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// What `verify` says of a template whose resources were changed.
std::string verified(const std::function<void(json&)>& change) {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  json document = json::parse(read_text(folder / "ipv6.aws.json"));
  change(document.at("Resources"));
  write_text(folder / "changed.json", document.dump(1));
  const Outcome outcome = run_crenel({"verify", folder / "changed.json", kProgram});
  return outcome.exit_code == 0 ? "the same" : outcome.out + outcome.err;
}

void remove_rules(json& resources, const std::string& group, const std::string& family) {
  json& rules = resources.at(group).at("Properties").at("SecurityGroupIngress");
  json left = json::array();
  for (const json& rule : rules) {
    if (!rule.contains(family)) left.push_back(rule);
  }
  rules = left;
}

json& route_of(json& resources) { return resources.at("MainWorkZone1Ipv6DefaultRoute").at("Properties"); }

std::string codes_of(const std::string& pattern) {
  const ScratchFolder folder;
  write_text(folder / "p.crenel", "import std/services { https, http, ssh }\n" + pattern);
  const Outcome outcome = run_crenel({"check", folder / "p.crenel"});
  return outcome.out + outcome.err;
}

}  // namespace

TEST_CASE("what was built is what was declared") {
  CHECK(verified([](json&) {}) == "the same");
}

TEST_CASE("a rule of one family that goes is told in that family") {
  const auto without = [](const std::string& family) {
    return verified([&](json& resources) { remove_rules(resources, "FrontSecurityGroup", family); });
  };
  CHECK(says(without("CidrIpv6"), "CRN0912"));
  CHECK(says(without("CidrIpv6"), "3fff::7 -> front tcp/443"));
  CHECK(says(without("CidrIp"), "203.0.113.7 -> front tcp/443"));
}

TEST_CASE("an opening to ::/0 is told, with a packet of IPv6") {
  const std::string said = verified([](json& resources) {
    resources.at("ProbeSecurityGroup")
        .at("Properties")
        .at("SecurityGroupIngress")
        .push_back({{"IpProtocol", "tcp"}, {"FromPort", 22}, {"ToPort", 22}, {"CidrIpv6", "::/0"}});
  });
  CHECK(says(said, "CRN0911"));
  CHECK(says(said, "3fff::7 -> probe tcp/22"));
}

TEST_CASE("members who call each other by their public addresses are held apart by a network ACL, and only by it") {
  const std::string said = verified([](json& resources) {
    for (auto entry = resources.begin(); entry != resources.end();) {
      const json& properties = entry->at("Properties");
      const bool denial = properties.value("RuleAction", "") == "deny" && properties.contains("Ipv6CidrBlock");
      entry = denial ? resources.erase(entry) : std::next(entry);
    }
  });
  CHECK(says(said, "admits workers -> front tcp/443"));
}

TEST_CASE("who loses its address of IPv6, or its way out, is told") {
  CHECK(says(verified([](json& resources) {
               resources.at("ProbeLaunchTemplate")
                   .at("Properties")
                   .at("LaunchTemplateData")
                   .at("NetworkInterfaces")
                   .at(0)
                   .erase("Ipv6AddressCount");
             }),
             "it has no address of the family"));
  CHECK(says(
      verified([](json& resources) { resources.at("FrontLoadBalancer").at("Properties")["IpAddressType"] = "ipv4"; }),
      "CRN0912"));
  CHECK(says(verified([](json& resources) { resources.erase("MainWorkZone1Ipv6DefaultRoute"); }), "CRN0912"));
}

TEST_CASE("who loses its address of IPv6 is told where only others of its network would miss it") {
  const ScratchFolder folder;
  const std::string program = folder / "p.crenel";
  write_text(program, R"(pattern p(image : image) for aws {
  network main { space = 10.0.0.0/16  ipv6 = true  subnet web : private { size = /24 }  subnet app : private { size = /24 } }
  group web in main.web { image = image }
  group app in main.app { image = image }
  allow web -> app : tcp/8443
}
)");
  REQUIRE(run_crenel({"build", program, "-o", folder.path()}).exit_code == 0);
  json document = json::parse(read_text(folder / "p.aws.json"));
  json& template_data = document["Resources"]["AppLaunchTemplate"]["Properties"]["LaunchTemplateData"];
  REQUIRE(template_data["NetworkInterfaces"][0].erase("Ipv6AddressCount") == 1);
  write_text(folder / "changed.json", document.dump(1));
  const Outcome outcome = run_crenel({"verify", folder / "changed.json", program});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(says(outcome.err, "has no address of IPv6"));
}

TEST_CASE("a private tier goes out by the gateway that lets nothing in") {
  CHECK(says(verified([](json& resources) {
               route_of(resources).erase("EgressOnlyInternetGatewayId");
               route_of(resources)["GatewayId"] = {{"Ref", "MainInternetGateway"}};
             }),
             "CRN0911"));
}

TEST_CASE("two subnets with one block of IPv6 are told") {
  CHECK(says(verified([](json& resources) {
               resources.at("MainWebZone2Subnet").at("Properties")["Ipv6CidrBlock"] =
                   resources.at("MainWebZone1Subnet").at("Properties").at("Ipv6CidrBlock");
             }),
             "has addresses that `MainWebZone1Subnet` has too"));
}

TEST_CASE("what AWS carries in IPv4 alone is refused where a flow needs IPv6, with the reason") {
  const std::string network =
      "network main { space = 10.0.0.0/16  ipv6 = true  subnet edge : public { size = /26 }  "
      "subnet web : private { size = /24 } }\n"
      "group web in main.web { image = \"ami-1\" }\n";
  const std::string site = "site office { addresses = [192.168.0.0/24, 2001:db8:5::/48]  device = 203.0.113.9 }\n";
  const std::string vpn = codes_of("pattern p(key : secret) for aws {\n" + network + site +
                                   "link main to office by vpn { key = key }\nallow office -> web : ssh\n}\n");
  CHECK(says(vpn, "`office -> web : ssh` cannot happen in IPv6 on AWS: a VPN gateway carries IPv4 alone"));
  CHECK(says(vpn, "help: say `by direct`"));
  const std::string line =
      codes_of("pattern p() for aws {\n" + network + site +
               "link main to office by direct { encrypted = true }\nallow office -> web : ssh\n}\n");
  CHECK(says(line, "what comes over a direct line is not decided"));
  CHECK_FALSE(says(line, "error["));
  CHECK(says(codes_of("pattern p() for aws {\n"
                      "network main { space = 10.0.0.0/16  ipv6 = true  subnet edge : public { size = /26 }  "
                      "subnet wall : private { size = /26 }  subnet web : private { size = /24 } }\n"
                      "group web in main.web { image = \"ami-1\" }\n"
                      "appliance guard in main.wall { image = \"ami-1\" }\n"
                      "allow web -> internet : https via guard, nat\n}\n"),
             "its answers come to the sender past the appliance"));
}

TEST_CASE("a peering that loses its route of IPv6 is told in that family, and one that gains a rule, too") {
  const std::string program = project_root() / "tests/agreement/programs/ipv6_joined.crenel";
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", program, "-o", folder.path()}).exit_code == 0);
  const json made = json::parse(read_text(folder / "ipv6_joined.aws.json"));
  const auto said = [&](const std::function<void(json&)>& change) {
    json document = made;
    change(document.at("Resources"));
    write_text(folder / "changed.json", document.dump(1));
    const Outcome outcome = run_crenel({"verify", folder / "changed.json", program});
    return outcome.exit_code == 0 ? std::string("the same") : outcome.out + outcome.err;
  };
  CHECK(said([](json&) {}) == "the same");
  CHECK(says(said([](json& resources) { resources.erase("MainWebIpv6RouteToPeerTools"); }), "web -> build tcp/443"));
  CHECK(says(said([](json& resources) { resources.erase("IntakeTcp8514Ipv6Rule"); }),
             "is handed conversations of another family than its own"));
  CHECK(says(said([](json& resources) {
               json route = resources.at("MainWebIpv6RouteToPeerTools");
               route["Properties"]["DestinationIpv6CidrBlock"] = "::/0";
               route["Properties"].erase("VpcPeeringConnectionId");
               route["Properties"]["GatewayId"] = {{"Ref", "MainVpnGateway"}};
               resources["MainWebAway"] = route;
             }),
             "the same"));
}

TEST_CASE("two networks with IPv6 and a denied block of it are proved") {
  CHECK(says(codes_of("pattern p(image : image) for aws {\n"
                      "network one { space = 10.1.0.0/16  ipv6 = true  subnet a : public { size = /26 } }\n"
                      "network two { space = 10.2.0.0/16  ipv6 = true  subnet b : public { size = /26 } }\n"
                      "group a in one.a { image = image  public_address = true }\n"
                      "group b in two.b { image = image  public_address = true }\n"
                      "allow internet -> a : https\nallow internet -> b : ssh\n"
                      "deny 2400::/6 -> a : any\nnever 2400::/6 -> a\n}\n"),
             "no errors"));
}
