#include "compiler/base/memory_file_system.h"

#include <doctest/doctest.h>

using namespace crenel::base;

namespace {
FileErrorKind error_of(const ReadResult& result) { return std::get<FileError>(result).kind; }
}  // namespace

TEST_CASE("files in memory are read like files on disk") {
  MemoryFileSystem files({{"/p/a.crenel", "text"}, {"rel.crenel", "r"}});
  files.link("/p/up", "/");
  files.link("/loop", "/loop");
  files.put("/p/shut", "x");
  files.protect("/p/shut");
  CHECK(std::get<std::string>(files.read("/p/./x/../a.crenel", 4)) == "text");
  CHECK(std::get<std::string>(files.read("/p/up/rel.crenel", 4)) == "r");
  CHECK(error_of(files.read("/p/a.crenel", 3)) == FileErrorKind::TooLarge);
  CHECK(error_of(files.read("/p", 3)) == FileErrorKind::IsDirectory);
  CHECK(error_of(files.read("/q", 3)) == FileErrorKind::NotFound);
  CHECK(error_of(files.read("/loop", 3)) == FileErrorKind::NotFound);
  CHECK(error_of(files.read("/p/shut", 3)) == FileErrorKind::NotReadable);
  CHECK(files.canonical("/p/up/p/a.crenel") == "/p/a.crenel");
  CHECK(files.canonical("/p/") == "/p");
  CHECK(files.canonical("/nothing").empty());
  CHECK(files.exists("/"));
}

TEST_CASE("writing in memory is all or nothing too") {
  MemoryFileSystem files({{"/out/a", "old"}, {"/out/same", "same"}});
  files.put("/out/shut", "x");
  files.protect("/out/shut");
  CHECK(files.write_all({{"/out/a", "new"}, {"/out/shut", "y"}})->kind == FileErrorKind::NotWritable);
  CHECK(files.write_all({{"/out/a", "new"}, {"/out", "y"}})->kind == FileErrorKind::IsDirectory);
  CHECK(files.write_all({{"/out/a", "new"}, {"/out/same/b", "y"}})->kind == FileErrorKind::NotWritable);
  CHECK(files.files().at("/out/a") == "old");
  CHECK(!files.write_all({{"/out/a", "new"}, {"/out/same", "same"}, {"/deep/er/b", "B"}}));
  CHECK(files.files().at("/out/a") == "new");
  CHECK(files.written() == std::vector<std::string>{"/out/a", "/deep/er/b"});
}
