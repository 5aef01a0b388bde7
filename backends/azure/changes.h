#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Which operations of Azure's Resource Manager change what the lift reads of a template. What a guard tells of follows
/// from this table, and the lift holds templates against it.
///
/// A resource is changed by PUT, PATCH and POST and taken away by DELETE; Event Grid tells of each of them that comes
/// to management.azure.com and succeeds, with the operation's name: `TYPE/write`, `TYPE/delete`, `TYPE/…/action`. So
/// every property of a type is covered by `TYPE/write`, and there is nothing to say of single ones
/// (learn.microsoft.com, "Azure Event Grid event schema for resource groups"; operations: "Azure resource provider
/// operations"). Gathered 2026-11-26.
namespace crenel::azure {

enum class Verb { Write, Delete, Action };

struct Change {
  std::string_view type;
  std::vector<Verb> verbs;     ///< that change it; empty: no guard is told, and `past` says why
  std::string_view past = {};  ///< what changes it and is told to no guard
  /// The CIS benchmark asks for an alert on its write and one on its deletion, in the whole subscription ("CIS
  /// Microsoft Azure Foundations Benchmark" 1.5 to 3.0, section on activity log alerts; rules up to 1.5).
  bool benchmarked = false;
};

/// Rows of the table that are about one thing.
struct Changes {
  std::string_view about;  ///< "Network"
  std::vector<Change> rows;
};

[[nodiscard]] const std::vector<Changes>& parts_of_changes();

[[nodiscard]] const std::vector<Change>& changes();

/// "Microsoft.Resources.ResourceWriteSuccess", for each verb of the table.
[[nodiscard]] std::vector<std::string_view> watched_event_types();
/// The operations of the table that change networks, as a role leaves them out: "TYPE/write", "TYPE/delete",
/// "TYPE/*/action". Sorted, each once.
[[nodiscard]] std::vector<std::string> network_operations();
/// What Contributor leaves out ("Azure built-in roles", Privileged; held on 2026-11-27).
[[nodiscard]] const std::vector<std::string_view>& left_out_by_contributor();

/// What `past` says, each once.
[[nodiscard]] std::vector<std::string_view> untold_changes();

}  // namespace crenel::azure
