#include "backends/azure/lift_data.h"
#include "backends/azure/resource_types.h"

/// Queues and topics of Service Bus. What closes them is said by their namespace.
namespace crenel::azure::lifting {
namespace {

using estate::Service;

/// Above this nothing is laid aside for all that matters: it is the most that the provider takes.
constexpr std::int64_t kMostTries = 2000;

/// "P4D", "PT12H30M", "P1DT6H": years and months do not occur in what the provider takes.
std::optional<std::int64_t> seconds_of(const std::string& text) {
  if (text.empty() || text.front() != 'P') return std::nullopt;
  std::int64_t total = 0;
  std::int64_t number = 0;
  bool time = false;
  bool digits = false;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      number = number * 10 + (c - '0');
      digits = true;
      if (number > 1'000'000'000) return std::nullopt;
      continue;
    }
    if (c == 'T' && !time && !digits) {
      time = true;
      continue;
    }
    const std::int64_t unit = c == 'D' && !time  ? 86400
                              : c == 'H' && time ? 3600
                              : c == 'M' && time ? 60
                              : c == 'S' && time ? 1
                                                 : 0;
    if (unit == 0 || !digits) return std::nullopt;
    total += number * unit;
    number = 0;
    digits = false;
  }
  return digits ? std::nullopt : std::optional(total);
}

struct Namespace {
  const Resource* resource;
  Ways ways;
  std::optional<ServiceId> key;
  std::vector<estate::Weakness> weaknesses;
};

Ways namespace_ways(Data& data, const Resource& resource) {
  const View properties = properties_of(resource);
  for (const Resource* each : data.context.all(kMessagingNetwork.name)) {
    const auto parent = each->id.parent();
    if (!parent || parent->key() != resource.id.key()) continue;
    const View rules = properties_of(*each);
    const View access =
        rules.at("publicNetworkAccess") ? rules.at("publicNetworkAccess") : properties.at("publicNetworkAccess");
    // learn.microsoft.com, "Configure IP firewall rules for Azure Service Bus", checked 2026-11-27: nothing said is
    // "Allow", and "if there are no IP and virtual network rules, all the traffic flows into the namespace"
    Ways out = ways_of(data, {.access = access, .rules = rules, .address = "ipMask", .open_without_rules = true});
    if (each->presence == Presence::Open || each->repeated) out.doubt = "whether the firewall is there is not known";
    // both are asked: the stricter one holds
    if (properties.at("publicNetworkAccess").says("Disabled")) out = Ways{};
    return out;
  }
  return ways_of(data, {.access = properties.at("publicNetworkAccess"), .rules = {}, .address = "ipMask"});
}

Namespace read_namespace(Data& data, const Resource& resource) {
  const View properties = properties_of(resource);
  data.context.check(properties, "namespace",
                     {"disableLocalAuth", "encryption", "minimumTlsVersion", "publicNetworkAccess"},
                     {"premiumMessagingPartitions", "zoneRedundant", "alternateName", "privateEndpointConnections",
                      "geoDataReplication", "serviceBusEndpoint", "metricId", "createdAt", "updatedAt", "status"});
  Service weak_points;
  const View local = properties.at("disableLocalAuth");
  if (local.truth() != std::optional(true)) {
    weak(weak_points, "can be used with a shared key", local ? local.place() : resource.place, !local.open());
  }
  const View tls = properties.at("minimumTlsVersion");
  if (!tls.says("1.2") && !tls.says("1.3")) {
    weak(weak_points, "takes versions of TLS before 1.2", tls ? tls.place() : resource.place, tls && !tls.open());
  }
  const View encryption = properties.at("encryption");
  weak_points.name = resource.id.name();
  if (encryption.at("keySource").says("Microsoft.KeyVault")) {
    for (const View& each : encryption.at("keyVaultProperties").elements()) {
      set_key(data, weak_points, each.at("keyVaultUri") ? each.at("keyVaultUri") : each, each.at("keyName").text());
    }
  }
  return {.resource = &resource,
          .ways = namespace_ways(data, resource),
          .key = weak_points.key,
          .weaknesses = std::move(weak_points.weaknesses)};
}

/// A queue, a topic or a subscription.
void check_entity(Data& data, const View& properties, std::string_view what) {
  data.context.check(
      properties, what, {"maxDeliveryCount", "defaultMessageTimeToLive", "forwardTo", "forwardDeadLetteredMessagesTo"},
      {"lockDuration", "maxSizeInMegabytes", "maxMessageSizeInKilobytes", "requiresDuplicateDetection",
       "requiresSession", "deadLetteringOnMessageExpiration", "deadLetteringOnFilterEvaluationExceptions",
       "duplicateDetectionHistoryTimeWindow", "status", "enableBatchedOperations", "autoDeleteOnIdle",
       "enablePartitioning", "enableExpress", "supportOrdering", "isClientAffine"});
  for (const char* on : {"forwardTo", "forwardDeadLetteredMessagesTo"}) {
    if (properties.at(on)) {
      data.context.unknown("a " + std::string(what) + " hands its messages on, which is not read",
                           properties.at(on).place());
    }
  }
}

void add_entity(Data& data, const Namespace& of, const Resource& resource, Service::Kind kind) {
  const View properties = properties_of(resource);
  Service made = service_of(kind, resource);
  made.stem = service_stem(*of.resource);  // a namespace is for one thing, and has its name
  made.key = of.key;
  made.weaknesses = of.weaknesses;
  check_entity(data, properties, kind == Service::Kind::Queue ? "queue" : "topic");
  if (kind == Service::Kind::Queue) {
    const auto tries = properties.at("maxDeliveryCount").number();
    made.tries = static_cast<int>(tries.value_or(10));
    if (*made.tries == kMostTries) made.tries.reset();
    made.retain_seconds = seconds_of(properties.at("defaultMessageTimeToLive").text());
  }
  add_service(data, std::move(made), resource,
              {.id = {}, .resource = resource.id, .connected = of.resource->id, .group = "namespace", .ways = of.ways});
}

}  // namespace

void lift_messages(Data& data) {
  for (const Resource* each : data.context.all(kMessaging.name)) {
    const Namespace of = read_namespace(data, *each);
    const auto add = [&](const ResourceType& type, Service::Kind kind) {
      for (const Resource* part : data.context.all(type.name)) {
        const auto parent = part->id.parent();
        if (parent && parent->key() == each->id.key()) add_entity(data, of, *part, kind);
      }
    };
    add(kQueue, Service::Kind::Queue);
    add(kTopic, Service::Kind::Topic);
    for (const Resource* part : data.context.all(kSubscription.name)) {
      const auto topic = part->id.parent();
      const auto space = topic ? topic->parent() : std::nullopt;
      if (space && space->key() == each->id.key()) check_entity(data, properties_of(*part), "subscription");
    }
    for (const Resource* pair : data.context.all(std::string(kMessaging.name) + "/disasterRecoveryConfigs")) {
      data.context.unknown("a pairing of namespaces is not read", pair->place);
    }
  }
}

}  // namespace crenel::azure::lifting
