#include "backends/azure/addresses.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Balancer;
using model::Design;
using model::Forward;

constexpr const char* kGatewayFrontend = "public";
constexpr const char* kIpv6Frontend = "publicIpv6";
constexpr const char* kIpv6Suffix = "-ipv6";
constexpr const char* kCertificate = "certificate";
constexpr const char* kTargetsRoot = "targets-root";

Term name_of_gateway(const Balancer& balancer) { return resource_name(balancer.origin.path, "Gateway"); }

/// A reference to a part of the gateway itself.
Value own(const Balancer& balancer, const std::string& collection, const std::string& part) {
  return id_object(resource_id(kApplicationGateway, name_of_gateway(balancer), {collection, part}));
}

/// What a forward's listener, settings, probe and rule are called: by the port that clients use.
std::string forward_name(const Forward& forward) { return "port-" + std::to_string(port_of(forward.listen)); }

Value part(std::string name, Value properties) {
  return document::object({{"name", std::move(name)}, {"properties", std::move(properties)}});
}

/// A listener takes what comes to one frontend, and so what comes in one family.
Value listener(const Balancer& balancer, const Forward& forward, bool ipv6) {
  const std::string name = forward_name(forward) + (ipv6 ? kIpv6Suffix : "");
  Value properties;
  properties.set("frontendIPConfiguration",
                 own(balancer, "frontendIPConfigurations", ipv6 ? kIpv6Frontend : kGatewayFrontend));
  properties.set("frontendPort", own(balancer, "frontendPorts", forward_name(forward)));
  properties.set("protocol", forward.listen_tls ? "Https" : "Http");
  if (forward.listen_tls) properties.set("sslCertificate", own(balancer, "sslCertificates", kCertificate));
  return part(name, properties);
}

/// How the gateway calls a target. Over TLS the target proves the name that the deployer gives, under the root that
/// the deployer gives: an address proves nothing.
Value settings(const Balancer& balancer, const Forward& forward) {
  const std::string name = forward_name(forward);
  Value properties;
  properties.set("port", static_cast<int>(port_of(forward.to)));
  properties.set("protocol", forward.target_tls ? "Https" : "Http");
  properties.set("cookieBasedAffinity", "Disabled");
  properties.set("requestTimeout", 30);
  properties.set("connectionDraining", document::object({{"enabled", true}, {"drainTimeoutInSec", 60}}));
  if (forward.target_tls) {
    properties.set("hostName", parameter(parameter_name(balancer.origin.path, "TargetHostName")).value());
    properties.set("trustedRootCertificates",
                   document::array({own(balancer, "trustedRootCertificates", kTargetsRoot)}));
  }
  properties.set("probe", own(balancer, "probes", name));
  return part(name, properties);
}

/// Without a check any answer below 600 says that the port opens, which is all that was asked for.
Value probe(const Forward& forward) {
  Value properties;
  properties.set("protocol", forward.target_tls ? "Https" : "Http");
  if (forward.target_tls) {
    properties.set("pickHostNameFromBackendHttpSettings", true);
  } else {
    properties.set("host", "127.0.0.1");
  }
  properties.set("path", literal(forward.check.value_or("/")));
  properties.set("interval", 15);
  properties.set("timeout", 10);
  properties.set("unhealthyThreshold", 3);
  properties.set("match", document::object({{"statusCodes", document::array({forward.check ? "200" : "200-599"})}}));
  return part(forward_name(forward), properties);
}

Value rule(const Design& design, const Balancer& balancer, const Forward& forward, int priority, bool ipv6) {
  const std::string name = forward_name(forward);
  const std::string listener = name + (ipv6 ? kIpv6Suffix : "");
  return part(listener,
              document::object({{"ruleType", "Basic"},
                                {"priority", priority},
                                {"httpListener", own(balancer, "httpListeners", listener)},
                                {"backendAddressPool", id_object(pool_id(design, balancer, forward.target))},
                                {"backendHttpSettings", own(balancer, "backendHttpSettingsCollection", name)}}));
}

void set_forwards(const Design& design, const Balancer& balancer, Value& properties) {
  Value ports;
  Value listeners;
  Value all_settings;
  Value probes;
  Value rules;
  Value pools;
  int priority = 100;
  for (const Forward& forward : balancer.forwards) {
    ports.push(part(forward_name(forward), document::object({{"port", static_cast<int>(port_of(forward.listen))}})));
    all_settings.push(settings(balancer, forward));
    probes.push(probe(forward));
  }
  for (const bool ipv6 : {false, true}) {
    if (ipv6 && !has_ipv6(design, balancer)) continue;
    for (const Forward& forward : balancer.forwards) {
      listeners.push(listener(balancer, forward, ipv6));
      rules.push(rule(design, balancer, forward, priority, ipv6));
      priority += 10;
    }
  }
  for (const model::GroupId target : targets_of(balancer)) {
    pools.push(part(pool_name(design, target), document::object({})));
  }
  properties.set("frontendPorts", ports);
  properties.set("httpListeners", listeners);
  properties.set("backendAddressPools", pools);
  properties.set("backendHttpSettingsCollection", all_settings);
  properties.set("probes", probes);
  properties.set("requestRoutingRules", rules);
}

/// The certificate stays in its vault: the gateway reads it, and its renewals, as the identity that the deployer names.
/// That identity must be able to read the secret before the gateway exists, so it cannot be made by this template.
void set_certificates(const Design& design, const Balancer& balancer, Resource& gateway) {
  if (needs_certificate(balancer)) {
    const Term identity = parameter(parameter_name(balancer.origin.path, "CertificateIdentity"));
    gateway.identity =
        document::object({{"type", "UserAssigned"}, {"userAssignedIdentities", identity_set(identity).value()}});
    gateway.properties.set(
        "sslCertificates",
        document::array({part(kCertificate,
                              document::object({{"keyVaultSecretId", text(design, *balancer.certificate).value()}}))}));
  }
  if (speaks_tls_to_targets(balancer)) {
    const Term root = parameter(parameter_name(balancer.origin.path, "TargetRootCertificate"));
    gateway.properties.set("trustedRootCertificates",
                           document::array({part(kTargetsRoot, document::object({{"data", root.value()}}))}));
  }
}

bool has_firewall(const Balancer& balancer) { return bool_setting(balancer.settings, "firewall", true); }

/// Azure's own rules against common attacks, enforced and not only logged.
Resource firewall_policy(const Balancer& balancer) {
  const auto rule_set = [](const char* type, const char* version) {
    return document::object({{"ruleSetType", type}, {"ruleSetVersion", version}});
  };
  Resource out;
  out.type = kFirewallPolicy;
  out.name = resource_name(balancer.origin.path, "Firewall");
  out.properties = document::object(
      {{"policySettings", document::object({{"state", "Enabled"},
                                            {"mode", "Prevention"},
                                            {"requestBodyCheck", true},
                                            {"maxRequestBodySizeInKb", 128},
                                            {"fileUploadLimitInMb", 100}})},
       {"managedRules",
        document::object({{"managedRuleSets", document::array({rule_set("Microsoft_DefaultRuleSet", "2.1"),
                                                               rule_set("Microsoft_BotManagerRuleSet", "1.1")})}})}});
  out.cause = cause_of(balancer.origin, "balancer");
  return out;
}

Resource gateway(const Design& design, const Balancer& balancer) {
  const model::Network& network = design.networks[design.tiers[balancer.tier].network];
  const bool firewall = has_firewall(balancer);
  const char* sku = firewall ? "WAF_v2" : "Standard_v2";
  const auto most = static_cast<int>(gateway_instances(design, balancer.tier));
  const Term address = resource_id(kPublicAddress, resource_name(balancer.origin.path, "Address"));
  Resource out;
  out.type = kApplicationGateway;
  out.name = name_of_gateway(balancer);
  out.zones = zone_list(network.zones);
  out.properties.set("sku", document::object({{"name", sku}, {"tier", sku}}));
  out.properties.set("autoscaleConfiguration", document::object({{"minCapacity", 2}, {"maxCapacity", most}}));
  out.properties.set("enableHttp2", true);
  // TLS 1.2 with forward secrecy and 1.3 ("Application Gateway TLS policy overview", checked 2026-11-23)
  out.properties.set("sslPolicy",
                     document::object({{"policyType", "Predefined"}, {"policyName", "AppGwSslPolicy20220101S"}}));
  if (firewall) {
    out.properties.set("firewallPolicy",
                       id_object(resource_id(kFirewallPolicy, resource_name(balancer.origin.path, "Firewall"))));
  }
  out.properties.set(
      "gatewayIPConfigurations",
      document::array({part("tier", document::object({{"subnet", id_object(subnet_id(design, balancer.tier))}}))}));
  Value frontends =
      document::array({part(kGatewayFrontend, document::object({{"publicIPAddress", id_object(address)}}))});
  if (has_ipv6(design, balancer)) {
    const Term ipv6 = resource_id(kPublicAddress, resource_name(balancer.origin.path, "AddressIpv6"));
    frontends.push(part(kIpv6Frontend, document::object({{"publicIPAddress", id_object(ipv6)}})));
  }
  out.properties.set("frontendIPConfigurations", frontends);
  set_certificates(design, balancer, out);
  set_forwards(design, balancer, out.properties);
  out.cause = cause_of(balancer.origin, "balancer");
  return out;
}

}  // namespace

void lower_application_gateways(const Design& design, Template& out) {
  for (const Balancer& balancer : design.balancers) {
    if (balancer.layer != model::Layer::Application) continue;
    out.resources.push_back(
        public_address(balancer.origin.path, "Address", "Standard", cause_of(balancer.origin, "balancer")));
    if (has_ipv6(design, balancer)) {
      out.resources.push_back(public_address(balancer.origin.path, "AddressIpv6", "Standard",
                                             cause_of(balancer.origin, "balancer"), "IPv6"));
    }
    if (has_firewall(balancer)) out.resources.push_back(firewall_policy(balancer));
    out.resources.push_back(gateway(design, balancer));
  }
}

}  // namespace crenel::azure
