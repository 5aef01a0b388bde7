#include <algorithm>
#include <cassert>
#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::BalancerId;
using model::Layer;

/// TLS 1.2 and 1.3, forward secrecy only, hybrid post-quantum key exchange: the policy that the console proposes
/// (elasticloadbalancing/latest/application/describe-ssl-policies.html, checked 2026-11-23). A listener without one
/// would be given ELBSecurityPolicy-2016-08, and TLS 1.0 with it.
constexpr const char* kTlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
constexpr int kCheckSeconds = 15;
constexpr int kCheckTimeoutSeconds = 5;
constexpr int kHealthyAfter = 2;
constexpr int kUnhealthyAfter = 3;
constexpr const char* kDrainSeconds = "60";

Value attribute_pair(std::string_view key, std::string_view value) { return object({{"Key", key}, {"Value", value}}); }

std::string forward_name(const Lowering& to, BalancerId id, const model::Forward& forward, std::string_view role) {
  return member_name(to.design, id, kind_name(kinds_of(forward.listen).front()) + std::string(role));
}

std::string upper_case(net::Protocol protocol) { return protocol == net::Protocol::Udp ? "UDP" : "TCP"; }

/// What the balancer speaks on one of its sides.
std::string protocol_name(Layer layer, const net::Traffic& traffic, bool tls) {
  if (layer == Layer::Application) return tls ? "HTTPS" : "HTTP";
  return upper_case(traffic.parts().front().protocol);
}

int port_of(const net::Traffic& traffic) { return traffic.parts().front().ports.front().first; }

void set_health_check(Value& properties, Layer layer, const model::Forward& forward) {
  const bool http = forward.check || layer == Layer::Application;
  properties.set("HealthCheckEnabled", true);
  properties.set("HealthCheckProtocol", http ? (forward.target_tls ? "HTTPS" : "HTTP") : "TCP");
  properties.set("HealthCheckPort", "traffic-port");
  if (http) {
    properties.set("HealthCheckPath", forward.check.value_or("/"));
    // Without a path of its own any answer shows that the port is open; 5xx shows that the service is not well.
    properties.set("Matcher", object({{"HttpCode", forward.check ? "200" : "200-499"}}));
  }
  properties.set("HealthCheckIntervalSeconds", kCheckSeconds);
  properties.set("HealthCheckTimeoutSeconds", kCheckTimeoutSeconds);
  properties.set("HealthyThresholdCount", kHealthyAfter);
  properties.set("UnhealthyThresholdCount", kUnhealthyAfter);
}

void lower_target_group(Lowering& to, BalancerId id, const model::Forward& forward, net::Family family) {
  const model::Balancer& balancer = to.design.balancers[id];
  const bool network = balancer.layer == Layer::Network;
  Value attributes = array({attribute_pair("deregistration_delay.timeout_seconds", kDrainSeconds)});
  // The servers see who calls. Their security group names the balancer's all the same: for AWS these packets come from
  // the balancer, whatever source they show (elasticloadbalancing/latest/network/load-balancer-security-groups.html).
  if (network) attributes.push(attribute_pair("preserve_client_ip.enabled", "true"));
  Value properties;
  properties.set("VpcId", reference_to(network_name(to.design, to.design.tiers[balancer.tier].network, "Vpc")));
  properties.set("TargetType", "instance");
  const bool ipv6 = family == net::Family::V6;
  if (ipv6) properties.set("IpAddressType", "ipv6");
  properties.set("Protocol", protocol_name(balancer.layer, forward.to, forward.target_tls));
  properties.set("Port", port_of(forward.to));
  set_health_check(properties, balancer.layer, forward);
  properties.set("TargetGroupAttributes", std::move(attributes));
  properties.set("Tags", to.tags(model::to_string(balancer.origin.path)));
  to.add(kTargetGroup, forward_name(to, id, forward, ipv6 ? "Ipv6TargetGroup" : "TargetGroup"), "balancer",
         balancer.origin, std::move(properties));
}

Value hand_on(const Lowering& to, BalancerId id, const model::Forward& forward, std::string_view group) {
  return array({object({{"Type", "forward"}, {"TargetGroupArn", reference_to(forward_name(to, id, forward, group))}})});
}

/// Where IPv6 became IPv4 the targets would not see who calls
/// (elasticloadbalancing/latest/network/create-rule.html, checked 2026-11-27).
void lower_ipv6_rule(Lowering& to, BalancerId id, const model::Forward& forward) {
  Value properties;
  properties.set("ListenerArn", reference_to(forward_name(to, id, forward, "Listener")));
  properties.set("Priority", 1);
  properties.set("Conditions",
                 array({object({{"Field", "source-ip"}, {"SourceIpConfig", object({{"IpAddressType", "ipv6"}})}})}));
  properties.set("Actions", hand_on(to, id, forward, "Ipv6TargetGroup"));
  to.add(kListenerRule, forward_name(to, id, forward, "Ipv6Rule"), "balancer", to.design.balancers[id].origin,
         std::move(properties));
}

void lower_listener(Lowering& to, BalancerId id, const model::Forward& forward) {
  const model::Balancer& balancer = to.design.balancers[id];
  const bool tls = forward.listen_tls;
  // The language sees to it: TLS ends at an application balancer, and never without a certificate.
  assert(!tls || (balancer.layer == Layer::Application && balancer.certificate));
  Value properties;
  properties.set("LoadBalancerArn", reference_to(member_name(to.design, id, "LoadBalancer")));
  properties.set("Port", port_of(forward.listen));
  properties.set("Protocol", protocol_name(balancer.layer, forward.listen, tls));
  if (tls) {
    properties.set("SslPolicy", kTlsPolicy);
    properties.set("Certificates", array({object({{"CertificateArn", text_value(to.design, *balancer.certificate)}})}));
  }
  properties.set("DefaultActions", hand_on(to, id, forward, "TargetGroup"));
  to.add(kListener, forward_name(to, id, forward, "Listener"), "balancer", balancer.origin, std::move(properties));
}

Value balancer_attributes(const model::Design& design, Layer layer) {
  const bool keep = design.environment && design.environment->stage == "prod";
  Value attributes = array({attribute_pair("deletion_protection.enabled", keep ? "true" : "false")});
  if (layer == Layer::Application) {
    attributes.push(attribute_pair("routing.http.drop_invalid_header_fields.enabled", "true"));
  } else {
    attributes.push(attribute_pair("load_balancing.cross_zone.enabled", "true"));
  }
  return attributes;
}

bool takes_udp(const model::Balancer& balancer) {
  return std::any_of(balancer.forwards.begin(), balancer.forwards.end(), [](const model::Forward& forward) {
    return forward.listen.parts().front().protocol == net::Protocol::Udp;
  });
}

}  // namespace

void lower_balancer(Lowering& to, BalancerId id) {
  const model::Balancer& balancer = to.design.balancers[id];
  const bool network = balancer.layer == Layer::Network;
  Value properties;
  properties.set("Type", network ? "network" : "application");
  properties.set("Scheme", to.plan.is_public(id) ? "internet-facing" : "internal");
  properties.set("IpAddressType", to.design.tiers[balancer.tier].ipv6_block ? "dualstack" : "ipv4");
  properties.set("Subnets", Value(subnet_refs(to.design, balancer.tier)));
  // On a network balancer too, from the start: it can never be given one later.
  properties.set("SecurityGroups", security_groups_of(to, id));
  if (network) properties.set("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "on");
  // In both families UDP is taken with this alone (elasticloadbalancing/latest/APIReference/API_LoadBalancer.html).
  if (to.design.tiers[balancer.tier].ipv6_block && takes_udp(balancer))
    properties.set("EnablePrefixForIpv6SourceNat", "on");
  properties.set("LoadBalancerAttributes", balancer_attributes(to.design, balancer.layer));
  properties.set("Tags", to.tags(model::to_string(balancer.origin.path)));
  to.add(kLoadBalancer, member_name(to.design, id, "LoadBalancer"), "balancer", balancer.origin, std::move(properties))
      .depends_on = foundations(to, balancer.tier);
  for (const model::Forward& forward : balancer.forwards) {
    lower_target_group(to, id, forward, net::Family::V4);
    lower_listener(to, id, forward);
    if (!parts_families(to.design, balancer)) continue;
    lower_target_group(to, id, forward, net::Family::V6);
    lower_ipv6_rule(to, id, forward);
  }
}

}  // namespace crenel::aws
