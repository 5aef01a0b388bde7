#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "backends/document/reader.h"

/// Prints how long templates take to be read as documents and to become estates, and how that grows with their rules.
///   crenel_read_benchmark [LARGEST]      up to so many rules, by default 100,000
namespace {

using namespace crenel;

constexpr int kFactor = 10;
constexpr int kRepeats = 3;
constexpr double kMegabyte = 1024.0 * 1024.0;

/// Groups that admit each other, a rule a pair, in one network.
std::string aws_template(int rules) {
  const int groups = std::max(2, static_cast<int>(std::sqrt(rules)));
  std::string out = R"({"Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}})";
  for (int i = 0; i < groups; ++i) {
    out += fmt::format(
        R"(,
"G{0}": {{"Type": "AWS::EC2::SecurityGroup", "Properties": {{"GroupDescription": "g", "VpcId": {{"Ref": "Vpc"}}}}}})",
        i);
  }
  for (int i = 0; i < rules; ++i) {
    out += fmt::format(
        R"(,
"R{0}": {{"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {{"GroupId": {{"Fn::GetAtt": ["G{1}", "GroupId"]}},
  "SourceSecurityGroupId": {{"Fn::GetAtt": ["G{2}", "GroupId"]}}, "IpProtocol": "tcp", "FromPort": {3}, "ToPort": {3}}}}})",
        i, i % groups, (i / groups) % groups, 1 + i % 60000);
  }
  return out + "}}\n";
}

/// Lists of some hundred rules.
std::string azure_template(int rules) {
  constexpr int kRulesOfOne = 500;
  std::string out = R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
"contentVersion": "1.0.0.0", "resources": [)";
  for (int i = 0; i < rules; ++i) {
    if (i % kRulesOfOne == 0) {
      out += fmt::format(
          R"({}{{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-09-01", "name": "n{}",
"location": "westeurope", "properties": {{"securityRules": [)",
          i == 0 ? "" : "]}},\n", i / kRulesOfOne);
    }
    out += fmt::format(
        R"({}
{{"name": "r{}", "properties": {{"priority": {}, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
  "sourceAddressPrefix": "10.{}.{}.0/24", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "{}"}}}})",
        i % kRulesOfOne == 0 ? "" : ",", i, 100 + i % kRulesOfOne, (i / 256) % 256, i % 256, 1 + i % 60000);
  }
  return out + "]}}]}\n";
}

/// A list of a mapping for each rule, as people write it.
std::string yaml_template(int rules) {
  std::string out = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n";
  out +=
      "  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: g\n      VpcId: !Ref "
      "Vpc\n";
  out += "      SecurityGroupIngress:\n";
  for (int i = 0; i < rules; ++i) {
    out += fmt::format(
        "        - IpProtocol: tcp\n          FromPort: {0}\n          ToPort: {0}\n          CidrIp: "
        "10.{1}.{2}.0/24\n",
        1 + i % 60000, (i / 256) % 256, i % 256);
  }
  return out;
}

double best(const std::function<bool()>& work) {
  double fastest = 0;
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    if (!work()) return -1;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    fastest = i == 0 ? took.count() : std::min(fastest, took.count());
  }
  return fastest;
}

struct Times {
  double read = 0;
  double lift = 0;  ///< with the reading
  std::size_t bytes = 0;
};

Times measure(const backend::Backend& backend, const std::string& text) {
  base::Sources sources;
  const base::SourceId source = sources.add("template", text);
  Times out;
  out.bytes = text.size();
  out.read = best([&] {
    diagnostics::Diagnostics diagnostics;
    return document::read(sources, source, diagnostics).has_value();
  });
  out.lift = best([&] {
    diagnostics::Diagnostics diagnostics;
    return backend.lift(sources, source, diagnostics).has_value();
  });
  return out;
}

void grow(const std::string& title, const backend::Backend& backend, std::string (*text)(int), int largest) {
  fmt::print("{}\n  {:>10}{:>10}{:>12}{:>14}{:>10}{:>10}\n", title, "rules", "MB", "read, ms", "and lift, ms", "read^",
             "lift^");
  Times before;
  for (int rules = 1000; rules <= largest; rules *= kFactor) {
    const Times now = measure(backend, text(rules));
    fmt::print("  {:>10}{:>10.2f}{:>12.2f}{:>14.2f}", rules, static_cast<double>(now.bytes) / kMegabyte, now.read,
               now.lift);
    if (before.bytes != 0) {
      fmt::print("{:>10.2f}{:>10.2f}", std::log10(now.read / before.read), std::log10(now.lift / before.lift));
    }
    fmt::print("\n");
    before = now;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::stoi(argv[1]) : 100'000;
  grow("CloudFormation, JSON: a resource for each rule", aws::backend(), aws_template, largest);
  grow("CloudFormation, YAML: one list of rules", aws::backend(), yaml_template, largest);
  grow("Resource Manager, JSON: lists of 500 rules", azure::backend(), azure_template, largest);
  fmt::print("read^, lift^: the exponents of growth; 1.0 is linear.\n");
  return 0;
}
