#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"

/// What can be wrong with the text of a program: CRN0100 to CRN0199.
namespace crenel::diagnostics {

// ---- what the grammar wants ----------------------------------------------------------------------------------------
inline constexpr DiagnosticKind<std::string, std::string> kExpected{"CRN0101", Severity::Error,
                                                                    "something else expected", "expected {}{}"};
inline constexpr DiagnosticKind<std::string_view> kReservedWord{"CRN0102", Severity::Error, "a reserved word as a name",
                                                                "`{}` is a reserved word and cannot be a name here"};
inline constexpr DiagnosticKind<std::string_view> kNotClosed{"CRN0103", Severity::Error, "a bracket that is not closed",
                                                             "`{}` is missing"};
inline constexpr DiagnosticKind<> kClosesNothing{"CRN0104", Severity::Error, "a brace that closes nothing",
                                                 "this `}}` closes nothing"};

// ---- tokens --------------------------------------------------------------------------------------------------------
inline constexpr DiagnosticKind<std::string_view> kStrayCharacter{"CRN0105", Severity::Error, "a stray character",
                                                                  "`{}` has no meaning in a program"};
inline constexpr DiagnosticKind<> kOpenText{"CRN0106", Severity::Error, "a text without an end",
                                            "this text has no closing `\"` on its line"};
inline constexpr DiagnosticKind<> kOpenComment{"CRN0107", Severity::Error, "a comment without an end",
                                               "this comment is never closed by `*/`"};
inline constexpr DiagnosticKind<std::string_view> kUnknownEscape{"CRN0108", Severity::Error, "an unknown escape",
                                                                 "`{}` is not an escape in a text"};
inline constexpr DiagnosticKind<std::string_view> kBadNumber{"CRN0109", Severity::Error, "neither number nor name",
                                                             "`{}` is neither a number nor a name"};

// ---- what is read, but cannot stand there --------------------------------------------------------------------------
inline constexpr DiagnosticKind<std::string_view, std::string_view> kMisplaced{
    "CRN0110", Severity::Error, "in the wrong place", "{} cannot stand in {}"};
inline constexpr DiagnosticKind<std::string_view> kGivenTwice{"CRN0111", Severity::Error, "a clause given twice",
                                                              "`{}` is given twice"};
inline constexpr DiagnosticKind<std::string_view, std::string_view> kNotAKind{"CRN0112", Severity::Error,
                                                                              "an unknown kind", "`{}` is not {}"};
inline constexpr DiagnosticKind<> kChainedComparison{"CRN0113", Severity::Error, "a chain of comparisons",
                                                     "a comparison of a comparison takes parentheses"};

// ---- the text as a whole -------------------------------------------------------------------------------------------
inline constexpr DiagnosticKind<> kNothingDeclared{"CRN0114", Severity::Error, "an empty file",
                                                   "this file declares nothing"};
inline constexpr DiagnosticKind<int> kTooDeep{"CRN0115", Severity::Error, "too deeply nested",
                                              "this is nested more than {} levels deep"};
inline constexpr DiagnosticKind<std::size_t, std::size_t> kTooLarge{"CRN0116", Severity::Error, "too large a text",
                                                                    "the text has {} bytes; at most {} are read"};
inline constexpr DiagnosticKind<std::size_t, unsigned> kNotUtf8{"CRN0117", Severity::Error, "not UTF-8",
                                                                "byte {} (0x{:02x}) is not UTF-8"};
inline constexpr DiagnosticKind<> kNulCharacter{"CRN0118", Severity::Error, "a NUL character",
                                                "a NUL character cannot stand in a program"};
inline constexpr DiagnosticKind<std::string> kBidirectional{
    "CRN0119", Severity::Error, "a hidden direction mark",
    "{} changes the direction of the text: what is shown is not what is read"};
inline constexpr DiagnosticKind<> kLoneCarriageReturn{"CRN0120", Severity::Error, "a lone carriage return",
                                                      "a carriage return without a line feed does not end a line"};

}  // namespace crenel::diagnostics
