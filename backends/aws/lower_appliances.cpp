#include <utility>

#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::GroupId;

constexpr int kZone = 1;  ///< of one that has one instance

std::string name(const Lowering& to, GroupId id, std::string_view role) { return member_name(to.design, id, role); }

/// Of its own, so that the routes to it outlive the instance. Where routes lead to it, it takes packets for others.
void lower_interface(Lowering& to, GroupId id, bool hands_on) {
  const model::Group& group = to.design.groups[id];
  const std::string path = model::to_string(group.origin.path);
  Value properties;
  properties.set("Description", rule_text("Appliance " + path));
  properties.set("SubnetId", reference_to(zone_name(to.design, group.tier, kZone, "Subnet")));
  properties.set("GroupSet", security_groups_of(to, id));
  if (to.design.tiers[group.tier].ipv6_block) properties.set("Ipv6AddressCount", 1);
  properties.set("SourceDestCheck", !hands_on);
  properties.set("Tags", to.tags(path));
  to.add(kNetworkInterface, name(to, id, "NetworkInterface"), "appliance", group.origin, std::move(properties));
}

void lower_public_address(Lowering& to, GroupId id) {
  const model::Group& group = to.design.groups[id];
  const std::string address = name(to, id, "Address");
  to.add(kElasticAddress, address, "appliance", group.origin,
         object({{"Domain", "vpc"}, {"Tags", to.tags(model::to_string(group.origin.path))}}))
      .depends_on = {network_name(to.design, to.design.tiers[group.tier].network, "InternetGatewayAttachment")};
  to.add(kAddressAssociation, name(to, id, "AddressAssociation"), "appliance", group.origin,
         object({{"AllocationId", attribute(address, "AllocationId")},
                 {"NetworkInterfaceId", reference_to(name(to, id, "NetworkInterface"))}}));
}

}  // namespace

void lower_appliance(Lowering& to, GroupId id, model::ApplianceId appliance) {
  if (const Fleet* fleet = to.plan.fleet_of(appliance)) lower_fleet(to, *fleet);
  if (to.design.appliances[appliance].count > 1) return lower_group(to, id);
  const model::Group& group = to.design.groups[id];
  lower_interface(to, id, !model::tiers_behind(to.design, appliance).empty());
  if (group.public_address) lower_public_address(to, id);
  lower_launch_template(to, id, {});
  const std::string launch = name(to, id, "LaunchTemplate");
  Value properties;
  properties.set("LaunchTemplate", object({{"LaunchTemplateId", reference_to(launch)},
                                           {"Version", attribute(launch, "LatestVersionNumber")}}));
  properties.set(
      "NetworkInterfaces",
      array({object({{"DeviceIndex", "0"}, {"NetworkInterfaceId", reference_to(name(to, id, "NetworkInterface"))}})}));
  properties.set("Tags", to.tags(model::to_string(group.origin.path)));
  Resource& made = to.add(kInstance, name(to, id, "Instance"), "appliance", group.origin, std::move(properties));
  made.depends_on = foundations(to, group.tier);
  if (group.public_address) made.depends_on.push_back(name(to, id, "AddressAssociation"));
}

}  // namespace crenel::aws
