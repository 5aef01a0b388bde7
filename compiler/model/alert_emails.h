#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/design.h"

/// Whom guards tell of changes by mail.
namespace crenel::model {

/// The option of a guard by which a provider that can mails changes to these addresses.
inline constexpr std::string_view kAlertEmails = "alert_emails";

/// The addresses that a guard names for the provider; without one: for all of them. Sorted, each once.
[[nodiscard]] std::vector<std::string> alert_emails(const Guard& guard, std::string_view provider);
[[nodiscard]] std::vector<std::string> alert_emails(const Guard& guard);

}  // namespace crenel::model
