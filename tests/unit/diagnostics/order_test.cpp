#include "compiler/diagnostics/order.h"

#include <doctest/doctest.h>

using namespace crenel::diagnostics;
using crenel::base::Sources;
using crenel::base::Span;

namespace {
constexpr DiagnosticKind<std::string> kFault{"CRN0001", Severity::Error, "a fault", "{}"};
constexpr DiagnosticKind<std::string> kOther{"CRN0002", Severity::Warning, "another", "{}"};

std::string messages(const std::vector<Diagnostic>& all) {
  std::string out;
  for (const Diagnostic& each : all) out += each.message + " ";
  return out;
}
}  // namespace

TEST_CASE("diagnostics are shown by source as read, then by place") {
  Sources sources;
  const auto first = sources.add("z.crenel", std::string(100, ' '));
  const auto second = sources.add("a.crenel", std::string(100, ' '));
  Diagnostics all;
  all.report(kFault, {.source = second, .begin = 1, .end = 2}, "second");
  all.report(kFault, {.source = first, .begin = 50, .end = 51}, "late");
  all.report(kFault, {.source = first, .begin = 7, .end = 9}, "early, found first");
  all.report(kOther, {.source = first, .begin = 7, .end = 8}, "early, found second");
  all.report(kFault, {}, "nowhere");
  CHECK(messages(in_reading_order(all)) == "nowhere early, found first early, found second late second ");
}

TEST_CASE("what is said twice of one place is shown once") {
  Sources sources;
  const auto id = sources.add("a.crenel", std::string(100, ' '));
  const Span span = {.source = id, .begin = 1, .end = 2};
  Diagnostics all;
  all.report(kFault, span, "same").help = "the first";
  all.report(kFault, span, "same").help = "the second";
  all.report(kFault, span, "other message");
  all.report(kOther, span, "same");
  all.report(kFault, {.source = id, .begin = 1, .end = 3}, "same");
  const auto shown = in_reading_order(all);
  CHECK(messages(shown) == "same other message same same ");
  CHECK(shown[0].help == "the first");
}

TEST_CASE("what is said of a pattern is not said again of the stack that uses it") {
  Sources sources;
  const auto id = sources.add("a.crenel", std::string(100, ' '));
  const Span span = {.source = id, .begin = 1, .end = 2};
  Diagnostics all;
  all.report(kFault, span, "`shop.front` does not listen on `tcp/80`");
  all.report(kFault, span, "`front` does not listen on `tcp/80`");
  all.report(kFault, span, "`other.front` does not listen on `tcp/80`");  // another use
  all.report(kFault, span, "`front` does not listen on `tcp/81`");
  all.report(kFault, span, "`shopfront` does not listen on `tcp/80`");
  CHECK(in_reading_order(all).size() == 4);
  CHECK(in_reading_order(all).front().message == "`shop.front` does not listen on `tcp/80`");
}

TEST_CASE("errors are counted, warnings are not, also when lists are put together") {
  Diagnostics a;
  a.report(kOther, {}, "w");
  CHECK(!a.has_errors());
  Diagnostics b;
  b.report(kFault, {}, "e");
  b.report(kFault, {}, "f");
  a.append(b);
  CHECK(a.error_count() == 2);
  CHECK(messages(a.all()) == "w e f ");
}
