#include <algorithm>
#include <iterator>
#include <set>

#include "backends/aws/changes.h"
#include "backends/aws/lift_data.h"
#include "backends/aws/lift_reverts.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

constexpr std::string_view kRecordedCalls = "AWS API Call via CloudTrail";
constexpr std::string_view kEvents = "events.amazonaws.com";
constexpr std::string_view kServiceRoles = "arn:*:iam::*:role/aws-service-role/*";

/// Every text of a list; nothing when one of them is something else, or may not be there.
std::optional<std::vector<std::string>> texts_of(const Value& list) {
  std::vector<std::string> out;
  for (const Option& option : elements_of(list)) {
    const auto* to = option.value->as<Reference>();
    const auto text = to != nullptr && to->attribute.empty() ? name_of(*to) : known_text(*option.value);
    if (!text || !option.certain) return std::nullopt;
    out.push_back(*text);
  }
  return out;
}

/// `[{exists: false}, {anything-but: …}]`: whoever is left out by it. Nothing: it is something else.
std::optional<std::vector<std::string>> left_out(const Value& test) {
  if (test.absent()) return std::vector<std::string>();
  const auto options = elements_of(test);
  if (options.size() != 2) return std::nullopt;
  const Value& missing = *options[0].value;
  const Value& other = *options[1].value;
  if (!has_none_but(missing, {"exists"}) || known_flag(missing["exists"]) != false) return std::nullopt;
  if (!has_none_but(other, {"anything-but"})) return std::nullopt;
  const Value& names = other["anything-but"];
  if (names.absent()) return std::nullopt;
  if (names.as<Object>() == nullptr) return texts_of(names);
  const Value& pattern = names["wildcard"];
  return has_none_but(names, {"wildcard"}) && !pattern.absent() ? texts_of(pattern) : std::nullopt;
}

}  // namespace

std::optional<std::string> name_of(const Reference& to) { return "{" + to.resource + "}"; }

estate::Guard& guard_named(Reading& reading, const std::string& name, const Place& place) {
  auto& guards = reading.estate.guards;
  const auto found =
      std::find_if(guards.begin(), guards.end(), [&](const estate::Guard& each) { return each.name == name; });
  if (found != guards.end()) return *found;
  estate::Guard made;
  made.name = name;
  made.place = place;
  return guards.emplace_back(std::move(made));
}

bool has_none_but(const Value& object, std::initializer_list<std::string_view> names) {
  const auto* members = object.as<Object>();
  return members != nullptr && std::all_of(members->members.begin(), members->members.end(), [&](const Member& each) {
           return std::find(names.begin(), names.end(), each.name) != names.end();
         });
}

std::optional<std::set<std::string>> exempt_of(const Value& identity) {
  if (identity.absent()) return std::set<std::string>();
  const Value& context = identity["sessionContext"];
  const Value& issuer = context["sessionIssuer"];
  const bool shaped = has_none_but(identity, {"userName", "arn", "sessionContext"}) &&
                      (context.absent() || has_none_but(context, {"sessionIssuer"})) &&
                      (issuer.absent() || has_none_but(issuer, {"userName", "arn"}));
  if (!shaped) return std::nullopt;
  std::set<std::string> out;
  for (const Value* test : {&identity["userName"], &identity["arn"], &issuer["userName"], &issuer["arn"]}) {
    const auto names = left_out(*test);
    if (!names) return std::nullopt;
    out.insert(names->begin(), names->end());
  }
  out.erase(std::string(kServiceRoles));
  return out;
}

std::optional<Calls> calls_of(const Value& pattern) {
  const Value& detail = pattern["detail"];
  const auto sources = texts_of(pattern["source"]);
  const auto services = texts_of(detail["eventSource"]);
  const auto names = texts_of(detail["eventName"]);
  if (!has_none_but(pattern, {"source", "detail-type", "detail"}) ||
      !has_none_but(detail, {"eventSource", "eventName", "userIdentity"}) || !sources || !services || !names) {
    return std::nullopt;
  }
  const std::string suffix = ".amazonaws.com";
  Calls out;
  for (const std::string& service : *services) {
    if (!service.ends_with(suffix)) continue;
    const std::string word = service.substr(0, service.size() - suffix.size());
    if (std::find(sources->begin(), sources->end(), event_bus_source(word)) == sources->end()) continue;
    for (const std::string& name : *names) out.insert(word + ":" + name);
  }
  return out;
}

namespace {

/// "Drift" of "DriftWatch2Rule"; else the whole.
std::string guard_name(std::string id) {
  constexpr std::string_view kRole = "Rule";
  constexpr std::string_view kPart = "Watch";
  if (!id.ends_with(kRole)) return id;
  std::string stem = id.substr(0, id.size() - kRole.size());
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  if (!stem.ends_with(kPart) || stem.size() == kPart.size()) return id;
  return stem.substr(0, stem.size() - kPart.size());
}

}  // namespace

bool listens_to_calls(const Item& rule) {
  const auto kinds = texts_of(rule["EventPattern"]["detail-type"]);
  return kinds && std::find(kinds->begin(), kinds->end(), kRecordedCalls) != kinds->end();
}

namespace {

class Guards {
 public:
  Guards(Reading& reading, const DataReading& data) : reading_(reading), data_(data) {}

  void run() {
    for (const Item* rule : reading_.of(kEventRule.name)) {
      if (listens_to_calls(*rule) && topic_of(*rule) != nullptr) add(*rule);
    }
    for (Found& each : found_) finish(each);
    for (const estate::ServiceId topic : told_) take_publishing(topic);
    for (Found& each : found_) reading_.estate.guards.push_back(std::move(each.guard));
  }

 private:
  struct Found {
    estate::Guard guard;
    Calls calls;
    std::set<std::string> exempt;
  };

  [[nodiscard]] const Holder* topic_of(const Item& rule) const {
    for (const Option& target : elements_of(rule["Targets"])) {
      const auto* to = (*target.value)["Arn"].as<Reference>();
      const Item* item = to == nullptr ? nullptr : reading_.find(to->resource);
      if (item != nullptr && item->resource->type == kTopic.name && target.certain) return data_.holder(item);
    }
    return nullptr;
  }

  void add(const Item& rule) {
    const std::string name = guard_name(rule.id());
    auto found = std::find_if(found_.begin(), found_.end(), [&](const Found& each) { return each.guard.name == name; });
    if (found == found_.end()) {
      Found made;
      made.guard.name = name;
      made.guard.told = topic_of(rule)->service;
      made.guard.place = rule.place();
      found = found_.insert(found_.end(), std::move(made));
    }
    if (topic_of(rule)->service != *found->guard.told) {
      found->guard.weaknesses.push_back(
          {.what = "tells different topics of different calls", .sure = true, .place = rule.place()});
      return;
    }
    if (known_text(rule["State"]) == "DISABLED") return;  // what it would tell is missing
    const auto calls = calls_of(rule["EventPattern"]);
    const auto exempt = exempt_of(rule["EventPattern"]["detail"]["userIdentity"]);
    const bool on = rule["State"].absent() || known_text(rule["State"]).has_value();
    const bool plain = rule["EventBusName"].absent() && rule.certain && on;
    if (!calls || !exempt || !plain || narrows_message(rule)) {
      found->guard.weaknesses.push_back(
          {.what = "tells all that `" + rule.id() + "` hears", .sure = false, .place = rule.place()});
      return;
    }
    found->calls.insert(calls->begin(), calls->end());
    found->exempt.insert(exempt->begin(), exempt->end());
  }

  /// The target is handed something else than the event.
  static bool narrows_message(const Item& rule) {
    for (const Option& target : elements_of(rule["Targets"])) {
      if (!has_none_but(*target.value, {"Id", "Arn", "RetryPolicy", "DeadLetterConfig"})) return true;
    }
    return false;
  }

  void finish(Found& found) {
    estate::Guard& guard = found.guard;
    guard.exempt.assign(found.exempt.begin(), found.exempt.end());
    std::vector<std::string> missing;
    for (const WatchedService& each : watched_services()) {
      for (const std::string_view call : each.calls) {
        std::string name = std::string(each.service) + ":" + std::string(call);
        if (!found.calls.contains(name)) missing.push_back(std::move(name));
      }
    }
    if (!missing.empty()) {
      const std::string more =
          missing.size() == 1 ? ""
                              : " and " + std::to_string(missing.size() - 1) + " other calls that change something";
      guard.weaknesses.push_back(
          {.what = "does not tell of `" + missing.front() + "`" + more, .sure = true, .place = guard.place});
    }
    check_way(guard);
    told_.insert(*guard.told);
  }

  /// EventBridge has to be let in by the topic's policy, and by the key's.
  void check_way(estate::Guard& guard) {
    const auto& accesses = reading_.estate.accesses;
    const bool let_in = std::any_of(accesses.begin(), accesses.end(), [&](const estate::Access& access) {
      return is_of_events(access, *guard.told) && access.doubt.empty() && access.anywhere &&
             std::find(access.actions.begin(), access.actions.end(), estate::Action::Publish) != access.actions.end();
    });
    const Holder* topic = data_.first(*guard.told);
    const Value& key = (*topic->item)["KmsMasterKeyId"];
    if (!let_in) {
      guard.weaknesses.push_back({.what = "is not surely let publish on its topic, by the topic's policy or the key's",
                                  .sure = true,
                                  .place = topic->item->place()});
    } else if (topic->key == nullptr && !key.absent()) {
      guard.weaknesses.push_back(
          {.what = "may not use the key that its topic is encrypted with", .sure = true, .place = key.place});
    }
  }

  static bool is_of_events(const estate::Access& access, estate::ServiceId service) {
    const auto* named = std::get_if<estate::Named>(&access.who);
    const auto* name = named == nullptr ? nullptr : std::get_if<std::string>(&named->who);
    return name != nullptr && *name == kEvents && access.service == service;
  }

  void take(estate::ServiceId service, std::initializer_list<estate::Action> actions) {
    auto& all = reading_.estate.accesses;
    for (estate::Access& access : all) {
      if (!is_of_events(access, service)) continue;
      std::erase_if(access.actions, [&](estate::Action action) {
        return std::find(actions.begin(), actions.end(), action) != actions.end();
      });
    }
    std::erase_if(all, [](const estate::Access& access) { return access.actions.empty(); });
  }

  void take_publishing(estate::ServiceId topic) {
    take(topic, {estate::Action::Publish});
    const auto& key = reading_.estate.services[topic].key;
    if (key) take(*key, {estate::Action::Encrypt, estate::Action::Decrypt});
  }

  Reading& reading_;
  const DataReading& data_;
  std::vector<Found> found_;
  std::set<estate::ServiceId> told_;
};

}  // namespace

bool listens_to_changes(const Item& rule) {
  const auto kinds = texts_of(rule["EventPattern"]["detail-type"]);
  const auto calls = calls_of(rule["EventPattern"]);
  if (!kinds || kinds->size() != 1 || kinds->front() != kRecordedCalls || !calls) return false;
  // A rule hears every call that it names of every service that it names. None that is a change is Amazon S3's for
  // objects (AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html; checked 2026-11-28).
  std::set<std::string_view> known;
  for (const Change& change : changes()) known.insert(change.calls.begin(), change.calls.end());
  return std::all_of(calls->begin(), calls->end(), [&](const std::string& call) {
    return !call.starts_with("s3:") || known.contains(std::string_view(call).substr(3));
  });
}

void read_guards(Reading& reading, const DataReading& data) {
  Guards(reading, data).run();
  read_reverts(reading, data);
  read_preventions(reading, data);
  read_blockings(reading);
}

}  // namespace crenel::aws::reading
