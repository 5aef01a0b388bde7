#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_data.h"

/// What starts functions by itself.
namespace crenel::agreement {
namespace {

using nlohmann::json;

/// EventBridge User Guide, "Event patterns": every field that the pattern names is in the event, with a value of the
/// list. Other tests than of values are not read.
Says matches(const json& pattern, const json& event) {
  if (pattern.is_array()) {
    Says out = Says::No;
    for (const json& one : pattern)
      out = either(out, one.is_object() ? Says::Unknown : one == event ? Says::Yes : Says::No);
    return out;
  }
  Says out = Says::Yes;
  for (const auto& [name, part] : pattern.items()) {
    if (name.starts_with("$")) return Says::Unknown;
    if (!event.is_object() || !event.contains(name)) return Says::No;
    out = both(out, matches(part, event.at(name)));
  }
  return out;
}

json event_of(const std::string& bucket, const char* what) {
  return {{"version", "0"},
          {"source", "aws.s3"},
          {"detail-type", what},
          {"account", kOwnAccount},
          {"detail",
           {{"version", "0"},
            {"bucket", {{"name", bucket}}},
            {"object", {{"key", "an-object"}}},
            {"reason", "PutObject"}}}};
}

}  // namespace

/// S3 User Guide, "Using EventBridge": a bucket tells of everything, where it is told to.
DataAnswer AwsData::of_event(const DataQuestion& question) const {
  DataAnswer out;
  const std::string others = "other events of ";
  const bool created = !question.who.name.starts_with(others);
  const std::string bucket = created ? question.who.name : question.who.name.substr(others.size());
  const Thing& on = thing(question.thing);
  if (on.type != "AWS::Lambda::Function" || question.action != "invoke" || question.way.plain) return out;
  const json told = values_.properties(bucket).value("NotificationConfiguration", json::object());
  if (told.contains("LambdaConfigurations")) throw std::invalid_argument(bucket + ": notifications are not read");
  if (!told.contains("EventBridgeConfiguration")) return out;
  const json on_bus = told.at("EventBridgeConfiguration").value("EventBridgeEnabled", json(true));
  if (on_bus != true && on_bus != "true") return out;
  values_.each("AWS::Events::Rule", [&](const std::string& id, const json& p) {
    if (p.value("State", "ENABLED") == "DISABLED") return;
    if (p.contains("EventBusName")) throw std::invalid_argument(id + ": another bus is not read");
    const json targets = p.value("Targets", json::array());
    const bool aimed =
        std::any_of(targets.begin(), targets.end(), [&](const json& each) { return each.at("Arn") == on.arn; });
    if (!aimed || !p.contains("EventPattern")) return;
    const std::string name = values_.reference(bucket);
    const Says meant = matches(p.at("EventPattern"), event_of(name, created ? "Object Created" : "Object Deleted"));
    Caller bus;
    bus.principal = {.kind = AwsPrincipal::Kind::Service, .arn = "events.amazonaws.com", .account = ""};
    bus.source = values_.arn(id);
    const AwsOperation& invoke = operations_of(on.type).front();
    out.admitted = either(out.admitted, both(meant, may(bus, invoke, on, {})));
  });
  out.works = out.admitted;
  return out;
}

Says AwsData::sends(const std::string& source, const Thing& on) const {
  const std::string rule = values_.owner("AWS::Events::Rule", source);
  if (rule.empty()) return Says::Yes;
  const json p = values_.properties(rule);
  const json targets = p.value("Targets", json::array());
  const bool aimed =
      std::any_of(targets.begin(), targets.end(), [&](const json& each) { return each.at("Arn") == on.arn; });
  if (!aimed || p.value("State", "ENABLED") == "DISABLED") return Says::No;
  if (on.type != "AWS::Lambda::Function" || p.contains("ScheduleExpression") || !p.contains("EventPattern")) {
    return Says::Yes;
  }
  Says out = matches(p.at("EventPattern"), event_of("of-somebody-else", "Object Created"));
  json other = event_of("", "Any");
  other["source"] = "aws.any";
  other["detail"] = json::object();
  return either(out, matches(p.at("EventPattern"), other));
}

}  // namespace crenel::agreement
