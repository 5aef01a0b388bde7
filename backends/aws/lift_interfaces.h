#pragma once

#include <string>

#include "backends/aws/lift_reading.h"

namespace crenel::aws::reading {

/// An interface of a resource, with its name and nothing else.
[[nodiscard]] estate::Interface interface_for(const Item& item, estate::Role role);
/// Adds one to the estate; the first of a resource is what the resource's name stands for.
void put_interface(Reading& reading, const Item& item, estate::Interface interface);
/// Adds one that may do anything.
void put_unknown_interface(Reading& reading, const Item& item, estate::Interface interface, const std::string& why);
/// The private addresses that a description gives an interface.
void set_addresses(const Value& properties, estate::Interface& interface);

/// Whether a subnet of the interface has addresses of IPv6 to give.
[[nodiscard]] bool meets_ipv6(const Reading& reading, const estate::Interface& interface);

/// What a launch template says, or nothing when it is not in the template.
[[nodiscard]] const Value* launch_data(const Reading& reading, const Value& specification);

/// Interfaces of managed services: databases, functions, caches.
void read_services(Reading& reading);
void read_balancer_interface(Reading& reading, const Item& item);
/// Of a balancer of either generation, by `Scheme`.
[[nodiscard]] estate::PublicAddress scheme_of(const Value& scheme);
void read_classic_interface(Reading& reading, const Item& item);

}  // namespace crenel::aws::reading
