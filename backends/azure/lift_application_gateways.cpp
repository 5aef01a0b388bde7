#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// Application gateways: machines in a subnet that end the client's conversation and open their own with the targets.
/// learn.microsoft.com, "Application Gateway infrastructure configuration".
namespace crenel::azure::lifting {
namespace {

using estate::Balancer;
using estate::Forward;
using estate::Kind;

std::optional<Kind> tcp(const View& port) {
  const auto number = port.number();
  if (!number || *number < 1 || *number > 65535) return std::nullopt;
  Kind out;
  out.protocol = 6;
  out.ports = {static_cast<std::uint16_t>(*number), static_cast<std::uint16_t>(*number)};
  return out;
}

class ApplicationGateway {
 public:
  ApplicationGateway(Context& context, const Resource& resource)
      : context_(context), resource_(resource), properties_(properties_of(resource)) {}

  void lift();

 private:
  /// The properties of a part that a reference names: `{"id": "…/httpListeners/port-443"}`.
  [[nodiscard]] View part(std::string_view list, const View& reference) const;
  [[nodiscard]] bool is_public(const View& listener) const;
  [[nodiscard]] bool is_of_ipv6(const View& listener) const;
  [[nodiscard]] estate::PublicAddress public_address(bool ipv6) const;
  void add_side(bool is_public, bool both);
  void read_rules(bool is_public, estate::Interface& made, std::vector<Forward>& to);
  void add_rule(const View& rule, bool is_public, bool ipv6, std::vector<Forward>& to);
  void add_way(const Kind& listen, const View& pool, const View& settings, const Place& place,
               std::vector<Forward>& to);
  void unread(const View& at, std::string_view what) {
    context_.unknown(std::string(what) + " of gateway `" + resource_.id.name() + "` cannot be read", at.place());
  }

  Context& context_;
  const Resource& resource_;
  View properties_;
};

View ApplicationGateway::part(std::string_view list, const View& reference) const {
  const auto id = reference.id();
  for (const View& each : properties_.at(list).elements()) {
    if (id && same_word(each.at("name").text(), id->names.back())) return each.at("properties");
  }
  return {};
}

bool ApplicationGateway::is_public(const View& listener) const {
  const View frontend = part("frontendIPConfigurations", listener.at("frontendIPConfiguration"));
  // one that cannot be found is taken for the wider of the two
  return !frontend || frontend.at("publicIPAddress");
}

/// One of which only a deployment knows the family is taken for one of IPv4, and put down.
bool ApplicationGateway::is_of_ipv6(const View& listener) const {
  const View frontend = part("frontendIPConfigurations", listener.at("frontendIPConfiguration"));
  return frontend && is_ipv6(context_, frontend) == std::optional(true);
}

estate::PublicAddress ApplicationGateway::public_address(bool ipv6) const {
  for (const View& each : properties_.at("frontendIPConfigurations").elements()) {
    const View p = each.at("properties");
    if ((is_ipv6(context_, p) == std::optional(true)) != ipv6) continue;
    if (const View reference = p.at("publicIPAddress")) return referred_address(context_, reference);
  }
  return estate::PublicAddress::Unknown;
}

void ApplicationGateway::add_way(const Kind& listen, const View& pool, const View& settings, const Place& place,
                                 std::vector<Forward>& to) {
  const View chosen = part("backendHttpSettingsCollection", settings);
  const auto target = tcp(chosen.at("port"));
  const auto id = pool.id();
  const View targets = part("backendAddressPools", pool);
  if (!target || !id) return unread(pool ? pool : settings, "a way to targets");
  if (!targets.at("backendAddresses").elements().empty()) {
    unread(targets.at("backendAddresses"), "a target that is given by address");
  }
  std::optional<Kind> probe = target;
  if (const View asked = part("probes", chosen.at("probe")); asked.at("port")) probe = tcp(asked.at("port"));
  const auto members = context_.pools.find(id->key());
  if (members == context_.pools.end()) return;
  for (const InterfaceId member : members->second) {
    to.push_back({.listen = listen,
                  .target = member,
                  .to = *target,
                  .probe = probe,
                  .probe_from_platform = false,
                  .place = place});
  }
}

void ApplicationGateway::add_rule(const View& rule, bool is_public_side, bool ipv6, std::vector<Forward>& to) {
  const View p = rule.at("properties");
  const View listener = part("httpListeners", p.at("httpListener"));
  if (!listener) return unread(rule, "the listener of a rule");
  if (is_public(listener) != is_public_side || is_of_ipv6(listener) != ipv6) return;
  const auto listen = tcp(part("frontendPorts", listener.at("frontendPort")).at("port"));
  if (!listen) return unread(rule, "the port of a listener");
  if (p.at("backendAddressPool"))
    add_way(*listen, p.at("backendAddressPool"), p.at("backendHttpSettings"), rule.place(), to);
  const View map = part("urlPathMaps", p.at("urlPathMap"));
  if (p.at("urlPathMap") && !map) unread(rule, "the path map of a rule");
  if (map.at("defaultBackendAddressPool")) {
    add_way(*listen, map.at("defaultBackendAddressPool"), map.at("defaultBackendHttpSettings"), rule.place(), to);
  }
  const View paths = map.at("pathRules");
  if (paths && paths.value().list() == nullptr) unread(paths, "a path map");
  for (const View& path : paths.elements()) {
    const View q = path.at("properties");
    if (q.at("backendAddressPool")) {
      add_way(*listen, q.at("backendAddressPool"), q.at("backendHttpSettings"), path.place(), to);
    } else if (!q.at("redirectConfiguration")) {
      unread(path, "a path");
    }
  }
  const bool leads_somewhere = p.at("backendAddressPool") || p.at("urlPathMap") || p.at("redirectConfiguration");
  if (!leads_somewhere) unread(rule, "a rule");
}

/// Clients come in IPv6 where a frontend of that family does what those of IPv4 do ("Configure Application Gateway with
/// a frontend public IPv6 address"; private ones there are none of).
void ApplicationGateway::read_rules(bool is_public_side, estate::Interface& made, std::vector<Forward>& to) {
  std::vector<Forward> second;
  const auto rules = properties_.at("requestRoutingRules").elements();
  for (const View& rule : rules) add_rule(rule, is_public_side, false, to);
  for (const View& rule : rules) add_rule(rule, is_public_side, true, second);
  bool ipv6 = false;
  for (const View& each : properties_.at("frontendIPConfigurations").elements()) {
    const View p = each.at("properties");
    const auto family = is_ipv6(context_, p);
    if (static_cast<bool>(p.at("publicIPAddress")) != is_public_side || family == std::optional(false)) continue;
    ipv6 = true;
    if (family && is_public_side && alike(to, second)) continue;
    put_down_frontend(context_, each.place());
    made.role = estate::Role::Unknown;
  }
  if (ipv6) made.public_address_v6 = public_address(true);
  made.ipv4_alone = !ipv6 && meets_ipv6(context_, made);
}

void ApplicationGateway::add_side(bool is_public_side, bool both) {
  estate::Interface made;
  made.name = resource_.id.name();
  made.stem = stem_of(made.name, {"Gateway"});
  if (both && !is_public_side) {
    made.name += "/private";
    made.stem += "/private";
  }
  made.role = estate::Role::Balancer;
  for (const View& each : properties_.at("gatewayIPConfigurations").elements()) {
    const auto subnet = each.at("properties").at("subnet").id();
    if (subnet) made.subnets.push_back(subnet_of(context_, *subnet, each.place()).id);
  }
  if (made.subnets.empty())
    return context_.unknown("gateway `" + made.name + "` is in no subnet that can be read", resource_.place);
  if (is_public_side) made.public_address = public_address(false);
  const View scale = properties_.at("autoscaleConfiguration");
  const View capacity = scale ? scale.at("minCapacity") : properties_.at("sku").at("capacity");
  if (const auto least = capacity.number(); least && *least >= 0 && *least <= 125)
    made.least = static_cast<int>(*least);
  const View top = scale ? scale.at("maxCapacity") : properties_.at("sku").at("capacity");
  if (const auto most = top.number(); most && *most >= 0 && *most <= 125) made.most = static_cast<int>(*most);
  if (resource_.presence == Presence::Open || resource_.repeated) made.least = 0;
  if (resource_.repeated) made.most.reset();
  made.place = resource_.place;
  Balancer balancer;
  read_rules(is_public_side, made, balancer.forwards);
  balancer.interface = context_.estate.interfaces.add(std::move(made));
  balancer.place = resource_.place;
  context_.estate.balancers.push_back(std::move(balancer));
}

void ApplicationGateway::lift() {
  context_.check(
      properties_, "application gateway",
      {"sku", "autoscaleConfiguration", "gatewayIPConfigurations", "frontendIPConfigurations", "frontendPorts",
       "httpListeners", "backendAddressPools", "backendHttpSettingsCollection", "probes", "requestRoutingRules",
       "urlPathMaps"},
      {"enableHttp2", "sslPolicy", "sslProfiles", "sslCertificates", "trustedRootCertificates",
       "trustedClientCertificates", "authenticationCertificates", "firewallPolicy", "forceFirewallPolicyAssociation",
       "webApplicationFirewallConfiguration", "rewriteRuleSets", "redirectConfigurations", "customErrorConfigurations",
       "enableFips", "globalConfiguration", "defaultPredefinedSslPolicy"});
  bool has_public = false;
  bool has_private = false;
  for (const View& each : properties_.at("frontendIPConfigurations").elements()) {
    (each.at("properties").at("publicIPAddress") ? has_public : has_private) = true;
  }
  bool private_listener = false;
  for (const View& each : properties_.at("httpListeners").elements()) {
    if (!is_public(each.at("properties"))) private_listener = true;
  }
  if (has_public || !has_private) add_side(true, has_private);
  if (has_private && (private_listener || !has_public)) add_side(false, has_public);
}

}  // namespace

void lift_application_gateways(Context& context) {
  for (const Resource* each : context.all(kApplicationGateway.name)) ApplicationGateway(context, *each).lift();
}

}  // namespace crenel::azure::lifting
