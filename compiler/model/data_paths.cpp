#include "compiler/model/data_paths.h"

#include <algorithm>

namespace crenel::model {

Endpoint endpoint_of(const Service& service) {
  return std::visit([](auto id) { return Endpoint(id); }, service);
}

std::vector<PrivatePathId> paths_to(const Design& design, TierId tier, const Endpoint& service) {
  std::vector<PrivatePathId> out;
  for (const PrivatePathId id : design.private_paths.ids()) {
    const PrivatePath& path = design.private_paths[id];
    const bool leads = std::any_of(path.services.begin(), path.services.end(),
                                   [&](const Service& each) { return endpoint_of(each) == service; });
    if (path.tier == tier && leads) out.push_back(id);
  }
  return out;
}

DataWay way_to(const Design& design, const Endpoint& from, const Endpoint& service) {
  if (is_service(from)) return DataWay::Event;
  if (is_place(from)) return DataWay::Site;
  const auto tier = tier_of(design, from);
  return tier && !paths_to(design, *tier, service).empty() ? DataWay::PrivatePath : DataWay::Internet;
}

DataActions declared_actions(const Design& design, const Endpoint& from, const Endpoint& to) {
  DataActions out;
  for (const DataFlow& flow : design.data_flows) {
    if (flow.from == from && flow.to == to) out = united(out, flow.actions);
  }
  return out;
}

}  // namespace crenel::model
