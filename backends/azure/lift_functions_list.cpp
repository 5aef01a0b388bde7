#include <algorithm>

#include "backends/azure/lift_scope.h"

/// learn.microsoft.com, "Array functions for ARM templates", "Object functions for ARM templates".
namespace crenel::azure::lifting {
namespace {

Value list_of(List list) { return {.is = std::move(list), .span = {}}; }

Value create_array(const Invocation& in) {
  if (!in.evaluator.budget().spend(weight(list_of(in.arguments), 200'000))) return in.wrong("makes too long a list");
  return list_of(in.arguments);
}

Value create_object(const Invocation& in) {
  if (in.size() % 2 != 0) return in.wrong("wants names and values in turn");
  Fields out;
  for (std::size_t i = 0; i + 1 < in.size(); i += 2) {
    const auto name = as_text(in[i]);
    if (!name) return in.wrong("has a name that is no text");
    out.push_back({.name = *name, .value = in[i + 1]});
  }
  return {.is = std::move(out), .span = {}};
}

Value array(const Invocation& in) {
  if (in[0].open() != nullptr) return in.open();
  return in[0].list() != nullptr ? in[0] : list_of({in[0]});
}

void merge(Fields& into, const Fields& from) {
  for (const Field& each : from) {
    const auto there =
        std::find_if(into.begin(), into.end(), [&](const Field& one) { return same_word(one.name, each.name); });
    if (there == into.end()) {
      into.push_back(each);
    } else if (auto* inner = std::get_if<Fields>(&there->value.is);
               inner != nullptr && each.value.fields() != nullptr) {
      merge(*inner, *each.value.fields());
    } else {
      there->value = each.value;
    }
  }
}

Value united(const Invocation& in) {
  if (!in.evaluator.budget().spend(weight(list_of(in.arguments), 200'000))) return in.wrong("makes too large a value");
  const auto all = [&](auto test) { return std::all_of(in.arguments.begin(), in.arguments.end(), test); };
  if (all([](const Value& each) { return each.fields() != nullptr; })) {
    Fields out;
    for (const Value& each : in.arguments) merge(out, *each.fields());
    return {.is = std::move(out), .span = {}};
  }
  if (!all([](const Value& each) { return each.list() != nullptr; }) || in.any_open()) return in.open();
  List out;
  for (const Value& list : in.arguments) {
    for (const Value& each : *list.list()) {
      if (out.size() > 2000) return in.wrong("makes too long a list");
      const auto same = [&](const Value& one) { return equal(one, each).value_or(false); };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back(each);
    }
  }
  return list_of(std::move(out));
}

Value is_empty(const Invocation& in) {
  const Value& value = in[0];
  if (value.null()) return value_of(true);
  if (value.list() != nullptr) return value_of(value.list()->empty());
  if (value.fields() != nullptr) return value_of(value.fields()->empty());
  if (value.text() != nullptr) return value_of(value.text()->empty());
  const Open* open = value.open();
  // something stands outside of the braces
  if (open != nullptr && !open->text.empty() && open->text.front() != '{' && open->why.empty()) return value_of(false);
  return in.open();
}

Value length(const Invocation& in) {
  const Value& value = in[0];
  if (value.list() != nullptr) return value_of(static_cast<std::int64_t>(value.list()->size()));
  if (value.fields() != nullptr) return value_of(static_cast<std::int64_t>(value.fields()->size()));
  if (value.text() != nullptr) return value_of(static_cast<std::int64_t>(value.text()->size()));
  return in.open();
}

Value contains(const Invocation& in) {
  const Value& whole = in[0];
  if (whole.fields() != nullptr && in[1].text() != nullptr) return value_of(whole.find(*in[1].text()) != nullptr);
  if (whole.text() != nullptr && in[1].text() != nullptr) {
    return value_of(whole.text()->find(*in[1].text()) != std::string::npos);
  }
  if (whole.list() == nullptr) return in.open();
  bool sure = true;
  for (const Value& each : *whole.list()) {
    const auto same = equal(each, in[1]);
    if (same && *same) return value_of(true);
    sure = sure && same.has_value();
  }
  return sure ? value_of(false) : in.open();
}

Value end_of(const Invocation& in, bool last) {
  if (const List* list = in[0].list()) {
    if (list->empty()) return {};
    return last ? list->back() : list->front();
  }
  if (const std::string* text = in[0].text()) {
    if (text->empty()) return value_of(std::string());
    return value_of(std::string(1, last ? text->back() : text->front()));
  }
  return in.open();
}
Value first(const Invocation& in) { return end_of(in, false); }
Value last(const Invocation& in) { return end_of(in, true); }

/// `take` and `skip`.
Value stretch(const Invocation& in, bool front) {
  const auto count = as_number(in[1]);
  if (!count) return in.open();
  const auto cut = [&](std::size_t size) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(*count, 0, static_cast<std::int64_t>(size)));
  };
  if (const List* list = in[0].list()) {
    const auto middle = list->begin() + static_cast<std::ptrdiff_t>(cut(list->size()));
    return list_of(front ? List(list->begin(), middle) : List(middle, list->end()));
  }
  if (const std::string* text = in[0].text()) {
    return value_of(front ? text->substr(0, cut(text->size())) : text->substr(cut(text->size())));
  }
  return in.open();
}
Value take(const Invocation& in) { return stretch(in, true); }
Value skip(const Invocation& in) { return stretch(in, false); }

Value range(const Invocation& in) {
  const auto from = as_number(in[0]);
  const auto count = as_number(in[1]);
  if (!from || !count) return in.open();
  if (*count < 0 || *count > 10'000) return in.wrong("counts too far");
  List out;
  for (std::int64_t i = 0; i < *count; ++i) out.push_back(value_of(*from + i));
  return list_of(std::move(out));
}

Value try_get(const Invocation& in) {
  if (in.any_open()) return in.open();
  const Value* at = &in[0];
  for (std::size_t i = 1; i < in.size(); ++i) {
    if (in[i].text() != nullptr) {
      at = at->find(*in[i].text());
    } else {
      const auto index = as_number(in[i]);
      const List* list = at->list();
      const bool inside = list != nullptr && index && *index >= 0 && static_cast<std::size_t>(*index) < list->size();
      at = inside ? &(*list)[static_cast<std::size_t>(*index)] : nullptr;
    }
    if (at == nullptr) return {};
  }
  return *at;
}

/// Values that a text gives as JSON: those that templates use it for, no more.
Value json(const Invocation& in) {
  const std::string* text = in[0].text();
  if (text == nullptr) return in.open();
  if (*text == "null") return {};
  if (*text == "true" || *text == "false") return value_of(*text == "true");
  if (*text == "{}") return {.is = Fields{}, .span = {}};
  if (*text == "[]") return {.is = List{}, .span = {}};
  if (const auto number = as_number(in[0])) return value_of(*number);
  return in.open();
}

}  // namespace

const std::vector<Function>& list_functions() {
  static const std::vector<Function> table = {
      {"createArray", 0, kAnyNumber, create_array},
      {"createObject", 0, kAnyNumber, create_object},
      {"array", 1, 1, array},
      {"union", 1, kAnyNumber, united},
      {"empty", 1, 1, is_empty},
      {"length", 1, 1, length},
      {"contains", 2, 2, contains},
      {"first", 1, 1, first},
      {"last", 1, 1, last},
      {"take", 2, 2, take},
      {"skip", 2, 2, skip},
      {"range", 2, 2, range},
      {"tryGet", 2, kAnyNumber, try_get},
      {"json", 1, 1, json},
  };
  return table;
}

}  // namespace crenel::azure::lifting
