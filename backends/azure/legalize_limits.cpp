#include <algorithm>
#include <map>
#include <set>

#include "backends/azure/addresses.h"
#include "backends/azure/boot.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/databases.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/functions.h"
#include "backends/azure/guards.h"
#include "backends/azure/legalize.h"
#include "backends/azure/limits.h"
#include "backends/azure/lower.h"
#include "backends/azure/rules.h"
#include "backends/azure/settings.h"
#include "compiler/model/alert_emails.h"

namespace crenel::azure {
namespace {

using backend::QuotaUse;
using diagnostics::Diagnostic;
using diagnostics::Diagnostics;
using model::Design;

/// The limit as the design's environment has it.
std::size_t value_of(const Design& design, const Limit& limit) {
  if (!limit.adjustable || !design.environment) return limit.value;
  const auto raised = int_setting(design.environment->settings, limit.name);
  return raised && *raised > 0 ? static_cast<std::size_t>(*raised) : limit.value;
}

class Count {
 public:
  Count(const Design& design, Diagnostics& diagnostics) : design_(design), diagnostics_(diagnostics) {}

  /// Records the use and reports it when it is too much; then returns the report so that notes can be added.
  Diagnostic* add(const std::string& subject, base::Span span, const Limit& limit, std::size_t used) {
    const std::size_t allowed = value_of(design_, limit);
    uses_.push_back({.subject = subject,
                     .quota = std::string(limit.counted),
                     .used = used,
                     .limit = allowed,
                     .adjustable = limit.adjustable,
                     .source = std::string(limit.source)});
    if (used <= allowed) return nullptr;
    const base::Span place = span.valid() ? span : design_.span;  // of the whole template where that is declared
    Diagnostic& report =
        diagnostics_.report(kOverLimit, place, "`" + subject + "`", used, std::string(limit.counted), allowed);
    if (limit.adjustable) {
      report.help = "have the quota raised and say `on azure { " + std::string(limit.name) + " = " +
                    std::to_string(used) + " }` in the environment";
    }
    return &report;
  }

  [[nodiscard]] std::vector<QuotaUse> uses() && { return std::move(uses_); }

 private:
  const Design& design_;
  Diagnostics& diagnostics_;
  std::vector<QuotaUse> uses_;
};

/// The three flows that most of the rules are for.
void add_costliest(const Design& design, const std::vector<Rule>& rules, Diagnostic& report) {
  std::map<model::StatementId, std::size_t> costs;
  for (const Rule& rule : rules) {
    if (rule.statement) ++costs[*rule.statement];
  }
  std::vector<std::pair<model::StatementId, std::size_t>> order(costs.begin(), costs.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < std::min(kShown, order.size()); ++i) {
    const model::FlowStatement& statement = design.statements[order[i].first];
    report.notes.push_back(
        {statement.span, "`" + statement.text + "` takes " + std::to_string(order[i].second) + " of the rules"});
  }
  report.help = "name fewer services and endpoints in the flows of this group, or split the group";
}

std::size_t side_addresses(const Side& side) {
  const auto* prefixes = std::get_if<Prefixes>(&side);
  return prefixes == nullptr ? 0 : prefixes->blocks.size();
}

void count_rules(const Design& design, const std::string& subject, base::Span span, const std::vector<Rule>& rules,
                 Count& count) {
  if (Diagnostic* report = count.add(subject, span, kRulesPerGroup, rules.size())) {
    add_costliest(design, rules, *report);
  }
  std::size_t sources = 0;
  std::size_t destinations = 0;
  std::size_t most = 0;
  std::set<model::GroupId> groups;
  for (const Rule& rule : rules) {
    sources += side_addresses(rule.source);
    destinations += side_addresses(rule.destination);
    most = std::max(most, side_addresses(rule.source) + side_addresses(rule.destination));
    for (const Side* side : {&rule.source, &rule.destination}) {
      if (const auto* members = std::get_if<Members>(side)) groups.insert(members->group);
    }
  }
  if (Diagnostic* report = count.add(subject, span, kAddressesPerRule, std::max(sources, destinations))) {
    add_costliest(design, rules, *report);
  }
  if (Diagnostic* report = count.add(subject, span, kAsgsPerGroup, groups.size())) {
    add_costliest(design, rules, *report);
  }
  const bool undone = std::any_of(design.guards.begin(), design.guards.end(),
                                  [](const model::Guard& guard) { return guard.revert_seconds.has_value(); });
  Diagnostic* report = undone ? count.add(subject, span, kAddressesCompared, most) : nullptr;
  if (report != nullptr) report->help = "name fewer addresses in a flow, or say `revert = none` in the guard";
}

void count_groups(const Design& design, Count& count) {
  std::size_t security_groups = 0;
  std::size_t application_groups = 0;
  for (const model::GroupId id : design.groups.ids()) {
    const model::Group& group = design.groups[id];
    const std::string name = model::to_string(group.origin.path);
    count_rules(design, name, group.origin.span, rules_of_group(design, id), count);
    count.add(name, group.origin.span, kInstances, static_cast<std::size_t>(group.scale.max));
    if (!group.boot.empty()) count.add(name, group.origin.span, kBootBytes, boot_bytes(design, id));
    if (has_installations(design, id)) {
      count.add(name, group.origin.span, kScriptBytes, installation_bytes(design, id));
    }
    ++security_groups;
    if (is_named_by_rules(design, id)) ++application_groups;
  }
  for (const model::TierId id : design.tiers.ids()) {
    const model::Origin& origin = design.tiers[id].origin;
    if (family_in(design, id)) {
      count_rules(design, model::to_string(origin.path), origin.span, rules_of_databases(design, id), count);
    } else if (!functions_in(design, id).empty()) {
      count_rules(design, model::to_string(origin.path), origin.span, rules_of_functions(design, id), count);
    } else if (has_application_balancers(design, id)) {
      count_rules(design, model::to_string(origin.path), origin.span, rules_of_gateways(design, id), count);
    } else if (has_strict_rules(design, id)) {
      count_rules(design, model::to_string(origin.path), origin.span, rules_of_tier(design, id), count);
    } else {
      continue;
    }
    ++security_groups;
  }
  count.add(design.name, {}, kSecurityGroups, security_groups);
  count.add(design.name, {}, kApplicationGroups, application_groups);
}

std::size_t routes_of(const Design& design, const model::Tier& tier) {
  std::size_t out = std::holds_alternative<model::DirectWayOut>(tier.way_out) ? 0 : 1;
  for (const model::SiteId site : tier.site_routes) {
    out += addresses(design, model::addresses_of(design, site)).all().size();
  }
  return out;
}

void count_networks(const Design& design, Count& count) {
  std::size_t tables = 0;
  count.add(design.name, {}, kNetworks, design.networks.size());
  for (const model::NetworkId id : design.networks.ids()) {
    const model::Network& network = design.networks[id];
    const std::string name = model::to_string(network.origin.path);
    std::size_t tunnels = 0;
    for (const model::Link& link : design.links) {
      if (link.network != id || link.kind == model::LinkKind::Peering) continue;
      ++tunnels;
      const std::size_t blocks = addresses(design, model::addresses_of(design, link.site)).all().size();
      count.add(model::to_string(link.origin.path), link.origin.span, kSiteAddresses, blocks);
    }
    count.add(name, network.origin.span, kSubnets, network.tiers.size() + (tunnels == 0 ? 0 : 1));
    const std::string sku = vpn_sku(network);
    const bool large = sku == "VpnGw4AZ" || sku == "VpnGw5AZ";
    if (tunnels != 0) count.add(name, network.origin.span, large ? kTunnelsOfLargeGateway : kTunnels, tunnels);
  }
  for (const model::TierId id : design.tiers.ids()) {
    if (!has_route_table(design, id)) continue;
    ++tables;
    const model::Tier& tier = design.tiers[id];
    count.add(model::to_string(tier.origin.path), tier.origin.span, kRoutesPerTable, routes_of(design, tier));
  }
  count.add(design.name, {}, kRouteTables, tables);
}

void count_balancers(const Design& design, Count& count) {
  std::size_t addresses = 0;
  for (const model::Balancer& balancer : design.balancers) {
    const bool application = balancer.layer == model::Layer::Application;
    const std::size_t families = has_ipv6(design, balancer) ? 2 : 1;
    count.add(model::to_string(balancer.origin.path), balancer.origin.span,
              application ? kGatewayListeners : kBalancerRules, families * balancer.forwards.size());
    if (application || design.tiers[balancer.tier].kind == model::TierKind::Public) addresses += families;
  }
  for (const model::NetworkId id : design.networks.ids()) {
    if (has_links(design, id, model::LinkKind::Vpn)) ++addresses;
    if (has_links(design, id, model::LinkKind::Direct)) ++addresses;
    if (uses_nat(design, id)) ++addresses;
  }
  for (const model::Group& group : design.groups) {
    const std::size_t families = model::has_family(design, group.tier, net::Family::V6) ? 2 : 1;
    if (group.public_address) addresses += families * static_cast<std::size_t>(group.scale.max);
  }
  count.add(design.name, {}, kPublicAddresses, addresses);
}

/// Where there are services: the flows with them are assignments, their near ends private endpoints.
void count_services(const Design& design, Count& count) {
  const std::vector<PrivateEnd> ends = private_ends(design);
  for (const model::NetworkId id : design.networks.ids()) {
    const auto here = std::count_if(ends.begin(), ends.end(), [&](const PrivateEnd& end) { return end.network == id; });
    const model::Origin& origin = design.networks[id].origin;
    if (here > 0) {
      count.add(model::to_string(origin.path), origin.span, kPrivateEndpoints, static_cast<std::size_t>(here));
    }
  }
  std::size_t assignments = 0;
  for (const model::DataFlow& flow : design.data_flows) assignments += flow.actions.size();
  for (const model::VaultId id : design.vaults.ids()) assignments += encrypts(design, id) ? 1 : 0;
  if (assignments > 0) count.add(design.name, {}, kRoleAssignments, assignments);
}

void count_alerts(const Design& design, Count& count) {
  std::size_t rules = 0;
  for (const model::Guard& guard : design.guards) {
    if (!model::alert_emails(guard, schema().provider).empty()) rules += alert_rules();
  }
  if (rules > 0) count.add(design.name, {}, kAlertRules, rules);
}

}  // namespace

std::vector<QuotaUse> check_limits(const Design& design, Diagnostics& diagnostics) {
  Count count(design, diagnostics);
  count_groups(design, count);
  count_networks(design, count);
  count_balancers(design, count);
  count_services(design, count);
  count_alerts(design, count);
  return std::move(count).uses();
}

std::vector<QuotaUse> check_template_limits(const Design& design, const Template& made, std::size_t bytes,
                                            Diagnostics& diagnostics) {
  Count count(design, diagnostics);
  std::size_t nested = 0;
  for (const Resource& resource : made.resources) nested += resource.type.name == kDeployment.name ? 1 : 0;
  count.add("template", {}, kResources, made.resources.size() + nested);
  count.add("template", {}, kParameters, made.parameters.size());
  count.add("template", {}, kVariables, made.variables.size());
  count.add("template", {}, kOutputs, made.outputs.size());
  count.add("template", {}, kBytes, bytes);
  for (const Resource& resource : made.resources) {
    if (resource.type.name != kWorkflow.name) continue;
    const std::size_t size = document::to_json(resource.properties).size();
    Diagnostic* report = count.add(resource.name.text(), resource.cause.span, kResourceBytes, size);
    if (report != nullptr) report->help = "watch fewer networks in one guard, and the others in another";
  }
  return std::move(count).uses();
}

}  // namespace crenel::azure
