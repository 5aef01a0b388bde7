#pragma once

#include <cstdint>
#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN04xx: address plans, sites, links, and what is in the networks.
namespace crenel::diagnostics {

// ---- the address plan
inline constexpr DiagnosticKind<std::string, std::string, int, std::uint64_t> kSpaceTooSmall{
    "CRN0401", Severity::Error, "network without room for its tiers",
    "there is no room for tier `{}`: the space of network `{}` (/{}) lacks {} addresses"};
inline constexpr DiagnosticKind<std::string, int> kNoRoomForGateways{
    "CRN0402", Severity::Error, "network without room for gateways",
    "the space of network `{}` is too small: it can be a /{}, and the last /26 of a network is the provider's"};
inline constexpr DiagnosticKind<std::string, std::string> kTierOutsideNetwork{
    "CRN0403", Severity::Error, "tier outside its network", "tier `{}` does not lie in the space of network `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kTiersOverlap{"CRN0404", Severity::Error, "overlapping tiers",
                                                                        "tier `{}` lies on tier `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kTierOverGateways{
    "CRN0405", Severity::Error, "tier on the gateways' block",
    "tier `{}` lies on the last /26 of network `{}`, which is the provider's"};
inline constexpr DiagnosticKind<std::string> kTierSpaceUnknown{
    "CRN0406", Severity::Error, "tier's space with a network known only at deployment",
    "the `space` of tier `{}` cannot be placed: blocks known only at deployment take part"};
inline constexpr DiagnosticKind<std::string, int, int> kTierTooSmall{
    "CRN0407", Severity::Error, "tier too small for its zones", "tier `{}` (/{}) cannot be cut into {} zones"};
inline constexpr DiagnosticKind<std::string> kTierUnsized{"CRN0408", Severity::Error, "tier without one size",
                                                          "tier `{}` needs either `size` or `space`"};
inline constexpr DiagnosticKind<std::string> kPinnedSpace{"CRN0409", Severity::Error, "`at` beside `space`",
                                                          "tier `{}` has a `space`, so `at` says nothing"};
inline constexpr DiagnosticKind<std::string> kSpaceNotIpv4{"CRN0410", Severity::Error, "space that is not IPv4",
                                                           "the space of `{}` is not an IPv4 block"};
inline constexpr DiagnosticKind<std::string, std::size_t, std::size_t> kSpaceBlocks{
    "CRN0434", Severity::Error, "space that is not one block a family",
    "the space of `{}` has {} blocks of IPv4 and {} of IPv6"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kIpv6Block{
    "CRN0435", Severity::Error, "block of IPv6 that no network has", "network `{}` cannot have {}: {}"};
inline constexpr DiagnosticKind<std::string> kIpv6Denied{"CRN0436", Severity::Error,
                                                         "block of IPv6 beside `ipv6 = false`",
                                                         "network `{}` has no IPv6, and its space has a block of it"};
inline constexpr DiagnosticKind<std::string, std::string> kIpv6Given{
    "CRN0437", Severity::Error, "block of IPv6 where the provider gives one",
    "network `{}` says which block of IPv6 it has, and `{}` gives a network its block"};

// ---- addresses
inline constexpr DiagnosticKind<std::string, std::string, std::string> kAddressesOverlap{
    "CRN0411", Severity::Error, "addresses that overlap", "{} and {} overlap{}"};
inline constexpr DiagnosticKind<std::string, std::string> kSiteTooLarge{
    "CRN0412", Severity::Error, "site that claims too much of the Internet", "site `{}` can claim more than a {}"};

inline constexpr DiagnosticKind<std::string, int, std::string, int> kSpaceNarrowed{
    "CRN0429", Severity::Warning, "space narrower than its bound",
    "`{}` may be a /{}, which has no room for the tiers of network `{}`: the template takes a /{} or larger"};

// ---- links
inline constexpr DiagnosticKind<std::string> kLinkWithoutDevice{"CRN0414", Severity::Error, "VPN without a far end",
                                                                "site `{}` has no `device` for the VPN to end at"};
inline constexpr DiagnosticKind<std::string, std::string> kLinkedTwice{
    "CRN0415", Severity::Error, "two links to one site", "network `{}` is linked to `{}` already"};
inline constexpr DiagnosticKind<std::string, std::string> kLinkUnused{
    "CRN0416", Severity::Warning, "link that nothing uses", "no flow uses the link of `{}` to `{}`"};
inline constexpr DiagnosticKind<std::string> kLinkWithoutKey{"CRN0417", Severity::Error, "VPN without one key",
                                                             "the VPN to `{}` needs either a `key` or a `certificate`"};

// ---- tiers, groups and balancers
inline constexpr DiagnosticKind<std::string, std::string, std::string> kMixedTier{
    "CRN0418", Severity::Error, "tier with a mixture", "tier `{}` cannot hold {} as well as {}"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kPublicAddressOutside{
    "CRN0419", Severity::Error, "public address outside a public tier",
    "group `{}` cannot have a public address: tier `{}` is {}"};
inline constexpr DiagnosticKind<std::string> kForwardsNothing{
    "CRN0421", Severity::Error, "balancer that forwards nothing", "balancer `{}` forwards nothing"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kForwardTarget{
    "CRN0422", Severity::Error, "forward to something out of reach", "balancer `{}` cannot forward to `{}`: {}"};
inline constexpr DiagnosticKind<std::string> kListenTwice{"CRN0423", Severity::Error, "two forwards of one port",
                                                          "{} is forwarded twice"};
inline constexpr DiagnosticKind<std::string, std::string> kCertificateMissing{
    "CRN0424", Severity::Error, "TLS without a certificate", "balancer `{}` ends TLS on {} and has no `certificate`"};
inline constexpr DiagnosticKind<std::string, std::string> kCertificateUnused{
    "CRN0425", Severity::Error, "certificate that is not used", "the certificate of balancer `{}` is not used: {}"};
inline constexpr DiagnosticKind<std::string, std::string> kApplicationNeedsTcp{
    "CRN0426", Severity::Error, "application balancer on something else than TCP",
    "balancer `{}` ends HTTP connections, and {} is not TCP"};
inline constexpr DiagnosticKind<std::string> kBadCheck{"CRN0427", Severity::Error, "impossible health check",
                                                       "this check asks over HTTP, and the target speaks {}"};

// ---- peerings
inline constexpr DiagnosticKind<std::string> kPeeredWithItself{"CRN0431", Severity::Error, "network peered with itself",
                                                               "network `{}` is peered with itself"};
inline constexpr DiagnosticKind<std::string, std::string> kPeeredTwice{
    "CRN0432", Severity::Error, "two peerings of the same networks", "networks `{}` and `{}` are peered already"};
inline constexpr DiagnosticKind<std::string, std::string> kPeeringUnused{
    "CRN0433", Severity::Warning, "peering that nothing uses", "no flow passes from `{}` to `{}` or back"};

// ---- agents and databases
inline constexpr DiagnosticKind<std::string, std::string, std::string> kAgentCannotReport{
    "CRN0441", Severity::Error, "agent that cannot report",
    "agent `{}` on group `{}` reports to `{}`, and no flow leads there"};
inline constexpr DiagnosticKind<std::string> kUnknownEngine{"CRN0442", Severity::Error, "unknown database engine",
                                                            "`{}` is no database engine that is known"};
inline constexpr DiagnosticKind<std::string> kBackupDays{
    "CRN0443", Severity::Error, "backups kept for something else than days",
    "backups of database `{}` are kept for whole days, 1 to 35 of them"};

}  // namespace crenel::diagnostics
