#include "compiler/driver/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace crenel::driver {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// What stands between two marks, as an element; the mark alone where nothing closes it.
std::string inline_html(std::string_view text) {
  struct Mark {
    std::string_view mark;
    std::string_view element;
    bool nested = false;
  };
  constexpr Mark kMarks[] = {{"`", "code", false}, {"**", "strong", true}, {"*", "em", true}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool taken = false;
    for (const auto& each : kMarks) {
      if (text.substr(at, each.mark.size()) != each.mark) continue;
      const std::size_t inside = at + each.mark.size();
      const std::size_t end = text.find(each.mark, inside);
      if (end == std::string_view::npos || end == inside) continue;
      const auto between = text.substr(inside, end - inside);
      out += fmt::format("<{}>{}</{}>", each.element, each.nested ? inline_html(between) : html_text(between),
                         each.element);
      at = end + each.mark.size();
      taken = true;
      break;
    }
    if (!taken) out += html_text(text.substr(at++, 1));
  }
  return out;
}

/// Blocks of Markdown, one line after the other.
class Blocks {
 public:
  void add(std::string_view line) {
    if (line.starts_with("```")) {
      finish();
      in_code_ = !in_code_;
      out_ += in_code_ ? "<pre><code>" : "</code></pre>\n";
    } else if (in_code_) {
      out_ += html_text(line) + "\n";
    } else if (line.empty()) {
      finish();
    } else if (line.starts_with('#')) {
      finish();
      const std::size_t depth = std::min(line.find_first_not_of('#'), line.size());
      const std::size_t level = std::min<std::size_t>(depth + 2, 6);
      out_ += fmt::format("<h{0}>{1}</h{0}>\n", level, inline_html(line.substr(std::min(depth + 1, line.size()))));
    } else if (line.starts_with("- ")) {
      if (kind_ != "li") finish();
      if (!in_list_) out_ += "<ul>\n";
      in_list_ = true;
      flush();
      kind_ = "li";
      text_ = line.substr(2);
    } else {
      if (kind_.empty()) kind_ = "p";
      text_ += (text_.empty() ? "" : "\n") + std::string(line);
    }
  }

  [[nodiscard]] std::string take() {
    finish();
    if (in_code_) out_ += "</code></pre>\n";
    return std::move(out_);
  }

 private:
  void flush() {
    if (!kind_.empty()) out_ += fmt::format("<{0}>{1}</{0}>\n", kind_, inline_html(text_));
    kind_.clear();
    text_.clear();
  }
  void finish() {
    flush();
    if (in_list_) out_ += "</ul>\n";
    in_list_ = false;
  }

  std::string out_;
  std::string kind_;  // the element of `text_`; empty: none is open
  std::string text_;
  bool in_list_ = false;
  bool in_code_ = false;
};

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string markdown_line(std::string_view text) { return inline_html(text); }

std::string markdown_to_html(std::string_view markdown) {
  if (!title_of(markdown).empty()) markdown.remove_prefix(std::min(markdown.find('\n'), markdown.size()));
  Blocks blocks;
  for (const auto line : lines_of(markdown)) blocks.add(line);
  return blocks.take();
}

std::string_view title_of(std::string_view markdown) {
  if (!markdown.starts_with("# ")) return {};
  return markdown.substr(2, std::min(markdown.find('\n'), markdown.size()) - 2);
}

std::string first_paragraph(std::string_view markdown) {
  if (!title_of(markdown).empty()) markdown.remove_prefix(std::min(markdown.find('\n'), markdown.size()));
  std::string out;
  for (const auto line : lines_of(markdown)) {
    if (line.empty() && !out.empty()) break;
    if (!line.empty()) out += (out.empty() ? "" : " ") + std::string(line);
  }
  std::erase_if(out, [](char c) { return c == '*' || c == '`'; });
  return out;
}

}  // namespace crenel::driver
