#include "compiler/verify/compare_cases.h"

#include <fmt/format.h>

#include <algorithm>

namespace crenel::verify {

Cases::Cases(const model::Design& design, const BlockFamily& family, const reach::AddressTree& tree,
             const std::vector<estate::Block>& blocks)
    : design_(design), family_(family), tree_(tree) {
  conditions_.reserve(tree.cells());
  for (reach::Cell cell = 0; cell < tree.cells(); ++cell) conditions_.push_back(conditions_of(cell, blocks));
}

std::optional<Conditions> Cases::conditions_of(reach::Cell cell, const std::vector<estate::Block>& blocks) const {
  const auto own = family_.base_of(tree_.block(cell));
  if (!own) return std::nullopt;
  Conditions out;
  const auto add = [&](const Block& block, bool inside) {
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const Condition& each) { return each.block == block && each.inside == inside; });
    if (!known) out.push_back({.block = block, .inside = inside});
  };
  add(*own, true);
  std::vector<reach::Cell> holes;
  for (const estate::Block& hole : tree_.holes(cell)) {
    if (!family_.base_of(hole)) return std::nullopt;
    holes.push_back(tree_.range(hole).first);
  }
  for (const estate::Block& block : blocks) {
    const reach::CellRange range = tree_.range(block);
    const bool around = range.first <= cell && cell < range.end;
    const bool hole = std::find(holes.begin(), holes.end(), range.first) != holes.end();
    if (!around && !hole) continue;
    const auto base = family_.base_of(block);
    if (!base) return std::nullopt;
    // Of a part the reasoner knows only that it is in its whole; beside a part there is room in the whole.
    if (around && (!block.part || base == own)) add(*base, true);
    if (hole && !(block.part && base == own)) add(*base, false);
  }
  return out;
}

Solution Cases::solve(const reach::End& from, const reach::End& to) const {
  const auto& at_from = conditions_[from.cell];
  const auto& at_to = conditions_[to.cell];
  if (tree_.surely_empty(from.cell) || tree_.surely_empty(to.cell)) return {.feasible = Feasible::No, .instance = {}};
  if (!at_from || !at_to) return {.feasible = Feasible::Unclear, .instance = {}};
  return family_.addresses().solve({*at_from, *at_to});
}

std::string Cases::text(const reach::End& end, const std::optional<net::Address>& address) const {
  if (end.interface) return family_.names().text(*end.interface);
  return address ? net::to_string(*address) : fmt::format("an address of {}", family_.text(tree_.block(end.cell)));
}

std::string Cases::values(const Solution& solution) const {
  std::string out;
  for (const auto& [parameter, value] : solution.instance.values) {
    const bool host = design_.parameters[parameter].kind == model::ParameterKind::Ip;
    out += fmt::format("{}`{}` = {}", out.empty() ? " with " : ", ",
                       model::to_string(design_.parameters[parameter].origin.path),
                       host ? net::to_string(value.address) : net::to_string(value));
  }
  return out;
}

}  // namespace crenel::verify
