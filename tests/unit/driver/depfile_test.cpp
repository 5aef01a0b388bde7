#include "compiler/driver/depfile.h"

#include <doctest/doctest.h>

namespace crenel::driver {
namespace {

std::string rule(const std::string& output, const std::string& input) {
  return depfile({output}, {{.path = input, .sha256 = ""}});
}

}  // namespace

TEST_CASE("every input stands on a line of its own") {
  CHECK(depfile({"a.json", "b.json"}, {{"x.crenel", ""}, {"lib/y.crenel", ""}}) ==
        "a.json b.json: \\\n  x.crenel \\\n  lib/y.crenel\n");
}

TEST_CASE("names are escaped as Make and Ninja read them") {
  CHECK(rule("my out/a.json", "my src/x.crenel") == "my\\ out/a.json: \\\n  my\\ src/x.crenel\n");
  CHECK(rule("a", "c#") == "a: \\\n  c\\#\n");
  CHECK(rule("a", "$HOME/x") == "a: \\\n  $$HOME/x\n");
  CHECK(rule("a", "c:/x") == "a: \\\n  c\\:/x\n");
  CHECK(rule("a", "b\\c") == "a: \\\n  b\\c\n");
  CHECK(rule("a", "b\\ c") == "a: \\\n  b\\\\\\ c\n");
  CHECK(rule("a", "Zürich.crenel") == "a: \\\n  Zürich.crenel\n");
}

}  // namespace crenel::driver
