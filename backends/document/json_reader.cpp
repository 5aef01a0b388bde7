#include "backends/document/json_reader.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "backends/document/diagnostics.h"

/// Written out by hand: no library keeps places, duplicate keys and numbers as they are written, and reading is what a
/// large template costs most.
namespace crenel::document {
namespace {

constexpr std::size_t kLongestFound = 40;

constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr unsigned byte_of(char c) { return static_cast<unsigned char>(c); }

/// Where a text cannot just go on: its end, an escape, a control character.
constexpr std::array<bool, 256> kStops = [] {
  std::array<bool, 256> stops{};
  for (std::size_t c = 0; c < 0x20; ++c) stops[c] = true;
  stops['"'] = true;
  stops['\\'] = true;
  return stops;
}();

void append_utf8(std::string& out, unsigned code_point) {
  const auto add = [&](unsigned byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    add(code_point);
    return;
  }
  if (code_point < 0x800) {
    add(0xC0U | (code_point >> 6U));
  } else {
    if (code_point < 0x10000) {
      add(0xE0U | (code_point >> 12U));
    } else {
      add(0xF0U | (code_point >> 18U));
      add(0x80U | ((code_point >> 12U) & 0x3FU));
    }
    add(0x80U | ((code_point >> 6U) & 0x3FU));
  }
  add(0x80U | (code_point & 0x3FU));
}

class JsonReader {
 public:
  JsonReader(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics)
      : text_(text), tree_(tree), diagnostics_(diagnostics) {}

  bool document() {
    if (!blanks() || !value() || !blanks()) return false;
    return at_ == text_.size() || expected("nothing after the document");
  }

 private:
  bool value();
  bool object();
  bool array();
  bool key();
  bool number();
  bool word();
  bool string(std::string_view& out);
  bool decode(std::size_t begin, std::string_view& out);
  bool escape();
  bool unicode_escape();
  bool four_digits(unsigned& out);

  bool blanks();
  [[nodiscard]] bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }

  bool expected(std::string_view what, std::optional<std::size_t> opening = {});
  bool control_character();
  diagnostics::Diagnostic& fail(std::size_t begin, std::size_t end, const std::string& what);

  std::string_view text_;
  TreeBuilder& tree_;
  diagnostics::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::optional<base::Span> long_text_;  // the last one that goes over a line's end
  std::string decoded_;
};

// ---- what is wrong ------------------------------------------------------------------------------------------------

diagnostics::Diagnostic& JsonReader::fail(std::size_t begin, std::size_t end, const std::string& what) {
  auto& diagnostic = diagnostics_.report(kMalformed, tree_.span(begin, end), "JSON", what);
  if (long_text_) {
    diagnostic.notes.push_back({.span = *long_text_, .message = "this text goes over a line's end: is it meant to?"});
  }
  return diagnostic;
}

/// At the text's end, `opening` is the bracket that is not closed.
bool JsonReader::expected(std::string_view what, std::optional<std::size_t> opening) {
  if (at_ >= text_.size()) {
    auto& diagnostic = fail(text_.size(), text_.size(), fmt::format("expected {}, found the end", what));
    if (opening) {
      diagnostic.notes.push_back({.span = tree_.span(*opening, *opening + 1), .message = "this is not closed"});
    }
    return false;
  }
  if (kStops[byte_of(text_[at_])] && text_[at_] != '"' && text_[at_] != '\\') return control_character();
  std::size_t end = at_ + 1;
  if (is_word(text_[at_])) {
    while (end < text_.size() && end - at_ < kLongestFound && is_word(text_[end])) ++end;
  } else {
    while (end < text_.size() && (byte_of(text_[end]) & 0xC0U) == 0x80U) ++end;
  }
  const std::string_view found = text_.substr(at_, end - at_);
  auto& diagnostic = fail(at_, end, fmt::format("expected {}, found `{}`", what, found));
  if (found == "'") diagnostic.help = "texts stand in double quotes";
  return false;
}

bool JsonReader::control_character() {
  diagnostics_.report(kControlCharacter, tree_.span(at_, at_ + 1), byte_of(text_[at_]));
  return false;
}

// ---- the grammar --------------------------------------------------------------------------------------------------

bool JsonReader::blanks() {
  if (at_ < text_.size() && text_[at_] > '/') return true;  // most often there is nothing to skip
  at_ = skip_blanks(text_, at_);
  if (!text_.substr(at_).starts_with("/*")) return true;
  fail(at_, at_ + 2, "this comment is never closed by `*/`");
  return false;
}

bool JsonReader::value() {
  if (at_ >= text_.size()) return expected("a value");
  const char c = text_[at_];
  if (c == '{') return object();
  if (c == '[') return array();
  if (c == '-' || is_digit(c)) return number();
  if (c != '"') return word();
  const std::size_t begin = at_;
  std::string_view text;
  if (!string(text)) return false;
  tree_.leaf({.span = tree_.span(begin, at_), .value = Scalar{.text = text, .quoted = true}});
  return true;
}

bool JsonReader::object() {
  const std::size_t begin = at_++;
  if (!tree_.open_mapping(begin) || !blanks()) return false;
  if (!next_is('}')) {
    do {
      if (!blanks()) return false;
      if (!next_is('"')) return expected("a key in double quotes", begin);
      if (!key() || !value() || !blanks()) return false;
    } while (take(','));
    if (!next_is('}')) return expected("`,` or `}`", begin);
  }
  tree_.close(++at_);
  return true;
}

bool JsonReader::key() {
  const std::size_t begin = at_;
  std::string_view text;
  if (!string(text)) return false;
  const base::Span span = tree_.span(begin, at_);
  if (!blanks()) return false;
  if (!take(':')) return expected("`:` after the key");
  tree_.key(text, span);
  return blanks();
}

bool JsonReader::array() {
  const std::size_t begin = at_++;
  if (!tree_.open_sequence(begin) || !blanks()) return false;
  if (!next_is(']')) {
    do {
      if (!blanks()) return false;
      if (at_ >= text_.size()) return expected("a value", begin);
      if (!value() || !blanks()) return false;
    } while (take(','));
    if (!next_is(']')) return expected("`,` or `]`", begin);
  }
  tree_.close(++at_);
  return true;
}

bool JsonReader::number() {
  const std::size_t begin = at_;
  const auto digits = [&] {
    if (at_ >= text_.size() || !is_digit(text_[at_])) return expected("a digit");
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return true;
  };
  take('-');
  if (next_is('0')) {
    ++at_;
  } else if (!digits()) {
    return false;
  }
  if (take('.') && !digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  if (at_ < text_.size() && is_word(text_[at_])) return expected("the end of the number");
  tree_.leaf({.span = tree_.span(begin, at_), .value = Scalar{.text = text_.substr(begin, at_ - begin)}});
  return true;
}

bool JsonReader::word() {
  std::size_t end = at_;
  while (end < text_.size() && is_word(text_[end])) ++end;
  const std::string_view found = text_.substr(at_, end - at_);
  if (found != "true" && found != "false" && found != "null") return expected("a value");
  Node node{.span = tree_.span(at_, end), .value = {}};
  if (found != "null") node.value = Scalar{.text = found};
  tree_.leaf(node);
  at_ = end;
  return true;
}

// ---- texts --------------------------------------------------------------------------------------------------------

bool JsonReader::string(std::string_view& out) {
  const std::size_t begin = ++at_;
  while (at_ < text_.size() && !kStops[byte_of(text_[at_])]) ++at_;
  if (!next_is('"')) return decode(begin, out);
  out = text_.substr(begin, at_ - begin);
  ++at_;
  return true;
}

/// From the first character on that does not stand for itself, or ends the text too early.
bool JsonReader::decode(std::size_t begin, std::string_view& out) {
  decoded_.assign(text_.substr(begin, at_ - begin));
  bool long_text = false;
  while (at_ < text_.size() && text_[at_] != '"') {
    const char c = text_[at_];
    if (c == '\\') {
      if (!escape()) return false;
      continue;
    }
    if (kStops[byte_of(c)] && !is_blank(c)) return control_character();
    long_text = long_text || c == '\n';
    decoded_ += c;
    ++at_;
  }
  if (at_ >= text_.size()) {
    fail(begin - 1, begin, "this text has no closing `\"`");
    return false;
  }
  ++at_;
  if (long_text) long_text_ = tree_.span(begin - 1, at_);
  out = tree_.keep(decoded_);
  return true;
}

bool JsonReader::escape() {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  const std::size_t begin = at_++;
  if (take('u')) {
    at_ = begin;
    return unicode_escape();
  }
  const std::size_t which = at_ < text_.size() ? kNames.find(text_[at_]) : std::string_view::npos;
  if (which == std::string_view::npos) {
    fail(begin, at_, "`\\` begins an escape that JSON does not have");
    return false;
  }
  decoded_ += kMeant[which];
  ++at_;
  return true;
}

bool JsonReader::unicode_escape() {
  const std::size_t begin = at_;
  unsigned code_point = 0;
  if (!four_digits(code_point)) return false;
  if (code_point >= 0xD800 && code_point < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
    unsigned low = 0;
    if (!four_digits(low)) return false;
    if (low >= 0xDC00 && low < 0xE000) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
    }
  }
  if (code_point >= 0xD800 && code_point < 0xE000) {
    fail(begin, at_, "half of a surrogate pair is no character");
    return false;
  }
  if (code_point == 0) {
    diagnostics_.report(kControlCharacter, tree_.span(begin, at_), code_point);
    return false;
  }
  append_utf8(decoded_, code_point);
  return true;
}

/// Of `\uXXXX`, which starts here.
bool JsonReader::four_digits(unsigned& out) {
  const std::size_t begin = at_;
  at_ += 2;
  out = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const char c = at_ < text_.size() ? text_[at_] : ' ';
    const std::size_t digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    if (digit == std::string_view::npos) {
      fail(begin, at_, "`\\u` takes four hexadecimal digits");
      return false;
    }
    out = out * 16 + static_cast<unsigned>(digit);
  }
  return true;
}

}  // namespace

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (text[at] != '/' || at + 1 >= text.size()) break;
    const bool line = text[at + 1] == '/';
    if (!line && text[at + 1] != '*') break;
    const std::size_t end = line ? text.find('\n', at) : text.find("*/", at + 2);
    if (end == std::string_view::npos) return line ? text.size() : at;
    at = line ? end + 1 : end + 2;
  }
  return at;
}

bool read_json(std::string_view text, TreeBuilder& tree, diagnostics::Diagnostics& diagnostics) {
  return JsonReader(text, tree, diagnostics).document();
}

}  // namespace crenel::document
