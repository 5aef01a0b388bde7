#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace crenel::fuzz {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Words, runs of blanks, and single characters.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (text[at] == ' ') {
      while (end < text.size() && text[end] == ' ') ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

std::string joined(const std::vector<std::string_view>& parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

}  // namespace

std::string Mutator::mutate(std::string_view text, std::string_view other, std::size_t most) {
  std::string out(text);
  for (std::size_t times = 1 + below(4); times > 0; --times) {
    const std::size_t way = below(20);
    if (target_.documents && way < 10) {
      std::string changed = mutate_document(out, other, target_.words, random_);
      if (!changed.empty()) out = std::move(changed);
    } else if (way < 14) {
      out = tokens(out, other);
    } else if (way < 17) {
      out = lines(out, other);
    } else if (way < 19) {
      out = bytes(std::move(out));
    } else {
      out = nesting(std::move(out));
    }
  }
  if (out.size() > most) out.resize(most);
  return out;
}

std::string Mutator::bytes(std::string text) {
  for (std::size_t times = 1 + below(3); times > 0; --times) {
    const std::size_t at = below(text.size() + 1);
    const char byte = static_cast<char>(static_cast<unsigned char>(below(256)));
    switch (below(4)) {
      case 0:
        text.insert(at, 1, byte);
        break;
      case 1:
        if (at < text.size()) text[at] = byte;
        break;
      case 2:
        text.erase(std::min(at, text.size()), 1 + below(8));
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

std::string Mutator::tokens(std::string_view text, std::string_view other) {
  std::vector<std::string_view> parts = tokens_of(text);
  const std::vector<std::string_view> others = tokens_of(other);
  for (std::size_t times = 1 + below(4); times > 0 && !parts.empty(); --times) {
    const std::size_t at = below(parts.size());
    const auto place = parts.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(6)) {
      case 0:
        parts.erase(place, place + static_cast<std::ptrdiff_t>(1 + below(std::min<std::size_t>(parts.size() - at, 6))));
        break;
      case 1:
        parts.insert(place, parts[below(parts.size())]);
        break;
      case 2:
        std::swap(parts[at], parts[below(parts.size())]);
        break;
      case 3:
        if (!others.empty()) parts[at] = others[below(others.size())];
        break;
      case 4:
        parts.insert(place, word());
        break;
      default:
        parts[at] = word();
    }
  }
  return joined(parts);
}

std::string Mutator::lines(std::string_view text, std::string_view other) {
  std::vector<std::string_view> parts = lines_of(text);
  if (parts.empty()) return std::string(text);
  const std::vector<std::string_view> others = lines_of(other);
  const std::size_t at = below(parts.size());
  const auto place = parts.begin() + static_cast<std::ptrdiff_t>(at);
  switch (below(4)) {
    case 0:
      parts.erase(place);
      break;
    case 1:
      parts.insert(place, parts[below(parts.size())]);
      break;
    case 2:
      std::swap(parts[at], parts[below(parts.size())]);
      break;
    default:
      if (!others.empty()) parts.insert(place, others[below(others.size())]);
  }
  return joined(parts);
}

std::string Mutator::nesting(std::string text) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kPairs = {
      {"[", "]"}, {"{", "}"}, {"(", ")"}, {"{\"a\":", "}"}, {"not ", ""}, {"- ", ""}, {"[[", "]]"}, {"/*", "*/"}};
  const auto& [open, close] = kPairs[below(kPairs.size())];
  const std::size_t levels = below(4) == 0 ? below(5000) : below(20);
  std::string before;
  std::string after;
  for (std::size_t i = 0; i < levels; ++i) {
    before += open;
    after += close;
  }
  const std::size_t at = below(text.size() + 1);
  const std::size_t end = below(8) == 0 ? text.size() : std::min(text.size(), at + below(40));
  text.insert(end, after);
  text.insert(at, before);
  return text;
}

}  // namespace crenel::fuzz
