#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

#include "compiler/lsp/answers.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/protocol.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

using diagnostics::Diagnostic;
using diagnostics::Severity;
/// Which of the sources is the document.
base::SourceId source_of(const driver::Compilation& compilation, const base::FileSystem& files,
                         const std::string& path) {
  for (const auto id : compilation.sources().ids()) {
    const std::string& shown = compilation.sources()[id].path;
    if (shown == path || files.canonical(shown) == files.canonical(path)) return id;
  }
  return {};
}

int severity_number(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return 1;
    case Severity::Warning:
      return 2;
    case Severity::Note:
      return 3;
  }
  return 3;
}

std::string message_of(const Diagnostic& diagnostic) {
  std::string out = diagnostic.message;
  for (const auto& note : diagnostic.notes) {
    if (!note.span.valid()) out += "\n" + note.message;
  }
  return diagnostic.help.empty() ? out : out + "\n" + diagnostic.help;
}

/// The second places, with the path that an editor can open.
Json related(const Diagnostic& diagnostic, const driver::Compilation& compilation, const base::FileSystem& files) {
  Json out = Json::array();
  for (const auto& note : diagnostic.notes) {
    if (!note.span.valid()) continue;
    const auto& source = compilation.sources()[note.span.source];
    const std::string path = files.canonical(source.path);
    if (path.empty()) continue;  // the library
    out.push_back({{"location", {{"uri", uri_of(path)}, {"range", range_of<Json>(source.text, note.span)}}},
                   {"message", note.message}});
  }
  return out;
}

}  // namespace

std::string diagnostics_of(const driver::Compilation& compilation, const base::FileSystem& files,
                           const std::string& path) {
  const auto document = source_of(compilation, files, path);
  Json out = Json::array();
  for (const auto& diagnostic : compilation.diagnostics().all()) {
    std::string message = message_of(diagnostic);
    base::Span span{.source = document, .begin = 0, .end = 0};
    if (diagnostic.span.valid() && diagnostic.span.source == document) {
      span = diagnostic.span;
    } else if (diagnostic.span.valid()) {
      const auto position = compilation.sources().position(diagnostic.span.source, diagnostic.span.begin);
      message = fmt::format("{}:{}:{}: {}", compilation.sources()[diagnostic.span.source].path, position.line,
                            position.column, message);
    }
    const std::string_view text = document.valid() ? std::string_view(compilation.sources()[document].text) : "";
    out.push_back({{"range", range_of<Json>(text, span)},
                   {"severity", severity_number(diagnostic.severity)},
                   {"code", diagnostic.code},
                   {"source", "crenel"},
                   {"message", std::move(message)},
                   {"relatedInformation", related(diagnostic, compilation, files)}});
  }
  return text_of(out);
}

std::string actions_answer(const Asked& asked) {
  Json out = Json::array();
  if (asked.compilation == nullptr) return text_of(out);
  const auto document = source_of(*asked.compilation, asked.files, asked.path);
  for (const auto& diagnostic : asked.compilation->diagnostics().all()) {
    if (diagnostic.span.source != document || diagnostic.span.end < asked.begin || asked.end < diagnostic.span.begin)
      continue;
    for (const auto& fix : diagnostic.fixes) {
      const bool here = std::all_of(fix.edits.begin(), fix.edits.end(),
                                    [&](const auto& edit) { return edit.span.source == document; });
      if (!here) continue;
      Json edits = Json::array();
      for (const auto& edit : fix.edits)
        edits.push_back({{"range", range_of<Json>(asked.text, edit.span)}, {"newText", edit.text}});
      out.push_back({{"title", fix.title},
                     {"kind", "quickfix"},
                     {"isPreferred", fix.safe},
                     {"edit", {{"changes", {{uri_of(asked.path), std::move(edits)}}}}}});
    }
  }
  return text_of(out);
}

}  // namespace crenel::lsp
