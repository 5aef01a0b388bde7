#pragma once

#include <string>

#include "compiler/diagnostics/diagnostic.h"

/// CRN03xx: values, types and the bounds of parameters.
namespace crenel::diagnostics {

inline constexpr DiagnosticKind<std::string, std::string> kTypeMismatch{
    "CRN0301", Severity::Error, "value of another type", "{} is expected, and this is {}"};
inline constexpr DiagnosticKind<std::string, std::string> kOutOfBounds{"CRN0302", Severity::Error,
                                                                       "value out of bounds", "{} is not {}"};
inline constexpr DiagnosticKind<std::string> kHostBits{"CRN0303", Severity::Error, "block with host bits",
                                                       "`{}` is no block: bits past its length are set"};
inline constexpr DiagnosticKind<std::string, std::string> kBadAddress{"CRN0304", Severity::Error, "bad address",
                                                                      "`{}` is no address or block: {}"};
inline constexpr DiagnosticKind<std::string> kBackwardsRange{"CRN0305", Severity::Error, "range that runs backwards",
                                                             "the range {} runs backwards"};
inline constexpr DiagnosticKind<std::string> kPercentTooLarge{"CRN0306", Severity::Error, "more than 100 percent",
                                                              "{}% is more than everything"};
inline constexpr DiagnosticKind<std::string> kBadDate{"CRN0307", Severity::Error, "impossible date",
                                                      "the calendar has no day {}"};
inline constexpr DiagnosticKind<std::string> kNumberTooLarge{"CRN0308", Severity::Error, "number too large",
                                                             "{} is too large"};
inline constexpr DiagnosticKind<std::string, std::string> kBadPort{"CRN0309", Severity::Error, "no such port or type",
                                                                   "{} is no {}"};
inline constexpr DiagnosticKind<> kLiteralSecret{"CRN0310", Severity::Error, "secret in the source",
                                                 "a secret is never written down"};
inline constexpr DiagnosticKind<std::string, std::string> kBadRegex{
    "CRN0311", Severity::Error, "bad regular expression", "`{}` is no regular expression: {}"};
inline constexpr DiagnosticKind<std::string> kUnknownType{"CRN0312", Severity::Error, "unknown type",
                                                          "there is no type `{}`"};
inline constexpr DiagnosticKind<std::string, std::string> kBadBound{"CRN0313", Severity::Error, "bad bound of a type",
                                                                    "the bound of `{}` must be {}"};
inline constexpr DiagnosticKind<std::string, std::string> kUnboundStructural{
    "CRN0314", Severity::Error, "unbound parameter decides structure",
    "`{}` has no value, and {} cannot be left to deployment"};
inline constexpr DiagnosticKind<std::string> kDeferredStructure{
    "CRN0315", Severity::Error, "structure decided at deployment",
    "`{}` is known only at deployment, and this decides structure"};
inline constexpr DiagnosticKind<std::string, std::string> kBoundNotImplied{
    "CRN0316", Severity::Error, "parameter with a wider bound", "`{}` may be given values that are not {}"};
inline constexpr DiagnosticKind<std::string, std::string> kNotComparable{
    "CRN0317", Severity::Error, "values that cannot be compared", "{} and {} cannot be compared"};
inline constexpr DiagnosticKind<std::string> kBadDriver{"CRN0318", Severity::Error, "bad scaling",
                                                        "`by {}` is no way to scale: it is `by cpu(PERCENT)`"};
inline constexpr DiagnosticKind<std::string, std::string> kBadWord{"CRN0319", Severity::Error, "unknown word",
                                                                   "`{}` is not {}"};
inline constexpr DiagnosticKind<std::string> kFirstNumber{"CRN0320", Severity::Error, "not one port",
                                                          "a balancer listens on and calls one port: {} is not"};

}  // namespace crenel::diagnostics
