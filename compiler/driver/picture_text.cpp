#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/driver/picture.h"

namespace crenel::driver {
namespace {

/// In the quotes of the DOT language.
std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string two_lines(const std::string& first, const std::string& second) {
  return second.empty() ? first : first + "\n" + second;
}

std::string_view shape_of(std::string_view kind) {
  if (kind == "internet") return "ellipse";
  if (kind == "site") return "house";
  if (kind == "addresses" || kind == "unknown") return "note";
  if (kind == "balancer") return "hexagon";
  if (kind == "database" || kind == "store" || kind == "table") return "cylinder";
  if (kind == "queue" || kind == "topic") return "cds";
  if (kind == "vault") return "octagon";
  if (kind == "function") return "component";
  return "box";
}

/// How each change is drawn; its label says it in a word as well.
struct ChangeStyle {
  std::string_view change;
  std::string_view color;
  std::string_view dot;      ///< more attributes
  std::string_view mermaid;  ///< of `linkStyle`
};
constexpr std::array kChangeStyles = {
    ChangeStyle{"added", "#1a7f37", ", penwidth=2", ",stroke-width:3px"},
    ChangeStyle{"removed", "#cf222e", ", style=dashed, penwidth=2", ",stroke-dasharray:6"},
    ChangeStyle{"widened", "#bc4c00", ", penwidth=2", ",stroke-width:3px"},
    ChangeStyle{"narrowed", "#0969da", "", ""},
    ChangeStyle{"altered", "#8250df", ", penwidth=2", ",stroke-width:3px"},
    ChangeStyle{"undecided", "#57606a", ", style=dotted, penwidth=2", ",stroke-dasharray:2"},
    ChangeStyle{"same", "#8c959f", "", ""},
};

const ChangeStyle* style_of(const std::string& change) {
  const auto* const found = std::find_if(kChangeStyles.begin(), kChangeStyles.end(),
                                         [&](const ChangeStyle& style) { return style.change == change; });
  return found == kChangeStyles.end() ? nullptr : found;
}

std::string titled(const PictureNode& node) {
  return node.change.empty() ? node.name : fmt::format("{} ({})", node.name, node.change);
}

std::string dot_node(const PictureNode& node, const std::string& indent) {
  std::string out = fmt::format("{}{} [id={}, class={}, shape={}, label={}", indent, node.id, node.id,
                                node.change.empty() ? node.kind : dot_quoted(node.kind + " " + node.change),
                                shape_of(node.kind), dot_quoted(two_lines(titled(node), node.detail)));
  if (const auto* style = style_of(node.change))
    out += fmt::format(", color=\"{}\", fontcolor=\"{}\"{}", style->color, style->color,
                       node.change == "removed" ? ", style=\"filled,dashed\"" : ", penwidth=2");
  return out + "];\n";
}

/// An arrow to a box ends at a point in it that nobody sees.
std::string anchor(const std::string& box) { return "anchor_" + box; }

std::string dot_box(const PictureBox& box, const std::string& indent) {
  std::string out = fmt::format("{}subgraph cluster_{} {{\n", indent, box.id);
  const std::string in = indent + "  ";
  out += fmt::format("{}id={}; class={}; label={}; style={};\n", in, box.id, box.kind,
                     dot_quoted(fmt::format("{} ({})", box.name, box.detail)),
                     box.kind == "tier" ? "\"rounded,dashed\"" : "rounded");
  out += fmt::format("{}{} [shape=point, style=invis, width=0, height=0, label=\"\"];\n", in, anchor(box.id));
  for (const auto& inner : box.boxes) out += dot_box(inner, in);
  for (const auto& node : box.nodes) out += dot_node(node, in);
  return out + indent + "}\n";
}

bool is_box(const std::string& id) { return id.starts_with("network_") || id.starts_with("tier_"); }

std::string dot_arrow(const PictureArrow& arrow) {
  const std::string from = is_box(arrow.from) ? anchor(arrow.from) : arrow.from;
  const std::string to = is_box(arrow.to) ? anchor(arrow.to) : arrow.to;
  std::string out =
      fmt::format("  {} -> {} [id={}, class={}, label={}", from, to, arrow.id,
                  dot_quoted(fmt::format("{}{}{} from-{} to-{}", arrow.kind, arrow.change.empty() ? "" : " ",
                                         arrow.change, arrow.from, arrow.to)),
                  dot_quoted(arrow.label));
  if (const auto* style = style_of(arrow.change))
    out += fmt::format(", color=\"{}\", fontcolor=\"{}\"{}", style->color, style->color, style->dot);
  if (is_box(arrow.from)) out += fmt::format(", ltail=cluster_{}", arrow.from);
  if (is_box(arrow.to)) out += fmt::format(", lhead=cluster_{}", arrow.to);
  if (arrow.kind == "link") out += ", dir=none, style=bold, constraint=false";
  if (arrow.kind == "implied") out += ", style=dashed";
  if (arrow.kind == "data") out += ", style=dotted";
  return out + "];\n";
}

/// In the quotes of Mermaid, which reads entities there.
std::string mermaid_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "#quot;";
        break;
      case '<':
        out += "#lt;";
        break;
      case '>':
        out += "#gt;";
        break;
      case '#':
        out += "#35;";
        break;
      case '\n':
        out += "<br>";
        break;
      default:
        out += c;
    }
  }
  return out + "\"";
}

std::string mermaid_node(const PictureNode& node, const std::string& indent) {
  const std::string label = mermaid_quoted(two_lines(titled(node), node.detail));
  if (node.kind == "internet") return fmt::format("{}{}([{}])\n", indent, node.id, label);
  if (node.kind == "balancer") return fmt::format("{}{}{{{{{}}}}}\n", indent, node.id, label);
  if (node.kind == "database" || node.kind == "store" || node.kind == "table")
    return fmt::format("{}{}[({})]\n", indent, node.id, label);
  return fmt::format("{}{}[{}]\n", indent, node.id, label);
}

std::string mermaid_box(const PictureBox& box, const std::string& indent) {
  std::string out =
      fmt::format("{}subgraph {}[{}]\n", indent, box.id, mermaid_quoted(fmt::format("{} ({})", box.name, box.detail)));
  for (const auto& inner : box.boxes) out += mermaid_box(inner, indent + "  ");
  for (const auto& node : box.nodes) out += mermaid_node(node, indent + "  ");
  return out + indent + "end\n";
}

}  // namespace

std::string to_dot(const Picture& picture) {
  std::string out = fmt::format(
      "digraph {} {{\n"
      "  rankdir=LR; compound=true; fontname=\"Helvetica,Arial,sans-serif\"; fontsize=12; nodesep=0.4; ranksep=0.9;\n"
      "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, style=\"filled\", fillcolor=\"#eef3f8\"];\n"
      "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=10];\n",
      dot_quoted(picture.title));
  for (const auto& node : picture.around) out += dot_node(node, "  ");
  for (const auto& box : picture.boxes) out += dot_box(box, "  ");
  for (const auto& arrow : picture.arrows) out += dot_arrow(arrow);
  return out + "}\n";
}

std::string to_mermaid(const Picture& picture) {
  std::string out = "flowchart LR\n";
  for (const auto& node : picture.around) out += mermaid_node(node, "  ");
  for (const auto& box : picture.boxes) out += mermaid_box(box, "  ");
  for (const auto& arrow : picture.arrows) {
    const std::string label = mermaid_quoted(arrow.label);
    if (arrow.kind == "link")
      out += fmt::format("  {} ---|{}| {}\n", arrow.from, label, arrow.to);
    else if (arrow.kind == "flow" || arrow.kind == "change")
      out += fmt::format("  {} -->|{}| {}\n", arrow.from, label, arrow.to);
    else
      out += fmt::format("  {} -.->|{}| {}\n", arrow.from, label, arrow.to);
  }
  for (std::size_t i = 0; i < picture.arrows.size(); ++i) {
    if (const auto* style = style_of(picture.arrows[i].change))
      out += fmt::format("  linkStyle {} stroke:{},color:{}{}\n", i, style->color, style->color, style->mermaid);
  }
  return out;
}

}  // namespace crenel::driver
