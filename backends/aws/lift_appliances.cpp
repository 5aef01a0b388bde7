#include "backends/aws/lift_appliances.h"

#include <algorithm>

#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::RouteTarget;
using estate::UnknownTarget;

enum class Holding { No, Perhaps, Yes };

/// Whether an instance of the template has the interface. What nobody has, hands nothing on.
Holding attached(const Reading& reading, const Item& interface) {
  Holding found = Holding::No;
  const auto look = [&](const Item& owner, const Value& id, bool certain) {
    const std::vector<Option> options = options_of(id);
    for (const Option& option : options) {
      if (reading.target(*option.value, kNetworkInterface) != &interface) continue;
      found = std::max(found, owner.certain && certain && option.certain ? Holding::Yes : Holding::Perhaps);
    }
  };
  for (const Item* instance : reading.of(kInstance)) {
    for (const Option& listed : elements_of((*instance)["NetworkInterfaces"])) {
      look(*instance, (*listed.value)["NetworkInterfaceId"], listed.certain);
    }
  }
  for (const Item* attachment : reading.of(kInterfaceAttachment)) {
    look(*attachment, (*attachment)["NetworkInterfaceId"], true);
  }
  return found;
}

RouteTarget to_interface(const Reading& reading, const Item& route, const Item& hop) {
  if (!hop.certain) return open_target(route, "leads to something that depends on a condition");
  const Value& check = hop["SourceDestCheck"];
  // VPC user guide, "Source/destination checks": packets for others are dropped unless it is off.
  if (check.absent() || known_flag(check) == true) return estate::NowhereTarget{};
  if (!known_flag(check))
    return open_target(route, "leads to an interface of which it is not known whether it hands on");
  const auto found = reading.interfaces.find(hop.id());
  if (found == reading.interfaces.end()) return open_target(route, "leads to an interface that is not read");
  return found->second;
}

}  // namespace

RouteTarget hop_target(const Reading& reading, const Item& route) {
  if (const Item* interface = reading.target(route["NetworkInterfaceId"], kNetworkInterface)) {
    switch (attached(reading, *interface)) {
      case Holding::Yes:
        return to_interface(reading, route, *interface);
      case Holding::Perhaps:
        return open_target(route, "leads to an interface that an instance may have");
      case Holding::No:
        return open_target(route, "leads to an interface that no instance of the template has");
    }
  }
  const Item* instance = reading.target(route["InstanceId"], kInstance);
  if (instance == nullptr) return open_target(route, "leads to an interface that is not in the template");
  // With interfaces of its own it is theirs to say; EC2 takes an instance as a route's target if it has one alone.
  const std::vector<Option> listed = elements_of((*instance)["NetworkInterfaces"]);
  if (listed.empty()) return to_interface(reading, route, *instance);
  const Item* own =
      listed.size() == 1 ? reading.target((*listed.front().value)["NetworkInterfaceId"], kNetworkInterface) : nullptr;
  if (own == nullptr) return open_target(route, "leads to an instance whose interfaces decide");
  return to_interface(reading, route, *own);
}

}  // namespace crenel::aws::reading
