#include "backends/aws/lower_guards.h"

#include <algorithm>
#include <utility>

#include "backends/aws/changes.h"
#include "backends/aws/limits.h"
#include "backends/aws/names.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;

constexpr std::string_view kEvents = "events.amazonaws.com";

/// How long a value is in JSON without blanks, as EventBridge counts a pattern.
std::size_t length_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.node())) return text->size() + 2;
  std::size_t out = 2;
  if (const auto* list = std::get_if<Array>(&value.node())) {
    for (const Value& each : *list) out += length_of(each) + 1;
  } else if (const auto* members = std::get_if<Object>(&value.node())) {
    for (const auto& [name, member] : *members) out += name.size() + 4 + length_of(member);
  } else {
    out = 5;
  }
  return out;
}

/// A field that is missing, or says nobody of these. (eventbridge/latest/userguide/eb-create-pattern-operators.html: a
/// field that is missing matches no `anything-but`.)
Value nobody_of(Value names) {
  return array({object({{"exists", false}}), object({{"anything-but", std::move(names)}})});
}

}  // namespace

Value changers(const model::Guard& guard, Array own) {
  Array names;
  Array arns = {"arn:*:iam::*:role/aws-service-role/*"};
  for (const std::string& who : guard.exempt) (who.starts_with("arn:") ? arns : names).emplace_back(who);
  Value issuer;
  Value out;
  if (!names.empty()) out.set("userName", nobody_of(Value(names)));
  names.insert(names.end(), own.begin(), own.end());
  if (!names.empty()) issuer.set("userName", nobody_of(Value(names)));
  issuer.set("arn", nobody_of(object({{"wildcard", Value(arns)}})));
  if (arns.size() > 1) out.set("arn", nobody_of(Value(Array(arns.begin() + 1, arns.end()))));
  out.set("sessionContext", object({{"sessionIssuer", std::move(issuer)}}));
  return out;
}

namespace {

/// Calls of several services that one rule listens to.
struct Listening {
  Array sources;
  Array services;
  Array calls;

  [[nodiscard]] Value pattern(const model::Guard& guard) const {
    Value out;
    out.set("source", Value(sources));
    out.set("detail-type", array({"AWS API Call via CloudTrail"}));
    out.set(
        "detail",
        object({{"eventSource", Value(services)}, {"eventName", Value(calls)}, {"userIdentity", changers(guard, {})}}));
    return out;
  }
};

/// As few rules as the size of a pattern lets there be, in the order of the table.
std::vector<Listening> listenings(const model::Guard& guard) {
  std::vector<Listening> out(1);
  for (const WatchedService& each : watched_services()) {
    bool named = false;
    for (const std::string_view call : each.calls) {
      Listening longer = out.back();
      if (!named) {
        longer.sources.emplace_back(event_bus_source(each.service));
        longer.services.emplace_back(event_source(each.service));
      }
      if (std::find(longer.calls.begin(), longer.calls.end(), Value(call)) == longer.calls.end()) {
        longer.calls.emplace_back(call);
      }
      named = true;
      if (length_of(longer.pattern(guard)) <= kEventPatternCharacters) {
        out.back() = std::move(longer);
        continue;
      }
      out.push_back({.sources = {event_bus_source(each.service)},
                     .services = {event_source(each.service)},
                     .calls = {Value(call)}});
    }
  }
  return out;
}

}  // namespace

bool is_told(const model::Design& design, model::TopicId topic) {
  return std::any_of(design.guards.begin(), design.guards.end(),
                     [&](const model::Guard& guard) { return guard.alert == topic; });
}

bool has_own_key(const model::Design& design, model::TopicId topic) {
  return !design.topics[topic].key && !design.topics[topic].existing && is_told(design, topic);
}

std::vector<model::TopicId> topics_under(const model::Design& design, model::VaultId vault) {
  std::vector<model::TopicId> out;
  for (const model::TopicId topic : design.topics.ids()) {
    if (design.topics[topic].key == vault) out.push_back(topic);
  }
  return out;
}

/// Without a condition: EventBridge sends nothing along that one could speak of
/// (eventbridge/latest/userguide/eb-troubleshooting.html, "Amazon SNS … Condition blocks").
Statement publishing_of_events(const Lowering& to, model::TopicId topic) {
  Statement out;
  out.sid = "PublishedByEvents";
  out.principal = object({{"Service", kEvents}});
  out.actions = {"sns:Publish"};
  out.resources = reference_to(thing_name(to.design, topic, "Topic"));
  return out;
}

/// sns/latest/dg/sns-key-management.html, "Enable compatibility between event sources from AWS services and encrypted
/// topics".
std::optional<Statement> key_use_of_events(const Lowering& to, const std::vector<model::TopicId>& topics) {
  const bool used =
      std::any_of(topics.begin(), topics.end(), [&](model::TopicId topic) { return is_told(to.design, topic); });
  if (!used) return std::nullopt;
  Statement out;
  out.sid = "PublishingByEvents";
  out.principal = object({{"Service", kEvents}});
  out.actions = {"kms:GenerateDataKey", "kms:Decrypt"};
  out.resources = "*";
  return out;
}

std::size_t rules_of_guard(const model::Guard& guard) { return listenings(guard).size(); }

void lower_guard(Lowering& to, model::GuardId id) {
  const model::Guard& guard = to.design.guards[id];
  if (guard.prevent) lower_prevention(to, guard);
  if (!guard.alert) return;
  const std::string topic = thing_name(to.design, *guard.alert, "Topic");
  std::size_t number = 0;
  for (const Listening& each : listenings(guard)) {
    const std::string name = pascal_case(guard.origin.path) + "Watch" + std::to_string(++number) + "Rule";
    Resource& made =
        to.add(kEventRule, name, "guard", guard.origin,
               object({{"Description", rule_text("Changes that guard " + model::to_string(guard.origin.path) +
                                                 " tells of, part " + std::to_string(number))},
                       {"State", "ENABLED"},
                       {"EventPattern", each.pattern(guard)},
                       {"Targets", array({object({{"Id", "Topic"}, {"Arn", reference_to(topic)}})})}}));
    // Until it stands nobody is let publish there.
    made.depends_on = {thing_name(to.design, *guard.alert, "TopicPolicy")};
  }
  if (guard.revert_seconds) lower_revert(to, guard);
}

}  // namespace crenel::aws
