#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/files.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/diagnostics/file_errors.h"
#include "compiler/sema/program.h"
#include "compiler/syntax/parser.h"
#include "stdlib/library.h"

namespace crenel::sema {

using base::Span;
using diagnostics::Diagnostics;

namespace {

/// What `file("…")` reads at most: more than any provider takes as a boot script.
constexpr std::size_t kMaxDataBytes = std::size_t{1024} * 1024;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// `folder/path` without `.` and, as far as names allow, without `..`.
std::string joined(const std::string& folder, const std::string& path) {
  const bool absolute = path.starts_with('/') || (folder.starts_with('/') && !path.starts_with('/'));
  const std::string whole = path.starts_with('/') || folder.empty() ? path : folder + "/" + path;
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= whole.size()) {
    std::size_t end = whole.find('/', begin);
    if (end == std::string::npos) end = whole.size();
    const std::string part = whole.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  return (absolute ? "/" : "") + base::join(parts, "/");
}

bool inside(const std::string& root, const std::string& canonical) {
  if (root == "/") return true;
  return !root.empty() && canonical.starts_with(root) && canonical.size() > root.size() &&
         canonical[root.size()] == '/';
}

class Loader {
 public:
  Loader(World& world, Program& program, Diagnostics& diagnostics)
      : world_(world), program_(program), diagnostics_(diagnostics), root_(world.files.canonical(world.root)) {}

  void load_named(const std::string& path) {
    const std::string key = world_.files.canonical(path);
    if (const auto done = done_.find(key); !key.empty() && done != done_.end()) {
      name_on_command_line(done->second);
      return;
    }
    const auto text = read(path, path, {}, syntax::kMaxSourceBytes);
    if (!text) return;
    name_on_command_line(add({.key = key.empty() ? path : key, .display = path, .folder = folder_of(path)}, *text));
  }

  /// Reads the files of waivers that environments name. They may import what names them.
  void load_waivers() {
    // By index: a file of waivers may bring in more environments.
    for (std::size_t i = 0; i < program_.definitions.size(); ++i) {
      const Definition& definition = program_.definitions[DefinitionId(i)];
      const auto* environment = std::get_if<syntax::Environment>(&definition.item->node);
      const syntax::Expr* written = nullptr;
      for (std::size_t k = 0; environment != nullptr && k < environment->body.properties.size(); ++k) {
        const auto& property = environment->body.properties[k];
        if (property.name.text == "waivers") written = property.value.get();
      }
      if (written != nullptr) load_waivers(DefinitionId(i), *written);
    }
  }

 private:
  struct Place {
    std::string key;
    std::string display;
    std::string folder;
    bool library = false;
  };

  void load_waivers(DefinitionId environment, const syntax::Expr& written) {
    const Definition definition = program_.definitions[environment];
    const auto* text = std::get_if<syntax::TextLiteral>(&written.node);
    if (text == nullptr) {
      diagnostics_.report(diagnostics::kWaiversPath, written.span);
      return;
    }
    const std::string path = joined(program_.modules[definition.module].folder, text->text);
    const std::string key = world_.files.canonical(path);
    if (!key.empty() && key == program_.modules[definition.module].key) {
      diagnostics_.report(diagnostics::kWaiversOwnFile, written.span, definition.name).help =
          "name a file that somebody else answers for";
      return;
    }
    if (program_.modules[definition.module].library || (!key.empty() && !inside(root_, key))) {
      diagnostics::report_outside_root(diagnostics_, text->text, written.span);
      return;
    }
    std::optional<ModuleId> module;
    if (const auto known = known_module(key, written.span)) {
      module = *known;
    } else if (auto found = read(path, path, written.span, syntax::kMaxSourceBytes)) {
      module = add({.key = key.empty() ? path : key, .display = path, .folder = folder_of(path)}, std::move(*found));
    }
    if (module) program_.waiver_files.emplace(environment, *module);
  }

  void name_on_command_line(ModuleId id) {
    Module& module = program_.modules[id];
    if (!module.named) program_.named.push_back(id);
    module.named = true;
  }

  ModuleId add(const Place& place, std::string text) {
    Module made;
    made.key = place.key;
    made.display = place.display;
    made.folder = place.folder;
    made.library = place.library;
    made.source = world_.sources.add(place.display, std::move(text));
    const std::size_t errors = diagnostics_.error_count();
    made.file = syntax::parse(world_.sources, made.source, diagnostics_);
    made.incomplete = diagnostics_.error_count() != errors;
    const ModuleId id = program_.modules.add(std::move(made));
    done_.emplace(place.key, id);
    open_.push_back(id);
    declare_items(program_, id, diagnostics_);
    // By index: loading an import adds modules, and the table may move.
    for (std::size_t i = 0; i < program_.modules[id].file.items.size(); ++i) {
      const auto* import = std::get_if<syntax::Import>(&program_.modules[id].file.items[i].node);
      if (import != nullptr) load_import(id, *import);
    }
    read_data_files(id);
    open_.pop_back();
    return id;
  }

  void load_import(ModuleId importer, const syntax::Import& import) {
    const auto imported = import.is_path ? file_module(importer, import) : library_module(import);
    if (imported) {
      bind_import(program_, importer, import, *imported, diagnostics_);
    } else {
      program_.modules[importer].incomplete = true;
    }
  }

  std::optional<ModuleId> library_module(const syntax::Import& import) {
    if (const auto known = known_module(import.module, import.module_span)) return *known;
    const auto text = stdlib::module_text(import.module);
    if (!text) {
      auto& reported = diagnostics_.report(diagnostics::kUnknownModule, import.module_span, import.module);
      std::vector<std::string> names;
      for (const auto name : stdlib::module_names()) names.emplace_back(name);
      if (const auto near = base::nearest(import.module, names)) {
        reported.help = fmt::format("did you mean `{}`?", *near);
        reported.fixes.push_back({fmt::format("import `{}`", *near), {{import.module_span, *near}}});
      } else if (!import.module.starts_with("std/")) {
        reported.help =
            "the library's modules start with `std/`; a file of your own is written as a text: \"name.crenel\"";
      }
      return std::nullopt;
    }
    return add({.key = import.module, .display = import.module, .folder = "", .library = true}, std::string(*text));
  }

  std::optional<ModuleId> file_module(ModuleId importer, const syntax::Import& import) {
    assert(!program_.modules[importer].library);  // the library imports by name
    const std::string path = joined(program_.modules[importer].folder, import.module);
    const std::string key = world_.files.canonical(path);
    if (!key.empty() && !inside(root_, key)) {
      diagnostics::report_outside_root(diagnostics_, import.module, import.module_span);
      return std::nullopt;
    }
    if (const auto known = known_module(key, import.module_span)) return *known;
    const auto text = read(path, path, import.module_span, syntax::kMaxSourceBytes);
    if (!text) return std::nullopt;
    return add({.key = key.empty() ? path : key, .display = path, .folder = folder_of(path)}, *text);
  }

  /// The module that has been read under this key, if one has. One that is still being read is a cycle: reported, and
  /// the answer is that there is no such module.
  std::optional<std::optional<ModuleId>> known_module(const std::string& key, Span span) {
    const auto found = done_.find(key);
    if (key.empty() || found == done_.end()) return std::nullopt;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (open_[i] != found->second) continue;
      std::vector<std::string> names;
      for (std::size_t k = i; k < open_.size(); ++k) names.push_back(program_.modules[open_[k]].display);
      names.push_back(names.front());
      diagnostics_.report(diagnostics::kImportCycle, span, base::join(names, " → ")).help =
          "move what both need into a third file";
      return std::optional<ModuleId>();
    }
    return std::optional<ModuleId>(found->second);
  }

  std::optional<std::string> read(const std::string& path, const std::string& shown, Span span, std::size_t most) {
    auto result = world_.files.read(path, most);
    if (auto* text = std::get_if<std::string>(&result)) {
      program_.files.push_back(path);
      return std::move(*text);
    }
    diagnostics::report_unread(diagnostics_, std::get<base::FileError>(result), shown, span, most);
    return std::nullopt;
  }

  /// Reads what the module's `file("…")` name, so that later passes need no file system.
  void read_data_files(ModuleId id) {
    std::vector<std::pair<std::string, Span>> wanted;
    for_each_expression(program_.modules[id].file, [&](const syntax::Expr& expr) {
      const auto* call = std::get_if<syntax::CallExpr>(&expr.node);
      if (call == nullptr || call->callee.names.size() != 1 || call->callee.names[0].text != "file") return;
      const auto* path = call->arguments.size() == 1 && !call->arguments[0].name
                             ? std::get_if<syntax::TextLiteral>(&call->arguments[0].value->node)
                             : nullptr;
      if (path == nullptr) {
        diagnostics_.report(diagnostics::kFileArgument, expr.span).help = "write `file(\"path\")`";
      } else {
        wanted.emplace_back(path->text, call->arguments[0].value->span);
      }
    });
    for (const auto& [path, span] : wanted) read_data_file(program_.modules[id], path, span);
  }

  void read_data_file(Module& module, const std::string& written, Span span) {
    if (module.file_texts.contains(written) || module.unread.contains(written)) return;
    const std::string path = joined(module.folder, written);
    const std::string key = world_.files.canonical(path);
    std::optional<std::string> text;
    if (module.library) {
      // Its files travel inside the binary, beside it.
      const auto embedded = stdlib::file_text(joined(folder_of(module.key), written));
      if (embedded) {
        text = std::string(*embedded);
      } else {
        diagnostics::report_outside_root(diagnostics_, written, span);
      }
    } else if (!key.empty() && !inside(root_, key)) {
      diagnostics::report_outside_root(diagnostics_, written, span);
    } else {
      text = read(path, path, span, kMaxDataBytes);
    }
    if (text && base::first_invalid_utf8(*text)) {
      diagnostics_.report(diagnostics::kNotReadable, span, path, ": it is no UTF-8 text");
      text.reset();
    }
    if (text) {
      module.file_texts.emplace(written, std::move(*text));
    } else {
      module.unread.insert(written);
    }
  }

  World& world_;
  Program& program_;
  Diagnostics& diagnostics_;
  std::string root_;
  std::map<std::string, ModuleId> done_;  // by key
  std::vector<ModuleId> open_;            // being read, outermost first
};

}  // namespace

ProgramPtr load(World& world, const std::vector<std::string>& files, Diagnostics& diagnostics) {
  ProgramPtr program(new Program);
  for (const auto* schema : world.providers) program->providers.emplace_back(schema->provider);
  Loader loader(world, *program, diagnostics);
  const std::size_t errors = diagnostics.error_count();
  for (const auto& file : files) loader.load_named(file);
  loader.load_waivers();
  program->sound = diagnostics.error_count() == errors;
  return program;
}

void ProgramDeleter::operator()(Program* program) const { delete program; }

std::vector<std::string> files_read(const Program& program) { return program.files; }

}  // namespace crenel::sema
