#include "compiler/driver/fix.h"

#include <doctest/doctest.h>

#include "compiler/base/memory_file_system.h"
#include "compiler/driver/check.h"
#include "tests/unit/driver/fake_world.h"

using namespace crenel;

namespace {

constexpr const char* kFaulty =
    "import std/services { https }\n"
    "pattern shop(image : image) {\n"
    "  network main { space = 10.0.0.0/16  subnet app : public { size = /24 } }\n"
    "  group web in main.app { image = image  public_address = true  scale = 4..2 by cpu(70%) }\n"
    "  allow 0.0.0.0/0 -> web : https\n"
    "}\n";

struct Checking {
  base::MemoryFileSystem& files;
  driver::Compilation compilation;
  explicit Checking(base::MemoryFileSystem& all)
      : files(all), compilation(files, driver::tests::fake_backends(), {.files = {"/p/a.crenel"}}) {
    (void)driver::check(compilation);
  }
};

}  // namespace

TEST_CASE("safe fixes are applied, together, and told") {
  base::MemoryFileSystem files{{{"/p/a.crenel", kFaulty}}};
  Checking checking(files);
  const auto applied = driver::apply_safe_fixes(checking.compilation);
  REQUIRE(applied.size() == 2);
  CHECK(applied[0].line == 4);
  CHECK(applied[0].title == "write `2..4`");
  CHECK(applied[1].line == 5);
  CHECK(applied[1].title == "write `internet`");
  CHECK(files.files().at("/p/a.crenel").find("scale = 2..4 by") != std::string::npos);
  CHECK(files.files().at("/p/a.crenel").find("allow internet -> web : https\n") != std::string::npos);
  Checking again(files);
  CHECK_FALSE(again.compilation.diagnostics().has_errors());
  CHECK(driver::apply_safe_fixes(again.compilation).empty());
}

TEST_CASE("a mark at the start of the file stays, and places are counted behind it") {
  base::MemoryFileSystem files{{{"/p/a.crenel", "\xEF\xBB\xBF" + std::string(kFaulty)}}};
  Checking checking(files);
  CHECK(driver::apply_safe_fixes(checking.compilation).size() == 2);
  CHECK(files.files().at("/p/a.crenel").starts_with("\xEF\xBB\xBFimport std/services"));
  CHECK(files.files().at("/p/a.crenel").find("allow internet -> web") != std::string::npos);
}

TEST_CASE("a file that changed after it was checked stays as it is") {
  base::MemoryFileSystem files{{{"/p/a.crenel", kFaulty}}};
  Checking checking(files);
  files.put("/p/a.crenel", "// other\n");
  CHECK(driver::apply_safe_fixes(checking.compilation).empty());
  CHECK(files.files().at("/p/a.crenel") == "// other\n");
}

TEST_CASE("what cannot be written is an error, and nothing was applied") {
  base::MemoryFileSystem files{{{"/p/a.crenel", kFaulty}}};
  Checking checking(files);
  files.protect("/p/a.crenel");
  CHECK(driver::apply_safe_fixes(checking.compilation).empty());
}

TEST_CASE("of fixes that touch one place the first is applied; one of several edits is applied whole or not") {
  base::MemoryFileSystem files{{{"/p/a.crenel", "let a = 1\n"}}};
  driver::Compilation compilation(files, driver::tests::fake_backends(), {.files = {"/p/a.crenel"}});
  compilation.load();
  const auto source = compilation.sources().ids().front();
  const auto add = [&](std::vector<diagnostics::Edit> edits, bool safe) {
    diagnostics::Diagnostic one;
    one.code = "CRN0001";
    one.span = edits.front().span;
    one.message = edits.front().text;
    one.fixes.push_back({.title = one.message, .edits = std::move(edits), .safe = safe});
    compilation.diagnostics().append(std::move(one));
  };
  add({{{source, 0, 3}, "unsafe"}}, false);
  add({{{source, 4, 5}, "first"}, {{source, 8, 9}, "2"}}, true);
  add({{{source, 6, 7}, "lost"}, {{source, 8, 9}, "3"}}, true);
  add({{{source, 0, 0}, "// kept\n"}}, true);
  CHECK(driver::apply_safe_fixes(compilation).size() == 2);
  CHECK(files.files().at("/p/a.crenel") == "// kept\nlet first = 2\n");
}
