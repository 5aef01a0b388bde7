#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "backends/aws/lift_interfaces.h"
#include "backends/aws/lift_kinds.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_shapes.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Forward;
using estate::Interface;
using estate::InterfaceId;
using estate::Kind;
using estate::PublicAddress;
using estate::Role;

constexpr const char* kTrafficPort = "traffic-port";

bool is_network(const Item& balancer) { return known_text(balancer["Type"]) == "network"; }

/// It is no party to what it hands on: routes lead through it.
bool is_gateway(const Item& balancer) { return known_text(balancer["Type"]) == "gateway"; }

bool is_application(const Item& balancer) {
  return balancer["Type"].absent() || known_text(balancer["Type"]) == "application";
}

/// The protocols of a listener's or target group's protocol.
std::vector<std::uint8_t> protocols_of(const std::string& name) {
  if (name == "HTTP" || name == "HTTPS" || name == "TCP" || name == "TLS") return {kTcp};
  if (name == "UDP" || name == "QUIC") return {kUdp};
  if (name == "TCP_UDP" || name == "TCP_QUIC") return {kTcp, kUdp};
  return {};
}

Kind kind_at(std::uint8_t protocol, std::optional<std::int64_t> port) {
  Kind kind;
  kind.protocol = protocol;
  if (port && *port >= 0 && *port <= 65535) {
    kind.ports = {static_cast<std::uint16_t>(*port), static_cast<std::uint16_t>(*port)};
  }
  return kind;
}

/// An interface that a target group hands on to, and the port where it is not the group's.
struct Target {
  InterfaceId interface;
  std::optional<std::int64_t> port;
};

void add_scaling_groups(Reading& reading, const Item& group, std::vector<Target>& out) {
  for (const Item* scaling : reading.of(kAutoScalingGroup.name)) {
    for (const Option& arn : elements_of((*scaling)["TargetGroupARNs"])) {
      if (reading.target(*arn.value, kTargetGroup.name) != &group) continue;
      const auto found = reading.interfaces.find(scaling->id());
      if (found == reading.interfaces.end()) {
        reading.unknown(arn.value->place, "the instances of `" + scaling->id() + "` are not known");
      } else {
        out.push_back({.interface = found->second, .port = std::nullopt});
      }
    }
  }
}

/// Tasks with interfaces of their own are registered by their service.
void add_tasks(Reading& reading, const Item& group, std::vector<Target>& out) {
  for (const Item* service : reading.of(kTasks)) {
    for (const Option& balancer : elements_of((*service)["LoadBalancers"])) {
      if (reading.target((*balancer.value)["TargetGroupArn"], kTargetGroup.name) != &group) continue;
      const auto found = reading.interfaces.find(service->id());
      const auto port = known_number((*balancer.value)["ContainerPort"]);
      if (found == reading.interfaces.end() || !port || !balancer.certain) {
        reading.unknown(balancer.value->place, "where the tasks of `" + service->id() + "` are reached is not known");
      } else {
        out.push_back({.interface = found->second, .port = port});
      }
    }
  }
}

std::vector<Target> targets_of(Reading& reading, const Item& group) {
  std::vector<Target> out;
  add_scaling_groups(reading, group, out);
  add_tasks(reading, group, out);
  if (known_text(group["TargetType"]) == "lambda") return out;
  for (const Option& option : elements_of(group["Targets"])) {
    const Value& id = (*option.value)["Id"];
    const auto port = known_number((*option.value)["Port"]);
    const Item* named = reading.target(id, kInstance);
    if (named == nullptr) named = reading.target(id, kLoadBalancer.name);
    const auto found = named == nullptr ? reading.interfaces.end() : reading.interfaces.find(named->id());
    if (found == reading.interfaces.end() || (!(*option.value)["Port"].absent() && !port)) {
      reading.unknown(option.value->place, "a target of `" + group.id() + "` that is not read: " + words(id));
    } else {
      out.push_back({.interface = found->second, .port = port});
    }
  }
  return out;
}

/// Whether targets see the client's address (elasticloadbalancing/latest/network, "Client IP preservation").
std::optional<bool> keeps_address(const Item& group) {
  const std::string protocol = known_text(group["Protocol"]).value_or("");
  if (protocol == "UDP" || protocol == "TCP_UDP" || protocol == "QUIC" || protocol == "TCP_QUIC") return true;
  for (const Option& option : elements_of(group["TargetGroupAttributes"])) {
    const auto key = known_text((*option.value)["Key"]);
    if (key && *key != "preserve_client_ip.enabled") continue;
    const auto flag = known_flag((*option.value)["Value"]);
    if (!key || !flag || !option.certain) return std::nullopt;
    return flag;
  }
  const Value& type = group["TargetType"];
  if (type.absent() || known_text(type) == "instance" || known_text(type) == "alb") return true;
  return known_text(type) == "ip" ? std::optional(false) : std::nullopt;
}

std::optional<Kind> probe_of(Reading& reading, const Item& group, const Kind& to) {
  const Value& enabled = group["HealthCheckEnabled"];
  if (!enabled.absent() && known_flag(enabled) == false) return std::nullopt;
  const Value& said = group["HealthCheckPort"];
  // Asked over TCP whatever is handed on.
  Kind kind = to;
  kind.protocol = kTcp;
  if (said.absent() || known_text(said) == kTrafficPort) return kind;
  const auto port = known_number(said);
  if (!port) reading.unknown(said.place, "the port of the health check of `" + group.id() + "` is not known");
  return kind_at(kTcp, port);
}

class Listening {
 public:
  Listening(Reading& reading, const Item& balancer) : reading_(reading), balancer_(balancer) {
    made_.interface = reading.interfaces.at(balancer.id());
    made_.known_by_tag = true;
    made_.place = balancer.place();
    const Value& type = balancer["IpAddressType"];
    families_ = {net::Family::V4};
    if (!type.absent() && known_text(type) != "ipv4") families_.insert(net::Family::V6);
  }

  void add_listener(const Item& listener) {
    const auto protocol = known_text(listener["Protocol"]);
    const auto port = known_number(listener["Port"]);
    const std::vector<std::uint8_t> protocols = protocol ? protocols_of(*protocol) : std::vector<std::uint8_t>();
    if (protocols.empty() || !port) {
      reading_.unknown(listener.place(), "what `" + listener.id() + "` listens on is not known");
    }
    listens_.clear();
    for (const std::uint8_t one : protocols.empty() ? std::vector{kTcp, kUdp} : protocols) {
      listens_.push_back(kind_at(one, port));
    }
    const std::size_t before = made_.forwards.size();
    std::set<net::Family> rest = families_;
    std::vector<std::pair<const Item*, std::set<net::Family>>> rules;
    for (const Item* rule : reading_.of(kListenerRule)) {
      if (reading_.target((*rule)["ListenerArn"], kListener.name) != &listener) continue;
      rules.emplace_back(rule, is_network(balancer_) ? parted(*rule, rest) : rest);
    }
    asked_ = rest;
    add_actions(listener, listener["DefaultActions"]);
    for (const auto& [rule, families] : rules) {
      asked_ = families;
      add_actions(*rule, (*rule)["Actions"]);
    }
    if (made_.forwards.size() == before) answers_itself(listener);
  }

  void finish() {
    if (keeps_.size() == 2) {
      reading_.unknown(balancer_.place(),
                       "some targets of `" + balancer_.id() + "` see the client's address, others do not");
    }
    made_.keeps_client_address = keeps_.contains(true);
    reading_.estate.balancers.push_back(std::move(made_));
  }

 private:
  /// A rule of a network balancer is for one family (elasticloadbalancing/latest/network/create-rule.html): what is
  /// left is handed on by the default action.
  std::set<net::Family> parted(const Item& rule, std::set<net::Family>& rest) {
    const std::vector<Option> conditions = elements_of(rule["Conditions"]);
    const bool one = conditions.size() == 1 && conditions.front().certain && rule.certain;
    const Value condition = one ? *conditions.front().value : Value();
    const auto type = known_text(condition["SourceIpConfig"]["IpAddressType"]);
    if (known_text(condition["Field"]) != "source-ip" || (type != "ipv4" && type != "ipv6")) {
      reading_.unknown(rule.place(), "which conversations `" + rule.id() + "` is for is not known");
      return rest;
    }
    const net::Family family = *type == "ipv6" ? net::Family::V6 : net::Family::V4;
    rest.erase(family);
    return {family};
  }

  /// The targets of one family do not see who calls in the other one, whose addresses are replaced
  /// (elasticloadbalancing/latest/network/edit-target-group-attributes.html).
  void check_family(const Item& group) {
    const Value& type = group["IpAddressType"];
    const auto said = type.absent() ? std::optional<std::string>("ipv4") : known_text(type);
    const net::Family family = said == "ipv6" ? net::Family::V6 : net::Family::V4;
    if (said && asked_ == std::set{family}) return;
    reading_.unknown(group.place(), "`" + group.id() + "` is handed conversations of another family than its own: " +
                                        "what its targets see of them is not followed");
  }

  /// By instance targets have IPv6 by their primary address alone
  /// (elasticloadbalancing/latest/network/target-group-register-targets.html).
  void check_primary(const Item& group) {
    if (known_text(group["IpAddressType"]) != "ipv6" || known_text(group["TargetType"]) == "ip") return;
    if (!elements_of(group["Targets"]).empty()) {
      reading_.unknown(group.place(),
                       "whether the targets of `" + group.id() + "` have a primary address of IPv6 is " + "not known");
    }
    for (const Item* scaling : reading_.of(kAutoScalingGroup.name)) {
      const std::vector<Option> arns = elements_of((*scaling)["TargetGroupARNs"]);
      const bool here = std::any_of(arns.begin(), arns.end(), [&](const Option& arn) {
        return reading_.target(*arn.value, kTargetGroup.name) == &group;
      });
      if (!here) continue;
      const Item* launch = reading_.target((*scaling)["LaunchTemplate"]["LaunchTemplateId"], kLaunchTemplate.name);
      const auto interfaces =
          launch == nullptr ? std::vector<Option>() : elements_of((*launch)["LaunchTemplateData"]["NetworkInterfaces"]);
      if (interfaces.size() == 1 && known_flag((*interfaces.front().value)["PrimaryIpv6"]) == true) continue;
      reading_.unknown(group.place(), "whether the instances of `" + scaling->id() + "` have a primary address of " +
                                          "IPv6, by which `" + group.id() + "` knows them, is not known");
    }
  }

  void add_actions(const Item& from, const Value& actions) {
    for (const Option& option : elements_of(actions)) {
      const Value& action = *option.value;
      check_shape(action, action_shape(), reading_);
      if (!action["TargetGroupArn"].absent()) add_group(from, action["TargetGroupArn"]);
      const Value& forward = action["ForwardConfig"];
      if (!forward.absent() && forward.as<Object>() == nullptr) {
        reading_.unknown(forward.place, "what `" + from.id() + "` hands on to depends on a condition");
      }
      for (const Option& tuple : elements_of(forward["TargetGroups"])) {
        const auto weight = known_number((*tuple.value)["Weight"]);
        if (weight != 0) add_group(from, (*tuple.value)["TargetGroupArn"]);
      }
    }
  }

  void add_group(const Item& from, const Value& arn) {
    for (const Option& option : options_of(arn)) {
      const Item* group = reading_.target(*option.value, kTargetGroup.name);
      if (group == nullptr) {
        reading_.unknown(arn.place, "`" + from.id() + "` hands on to a target group that is not in the template");
        continue;
      }
      if (!from.certain || !option.certain) {
        reading_.unknown(arn.place,
                         "whether `" + from.id() + "` hands on to `" + group->id() + "` depends on a condition");
      }
      add_targets(*group);
    }
  }

  void add_targets(const Item& group) {
    const std::string protocol = known_text(group["Protocol"]).value_or("");
    const std::vector<std::uint8_t> protocols = protocols_of(protocol);
    const auto own_port = known_number(group["Port"]);
    const std::vector<Target> targets = targets_of(reading_, group);
    const bool network = is_network(balancer_);
    const bool parted = network && families_.size() == 2 && asked_.size() == 1;
    const auto family = parted ? std::optional(*asked_.begin()) : std::nullopt;
    if (network && !asked_.empty()) check_family(group);
    if (network) check_primary(group);
    if (!targets.empty() && (protocols.empty() || !own_port)) {
      reading_.unknown(group.place(), "what `" + group.id() + "` hands on to is not known");
    }
    for (const Target& target : targets) {
      const auto keeps = network ? keeps_address(group) : std::optional(false);
      if (!keeps)
        reading_.unknown(group.place(), "whether the targets of `" + group.id() + "` see the client is not known");
      keeps_.insert(keeps.value_or(true));
      for (const Kind& listen : listens_) {
        // A network balancer hands packets on in the protocol in which they come.
        const bool listed = std::find(protocols.begin(), protocols.end(), *listen.protocol) != protocols.end();
        if (network && !listed && !protocols.empty()) {
          reading_.unknown(group.place(), "`" + group.id() + "` takes another protocol than its listener's: the " +
                                              "provider refuses the listener");
        }
        const std::uint8_t protocol_of = network || listed ? *listen.protocol : kTcp;
        const Kind to = kind_at(protocol_of, target.port ? target.port : own_port);
        add_forward({.listen = listen,
                     .target = target.interface,
                     .to = to,
                     .probe = probe_of(reading_, group, to),
                     .probe_from_platform = false,
                     .family = family,
                     .place = group.place()});
      }
    }
  }

  void add_forward(Forward forward) {
    const bool there = std::any_of(made_.forwards.begin(), made_.forwards.end(), [&](const Forward& one) {
      return one.listen == forward.listen && one.target == forward.target && one.to == forward.to &&
             one.probe == forward.probe && one.family == forward.family;
    });
    if (!there) made_.forwards.push_back(std::move(forward));
  }

  /// A listener that redirects, or answers by itself, or has no targets yet.
  void answers_itself(const Item& listener) {
    reading_.unknown(listener.place(), "`" + listener.id() +
                                           "` hands on to nobody in the template: that it takes "
                                           "conversations all the same is not modelled");
  }

  Reading& reading_;
  const Item& balancer_;
  estate::Balancer made_;
  std::vector<Kind> listens_;  // of the listener under way
  std::set<bool> keeps_;
  std::set<net::Family> families_;  ///< in which it takes conversations
  std::set<net::Family> asked_;     ///< of these the ones that the action under way is for
};

/// An internal balancer takes nothing from the Internet gateway in IPv6, unless an attribute lets it; one that faces
/// the Internet does, unless the attribute does not (elasticloadbalancing/latest/application, "Load balancer
/// attributes").
PublicAddress ipv6_from_outside(const Item& balancer, PublicAddress scheme) {
  for (const Option& option : elements_of(balancer["LoadBalancerAttributes"])) {
    const auto key = known_text((*option.value)["Key"]);
    if (key && *key != "ipv6.deny_all_igw_traffic") continue;
    const auto denied = known_flag((*option.value)["Value"]);
    if (!key || !denied || !option.certain) return PublicAddress::Unknown;
    if (*denied) return PublicAddress::No;
    return scheme == PublicAddress::Yes ? scheme : PublicAddress::Unknown;
  }
  return scheme;
}

}  // namespace

PublicAddress scheme_of(const Value& scheme) {
  const auto text = known_text(scheme);
  if (scheme.absent() || text == "internet-facing") return PublicAddress::Yes;
  return text == "internal" ? PublicAddress::No : PublicAddress::Unknown;
}

void read_balancer_interface(Reading& reading, const Item& item) {
  if (is_gateway(item)) return;
  Interface made = interface_for(item, Role::Balancer);
  const Value& mappings = item["SubnetMappings"];
  if (!mappings.absent()) {
    for (const Option& option : elements_of(mappings)) {
      for (const estate::SubnetId id : reading.subnets((*option.value)["SubnetId"])) made.subnets.push_back(id);
    }
  } else {
    made.subnets = reading.subnets(item["Subnets"]);
  }
  made.public_address = scheme_of(item["Scheme"]);
  const bool dual = !item["IpAddressType"].absent() && known_text(item["IpAddressType"]) != "ipv4";
  if (dual) made.public_address_v6 = ipv6_from_outside(item, made.public_address);
  made.ipv4_alone = !dual && meets_ipv6(reading, made);
  if (known_text(item["IpAddressType"]) == "dualstack-without-public-ipv4") made.public_address = PublicAddress::No;
  if (is_network(item)) {
    // Without a group from the start it never has one, and everybody reaches its listeners.
    if (!elements_of(item["SecurityGroups"]).empty()) reading.apply_groups(made, item["SecurityGroups"]);
  } else {
    reading.apply_groups(made, item["SecurityGroups"]);
  }
  if (!is_network(item) && !is_application(item)) {
    reading.unknown(item.place(), "`" + item.id() + "` is a balancer of a kind that is not read");
    made.role = Role::Unknown;
  }
  if (!item.certain) made.least = std::nullopt;
  put_interface(reading, item, std::move(made));
}

void read_balancers(Reading& reading) {
  std::set<const Item*> heard;
  for (const Item* balancer : reading.of(kLoadBalancer.name)) {
    std::vector<const Item*> listeners = reading.of(kListener.name);
    std::erase_if(listeners, [&](const Item* one) {
      return reading.target((*one)["LoadBalancerArn"], kLoadBalancer.name) != balancer;
    });
    heard.insert(listeners.begin(), listeners.end());
    if (is_gateway(*balancer)) continue;
    Listening listening(reading, *balancer);
    for (const Item* listener : listeners) listening.add_listener(*listener);
    listening.finish();
  }
  for (const Item* listener : reading.of(kListener.name)) {
    if (heard.contains(listener)) continue;
    reading.unknown(listener->place(), "`" + listener->id() + "` belongs to a balancer that is not in the template");
  }
}

}  // namespace crenel::aws::reading
