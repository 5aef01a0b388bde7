#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "compiler/lsp/answers.h"
#include "compiler/lsp/library.h"
#include "compiler/lsp/messages.h"
#include "compiler/lsp/names.h"
#include "compiler/lsp/overlay_file_system.h"
#include "compiler/lsp/protocol.h"
#include "compiler/sema/names.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

/// Whether the language takes the text for a name.
bool is_name(const std::string& text) {
  const Module module = module_of("name", fmt::format("let {} = 1\n", text));
  return module.declarations.size() == 1 && module.declarations[0].name == text;
}

/// Whether the name stands in the text as a word of its own.
bool has_word(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const Stretch word = name_at(text, at);
    if (word.begin == at && word.end == at + name.size()) return true;
  }
  return false;
}

/// One program and the same with another name for one symbol.
class Renaming {
 public:
  explicit Renaming(const Asked& asked)
      : asked_(asked),
        program_(whole_program_of(asked.files, asked.folders, asked.path)),
        names_(names_of(program_)),
        before_(asked.files),
        after_(asked.files) {}

  /// The symbol that can be renamed, or why none can.
  [[nodiscard]] std::variant<const NameUse*, Refusal> subject() const {
    const auto* use = program_.files.empty() ? nullptr : use_at(names_, program_.files[0].file.source, asked_.begin);
    if (use == nullptr) {
      const auto word = name_at(asked_.text, asked_.begin);
      const std::string text = asked_.text.substr(word.begin, word.end - word.begin);
      if (sema::is_builtin(text)) return Refusal{fmt::format("`{}` is a word of the language", text)};
      return Refusal{"there is no declared name here"};
    }
    const Symbol& symbol = names_.symbols[use->symbol];
    const auto& file = program_.files[file_of(program_, symbol.span.source)];
    if (file.library) return Refusal{fmt::format("`{}` is declared by the library, in `{}`", symbol.name, file.path)};
    return use;
  }

  [[nodiscard]] Answer answer(const NameUse& subject) {
    const Symbol& symbol = names_.symbols[subject.symbol];
    const std::string& name = asked_.new_name;
    if (name == symbol.name) return Refusal{fmt::format("it is called `{}` already", name)};
    const Stretch word = name_at(name, 0);
    const bool looks_like_one = !name.empty() && word.end == name.size() && (name[0] < '0' || name[0] > '9');
    if (!looks_like_one) return Refusal{fmt::format("`{}` is no name: a letter, then letters, digits and `_`", name)};
    if (!is_name(name) || sema::is_builtin(name)) return Refusal{fmt::format("`{}` is a word of the language", name)};
    for (const auto& file : program_.files) {
      if (!file.sound && has_word(program_.sources[file.file.source].text, symbol.name))
        return Refusal{
            fmt::format("`{}` has syntax errors, and `{}` stands in it: mend them first", file.path, symbol.name)};
    }
    edit(subject.symbol);
    if (auto refused = changed_meaning(subject.symbol)) return *refused;
    if (auto refused = new_fault()) return *refused;
    Json changes = Json::object();
    for (const auto& [source, spans] : spans_) {
      Json edits = Json::array();
      for (const auto& span : spans)
        edits.push_back({{"range", range_of<Json>(program_.sources[source].text, span)}, {"newText", name}});
      changes[uri_of(program_.sources[source].path)] = std::move(edits);
    }
    return text_of(Json{{"changes", std::move(changes)}});
  }

 private:
  /// Writes the new name wherever the symbol is meant, in `after_`.
  void edit(SymbolId symbol) {
    for (const auto& use : names_.uses) {
      if (use.symbol == symbol) spans_[use.span.source].push_back(use.span);
    }
    for (const auto& [source, spans] : spans_) {
      std::string text = program_.sources[source].text;
      for (auto span = spans.rbegin(); span != spans.rend(); ++span)
        text.replace(span->begin, span->end - span->begin, asked_.new_name);
      after_.open(program_.sources[source].path, std::move(text));
    }
  }

  /// Where a place of the old text is in the new one.
  [[nodiscard]] std::uint32_t moved(const base::Span& span) const {
    const auto edited = spans_.find(span.source);
    if (edited == spans_.end()) return span.begin;
    std::int64_t place = span.begin;
    for (const auto& each : edited->second) {
      if (each.begin >= span.begin) break;
      place += static_cast<std::int64_t>(asked_.new_name.size()) - static_cast<std::int64_t>(each.end - each.begin);
    }
    return static_cast<std::uint32_t>(place);
  }

  /// File and place of a use, then of what it means.
  using Meaning = std::tuple<std::string, std::uint32_t, std::string, std::uint32_t>;

  [[nodiscard]] static std::vector<Meaning> meanings(const Program& program, const Names& names,
                                                     const auto& place_of_span) {
    std::vector<Meaning> out;
    out.reserve(names.uses.size());
    for (const auto& use : names.uses) {
      const base::Span declared = names.symbols[use.symbol].span;
      out.emplace_back(program.sources[use.span.source].path, place_of_span(use.span),
                       program.sources[declared.source].path, place_of_span(declared));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  /// Read again with the new name, every name must mean what it meant.
  [[nodiscard]] std::optional<Refusal> changed_meaning(SymbolId symbol) const {
    const Program program = whole_program_of(after_, asked_.folders, asked_.path);
    const Names names = names_of(program);
    const auto old_ones = meanings(program_, names_, [&](const base::Span& span) { return moved(span); });
    const auto new_ones = meanings(program, names, [](const base::Span& span) { return span.begin; });
    if (old_ones != new_ones)
      return Refusal{fmt::format("`{}` is taken: with that name something would mean something else", asked_.new_name)};
    const Symbol& renamed = names_.symbols[symbol];
    const auto beside = std::count_if(names.symbols.begin(), names.symbols.end(), [&](const Symbol& each) {
      const bool same_scope =
          renamed.inside.has_value() == each.inside.has_value() &&
          (!renamed.inside || names_.symbols[*renamed.inside].name == names.symbols[*each.inside].name);
      return each.name == asked_.new_name && same_scope && renamed.keyword != "variable" &&
             program.sources[each.span.source].path == program_.sources[renamed.span.source].path;
    });
    if (beside > 1) return Refusal{fmt::format("`{}` is declared there already", asked_.new_name)};
    return std::nullopt;
  }

  /// What the compiler has against the changed files that it had not before.
  [[nodiscard]] std::optional<Refusal> new_fault() {
    for (const auto& [source, spans] : spans_) {
      const std::string& path = program_.sources[source].path;
      const auto old_faults = faults(before_, path);
      for (const auto& [code, found] : faults(after_, path)) {
        const auto old = old_faults.find(code);
        if (old != old_faults.end() && old->second.first >= found.first) continue;
        return Refusal{fmt::format("with that name there would be an error in `{}`: {}", path, found.second)};
      }
    }
    return std::nullopt;
  }

  /// By code, how many errors, and what the last one says.
  using Faults = std::map<std::string, std::pair<std::size_t, std::string>>;

  [[nodiscard]] Faults faults(OverlayFileSystem& files, const std::string& path) const {
    driver::Compilation compilation(files, asked_.backends, driver::Request{.files = {path}});
    compilation.load();
    compilation.check_declarations();
    for (const auto& job : compilation.jobs(true)) static_cast<void>(compilation.design(job));
    Faults out;
    for (const auto& each : compilation.diagnostics().all()) {
      if (each.severity != diagnostics::Severity::Error) continue;
      auto& fault = out[std::string(each.code)];
      ++fault.first;
      fault.second = each.message;
    }
    return out;
  }

  const Asked& asked_;
  Program program_;
  Names names_;
  OverlayFileSystem before_;
  OverlayFileSystem after_;
  std::map<base::SourceId, std::vector<base::Span>> spans_;  // to be written anew, in order
};

}  // namespace

Answer renamable_answer(const Asked& asked) {
  const Renaming renaming(asked);
  const auto subject = renaming.subject();
  if (const auto* refusal = std::get_if<Refusal>(&subject)) return *refusal;
  const base::Span span = std::get<const NameUse*>(subject)->span;
  return text_of(Json{{"range", range_of<Json>(asked.text, span)},
                      {"placeholder", asked.text.substr(span.begin, span.end - span.begin)}});
}

Answer rename_answer(const Asked& asked) {
  Renaming renaming(asked);
  const auto subject = renaming.subject();
  if (const auto* refusal = std::get_if<Refusal>(&subject)) return *refusal;
  return renaming.answer(*std::get<const NameUse*>(subject));
}

}  // namespace crenel::lsp
