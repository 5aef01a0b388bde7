#include "compiler/driver/build.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

using base::MemoryFileSystem;
using tests::build_files;
using tests::pattern;
using tests::pattern_with_false_claim;
using Strings = std::vector<std::string>;

Strings listed(MemoryFileSystem& files, const Request& request, const BuildOptions& options) {
  Compilation compilation(files, tests::fake_backends(), request);
  return list_outputs(compilation, options);
}

}  // namespace

TEST_CASE("a pattern becomes a template and a certificate for every provider") {
  MemoryFileSystem files;
  files.put("/p/shop.crenel", pattern("shop"));
  const auto result = build_files(files, {.files = {"/p/shop.crenel"}}, {.folder = "/out/deep"});
  CHECK(result.codes == Strings{});
  CHECK(files.written() == Strings{"/out/deep/shop.east.json", "/out/deep/shop.east.certificate.json",
                                   "/out/deep/shop.west.json", "/out/deep/shop.west.certificate.json"});
  CHECK(files.files().at("/out/deep/shop.west.json") == "shop as json for west\n");
  REQUIRE(result.built.size() == 2);
  CHECK(result.built[0].provider == "east");
  CHECK(result.built[1].template_path == "/out/deep/shop.west.json");
  CHECK(result.built[1].artifact.resources == 2);
}

TEST_CASE("yaml is asked of the backend and shows in the name") {
  MemoryFileSystem files;
  files.put("/p/shop.crenel", pattern("shop"));
  const auto result = build_files(files, {.files = {"/p/shop.crenel"}, .providers = {"west"}},
                                  {.folder = "/out/", .format = backend::Format::Yaml});
  CHECK(result.codes == Strings{});
  CHECK(files.written() == Strings{"/out/shop.west.yaml", "/out/shop.west.certificate.json"});
  CHECK(files.files().at("/out/shop.west.yaml") == "shop as yaml for west\n");
}

TEST_CASE("the paths that are listed are those that are written") {
  for (const char* folder : {".", "/out", "out/x/"}) {
    for (const auto format : {backend::Format::Json, backend::Format::Yaml}) {
      MemoryFileSystem files({{"/p/a.crenel", pattern("a")}, {"/p/b.crenel", pattern("b")}});
      const Request request{.files = {"/p/a.crenel", "/p/b.crenel"}};
      const BuildOptions options{.folder = folder, .format = format};
      Strings outputs = listed(files, request, options);
      CHECK(files.written().empty());
      REQUIRE(outputs.size() == 8);
      const auto result = build_files(files, request, options);
      CHECK(result.codes == Strings{});
      for (auto& path : outputs) path = files.canonical(path);
      CHECK(files.written() == outputs);
    }
  }
}

TEST_CASE("the current directory does not show in the paths") {
  MemoryFileSystem files;
  files.put("/a.crenel", pattern("a"));
  CHECK(listed(files, {.files = {"a.crenel"}, .providers = {"east"}}, {}) ==
        Strings{"a.east.json", "a.east.certificate.json"});
}

TEST_CASE("outputs are not listed for files that cannot be read soundly") {
  MemoryFileSystem files({{"/p/a.crenel", pattern("a") + "}"}});
  CHECK(listed(files, {.files = {"/p/a.crenel"}}, {}).empty());
  CHECK(listed(files, {.files = {"/p/none.crenel"}}, {}).empty());
}

TEST_CASE("after an error in one target nothing of any target is written") {
  const std::map<std::string, std::string> before = {{"/p/good.crenel", pattern("good")},
                                                     {"/p/bad.crenel", pattern_with_false_claim("bad")},
                                                     {"/out/good.east.json", "as it was\n"}};
  MemoryFileSystem files(before);
  const auto result =
      build_files(files, {.files = {"/p/good.crenel", "/p/bad.crenel"}}, {.folder = "/out", .depfile = "/out/good.d"});
  CHECK(result.codes.size() == 1);
  CHECK(result.built.empty());
  CHECK(files.files() == before);
}

TEST_CASE("what one provider refuses is not written for another") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", pattern("a_east_only"));
  CHECK(build_files(files, {.files = {"/p/a.crenel"}}).codes == Strings{"CRN9001"});
  CHECK(files.written().empty());
  CHECK(build_files(files, {.files = {"/p/a.crenel"}, .providers = {"east"}}).codes == Strings{});
  CHECK(files.written().size() == 2);
}

TEST_CASE("no backend runs after a syntax error, and independent errors are still found") {
  MemoryFileSystem files({{"/p/a.crenel", pattern("a_east_only")}, {"/p/b.crenel", "pattern b( {\n"}});
  const auto result = build_files(files, {.files = {"/p/a.crenel", "/p/b.crenel"}});
  REQUIRE(!result.codes.empty());
  CHECK(std::all_of(result.codes.begin(), result.codes.end(), [](const auto& code) { return code < "CRN0200"; }));
  CHECK(files.written().empty());
}

TEST_CASE("an output that cannot be written is an error, and the others are not written either") {
  const std::map<std::string, std::string> before = {{"/p/a.crenel", pattern("a")},
                                                     {"/out/a.west.json", "as it was\n"}};
  MemoryFileSystem files(before);
  files.protect("/out/a.west.json");
  CHECK(build_files(files, {.files = {"/p/a.crenel"}}, {.folder = "/out"}).codes == Strings{"CRN0050"});
  CHECK(files.files() == before);

  MemoryFileSystem blocked({{"/p/a.crenel", pattern("a")}, {"/out", "a file\n"}});
  CHECK(build_files(blocked, {.files = {"/p/a.crenel"}}, {.folder = "/out"}).codes == Strings{"CRN0050"});
  CHECK(blocked.written().empty());
}

TEST_CASE("an output never takes the place of an input") {
  MemoryFileSystem files;
  files.put("/p/a.east.json", pattern("a"));
  CHECK(build_files(files, {.files = {"/p/a.east.json"}}, {.folder = "/p"}).codes == Strings{"CRN0052"});
  CHECK(files.written().empty());
}

TEST_CASE("a dependency file takes the place of neither an input nor an output") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", pattern("a"));
  const Request request{.files = {"/p/a.crenel"}};
  CHECK(build_files(files, request, {.folder = "/o", .depfile = "/p/a.crenel"}).codes == Strings{"CRN0052"});
  CHECK(build_files(files, request, {.folder = "/o", .depfile = "/o/a.west.json"}).codes == Strings{"CRN0050"});
  CHECK(files.written().empty());
}

TEST_CASE("two targets of one name are not written over each other") {
  MemoryFileSystem files({{"/p/a.crenel", pattern("same")}, {"/p/b.crenel", pattern("same")}});
  const auto result = build_files(files, {.files = {"/p/a.crenel", "/p/b.crenel"}});
  CHECK(!result.codes.empty());
  CHECK(files.written().empty());
}

TEST_CASE("an unchanged build writes nothing again") {
  MemoryFileSystem files;
  files.put("/p/a.crenel", pattern("a"));
  (void)build_files(files, {.files = {"/p/a.crenel"}}, {.folder = "/out", .depfile = "/out/a.d"});
  const auto count = files.written().size();
  CHECK(count == 5);
  const auto result = build_files(files, {.files = {"/p/a.crenel"}}, {.folder = "/out", .depfile = "/out/a.d"});
  CHECK(result.built.size() == 2);
  CHECK(files.written().size() == count);
}

TEST_CASE("the same project in another directory gives the same bytes") {
  const auto build_in = [](const std::string& place) {
    MemoryFileSystem files({{place + "/.crenel-root", ""},
                            {place + "/nets/a.crenel", "import \"../shared.crenel\" { rpc }\n" + pattern("a")},
                            {place + "/shared.crenel", "service rpc = tcp/8443\n"}});
    const auto result = build_files(files, {.files = {place + "/nets/a.crenel"}}, {.folder = "/out"});
    CHECK(result.codes == Strings{});
    std::map<std::string, std::string> outputs;
    for (const auto& path : files.written()) outputs[path] = files.files().at(path);
    return outputs;
  };
  const auto here = build_in("/home/me/project");
  CHECK(here.size() == 4);
  CHECK(here == build_in("/srv"));
}

TEST_CASE("the dependency file names every file that was read") {
  MemoryFileSystem files({{"/p/.git", ""},
                          {"/p/a.crenel", "import \"shared/b.crenel\" { rpc }\n" + pattern("a")},
                          {"/p/shared/b.crenel", "service rpc = tcp/8443\n"}});
  const auto result =
      build_files(files, {.files = {"/p/a.crenel"}, .providers = {"east"}}, {.folder = "/out", .depfile = "/out/a.d"});
  CHECK(result.codes == Strings{});
  CHECK(files.files().at("/out/a.d") ==
        "/out/a.east.json /out/a.east.certificate.json: \\\n  /p/a.crenel \\\n  /p/shared/b.crenel\n");
}

}  // namespace crenel::driver
