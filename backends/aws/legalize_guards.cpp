#include <algorithm>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/reverting.h"

namespace crenel::aws {
namespace {

/// IAM/latest/UserGuide/reference_iam-quotas.html, "IAM name requirements".
bool is_name(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  if (text.empty() || text.size() > kLongest) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || std::string_view("_+=,.@-").find(c) != std::string_view::npos;
  });
}

bool is_arn(std::string_view text) {
  const bool role = text.find(":role/") != std::string_view::npos || text.find(":user/") != std::string_view::npos;
  return text.starts_with("arn:") && text.find(":iam::") != std::string_view::npos && role &&
         text.find_first_of("*?\"\\") == std::string_view::npos;
}

/// EventBridge publishes by the policies of the topic and of its key: both have to be the template's to write.
void check_topic(const model::Design& design, const model::Guard& guard, diagnostics::Diagnostics& diagnostics) {
  const model::Topic& topic = design.topics[*guard.alert];
  const model::Vault* key = topic.key ? &design.vaults[*topic.key] : nullptr;
  if ((key == nullptr || !key->existing) && !topic.existing) return;
  const char* why = topic.existing ? "it is made elsewhere, and its policy is not this template's to write"
                                   : "its key is made elsewhere, and the key's policy is not this template's to write";
  auto& report = diagnostics.report(kTopicOutOfReach, guard.origin.span, model::to_string(guard.origin.path),
                                    model::to_string(topic.origin.path), why);
  report.notes.push_back({topic.origin.span, "the topic is declared here"});
  report.help = topic.existing
                    ? "declare a topic of the design's own"
                    : "leave `key` out, which makes the topic one of its own, or declare `vault keys` for it";
}

/// Another guard that undoes changes of one of its networks, and comes before it.
const model::Guard* rival(const model::Design& design, const model::Guard& guard) {
  for (const model::Guard& other : design.guards) {
    if (&other == &guard) return nullptr;
    const bool shared = std::any_of(guard.networks.begin(), guard.networks.end(), [&](model::NetworkId network) {
      return std::find(other.networks.begin(), other.networks.end(), network) != other.networks.end();
    });
    if (other.revert_seconds && shared) return &other;
  }
  return nullptr;
}

void check_revert(const model::Design& design, const model::Guard& guard, diagnostics::Diagnostics& diagnostics) {
  if (*guard.revert_seconds < kSoonestRevert || *guard.revert_seconds > kLatestRevert) {
    diagnostics.report(kSetting, guard.origin.span, "revert", std::to_string(*guard.revert_seconds) + "s",
                       "between 1m and 6h on AWS");
  }
  const auto refuse = [&](const char* why, const char* help) -> diagnostics::Diagnostic& {
    auto& report =
        diagnostics.report(kRevert, guard.origin.span, model::to_string(guard.origin.path), std::string(why));
    report.help = help;
    return report;
  };
  if (!guard.alert) refuse("nobody would be told of what it could not undo", "say `alert = TOPIC`");
  if (guard.exempt.empty()) {
    refuse("it would undo what deployments of the template itself change",
           "name the role that deploys: `exempt = [\"network-pipeline\"]`");
  }
  if (const model::Guard* other = rival(design, guard)) {
    refuse("another guard does so for the same network", "say `revert = none` in one of the two")
        .notes.push_back({other->origin.span, "the other guard is declared here"});
  }
}

}  // namespace

void check_guards(const model::Design& design, diagnostics::Diagnostics& diagnostics) {
  for (const model::Guard& guard : design.guards) {
    const std::string name = model::to_string(guard.origin.path);
    if (guard.revert_seconds) check_revert(design, guard, diagnostics);
    if (guard.prevent && guard.exempt.empty()) {
      diagnostics.report(kForbidsAll, guard.origin.span, name).help =
          "name the role that deploys: `exempt = [\"network-pipeline\"]`";
    }
    for (const std::string& who : guard.exempt) {
      if (is_name(who) || is_arn(who)) continue;
      diagnostics.report(kIdentity, guard.origin.span, "somebody whom guard `" + name + "` leaves alone", who).help =
          "give the name or the ARN of a role or user";
    }
    if (guard.alert) check_topic(design, guard, diagnostics);
  }
}

}  // namespace crenel::aws
