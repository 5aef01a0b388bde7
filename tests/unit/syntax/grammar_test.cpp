#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {

/// No error, and nothing that two-stage parsing would be needed for.
void check_clean(const Program& program) {
  CAPTURE(program.path.string());
  const Parsed parsed(program.text);
  CHECK(parsed.said() == std::vector<std::string>{});
  CHECK(!parsed.file.items.empty());
  const GrammarReport report = examine_grammar(parsed.sources, parsed.source);
  CHECK(report.syntax_errors == 0);
  CHECK(report.ambiguities == 0);
  CHECK(report.full_context == 0);
}

/// The design's own programs, where this machine has them.
std::filesystem::path shared_programs() {
  const char* folder = std::getenv("CRENEL_SHARED_DIR");
  const std::filesystem::path shared =
      folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(CRENEL_SOURCE_DIR) / "../shared";
  return shared / "design/programs";
}

/// The ```crenel blocks of a Markdown text.
std::vector<std::string> program_blocks(const std::string& markdown) {
  const std::string open = "```crenel\n";
  std::vector<std::string> out;
  for (std::size_t at = markdown.find(open); at != std::string::npos; at = markdown.find(open, at)) {
    at += open.size();
    const std::size_t end = markdown.find("```", at);
    REQUIRE(end != std::string::npos);
    out.push_back(markdown.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace

TEST_CASE("every construct parses without error, ambiguity or a fallback to full context") {
  const auto programs = programs_in(corpus());
  REQUIRE(programs.size() >= 7);
  for (const auto& program : programs) check_clean(program);
}

TEST_CASE("the corpus has every rule of the grammar's items and statements") {
  // A declaration that the corpus forgot would be one that the ambiguity test does not see.
  std::string all;
  for (const auto& program : programs_in(corpus())) all += dump(Parsed(program.text).file);
  for (const char* keyword :
       {"import ",   "service ",  "addresses ", "label ",     "let ",      "site ",     "agent ",   "environment ",
        "policy ",   "pattern ",  "stack ",     "test ",      "handbook ", "waive ",    "network ", "subnet ",
        "group ",    "balancer ", "forward ",   "appliance ", "function ", "store ",    "queue ",   "topic ",
        "table ",    "vault ",    "database ",  "endpoint ",  "link ",     "peer ",     "guard ",   "existing ",
        "verbatim ", "use ",      "allow ",     "deny ",      "never ",    "only ",     "always ",  "require ",
        "rule ",     "control ",  "fix ",       "under ",     "fails ",    "override ", "doc ",     "private",
        "exists ",   "every "})
    CHECK_MESSAGE(all.find(keyword) != std::string::npos, keyword);
}

TEST_CASE("the tree of every corpus program is the one that was reviewed") {
  const bool update = std::getenv("CRENEL_UPDATE_GOLDENS") != nullptr;
  for (const auto& program : programs_in(corpus())) {
    CAPTURE(program.path.string());
    const std::string tree = dump(Parsed(program.text).file);
    auto golden = program.path;
    golden.replace_extension(".dump");
    const bool same = std::filesystem::exists(golden) && read(golden) == tree;
    if (!same && update) std::ofstream(golden, std::ios::binary) << tree;
    CHECK(same);
  }
}

TEST_CASE("the programs of the design parse without error, ambiguity or a fallback to full context") {
  const auto folder = shared_programs();
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: the design's programs are not there (CRENEL_SHARED_DIR)");
    return;
  }
  const auto programs = programs_in(folder);
  CHECK(programs.size() >= 14);
  for (const auto& program : programs) check_clean(program);
}

TEST_CASE("every program in the language reference parses") {
  const auto blocks = program_blocks(read(std::filesystem::path(CRENEL_SOURCE_DIR) / "grammar/README.md"));
  CHECK(blocks.size() >= 8);
  for (const auto& block : blocks) check_clean({"grammar/README.md", block});
}

TEST_CASE("how fast it is, for the eye") {
  std::string text;
  const std::string program = read(corpus() / "structure.crenel");
  while (text.size() < std::size_t{500} * 1024) text += program;
  const auto begin = std::chrono::steady_clock::now();
  const Parsed parsed(std::move(text));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const double megabytes = static_cast<double>(parsed.sources[parsed.source].text.size()) / 1e6;
  MESSAGE("parse: ", megabytes, " MB in ", took.count(), " s");
  CHECK(!parsed.diagnostics.has_errors());
}
