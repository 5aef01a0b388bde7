#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backends/aws/lift_requests.h"

/// Functions that put rules and routes back as the template has them (`reverting.h`), and the rules that start them.
namespace crenel::aws::reading {

struct Actor;
struct DataReading;

/// A function that is one of those, by its text; what surrounds it is judged elsewhere.
struct Revert {
  const Item* function = nullptr;
  const Item* role = nullptr;
  std::vector<std::string> networks;  ///< ids of the VPCs whose rules and routes it puts back
  std::int64_t within_seconds = 0;
};
/// Those of the template whose list is what the rest of it says.
[[nodiscard]] std::vector<Revert> reverts_of(const Reading& reading);

/// Whether a statement lets such a function change its own networks, and lets nobody but it.
[[nodiscard]] bool is_for_revert(const Reading& reading, const std::vector<Revert>& reverts, const Actor& actor,
                                 const PolicyStatement& statement);

/// Puts down with the guards what they undo. After the guards and the accesses, of which it takes away the functions'
/// own: they are started by rules, and tell the guards' topics of failures.
void read_reverts(Reading& reading, const DataReading& data);

/// Puts down which guards have a policy that forbids the changes to others, and how one is weaker than the table of
/// changes and the rest of the guard. After what guards undo, whose functions it has to spare.
void read_preventions(Reading& reading, const DataReading& data);

/// Puts down which guards block public access, and how one blocks less.
void read_blockings(Reading& reading);

/// The guard of that name; made, where nothing of it was read before.
[[nodiscard]] estate::Guard& guard_named(Reading& reading, const std::string& name, const Place& place);

// ---- rules that listen to recorded calls
using Calls = std::set<std::string>;  ///< "ec2:CreateRoute"
[[nodiscard]] bool listens_to_calls(const Item& rule);
/// Those that a pattern hears of everybody who is not left out; nothing: it is something else.
[[nodiscard]] std::optional<Calls> calls_of(const Value& pattern);
/// Whom a pattern's `userIdentity` leaves out; roles of the template as `name_of` has them.
[[nodiscard]] std::optional<std::set<std::string>> exempt_of(const Value& identity);
[[nodiscard]] std::optional<std::string> name_of(const Reference& to);  ///< "{DriftRevertRole}"
/// It is an object, whose members are of those names.
[[nodiscard]] bool has_none_but(const Value& object, std::initializer_list<std::string_view> names);

}  // namespace crenel::aws::reading
