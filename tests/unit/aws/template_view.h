#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "backends/aws/plan.h"
#include "backends/aws/template.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

/// A template as tests look at it.
namespace crenel::aws::tests {

/// Fails the test when the design is refused.
[[nodiscard]] Template compiled(const model::Design& design);
/// The codes that the backend reports, errors and warnings, in order.
[[nodiscard]] std::vector<std::string> codes(const model::Design& design);
[[nodiscard]] diagnostics::Diagnostics diagnosed(const model::Design& design);

[[nodiscard]] const Resource* find(const Template& made, const std::string& id);
[[nodiscard]] const Resource& resource(const Template& made, const std::string& id);
[[nodiscard]] std::vector<const Resource*> of_type(const Template& made, const ResourceType& type);
/// The member at a path of names, or null.
[[nodiscard]] Value at(const Value& value, std::initializer_list<std::string_view> path);
[[nodiscard]] Value property(const Template& made, const std::string& id, std::string_view name);
[[nodiscard]] std::vector<Value> elements(const Value& list);
[[nodiscard]] std::string text(const Value& value);  ///< of a string, "" for anything else
[[nodiscard]] int number(const Value& value);        ///< -1 for anything else
/// Logical ids that a Ref, a GetAtt or a DependsOn of the resource names.
[[nodiscard]] bool depends_on(const Template& made, const std::string& id, const std::string& other);
/// One line: "allow tcp 443 10.0.0.0/8", parameters by name.
[[nodiscard]] std::vector<std::string> acl_lines(const Template& made, const std::string& tier, bool egress);
/// One line an inline rule: "tcp 443-443 0.0.0.0/0".
[[nodiscard]] std::vector<std::string> inline_lines(const Template& made, const std::string& group, bool egress);
[[nodiscard]] std::string in_words(const Value& value);

/// The shared samples and the ones of `designs.h`.
[[nodiscard]] std::vector<model::Design> samples();

}  // namespace crenel::aws::tests
