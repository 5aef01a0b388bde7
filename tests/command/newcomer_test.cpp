#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// The first half hour: the project that `init` writes builds, and what goes wrong first is answered with what to do.
namespace {

using namespace crenel::tests;

/// A project that `init` wrote.
struct Project {
  ScratchFolder folder;
  Outcome started = run_crenel({"init", "net"}, {folder.path(), {}});
  std::string pattern = read_text(folder / "net/website.crenel");

  [[nodiscard]] Outcome crenel(std::vector<std::string> arguments) const {
    return run_crenel(std::move(arguments), {folder / "net", {}});
  }
};

/// What is written in place of what, and what the answer has to say.
struct Mistake {
  std::string what;
  std::string right;
  std::string wrong;
  std::vector<std::string> answers;
};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = {
      {"a service is used without its import",
       "import std/services { http, https }",
       "import std/services { http }",
       {"unknown action `https`", "it is in the library: `import std/services { https }`", "fix: import `https`"}},
      {"the Internet is let into a private tier",
       "  never internet -> web\n",
       "  allow internet -> web : https because \"quick\"\n",
       {"`internet` cannot reach `web`: tier `main.web` is private", "put a balancer in a public tier before it"}},
      {"the whole world as an address block",
       "allow internet ->",
       "allow 0.0.0.0/0 ->",
       {"every address there is cannot be an endpoint", "fix: write `internet`"}},
      {"a port where a service belongs",
       "front : https ",
       "front : 443 ",
       {"expected an action, found `443`", "a port stands behind its protocol: `tcp/443`"}},
      {"a colon for an equals sign", "space = space", "space: space", {"expected `=`, found `:`"}},
      {"a text without quotes",
       "image     = image",
       "image     = ami-0123456789",
       {"`-` has no meaning in a program", "a text stands in double quotes"}},
      {"an attribute misspelt",
       "immutable =",
       "imutable =",
       {"a group has no attribute `imutable`", "fix: write `immutable`"}},
      {"a brace that is missing",
       "private { size = /24 }\n  }",
       "private { size = /24 }",
       {"`}` is missing", "to close this `{`", "fix: close the block"}},
      {"a tier without its network",
       "in main.edge",
       "in edge",
       {"unknown name `edge`; a subnet is expected", "a tier is named with its network: `main.edge`",
        "fix: write `main.edge`"}},
      {"a size without its slash",
       "size = /26",
       "size = 26",
       {"a prefix length of /16 to /29 is expected", "a prefix length has a slash before it", "fix: write `/26`"}},
      {"the way out is not named",
       "  never web      -> internet\n",
       "  allow web -> internet : https because \"updates\"\n",
       {"the way from `web` to `internet` is not named", "fix: go via nat"}},
      {"a terminator",
       "space = space\n",
       "space = space;\n",
       {"`;` has no meaning", "a statement needs no terminator"}},
      {"a service declared where it is used",
       "  // Everything is closed",
       "  service metrics = tcp/9100\n  // Everything is closed",
       {"`service` cannot stand in a pattern or a stack", "put it into the file, outside of patterns and stacks"}},
      {"a comment of another language", "// Everything", "# Everything", {"a comment begins with `//`"}},
  };
  return all;
}

}  // namespace

TEST_CASE("the project that init writes checks, builds, and is in the one layout") {
  const Project project;
  CHECK(project.started.exit_code == 0);
  CHECK(project.started.out.find("cd net && crenel build *.crenel -o out") != std::string::npos);
  const std::vector<std::string> files = {"site.crenel", "website.crenel"};
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"check", "--werror"}, {"fmt", "--check"}, {"build", "-o", "out"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), files.begin(), files.end());
    const Outcome outcome = project.crenel(arguments);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.err.empty());
  }
  CHECK(!read_text(project.folder / "net/out/site.prod.aws.json").empty());
  CHECK(project.crenel({"init"}).exit_code == 1);
}

TEST_CASE("the tests of the project that init writes pass") {
  const Project project;
  const Outcome outcome = project.crenel({"test", "website.crenel", "site.crenel"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.find("1 passed, 0 failed") != std::string::npos);
}

TEST_CASE("the first mistakes are answered with one error that says what to do") {
  const Project project;
  for (const Mistake& mistake : mistakes()) {
    CAPTURE(mistake.what);
    std::string text = project.pattern;
    const std::size_t at = text.find(mistake.right);
    REQUIRE(at != std::string::npos);
    text.replace(at, mistake.right.size(), mistake.wrong);
    write_text(project.folder / "net/website.crenel", text);
    const Outcome outcome = project.crenel({"check", "website.crenel"});
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    for (const std::string& answer : mistake.answers) CHECK(outcome.err.find(answer) != std::string::npos);
    CHECK(outcome.err.find("warning") == std::string::npos);  // nothing that only follows from it
  }
}

TEST_CASE("check --fix mends what has one way to be mended") {
  const Project project;
  std::string text = project.pattern;
  text.replace(text.find("http, https"), 11, "http");
  text.replace(text.find("size = /26"), 10, "size = 26");
  write_text(project.folder / "net/website.crenel", text);
  const Outcome outcome = project.crenel({"check", "--fix", "website.crenel"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(read_text(project.folder / "net/website.crenel") == project.pattern);
}

TEST_CASE("check --fix says that it leaves guesses alone") {
  const Project project;
  std::string text = project.pattern;
  text.replace(text.find("in main.web"), 11, "in main.wbe");
  write_text(project.folder / "net/website.crenel", text);
  const Outcome outcome = project.crenel({"check", "--fix", "website.crenel"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.out.find("`--fix` leaves them to you") != std::string::npos);
  CHECK(read_text(project.folder / "net/website.crenel") == text);
}

TEST_CASE("a fault of a pattern is told once, also where a stack uses it") {
  const Project project;
  std::string text = project.pattern;
  text.replace(text.find("front : https "), 14, "front : https, http ");
  write_text(project.folder / "net/website.crenel", text);
  const Outcome outcome = project.crenel({"check", "website.crenel", "site.crenel"});
  CAPTURE(outcome.err);
  CHECK(outcome.err.find("does not listen on tcp/80") != std::string::npos);
  CHECK(outcome.err.find("\n1 error\n") != std::string::npos);
}

TEST_CASE("a picture goes into a file, and not over what it was drawn from") {
  const Project project;
  const Outcome drawn = project.crenel({"graph", "website.crenel", "--format", "dot", "-o", "website.dot"});
  CAPTURE(drawn.err);
  CHECK(drawn.exit_code == 0);
  CHECK(drawn.out.empty());
  CHECK(read_text(project.folder / "net/website.dot").starts_with("digraph"));
  const Outcome refused = project.crenel({"graph", "website.crenel", "--format", "dot", "-o", "./website.crenel"});
  CAPTURE(refused.err);
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("CRN0052") != std::string::npos);
  CHECK(read_text(project.folder / "net/website.crenel") == project.pattern);
}
