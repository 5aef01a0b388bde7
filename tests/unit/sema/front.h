#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/file_system.h"
#include "compiler/base/memory_file_system.h"
#include "compiler/diagnostics/render_text.h"
#include "compiler/model/provider_schema.h"
#include "compiler/sema/sema.h"

/// From source texts to elaborations, in memory, with two made-up providers.
namespace crenel::tests {

inline const model::ProviderSchema& east_schema() {
  static const model::ProviderSchema kSchema{
      .provider = "aws",
      .attributes = {{.kind = "group", .name = "class", .type = model::SettingType::Text, .doc = "A class."},
                     {.kind = "group", .name = "spot", .type = model::SettingType::Bool, .doc = "Whether it is."},
                     {.kind = "database", .name = "class", .type = model::SettingType::Text, .doc = "A class."},
                     {.kind = "environment", .name = "account", .type = model::SettingType::Text, .doc = "A number."},
                     {.kind = "environment", .name = "quota", .type = model::SettingType::Int, .doc = "A number."}}};
  return kSchema;
}
inline const model::ProviderSchema& west_schema() {
  static const model::ProviderSchema kSchema{
      .provider = "azure",
      .attributes = {{.kind = "group", .name = "sku", .type = model::SettingType::Text, .doc = "A class."},
                     {.kind = "database", .name = "sku", .type = model::SettingType::Text, .doc = "A class."},
                     {.kind = "environment", .name = "subscription", .type = model::SettingType::Text, .doc = "One."}},
      .local_ipv6 = true};
  return kSchema;
}

using Files = std::map<std::string, std::string>;

class Front {
 public:
  /// Files by path; `main.crenel` is the one that is named.
  explicit Front(const Files& files, const std::vector<std::string>& named = {"main.crenel"},
                 const std::string& root = "/")
      : files_(std::make_unique<base::MemoryFileSystem>(files)),
        world_{.files = *files_, .sources = sources_, .providers = schemas_, .root = root} {
    program_ = sema::load(world_, named, found);
  }
  explicit Front(const std::string& text) : Front(Files{{"main.crenel", text}}) {}
  /// Over another file system.
  Front(std::unique_ptr<base::FileSystem> files, const std::vector<std::string>& named, const std::string& root)
      : files_(std::move(files)), world_{.files = *files_, .sources = sources_, .providers = schemas_, .root = root} {
    program_ = sema::load(world_, named, found);
  }

  std::vector<sema::Target> targets(bool every_pattern = true) {
    return sema::targets(*program_, every_pattern, found);
  }
  std::optional<sema::Elaboration> elaborate(const sema::Target& target, std::vector<sema::Binding> bindings = {}) {
    return sema::elaborate(world_, *program_, target, bindings, found);
  }
  /// Declarations and every target, as `crenel check` does it.
  std::vector<std::optional<sema::Elaboration>> check(const std::vector<sema::Binding>& bindings = {}) {
    std::vector<std::optional<sema::Elaboration>> out;
    const auto all = targets();
    sema::check_bindings(*program_, all, bindings, found);
    sema::check_declarations(world_, *program_, found);
    for (const auto& target : all) out.push_back(elaborate(target, bindings));
    return out;
  }
  /// The first target's elaboration as text; what went wrong when there is none.
  std::string dump(const std::vector<sema::Binding>& bindings = {}) {
    const auto all = check(bindings);
    if (all.empty() || !all.front()) return "nothing\n" + rendered();
    return sema::dump_elaboration(*all.front());
  }

  /// "CRN0201 CRN0301": the codes in the order in which they were reported.
  [[nodiscard]] std::string codes() const {
    std::string all;
    for (const auto& one : found.all()) all += (all.empty() ? "" : " ") + std::string(one.code);
    return all;
  }
  [[nodiscard]] std::string rendered() const { return diagnostics::render_text(found.all(), sources_); }
  /// What a diagnostic points at.
  [[nodiscard]] std::string at(std::size_t index) const {
    const auto span = found.all().at(index).span;
    return span.valid() ? std::string(sources_.text(span)) : "";
  }
  [[nodiscard]] const diagnostics::Diagnostic& one(std::size_t index = 0) const { return found.all().at(index); }
  [[nodiscard]] const sema::Program& program() const { return *program_; }
  [[nodiscard]] base::MemoryFileSystem& disk() { return dynamic_cast<base::MemoryFileSystem&>(*files_); }

  diagnostics::Diagnostics found;

 private:
  std::unique_ptr<base::FileSystem> files_;
  base::Sources sources_;
  std::vector<const model::ProviderSchema*> schemas_ = {&east_schema(), &west_schema()};
  sema::World world_;
  sema::ProgramPtr program_;
};

/// `check`, and the codes.
inline std::string codes_of(const std::string& text) {
  Front front(text);
  front.check();
  return front.codes();
}

/// A design, what was found on the way to it, and the codes of the errors among that, in their order.
struct Built {
  std::optional<model::Design> design;
  diagnostics::Diagnostics found;
  std::string codes;
};

/// What the first target of a text becomes.
inline Built built_from(const std::string& text) {
  Front front(text);
  const auto targets = front.targets();
  const auto elaboration = front.elaborate(targets.front());
  Built out;
  if (elaboration) out.design = build_design(*elaboration, front.found);
  for (const auto& one : front.found.all()) {
    if (one.severity == diagnostics::Severity::Error)
      out.codes += (out.codes.empty() ? "" : " ") + std::string(one.code);
  }
  out.found = front.found;
  return out;
}

/// A pattern around some statements, with a network and a group to refer to.
inline std::string in_pattern(const std::string& statements, const std::string& parameters = "") {
  return "import std/services { https, ssh, postgres }\n"
         "pattern p(" +
         parameters +
         ") {\n"
         "  network main { space = 10.0.0.0/16  subnet front : public { size = /26 }  subnet app : private { size = "
         "/24 } }\n"
         "  group app in main.app { image = \"img\" }\n" +
         statements + "\n}\n";
}

}  // namespace crenel::tests
