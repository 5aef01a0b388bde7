#include "compiler/diagnostics/order.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace crenel::diagnostics {
namespace {

/// 0 for no source, so that what has no place comes first.
std::size_t rank(base::SourceId source) { return source.valid() ? source.index() + 1 : 0; }

/// `front` and `shop.front`: one thing, alone and as a stack uses it.
bool same_name(std::string_view a, std::string_view b) {
  const auto& [shorter, longer] = std::minmax(a, b, [](auto x, auto y) { return x.size() < y.size(); });
  if (!longer.ends_with(shorter)) return false;
  return longer.size() == shorter.size() || (!shorter.empty() && longer[longer.size() - shorter.size() - 1] == '.' &&
                                             longer.find_first_of(" :/") == std::string_view::npos);
}

/// Equal, but for what a pattern's things are called where it is used.
bool same_message(std::string_view a, std::string_view b) {
  for (bool quoted = false;; quoted = !quoted) {
    const std::size_t end_a = a.find('`');
    const std::size_t end_b = b.find('`');
    const std::string_view part_a = a.substr(0, end_a);
    const std::string_view part_b = b.substr(0, end_b);
    if (quoted ? !same_name(part_a, part_b) : part_a != part_b) return false;
    if (end_a == std::string_view::npos || end_b == std::string_view::npos) return end_a == end_b;
    a.remove_prefix(end_a + 1);
    b.remove_prefix(end_b + 1);
  }
}

}  // namespace

std::vector<Diagnostic> in_reading_order(const Diagnostics& diagnostics) {
  using Key = std::tuple<std::string_view, std::size_t, std::uint32_t, std::uint32_t>;
  std::map<Key, std::vector<std::string_view>> seen;
  std::vector<Diagnostic> out;
  for (const Diagnostic& each : diagnostics.all()) {
    auto& messages = seen[{each.code, rank(each.span.source), each.span.begin, each.span.end}];
    const bool said = std::any_of(messages.begin(), messages.end(),
                                  [&](std::string_view message) { return same_message(message, each.message); });
    if (said) continue;
    messages.push_back(each.message);
    out.push_back(each);
  }
  std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(rank(a.span.source), a.span.begin) < std::pair(rank(b.span.source), b.span.begin);
  });
  return out;
}

}  // namespace crenel::diagnostics
