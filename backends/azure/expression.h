#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/resource_types.h"
#include "backends/document/value.h"

/// Texts of a template: literals and expressions, kept apart so that neither can be read as the other.
namespace crenel::azure {

/// A text that is known now, or an expression that Azure evaluates when the template is deployed.
class Term {
 public:
  [[nodiscard]] static Term literal(std::string text) { return {std::move(text), false}; }
  /// `source` is without the enclosing brackets: `parameters('Space')`.
  [[nodiscard]] static Term expression(std::string source) { return {std::move(source), true}; }

  [[nodiscard]] bool is_literal() const { return !expression_; }
  /// The literal's text, or the expression's source.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// As a member of the template: the literal (escaped where Azure would take it for an expression) or `[source]`.
  [[nodiscard]] std::string value() const;
  /// As an argument within another expression: `'text'` or the source.
  [[nodiscard]] std::string argument() const;

  bool operator==(const Term&) const = default;

 private:
  Term(std::string text, bool expression) : text_(std::move(text)), expression_(expression) {}
  std::string text_;
  bool expression_ = false;
};

/// A text of ours or of the user as a member of the template.
[[nodiscard]] document::Value literal(std::string_view text);

[[nodiscard]] Term parameter(std::string_view name);
[[nodiscard]] Term variable(std::string_view name);
/// `function(a, b)`.
[[nodiscard]] Term call(std::string_view function, const std::vector<Term>& arguments);

/// The id of a resource of this template, or (with `path`, alternating collection and name) of something inside it:
/// `resource_id(kVirtualNetwork, name, {"subnets", "Web"})`.
[[nodiscard]] Term resource_id(const ResourceType& type, const Term& name, const std::vector<std::string>& path = {});
/// `{"id": …}`, the way resources refer to each other.
[[nodiscard]] document::Value id_object(const Term& id);

}  // namespace crenel::azure
