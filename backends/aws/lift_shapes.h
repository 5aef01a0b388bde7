#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// The properties of a kind of object, by the resource provider schemas: those that some step of the lift reads, and
/// those that decide about no packet.
struct Shape {
  std::string_view name;  ///< in words, for messages: "security group"
  std::vector<std::string_view> read;
  std::vector<std::string_view> irrelevant;
};

/// Puts down every property that is in neither list as unknown, and an object that is none.
void check_shape(const Value& object, const Shape& shape, Reading& reading);
/// The same for the properties of every resource that some step reads.
void check_properties(Reading& reading);

/// By type, of every resource that some step reads.
[[nodiscard]] const std::map<std::string_view, Shape>& resource_shapes();
/// Of services that hold data, of roles and of policies.
[[nodiscard]] std::map<std::string_view, Shape> data_shapes();

// ---- objects inside resources ----
[[nodiscard]] const Shape& ingress_rule_shape();
[[nodiscard]] const Shape& egress_rule_shape();
[[nodiscard]] const Shape& launch_data_shape();
[[nodiscard]] const Shape& launch_interface_shape();
[[nodiscard]] const Shape& instance_interface_shape();
[[nodiscard]] const Shape& action_shape();
[[nodiscard]] const Shape& classic_listener_shape();

}  // namespace crenel::aws::reading
