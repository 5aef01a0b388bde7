#include "compiler/lsp/scopes.h"

#include <utility>
#include <variant>

namespace crenel::lsp {
namespace {

class Declarer {
 public:
  explicit Declarer(const Program& program) : program_(program) { out_.scopes.resize(program.files.size()); }

  [[nodiscard]] Declared declare() {
    for (std::size_t i = 0; i < program_.files.size(); ++i) {
      members_ = &out_.scopes[i].own;
      for (const auto& item : program_.files[i].file.items)
        std::visit([this](const auto& node) { at(node); }, item.node);
    }
    for (std::size_t i = 0; i < program_.files.size(); ++i) bind_imports(i);
    for (const auto& [id, used, file] : used_) {
      const auto pattern = find_name(out_.scopes[file], used->names.front().text);
      if (pattern && used->names.size() == 1) out_.names.symbols[id].stands_for = pattern;
    }
    return std::move(out_);
  }

 private:
  struct Used {
    SymbolId id;
    const syntax::Path* pattern;
    std::size_t file;
  };

  /// Enters a name into the open scope. Of two with one name the first is meant: the compiler reports the second.
  SymbolId enter(std::string keyword, const syntax::Name& name) {
    const auto id = out_.names.symbols.add({.keyword = std::move(keyword),
                                            .name = name.text,
                                            .span = name.span,
                                            .members = {},
                                            .stands_for = {},
                                            .words = {},
                                            .inside = outer_});
    members_->emplace(name.text, id);
    out_.names.uses.push_back({.span = name.span, .symbol = id, .declares = true});
    out_.at[static_cast<std::uint32_t>(name.span.source.index())].emplace(name.span.begin, id);
    return id;
  }

  /// Declares the inside of `id`: what it declares are its members.
  template <typename Inside>
  void inside(SymbolId id, const Inside& declare_inside) {
    Members members;
    auto* outer_members = std::exchange(members_, &members);
    const auto outer = std::exchange(outer_, id);
    declare_inside();
    members_ = outer_members;
    outer_ = outer;
    out_.names.symbols[id].members = std::move(members);
  }

  void statements(const std::vector<syntax::Statement>& all) {
    for (const auto& statement : all) std::visit([this](const auto& node) { at(node); }, statement.node);
  }

  void at(const syntax::Service& x) { enter("service", x.name); }
  void at(const syntax::Addresses& x) { enter("addresses", x.name); }
  void at(const syntax::Label& x) {
    for (const auto& name : x.names) enter("label", name);
  }
  void at(const syntax::Let& x) { enter("let", x.name); }
  void at(const syntax::Site& x) { enter("site", x.name); }
  void at(const syntax::Agent& x) { enter("agent", x.name); }
  void at(const syntax::Environment& x) { enter("environment", x.name); }
  void at(const syntax::Policy& x) {
    const auto id = enter("policy", x.name);
    inside(id, [&] {
      for (const auto& rule : x.rules) enter("rule", rule.name);
    });
  }
  void at(const syntax::Pattern& x) {
    const auto id = enter("pattern", x.name);
    inside(id, [&] {
      for (const auto& parameter : x.parameters) {
        const auto entered = enter("parameter", parameter.name);
        const auto* words = std::get_if<syntax::OneOf>(&parameter.type.node);
        for (std::size_t i = 0; words != nullptr && i < words->words.size(); ++i)
          out_.names.symbols[entered].words.push_back(words->words[i].text);
      }
      statements(x.statements);
    });
  }
  void at(const syntax::Stack& x) {
    const auto id = enter("stack", x.name);
    inside(id, [&] { statements(x.statements); });
  }

  void at(const syntax::Network& x) {
    const auto id = enter("network", x.name);
    inside(id, [&] {
      for (const auto& subnet : x.subnets) enter("subnet", subnet.name);
    });
  }
  void at(const syntax::Group& x) { enter("group", x.name); }
  void at(const syntax::Balancer& x) { enter("balancer", x.name); }
  void at(const syntax::Appliance& x) { enter("appliance", x.name); }
  void at(const syntax::Function& x) { enter("function", x.name); }
  void at(const syntax::Data& x) { enter(x.keyword.text, x.name); }
  void at(const syntax::Database& x) { enter("database", x.name); }
  void at(const syntax::EndpointDecl& x) { enter("endpoint", x.name); }
  void at(const syntax::Guard& x) { enter("guard", x.name); }
  void at(const syntax::Existing& x) { enter(x.kind.text, x.name); }
  void at(const syntax::Use& x) {
    const auto id = enter("use", x.alias);
    used_.push_back({.id = id, .pattern = &x.pattern, .file = file_of(program_, x.alias.span.source)});
  }
  template <typename Nameless>
  void at(const Nameless&) {}

  void bind_imports(std::size_t file) {
    for (const auto& item : program_.files[file].file.items) {
      const auto* import = std::get_if<syntax::Import>(&item.node);
      if (import == nullptr) continue;
      const auto from = program_.files[file].imports.find(import->module_span.begin);
      if (from == program_.files[file].imports.end()) continue;
      const auto& there = out_.scopes[from->second].own;
      for (const auto& name : import->names) {
        const auto found = there.find(name.text);
        if (found == there.end()) continue;
        out_.scopes[file].imported.emplace(name.text, found->second);
        out_.names.uses.push_back({.span = name.span, .symbol = found->second});
      }
    }
  }

  const Program& program_;
  Declared out_;
  Members* members_ = nullptr;
  std::optional<SymbolId> outer_;
  std::vector<Used> used_;
};

}  // namespace

Declared declare(const Program& program) { return Declarer(program).declare(); }

std::optional<SymbolId> declared_at(const Declared& declared, base::Span span) {
  const auto source = declared.at.find(static_cast<std::uint32_t>(span.source.index()));
  if (source == declared.at.end()) return std::nullopt;
  const auto found = source->second.find(span.begin);
  return found == source->second.end() ? std::nullopt : std::optional(found->second);
}

std::optional<SymbolId> find_name(const FileScope& scope, std::string_view name) {
  if (const auto own = scope.own.find(name); own != scope.own.end()) return own->second;
  const auto imported = scope.imported.find(name);
  return imported == scope.imported.end() ? std::nullopt : std::optional(imported->second);
}

}  // namespace crenel::lsp
