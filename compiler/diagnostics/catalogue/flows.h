#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN05xx: flows that cannot happen, and what they lack.
namespace crenel::diagnostics {

// ---- the two ends
inline constexpr DiagnosticKind<std::string, std::string> kNobody{"CRN0501", Severity::Error,
                                                                  "name that stands for nobody here", "{} {}"};
inline constexpr DiagnosticKind<std::string, std::string> kOutsideDesign{
    "CRN0502", Severity::Error, "flow between two places outside",
    "neither `{}` nor `{}` is in a network of the design: nothing here could open or close this flow"};
inline constexpr DiagnosticKind<std::string, std::string> kInsideNetwork{
    "CRN0503", Severity::Error, "address of the design's own network",
    "`{}` holds addresses of network `{}`, and flows inside a network name its members"};
inline constexpr DiagnosticKind<std::string> kSiteWithoutAddresses{
    "CRN0504", Severity::Error, "site without addresses",
    "site `{}` has no addresses, so no packet goes to or from it"};
inline constexpr DiagnosticKind<std::string> kNoIpv4{"CRN0505", Severity::Error, "IPv6 with an IPv4 network",
                                                     "`{}` has IPv6 addresses only, and the network has none"};
inline constexpr DiagnosticKind<std::string> kExceptFromInternet{
    "CRN0506", Severity::Error, "addresses taken out of the Internet",
    "`internet` cannot be narrowed: it would still hold `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kExceptUndecided{
    "CRN0507", Severity::Error, "difference known only at deployment",
    "what `{}` leaves of `{}` is known only at deployment"};
inline constexpr DiagnosticKind<std::string, std::string> kImmutableAdministered{
    "CRN0508", Severity::Error, "administration of an immutable group",
    "group `{}` is immutable, and {} would administer it"};

// ---- into and out of the Internet
inline constexpr DiagnosticKind<std::string, std::string, std::string, std::string> kNotReachedFromInternet{
    "CRN0511", Severity::Error, "no way in from the Internet", "`{}` cannot reach `{}`: tier `{}` is {}"};
inline constexpr DiagnosticKind<std::string> kNoPublicAddress{"CRN0512", Severity::Error, "no public address",
                                                              "`{}` has no public address for this flow"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kNoWayNamed{
    "CRN0513", Severity::Error, "no way to the Internet named",
    "the way from `{}` to `{}` is not named: tier `{}` has none of its own"};
inline constexpr DiagnosticKind<std::string> kNatNeedsPublicTier{
    "CRN0514", Severity::Error, "NAT without a public tier", "network `{}` has no public tier, and NAT stands in one"};
inline constexpr DiagnosticKind<std::string, std::string> kViaFromPublicTier{
    "CRN0515", Severity::Error, "`via` from a public tier",
    "`{}` is in the public tier `{}`, which goes to the Internet directly"};
inline constexpr DiagnosticKind<std::string, std::string> kViaNotLinked{
    "CRN0516", Severity::Error, "`via` a site without a link", "network `{}` has no link to `{}`"};
inline constexpr DiagnosticKind<std::string> kViaMisplaced{"CRN0517", Severity::Error, "`via` where the way is given",
                                                           "`via` says nothing here: {}"};
inline constexpr DiagnosticKind<> kViaChain{
    "CRN0518", Severity::Error, "two ways to the Internet",
    "traffic takes one way to the Internet: `nat` or a site, or one appliance and then `nat`"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kWaysDisagree{
    "CRN0519", Severity::Error, "two ways out of a tier",
    "tier `{}` goes to the Internet via {}, and this flow says {}"};

// ---- sites, networks and balancers
inline constexpr DiagnosticKind<std::string, std::string> kIsolated{"CRN0521", Severity::Error, "isolated tier",
                                                                    "`{}` cannot take part: tier `{}` is isolated"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kNotLinked{
    "CRN0522", Severity::Error, "private addresses without a link", "no link leads from network `{}` to `{}`, and {}"};
inline constexpr DiagnosticKind<std::string, std::string> kNotPeered{
    "CRN0523", Severity::Error, "networks that are not connected",
    "networks `{}` and `{}` are not connected: this flow needs a peering"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kNotForwarded{
    "CRN0524", Severity::Error, "balancer that does not listen", "balancer `{}` does not listen on {}: it forwards {}"};
inline constexpr DiagnosticKind<std::string> kBalancerOpens{
    "CRN0525", Severity::Error, "flow from a balancer", "balancer `{}` opens no conversations but those it forwards"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kBypassed{
    "CRN0526", Severity::Error, "balancer that can be bypassed",
    "`{}` could reach `{}` past the balancer `{}`: a network balancer keeps the client's address"};
inline constexpr DiagnosticKind<std::string> kDuplicateFlow{"CRN0527", Severity::Warning, "flow declared twice",
                                                            "{} is allowed already"};

// ---- what a deny takes away
inline constexpr DiagnosticKind<> kDenyMeetsNothing{"CRN0528", Severity::Warning, "deny that meets no allow",
                                                    "nothing of this is allowed, so the deny takes nothing away"};
inline constexpr DiagnosticKind<std::string> kDeniedFromAllPackets{
    "CRN0529", Severity::Error, "deny that leaves what cannot be named",
    "every packet but {} is nothing that rules of a provider can say"};
inline constexpr DiagnosticKind<std::string, std::string> kForwardDenied{
    "CRN0530", Severity::Error, "forward that is denied", "balancer `{}` forwards to `{}`, and that is denied"};

inline constexpr DiagnosticKind<std::string, std::string> kLegDenied{
    "CRN0531", Severity::Error, "way through an appliance that is denied",
    "the way leads from `{}` to `{}`, and that is denied"};

inline constexpr DiagnosticKind<std::string, std::string, std::string> kLinkedBeyond{
    "CRN0532", Severity::Error, "addresses that an appliance would hand on to a site",
    "`{}` would not be reached over the Internet alone: the appliance's network `{}` is linked to `{}`"};

// ---- databases
inline constexpr DiagnosticKind<std::string> kDatabaseOpens{"CRN0541", Severity::Error, "flow from a database",
                                                            "database `{}` opens no conversations"};
inline constexpr DiagnosticKind<std::string, std::string, std::string> kNotListened{
    "CRN0542", Severity::Error, "database that does not listen",
    "database `{}` does not listen on {}: it listens on {}"};
inline constexpr DiagnosticKind<std::string, std::string> kDatabaseNotPublic{
    "CRN0543", Severity::Error, "database called from the Internet",
    "`{}` cannot reach database `{}`: databases have no public address"};

}  // namespace crenel::diagnostics
