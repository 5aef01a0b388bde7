#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/aws/data_plan.h"
#include "backends/aws/lowering.h"
#include "compiler/model/design.h"

/// How code knows what the design lets it use: by variables, one for each thing, named by its path in capitals.
/// Functions have them in their environment, instances in a file.
namespace crenel::aws {

struct KnownName {
  std::string variable;                 ///< "INBOX", "KEYS_SECRET", "AWS_ENDPOINT_URL_DYNAMODB"
  const DataGrant* grant = nullptr;     ///< of the plan
  std::optional<std::size_t> endpoint;  ///< the variable is the address of this one, and not of the thing
};

/// Each once, in the order of the flows that grant them.
[[nodiscard]] std::vector<KnownName> known_names(const model::Design& design, const DataPlan& plan,
                                                 const model::Endpoint& who);
[[nodiscard]] std::vector<std::string> variables_of(const std::vector<KnownName>& names);
[[nodiscard]] Value known_value(const Lowering& to, const KnownName& name);

}  // namespace crenel::aws
