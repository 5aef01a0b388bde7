#pragma once

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/model/policy.h"
#include "compiler/sema/elaboration.h"

/// What the passes from an Elaboration to a Design share.
namespace crenel::sema {

/// What became of a declared thing; monostate: it is no part of a design, or it was in error.
using Thing = std::variant<std::monostate, model::NetworkId, model::TierId, model::SiteId, model::LinkId,
                           model::GroupId, model::BalancerId, model::PeeringId, model::FunctionId, model::StoreId,
                           model::QueueId, model::TopicId, model::TableId, model::VaultId, model::PrivatePathId,
                           model::ApplianceId, model::DatabaseId, model::AgentId, model::GuardId>;

/// A network and something that it meets over the Internet, or that a claim names: it must not lie in the network.
struct InternetContact {
  model::NetworkId network;
  model::Endpoint far_end;  ///< a root site or blocks
  base::Span span;          ///< of the first flow or claim that names it
  bool carries = false;     ///< a flow joins them
};

struct BuildContext {
  const Elaboration& in;
  model::Design& design;
  model::Policies& policies;  ///< takes the claims that rules make
  diagnostics::Diagnostics& diagnostics;
  std::vector<Thing> things;  ///< by DeclaredId
  std::vector<DeclaredId> declared_network, declared_tier, declared_site, declared_link, declared_group,
      declared_balancer, declared_peering, declared_appliance;  ///< by the model's ids
  std::vector<InternetContact> contacts;

  /// The model's id of a declared thing, when it is one of that kind and was sound.
  template <class Id>
  [[nodiscard]] std::optional<Id> id_of(DeclaredId declared) const {
    const auto* id = std::get_if<Id>(&things.at(declared.index()));
    if (id == nullptr) return std::nullopt;
    return *id;
  }
  [[nodiscard]] const Declared& declared(model::NetworkId id) const {
    return in.declared[declared_network[id.index()]];
  }
  [[nodiscard]] const Declared& declared(model::TierId id) const { return in.declared[declared_tier[id.index()]]; }
  [[nodiscard]] const Declared& declared(model::SiteId id) const { return in.declared[declared_site[id.index()]]; }
  [[nodiscard]] const Declared& declared(model::LinkId id) const { return in.declared[declared_link[id.index()]]; }
  [[nodiscard]] const Declared& declared(model::GroupId id) const { return in.declared[declared_group[id.index()]]; }
  [[nodiscard]] const Declared& declared(model::BalancerId id) const {
    return in.declared[declared_balancer[id.index()]];
  }
};

/// Calls `add(declared)` for every thing of a kind. The id that it returns, if any, is what the thing became; with
/// `back` the way from that id to the declaration is kept too.
template <class Id, class Add>
void each(BuildContext& context, Kind kind, Add add, std::vector<DeclaredId>* back = nullptr) {
  for (const DeclaredId id : context.in.declared.ids()) {
    const Declared& declared = context.in.declared[id];
    if (declared.kind != kind) continue;
    const std::optional<Id> made = add(declared);
    if (!made) continue;
    context.things[id.index()] = *made;
    if (back != nullptr) back->push_back(id);
  }
}

template <class Id, class Add>
void each(BuildContext& context, Kind kind, std::vector<DeclaredId>& back, Add add) {
  each<Id>(context, kind, add, &back);
}

}  // namespace crenel::sema
