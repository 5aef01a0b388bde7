#include "backends/azure/private_zones.h"

#include "backends/azure/data_plan.h"
#include "backends/azure/existing.h"
#include "compiler/base/ids.h"

namespace crenel::azure {

using base::Overloaded;
using model::Endpoint;

PrivateLink private_link_of(const Endpoint& service) {
  const PrivateLink messaging{.group = "namespace", .zone = "privatelink.servicebus.windows.net"};
  return std::visit(
      Overloaded{
          [](model::StoreId) { return PrivateLink{.group = "blob", .zone = "privatelink.blob.core.windows.net"}; },
          [&](model::QueueId) { return messaging; }, [&](model::TopicId) { return messaging; },
          [](model::TableId) { return PrivateLink{.group = "Sql", .zone = "privatelink.documents.azure.com"}; },
          [](model::VaultId) { return PrivateLink{.group = "vault", .zone = "privatelink.vaultcore.azure.net"}; },
          [](const auto&) { return PrivateLink{}; }},
      service);
}

Term private_link_resource(const model::Design& design, const Endpoint& service) {
  if (is_existing(design, service)) return existing_connected(design, service);
  const auto of = [&](const ResourceType& type) { return resource_id(type, name_of_service(design, service)); };
  return std::visit(
      Overloaded{[&](model::StoreId) { return of(kStorageAccount); }, [&](model::QueueId) { return of(kMessaging); },
                 [&](model::TopicId) { return of(kMessaging); }, [&](model::TableId) { return of(kTableAccount); },
                 [&](model::VaultId) { return of(kVault); }, [](const auto&) { return Term::literal(""); }},
      service);
}

}  // namespace crenel::azure
