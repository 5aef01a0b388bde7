#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/sema/build_context.h"
#include "compiler/sema/flow_obstacles.h"

/// Whether something can be done with a service: the one who does it, the action, and the way of the requests.
namespace crenel::sema {

/// Why it cannot.
struct DataObstacle {
  enum class Kind { NotTaken, CannotAct, NoPath, SiteUnknown, ViaMisplaced, NatNeedsPublicTier, Elsewhere };
  Kind kind = Kind::NotTaken;
  std::string text;  ///< why; empty where the kind says it
};

struct DataPassage {
  model::DataActions actions;
  std::vector<model::Hop> via;
};

/// Nothing: the statement speaks of no data action that the destination takes, and of packets instead.
using DataVerdict = std::variant<std::monostate, DataPassage, DataObstacle>;

/// The actions of a statement as the model has them: of `any`, all that the destination takes.
[[nodiscard]] model::DataActions data_actions(const Actions& actions, const model::Endpoint& destination);

[[nodiscard]] DataVerdict judge_data(const model::Design& design, const model::Endpoint& from,
                                     const model::Endpoint& to, const Actions& actions,
                                     const std::vector<model::Hop>& via);

void report_data_obstacle(BuildContext& context, const FlowPlace& place, const model::Endpoint& from,
                          const model::Endpoint& to, const Actions& actions, const DataObstacle& obstacle);

/// Reports requests that go over the Internet without a flow for their packets, and functions outside every tier that
/// no flow lets out, but those that were told already. Once all flows are there.
void check_requests(BuildContext& context, const std::vector<model::Endpoint>& told_functions);

}  // namespace crenel::sema
