#include "compiler/syntax/mistakes.h"

#include <doctest/doctest.h>

#include "tests/unit/syntax/support.h"

using namespace crenel::syntax::tests;

TEST_CASE("what somebody wrote who is new here is told how it is written") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"pattern p() { allow a -> {b} : c }", "several ends stand one after the other, with commas: `a, b -> c`"},
      {"pattern p() { allow a -> b : 443 }", "a port stands behind its protocol: `tcp/443`"},
      {"pattern p() { allow a -> b because \"x\" }",
       "say what passes: `: https`, `: tcp/443`, or `: any` for everything"},
      {"pattern p() { always a -> b }", "say what passes: `: https`, `: tcp/443`, or `: any` for everything"},
      {"pattern p() { allow a -> b : c \"x\" }", "a reason stands behind its word: `because \"…\"`"},
      {"pattern p() { group g in a.b { image: x } }", "a property has an equals sign: `name = value`"},
      {"pattern p(a = 3) { }", "a parameter has its type behind a colon: `name : type = default`"},
      {"pattern p() { use q(a = 3) as b }", "an argument has a colon: `name: value`"},
      {"pattern p { }", "a pattern says its parameters, though it has none: `pattern p() { … }`"},
      {"pattern p() { service metrics = tcp/9100 }", "put it into the file, outside of patterns and stacks"},
      {"pattern p() { import std/services { https } }", "put it into the file, outside of patterns and stacks"},
      {"pattern p() { environment dev { stage = dev } }", "put it into the file, outside of patterns and stacks"},
      {"stack s { }", "a stack says where it is built: `stack shop on aws in prod { … }`"},
      {"test \"t\" of shop { }", "a test says with which arguments: `shop()` where it needs none"},
  };
  for (const auto& [program, help] : table) {
    CAPTURE(program);
    const Parsed parsed(program);
    REQUIRE(parsed.diagnostics.all().size() == 1);
    CHECK(parsed.diagnostics.all().front().help == help);
  }
}
