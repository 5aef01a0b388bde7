#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backends/aws/data_actions.h"
#include "compiler/model/design.h"

/// Data flows in AWS's terms: who is granted what, and by which private way.
namespace crenel::aws {

/// Actions of one service that one source may do with one thing.
struct DataGrant {
  model::Endpoint from;  ///< a group, a function or a site
  model::Endpoint to;
  Cloud cloud = Cloud::Storage;
  model::DataActions actions;
  std::optional<std::size_t> endpoint;  ///< the private way: index into `DataPlan::endpoints`
  std::vector<model::StatementId> statements;
};

/// An interface endpoint. A network has one for each service of AWS, since it has the service's private name once: it
/// stands in the tier of the private path that is declared first, and is the way of every tier that has a path there.
struct InterfaceEndpoint {
  model::PrivatePathId path;
  model::TierId tier;
  Cloud cloud = Cloud::Storage;
  std::vector<std::size_t> grants;       ///< indices into `DataPlan::grants`
  std::vector<model::Endpoint> members;  ///< who calls it, each once
};

struct DataPlan {
  std::vector<DataGrant> grants;
  std::vector<InterfaceEndpoint> endpoints;

  [[nodiscard]] std::vector<const DataGrant*> from(const model::Endpoint& source) const;
  [[nodiscard]] std::vector<const DataGrant*> to(const model::Endpoint& thing) const;
};

/// The key that something is encrypted with; none: AWS's own, or it is no such thing.
[[nodiscard]] std::optional<model::VaultId> key_of(const model::Design& design, const model::Endpoint& thing);

}  // namespace crenel::aws
