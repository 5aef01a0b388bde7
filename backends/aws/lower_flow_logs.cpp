#include <algorithm>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/lower_policies.h"
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

/// The service that brings logs to buckets, in its own name.
constexpr std::string_view kLogDelivery = "delivery.logs.amazonaws.com";

/// For logs of this account in this Region alone. A bucket's policy without such statements AWS changes by itself when
/// the log is made (vpc/latest/userguide/flow-logs-s3-permissions.html, 2026-11-27).
void keep_to_own_logs(Statement& statement) {
  const std::string partition = "${" + std::string(kPartition) + "}";
  const std::string place = "${" + std::string(kRegion) + "}:${" + std::string(kAccount) + "}";
  statement.principal = object({{"Service", kLogDelivery}});
  statement.conditions.add("StringEquals", "aws:SourceAccount", reference_to(kAccount));
  statement.conditions.add("ArnLike", "aws:SourceArn", substitute("arn:" + partition + ":logs:" + place + ":*"));
}

/// Where the logs of a network are kept by themselves, and who may write there.
void keep_by_itself(Lowering& to, NetworkId id, Value& log) {
  const model::Network& network = to.design.networks[id];
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
  log.set("LogDestinationType", "cloud-watch-logs");
  log.set("LogGroupName", reference_to(log_group));
  log.set("DeliverLogsPermissionArn", attribute(role, "Arn"));
}

Value bucket_arn(const model::Design& design, model::StoreId store) {
  const auto& existing = design.stores[store].existing;
  return existing ? existing_arn(design, *existing) : attribute(thing_name(design, store, "Bucket"), "Arn");
}

}  // namespace

bool is_logged_to(const model::Design& design, model::StoreId store) {
  return std::any_of(design.networks.begin(), design.networks.end(), [&](const model::Network& network) {
    return network.flow_logs && network.flow_log_store == store;
  });
}

std::vector<Statement> writing_of_logs(const Lowering& to, model::StoreId store) {
  const std::string bucket = thing_name(to.design, store, "Bucket");
  Statement writes;
  writes.sid = "WrittenByFlowLogs";
  writes.actions = {"s3:PutObject"};
  writes.resources = substitute("${" + bucket + ".Arn}/AWSLogs/${" + std::string(kAccount) + "}/*");
  writes.conditions.add("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control");
  keep_to_own_logs(writes);
  Statement looks;
  looks.sid = "LookedAtByFlowLogs";
  looks.actions = {"s3:GetBucketAcl"};
  looks.resources = attribute(bucket, "Arn");
  keep_to_own_logs(looks);
  return {writes, looks};
}

std::optional<Statement> key_use_of_logs(const Lowering& to, model::VaultId vault) {
  const auto stores = to.design.stores.ids();
  const bool used = std::any_of(stores.begin(), stores.end(), [&](model::StoreId store) {
    return to.design.stores[store].key == vault && is_logged_to(to.design, store);
  });
  if (!used) return std::nullopt;
  // AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html, "Amazon S3 bucket server-side encryption"
  Statement out;
  out.sid = "WritingOfFlowLogs";
  out.actions = {"kms:Encrypt",     "kms:Decrypt",         "kms:ReEncryptFrom",
                 "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
                 "kms:DescribeKey"};
  out.resources = "*";
  keep_to_own_logs(out);
  return out;
}

void lower_flow_logs(Lowering& to, NetworkId id) {
  const model::Network& network = to.design.networks[id];
  if (!network.flow_logs) return;
  Value properties;
  properties.set("ResourceType", "VPC");
  properties.set("ResourceId", reference_to(network_name(to.design, id, "Vpc")));
  properties.set("TrafficType", "ALL");
  properties.set("MaxAggregationInterval", kSecondsPerRecord);
  if (!network.flow_log_store) {
    keep_by_itself(to, id, properties);
  } else {
    properties.set("LogDestinationType", "s3");
    properties.set("LogDestination", bucket_arn(to.design, *network.flow_log_store));
  }
  properties.set("Tags", to.tags(model::to_string(network.origin.path)));
  Resource& made =
      to.add(kFlowLog, network_name(to.design, id, "FlowLog"), "network", network.origin, std::move(properties));
  // Before its policy stands the log would be refused, or AWS would write one of its own.
  if (network.flow_log_store && !to.design.stores[*network.flow_log_store].existing) {
    made.depends_on = {thing_name(to.design, *network.flow_log_store, "BucketPolicy")};
  }
}

}  // namespace crenel::aws
