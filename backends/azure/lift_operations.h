#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/estate/data.h"

/// Operations of the provider by kind of service, and what they come to in an estate.
/// Source: learn.microsoft.com, "Azure permissions for Storage | Security | Integration | Compute | Databases". On
/// 2026-11-26 those on blobs were held against "Actions and attributes for Azure role assignment conditions for Azure
/// Blob Storage", those on tables against "Azure Cosmos DB for NoSQL data plane security reference", those on keys and
/// secrets against the roles that are built of them; those of control are from the published lists, not checked again.
namespace crenel::azure::lifting {

struct Operation {
  std::string_view name;
  bool on_data = true;                  ///< one of `dataActions`
  std::optional<estate::Action> means;  ///< none: nothing that matters here (reading of names, keys' public halves)
  /// The action takes it. One that is not needed does a part of the action by itself: "Put Blob" takes `write`, and
  /// `add` is the half of that which overwrites nothing. Administering takes any one.
  bool needed = true;
};

struct KindOperations {
  std::string_view provider;  ///< what every operation of the service begins with
  std::vector<Operation> operations;
  std::vector<std::string_view> beside = {};  ///< what operations on other things of the same account begin with
};

[[nodiscard]] const KindOperations& operations_of(estate::Service::Kind kind);

}  // namespace crenel::azure::lifting
