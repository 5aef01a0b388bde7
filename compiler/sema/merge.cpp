#include <set>
#include <tuple>

#include "compiler/sema/expansion.h"

namespace crenel::sema {

void append_new(diagnostics::Diagnostics& all, const diagnostics::Diagnostics& found) {
  if (found.all().empty()) return;
  using Key = std::tuple<std::string, std::size_t, std::uint32_t, std::string>;
  const auto key_of = [](const diagnostics::Diagnostic& one) {
    return Key(one.code, one.span.valid() ? one.span.source.index() + 1 : 0, one.span.begin, one.message);
  };
  std::set<Key> seen;
  for (const auto& one : all.all()) seen.insert(key_of(one));
  for (const auto& one : found.all()) {
    if (seen.insert(key_of(one)).second) all.append(one);
  }
}

}  // namespace crenel::sema
