#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/agreement/packet.h"

namespace crenel::agreement {

/// Evaluates the template expressions of an ARM template as far as addresses, names and references need it (ARM
/// template reference, "ARM template functions"). `resourceId` gives "Type|name" or "Type|parent/child". A function
/// that it does not know gives "(function)", which matches nothing.
class ArmExpressions {
 public:
  ArmExpressions(const nlohmann::json& document, ParameterValues parameters);
  /// A copy of `value` with every expression in it evaluated.
  [[nodiscard]] nlohmann::json evaluate(const nlohmann::json& value) const;

 private:
  struct Cursor {
    const std::string& text;
    std::size_t at = 0;
  };
  [[nodiscard]] nlohmann::json expression(Cursor& cursor) const;
  [[nodiscard]] nlohmann::json primary(Cursor& cursor) const;
  [[nodiscard]] nlohmann::json call(const std::string& function, const nlohmann::json& arguments) const;
  [[nodiscard]] nlohmann::json parameter(const std::string& name) const;

  const nlohmann::json& document_;
  ParameterValues parameters_;
};

}  // namespace crenel::agreement
