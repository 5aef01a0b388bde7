#include "compiler/diagnostics/render_sarif.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "compiler/base/fingerprint.h"

namespace crenel::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

std::string_view level_of(Severity severity) {
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

/// A path as a URI reference.
std::string uri_of(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  // A colon in the first part of a relative reference would make a scheme of it.
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Json region(const base::Sources& sources, base::Span span) {
  const auto begin = sources.position(span.source, span.begin);
  const auto end = sources.position(span.source, span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json physical(const base::Sources& sources, base::Span span) {
  return {{"artifactLocation", {{"uri", uri_of(sources[span.source].path)}}}, {"region", region(sources, span)}};
}

/// The message with what has no place of its own.
std::string message_of(const Diagnostic& diagnostic) {
  std::string out = diagnostic.message;
  for (const Note& note : diagnostic.notes)
    if (!note.span.valid()) out += "\n" + note.message;
  if (!diagnostic.help.empty()) out += "\n" + diagnostic.help;
  return out;
}

Json sarif_fix_of(const Fix& fix, const base::Sources& sources) {
  Json changes = Json::array();
  for (const Edit& edit : fix.edits)
    changes.push_back({{"artifactLocation", {{"uri", uri_of(sources[edit.span.source].path)}}},
                       {"replacements", Json::array({{{"deletedRegion", region(sources, edit.span)},
                                                      {"insertedContent", {{"text", edit.text}}}}})}});
  return {{"description", {{"text", fix.title}}},
          {"artifactChanges", std::move(changes)},
          {"properties", {{"safe", fix.safe}}}};
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// What a finding is known by from one run to the next; `seen` tells equal ones apart by their order.
std::string fingerprint(const Diagnostic& diagnostic, const base::Sources& sources, std::map<std::string, int>& seen) {
  std::string key(diagnostic.code);
  if (diagnostic.span.valid()) {
    const auto line = sources.position(diagnostic.span.source, diagnostic.span.begin).line;
    key += "\n" + sources[diagnostic.span.source].path + "\n" +
           std::string(trimmed(sources.line(diagnostic.span.source, line)));
  } else {
    key += "\n" + diagnostic.message;
  }
  const int nth = seen[key]++;
  constexpr std::size_t kDigits = 32;
  return base::sha256(key).substr(0, kDigits) + fmt::format(":{}", nth);
}

/// "# CRN0101: title" on the page's first line.
std::string title_on(std::string_view page, std::string_view code) {
  const std::string_view line = page.substr(0, page.find('\n'));
  const auto colon = line.find(": ");
  return std::string(colon == std::string_view::npos ? code : line.substr(colon + 2));
}

Json rule_of(std::string_view code, Severity severity, PageLookup page) {
  Json rule = {{"id", code}};
  if (const auto text = page(code)) {
    rule["shortDescription"] = {{"text", title_on(*text, code)}};
    rule["help"] = {{"text", fmt::format("`crenel explain {}` prints this page.\n\n{}", code, *text)},
                    {"markdown", *text}};
  }
  rule["defaultConfiguration"] = {{"level", level_of(severity)}};
  return rule;
}

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const base::Sources& sources,
                         std::string_view version, PageLookup page) {
  std::map<std::string_view, Severity> codes;
  for (const Diagnostic& each : diagnostics) codes.emplace(each.code, each.severity);
  std::map<std::string_view, std::size_t> index;
  Json rules = Json::array();
  for (const auto& [code, severity] : codes) {
    index.emplace(code, rules.size());
    rules.push_back(rule_of(code, severity, page));
  }
  std::map<std::string, int> seen;
  Json results = Json::array();
  for (const Diagnostic& each : diagnostics) {
    Json result = {{"ruleId", each.code},
                   {"ruleIndex", index.at(each.code)},
                   {"level", level_of(each.severity)},
                   {"message", {{"text", message_of(each)}}}};
    result["locations"] = Json::array();
    if (each.span.valid()) result["locations"].push_back({{"physicalLocation", physical(sources, each.span)}});
    Json related = Json::array();
    for (const Note& note : each.notes)
      if (note.span.valid())
        related.push_back({{"id", related.size()},
                           {"physicalLocation", physical(sources, note.span)},
                           {"message", {{"text", note.message}}}});
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    result["partialFingerprints"] = {{"crenelLine/v1", fingerprint(each, sources, seen)}};
    Json fixes = Json::array();
    for (const Fix& fix : each.fixes) fixes.push_back(sarif_fix_of(fix, sources));
    if (!fixes.empty()) result["fixes"] = std::move(fixes);
    results.push_back(std::move(result));
  }
  const Json document = {
      {"$schema", kSchema},
      {"version", "2.1.0"},
      {"runs",
       Json::array(
           {{{"tool", {{"driver", {{"name", "Crenel"}, {"semanticVersion", version}, {"rules", std::move(rules)}}}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}}})}};
  // A path may hold bytes that are no UTF-8: it is shown with replacement characters, never an exception.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace crenel::diagnostics
