#include <algorithm>
#include <iterator>

#include "backends/aws/agents.h"
#include "backends/aws/known_names.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/names.h"
#include "backends/aws/quotas.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::NetworkId;
using model::TierId;

constexpr const char* kWhole = "template";

Costs costs_of(const std::vector<SecurityRule>& rules) {
  Costs costs;
  // A rule that several statements ask for stays when one of them goes: it is the first one's.
  for (const SecurityRule& rule : rules) ++costs[rule.statements.front()];
  return costs;
}

Costs costs_of(const std::vector<AclEntry>& entries) {
  Costs costs;
  for (const AclEntry& entry : entries) {
    if (entry.statement) ++costs[*entry.statement];
  }
  return costs;
}

class Counter {
 public:
  Counter(const model::Design& design, Plan& plan, diagnostics::Diagnostics& diagnostics)
      : design_(design), plan_(plan), book_(design, plan.quotas, diagnostics) {}

  void count() {
    for (const SecurityGroup& group : plan_.groups) rules(group);
    for (const Acl& acl : plan_.acls) rules(acl);
    for (const NetworkId network : design_.networks.ids()) network_things(network);
    for (const TierRoutes& routes : plan_.routes) tier_routes(routes);
    for (const Tunnel& tunnel : plan_.tunnels) {
      const model::Origin& origin = design_.links[tunnel.link].origin;
      book_.use(kRoutesPerVpnConnection, model::to_string(origin.path),
                tunnel.prefixes.size() + (tunnel.internet ? 1 : 0), origin.span);
    }
    for (const model::Balancer& balancer : design_.balancers) {
      const bool application = balancer.layer == model::Layer::Application;
      book_.use(application ? kListenersPerApplicationBalancer : kListenersPerNetworkBalancer,
                model::to_string(balancer.origin.path), balancer.forwards.size(), balancer.origin.span);
    }
    for (const model::GroupId group : design_.groups.ids()) group_things(group);
    for (const InterfaceEndpoint& way : plan_.data.endpoints) {
      book_.use(kRulesPerSecurityGroup, model::to_string(design_.private_paths[way.path].origin.path) + " (in)",
                way.members.size(), design_.private_paths[way.path].origin.span);
    }
    for (const model::Function& function : design_.functions) {
      book_.use(kInlineCodeBytes, model::to_string(function.origin.path), function.code.size(), function.origin.span);
    }
    region_things();
  }

 private:
  /// Each family by itself (vpc/latest/userguide/amazon-vpc-limits.html, "Network ACLs").
  [[nodiscard]] std::size_t counted(const std::vector<AclEntry>& entries) const {
    const auto of_ipv6 = static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [&](const auto& entry) {
      return model::family_of(design_, entry.peer.base) == net::Family::V6;
    }));
    return std::max(entries.size() - of_ipv6, of_ipv6);
  }

  void rules(const SecurityGroup& group) {
    const Beside beside = rules_beside(design_, plan_, group.member);
    rules(group, group.ingress, beside.ingress, " (in)");
    rules(group, group.egress, beside.egress, " (out)");
    if (group.parts == 1) return;
    book_.use(kGroupsPerInterface, path_of(design_, group.member), group.parts, origin_of(design_, group.member).span);
  }

  void rules(const SecurityGroup& group, const std::vector<SecurityRule>& all, std::size_t beside,
             const std::string& direction) {
    const std::string path = path_of(design_, group.member) + direction;
    const base::Span span = origin_of(design_, group.member).span;
    const std::size_t over = groups_per_interface(design_, group.member);
    const std::size_t whole = aws::counted(design_, all) + beside;
    if (group.parts == 1 && whole > granted(design_, kRulesPerSecurityGroup) && over > 1) {
      const std::string title = "rules of " + std::to_string(over) + " security groups in one direction";
      book_.cannot_spread(kRulesPerSecurityGroup, over, title, path, whole, span, costs_of(all));
      return;
    }
    for (std::size_t part = 0; part < group.parts; ++part) {
      std::vector<SecurityRule> here;
      std::copy_if(all.begin(), all.end(), std::back_inserter(here),
                   [&](const SecurityRule& rule) { return rule.part == part; });
      const std::string which = group.parts == 1 ? "" : ", security group " + std::to_string(part + 1);
      book_.use(kRulesPerSecurityGroup, path + which, aws::counted(design_, here) + (part == 0 ? beside : 0), span,
                costs_of(here));
    }
  }

  void rules(const Acl& acl) {
    const model::Origin& origin = design_.tiers[acl.tier].origin;
    const std::string path = model::to_string(origin.path);
    // The implicit last rule is one of them.
    book_.use(kRulesPerAcl, path + " (in)", counted(acl.ingress) + 1, origin.span, costs_of(acl.ingress));
    book_.use(kRulesPerAcl, path + " (out)", counted(acl.egress) + 1, origin.span, costs_of(acl.egress));
  }

  void network_things(NetworkId id) {
    const model::Network& network = design_.networks[id];
    const std::string path = model::to_string(network.origin.path);
    const base::Span span = network.origin.span;
    const auto in_network = [&](TierId tier) { return design_.tiers[tier].network == id; };
    std::size_t tables = 0;
    for (const TierRoutes& routes : plan_.routes) {
      if (in_network(routes.tier)) tables += routes.table_per_zone ? static_cast<std::size_t>(network.zones) : 1;
    }
    const auto zones = static_cast<std::size_t>(network.zones);
    const auto fleets =
        static_cast<std::size_t>(std::count_if(plan_.fleets.begin(), plan_.fleets.end(), [&](const Fleet& fleet) {
          return in_network(design_.appliances[fleet.appliance].tier);
        }));
    const auto acls = static_cast<std::size_t>(
        std::count_if(plan_.acls.begin(), plan_.acls.end(), [&](const Acl& acl) { return in_network(acl.tier); }));
    const auto links =
        static_cast<std::size_t>(std::count_if(plan_.tunnels.begin(), plan_.tunnels.end(), [&](const Tunnel& tunnel) {
          return design_.links[tunnel.link].network == id;
        }));
    book_.use(kZones, path, zones, span);
    book_.use(kSubnetsPerVpc, path, zones * (network.tiers.size() + fleets), span);
    book_.use(kRouteTablesPerVpc, path, tables + fleets, span);
    // The VPC's own ACL, which takes the subnets that have no other, counts.
    book_.use(kAclsPerVpc, path, acls == 0 ? 0 : acls + 1, span);
    book_.use(kConnectionsPerVpnGateway, path, links, span);
    const auto ways =
        static_cast<std::size_t>(std::count_if(plan_.data.endpoints.begin(), plan_.data.endpoints.end(),
                                               [&](const InterfaceEndpoint& way) { return in_network(way.tier); }));
    const std::size_t endpoints = ways + fleets * zones;
    if (endpoints > 0) book_.use(kEndpointsPerVpc, path, endpoints, span);
  }

  void tier_routes(const TierRoutes& routes) {
    const model::Tier& tier = design_.tiers[routes.tier];
    const std::string path = model::to_string(tier.origin.path);
    std::size_t answers = 0;
    for (const TierId behind : routes.handed_back) answers += design_.tiers[behind].zone_blocks.size();
    // The local route counts.
    book_.use(kRoutesPerTable, path,
              1 + (routes.internet ? 1 : 0) + routes.site_prefixes.size() + routes.peered.size() + answers,
              tier.origin.span);
    if (!routes.propagated) return;
    std::size_t propagated = 0;
    for (const Tunnel& tunnel : plan_.tunnels) {
      if (design_.links[tunnel.link].network != tier.network) continue;
      propagated += tunnel.prefixes.size() + (tunnel.internet ? 1 : 0);
    }
    book_.use(kPropagatedRoutes, path, propagated, tier.origin.span);
  }

  void group_things(model::GroupId id) {
    const model::Group& group = design_.groups[id];
    std::size_t targets = 0;
    for (const model::Balancer& balancer : design_.balancers) {
      const auto here =
          static_cast<std::size_t>(std::count_if(balancer.forwards.begin(), balancer.forwards.end(),
                                                 [&](const model::Forward& forward) { return forward.target == id; }));
      targets += parts_families(design_, balancer) ? 2 * here : here;
    }
    const std::string path = model::to_string(group.origin.path);
    book_.use(kTargetGroupsPerGroup, path, targets, group.origin.span);
    const auto names = variables_of(known_names(design_, plan_.data, id));
    book_.use(kUserDataBytes, path, bytes_of(user_data(design_, id, names)), group.origin.span);
  }

  void region_things() {
    std::size_t gateways = 0;
    std::size_t addresses = 0;
    std::size_t nat_networks = 0;
    for (const Gateways& one : plan_.gateways) {
      gateways += one.vpn ? 1 : 0;
      if (!one.nat_tier) continue;
      ++nat_networks;
      addresses += static_cast<std::size_t>(design_.networks[one.network].zones);
    }
    const auto application = static_cast<std::size_t>(
        std::count_if(design_.balancers.begin(), design_.balancers.end(),
                      [](const model::Balancer& balancer) { return balancer.layer == model::Layer::Application; }));
    std::vector<model::SiteId> devices;
    for (const Tunnel& tunnel : plan_.tunnels) {
      const model::Link& link = design_.links[tunnel.link];
      if (std::find(devices.begin(), devices.end(), link.site) == devices.end()) devices.push_back(link.site);
    }
    for (const model::Appliance& appliance : design_.appliances) {
      // Those of an Auto Scaling group have public addresses of the provider's.
      if (appliance.count == 1 && design_.tiers[appliance.tier].kind == model::TierKind::Public) ++addresses;
    }
    book_.use(kVpcs, kWhole, design_.networks.size());
    book_.use(kElasticAddresses, kWhole, addresses);
    book_.use(kNatGatewaysPerZone, kWhole, nat_networks);
    std::size_t exclusions = 0;
    for (const Excluded& each : plan_.excluded) exclusions += design_.tiers[each.tier].zone_blocks.size();
    book_.use(kPublicAccessExclusions, kWhole, exclusions);
    std::size_t groups = plan_.data.endpoints.size();
    for (const SecurityGroup& group : plan_.groups) groups += group.parts;
    book_.use(kSecurityGroups, kWhole, groups);
    const auto buckets = std::count_if(design_.stores.begin(), design_.stores.end(),
                                       [](const model::Store& store) { return !store.existing; });
    if (buckets != 0) book_.use(kBuckets, kWhole, static_cast<std::size_t>(buckets));
    book_.use(kVpnGateways, kWhole, gateways);
    book_.use(kCustomerGateways, kWhole, devices.size());
    if (!plan_.fleets.empty()) book_.use(kGatewayBalancers, kWhole, plan_.fleets.size());
    for (const Fleet& fleet : plan_.fleets) {
      const model::Appliance& appliance = design_.appliances[fleet.appliance];
      book_.use(kTargetsPerGatewayBalancer, model::to_string(appliance.origin.path),
                static_cast<std::size_t>(appliance.count), appliance.origin.span);
    }
    book_.use(kVpnConnections, kWhole, plan_.tunnels.size());
    book_.use(kApplicationBalancers, kWhole, application);
    book_.use(kNetworkBalancers, kWhole, design_.balancers.size() - application);
    const auto single = std::count_if(design_.appliances.begin(), design_.appliances.end(),
                                      [](const model::Appliance& appliance) { return appliance.count == 1; });
    book_.use(kScalingGroups, kWhole, design_.groups.size() - static_cast<std::size_t>(single));
  }

  const model::Design& design_;
  Plan& plan_;
  QuotaBook book_;
};

}  // namespace

void count_quotas(const model::Design& design, Plan& plan, diagnostics::Diagnostics& diagnostics) {
  Counter(design, plan, diagnostics).count();
}

}  // namespace crenel::aws
