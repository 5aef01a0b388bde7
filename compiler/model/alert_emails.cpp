#include "compiler/model/alert_emails.h"

#include <algorithm>
#include <map>

namespace crenel::model {
namespace {

void add(const std::map<std::string, Setting>& settings, std::vector<std::string>& out) {
  const auto found = settings.find(std::string(kAlertEmails));
  if (found == settings.end()) return;
  if (const auto* said = std::get_if<std::vector<std::string>>(&found->second)) {
    out.insert(out.end(), said->begin(), said->end());
  }
}

std::vector<std::string> each_once(std::vector<std::string> all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

std::vector<std::string> alert_emails(const Guard& guard, std::string_view provider) {
  std::vector<std::string> out;
  const auto found = guard.settings.find(std::string(provider));
  if (found != guard.settings.end()) add(found->second, out);
  return each_once(std::move(out));
}

std::vector<std::string> alert_emails(const Guard& guard) {
  std::vector<std::string> out;
  for (const auto& [provider, settings] : guard.settings) add(settings, out);
  return each_once(std::move(out));
}

}  // namespace crenel::model
