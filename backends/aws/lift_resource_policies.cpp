#include <algorithm>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

/// A policy that stands beside what it is about.
struct Beside {
  std::string_view type;
  std::string_view of;  ///< the type of what it is about
  const char* named;    ///< the property that names it, or a list of them
  const char* document;
};
const std::vector<Beside>& kinds_beside() {
  static const std::vector<Beside> all = {
      {kBucketPolicy.name, kBucket.name, "Bucket", "PolicyDocument"},
      {kQueuePolicy.name, kQueue.name, "Queues", "PolicyDocument"},
      {kQueueInlinePolicy, kQueue.name, "Queue", "PolicyDocument"},
      {kTopicPolicy.name, kTopic.name, "Topics", "PolicyDocument"},
      {kTopicInlinePolicy, kTopic.name, "TopicArn", "PolicyDocument"},
      {kSecretPolicy.name, kSecret.name, "SecretId", "ResourcePolicy"},
  };
  return all;
}

/// The resource that a value names: by reference or by the name that the template gives it.
const Item* named_item(const Reading& reading, const Value& value, std::string_view type) {
  if (const auto* to = value.as<Reference>()) {
    const Item* item = reading.find(to->resource);
    return item != nullptr && item->resource->type == type ? item : nullptr;
  }
  const auto name = known_text(value);
  for (const Item* item : reading.of(type)) {
    for (const char* property : {"BucketName", "QueueName", "TopicName", "Name"}) {
      if (name && known_text((*item)[property]) == name) return item;
    }
  }
  return nullptr;
}

void add(DataReading& data, const Item* item, const std::vector<PolicyStatement>& statements) {
  for (Holder& holder : data.holders) {
    if (holder.item == item) holder.policy.insert(holder.policy.end(), statements.begin(), statements.end());
  }
}

void read_beside(Reading& reading, DataReading& data, const Beside& beside) {
  for (const Item* policy : reading.of(beside.type)) {
    const auto statements = statements_of(reading, (*policy)[beside.document], policy->certain);
    for (const Option& option : elements_of((*policy)[beside.named])) {
      const Item* item = named_item(reading, *option.value, beside.of);
      if (item != nullptr) add(data, item, statements);
    }
  }
}

}  // namespace

void read_resource_policies(Reading& reading, DataReading& data) {
  for (const Beside& beside : kinds_beside()) read_beside(reading, data, beside);
  for (Holder& holder : data.holders) {
    if (holder.item->resource->type != kTable.name || !holder.arn.empty()) continue;
    holder.policy = statements_of(reading, (*holder.item)["ResourcePolicy"]["PolicyDocument"], holder.item->certain);
  }
}

void check_tls(Reading& reading, const DataReading& data) {
  const Judge judge(reading);
  for (const Holder& holder : data.holders) {
    if (!holder.arn.empty()) continue;
    const std::string& type = holder.item->resource->type;
    const bool plain = type == kBucket.name || type == kQueue.name || type == kTopic.name || type == kTable.name;
    if (!plain) continue;  // the endpoints of the others take nothing but TLS (general/latest/gr/ddb.html and its like)
    estate::Service& service = reading.estate.services[holder.service];
    // Somebody who asks without TLS, for each action: is he denied it?
    const bool closed = std::any_of(holder.policy.begin(), holder.policy.end(), [&](const PolicyStatement& statement) {
      const Value& test = (*statement.value)["Condition"]["Bool"]["aws:SecureTransport"];
      if (statement.allow || !statement.certain || known_flag(test) != false) return false;
      const auto* tests = (*statement.value)["Condition"].as<Object>();
      const auto* keys = (*statement.value)["Condition"]["Bool"].as<Object>();
      if (tests->members.size() != 1 || keys->members.size() != 1) return false;
      Caller everybody;
      if (judge.names(statement, everybody) != Naming::Itself) return false;
      const auto& actions = provider_actions(service.kind);
      return std::all_of(actions.begin(), actions.end(), [&](const ProviderAction& action) {
        if (action.action == estate::Action::Administer) return true;
        return judge.is_about(statement, std::string(action.name), resource_text(judge, holder, action.on_parts));
      });
    });
    if (!closed) {
      service.weaknesses.push_back({.what = "takes requests without TLS", .sure = true, .place = holder.item->place()});
    }
  }
}

}  // namespace crenel::aws::reading
