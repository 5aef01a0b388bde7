#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"
#include "tests/house/catalogue.h"

/// The programs on the diagnostics' pages do what the pages say.
namespace {

using crenel::tests::Outcome;
using crenel::tests::Page;
using crenel::tests::ScratchFolder;

struct Checked {
  Outcome outcome;
  std::set<std::string> codes;
  bool errors = false;
};

Checked check(const ScratchFolder& scratch, const std::string& program) {
  crenel::tests::write_text(scratch / "page.crenel", program);
  Checked checked;
  checked.outcome = crenel::tests::run_crenel({"check", "--diagnostics", "json", "page.crenel"}, {scratch.path(), {}});
  const auto document = nlohmann::json::parse(checked.outcome.err, nullptr, false);
  if (document.is_discarded()) return checked;
  for (const auto& diagnostic : document.at("diagnostics")) {
    checked.codes.insert(diagnostic.at("code"));
    checked.errors = checked.errors || diagnostic.at("severity") == "error";
  }
  return checked;
}

}  // namespace

TEST_CASE("a page's failing program is refused with that code and no other") {
  const ScratchFolder scratch;
  int programs = 0;
  for (const Page& page : crenel::tests::diagnostic_pages()) {
    for (const std::string& heading : page.headings("Fails")) {
      CAPTURE(page.file);
      CAPTURE(heading);
      const std::string program = page.program(heading);
      REQUIRE(!program.empty());
      const Checked checked = check(scratch, program);
      CAPTURE(checked.outcome.err);
      CHECK(checked.codes == std::set{page.code});
      CHECK(checked.outcome.exit_code == (checked.errors ? 1 : 0));
      ++programs;
    }
  }
  CHECK(programs > 50);
}

TEST_CASE("a page's passing program has nothing to be said about it") {
  const ScratchFolder scratch;
  for (const Page& page : crenel::tests::diagnostic_pages()) {
    if (!page.has("Passes")) continue;
    CAPTURE(page.file);
    const std::string program = page.program("Passes");
    REQUIRE(!program.empty());
    const Checked checked = check(scratch, program);
    CAPTURE(checked.outcome.err);
    CHECK(checked.codes.empty());
    CHECK(checked.outcome.exit_code == 0);
  }
}

TEST_CASE("the program that the README opens with has nothing to be said about it") {
  const ScratchFolder scratch;
  const std::string readme = crenel::tests::read_text(crenel::tests::project_root() / "README.md");
  const Page page{.file = "README.md", .code = "", .title = "", .text = readme};
  const std::string program = page.program("A pattern, and what comes of it");
  REQUIRE(!program.empty());
  const Checked checked = check(scratch, program);
  CAPTURE(checked.outcome.err);
  CHECK(checked.codes.empty());
  CHECK(checked.outcome.exit_code == 0);
}

TEST_CASE("explain prints every page") {
  for (const Page& page : crenel::tests::diagnostic_pages()) {
    CAPTURE(page.file);
    const Outcome outcome = crenel::tests::run_crenel({"explain", page.code});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.find(page.title.substr(0, page.title.find(':'))) != std::string::npos);
  }
}
