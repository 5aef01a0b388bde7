#include "backends/azure/settings.h"

#include "backends/azure/limits.h"
#include "compiler/model/alert_emails.h"

namespace crenel::azure {
namespace {

using model::SettingType;

const model::Setting* find(const model::ProviderSettings& settings, std::string_view name) {
  const auto ours = settings.find("azure");
  if (ours == settings.end()) return nullptr;
  const auto found = ours->second.find(std::string(name));
  return found == ours->second.end() ? nullptr : &found->second;
}

model::ProviderSchema make_schema() {
  model::ProviderSchema out;
  out.provider = "azure";
  out.attributes = {
      {"environment", "subscription", SettingType::Text, "The id of the subscription that the environment is."},
      {"group", "vm_size", SettingType::Text, "The size of the virtual machines, such as `Standard_D4s_v5`."},
      {"group", "admin", SettingType::Text, "The name of the administrator on the machines; `azureuser` when absent."},
      {"group", "host_encryption", SettingType::Bool,
       "Encrypts temporary disks and caches on the host too; true when absent."},
      {"group", "trusted_launch", SettingType::Bool,
       "Secure boot and a virtual TPM, for images of generation 2; true when absent."},
      {"appliance", "vm_size", SettingType::Text, "The size of the virtual machines, such as `Standard_D4s_v5`."},
      {"appliance", "admin", SettingType::Text,
       "The name of the administrator on the machines; `azureuser` when absent."},
      {"appliance", "host_encryption", SettingType::Bool,
       "Encrypts temporary disks and caches on the host too; true when absent."},
      {"appliance", "trusted_launch", SettingType::Bool,
       "Secure boot and a virtual TPM, for images of generation 2; true when absent."},
      {"appliance", "probe_port", SettingType::Int,
       "The TCP port at which members answer when they are well; 22 when absent."},
      {"network", "vpn_sku", SettingType::Text, "The size of the VPN gateway, `VpnGw1AZ` to `VpnGw5AZ`."},
      {"network", "express_route_sku", SettingType::Text,
       "The size of the ExpressRoute gateway, `ErGw1AZ` to `ErGw3AZ`."},
      {"link", "circuit", SettingType::Text,
       "The id of the ExpressRoute circuit of a direct link; a parameter when absent."},
      {"database", "sku", SettingType::Text,
       "The size of the server, such as `Standard_D4ds_v5`; its tier may stand before it, as in "
       "`GP_Standard_D4ds_v5`."},
      {"database", "storage_gb", SettingType::Int, "The storage to begin with, in GiB; it grows by itself."},
      {"guard", model::kAlertEmails, SettingType::TextList,
       "Addresses that alerts of the activity log mail every change in the resource group to."},
      {"balancer", "firewall", SettingType::Bool,
       "A web application firewall that prevents, before an application balancer; true when absent."},
  };
  out.local_ipv6 = true;
  for (const Limit* limit : kAdjustable) {
    out.attributes.push_back({.kind = "environment",
                              .name = limit->name,
                              .type = SettingType::Int,
                              .doc = "What Azure's support raised this quota of the subscription to."});
  }
  return out;
}

}  // namespace

const model::ProviderSchema& schema() {
  static const model::ProviderSchema kSchema = make_schema();
  return kSchema;
}

std::optional<std::string> text_setting(const model::ProviderSettings& settings, std::string_view name) {
  const model::Setting* found = find(settings, name);
  if (found == nullptr) return std::nullopt;
  const auto* text = std::get_if<std::string>(found);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<std::int64_t> int_setting(const model::ProviderSettings& settings, std::string_view name) {
  const model::Setting* found = find(settings, name);
  if (found == nullptr) return std::nullopt;
  const auto* number = std::get_if<std::int64_t>(found);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

bool bool_setting(const model::ProviderSettings& settings, std::string_view name, bool otherwise) {
  const model::Setting* found = find(settings, name);
  const auto* value = found == nullptr ? nullptr : std::get_if<bool>(found);
  return value == nullptr ? otherwise : *value;
}

std::string vm_size(const model::Group& group) {
  if (auto named = text_setting(group.settings, "vm_size")) return *named;
  // General purpose, premium disks, Trusted Launch and encryption at host (learn.microsoft.com, "Dsv5 size series").
  switch (group.size) {
    case model::Size::Small:
      return "Standard_D2s_v5";
    case model::Size::Medium:
      return "Standard_D4s_v5";
    case model::Size::Large:
      return "Standard_D8s_v5";
  }
  return "Standard_D2s_v5";
}

std::string admin_name(const model::Group& group) {
  return text_setting(group.settings, "admin").value_or("azureuser");
}

std::string direct_sku(const model::Network& network) {
  return text_setting(network.settings, "express_route_sku").value_or("ErGw1AZ");
}

std::string vpn_sku(const model::Network& network) {
  return text_setting(network.settings, "vpn_sku").value_or("VpnGw1AZ");
}

}  // namespace crenel::azure
