#pragma once

#include <random>
#include <string>

#include "backends/document/value.h"

/// Random trees, made of what a writer gets wrong: words of other types, indicators, blanks and line ends at every
/// place.
namespace crenel::document::tests {

class RandomValues {
 public:
  explicit RandomValues(std::uint32_t seed) : random_(seed) {}

  Value value(int depth) {
    switch (below(depth > 0 ? 8 : 5)) {
      case 0:
        return {};
      case 1:
        return below(2) == 0;
      case 2:
        return static_cast<std::int64_t>(random_()) - 2'000'000'000;
      case 3:
      case 4:
        return text();
      case 5: {
        Value out = Array{};
        for (std::uint32_t i = below(4); i > 0; --i) out.push(value(depth - 1));
        return out;
      }
      default: {
        Value out = Object{};
        for (std::uint32_t i = below(5); i > 0; --i) {
          const std::string name = text();
          if (out.find(name) == nullptr) out.set(name, value(depth - 1));
        }
        return out;
      }
    }
  }

  std::string text() {
    static const std::vector<std::string> kPieces = {"a",
                                                     "Z",
                                                     "yes",
                                                     "No",
                                                     "on",
                                                     "OFF",
                                                     "true",
                                                     "False",
                                                     "null",
                                                     "~",
                                                     "0123",
                                                     "0x1F",
                                                     "0o7",
                                                     "1e3",
                                                     ".5",
                                                     ".inf",
                                                     ".NaN",
                                                     "1_0",
                                                     "1:30",
                                                     "2012-10-17",
                                                     "-",
                                                     "--- ",
                                                     "...",
                                                     "+1",
                                                     "=",
                                                     "<<",
                                                     "!",
                                                     "&",
                                                     "*",
                                                     "{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     "%",
                                                     "@",
                                                     "`",
                                                     "|",
                                                     ">",
                                                     "?",
                                                     ",",
                                                     ":",
                                                     ": ",
                                                     " #",
                                                     "#",
                                                     " ",
                                                     "  ",
                                                     "\t",
                                                     "\n",
                                                     "\n\n",
                                                     "\n ",
                                                     " \n",
                                                     "\r\n",
                                                     "\"",
                                                     "'",
                                                     "\\",
                                                     "\x01",
                                                     "\x7f",
                                                     "\u0085",
                                                     "\u00a0",
                                                     "\u2028",
                                                     "\ufeff",
                                                     "\u00fc",
                                                     "\u2192",
                                                     "\U0001f512",
                                                     "\ufffe",
                                                     "AWS::EC2::VPC",
                                                     "key: value",
                                                     "/24",
                                                     "[parameters('x')]",
                                                     "#!/bin/sh\nset -e\n\necho hi\n",
                                                     "y",
                                                     "N"};
    std::string out;
    for (std::uint32_t i = below(5); i > 0; --i) out += kPieces[below(static_cast<std::uint32_t>(kPieces.size()))];
    return out;
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  std::mt19937 random_;
};

}  // namespace crenel::document::tests
