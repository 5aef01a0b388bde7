#include <algorithm>

#include "backends/azure/lift_permissions.h"
#include "backends/azure/lift_sites.h"
#include "backends/azure/resource_types.h"

/// Event Grid: who is told of new objects. What is told to anybody but a function of the template is put down.
namespace crenel::azure::lifting {
namespace {

const ServiceInfo* service_at(const Data& data, const ResourceId& id) {
  const auto found = std::find_if(data.services.begin(), data.services.end(),
                                  [&](const ServiceInfo& each) { return each.resource.key() == id.key(); });
  return found == data.services.end() ? nullptr : &*found;
}

/// The resource of the event source that a subscription belongs to.
const Resource* source_of(const Data& data, const Resource& subscription) {
  if (!subscription.is(kEventSubscription.name)) return nullptr;
  const auto parent = subscription.id.parent();
  return parent ? data.context.find(*parent) : nullptr;
}

bool is_subscription(const Resource& resource) {
  const std::string type = lower(resource.id.type);
  return type.starts_with("microsoft.eventgrid/") ? type.ends_with("eventsubscriptions")
                                                  : type.ends_with("/providers/eventsubscriptions");
}

/// Only what is new, and all that Event Grid delivers as its source's own identity.
bool is_of_created(const View& properties) {
  const auto types = properties.at("filter").at("includedEventTypes").elements();
  return types.size() == 1 && types.front().says("Microsoft.Storage.BlobCreated");
}

/// The function whose host takes the events; nothing where it does not.
const ServiceInfo* receiver(const Data& data, const View& properties) {
  const View delivery = properties.at("deliveryWithResourceIdentity");
  const View to = delivery.at("destination");
  if (properties.at("destination") || !delivery.at("identity").at("type").says("SystemAssigned")) return nullptr;
  if (!to.at("endpointType").says("StorageQueue")) return nullptr;
  const auto account = to.at("properties").at("resourceId").id();
  const Resource* app = account ? app_hosted_by(data.context, *account) : nullptr;
  if (app == nullptr || data.context.find(*account) == nullptr) return nullptr;
  const auto queues = trigger_queues(data.context, *app);
  const std::string queue = lower(to.at("properties").at("queueName").text());
  return std::find(queues.begin(), queues.end(), queue) == queues.end() ? nullptr : service_at(data, app->id);
}

/// What cannot be delivered stays with the same function.
bool is_laid_aside_well(const Data& data, const View& properties, const ServiceInfo& function) {
  if (properties.at("deadLetterDestination")) return false;
  const View lost = properties.at("deadLetterWithResourceIdentity");
  if (!lost) return true;
  const auto account = lost.at("deadLetterDestination").at("properties").at("resourceId").id();
  const Resource* app = account ? app_hosted_by(data.context, *account) : nullptr;
  return app != nullptr && app->id.key() == function.resource.key();
}

/// Whether a role of the template lets the source do an operation on what lies at `place`.
bool lets(const Data& data, const Resource& source, const std::string& place, std::string_view operation) {
  const auto& all = data.context.from.resources;
  return std::any_of(all.begin(), all.end(), [&](const Resource& each) {
    const View principal = properties_of(each).at("principalId");
    if (each.existing || !is_assignment(each) || !each.is_sure() || !principal) return false;
    if (properties_of(each).at("condition")) return false;  // Event Grid need not meet it
    const std::string scope = lower(scope_text(each));
    const bool there = place == scope || place.starts_with(scope + "/");
    return there && is_principal_of(principal, source.id) &&
           role_lets(read_role(data.context, properties_of(each).at("roleDefinitionId")), operation);
  });
}

/// Whether the source may write into the queue.
bool may_deliver(const Data& data, const Resource& source, const View& properties) {
  constexpr std::string_view kAdd = "Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action";
  const View to = properties.at("deliveryWithResourceIdentity").at("destination").at("properties");
  const auto account = to.at("resourceId").id();
  if (!account) return false;
  const std::string queue =
      lower(text_of(*account)) + "/queueservices/default/queues/" + lower(to.at("queueName").text());
  return lets(data, source, queue, kAdd);
}

std::optional<std::string> place_of_lost(const View& properties) {
  const View to = properties.at("deadLetterWithResourceIdentity").at("deadLetterDestination").at("properties");
  const auto account = to.at("resourceId").id();
  if (!account) return std::nullopt;
  return lower(text_of(*account)) + "/blobservices/default/containers/" + lower(to.at("blobContainerName").text());
}

/// Beyond writing there, an owner of what lies there says who else may.
bool administers_lost(const Data& data, const Resource& source, const View& properties) {
  constexpr std::string_view kAdminister =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/modifyPermissions/action";
  const auto container = place_of_lost(properties);
  return container && lets(data, source, *container, kAdminister);
}

/// "Dead letter and retry policies": what the source may not write there is lost. So is everything, where nothing is
/// said.
bool keeps_lost(const Data& data, const Resource& source, const View& properties) {
  constexpr std::string_view kWrite = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
  const auto container = place_of_lost(properties);
  if (!container) return false;
  const auto& all = data.context.from.resources;
  const bool made = std::any_of(all.begin(), all.end(), [&](const Resource& each) {
    return !each.existing && each.is_sure() && lower(text_of(each.id)) == *container;
  });
  return made && lets(data, source, *container, kWrite);
}

void add_subscription(Data& data, const Resource& subscription) {
  const auto elsewhere = [&](const std::string& why) {
    data.context.unknown("`" + subscription.id.name() + "` tells others of events: " + why, subscription.place);
  };
  const Resource* source = source_of(data, subscription);
  if (source == nullptr || source->existing) return elsewhere("its source is not in this template");
  const auto of = properties_of(*source).at("source").id();
  const ServiceInfo* store = of ? service_at(data, *of) : nullptr;
  if (store == nullptr || data.context.estate.services[store->id].kind != estate::Service::Kind::Store) {
    return elsewhere("it is not about a store of this template");
  }
  const View properties = properties_of(subscription);
  if (!is_of_created(properties)) return elsewhere("it is not about new objects alone");
  const ServiceInfo* function = receiver(data, properties);
  if (function == nullptr) return elsewhere("who gets them is no function of this template");
  if (!is_laid_aside_well(data, properties, *function)) {
    return elsewhere("those that are not delivered go to storage of somebody else");
  }
  if (!may_deliver(data, *source, properties)) return;  // nothing arrives
  if (!keeps_lost(data, *source, properties)) {
    weak(data.context.estate.services[function->id], "loses events that it does not take in time", subscription.place);
  }
  if (administers_lost(data, *source, properties)) {
    elsewhere("it may say who else gets to those that are not delivered");
  }
  estate::Access made;
  made.who = store->id;
  made.service = function->id;
  made.actions = {estate::Action::Invoke};
  made.anywhere = true;
  made.place = subscription.place;
  if (subscription.presence == Presence::Open || subscription.repeated) {
    made.doubt = "whether the subscription is there is not known";
  }
  data.context.estate.accesses.push_back(std::move(made));
}

}  // namespace

void lift_events(Data& data) {
  for (const Resource& each : data.context.from.resources) {
    if (!each.existing && is_subscription(each) && !is_guard(data, each)) add_subscription(data, each);
  }
}

}  // namespace crenel::azure::lifting
