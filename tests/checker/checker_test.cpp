#include "tests/checker/checker.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "compiler/base/fingerprint.h"
#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Every certificate that the program writes is borne out by its template; and one that is not is found out.
namespace {

namespace fs = std::filesystem;
using crenel::tests::ScratchFolder;
using nlohmann::json;

/// A template with its certificate.
struct Output {
  std::string name;
  std::string text;
  std::string certificate;
};

std::vector<Output> outputs_in(const fs::path& folder) {
  std::vector<Output> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string end = ".certificate.json";
    if (!name.ends_with(end)) continue;
    const std::string stem = name.substr(0, name.size() - end.size());
    const bool yaml = fs::exists(folder / (stem + ".yaml"));
    out.push_back({.name = stem,
                   .text = crenel::tests::read_text(folder / (stem + (yaml ? ".yaml" : ".json"))),
                   .certificate = crenel::tests::read_text(entry.path())});
  }
  std::sort(out.begin(), out.end(), [](const Output& a, const Output& b) { return a.name < b.name; });
  return out;
}

std::vector<Output> build(const fs::path& program, const std::string& format) {
  const ScratchFolder scratch;
  const auto outcome =
      crenel::tests::run_crenel({"build", program.string(), "-o", scratch.path().string(), "--format", format, "-q"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return outputs_in(scratch.path());
}

/// Programs that build as they are.
std::vector<fs::path> programs() {
  std::vector<fs::path> out;
  const fs::path root = crenel::tests::project_root();
  for (const char* folder : {"tests/agreement/programs", "stdlib/patterns"}) {
    for (const auto& entry : fs::directory_iterator(root / folder)) {
      if (entry.path().extension() == ".crenel") out.push_back(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Reports every fault. What comes over a direct line stands in no template: such a certificate says that it is not
/// decided, and has no places that let the flows over the line through.
bool bears_out(const Output& output) {
  std::vector<std::string> faults = crenel::checker::check(output.text, output.certificate);
  if (output.name.find("direct_link") != std::string::npos) {
    CHECK(std::erase(faults, "the template was not proved equal") == 1);
    std::erase(faults, "not all of a flow is let through, or more than it: datacenter -> app");
    std::erase(faults, "not all of a flow is let through, or more than it: app -> internet");
    std::erase(faults, "not all of a flow is let through, or more than it: desk -> jobs");
    std::erase(faults, "not all of a flow is let through, or more than it: branch -> jobs");
  }
  for (const std::string& fault : faults) FAIL_CHECK(fault);
  return faults.empty();
}

void check_all(const std::string& format) {
  std::size_t checked = 0;
  for (const fs::path& program : programs()) {
    for (const Output& output : build(program, format)) {
      CAPTURE(output.name);
      if (bears_out(output)) ++checked;
    }
  }
  CHECK(checked >= 20);
}

std::string with_digest(json certificate, const std::string& text) {
  certificate["template"]["sha256"] = crenel::base::sha256(text);
  return certificate.dump();
}

/// The faults of a template that somebody changed, and then made the certificate be about.
std::vector<std::string> faults_of(const Output& output, const std::string& from, const std::string& to) {
  std::string text = output.text;
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  return crenel::checker::check(text, with_digest(json::parse(output.certificate), text));
}

std::map<std::string, Output> hybrid() {
  std::map<std::string, Output> out;
  for (Output& each : build(crenel::tests::project_root() / "tests/agreement/programs/hybrid.crenel", "json")) {
    const std::string provider = each.name.substr(each.name.rfind('.') + 1);
    out.emplace(provider, std::move(each));
  }
  REQUIRE(out.size() == 2);
  return out;
}

}  // namespace

TEST_CASE("every certificate of a JSON template is borne out") { check_all("json"); }
TEST_CASE("every certificate of a YAML template is borne out") { check_all("yaml"); }

TEST_CASE("every certificate of the goldens is borne out") {
  std::size_t checked = 0;
  for (const auto& entry : fs::directory_iterator(crenel::tests::project_root() / "tests/golden")) {
    if (!fs::exists(entry.path() / "expected")) continue;
    for (const Output& output : outputs_in(entry.path() / "expected")) {
      CAPTURE(output.name);
      if (bears_out(output)) ++checked;
    }
  }
  CHECK(checked >= 20);
}

TEST_CASE("networks and subnets that lie elsewhere than the certificate says are found out") {
  for (const Output& output : build(crenel::tests::project_root() / "tests/golden/denied/input.crenel", "json")) {
    CAPTURE(output.name);
    const std::vector<std::string> found{"networks and subnets have other addresses than it says"};
    CHECK(faults_of(output, "\"10.76.0.0/20\"", "\"10.76.0.0/19\"") == found);
    CHECK(faults_of(output, "\"10.76.1.", "\"10.76.2.") == found);
  }
}

TEST_CASE("a workflow that undoes less than a certificate says, or does more, is found out") {
  const auto outputs = build(crenel::tests::project_root() / "tests/agreement/programs/put_back.crenel", "json");
  REQUIRE(outputs.size() == 1);
  const Output& output = outputs.front();
  const auto found = [&](const std::string& from, const std::string& to, const std::string& fault) {
    const auto faults = faults_of(output, from, to);
    CHECK_MESSAGE(std::count(faults.begin(), faults.end(), fault + ": DriftRevert") == 1, fault);
  };
  const std::string other = "undone is not what the template says";
  found("\"state\": \"Enabled\"", "\"state\": \"Disabled\"", "it is not run");
  found("\"interval\": 150", "\"interval\": 151", "it is not run as often as the certificate says");
  found("\"type\": \"SystemAssigned\"", "\"type\": \"UserAssigned\"", "somebody else undoes");
  found("setProperty(body('Get'),'properties',items('Each')?['properties'])", "body('Get')",
        "it does something else than put back");
  found("\"priority\": 4096", "\"priority\": 4095", other);
  found(
      "\"id\": \"[resourceId('Microsoft.Network/networkSecurityGroups', 'AppNsg')]\",\n                \"properties\"",
      "\"id\": \"[resourceId('Microsoft.Network/networkSecurityGroups', 'EdgeNsg')]\",\n                \"properties\"",
      other);
  found("\"Microsoft.Network/virtualNetworks/subnets/write\"", "\"*\"", "it may do more or less than undo");
  const std::string whose = "\"principalId\": \"[reference(resourceId('Microsoft.Logic/workflows'";
  found(whose, "\"condition\": \"false\",\n        " + whose, "it has another role");
  json silent = json::parse(output.certificate);
  silent["data"]["guards"][0].erase("undoes");
  CHECK(crenel::checker::check(output.text, silent.dump()) ==
        std::vector<std::string>{"other workflows than those of guards that are said to undo changes"});
}

TEST_CASE("alerts that mail less than a certificate says, or others, are found out") {
  const auto outputs = build(crenel::tests::project_root() / "tests/agreement/programs/mailed.crenel", "json");
  REQUIRE(outputs.size() == 1);
  const Output& output = outputs.front();
  const auto found = [&](const std::string& from, const std::string& to, const std::string& fault) {
    const auto faults = faults_of(output, from, to);
    CHECK_MESSAGE(std::count(faults.begin(), faults.end(), fault + ": DriftGuardMail") == 1, fault);
  };
  const std::string address = "\"emailAddress\": \"";
  found(address + "security@example.org", address + "mallory@example.org", "other addresses than the certificate has");
  found("\"groupShortName\": \"Drift\",\n        \"enabled\": true",
        "\"groupShortName\": \"Drift\",\n        \"enabled\": false", "an action group that is off");
  const std::string type = "\"equals\": \"Microsoft.Network/virtualNetworks";
  found(type + "\"", type + "s\"", "no mail of Microsoft.Network/virtualNetworks/write");
  found(type + "/subnets\"", type + "/x\"", "no mail of Microsoft.Network/virtualNetworks/subnets/delete");
  const std::string operation = "\"equals\": \"Microsoft.Network/networkSecurityGroups";
  found(operation + "/write\"", operation + "/x\"", "no mail of Microsoft.Network/networkSecurityGroups/write");
  found(operation + "/delete\"", operation + "/x\"",
        "no mail of Microsoft.Network/networkSecurityGroups/delete in the subscription");
  found("\"equals\": \"Microsoft.Authorization/locks\"", "\"equals\": \"x\"", "no locked alert that tells of locks");
  found("\"name\": \"DriftGuardMailLock\",\n      \"scope\": \"[",
        "\"name\": \"DriftGuardMailLock\",\n      \"scope\": \"[x", "an action group without a lock");
  found("\"name\": \"DriftGuardMail\"", "\"name\": \"OtherMail\"", "a guard that has surely no action group");
  json silent = json::parse(output.certificate);
  silent["data"]["guards"][0].erase("mails");
  CHECK(crenel::checker::check(output.text, silent.dump()) ==
        std::vector<std::string>{"an action group of a guard that is said to mail nobody"});
}

TEST_CASE("a block that the template does not make so, or that spares others, is found out") {
  const auto outputs = build(crenel::tests::project_root() / "tests/golden/blocked/input.crenel", "json");
  REQUIRE(outputs.size() == 1);
  const Output& output = outputs.front();
  const auto found = [&](const std::string& from, const std::string& to, const std::string& fault) {
    const auto faults = faults_of(output, from, to);
    CHECK_MESSAGE(std::count(faults.begin(), faults.end(), fault) == 1, fault);
  };
  const std::string edge = "\"Ref\": \"MainEdgeZone1Subnet\"";
  const std::string spared =
      "\"InternetGatewayExclusionMode\": \"allow-bidirectional\",\n        \"SubnetId\": {\n          ";
  found("\"block-bidirectional\"", "\"block-ingress\"", "it blocks less: RailsPublicAccessOptions");
  found("\"allow-bidirectional\"", "\"allow-egress\"", "a flow is cut off: MainEdgeZone1Subnet");
  found("\"allow-egress\"", "\"allow-bidirectional\"", "spared both ways for no flow: MainWebZone1Subnet");
  found(spared + edge, spared + "\"Ref\": \"MainDataZone1Subnet\"",
        "spared, and no flow needs it: MainDataZone1Subnet");
  found(spared + edge, spared + "\"Ref\": \"MainVpc\"",
        "it is not of one subnet of the template: MainEdgeZone1PublicAccessExclusion");
  const std::string options = "\"AWS::EC2::VPCBlockPublicAccessOptions\",\n      \"DependsOn\": [\n        ";
  found(options + "\"MainEdgeZone1PublicAccessExclusion\",\n", options,
        "it may come after the block: MainEdgeZone1PublicAccessExclusion");
  found("RailsPublicAccessOptions", "OtherPublicAccessOptions",
        "a guard that blocks no public access: RailsPublicAccessOptions");
  json silent = json::parse(output.certificate);
  silent["data"]["guards"][0].erase("blocks_public_access");
  CHECK(crenel::checker::check(output.text, silent.dump()) ==
        std::vector<std::string>{"a block of public access that no guard is said to make"});
}

TEST_CASE("a template that was changed after its certificate is found out") {
  auto outputs = hybrid();
  for (auto& [provider, output] : outputs) {
    CAPTURE(provider);
    CHECK(crenel::checker::check(output.text, output.certificate).empty());
    CHECK(crenel::checker::check(output.text + "\n", output.certificate) ==
          std::vector<std::string>{"it is about other bytes"});
    CHECK(!crenel::checker::check("{", output.certificate).empty());
    CHECK(!crenel::checker::check(output.text, "{}").empty());
  }
  const Output& aws = outputs.at("aws");
  CHECK(!faults_of(aws, "\"ToPort\": 443", "\"ToPort\": 444").empty());
  CHECK(!faults_of(aws, "\"IpProtocol\": \"tcp\"", "\"IpProtocol\": \"-1\"").empty());
  const Output& azure = outputs.at("azure");
  CHECK(!faults_of(azure, "\"access\": \"Deny\"", "\"access\": \"Allow\"").empty());
  CHECK(!faults_of(azure, "\"direction\": \"Inbound\"", "\"direction\": \"Outbound\"").empty());
  CHECK(!faults_of(azure, "\"protocol\": \"Tcp\"", "\"protocol\": \"*\"").empty());
  CHECK(!faults_of(azure, "\"priority\": 4096", "\"priority\": 99").empty());
}

TEST_CASE("a certificate that says less or more than its template is found out") {
  for (const auto& [provider, output] : hybrid()) {
    CAPTURE(provider);
    const json good = json::parse(output.certificate);
    const auto refused = [&](const json& changed) {
      return !crenel::checker::check(output.text, changed.dump()).empty();
    };
    CHECK(!refused(good));
    for (std::size_t i = 0; i < good.at("admitted").size(); ++i) {
      json less = good;
      less["admitted"].erase(i);
      CHECK_MESSAGE(refused(less), "without ", good.at("admitted")[i].dump());
      json more = good;
      more["admitted"][i]["traffic"] = "tcp";
      CHECK(refused(more));
      json undecided = good;
      undecided["admitted"][i]["flows"][0]["decided"] = json::array();
      CHECK(refused(undecided));
      json elsewhere = good;
      elsewhere["admitted"][i]["flows"][0]["decided"][0]["by"][0] = "/Resources/Nowhere";
      CHECK(refused(elsewhere));
    }
    for (std::size_t i = 0; i < good.at("rules").size(); ++i) {
      const std::string at = good.at("rules")[i].at("at");
      json turned = good;
      turned["rules"][i]["action"] = good.at("rules")[i].at("action") == "allow" ? "deny" : "allow";
      json less = good;
      less["rules"].erase(i);
      const bool of_the_template = at.find("/securityRules/") != std::string::npos || provider == "aws";
      if (of_the_template) CHECK(refused(turned));
      if (of_the_template) CHECK(refused(less));
    }
    json unproved = good;
    unproved["proof"]["template"] = "different";
    CHECK(refused(unproved));
    json moved = good;
    moved["rules"].push_back({{"at", "/Resources/Gone/Properties"},
                              {"list", "x"},
                              {"direction", "in"},
                              {"action", "allow"},
                              {"packets", "tcp/22"}});
    CHECK(refused(moved));
  }
}
