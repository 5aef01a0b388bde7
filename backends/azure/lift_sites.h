#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backends/azure/lift_data.h"

/// Function apps: what they reach, what starts them, where their code comes from and where they keep their state.
namespace crenel::azure::lifting {

[[nodiscard]] bool is_function_app(const Resource& resource);
[[nodiscard]] std::vector<const Resource*> function_apps(const Context& context);
/// Resources of any type inside the app, at any depth.
[[nodiscard]] std::vector<const Resource*> parts_of_app(const Context& context, const Resource& app);
/// A setting of the app by its name.
[[nodiscard]] View setting_of(const Resource& app, std::string_view name);
/// The queue that starts the app's code, in its host.
[[nodiscard]] std::vector<std::string> trigger_queues(const Context& context, const Resource& app);

/// The app that keeps its state in the account: its host.
[[nodiscard]] const Resource* app_hosted_by(const Context& context, const ResourceId& account);

void lift_app_interfaces(Context& context);  ///< in their subnets
void lift_apps(Data& data);                  ///< as services
void lift_hosts(Data& data);                 ///< after identities: who else gets into a host
void lift_events(Data& data);

}  // namespace crenel::azure::lifting
