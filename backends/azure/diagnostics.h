#pragma once

#include <cstddef>
#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// What this backend reports. Each kind has its page in `pages/`.
namespace crenel::azure {

using diagnostics::DiagnosticKind;
using diagnostics::Severity;
using Text = std::string;

// ---- names and limits
inline constexpr DiagnosticKind<Text, Text, Text> kNameCollision{
    "CRN2001", Severity::Error, "two names collide on Azure",
    "{} and {} would both be called `{}` on Azure, where the case of letters does not matter"};
inline constexpr DiagnosticKind<Text, Text, std::size_t, std::size_t> kNameTooLong{
    "CRN2002", Severity::Error, "name too long for Azure",
    "{} would be called `{}` on Azure: {} characters, and {} are allowed"};
inline constexpr DiagnosticKind<Text, std::size_t, Text, std::size_t> kOverLimit{
    "CRN2003", Severity::Error, "over a limit of Azure", "{} needs {} {}; Azure allows {}"};

// ---- places
inline constexpr DiagnosticKind<Text> kUnknownRegion{"CRN2004", Severity::Error, "no region of Azure",
                                                     "`{}` is no region of Azure"};
inline constexpr DiagnosticKind<Text, int, Text> kTooFewZones{
    "CRN2005", Severity::Error, "zones that Azure has not got", "{} asks for {} zones; {}"};

// ---- packets that Azure's rules cannot name
inline constexpr DiagnosticKind<Text, Text> kIcmpTypes{
    "CRN2006", Severity::Error, "ICMP types on Azure",
    "`{}` admits {}, and a rule of Azure names no ICMP types: it would admit all of them"};
inline constexpr DiagnosticKind<Text, Text> kProtocol{
    "CRN2007", Severity::Error, "protocol that Azure has no rule for",
    "`{}` needs {}, and a rule of Azure names only tcp, udp and icmp"};
inline constexpr DiagnosticKind<Text, Text> kNatProtocol{
    "CRN2008", Severity::Error, "packets that a NAT gateway drops",
    "`{}` needs {} through NAT, and a NAT gateway of Azure carries tcp and udp only"};

// ---- balancers
inline constexpr DiagnosticKind<Text, Text> kPrivateApplicationBalancer{
    "CRN2009", Severity::Error, "application balancer without a public side",
    "balancer `{}` is in the {} tier, and an application gateway of Azure needs the Internet for its own control"};
inline constexpr DiagnosticKind<Text, Text, Text> kClientFromInside{
    "CRN2010", Severity::Error, "client inside the network of a public balancer",
    "`{}`: `{}` would reach the public address of balancer `{}` from inside, as an address that no rule can name"};
inline constexpr DiagnosticKind<Text, Text, Text, Text> kPastTheBalancer{
    "CRN2011", Severity::Error, "a client could go past the balancer",
    "`{}`: a network balancer keeps the client's address, so the rule that admits `{}` through it also admits it to "
    "`{}` directly on {}"};
inline constexpr DiagnosticKind<Text, Text, Text, Text> kThroughAnotherBalancer{
    "CRN2023", Severity::Error, "a client could come by another balancer",
    "`{}`: another balancer hands on to the same place, so the rule that admits `{}` to `{}` on {} lets it in by that "
    "one, too"};
inline constexpr DiagnosticKind<Text, Text, Text> kBalancersShareTier{
    "CRN2012", Severity::Error, "two application balancers in one tier",
    "balancers `{}` and `{}` share tier `{}`: what one may reach, the other could reach too"};
inline constexpr DiagnosticKind<Text, Text, Text> kAnswersLeaveElsewhere{
    "CRN2014", Severity::Error, "answers to a balancer's clients would leave another way",
    "`{}` gets conversations from the Internet through balancer `{}`, but its tier sends Internet traffic to {}"};
inline constexpr DiagnosticKind<Text, Text, int, int> kTierTooSmall{
    "CRN2015", Severity::Error, "tier too small for Azure",
    "tier `{}` {}, and its block is a /{}; it needs a /{} or more"};
inline constexpr DiagnosticKind<Text, std::size_t, std::size_t> kTooFewAddresses{
    "CRN2013", Severity::Error, "more instances than addresses on Azure",
    "tier `{}` has {} addresses to give, and its groups can grow to {} instances"};

// ---- peerings
inline constexpr DiagnosticKind<Text, Text, Text, Text> kInexactAcrossPeering{
    "CRN2021", Severity::Error, "groups that addresses cannot tell apart",
    "`{}` and `{}` together would admit `{}` to `{}`: across a peering Azure's rules know a group by its tier"};

// ---- databases
inline constexpr DiagnosticKind<Text, Text, Text> kEnginesShareTier{
    "CRN2041", Severity::Error, "two engines in one tier",
    "databases `{}` and `{}` share tier `{}`, and a subnet of Azure is delegated to servers of one kind"};
inline constexpr DiagnosticKind<Text, Text, Text> kDatabasesShareTier{
    "CRN2042", Severity::Error, "databases that addresses cannot tell apart",
    "`{0}` would also admit `{2}` to `{1}`: Azure's rules know the databases of a tier by its addresses"};

// ---- links
inline constexpr DiagnosticKind<Text, Text, Text> kTwoDefaultSites{
    "CRN2016", Severity::Error, "two sites for one gateway's Internet traffic",
    "network `{}` sends Internet traffic to `{}` and to `{}`, and a VPN gateway of Azure has one default site"};
inline constexpr DiagnosticKind<Text> kLinkCertificate{
    "CRN2017", Severity::Error, "VPN by certificate on Azure",
    "link `{}` authenticates by certificate, which this backend cannot set up for a VPN gateway"};

// ---- values
// A value of the wrong provider is no error: the deployment refuses it and nothing is opened, and a pattern tried with
// one provider's values still compiles for the other.
inline constexpr DiagnosticKind<Text, Text> kForeignImage{"CRN2018", Severity::Warning, "image of another provider",
                                                          "`{}` of group `{}` is the id of an Amazon machine image"};
inline constexpr DiagnosticKind<Text, Text> kForeignCertificate{
    "CRN2019", Severity::Warning, "certificate that is no Key Vault secret",
    "`{}` of balancer `{}` is not the address of a secret in a key vault"};
inline constexpr DiagnosticKind<Text, Text, Text> kSettingValue{
    "CRN2020", Severity::Error, "setting with a wrong value", "`{}` is `{}`; it must be {}"};

// ---- services
inline constexpr DiagnosticKind<Text, Text, Text> kNoPrivateEndpoint{
    "CRN2031", Severity::Error, "service without a private endpoint on Azure",
    "`{}`: `{}` would reach `{}` at its public address, and Azure's firewalls of services cannot tell who comes there"};
inline constexpr DiagnosticKind<Text, Text> kSiteWithoutIdentity{
    "CRN2032", Severity::Error, "site without identities on Azure",
    "`{}`: Azure knows who uses a service by an identity, and site `{}` has none"};
inline constexpr DiagnosticKind<Text, Text, Text> kCrossProduct{
    "CRN2033", Severity::Error, "two ways into one store",
    "store `{}` is open to `{}` and to `{}`: its firewall would let each come by the other's way"};
inline constexpr DiagnosticKind<Text> kTwoPrivateAddresses{
    "CRN2034", Severity::Error, "service with private addresses in two networks",
    "`{}` would have a private address in two networks, and it has one private name"};

inline constexpr DiagnosticKind<Text, Text, Text> kSiteNotPublic{
    "CRN2035", Severity::Error, "site without public addresses",
    "`{}`: the firewall of a storage account takes public addresses, and site `{}` has {}"};

// ---- things that were made elsewhere
inline constexpr DiagnosticKind<Text, Text> kExistingForm{"CRN2036", Severity::Error,
                                                          "existing thing that is none of Azure",
                                                          "`{}` is \"{}\", which is no id of such a thing at Azure"};
inline constexpr DiagnosticKind<Text, Text> kExistingUse{"CRN2037", Severity::Error,
                                                         "existing thing that cannot be used so on Azure",
                                                         "`{}` cannot be used so on Azure: {}"};

// ---- functions
inline constexpr DiagnosticKind<Text> kFunctionOutside{
    "CRN2051", Severity::Error, "function outside of every network on Azure",
    "function `{}` stands in no tier, and Azure's services cannot tell one of its own machines from another"};
inline constexpr DiagnosticKind<Text, Text, Text> kFunctionsShareTier{
    "CRN2052", Severity::Error, "functions that addresses cannot tell apart",
    "functions `{}` and `{}` of one tier may reach different things, and Azure's rules know them by their tier: `{}`"};
inline constexpr DiagnosticKind<Text> kNoTierForEnds{
    "CRN2053", Severity::Error, "network without a tier for private endpoints",
    "function `{}` needs private endpoints, and the subnet of Azure's functions can hold none"};
inline constexpr DiagnosticKind<Text, Text, Text> kNoControlPath{
    "CRN2054", Severity::Error, "control of a group from a network of Azure",
    "`{}`: `{}` would call Azure's Resource Manager to {} members, and no private way of a resource group leads there"};

// ---- IPv6
inline constexpr DiagnosticKind<Text, Text, Text> kNoIpv6{"CRN2062", Severity::Error, "no IPv6 there on Azure",
                                                          "{} has no IPv6 in network `{}`: {}"};

// ---- what a template for a resource group cannot hold to what is declared
inline constexpr DiagnosticKind<Text, Text> kInexact{"CRN2022", Severity::Error,
                                                     "construct that Azure cannot keep to what is declared",
                                                     "`{}` is not made on Azure: {}"};

// ---- reading templates back
inline constexpr DiagnosticKind<Text> kNoTemplate{"CRN2101", Severity::Error, "no template of Azure",
                                                  "this is no template of Azure: {}"};

}  // namespace crenel::azure
