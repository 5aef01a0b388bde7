#include "compiler/diagnostics/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace crenel::diagnostics {
namespace {

constexpr int kTabStop = 4;

struct CodePointRange {
  std::uint32_t first;
  std::uint32_t last;
};

/// Controls (C0, DEL, C1), line separators and the bidirectional formatting characters: they move what stands around
/// them.
constexpr std::array kSpelledOut = {
    CodePointRange{0x00, 0x1F},     CodePointRange{0x7F, 0x9F},     CodePointRange{0x061C, 0x061C},
    CodePointRange{0x200B, 0x200F}, CodePointRange{0x2028, 0x202E}, CodePointRange{0x2060, 0x2069},
    CodePointRange{0xFEFF, 0xFEFF},
};
/// Marks that sit on the character before them. The common blocks: a rare script is at worst a column off.
constexpr std::array kCombining = {
    CodePointRange{0x0300, 0x036F}, CodePointRange{0x0483, 0x0489}, CodePointRange{0x0591, 0x05BD},
    CodePointRange{0x0610, 0x061A}, CodePointRange{0x064B, 0x065F}, CodePointRange{0x1AB0, 0x1AFF},
    CodePointRange{0x1DC0, 0x1DFF}, CodePointRange{0x20D0, 0x20FF}, CodePointRange{0xFE00, 0xFE0F},
    CodePointRange{0xFE20, 0xFE2F},
};
/// East Asian wide and full-width characters, and emoji.
constexpr std::array kWide = {
    CodePointRange{0x1100, 0x115F},   CodePointRange{0x2E80, 0x303E},   CodePointRange{0x3041, 0x4DBF},
    CodePointRange{0x4E00, 0xA4CF},   CodePointRange{0xAC00, 0xD7A3},   CodePointRange{0xF900, 0xFAFF},
    CodePointRange{0xFE30, 0xFE4F},   CodePointRange{0xFF00, 0xFF60},   CodePointRange{0xFFE0, 0xFFE6},
    CodePointRange{0x1F300, 0x1F64F}, CodePointRange{0x1F900, 0x1F9FF}, CodePointRange{0x20000, 0x3FFFD},
};

template <std::size_t N>
bool is_in(const std::array<CodePointRange, N>& ranges, std::uint32_t code_point) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const CodePointRange& range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view take_code_point(std::string_view& text) {
  std::size_t length = 1;
  while (length < 4 && length < text.size() && continues(text[length])) ++length;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

/// The number of a well-formed sequence.
std::uint32_t decode(std::string_view bytes) {
  const std::uint32_t first = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return first;
  std::uint32_t value = first & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return value;
}

Glyph glyph_of(std::string_view bytes) {
  const std::uint32_t code_point = decode(bytes);
  if (is_in(kSpelledOut, code_point)) {
    std::string spelled = fmt::format("\\u{{{:x}}}", code_point);
    const int width = static_cast<int>(spelled.size());
    return {.text = std::move(spelled), .width = width};
  }
  const int width = is_in(kCombining, code_point) ? 0 : is_in(kWide, code_point) ? 2 : 1;
  return {.text = std::string(bytes), .width = width};
}

}  // namespace

std::vector<Glyph> glyphs_of(std::string_view line, int column) {
  std::vector<Glyph> out;
  while (!line.empty()) {
    const std::string_view bytes = take_code_point(line);
    if (bytes == "\t") {
      const int width = kTabStop - column % kTabStop;
      out.push_back({.text = std::string(static_cast<std::size_t>(width), ' '), .width = width});
    } else {
      out.push_back(glyph_of(bytes));
    }
    column += out.back().width;
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view bytes = take_code_point(text);
    out += bytes == "\n" ? "\n" : glyph_of(bytes).text;
  }
  return out;
}

}  // namespace crenel::diagnostics
