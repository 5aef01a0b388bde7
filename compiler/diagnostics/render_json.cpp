#include "compiler/diagnostics/render_json.h"

#include <nlohmann/json.hpp>

namespace crenel::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      break;
  }
  return "note";
}

Json position(const base::Sources& sources, base::SourceId source, std::uint32_t offset) {
  const base::Position at = sources.position(source, offset);
  return {{"line", at.line}, {"column", at.column}, {"offset", offset}};
}

void add_place(Json& out, const base::Sources& sources, base::Span span) {
  out["path"] = span.valid() ? Json(sources[span.source].path) : Json();
  out["start"] = span.valid() ? position(sources, span.source, span.begin) : Json();
  out["end"] = span.valid() ? position(sources, span.source, span.end) : Json();
}

Json fix_of(const Fix& fix, const base::Sources& sources) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    Json one = Json::object();
    add_place(one, sources, edit.span);
    one["text"] = edit.text;
    edits.push_back(std::move(one));
  }
  return {{"title", fix.title}, {"safe", fix.safe}, {"edits", std::move(edits)}};
}

Json diagnostic_of(const Diagnostic& diagnostic, const base::Sources& sources) {
  Json out = {{"code", diagnostic.code},
              {"severity", word_of(diagnostic.severity)},
              {"message", diagnostic.message},
              {"help", diagnostic.help}};
  add_place(out, sources, diagnostic.span);
  out["notes"] = Json::array();
  for (const Note& note : diagnostic.notes) {
    Json one = {{"message", note.message}};
    add_place(one, sources, note.span);
    out["notes"].push_back(std::move(one));
  }
  out["fixes"] = Json::array();
  for (const Fix& fix : diagnostic.fixes) out["fixes"].push_back(fix_of(fix, sources));
  return out;
}

}  // namespace

std::string render_json(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources) {
  Json list = Json::array();
  for (const Diagnostic& each : diagnostics) list.push_back(diagnostic_of(each, sources));
  const Json document = {{"version", kJsonVersion}, {"diagnostics", std::move(list)}};
  // A path may hold bytes that are no UTF-8: it is shown with replacement characters, never an exception.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crenel::diagnostics
