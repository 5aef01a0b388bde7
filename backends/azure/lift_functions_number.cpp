#include <algorithm>

#include "backends/azure/lift_scope.h"

/// learn.microsoft.com, "Numeric functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

/// A number counted from a block's last part stays known as one.
std::optional<Value> counted(const Invocation& in, bool back) {
  const Open* open = in[0].open();
  const auto* from = open == nullptr ? nullptr : std::get_if<NumberFromEnd>(&open->meaning);
  const auto steps = as_number(in[1]);
  if (from == nullptr || !steps) return std::nullopt;
  const std::int64_t before = std::int64_t{from->before_last} + (back ? *steps : -*steps);
  if (before < 0 || before > UINT32_MAX) return std::nullopt;
  Value out = in.open();
  std::get<Open>(out.is).meaning = NumberFromEnd{
      .parameter = from->parameter, .length = from->length, .before_last = static_cast<std::uint32_t>(before)};
  return out;
}

template <class Compute>
Value computed(const Invocation& in, Compute compute) {
  const auto a = as_number(in[0]);
  const auto b = as_number(in[1]);
  if (!a || !b) return in.open();
  std::int64_t out = 0;
  return compute(*a, *b, &out) ? value_of(out) : in.wrong("has no value");
}

Value add(const Invocation& in) {
  if (const auto known = counted(in, false)) return *known;
  return computed(in, [](auto a, auto b, auto* out) { return !__builtin_add_overflow(a, b, out); });
}
Value sub(const Invocation& in) {
  if (const auto known = counted(in, true)) return *known;
  return computed(in, [](auto a, auto b, auto* out) { return !__builtin_sub_overflow(a, b, out); });
}
Value mul(const Invocation& in) {
  return computed(in, [](auto a, auto b, auto* out) { return !__builtin_mul_overflow(a, b, out); });
}
Value div(const Invocation& in) {
  return computed(in, [](auto a, auto b, auto* out) {
    if (b == 0 || b == -1) return b == -1 && !__builtin_sub_overflow(std::int64_t{0}, a, out);
    *out = a / b;
    return true;
  });
}
Value mod(const Invocation& in) {
  return computed(in, [](auto a, auto b, auto* out) {
    if (b == 0) return false;
    *out = b == -1 ? 0 : a % b;
    return true;
  });
}

Value integer(const Invocation& in) {
  if (const Open* open = in[0].open(); open != nullptr && open->why.empty()) {
    const bool number =
        std::holds_alternative<LengthOf>(open->meaning) || std::holds_alternative<NumberFromEnd>(open->meaning);
    if (number) return in[0];
  }
  const auto known = as_number(in[0]);
  return known ? value_of(*known) : in.any_open() ? in.open() : in.wrong("wants a number");
}

Value extreme(const Invocation& in, bool greatest) {
  List all = in.arguments;
  if (all.size() == 1 && all[0].list() != nullptr) all = List(*all[0].list());
  std::optional<std::int64_t> out;
  for (const Value& each : all) {
    const auto number = as_number(each);
    if (!number) return in.open();
    out = !out ? *number : greatest ? std::max(*out, *number) : std::min(*out, *number);
  }
  return out ? value_of(*out) : in.wrong("wants numbers");
}
Value least(const Invocation& in) { return extreme(in, false); }
Value greatest(const Invocation& in) { return extreme(in, true); }

}  // namespace

const std::vector<Function>& number_functions() {
  static const std::vector<Function> table = {
      {"add", 2, 2, add},
      {"sub", 2, 2, sub},
      {"mul", 2, 2, mul},
      {"div", 2, 2, div},
      {"mod", 2, 2, mod},
      {"int", 1, 1, integer},
      {"min", 1, kAnyNumber, least},
      {"max", 1, kAnyNumber, greatest},
  };
  return table;
}

}  // namespace crenel::azure::lifting
