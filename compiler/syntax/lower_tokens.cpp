#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/lower.h"

namespace crenel::syntax {

const Node* child(const Node& node, NodeKind kind, std::size_t nth) {
  for (const Node& part : node.children)
    if (part.kind == kind && nth-- == 0) return &part;
  return nullptr;
}

std::vector<const Node*> children(const Node& node, NodeKind kind) {
  std::vector<const Node*> out;
  for (const Node& part : node.children)
    if (part.kind == kind) out.push_back(&part);
  return out;
}

Span Lowering::span(const Node& node) const {
  return base::join(list_.tokens[node.first].span, list_.tokens[node.last].span);
}

const Node* Lowering::leaf(const Node& node, TokenKind kind, std::size_t nth) const {
  for (const Node& part : node.children)
    if (part.kind == NodeKind::Token && token(part).kind == kind && nth-- == 0) return &part;
  return nullptr;
}

bool Lowering::has(const Node& node, std::string_view text) const {
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const Node& part) { return part.kind == NodeKind::Token && token(part).is(text); });
}

Name Lowering::name(const Node& node) const { return {std::string(token(node).text), token(node).span}; }

std::vector<Name> Lowering::names_in(const Node& node, std::size_t from) const {
  std::vector<Name> out;
  for (const Node* part : children(node, NodeKind::Name))
    if (from == 0)
      out.push_back(name(*part));
    else
      --from;
  return out;
}

Path Lowering::path(const Node& node) const {
  Path out;
  out.span = span(node);
  for (const Node& part : node.children)
    if (part.kind != NodeKind::Token) out.names.push_back(name(part));
  return out;
}

std::vector<Path> Lowering::paths_in(const Node& node, std::size_t from) const {
  std::vector<Path> out;
  for (const Node* part : children(node, NodeKind::Path))
    if (from == 0)
      out.push_back(path(*part));
    else
      --from;
  return out;
}

Text Lowering::text(const Node& leaf) const {
  const Token& token = this->token(leaf);
  const std::string_view inside = token.text.substr(1, token.text.size() - 2);
  Text out{"", token.span};
  out.text.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      out.text.push_back(inside[i]);
      continue;
    }
    const std::size_t begin = i++;
    switch (inside[i]) {
      case 'n':
        out.text.push_back('\n');
        continue;
      case 't':
        out.text.push_back('\t');
        continue;
      case '"':
      case '\\':
        out.text.push_back(inside[i]);
        continue;
      default:
        break;
    }
    // The escaped character may be of several bytes; its continuation bytes belong to it.
    while (i + 1 < inside.size() && (static_cast<unsigned char>(inside[i + 1]) & 0xC0U) == 0x80U) ++i;
    const auto offset = token.span.begin + 1 + static_cast<std::uint32_t>(begin);
    const Span escape{token.span.source, offset, offset + static_cast<std::uint32_t>(i + 1 - begin)};
    auto& diagnostic = diagnostics_.report(diagnostics::kUnknownEscape, escape, inside.substr(begin, i + 1 - begin));
    diagnostic.help = "the escapes are `\\\"`, `\\\\`, `\\n` and `\\t`; a backslash itself is `\\\\`";
    diagnostic.fixes.push_back(
        {.title = "write a backslash", .edits = {{{escape.source, escape.begin, escape.begin}, "\\"}}, .safe = true});
  }
  return out;
}

std::vector<Text> Lowering::texts_in(const Node& node) const {
  std::vector<Text> out;
  for (const Node& part : node.children)
    if (part.kind == NodeKind::Token && token(part).kind == TokenKind::String) out.push_back(text(part));
  return out;
}

std::string Lowering::doc_above(const Node& node) const {
  const Token& first = token(node);
  const std::uint32_t free_from = node.first == 0 ? 1 : list_.tokens[node.first - 1].line + 1;
  const auto end = std::lower_bound(list_.docs.begin(), list_.docs.end(), first.line,
                                    [](const DocLine& doc, std::uint32_t line) { return doc.line < line; });
  auto begin = end;
  for (std::uint32_t line = first.line; begin != list_.docs.begin(); --begin, --line) {
    const DocLine& above = *std::prev(begin);
    if (above.line + 1 != line || above.line < free_from) break;
  }
  std::string out;
  for (auto doc = begin; doc != end; ++doc) {
    if (doc != begin) out.push_back('\n');
    out.append(doc->text);
  }
  return out;
}

void Lowering::check_kind(const Name& word, std::string_view what, const std::vector<std::string>& known) const {
  if (std::find(known.begin(), known.end(), word.text) != known.end()) return;
  auto& diagnostic = diagnostics_.report(diagnostics::kNotAKind, word.span, word.text, what);
  const auto near = base::nearest(word.text, known);
  if (!near) {
    diagnostic.help = "it is one of " + base::list_in_words(known, "and");
    return;
  }
  diagnostic.help = "did you mean `" + *near + "`?";
  diagnostic.fixes.push_back({.title = "write `" + *near + "`", .edits = {{word.span, *near}}, .safe = false});
}

void Lowering::check_once(const std::vector<const Node*>& clauses, std::string_view keyword) const {
  for (std::size_t i = 1; i < clauses.size(); ++i)
    diagnostics_.report(diagnostics::kGivenTwice, span(*clauses[i]), keyword)
        .notes.push_back({span(*clauses.front()), "first given here"});
}

}  // namespace crenel::syntax
