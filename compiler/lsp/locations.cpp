#include <nlohmann/json.hpp>
#include <string>

#include "compiler/lsp/answers.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/names.h"
#include "compiler/lsp/protocol.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

Json location(const Program& program, const base::Span& span) {
  const auto& source = program.sources[span.source];
  return {{"uri", uri_of(source.path)}, {"range", range_of<Json>(source.text, span)}};
}

/// Nothing of a module of the library has a place that an editor could open: it is in the binary, and hovering shows
/// it.
bool can_be_opened(const Program& program, const base::Span& span) {
  return !program.files[file_of(program, span.source)].library;
}

}  // namespace

std::string definition_answer(const Asked& asked) {
  const Program program = program_of(asked.files, asked.path);
  if (program.files.empty()) return "null";
  const Names names = names_of(program);
  const auto* use = use_at(names, program.files[0].file.source, asked.begin);
  if (use == nullptr) return "null";
  const base::Span span = names.symbols[use->symbol].span;
  return can_be_opened(program, span) ? text_of(location(program, span)) : "null";
}

std::string references_answer(const Asked& asked) {
  const Program program = whole_program_of(asked.files, asked.folders, asked.path);
  if (program.files.empty()) return "null";
  const Names names = names_of(program);
  const auto* here = use_at(names, program.files[0].file.source, asked.begin);
  if (here == nullptr) return "null";
  Json out = Json::array();
  for (const auto& use : names.uses) {
    if (use.symbol != here->symbol || (use.declares && !asked.with_declaration)) continue;
    if (can_be_opened(program, use.span)) out.push_back(location(program, use.span));
  }
  return text_of(out);
}

std::string highlights_answer(const Asked& asked) {
  static constexpr int kRead = 2;
  static constexpr int kWrite = 3;
  const Program program = program_of(asked.files, asked.path);
  if (program.files.empty()) return "null";
  const auto source = program.files[0].file.source;
  const Names names = names_of(program);
  const auto* here = use_at(names, source, asked.begin);
  if (here == nullptr) return "null";
  Json out = Json::array();
  for (const auto& use : names.uses) {
    if (use.symbol != here->symbol || use.span.source != source) continue;
    out.push_back({{"range", range_of<Json>(asked.text, use.span)}, {"kind", use.declares ? kWrite : kRead}});
  }
  return text_of(out);
}

}  // namespace crenel::lsp
