#include <algorithm>
#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/schema.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::GroupId;

constexpr const char* kDefaultRootDevice = "/dev/xvda";
constexpr int kGraceSeconds = 300;

/// ec2/latest/instancetypes, checked 2026-11-23: current generations, 64-bit x86, in every Region.
std::string instance_type(const model::Group& group) {
  if (const auto said = text_setting(group.settings, kInstanceType)) return *said;
  switch (group.size) {
    case model::Size::Small:
      return "t3.small";
    case model::Size::Medium:
      return "m6i.large";
    case model::Size::Large:
      break;
  }
  return "m6i.2xlarge";
}

Value tag_specification(const Lowering& to, std::string_view resource, const std::string& name) {
  return object({{"ResourceType", resource}, {"Tags", to.tags(name)}});
}

bool is_target_in_ipv6(const model::Design& design, GroupId id) {
  return std::any_of(design.balancers.begin(), design.balancers.end(), [&](const model::Balancer& balancer) {
    return parts_families(design, balancer) &&
           std::any_of(balancer.forwards.begin(), balancer.forwards.end(),
                       [&](const model::Forward& forward) { return forward.target == id; });
  });
}

Value interface_of(const Lowering& to, GroupId id) {
  Value interface;
  interface.set("DeviceIndex", 0);
  interface.set("AssociatePublicIpAddress", to.design.groups[id].public_address);
  if (to.design.tiers[to.design.groups[id].tier].ipv6_block) interface.set("Ipv6AddressCount", 1);
  // By an address that does not change, instances are targets in IPv6.
  if (is_target_in_ipv6(to.design, id)) interface.set("PrimaryIpv6", true);
  interface.set("DeleteOnTermination", true);
  interface.set("Groups", security_groups_of(to, id));
  return interface;
}

Value launch_data(const Lowering& to, GroupId id, Value interface) {
  const model::Group& group = to.design.groups[id];
  const std::string path = model::to_string(group.origin.path);
  const bool own_interface = !interface.is_null();
  Value volume;
  volume.set("VolumeType", "gp3");
  volume.set("Encrypted", true);
  volume.set("DeleteOnTermination", true);
  const auto device = text_setting(group.settings, kRootDevice);
  Value data;
  data.set("ImageId", text_value(to.design, group.image));
  data.set("InstanceType", instance_type(group));
  if (const auto key = text_setting(group.settings, kKeyName)) data.set("KeyName", *key);
  // Session tokens only, and no hop further: what a process on the instance asks for, nobody behind it can.
  data.set("MetadataOptions",
           object({{"HttpEndpoint", "enabled"}, {"HttpTokens", "required"}, {"HttpPutResponseHopLimit", 1}}));
  if (own_interface) data.set("NetworkInterfaces", array({std::move(interface)}));
  data.set("BlockDeviceMappings",
           array({object({{"DeviceName", device.value_or(kDefaultRootDevice)}, {"Ebs", std::move(volume)}})}));
  if (has_instance_profile(to, id)) {
    data.set("IamInstanceProfile", object({{"Arn", attribute(member_name(to.design, id, "InstanceProfile"), "Arn")}}));
  }
  if (Value handed = user_data_value(to, id); !handed.is_null()) data.set("UserData", std::move(handed));
  Value tagged = array({tag_specification(to, "volume", path)});
  if (own_interface) tagged.push(tag_specification(to, "network-interface", path));
  data.set("TagSpecifications", std::move(tagged));
  return data;
}

struct Targets {
  Value groups;  ///< null: behind no balancer
};

Targets targets_of(const Lowering& to, GroupId id) {
  Targets targets;
  const auto appliance = model::appliance_of(to.design, id);
  if (appliance && to.plan.fleet_of(*appliance) != nullptr) {
    targets.groups.push(reference_to(member_name(to.design, id, "TargetGroup")));
  }
  for (const model::BalancerId balancer : to.design.balancers.ids()) {
    for (const model::Forward& forward : to.design.balancers[balancer].forwards) {
      if (forward.target != id) continue;
      const std::string kind = kind_name(kinds_of(forward.listen).front());
      targets.groups.push(reference_to(member_name(to.design, balancer, kind + "TargetGroup")));
      if (parts_families(to.design, to.design.balancers[balancer])) {
        targets.groups.push(reference_to(member_name(to.design, balancer, kind + "Ipv6TargetGroup")));
      }
    }
  }
  return targets;
}

Value instance_tags(const Lowering& to, const model::Group& group) {
  const Value common = to.tags(model::to_string(group.origin.path));
  Array tags = std::get<Array>(common.node());
  if (!group.labels.empty()) {
    tags.push_back(object({{"Key", "crenel:labels"}, {"Value", tag_text(base::join(group.labels, " "))}}));
  }
  if (!group.agents.empty()) {
    std::vector<std::string> names;
    for (const model::AgentId agent : group.agents) {
      names.push_back(model::to_string(to.design.agents[agent].origin.path));
    }
    tags.push_back(object({{"Key", "crenel:agents"}, {"Value", tag_text(base::join(names, " "))}}));
  }
  for (Value& one : tags) one.set("PropagateAtLaunch", true);
  return Value(std::move(tags));
}

/// One instance after the other, never below the smallest size that the design asks for, and without a process that
/// would take a new instance for a failed one meanwhile.
Value update_policy(const model::Scale& scale) {
  const int in_service = std::min(scale.min, std::max(scale.max - 1, 0));
  Value rolling;
  rolling.set("MinInstancesInService", in_service);
  rolling.set("MaxBatchSize", 1);
  rolling.set("PauseTime", "PT5M");
  rolling.set("SuspendProcesses",
              array({"HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"}));
  return object({{"AutoScalingRollingUpdate", std::move(rolling)},
                 {"AutoScalingScheduledAction", object({{"IgnoreUnmodifiedGroupSizeProperties", true}})}});
}

/// One number of a metric that CloudWatch keeps.
Value metric(std::string_view id, std::string_view space, std::string_view name, std::string_view statistic,
             Value dimensions) {
  Value stat;
  stat.set("Metric", object({{"Namespace", space}, {"MetricName", name}, {"Dimensions", std::move(dimensions)}}));
  stat.set("Stat", statistic);
  return object({{"Id", id}, {"MetricStat", std::move(stat)}, {"ReturnData", false}});
}

/// autoscaling/ec2/userguide/ec2-auto-scaling-target-tracking-metric-math.html: messages that wait for each instance in
/// service, and all of them where there is none yet.
void lower_queue_policy(Lowering& to, GroupId id, model::QueueId queue) {
  const std::string group = member_name(to.design, id, "Group");
  Value metrics;
  metrics.push(metric("waiting", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Sum",
                      array({object({{"Name", "QueueName"},
                                     {"Value", attribute(thing_name(to.design, queue, "Queue"), "QueueName")}})})));
  metrics.push(metric("working", "AWS/AutoScaling", "GroupInServiceInstances", "Average",
                      array({object({{"Name", "AutoScalingGroupName"}, {"Value", reference_to(group)}})})));
  metrics.push(object({{"Id", "each"},
                       {"Expression", "IF(FILL(working, 0) > 0, waiting / FILL(working, 0), waiting)"},
                       {"ReturnData", true}}));
  to.add(kScalingPolicy, member_name(to.design, id, "QueuedPolicy"), "group", to.design.groups[id].origin,
         object({{"AutoScalingGroupName", reference_to(group)},
                 {"PolicyType", "TargetTrackingScaling"},
                 {"TargetTrackingConfiguration",
                  object({{"CustomizedMetricSpecification", object({{"Metrics", std::move(metrics)}})},
                          {"TargetValue", 1}})}}));
}

void lower_scaling_policy(Lowering& to, GroupId id) {
  const model::Group& group = to.design.groups[id];
  // Where the group cannot grow a policy would do nothing.
  if (group.scale.max <= group.scale.min) return;
  if (group.scale.queued) lower_queue_policy(to, id, *group.scale.queued);
  if (!group.scale.cpu_percent) return;
  Value target;
  target.set("PredefinedMetricSpecification", object({{"PredefinedMetricType", "ASGAverageCPUUtilization"}}));
  target.set("TargetValue", *group.scale.cpu_percent);
  to.add(kScalingPolicy, member_name(to.design, id, "CpuPolicy"), "group", group.origin,
         object({{"AutoScalingGroupName", reference_to(member_name(to.design, id, "Group"))},
                 {"PolicyType", "TargetTrackingScaling"},
                 {"TargetTrackingConfiguration", std::move(target)}}));
}

}  // namespace

void lower_launch_template(Lowering& to, GroupId id, Value interface) {
  const model::Group& group = to.design.groups[id];
  to.add(kLaunchTemplate, member_name(to.design, id, "LaunchTemplate"),
         model::appliance_of(to.design, id) ? "appliance" : "group", group.origin,
         object({{"LaunchTemplateData", launch_data(to, id, std::move(interface))},
                 {"TagSpecifications",
                  array({tag_specification(to, "launch-template", model::to_string(group.origin.path))})}}));
}

void lower_group(Lowering& to, GroupId id) {
  const model::Group& group = to.design.groups[id];
  const std::string launch = member_name(to.design, id, "LaunchTemplate");
  lower_launch_template(to, id, interface_of(to, id));
  Targets targets = targets_of(to, id);
  Value properties;
  properties.set("MinSize", std::to_string(group.scale.min));
  properties.set("MaxSize", std::to_string(group.scale.max));
  properties.set("VPCZoneIdentifier", Value(subnet_refs(to.design, group.tier)));
  // By attribute, so that a new version of the template is a change of the group, which then rolls.
  properties.set("LaunchTemplate", object({{"LaunchTemplateId", reference_to(launch)},
                                           {"Version", attribute(launch, "LatestVersionNumber")}}));
  properties.set("HealthCheckType", targets.groups.is_null() ? "EC2" : "ELB");
  properties.set("HealthCheckGracePeriod", kGraceSeconds);
  if (!targets.groups.is_null()) properties.set("TargetGroupARNs", std::move(targets.groups));
  if (group.scale.queued) {
    properties.set("MetricsCollection",
                   array({object({{"Granularity", "1Minute"}, {"Metrics", array({"GroupInServiceInstances"})}})}));
  }
  properties.set("Tags", instance_tags(to, group));
  Resource& made =
      to.add(kAutoScalingGroup, member_name(to.design, id, "Group"),
             model::appliance_of(to.design, id) ? "appliance" : "group", group.origin, std::move(properties));
  made.depends_on = foundations(to, group.tier);
  made.attributes.emplace_back("UpdatePolicy", update_policy(group.scale));
  lower_scaling_policy(to, id);
}

}  // namespace crenel::aws
