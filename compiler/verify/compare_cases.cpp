#include "compiler/verify/compare_cases.h"

#include <fmt/format.h>

namespace crenel::verify {

Cases::Cases(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
             const reach::AddressTree& tree)
    : design_(design), estate_(estate), family_(family), tree_(tree) {}

std::optional<Conditions> Cases::conditions(reach::Cell cell) const {
  const estate::Block& block = tree_.block(cell);
  const auto base = family_.base_of(block);
  if (!base) return std::nullopt;
  Conditions out = {{.block = *base, .inside = true}};
  for (const estate::Block& hole : tree_.holes(cell)) {
    const auto hole_base = family_.base_of(hole);
    if (!hole_base) return std::nullopt;
    // Beside a part of a block there is room in the block; the reasoner knows no parts.
    if (hole.part && hole_base == base) continue;
    out.push_back({.block = *hole_base, .inside = false});
  }
  return out;
}

Solution Cases::solve(const reach::End& from, const reach::End& to) const {
  const auto at_from = conditions(from.cell);
  const auto at_to = conditions(to.cell);
  if (tree_.surely_empty(from.cell) || tree_.surely_empty(to.cell)) return {.feasible = Feasible::No, .instance = {}};
  if (!at_from || !at_to) return {.feasible = Feasible::Unclear, .instance = {}};
  return family_.addresses().solve({*at_from, *at_to});
}

std::string Cases::text(const reach::End& end, const std::optional<net::Address>& address) const {
  if (end.interface) {
    const auto declared = family_.names().declared(*end.interface);
    return declared ? model::name_of(design_, endpoint_of(*declared)) : estate_.interfaces[*end.interface].name;
  }
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
