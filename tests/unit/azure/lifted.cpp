#include "tests/unit/azure/lifted.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "backends/azure/lift_expression.h"
#include "backends/document/reader.h"
#include "compiler/net/prefix.h"

namespace crenel::azure::tests {
namespace {

template <class Rows>
const auto& named(const Rows& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.name == name; });
  if (found == rows.end()) throw std::out_of_range("nothing is called " + std::string(name));
  return *found;
}

}  // namespace

estate::Estate lifted(const std::string& text) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add("template.json", text);
  auto out = lift(sources, source, diagnostics);
  for (const auto& each : diagnostics.all()) MESSAGE(each.message);
  REQUIRE(out.has_value());
  return std::move(*out);
}

std::vector<std::string> faults(const std::string& text) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const base::SourceId source = sources.add("template.json", text);
  const bool is_read = lift(sources, source, diagnostics).has_value();
  CHECK(is_read == !diagnostics.has_errors());
  std::vector<std::string> out;
  for (const auto& each : diagnostics.all()) out.emplace_back(each.code);
  return out;
}

std::string template_of(std::string_view resources, std::string_view parameters, std::string_view variables) {
  std::string out = R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",)";
  out += R"("contentVersion": "1.0.0.0", "parameters": {)" + std::string(parameters) + "},";
  out += R"("variables": {)" + std::string(variables) + R"(}, "resources": [)" + std::string(resources) + "]}";
  return out;
}

lifting::Value evaluated(const std::string& expression, std::string_view parameters, std::string_view variables) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto source = sources.add("template.json", template_of("", parameters, variables));
  const auto document = document::read(sources, source, diagnostics);
  REQUIRE(document.has_value());
  lifting::Scope scope;
  scope.root = &document->root();
  lifting::Budget budget;
  lifting::Evaluator evaluator(scope, budget);
  const auto parsed = lifting::parse_expression("[" + expression + "]");
  if (const auto* why = std::get_if<std::string>(&parsed)) return lifting::fault(expression, *why);
  return evaluator.evaluate(std::get<lifting::Expression>(parsed));
}

std::string value(const std::string& expression, std::string_view parameters, std::string_view variables) {
  const lifting::Value out = evaluated(expression, parameters, variables);
  const lifting::Open* open = out.open();
  return open != nullptr && !open->why.empty() ? "fault: " + open->why : lifting::written(out);
}

std::string network(std::string_view more, std::string_view api_version) {
  return R"({"type": "Microsoft.Network/virtualNetworks", "apiVersion": ")" + std::string(api_version) +
         R"(", "name": "net", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [)"
         R"({"name": "app", "properties": {"addressPrefix": "10.0.0.0/24")" +
         (more.empty() ? "" : ", " + std::string(more)) + "}}]}}";
}

std::string security_group(std::string_view name, std::string_view rules) {
  return R"({"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2025-05-01", "name": ")" +
         std::string(name) + R"(", "properties": {"securityRules": [)" + std::string(rules) + "]}}";
}

std::string rule(std::string_view name, int priority, std::string_view direction, std::string_view access,
                 std::string_view more) {
  std::string out = R"({"name": ")" + std::string(name) + R"(", "properties": {"priority": )" +
                    std::to_string(priority) + R"(, "direction": ")" + std::string(direction) + R"(", "access": ")" +
                    std::string(access) + "\"";
  const auto standard = [&](std::string_view member, std::string_view stands_for) {
    const bool given = more.find("\"" + std::string(member)) != std::string_view::npos ||
                       (member.find("Address") != std::string_view::npos &&
                        more.find("\"" + std::string(member.substr(0, member.find("Address"))) + "Application") !=
                            std::string_view::npos);
    if (!given) out += ", \"" + std::string(member) + "\": \"" + std::string(stands_for) + "\"";
  };
  standard("protocol", "Tcp");
  standard("sourceAddressPrefix", "*");
  standard("sourcePortRange", "*");
  standard("destinationAddressPrefix", "*");
  standard("destinationPortRange", "*");
  if (!more.empty()) out += ", " + std::string(more);
  return out + "}}";
}

std::string network_interface(std::string_view name, std::string_view group, std::string_view more) {
  std::string out = R"({"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2025-05-01", "name": ")" +
                    std::string(name) + R"(", "properties": {)";
  if (!group.empty()) {
    out += R"("networkSecurityGroup": {)" + id("Microsoft.Network/networkSecurityGroups", group) + "}, ";
  }
  out += R"("ipConfigurations": [{"name": "one", "properties": {"subnet": {"id": )"
         R"("[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'app')]"})";
  if (!more.empty()) out += ", " + std::string(more);
  return out + "}}]}}";
}

std::string id(std::string_view type, std::string_view name) {
  return R"("id": "[resourceId(')" + std::string(type) + "', '" + std::string(name) + R"(')]")";
}

const estate::Interface& interface_named(const estate::Estate& estate, std::string_view name) {
  return named(estate.interfaces, name);
}
const estate::Subnet& subnet_named(const estate::Estate& estate, std::string_view name) {
  return named(estate.subnets, name);
}
const estate::RuleList& list_named(const estate::Estate& estate, std::string_view name) {
  return named(estate.rule_lists, name);
}
const estate::Rule& rule_named(const std::vector<estate::Rule>& rules, std::string_view name) {
  return named(rules, name);
}

bool has_unknown(const estate::Estate& estate, std::string_view part) {
  return std::any_of(estate.unknowns.begin(), estate.unknowns.end(),
                     [&](const estate::Unknown& each) { return each.what.find(part) != std::string::npos; });
}

estate::Block block(std::string_view prefix) {
  const auto known = net::parse_prefix(prefix);
  REQUIRE(known.has_value());
  return {.base = *known, .part = {}};
}

estate::Kind kind(std::uint8_t protocol, std::uint16_t first, std::uint16_t last) {
  estate::Kind out;
  out.protocol = protocol;
  out.ports = {first, last};
  return out;
}

}  // namespace crenel::azure::tests
