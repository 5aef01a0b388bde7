#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/azure/expression.h"
#include "backends/azure/rules.h"
#include "compiler/model/design.h"

/// What a function comes to on Azure: a function app of its own, with a storage account of its own beside it, its
/// *host*. The app keeps its state there, and a queue in it takes the events that start the function: Event Grid
/// delivers to public addresses alone ("Event delivery with a managed identity", section Private endpoints), so
/// nothing could be delivered to an app that only its network reaches.
namespace crenel::azure {

[[nodiscard]] std::vector<model::FunctionId> functions_in(const model::Design& design, model::TierId tier);
/// The tier of the network in which private endpoints stand for functions, the subnet of the apps being delegated, and
/// for appliances, whose subnet admits what they hand on to whatever address. None: every tier is taken by something
/// that wants its subnet for itself.
[[nodiscard]] std::optional<model::TierId> tier_for_ends(const model::Design& design, model::NetworkId network);
/// Functions whose host has its private endpoints in the tier.
[[nodiscard]] std::vector<model::FunctionId> hosts_in(const model::Design& design, model::TierId tier);
[[nodiscard]] bool starts_by_event(const model::Function& function);

/// The template's variable with the name of a function's host, and the reference to it.
[[nodiscard]] std::string host_variable(const model::Design& design, model::FunctionId function);
[[nodiscard]] Term host_name(const model::Design& design, model::FunctionId function);
/// The application security group of the host's private endpoints.
[[nodiscard]] Term host_group_id(const model::Design& design, model::FunctionId function);

/// "Python|3.12" for "python3.12"; nothing for what this backend does not make.
[[nodiscard]] std::optional<std::string> runtime_stack(const model::Function& function);

/// What the code of a function, or of a group's members, is told of the services that it may use: a variable for each,
/// called by its path in capitals.
struct KnownService {
  std::string variable;
  Term value;
};
[[nodiscard]] std::vector<KnownService> known_services(const model::Design& design, const model::Endpoint& member);

/// Of a tier with functions, by address: an app has no interface that a rule could know by a group.
[[nodiscard]] std::vector<Rule> rules_of_functions(const model::Design& design, model::TierId tier);

}  // namespace crenel::azure
