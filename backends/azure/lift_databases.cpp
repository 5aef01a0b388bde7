#include "backends/azure/lift_context.h"
#include "backends/azure/lift_rules.h"
#include "backends/azure/resource_types.h"

/// Flexible servers of PostgreSQL and MySQL that stand in a subnet of their own ("Network with private access", of
/// both).
namespace crenel::azure::lifting {
namespace {

/// {"shop", "orders"} is "ShopOrders".
std::string pascal_of(const std::string& path) {
  std::string out;
  bool starts = true;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool part = letter || (c >= '0' && c <= '9');
    if (part) out += starts && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts = !part;
  }
  return out;
}

/// What such a server sends is the provider's own, to its standby and its archive: nothing that it is asked to, as long
/// as no extension that opens connections is put on its list of allowed ones.
estate::RuleList takes_only(const Place& place) {
  estate::Rule all{
      .allow = true, .kinds = {{}}, .source = anyone(), .destination = anyone(), .place = place, .name = {}};
  all.name = "a database opens nothing";
  return {.name = all.name, .stateful = true, .in = {all}, .out = {}, .place = place};
}

void add_server(Context& context, const Resource& resource) {
  const View properties = properties_of(resource);
  const View network = properties.at("network");
  const View subnet = network.at("delegatedSubnetResourceId");
  const std::string name = resource.id.name();
  if (!subnet) return;  // it stands in no network, and has no interface there
  context.check(
      network, "network of a database",
      {"delegatedSubnetResourceId", "publicNetworkAccess", "privateDnsZoneArmResourceId", "privateDnsZoneResourceId"},
      {});
  const View access = network.at("publicNetworkAccess");
  if (access && !access.says("Disabled")) {
    context.unknown("whether database `" + name + "` has a public side beside its subnet is not known", access.place());
  }
  const auto id = subnet.id();
  if (!id) return context.unknown("the subnet of database `" + name + "` cannot be read", subnet.place());
  estate::Interface made;
  made.name = name;
  const std::string declared = view_of(resource, "tags").at(kDeclaredTag).text();
  made.stem = declared.empty() ? name : pascal_of(declared);
  const SubnetId home = subnet_of(context, *id, subnet.place()).id;
  made.subnets = {home};
  // It belongs to the subnet's list as the default rules do: nobody wrote it.
  const auto& lists = context.estate.subnets[home].lists;
  const Place place = lists.empty() ? resource.place : context.estate.rule_lists[lists.front()].place;
  made.lists.push_back({context.estate.rule_lists.add(takes_only(place))});
  if (resource.presence == Presence::Open || resource.repeated) made.least = 0;
  made.place = resource.place;
  context.estate.interfaces.add(std::move(made));
}

/// A setting of a server by which clients may speak without TLS.
void check_setting(Context& context, const Resource& setting) {
  if (!lower(setting.id.name()).ends_with("require_secure_transport")) return;
  const View value = properties_of(setting).at("value");
  if (value.says("on")) return;
  context.unknown("a database does not surely refuse connections without TLS", value ? value.place() : setting.place);
}

}  // namespace

void lift_databases(Context& context) {
  for (const std::string_view type : {kPostgresServer.name, kMySqlServer.name}) {
    for (const Resource* each : context.all(type)) add_server(context, *each);
  }
  for (const std::string_view type : {kPostgresSetting.name, kMySqlSetting.name}) {
    for (const Resource* each : context.all(type)) check_setting(context, *each);
  }
}

}  // namespace crenel::azure::lifting
