#include <algorithm>
#include <optional>

#include "backends/document/reader.h"
#include "backends/document/value.h"
#include "compiler/base/text.h"
#include "tests/fuzz/mutate.h"

namespace crenel::fuzz {
namespace {

using document::Array;
using document::Member;
using document::Node;
using document::Object;
using document::Value;

constexpr std::size_t kLongKey = 500;  // the writer of YAML has no longer ones than 1024

/// Numbers stay numbers only where they are short; what they say matters, not how large they are.
Value value_of(const Node& node) {
  if (node.sequence() != nullptr) {
    Array array;
    for (const Node& element : node.elements()) array.push_back(value_of(element));
    return array;
  }
  if (node.mapping() != nullptr) {
    Object object;
    for (const document::Entry& entry : node.entries()) {
      object.emplace_back(entry.key.size() > kLongKey ? "long" : entry.key, value_of(entry.value));
    }
    return object;
  }
  if (node.scalar() == nullptr) return {};
  if (!node.scalar()->quoted && node.tag().empty()) {
    if (const auto number = document::as_integer(node)) return *number;
    if (const auto truth = document::as_bool(node)) return *truth;
  }
  return node.scalar()->text;
}

std::optional<Value> parsed(std::string_view text) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto document = document::read(sources, sources.add("seed", std::string(text)), diagnostics);
  if (!document) return std::nullopt;
  return value_of(document->root());
}

/// A tree that can be changed anywhere; `Value` itself only grows.
class Changer {
 public:
  Changer(const std::vector<std::string_view>& words, std::mt19937_64& random) : words_(words), random_(random) {}

  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random_() % n); }

  /// Some part of it, deep ones as likely as others.
  Value part(const Value& value) {
    if (const auto* array = std::get_if<Array>(&value.node()); array != nullptr && !array->empty() && below(5) != 0) {
      return part((*array)[below(array->size())]);
    }
    if (const auto* object = std::get_if<Object>(&value.node());
        object != nullptr && !object->empty() && below(5) != 0) {
      return part((*object)[below(object->size())].second);
    }
    return value;
  }

  Value changed(const Value& value, const Value& other) {
    if (const auto* array = std::get_if<Array>(&value.node()); array != nullptr && !array->empty() && below(6) != 0) {
      return changed_array(*array, other);
    }
    if (const auto* object = std::get_if<Object>(&value.node());
        object != nullptr && !object->empty() && below(6) != 0) {
      return changed_object(*object, other);
    }
    return replaced(value, other);
  }

 private:
  Value changed_array(Array array, const Value& other) {
    const std::size_t at = below(array.size());
    const auto place = array.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(8)) {
      case 0:
        array.erase(place);
        break;
      case 1:
        array.push_back(array[at]);
        break;
      case 2:
        std::swap(array[at], array[below(array.size())]);
        break;
      default:
        array[at] = changed(array[at], other);
    }
    return array;
  }

  Value changed_object(Object object, const Value& other) {
    const std::size_t at = below(object.size());
    const auto place = object.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(12)) {
      case 0:
        object.erase(place);
        break;
      case 1:
        object.emplace_back(unused(object, object[at].first + "2"), object[at].second);
        break;
      case 2:
        std::swap(object[at].second, object[below(object.size())].second);
        break;
      case 3:
        object.emplace_back(unused(object, std::string(word())), part(other));
        break;
      case 4:
        object[at].first = unused(object, std::string(word()));
        break;
      default:
        object[at].second = changed(object[at].second, other);
    }
    return object;
  }

  Value replaced(const Value& value, const Value& other) {
    static const std::vector<std::string_view> kWrappers = {"Ref", "Fn::If", "Fn::Sub", "Fn::Join", "Fn::GetAtt"};
    switch (below(7)) {
      case 0:
        return {};
      case 1:
        return static_cast<std::int64_t>(below(70000)) - 2;
      case 2:
        return part(other);
      case 3:
        return document::array({value});
      case 4:
        return document::object({{std::string(kWrappers[below(kWrappers.size())]), value}});
      default:
        return word();
    }
  }

  static std::string unused(const Object& object, std::string name) {
    const auto taken = [&] {
      return std::any_of(object.begin(), object.end(), [&](const Member& member) { return member.first == name; });
    };
    while (taken()) name += "x";
    return name;
  }

  /// Documents are written in UTF-8 only.
  std::string_view word() {
    const std::string_view word = words_[below(words_.size())];
    return base::first_invalid_utf8(word) ? "x" : word;
  }

  const std::vector<std::string_view>& words_;
  std::mt19937_64& random_;
};

}  // namespace

std::string mutate_document(std::string_view text, std::string_view other, const std::vector<std::string_view>& words,
                            std::mt19937_64& random) {
  const std::optional<Value> value = parsed(text);
  if (!value) return {};
  const Value second = parsed(other).value_or(*value);
  Value changed = *value;
  Changer changer(words, random);
  for (std::size_t times = 1 + changer.below(3); times > 0; --times) changed = changer.changed(changed, second);
  return changer.below(4) == 0 ? to_yaml(changed) : to_json(changed);
}

}  // namespace crenel::fuzz
