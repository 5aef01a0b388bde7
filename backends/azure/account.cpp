#include "backends/azure/account.h"

#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/databases.h"
#include "backends/azure/existing.h"
#include "backends/azure/guards.h"
#include "backends/azure/ipv6_links.h"
#include "backends/azure/lower.h"
#include "backends/azure/names.h"
#include "backends/azure/settings.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using backend::Residue;
using model::Design;

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void add_balancer_residue(const Design& design, const model::Balancer& balancer, std::vector<Residue>& out) {
  const std::string name = model::to_string(balancer.origin.path);
  if (balancer.layer == model::Layer::Network) {
    out.push_back({name, "Azure's health probes (168.63.129.16) reach the targets on the ports that are forwarded."});
    return;
  }
  const std::string tier = model::to_string(design.tiers[balancer.tier].origin.path);
  out.push_back({tier,
                 "Application gateways are controlled from Azure: its service tags GatewayManager (tcp "
                 "65200..65535) and AzureLoadBalancer are admitted to the gateways' subnet."});
  out.push_back({tier, "Application gateways need the Internet: what they send there cannot be closed."});
  if (bool_setting(balancer.settings, "firewall", true)) {
    out.push_back({name,
                   "The web application firewall refuses requests that look like attacks, within flows that are "
                   "allowed."});
  }
}

void add_group_residue(const model::Group& group, std::vector<Residue>& out) {
  const std::string name = model::to_string(group.origin.path);
  if (is_scaled(group)) {
    out.push_back({name, "Azure has no target tracking: one member is added above " +
                             std::to_string(*group.scale.cpu_percent) + "% of CPU and one removed below " +
                             std::to_string(*group.scale.cpu_percent / 2) + "%."});
  }
  if (is_scaled_by_queue(group)) {
    out.push_back(
        {name,
         "One member is added while at least one message waits for each member, and one removed when the queue held "
         "none for five minutes, every five minutes. What a member works on is held as long as it is locked."});
  }
  if (is_scaled(group) && group.scale.min == 0) {
    out.push_back({name, "Without members there is no CPU use to measure: a set that has shrunk to none stays there."});
  }
}

void add_agent_residue(const Design& design, model::GroupId id, std::vector<Residue>& out) {
  if (!has_installations(design, id)) return;
  const std::string name = model::to_string(design.groups[id].origin.path);
  out.push_back({name,
                 "Agents are installed beside `boot`, in no fixed order. Where an installation fails, Azure reports "
                 "the member as failed and leaves it running."});
  const auto& agents = design.groups[id].agents;
  const bool token = std::any_of(agents.begin(), agents.end(), [&](model::AgentId each) {
    return design.agents[each].token && !design.agents[each].install.empty();
  });
  if (token) {
    out.push_back(
        {name, "The extension keeps its script, with the agents' tokens, in a folder of root on each member."});
  }
}

void add_database_residue(const model::Database& database, std::vector<Residue>& out) {
  const std::string name = model::to_string(database.origin.path);
  out.push_back(
      {name,
       "Its server reaches its standby within the tier and Azure's storage (tag Storage, tcp 443), which takes "
       "its log: both are Azure's own, and no statement of SQL sends anything there unless an extension that "
       "can is put on the server's list."});
}

void add_data_residue(const Design& design, std::vector<Residue>& out) {
  add_existing_residue(design, out);
  add_guard_residue(design, out);
  for (const model::StoreId id : design.stores.ids()) {
    const model::Store& store = design.stores[id];
    if (store.existing) continue;
    const std::string name = model::to_string(store.origin.path);
    const bool archived = std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const auto& flow) {
      return flow.to == model::Endpoint(id) && !model::intersected(flow.actions, {model::DataAction::Archive}).empty();
    });
    const bool written = std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const auto& flow) {
      return flow.to == model::Endpoint(id) && !model::intersected(flow.actions, {model::DataAction::Write}).empty();
    });
    if (archived || store.archive_after_seconds) {
      out.push_back({name, "Accounts with an archive keep their copies in one zone."});
    }
    if (archived) {
      out.push_back({name,
                     "Who archives an object marks it with the tag `archive` = `true`; Azure moves what is marked once "
                     "a day. To move it at once takes the permission to write it."});
    }
    if (is_logged_to(design, id)) {
      out.push_back({name,
                     "Network Watcher, which writes flow logs there, comes past the firewall by an exception for all "
                     "services that Azure trusts: such of them as somebody gives a role there come by it, too."});
    }
    if (written) out.push_back({name, "Who writes an object may choose its access tier too."});
    if (store.lock_seconds) {
      out.push_back({name,
                     "Azure makes a lock that whoever administers the account can still shorten, until somebody locks "
                     "the policy by hand."});
    }
  }
  for (const model::QueueId id : design.queues.ids()) {
    const model::Queue& queue = design.queues[id];
    if (queue.retry) continue;
    out.push_back({model::to_string(queue.origin.path),
                   "Service Bus always lays messages aside at some time: here after 2000 tries."});
  }
  for (const model::TopicId id : design.topics.ids()) {
    const bool heard = std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const auto& flow) {
      return flow.to == model::Endpoint(id) &&
             !model::intersected(flow.actions, {model::DataAction::Subscribe}).empty();
    });
    if (heard || design.topics[id].existing) continue;
    out.push_back({model::to_string(design.topics[id].origin.path),
                   "Nobody in the design subscribes: Service Bus keeps what is published for subscriptions alone, and "
                   "until somebody makes one it is lost."});
  }
  const bool topics = std::any_of(design.topics.begin(), design.topics.end(),
                                  [](const model::Topic& topic) { return !topic.existing; });
  if (!design.queues.empty() || topics) {
    out.push_back(
        {design.name,
         "Members reach Service Bus over tcp/443: their clients must speak HTTPS, or AMQP over WebSockets. Each "
         "queue and topic is a Premium namespace of its own, for a private endpoint leads to a whole namespace."});
  }
  if (!design.data_tables.empty()) {
    out.push_back(
        {design.name,
         "Members reach tables over tcp/443: their clients must use the gateway mode of Cosmos DB. Each table "
         "is an account of its own, for a private endpoint leads to a whole account."});
  }
}

void add_function_residue(const model::Function& function, std::vector<Residue>& out) {
  const std::string name = model::to_string(function.origin.path);
  out.push_back(
      {name,
       "It keeps its state in storage of its own beside it, which takes requests from the tier of the function "
       "and from Event Grid: Azure lets the latter past the firewall as one of its own services, and by role "
       "into one queue and one container."});
  out.push_back(
      {name,
       "Event Grid writes into the queue `events` of that storage, at least once; what the code fails at five "
       "times is laid aside in `events-poison`, what could not be delivered in `lost-events`."});
}

/// The bounds of a parameter that a template cannot check.
std::string unchecked_bounds(const model::Parameter& parameter) {
  std::vector<std::string> within;
  for (const net::Prefix& prefix : parameter.within) within.push_back(net::to_string(prefix));
  const std::string where = within.empty() ? "" : " within " + base::list_in_words(within, "or");
  switch (parameter.kind) {
    case model::ParameterKind::Cidr:
      return "is an IPv4 block of /" + std::to_string(parameter.shortest) + " to /" +
             std::to_string(parameter.longest) + where;
    case model::ParameterKind::Ip:
      return "is an IPv4 address" + where;
    case model::ParameterKind::Text:
      return parameter.pattern.empty() ? "" : "matches " + parameter.pattern;
    default:
      return "";
  }
}

void assume_direct(const Design& design, const model::Link& link, std::vector<std::string>& out) {
  if (link.kind != model::LinkKind::Direct) return;
  const std::string site = model::to_string(design.sites[link.site].origin.path);
  out.push_back("Site " + site + " advertises its own addresses over the direct link, and no others.");
  const bool internet = std::any_of(design.tiers.begin(), design.tiers.end(), [&](const model::Tier& tier) {
    const auto* way = std::get_if<model::SiteId>(&tier.way_out);
    return way != nullptr && *way == link.site && tier.network == link.network;
  });
  const bool ipv6 = gateway_ipv6_block(design, link.network).has_value();
  const std::string everything = ipv6 ? "0.0.0.0/0 and ::/0" : "0.0.0.0/0";
  if (internet)
    out.push_back("Site " + site + " advertises " + everything + " over the direct link, and carries what comes.");
  if (ipv6) out.push_back("The circuit to site " + site + " has IPv6 on its private peering, beside IPv4.");
}

/// learn.microsoft.com, "Create, change, or delete a virtual network peering": a peering is two halves.
void assume_peering(const Design& design, const model::Link& link, std::vector<std::string>& out) {
  if (link.kind != model::LinkKind::Peering) return;
  out.push_back("The owner of " + model::to_string(design.sites[link.site].origin.path) +
                " makes the other half of the peering with " +
                model::to_string(design.networks[link.network].origin.path) + ".");
}

/// learn.microsoft.com, "Deploy highly available NVAs": to the Internet goes only what has an address of an interface.
void assume_appliance(const Design& design, model::ApplianceId id, std::vector<std::string>& out) {
  const std::string name = model::to_string(design.appliances[id].origin.path);
  out.push_back("Appliance " + name +
                " hands packets on between its one interface and itself, and translates what goes " +
                "to the Internet to its own address; what its software drops besides is no part of the proof.");
  out.push_back("Members of appliance " + name + " answer tcp/" + std::to_string(hop_probe_port(design, id)) +
                " when they are well.");
}

bool has_type(const Template& made, const ResourceType& type) {
  return std::any_of(made.resources.begin(), made.resources.end(),
                     [&](const Resource& resource) { return resource.type.name == type.name; });
}

/// Of the network's block of IPv6: else it is one that `space` says.
bool is_made_of_name(const Design& design, const model::Network& network) {
  return design.parameters[*network.ipv6].origin.path.back() == "ipv6";
}

}  // namespace

std::vector<Residue> residue_of(const Design& design) {
  std::vector<Residue> out;
  for (const model::Network& network : design.networks) {
    out.push_back({model::to_string(network.origin.path),
                   "Azure's own traffic with every machine stays: name resolution, DHCP and control over "
                   "168.63.129.16, metadata over 169.254.169.254."});
  }
  for (const model::NetworkId id : design.networks.ids()) {
    const std::string name = model::to_string(design.networks[id].origin.path);
    if (has_links(design, id)) {
      out.push_back({name, "The VPN gateway's subnet can have no security group; Azure controls the gateway."});
    }
    if (uses_nat(design, id) && design.networks[id].zones == 1) {
      out.push_back({name, "The NAT gateway lives in one zone, as the network does."});
    }
  }
  for (const model::TierId id : design.tiers.ids()) {
    if (!learns_routes(design, id)) continue;
    out.push_back(
        {model::to_string(design.tiers[id].origin.path),
         "Routes over ExpressRoute are learnt: the subnet has one to every place that a gateway of the network "
         "learns of; the rules let through what flows say."});
  }
  for (const model::TierId id : design.tiers.ids()) {
    const bool no_way_out = std::holds_alternative<model::NoWayOut>(design.tiers[id].way_out);
    if (!no_way_out || !answers_the_internet(design, id)) continue;
    out.push_back({model::to_string(design.tiers[id].origin.path),
                   "The route to the Internet stays, for answers to the balancer's clients; nothing of the tier's own "
                   "leaves by it: it has no address to leave by, and its rules deny it."});
  }
  for (const model::Balancer& balancer : design.balancers) add_balancer_residue(design, balancer, out);
  for (const model::Database& database : design.databases) add_database_residue(database, out);
  for (const model::GroupId id : design.groups.ids()) {
    add_group_residue(design.groups[id], out);
    add_agent_residue(design, id, out);
  }
  add_data_residue(design, out);
  for (const model::Function& function : design.functions) add_function_residue(function, out);
  return out;
}

std::vector<std::string> assumptions_of(const Design& design, const Template& made) {
  std::vector<std::string> out;
  add_existing_assumptions(design, out);
  add_guard_assumptions(design, out);
  for (const model::Parameter& parameter : design.parameters) {
    const std::string bounds = unchecked_bounds(parameter);
    const std::string name = parameter_name(parameter.origin.path);
    const bool written = std::any_of(made.parameters.begin(), made.parameters.end(),
                                     [&](const TemplateParameter& each) { return each.name == name; });
    if (written && !bounds.empty())
      out.push_back("Parameter " + name + " " + bounds + ": Azure checks its length only.");
  }
  for (const model::ApplianceId id : design.appliances.ids()) {
    if (!model::tiers_behind(design, id).empty()) assume_appliance(design, id, out);
  }
  for (const model::Link& link : design.links) assume_direct(design, link, out);
  for (const model::Link& link : design.links) assume_peering(design, link, out);
  for (const model::Network& network : design.networks) {
    const auto ipv6 = ipv6_space(design, network);
    if (!ipv6 || !is_made_of_name(design, network)) continue;
    out.push_back("Network " + model::to_string(network.origin.path) + " has " + net::to_string(*ipv6) +
                  ", a unique local block that is made of its name: nothing that it is ever joined to has any of it.");
  }
  out.emplace_back("No security admin rule of an Azure Virtual Network Manager overrides the template.");
  if (!design.groups.empty()) {
    if (design.region.empty()) out.emplace_back("The region has three availability zones.");
    out.emplace_back("Images are Linux and bring the Azure agent.");
  }
  const bool from_none = std::any_of(design.groups.begin(), design.groups.end(), [](const model::Group& group) {
    return is_scaled_by_queue(group) && group.scale.min == 0;
  });
  if (from_none) {
    out.emplace_back(
        "Autoscale counts a set without members as one member when it divides the messages of a queue by the members.");
  }
  const auto uses = [&](const char* setting) {
    return std::any_of(design.groups.begin(), design.groups.end(),
                       [&](const model::Group& group) { return bool_setting(group.settings, setting, true); });
  };
  if (uses("trusted_launch")) out.emplace_back("Images are of generation 2 and support Trusted Launch.");
  if (uses("host_encryption")) {
    out.emplace_back("The subscription has the feature " + std::string(kHostEncryptionFeature) + " registered.");
  }
  for (const model::Database& database : design.databases) {
    if (is_published(engine_of(database))) continue;
    out.push_back("The region offers version " + std::string(engine_of(database).version) + " for database " +
                  model::to_string(database.origin.path) + ": the published resource type does not name it.");
  }
  if (!design.databases.empty()) {
    out.emplace_back("Whoever deploys may set locks in the resource group (for the databases).");
  }
  for (const model::Flow& flow : design.flows) {
    const auto* site = std::get_if<model::SiteId>(&flow.from);
    if (site == nullptr || !std::holds_alternative<model::DatabaseId>(flow.to)) continue;
    out.push_back("Site " + model::to_string(design.sites[*site].origin.path) +
                  " has names of the network resolved by a forwarder in it: a database is known by its name.");
  }
  if (has_type(made, kPrivateEndpoint)) {
    out.emplace_back("Nobody approves a private endpoint of another subscription to a service of the template.");
    out.emplace_back("The resource group has no private zones of the same names yet.");
  }
  if (has_type(made, kRoleDefinition)) {
    out.emplace_back("Whoever deploys may define roles in the resource group.");
  }
  if (!design.data_flows.empty()) {
    out.emplace_back("No role that is assigned outside of the template reaches its services.");
  }
  if (has_type(made, kPolicyAssignment)) {
    out.emplace_back("Whoever deploys may define policies in the subscription and assign them in the resource group.");
    out.emplace_back("Nobody but who deploys exempts the resource group from its policy.");
  }
  if (std::any_of(design.networks.begin(), design.networks.end(), [](const auto& each) { return each.flow_logs; })) {
    out.emplace_back(
        "The region's network watcher exists, in the resource group that NetworkWatcherResourceGroup names.");
    out.emplace_back("Whoever deploys may assign roles in the resource group (for the writer of the flow logs).");
  }
  for (const model::Balancer& balancer : design.balancers) {
    for (const model::Forward& forward : balancer.forwards) {
      if (balancer.layer != model::Layer::Network || forward.to.parts().front().protocol != net::Protocol::Udp)
        continue;
      out.push_back("Members behind balancer " + model::to_string(balancer.origin.path) + " answer tcp/" +
                    std::to_string(port_of(forward.to)) + ": Azure cannot probe a udp port.");
    }
  }
  if (std::any_of(design.balancers.begin(), design.balancers.end(), needs_certificate)) {
    out.emplace_back(
        "The identity of each application gateway may read its certificate before the template is deployed.");
  }
  return out;
}

std::vector<std::string> account_of(const Design& design, const Template& made) {
  std::vector<std::string> out;
  for (const model::NetworkId id : design.networks.ids()) {
    const model::Network& network = design.networks[id];
    out.push_back("network " + network_name(network).text() + ": " +
                  counted(network.tiers.size(), "subnet", "subnets") + " over " +
                  counted(static_cast<std::size_t>(network.zones), "zone", "zones") +
                  (has_links(design, id, model::LinkKind::Vpn) ? ", VPN gateway" : "") +
                  (has_links(design, id, model::LinkKind::Direct) ? ", ExpressRoute gateway" : "") +
                  (uses_nat(design, id) ? ", NAT gateway" : ""));
  }
  for (const model::Balancer& balancer : design.balancers) {
    const bool application = balancer.layer == model::Layer::Application;
    out.push_back("balancer " + model::to_string(balancer.origin.path) + ": " +
                  (application ? "Application Gateway v2" : "Standard load balancer"));
  }
  for (const model::Database& database : design.databases) {
    const int zones = design.networks[design.tiers[database.tier].network].zones;
    out.push_back("database " + model::to_string(database.origin.path) + ": " + database.engine + " on " +
                  server_sku(database)->name + (zones > 1 ? " with a standby in another zone, " : ", ") +
                  counted(static_cast<std::size_t>(backup_days(database)), "day", "days") + " of backups");
  }
  for (const model::Group& group : design.groups) {
    const bool appliance =
        std::any_of(design.appliances.begin(), design.appliances.end(),
                    [&](const model::Appliance& each) { return each.origin.path == group.origin.path; });
    out.push_back((appliance ? "appliance " : "group ") + model::to_string(group.origin.path) + ": " +
                  std::to_string(group.scale.min) + " to " + std::to_string(group.scale.max) + " of " + vm_size(group));
  }
  std::size_t rules = 0;
  std::size_t groups = 0;
  for (const Resource& resource : made.resources) {
    if (resource.type.name != kNetworkSecurityGroup.name) continue;
    ++groups;
    const document::Value* list = resource.properties.find("securityRules");
    if (list != nullptr) rules += std::get<document::Array>(list->node()).size();
  }
  out.push_back(counted(groups, "network security group", "network security groups") + " with " +
                counted(rules, "rule", "rules"));
  out.push_back(counted(made.resources.size(), "resource", "resources") + ", " +
                counted(made.parameters.size(), "parameter", "parameters") + ", " +
                counted(made.outputs.size(), "output", "outputs"));
  return out;
}

}  // namespace crenel::azure
