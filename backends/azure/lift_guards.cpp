#include <algorithm>

#include "backends/azure/changes.h"
#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"
#include "backends/azure/resource_types.h"

/// Guards: subscriptions to the events of a resource group that lead to a topic of the template.
namespace crenel::azure::lifting {
namespace {

constexpr std::string_view kGroups = "Microsoft.Resources.ResourceGroups";
constexpr std::string_view kWhoAsks = "data.claims.appid";

const Resource* source_of_group(const Data& data, const Resource& subscription) {
  if (!subscription.is(kEventSubscription.name)) return nullptr;
  const auto parent = subscription.id.parent();
  const Resource* source = parent ? data.context.find(*parent) : nullptr;
  const bool of_group = source != nullptr && !source->existing && properties_of(*source).at("topicType").says(kGroups);
  return of_group ? source : nullptr;
}

const ServiceInfo* told_by(const Data& data, const Resource& subscription) {
  const View delivery = properties_of(subscription).at("deliveryWithResourceIdentity");
  const View to = delivery.at("destination");
  if (properties_of(subscription).at("destination") || !delivery.at("identity").at("type").says("SystemAssigned") ||
      !to.at("endpointType").says("ServiceBusTopic")) {
    return nullptr;
  }
  const auto id = to.at("properties").at("resourceId").id();
  const auto found = std::find_if(data.services.begin(), data.services.end(), [&](const ServiceInfo& each) {
    return id && data.context.estate.services[each.id].kind == estate::Service::Kind::Topic &&
           each.resource.key() == id->key();
  });
  return found == data.services.end() ? nullptr : &*found;
}

class Reader {
 public:
  Reader(const Data& data, const Resource& subscription, const Resource& source, const ServiceInfo& topic)
      : data_(data), subscription_(subscription), source_(source), topic_(topic) {}

  estate::Guard read() {
    made_.name = stem_of(subscription_.id.names.back(), {"Guard"});
    made_.told = topic_.id;
    made_.place = subscription_.place;
    group();
    events();
    narrowed();
    left_alone();
    way();
    std::sort(made_.exempt.begin(), made_.exempt.end());
    made_.exempt.erase(std::unique(made_.exempt.begin(), made_.exempt.end()), made_.exempt.end());
    return std::move(made_);
  }

 private:
  void weak(std::string what, const Place& place, bool sure = true) {
    made_.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
  }

  void group() {
    const View of = properties_of(source_).at("source");
    const Place& place = of ? of.place() : source_.place;
    if (lower(of.text()) != lower(subscription_.id.scope)) weak("tells of another resource group", place);
    const bool sure = subscription_.is_sure() && source_.is_sure();
    if (!sure) weak("is there", subscription_.place, false);
  }

  void events() {
    const View types = filter().at("includedEventTypes");
    if (!types) return;  // all that there are
    for (const std::string_view each : watched_event_types()) {
      const auto all = types.elements();
      const bool listed = std::any_of(all.begin(), all.end(), [&](const View& one) { return one.says(each); });
      if (!listed) weak("does not tell of `" + std::string(each) + "`", types.place());
    }
  }

  void narrowed() {
    for (const char* part : {"subjectBeginsWith", "subjectEndsWith"}) {
      const View text = filter().at(part);
      if (text && !text.text().empty()) weak("tells only of what its filter names", text.place());
    }
    const View until = properties_of(subscription_).at("expirationTimeUtc");
    if (until) weak("ends at a time that is set", until.place());
  }

  void left_alone() {
    for (const View& each : filter().at("advancedFilters").elements()) {
      const bool known = each.at("operatorType").says("StringNotIn") && each.at("key").says(kWhoAsks);
      if (!known) {
        weak("tells of all changes in spite of a filter that is not read", each.place(), false);
        continue;
      }
      for (const View& who : each.at("values").elements()) made_.exempt.push_back(who.text());
    }
  }

  /// The source's own identity has the role, and the topic's firewall lets Azure's own services past.
  void way() {
    const auto& all = data_.context.from.resources;
    const bool let = std::any_of(all.begin(), all.end(), [&](const Resource& each) {
      if (each.existing || !is_assignment(each) || !each.is_sure()) return false;
      const View principal = properties_of(each).at("principalId");
      const std::string own = lower(text_of(topic_.resource));
      const std::string scope = lower(scope_text(each));
      const bool there = own == scope || own.starts_with(scope + "/");
      if (!there || properties_of(each).at("condition") || !is_principal_of(principal, source_.id)) {
        return false;
      }
      const Granted given =
          granted(read_role(data_.context, properties_of(each).at("roleDefinitionId")), estate::Service::Kind::Topic);
      return given.doubt.empty() &&
             std::find(given.actions.begin(), given.actions.end(), estate::Action::Publish) != given.actions.end();
    });
    if (!let) weak("is not surely let publish on its topic", subscription_.place);
    if (!is_locked(data_, source_))
      weak("can be deleted like everything else: no lock is on its source", source_.place);
    if (!passes_firewall()) weak("does not get past the firewall of its topic", subscription_.place);
  }

  [[nodiscard]] bool passes_firewall() const {
    for (const Resource* each : data_.context.all(kMessagingNetwork.name)) {
      const auto parent = each->id.parent();
      if (!parent || parent->key() != topic_.connected.key()) continue;
      return properties_of(*each).at("trustedServiceAccessEnabled").truth() == std::optional(true);
    }
    return topic_.ways.anywhere;
  }

  [[nodiscard]] View filter() const { return properties_of(subscription_).at("filter"); }

  const Data& data_;
  const Resource& subscription_;
  const Resource& source_;
  const ServiceInfo& topic_;
  estate::Guard made_;
};

}  // namespace

estate::Guard& guard_named(Data& data, const std::string& name, const Place& place) {
  auto& guards = data.context.estate.guards;
  const auto found =
      std::find_if(guards.begin(), guards.end(), [&](const estate::Guard& each) { return each.name == name; });
  if (found != guards.end()) return *found;
  estate::Guard made;
  made.name = name;
  made.place = place;
  return *guards.insert(guards.end(), std::move(made));
}

bool is_locked(const Data& data, const Resource& resource) {
  const auto all = data.context.all(kLock.name);
  return std::any_of(all.begin(), all.end(), [&](const Resource* each) {
    const View level = properties_of(*each).at("level");
    const std::string scope = lower(scope_text(*each));
    const std::string own = lower(text_of(resource.id));
    const bool there = scope == own || own.starts_with(scope + "/");
    return each->is_sure() && there && (level.says("CanNotDelete") || level.says("ReadOnly"));
  });
}

bool is_guard(const Data& data, const Resource& subscription) {
  return source_of_group(data, subscription) != nullptr && told_by(data, subscription) != nullptr;
}

bool is_way_of_guard(const Data& data, const Resource& assignment, const ServiceInfo& service) {
  const View principal = properties_of(assignment).at("principalId");
  const auto& all = data.context.from.resources;
  return principal && std::any_of(all.begin(), all.end(), [&](const Resource& each) {
           if (each.existing || !is_guard(data, each)) return false;
           return told_by(data, each)->id == service.id && is_principal_of(principal, source_of_group(data, each)->id);
         });
}

void lift_guards(Data& data) {
  for (const Resource& each : data.context.from.resources) {
    if (each.existing || !is_guard(data, each)) continue;
    data.context.estate.guards.push_back(Reader(data, each, *source_of_group(data, each), *told_by(data, each)).read());
  }
}

}  // namespace crenel::azure::lifting
