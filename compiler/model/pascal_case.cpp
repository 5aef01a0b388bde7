#include "compiler/model/pascal_case.h"

namespace crenel::model {
namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string pascal_case(const Path& path) {
  std::string out;
  for (const std::string& segment : path) {
    bool starts = true;
    for (const char c : segment) {
      const bool part = is_letter_or_digit(c);
      if (part) out += starts && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      starts = !part;
    }
  }
  return out;
}

}  // namespace crenel::model
