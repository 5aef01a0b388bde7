#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/design.h"

/// What a data action of the language is at AWS: the actions of its services. Checked 2026-11-26 against the Service
/// Authorization Reference (docs.aws.amazon.com/service-authorization/latest/reference/, list_SERVICE.html).
namespace crenel::aws {

/// A service of AWS, as requests and private paths know it.
enum class Cloud { Storage, Queues, Notifications, Tables, Keys, Secrets, Functions, Scaling };

/// "s3": the last part of the name of its endpoint service, and of the name that keys know it by.
[[nodiscard]] std::string_view service_word(Cloud cloud);
/// "S3": in logical ids.
[[nodiscard]] std::string_view id_word(Cloud cloud);

/// The service that takes an action on something.
[[nodiscard]] Cloud cloud_of(model::DataAction action, const model::Endpoint& on);

/// What who may do the action is granted: just what it takes.
[[nodiscard]] std::vector<std::string_view> granted(Cloud cloud, model::DataAction action);
/// Everything that comes to the same, or to a part of it: denied to whom it is not granted.
[[nodiscard]] std::vector<std::string_view> closed(Cloud cloud, model::DataAction action);
/// What a key must do so that the action works on something that is encrypted with it.
[[nodiscard]] std::vector<std::string_view> key_use(model::DataAction action);

/// The tag by which an object is laid in the archive, and its value.
inline constexpr std::string_view kArchiveTag = "archive";
inline constexpr std::string_view kArchiveValue = "true";

}  // namespace crenel::aws
