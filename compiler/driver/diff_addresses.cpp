#include "compiler/driver/diff_addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "compiler/base/text.h"

namespace crenel::driver {

std::vector<Placed> places(const estate::Estate& estate) {
  std::vector<Placed> out;
  for (const auto& network : estate.networks)
    out.push_back({"network " + network.name, to_text(estate, network.spaces)});
  for (const auto& subnet : estate.subnets) out.push_back({"subnet " + subnet.name, to_text(estate, subnet.blocks)});
  for (const auto& door : estate.doors) {
    if (const auto* link = std::get_if<estate::LinkDoor>(&door.kind))
      out.push_back({"link " + link->name, to_text(estate, link->prefixes)});
  }
  return out;
}

namespace {

std::string late_text(const model::Design& design, const model::Late<net::Prefix>& value) {
  if (const auto* id = std::get_if<model::ParameterId>(&value))
    return "$" + model::to_string(design.parameters[*id].origin.path);
  return net::to_string(std::get<net::Prefix>(value));
}

std::string late_texts(const model::Design& design, const std::vector<model::Late<net::Prefix>>& values) {
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (const auto& value : values) parts.push_back(late_text(design, value));
  return base::join(parts, ", ");
}

}  // namespace

std::vector<Placed> places_outside(const model::Design& design) {
  std::vector<Placed> out;
  for (const auto& site : design.sites) {
    if (site.addresses.empty()) continue;
    out.push_back({"site " + model::to_string(site.origin.path), late_texts(design, site.addresses)});
  }
  std::set<std::string> told;
  for (const auto& flow : design.flows) {
    for (const auto* end : {&flow.from, &flow.to}) {
      const auto* blocks = std::get_if<model::Blocks>(end);
      if (blocks == nullptr || !told.insert(name_of(design, *end)).second) continue;
      out.push_back({"block " + name_of(design, *end), late_texts(design, blocks->blocks)});
    }
  }
  return out;
}

std::vector<BesideChange> moved_addresses(const estate::Estate& older, const estate::Estate& newer) {
  const std::vector<Placed> before = places(older);
  std::vector<BesideChange> out;
  for (Placed& now : places(newer)) {
    const auto was =
        std::find_if(before.begin(), before.end(), [&](const Placed& each) { return each.name == now.name; });
    if (was == before.end() || was->blocks == now.blocks) continue;
    out.push_back(
        {.what = "addresses", .subject = std::move(now.name), .before = was->blocks, .after = std::move(now.blocks)});
  }
  return out;
}

}  // namespace crenel::driver
