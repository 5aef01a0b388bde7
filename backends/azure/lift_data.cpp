#include "backends/azure/lift_data.h"

#include <algorithm>

#include "backends/azure/lift_sites.h"
#include "backends/azure/resource_types.h"

namespace crenel::azure::lifting {

using estate::Access;
using estate::Action;
using estate::Service;

void lift_data(Context& context) {
  Data data{.context = context};
  lift_vaults(data);
  lift_stores(data);
  lift_messages(data);
  lift_data_tables(data);
  lift_apps(data);
  lift_elsewhere(data);
  lift_log_stores(data);
  lift_private_paths(data);
  lift_identities(data);
  lift_open_doors(data);
  lift_assignments(data);
  check_keys(data);
  lift_table_assignments(data);
  lift_hosts(data);
  lift_flow_logs(data);
  lift_guards(data);
  lift_preventions(data);
  lift_policies(data);
  lift_reverts(data);
  lift_alerts(data);
  lift_events(data);
  lift_loose_doors(data);
  lift_keys(data);
  drop_closed_log_stores(data);
}

std::string short_name(const Resource& resource) {
  std::string out;
  for (const std::string& each : resource.id.names) {
    const std::size_t open = each.find('{');
    out += (out.empty() ? "" : "/") + each.substr(0, open) + (open == std::string::npos ? "" : "*");
  }
  return out;
}

std::string service_stem(const Resource& resource) {
  const Value* tags = resource.body.find("tags");
  const Value* declared = tags == nullptr ? nullptr : tags->find("declared");
  if (declared != nullptr && declared->text() != nullptr) return *declared->text();
  std::string name = resource.id.names.back();
  name = name.substr(0, name.find('{'));
  if (name.empty()) name = short_name(resource);
  return stem_of(name, {"Store", "Vault", "Queue", "Topic", "Table", "App"});
}

Service service_of(Service::Kind kind, const Resource& resource) {
  Service made;
  made.kind = kind;
  made.name = short_name(resource);
  made.stem = service_stem(resource);
  made.place = resource.place;
  return made;
}

void weak(Service& service, std::string what, const Place& place, bool sure) {
  service.weaknesses.push_back({.what = std::move(what), .sure = sure, .place = place});
}

ServiceId add_service(Data& data, Service service, const Resource& resource, ServiceInfo info) {
  if (resource.presence == Presence::Open || resource.repeated) {
    data.context.unknown("whether, or how often, `" + service.name + "` is made is not known", resource.place);
  }
  info.id = data.context.estate.services.add(std::move(service));
  const ServiceId out = info.id;
  data.services.push_back(std::move(info));
  return out;
}

bool mentions(const Value& value, const ResourceId& id) {
  // quotes are doubled by every expression that a text stands in
  const auto bare = [](std::string all) {
    std::erase(all, '\'');
    return lower(all);
  };
  const std::string text = bare(written(value));
  const std::string wanted = bare(text_of(id));
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const char next = end < text.size() ? text[end] : '\0';
    const bool longer = (next >= 'a' && next <= 'z') || (next >= '0' && next <= '9') || next == '-' || next == '_' ||
                        next == '/' || next == '{';
    if (!longer) return true;
  }
  return false;
}

std::optional<ServiceId> vault_of(const Data& data, const View& value) {
  if (!value) return std::nullopt;
  const std::string text = lower(value.text());
  for (const ServiceInfo& each : data.services) {
    if (data.context.estate.services[each.id].kind != Service::Kind::Vault) continue;
    const std::string begin = lower("https://" + each.resource.names.back());
    const bool by_name = text.starts_with(begin) && text.size() > begin.size() &&
                         (text[begin.size()] == '.' || text[begin.size()] == '{');
    const bool by_reference = text.starts_with("{reference(") && mentions(value.value(), each.resource);
    if (by_name || by_reference) return each.id;
  }
  return std::nullopt;
}

bool makes_key(const Data& data, ServiceId vault, std::string_view name) {
  const auto of = std::find_if(data.services.begin(), data.services.end(),
                               [&](const ServiceInfo& each) { return each.id == vault; });
  if (of == data.services.end()) return false;
  for (const Resource* each : data.context.all(kKey.name)) {
    const auto parent = each->id.parent();
    const bool sure = each->presence == Presence::Sure && !each->repeated;
    const bool called = name.empty() || same_word(each->id.names.back(), name);
    if (sure && parent && parent->key() == of->resource.key() && called) return true;
  }
  return false;
}

void set_key(Data& data, Service& service, const View& uri, std::string_view key) {
  service.key = vault_of(data, uri);
  if (!service.key) {
    data.context.unknown("`" + service.name + "` is encrypted with a key of a vault that is not in this template",
                         uri.place());
  } else if (key.empty() || !makes_key(data, *service.key, key)) {
    weak(service, "is encrypted with a key that the template makes", uri.place(), false);
  }
}

namespace {

/// `if(endsWith(P, '/32'), parseCidr(P).network, P)`: the block P, as a firewall that wants lone addresses without
/// their length takes it.
std::optional<Block> conditional_block(Data& data, const View& value) {
  const Open* open = value ? value.value().open() : nullptr;
  if (open == nullptr) return std::nullopt;
  const std::string begin = "{if(endsWith(parameters('";
  if (!open->text.starts_with(begin)) return std::nullopt;
  const std::string name = open->text.substr(begin.size(), open->text.find('\'', begin.size()) - begin.size());
  const std::string block = "parameters('" + name + "')";
  if (open->text != "{if(endsWith(" + block + ", '/32'), parseCidr(" + block + ").network, " + block + ")}") {
    return std::nullopt;
  }
  return Block{.base = data.context.symbol(name, true, false, value.place()), .part = {}};
}

/// Surely so: a list that only a deployment knows may have some.
bool has_no_elements(const View& list) { return !list || (list.value().list() != nullptr && list.elements().empty()); }

}  // namespace

Ways ways_of(Data& data, const Firewall& firewall) {
  Ways out;
  if (firewall.access.says("Disabled")) return out;
  if (firewall.access && !firewall.access.says("Enabled")) {
    out.doubt = "whether the service is open to public networks is `" + written(firewall.access.value()) + "`";
    out.anywhere = true;
    return out;
  }
  const View& rules = firewall.rules;
  const View default_action = rules.at("defaultAction");
  const View addresses = rules.at("ipRules");
  const bool listed = !addresses.elements().empty();
  const bool idle =
      firewall.open_without_rules && has_no_elements(addresses) && has_no_elements(rules.at("virtualNetworkRules"));
  const bool denied = (default_action.says("Deny") && !idle) || (firewall.closed_by_rules && listed);
  if (!denied) {
    out.anywhere = true;
    if (default_action && !default_action.says("Allow") && !idle) {
      out.doubt = "what the firewall does by default is `" + written(default_action.value()) + "`";
    }
    return out;
  }
  if (addresses && addresses.value().list() == nullptr) out.doubt = "the firewall's addresses are known at deployment";
  for (const View& each : addresses.elements()) {
    const View block = each.at(firewall.address);
    if (const auto known = conditional_block(data, block)) {
      add_unique(out.from, *known);
    } else if (const auto other = data.context.block(block)) {
      add_unique(out.from, *other);
    }
  }
  for (const char* other : {"virtualNetworkRules", "resourceAccessRules", "ipv6Rules"}) {
    if (rules.at(other) && (rules.at(other).value().list() == nullptr || !rules.at(other).elements().empty())) {
      out.doubt = "`" + std::string(other) + "` of the firewall is not read";
    }
  }
  return out;
}

void add_access(Data& data, const ServiceInfo& service, const estate::Who& who, const std::vector<Action>& actions,
                const std::string& doubt, const Place& place) {
  const auto by_provider = [](Action action) {
    return action == Action::Administer || action == Action::Launch || action == Action::Terminate ||
           action == Action::Invoke;
  };
  Access control{.who = who,
                 .service = service.id,
                 .actions = {},
                 .anywhere = true,
                 .paths = {},
                 .from = {},
                 .doubt = doubt,
                 .place = place};
  Access use = control;
  use.anywhere = service.ways.anywhere;
  use.paths = service.ways.paths;
  use.from = service.ways.from;
  if (use.doubt.empty()) use.doubt = service.ways.doubt;
  for (const Action action : actions) (by_provider(action) ? control : use).actions.push_back(action);
  if (!use.actions.empty() && !service.ways.none()) data.context.estate.accesses.push_back(std::move(use));
  if (!control.actions.empty()) data.context.estate.accesses.push_back(std::move(control));
}

}  // namespace crenel::azure::lifting
