#pragma once

#include <string_view>

#include "backends/aws/resource_types.h"

/// Names of CloudFormation that are only read: types and parameters that foreign templates have and ours do not.
/// Checked 2026-11-25 against the resource provider schemas (cfn-lint 1.51, us-east-1).
namespace crenel::aws::reading {

inline constexpr std::string_view kPseudo = "AWS::";  ///< every pseudo parameter begins so
inline constexpr std::string_view kNoValue = "AWS::NoValue";
/// The parameter's value is the name of a stored parameter, whose value is taken.
inline constexpr std::string_view kStoredParameter = "AWS::SSM::Parameter::Value";

inline constexpr std::string_view kVpcBlock = crenel::aws::kVpcBlock.name;
inline constexpr std::string_view kPublicAccessOptions = crenel::aws::kPublicAccessOptions.name;
inline constexpr std::string_view kPublicAccessExclusion = crenel::aws::kPublicAccessExclusion.name;
inline constexpr std::string_view kTrail = "AWS::CloudTrail::Trail";
inline constexpr std::string_view kSubnetBlock = "AWS::EC2::SubnetCidrBlock";
inline constexpr std::string_view kEgressOnlyGateway = crenel::aws::kEgressOnlyGateway.name;
inline constexpr std::string_view kAddressAssociation = crenel::aws::kAddressAssociation.name;
inline constexpr std::string_view kInstance = crenel::aws::kInstance.name;
inline constexpr std::string_view kNetworkInterface = crenel::aws::kNetworkInterface.name;
inline constexpr std::string_view kInterfaceAttachment = "AWS::EC2::NetworkInterfaceAttachment";
inline constexpr std::string_view kPeering = "AWS::EC2::VPCPeeringConnection";
inline constexpr std::string_view kEndpoint = "AWS::EC2::VPCEndpoint";
inline constexpr std::string_view kPrefixList = "AWS::EC2::PrefixList";
inline constexpr std::string_view kLaunchConfiguration = "AWS::AutoScaling::LaunchConfiguration";
inline constexpr std::string_view kClassicBalancer = "AWS::ElasticLoadBalancing::LoadBalancer";
inline constexpr std::string_view kTasks = "AWS::ECS::Service";
inline constexpr std::string_view kListenerRule = crenel::aws::kListenerRule.name;

inline constexpr std::string_view kUser = "AWS::IAM::User";
inline constexpr std::string_view kUserGroup = "AWS::IAM::Group";
inline constexpr std::string_view kManagedPolicy = crenel::aws::kManagedPolicy.name;
inline constexpr std::string_view kPolicy = "AWS::IAM::Policy";
inline constexpr std::string_view kUserPolicy = "AWS::IAM::UserPolicy";
inline constexpr std::string_view kGroupPolicy = "AWS::IAM::GroupPolicy";
inline constexpr std::string_view kTopicInlinePolicy = "AWS::SNS::TopicInlinePolicy";
inline constexpr std::string_view kQueueInlinePolicy = "AWS::SQS::QueueInlinePolicy";

inline constexpr std::string_view kEventSource = "AWS::Lambda::EventSourceMapping";
inline constexpr std::string_view kFunctionUrl = "AWS::Lambda::Url";

/// What is known of a type that no part of the lift reads.
enum class Foreign {
  Irrelevant,   ///< decides about no packet
  Interfaces,   ///< may put interfaces of its own into subnets
  Changes,      ///< may change where packets of others go, or whether they pass
  ChangesData,  ///< may change who uses which service, or where what comes to it goes on to
  Unheard,
};
struct ForeignType {
  Foreign kind = Foreign::Unheard;
  std::string_view only_with;  ///< of `Interfaces`: the property without which it does not; empty: it always may
};
[[nodiscard]] ForeignType foreign_type(std::string_view type);

/// True when some part of the lift reads resources of the type.
[[nodiscard]] bool is_read(std::string_view type);

}  // namespace crenel::aws::reading
