#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using Shapes = std::map<std::string_view, Shape>;

void add_identities(Shapes& out) {
  out[kRole.name] = {"role",
                     {"AssumeRolePolicyDocument", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "RoleName"},
                     {"Description", "MaxSessionDuration", "Path", "Tags"}};
  out[kUser] = {"user",
                {"Groups", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "UserName"},
                {"LoginProfile", "Path", "Tags"}};
  out[kUserGroup] = {"group of users", {"GroupName", "ManagedPolicyArns", "Policies"}, {"Path"}};
  out[kInstanceProfile.name] = {"instance profile", {"Roles"}, {"InstanceProfileName", "Path"}};
  out[kRolePolicy.name] = {"policy", {"PolicyDocument", "RoleName"}, {"PolicyName"}};
  out[kUserPolicy] = {"policy", {"PolicyDocument", "UserName"}, {"PolicyName"}};
  out[kGroupPolicy] = {"policy", {"GroupName", "PolicyDocument"}, {"PolicyName"}};
  out[kPolicy] = {"policy", {"Groups", "PolicyDocument", "Roles", "Users"}, {"PolicyName"}};
  out[kManagedPolicy] = {
      "policy", {"Groups", "PolicyDocument", "Roles", "Users"}, {"Description", "ManagedPolicyName", "Path"}};
}

void add_flow_logs(Shapes& out) {
  out[kFlowLog.name] = {
      "flow log",
      {"DeliverLogsPermissionArn", "LogDestination", "LogDestinationType", "LogFormat", "ResourceId", "TrafficType"},
      {"DeliverCrossAccountRole", "DestinationOptions", "LogGroupName", "MaxAggregationInterval", "ResourceType",
       "Tags"}};
}

void add_stores(Shapes& out) {
  out[kBucket.name] = {
      "bucket",
      {"AccessControl", "BucketEncryption", "BucketName", "LifecycleConfiguration", "NotificationConfiguration",
       "ObjectLockConfiguration", "ObjectLockEnabled", "OwnershipControls", "PublicAccessBlockConfiguration",
       "VersioningConfiguration", "WebsiteConfiguration"},
      {"AccelerateConfiguration", "BucketNamePrefix", "BucketNamespace", "CorsConfiguration",
       "IntelligentTieringConfigurations", "LoggingConfiguration", "MetricsConfigurations", "Tags"}};
  out[kBucketPolicy.name] = {"bucket policy", {"Bucket", "PolicyDocument"}, {}};
  out[kKey.name] = {"key",
                    {"Enabled", "EnableKeyRotation", "KeyPolicy"},
                    {"BypassPolicyLockoutSafetyCheck", "Description", "KeySpec", "KeyUsage", "MultiRegion", "Origin",
                     "PendingWindowInDays", "RotationPeriodInDays", "Tags"}};
  out[kSecret.name] = {"secret",
                       {"KmsKeyId", "Name", "ReplicaRegions"},
                       {"Description", "GenerateSecretString", "SecretString", "Tags"}};
  out[kSecretPolicy.name] = {"policy of a secret", {"ResourcePolicy", "SecretId"}, {"BlockPublicPolicy"}};
}

void add_messages(Shapes& out) {
  out[kQueue.name] = {
      "queue",
      {"KmsMasterKeyId", "MessageRetentionPeriod", "QueueName", "RedrivePolicy", "SqsManagedSseEnabled"},
      {"ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue", "FifoThroughputLimit",
       "KmsDataKeyReusePeriodSeconds", "MaximumMessageSize", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy",
       "Tags", "VisibilityTimeout"}};
  out[kQueuePolicy.name] = {"queue policy", {"PolicyDocument", "Queues"}, {}};
  out[kQueueInlinePolicy] = {"queue policy", {"PolicyDocument", "Queue"}, {}};
  out[kTopic.name] = {"topic",
                      {"KmsMasterKeyId", "Subscription", "TopicName"},
                      {"ArchivePolicy", "ContentBasedDeduplication", "DataProtectionPolicy", "DeliveryStatusLogging",
                       "DisplayName", "FifoThroughputScope", "FifoTopic", "SignatureVersion", "Tags", "TracingConfig"}};
  out[kPermission.name] = {
      "permission",
      {"Action", "FunctionName", "Principal", "SourceArn"},
      {"EventSourceToken", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "PrincipalOrgID", "SourceAccount"}};
  out[kTopicPolicy.name] = {"topic policy", {"PolicyDocument", "Topics"}, {}};
  out[kTopicInlinePolicy] = {"topic policy", {"PolicyDocument", "TopicArn"}, {}};
  out[kTable.name] = {
      "table",
      {"PointInTimeRecoverySpecification", "ResourcePolicy", "SSESpecification", "TableName"},
      {"AttributeDefinitions", "BillingMode", "ContributorInsightsSpecification", "DeletionProtectionEnabled",
       "GlobalSecondaryIndexes", "KeySchema", "LocalSecondaryIndexes", "OnDemandThroughput", "ProvisionedThroughput",
       "TableClass", "Tags", "TimeToLiveSpecification", "WarmThroughput"}};
}

}  // namespace

Shapes data_shapes() {
  Shapes out;
  add_identities(out);
  add_flow_logs(out);
  add_stores(out);
  add_messages(out);
  return out;
}

}  // namespace crenel::aws::reading
