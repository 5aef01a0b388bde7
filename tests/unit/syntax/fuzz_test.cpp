#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "compiler/base/text.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {

/// Whatever the text is: it ends, and every diagnostic points into the text.
void check_any(const std::string& text) {
  const Parsed parsed(text);
  const std::size_t size = parsed.sources[parsed.source].text.size();
  for (const auto& diagnostic : parsed.diagnostics.all()) {
    REQUIRE(diagnostic.span.valid());
    REQUIRE(diagnostic.span.begin <= diagnostic.span.end);
    REQUIRE(diagnostic.span.end <= size);
    REQUIRE(!base::first_invalid_utf8(diagnostic.message));
    for (const auto& note : diagnostic.notes)
      if (note.span.valid()) REQUIRE(note.span.end <= size);
  }
  // No tree and no error would be silence.
  REQUIRE((parsed.diagnostics.has_errors() || !parsed.file.items.empty()));
  const std::string tree = dump(parsed.file);
  REQUIRE((!tree.empty() || parsed.file.items.empty()));
}

class Mutator {
 public:
  explicit Mutator(std::vector<Program> programs) : programs_(std::move(programs)) {}

  std::string bytes() {
    std::string out(below(200), '\0');
    for (char& c : out) c = static_cast<char>(below(256));
    return out;
  }

  /// A part of a program with a few pieces removed, doubled, moved or overwritten.
  std::string program() {
    std::string text = programs_[below(programs_.size())].text;
    for (std::size_t edits = 1 + below(6); edits-- > 0 && !text.empty();) edit(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void edit(std::string& text) {
    static const std::vector<std::string> kPieces = {"{",        "}",  "(",      ")",  "[",      "]",   "\"",   "/*",
                                                     "*/",       "->", "allow ", "=",  ":",      ",",   "not ", "if ",
                                                     "because ", "\n", "é",      "..", "group ", "\xff"};
    const std::size_t at = below(text.size());
    const std::size_t length = below(std::min<std::size_t>(30, text.size() - at));
    switch (below(4)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(below(text.size()), text.substr(at, length));
        break;
      case 2:
        text.insert(at, kPieces[below(kPieces.size())]);
        break;
      default:
        text[at] = static_cast<char>(below(128));
        break;
    }
  }

  std::vector<Program> programs_;
  std::mt19937 random_{20261123};  // NOLINT: the same texts in every run
};

/// Runs `one` many times, but for no longer than a second.
template <class F>
void for_a_second(int rounds, F&& one) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  for (int i = 0; i < rounds && std::chrono::steady_clock::now() < end; ++i) one();
}

}  // namespace

TEST_CASE("arbitrary bytes end in a positioned diagnostic") {
  Mutator mutator(programs_in(corpus()));
  for_a_second(2000, [&] { check_any(mutator.bytes()); });
}

TEST_CASE("damaged programs end in a positioned diagnostic or a tree") {
  Mutator mutator(programs_in(corpus()));
  for_a_second(2000, [&] { check_any(mutator.program()); });
}

TEST_CASE("a program cut off anywhere") {
  const std::string text = read(corpus() / "flows.crenel");
  std::size_t at = 0;
  for_a_second(400, [&] {
    check_any(text.substr(0, at));
    at = (at + 7) % text.size();
  });
}
