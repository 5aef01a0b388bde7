#include "compiler/lsp/tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "compiler/lsp/answers.h"
#include "compiler/lsp/names.h"
#include "compiler/lsp/protocol.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

// In the order of the legend.
enum Type : std::uint8_t { kNamespace, kClass, kType, kFunction, kParameter, kVariable, kProperty, kEnumMember };
constexpr unsigned kPlain = 0;
constexpr unsigned kDeclaration = 1;
constexpr unsigned kReadonly = 2;
constexpr unsigned kLibrary = 4;

struct Token {
  base::Span span;
  Type type = kVariable;
  unsigned modifiers = kPlain;
};

/// Names that are colours of their own even where they are spelled like a keyword: keywords themselves are left to the
/// editor's grammar, which knows them without asking.
Type type_of(const std::string& keyword) {
  struct Row {
    std::string_view keyword;
    Type type;
  };
  static constexpr std::array kRows = {
      Row{"network", kNamespace},   Row{"subnet", kNamespace},  Row{"use", kNamespace},  Row{"pattern", kClass},
      Row{"stack", kClass},         Row{"policy", kClass},      Row{"rule", kFunction},  Row{"environment", kClass},
      Row{"service", kFunction},    Row{"let", kVariable},      Row{"label", kVariable}, Row{"addresses", kVariable},
      Row{"parameter", kParameter}, Row{"variable", kVariable},
  };
  const auto* const found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.keyword == keyword; });
  return found == kRows.end() ? kType : found->type;  // ends of flows
}

Token token_of(const Program& program, const Names& names, const NameUse& use) {
  const Symbol& symbol = names.symbols[use.symbol];
  const bool library = program.files[file_of(program, symbol.span.source)].library;
  const bool constant = symbol.keyword == "let" || symbol.keyword == "label" || symbol.keyword == "addresses";
  return {.span = use.span,
          .type = type_of(symbol.keyword),
          .modifiers =
              (use.declares ? kDeclaration : kPlain) | (constant ? kReadonly : kPlain) | (library ? kLibrary : kPlain)};
}

Token token_of(const OtherWord& word) {
  switch (word.kind) {
    case WordKind::Builtin:
      return {.span = word.span, .type = kType, .modifiers = kLibrary};
    case WordKind::Attribute:
    case WordKind::Fact:
      return {.span = word.span, .type = kProperty, .modifiers = kPlain};
    case WordKind::Word:
      return {.span = word.span, .type = kEnumMember, .modifiers = kPlain};
  }
  return {.span = word.span};
}

std::vector<Token> tokens_of(const Program& program, const Names& names) {
  const auto source = program.files[0].file.source;
  std::vector<Token> out;
  for (const auto& use : names.uses) {
    if (use.span.source == source) out.push_back(token_of(program, names, use));
  }
  for (const auto& word : names.others) {
    if (word.span.source == source) out.push_back(token_of(word));
  }
  const auto begins = [](const Token& a, const Token& b) { return a.span.begin < b.span.begin; };
  std::stable_sort(out.begin(), out.end(), begins);
  const auto same = [](const Token& a, const Token& b) { return a.span.begin == b.span.begin; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

}  // namespace

std::vector<std::string> token_types() {
  return {"namespace", "class", "type", "function", "parameter", "variable", "property", "enumMember"};
}

std::vector<std::string> token_modifiers() { return {"declaration", "readonly", "defaultLibrary"}; }

std::string tokens_answer(const Asked& asked) {
  const Program program = program_of(asked.files, asked.path);
  if (program.files.empty()) return "null";
  const Names names = names_of(program);
  const std::string_view text = program.sources[program.files[0].file.source].text;
  Json data = Json::array();
  std::size_t reached = 0;
  for (const auto& token : tokens_of(program, names)) {
    // From the token before, so that a long text is walked over once.
    const Place step = place_of(text.substr(reached), token.span.begin - reached);
    const std::size_t length = place_of(text.substr(token.span.begin), token.span.end - token.span.begin).character;
    data.push_back(step.line);
    data.push_back(step.character);
    data.push_back(length);
    data.push_back(static_cast<int>(token.type));
    data.push_back(token.modifiers);
    reached = token.span.begin;
  }
  return text_of(Json{{"data", std::move(data)}});
}

}  // namespace crenel::lsp
