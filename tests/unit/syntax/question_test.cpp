#include <doctest/doctest.h>

#include "compiler/syntax/parser.h"

using namespace crenel;

namespace {

struct Asked {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  std::optional<syntax::Question> question;

  explicit Asked(const std::string& text) {
    question = syntax::parse_question(sources, sources.add("question", text), diagnostics);
  }
};

}  // namespace

TEST_CASE("a question has two sides, and services where it names them") {
  const Asked asked("web, 203.0.113.7 -> shop.app : https, tcp/8443");
  REQUIRE(asked.question.has_value());
  CHECK(asked.diagnostics.all().empty());
  CHECK(asked.question->from.terms.size() == 2);
  CHECK(asked.question->to.terms.size() == 1);
  CHECK(asked.question->actions.size() == 2);
  CHECK(asked.sources.text(asked.question->span) == "web, 203.0.113.7 -> shop.app : https, tcp/8443");
  const Asked everything("internet -> any");
  REQUIRE(everything.question.has_value());
  CHECK(everything.question->actions.empty());
}

TEST_CASE("what is no question is refused where it goes wrong") {
  for (const char* text :
       {"", "web", "web ->", "web -> app :", "allow web -> app", "web -> app : https via nat", "§"}) {
    CAPTURE(text);
    const Asked asked(text);
    CHECK(!asked.question.has_value());
    REQUIRE(!asked.diagnostics.all().empty());
    CHECK(asked.diagnostics.all().front().span.valid());
  }
}
