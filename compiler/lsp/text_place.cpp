#include "compiler/lsp/text_place.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace crenel::lsp {
namespace {

/// Bytes of the code point that starts with `lead`.
std::size_t bytes_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

std::size_t units_of(char lead) { return bytes_of(lead) == 4 ? 2 : 1; }

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return std::string(text);
}

std::string first_word(std::string_view header) {
  std::string word;
  for (const char c : trimmed(header)) {
    if (!is_name(c)) break;
    word += c;
  }
  const std::size_t after = header.find("private ");
  return word == "private" && after != std::string_view::npos ? first_word(header.substr(after + 8)) : word;
}

/// Walks over a text and knows at each character whether it is code.
class BlockReader {
 public:
  explicit BlockReader(std::string_view text) : text_(text) {}

  [[nodiscard]] Surroundings read(std::size_t offset) {
    for (std::size_t at = 0; at < std::min(offset, text_.size()); ++at) step(at);
    out_.statement = trimmed(statement_);
    out_.in_comment = in_comment_;
    out_.in_text = in_text_;
    return std::move(out_);
  }

 private:
  void step(std::size_t at) {
    const char c = text_[at];
    if (c == '\n') in_comment_ = in_text_ = false;
    if (in_comment_) return;
    if (in_text_) {
      if (c == '"' && text_[at - 1] != '\\') in_text_ = false;
    } else if (c == '/' && at + 1 < text_.size() && text_[at + 1] == '/') {
      in_comment_ = true;
      return;
    } else if (c == '"') {
      in_text_ = true;
    } else if (structure(c, at)) {
      return;
    }
    statement_ += c;
  }

  /// Braces and line ends, where a statement starts or ends.
  bool structure(char c, std::size_t at) {
    if (c == '(' || c == '[') ++depth_;
    if ((c == ')' || c == ']') && depth_ > 0) --depth_;
    if (c == '{') {
      out_.blocks.push_back({.keyword = first_word(statement_), .header = trimmed(statement_), .begin = at + 1});
    } else if (c == '}') {
      if (!out_.blocks.empty()) out_.blocks.pop_back();
    } else if (c != '\n' || depth_ > 0) {
      return false;
    }
    if (c != '\n') depth_ = 0;
    statement_.clear();
    return true;
  }

  std::string_view text_;
  Surroundings out_;
  std::string statement_;
  std::size_t depth_ = 0;  // of parentheses and brackets: a line end in them ends nothing
  bool in_comment_ = false;
  bool in_text_ = false;
};

}  // namespace

std::size_t offset_of(std::string_view text, Place place) {
  std::size_t at = 0;
  for (std::size_t line = 0; line < place.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (std::size_t units = 0; units < place.character && at < text.size() && text[at] != '\n';) {
    units += units_of(text[at]);
    at += bytes_of(text[at]);
  }
  return std::min(at, text.size());
}

Place place_of(std::string_view text, std::size_t offset) {
  Place place;
  for (std::size_t at = 0; at < std::min(offset, text.size()); at += bytes_of(text[at])) {
    if (text[at] == '\n') {
      ++place.line;
      place.character = 0;
    } else {
      place.character += units_of(text[at]);
    }
  }
  return place;
}

Stretch name_at(std::string_view text, std::size_t offset) {
  Stretch out{.begin = std::min(offset, text.size()), .end = std::min(offset, text.size())};
  while (out.begin > 0 && is_name(text[out.begin - 1])) --out.begin;
  while (out.end < text.size() && is_name(text[out.end])) ++out.end;
  return out;
}

std::string qualifier_before(std::string_view text, std::size_t begin) {
  if (begin == 0 || begin > text.size() || text[begin - 1] != '.') return "";
  const auto stretch = name_at(text.substr(0, begin - 1), begin - 1);
  return std::string(text.substr(stretch.begin, stretch.end - stretch.begin));
}

Surroundings surroundings_of(std::string_view text, std::size_t offset) { return BlockReader(text).read(offset); }

}  // namespace crenel::lsp
