#pragma once

#include <string>
#include <string_view>

namespace crenel::aws::reading {

/// A resource's name without its role: "WebGroup" is "Web" for an Auto Scaling group. The name itself where it does not
/// end in the role that resources of its type are called by (README, "Names").
[[nodiscard]] std::string stem_of(std::string_view name, std::string_view type);

}  // namespace crenel::aws::reading
