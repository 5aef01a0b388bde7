#include <algorithm>
#include <array>

#include "backends/azure/addresses.h"
#include "backends/azure/data_plan.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/functions.h"
#include "backends/azure/legalize.h"
#include "backends/azure/limits.h"
#include "backends/azure/lower.h"
#include "backends/azure/regions.h"
#include "backends/azure/settings.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::Design;

const Region* find_region(std::string_view name) {
  const auto* found =
      std::find_if(kRegions.begin(), kRegions.end(), [&](const Region& region) { return region.name == name; });
  return found == kRegions.end() ? nullptr : found;
}

void check_region(const Design& design, Diagnostics& diagnostics) {
  if (design.region.empty() || find_region(design.region) != nullptr) return;
  std::vector<std::string> names;
  names.reserve(kRegions.size());
  for (const Region& region : kRegions) names.emplace_back(region.name);
  auto& report = diagnostics.report(kUnknownRegion, design.region_span, design.region);
  const auto nearest = base::nearest(design.region, names);
  report.help = nearest ? "did you mean `" + *nearest + "`?" : "regions of Azure are written like `westeurope`";
}

void check_zones(const Design& design, Diagnostics& diagnostics) {
  const Region* region = design.region.empty() ? nullptr : find_region(design.region);
  for (const model::Network& network : design.networks) {
    const std::string what = "network `" + model::to_string(network.origin.path) + "`";
    if (network.zones > kZonesOfRegion) {
      diagnostics.report(kTooFewZones, network.origin.span, what, network.zones, "a region of Azure has three").help =
          "say `zones = 3`";
    } else if (region != nullptr && !region->zones) {
      diagnostics.report(kTooFewZones, network.origin.span, what, network.zones, "`" + design.region + "` has none")
          .help = "choose a region with availability zones";
    }
  }
}

void check_tiers(const Design& design, Diagnostics& diagnostics) {
  for (const model::TierId id : design.tiers.ids()) {
    const model::Tier& tier = design.tiers[id];
    const std::optional<int> length = length_of(tier.block);
    if (!length) continue;
    const std::string name = model::to_string(tier.origin.path);
    if (*length > kSmallestSubnet) {
      diagnostics.report(kTierTooSmall, tier.origin.span, name, "becomes one subnet", *length, kSmallestSubnet).help =
          "give it a larger `size`";
    } else if (has_application_balancers(design, id) && gateway_instances(design, id) < kLeastGatewayInstances) {
      diagnostics
          .report(kTierTooSmall, tier.origin.span, name, "holds the instances of an application gateway", *length,
                  *length - 1)
          .help = "give it a larger `size`: five addresses are Azure's, each instance takes one";
    }
  }
}

void check_room(const Design& design, Diagnostics& diagnostics) {
  for (const model::TierId id : design.tiers.ids()) {
    const std::optional<int> length = length_of(design.tiers[id].block);
    if (!length || *length > kSmallestSubnet) continue;
    std::size_t instances = 0;
    for (const model::GroupId group : model::groups_in(design, id)) {
      instances += static_cast<std::size_t>(design.groups[group].scale.max);
    }
    for (const model::ApplianceId appliance : design.appliances.ids()) {
      const bool routed = !model::tiers_behind(design, appliance).empty();
      if (design.appliances[appliance].tier == id && routed) ++instances;  // the address that routes name
    }
    // a table's endpoint has an address of the account and one of the region
    for (const PrivateEnd& end : private_ends(design)) {
      if (end.tier == id) instances += std::holds_alternative<model::TableId>(end.service) ? 2 : 1;
    }
    instances += 2 * hosts_in(design, id).size();
    const std::size_t room = (std::size_t{1} << (32 - *length)) - kReservedAddresses;
    if (instances <= room) continue;
    const model::Origin& origin = design.tiers[id].origin;
    diagnostics.report(kTooFewAddresses, origin.span, model::to_string(origin.path), room, instances).help =
        "give the tier a larger `size`: every instance and private endpoint takes an address, and Azure keeps five";
  }
}

/// `ami-` and 8 or 17 hexadecimal digits.
bool is_amazon_image(std::string_view text) {
  constexpr std::string_view kPrefix = "ami-";
  if (!text.starts_with(kPrefix)) return false;
  const std::string_view digits = text.substr(kPrefix.size());
  return (digits.size() == 8 || digits.size() == 17) &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check_images(const Design& design, Diagnostics& diagnostics) {
  for (const model::Group& group : design.groups) {
    const auto* image = std::get_if<std::string>(&group.image);
    if (image == nullptr || !is_amazon_image(*image)) continue;
    diagnostics.report(kForeignImage, group.origin.span, *image, model::to_string(group.origin.path)).help =
        "leave `image` to a parameter, or name an image of Azure: a resource id, `publisher:offer:sku:version`, or "
        "the name of one in the resource group";
  }
}

bool is_vault_secret(std::string_view text) {
  return text.starts_with("https://") && text.find(".vault.") != std::string_view::npos &&
         text.find("/secrets/") != std::string_view::npos;
}

void check_certificates(const Design& design, Diagnostics& diagnostics) {
  for (const model::Balancer& balancer : design.balancers) {
    if (!needs_certificate(balancer)) continue;
    const auto* certificate = std::get_if<std::string>(&*balancer.certificate);
    if (certificate == nullptr || is_vault_secret(*certificate)) continue;
    diagnostics.report(kForeignCertificate, balancer.origin.span, *certificate, model::to_string(balancer.origin.path))
        .help = "leave `certificate` to a parameter, or write `https://NAME.vault.azure.net/secrets/CERTIFICATE`";
  }
}

void report_setting(const model::Origin& origin, const std::string& name, const std::string& value,
                    const std::string& wanted, Diagnostics& diagnostics) {
  diagnostics.report(kSettingValue, origin.span, name, value, wanted).help =
      "see `on azure` of `" + model::to_string(origin.path) + "`";
}

void check_settings(const Design& design, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 5> kSkus = {"VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"};
  // refused by Azure as names of administrators (learn.microsoft.com, "FAQ about Linux virtual machines")
  constexpr std::array<std::string_view, 8> kTakenAdmins = {"admin", "administrator", "root",  "user",
                                                            "guest", "test",          "owner", "adm"};
  for (const model::Network& network : design.networks) {
    const std::string sku = vpn_sku(network);
    if (std::find(kSkus.begin(), kSkus.end(), sku) == kSkus.end()) {
      report_setting(network.origin, "vpn_sku", sku, "one of VpnGw1AZ to VpnGw5AZ", diagnostics);
    }
  }
  for (const model::Group& group : design.groups) {
    const std::string size = vm_size(group);
    if (!size.starts_with("Standard_") || size.find(' ') != std::string::npos) {
      report_setting(group.origin, "vm_size", size, "a size of virtual machines, such as Standard_D4s_v5", diagnostics);
    }
    const std::string admin = admin_name(group);
    const bool well_formed = !admin.empty() && admin.size() <= 64 &&
                             admin.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos &&
                             admin[0] >= 'a';
    if (!well_formed || std::find(kTakenAdmins.begin(), kTakenAdmins.end(), admin) != kTakenAdmins.end()) {
      report_setting(group.origin, "admin", admin,
                     "a name of small letters, digits, `_` and `-` that Azure does not keep for itself", diagnostics);
    }
  }
  if (!design.environment) return;
  for (const Limit* limit : kAdjustable) {
    const auto value = int_setting(design.environment->settings, limit->name);
    if (value && *value < 1) {
      report_setting(design.environment->origin, std::string(limit->name), std::to_string(*value), "a positive number",
                     diagnostics);
    }
  }
}

}  // namespace

void check_values(const Design& design, Diagnostics& diagnostics) {
  check_region(design, diagnostics);
  check_zones(design, diagnostics);
  check_tiers(design, diagnostics);
  check_room(design, diagnostics);
  check_images(design, diagnostics);
  check_certificates(design, diagnostics);
  check_settings(design, diagnostics);
}

}  // namespace crenel::azure
