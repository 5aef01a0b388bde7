#include "compiler/cli/run.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/base/memory_file_system.h"

namespace crenel::cli {
namespace {

using Strings = std::vector<std::string>;

constexpr const char* kPattern =
    "/// One group.\n"
    "pattern shop(space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16) {\n"
    "  network main { space = space  subnet app : private { size = /24 } }\n"
    "  group web in main.app { image = \"img-1\" }\n"
    "}\n";

std::optional<backend::Artifact> compile(const model::Design& design, backend::Format /*format*/,
                                         diagnostics::Diagnostics& /*diagnostics*/) {
  backend::Artifact artifact;
  artifact.text = design.name + "\n";
  artifact.resources = 1;
  artifact.account = {"1 network"};
  artifact.residue = {{.subject = "web", .text = "its probes are open"}};
  artifact.assumptions = {"the provider is there"};
  artifact.quotas = {{.subject = "web", .quota = "rules", .used = 40, .limit = 60, .source = "a page"},
                     {.subject = "main", .quota = "subnets", .used = 1, .limit = 200, .source = "a page"}};
  return artifact;
}

const std::vector<backend::Backend>& backends() {
  static const model::ProviderSchema schema{.provider = "east", .attributes = {}};
  static const std::vector<backend::Backend> all = {
      {.name = "east", .title = "East", .schema = &schema, .compile = compile, .lift = nullptr}};
  return all;
}

struct World {
  base::MemoryFileSystem files{{{"/p/shop.crenel", kPattern}, {"/p/bad.crenel", "pattern a() { grup b in c { } }\n"}}};
  Outcome run(const Strings& arguments, Terminal terminal = {}) {
    return cli::run(arguments, terminal, files, backends(), base::NoPrograms());
  }
};

Outcome run(const Strings& arguments) { return World().run(arguments); }

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

/// A misuse: nothing on standard output, and the words in the one line that tells it.
void check_usage_error(const Strings& arguments, std::string_view words) {
  const Outcome outcome = run(arguments);
  CAPTURE(outcome.err);
  CHECK(outcome.code == ExitCode::Usage);
  CHECK(outcome.out.empty());
  CHECK(says(outcome.err, words));
  CHECK(says(outcome.err, "--help`.\n"));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 2);
}

}  // namespace

TEST_CASE("the dependency file's rule is for what was asked") {
  World world;
  CHECK(
      world.run({"build", "/p/shop.crenel", "-o", "/out", "--depfile", "/out/d", "--depfile-target", "a stamp"}).code ==
      ExitCode::Done);
  CHECK(std::get<std::string>(world.files.read("/out/d", 1000)).starts_with("a\\ stamp: \\\n  /p/shop.crenel"));
  check_usage_error({"build", "/p/shop.crenel", "--depfile-target", "x"}, "`--depfile-target` says what the rule");
  check_usage_error({"completions"}, "SHELL is missing");
  check_usage_error({"completions", "tcsh"}, "`tcsh` is not bash, zsh or fish");
}

TEST_CASE("verify, reach and diff say what they lack") {
  check_usage_error({"verify"}, "TEMPLATE is missing");
  check_usage_error({"verify", "t.json"}, "FILE[:TARGET] is missing");
  check_usage_error({"verify", "t.json", "shop.crenel", "--undecided", "never"}, "`never` is not error or warning");
  check_usage_error({"reach", "shop.crenel"}, "QUESTION is missing");
  check_usage_error({"diff"}, "OLD is missing");
  check_usage_error({"diff", "a.crenel"}, "NEW is missing");
  check_usage_error({"diff", "a.crenel", "b.crenel", "--format", "html"}, "`html` is not text, json or markdown");
  check_usage_error({"reach", "shop.crenel", "web -> web", "--provider", "west"}, "`west` is not");
}

TEST_CASE("verify and reach need one target") {
  World world;
  const Outcome outcome = world.run({"verify", "/p/none.json", "/p/shop.crenel"});
  CHECK(outcome.code == ExitCode::Errors);
  CHECK(says(outcome.err, "/p/none.json"));
  CHECK(world.run({"reach", "/p/shop.crenel:other", "web -> web"}).code == ExitCode::Errors);
}

TEST_CASE("without arguments the help is told as an error") {
  const Outcome outcome = run({});
  CHECK(outcome.code == ExitCode::Usage);
  CHECK(outcome.out.empty());
  CHECK(says(outcome.err, "Examples:"));
}

TEST_CASE("help and version are results") {
  for (const Strings& arguments :
       {Strings{"--help"}, {"build", "--help"}, {"check", "-h"}, {"test", "-h"}, {"explain", "--help"}}) {
    const Outcome outcome = run(arguments);
    CHECK(outcome.code == ExitCode::Done);
    CHECK(outcome.err.empty());
    CHECK(says(outcome.out, "Usage: crenel"));
    CHECK(says(outcome.out, "Examples:"));
  }
  CHECK(says(run({"--version"}).out, "crenel "));
  CHECK(says(run({"--version"}).out, "certificates: crenel.certificate/"));
  CHECK(says(run({"--version"}).out, "built with "));
}

TEST_CASE("misuse is told in words, with what was probably meant") {
  check_usage_error({"audit", "a.json"}, "`audit` is not in this version");
  check_usage_error({"biuld", "a.crenel"}, "did you mean `build`?");
  check_usage_error({"a.crenel"}, "`crenel build a.crenel`");
  check_usage_error({"build"}, "name at least one FILE");
  check_usage_error({"build", ""}, "empty name");
  check_usage_error({"build", "a.crenel", "--foromat", "yaml"}, "unknown option `--foromat`; did you mean `--format`?");
  check_usage_error({"--werorr", "build", "a.crenel"}, "did you mean `--werror`?");
  check_usage_error({"build", "a.crenel", "--format", "xml"}, "`xml` is not json or yaml");
  check_usage_error({"build", "a.crenel", "--provider", "west"}, "`west` is not east");
  check_usage_error({"build", "a.crenel", "--root"}, "`--root` needs a value");
  check_usage_error({"build", "a.crenel", "--root", "a", "--root", "b"}, "more than once");
  check_usage_error({"build", "a.crenel", "--werror=3"}, "takes no value");
  check_usage_error({"build", "a.crenel", "--set", "space"}, "`--set space` is not NAME=VALUE");
  check_usage_error({"build", "a.crenel", "-o", ""}, "`--output` needs a directory");
  check_usage_error({"build", "a.crenel", "--list-outputs", "--depfile", "d"}, "builds nothing");
  check_usage_error({"test"}, "name at least one FILE");
  check_usage_error({"test", "a.crenel", "--target", "shop"}, "unknown option `--target`");
  check_usage_error({"check", "a.crenel", "--as-of", "2026-02-30"}, "`--as-of 2026-02-30` is no date");
  check_usage_error({"check", "a.crenel", "--as-of", "tomorrow"}, "is no date");
  check_usage_error({"check", "a.crenel", "-o", "x"}, "unknown option `-o`");
  check_usage_error({"explain", "CRN9999"}, "there is no diagnostic `CRN9999`");
  check_usage_error({"explain", "CRN0050", "CRN0051"}, "unexpected argument `CRN0051`");
}

TEST_CASE("an option never takes the file behind its value") {
  World world;
  for (const char* option : {"--provider=east", "--target=shop", "--set=space=10.1.0.0/16"}) {
    CHECK(world.run({"check", option, "/p/shop.crenel"}).code == ExitCode::Done);
  }
  CHECK(world.run({"check", "--provider", "east", "/p/shop.crenel"}).code == ExitCode::Done);
  CHECK(world.run({"check", "--target", "shop", "/p/shop.crenel"}).code == ExitCode::Done);
  CHECK(world.run({"check", "--set", "space=10.1.0.0/16", "/p/shop.crenel"}).code == ExitCode::Done);
}

TEST_CASE("common options stand before or behind the command") {
  CHECK(run({"--diagnostics", "json", "check", "/p/bad.crenel"}).err ==
        run({"check", "/p/bad.crenel", "--diagnostics=json"}).err);
}

TEST_CASE("formatting names what it changed; a check prints what it would, and fails") {
  World world;
  world.files.put("/p/shop.crenel", "service a=tcp/1\n");
  const Outcome check = world.run({"fmt", "--check", "/p/shop.crenel"});
  CHECK(check.code == ExitCode::Errors);
  CHECK(says(check.out, "+++ /p/shop.crenel"));
  CHECK(world.files.written().empty());
  const Outcome done = world.run({"fmt", "/p/shop.crenel", "/p/bad.crenel"});
  CHECK(done.code == ExitCode::Errors);
  CHECK(done.out == "/p/shop.crenel\n");
  CHECK(says(done.err, "stay as they were"));
  CHECK(world.run({"fmt", "--check", "/p/shop.crenel"}).code == ExitCode::Done);
}

TEST_CASE("a build tells what it made") {
  World world;
  const Outcome outcome = world.run({"build", "/p/shop.crenel", "-o", "/out"});
  CHECK(outcome.code == ExitCode::Done);
  CHECK(outcome.err.empty());
  CHECK(outcome.out ==
        "shop (east)  /out/shop.east.json  1 resource\n"
        "  1 network\n"
        "  left open: web: its probes are open\n"
        "  quota: web: 40 of 60 rules\n"
        "  1 assumption: see /out/shop.east.certificate.json\n");
  CHECK(world.files.files().contains("/out/shop.east.json"));
  CHECK(world.run({"build", "/p/shop.crenel", "-o", "/out", "-q"}).out.empty());
}

TEST_CASE("errors end with 1, on standard error, and nothing is written") {
  World world;
  const Outcome outcome = world.run({"build", "/p/bad.crenel", "/p/shop.crenel", "-o", "/out"});
  CHECK(outcome.code == ExitCode::Errors);
  CHECK(outcome.out.empty());
  CHECK(says(outcome.err, "/p/bad.crenel:1:"));
  CHECK(says(outcome.err, "nothing was written"));
  CHECK(world.files.written().empty());
}

TEST_CASE("a warning lets a build through, unless warnings are errors") {
  World world;
  std::string wide = kPattern;
  wide.replace(wide.find("/16../20"), 8, "/16../24");
  wide.replace(wide.find("size = /24"), 10, "size = /23");
  world.files.put("/p/shop.crenel", wide);
  const Outcome strict = world.run({"build", "/p/shop.crenel", "-o", "/out", "--werror"});
  CHECK(strict.code == ExitCode::Errors);
  CHECK(strict.out.empty());
  CHECK(says(strict.err, "1 warning; nothing was written"));
  CHECK(world.files.written().empty());
  const Outcome mild = world.run({"build", "/p/shop.crenel", "-o", "/out"});
  CHECK(mild.code == ExitCode::Done);
  CHECK(says(mild.err, "warning[CRN0429]"));
  CHECK(world.files.written().size() == 2);
}

TEST_CASE("diagnostics for programs are one document, also when there are none") {
  CHECK(run({"check", "/p/shop.crenel", "--diagnostics", "json"}).err ==
        "{\n  \"version\": 1,\n  \"diagnostics\": []\n}\n");
  const Outcome outcome = run({"check", "/p/bad.crenel", "--diagnostics", "json", "--color", "always"});
  CHECK(outcome.code == ExitCode::Errors);
  CHECK(outcome.err.starts_with("{\n"));
  CHECK(outcome.err.ends_with("}\n"));
}

TEST_CASE("colors come where they are asked for, or where the terminal shows them") {
  const Strings arguments = {"check", "/p/bad.crenel"};
  const auto colored = [](const Outcome& outcome) { return says(outcome.err, "\x1b["); };
  CHECK(!colored(World().run(arguments, {.colors = false})));
  CHECK(colored(World().run(arguments, {.colors = true})));
  CHECK(colored(World().run({"check", "/p/bad.crenel", "--color", "always"}, {.colors = false})));
  CHECK(!colored(World().run({"check", "/p/bad.crenel", "--color", "never"}, {.colors = true})));
}

TEST_CASE("the outputs are listed one a line") {
  World world;
  const Outcome outcome = world.run({"build", "/p/shop.crenel", "-o", "/out", "--format", "yaml", "--list-outputs"});
  CHECK(outcome.code == ExitCode::Done);
  CHECK(outcome.out == "/out/shop.east.yaml\n/out/shop.east.certificate.json\n");
  CHECK(world.files.written().empty());
}

TEST_CASE("explain lists and explains") {
  const Outcome all = run({"explain"});
  CHECK(all.code == ExitCode::Done);
  CHECK(says(all.out, "CRN0050  file not writable\n"));
  CHECK(run({"explain", "crn0050"}).out.starts_with("CRN0050: file not writable\n"));
}

}  // namespace crenel::cli
