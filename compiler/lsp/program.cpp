#include "compiler/lsp/program.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/driver/root.h"
#include "compiler/syntax/parser.h"
#include "stdlib/library.h"

namespace crenel::lsp {
namespace {

class Reader {
 public:
  explicit Reader(const base::FileSystem& files) : files_(files) {}

  void read(const std::string& path) { static_cast<void>(of_file(path)); }

  [[nodiscard]] Program take() { return std::move(program_); }

 private:
  /// Which file of the program it is; nothing when it cannot be read.
  std::optional<std::size_t> of_file(const std::string& path) {
    std::string key = files_.canonical(path);
    if (key.empty()) key = path;
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    const auto read = files_.read(path, syntax::kMaxSourceBytes);
    const auto* text = std::get_if<std::string>(&read);
    if (text == nullptr) return std::nullopt;
    return add(key, *text, false);
  }

  std::optional<std::size_t> of_library(const std::string& name) {
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    const auto text = stdlib::module_text(name);
    if (!text) return std::nullopt;
    return add(name, std::string(*text), true);
  }

  std::size_t add(const std::string& key, std::string text, bool library) {
    const std::size_t index = program_.files.size();
    known_.emplace(key, index);
    diagnostics::Diagnostics told_elsewhere;
    const auto source = program_.sources.add(key, std::move(text));
    program_.files.push_back({.path = key, .library = library, .sound = true, .file = {}, .imports = {}});
    program_.files[index].file = syntax::parse(program_.sources, source, told_elsewhere);
    program_.files[index].sound = !told_elsewhere.has_errors();
    // By index: what is imported is added to the same list.
    for (std::size_t i = 0; i < program_.files[index].file.items.size(); ++i) {
      const auto* import = std::get_if<syntax::Import>(&program_.files[index].file.items[i].node);
      if (import == nullptr) continue;
      const std::uint32_t place = import->module_span.begin;
      const auto other = import->is_path ? of_file(beside(key, import->module)) : of_library(import->module);
      if (other) program_.files[index].imports.emplace(place, *other);
    }
    return index;
  }

  static std::string beside(const std::string& path, const std::string& module) {
    if (module.starts_with('/')) return module;
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? module : path.substr(0, slash + 1) + module;
  }

  const base::FileSystem& files_;
  Program program_;
  std::map<std::string, std::size_t> known_;  // by key
};

}  // namespace

Program program_of(const base::FileSystem& files, const std::string& path) {
  Reader reader(files);
  reader.read(path);
  return reader.take();
}

Program whole_program_of(const base::FileSystem& files, const base::Folders& folders, const std::string& path) {
  Reader reader(files);
  reader.read(path);
  for (const auto& other : folders.files_below(driver::find_root(files, path), ".crenel")) reader.read(other);
  return reader.take();
}

std::size_t file_of(const Program& program, base::SourceId source) {
  const auto found = std::find_if(program.files.begin(), program.files.end(),
                                  [&](const ProgramFile& each) { return each.file.source == source; });
  return static_cast<std::size_t>(found - program.files.begin());
}

}  // namespace crenel::lsp
