#pragma once

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>

/// How the interpreters of Azure's rules take values of a template, once expressions in them are carried out. Azure
/// compares types, names and words without regard to case.
namespace crenel::agreement::reading {

using nlohmann::json;

inline std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The member, or null.
inline const json& at(const json& object, const char* name) {
  static const json kNone;
  return object.is_object() && object.contains(name) ? object.at(name) : kNone;
}

/// Of anything but a string: "".
inline std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : ""; }

inline bool says(const json& value, const char* word) { return lower(text(value)) == lower(word); }

/// "type|name/of/it", in small letters.
inline std::string id_of(const json& resource) {
  return lower(resource.at("type").get<std::string>()) + "|" + lower(resource.at("name").get<std::string>());
}

/// The id in `{"id": "…"}` under `name`, or empty.
inline std::string reference(const json& properties, const char* name) {
  return properties.contains(name) ? lower(properties.at(name).at("id")) : "";
}

/// The last name of "microsoft.network/applicationgateways/httplisteners|gateway/listener".
inline std::string leaf(const std::string& id) { return id.substr(id.find_last_of("/|") + 1); }

template <class Visit>
void each(const json& resources, const std::string& type, Visit visit) {
  for (const json& resource : resources) {
    if (lower(resource.at("type")) == lower(type)) visit(resource, resource.value("properties", json::object()));
  }
}

}  // namespace crenel::agreement::reading
