#include "backends/azure/lift_id.h"

#include <algorithm>

#include "compiler/base/text.h"

namespace crenel::azure::lifting {

std::string ResourceId::key() const { return lower(scope + "|" + type + "|" + base::join(names, "/")); }

bool ResourceId::is(std::string_view wanted_type) const { return same_word(type, wanted_type); }

std::optional<ResourceId> ResourceId::parent() const {
  if (names.size() < 2) return std::nullopt;
  ResourceId out = *this;
  out.names.pop_back();
  out.type.resize(out.type.rfind('/'));
  return out;
}

ResourceId ResourceId::child(std::string_view type_part, std::string_view name) const {
  ResourceId out = *this;
  out.type += "/" + std::string(type_part);
  out.names.emplace_back(name);
  return out;
}

std::string ResourceId::name() const { return base::join(names, "/"); }

std::string text_of(const ResourceId& id) {
  std::string out = id.scope + "/providers/";
  const std::vector<std::string> types = split_outside_braces(id.type, '/');
  out += types.front();
  for (std::size_t i = 0; i < id.names.size(); ++i) {
    out += "/" + (i + 1 < types.size() ? types[i + 1] : std::string("?")) + "/" + id.names[i];
  }
  return out;
}

std::optional<ResourceId> parse_id(std::string_view text) {
  const std::vector<std::string> parts = split_outside_braces(text, '/');
  std::size_t at = parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (same_word(parts[i], "providers")) at = i;
  }
  if (at == parts.size() || parts.size() < at + 4 || (parts.size() - at) % 2 != 0) return std::nullopt;
  ResourceId out;
  for (std::size_t i = 1; i < at; ++i) out.scope += "/" + parts[i];
  out.type = parts[at + 1];
  for (std::size_t i = at + 2; i + 1 < parts.size(); i += 2) {
    out.type += "/" + parts[i];
    out.names.push_back(parts[i + 1]);
  }
  return out;
}

std::optional<ResourceId> id_of(const Value& value) {
  const Value* id = value.find("id");
  const Value& it = id != nullptr ? *id : value;
  if (it.text() != nullptr) return parse_id(*it.text());
  if (it.open() != nullptr && it.open()->why.empty()) return parse_id(it.open()->text);
  return std::nullopt;
}

}  // namespace crenel::azure::lifting
