#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/base/source.h"

namespace crenel::diagnostics {

enum class Severity { Error, Warning, Note };

/// The kind of a diagnostic: its stable code and the shape of its message. The message's arguments are checked against
/// the format when the compiler itself is compiled. Each kind is one constant in `catalogue.h` and has one page in
/// `pages/`.
template <class... Args>
struct DiagnosticKind {
  std::string_view code;  ///< "CRN0412"
  Severity severity;
  std::string_view title;  ///< a few words, for lists: "unknown attribute"
  fmt::format_string<Args...> format;
};

/// A second place that matters, or (without a span) a remark.
struct Note {
  base::Span span;
  std::string message;
};

/// A replacement of the bytes of `span` by `text`.
struct Edit {
  base::Span span;
  std::string text;
};

/// A change that mends the fault; a tool can apply it. `safe` means the meaning of everything else stays.
struct Fix {
  std::string title;
  std::vector<Edit> edits;
  bool safe = false;
};

struct Diagnostic {
  std::string_view code;
  Severity severity = Severity::Error;
  base::Span span;  ///< may be invalid: then the fault is in no source (a flag, a file that is not there)
  std::string message;
  std::vector<Note> notes;
  std::vector<Fix> fixes;
  std::string help;     ///< what to do, in one sentence; empty when the message says it
  bool secret = false;  ///< the excerpt would show a secret: render it masked
};

/// Collects the diagnostics of a compilation, in the order they were found.
class Diagnostics {
 public:
  /// Adds one and returns it so that notes, fixes and help can be hung on it:
  /// `diagnostics.report(kUnknownName, span, name).help = "…";`. The reference is good until the next report.
  template <class... Args>
  Diagnostic& report(const DiagnosticKind<Args...>& kind, base::Span span, const std::type_identity_t<Args>&... args) {
    return add({.code = kind.code,
                .severity = kind.severity,
                .span = span,
                .message = fmt::vformat(kind.format, fmt::make_format_args(args...)),
                .notes = {},
                .fixes = {},
                .help = {},
                .secret = false});
  }

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  void append(Diagnostics other);
  void append(Diagnostic one) { add(std::move(one)); }

 private:
  Diagnostic& add(Diagnostic diagnostic);
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace crenel::diagnostics
