#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// What one account, Region or template may hold. Read by `legalize` alone; `schema` publishes the names of the
/// adjustable rows, so that an environment can say what was granted. Checked 2026-11-23; the pages are under
/// docs.aws.amazon.com.
namespace crenel::aws {

struct Limit {
  std::string_view name;   ///< as `on aws { NAME = N }` of an environment spells it
  std::string_view title;  ///< as messages and certificates say it
  std::size_t value;       ///< what every account starts with
  std::size_t maximum;  ///< what a request can raise it to; equal to `value` for a hard one, 0 where none is published
  std::string_view source;

  [[nodiscard]] constexpr bool adjustable() const { return maximum != value; }
};

inline constexpr std::string_view kVpcQuotas = "Amazon VPC quotas: vpc/latest/userguide/amazon-vpc-limits.html";
inline constexpr std::string_view kVpnQuotas = "AWS Site-to-Site VPN quotas: vpn/latest/s2svpn/vpn-limits.html";
inline constexpr std::string_view kTemplateQuotas =
    "CloudFormation quotas: AWSCloudFormation/latest/UserGuide/cloudformation-limits.html";
inline constexpr std::string_view kApplicationBalancerQuotas =
    "Quotas for Application Load Balancers: elasticloadbalancing/latest/application/load-balancer-limits.html";
inline constexpr std::string_view kNetworkBalancerQuotas =
    "Quotas for Network Load Balancers: elasticloadbalancing/latest/network/load-balancer-limits.html";
inline constexpr std::string_view kScalingQuotas =
    "Quotas for Amazon EC2 Auto Scaling: autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html";

// ---- of one thing
inline constexpr Limit kRulesPerSecurityGroup{"rules_per_security_group", "rules of a security group in one direction",
                                              60, 1000, kVpcQuotas};
/// The former multiplied by this is 1,000 at most.
inline constexpr Limit kGroupsPerInterface{"security_groups_per_network_interface",
                                           "security groups of a network interface", 5, 16, kVpcQuotas};
inline constexpr std::size_t kRulesPerInterface = 1000;
/// lambda/latest/api/API_VpcConfig.html; of balancers and databases no page says that they take more.
inline constexpr std::size_t kGroupsOfManagedInterface = 5;
/// The implicit last rule counts.
inline constexpr Limit kRulesPerAcl{"rules_per_network_acl", "rules of a network ACL in one direction", 20, 40,
                                    kVpcQuotas};
/// 500 in accounts since 2024; the page's older figure holds in all of them.
inline constexpr Limit kRoutesPerTable{"routes_per_route_table", "static routes of a route table", 50, 1000,
                                       kVpcQuotas};
inline constexpr Limit kPropagatedRoutes{"propagated_routes_per_route_table", "propagated routes of a route table", 100,
                                         100, kVpcQuotas};
inline constexpr Limit kSubnetsPerVpc{"subnets_per_vpc", "subnets of a VPC", 200, 0, kVpcQuotas};
inline constexpr Limit kAclsPerVpc{"network_acls_per_vpc", "network ACLs of a VPC", 200, 0, kVpcQuotas};
inline constexpr Limit kRouteTablesPerVpc{"route_tables_per_vpc", "route tables of a VPC", 200, 0, kVpcQuotas};
inline constexpr Limit kConnectionsPerVpnGateway{"vpn_connections_per_vpn_gateway", "VPN connections of a VPN gateway",
                                                 10, 0, kVpnQuotas};
inline constexpr Limit kRoutesPerVpnConnection{"routes_per_vpn_connection", "static routes of a VPN connection", 100,
                                               100, kVpnQuotas};
inline constexpr Limit kListenersPerApplicationBalancer{"listeners_per_application_load_balancer",
                                                        "listeners of an application load balancer", 50, 0,
                                                        kApplicationBalancerQuotas};
inline constexpr Limit kListenersPerNetworkBalancer{
    "listeners_per_network_load_balancer", "listeners of a network load balancer", 50, 0, kNetworkBalancerQuotas};
inline constexpr Limit kTargetGroupsPerGroup{"target_groups_per_auto_scaling_group",
                                             "target groups of an Auto Scaling group", 50, 50, kScalingQuotas};
inline constexpr Limit kUserDataBytes{
    "user_data_bytes", "bytes of user data", 16384, 16384,
    "Run commands at launch: AWSEC2/latest/UserGuide/user-data.html (16 KB before base64)"};
/// No Region has more; what an account sees can be fewer, which is an assumption of every template.
inline constexpr Limit kZones{"availability_zones", "Availability Zones of a Region", 6, 6,
                              "AWS Regions: global-infrastructure/latest/regions/aws-availability-zones.html"};

inline constexpr std::string_view kGatewayBalancerQuotas =
    "Quotas for your Gateway Load Balancers: elasticloadbalancing/latest/gateway/quotas-limits.html, checked "
    "2026-11-27";
inline constexpr Limit kGatewayBalancers{"gateway_load_balancers_per_region", "Gateway Load Balancers of a Region", 100,
                                         0, kGatewayBalancerQuotas};
inline constexpr Limit kTargetsPerGatewayBalancer{
    "targets_per_gateway_load_balancer", "targets of a Gateway Load Balancer", 300, 300, kGatewayBalancerQuotas};
inline constexpr Limit kEndpointsPerVpc{"interface_endpoints_per_vpc", "interface endpoints of a VPC", 50, 0,
                                        kVpcQuotas};
inline constexpr std::string_view kIamQuotas = "IAM and AWS STS quotas: IAM/latest/UserGuide/reference_iam-quotas.html";
inline constexpr Limit kRolePolicyCharacters{"role_policy_characters", "characters of a role's inline policies", 10240,
                                             10240, kIamQuotas};
inline constexpr Limit kManagedPolicyCharacters{"managed_policy_characters", "characters of a managed policy", 6144,
                                                6144, kIamQuotas};
inline constexpr Limit kEndpointPolicyCharacters{"endpoint_policy_characters", "characters of an endpoint's policy",
                                                 20480, 20480, kVpcQuotas};
inline constexpr Limit kBucketPolicyCharacters{
    "bucket_policy_characters", "characters of a bucket's policy", 20480, 20480,
    "Bucket policies for Amazon S3: AmazonS3/latest/userguide/bucket-policies.html (20 KB)"};
inline constexpr Limit kKeyPolicyCharacters{"key_policy_characters", "characters of a key's policy", 32768, 32768,
                                            "AWS KMS quotas: kms/latest/developerguide/resource-limits.html (32 KB)"};
inline constexpr Limit kInlineCodeBytes{
    "inline_code_bytes", "bytes of a function's code in a template", 4194304, 4194304,
    "Lambda function code: AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html (4 MB)"};

// ---- of an account in a Region: counted is what this template makes
inline constexpr Limit kVpcs{"vpcs_per_region", "VPCs of a Region", 5, 0, kVpcQuotas};
inline constexpr Limit kElasticAddresses{"elastic_ip_addresses_per_region", "Elastic IP addresses of a Region", 5, 0,
                                         kVpcQuotas};
inline constexpr Limit kNatGatewaysPerZone{"nat_gateways_per_availability_zone", "NAT gateways of an Availability Zone",
                                           5, 0, kVpcQuotas};
inline constexpr Limit kSecurityGroups{"security_groups_per_region", "security groups of a Region", 2500, 0,
                                       kVpcQuotas};
/// security-vpc-bpa-basics.html, "Create and delete exclusions" (2026-11-28), has the figure.
inline constexpr Limit kPublicAccessExclusions{
    "public_access_exclusions_per_region", "exclusions from VPC Block Public Access in a Region", 50, 0, kVpcQuotas};
inline constexpr Limit kVpnGateways{"vpn_gateways_per_region", "VPN gateways of a Region", 5, 0, kVpnQuotas};
inline constexpr Limit kCustomerGateways{"customer_gateways_per_region", "customer gateways of a Region", 50, 0,
                                         kVpnQuotas};
inline constexpr Limit kVpnConnections{"vpn_connections_per_region", "VPN connections of a Region", 50, 0, kVpnQuotas};
inline constexpr Limit kApplicationBalancers{"application_load_balancers_per_region",
                                             "application load balancers of a Region", 50, 0,
                                             kApplicationBalancerQuotas};
inline constexpr Limit kNetworkBalancers{"network_load_balancers_per_region", "network load balancers of a Region", 50,
                                         0, kNetworkBalancerQuotas};
inline constexpr Limit kRoles{"roles_per_account", "roles of an account", 1000, 10000, kIamQuotas};
inline constexpr Limit kBuckets{"buckets_per_account", "buckets of an account", 10000, 1000000,
                                "Amazon S3 quotas: general/latest/gr/s3.html"};
inline constexpr Limit kScalingGroups{"auto_scaling_groups_per_region", "Auto Scaling groups of a Region", 500, 0,
                                      kScalingQuotas};

// ---- of a template
inline constexpr Limit kResources{"resources", "resources of a template", 500, 500, kTemplateQuotas};
inline constexpr Limit kParameters{"parameters", "parameters of a template", 200, 200, kTemplateQuotas};
inline constexpr Limit kOutputs{"outputs", "outputs of a template", 200, 200, kTemplateQuotas};
inline constexpr Limit kTemplateBytes{"template_bytes", "bytes of a template", 1000000, 1000000, kTemplateQuotas};
inline constexpr Limit kDynamicReferences{
    "dynamic_references", "dynamic references of a template", 60, 60,
    "Dynamic references: AWSCloudFormation/latest/UserGuide/dynamic-references.html"};

/// Every row above, in the order in which the reference lists them.
inline constexpr std::array kLimits = {kRulesPerSecurityGroup,
                                       kGroupsPerInterface,
                                       kRulesPerAcl,
                                       kRoutesPerTable,
                                       kPropagatedRoutes,
                                       kSubnetsPerVpc,
                                       kAclsPerVpc,
                                       kRouteTablesPerVpc,
                                       kConnectionsPerVpnGateway,
                                       kRoutesPerVpnConnection,
                                       kListenersPerApplicationBalancer,
                                       kListenersPerNetworkBalancer,
                                       kTargetGroupsPerGroup,
                                       kUserDataBytes,
                                       kZones,
                                       kGatewayBalancers,
                                       kTargetsPerGatewayBalancer,
                                       kEndpointsPerVpc,
                                       kRolePolicyCharacters,
                                       kManagedPolicyCharacters,
                                       kEndpointPolicyCharacters,
                                       kBucketPolicyCharacters,
                                       kKeyPolicyCharacters,
                                       kInlineCodeBytes,
                                       kVpcs,
                                       kElasticAddresses,
                                       kNatGatewaysPerZone,
                                       kSecurityGroups,
                                       kPublicAccessExclusions,
                                       kVpnGateways,
                                       kCustomerGateways,
                                       kVpnConnections,
                                       kApplicationBalancers,
                                       kNetworkBalancers,
                                       kRoles,
                                       kBuckets,
                                       kScalingGroups,
                                       kResources,
                                       kParameters,
                                       kOutputs,
                                       kTemplateBytes,
                                       kDynamicReferences};

// ---- sizes that no quota raises
/// vpc/latest/userguide/vpc-cidr-blocks.html, subnet-sizing.html: both ends included; five addresses are AWS's.
inline constexpr int kLargestBlock = 16;
inline constexpr int kSmallestBlock = 28;
inline constexpr std::size_t kReservedPerSubnet = 5;
/// elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets for your load balancer".
inline constexpr int kSmallestBalancerSubnet = 27;
inline constexpr int kApplicationBalancerZones = 2;
/// Outputs and texts of a template: cloudformation-limits.html. Rule and group descriptions: security-group-rules.html.
inline constexpr std::size_t kTemplateDescriptionBytes = 1024;
inline constexpr std::size_t kParameterDescriptionCharacters = 4000;
inline constexpr std::size_t kRuleDescriptionCharacters = 255;
inline constexpr std::size_t kTagValueCharacters = 256;
/// eventbridge/latest/userguide/eb-quota.html, "Event pattern size", before any request to raise it.
inline constexpr std::size_t kEventPatternCharacters = 2048;
/// From which port on answers to a connection can go: vpc-network-acls.html, "Ephemeral ports", the widest row.
inline constexpr int kFirstEphemeralPort = 1024;

}  // namespace crenel::aws
