#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Whatever it is given, the program ends with a diagnostic and its documented exit code, and writes nothing.
namespace {

namespace fs = std::filesystem;
using namespace crenel::tests;

constexpr std::size_t kMegabyte = std::size_t{1024} * 1024;

/// Builds `main.crenel` of a folder; what is made would go to `out`.
struct Refusal {
  Outcome outcome;
  std::vector<std::string> codes;
  bool wrote = false;
};

Refusal refuse(const ScratchFolder& folder, const std::string& file = "main.crenel") {
  Refusal refusal;
  refusal.outcome = run_crenel({"build", file, "-o", "out", "--diagnostics", "json"}, {folder.path(), {}});
  refusal.wrote = fs::exists(folder / "out");
  const auto document = nlohmann::json::parse(refusal.outcome.err, nullptr, false);
  REQUIRE_MESSAGE(!document.is_discarded(), refusal.outcome.err);
  for (const auto& diagnostic : document.at("diagnostics")) refusal.codes.push_back(diagnostic.at("code"));
  return refusal;
}

void check_refused_with(const Refusal& refusal, const std::string& code) {
  CAPTURE(refusal.outcome.err.substr(0, 2000));
  CHECK(refusal.outcome.exit_code == 1);
  CHECK(refusal.codes == std::vector{code});
  CHECK(!refusal.wrote);
  CHECK(refusal.outcome.peak_bytes < 1024 * kMegabyte);
}

Refusal refuse_text(const std::string& text) {
  const ScratchFolder folder;
  write_text(folder / "main.crenel", text);
  return refuse(folder);
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a file that is not there") { check_refused_with(refuse(ScratchFolder()), "CRN0001"); }

TEST_CASE("a directory in place of a file") {
  const ScratchFolder folder;
  fs::create_directory(folder / "main.crenel");
  check_refused_with(refuse(folder), "CRN0002");
}

TEST_CASE("a file that may not be read") {
  if (geteuid() == 0) return;  // nothing is forbidden to root
  const ScratchFolder folder;
  write_text(folder / "main.crenel", "");
  fs::permissions(folder / "main.crenel", fs::perms::none);
  check_refused_with(refuse(folder), "CRN0003");
}

TEST_CASE("a file of 50 MB") { check_refused_with(refuse_text(repeated("// a comment\n", 4 * kMegabyte)), "CRN0004"); }

TEST_CASE("an empty file") { check_refused_with(refuse_text(""), "CRN0114"); }

TEST_CASE("a file of nothing but a comment") {
  check_refused_with(refuse_text("\xEF\xBB\xBF// nothing here\r\n"), "CRN0114");
}

TEST_CASE("a file without anything to build") { check_refused_with(refuse_text("let a = 1\n"), "CRN0753"); }

TEST_CASE("bytes that are no text are refused at their place, once") {
  for (const std::string& bytes : {std::string("let a = \"\xFF\xFE\"\n"), std::string("let a\0= 1\n", 10),
                                   std::string("\x7F"
                                               "ELF\x02\x01\x01\0\0\0\0",
                                               11)}) {
    const Refusal refusal = refuse_text(bytes);
    CAPTURE(refusal.outcome.err);
    CHECK(refusal.outcome.exit_code == 1);
    CHECK(refusal.codes.size() == 1);
    CHECK(!refusal.wrote);
  }
}

TEST_CASE("nesting of 100,000 is one error, not a crash") {
  constexpr std::size_t kDepth = 100'000;
  for (const auto& [open, close] :
       std::vector<std::pair<std::string, std::string>>{{"(", ")"}, {"[", "]"}, {"not ", ""}}) {
    const Refusal refusal = refuse_text("let deep = " + repeated(open, kDepth) + "1" + repeated(close, kDepth) + "\n");
    CAPTURE(open);
    CAPTURE(refusal.outcome.err.substr(0, 2000));
    CHECK(refusal.outcome.exit_code == 1);
    CHECK(refusal.codes.size() == 1);
    CHECK(!refusal.wrote);
  }
  const Refusal braces = refuse_text("pattern p() " + repeated("{ network n ", kDepth));
  CHECK(braces.outcome.exit_code == 1);
  CHECK(!braces.codes.empty());
  CHECK(braces.codes.size() < 100);
}

TEST_CASE("a cycle of imports names its files") {
  const ScratchFolder folder;
  write_text(folder / "main.crenel", "import \"other.crenel\" { a }\nlet b = a\n");
  write_text(folder / "other.crenel", "import \"main.crenel\" { b }\nlet a = b\n");
  const Refusal refusal = refuse(folder);
  check_refused_with(refusal, "CRN0006");
  CHECK(refusal.outcome.err.find("other.crenel") != std::string::npos);
}

TEST_CASE("an import that leaves the root") {
  const ScratchFolder folder;
  write_text(folder / "outside.crenel", "let a = 1\n");
  write_text(folder / "project/.crenel-root", "");
  write_text(folder / "project/main.crenel", "import \"../outside.crenel\" { a }\nlet b = a\n");
  check_refused_with(refuse(folder, "project/main.crenel"), "CRN0005");
}

TEST_CASE("an output folder that cannot be written leaves everything as it was") {
  const ScratchFolder folder;
  const std::string source = project_root() / "examples/handbook/handbook.crenel";
  write_text(folder / "out", "a file is in the folder's place");
  const Outcome outcome = run_crenel({"build", source, "-o", "out"}, {folder.path(), {}});
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("CRN0050") != std::string::npos);
  CHECK(contents_of(folder.path()).size() == 1);
}

TEST_CASE("an error leaves the outputs of the build before as they were") {
  const ScratchFolder folder;
  const std::string program = "import std/patterns/public_network { public_network }\nhandbook \"h\" { patterns = [";
  write_text(folder / "main.crenel", program + "public_network] }\n");
  REQUIRE(run_crenel({"build", "main.crenel", "-o", "out"}, {folder.path(), {}}).exit_code == 0);
  const auto before = contents_of(folder / "out");
  REQUIRE(!before.empty());
  write_text(folder / "main.crenel", program + "public_network, nobody] }\n");
  CHECK(run_crenel({"build", "main.crenel", "-o", "out"}, {folder.path(), {}}).exit_code == 1);
  CHECK(contents_of(folder / "out") == before);
}

TEST_CASE("a parameter that is set twice") {
  const ScratchFolder folder;
  write_text(folder / "main.crenel",
             "import std/patterns/public_network { public_network }\n"
             "handbook \"h\" { patterns = [public_network] }\n");
  const Outcome outcome = run_crenel(
      {"build", "main.crenel", "-o", "out", "--set", "direct=true", "--set", "direct=false"}, {folder.path(), {}});
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("CRN0703") != std::string::npos);
  CHECK(!fs::exists(folder / "out"));
}

TEST_CASE("wrong usage ends with 2 and says what is right") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {"biuld"},
                                             {"build"},
                                             {"build", "x.crenel", "--frmat", "json"},
                                             {"build", "x.crenel", "--format", "xml"},
                                             {"explain", "CRN9999"}}) {
    const Outcome outcome = run_crenel(words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.out.empty());
    CHECK(!outcome.err.empty());
  }
}
