#include "compiler/cli/completions.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace crenel::cli {
namespace {

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

const std::vector<CommandDescription>& commands() {
  static const auto all = describe_commands({"east", "west"});
  return all;
}

const CommandDescription& command(std::string_view name) {
  return *std::find_if(commands().begin(), commands().end(), [&](const auto& each) { return each.name == name; });
}

}  // namespace

TEST_CASE("the command line describes itself") {
  CHECK(commands().front().name.empty());
  const auto& build = command("build");
  CHECK(build.operand == "FILE");
  CHECK(says(build.after, "--list-outputs"));
  const auto provider = std::find_if(build.options.begin(), build.options.end(),
                                     [](const auto& option) { return option.names.front() == "--provider"; });
  REQUIRE(provider != build.options.end());
  CHECK(provider->words == std::vector<std::string>{"east", "west"});
  CHECK(provider->value == "NAME");
  CHECK(command("completions").operand_words == std::vector<std::string>{"bash", "zsh", "fish"});
}

TEST_CASE("every command and option is in the completions of every shell and in the manual") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = completions(shell, commands());
    CAPTURE(shell);
    for (const auto& each : commands()) {
      if (each.name.empty()) continue;
      CHECK(says(script, each.name));
      for (const auto& option : each.options) {
        const std::string& name = option.names.back();
        CHECK(says(script, std::string(shell) == "fish" ? "-l " + name.substr(2) : name));
      }
    }
  }
  CHECK(completions("powershell", commands()).empty());

  const std::string page = manual(commands());
  for (const auto& each : commands()) {
    if (!each.name.empty()) CHECK(says(page, ".SS crenel " + each.name + "\n"));
  }
  CHECK(says(page, "\\-\\-depfile\\-target"));
}

TEST_CASE("the manual escapes what roff would read as its own") {
  const std::string page = manual({{.name = "odd",
                                    .text = ".TH is text, and a \\ too",
                                    .options = {},
                                    .operand = "",
                                    .operand_words = {},
                                    .after = "\n'quoted\n"}});
  CHECK(says(page, "\n\\&.TH is text, and a \\e too"));
  CHECK(says(page, "\n\\&'quoted\n"));
}

}  // namespace crenel::cli
