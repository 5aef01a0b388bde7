#include <charconv>
#include <utility>

#include "backends/aws/lift_interfaces.h"
#include "backends/aws/lift_kinds.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Kind;
using estate::PublicAddress;

/// Every protocol of a listener (HTTP, HTTPS, TCP, SSL) is carried by TCP.
std::optional<Kind> tcp_at(std::optional<std::int64_t> port) {
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  Kind kind;
  kind.protocol = kTcp;
  kind.ports = {static_cast<std::uint16_t>(*port), static_cast<std::uint16_t>(*port)};
  return kind;
}

/// "HTTP:8080/health": the port that members are asked at.
std::optional<std::int64_t> probed_port(const Value& check) {
  const auto target = known_text(check["Target"]);
  if (!target) return std::nullopt;
  const std::size_t colon = target->find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string_view digits = std::string_view(*target).substr(colon + 1);
  std::int64_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc{} && (end == digits.data() + digits.size() || *end == '/');
  return whole ? std::optional(port) : std::nullopt;
}

std::vector<estate::InterfaceId> members_of(Reading& reading, const Item& balancer) {
  std::vector<estate::InterfaceId> out;
  const auto add = [&](const Item* item, const Value& value) {
    const auto found = item == nullptr ? reading.interfaces.end() : reading.interfaces.find(item->id());
    if (found == reading.interfaces.end()) {
      reading.unknown(value.place, "a target of `" + balancer.id() + "` that is not read: " + words(value));
    } else {
      out.push_back(found->second);
    }
  };
  for (const Option& option : elements_of(balancer["Instances"])) {
    add(reading.target(*option.value, kInstance), *option.value);
  }
  for (const Item* group : reading.of(kAutoScalingGroup.name)) {
    for (const Option& option : elements_of((*group)["LoadBalancerNames"])) {
      const auto named = known_text(balancer["LoadBalancerName"]);
      const bool by_name = named && known_text(*option.value) == named;
      if (by_name || reading.target(*option.value, kClassicBalancer) == &balancer) add(group, *option.value);
    }
  }
  return out;
}

void read_listener(Reading& reading, const Item& balancer, const Value& said, estate::Balancer& made) {
  check_shape(said, classic_listener_shape(), reading);
  const auto listen = tcp_at(known_number(said["LoadBalancerPort"]));
  const auto to = tcp_at(known_number(said["InstancePort"]));
  if (!listen || !to) {
    reading.unknown(said.place, "what `" + balancer.id() + "` listens on, or hands on to, is not known");
    return;
  }
  // Without a health check of the template's the service has one of its own.
  const auto probe = tcp_at(probed_port(balancer["HealthCheck"]));
  if (!probe) reading.unknown(said.place, "where `" + balancer.id() + "` asks its targets is not known");
  const auto targets = members_of(reading, balancer);
  for (const estate::InterfaceId target : targets) {
    made.forwards.push_back({.listen = *listen,
                             .target = target,
                             .to = *to,
                             .probe = probe,
                             .probe_from_platform = false,
                             .place = said.place});
  }
  if (targets.empty()) {
    reading.unknown(said.place, "`" + balancer.id() +
                                    "` hands on to nobody in the template: that it takes conversations all the same "
                                    "is not modelled");
  }
}

}  // namespace

void read_classic_interface(Reading& reading, const Item& item) {
  estate::Interface made = interface_for(item, estate::Role::Balancer);
  made.subnets = reading.subnets(item["Subnets"]);
  made.public_address = scheme_of(item["Scheme"]);
  reading.apply_groups(made, item["SecurityGroups"]);
  put_interface(reading, item, std::move(made));
}

void read_classic_balancers(Reading& reading) {
  for (const Item* balancer : reading.of(kClassicBalancer)) {
    estate::Balancer made;
    made.interface = reading.interfaces.at(balancer->id());
    made.known_by_tag = true;
    made.place = balancer->place();
    for (const Option& option : elements_of((*balancer)["Listeners"])) {
      if (!option.certain) {
        reading.unknown(option.value->place, "a listener of `" + balancer->id() + "` depends on a condition");
      }
      read_listener(reading, *balancer, *option.value, made);
    }
    reading.estate.balancers.push_back(std::move(made));
  }
}

}  // namespace crenel::aws::reading
