#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/syntax/format_parts.h"

namespace crenel::syntax {
namespace {

class Marking {
 public:
  Marking(const TokenList& list, Marks& marks) : list_(list), marks_(marks) {
    marks_.tokens.resize(list.tokens.size());
  }

  void all(const Node& file) {
    for (std::uint32_t i = 0; i + 1 < list_.tokens.size(); ++i) mark(i).gap = usual_gap(i);
    for (const Node& item : file.children) {
      if (item.kind != NodeKind::Item) continue;
      mark(item.first).starts_element = true;
      visit(item, item.first);
    }
    marks_.tokens.back().starts_element = true;
  }

 private:
  Mark& mark(std::uint32_t at) { return marks_.tokens[at]; }
  bool is(std::uint32_t at, std::string_view text) const { return list_.tokens[at].is(text); }

  Gap usual_gap(std::uint32_t at) const {
    const auto any_of = [&](std::uint32_t which, auto... texts) { return (is(which, texts) || ...); };
    if (at == 0 || any_of(at, ",", ")", "]", ".", "..")) return Gap::None;
    if (any_of(at - 1, "(", "[", ".", "..")) return Gap::None;
    return is(at, "}") && is(at - 1, "{") ? Gap::None : Gap::Space;
  }

  /// The token child with this text, or `kNoToken`.
  std::uint32_t token_in(const Node& node, std::string_view text) const {
    for (const Node& part : node.children)
      if (part.kind == NodeKind::Token && is(part.first, text)) return part.first;
    return kNoToken;
  }

  const Node* part(const Node& node, NodeKind kind) const {
    const auto found =
        std::find_if(node.children.begin(), node.children.end(), [&](const Node& each) { return each.kind == kind; });
    return found == node.children.end() ? nullptr : &*found;
  }

  void cell(std::uint32_t at, std::uint32_t element) {
    if (at != kNoToken) mark(at).cell_of = element;
  }
  void may_break(std::uint32_t at) {
    if (at != kNoToken) mark(at).may_break = true;
  }
  void no_gap(std::uint32_t at) {
    if (at != kNoToken) mark(at).gap = Gap::None;
  }

  /// An element is what begins a line when its bracket is broken; the rest of the tree is walked under its name.
  void visit(const Node& node, std::uint32_t element) {
    switch (node.kind) {
      case NodeKind::Block:
      case NodeKind::Body:
      case NodeKind::PolicyBlock:
      case NodeKind::TestBlock:
        return statements(node);
      case NodeKind::RuleDecl:
        return rule(node, element);
      case NodeKind::OverrideDecl:
        overrides(node);
        break;
      case NodeKind::ImportDecl:
        items(node, "{", "}", true, element);
        break;
      case NodeKind::Type:
        no_gap(token_in(node, "("));
        items(node, "{", "}", true, element);
        break;
      case NodeKind::PatternDecl:
      case NodeKind::Arguments:
        no_gap(token_in(node, "("));
        return items(node, "(", ")", false, element);
      case NodeKind::List:
        return items(node, "[", "]", true, element);
      case NodeKind::ModulePath:
        for (std::size_t i = 1; i < node.children.size(); ++i) no_gap(node.children[i].first);
        break;
      case NodeKind::By:
      case NodeKind::Trigger:
        no_gap(token_in(node, "("));
        break;
      default:
        breaks(node, element);
        cells(node, element);
    }
    for (const Node& child : node.children) visit(child, element);
  }

  void statements(const Node& node) {
    marks_.brackets.push_back({.open = node.first, .close = node.last, .statements = true});
    bool first = true;
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::Token) continue;
      mark(child.first).starts_element = true;
      if (!first) mark(child.first).gap = Gap::Wide;
      first = false;
      visit(child, child.first);
    }
  }

  void rule(const Node& node, std::uint32_t element) {
    for (const Node& child : node.children) {
      if (child.kind != NodeKind::RuleItem) continue;
      auto& begins = mark(child.first);
      begins.gap = Gap::Wide;
      if (part(child, NodeKind::Control) != nullptr) {
        begins.may_break = true;
        visit(child, element);
        continue;
      }
      begins.must_break = true;
      begins.deeper = 2;
      visit(child, child.first);
    }
  }

  void overrides(const Node& node) {
    const std::uint32_t open = token_in(node, "{");
    marks_.brackets.push_back({.open = open, .close = node.last, .statements = true});
    std::uint32_t element = kNoToken;
    for (const Node& child : node.children) {
      if (child.kind != NodeKind::Token || child.first <= open) continue;
      if (is(child.first, "=")) {
        cell(child.first, element);
      } else if (child.first != node.last) {
        element = child.first;
        mark(element).starts_element = true;
        mark(element).line = LineClass::Assignment;
        if (element != open + 1) mark(element).gap = Gap::Wide;
      }
    }
  }

  /// Items between commas, inside a pair of brackets that may be missing.
  void items(const Node& node, std::string_view opener, std::string_view closer, bool fills, std::uint32_t element) {
    const std::uint32_t open = token_in(node, opener);
    const std::uint32_t close = token_in(node, closer);
    if (open != kNoToken)
      marks_.brackets.push_back({.open = open, .close = close, .final_comma = true, .fills_lines = fills});
    const auto inside = [&](std::uint32_t at) { return open != kNoToken && at > open && at < close; };
    std::uint32_t item = element;
    for (const Node& child : node.children) {
      const std::uint32_t at = child.first;
      if (inside(at) && (is(at - 1, ",") || at == open + 1)) {
        mark(at).starts_element = true;
        item = at;
      }
      if (child.kind == NodeKind::Param) {
        mark(at).line = LineClass::Parameter;
        cell(token_in(child, ":"), at);
      }
      if (child.kind != NodeKind::Token) visit(child, inside(at) ? item : element);
    }
  }

  /// Where a statement may go on in the next line.
  void breaks(const Node& node, std::uint32_t element) {
    switch (node.kind) {
      case NodeKind::Because:
      case NodeKind::When:
      case NodeKind::WaiverClause:
        if (element == node.first) return;
        mark(node.first).clause = true;
        mark(node.first).gap = is(node.first - 1, "}") ? Gap::Space : Gap::Wide;
        return may_break(node.first);
      case NodeKind::Via:
      case NodeKind::Except:
        return may_break(node.first);
      case NodeKind::Argument:
        if (token_in(node, ":") == kNoToken) return;
        no_gap(token_in(node, ":"));
        mark(node.first).line = LineClass::Argument;
        return cell(node.children[2].first, node.first);
      default:
        break;
    }
    static constexpr std::array<std::string_view, 14> kBreakable = {
        "->", "~>", ":", "and", "or", "then", "else", "where", "except", "check", "for", "when", "via", "=="};
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const std::uint32_t at = node.children[i].first;
      const bool word = node.children[i].kind == NodeKind::Token &&
                        std::any_of(kBreakable.begin(), kBreakable.end(), [&](auto text) { return is(at, text); });
      if (word || is(at - 1, ",")) may_break(at);
    }
  }

  void cells(const Node& node, std::uint32_t element) {
    switch (node.kind) {
      case NodeKind::ServiceDecl:
      case NodeKind::AddressesDecl:
      case NodeKind::LetDecl:
      case NodeKind::Property:
        mark(element).line = LineClass::Assignment;
        return cell(token_in(node, "="), element);
      case NodeKind::SubnetDecl:
        mark(element).line = LineClass::Subnet;
        cell(token_in(node, ":"), element);
        return body_cell(node, element);
      case NodeKind::GroupDecl:
      case NodeKind::BalancerDecl:
      case NodeKind::ApplianceDecl:
      case NodeKind::FunctionDecl:
      case NodeKind::DatabaseDecl:
        mark(element).line = LineClass::InTier;
        cell(token_in(node, "in"), element);
        return body_cell(node, element);
      case NodeKind::DataDecl:
        mark(element).line = LineClass::Data;
        return body_cell(node, element);
      case NodeKind::EndpointDecl:
        mark(element).line = LineClass::Door;
        cell(token_in(node, "in"), element);
        return cell(token_in(node, "for"), element);
      case NodeKind::ProviderBlock:
        mark(element).line = LineClass::Provider;
        return body_cell(node, element);
      case NodeKind::Flow:
      case NodeKind::Claim:
        return flow(node, element);
      default:
        return;
    }
  }

  void body_cell(const Node& node, std::uint32_t element) {
    if (const Node* body = part(node, NodeKind::Body)) cell(body->first, element);
  }

  void flow(const Node& node, std::uint32_t element) {
    mark(element).line = node.kind == NodeKind::Flow ? LineClass::Flow : LineClass::Claim;
    cell(node.first + 1, element);
    for (const std::string_view text : {"->", "~>", ":"}) cell(token_in(node, text), element);
    if (const Node* because = part(node, NodeKind::Because)) cell(because->first, element);
  }

  const TokenList& list_;
  Marks& marks_;
};

}  // namespace

Marks marks_of(const TokenList& list, const Node& file) {
  Marks out;
  Marking(list, out).all(file);
  std::sort(out.brackets.begin(), out.brackets.end(), [](const auto& a, const auto& b) { return a.open < b.open; });
  return out;
}

}  // namespace crenel::syntax
