#include <algorithm>

#include "compiler/diagnostics/catalogue/data.h"
#include "compiler/diagnostics/catalogue/existing.h"
#include "compiler/model/alert_emails.h"
#include "compiler/sema/build_attributes.h"
#include "compiler/sema/build_things.h"

namespace crenel::sema {
namespace {

/// The networks that it names, each once; nothing when one of them was in error.
std::optional<std::vector<model::NetworkId>> watched_by(BuildContext& context, const Declared& declared) {
  std::vector<model::NetworkId> out;
  const auto* list = attribute_as<List>(declared, "watch");
  if (list == nullptr) return std::nullopt;
  for (const Value& item : list->items) {
    const auto* named = std::get_if<EntityRef>(&item.node);
    const auto network = named == nullptr ? std::nullopt : context.id_of<model::NetworkId>(named->id);
    if (named != nullptr && context.id_of<model::SiteId>(named->id)) {
      context.diagnostics
          .report(diagnostics::kElsewhere, item.span, model::to_string(context.in.declared[named->id].path),
                  std::string("its changes are for its owner to watch"))
          .help = "watch networks of this design";
    }
    if (!network) return std::nullopt;
    if (std::find(out.begin(), out.end(), *network) == out.end()) out.push_back(*network);
  }
  return out;
}

/// At some provider of the target: one may mail what another has no means to.
bool does_nothing(const BuildContext& context, const model::Guard& guard) {
  if (guard.alert || guard.revert_seconds || guard.prevent) return false;
  const auto& all = context.in.providers;
  const auto mails_nobody = [&](const std::string& provider) { return model::alert_emails(guard, provider).empty(); };
  return all.empty() ? model::alert_emails(guard).empty() : std::any_of(all.begin(), all.end(), mails_nobody);
}

}  // namespace

std::optional<model::GuardId> build_guard(BuildContext& context, const Declared& declared) {
  model::Guard guard;
  guard.origin = origin_from(declared);
  auto networks = watched_by(context, declared);
  if (!networks) return std::nullopt;
  guard.networks = std::move(*networks);
  if (const auto* alert = attribute_as<EntityRef>(declared, "alert")) {
    guard.alert = context.id_of<model::TopicId>(alert->id);
    if (!guard.alert) return std::nullopt;
  }
  if (const auto* revert = attribute_as<Duration>(declared, "revert")) guard.revert_seconds = revert->seconds;
  guard.prevent = flag(declared, "prevent", false);
  for (std::string& who : words(declared, "exempt")) {
    if (std::find(guard.exempt.begin(), guard.exempt.end(), who) == guard.exempt.end()) {
      guard.exempt.push_back(std::move(who));
    }
  }
  guard.settings = declared.settings;
  const auto idle = [&](const char* why, const char* help) {
    context.diagnostics
        .report(diagnostics::kIdleGuard, guard.origin.span, model::to_string(guard.origin.path), std::string(why))
        .help = help;
  };
  if (guard.networks.empty()) idle("watches no network", "name the networks: `watch = [main]`");
  if (does_nothing(context, guard)) {
    idle(model::alert_emails(guard).empty() ? "tells nobody of a change, undoes none and forbids none"
                                            : "mails changes at some providers alone, and does nothing at another",
         "say `alert = TOPIC`, `revert = 5m` or `prevent = true`");
  }
  return context.design.guards.add(std::move(guard));
}

}  // namespace crenel::sema
