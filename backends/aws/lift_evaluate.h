#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/lift_template.h"
#include "backends/aws/lift_value.h"
#include "backends/document/reader.h"

namespace crenel::aws::reading {

enum class Truth { No, Yes, Open };

/// Carries out the intrinsic functions of a template (template reference, "Intrinsic function reference"), as far as
/// they can be carried out for every deployment.
class Evaluator {
 public:
  explicit Evaluator(const Template& read_from) : template_(read_from) {}

  /// Whether a resource is made.
  [[nodiscard]] Truth is_made(const Resource& resource);
  /// The properties of a resource. Its own condition holds where they count.
  [[nodiscard]] Value properties(const Resource& resource);

 private:
  friend class Functions;
  friend class Conditions;

  [[nodiscard]] Value evaluate(const document::Node& node, const Place& place);
  /// The same without regard to the node's own tag.
  [[nodiscard]] Value plain(const document::Node& node, const Place& place);
  [[nodiscard]] Value apply(std::string_view function, const document::Node& argument, bool tagged, const Place& place);
  [[nodiscard]] Value reference(const std::string& name, const Place& place);
  [[nodiscard]] Value attribute(const std::string& resource, const std::string& name, const Place& place);
  [[nodiscard]] Truth condition(std::string_view name);

  const Template& template_;
  std::map<std::string, Truth, std::less<>> conditions_;
  std::vector<std::string> conditions_under_way_;
  std::string assumed_;  // the condition of the resource whose properties are read
  std::size_t attribute_depth_ = 0;
};

/// The place of a member or element.
[[nodiscard]] Place inside(const Place& place, std::string_view step, base::Span span);
[[nodiscard]] Value absent_at(const Place& place);
[[nodiscard]] Value text_at(const Place& place, std::string text);
[[nodiscard]] Value unread_at(const Place& place, std::string why);
[[nodiscard]] Value late_at(const Place& place, std::string name, bool parameter = false);
/// One text of pieces, with what is known put together.
[[nodiscard]] Value composed_at(const Place& place, std::vector<Value> pieces);

}  // namespace crenel::aws::reading
