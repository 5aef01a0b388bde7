#include <algorithm>
#include <array>

#include "backends/azure/lift_data.h"
#include "backends/azure/lift_types.h"
#include "backends/azure/resource_types.h"

/// Managed identities, and who acts as them.
namespace crenel::azure::lifting {
namespace {

/// The provider's own machines: they act as an identity for their own ends and run nobody's program.
constexpr std::array<std::string_view, 8> kMachinery = {
    kStorageAccount.name,        kMessaging.name,
    kTableAccount.name,          kFlowLog.name,
    kApplicationGateway.name,    "Microsoft.Compute/diskEncryptionSets",
    "Microsoft.KeyVault/vaults", kEventSource.name,
};

bool is_machinery(const Context& context, const Resource& resource) {
  return std::any_of(kMachinery.begin(), kMachinery.end(), [&](std::string_view each) { return resource.is(each); }) ||
         is_revert(context, resource);
}

std::vector<InterfaceId> interfaces_of(const Context& context, const ResourceId& id) {
  const auto found = context.interfaces_of.find(id.key());
  return found == context.interfaces_of.end() ? std::vector<InterfaceId>{} : found->second;
}

/// Whether it runs programs, which then act as the identity.
void hand_out(Data& data, IdentityInfo& info, estate::Identity& identity, const Resource& holder) {
  const auto interfaces = interfaces_of(data.context, holder.id);
  for (const InterfaceId each : interfaces) {
    if (std::find(identity.interfaces.begin(), identity.interfaces.end(), each) == identity.interfaces.end()) {
      identity.interfaces.push_back(each);
    }
  }
  for (const ServiceInfo& each : data.services) {
    if (each.resource.key() == holder.id.key()) identity.functions.push_back(each.id);
  }
  if (interfaces.empty() && identity.functions.empty()) {
    info.doubt = "`" + holder.id.name() + "` acts as `" + identity.name + "`, and its type is not read";
  }
}

/// A resource whose members or programs have an identity of its own.
bool has_own_identity(const Resource& resource) {
  const View type = view_of(resource, "identity").at("type");
  return type && (type.open() || lower(type.text()).find("systemassigned") != std::string::npos);
}

/// What the provider's own machines alone act as is nobody's; what nobody acts as yet may be anybody's.
void add(Data& data, const Resource& resource, std::string name, const std::vector<const Resource*>& holders,
         bool own) {
  IdentityInfo info{.id = {}, .resource = resource.id, .own = own, .doubt = {}};
  estate::Identity made{.name = std::move(name),
                        .stem = stem_of(resource.id.name(), {"Identity", "ScaleSet", "App"}),
                        .interfaces = {},
                        .functions = {},
                        .place = resource.place};
  std::size_t machines = 0;
  for (const Resource* each : holders) {
    if (is_machinery(data.context, *each)) {
      ++machines;
    } else {
      hand_out(data, info, made, *each);
    }
  }
  for (const Resource* each : data.context.all(std::string(kIdentity.name) + "/federatedIdentityCredentials")) {
    const auto parent = each->id.parent();
    if (!parent || parent->key() != resource.id.key()) continue;
    machines = 0;
    info.doubt = "`" + each->id.name() + "` lets others act as it, and is not read";
  }
  const bool nobodys = machines > 0 && machines == holders.size();
  if (!nobodys) info.id = data.context.estate.identities.add(std::move(made));
  data.identities.push_back(std::move(info));
}

}  // namespace

void lift_identities(Data& data) {
  for (const Resource* each : data.context.all(kIdentity.name)) {
    std::vector<const Resource*> holders;
    for (const Resource& holder : data.context.from.resources) {
      const Value* identity = holder.body.find("identity");
      if (identity != nullptr && mentions(*identity, each->id)) holders.push_back(&holder);
    }
    add(data, *each, each->id.name(), holders, false);
  }
  for (const Resource& each : data.context.from.resources) {
    if (!each.existing && has_own_identity(each)) add(data, each, each.id.name() + "'s own", {&each}, true);
  }
}

bool is_principal_of(const View& id, const ResourceId& resource) {
  if (!id || !id.open()) return false;
  const std::string text = written(id.value());
  return text.starts_with("reference(") && lower(text).ends_with("principalid") && mentions(id.value(), resource);
}

Principal principal_of(Data& data, const View& id) {
  if (!id) return {.who = estate::Named{.who = std::string("nobody that is named")}, .doubt = "no principal is named"};
  const Value& value = id.value();
  const Open* open = value.open();
  if (open == nullptr) return {.who = estate::Named{.who = id.text()}, .doubt = {}};
  if (const auto* given = std::get_if<Given>(&open->meaning)) {
    return {.who = estate::Named{.who = data.context.symbol(given->parameter, true, false, id.place())}, .doubt = {}};
  }
  const std::string text = written(value);
  for (const IdentityInfo& each : data.identities) {
    if (!is_principal_of(id, each.resource)) continue;
    if (!each.id) return {};
    return {.who = *each.id, .doubt = each.doubt};
  }
  return {.who = estate::Named{.who = text}, .doubt = "who `" + text + "` is is known at deployment only"};
}

}  // namespace crenel::azure::lifting
