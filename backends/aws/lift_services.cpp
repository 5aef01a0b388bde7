#include <utility>

#include "backends/aws/lift_interfaces.h"
#include "backends/aws/lift_service_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Interface;
using estate::PublicAddress;

std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    out.push_back(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return out;
}

/// What stands at a path; nothing when something on the way is not known.
const Value* at_path(const Value& object, std::string_view path) {
  const Value* at = &object;
  for (const std::string_view step : steps_of(path)) {
    if (!at->absent() && at->as<Object>() == nullptr) return nullptr;
    at = &(*at)[step];
  }
  return at;
}

/// Members of the objects on a service's paths that no part of the lift reads and that may decide about packets.
void check_members(Reading& reading, const Item& item, const ServiceType& service) {
  const std::vector<std::string_view> paths = {service.subnets, service.groups, service.subnet_group, service.cluster,
                                               service.public_address};
  const auto look = [&](const Value& object, std::size_t depth) {
    const auto* members = object.as<Object>();
    if (members == nullptr) return;
    for (const Member& member : members->members) {
      bool is_read = false;
      for (const std::string_view path : paths) {
        const std::vector<std::string_view> steps = steps_of(path);
        is_read = is_read || (steps.size() > depth && steps[depth] == member.name);
      }
      if (is_read || !speaks_of_networks(member.name)) continue;
      reading.unknown(member.value.place,
                      "`" + member.name + "` of `" + item.id() + "` is not read: what it changes " + "is not known");
    }
  };
  look(item.properties, 0);
  const std::vector<std::string_view> steps = steps_of(service.subnets);
  const Value* object = &item.properties;
  for (std::size_t depth = 0; depth + 1 < steps.size(); ++depth) {
    object = &(*object)[steps[depth]];
    look(*object, depth + 1);
  }
}

PublicAddress said_address(const Value& said, PublicAddress without) {
  if (said.absent()) return without;
  const auto text = known_text(said);
  if (text == "ENABLED") return PublicAddress::Yes;
  if (text == "DISABLED") return PublicAddress::No;
  const auto flag = known_flag(said);
  if (!flag) return PublicAddress::Unknown;
  return *flag ? PublicAddress::Yes : PublicAddress::No;
}

/// Where a service says in which subnets it is and what groups it carries: itself, or its cluster.
struct Source {
  const Item* item = nullptr;
  const ServiceType* type = nullptr;
};

Source source_of(const Reading& reading, const Item& item, const ServiceType& service) {
  if (service.cluster.empty() || item[service.cluster].absent()) return {.item = &item, .type = &service};
  const Item* cluster = reading.target(item[service.cluster], service.cluster_type);
  return {.item = cluster, .type = service_type(service.cluster_type)};
}

/// A copy of something that another template, or nobody, says the network of.
bool is_copy(const Item& item) {
  const auto* members = item.properties.as<Object>();
  if (members == nullptr) return true;
  for (const Member& member : members->members) {
    if (member.name.starts_with("Source") || member.name.starts_with("ReplicationSource")) return true;
  }
  return false;
}

void read_service(Reading& reading, const Item& item, const ServiceType& service) {
  Interface made = interface_for(item, estate::Role::Member);
  const Source source = source_of(reading, item, service);
  if (source.item == nullptr) {
    put_unknown_interface(reading, item, std::move(made), "its cluster is not in the template");
    return;
  }
  const Value& named = (*source.item)[source.type->subnet_group];
  const Item* subnet_group = reading.target(named, source.type->subnet_group_type);
  const Value* subnets = at_path(source.item->properties, source.type->subnets);
  if (subnet_group != nullptr) subnets = &(*subnet_group)["SubnetIds"];
  const Value* groups = at_path(source.item->properties, source.type->groups);
  const Value* address = at_path(item.properties, service.public_address);
  if (subnets == nullptr || groups == nullptr || address == nullptr) {
    put_unknown_interface(reading, item, std::move(made), "which network it is in depends on a condition");
    return;
  }
  const bool is_grouped = !source.type->subnet_group.empty();
  if (is_grouped && named.absent() && is_copy(*source.item)) {
    put_unknown_interface(reading, item, std::move(made), "it is a copy of something that is not in the template");
    return;
  }
  check_members(reading, item, service);
  made.subnets = reading.subnets(is_grouped && subnet_group == nullptr ? named : *subnets);
  made.public_address = service.public_address.empty() ? PublicAddress::No : said_address(*address, service.without);
  for (const estate::SubnetId id : made.subnets) {
    // Whether a service takes the address of IPv6 that its subnet has to give is a matter of the service.
    const auto given = reading.v6_subnets.find(id);
    const bool none = given != reading.v6_subnets.end() && given->second == PublicAddress::No;
    if (!none) made.public_address_v6 = PublicAddress::Unknown;
  }
  reading.apply_groups(made, *groups);
  put_interface(reading, item, std::move(made));
}

}  // namespace

void read_services(Reading& reading) {
  for (const Item& item : reading.items()) {
    const ServiceType* service = service_type(item.resource->type);
    if (service == nullptr) continue;
    const bool whole = item.properties.as<Object>() != nullptr;
    if (whole && !service->only_with.empty() && item[service->only_with].absent()) continue;
    read_service(reading, item, *service);
  }
}

}  // namespace crenel::aws::reading
