#include "backends/aws/lift_value.h"

#include <algorithm>
#include <charconv>

#include "compiler/base/ids.h"

namespace crenel::aws::reading {
namespace {

using base::Overloaded;

const Value& nothing() {
  static const Value absent{};
  return absent;
}

void add_options(const Value& value, bool certain, std::vector<Option>& out) {
  if (const auto* either = value.as<Either>()) {
    for (const Value& option : either->options) add_options(option, false, out);
  } else if (!value.absent()) {
    out.push_back({&value, certain});
  }
}

/// The pieces between the commas of a text such as "${A},${B}"; nothing when it is no such text.
std::optional<std::vector<const Value*>> comma_separated(const Composed& composed) {
  std::vector<const Value*> pieces;
  for (const Value& piece : composed.pieces) {
    const auto* text = piece.as<Text>();
    if (text != nullptr && (text->text == "," || text->text == ", ")) continue;
    if (text != nullptr) return std::nullopt;
    pieces.push_back(&piece);
  }
  if (pieces.size() * 2 != composed.pieces.size() + 1) return std::nullopt;
  return pieces;
}

void add_elements(const Value& value, bool certain, std::vector<Option>& out) {
  if (const auto* list = value.as<List>()) {
    for (const Value& element : list->elements) add_options(element, certain, out);
    return;
  }
  if (const auto* either = value.as<Either>()) {
    for (const Value& option : either->options) add_elements(option, false, out);
    return;
  }
  if (const auto* composed = value.as<Composed>()) {
    if (const auto pieces = comma_separated(*composed)) {
      for (const Value* piece : *pieces) out.push_back({piece, certain});
      return;
    }
  }
  if (!value.absent()) out.push_back({&value, certain});
}

}  // namespace

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool Value::operator==(const Value& other) const { return what == other.what; }

const Value& Value::operator[](std::string_view name) const {
  const auto* object = as<Object>();
  if (object == nullptr) return nothing();
  const auto found = std::find_if(object->members.begin(), object->members.end(),
                                  [&](const Member& member) { return member.name == name; });
  return found == object->members.end() ? nothing() : found->value;
}

std::optional<std::string> known_text(const Value& value) {
  const auto* text = value.as<Text>();
  return text == nullptr ? std::nullopt : std::optional(text->text);
}

std::optional<std::int64_t> known_number(const Value& value) {
  const auto* text = value.as<Text>();
  if (text == nullptr || text->text.empty()) return std::nullopt;
  // "1.0" is how some tools write a whole number.
  std::string_view digits = text->text;
  if (digits.ends_with(".0")) digits.remove_suffix(2);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::optional<bool> known_flag(const Value& value) {
  const auto* text = value.as<Text>();
  if (text == nullptr) return std::nullopt;
  const std::string word = lower_case(text->text);
  if (word == "true" || word == "yes" || word == "on" || word == "1") return true;
  if (word == "false" || word == "no" || word == "off" || word == "0") return false;
  return std::nullopt;
}

std::string words(const Value& value) {
  const auto joined = [](const auto& values) {
    std::string out;
    for (const Value& one : values) out += words(one);
    return out;
  };
  return std::visit(Overloaded{
                        [](const Absent&) { return std::string(); },
                        [](const Text& text) { return text.text; },
                        [&](const List& list) { return "[" + joined(list.elements) + "]"; },
                        [](const Object&) { return std::string("{}"); },
                        [](const Reference& to) {
                          return "${" + to.resource + (to.attribute.empty() ? "" : "." + to.attribute) + "}";
                        },
                        [](const Late& late) { return late.parameter ? "${" + late.name + "}" : late.name; },
                        [](const Carved& carved) { return "part of " + carved.base.name; },
                        [&](const Composed& composed) { return joined(composed.pieces); },
                        [&](const Either& either) { return "one of [" + joined(either.options) + "]"; },
                        [](const Unread& unread) { return unread.why; },
                    },
                    value.what);
}

std::vector<Option> options_of(const Value& value) {
  std::vector<Option> out;
  add_options(value, true, out);
  return out;
}

std::vector<Option> elements_of(const Value& value) {
  std::vector<Option> out;
  add_elements(value, true, out);
  return out;
}

}  // namespace crenel::aws::reading
