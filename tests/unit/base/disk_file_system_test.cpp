#include "compiler/base/disk_file_system.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/base/disk_transaction.h"

using namespace crenel::base;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "crenel-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  /// Everything in it, sorted, folders too.
  [[nodiscard]] std::vector<std::string> entries() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      out.push_back(entry.path().lexically_relative(path_).string());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  fs::path path_;
};

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string get(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

FileErrorKind error_of(const ReadResult& result) { return std::get<FileError>(result).kind; }

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a regular file is read whole, up to the bound") {
  const Folder folder;
  put(folder / "a", std::string(100000, 'x') + "\n");
  const DiskFileSystem files;
  CHECK(std::get<std::string>(files.read(folder / "a", 1U << 20U)).size() == 100001);
  CHECK(std::get<std::string>(files.read(folder / "a", 100001)).size() == 100001);
  CHECK(error_of(files.read(folder / "a", 100000)) == FileErrorKind::TooLarge);
  put(folder / "empty", "");
  CHECK(std::get<std::string>(files.read(folder / "empty", 0)).empty());
}

TEST_CASE("a file whose size is not known beforehand is bounded too") {
  const DiskFileSystem files;
  if (files.exists("/proc/self/maps")) {
    CHECK(error_of(files.read("/proc/self/maps", 10)) == FileErrorKind::TooLarge);
  }
}

TEST_CASE("what cannot be read says why") {
  const Folder folder;
  const DiskFileSystem files;
  CHECK(error_of(files.read(folder / "absent", 10)) == FileErrorKind::NotFound);
  put(folder / "a", "x");
  CHECK(error_of(files.read(folder / "a/b", 10)) == FileErrorKind::NotFound);
  CHECK(error_of(files.read(folder / "", 10)) == FileErrorKind::IsDirectory);
  CHECK(error_of(files.read("", 10)) == FileErrorKind::NotFound);
  CHECK(error_of(files.read(folder / std::string("a\0b", 3), 10)) == FileErrorKind::NotFound);
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(error_of(files.read(folder / "pipe", 10)) == FileErrorKind::NotReadable);
  fs::create_symlink(folder / "loop", folder / "loop");
  CHECK(error_of(files.read(folder / "loop", 10)) == FileErrorKind::NotReadable);
  if (::geteuid() != 0) {
    ::chmod((folder / "a").c_str(), 0);
    CHECK(error_of(files.read(folder / "a", 10)) == FileErrorKind::NotReadable);
  }
}

TEST_CASE("a canonical path has no links and no dots") {
  const Folder folder;
  fs::create_directories(folder / "a/b");
  put(folder / "a/f", "x");
  fs::create_symlink("a/b", folder / "link");
  const DiskFileSystem files;
  CHECK(files.canonical(folder / "link/../f") == files.canonical(folder / "a/f"));
  CHECK(files.canonical(folder / "a/./f") == files.canonical(folder / "") + "/a/f");
  CHECK(files.canonical(folder / "nothing").empty());
  CHECK(files.exists(folder / "link"));
  CHECK(!files.exists(folder / "nothing"));
}

TEST_CASE("files are written with their folders, and nothing else is left") {
  const Folder folder;
  DiskFileSystem files;
  CHECK(!files.write_all({{folder / "x/y/a.json", "A"}, {folder / "b.json", "B"}}));
  CHECK(get(folder / "x/y/a.json") == "A");
  CHECK(get(folder / "b.json") == "B");
  CHECK(folder.entries() == Names{"b.json", "x", "x/y", "x/y/a.json"});
}

TEST_CASE("files are replaced with their mode kept, links are written through") {
  const Folder folder;
  put(folder / "a", "old a");
  put(folder / "b", "old b");
  ::chmod((folder / "a").c_str(), 0640);
  fs::create_symlink("a", folder / "link");
  DiskFileSystem files;
  CHECK(!files.write_all({{folder / "link", "new a"}, {folder / "b", "new b"}}));
  CHECK(get(folder / "a") == "new a");
  CHECK(get(folder / "b") == "new b");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK((fs::status(folder / "a").permissions() & fs::perms::mask) == fs::perms(0640));
  CHECK(folder.entries() == Names{"a", "b", "link"});
}

TEST_CASE("a file that would not change keeps its time stamp") {
  const Folder folder;
  put(folder / "a", "same");
  const auto then = fs::last_write_time(folder / "a") - std::chrono::hours(1);
  fs::last_write_time(folder / "a", then);
  DiskFileSystem files;
  CHECK(!files.write_all({{folder / "a", "same"}, {folder / "b", "new"}}));
  CHECK(fs::last_write_time(folder / "a") == then);
  CHECK(get(folder / "b") == "new");
}

TEST_CASE("when one file cannot be written, none is") {
  const Folder folder;
  put(folder / "a", "old");
  put(folder / "file", "x");
  fs::create_directory(folder / "folder");
  DiskFileSystem files;
  const auto in_the_way = files.write_all({{folder / "a", "new"}, {folder / "n/b", "B"}, {folder / "folder", "C"}});
  REQUIRE(in_the_way);
  CHECK(in_the_way->kind == FileErrorKind::IsDirectory);
  CHECK(in_the_way->path == folder / "folder");
  const auto under_a_file = files.write_all({{folder / "a", "new"}, {folder / "file/b", "B"}});
  REQUIRE(under_a_file);
  CHECK(under_a_file->kind == FileErrorKind::NotWritable);
  const auto no_file = files.write_all({{folder / "a", "new"}, {"/dev/null", "B"}});
  REQUIRE(no_file);
  CHECK(no_file->kind == FileErrorKind::NotWritable);
  CHECK(get(folder / "a") == "old");
  CHECK(folder.entries() == Names{"a", "file", "folder"});
}

TEST_CASE("an error in the middle of the renames takes back those that were done") {
  const Folder folder;
  put(folder / "a", "old");
  {
    DiskTransaction transaction;
    REQUIRE(!transaction.prepare(folder / "a", "new"));
    REQUIRE(!transaction.prepare(folder / "fresh", "new"));
    REQUIRE(!transaction.prepare(folder / "late", "new"));
    fs::create_directory(folder / "late");  // somebody takes the name between the check and the rename
    const auto error = transaction.commit();
    REQUIRE(error);
    CHECK(error->kind == FileErrorKind::IsDirectory);
    CHECK(get(folder / "a") == "new");
  }
  CHECK(get(folder / "a") == "old");
  CHECK(folder.entries() == Names{"a", "late"});
}

TEST_CASE("a transaction that is dropped leaves nothing, its folders neither") {
  const Folder folder;
  {
    DiskTransaction transaction;
    REQUIRE(!transaction.prepare(folder / "x/y/a", "new"));
    CHECK(folder.entries().size() == 3);
  }
  CHECK(folder.entries().empty());
}

TEST_CASE("a file left by a crash does not stand in the way") {
  const Folder folder;
  put(folder / ("." + std::string("a.") + std::to_string(::getpid()) + "-0.tmp"), "left over");
  DiskFileSystem files;
  CHECK(!files.write_all({{folder / "a", "A"}, {folder / "b", "B"}}));
  CHECK(get(folder / "a") == "A");
  CHECK(folder.entries().size() == 3);
}
