#include "compiler/syntax/expectation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "compiler/base/text.h"

namespace crenel::syntax {
namespace {

bool has(const Fault& fault, std::string_view what) {
  return std::find(fault.expected.begin(), fault.expected.end(), what) != fault.expected.end();
}

bool has_all(const Fault& fault, std::initializer_list<std::string_view> all) {
  return std::all_of(all.begin(), all.end(), [&](std::string_view one) { return has(fault, one); });
}

/// Where a name may stand among other things, the other things say which place it is.
Expectation of_a_name(const Fault& fault) {
  if (has_all(fault, {"STRING", "INT"})) {
    if (has(fault, "]")) return {"a value or `]`", ""};
    if (has(fault, ")")) return {"an argument or `)`", ""};
    return {"a value", ""};
  }
  if (has(fault, "CIDR")) return {"an endpoint", "a name, an address, a block such as `10.0.0.0/16`, or `every KIND`"};
  if (has(fault, "SERVICE"))
    return {"an action", "a service such as `https` or `tcp/443`, an action such as `read`, or `any`"};
  if (has(fault, "INT")) return {"a value", ""};
  if (has(fault, "allow")) return {"a statement", ""};
  if (has(fault, "}")) return {"a property or `}`", ""};
  if (fault.rule == NodeKind::ModulePath || has(fault, "STRING"))
    return {"a module", "a path in quotes, or a module of the library such as `std/services`"};
  if (fault.rule == NodeKind::Type) return {"a type", "such as `int(2..6)`, `image` or `cidr(/16../20)`"};
  if (fault.rule == NodeKind::PatternDecl) return {"a parameter or `)`", ""};
  return {"a name", ""};
}

/// Places that are recognised by the keywords that may stand there.
Expectation of_a_place(const Fault& fault) {
  if (has_all(fault, {"import", "pattern"})) return {"a declaration", ""};
  if (has_all(fault, {"allow", "network"})) return {"a statement", ""};
  if (has_all(fault, {"network", "group"}))
    return {"a declaration", "`private` stands before a network, a group or the like"};
  if (has_all(fault, {"never", "control"}))
    return {"a claim or a clause of the rule", "a rule has claims, `require`, `because`, `control` and `fix`"};
  if (has_all(fault, {"never", "fails"})) return {"a claim", "a test has claims, `require`, `under` and `fails`"};
  if (has_all(fault, {"rule", "under"})) return {"a rule", ""};
  if (has_all(fault, {"because", "ticket"}))
    return {"a clause of the waiver", "a waiver has `because`, `owner`, `ticket` and `until`"};
  if (has(fault, "DATE")) return {"a date", "such as `2027-01-31`"};
  if (has(fault, "STRING")) return {"a text in double quotes", ""};
  if (has(fault, "INT")) return {"a number", ""};
  return {};
}

/// What may follow anywhere and is hardly what was forgotten.
bool is_continuation(std::string_view text) {
  constexpr std::array<std::string_view, 26> kContinuations = {
      ".",  ",",   "..", "==",     "!=",      "<",    "<=",  ">",     ">=",    "/",       "in",   "within", "overlaps",
      "or", "and", "by", "except", "because", "when", "via", "check", "where", "private", "true", "false",  "EOF"};
  return std::find(kContinuations.begin(), kContinuations.end(), text) != kContinuations.end();
}

std::string quoted(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const auto& word : words) out.push_back("`" + word + "`");
  return base::list_in_words(out, "or");
}

Expectation of_punctuation(const Fault& fault) {
  std::vector<std::string> needed;
  for (const auto& text : fault.expected)
    if (!is_continuation(text)) needed.push_back(text);
  if (needed.empty()) needed = fault.expected;
  const bool list_ends = needed.size() == 1 && (needed.front() == "]" || needed.front() == ")");
  if (list_ends &&
      (fault.rule == NodeKind::List || fault.rule == NodeKind::Arguments || fault.rule == NodeKind::PatternDecl))
    needed.insert(needed.begin(), ",");
  if (needed.size() == 1 && needed.front() == "EOF") return {"the end of the value", ""};
  constexpr std::size_t kMostNamed = 3;
  if (needed.size() > kMostNamed) needed.resize(kMostNamed);
  return {quoted(needed), ""};
}

}  // namespace

Expectation expectation_of(const Fault& fault) {
  if (has(fault, "NAME")) return of_a_name(fault);
  Expectation place = of_a_place(fault);
  if (!place.thing.empty()) return place;
  return of_punctuation(fault);
}

bool wants_a_name(const Fault& fault) { return has(fault, "NAME") && of_a_name(fault).thing == "a name"; }

}  // namespace crenel::syntax
