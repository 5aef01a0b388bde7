#pragma once

#include <array>
#include <string_view>

/// Every name that belongs to CloudFormation: resource types, parameter types, pseudo parameters. No other file spells
/// one. Checked 2026-11-23 against the resource provider schemas (cfn-lint 1.51, us-east-1) and the pages named here,
/// which live under docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/.
namespace crenel::aws {

struct ResourceType {
  std::string_view name;
  std::string_view page;
};

inline constexpr ResourceType kVpc{"AWS::EC2::VPC", "aws-resource-ec2-vpc"};
inline constexpr ResourceType kVpcBlock{"AWS::EC2::VPCCidrBlock", "aws-resource-ec2-vpccidrblock"};
inline constexpr ResourceType kSubnet{"AWS::EC2::Subnet", "aws-resource-ec2-subnet"};
inline constexpr ResourceType kRouteTable{"AWS::EC2::RouteTable", "aws-resource-ec2-routetable"};
inline constexpr ResourceType kRouteTableAssociation{"AWS::EC2::SubnetRouteTableAssociation",
                                                     "aws-resource-ec2-subnetroutetableassociation"};
inline constexpr ResourceType kRoute{"AWS::EC2::Route", "aws-resource-ec2-route"};
inline constexpr ResourceType kInternetGateway{"AWS::EC2::InternetGateway", "aws-resource-ec2-internetgateway"};
inline constexpr ResourceType kGatewayAttachment{"AWS::EC2::VPCGatewayAttachment",
                                                 "aws-resource-ec2-vpcgatewayattachment"};
inline constexpr ResourceType kEgressOnlyGateway{"AWS::EC2::EgressOnlyInternetGateway",
                                                 "aws-resource-ec2-egressonlyinternetgateway"};
inline constexpr ResourceType kPeering{"AWS::EC2::VPCPeeringConnection", "aws-resource-ec2-vpcpeeringconnection"};
inline constexpr ResourceType kNatGateway{"AWS::EC2::NatGateway", "aws-resource-ec2-natgateway"};
inline constexpr ResourceType kElasticAddress{"AWS::EC2::EIP", "aws-resource-ec2-eip"};
inline constexpr ResourceType kAddressAssociation{"AWS::EC2::EIPAssociation", "aws-resource-ec2-eipassociation"};
inline constexpr ResourceType kInstance{"AWS::EC2::Instance", "aws-resource-ec2-instance"};
inline constexpr ResourceType kNetworkInterface{"AWS::EC2::NetworkInterface", "aws-resource-ec2-networkinterface"};
inline constexpr ResourceType kTransitGateway{"AWS::EC2::TransitGateway", "aws-resource-ec2-transitgateway"};
inline constexpr ResourceType kTransitAttachment{"AWS::EC2::TransitGatewayAttachment",
                                                 "aws-resource-ec2-transitgatewayattachment"};
inline constexpr ResourceType kTransitTable{"AWS::EC2::TransitGatewayRouteTable",
                                            "aws-resource-ec2-transitgatewayroutetable"};
inline constexpr ResourceType kTransitAssociation{"AWS::EC2::TransitGatewayRouteTableAssociation",
                                                  "aws-resource-ec2-transitgatewayroutetableassociation"};
inline constexpr ResourceType kTransitRoute{"AWS::EC2::TransitGatewayRoute", "aws-resource-ec2-transitgatewayroute"};
inline constexpr ResourceType kVpnGateway{"AWS::EC2::VPNGateway", "aws-resource-ec2-vpngateway"};
inline constexpr ResourceType kCustomerGateway{"AWS::EC2::CustomerGateway", "aws-resource-ec2-customergateway"};
inline constexpr ResourceType kVpnConnection{"AWS::EC2::VPNConnection", "aws-resource-ec2-vpnconnection"};
inline constexpr ResourceType kVpnConnectionRoute{"AWS::EC2::VPNConnectionRoute",
                                                  "aws-resource-ec2-vpnconnectionroute"};
inline constexpr ResourceType kRoutePropagation{"AWS::EC2::VPNGatewayRoutePropagation",
                                                "aws-resource-ec2-vpngatewayroutepropagation"};
inline constexpr ResourceType kDirectAssociation{"AWS::DirectConnect::DirectConnectGatewayAssociation",
                                                 "aws-resource-directconnect-directconnectgatewayassociation"};
inline constexpr ResourceType kSecurityGroup{"AWS::EC2::SecurityGroup", "aws-resource-ec2-securitygroup"};
inline constexpr ResourceType kSecurityGroupIngress{"AWS::EC2::SecurityGroupIngress",
                                                    "aws-resource-ec2-securitygroupingress"};
inline constexpr ResourceType kSecurityGroupEgress{"AWS::EC2::SecurityGroupEgress",
                                                   "aws-resource-ec2-securitygroupegress"};
inline constexpr ResourceType kNetworkAcl{"AWS::EC2::NetworkAcl", "aws-resource-ec2-networkacl"};
inline constexpr ResourceType kNetworkAclEntry{"AWS::EC2::NetworkAclEntry", "aws-resource-ec2-networkaclentry"};
inline constexpr ResourceType kNetworkAclAssociation{"AWS::EC2::SubnetNetworkAclAssociation",
                                                     "aws-resource-ec2-subnetnetworkaclassociation"};
inline constexpr ResourceType kFlowLog{"AWS::EC2::FlowLog", "aws-resource-ec2-flowlog"};
inline constexpr ResourceType kLogGroup{"AWS::Logs::LogGroup", "aws-resource-logs-loggroup"};
inline constexpr ResourceType kRole{"AWS::IAM::Role", "aws-resource-iam-role"};
inline constexpr ResourceType kInstanceProfile{"AWS::IAM::InstanceProfile", "aws-resource-iam-instanceprofile"};
inline constexpr ResourceType kLaunchTemplate{"AWS::EC2::LaunchTemplate", "aws-resource-ec2-launchtemplate"};
inline constexpr ResourceType kAutoScalingGroup{"AWS::AutoScaling::AutoScalingGroup",
                                                "aws-resource-autoscaling-autoscalinggroup"};
inline constexpr ResourceType kScalingPolicy{"AWS::AutoScaling::ScalingPolicy",
                                             "aws-resource-autoscaling-scalingpolicy"};
inline constexpr ResourceType kLoadBalancer{"AWS::ElasticLoadBalancingV2::LoadBalancer",
                                            "aws-resource-elasticloadbalancingv2-loadbalancer"};
inline constexpr ResourceType kListener{"AWS::ElasticLoadBalancingV2::Listener",
                                        "aws-resource-elasticloadbalancingv2-listener"};
inline constexpr ResourceType kListenerRule{"AWS::ElasticLoadBalancingV2::ListenerRule",
                                            "aws-resource-elasticloadbalancingv2-listenerrule"};
inline constexpr ResourceType kTargetGroup{"AWS::ElasticLoadBalancingV2::TargetGroup",
                                           "aws-resource-elasticloadbalancingv2-targetgroup"};
inline constexpr ResourceType kDatabaseInstance{"AWS::RDS::DBInstance", "aws-resource-rds-dbinstance"};
inline constexpr ResourceType kDatabaseSubnets{"AWS::RDS::DBSubnetGroup", "aws-resource-rds-dbsubnetgroup"};
inline constexpr ResourceType kDatabaseParameters{"AWS::RDS::DBParameterGroup", "aws-resource-rds-dbparametergroup"};

inline constexpr ResourceType kManagedPolicy{"AWS::IAM::ManagedPolicy", "aws-resource-iam-managedpolicy"};
inline constexpr ResourceType kRolePolicy{"AWS::IAM::RolePolicy", "aws-resource-iam-rolepolicy"};
inline constexpr ResourceType kKey{"AWS::KMS::Key", "aws-resource-kms-key"};
inline constexpr ResourceType kSecret{"AWS::SecretsManager::Secret", "aws-resource-secretsmanager-secret"};
inline constexpr ResourceType kSecretPolicy{"AWS::SecretsManager::ResourcePolicy",
                                            "aws-resource-secretsmanager-resourcepolicy"};
inline constexpr ResourceType kBucket{"AWS::S3::Bucket", "aws-resource-s3-bucket"};
inline constexpr ResourceType kBucketPolicy{"AWS::S3::BucketPolicy", "aws-resource-s3-bucketpolicy"};
inline constexpr ResourceType kQueue{"AWS::SQS::Queue", "aws-resource-sqs-queue"};
inline constexpr ResourceType kQueuePolicy{"AWS::SQS::QueuePolicy", "aws-resource-sqs-queuepolicy"};
inline constexpr ResourceType kTopic{"AWS::SNS::Topic", "aws-resource-sns-topic"};
inline constexpr ResourceType kTopicPolicy{"AWS::SNS::TopicPolicy", "aws-resource-sns-topicpolicy"};
inline constexpr ResourceType kTable{"AWS::DynamoDB::Table", "aws-resource-dynamodb-table"};
inline constexpr ResourceType kFunction{"AWS::Lambda::Function", "aws-resource-lambda-function"};
inline constexpr ResourceType kPermission{"AWS::Lambda::Permission", "aws-resource-lambda-permission"};
inline constexpr ResourceType kEventRule{"AWS::Events::Rule", "aws-resource-events-rule"};
inline constexpr ResourceType kVpcEndpoint{"AWS::EC2::VPCEndpoint", "aws-resource-ec2-vpcendpoint"};
inline constexpr ResourceType kEndpointService{"AWS::EC2::VPCEndpointService", "aws-resource-ec2-vpcendpointservice"};
inline constexpr ResourceType kEndpointPermissions{"AWS::EC2::VPCEndpointServicePermissions",
                                                   "aws-resource-ec2-vpcendpointservicepermissions"};
inline constexpr ResourceType kAccessScope{"AWS::EC2::NetworkInsightsAccessScope",
                                           "aws-resource-ec2-networkinsightsaccessscope"};
/// Checked 2026-11-28.
inline constexpr ResourceType kPublicAccessOptions{"AWS::EC2::VPCBlockPublicAccessOptions",
                                                   "aws-resource-ec2-vpcblockpublicaccessoptions"};
inline constexpr ResourceType kPublicAccessExclusion{"AWS::EC2::VPCBlockPublicAccessExclusion",
                                                     "aws-resource-ec2-vpcblockpublicaccessexclusion"};

/// Every type above, once.
inline constexpr std::array kResourceTypes = {
    kVpc,
    kSubnet,
    kRouteTable,
    kRouteTableAssociation,
    kRoute,
    kInternetGateway,
    kGatewayAttachment,
    kPeering,
    kNatGateway,
    kElasticAddress,
    kAddressAssociation,
    kInstance,
    kNetworkInterface,
    kTransitGateway,
    kTransitAttachment,
    kTransitTable,
    kTransitAssociation,
    kTransitRoute,
    kVpnGateway,
    kCustomerGateway,
    kVpnConnection,
    kVpnConnectionRoute,
    kRoutePropagation,
    kDirectAssociation,
    kSecurityGroup,
    kSecurityGroupIngress,
    kSecurityGroupEgress,
    kNetworkAcl,
    kNetworkAclEntry,
    kNetworkAclAssociation,
    kFlowLog,
    kLogGroup,
    kRole,
    kInstanceProfile,
    kLaunchTemplate,
    kAutoScalingGroup,
    kScalingPolicy,
    kLoadBalancer,
    kListener,
    kListenerRule,
    kTargetGroup,
    kDatabaseInstance,
    kDatabaseSubnets,
    kDatabaseParameters,
    kManagedPolicy,
    kRolePolicy,
    kKey,
    kSecret,
    kSecretPolicy,
    kBucket,
    kBucketPolicy,
    kQueue,
    kQueuePolicy,
    kTopic,
    kTopicPolicy,
    kTable,
    kFunction,
    kPermission,
    kEventRule,
    kVpcEndpoint,
    kEndpointService,
    kEndpointPermissions,
    kAccessScope,
    kVpcBlock,
    kEgressOnlyGateway,
    kPublicAccessOptions,
    kPublicAccessExclusion,
};

/// cloudformation-supplied-parameter-types
inline constexpr std::string_view kImageParameter = "AWS::EC2::Image::Id";

/// pseudo-parameter-reference
inline constexpr std::string_view kRegion = "AWS::Region";
inline constexpr std::string_view kAccount = "AWS::AccountId";
inline constexpr std::string_view kPartition = "AWS::Partition";
inline constexpr std::string_view kStackName = "AWS::StackName";
inline constexpr std::string_view kUrlSuffix = "AWS::URLSuffix";

}  // namespace crenel::aws
