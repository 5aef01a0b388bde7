#include <algorithm>

#include "backends/azure/lift_data.h"
#include "backends/azure/prevention.h"
#include "backends/document/reader.h"
#include "compiler/base/source.h"

/// Whether a template has one of the embedded texts, member by member.
namespace crenel::azure::lifting {
namespace {

using document::Node;

std::optional<std::string> scalar_text(const Value& value) {
  const auto* truth = std::get_if<bool>(&value.is);
  if (truth != nullptr) return *truth ? "true" : "false";
  return as_text(value);
}

bool same(const Value& value, const Node& node) {
  if (node.mapping() != nullptr) {
    const Fields* fields = value.fields();
    return fields != nullptr && fields->size() == node.entries().size() &&
           std::all_of(node.entries().begin(), node.entries().end(), [&](const document::Entry& each) {
             const Value* own = value.find(each.key);
             return own != nullptr && same(*own, each.value);
           });
  }
  if (node.sequence() != nullptr) {
    const List* list = value.list();
    if (list == nullptr || list->size() != node.elements().size()) return false;
    return std::equal(list->begin(), list->end(), node.elements().begin(), same);
  }
  return value.open() == nullptr && node.scalar() != nullptr && scalar_text(value) == std::string(node.scalar()->text);
}

}  // namespace

bool is_code(const Value& value, std::string_view name, std::initializer_list<std::string_view> beside) {
  base::Sources sources;
  diagnostics::Diagnostics none;
  const auto source = sources.add(std::string(name), std::string(code_text(name).value_or("")));
  const auto known = document::read(sources, source, none);
  if (!known) return false;
  Value bare = value;
  if (auto* fields = std::get_if<Fields>(&bare.is)) {
    std::erase_if(*fields, [&](const Field& each) {
      return std::any_of(beside.begin(), beside.end(), [&](std::string_view one) { return same_word(one, each.name); });
    });
  }
  return same(bare, known->root());
}

}  // namespace crenel::azure::lifting
