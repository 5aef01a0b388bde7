#include <algorithm>

#include "backends/azure/data_plan.h"
#include "backends/azure/existing.h"
#include "backends/azure/roles.h"

/// What is left to whoever looks after what was made elsewhere, and what is taken for granted of it.
namespace crenel::azure {
namespace {

using model::Design;
using model::Endpoint;

bool does(const Design& design, const Endpoint& thing, model::DataAction action) {
  return std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
    return flow.to == thing && std::find(flow.actions.begin(), flow.actions.end(), action) != flow.actions.end();
  });
}

bool needs_own_role(const Design& design, const Endpoint& thing) {
  return std::any_of(design.data_flows.begin(), design.data_flows.end(), [&](const model::DataFlow& flow) {
    return flow.to == thing && std::any_of(flow.actions.begin(), flow.actions.end(), [&](model::DataAction action) {
             const Role* role = role_for(thing, action);
             return role != nullptr && role->built_in.empty();
           });
  });
}

}  // namespace

void add_existing_residue(const Design& design, std::vector<backend::Residue>& out) {
  for (const model::PrivatePath& path : design.private_paths) {
    for (const model::Service& service : path.services) {
      const Endpoint end = as_endpoint(service);
      if (!is_existing(design, end) || is_used_from(design, design.tiers[path.tier].network, end)) continue;
      out.push_back({model::to_string(path.origin.path),
                     "No private endpoint to `" + model::name_of(design, end) +
                         "` is made, which was made elsewhere: nobody of the network uses it."});
    }
  }
  for (const Endpoint& each : model::declared_endpoints(design)) {
    if (!is_existing(design, each) || !model::is_used(design, each)) continue;
    out.push_back({model::name_of(design, each),
                   "It is made elsewhere: its keys, its firewall and who else has roles there are not seen here. Roles "
                   "for the flows are assigned at it, in its own resource group."});
    if (!std::holds_alternative<model::StoreId>(each)) {
      out.push_back({model::name_of(design, each),
                     "Its roles cannot ask whether a request comes by a private endpoint: that is for its firewall."});
    }
  }
}

void add_existing_assumptions(const Design& design, std::vector<std::string>& out) {
  for (const Endpoint& each : model::declared_endpoints(design)) {
    if (!is_existing(design, each) || !model::is_used(design, each)) continue;
    const std::string name = "`" + model::name_of(design, each) + "`";
    out.push_back("Whoever deploys may assign roles at " + name + " and approve private endpoints to it" +
                  (needs_own_role(design, each) ? ", and define roles in its resource group." : "."));
    if (std::holds_alternative<model::StoreId>(each)) {
      out.push_back(name + " takes identities: nobody has a key of its account, and no reader without a name.");
    } else {
      out.push_back(name + " is closed to public networks" +
                    (std::holds_alternative<model::VaultId>(each) ? ", and goes by roles, not by access policies."
                                                                  : ", and its namespace is of the tier Premium."));
    }
    if (does(design, each, model::DataAction::Archive)) {
      out.push_back(name + " has a rule of its own that moves what has the tag `archive` = `true` to the archive.");
    }
  }
}

}  // namespace crenel::azure
