#include <algorithm>

#include "backends/azure/lift_context.h"
#include "backends/azure/resource_types.h"

/// Load balancers: a rewriting of addresses without a machine; targets see the client.
/// learn.microsoft.com, "What is Azure Load Balancer?".
namespace crenel::azure::lifting {
namespace {

using estate::Balancer;
using estate::Forward;
using estate::Kind;

struct Frontend {
  ResourceId id;
  bool is_public = false;
  estate::PublicAddress address = estate::PublicAddress::No;
  std::optional<SubnetId> subnet;
  std::optional<bool> ipv6 = false;                  ///< none: not known
  std::optional<estate::PublicAddress> second = {};  ///< of the frontend of IPv6 that does the same
  std::vector<Forward> forwards = {};
  Place place;
};

std::optional<Kind> kind_of(const View& protocol, const View& port) {
  Kind out;
  if (protocol.says("Tcp")) out.protocol = 6;
  if (protocol.says("Udp")) out.protocol = 17;
  if (protocol.says("All")) return out;
  const auto number = port.number();
  if (!out.protocol || !number || *number < 0 || *number > 65535) return std::nullopt;
  out.ports = {static_cast<std::uint16_t>(*number), static_cast<std::uint16_t>(*number)};
  return out;
}

std::optional<Kind> probe_of(const View& probe) {
  const auto number = probe.at("port").number();
  if (!number || *number < 0 || *number > 65535) return std::nullopt;
  Kind out;
  out.protocol = 6;  // HTTP and HTTPS too
  out.ports = {static_cast<std::uint16_t>(*number), static_cast<std::uint16_t>(*number)};
  return out;
}

/// The frontend's ports of which each member has one.
std::optional<Kind> range_of(const View& rule) {
  const auto first = rule.at("frontendPortRangeStart").number();
  const auto last = rule.at("frontendPortRangeEnd").number();
  auto out = kind_of(rule.at("protocol"), rule.at("frontendPortRangeStart"));
  if (!out || !first || !last || *last > 65535 || *first > *last) return std::nullopt;
  out->ports = {static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*last)};
  return out;
}

class LoadBalancer {
 public:
  LoadBalancer(Context& context, const Resource& resource)
      : context_(context), resource_(resource), properties_(properties_of(resource)) {}

  void lift() {
    context_.check(properties_, "load balancer",
                   {"frontendIPConfigurations", "backendAddressPools", "loadBalancingRules", "probes",
                    "inboundNatRules", "inboundNatPools", "outboundRules"},
                   {"scope"});
    is_standard_ = !view_of(resource_, "sku").at("name").says("Basic") && view_of(resource_, "sku");
    read_frontends();
    read_pools();
    if (is_hop(context_, resource_)) return;
    for (Frontend& each : frontends_) read_forwards(each);
    join_families();
    for (const Frontend& each : frontends_) add(each);
    add_ways_out();
  }

 private:
  void read_frontends();
  void read_pools();
  void read_forwards(Frontend& frontend);
  void join_families();
  void add(const Frontend& frontend);
  void add_rules(const Frontend& frontend, std::vector<Forward>& to);
  void add_nat_rules(const Frontend& frontend, std::vector<Forward>& to);
  void add_nat_pools(const Frontend& frontend, std::vector<Forward>& to);
  void add_ways_out();
  bool concerns(const View& rule, const Frontend& frontend, const Place& place);
  [[nodiscard]] std::vector<InterfaceId> members(const ResourceId& pool) const {
    const auto found = context_.pools.find(pool.key());
    return found == context_.pools.end() ? std::vector<InterfaceId>() : found->second;
  }
  [[nodiscard]] View probe(const View& reference) const;

  Context& context_;
  const Resource& resource_;
  View properties_;
  bool is_standard_ = false;
  bool is_doubtful_ = false;  ///< a frontend of it is not read
  std::vector<Frontend> frontends_;
};

void LoadBalancer::read_frontends() {
  for (const View& each : properties_.at("frontendIPConfigurations").elements()) {
    Frontend made{.id = resource_.id.child("frontendIPConfigurations", each.at("name").text()),
                  .subnet = {},
                  .place = each.place()};
    const View p = each.at("properties");
    made.ipv6 = is_ipv6(context_, p);
    if (p.at("publicIPAddress") || p.at("publicIPPrefix")) {
      made.is_public = true;
      const View reference = p.at("publicIPAddress");
      made.address = reference ? referred_address(context_, reference) : estate::PublicAddress::Yes;
    } else if (const auto subnet = p.at("subnet").id()) {
      made.subnet = subnet_of(context_, *subnet, each.place()).id;
    } else {
      context_.unknown("a frontend of `" + resource_.id.name() + "` cannot be read", each.place());
      continue;
    }
    frontends_.push_back(std::move(made));
  }
}

void LoadBalancer::read_pools() {
  const auto read = [&](const View& properties) {
    const View addresses = properties.at("loadBalancerBackendAddresses");
    if (!addresses || (addresses.value().list() != nullptr && addresses.elements().empty())) return;
    context_.unknown("targets of `" + resource_.id.name() + "` that are given by address are not read",
                     addresses.place());
  };
  for (const View& each : properties_.at("backendAddressPools").elements()) read(each.at("properties"));
  for (const Resource* each : context_.all(std::string(kLoadBalancer.name) + "/backendAddressPools")) {
    const auto parent = each->id.parent();
    if (parent && parent->key() == resource_.id.key()) read(properties_of(*each));
  }
}

bool LoadBalancer::concerns(const View& rule, const Frontend& frontend, const Place& place) {
  const auto id = rule.at("frontendIPConfiguration").id();
  if (!id) context_.unknown("a rule's frontend cannot be read", place);
  return id && id->key() == frontend.id.key();
}

View LoadBalancer::probe(const View& reference) const {
  const auto id = reference.id();
  for (const View& each : properties_.at("probes").elements()) {
    if (id && same_word(each.at("name").text(), id->names.back())) return each.at("properties");
  }
  return {};
}

void LoadBalancer::add_rules(const Frontend& frontend, std::vector<Forward>& to) {
  for (const View& rule : properties_.at("loadBalancingRules").elements()) {
    const View p = rule.at("properties");
    if (!concerns(p, frontend, rule.place())) continue;
    const View floating = p.at("enableFloatingIP");
    if (floating && floating.truth() != std::optional(false)) {
      context_.unknown("a rule that leaves the frontend's address in the packet is not read", floating.place());
    }
    context_.check(p, "balancing rule",
                   {"frontendIPConfiguration", "backendAddressPool", "backendAddressPools", "probe", "protocol",
                    "frontendPort", "backendPort", "disableOutboundSnat", "enableFloatingIP"},
                   {"enableTcpReset", "idleTimeoutInMinutes", "loadDistribution", "enableConnectionTracking"});
    const auto listen = kind_of(p.at("protocol"), p.at("frontendPort"));
    const auto target = kind_of(p.at("protocol"), p.at("backendPort"));
    std::vector<View> pools = p.at("backendAddressPools").elements();
    if (p.at("backendAddressPool")) pools.push_back(p.at("backendAddressPool"));
    if (!listen || !target) {
      context_.unknown("a rule's protocol or ports cannot be read", rule.place());
      continue;
    }
    std::vector<std::string> seen;
    for (const View& pool : pools) {
      const auto id = pool.id();
      if (!id) {
        context_.unknown("a rule's targets cannot be read", rule.place());
        continue;
      }
      if (std::find(seen.begin(), seen.end(), id->key()) != seen.end()) continue;
      seen.push_back(id->key());
      const bool joined = context_.pools.contains(id->key()) && frontend.ipv6.has_value();
      if (joined && context_.ipv6_pools.contains(id->key()) != *frontend.ipv6) {
        context_.unknown("a rule whose frontend and targets are not of one family is not read", rule.place());
      }
      for (const InterfaceId member : members(*id)) {
        Forward made{.listen = *listen,
                     .target = member,
                     .to = *target,
                     .probe = {},
                     .probe_from_platform = true,
                     .place = rule.place()};
        if (const View found = probe(p.at("probe"))) made.probe = probe_of(found);
        if (p.at("probe") && !made.probe) context_.unknown("a rule's probe cannot be read", rule.place());
        to.push_back(std::move(made));
        if (is_standard_ && frontend.is_public) close_to_internet(context_, member);
      }
    }
  }
}

void LoadBalancer::add_nat_rules(const Frontend& frontend, std::vector<Forward>& to) {
  const auto add_one = [&](const View& p, const ResourceId& id, const Place& place) {
    if (!concerns(p, frontend, place)) return;
    const View pool = p.at("backendAddressPool");
    const auto pool_id = pool.id();
    const auto listen = pool ? range_of(p) : kind_of(p.at("protocol"), p.at("frontendPort"));
    const auto target = kind_of(p.at("protocol"), p.at("backendPort"));
    if (!listen || !target || (pool && !pool_id)) return context_.unknown("a translation rule cannot be read", place);
    for (const InterfaceId member : members(pool ? *pool_id : id)) {
      to.push_back({.listen = *listen, .target = member, .to = *target, .probe = {}, .place = place});
      if (is_standard_ && frontend.is_public) close_to_internet(context_, member);
    }
  };
  for (const View& rule : properties_.at("inboundNatRules").elements()) {
    add_one(rule.at("properties"), resource_.id.child("inboundNatRules", rule.at("name").text()), rule.place());
  }
  for (const Resource* rule : context_.all(std::string(kLoadBalancer.name) + "/inboundNatRules")) {
    const auto parent = rule->id.parent();
    if (!parent || parent->key() != resource_.id.key()) continue;
    if (rule->presence == Presence::Open || rule->repeated) {
      context_.unknown("whether, or how often, `" + rule->id.name() + "` is made is not known", rule->place);
    }
    add_one(properties_of(*rule), rule->id, rule->place);
  }
}

/// A port of the frontend for each member.
void LoadBalancer::add_nat_pools(const Frontend& frontend, std::vector<Forward>& to) {
  for (const View& pool : properties_.at("inboundNatPools").elements()) {
    const View p = pool.at("properties");
    if (!concerns(p, frontend, pool.place())) continue;
    const auto listen = range_of(p);
    const auto target = kind_of(p.at("protocol"), p.at("backendPort"));
    if (!listen || !target) {
      context_.unknown("a pool of translation rules cannot be read", pool.place());
      continue;
    }
    for (const InterfaceId member : members(resource_.id.child("inboundNatPools", pool.at("name").text()))) {
      to.push_back({.listen = *listen, .target = member, .to = *target, .probe = {}, .place = pool.place()});
      if (is_standard_ && frontend.is_public) close_to_internet(context_, member);
    }
  }
}

void LoadBalancer::read_forwards(Frontend& frontend) {
  add_rules(frontend, frontend.forwards);
  add_nat_rules(frontend, frontend.forwards);
  add_nat_pools(frontend, frontend.forwards);
}

/// Two frontends, one of each family, that do the same are one way in for both ("Deploy an IPv6 dual stack application
/// with Standard Load Balancer").
void LoadBalancer::join_families() {
  for (const Frontend& each : frontends_) {
    if (each.ipv6 == std::optional(false)) continue;
    const auto first = std::find_if(frontends_.begin(), frontends_.end(), [&](const Frontend& other) {
      return other.ipv6 == std::optional(false) && !other.second && other.is_public == each.is_public &&
             other.subnet == each.subnet && alike(other.forwards, each.forwards);
    });
    if (!each.ipv6 || first == frontends_.end()) {
      put_down_frontend(context_, each.place);
      is_doubtful_ = true;
    } else {
      first->second = each.address;
    }
  }
  std::erase_if(frontends_, [](const Frontend& each) { return each.ipv6 != std::optional(false); });
}

void LoadBalancer::add(const Frontend& frontend) {
  estate::Interface made;
  made.name = resource_.id.name();
  made.stem = stem_of(made.name, {"Balancer"});
  if (frontends_.size() > 1) made.name += "/" + frontend.id.names.back();
  if (frontends_.size() > 1) made.stem += "/" + frontend.id.names.back();
  made.role = is_doubtful_ ? estate::Role::Unknown : estate::Role::Balancer;
  if (frontend.subnet) made.subnets.push_back(*frontend.subnet);
  made.public_address = frontend.address;
  made.public_address_v6 = frontend.second.value_or(estate::PublicAddress::No);
  made.ipv4_alone = !frontend.second && meets_ipv6(context_, made);
  made.least = resource_.presence == Presence::Open || resource_.repeated ? 0 : 1;
  if (!resource_.repeated) made.most = 1;
  made.place = resource_.place;
  Balancer balancer;
  balancer.interface = context_.estate.interfaces.add(std::move(made));
  balancer.keeps_client_address = true;
  balancer.rewrites_only = true;
  balancer.public_frontend = frontend.is_public;
  balancer.place = resource_.place;
  balancer.forwards = frontend.forwards;
  context_.estate.balancers.push_back(std::move(balancer));
}

/// A public balancer is a way out too: by its outbound rules, and by each rule that does not say otherwise.
void LoadBalancer::add_ways_out() {
  const bool any_public =
      std::any_of(frontends_.begin(), frontends_.end(), [](const Frontend& f) { return f.is_public; });
  if (!any_public) return;
  const auto open = [&](const View& rule) {
    std::vector<View> pools = rule.at("backendAddressPools").elements();
    if (rule.at("backendAddressPool")) pools.push_back(rule.at("backendAddressPool"));
    for (const View& pool : pools) {
      const auto id = pool.id();
      for (const InterfaceId member : id ? members(*id) : std::vector<InterfaceId>()) {
        estate::Interface& to = context_.estate.interfaces[member];
        const bool has_nat = std::all_of(to.subnets.begin(), to.subnets.end(),
                                         [&](SubnetId each) { return context_.estate.subnets[each].nat.has_value(); });
        const bool ipv6 = context_.ipv6_pools.contains(id->key());
        estate::PublicAddress& which = ipv6 ? to.public_address_v6 : to.public_address;
        // a way out of some of a subnet's interfaces: all that can be said is that there may be one
        if ((ipv6 || !has_nat) && which == estate::PublicAddress::No) which = estate::PublicAddress::Unknown;
      }
    }
  };
  for (const View& rule : properties_.at("outboundRules").elements()) open(rule.at("properties"));
  for (const View& rule : properties_.at("loadBalancingRules").elements()) {
    const View p = rule.at("properties");
    const View off = p.at("disableOutboundSnat");
    if (!off || off.truth() != std::optional(true)) open(p);
  }
}

}  // namespace

void lift_load_balancers(Context& context) {
  for (const Resource* each : context.all(kLoadBalancer.name)) LoadBalancer(context, *each).lift();
}

}  // namespace crenel::azure::lifting
