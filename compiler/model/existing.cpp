#include "compiler/model/existing.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/ids.h"

namespace crenel::model {
namespace {

template <class Thing>
const Existing* of(const Thing& thing) {
  return thing.existing ? &*thing.existing : nullptr;
}

template <class Things>
bool is_key(const Things& things, VaultId vault) {
  return std::any_of(things.begin(), things.end(), [&](const auto& thing) { return thing.key == vault; });
}

}  // namespace

const Existing* existing_of(const Design& design, const Endpoint& endpoint) {
  return std::visit(base::Overloaded{
                        [&](StoreId id) { return of(design.stores[id]); },
                        [&](TopicId id) { return of(design.topics[id]); },
                        [&](VaultId id) { return of(design.vaults[id]); },
                        [](const auto&) -> const Existing* { return nullptr; },
                    },
                    endpoint);
}

bool is_used(const Design& design, const Endpoint& existing) {
  const bool asked = std::any_of(design.data_flows.begin(), design.data_flows.end(),
                                 [&](const DataFlow& flow) { return flow.to == existing; });
  const auto* vault = std::get_if<VaultId>(&existing);
  if (asked || vault == nullptr) return asked;
  return is_key(design.stores, *vault) || is_key(design.queues, *vault) || is_key(design.topics, *vault) ||
         is_key(design.data_tables, *vault);
}

std::string assumption_on(const Design& design, const Endpoint& existing) {
  return fmt::format("`{}` is made elsewhere: its own rules let in whom the flows here name, and nobody else",
                     name_of(design, existing));
}

std::vector<std::string> assumptions_of(const Design& design, const Claim& claim) {
  std::vector<std::string> out;
  for (const auto* side : {&claim.from, &claim.to}) {
    for (const Endpoint& end : *side) {
      if (existing_of(design, end) == nullptr) continue;
      std::string text = assumption_on(design, end);
      if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
    }
  }
  return out;
}

}  // namespace crenel::model
