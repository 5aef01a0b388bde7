#include "compiler/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace crenel::base {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// How many bytes the sequence with this first byte has, and the range its second byte must lie in (this is where
/// overlong forms, surrogates and numbers past U+10FFFF show). Unicode 15, table 3-7.
struct Utf8Shape {
  std::size_t length = 0;  ///< 0: no sequence starts so
  unsigned second_low = 0x80;
  unsigned second_high = 0xBF;
};

Utf8Shape shape_of(unsigned first) {
  if (first < 0x80) return {.length = 1};
  if (first >= 0xC2 && first <= 0xDF) return {.length = 2};
  if (first == 0xE0) return {.length = 3, .second_low = 0xA0};
  if (first == 0xED) return {.length = 3, .second_high = 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {.length = 3};
  if (first == 0xF0) return {.length = 4, .second_low = 0x90};
  if (first >= 0xF1 && first <= 0xF3) return {.length = 4};
  if (first == 0xF4) return {.length = 4, .second_high = 0x8F};
  return {};
}

/// The next byte past ASCII, or the end. Almost all of every text is ASCII, so it goes by words of eight bytes.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; text.size() - at >= sizeof(word); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

bool starts_sequence(std::string_view text, std::size_t at, const Utf8Shape& shape) {
  if (shape.length == 0 || text.size() - at < shape.length) return false;
  if (shape.length == 1) return true;
  const unsigned second = byte_at(text, at + 1);
  if (second < shape.second_low || second > shape.second_high) return false;
  for (std::size_t i = 2; i < shape.length; ++i) {
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    at = skip_ascii(text, at);
    if (at == text.size()) break;
    const Utf8Shape shape = shape_of(byte_at(text, at));
    if (!starts_sequence(text, at, shape)) return at;
    at += shape.length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Optimal string alignment; a swap looks two rows back, so three rows are kept.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
  const std::string* best = nullptr;
  std::size_t best_distance = allowed + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    // Words whose lengths differ by more than is allowed need no table; nor does a replacement of the whole word count.
    if (longer - shorter > allowed) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < longer) {
      best = &candidate;
      best_distance = distance;
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::string list_in_words(const std::vector<std::string>& items, std::string_view conjunction) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0 && i + 1 == items.size()) {
      out.append(" ").append(conjunction).append(" ");
    } else if (i != 0) {
      out += ", ";
    }
    out += items[i];
  }
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += separator;
    out += parts[i];
  }
  return out;
}

}  // namespace crenel::base
