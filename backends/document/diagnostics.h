#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"

/// What keeps a JSON or YAML text from being read, CRN30xx. Each has a page in `pages/`.
namespace crenel::document {

using diagnostics::DiagnosticKind;
using diagnostics::Severity;

inline constexpr DiagnosticKind<std::string_view, std::string> kMalformed{
    "CRN3001", Severity::Error, "malformed JSON or YAML", "this is no {}: {}"};

inline constexpr DiagnosticKind<std::string> kDuplicateKey{"CRN3002", Severity::Error, "a key given twice",
                                                           "`{}` is given twice in one mapping"};

inline constexpr DiagnosticKind<std::string_view> kReference{"CRN3003", Severity::Error, "an anchor or an alias",
                                                             "templates have no YAML {}"};

inline constexpr DiagnosticKind<> kMergeKey{"CRN3004", Severity::Error, "a merge key",
                                            "templates have no YAML merge key `<<`"};

inline constexpr DiagnosticKind<> kSeveralDocuments{"CRN3005", Severity::Error, "several documents in one text",
                                                    "a second document begins here"};

inline constexpr DiagnosticKind<int> kNestedTooDeep{"CRN3006", Severity::Error, "a document nested too deep",
                                                    "this is nested more than {} levels deep"};

inline constexpr DiagnosticKind<std::size_t, unsigned> kNotUnicode{
    "CRN3007", Severity::Error, "a document that is not UTF-8", "byte {} (0x{:02x}) is not UTF-8"};

inline constexpr DiagnosticKind<unsigned> kControlCharacter{"CRN3008", Severity::Error,
                                                            "a control character in a document",
                                                            "the control character U+{:04X} cannot stand here"};

inline constexpr DiagnosticKind<std::string> kForeignTag{"CRN3009", Severity::Error, "a tag that templates do not have",
                                                         "templates have no YAML tag `{}`"};

inline constexpr DiagnosticKind<std::string_view> kKeyShape{"CRN3010", Severity::Error, "a key that is no text",
                                                            "{} cannot be a key: keys are texts"};

inline constexpr DiagnosticKind<> kNoDocument{"CRN3011", Severity::Error, "an empty document",
                                              "there is nothing in this text"};

// ---- what a design says in a provider's own words

inline constexpr DiagnosticKind<std::string> kNoSuchResource{
    "CRN3012", Severity::Error, "override of a resource that is not there", "the template has no resource `{}`"};

inline constexpr DiagnosticKind<std::string, std::string> kNoSuchProperty{
    "CRN3013", Severity::Error, "override of a place that is not there", "`{}` leads nowhere in `{}`"};

inline constexpr DiagnosticKind<std::string, std::string> kNoRawResource{
    "CRN3014", Severity::Error, "verbatim text that is no resource", "`{}` is no resource: {}"};

inline constexpr DiagnosticKind<std::string> kResourceThere{
    "CRN3015", Severity::Error, "verbatim resource with a taken name", "the template has a resource `{}` already"};

}  // namespace crenel::document
