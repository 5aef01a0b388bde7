#pragma once

#include <string_view>
#include <vector>

#include "compiler/estate/data.h"

/// What the actions of AWS's services come to in the estate's words, by the Service Authorization Reference
/// (docs.aws.amazon.com/service-authorization/latest/reference/, list_SERVICE.html, 2026-11-26).
namespace crenel::aws::reading {

struct ProviderAction {
  std::string_view name;  ///< in lower case: "s3:getobject"
  estate::Action action = estate::Action::Administer;
  bool needed = false;    ///< the estate's action does not work without it
  bool on_parts = false;  ///< its resource is what lies inside: an object of a bucket
};

/// Of a kind of service, all that do something with what it holds or change it.
[[nodiscard]] const std::vector<ProviderAction>& provider_actions(estate::Service::Kind kind);
/// True for an action that is known and does neither: it lists, describes, or works on another kind of thing.
[[nodiscard]] bool is_harmless(std::string_view lower_case_name);
/// What a key must do so that the action works on what it encrypts; empty: nothing, it touches no content.
[[nodiscard]] std::vector<std::string_view> needed_of_key(const ProviderAction& action);
/// "s3": how a service is called in ARNs, endpoints' names and conditions.
[[nodiscard]] std::string_view service_word(estate::Service::Kind kind, estate::Action action);

}  // namespace crenel::aws::reading
