#include "backends/aws/data_actions.h"

namespace crenel::aws {
namespace {

using model::DataAction;
using Names = std::vector<std::string_view>;

}  // namespace

std::string_view service_word(Cloud cloud) {
  switch (cloud) {
    case Cloud::Storage:
      return "s3";
    case Cloud::Queues:
      return "sqs";
    case Cloud::Notifications:
      return "sns";
    case Cloud::Tables:
      return "dynamodb";
    case Cloud::Keys:
      return "kms";
    case Cloud::Secrets:
      return "secretsmanager";
    case Cloud::Functions:
      return "lambda";
    case Cloud::Scaling:
      break;
  }
  return "autoscaling";
}

std::string_view id_word(Cloud cloud) {
  switch (cloud) {
    case Cloud::Storage:
      return "S3";
    case Cloud::Queues:
      return "Sqs";
    case Cloud::Notifications:
      return "Sns";
    case Cloud::Tables:
      return "DynamoDb";
    case Cloud::Keys:
      return "Kms";
    case Cloud::Secrets:
      return "SecretsManager";
    case Cloud::Functions:
      return "Lambda";
    case Cloud::Scaling:
      break;
  }
  return "AutoScaling";
}

Names granted(Cloud cloud, DataAction action) {
  if (cloud == Cloud::Secrets) return {"secretsmanager:GetSecretValue"};
  switch (action) {
    case DataAction::Read:
      return {"s3:GetObject", "s3:ListBucket"};
    case DataAction::Write:
      return {"s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"};
    case DataAction::Delete:
      return {"s3:DeleteObject"};
    case DataAction::Archive:
      return {"s3:PutObjectTagging"};
    case DataAction::Send:
      return {"sqs:SendMessage", "sqs:GetQueueUrl"};
    case DataAction::Receive:
      return {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueUrl",
              "sqs:GetQueueAttributes"};
    case DataAction::Publish:
      return {"sns:Publish"};
    case DataAction::Subscribe:
      return {"sns:Subscribe"};
    case DataAction::Get:
      return {"dynamodb:GetItem", "dynamodb:BatchGetItem"};
    case DataAction::Put:
      return {"dynamodb:PutItem", "dynamodb:UpdateItem"};
    case DataAction::Query:
      return {"dynamodb:Query"};
    case DataAction::Encrypt:
      return {"kms:Encrypt", "kms:GenerateDataKey"};
    case DataAction::Decrypt:
      return {"kms:Decrypt"};
    case DataAction::Invoke:
      return {"lambda:InvokeFunction"};
    case DataAction::Launch:
      return {"autoscaling:SetDesiredCapacity"};
    case DataAction::Terminate:
      break;
  }
  return {"autoscaling:TerminateInstanceInAutoScalingGroup"};
}

Names closed(Cloud cloud, DataAction action) {
  if (cloud == Cloud::Secrets) return {"secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"};
  switch (action) {
    case DataAction::Read:
      return {"s3:GetObject",
              "s3:GetObjectAcl",
              "s3:GetObjectAttributes",
              "s3:GetObjectTagging",
              "s3:GetObjectTorrent",
              "s3:GetObjectVersion",
              "s3:GetObjectVersionAcl",
              "s3:GetObjectVersionAttributes",
              "s3:GetObjectVersionForReplication",
              "s3:GetObjectVersionTagging",
              "s3:GetObjectVersionTorrent",
              "s3:ListBucket",
              "s3:ListBucketMultipartUploads",
              "s3:ListBucketVersions"};
    case DataAction::Write:
      return {"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject",
              "s3:PutObjectAcl",         "s3:PutObjectLegalHold",       "s3:PutObjectRetention",
              "s3:PutObjectVersionAcl",  "s3:ReplicateObject",          "s3:ReplicateTags",
              "s3:RestoreObject"};
    case DataAction::Delete:
      return {"s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ReplicateDelete"};
    case DataAction::Archive:
      return {"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:PutObjectTagging",
              "s3:PutObjectVersionTagging"};
    case DataAction::Send:
      return {"sqs:SendMessage"};
    case DataAction::Receive:
      return {"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:ReceiveMessage"};
    case DataAction::Publish:
      return {"sns:Publish"};
    case DataAction::Subscribe:
      return {"sns:Subscribe"};
    case DataAction::Get:
      return {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PartiQLSelect"};
    case DataAction::Put:
      return {"dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert",
              "dynamodb:PartiQLUpdate",  "dynamodb:PutItem",    "dynamodb:UpdateItem"};
    case DataAction::Query:
      return {"dynamodb:Query", "dynamodb:Scan"};
    case DataAction::Encrypt:
    case DataAction::Decrypt:
    case DataAction::Invoke:
    case DataAction::Launch:
    case DataAction::Terminate:
      break;  // a key admits nobody whom its policy does not name; the others have no policies that deny
  }
  return {};
}

Names key_use(DataAction action) {
  switch (action) {
    case DataAction::Read:
    case DataAction::Receive:
      return {"kms:Decrypt"};
    case DataAction::Write:
    case DataAction::Send:
    case DataAction::Publish:
      // What is sent in parts, or in batches, is read again on the way.
      return {"kms:GenerateDataKey", "kms:Decrypt"};
    case DataAction::Get:
    case DataAction::Put:
    case DataAction::Query:
      return {"kms:Decrypt"};  // the table's own key
    default:
      break;
  }
  return {};
}

Cloud cloud_of(DataAction action, const model::Endpoint& on) {
  if (action == DataAction::Read && std::holds_alternative<model::VaultId>(on)) return Cloud::Secrets;
  switch (action) {
    case DataAction::Read:
    case DataAction::Write:
    case DataAction::Delete:
    case DataAction::Archive:
      return Cloud::Storage;
    case DataAction::Send:
    case DataAction::Receive:
      return Cloud::Queues;
    case DataAction::Publish:
    case DataAction::Subscribe:
      return Cloud::Notifications;
    case DataAction::Get:
    case DataAction::Put:
    case DataAction::Query:
      return Cloud::Tables;
    case DataAction::Encrypt:
    case DataAction::Decrypt:
      return Cloud::Keys;
    case DataAction::Invoke:
      return Cloud::Functions;
    case DataAction::Launch:
    case DataAction::Terminate:
      break;
  }
  return Cloud::Scaling;
}

}  // namespace crenel::aws
