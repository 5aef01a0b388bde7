#include "compiler/verify/data_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/ids.h"
#include "compiler/model/data_paths.h"
#include "compiler/model/existing.h"

namespace crenel::verify {
namespace {

using model::Endpoint;

}  // namespace

std::optional<estate::Service::Kind> kind_of(const Endpoint& endpoint) {
  using Kind = estate::Service::Kind;
  if (std::holds_alternative<model::StoreId>(endpoint)) return Kind::Store;
  if (std::holds_alternative<model::QueueId>(endpoint)) return Kind::Queue;
  if (std::holds_alternative<model::TopicId>(endpoint)) return Kind::Topic;
  if (std::holds_alternative<model::TableId>(endpoint)) return Kind::Table;
  if (std::holds_alternative<model::VaultId>(endpoint)) return Kind::Vault;
  if (std::holds_alternative<model::FunctionId>(endpoint)) return Kind::Function;
  if (std::holds_alternative<model::GroupId>(endpoint)) return Kind::Group;
  return std::nullopt;
}

/// Both enumerations have the language's words in one order.
estate::Action action_of(model::DataAction action) { return static_cast<estate::Action>(action); }

std::optional<model::DataAction> action_of(estate::Action action) {
  if (action == estate::Action::Administer) return std::nullopt;
  return static_cast<model::DataAction>(action);
}

DataNames::DataNames(const model::Design& design, const estate::Estate& estate, const Names& names)
    : design_(design), estate_(estate), names_(names) {
  for (const Endpoint& end : model::declared_endpoints(design)) {
    const bool acts = std::holds_alternative<model::GroupId>(end) || std::holds_alternative<model::ApplianceId>(end) ||
                      std::holds_alternative<model::FunctionId>(end);
    if (acts) members_.emplace(pascal_case(model::origin_of(design, end).path), end);
  }
  match_services();
}

void DataNames::match_services() {
  std::map<std::pair<estate::Service::Kind, std::string>, Endpoint> declared;
  for (const Endpoint& end : model::declared_endpoints(design_)) {
    if (const auto kind = kind_of(end)) {
      if (model::existing_of(design_, end) != nullptr) {
        match_elsewhere(end, *kind);
        continue;
      }
      declared.emplace(std::pair(*kind, pascal_case(model::origin_of(design_, end).path)), end);
    }
  }
  for (const auto id : estate_.services.ids()) {
    const estate::Service& service = estate_.services[id];
    if (service.elsewhere) continue;
    const auto found = declared.find({service.kind, service.stem});
    if (found != declared.end()) services_.emplace(id, found->second);
  }
}

/// Nobody gave it a name here: it is known by its ID.
void DataNames::match_elsewhere(const Endpoint& end, estate::Service::Kind kind) {
  for (const auto id : estate_.services.ids()) {
    const estate::Service& service = estate_.services[id];
    const bool same =
        service.elsewhere && service.kind == kind && is(*service.elsewhere, model::existing_of(design_, end)->id);
    if (same) services_.emplace(id, end);
  }
}

bool DataNames::is_own_key(estate::ServiceId id) const {
  const estate::Service& service = estate_.services[id];
  if (service.elsewhere || service.kind != estate::Service::Kind::Vault) return false;
  return std::any_of(design_.guards.begin(), design_.guards.end(), [&](const model::Guard& guard) {
    if (!guard.alert) return false;
    const model::Topic& topic = design_.topics[*guard.alert];
    return !topic.key && !topic.existing && service.stem == pascal_case(topic.origin.path) + "Topic";
  });
}

bool DataNames::is_token(estate::ServiceId id, const std::optional<Endpoint>& of) const {
  const estate::Service& service = estate_.services[id];
  if (!service.elsewhere || service.kind != estate::Service::Kind::Vault) return false;
  const auto groups = design_.groups.ids();
  return std::any_of(groups.begin(), groups.end(), [&](model::GroupId group) {
    if (of && *of != Endpoint(group)) return false;
    const auto& agents = design_.groups[group].agents;
    return std::any_of(agents.begin(), agents.end(), [&](model::AgentId agent) {
      const auto& token = design_.agents[agent].token;
      return token && is(*service.elsewhere, model::Late<std::string>(*token));
    });
  });
}

std::optional<Endpoint> DataNames::service(estate::ServiceId service) const {
  const auto found = services_.find(service);
  return found == services_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<estate::ServiceId> DataNames::services(const Endpoint& service) const {
  std::vector<estate::ServiceId> out;
  for (const auto& [id, what] : services_) {
    if (what == service) out.push_back(id);
  }
  return out;
}

std::vector<Endpoint> DataNames::actors(estate::IdentityId identity) const {
  std::vector<Endpoint> out;
  const auto add = [&](const std::optional<Endpoint>& actor) {
    if (actor && !contains(out, *actor)) out.push_back(*actor);
  };
  for (const auto interface : estate_.identities[identity].interfaces) {
    const auto declared = names_.declared(interface);
    if (declared) add(endpoint_of(*declared));
  }
  for (const auto function : estate_.identities[identity].functions) add(service(function));
  return out;
}

bool DataNames::is_named(estate::IdentityId identity) const {
  return members_.contains(estate_.identities[identity].stem);
}

std::vector<DataNames::Actor> DataNames::actors_of(const Endpoint& member) const {
  std::vector<Actor> out;
  if (std::holds_alternative<model::FunctionId>(member)) {
    for (const auto id : services(member)) out.push_back({.interface = {}, .function = id});
    return out;
  }
  if (const auto declared = declared_as(design_, member)) {
    for (const auto id : names_.interfaces(*declared)) out.push_back({.interface = id, .function = {}});
  }
  return out;
}

bool DataNames::acts_as(const Actor& actor, estate::IdentityId id) const {
  const estate::Identity& identity = estate_.identities[id];
  if (actor.interface) return contains(identity.interfaces, *actor.interface);
  const auto& interface = estate_.services[*actor.function].interface;
  return contains(identity.functions, *actor.function) || (interface && contains(identity.interfaces, *interface));
}

std::optional<model::PrivatePathId> DataNames::path(estate::PathId path) const {
  return names_.path(estate_.private_paths[path].interface);
}

std::optional<estate::PathId> DataNames::path_at(estate::InterfaceId interface) const {
  for (const auto id : estate_.private_paths.ids()) {
    if (estate_.private_paths[id].interface == interface) return id;
  }
  return std::nullopt;
}

bool DataNames::leads_to(estate::PathId path, const Endpoint& service) const {
  const auto& services = estate_.private_paths[path].services;
  return std::any_of(services.begin(), services.end(),
                     [&](estate::ServiceId id) { return this->service(id) == service; });
}

bool DataNames::is_asked_over(estate::PathId path, const model::DataActions& actions) const {
  const auto& own = estate_.private_paths[path].actions;
  return own.empty() || std::any_of(actions.begin(), actions.end(),
                                    [&](model::DataAction each) { return contains(own, action_of(each)); });
}

bool DataNames::is_way(estate::PathId path, const Endpoint& from, const Endpoint& service) const {
  const auto declared = this->path(path);
  const auto tier = model::tier_of(design_, from);
  if (!declared || !tier || !leads_to(path, service)) return false;
  const auto own = model::paths_to(design_, *tier, service);
  if (contains(own, *declared)) return true;
  const auto network_of = [&](model::TierId id) { return design_.tiers[id].network; };
  if (own.empty() || network_of(*tier) != network_of(design_.private_paths[*declared].tier)) return false;
  const auto ids = estate_.private_paths.ids();
  return std::none_of(ids.begin(), ids.end(), [&](estate::PathId other) {
    const auto its = this->path(other);
    return its && contains(own, *its) && leads_to(other, service) && answers_alike(path, other);
  });
}

bool DataNames::answers_alike(estate::PathId one, estate::PathId other) const {
  const auto& here = estate_.private_paths[one].actions;
  const auto& there = estate_.private_paths[other].actions;
  return here.empty() || there.empty() ||
         std::any_of(here.begin(), here.end(), [&](estate::Action each) { return contains(there, each); });
}

bool DataNames::is(const std::variant<std::string, estate::SymbolId>& named,
                   const model::Late<std::string>& late) const {
  const auto* text = std::get_if<std::string>(&late);
  if (const auto* name = std::get_if<std::string>(&named)) return text != nullptr && *text == *name;
  const auto* parameter = std::get_if<model::ParameterId>(&late);
  const estate::Symbol& symbol = estate_.symbols[std::get<estate::SymbolId>(named)];
  return parameter != nullptr && symbol.parameter &&
         symbol.name == pascal_case(design_.parameters[*parameter].origin.path);
}

std::string DataNames::text(estate::ServiceId id) const {
  const auto declared = service(id);
  return declared ? model::name_of(design_, *declared) : estate_.services[id].name;
}

std::string DataNames::text(const estate::Who& who) const {
  return std::visit(base::Overloaded{
                        [](const estate::Anyone&) { return std::string("anyone"); },
                        [](const estate::Account&) { return std::string("whoever of the account has permission"); },
                        [&](const estate::Named& named) {
                          if (const auto* name = std::get_if<std::string>(&named.who)) return *name;
                          return fmt::format("`{}`", estate_.symbols[std::get<estate::SymbolId>(named.who)].name);
                        },
                        [&](estate::IdentityId id) { return estate_.identities[id].name; },
                        [&](estate::ServiceId id) { return text(id); },
                    },
                    who);
}

}  // namespace crenel::verify
