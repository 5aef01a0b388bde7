#include <utility>

#include "backends/aws/legalize_steps.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "backends/aws/schema.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::NetworkId;

constexpr int kDefaultRetentionDays = 365;
constexpr int kSecondsPerRecord = 60;

/// vpc/latest/userguide/flow-logs-iam-role.html, with the conditions that keep other accounts' logs out.
Value trust() {
  const std::string partition = "${" + std::string(kPartition) + "}";
  const std::string place = "${" + std::string(kRegion) + "}:${" + std::string(kAccount) + "}";
  Value statement;
  statement.set("Effect", "Allow");
  statement.set("Principal", object({{"Service", "vpc-flow-logs.amazonaws.com"}}));
  statement.set("Action", "sts:AssumeRole");
  statement.set(
      "Condition",
      object({{"StringEquals", object({{"aws:SourceAccount", reference_to(kAccount)}})},
              {"ArnLike",
               object({{"aws:SourceArn", substitute("arn:" + partition + ":ec2:" + place + ":vpc-flow-log/*")}})}}));
  return object({{"Version", "2012-10-17"}, {"Statement", array({std::move(statement)})}});
}

/// Only what writing into this one log group takes.
Value permissions(const std::string& log_group) {
  Value statement;
  statement.set("Effect", "Allow");
  statement.set("Action", array({"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}));
  statement.set("Resource", attribute(log_group, "Arn"));
  return object(
      {{"PolicyName", "WriteFlowLogs"},
       {"PolicyDocument", object({{"Version", "2012-10-17"}, {"Statement", array({std::move(statement)})}})}});
}

}  // namespace

void lower_flow_logs(Lowering& to, NetworkId id) {
  const model::Network& network = to.design.networks[id];
  if (!network.flow_logs) return;
  const std::string path = model::to_string(network.origin.path);
  const std::string log_group = network_name(to.design, id, "FlowLogGroup");
  const std::string role = network_name(to.design, id, "FlowLogRole");
  const auto days = number_setting(network.settings, kLogRetention);
  Resource& group = to.add(kLogGroup, log_group, "network", network.origin,
                           object({{"RetentionInDays", days ? *days : std::int64_t{kDefaultRetentionDays}},
                                   {"Tags", to.tags(path + " flow logs")}}));
  // What was logged outlives the stack.
  group.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
  to.add(kRole, role, "network", network.origin,
         object({{"Description", "Lets the flow logs of this VPC into their log group"},
                 {"AssumeRolePolicyDocument", trust()},
                 {"Policies", array({permissions(log_group)})},
                 {"Tags", to.tags(path + " flow logs")}}));
  Value properties;
  properties.set("ResourceType", "VPC");
  properties.set("ResourceId", reference_to(network_name(to.design, id, "Vpc")));
  properties.set("TrafficType", "ALL");
  properties.set("MaxAggregationInterval", kSecondsPerRecord);
  properties.set("LogDestinationType", "cloud-watch-logs");
  properties.set("LogGroupName", reference_to(log_group));
  properties.set("DeliverLogsPermissionArn", attribute(role, "Arn"));
  properties.set("Tags", to.tags(path));
  to.add(kFlowLog, network_name(to.design, id, "FlowLog"), "network", network.origin, std::move(properties));
}

}  // namespace crenel::aws
