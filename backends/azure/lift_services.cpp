#include "backends/azure/lift_context.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"

/// The provider's own machines that stand in a network's subnets.
namespace crenel::azure::lifting {
namespace {

void add_service(Context& context, const Resource& resource, estate::Role role,
                 std::initializer_list<std::string_view> roles) {
  estate::Interface made;
  made.name = resource.id.name();
  made.stem = stem_of(made.name, roles);
  made.role = role;
  made.place = resource.place;
  for (const View& each : properties_of(resource).at("ipConfigurations").elements()) {
    const View configuration = each.at("properties");
    if (const auto subnet = configuration.at("subnet").id()) {
      made.subnets.push_back(subnet_of(context, *subnet, each.place()).id);
    }
    if (const View reference = configuration.at("publicIPAddress")) {
      made.public_address = referred_address(context, reference);
    }
  }
  if (resource.presence == Presence::Open || resource.repeated) made.least = 0;
  if (made.subnets.empty()) {
    return context.unknown("`" + made.name + "` is in no subnet that can be read", resource.place);
  }
  context.estate.interfaces.add(std::move(made));
}

}  // namespace

void lift_services(Context& context) {
  for (const Resource* each : context.all(kVirtualNetworkGateway.name)) {
    add_service(context, *each, estate::Role::Passive, {"VpnGateway", "Gateway"});
  }
  for (const Resource* each : context.all(kBastionType)) {
    context.check(properties_of(*each), "bastion", {"ipConfigurations"},
                  {"dnsName", "disableCopyPaste", "enableFileCopy", "enableIpConnect", "enableShareableLink",
                   "enableTunneling", "enableKerberos", "enableSessionRecording", "scaleUnits"});
    // it opens what people ask it to, so far as the rules let it
    add_service(context, *each, estate::Role::Member, {"Bastion"});
  }
  for (const Resource* each : context.all(kFirewallType)) {
    context.unknown("the rules of firewall `" + each->id.name() + "` are not read", each->place);
    add_service(context, *each, estate::Role::Unknown, {"Firewall"});
  }
}

}  // namespace crenel::azure::lifting
