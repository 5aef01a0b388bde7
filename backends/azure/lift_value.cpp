#include "backends/azure/lift_value.h"

#include <algorithm>
#include <charconv>

#include "compiler/base/ids.h"

namespace crenel::azure::lifting {

using base::Overloaded;

const Value* Value::find(std::string_view name) const {
  const Fields* members = fields();
  if (members == nullptr) return nullptr;
  for (const Field& field : *members) {
    if (same_word(field.name, name)) return &field.value;
  }
  return nullptr;
}

Value value_of(std::string text) { return {.is = std::move(text), .span = {}}; }
Value value_of(std::int64_t number) { return {.is = number, .span = {}}; }
Value value_of(bool truth) { return {.is = truth, .span = {}}; }
Value open_value(std::string text) {
  return {.is = Open{.text = "{" + std::move(text) + "}", .meaning = {}, .why = {}}, .span = {}};
}
Value fault(std::string text, std::string why) {
  return {.is = Open{.text = "{" + std::move(text) + "}", .meaning = {}, .why = std::move(why)}, .span = {}};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool same_word(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return small(x) == small(y); });
}

std::optional<std::string> as_text(const Value& value) {
  return std::visit(Overloaded{[](const std::string& text) { return std::optional(text); },
                               [](std::int64_t number) { return std::optional(std::to_string(number)); },
                               [](bool truth) { return std::optional<std::string>(truth ? "True" : "False"); },
                               [](const Open& open) { return std::optional(open.text); },
                               [](const auto&) { return std::optional<std::string>(); }},
                    value.is);
}

std::optional<std::int64_t> as_number(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.is)) return *number;
  const std::string* text = value.text();
  if (text == nullptr || text->empty()) return std::nullopt;
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return out;
}

std::optional<bool> as_truth(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.is)) return *truth;
  if (const auto* number = std::get_if<std::int64_t>(&value.is)) return *number != 0;
  const std::string* text = value.text();
  if (text == nullptr) return std::nullopt;
  if (same_word(*text, "true")) return true;
  if (same_word(*text, "false")) return false;
  return std::nullopt;
}

namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

/// The text is one pair of braces and nothing else.
bool is_one_brace(std::string_view text) {
  if (text.size() < 2 || text.front() != '{') return false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1 == text.size();
  }
  return false;
}

}  // namespace

std::string written(const Value& value) {
  return std::visit(Overloaded{[](Null) { return std::string("null"); },
                               [](bool truth) { return std::string(truth ? "true" : "false"); },
                               [](std::int64_t number) { return std::to_string(number); },
                               [](const std::string& text) { return quoted(text); },
                               [](const Open& open) {
                                 return is_one_brace(open.text) ? open.text.substr(1, open.text.size() - 2)
                                                                : quoted(open.text);
                               },
                               [](const List& list) {
                                 std::string out = "[";
                                 for (const Value& each : list) out += (out.size() > 1 ? ", " : "") + written(each);
                                 return out + "]";
                               },
                               [](const Fields& fields) {
                                 std::string out = "<";
                                 for (const Field& each : fields) {
                                   out += (out.size() > 1 ? ", " : "") + each.name + ": " + written(each.value);
                                 }
                                 return out + ">";
                               }},
                    value.is);
}

bool has_open(const Value& value) {
  if (value.open() != nullptr) return true;
  if (const List* list = value.list()) return std::any_of(list->begin(), list->end(), has_open);
  const Fields* fields = value.fields();
  return fields != nullptr &&
         std::any_of(fields->begin(), fields->end(), [](const Field& each) { return has_open(each.value); });
}

namespace {

std::optional<bool> equal_fields(const Fields& a, const Fields& b) {
  if (a.size() != b.size()) return false;
  bool sure = true;
  for (const Field& each : a) {
    const auto other =
        std::find_if(b.begin(), b.end(), [&](const Field& one) { return same_word(one.name, each.name); });
    if (other == b.end()) return false;
    const auto same = equal(each.value, other->value);
    if (same && !*same) return false;
    sure = sure && same.has_value();
  }
  return sure ? std::optional(true) : std::nullopt;
}

std::optional<bool> equal_lists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  bool sure = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto same = equal(a[i], b[i]);
    if (same && !*same) return false;
    sure = sure && same.has_value();
  }
  return sure ? std::optional(true) : std::nullopt;
}

}  // namespace

std::optional<bool> equal(const Value& a, const Value& b) {
  const Open* open_a = a.open();
  const Open* open_b = b.open();
  if (open_a != nullptr && open_b != nullptr && open_a->text == open_b->text && open_a->why.empty()) return true;
  if (open_a != nullptr || open_b != nullptr) return std::nullopt;
  if (a.is.index() != b.is.index()) return false;
  return std::visit(Overloaded{[](Null, Null) -> std::optional<bool> { return true; },
                               [](const List& x, const List& y) { return equal_lists(x, y); },
                               [](const Fields& x, const Fields& y) { return equal_fields(x, y); },
                               [](bool x, bool y) -> std::optional<bool> { return x == y; },
                               [](std::int64_t x, std::int64_t y) -> std::optional<bool> { return x == y; },
                               [](const std::string& x, const std::string& y) -> std::optional<bool> { return x == y; },
                               [](const auto&, const auto&) -> std::optional<bool> { return false; }},
                    a.is, b.is);
}

std::size_t weight(const Value& value, std::size_t most) {
  std::size_t out = 1;
  if (const auto* text = value.text()) out += text->size() / 64;
  if (const auto* open = value.open()) out += open->text.size() / 64;
  if (const List* list = value.list()) {
    for (const Value& each : *list) {
      if (out > most) break;
      out += weight(each, most - out);
    }
  }
  if (const Fields* fields = value.fields()) {
    for (const Field& each : *fields) {
      if (out > most) break;
      out += weight(each.value, most - out);
    }
  }
  return out;
}

std::vector<std::string> split_outside_braces(std::string_view text, char separator) {
  std::vector<std::string> out(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == separator && depth <= 0) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace crenel::azure::lifting
