#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/agreement/packet.h"

/// How the interpreter of AWS's rules takes values of a template, once functions in them are carried out.
namespace crenel::agreement::reading {

using nlohmann::json;

inline int number(const json& value) {
  if (value.is_number_integer()) return value.get<int>();
  return std::stoi(value.get<std::string>());
}

inline bool flag(const json& value) {
  return value.is_boolean() ? value.get<bool>() : value.get<std::string>() == "true";
}

/// "@WebGroup.GroupId" and "@WebGroup" both name WebGroup.
inline std::string logical_id(const std::string& reference) {
  if (reference.empty() || reference[0] != '@') throw std::invalid_argument("not a reference: " + reference);
  return reference.substr(1, reference.find('.') - 1);
}

inline int protocol_number(const json& value) {
  const std::string name = value.is_string() ? value.get<std::string>() : std::to_string(value.get<int>());
  if (name == "tcp") return kTcp;
  if (name == "udp") return kUdp;
  if (name == "icmp") return kIcmp;
  if (name == "icmpv6") return kIcmp6;
  return std::stoi(name);
}

template <class Visit>
void each(const json& document, const std::string& type, Visit visit) {
  for (const auto& [id, resource] : document.at("Resources").items()) {
    if (resource.at("Type") == type) visit(id, resource.value("Properties", json::object()));
  }
}

}  // namespace crenel::agreement::reading
