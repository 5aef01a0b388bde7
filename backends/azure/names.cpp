#include "backends/azure/names.h"

#include <cctype>

namespace crenel::azure {
namespace {

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string pascal(std::string_view text) {
  std::string out;
  bool starts_word = true;
  for (const char c : text) {
    if (is_alphanumeric(c)) out += starts_word ? upper(c) : c;
    starts_word = !is_alphanumeric(c);
  }
  return out;
}

std::string pascal(const model::Path& path) {
  std::string out;
  for (const std::string& segment : path) out += pascal(segment);
  return out;
}

Term resource_name(const model::Path& path, std::string_view role) {
  return Term::literal(pascal(path) + std::string(role));
}

std::string parameter_name(const model::Path& path, std::string_view role) { return pascal(path) + std::string(role); }

std::string subnet_name(const model::Tier& tier) { return pascal(tier.origin.path.back()); }

std::string short_description(std::string_view text) {
  constexpr std::size_t kLongest = 140;
  constexpr std::string_view kEllipsis = "...";
  if (text.size() <= kLongest) return std::string(text);
  std::size_t end = kLongest - kEllipsis.size();
  // a byte 10xxxxxx continues a character
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)).append(kEllipsis);
}

}  // namespace crenel::azure
