#include <algorithm>
#include <utility>

#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::BalancerId;
using model::GroupId;
using model::NetworkId;
using model::TierId;

void network_outputs(Lowering& to, NetworkId id) {
  const model::Network& network = to.design.networks[id];
  const std::string path = model::to_string(network.origin.path);
  const auto name = [&](std::string_view role) { return network_name(to.design, id, role); };
  const Gateways& gateways = to.plan.gateways_of(id);
  to.output(name("VpcId"), "network", network.origin, "The VPC of " + path, reference_to(name("Vpc")));
  if (gateways.vpn) {
    to.output(name("VpnGatewayId"), "network", network.origin, "The VPN gateway of " + path,
              reference_to(name("VpnGateway")));
  }
  if (gateways.nat_tier) {
    Array addresses;
    for (int zone = 1; zone <= network.zones; ++zone) {
      addresses.push_back(reference_to(zone_name(to.design, *gateways.nat_tier, zone, "NatAddress")));
    }
    to.output(name("NatAddresses"), "network", network.origin,
              "The addresses that the Internet sees when servers of " + path + " call it",
              join(",", std::move(addresses)));
  }
  if (network.flow_logs && !network.flow_log_store) {
    to.output(name("FlowLogGroupName"), "network", network.origin, "The log group of the flow logs of " + path,
              reference_to(name("FlowLogGroup")));
  }
  for (const TierId tier : network.tiers) {
    const model::Origin& origin = to.design.tiers[tier].origin;
    to.output(tier_name(to.design, tier, "SubnetIds"), "subnet", origin,
              "The subnets of " + model::to_string(origin.path) + ", one a zone",
              join(",", subnet_refs(to.design, tier)));
  }
}

void link_outputs(Lowering& to, model::LinkId id) {
  const model::Link& link = to.design.links[id];
  if (link.kind == model::LinkKind::Direct) return;  // what a carrier asks for is the gateway's own id
  const std::string site = model::to_string(to.design.sites[link.site].origin.path);
  if (link.kind == model::LinkKind::Peering) {
    to.output(link_name(to.design, id, "PeeringConnectionId"), "peering", link.origin,
              "The peering with " + site + "; its owner accepts it, and routes to this network over it, by this id",
              reference_to(link_name(to.design, id, "Peering")));
    return;
  }
  to.output(link_name(to.design, id, "VpnConnectionId"), "link", link.origin,
            "The VPN connection to " + site + "; the configuration of its device is downloaded by this id",
            reference_to(link_name(to.design, id, "VpnConnection")));
}

void balancer_outputs(Lowering& to, BalancerId id) {
  const model::Origin& origin = to.design.balancers[id].origin;
  const std::string path = model::to_string(origin.path);
  const std::string balancer = member_name(to.design, id, "LoadBalancer");
  to.output(member_name(to.design, id, "DnsName"), "balancer", origin,
            "The name of " + path + ", for an alias or CNAME record", attribute(balancer, "DNSName"));
  to.output(member_name(to.design, id, "HostedZoneId"), "balancer", origin,
            "The hosted zone of that name, for an alias record in Route 53",
            attribute(balancer, "CanonicalHostedZoneID"));
}

void database_outputs(Lowering& to, model::DatabaseId id) {
  const model::Origin& origin = to.design.databases[id].origin;
  const std::string path = model::to_string(origin.path);
  const std::string database = member_name(to.design, id, "Database");
  to.output(member_name(to.design, id, "HostName"), "database", origin,
            "The name by which clients reach database " + path + ", over TLS", attribute(database, "Endpoint.Address"));
  to.output(member_name(to.design, id, "PasswordSecret"), "database", origin,
            "The secret in AWS Secrets Manager that RDS keeps the password of the first user of " + path + " in",
            attribute(database, "MasterUserSecret.SecretArn"));
}

void member_output(Lowering& to, const SecurityGroup& group) {
  const model::Origin& origin = origin_of(to.design, group.member);
  to.output(member_name(to.design, group.member, "SecurityGroupId"), kind_of(group.member), origin,
            "The security group of " + model::to_string(origin.path),
            attribute(member_name(to.design, group.member, "SecurityGroup"), "GroupId"));
}

void store_output(Lowering& to, model::StoreId id) {
  const model::Origin& origin = to.design.stores[id].origin;
  if (to.design.stores[id].existing) return;
  to.output(thing_name(to.design, id, "BucketName"), "store", origin, "The bucket of " + model::to_string(origin.path),
            reference_to(thing_name(to.design, id, "Bucket")));
}

void service_output(Lowering& to, const model::Endpoint& thing, std::string_view kind, std::string_view role,
                    const std::string& what, Value value) {
  const model::Origin& origin = model::origin_of(to.design, thing);
  to.output(thing_name(to.design, thing, role), kind, origin, what + " of " + model::to_string(origin.path),
            std::move(value));
}

/// Where the service's own name does not lead to the endpoint, callers must be told what does.
void endpoint_output(Lowering& to, std::size_t index) {
  const InterfaceEndpoint& way = to.plan.data.endpoints[index];
  if (way.cloud != Cloud::Tables) return;
  const model::Origin& origin = to.design.private_paths[way.path].origin;
  const std::string name = endpoint_name(to, index);
  to.output(name + "Name", "endpoint", origin,
            "The name of the private path " + model::to_string(origin.path) + " to " +
                std::string(service_word(way.cloud)) + ", which callers must be told",
            dns_name(name));
}

void vault_outputs(Lowering& to, model::VaultId id) {
  if (to.design.vaults[id].existing) return;
  const model::Origin& origin = to.design.vaults[id].origin;
  const std::string path = model::to_string(origin.path);
  to.output(thing_name(to.design, id, "KeyArn"), "vault", origin, "The key of " + path,
            attribute(thing_name(to.design, id, "Key"), "Arn"));
  const auto grants = to.plan.data.to(id);
  const bool secret =
      std::any_of(grants.begin(), grants.end(), [](const DataGrant* grant) { return grant->cloud == Cloud::Secrets; });
  if (!secret) return;
  to.output(thing_name(to.design, id, "SecretArn"), "vault", origin, "The secrets of " + path,
            reference_to(thing_name(to.design, id, "Secret")));
}

}  // namespace

void lower_outputs(Lowering& to) {
  for (const NetworkId id : to.design.networks.ids()) network_outputs(to, id);
  for (const model::LinkId id : to.design.links.ids()) link_outputs(to, id);
  for (const BalancerId id : to.design.balancers.ids()) balancer_outputs(to, id);
  for (const model::DatabaseId id : to.design.databases.ids()) database_outputs(to, id);
  for (const SecurityGroup& group : to.plan.groups) member_output(to, group);
  for (const GroupId id : to.design.groups.ids()) {
    const model::Origin& origin = to.design.groups[id].origin;
    const auto appliance = model::appliance_of(to.design, id);
    if (appliance && to.design.appliances[*appliance].count == 1) {
      to.output(member_name(to.design, id, "InstanceId"), "appliance", origin,
                "The instance of " + model::to_string(origin.path),
                reference_to(member_name(to.design, id, "Instance")));
      continue;
    }
    to.output(member_name(to.design, id, "GroupName"), appliance ? "appliance" : "group", origin,
              "The Auto Scaling group of " + model::to_string(origin.path),
              reference_to(member_name(to.design, id, "Group")));
  }
  for (const model::VaultId id : to.design.vaults.ids()) vault_outputs(to, id);
  for (const model::StoreId id : to.design.stores.ids()) store_output(to, id);
  for (const model::QueueId id : to.design.queues.ids()) {
    service_output(to, id, "queue", "QueueUrl", "The queue", reference_to(thing_name(to.design, id, "Queue")));
  }
  for (const model::TopicId id : to.design.topics.ids()) {
    if (to.design.topics[id].existing) continue;
    service_output(to, id, "topic", "TopicArn", "The topic", reference_to(thing_name(to.design, id, "Topic")));
  }
  for (const model::TableId id : to.design.data_tables.ids()) {
    service_output(to, id, "table", "TableName", "The table", reference_to(thing_name(to.design, id, "Table")));
  }
  for (std::size_t index = 0; index < to.plan.data.endpoints.size(); ++index) endpoint_output(to, index);
}

}  // namespace crenel::aws
