#include "backends/aws/changes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws {
namespace {

std::vector<Change> stores() {
  return {
      {kBucket.name,
       {"AccessControl", "BucketEncryption", "BucketName", "LifecycleConfiguration", "NotificationConfiguration",
        "ObjectLockConfiguration", "ObjectLockEnabled", "OwnershipControls", "PublicAccessBlockConfiguration",
        "VersioningConfiguration", "WebsiteConfiguration"},
       "s3",
       {"CreateBucket", "DeleteBucket", "DeleteBucketEncryption", "DeleteBucketLifecycle",
        "DeleteBucketOwnershipControls", "DeleteBucketPublicAccessBlock", "DeleteBucketWebsite", "PutBucketAcl",
        "PutBucketEncryption", "PutBucketLifecycle", "PutBucketNotification", "PutBucketObjectLockConfiguration",
        "PutBucketOwnershipControls", "PutBucketPublicAccessBlock", "PutBucketVersioning", "PutBucketWebsite"}},
      {kBucketPolicy.name, {"Bucket", "PolicyDocument"}, "s3", {"DeleteBucketPolicy", "PutBucketPolicy"}},
      {kKey.name,
       {"Enabled", "EnableKeyRotation", "KeyPolicy"},
       "kms",
       {"CancelKeyDeletion", "CreateKey", "DisableKey", "DisableKeyRotation", "EnableKey", "EnableKeyRotation",
        "PutKeyPolicy", "ScheduleKeyDeletion"}},
      {kSecret.name,
       {"KmsKeyId", "Name", "ReplicaRegions"},
       "secretsmanager",
       {"CreateSecret", "DeleteSecret", "RemoveRegionsFromReplication", "ReplicateSecretToRegions", "UpdateSecret"}},
      {kSecretPolicy.name,
       {"ResourcePolicy", "SecretId"},
       "secretsmanager",
       {"DeleteResourcePolicy", "PutResourcePolicy"}},
      {kTable.name,
       {"PointInTimeRecoverySpecification", "ResourcePolicy", "SSESpecification", "TableName"},
       "dynamodb",
       {"CreateTable", "DeleteResourcePolicy", "DeleteTable", "PutResourcePolicy", "UpdateContinuousBackups",
        "UpdateTable"}},
  };
}

std::vector<Change> messages() {
  return {
      {kQueue.name,
       {"KmsMasterKeyId", "MessageRetentionPeriod", "QueueName", "RedrivePolicy", "SqsManagedSseEnabled"},
       "sqs",
       {"CreateQueue", "DeleteQueue", "SetQueueAttributes"}},
      {kQueuePolicy.name,
       {"PolicyDocument", "Queues"},
       "sqs",
       {"AddPermission", "RemovePermission", "SetQueueAttributes"}},
      {reading::kQueueInlinePolicy,
       {"PolicyDocument", "Queue"},
       "sqs",
       {"AddPermission", "RemovePermission", "SetQueueAttributes"}},
      {kTopic.name,
       {"KmsMasterKeyId", "Subscription", "TopicName"},
       "sns",
       {"ConfirmSubscription", "CreateTopic", "DeleteTopic", "SetSubscriptionAttributes", "SetTopicAttributes",
        "Subscribe", "Unsubscribe"}},
      {kTopicPolicy.name,
       {"PolicyDocument", "Topics"},
       "sns",
       {"AddPermission", "RemovePermission", "SetTopicAttributes"}},
      {reading::kTopicInlinePolicy,
       {"PolicyDocument", "TopicArn"},
       "sns",
       {"AddPermission", "RemovePermission", "SetTopicAttributes"}},
  };
}

/// With what guards themselves are made of: who takes a guard away is told of, too.
std::vector<Change> code_and_events() {
  return {
      {kFunction.name,
       {"VpcConfig", "Role", "Code"},
       "lambda",
       {"CreateFunction20150331", "DeleteFunction20150331", "UpdateFunctionCode20150331v2",
        "UpdateFunctionConfiguration20150331v2"}},
      {kPermission.name,
       {"Action", "FunctionName", "Principal", "SourceArn"},
       "lambda",
       {"AddPermission20150331v2", "RemovePermission20150331v2"}},
      {reading::kEventSource,
       {},
       "lambda",
       {"CreateEventSourceMapping20150331", "DeleteEventSourceMapping20150331", "UpdateEventSourceMapping20150331"}},
      {reading::kFunctionUrl,
       {},
       "lambda",
       {"CreateFunctionUrlConfig", "DeleteFunctionUrlConfig", "UpdateFunctionUrlConfig"}},
      {kEventRule.name,
       {"EventBusName", "EventPattern", "State", "Targets"},
       "events",
       {"DeleteRule", "DisableRule", "EnableRule", "PutRule", "PutTargets", "RemoveTargets"}},
      {reading::kTrail, {}, "cloudtrail", {"DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"}},
  };
}

}  // namespace

std::vector<Change> service_changes() {
  std::vector<Change> out = stores();
  for (const auto& part : {messages(), code_and_events()}) out.insert(out.end(), part.begin(), part.end());
  return out;
}

/// IAM/latest/UserGuide/cloudtrail-integration.html: IAM is one service for all Regions.
std::vector<Change> identity_changes() {
  constexpr std::string_view kIam = "iam";
  constexpr std::string_view kElsewhere =
      "CloudTrail records the calls of IAM in us-east-1, and tells no rule elsewhere";
  return {
      {kRole.name,
       {"AssumeRolePolicyDocument", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "RoleName"},
       kIam,
       {"AttachRolePolicy", "CreateRole", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy",
        "DetachRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy"},
       kElsewhere},
      {kRolePolicy.name, {"PolicyDocument", "RoleName"}, kIam, {"DeleteRolePolicy", "PutRolePolicy"}, kElsewhere},
      {kInstanceProfile.name,
       {"Roles"},
       kIam,
       {"AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "RemoveRoleFromInstanceProfile"},
       kElsewhere},
      {reading::kUser,
       {"Groups", "ManagedPolicyArns", "PermissionsBoundary", "Policies", "UserName"},
       kIam,
       {"AddUserToGroup", "AttachUserPolicy", "CreateUser", "DeleteUser", "DeleteUserPermissionsBoundary",
        "DeleteUserPolicy", "DetachUserPolicy", "PutUserPermissionsBoundary", "PutUserPolicy", "RemoveUserFromGroup"},
       kElsewhere},
      {reading::kUserGroup,
       {"GroupName", "ManagedPolicyArns", "Policies"},
       kIam,
       {"AttachGroupPolicy", "CreateGroup", "DeleteGroup", "DeleteGroupPolicy", "DetachGroupPolicy", "PutGroupPolicy",
        "UpdateGroup"},
       kElsewhere},
      {reading::kUserPolicy, {"PolicyDocument", "UserName"}, kIam, {"DeleteUserPolicy", "PutUserPolicy"}, kElsewhere},
      {reading::kGroupPolicy,
       {"GroupName", "PolicyDocument"},
       kIam,
       {"DeleteGroupPolicy", "PutGroupPolicy"},
       kElsewhere},
      {reading::kPolicy,
       {"Groups", "PolicyDocument", "Roles", "Users"},
       kIam,
       {"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
        "PutUserPolicy"},
       kElsewhere},
      {reading::kManagedPolicy,
       {"Groups", "PolicyDocument", "Roles", "Users"},
       kIam,
       {"AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy", "CreatePolicy", "CreatePolicyVersion",
        "DeletePolicy", "DeletePolicyVersion", "DetachGroupPolicy", "DetachRolePolicy", "DetachUserPolicy",
        "SetDefaultPolicyVersion"},
       kElsewhere},
  };
}

}  // namespace crenel::aws
