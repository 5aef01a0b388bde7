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
/// Whether a topic has a key of its own: a guard tells it, no vault keeps its key, and the key that AWS keeps for all
/// topics lets nobody add EventBridge.
[[nodiscard]] bool has_own_key(const model::Design& design, model::TopicId topic);
/// The topics that a vault's key encrypts.
[[nodiscard]] std::vector<model::TopicId> topics_under(const model::Design& design, model::VaultId vault);
/// The statement of their key's policy that lets EventBridge publish on these topics; none: no guard tells one.
[[nodiscard]] std::optional<Statement> key_use_of_events(const Lowering& to, const std::vector<model::TopicId>& topics);
/// Whose calls a guard's rules hear: of none of those whose changes are left alone, of no role named by `own`, nor of a
/// service of AWS in a role of its own: roles under that path are nobody else's
/// (IAM/latest/UserGuide/using-service-linked-roles.html), and what they do follows from calls that are told
/// themselves.
[[nodiscard]] Value changers(const model::Guard& guard, Array own);

// ---- undoing: the function, its role and its rule
void lower_revert(Lowering& to, const model::Guard& guard);
/// ARNs of the roles of functions that tell a topic of what they could not undo.
[[nodiscard]] Array reverting_roles(const model::Design& design, model::TopicId topic);
/// The statement of their key's policy that lets those roles publish on these topics; none: there is no such role.
[[nodiscard]] std::optional<Statement> key_use_of_reverts(const Lowering& to,
                                                          const std::vector<model::TopicId>& topics);
/// How many rules of EventBridge a guard takes.
[[nodiscard]] std::size_t rules_of_guard(const model::Guard& guard);

// ---- forbidding
/// A policy that forbids every call that changes networks to whom it is attached to, but for those whom the guard
/// leaves alone and the function by which it undoes changes.
void lower_prevention(Lowering& to, const model::Guard& guard);
/// How many calls it forbids.
[[nodiscard]] std::size_t forbidden_calls();

}  // namespace crenel::aws
