#include "backends/azure/lift_sites.h"

#include <algorithm>
#include <array>

#include "backends/azure/lift_rules.h"
#include "backends/azure/resource_types.h"

namespace crenel::azure::lifting {
namespace {

using estate::Service;

/// By these an app runs code that is no part of the template ("App settings reference for Azure Functions").
constexpr auto kFetching = std::to_array<std::string_view>(
    {"WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT", "WEBSITE_RUN_FROM_ZIP", "SCM_", "DOCKER_", "PROJECT"});
constexpr auto kFetchingParts =
    std::to_array<std::string_view>({"extensions", "sourcecontrols", "deployments", "sitecontainers"});

/// What joins the subnet only calls: nobody reaches an app by it ("Integrate your app with an Azure virtual network").
estate::RuleList calls_only(const Place& place) {
  estate::Rule all{
      .allow = true, .kinds = {{}}, .source = anyone(), .destination = anyone(), .place = place, .name = {}};
  all.name = "an app takes nothing by its subnet";
  return {.name = all.name, .stateful = true, .in = {}, .out = {all}, .place = place};
}

bool routes_all(const View& properties) {
  const View routing = properties.at("outboundVnetRouting");
  const auto is_true = [](const View& view) { return view.truth() == std::optional(true); };
  return is_true(routing.at("allTraffic")) || is_true(routing.at("applicationTraffic")) ||
         is_true(properties.at("vnetRouteAllEnabled")) ||
         is_true(properties.at("siteConfig").at("vnetRouteAllEnabled"));
}

void must_be(Service& of, const View& value, bool wanted, const char* what, const Place& place) {
  if (value.truth() == std::optional(wanted)) return;
  weak(of, what, value ? value.place() : place, !value.open());
}

void add_site_transport(const View& properties, const Place& place, Service& of) {
  const View access = properties.at("publicNetworkAccess");
  if (!access.says("Disabled")) {
    weak(of, "is open to public networks", access ? access.place() : place, !access.open());
  }
  must_be(of, properties.at("httpsOnly"), true, "takes requests without TLS", place);
  const View config = properties.at("siteConfig");
  const View tls = config.at("minTlsVersion");
  if (!tls.says("1.2") && !tls.says("1.3")) {
    weak(of, "takes versions of TLS before 1.2", tls ? tls.place() : place, !tls.open());
  }
  const View ftps = config.at("ftpsState");
  if (!ftps.says("Disabled")) weak(of, "takes files by FTP", ftps ? ftps.place() : place, !ftps.open());
  if (config.at("remoteDebuggingEnabled") && config.at("remoteDebuggingEnabled").truth() != std::optional(false)) {
    weak(of, "can be debugged from elsewhere", config.at("remoteDebuggingEnabled").place());
  }
  if (properties.at("sshEnabled") && properties.at("sshEnabled").truth() != std::optional(false)) {
    weak(of, "can be logged in to", properties.at("sshEnabled").place());
  }
}

void add_code(const Data& data, const Resource& app, Service& of) {
  const View config = properties_of(app).at("siteConfig");
  for (const View& each : config.at("appSettings").elements()) {
    const std::string name = lower(each.at("name").text());
    const bool fetches = std::any_of(kFetching.begin(), kFetching.end(),
                                     [&](std::string_view word) { return name.starts_with(lower(word)); });
    if (fetches) weak(of, "runs code that is fetched from elsewhere", each.place());
    if (each.at("name").open()) weak(of, "has the settings that the template says", each.place(), false);
  }
  const View stack = config.at("linuxFxVersion");
  if (!lower(stack.text()).starts_with("python|")) {
    weak(of, "runs on Azure's own image", stack ? stack.place() : app.place, false);
  }
  if (!config.at("appCommandLine").text().empty()) {
    weak(of, "runs the code of the template alone", config.at("appCommandLine").place(), false);
  }
  bool code = false;
  for (const Resource* part : parts_of_app(data.context, app)) {
    const std::string type = lower(part->id.type);
    const std::string kind = type.substr(lower(kSite.name).size() + 1);
    if (part->is(kSiteFunction.name)) {
      const View files = properties_of(*part).at("files");
      code = code || (files && files.value().fields() != nullptr && !files.value().fields()->empty());
      if (properties_of(*part).at("script_href")) weak(of, "runs code that is fetched from elsewhere", part->place);
      continue;
    }
    if (part->is(kPublishing.name)) continue;
    const bool fetches =
        std::any_of(kFetchingParts.begin(), kFetchingParts.end(), [&](std::string_view each) { return kind == each; });
    if (fetches) {
      weak(of, "runs code that is fetched from elsewhere", part->place);
    } else {
      weak(of, "is as the template says: `" + part->id.type + "` is not read", part->place, false);
    }
  }
  if (!code) weak(of, "has its code in the template", app.place, false);
}

void add_publishing(const Data& data, const Resource& app, Service& of) {
  for (const char* way : {"ftp", "scm"}) {
    bool closed = false;
    for (const Resource* part : parts_of_app(data.context, app)) {
      const bool sure = part->presence == Presence::Sure && !part->repeated;
      closed = closed || (part->is(kPublishing.name) && sure && same_word(part->id.names.back(), way) &&
                          properties_of(*part).at("allow").truth() == std::optional(false));
    }
    if (!closed) weak(of, "takes code from whoever has its password (" + std::string(way) + ")", app.place);
  }
}

void check_app(Context& context, const View& properties) {
  context.check(properties, "function app",
                {"virtualNetworkSubnetId", "outboundVnetRouting", "vnetRouteAllEnabled", "siteConfig",
                 "publicNetworkAccess", "httpsOnly", "sshEnabled"},
                {"serverFarmId", "reserved", "clientAffinityEnabled", "keyVaultReferenceIdentity", "clientCertEnabled",
                 "clientCertMode", "enabled", "storageAccountRequired"});
  context.check(properties.at("siteConfig"), "function app's configuration",
                {"linuxFxVersion", "appCommandLine", "ftpsState", "minTlsVersion", "remoteDebuggingEnabled",
                 "appSettings", "vnetRouteAllEnabled"},
                {"alwaysOn", "http20Enabled", "scmMinTlsVersion", "ipSecurityRestrictionsDefaultAction",
                 "scmIpSecurityRestrictionsDefaultAction", "numberOfWorkers", "use32BitWorkerProcess"});
}

}  // namespace

bool is_function_app(const Resource& resource) {
  const Value* kind = resource.body.find("kind");
  return resource.is(kSite.name) && kind != nullptr && kind->text() != nullptr &&
         lower(*kind->text()).find("functionapp") != std::string::npos;
}

std::vector<const Resource*> function_apps(const Context& context) {
  std::vector<const Resource*> out;
  for (const Resource* each : context.all(kSite.name)) {
    if (is_function_app(*each)) out.push_back(each);
  }
  return out;
}

std::vector<const Resource*> parts_of_app(const Context& context, const Resource& app) {
  std::vector<const Resource*> out;
  for (const Resource& each : context.from.resources) {
    if (each.existing || !lower(each.id.type).starts_with(lower(kSite.name) + "/")) continue;
    std::optional<ResourceId> up = each.id.parent();
    while (up && up->names.size() > app.id.names.size()) up = up->parent();
    if (up && up->key() == app.id.key()) out.push_back(&each);
  }
  return out;
}

View setting_of(const Resource& app, std::string_view name) {
  for (const View& each : properties_of(app).at("siteConfig").at("appSettings").elements()) {
    if (same_word(each.at("name").text(), name)) return each.at("value");
  }
  return {};
}

std::vector<std::string> trigger_queues(const Context& context, const Resource& app) {
  std::vector<std::string> out;
  for (const Resource* part : parts_of_app(context, app)) {
    const bool sure = part->presence == Presence::Sure && !part->repeated;
    if (!part->is(kSiteFunction.name) || !sure) continue;
    const View disabled = properties_of(*part).at("isDisabled");
    if (disabled && disabled.truth() != std::optional(false)) continue;
    for (const View& each : properties_of(*part).at("config").at("bindings").elements()) {
      if (each.at("type").says("queueTrigger") && each.at("connection").says("AzureWebJobsStorage")) {
        out.push_back(lower(each.at("queueName").text()));
      }
    }
  }
  return out;
}

const Resource* app_hosted_by(const Context& context, const ResourceId& account) {
  for (const Resource* app : function_apps(context)) {
    const View name = setting_of(*app, "AzureWebJobsStorage__accountName");
    if (name && same_word(name.text(), account.names.back())) return app;
  }
  return nullptr;
}

void lift_app_interfaces(Context& context) {
  for (const Resource* app : context.all(kSite.name)) {
    const View subnet = properties_of(*app).at("virtualNetworkSubnetId");
    if (!subnet) continue;
    const auto id = subnet.id();
    if (!is_function_app(*app) || !id) {
      context.unknown("`" + app->id.name() + "` stands in a subnet, and is no function app that can be read",
                      app->place);
      continue;
    }
    if (!routes_all(properties_of(*app))) {
      context.unknown("what `" + app->id.name() + "` sends to public addresses goes past its subnet and its rules",
                      app->place);
    }
    estate::Interface made;
    made.name = short_name(*app);
    made.stem = service_stem(*app);
    const SubnetInfo& home = subnet_of(context, *id, subnet.place());
    made.subnets = {home.id};
    const auto& lists = context.estate.subnets[home.id].lists;
    const Place place = lists.empty() ? app->place : context.estate.rule_lists[lists.front()].place;
    made.lists.push_back({context.estate.rule_lists.add(calls_only(place))});
    if (app->presence == Presence::Open || app->repeated) made.least = 0;
    made.place = app->place;
    context.interfaces_of[app->id.key()].push_back(context.estate.interfaces.add(std::move(made)));
  }
}

void lift_apps(Data& data) {
  for (const Resource* app : function_apps(data.context)) {
    const View properties = properties_of(*app);
    check_app(data.context, properties);
    Service made = service_of(Service::Kind::Function, *app);
    const auto found = data.context.interfaces_of.find(app->id.key());
    if (found != data.context.interfaces_of.end() && !found->second.empty()) made.interface = found->second.front();
    add_site_transport(properties, app->place, made);
    add_code(data, *app, made);
    add_publishing(data, *app, made);
    add_service(data, std::move(made), *app,
                {.id = {}, .resource = app->id, .connected = app->id, .group = "sites", .ways = {}});
  }
}

}  // namespace crenel::azure::lifting
