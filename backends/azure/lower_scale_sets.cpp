#include <algorithm>

#include "backends/azure/addresses.h"
#include "backends/azure/boot.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/lower.h"
#include "backends/azure/lower_data.h"
#include "backends/azure/names.h"
#include "backends/azure/rules.h"
#include "backends/azure/settings.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using document::Value;
using model::Design;
using model::Group;
using model::GroupId;

/// An image is given by its resource id, by publisher:offer:sku:version, or by the name of one in the resource group.
Value image_reference(const Design& design, const Group& group) {
  const Term image = text(design, group.image);
  if (!image.is_literal() || image.text().starts_with('/')) return id_object(image);
  const std::string& name = image.text();
  if (std::count(name.begin(), name.end(), ':') != 3) {
    return id_object(resource_id(kImage, Term::literal(name)));
  }
  Value out;
  std::size_t begin = 0;
  for (const char* part : {"publisher", "offer", "sku", "version"}) {
    const std::size_t end = std::min(name.find(':', begin), name.size());
    out.set(part, literal(std::string_view(name).substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

Value os_profile(const Design& design, GroupId id) {
  const Group& group = design.groups[id];
  const std::string admin = admin_name(group);
  const Value key =
      document::object({{"path", std::string("/home") + "/" + admin + "/.ssh/authorized_keys"},
                        {"keyData", parameter(parameter_name(group.origin.path, "AdminPublicKey")).value()}});
  // Azure appends six characters to the prefix and a host name should stay within 15
  std::string prefix = pascal(group.origin.path.back());
  prefix.resize(std::min<std::size_t>(prefix.size(), 9));
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  Value out;
  out.set("computerNamePrefix", prefix);
  out.set("adminUsername", literal(admin));
  out.set("linuxConfiguration",
          document::object({{"disablePasswordAuthentication", true},
                            {"provisionVMAgent", true},
                            {"ssh", document::object({{"publicKeys", document::array({key})}})}}));
  if (!group.boot.empty()) out.set("customData", call("base64", {boot_text(design, id)}).value());
  return out;
}

Value storage_profile(const Design& design, const Group& group) {
  return document::object(
      {{"imageReference", image_reference(design, group)},
       {"osDisk", document::object({{"createOption", "FromImage"},
                                    {"caching", "ReadWrite"},
                                    {"deleteOption", "Delete"},
                                    {"managedDisk", document::object({{"storageAccountType", "Premium_LRS"}})}})}});
}

/// Null when the group asks for neither.
Value security_profile(const Group& group) {
  Value out;
  if (bool_setting(group.settings, "host_encryption", true)) out.set("encryptionAtHost", true);
  if (bool_setting(group.settings, "trusted_launch", true)) {
    out.set("securityType", "TrustedLaunch");
    out.set("uefiSettings", document::object({{"secureBootEnabled", true}, {"vTpmEnabled", true}}));
  }
  return out;
}

/// The pools of one kind of balancer that hold the group's members; null when there are none.
Value pools(const Design& design, GroupId id, model::Layer layer) {
  Value out;
  for (const model::Balancer& balancer : design.balancers) {
    if (balancer.layer != layer) continue;
    const std::vector<GroupId> targets = targets_of(balancer);
    if (std::find(targets.begin(), targets.end(), id) == targets.end()) continue;
    out.push(id_object(pool_id(design, balancer, id)));
  }
  return out;
}

/// Whether routes lead to the group: it is an appliance, and takes packets that are for others.
bool hands_on(const Design& design, GroupId id) {
  const auto appliance = model::appliance_of(design, id);
  return appliance && !model::tiers_behind(design, *appliance).empty();
}

Value public_configuration(const char* name, const char* family) {
  return document::object({{"name", name},
                           {"sku", document::object({{"name", "Standard"}, {"tier", "Regional"}})},
                           {"properties", document::object({{"idleTimeoutInMinutes", 4},
                                                            {"publicIPAddressVersion", family},
                                                            {"deleteOption", "Delete"}})}});
}

/// What the configurations of both families have alike.
Value configuration_of(const Design& design, GroupId id, bool primary, const char* family) {
  Value properties;
  properties.set("primary", primary);
  properties.set("privateIPAddressVersion", family);
  properties.set("subnet", id_object(subnet_id(design, design.groups[id].tier)));
  if (is_named_by_rules(design, id)) {
    properties.set("applicationSecurityGroups", document::array({id_object(application_group_id(design, id))}));
  }
  return properties;
}

Value ip_configuration(const Design& design, GroupId id) {
  Value properties = configuration_of(design, id, true, "IPv4");
  const Value gateways = pools(design, id, model::Layer::Application);
  if (!gateways.is_null()) properties.set("applicationGatewayBackendAddressPools", gateways);
  Value balancers = pools(design, id, model::Layer::Network);
  if (hands_on(design, id)) balancers.push(id_object(hop_pool_id(design, *model::appliance_of(design, id))));
  if (!balancers.is_null()) properties.set("loadBalancerBackendAddressPools", balancers);
  if (design.groups[id].public_address) {
    properties.set("publicIPAddressConfiguration", public_configuration("public", "IPv4"));
  }
  return document::object({{"name", "primary"}, {"properties", properties}});
}

Value ipv6_configuration(const Design& design, GroupId id) {
  Value properties = configuration_of(design, id, false, "IPv6");
  Value balancers;
  for (const model::Balancer& balancer : design.balancers) {
    if (balancer.layer != model::Layer::Network || !has_ipv6(design, balancer)) continue;
    const auto targets = targets_of(balancer);
    if (std::find(targets.begin(), targets.end(), id) == targets.end()) continue;
    balancers.push(id_object(ipv6_pool_id(design, balancer, id)));
  }
  if (hands_on(design, id)) balancers.push(id_object(hop_pool_id(design, *model::appliance_of(design, id), true)));
  if (!balancers.is_null()) properties.set("loadBalancerBackendAddressPools", balancers);
  if (design.groups[id].public_address) {
    properties.set("publicIPAddressConfiguration", public_configuration("publicIpv6", "IPv6"));
  }
  return document::object({{"name", "ipv6"}, {"properties", properties}});
}

Value network_profile(const Design& design, GroupId id) {
  Value configurations = document::array({ip_configuration(design, id)});
  if (ipv6_block(design, design.tiers[design.groups[id].tier])) {
    configurations.push(ipv6_configuration(design, id));
  }
  const Value interface =
      document::object({{"name", "primary"},
                        {"properties", document::object({{"primary", true},
                                                         {"enableIPForwarding", hands_on(design, id)},
                                                         {"networkSecurityGroup", id_object(rules_id(design, id))},
                                                         {"ipConfigurations", configurations}})}});
  return document::object({{"networkInterfaceConfigurations", document::array({interface})}});
}

/// Asks the check from within each machine, so no rule has to admit it.
Value health_extension(const model::Forward& check) {
  return document::object(
      {{"name", "Health"},
       {"properties",
        document::object({{"publisher", kHealthExtensionPublisher},
                          {"type", kHealthExtensionType},
                          {"typeHandlerVersion", "1.0"},
                          {"autoUpgradeMinorVersion", true},
                          {"enableAutomaticUpgrade", true},
                          {"settings", document::object({{"protocol", check.target_tls ? "https" : "http"},
                                                         {"port", static_cast<int>(port_of(check.to))},
                                                         {"requestPath", literal(*check.check)}})}})}});
}

/// Null when the group has none.
Value extensions(const Design& design, GroupId id, const model::Forward* check) {
  Value out;
  Value agents = agents_extension(design, id);
  if (!agents.is_null()) out.push(std::move(agents));
  if (check != nullptr) out.push(health_extension(*check));
  return out;
}

/// With a health check changes roll through the set and sick members are replaced; without one nothing says when it
/// would be safe to go on, so members are brought up to date by hand.
void set_upgrades(const model::Forward* check, Value& properties) {
  if (check == nullptr) {
    properties.set("upgradePolicy", document::object({{"mode", "Manual"}}));
    return;
  }
  properties.set(
      "upgradePolicy",
      document::object({{"mode", "Rolling"},
                        {"rollingUpgradePolicy", document::object({{"maxBatchInstancePercent", 20},
                                                                   {"maxUnhealthyInstancePercent", 20},
                                                                   {"maxUnhealthyUpgradedInstancePercent", 20},
                                                                   {"pauseTimeBetweenBatches", "PT0S"},
                                                                   {"prioritizeUnhealthyInstances", true}})}}));
  properties.set("automaticRepairsPolicy",
                 document::object({{"enabled", true}, {"gracePeriod", "PT10M"}, {"repairAction", "Replace"}}));
}

/// The template's tags with the group's own; null when it has none.
Value own_tags(const Design& design, const Group& group) {
  std::vector<Term> own;
  const auto add = [&](const char* name, const std::vector<std::string>& words) {
    if (words.empty()) return;
    own.push_back(Term::literal(name));
    own.push_back(Term::literal(base::join(words, " ")));
  };
  add("labels", group.labels);
  std::vector<std::string> agents;
  for (const model::AgentId id : group.agents) agents.push_back(model::to_string(design.agents[id].origin.path));
  add("agents", agents);
  if (own.empty()) return {};
  return call("union", {variable("Tags"), call("createObject", own)}).value();
}

Resource scale_set(const Design& design, GroupId id) {
  const Group& group = design.groups[id];
  const model::Network& network = design.networks[design.tiers[group.tier].network];
  const model::Forward* check = health_check(design, id);
  Value profile;
  profile.set("osProfile", os_profile(design, id));
  profile.set("storageProfile", storage_profile(design, group));
  const Value security = security_profile(group);
  if (!security.is_null()) profile.set("securityProfile", security);
  profile.set("networkProfile", network_profile(design, id));
  profile.set("diagnosticsProfile", document::object({{"bootDiagnostics", document::object({{"enabled", true}})}}));
  const Value all = extensions(design, id, check);
  if (!all.is_null()) profile.set("extensionProfile", document::object({{"extensions", all}}));
  Resource out;
  out.type = kScaleSet;
  out.name = resource_name(group.origin.path, "ScaleSet");
  out.sku = document::object({{"name", literal(vm_size(group))}, {"tier", "Standard"}, {"capacity", group.scale.min}});
  out.zones = zone_list(network.zones);
  if (acts(design, id)) out.identity = acting_as(identity_id(design, id));
  out.tags = own_tags(design, group);
  out.properties.set("orchestrationMode", "Uniform");
  out.properties.set("singlePlacementGroup", false);
  out.properties.set("platformFaultDomainCount", 1);
  out.properties.set("overprovision", false);
  out.properties.set("zoneBalance", false);
  set_upgrades(check, out.properties);
  out.properties.set("virtualMachineProfile", profile);
  out.cause = cause_of(group.origin, model::appliance_of(design, id) ? "appliance" : "group");
  return out;
}

}  // namespace

void lower_scale_sets(const Design& design, Template& out) {
  for (const GroupId id : design.groups.ids()) out.resources.push_back(scale_set(design, id));
}

}  // namespace crenel::azure
