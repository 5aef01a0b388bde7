#include "compiler/driver/format.h"

#include <doctest/doctest.h>

#include "compiler/base/memory_file_system.h"
#include "compiler/driver/text_diff.h"

using namespace crenel;

namespace {

struct World {
  base::MemoryFileSystem files{
      {{"/a.crenel", "service a=tcp/1\n"}, {"/good.crenel", "service a = tcp/1\n"}, {"/bad.crenel", "service a=\n"}}};
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;

  std::vector<driver::Reformatted> format(const std::vector<std::string>& paths, bool check) {
    return driver::format(files, paths, check, sources, diagnostics);
  }
};

}  // namespace

TEST_CASE("files that need it are formatted, once") {
  World world;
  const auto changed = world.format({"a.crenel", "good.crenel", "/a.crenel"}, false);
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].path == "a.crenel");
  CHECK(world.files.files().at("/a.crenel") == "service a = tcp/1\n");
  CHECK(world.files.written() == std::vector<std::string>{"/a.crenel"});
}

TEST_CASE("a check writes nothing and shows what would change") {
  World world;
  const auto changed = world.format({"a.crenel"}, true);
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].diff == "--- a.crenel\n+++ a.crenel\n@@ -1 +1 @@\n-service a=tcp/1\n+service a = tcp/1\n");
  CHECK(world.files.written().empty());
}

TEST_CASE("a file with an error, or none, is reported and keeps nobody else from being formatted") {
  World world;
  CHECK(world.format({"bad.crenel", "none.crenel", "a.crenel"}, false).size() == 1);
  CHECK(world.files.files().at("/bad.crenel") == "service a=\n");
  REQUIRE(world.diagnostics.all().size() == 2);
  CHECK(world.diagnostics.all()[0].code == "CRN0101");
  CHECK(world.diagnostics.all()[1].code == "CRN0001");
}

TEST_CASE("what cannot be written is an error") {
  World world;
  world.files.protect("/a.crenel");
  CHECK(world.format({"a.crenel"}, false).empty());
  CHECK(world.diagnostics.has_errors());
}

TEST_CASE("a diff has three lines around each change, and joins changes that are near") {
  const auto lines = [](int from, int to) {
    std::string out;
    for (int i = from; i <= to; ++i) out += std::to_string(i) + "\n";
    return out;
  };
  CHECK(driver::unified_diff("f", lines(1, 30), lines(1, 9) + "x\n" + lines(11, 12) + lines(14, 29) + "30") ==
        "--- f\n+++ f\n"
        "@@ -7,10 +7,9 @@\n 7\n 8\n 9\n-10\n+x\n 11\n 12\n-13\n 14\n 15\n 16\n"
        "@@ -27,4 +26,4 @@\n 27\n 28\n 29\n-30\n+30\n\\ No newline at end of file\n");
  CHECK(driver::unified_diff("f", "", "a\n") == "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
  CHECK(driver::unified_diff("f", "a\n", "") == "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n");
  CHECK(driver::unified_diff("f", "a\n", "a\n").empty());
}
