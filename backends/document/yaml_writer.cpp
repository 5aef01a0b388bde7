#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "backends/document/value.h"
#include "compiler/base/ids.h"
#include "compiler/base/text.h"

/// Readers of YAML disagree on what a bare word is (1.1 has `no`, `0o17`, `1:30` and dates; 1.2 does not). So a string
/// is written bare only where every reader takes it for a string, by a list of what is allowed; everything else is
/// quoted.
namespace crenel::document {
namespace {

constexpr std::size_t kYamlIndent = 2;

// A reader need not look further than 1,024 characters for the `:` that makes a scalar a key.
constexpr std::size_t kLongestKey = 1000;

/// Words that some reader takes for a boolean, null or a number (YAML 1.1 and 1.2, any case).
constexpr std::array<std::string_view, 11> kReadAsOtherTypes = {"y",    "n",     "yes",  "no",  "on", "off",
                                                                "true", "false", "null", "nan", "inf"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

/// A code point and how many bytes it took. The text is valid UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xe0) return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (first < 0xf0) return {(first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
  return {(first & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f), 4};
}

/// What may stand unescaped in a scalar: no control character, no line end that only some readers know.
bool is_printable(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return false;
  if (c == 0x2028 || c == 0x2029 || c == 0xfeff) return false;
  return (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef);
}

bool all_printable(std::string_view text, bool line_ends_too) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (!is_printable(c.value) && !(line_ends_too && c.value == '\n')) return false;
    i += c.bytes;
  }
  return true;
}

bool can_be_bare(std::string_view text) {
  if (text.empty() || !all_printable(text, false)) return false;
  // A digit, a sign or a dot could open a number, a date or a time; punctuation could be an indicator.
  if (!is_letter(text.front()) && text.front() != '/' && text.front() != '_') return false;
  if (text.back() == ' ' || text.back() == ':') return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  return std::none_of(kReadAsOtherTypes.begin(), kReadAsOtherTypes.end(),
                      [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

/// Whether `|` (one line end at the end) or `|-` (none) gives back exactly this text. Blanks at a line's start or end
/// are left to the quoted form, where one sees them.
bool can_be_literal(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || !all_printable(text, true)) return false;
  if (text.front() == ' ' || text.front() == '\n') return false;
  if (text.back() == ' ' || text.find(" \n") != std::string_view::npos) return false;
  return !(text.size() >= 2 && text.substr(text.size() - 2) == "\n\n");
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += static_cast<char>(c.value);
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (is_printable(c.value)) {
      out += text.substr(i, c.bytes);
    } else {
      const auto number = static_cast<std::uint32_t>(c.value);
      out += number > 0xffff ? fmt::format("\\U{:08x}", number) : fmt::format("\\u{:04x}", number);
    }
    i += c.bytes;
  }
  out += '"';
}

void append_literal(std::string& out, std::string_view text, std::size_t indent) {
  const bool ends_line = text.back() == '\n';
  out += ends_line ? "|" : "|-";
  if (ends_line) text.remove_suffix(1);
  while (true) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    out += '\n';
    if (!line.empty()) out.append(indent, ' ');
    out += line;
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

void append_key(std::string& out, std::string_view key) {
  assert(!base::first_invalid_utf8(key) && key.size() <= kLongestKey);
  if (can_be_bare(key)) {
    out += key;
  } else {
    append_quoted(out, key);
  }
}

/// `indent` is the column of the lines that belong to the string.
void append_string(std::string& out, std::string_view text, std::size_t indent) {
  assert(!base::first_invalid_utf8(text));
  if (can_be_bare(text)) {
    out += text;
  } else if (can_be_literal(text)) {
    append_literal(out, text, indent);
  } else {
    append_quoted(out, text);
  }
}

/// Whether the value starts on the line of what it belongs to.
bool is_on_one_line(const Value& value) {
  const auto* object = std::get_if<Object>(&value.node());
  const auto* array = std::get_if<Array>(&value.node());
  return (object == nullptr || object->empty()) && (array == nullptr || array->empty());
}

/// Writes a value whose first line has been indented to `indent` already; ends without a line end.
void append_node(std::string& out, const Value& value, std::size_t indent);

void append_array(std::string& out, const Array& elements, std::size_t indent) {
  if (elements.empty()) out += "[]";
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i != 0) {
      out += '\n';
      out.append(indent, ' ');
    }
    out += "- ";
    append_node(out, elements[i], indent + kYamlIndent);
  }
}

void append_object(std::string& out, const Object& members, std::size_t indent) {
  if (members.empty()) out += "{}";
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& [name, value] = members[i];
    if (i != 0) {
      out += '\n';
      out.append(indent, ' ');
    }
    append_key(out, name);
    out += ':';
    if (is_on_one_line(value)) {
      out += ' ';
    } else {
      out += '\n';
      out.append(indent + kYamlIndent, ' ');
    }
    append_node(out, value, indent + kYamlIndent);
  }
}

void append_node(std::string& out, const Value& value, std::size_t indent) {
  std::visit(base::Overloaded{
                 [&](std::monostate) { out += "null"; },
                 [&](bool node) { out += node ? "true" : "false"; },
                 [&](std::int64_t node) { out += fmt::format("{}", node); },
                 [&](const std::string& node) { append_string(out, node, std::max(indent, kYamlIndent)); },
                 [&](const Array& node) { append_array(out, node, indent); },
                 [&](const Object& node) { append_object(out, node, indent); },
             },
             value.node());
}

}  // namespace

std::string to_yaml(const Value& value) {
  std::string out;
  append_node(out, value, 0);
  out += '\n';
  return out;
}

}  // namespace crenel::document
