#include "compiler/lsp/planned.h"

#include <fmt/format.h>

#include <variant>

namespace crenel::lsp {

std::string block_text(const model::Design& design, const model::Block& block) {
  if (const auto prefix = model::known(block)) return net::to_string(*prefix);
  const auto* parameter = std::get_if<model::ParameterId>(&block.base);
  if (parameter == nullptr) return "?";
  const auto& space = design.parameters[*parameter];
  if (const auto written = space.default_value ? net::parse_prefix(*space.default_value) : std::nullopt) {
    const auto by_default = model::known(model::Block{.base = *written, .part = block.part});
    if (by_default) return net::to_string(*by_default) + " by default";
  }
  std::string name = model::to_string(space.origin.path);
  if (!block.part) return name;
  return fmt::format("the /{} number {}{} of {}", block.part->length, block.part->index,
                     block.part->from_end ? " from the end" : "", name);
}

bool is_own(const model::Design& design, const Declaration* item) {
  return item != nullptr && design.name.substr(0, design.name.find('.')) == item->name;
}

const model::Tier* planned_tier(const model::Design& design, const Declaration& declaration) {
  for (const auto& tier : design.tiers) {
    const auto& path = tier.origin.path;
    if (path.size() > 1 && path.back() == declaration.name && path[path.size() - 2] == declaration.owner) return &tier;
  }
  return nullptr;
}

std::vector<Planned> planned_tiers(const Declaration& declaration, const Declaration* item,
                                   const std::vector<model::Design>& designs) {
  std::vector<Planned> out;
  for (const bool own : {true, false}) {
    for (const auto& design : designs) {
      if (is_own(design, item) != own) continue;
      if (const auto* tier = planned_tier(design, declaration)) out.push_back({.design = &design, .tier = tier});
    }
    if (!out.empty()) break;
  }
  return out;
}

}  // namespace crenel::lsp
