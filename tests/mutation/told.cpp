#include <algorithm>
#include <array>

#include "tests/mutation/judgement.h"

namespace crenel::mutation {
namespace {

enum class How { Removed, Changed, Either };

/// A field of a service, or of who may use it.
struct Field {
  std::string_view type;
  std::string_view end;  ///< of the path; empty: the whole resource
  How how = How::Either;
};

constexpr std::array<Field, 102> kTold = {{
    {"AWS::EC2::VPCBlockPublicAccessOptions", "", How::Removed},
    {"AWS::EC2::VPCBlockPublicAccessOptions", "/InternetGatewayBlockMode", How::Either},
    {"AWS::DynamoDB::Table", "", How::Removed},
    {"AWS::EC2::FlowLog", "", How::Removed},
    {"AWS::EC2::FlowLog", "/TrafficType", How::Either},
    {"AWS::EC2::FlowLog", "/ResourceId", How::Either},
    {"AWS::EC2::FlowLog", "/LogDestination", How::Either},
    {"AWS::EC2::FlowLog", "/DeliverLogsPermissionArn", How::Removed},
    {"AWS::EC2::VPCEndpoint", "", How::Removed},
    {"AWS::EC2::VPCEndpoint", "/PolicyDocument", How::Removed},
    {"AWS::Events::Rule", "", How::Removed},
    {"AWS::IAM::InstanceProfile", "", How::Removed},
    {"AWS::IAM::Role", "/AssumeRolePolicyDocument", How::Removed},
    {"AWS::KMS::Key", "", How::Removed},
    {"AWS::KMS::Key", "/EnableKeyRotation", How::Either},
    {"AWS::Lambda::Permission", "", How::Removed},
    {"AWS::S3::Bucket", "", How::Removed},
    {"AWS::S3::Bucket", "/PublicAccessBlockConfiguration", How::Removed},
    {"AWS::S3::Bucket", "/BlockPublicAcls", How::Either},
    {"AWS::S3::Bucket", "/BlockPublicPolicy", How::Either},
    {"AWS::S3::Bucket", "/IgnorePublicAcls", How::Either},
    {"AWS::S3::Bucket", "/RestrictPublicBuckets", How::Either},
    {"AWS::S3::Bucket", "/VersioningConfiguration", How::Removed},
    {"AWS::S3::BucketPolicy", "", How::Removed},
    {"AWS::SNS::TopicPolicy", "", How::Removed},
    {"AWS::SQS::Queue", "", How::Removed},
    {"AWS::SQS::Queue", "/maxReceiveCount", How::Either},
    {"AWS::SQS::QueuePolicy", "", How::Removed},
    {"Microsoft.Authorization/roleAssignments", "/scope", How::Either},
    {"Microsoft.Authorization/roleAssignments", "/roleDefinitionId", How::Either},
    {"Microsoft.Authorization/roleAssignments", "/principalId", How::Either},
    {"Microsoft.Authorization/roleAssignments", "/condition", How::Removed},
    {"Microsoft.EventGrid/systemTopics/eventSubscriptions", "", How::Removed},
    {"Microsoft.Insights/actionGroups", "", How::Removed},
    {"Microsoft.Insights/actionGroups", "/enabled", How::Either},
    {"Microsoft.Insights/actionGroups", "/emailReceivers", How::Removed},
    {"Microsoft.Insights/actionGroups", "/emailReceivers/0", How::Removed},
    {"Microsoft.Insights/actionGroups", "/emailAddress", How::Either},
    {"Microsoft.Insights/activityLogAlerts", "", How::Removed},
    {"Microsoft.Insights/activityLogAlerts", "/enabled", How::Changed},
    {"Microsoft.Insights/activityLogAlerts", "/scopes/0", How::Either},
    {"Microsoft.Insights/activityLogAlerts", "/condition", How::Removed},
    {"Microsoft.Insights/activityLogAlerts", "/anyOf", How::Removed},
    {"Microsoft.Insights/activityLogAlerts", "/field", How::Either},
    {"Microsoft.Insights/activityLogAlerts", "/equals", How::Either},
    {"Microsoft.Insights/activityLogAlerts", "/actions", How::Removed},
    {"Microsoft.Insights/activityLogAlerts", "/actionGroupId", How::Either},
    {"Microsoft.Insights/metricAlerts", "", How::Removed},
    {"Microsoft.Insights/metricAlerts", "/enabled", How::Either},
    {"Microsoft.Insights/metricAlerts", "/scopes/0", How::Either},
    {"Microsoft.Insights/metricAlerts", "/metricName", How::Either},
    {"Microsoft.Insights/metricAlerts", "/threshold", How::Either},
    {"Microsoft.Insights/metricAlerts", "/actionGroupId", How::Either},
    {"Microsoft.Logic/workflows", "", How::Removed},
    {"Microsoft.Logic/workflows", "/identity", How::Removed},
    {"Microsoft.Logic/workflows", "/identity/type", How::Either},
    {"Microsoft.Logic/workflows", "/state", How::Either},
    {"Microsoft.Logic/workflows", "/definition", How::Removed},
    {"Microsoft.Logic/workflows", "/actions", How::Removed},
    {"Microsoft.Logic/workflows", "/triggers", How::Removed},
    {"Microsoft.Logic/workflows", "/interval", How::Either},
    {"Microsoft.Logic/workflows", "/frequency", How::Either},
    {"Microsoft.Logic/workflows", "/operationOptions", How::Either},
    {"Microsoft.Logic/workflows", "/wanted", How::Removed},
    {"Microsoft.Logic/workflows", "/value", How::Removed},
    {"Microsoft.Logic/workflows", "/priority", How::Either},
    {"Microsoft.Logic/workflows", "/access", How::Either},
    {"Microsoft.Logic/workflows", "/id", How::Either},
    {"Microsoft.Storage/storageAccounts", "/defaultAction", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/bypass", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/publicNetworkAccess", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/allowSharedKeyAccess", How::Either},
    {"Microsoft.Storage/storageAccounts", "/allowBlobPublicAccess", How::Either},
    {"Microsoft.Storage/storageAccounts", "/minimumTlsVersion", How::Either},
    {"Microsoft.Storage/storageAccounts", "/supportsHttpsTrafficOnly", How::Changed},
    {"Microsoft.Storage/storageAccounts", "/immutabilityPeriodSinceCreationInDays", How::Either},
    {"Microsoft.Storage/storageAccounts/blobServices", "", How::Removed},
    {"Microsoft.Storage/storageAccounts/blobServices", "/isVersioningEnabled", How::Either},
    {"Microsoft.KeyVault/vaults", "", How::Removed},
    {"Microsoft.KeyVault/vaults", "/enablePurgeProtection", How::Either},
    {"Microsoft.KeyVault/vaults", "/enableRbacAuthorization", How::Either},
    {"Microsoft.KeyVault/vaults", "/enableSoftDelete", How::Changed},
    {"Microsoft.KeyVault/vaults", "/publicNetworkAccess", How::Either},
    {"Microsoft.KeyVault/vaults", "/defaultAction", How::Either},
    {"Microsoft.KeyVault/vaults/keys", "", How::Removed},
    {"Microsoft.ServiceBus/namespaces", "", How::Removed},
    {"Microsoft.ServiceBus/namespaces", "/disableLocalAuth", How::Either},
    {"Microsoft.ServiceBus/namespaces", "/minimumTlsVersion", How::Either},
    {"Microsoft.ServiceBus/namespaces", "/publicNetworkAccess", How::Either},
    {"Microsoft.ServiceBus/namespaces/networkRuleSets", "/publicNetworkAccess", How::Either},
    {"Microsoft.ServiceBus/namespaces/networkRuleSets", "/defaultAction", How::Either},
    {"Microsoft.ServiceBus/namespaces/queues", "/maxDeliveryCount", How::Either},
    {"Microsoft.ServiceBus/namespaces/topics/subscriptions", "", How::Removed},
    {"Microsoft.DocumentDB/databaseAccounts", "", How::Removed},
    {"Microsoft.DocumentDB/databaseAccounts", "/disableLocalAuth", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts", "/publicNetworkAccess", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts", "/minimalTlsVersion", How::Changed},
    {"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "/scope", How::Either},
    {"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "/roleDefinitionId", How::Either},
    {"Microsoft.Network/privateEndpoints", "", How::Removed},
    {"Microsoft.Network/privateEndpoints", "/privateLinkServiceId", How::Either},
    {"Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "", How::Removed},
}};

/// "/resources/7/properties/a" is "/properties/a", "/resources/7" is empty; so is it in a template within the template.
std::string_view inside(std::string_view path) {
  constexpr std::string_view kInner = "/properties/template";
  if (const std::size_t at = path.find(kInner); at != std::string_view::npos) path.remove_prefix(at + kInner.size());
  for (int i = 0; i < 2 && !path.empty(); ++i) {
    const std::size_t at = path.find('/', 1);
    path = at == std::string_view::npos ? std::string_view() : path.substr(at);
  }
  return path;
}

/// Resources of which packets tell nothing, or not all.
constexpr std::array<std::string_view, 23> kOfData = {
    "AWS::DynamoDB::",
    "AWS::EC2::VPCEndpoint",
    "AWS::Events::",
    "AWS::IAM::",
    "AWS::KMS::",
    "AWS::Lambda::",
    "AWS::S3::",
    "AWS::SNS::",
    "AWS::SQS::",
    "AWS::SecretsManager::",
    "Microsoft.Authorization/",
    "Microsoft.DocumentDB/",
    "Microsoft.EventGrid/",
    "Microsoft.Insights/actionGroups",
    "Microsoft.Insights/activityLogAlerts",
    "Microsoft.Insights/metricAlerts",
    "Microsoft.KeyVault/",
    "Microsoft.Logic/",
    "Microsoft.ManagedIdentity/",
    "Microsoft.Network/privateDnsZones",
    "Microsoft.Network/privateEndpoints",
    "Microsoft.ServiceBus/",
    "Microsoft.Storage/",
};

}  // namespace

bool is_about_data(const Mutant& mutant) {
  return std::any_of(kOfData.begin(), kOfData.end(),
                     [&](std::string_view each) { return mutant.type.starts_with(each); });
}

bool must_be_told(const Mutant& mutant) {
  const std::string_view path = inside(mutant.path);
  for (const Field& each : kTold) {
    const bool here = each.end.empty() ? path.empty() : path.ends_with(each.end);
    const bool how = each.how == How::Either || (each.how == How::Removed) == mutant.removed;
    if (mutant.type == each.type && here && how) return true;
  }
  return false;
}

}  // namespace crenel::mutation
