#include "compiler/diagnostics/render_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diagnostics/excerpt.h"
#include "compiler/diagnostics/printable.h"

namespace crenel::diagnostics {
namespace {

constexpr std::size_t kNumberWidth = 5;

struct Palette {
  std::string_view bold, error, warning, note, gutter, added, off;
};

constexpr Palette kPlain = {};
constexpr Palette kAnsi = {.bold = "\x1b[1m",
                           .error = "\x1b[1;31m",
                           .warning = "\x1b[1;33m",
                           .note = "\x1b[1;36m",
                           .gutter = "\x1b[34m",
                           .added = "\x1b[32m",
                           .off = "\x1b[0m"};

class TextRenderer {
 public:
  TextRenderer(const base::Sources& sources, RenderOptions options, std::vector<base::Span> masked)
      : sources_(sources), palette_(options.color ? kAnsi : kPlain), masked_(std::move(masked)) {}

  [[nodiscard]] std::string render(const Diagnostic& diagnostic) const {
    const auto [word, color] = severity(diagnostic.severity);
    std::string out = place(diagnostic.span);
    out += fmt::format("{}{}[{}]{}: {}{}{}\n", color, word, diagnostic.code, palette_.off, palette_.bold,
                       printable(diagnostic.message), palette_.off);
    out += drawn(diagnostic.span, color);
    for (const Note& note : diagnostic.notes) {
      out += fmt::format("{}{}note{}: {}\n", place(note.span), palette_.note, palette_.off, printable(note.message));
      out += drawn(note.span, palette_.note);
    }
    if (!diagnostic.help.empty()) {
      out += fmt::format("{}help{}: {}\n", palette_.note, palette_.off, printable(diagnostic.help));
    }
    for (const Fix& fix : diagnostic.fixes) {
      out += fmt::format("{}fix{}: {}\n", palette_.note, palette_.off, printable(fix.title));
      for (const Excerpt& excerpt : excerpts_of(sources_, fix, masked_)) out += drawn(excerpt, palette_.added);
    }
    return out;
  }

 private:
  [[nodiscard]] std::pair<std::string_view, std::string_view> severity(Severity severity) const {
    switch (severity) {
      case Severity::Error:
        return {"error", palette_.error};
      case Severity::Warning:
        return {"warning", palette_.warning};
      case Severity::Note:
        break;
    }
    return {"note", palette_.note};
  }

  [[nodiscard]] std::string place(base::Span span) const {
    if (!span.valid()) return "";
    const base::Position position = sources_.position(span.source, span.begin);
    return fmt::format("{}{}:{}:{}:{} ", palette_.bold, printable(sources_[span.source].path), position.line,
                       position.column, palette_.off);
  }

  [[nodiscard]] std::string drawn(base::Span span, std::string_view color) const {
    return span.valid() ? drawn(excerpt_of(sources_, span, masked_), color) : "";
  }

  [[nodiscard]] std::string drawn(const Excerpt& excerpt, std::string_view color) const {
    std::string out = fmt::format("{}{:>{}} |{}", palette_.gutter, excerpt.number, kNumberWidth, palette_.off);
    out += excerpt.text.empty() ? "\n" : " " + excerpt.text + "\n";
    if (!excerpt.marks.empty()) {
      out += fmt::format("{}{:>{}} |{} {}{}{}\n", palette_.gutter, "", kNumberWidth, palette_.off, color, excerpt.marks,
                         palette_.off);
    }
    return out;
  }

  const base::Sources& sources_;
  const Palette& palette_;
  std::vector<base::Span> masked_;
};

std::vector<base::Span> secrets_of(const std::vector<Diagnostic>& diagnostics) {
  std::vector<base::Span> out;
  for (const Diagnostic& each : diagnostics) {
    if (each.secret && each.span.valid()) out.push_back(each.span);
  }
  return out;
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const base::Sources& sources, RenderOptions options) {
  return render_text(std::vector{diagnostic}, sources, options);
}

std::string render_text(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources,
                        RenderOptions options) {
  const TextRenderer renderer(sources, options, secrets_of(diagnostics));
  std::string out;
  for (const Diagnostic& each : diagnostics) {
    if (!out.empty()) out += "\n";
    out += renderer.render(each);
  }
  return out;
}

}  // namespace crenel::diagnostics
