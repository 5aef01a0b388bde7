#include "compiler/sema/build_attributes.h"

namespace crenel::sema {
namespace {

void add_blocks(const Value& value, std::vector<model::Late<net::Prefix>>& out) {
  if (const auto* set = std::get_if<AddressBlocks>(&value.node)) {
    out.insert(out.end(), set->blocks.begin(), set->blocks.end());
  } else if (const auto* address = std::get_if<net::Address>(&value.node)) {
    out.emplace_back(net::host(*address));
  } else if (const auto* list = std::get_if<List>(&value.node)) {
    for (const Value& item : list->items) add_blocks(item, out);
  } else if (const auto block = late_from<net::Prefix>(value)) {
    out.push_back(*block);
  }
}

}  // namespace

const Value* attribute(const Declared& declared, std::string_view name) {
  const auto found = declared.attributes.find(std::string(name));
  if (found == declared.attributes.end() || std::holds_alternative<None>(found->second.node)) return nullptr;
  return &found->second;
}

base::Span attribute_span(const Declared& declared, std::string_view name) {
  const Value* value = attribute(declared, name);
  return value != nullptr && value->span.valid() ? value->span : declared.name_span;
}

bool flag(const Declared& declared, std::string_view name, bool otherwise) {
  const auto* value = attribute_as<bool>(declared, name);
  return value == nullptr ? otherwise : *value;
}

std::string_view word(const Declared& declared, std::string_view name) {
  const auto* value = attribute_as<Word>(declared, name);
  return value == nullptr ? std::string_view() : std::string_view(value->text);
}

std::string text(const Declared& declared, std::string_view name) {
  const auto* value = attribute_as<std::string>(declared, name);
  return value == nullptr ? std::string() : *value;
}

std::vector<std::string> words(const Declared& declared, std::string_view name) {
  std::vector<std::string> out;
  const auto* list = attribute_as<List>(declared, name);
  if (list == nullptr) return out;
  for (const Value& item : list->items) {
    if (const auto* one = std::get_if<Word>(&item.node)) out.push_back(one->text);
    if (const auto* one = std::get_if<std::string>(&item.node)) out.push_back(*one);
  }
  return out;
}

std::vector<model::Late<net::Prefix>> blocks(const Declared& declared, std::string_view name) {
  std::vector<model::Late<net::Prefix>> out;
  if (const Value* value = attribute(declared, name)) add_blocks(*value, out);
  return out;
}

std::vector<model::Late<std::string>> texts(const Declared& declared, std::string_view name) {
  std::vector<model::Late<std::string>> out;
  const Value* value = attribute(declared, name);
  if (value == nullptr) return out;
  if (const auto* list = std::get_if<List>(&value->node)) {
    for (const Value& item : list->items) {
      if (const auto one = late_from<std::string>(item)) out.push_back(*one);
    }
  } else if (const auto one = late_from<std::string>(*value)) {
    out.push_back(*one);
  }
  return out;
}

model::Origin origin_from(const Declared& declared) {
  return {.path = declared.path, .span = declared.name_span, .doc = declared.doc, .because = declared.because};
}

}  // namespace crenel::sema
