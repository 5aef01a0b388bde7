#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// The same sources give the same bytes, whoever compiles them, wherever and whenever.
namespace {

namespace fs = std::filesystem;
using namespace crenel::tests;

using Contents = std::vector<std::pair<std::string, std::string>>;

const std::vector<std::string>& examples() {
  static const std::vector<std::string> sources = {"examples/handbook/handbook.crenel",
                                                   "examples/developer_stack/payroll.crenel"};
  return sources;
}

/// Compiles the examples where they are and gives what was made.
Contents build(const std::string& format, const Surroundings& surroundings) {
  const ScratchFolder made;
  for (const std::string& example : examples()) {
    const std::string source = project_root() / example;
    const Outcome outcome = run_crenel({"build", source, "-o", made.path(), "--format", format}, surroundings);
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
  }
  return contents_of(made.path());
}

}  // namespace

TEST_CASE("locale, time zone, home and folder leave no trace in what is made") {
  for (const std::string format : {"json", "yaml"}) {
    const Contents plain = build(format, {});
    REQUIRE(plain.size() >= 8);
    const ScratchFolder elsewhere;
    CHECK(build(format, {elsewhere.path(), {}}) == plain);
    CHECK(build(format, {project_root(), {{"LC_ALL", "tr_TR.UTF-8"}, {"LANG", "de_DE.UTF-8"}}}) == plain);
    CHECK(build(format, {{}, {{"LC_ALL", "C"}, {"TZ", "Pacific/Kiritimati"}, {"HOME", elsewhere.path()}}}) == plain);
    CHECK(build(format, {{}, {{"SOURCE_DATE_EPOCH", "1"}, {"USER", "somebody"}}}) == plain);
  }
}

TEST_CASE("a copy of the sources in another folder gives the same bytes") {
  const ScratchFolder elsewhere;
  const fs::path copy = elsewhere / "a folder with blanks";
  fs::create_directories(copy);
  write_text(copy / ".crenel-root", "");
  fs::copy(project_root() / "examples", copy / "examples", fs::copy_options::recursive);
  const ScratchFolder made;
  for (const std::string& example : examples()) {
    const Outcome outcome = run_crenel({"build", copy / example, "-o", made.path()});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
  }
  CHECK(contents_of(made.path()) == build("json", {}));
}

TEST_CASE("a second build into the same folder touches nothing") {
  const ScratchFolder made;
  const std::string source = project_root() / examples().front();
  REQUIRE(run_crenel({"build", source, "-o", made.path()}).exit_code == 0);
  std::vector<std::pair<fs::path, fs::file_time_type>> times;
  for (const auto& entry : fs::directory_iterator(made.path())) times.emplace_back(entry, entry.last_write_time());
  REQUIRE(!times.empty());
  REQUIRE(run_crenel({"build", source, "-o", made.path()}).exit_code == 0);
  for (const auto& [path, time] : times) CHECK(fs::last_write_time(path) == time);
}

TEST_CASE("the listed outputs are the ones that are written") {
  for (const std::string format : {"json", "yaml"}) {
    const ScratchFolder made;
    const std::string source = project_root() / examples().front();
    const Outcome listed =
        run_crenel({"build", source, "-o", "out", "--format", format, "--list-outputs"}, {made.path(), {}});
    CHECK(contents_of(made.path()).empty());
    REQUIRE(run_crenel({"build", source, "-o", "out", "--format", format}, {made.path(), {}}).exit_code == 0);
    std::size_t lines = 0;
    for (const std::string& path : lines_of(listed.out)) {
      CHECK_MESSAGE(fs::exists(made / path), path);
      ++lines;
    }
    CHECK(lines == contents_of(made.path()).size());
  }
}
