#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/guards.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"

/// Queues and topics, each in a Service Bus namespace of its own: a private endpoint leads to a whole namespace, and
/// may lead to nothing that its declaration does not name. Only the tier Premium has private endpoints and keys of a
/// vault (learn.microsoft.com, "Allow access to Azure Service Bus namespaces via private endpoints", not
/// checked again).
namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Endpoint;

constexpr std::size_t kLongestNamespaceName = 50;
/// A queue that lays nothing aside: the most tries that there are.
constexpr int kMostTries = 2000;

std::string duration(std::int64_t seconds) {
  constexpr std::int64_t kDay = 86400;
  std::string out = "P";
  if (seconds >= kDay) out += std::to_string(seconds / kDay) + "D";
  std::int64_t rest = seconds % kDay;
  if (rest == 0) return out;
  out += "T";
  for (const auto& [unit, letter] : {std::pair<std::int64_t, char>{3600, 'H'}, {60, 'M'}, {1, 'S'}}) {
    if (rest >= unit) out += std::to_string(rest / unit) + letter;
    rest %= unit;
  }
  return out;
}

Resource space(const Design& design, const Endpoint& service) {
  Resource out;
  out.type = kMessaging;
  out.name = name_of_service(design, service);
  out.tags = service_tags(design, service);
  out.sku = document::object({{"name", "Premium"}, {"tier", "Premium"}, {"capacity", 1}});
  out.properties = document::object({{"disableLocalAuth", true},
                                     {"minimumTlsVersion", "1.2"},
                                     {"premiumMessagingPartitions", 1},
                                     {"publicNetworkAccess", "Disabled"}});
  if (const auto vault = key_of(design, service)) {
    const Term identity = encryption_identity_id(design, *vault);
    out.identity = acting_as(identity);
    out.properties.set(
        "encryption",
        document::object({{"keySource", "Microsoft.KeyVault"},
                          {"requireInfrastructureEncryption", true},
                          {"keyVaultProperties",
                           document::array({document::object(
                               {{"keyName", kKeyName},
                                {"keyVaultUri", vault_uri(design, *vault).value()},
                                {"identity", document::object({{"userAssignedIdentity", identity.value()}})}})})}}));
    out.depends_on = {key_id(design, *vault), encryption_assignment_id(design, *vault)};
  }
  out.cause = cause_of_service(design, service);
  return out;
}

Resource part(const ResourceType& type, const Design& design, const Endpoint& service,
              const std::vector<std::string>& names, Value properties) {
  Resource out;
  out.type = type;
  out.name = child_name(name_of_service(design, service), names);
  out.properties = std::move(properties);
  out.depends_on = {resource_id(kMessaging, name_of_service(design, service))};
  out.cause = cause_of_service(design, service);
  return out;
}

void add_space(const Design& design, const Endpoint& service, Template& out) {
  const auto* topic = std::get_if<model::TopicId>(&service);
  const bool told = topic != nullptr && is_told(design, *topic);
  add_global_name(design, service, kLongestNamespaceName, out);
  out.resources.push_back(space(design, service));
  out.resources.push_back(part(
      kMessagingNetwork, design, service, {"default"},
      document::object(
          {{"publicNetworkAccess", "Disabled"}, {"defaultAction", "Deny"}, {"trustedServiceAccessEnabled", told}})));
}

void add_queue(const Design& design, model::QueueId id, Template& out) {
  const model::Queue& queue = design.queues[id];
  add_space(design, id, out);
  Value properties = document::object({{"lockDuration", "PT1M"},
                                       {"maxDeliveryCount", queue.retry.value_or(kMostTries)},
                                       {"deadLetteringOnMessageExpiration", false}});
  if (queue.retain_seconds) properties.set("defaultMessageTimeToLive", duration(*queue.retain_seconds));
  out.resources.push_back(part(kQueue, design, id, {part_name(queue.origin.path)}, std::move(properties)));
}

/// A topic, with a subscription for each that subscribes: it sees what others have read.
void add_topic(const Design& design, model::TopicId id, Template& out) {
  const std::string name = part_name(design.topics[id].origin.path);
  add_space(design, id, out);
  out.resources.push_back(part(kTopic, design, id, {name}, document::object({{"supportOrdering", true}})));
  std::vector<Endpoint> subscribers;
  for (const model::DataFlow& flow : design.data_flows) {
    const bool takes =
        std::find(flow.actions.begin(), flow.actions.end(), model::DataAction::Subscribe) != flow.actions.end();
    if (flow.to != Endpoint(id) || !takes) continue;
    if (std::find(subscribers.begin(), subscribers.end(), flow.from) == subscribers.end()) {
      subscribers.push_back(flow.from);
    }
  }
  for (const Endpoint& each : subscribers) {
    const std::string own = subscription_name(design, each);
    Resource made = part(kSubscription, design, id, {name, own},
                         document::object({{"lockDuration", "PT1M"}, {"maxDeliveryCount", kMostTries}}));
    made.depends_on.push_back(resource_id(kMessaging, name_of_service(design, id), {"topics", name}));
    out.resources.push_back(std::move(made));
  }
}

}  // namespace

std::string subscription_name(const Design& design, const Endpoint& subscriber) {
  constexpr std::size_t kLongest = 50;
  std::string out = part_name(model::origin_of(design, subscriber).path);
  out.resize(std::min(out.size(), kLongest));
  return out;
}

void lower_messages(const Design& design, Template& out) {
  for (const model::QueueId id : design.queues.ids()) add_queue(design, id, out);
  for (const model::TopicId id : design.topics.ids()) {
    if (!design.topics[id].existing) add_topic(design, id, out);
  }
}

}  // namespace crenel::azure
