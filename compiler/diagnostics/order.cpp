#include "compiler/diagnostics/order.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace crenel::diagnostics {
namespace {

/// 0 for no source, so that what has no place comes first.
std::size_t rank(base::SourceId source) { return source.valid() ? source.index() + 1 : 0; }

}  // namespace

std::vector<Diagnostic> in_reading_order(const Diagnostics& diagnostics) {
  using Key = std::tuple<std::string_view, std::size_t, std::uint32_t, std::uint32_t, std::string_view>;
  std::set<Key> seen;
  std::vector<Diagnostic> out;
  for (const Diagnostic& each : diagnostics.all()) {
    if (seen.emplace(each.code, rank(each.span.source), each.span.begin, each.span.end, each.message).second) {
      out.push_back(each);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(rank(a.span.source), a.span.begin) < std::pair(rank(b.span.source), b.span.begin);
  });
  return out;
}

}  // namespace crenel::diagnostics
