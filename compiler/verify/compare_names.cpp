#include "compiler/verify/compare_names.h"

#include <algorithm>
#include <type_traits>

#include "compiler/model/data_paths.h"

namespace crenel::verify {
model::Endpoint endpoint_of(const Declared& declared) {
  return std::visit([](auto id) { return model::Endpoint(id); }, declared);
}

std::optional<Declared> declared_as(const model::Design& design, const model::Endpoint& endpoint) {
  if (!model::is_member(endpoint) || !model::tier_of(design, endpoint)) return std::nullopt;
  return std::visit(
      [](const auto& end) -> std::optional<Declared> {
        if constexpr (std::is_constructible_v<Declared, decltype(end)>) return Declared(end);
        return std::nullopt;
      },
      endpoint);
}

int most_members(const model::Design& design, const Declared& declared) {
  if (const auto* group = std::get_if<model::GroupId>(&declared)) return design.groups[*group].scale.max;
  if (const auto* appliance = std::get_if<model::ApplianceId>(&declared)) return design.appliances[*appliance].count;
  return 2;  // balancers, functions and databases: as many as the provider likes
}

Names::Names(const model::Design& design, const estate::Estate& estate) : design_(design), estate_(estate) {
  match_interfaces();
  match_paths();
  match_parameters();
}

void Names::match_interfaces() {
  std::map<std::string, Declared> members;
  std::map<std::string, Declared> balancers;
  for (const model::Endpoint& endpoint : model::declared_endpoints(design_)) {
    const auto declared = declared_as(design_, endpoint);
    if (!declared) continue;
    const bool balancer = std::holds_alternative<model::BalancerId>(*declared);
    (balancer ? balancers : members).emplace(pascal_case(model::origin_of(design_, endpoint).path), *declared);
  }
  for (const auto id : estate_.interfaces.ids()) {
    const estate::Interface& interface = estate_.interfaces[id];
    const bool member = interface.role != estate::Role::Passive && interface.role != estate::Role::Nat &&
                        interface.role != estate::Role::Service;
    if (!member) continue;
    const auto& all = interface.role == estate::Role::Balancer ? balancers : members;
    if (const auto found = all.find(interface.stem); found != all.end()) declared_.emplace(id, found->second);
  }
}

void Names::match_paths() {
  std::map<std::string, model::PrivatePathId> declared;
  for (const auto id : design_.private_paths.ids()) {
    declared.emplace(pascal_case(design_.private_paths[id].origin.path), id);
  }
  for (const auto id : design_.private_paths.ids()) {
    const std::string name = pascal_case(design_.private_paths[id].origin.path);
    for (const model::Service& service : design_.private_paths[id].services) {
      declared.emplace(name + pascal_case(model::origin_of(design_, model::endpoint_of(service)).path), id);
    }
  }
  for (const auto id : estate_.interfaces.ids()) {
    const estate::Interface& interface = estate_.interfaces[id];
    const auto found = declared.find(interface.stem);
    if (interface.role == estate::Role::Service && found != declared.end()) paths_.emplace(id, found->second);
  }
}

std::optional<model::PrivatePathId> Names::path(estate::InterfaceId interface) const {
  const auto found = paths_.find(interface);
  return found == paths_.end() ? std::nullopt : std::optional(found->second);
}

std::string Names::text(estate::InterfaceId interface) const {
  if (const auto member = declared(interface)) return model::name_of(design_, endpoint_of(*member));
  if (const auto end = path(interface)) return model::to_string(design_.private_paths[*end].origin.path);
  return estate_.interfaces[interface].name;
}

void Names::match_parameters() {
  std::map<std::string, model::ParameterId> parameters;
  for (const auto id : design_.parameters.ids()) {
    const model::Parameter& parameter = design_.parameters[id];
    const bool addresses = parameter.kind == model::ParameterKind::Cidr || parameter.kind == model::ParameterKind::Ip;
    if (addresses && !parameter.chosen) parameters.emplace(pascal_case(parameter.origin.path), id);
  }
  std::map<std::string, model::ParameterId> chosen;
  for (const model::Network& network : design_.networks) {
    if (network.ipv6) chosen.emplace(pascal_case(network.origin.path), *network.ipv6);
  }
  for (const auto id : estate_.symbols.ids()) {
    const estate::Symbol& symbol = estate_.symbols[id];
    if (const auto its = symbol.given ? chosen.find(symbol.given->network) : chosen.end(); its != chosen.end()) {
      parameters_.emplace(id, its->second);
      symbols_.emplace(its->second, id);
      continue;
    }
    const auto found = symbol.parameter ? parameters.find(symbol.name) : parameters.end();
    if (found == parameters.end()) continue;
    parameters_.emplace(id, found->second);
    symbols_.emplace(found->second, id);
  }
}

std::optional<Declared> Names::declared(estate::InterfaceId interface) const {
  const auto found = declared_.find(interface);
  return found == declared_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<estate::InterfaceId> Names::interfaces(const Declared& declared) const {
  std::vector<estate::InterfaceId> out;
  for (const auto& [id, what] : declared_) {
    if (what == declared) out.push_back(id);
  }
  return out;
}

std::optional<model::ParameterId> Names::parameter(estate::SymbolId symbol) const {
  const auto found = parameters_.find(symbol);
  return found == parameters_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<estate::SymbolId> Names::symbol(model::ParameterId parameter) const {
  const auto found = symbols_.find(parameter);
  return found == symbols_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<estate::NetworkId> Names::network_of(estate::InterfaceId interface) const {
  const auto& subnets = estate_.interfaces[interface].subnets;
  if (!subnets.empty()) return estate_.subnets[subnets.front()].network;
  // The public side of a balancer without machines is in no subnet; its targets are.
  for (const estate::Balancer& balancer : estate_.balancers) {
    if (balancer.interface != interface) continue;
    for (const estate::Forward& forward : balancer.forwards) {
      const auto& there = estate_.interfaces[forward.target].subnets;
      if (!there.empty()) return estate_.subnets[there.front()].network;
    }
  }
  return std::nullopt;
}

/// The sites that a door may be named after: of two of which one's name holds the other's, the longer.
std::vector<model::SiteId> Names::sites_in(const std::string& name, model::NetworkId network) const {
  std::vector<model::SiteId> out;
  std::size_t longest = 0;
  for (const model::Link& link : design_.links) {
    const std::string site = pascal_case(design_.sites[link.site].origin.path);
    if (link.network != network || name.find(site) == std::string::npos || site.size() < longest) continue;
    if (site.size() > longest) out.clear();
    longest = site.size();
    out.push_back(link.site);
  }
  return out;
}

std::vector<estate::DoorId> Names::doors(estate::NetworkId network, model::LinkId link) const {
  const model::Link& wanted = design_.links[link];
  std::vector<estate::DoorId> all;
  std::vector<estate::DoorId> named;
  bool anothers = false;
  for (const auto id : estate_.doors.ids()) {
    const auto* there = std::get_if<estate::LinkDoor>(&estate_.doors[id].kind);
    if (there == nullptr || estate_.doors[id].network != network) continue;
    all.push_back(id);
    const std::vector<model::SiteId> sites = sites_in(there->name, wanted.network);
    const bool its = std::find(sites.begin(), sites.end(), wanted.site) != sites.end();
    if (its) named.push_back(id);
    anothers = anothers || (!its && !sites.empty());
  }
  // One gateway may carry every link of a network; then it has no site's name, or one of several.
  return all.size() == 1 && !anothers ? all : named;
}

std::vector<estate::DoorId> Names::internet_doors(estate::NetworkId network) const {
  std::vector<estate::DoorId> out;
  for (const auto id : estate_.doors.ids()) {
    const estate::Door& door = estate_.doors[id];
    if (door.network == network && std::holds_alternative<estate::InternetDoor>(door.kind)) out.push_back(id);
  }
  return out;
}

}  // namespace crenel::verify
