#include "compiler/lsp/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "compiler/lsp/completion.h"
#include "compiler/lsp/hover.h"
#include "compiler/lsp/library.h"
#include "compiler/lsp/protocol.h"
#include "compiler/lsp/tokens.h"
#include "compiler/syntax/format.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNothing = "null";

Module asked_module(const Asked& asked) { return module_of(asked.path, asked.text); }

Json markdown(const std::string& text) { return {{"kind", "markdown"}, {"value", text}}; }

/// The numbers of the protocol's CompletionItemKind.
int kind_number(ProposalKind kind) {
  switch (kind) {
    case ProposalKind::Keyword:
      return 14;
    case ProposalKind::Attribute:
      return 10;
    case ProposalKind::Value:
      return 12;
    case ProposalKind::Name:
      return 6;
    case ProposalKind::Module:
      return 9;
  }
  return 1;
}

/// The numbers of the protocol's SymbolKind.
int symbol_number(const std::string& keyword) {
  if (keyword == "pattern" || keyword == "stack") return 5;                             // class
  if (keyword == "network" || keyword == "subnet") return 3;                            // namespace
  if (keyword == "parameter" || keyword == "let") return 13;                            // variable
  if (keyword == "service" || keyword == "addresses" || keyword == "label") return 14;  // constant
  if (keyword == "rule" || keyword == "test") return 12;                                // function
  return 19;                                                                            // object
}

Json symbol(std::string_view text, const Declaration& declaration) {
  Json children = Json::array();
  for (const auto& child : declaration.children) children.push_back(symbol(text, child));
  const std::string detail =
      declaration.detail.empty() ? declaration.keyword : declaration.keyword + " " + declaration.detail;
  return {{"name", declaration.name.empty() ? "(no name)" : declaration.name},
          {"detail", detail},
          {"kind", symbol_number(declaration.keyword)},
          {"range", range_of<Json>(text, declaration.span.begin, declaration.span.end)},
          {"selectionRange", range_of<Json>(text, declaration.name_span.begin, declaration.name_span.end)},
          {"children", std::move(children)}};
}

/// Where what is typed of `label` begins. Said outright, since editors disagree about whether a name goes on at a dot.
std::size_t typed_from(const Asked& asked, std::string_view label) {
  const std::string_view text = asked.text;
  const bool whole = label.find_first_of("./") != std::string_view::npos;
  std::size_t begin = name_at(text, asked.begin).begin;
  while (whole && begin > 0 && (text[begin - 1] == '.' || text[begin - 1] == '/'))
    begin = name_at(text, begin - 1).begin;
  return begin;
}

}  // namespace

std::string capabilities(std::string_view version) {
  return text_of(
      Json{{"capabilities",
            {{"positionEncoding", "utf-16"},
             {"textDocumentSync", {{"openClose", true}, {"change", 1}, {"save", true}}},
             {"completionProvider", {{"triggerCharacters", {".", ":", "=", "{", "/"}}}},
             {"hoverProvider", true},
             {"definitionProvider", true},
             {"referencesProvider", true},
             {"documentHighlightProvider", true},
             {"renameProvider", {{"prepareProvider", true}}},
             {"inlayHintProvider", true},
             {"semanticTokensProvider",
              {{"legend", {{"tokenTypes", token_types()}, {"tokenModifiers", token_modifiers()}}}, {"full", true}}},
             {"documentSymbolProvider", true},
             {"documentFormattingProvider", true},
             {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}}}},
           {"serverInfo", {{"name", "crenel"}, {"version", version}}}});
}

std::string completion_answer(const Asked& asked) {
  const Module module = asked_module(asked);
  Json items = Json::array();
  for (const auto& proposal : proposals(asked.text, asked.begin, module.declarations)) {
    Json item = {{"label", proposal.label}, {"kind", kind_number(proposal.kind)}};
    if (!proposal.detail.empty()) item["detail"] = proposal.detail;
    if (!proposal.doc.empty()) item["documentation"] = markdown(proposal.doc);
    const std::string written = proposal.label + (proposal.kind == ProposalKind::Attribute ? " = " : "");
    item["textEdit"] = {{"range", range_of<Json>(asked.text, typed_from(asked, proposal.label), asked.begin)},
                        {"newText", written}};
    items.push_back(std::move(item));
  }
  return text_of(Json{{"isIncomplete", false}, {"items", std::move(items)}});
}

std::string hover_answer(const Asked& asked) {
  const Module module = asked_module(asked);
  const std::size_t offset = asked.begin;
  const std::string said = hover(module, offset, asked.designs);
  if (said.empty()) return kNothing;
  const auto word = name_at(asked.text, offset);
  return text_of(Json{{"contents", markdown(said)}, {"range", range_of<Json>(asked.text, word.begin, word.end)}});
}

std::string symbols_answer(const Asked& asked) {
  const Module module = asked_module(asked);
  Json out = Json::array();
  for (const auto& declaration : module.declarations) out.push_back(symbol(asked.text, declaration));
  return text_of(out);
}

std::string formatting_answer(const Asked& asked) {
  base::Sources sources;
  diagnostics::Diagnostics told_elsewhere;
  const auto id = sources.add(asked.path, asked.text);
  const auto formatted = syntax::format(sources, id, told_elsewhere);
  if (!formatted || *formatted == asked.text) return "[]";
  return text_of(Json::array({{{"range", range_of<Json>(asked.text, 0, asked.text.size())}, {"newText", *formatted}}}));
}

}  // namespace crenel::lsp
