#pragma once

#include <cstddef>
#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// What AWS does not take, CRN10xx. Each has a page in `pages/`.
namespace crenel::aws {

using diagnostics::DiagnosticKind;
using diagnostics::Severity;

inline constexpr DiagnosticKind<std::string, std::string, std::string> kNameCollision{
    "CRN1001", Severity::Error, "two things with one logical id",
    "{} and {} would both be called `{}` in the template"};

inline constexpr DiagnosticKind<std::string, std::size_t, std::string, std::size_t> kOverQuota{
    "CRN1002", Severity::Error, "over an AWS quota", "`{}` needs {} {}; AWS allows {}"};

inline constexpr DiagnosticKind<std::string, std::string, int, int> kBlockSize{
    "CRN1003", Severity::Error, "block size that AWS refuses", "{} can be {}; AWS takes /{} to /{} here"};

inline constexpr DiagnosticKind<std::string, int> kBalancerZones{
    "CRN1004", Severity::Error, "application balancer in one zone",
    "the application balancer `{}` needs subnets in two zones at least; its network has {}"};

inline constexpr DiagnosticKind<std::string> kTraffic{"CRN1005", Severity::Error, "traffic that AWS cannot carry out",
                                                      "AWS cannot carry out {}"};

inline constexpr DiagnosticKind<std::string, std::string> kInexact{
    "CRN1006", Severity::Error, "no exact rule for the Internet",
    "`{}` cannot be exact on AWS: a rule for every address would also reach {}"};

inline constexpr DiagnosticKind<std::string, std::string> kPublicBalancerInside{
    "CRN1007", Severity::Error, "public balancer called from inside",
    "`{}` calls a balancer that is reached from the Internet: its name `{}` resolves to public addresses only"};

inline constexpr DiagnosticKind<std::string, std::string> kTwoWaysOut{
    "CRN1008", Severity::Error, "Internet traffic over two sites",
    "one VPN gateway sends Internet traffic to one site, not to `{}` and `{}`"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kShape{
    "CRN1009", Severity::Warning, "value of another shape", "{} is \"{}\", which is not shaped like {}"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kSetting{
    "CRN1010", Severity::Error, "setting out of range", "`{}` is {}; it must be {}"};

inline constexpr DiagnosticKind<std::string> kRegionName{"CRN1011", Severity::Error, "not an AWS Region",
                                                         "`{}` is not the name of an AWS Region"};

inline constexpr DiagnosticKind<std::string, std::size_t, std::size_t> kTooFewAddresses{
    "CRN1012", Severity::Error, "more instances than addresses",
    "the tier `{}` has {} addresses to give, and its groups can grow to {} instances"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kBalancerProtocol{
    "CRN1013", Severity::Error, "balancer between two protocols",
    "the network balancer `{}` listens on {} and calls {}: it hands packets on in the protocol in which they come"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kForeignValue{
    "CRN1014", Severity::Warning, "value of another provider", "{} is \"{}\", which is not {}"};

inline constexpr DiagnosticKind<std::string> kNothingToMake{
    "CRN1015", Severity::Error, "nothing to make",
    "`{}` declares no network and no service: CloudFormation takes no template without resources"};

inline constexpr DiagnosticKind<std::string, std::string> kNoIpv6{"CRN1017", Severity::Error, "no IPv6 there on AWS",
                                                                  "`{}` cannot happen in IPv6 on AWS: {}"};

inline constexpr DiagnosticKind<std::string, std::string> kApplianceForm{
    "CRN1061", Severity::Error, "appliance in a form that AWS does not have", "the appliance `{}` {}"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kAnswersPast{
    "CRN1062", Severity::Error, "neighbours of the NAT gateways",
    "`{}` is in `{}`, where the NAT gateways stand: its packets to what is behind `{}` would go by the appliance, and "
    "their answers past it"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kTransitFlow{
    "CRN1063", Severity::Error, "flow across a transit gateway",
    "`{}` crosses the transit gateway between `{}` and `{}`, which carries only what is sent by the appliance"};

inline constexpr DiagnosticKind<std::string, std::string> kSecretsOutOfReach{
    "CRN1041", Severity::Error, "agent whose token is out of reach",
    "agent `{}` on group `{}` reads its token out of AWS Secrets Manager, and no flow leads there"};

inline constexpr DiagnosticKind<std::string> kBootBesideAgents{
    "CRN1042", Severity::Error, "`boot` that agents cannot stand beside",
    "the `boot` of `{}` is neither a script nor cloud-init's configuration, so agents cannot be installed beside it"};

inline constexpr DiagnosticKind<std::string, int> kDatabaseZones{
    "CRN1043", Severity::Error, "database in one zone",
    "the database `{}` needs subnets in two zones at least; its network has {}"};
inline constexpr DiagnosticKind<std::string, std::string> kDataFlow{
    "CRN1021", Severity::Error, "data flow that AWS cannot carry out", "`{}` cannot be carried out on AWS: {}"};

inline constexpr DiagnosticKind<std::string, std::string> kIdentity{
    "CRN1022", Severity::Error, "identity that is none of AWS", "{} is \"{}\", which is no ARN of an IAM role or user"};

inline constexpr DiagnosticKind<std::string, std::string> kRuntime{
    "CRN1023", Severity::Error, "runtime whose code stands in no template",
    "the code of `{}` cannot stand in a template: its runtime is {}, and AWS takes code there for Python and Node.js"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kTopicOutOfReach{
    "CRN1024", Severity::Error, "topic that no guard can tell", "guard `{}` cannot tell `{}` of changes: {}"};

inline constexpr DiagnosticKind<std::string, std::string> kRevert{
    "CRN1025", Severity::Error, "guard that cannot undo changes", "guard `{}` cannot undo changes: {}"};

inline constexpr DiagnosticKind<std::string> kForbidsAll{
    "CRN1026", Severity::Error, "guard that forbids changes to everybody",
    "guard `{}` would forbid changes to everybody, the template's own deployment among them"};

inline constexpr DiagnosticKind<std::string, std::string> kBlocking{
    "CRN1027", Severity::Error, "guard that cannot block public access", "guard `{}` cannot block public access: {}"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kExistingForm{
    "CRN1071", Severity::Error, "existing thing that is none of AWS", "`{}` is \"{}\", which is not {}"};

inline constexpr DiagnosticKind<std::string, std::string> kExistingUse{
    "CRN1072", Severity::Error, "existing thing that cannot be used so", "`{}` cannot be used so on AWS: {}"};

// ---- templates that are read, CRN11xx ----

inline constexpr DiagnosticKind<> kNoTemplate{"CRN1101", Severity::Error, "not a CloudFormation template",
                                              "this is no CloudFormation template: it has no `Resources`"};

inline constexpr DiagnosticKind<std::string> kNoResource{"CRN1102", Severity::Error, "a resource without a type",
                                                         "`{}` is no resource: it has no type"};

}  // namespace crenel::aws
