#include "compiler/lsp/names.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/disk_file_system.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/lsp/answers.h"
#include "compiler/lsp/program.h"

namespace {

namespace fs = std::filesystem;
using namespace crenel;

/// The files of the examples and of the goldens that compile.
std::vector<std::string> programs() {
  std::vector<std::string> out;
  const base::DiskFolders folders;
  const fs::path top = CRENEL_SOURCE_DIR;
  for (const auto* folder : {"examples", "tests/golden/policies", "tests/golden/composed", "tests/golden/hub_and_spoke",
                             "tests/golden/stack_in_environments", "tests/golden/denied"}) {
    for (auto& path : folders.files_below((top / folder).string(), ".crenel")) out.push_back(std::move(path));
  }
  return out;
}

const std::vector<backend::Backend>& backends() {
  static const std::vector<backend::Backend> all = {aws::backend(), azure::backend()};
  return all;
}

/// The folders of a file system in memory.
class MemoryFolders : public base::Folders {
 public:
  explicit MemoryFolders(const base::MemoryFileSystem& files) : files_(files) {}
  [[nodiscard]] std::vector<std::string> files_below(const std::string& folder,
                                                     std::string_view ending) const override {
    std::vector<std::string> out;
    for (const auto& [path, text] : files_.files()) {
      if (path.starts_with(folder) && path.ends_with(ending)) out.push_back(path);
    }
    return out;
  }

 private:
  const base::MemoryFileSystem& files_;
};

/// Each program with what lies beside it: the rest of the tree holds broken ones.
class OwnFolder : public base::Folders {
 public:
  explicit OwnFolder(const std::string& path) : folder_(fs::path(path).parent_path().string()) {}
  [[nodiscard]] std::vector<std::string> files_below(const std::string& /*folder*/,
                                                     std::string_view ending) const override {
    return base::DiskFolders().files_below(folder_, ending);
  }

 private:
  std::string folder_;
};

lsp::Answer renamed(const base::FileSystem& files, const base::Folders& folders, const std::string& path,
                    const std::string& text, std::size_t offset, const std::string& name) {
  const std::vector<model::Design> none;
  return lsp::rename_answer({.files = files,
                             .path = path,
                             .text = text,
                             .compilation = nullptr,
                             .designs = none,
                             .folders = folders,
                             .backends = backends(),
                             .begin = offset,
                             .end = offset,
                             .with_declaration = true,
                             .new_name = name});
}

}  // namespace

TEST_CASE("every name of a program that compiles is known, and stands for what is called so") {
  const base::DiskFileSystem files;
  std::size_t seen = 0;
  for (const auto& path : programs()) {
    const auto program = lsp::program_of(files, path);
    const auto names = lsp::names_of(program);
    for (const auto& use : names.uses) {
      ++seen;
      CHECK(program.sources.text(use.span) == names.symbols[use.symbol].name);
    }
  }
  CHECK(seen > 1000);
}

TEST_CASE("whatever is declared can be renamed, and the program stays what it is") {
  const base::DiskFileSystem files;
  std::size_t done = 0;
  for (const auto& path : programs()) {
    const auto program = lsp::program_of(files, path);
    const auto names = lsp::names_of(program);
    const auto source = program.files[0].file.source;
    const OwnFolder folders(path);
    for (const auto& use : names.uses) {
      if (use.span.source != source || !use.declares) continue;
      const auto answer =
          renamed(files, folders, path, program.sources[source].text, use.span.begin, "quite_another_name");
      CAPTURE(path);
      CAPTURE(names.symbols[use.symbol].name);
      if (const auto* refusal = std::get_if<lsp::Refusal>(&answer)) FAIL_CHECK(refusal->message);
      ++done;
    }
  }
  CHECK(done > 100);
}

TEST_CASE("a renaming reaches files that nobody has opened, and only those that mean the name") {
  const base::MemoryFileSystem files{{
      {"/p/.crenel-root", ""},
      {"/p/ports.crenel", "service rpc = tcp/8443\n"},
      {"/p/deep/shop.crenel", "import \"../ports.crenel\" { rpc }\nservice both = rpc, tcp/22\n"},
      {"/p/other.crenel", "service rpc = tcp/1\nservice more = rpc\n"},
      {"/p/waived.crenel",
       "policy q { rule r : warning because \"x\" require group g : g.max >= 2 }\nwaive q.r for flow s.a -> s.b : "
       "more\n"
       "  because \"x\" owner \"x\" ticket \"x\" until 2030-01-01\n"},
      {"/p/broken.crenel", "service other = \n"},
  }};
  const MemoryFolders folders(files);
  const std::string text = files.files().at("/p/ports.crenel");
  const auto answer = renamed(files, folders, "/p/ports.crenel", text, 9, "calls");
  REQUIRE(std::holds_alternative<std::string>(answer));
  const auto changes = nlohmann::json::parse(std::get<std::string>(answer)).at("changes");
  CHECK(changes.size() == 2);
  CHECK(changes.at("file:///p/ports.crenel").size() == 1);
  CHECK(changes.at("file:///p/deep/shop.crenel").size() == 2);

  // A waiver calls a service by its name alone.
  const std::string other = files.files().at("/p/other.crenel");
  const auto waived = renamed(files, folders, "/p/other.crenel", other, other.find("more"), "most");
  REQUIRE(std::holds_alternative<std::string>(waived));
  CHECK(nlohmann::json::parse(std::get<std::string>(waived)).at("changes").contains("file:///p/waived.crenel"));
}

TEST_CASE("a file with faults that may mean the name stops the renaming") {
  const base::MemoryFileSystem files{{
      {"/p/.crenel-root", ""},
      {"/p/ports.crenel", "service rpc = tcp/8443\n"},
      {"/p/broken.crenel", "import \"ports.crenel\" { rpc }\nservice both = rpc,\n"},
  }};
  const MemoryFolders folders(files);
  const auto answer = renamed(files, folders, "/p/ports.crenel", files.files().at("/p/ports.crenel"), 9, "calls");
  REQUIRE(std::holds_alternative<lsp::Refusal>(answer));
  CHECK(std::get<lsp::Refusal>(answer).message.find("syntax errors") != std::string::npos);
}

TEST_CASE("a name that would be taken for another is refused") {
  const std::string text =
      "import std/services { https }\nlet image_of = \"ami-0123456789abcdef0\"\npattern p(space : cidr(/16) within "
      "10.0.0.0/8 = 10.0.0.0/16) {\n"
      "  network main { space = space subnet web : private { size = /24 } subnet app : private { size = /24 } }\n"
      "  group web in main.web { image = image_of }\n  group app in main.app { image = image_of }\n  allow web -> app "
      ": https\n}\n";
  const base::MemoryFileSystem files{{{"/p/.crenel-root", ""}, {"/p/a.crenel", text}}};
  const MemoryFolders folders(files);
  const auto refused = [&](const std::string& word, const std::string& name) {
    const auto answer = renamed(files, folders, "/p/a.crenel", text, text.find(word) + word.size() - 1, name);
    return std::holds_alternative<lsp::Refusal>(answer);
  };
  CHECK(refused("group web", "app"));       // two of one name
  CHECK(refused("group web", "image_of"));  // hides the value
  CHECK(refused("let image_of", "space"));  // is hidden by the parameter
  CHECK(refused("subnet web", "app"));      // two tiers of one name
  CHECK(refused("group web", "https"));     // the library's
  CHECK(!refused("subnet web", "https"));   // reached through its dot: hides nothing
  CHECK(!refused("group web", "servers"));
  CHECK(!refused("pattern p", "shop"));
}
