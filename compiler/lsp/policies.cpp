#include "compiler/lsp/policies.h"

#include <algorithm>
#include <variant>

namespace crenel::lsp {
namespace {

using Under = std::vector<syntax::UnderItem>;

/// What a policy or an environment says that it is under; null for anything else.
const Under* under_of(const Program& program, base::Span name) {
  for (const auto& item : program.files[file_of(program, name.source)].file.items) {
    const auto* policy = std::get_if<syntax::Policy>(&item.node);
    if (policy != nullptr && policy->name.span == name) return &policy->under;
    const auto* environment = std::get_if<syntax::Environment>(&item.node);
    if (environment != nullptr && environment->name.span == name) return &environment->under;
  }
  return nullptr;
}

void add_named(const FileScope& file, const Under& under, std::vector<SymbolId>& out) {
  for (const auto& item : under) {
    for (const auto& path : item.policies) {
      const auto found = find_name(file, path.names.front().text);
      if (found && std::count(out.begin(), out.end(), *found) == 0) out.push_back(*found);
    }
  }
}

}  // namespace

std::vector<SymbolId> policies_over(const Program& program, const Declared& declared, const FileScope& file,
                                    const syntax::Test& test) {
  std::vector<SymbolId> out;
  const auto add_of = [&](SymbolId id) {
    const base::Span name = declared.names.symbols[id].span;
    const auto* under = under_of(program, name);
    if (under != nullptr) add_named(declared.scopes[file_of(program, name.source)], *under, out);
  };
  add_named(file, test.under, out);
  if (test.environment) {
    if (const auto environment = find_name(file, test.environment->names.front().text)) add_of(*environment);
  }
  // By index: what is added is looked at as well.
  for (std::size_t i = 0; i < out.size(); ++i) add_of(out[i]);
  return out;
}

}  // namespace crenel::lsp
