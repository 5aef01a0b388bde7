#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

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

/// The least and greatest type that a rule of `type` and `code` admits among echo requests and their answers, which
/// have code 0; -1 is every one, of a type every code. None where it is about another code. (EC2 API reference,
/// "IpPermission" and "IcmpTypeCode".)
inline std::pair<int, int> icmp_types(int type, int code) {
  if (type == -1) return {0, 65535};
  return code == -1 || code == 0 ? std::pair(type, type) : std::pair(1, 0);
}

template <class Visit>
void each(const json& document, const std::string& type, Visit visit) {
  for (const auto& [id, resource] : document.at("Resources").items()) {
    if (resource.at("Type") == type) visit(id, resource.value("Properties", json::object()));
  }
}

}  // namespace crenel::agreement::reading
