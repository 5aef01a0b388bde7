#include "backends/document/value.h"

#include <algorithm>
#include <cassert>

namespace crenel::document {

Value::Value(Array value) : node_(std::move(value)) {}
Value::Value(Object value) : node_(std::move(value)) {}

Value& Value::set(std::string name, Value value) {
  if (is_null()) node_ = Object{};
  assert(find(name) == nullptr);
  std::get<Object>(node_).emplace_back(std::move(name), std::move(value));
  return *this;
}

Value& Value::push(Value value) {
  if (is_null()) node_ = Array{};
  std::get<Array>(node_).push_back(std::move(value));
  return *this;
}

const Value* Value::find(std::string_view name) const {
  const auto* members = std::get_if<Object>(&node_);
  if (members == nullptr) return nullptr;
  const auto found =
      std::find_if(members->begin(), members->end(), [&](const Member& member) { return member.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

Value object(std::initializer_list<Member> members) { return Object(members); }
Value array(std::initializer_list<Value> elements) { return Array(elements); }

}  // namespace crenel::document
