#include <algorithm>

#include "backends/azure/lift_scope.h"

/// learn.microsoft.com, "Logical functions for ARM templates", "Comparison functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

Value when(const Invocation& in) {
  const auto condition = as_truth(in[0]);
  if (condition) return *condition ? in[1] : in[2];
  // whichever it is, it is the same
  if (equal(in[1], in[2]).value_or(false)) return in[1];
  return in.open();
}

Value both(const Invocation& in) {
  bool sure = true;
  for (const Value& each : in.arguments) {
    const auto truth = as_truth(each);
    if (truth && !*truth) return value_of(false);
    sure = sure && truth.has_value();
  }
  return sure ? value_of(true) : in.open();
}

Value either(const Invocation& in) {
  bool sure = true;
  for (const Value& each : in.arguments) {
    const auto truth = as_truth(each);
    if (truth && *truth) return value_of(true);
    sure = sure && truth.has_value();
  }
  return sure ? value_of(false) : in.open();
}

Value negated(const Invocation& in) {
  const auto truth = as_truth(in[0]);
  return truth ? value_of(!*truth) : in.open();
}

Value truth(const Invocation& in) {
  const auto known = as_truth(in[0]);
  return known ? value_of(*known) : in.open();
}

Value equals(const Invocation& in) {
  const auto same = equal(in[0], in[1]);
  return same ? value_of(*same) : in.open();
}

template <class Compare>
Value compared(const Invocation& in, Compare compare) {
  const auto a = as_number(in[0]);
  const auto b = as_number(in[1]);
  if (a && b) return value_of(compare(*a, *b));
  if (in[0].text() != nullptr && in[1].text() != nullptr)
    return value_of(compare(in[0].text()->compare(*in[1].text()), 0));
  return in.open();
}

Value less(const Invocation& in) {
  return compared(in, [](auto a, auto b) { return a < b; });
}
Value less_or_equal(const Invocation& in) {
  return compared(in, [](auto a, auto b) { return a <= b; });
}
Value greater(const Invocation& in) {
  return compared(in, [](auto a, auto b) { return a > b; });
}
Value greater_or_equal(const Invocation& in) {
  return compared(in, [](auto a, auto b) { return a >= b; });
}

Value coalesce(const Invocation& in) {
  for (const Value& each : in.arguments) {
    if (each.open() != nullptr) return in.open();
    if (!each.null()) return each;
  }
  return {};
}

Value yes(const Invocation&) { return value_of(true); }
Value no(const Invocation&) { return value_of(false); }
Value nothing(const Invocation&) { return {}; }

}  // namespace

const std::vector<Function>& logic_functions() {
  static const std::vector<Function> table = {
      {"if", 3, 3, when},
      {"and", 1, kAnyNumber, both},
      {"or", 1, kAnyNumber, either},
      {"not", 1, 1, negated},
      {"bool", 1, 1, truth},
      {"equals", 2, 2, equals},
      {"less", 2, 2, less},
      {"lessOrEquals", 2, 2, less_or_equal},
      {"greater", 2, 2, greater},
      {"greaterOrEquals", 2, 2, greater_or_equal},
      {"coalesce", 1, kAnyNumber, coalesce},
      {"true", 0, 0, yes},
      {"false", 0, 0, no},
      {"null", 0, 0, nothing},
  };
  return table;
}

}  // namespace crenel::azure::lifting
