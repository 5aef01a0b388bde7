#include "compiler/driver/diff_addresses.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace crenel::driver {
namespace {

struct Placed {
  std::string name;
  std::string blocks;
};

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

}  // namespace

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
