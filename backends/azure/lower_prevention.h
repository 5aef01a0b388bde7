#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/azure/template.h"
#include "compiler/model/design.h"

/// The policy of a guard that forbids changes (`prevention.h`).
namespace crenel::azure {

/// After everything else is lowered: its lists are what the template makes.
void lower_preventions(const model::Design& design, Template& out);
/// The finished tree with its lists made anew, where it says something in Resource Manager's own words.
[[nodiscard]] document::Value with_lists_of_policies(const model::Design& design, document::Value tree);

}  // namespace crenel::azure
