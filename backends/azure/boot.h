#pragma once

#include <cstddef>

#include "backends/azure/lower.h"

/// What members of a group are handed at their first start: the group's `boot`, and before it the names of what flows
/// let them use.
namespace crenel::azure {

/// The text of a group that has a `boot`. Where that is a script or cloud-init's configuration and flows let the
/// members use a service, it is one message of two parts: the first writes a line NAME=VALUE for each to
/// /etc/crenel/names.
[[nodiscard]] Term boot_text(const model::Design& design, model::GroupId group);
/// The most bytes that it can come to.
[[nodiscard]] std::size_t boot_bytes(const model::Design& design, model::GroupId group);
/// The variables that the texts are made of.
void add_boot_variables(const model::Design& design, Template& out);

}  // namespace crenel::azure
