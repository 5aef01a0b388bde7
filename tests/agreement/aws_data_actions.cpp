#include "tests/agreement/aws_data_actions.h"

#include <map>

namespace crenel::agreement {
namespace {

constexpr bool kNeeded = true;
constexpr bool kObject = true;
constexpr bool kTags = true;
/// S3 User Guide, "Using server-side encryption with AWS KMS keys": reading decrypts, writing makes a data key. SQS
/// Developer Guide, "Key management", and SNS Developer Guide, "Key management": who sends makes a data key and
/// decrypts it. DynamoDB Developer Guide, "How DynamoDB uses AWS KMS": the table's key is decrypted for the caller.
constexpr const char* kDecrypt = "decrypt";
constexpr const char* kMake = "make";
constexpr const char* kBoth = "both";

std::vector<AwsOperation> of_buckets() {
  std::vector<AwsOperation> out = {
      {"read", "s3:GetObject", kNeeded, kObject, kDecrypt},
      {"read", "s3:GetObjectVersion", false, kObject, kDecrypt},
      {"read", "s3:GetObjectTorrent", false, kObject, kDecrypt},
      {"read", "s3:GetObjectAttributes", false, kObject, ""},
      {"read", "s3:GetObjectTagging", false, kObject, ""},
      {"read", "s3:GetObjectVersionTagging", false, kObject, ""},
      {"read", "s3:GetObjectAcl", false, kObject, ""},
      {"read", "s3:ListBucket", false, false, ""},
      {"read", "s3:ListBucketVersions", false, false, ""},
      {"read", "s3:ListBucketMultipartUploads", false, false, ""},
      {"write", "s3:PutObject", kNeeded, kObject, kMake},
      {"write", "s3:PutObjectAcl", false, kObject, ""},
      {"write", "s3:PutObjectRetention", false, kObject, ""},
      {"write", "s3:PutObjectLegalHold", false, kObject, ""},
      {"write", "s3:ReplicateObject", false, kObject, kMake},
      {"write", "s3:ReplicateTags", false, kObject, ""},
      {"write", "s3:RestoreObject", false, kObject, ""},
      {"write", "s3:AbortMultipartUpload", false, kObject, ""},
      {"delete", "s3:DeleteObject", kNeeded, kObject, ""},
      {"delete", "s3:DeleteObjectVersion", false, kObject, ""},
      {"delete", "s3:BypassGovernanceRetention", false, kObject, ""},
      {"delete", "s3:ReplicateDelete", false, kObject, ""},
      {"archive", "s3:PutObjectTagging", kNeeded, kObject, "", kTags},
      {"archive", "s3:PutObjectVersionTagging", false, kObject, "", kTags},
      {"mark otherwise", "s3:PutObjectTagging", kNeeded, kObject, "", kTags},
      {"archive", "s3:DeleteObjectTagging", false, kObject, ""},
      {"archive", "s3:DeleteObjectVersionTagging", false, kObject, ""},
  };
  for (const char* name :
       {"s3:DeleteBucket", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketVersioning",
        "s3:PutBucketPublicAccessBlock", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration", "s3:PutBucketNotification", "s3:PutBucketOwnershipControls",
        "s3:PutBucketWebsite", "s3:PutBucketCORS", "s3:PutBucketObjectLockConfiguration"}) {
    out.push_back({"administer", name, false, false, ""});
  }
  return out;
}

std::vector<AwsOperation> of_queues() {
  return {{"send", "sqs:SendMessage", kNeeded, false, kBoth},
          {"receive", "sqs:ReceiveMessage", kNeeded, false, kDecrypt},
          {"receive", "sqs:DeleteMessage", kNeeded, false, ""},
          {"receive", "sqs:ChangeMessageVisibility", false, false, ""},
          {"receive", "sqs:PurgeQueue", false, false, ""},
          {"administer", "sqs:AddPermission", false, false, ""},
          {"administer", "sqs:RemovePermission", false, false, ""},
          {"administer", "sqs:SetQueueAttributes", false, false, ""},
          {"administer", "sqs:DeleteQueue", false, false, ""},
          {"administer", "sqs:StartMessageMoveTask", false, false, ""}};
}

std::vector<AwsOperation> of_topics() {
  return {{"publish", "sns:Publish", kNeeded, false, kBoth},
          {"subscribe", "sns:Subscribe", kNeeded, false, ""},
          {"administer", "sns:AddPermission", false, false, ""},
          {"administer", "sns:RemovePermission", false, false, ""},
          {"administer", "sns:SetTopicAttributes", false, false, ""},
          {"administer", "sns:PutDataProtectionPolicy", false, false, ""},
          {"administer", "sns:DeleteTopic", false, false, ""}};
}

std::vector<AwsOperation> of_tables() {
  return {{"get", "dynamodb:GetItem", kNeeded, false, kDecrypt},
          {"get", "dynamodb:BatchGetItem", false, false, kDecrypt},
          {"get", "dynamodb:PartiQLSelect", false, false, kDecrypt},
          {"put", "dynamodb:PutItem", kNeeded, false, kDecrypt},
          {"put", "dynamodb:UpdateItem", false, false, kDecrypt},
          {"put", "dynamodb:DeleteItem", false, false, kDecrypt},
          {"put", "dynamodb:BatchWriteItem", false, false, kDecrypt},
          {"put", "dynamodb:PartiQLInsert", false, false, kDecrypt},
          {"put", "dynamodb:PartiQLUpdate", false, false, kDecrypt},
          {"put", "dynamodb:PartiQLDelete", false, false, kDecrypt},
          {"query", "dynamodb:Query", kNeeded, false, kDecrypt},
          {"query", "dynamodb:Scan", false, false, kDecrypt},
          {"administer", "dynamodb:PutResourcePolicy", false, false, ""},
          {"administer", "dynamodb:DeleteResourcePolicy", false, false, ""},
          {"administer", "dynamodb:UpdateTable", false, false, ""},
          {"administer", "dynamodb:DeleteTable", false, false, ""},
          {"administer", "dynamodb:UpdateContinuousBackups", false, false, ""}};
}

std::vector<AwsOperation> of_keys() {
  std::vector<AwsOperation> out = {{"encrypt", "kms:Encrypt", kNeeded, false, ""},
                                   {"encrypt", "kms:GenerateDataKey", false, false, ""},
                                   {"encrypt", "kms:GenerateDataKeyWithoutPlaintext", false, false, ""},
                                   {"encrypt", "kms:GenerateDataKeyPair", false, false, ""},
                                   {"encrypt", "kms:ReEncryptTo", false, false, ""},
                                   {"decrypt", "kms:Decrypt", kNeeded, false, ""},
                                   {"decrypt", "kms:ReEncryptFrom", false, false, ""}};
  for (const char* name :
       {"kms:CreateGrant", "kms:PutKeyPolicy", "kms:DisableKey", "kms:EnableKey", "kms:ScheduleKeyDeletion",
        "kms:DisableKeyRotation", "kms:ImportKeyMaterial", "kms:DeleteImportedKeyMaterial", "kms:ReplicateKey"}) {
    out.push_back({"administer", name, false, false, ""});
  }
  return out;
}

std::vector<AwsOperation> of_secrets() {
  return {{"read", "secretsmanager:GetSecretValue", kNeeded, false, kDecrypt},
          {"read", "secretsmanager:BatchGetSecretValue", false, false, kDecrypt},
          {"administer", "secretsmanager:PutSecretValue", false, false, ""},
          {"administer", "secretsmanager:UpdateSecret", false, false, ""},
          {"administer", "secretsmanager:PutResourcePolicy", false, false, ""},
          {"administer", "secretsmanager:DeleteSecret", false, false, ""}};
}

std::vector<AwsOperation> of_functions() {
  return {{"invoke", "lambda:InvokeFunction", kNeeded, false, ""},
          {"administer", "lambda:UpdateFunctionCode", false, false, ""},
          {"administer", "lambda:UpdateFunctionConfiguration", false, false, ""},
          {"administer", "lambda:AddPermission", false, false, ""},
          {"administer", "lambda:DeleteFunction", false, false, ""}};
}

std::vector<AwsOperation> of_groups() {
  return {{"launch", "autoscaling:SetDesiredCapacity", kNeeded, false, ""},
          {"launch", "autoscaling:ExecutePolicy", false, false, ""},
          {"terminate", "autoscaling:TerminateInstanceInAutoScalingGroup", kNeeded, false, ""},
          {"administer", "autoscaling:UpdateAutoScalingGroup", false, false, ""},
          {"administer", "autoscaling:DeleteAutoScalingGroup", false, false, ""},
          {"administer", "autoscaling:AttachInstances", false, false, ""},
          {"administer", "autoscaling:PutScalingPolicy", false, false, ""},
          {"administer", "autoscaling:StartInstanceRefresh", false, false, ""}};
}

}  // namespace

const std::vector<AwsOperation>& operations_of(std::string_view type) {
  static const std::map<std::string_view, std::vector<AwsOperation>> kAll = {
      {"AWS::S3::Bucket", of_buckets()},
      {"AWS::SQS::Queue", of_queues()},
      {"AWS::SNS::Topic", of_topics()},
      {"AWS::DynamoDB::Table", of_tables()},
      {"AWS::KMS::Key", of_keys()},
      {"AWS::SecretsManager::Secret", of_secrets()},
      {"AWS::Lambda::Function", of_functions()},
      {"AWS::AutoScaling::AutoScalingGroup", of_groups()},
  };
  return kAll.at(type);
}

}  // namespace crenel::agreement
