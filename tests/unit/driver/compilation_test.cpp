#include "compiler/driver/compilation.h"

#include <doctest/doctest.h>

#include "compiler/driver/check.h"
#include "compiler/driver/root.h"
#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

using base::MemoryFileSystem;
using Strings = std::vector<std::string>;

Strings check_codes(MemoryFileSystem& files, const Request& request, Checked* checked = nullptr) {
  Compilation compilation(files, tests::fake_backends(), request);
  const Checked result = check(compilation);
  if (checked != nullptr) *checked = result;
  return tests::codes(compilation);
}

}  // namespace

TEST_CASE("the root is the nearest folder with a mark, else the file's own") {
  const MemoryFileSystem files({{"/home/.git", ""},
                                {"/home/p/q/a.crenel", ""},
                                {"/home/r/.crenel-root", ""},
                                {"/home/r/s/b.crenel", ""},
                                {"/srv/x/c.crenel", ""}});
  CHECK(find_root(files, "/home/p/q/a.crenel") == "/home");
  CHECK(find_root(files, "/home/r/s/b.crenel") == "/home/r");
  CHECK(find_root(files, "/home/r/../p/q/a.crenel") == "/home");
  CHECK(find_root(files, "/srv/x/c.crenel") == "/srv/x");
  CHECK(find_root(files, "/srv/x/none.crenel") == "/");
}

TEST_CASE("a link to a file belongs where the file is") {
  MemoryFileSystem files({{"/real/.git", ""}, {"/real/a.crenel", ""}});
  files.link("/links/a.crenel", "/real/a.crenel");
  CHECK(find_root(files, "/links/a.crenel") == "/real");
}

TEST_CASE("paths are shown from the root, and what is outside of it only by its last part") {
  const MemoryFileSystem files({{"/p/n/a.crenel", ""}, {"/pq/b.crenel", ""}});
  CHECK(relative_to_root(files, "/p", "/p/n/a.crenel") == "n/a.crenel");
  CHECK(relative_to_root(files, "/p", "/p/x/../n/a.crenel") == "n/a.crenel");
  CHECK(relative_to_root(files, "/p", "/pq/b.crenel") == "b.crenel");
  CHECK(relative_to_root(files, "/", "/pq/b.crenel") == "pq/b.crenel");
}

TEST_CASE("a root that is no directory is refused") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", tests::pattern("a"));
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .root = "/nowhere"}) == Strings{"CRN0051"});
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .root = "/p/a.crenel"}) == Strings{"CRN0051"});
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .root = "/p"}) == Strings{});
}

TEST_CASE("a file that is not there is said once") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", tests::pattern("a"));
  CHECK(check_codes(files, {.files = {"/p/b.crenel"}}) == Strings{"CRN0001"});
  CHECK(check_codes(files, {.files = {"/p"}}) == Strings{"CRN0002"});
}

TEST_CASE("check looks at every pattern for every provider and writes nothing") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", tests::pattern("a") + tests::pattern("b_east_only"));
  Checked checked;
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}}, &checked) == Strings{"CRN9001"});
  CHECK(checked.targets == 2);
  CHECK(checked.templates == 4);
  CHECK(files.written().empty());
}

TEST_CASE("check tells the errors of all targets, each once") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", tests::pattern_with_false_claim("a") + tests::pattern_with_false_claim("b"));
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}}).size() == 2);
}

TEST_CASE("a file of declarations only is sound to check and nothing to build") {
  MemoryFileSystem files;
  files.put("/p/s.crenel", "service rpc = tcp/8443\n");
  CHECK(check_codes(files, {.files = {"/p/s.crenel"}}) == Strings{});
  CHECK(tests::build_files(files, {.files = {"/p/s.crenel"}}).codes == Strings{"CRN0753"});
}

TEST_CASE("choices that exclude each other are told") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", tests::pattern("a"));
  const Request request{.files = {"/p/a.crenel"}, .providers = {"west"}, .targets = {"a.east"}};
  CHECK(tests::build_files(files, request).codes.size() == 1);
  CHECK(check_codes(files, request).size() == 1);
}

TEST_CASE("a value given for a parameter reaches the target, and an unknown parameter is refused") {
  const std::string text =
      "pattern a(n : int(1..4) = 2) {\n"
      "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
      "  group web in main.app { image = \"i\"  scale = 1..n }\n}\n";
  MemoryFileSystem files;
  files.put("/p/a.crenel", text);
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .bindings = {{"n", "3"}}}) == Strings{});
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .bindings = {{"n", "9"}}}).size() == 1);
  CHECK(check_codes(files, {.files = {"/p/a.crenel"}, .bindings = {{"m", "3"}}}) == Strings{"CRN0702"});
}

}  // namespace crenel::driver
