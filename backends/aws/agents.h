#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/design.h"

/// What installs host agents: instances are handed it at their first start, in one message of several parts with the
/// group's own `boot`. What knows a token reads it out of Secrets Manager while it runs, so that it stands in no
/// template, and in nothing that the instance's metadata show.
namespace crenel::aws {

struct Region {};  ///< where the stack is
/// The value of a variable: which, in the order in which they were given.
struct ValueOf {
  std::size_t variable = 0;
};
/// Text, and what a deployment puts between.
using UserDataPiece = std::variant<std::string, model::ParameterId, Region, ValueOf>;

/// Empty: nothing is handed. Agents come first and in the order in which the group names them, so that what watches is
/// there before what is watched. Before a `boot` that is a script or cloud-init's configuration, `variables` are
/// written to /etc/crenel/names, a line NAME=VALUE each, with the region as REGION.
[[nodiscard]] std::vector<UserDataPiece> user_data(const model::Design& design, model::GroupId group,
                                                   const std::vector<std::string>& variables = {});
/// The most bytes that they can come to.
[[nodiscard]] std::size_t bytes_of(const std::vector<UserDataPiece>& pieces);

/// The secrets that the group's agents register with, each once.
[[nodiscard]] std::vector<model::ParameterId> tokens_of(const model::Design& design, model::GroupId group);
/// Whether some group's agent registers with the parameter's secret.
[[nodiscard]] bool is_token(const model::Design& design, model::ParameterId parameter);

/// Whether `boot` can be a part beside others: a script, or cloud-init's own configuration.
[[nodiscard]] bool can_be_a_part(const std::string& boot);
/// Whether a flow lets the group's members call the public address of Secrets Manager.
[[nodiscard]] bool can_read_secrets(const model::Design& design, model::GroupId group);

}  // namespace crenel::aws
