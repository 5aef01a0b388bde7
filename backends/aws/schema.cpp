#include "backends/aws/schema.h"

#include "backends/aws/limits.h"
#include "compiler/model/public_access.h"

namespace crenel::aws {
namespace {

model::ProviderSchema make() {
  using model::SettingType;
  model::ProviderSchema schema{
      .provider = "aws",
      .attributes = {
          {.kind = "environment",
           .name = kAccountSetting,
           .type = SettingType::Text,
           .doc = "The twelve digits of the account; a template for it refuses to be deployed in another."},
          {.kind = "network",
           .name = kLogRetention,
           .type = SettingType::Int,
           .doc = "For how many days flow logs are kept; 365 if it is not said."},
          {.kind = "link",
           .name = kDirectGateway,
           .type = SettingType::Text,
           .doc = "The id of the Direct Connect gateway that a direct link ends at; a parameter if it is not said."},
          {.kind = "peer",
           .name = kAccountSetting,
           .type = SettingType::Text,
           .doc =
               "The twelve digits of the account that a network made elsewhere is in; the stack's if it is not said."},
          {.kind = "peer",
           .name = kRegionSetting,
           .type = SettingType::Text,
           .doc =
               "The Region that a network made elsewhere is in, such as `eu-west-1`; the stack's if it is not said."},
          {.kind = "peer",
           .name = kRoleSetting,
           .type = SettingType::Text,
           .doc = "The ARN of a role in that account which may accept the peering; without it its owner accepts it."},
          {.kind = "group",
           .name = kInstanceType,
           .type = SettingType::Text,
           .doc = "The instance type, instead of the one that the size stands for."},
          {.kind = "group",
           .name = kKeyName,
           .type = SettingType::Text,
           .doc = "The key pair that instances are started with; none if it is not said."},
          {.kind = "group",
           .name = kRootDevice,
           .type = SettingType::Text,
           .doc = "The image's root device, whose volume is encrypted; /dev/xvda if it is not said."},
          {.kind = "appliance",
           .name = kInstanceType,
           .type = SettingType::Text,
           .doc = "The instance type, instead of the one that the size stands for."},
          {.kind = "appliance",
           .name = kKeyName,
           .type = SettingType::Text,
           .doc = "The key pair that the instance is started with; none if it is not said."},
          {.kind = "appliance",
           .name = kRootDevice,
           .type = SettingType::Text,
           .doc = "The image's root device, whose volume is encrypted; /dev/xvda if it is not said."},
          {.kind = "database",
           .name = kDatabaseClass,
           .type = SettingType::Text,
           .doc = "The class of the database instance, instead of the one that the size stands for."},
          {.kind = "database",
           .name = kEngineVersion,
           .type = SettingType::Text,
           .doc = "The engine's minor version, such as `16.4`; the one that RDS recommends if it is not said."},
          {.kind = "database",
           .name = kStorageGigabytes,
           .type = SettingType::Int,
           .doc = "The storage to begin with, in GiB; it grows by itself."},
          {.kind = "guard",
           .name = model::kBlockPublicAccess,
           .type = SettingType::Bool,
           .doc =
               "Whether the account's VPC Block Public Access is set in the Region: no subnet meets the Internet but "
               "those that a flow needs open."},
      }};
  for (const Limit& limit : kLimits) {
    if (!limit.adjustable()) continue;
    schema.attributes.push_back(
        {.kind = "environment", .name = limit.name, .type = SettingType::Int, .doc = limit.title});
  }
  return schema;
}

}  // namespace

const model::ProviderSchema& schema() {
  static const model::ProviderSchema made = make();
  return made;
}

}  // namespace crenel::aws
