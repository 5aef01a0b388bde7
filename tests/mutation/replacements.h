#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace crenel::mutation {

using Json = nlohmann::ordered_json;

/// What a template refers to, by kind: another thing of the same kind fits in the place of one.
class References {
 public:
  explicit References(const Json& document);

  /// Another resource of the same type as `name`'s; empty when there is none. The one after it, so that a reference to
  /// each of several is not the same change.
  [[nodiscard]] std::string another(const std::string& name) const;
  /// Another expression that names a resource of the same type; empty when there is none.
  [[nodiscard]] std::string another_expression(const std::string& expression) const;

 private:
  void expressions(const Json& node);

  std::map<std::string, std::string> types_;                     ///< of AWS resources
  std::map<std::string, std::vector<std::string>> names_;        ///< by type
  std::map<std::string, std::vector<std::string>> expressions_;  ///< by their first argument
};

/// Other values that fit in the place of `value`, which is what `key` says.
[[nodiscard]] std::vector<Json> replacements(const std::string& key, const Json& value, const References& references);

/// Names, descriptions and tags: what they say is for people.
[[nodiscard]] bool is_label(std::string_view key);

}  // namespace crenel::mutation
