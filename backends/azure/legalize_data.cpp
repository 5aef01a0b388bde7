#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/diagnostics.h"
#include "backends/azure/legalize.h"
#include "backends/azure/lower_data.h"
#include "compiler/model/data_paths.h"

/// Services and flows with them, as far as Azure can keep them exactly.
namespace crenel::azure {
namespace {

using diagnostics::Diagnostics;
using model::DataFlow;
using model::Design;
using model::Endpoint;

const model::FlowStatement& statement_of(const Design& design, const DataFlow& flow) {
  return design.statements[flow.statement];
}

void refuse(const Design& design, const DataFlow& flow, const std::string& why, const std::string& help,
            Diagnostics& diagnostics) {
  const model::FlowStatement& statement = statement_of(design, flow);
  diagnostics.report(kInexact, statement.span, statement.text, why).help = help;
}

/// "What is Azure attribute-based access control": conditions of roles are for blobs and queues of storage accounts.
constexpr const char* kNoConditions =
    "its firewall lets addresses in to all that it holds, and a role there takes no condition, so whoever comes by a "
    "private endpoint could come from those addresses, too";

/// Azure admits the addresses of a firewall and the identities of sites in every combination. Who comes by a private
/// endpoint is held to it by a condition of his role.
void check_site_flow(const Design& design, const DataFlow& flow, Diagnostics& diagnostics) {
  const model::FlowStatement& statement = statement_of(design, flow);
  const auto* site = std::get_if<model::SiteId>(&flow.from);
  const bool store = std::holds_alternative<model::StoreId>(flow.to);
  if (site == nullptr) {
    return refuse(design, flow, "Azure knows who uses a service by an identity, and addresses have none",
                  "declare a site with these addresses and `identities = [ID]`", diagnostics);
  }
  if (!store) {
    return refuse(design, flow, kNoConditions,
                  "let the site write into a `store`, and start from there: a function of the design hears of what is "
                  "created in it",
                  diagnostics);
  }
  const std::string service = model::name_of(design, flow.to);
  if (design.sites[*site].identities.empty()) {
    diagnostics.report(kSiteWithoutIdentity, statement.span, statement.text, model::name_of(design, flow.from)).help =
        "say `identities = [ID]` in the site: the object ids of those who act for it";
  }
  const net::AddressSet addresses = model::widest(design, *site);
  if (addresses.empty() || addresses.overlaps(net::AddressSet(net::private_blocks()))) {
    const std::string has = addresses.empty() ? "none" : "some that are, or may be, private";
    diagnostics.report(kSiteNotPublic, statement.span, statement.text, model::name_of(design, flow.from), has).help =
        "give the site its public addresses; a parameter for them is bounded by `within public_ranges`";
  }
  for (const DataFlow& other : design.data_flows) {
    if (other.to != flow.to || other.from == flow.from || !model::is_place(other.from)) continue;
    if (&other > &flow) continue;  // the later is told
    auto& report = diagnostics.report(kCrossProduct, statement.span, service, model::name_of(design, flow.from),
                                      model::name_of(design, other.from));
    report.notes.push_back({statement_of(design, other).span, "the other way in is declared here"});
    report.help = "give each its own store";
    return;
  }
}

void check_flow(const Design& design, const DataFlow& flow, Diagnostics& diagnostics) {
  const auto* group = std::get_if<model::GroupId>(&flow.from);
  // what is done to functions and to groups is refused where functions are
  if (!model::is_service(flow.to)) return;
  if (model::is_place(flow.from)) return check_site_flow(design, flow, diagnostics);
  if (group == nullptr && !std::holds_alternative<model::FunctionId>(flow.from)) {
    return refuse(design, flow, "what is neither a group nor a function has no identity that could be given a role",
                  "let a group or a function do it", diagnostics);
  }
  const auto tier = model::tier_of(design, flow.from);
  if (!tier) return;  // told as a function outside of every network
  // The private name leads everybody of the network to the endpoint: only who has one in his tier may go there.
  const bool has_way = !model::paths_to(design, *tier, flow.to).empty();
  if (has_way && private_end(design, design.tiers[*tier].network, flow.to)) return;
  const model::FlowStatement& statement = statement_of(design, flow);
  diagnostics
      .report(kNoPrivateEndpoint, statement.span, statement.text, model::name_of(design, flow.from),
              model::name_of(design, flow.to))
      .help = "declare an `endpoint` for it in the group's tier";
}

void check_paths(const Design& design, Diagnostics& diagnostics) {
  for (const model::PrivatePath& path : design.private_paths) {
    for (const model::Service& each : path.services) {
      const Endpoint service = as_endpoint(each);
      if (has_own_endpoint(service)) continue;
      // what is done to it is refused for itself
      const bool used = std::any_of(design.data_flows.begin(), design.data_flows.end(),
                                    [&](const DataFlow& flow) { return flow.to == service; });
      if (used) continue;
      diagnostics
          .report(kInexact, path.origin.span, "endpoint for a " + std::string(kind_of(service)),
                  std::string("Azure's Resource Manager, which is asked for it, has no private way that belongs to a "
                              "resource group"))
          .help = "leave it out of the endpoint's list";
    }
  }
  const std::vector<PrivateEnd> ends = private_ends(design);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (ends[i].service != ends[j].service) continue;
      auto& report = diagnostics.report(kTwoPrivateAddresses, design.private_paths[ends[i].path].origin.span,
                                        model::name_of(design, ends[i].service));
      report.notes.push_back({design.private_paths[ends[j].path].origin.span, "the other endpoint is here"});
      report.help = "give each network a service of its own";
    }
  }
}

/// The longest time that objects can be locked ("Container-level WORM policies", limits).
void check_locks(const Design& design, Diagnostics& diagnostics) {
  for (const model::StoreId id : design.stores.ids()) {
    const auto lock = design.stores[id].lock_seconds;
    constexpr std::int64_t kDay = 86400;
    constexpr std::int64_t kMostDays = 146000;
    if (!lock || *lock / kDay <= kMostDays) continue;
    diagnostics.report(kSettingValue, design.stores[id].origin.span, std::string("lock"),
                       std::to_string(*lock / kDay) + "d", std::string("146000 days at most"));
  }
}

}  // namespace

void check_data(const Design& design, Diagnostics& diagnostics) {
  for (const DataFlow& flow : design.data_flows) check_flow(design, flow, diagnostics);
  check_paths(design, diagnostics);
  check_locks(design, diagnostics);
}

}  // namespace crenel::azure
