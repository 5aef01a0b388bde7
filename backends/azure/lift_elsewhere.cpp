#include <algorithm>
#include <array>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_permissions.h"

/// Services that the template does not make and assigns roles at: known by the whole id that an assignment gives as its
/// scope, written out or by a parameter. Of their own firewalls and of who else has roles there the template says
/// nothing.
namespace crenel::azure::lifting {
namespace {

using ServiceKind = estate::Service::Kind;

/// Resources that an estate knows as services, and how many names of them private endpoints leave out.
struct Known {
  std::string_view type;
  ServiceKind kind;
  std::size_t inside;  ///< names after those of what private endpoints lead to
  std::string_view group;
};
constexpr auto kKnown = std::to_array<Known>({
    {"microsoft.storage/storageaccounts/blobservices/containers", ServiceKind::Store, 2, "blob"},
    {"microsoft.storage/storageaccounts", ServiceKind::Store, 0, "blob"},
    {"microsoft.servicebus/namespaces/topics", ServiceKind::Topic, 1, "namespace"},
    {"microsoft.servicebus/namespaces/queues", ServiceKind::Queue, 1, "namespace"},
    {"microsoft.keyvault/vaults", ServiceKind::Vault, 0, "vault"},
});

ResourceId without_last(ResourceId id, std::size_t count) {
  for (; count > 0; --count) {
    if (const auto parent = id.parent()) id = *parent;
  }
  return id;
}

bool lets_anything(const Data& data, const Resource& assignment, ServiceKind kind) {
  const Granted given = granted(read_role(data.context, properties_of(assignment).at("roleDefinitionId")), kind);
  return !given.none();
}

void put(Data& data, const Resource& assignment, const Known& known, std::string name,
         std::variant<std::string, SymbolId> id, ServiceInfo info) {
  estate::Service made;
  made.kind = known.kind;
  made.name = std::move(name);
  made.elsewhere = std::move(id);
  made.place = view_of(assignment, "scope").place();
  info.group = std::string(known.group);
  // what its firewall lets in is not known; of a store a condition of the role can say it all the same
  info.ways.anywhere = known.kind == ServiceKind::Store;
  info.id = data.context.estate.services.add(std::move(made));
  data.services.push_back(std::move(info));
}

/// The parameter whose whole value is the scope.
const Given* given_scope(const View& scope) {
  const Open* open = scope ? scope.value().open() : nullptr;
  return open == nullptr ? nullptr : std::get_if<Given>(&open->meaning);
}

/// What kind of thing a parameter gives is told by the role alone; of topics and queues a design can name a topic.
void by_parameter(Data& data, const Resource& assignment, const View& scope, const std::string& parameter) {
  for (const Known& known : kKnown) {
    if (!lets_anything(data, assignment, known.kind)) continue;
    const std::string whole = "parameters('" + parameter + "')";
    const std::string top = "join(take(split(" + whole + ", '/'), 9), '/')";
    ServiceInfo info;
    info.elsewhere = scope.text();
    info.connected_text = "{" + (known.inside == 0 ? whole : top) + "}";
    return put(data, assignment, known, parameter, data.context.symbol(parameter, true, false, scope.place()),
               std::move(info));
  }
}

void by_id(Data& data, const Resource& assignment, const View& scope) {
  const auto id = parse_id(scope.text());
  if (!id || data.context.find(*id) != nullptr) return;
  const auto known =
      std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) { return same_word(each.type, id->type); });
  if (known == kKnown.end() || !lets_anything(data, assignment, known->kind)) return;
  ServiceInfo info;
  info.elsewhere = scope.text();
  info.resource = *id;
  info.connected = without_last(*id, known->inside);
  put(data, assignment, *known, scope.text(), scope.text(), std::move(info));
}

}  // namespace

void lift_elsewhere(Data& data) {
  for (const Resource& each : data.context.from.resources) {
    if (each.existing || !is_assignment(each)) continue;
    const View scope = view_of(each, "scope");
    const bool known = std::any_of(data.services.begin(), data.services.end(), [&](const ServiceInfo& service) {
      return !service.elsewhere.empty() && same_word(service.elsewhere, scope.text());
    });
    if (!scope || known) continue;
    if (const Given* given = given_scope(scope)) {
      by_parameter(data, each, scope, given->parameter);
    } else if (!scope.open() && scope.text().starts_with("/subscriptions/")) {
      by_id(data, each, scope);
    }
  }
}

}  // namespace crenel::azure::lifting
