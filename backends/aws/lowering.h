#pragma once

#include <string>
#include <vector>

#include "backends/aws/plan.h"
#include "backends/aws/template.h"
#include "compiler/model/design.h"

namespace crenel::aws {

/// What every part of the lowering works on. Each `lower_*` appends the resources of its construct to `out`.
struct Lowering {
  const model::Design& design;
  const Plan& plan;
  Template out;

  /// `kind` is the declaration's keyword, for messages. The reference is good until the next call.
  Resource& add(const ResourceType& type, std::string id, std::string_view kind, const model::Origin& origin,
                Value properties);
  void output(std::string id, std::string_view kind, const model::Origin& origin, const std::string& description,
              Value value);
  /// Name (with the stack's, so that two stacks of one pattern can be told apart), the target and the environment.
  [[nodiscard]] Value tags(const std::string& name) const;
};

void lower_network(Lowering& to, model::NetworkId id);    ///< VPC, gateways, NAT
void lower_flow_logs(Lowering& to, model::NetworkId id);  ///< with their log group and role
void lower_peerings(Lowering& to);
void lower_transits(Lowering& to);                  ///< transit gateways with their attachments, subnets and tables
void lower_tier(Lowering& to, model::TierId id);    ///< subnets and route tables
void lower_routes(Lowering& to, model::TierId id);  ///< what the tables hold
void lower_acl(Lowering& to, const Acl& acl);       ///< with its entries and associations
void lower_links(Lowering& to);                     ///< customer gateways and VPN connections
void lower_security_group(Lowering& to, const SecurityGroup& group);  ///< all that it takes
void lower_group_rules(Lowering& to, const SecurityGroup& group);     ///< the stand-alone rules
/// All that a member's interfaces carry, as a list of ids.
[[nodiscard]] Value security_groups_of(const Lowering& to, const Member& member);
void lower_balancer(Lowering& to, model::BalancerId id);  ///< with target groups and listeners
void lower_group(Lowering& to, model::GroupId id);        ///< launch template, Auto Scaling group, policy
void lower_appliance(Lowering& to, model::GroupId group, model::ApplianceId appliance);
void lower_fleet(Lowering& to, const Fleet& fleet);  ///< the gateway load balancer before several appliances
[[nodiscard]] std::string fleet_endpoint_name(const model::Design& design, model::ApplianceId appliance, int zone);
void lower_handed_back(Lowering& to, model::TierId id);  ///< routes by which answers go back by an appliance
/// What a group's instances are launched from. `interface` null: the instance names one that it has.
void lower_launch_template(Lowering& to, model::GroupId id, Value interface);
void lower_database(Lowering& to, model::DatabaseId id);  ///< with its subnet and parameter groups
/// The group's role, where its members need one, and what hands it to them.
void lower_instance_profile(Lowering& to, model::GroupId id);
[[nodiscard]] bool has_instance_profile(const Lowering& to, model::GroupId group);
void lower_vault(Lowering& to, model::VaultId id);  ///< a key, with a secret where somebody reads one
void lower_store(Lowering& to, model::StoreId id);  ///< a bucket with its policy
void lower_queue(Lowering& to, model::QueueId id);  ///< with its dead letters, where a message is tried so often
void lower_topic(Lowering& to, model::TopicId id);
void lower_topic_key(Lowering& to, model::TopicId id);  ///< of a topic whose key no vault keeps
void lower_table(Lowering& to, model::TableId id);
void lower_function(Lowering& to, model::FunctionId id);  ///< with its log, role and trigger
void lower_guard(Lowering& to, model::GuardId id);        ///< rules of what is done to networks, to a topic
void lower_blocking(Lowering& to);                        ///< VPC Block Public Access, and what it spares
void lower_access_scopes(Lowering& to);                   ///< what claims about guarded networks ask of AWS's analyser
void lower_endpoint(Lowering& to, std::size_t index);  ///< of `DataPlan::endpoints`, with its security group and rules
void lower_outputs(Lowering& to);
void lower_rules_section(Lowering& to);  ///< Region and account
void lower_parameters(Lowering& to);     ///< the ones that something refers to

[[nodiscard]] Value availability_zone(int zone);  ///< zones count from 1
/// What instances are handed at their first start; null: nothing.
[[nodiscard]] Value user_data_value(const Lowering& to, model::GroupId group);
/// The policy of a group's role that lets its agents read their tokens; null: none has one.
[[nodiscard]] Value agents_policy(const Lowering& to, model::GroupId group);
/// An outbound rule that matches nothing, for a group that has no other.
[[nodiscard]] Value no_egress();
/// The subnets of a tier, one a zone.
[[nodiscard]] Array subnet_refs(const model::Design& design, model::TierId id);
/// What must be there before an interface of the tier starts: its way out, and the ACL that closes its subnets.
[[nodiscard]] std::vector<std::string> foundations(const Lowering& to, model::TierId id);

}  // namespace crenel::aws
