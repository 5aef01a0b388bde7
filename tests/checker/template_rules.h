#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/checker/packets.h"

/// The rules that filter packets in a template, as its text has them: a reading of its own.
namespace crenel::checker {

struct Rule {
  std::string list;  ///< JSON path or reference of what it belongs to
  bool in = true;
  bool allow = true;
  bool stateful = true;    ///< of a security group, not of a network ACL
  bool everybody = false;  ///< whoever sends it and whoever gets it
  long long order = 0;     ///< the smallest is asked first; equal: the order does not matter
  PacketList packets;
};

/// By JSON path. Throws where the template says something that it would have to guess.
[[nodiscard]] std::map<std::string, Rule> rules_of(const nlohmann::json& document, const std::string& provider);

/// JSON, or YAML as it means the same JSON. A tag of CloudFormation becomes its function.
[[nodiscard]] nlohmann::json read_template(const std::string& text);

}  // namespace crenel::checker
