#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/functions.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/lower_functions.h"
#include "backends/azure/names.h"
#include "backends/azure/roles.h"

/// Event Grid: a system topic for each store that a function waits for, with an identity of its own, and for each
/// function a subscription that writes into the queue of its host. Behind a firewall the topic's own identity is the
/// only one that can deliver ("Storage queue as an event handler for Azure Event Grid events").
namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::FunctionId;
using model::StoreId;

Term source_name(const Design& design, StoreId store) {
  return resource_name(design.stores[store].origin.path, "Events");
}

Term source_id(const Design& design, StoreId store) { return resource_id(kEventSource, source_name(design, store)); }

Resource source(const Design& design, StoreId store) {
  Resource out;
  out.type = kEventSource;
  out.name = source_name(design, store);
  out.identity = document::object({{"type", "SystemAssigned"}});
  out.properties = document::object({{"source", resource_id(kStorageAccount, name_of_service(design, store)).value()},
                                     {"topicType", "Microsoft.Storage.StorageAccounts"}});
  out.cause = cause_of(design.stores[store].origin, "store");
  return out;
}

Resource role_of_source(const Design& design, StoreId store, FunctionId function, const Term& scope,
                        std::string_view role) {
  const Term topic = source_id(design, store);
  const Term whole =
      call("reference", {topic, Term::literal(std::string(kEventSource.api_version)), Term::literal("Full")});
  Resource out = assignment(scope, topic, Term::expression(whole.text() + ".identity.principalId"), built_in_role(role),
                            true, cause_of(design.functions[function].origin, "function"));
  out.depends_on = {scope, topic};
  return out;
}

Value as_the_topic(const char* what, Value where) {
  return document::object({{"identity", document::object({{"type", "SystemAssigned"}})}, {what, std::move(where)}});
}

Resource subscription(const Design& design, StoreId store, FunctionId function, std::vector<Term> roles) {
  const Term host = resource_id(kStorageAccount, host_name(design, function));
  const std::string container = part_name(design.stores[store].origin.path);
  Resource out;
  out.type = kEventSubscription;
  out.name = Term::literal(source_name(design, store).text() + "/" + pascal(design.functions[function].origin.path));
  out.properties = document::object(
      {{"eventDeliverySchema", "EventGridSchema"},
       {"filter", document::object({{"includedEventTypes", document::array({"Microsoft.Storage.BlobCreated"})},
                                    {"subjectBeginsWith", "/blobServices/default/containers/" + container + "/"}})},
       {"retryPolicy", document::object({{"eventTimeToLiveInMinutes", 1440}, {"maxDeliveryAttempts", 30}})},
       {"deliveryWithResourceIdentity",
        as_the_topic("destination",
                     document::object({{"endpointType", "StorageQueue"},
                                       {"properties", document::object({{"resourceId", host.value()},
                                                                        {"queueName", kEventQueue}})}}))},
       {"deadLetterWithResourceIdentity",
        as_the_topic("deadLetterDestination",
                     document::object({{"endpointType", "StorageBlob"},
                                       {"properties", document::object({{"resourceId", host.value()},
                                                                        {"blobContainerName", kLostEvents}})}}))}});
  out.depends_on = std::move(roles);
  out.depends_on.push_back(source_id(design, store));
  out.cause = cause_of(design.functions[function].origin, "function");
  return out;
}

}  // namespace

void lower_events(const Design& design, Template& out) {
  for (const StoreId store : design.stores.ids()) {
    std::vector<FunctionId> waiting;
    for (const FunctionId id : design.functions.ids()) {
      const auto& all = design.functions[id].on_created;
      if (std::find(all.begin(), all.end(), store) != all.end()) waiting.push_back(id);
    }
    if (waiting.empty()) continue;
    out.resources.push_back(source(design, store));
    for (const FunctionId id : waiting) {
      const Term account = host_name(design, id);
      std::vector<Term> roles;
      const auto let = [&](const std::vector<std::string>& part, std::string_view role) {
        out.resources.push_back(role_of_source(design, store, id, resource_id(kStorageAccount, account, part), role));
        roles.push_back(id_of(out.resources.back()));
      };
      let({"queueServices", "default", "queues", std::string(kEventQueue)}, kQueueSender);
      let({"blobServices", "default", "containers", std::string(kLostEvents)}, kBlobContributor);
      out.resources.push_back(subscription(design, store, id, std::move(roles)));
    }
  }
}

}  // namespace crenel::azure
