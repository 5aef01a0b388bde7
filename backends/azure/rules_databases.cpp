#include "backends/azure/addresses.h"
#include "backends/azure/databases.h"
#include "backends/azure/rule_list.h"

namespace crenel::azure {
namespace {

using model::Design;
using model::Flow;
using model::TierId;

/// Who calls, as addresses: members are known by their tier. That admits no more than the flows: a member that none of
/// them names is stopped by its own rules.
std::vector<Side> callers(const Design& design, const Flow& flow) {
  if (const auto tier = model::tier_of(design, flow.from)) {
    return {Prefixes{{address(design, design.tiers[*tier].block)}}};
  }
  const auto* site = std::get_if<model::SiteId>(&flow.from);
  const auto* blocks = std::get_if<model::Blocks>(&flow.from);
  if (site == nullptr && blocks == nullptr) return {};
  const Addresses parts = addresses(design, site != nullptr ? model::addresses_of(design, *site) : blocks->blocks);
  std::vector<Side> out;
  if (!parts.known.empty()) out.emplace_back(Prefixes{parts.known});
  for (const Term& late : parts.late) out.emplace_back(Prefixes{{late}});
  return out;
}

}  // namespace

std::vector<Rule> rules_of_databases(const Design& design, TierId tier) {
  RuleList list(design, design.tiers[tier].network);
  const Side servers = Prefixes{{address(design, design.tiers[tier].block)}};
  for (const Flow& flow : design.flows) {
    const auto* database = std::get_if<model::DatabaseId>(&flow.to);
    if (database == nullptr || design.databases[*database].tier != tier) continue;
    for (const Side& from : callers(design, flow)) {
      list.allow(Direction::Inbound, Band::Named, from, servers, flow.traffic, flow);
    }
  }
  // What a server cannot do without (same page: the port within the subnet, and the storage that takes its log).
  const net::Traffic own = model::listened_on(engine_of(design.databases[databases_in(design, tier).front()]));
  list.platform(Direction::Inbound, servers, servers, own, "AllowStandby", "a server's own standby, required");
  list.platform(Direction::Outbound, servers, servers, own, "AllowStandby", "a server's own standby, required");
  list.platform(Direction::Outbound, servers, ServiceTag{"Storage"}, net::Traffic::of(net::Protocol::Tcp, 443, 443),
                "AllowLogArchive", "where a server archives its log, required");
  return std::move(list).finish();
}

}  // namespace crenel::azure
