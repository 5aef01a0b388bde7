#include <algorithm>
#include <array>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"

namespace crenel::azure {
namespace {

using model::Guard;

/// "Filter events": values of all filters of a subscription.
constexpr std::size_t kMostExempt = 25;

/// Programs that everybody uses: to leave them alone is to leave everybody alone ("Application IDs of commonly used
/// Microsoft applications").
struct Everybodys {
  std::string_view id;
  std::string_view name;
};
constexpr auto kEverybodys = std::to_array<Everybodys>({
    {"04b07795-8ddb-461a-bbee-02f9e1bf7b46", "the Azure CLI"},
    {"1950a258-227b-4e31-a9cf-717495945fc2", "Azure PowerShell"},
    {"c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "the Azure portal"},
});

bool is_guid(std::string_view text) {
  constexpr std::size_t kLength = 36;
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !digit) return false;
  }
  return true;
}

void check_exempt(const Guard& guard, diagnostics::Diagnostics& diagnostics) {
  if (!guard.alert && !guard.prevent && !guard.exempt.empty()) {
    diagnostics.report(kSettingValue, guard.origin.span, std::string("exempt"), guard.exempt.front(),
                       std::string("nobody, in a guard that neither tells nor forbids anything"));
    return;
  }
  for (const std::string& who : guard.exempt) {
    if (!is_guid(who)) {
      diagnostics.report(kSettingValue, guard.origin.span, std::string("exempt"), who,
                         std::string("the application (client) id of who deploys, in small letters"));
    }
    for (const Everybodys& each : kEverybodys) {
      if (who != each.id) continue;
      diagnostics.report(kSettingValue, guard.origin.span, std::string("exempt"), who,
                         "an application that the pipeline alone uses: this is " + std::string(each.name));
    }
  }
  if (guard.exempt.size() > kMostExempt) {
    diagnostics.report(kSettingValue, guard.origin.span, std::string("exempt"),
                       std::to_string(guard.exempt.size()) + " applications", std::string("25 at most"));
  }
}

}  // namespace

/// learn.microsoft.com, "Create and deploy Azure deployment stacks": the deny settings belong to the stack that a
/// template is deployed by, and a policy denies what is asked for. So a guard tells of changes and undoes none.
void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const Guard& guard : design.guards) {
    if (guard.revert_seconds) {
      auto& report = diagnostics.report(
          kInexact, guard.origin.span, std::string("revert"),
          std::string(
              "Azure's way against changes denies them beforehand, and undoing them would need somebody who may "
              "change every network"));
      report.help =
          "say `revert = none` and `prevent = true` in the guard, and deploy the template as a deployment stack with "
          "`--deny-settings-mode "
          "denyWriteAndDelete`, which lets nobody but the pipeline change what it makes";
      report.notes.push_back({{}, "a template holds a policy (`prevent = true`), but no deny settings"});
    }
    check_exempt(guard, diagnostics);
    if (!guard.alert || !design.topics[*guard.alert].existing) continue;
    const model::Topic& topic = design.topics[*guard.alert];
    auto& report = diagnostics.report(
        kExistingUse, guard.origin.span, model::to_string(topic.origin.path),
        "Event Grid gets past its firewall only where its owner lets Azure's own services, which is not seen here");
    report.notes.push_back({topic.origin.span, "the topic is declared here"});
    report.help = "tell a topic of this design";
  }
}

}  // namespace crenel::azure
