#include <algorithm>

#include "backends/aws/diagnostics.h"
#include "backends/aws/legalize_steps.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

using model::ApplianceId;
using model::Block;
using model::Design;
using model::NetworkId;
using model::TierId;

constexpr int kLength = 28;    ///< the smallest subnet; a transit gateway takes one address in it
constexpr int kReserved = 26;  ///< of a network's end: the model keeps it for gateways

/// Where a block ends, counted from the start of its network, in parts of `kLength` bits; nothing where that is not
/// known.
std::optional<std::uint64_t> end_of(const Block& block, const Block& space) {
  if (block.part && !block.part->from_end && block.base == space.base && block.part->length <= kLength) {
    return (std::uint64_t{block.part->index} + 1) << static_cast<unsigned>(kLength - block.part->length);
  }
  const auto known = model::known(block);
  const auto whole = model::known(space);
  if (!known || !whole) return std::nullopt;
  const auto offset = static_cast<std::uint64_t>(known->last().bits - whole->address.bits) + 1;
  constexpr std::uint64_t kAddresses = std::uint64_t{1} << (32 - kLength);
  return (offset + kAddresses - 1) / kAddresses;
}

std::string name_of(const Design& design, NetworkId id) { return model::to_string(design.networks[id].origin.path); }

/// Rules cannot name groups across the gateway, so all that crosses it is what is sent by the appliance.
void check_flows(const Design& design, const Transit& transit, diagnostics::Diagnostics& diagnostics) {
  const model::Endpoint appliance = model::group_of(design, transit.appliance);
  for (const model::Flow& flow : design.flows) {
    const auto from = model::tier_of(design, flow.from);
    const auto to = model::tier_of(design, flow.to);
    if (!from || !to || flow.to == appliance) continue;
    if (!transit.joins(design.tiers[*from].network, design.tiers[*to].network)) continue;
    const model::FlowStatement& statement = design.statements[flow.statement];
    auto& error =
        diagnostics.report(kTransitFlow, statement.span, statement.text, name_of(design, design.tiers[*from].network),
                           name_of(design, design.tiers[*to].network));
    error.notes.push_back(
        {design.appliances[transit.appliance].origin.span, "what is sent by this appliance crosses it"});
    error.help = "put both ends into one network, or a third network for the appliance";
  }
}

void add(const Design& design, ApplianceId id, std::vector<Transit>& all, diagnostics::Diagnostics& diagnostics) {
  const model::Appliance& appliance = design.appliances[id];
  const NetworkId hub = design.tiers[appliance.tier].network;
  Transit made{.hub = hub, .appliance = id, .spokes = {}, .blocks = {}};
  for (const TierId tier : model::tiers_behind(design, id)) {
    const NetworkId network = design.tiers[tier].network;
    const bool there = std::find(made.spokes.begin(), made.spokes.end(), network) != made.spokes.end();
    if (network != hub && !there) made.spokes.push_back(network);
  }
  if (made.spokes.empty()) return;
  const auto refuse = [&](const std::string& why, const char* help) {
    diagnostics.report(kApplianceForm, appliance.origin.span, model::to_string(appliance.origin.path), why).help = help;
  };
  const bool second = std::any_of(all.begin(), all.end(), [&](const Transit& one) { return one.hub == hub; });
  if (second) {
    return refuse(
        "is the second in `" + name_of(design, hub) + "` that other networks send to, and one route leads there",
        "give it a network of its own");
  }
  made.blocks = free_blocks(design, hub, 0);
  if (made.blocks.empty()) {
    return refuse("needs a /28 a zone for a transit gateway, and `" + name_of(design, hub) + "` may have none to give",
                  "enlarge the space of the network, or narrow its bound");
  }
  check_flows(design, made, diagnostics);
  all.push_back(std::move(made));
}

}  // namespace

std::vector<Block> free_blocks(const Design& design, NetworkId id, std::size_t taken) {
  const model::Network& network = design.networks[id];
  std::uint64_t first = 0;
  for (const TierId tier : network.tiers) {
    const auto end = end_of(design.tiers[tier].block, network.space);
    if (!end) return {};
    first = std::max(first, *end);
  }
  first += taken;
  int longest = 0;
  if (const auto known = model::known(network.space)) {
    longest = known->length;
  } else {
    longest = design.parameters[std::get<model::ParameterId>(network.space.base)].longest;
  }
  if (longest >= kReserved) return {};
  const std::uint64_t room =
      (std::uint64_t{1} << static_cast<unsigned>(kLength - longest)) - (1U << (kLength - kReserved));
  const auto zones = static_cast<std::uint64_t>(network.zones);
  if (first + zones > room) return {};
  std::vector<Block> out;
  for (std::uint64_t i = first; i < first + zones; ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    if (const auto known = model::known(network.space)) {
      out.push_back({.base = *known->part(kLength, index), .part = {}});
    } else {
      out.push_back({.base = network.space.base, .part = model::Part{.length = kLength, .index = index}});
    }
  }
  return out;
}

std::vector<Transit> plan_transits(const Design& design, diagnostics::Diagnostics& diagnostics) {
  std::vector<Transit> all;
  for (const ApplianceId id : design.appliances.ids()) add(design, id, all, diagnostics);
  return all;
}

}  // namespace crenel::aws
