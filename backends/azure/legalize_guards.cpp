#include <algorithm>
#include <array>

#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"
#include "backends/azure/reverting.h"
#include "backends/azure/settings.h"
#include "compiler/model/alert_emails.h"

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
                       std::string("nobody, in a guard that neither tells a topic nor forbids anything"));
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

/// "Azure Monitor service limits", action groups: addresses of a group, characters of one.
constexpr std::size_t kMostAddresses = 1000;
constexpr std::size_t kLongestAddress = 64;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Parts between dots, none of them empty, of letters, digits and what else may stand there.
bool are_parts(std::string_view text, std::string_view others) {
  char before = '.';
  for (const char c : text) {
    const bool fits = is_letter_or_digit(c) || (c == '.' ? before != '.' : others.find(c) != std::string_view::npos);
    if (!fits) return false;
    before = c;
  }
  return before != '.';
}

/// RFC 5321, 4.1.2, Dot-string and Domain: no quotes, no literals; a name of a host that stands in some domain.
bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kLongestAddress) return false;
  const std::string_view domain = text.substr(at + 1);
  const std::string_view top = domain.substr(std::min(domain.rfind('.'), domain.size()));
  const bool hyphen = domain.starts_with('-') || domain.ends_with('-') || domain.find("-.") != std::string_view::npos ||
                      domain.find(".-") != std::string_view::npos;
  const bool named = top.find_first_not_of(".0123456789") != std::string_view::npos;
  return are_parts(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && are_parts(domain, "-") && !hyphen && named;
}

void check_addresses(const Guard& guard, diagnostics::Diagnostics& diagnostics) {
  const auto ours = guard.settings.find(std::string(schema().provider));
  if (ours == guard.settings.end() || !ours->second.contains(std::string(model::kAlertEmails))) return;
  const std::vector<std::string> all = model::alert_emails(guard, schema().provider);
  const auto refuse = [&](const std::string& value, const char* wanted) {
    diagnostics.report(kSettingValue, guard.origin.span, std::string(model::kAlertEmails), value, std::string(wanted));
  };
  if (all.empty()) refuse("[]", "an address or several; leave it out where nobody is mailed");
  if (all.size() > kMostAddresses) refuse(std::to_string(all.size()) + " addresses", "1000 at most");
  for (const std::string& each : all) {
    if (!is_address(each)) refuse(each, "a mail address such as `security@example.org`, of 64 characters at most");
  }
}

void check_revert(const Guard& guard, diagnostics::Diagnostics& diagnostics) {
  if (!guard.revert_seconds) return;
  if (*guard.revert_seconds >= kSoonestRevert && *guard.revert_seconds <= kLatestRevert) return;
  diagnostics.report(kSettingValue, guard.origin.span, std::string("revert"),
                     std::to_string(*guard.revert_seconds) + "s", std::string("between 1m and 24h"));
}

}  // namespace

void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const Guard& guard : design.guards) {
    check_revert(guard, diagnostics);
    check_exempt(guard, diagnostics);
    check_addresses(guard, diagnostics);
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
