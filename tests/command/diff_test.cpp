#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// `diff` from outside: sources and templates on either side.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/agreement/programs/hybrid.crenel";

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// The program with one text in it replaced.
std::string edited(const ScratchFolder& folder, const std::string& from, const std::string& to) {
  std::string text = read_text(kProgram);
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  std::string path = folder / "edited.crenel";
  write_text(path, text);
  return path;
}

}  // namespace

TEST_CASE("a source against itself, and against its own templates, is the same") {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  for (const std::string& other :
       {std::string(kProgram), std::string(folder / "hybrid.aws.json"), std::string(folder / "hybrid.azure.json")}) {
    for (const bool swapped : {false, true}) {
      const Outcome outcome = run_crenel({"diff", swapped ? other : kProgram, swapped ? kProgram : other});
      CAPTURE(outcome.out);
      CAPTURE(outcome.err);
      CHECK(outcome.exit_code == 0);
      CHECK(says(outcome.out, "admit the same"));
    }
  }
}

TEST_CASE("a source that lets more in broadens, on every provider, and ends with 3") {
  const ScratchFolder folder;
  const std::string wider = edited(folder, "datacenter -> app : ssh", "datacenter -> app : ssh, tcp/9999");
  const Outcome outcome = run_crenel({"diff", kProgram, wider});
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 3);
  CHECK(says(outcome.out, "widened: datacenter -> app"));
  CHECK(says(outcome.out, "+ tcp/9999"));

  const Outcome back = run_crenel({"diff", wider, kProgram, "--format", "json"});
  CHECK(back.exit_code == 0);
  const json found = json::parse(back.out);
  CHECK(found.at("verdict") == "narrowed");
  REQUIRE(found.at("providers").size() == 2);
  for (const json& provider : found.at("providers")) {
    CHECK(provider.at("changes").at(0).at("kind") == "narrowed");
    CHECK(provider.at("changes").at(0).at("lost") == "tcp/9999");
    CHECK(!provider.at("changes").at(0).at("no_longer").at("passes").empty());
  }
  const Outcome page = run_crenel({"diff", kProgram, wider, "--format", "markdown"});
  CHECK(page.exit_code == 3);
  CHECK(says(page.out, "| widened | datacenter → app"));
}

TEST_CASE("a template that somebody changed is held against the source it came from") {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  std::string text = read_text(folder / "hybrid.azure.json");
  const std::size_t group = text.find("\"AppNsg\"");
  const std::size_t at = text.find("\"access\": \"Deny\"", group);
  REQUIRE(at != std::string::npos);
  text.replace(at, 16, "\"access\": \"Allow\"");
  write_text(folder / "changed.json", text);
  const Outcome outcome = run_crenel({"diff", kProgram, folder / "changed.json"});
  CAPTURE(outcome.out);
  CHECK(outcome.exit_code == 3);
  CHECK(says(outcome.out, "securityRules"));
}

TEST_CASE("what cannot be compared is an error on the side that it is of") {
  const ScratchFolder folder;
  write_text(folder / "nothing.json", "{\"a\": 1}\n");
  const Outcome none = run_crenel({"diff", kProgram, folder / "nothing.json"});
  CHECK(none.exit_code == 1);
  CHECK(says(none.err, "nothing.json"));
  const Outcome missing = run_crenel({"diff", folder / "none.crenel", kProgram});
  CHECK(missing.exit_code == 1);
  CHECK(says(missing.err, "none.crenel"));
  CHECK(run_crenel({"diff", kProgram}).exit_code == 2);
}
