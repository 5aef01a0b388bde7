#pragma once

#include <optional>
#include <vector>

#include "backends/aws/lower_policies.h"

/// What a guard needs of the services that it tells by.
namespace crenel::aws {

/// Whether some guard tells a topic of changes.
[[nodiscard]] bool is_told(const model::Design& design, model::TopicId topic);
/// The statement of a told topic's policy that lets EventBridge publish there.
[[nodiscard]] Statement publishing_of_events(const Lowering& to, model::TopicId topic);
/// The statement of a key's policy that lets EventBridge publish on topics under the key; none: no guard tells one.
[[nodiscard]] std::optional<Statement> key_use_of_events(const Lowering& to, model::VaultId vault);
/// How many rules of EventBridge a guard takes.
[[nodiscard]] std::size_t rules_of_guard(const model::Guard& guard);

}  // namespace crenel::aws
