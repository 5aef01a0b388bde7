#include <algorithm>

#include "backends/aws/lower_policies.h"
#include "backends/aws/report.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

bool has(const DataGrant& grant, model::DataAction action) {
  return std::find(grant.actions.begin(), grant.actions.end(), action) != grant.actions.end();
}

}  // namespace

void add_residue_of_data(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out) {
  const bool keeps_data = !design.vaults.empty() || !design.stores.empty() || !design.queues.empty() ||
                          !design.topics.empty() || !design.data_tables.empty();
  if (keeps_data) {
    out.push_back({.subject = design.name,
                   .text = "whoever administers the account can change policies, and so what they close; the policies "
                           "themselves give him no data"});
  }
  std::vector<std::string> told;
  const auto tell = [&](const std::string& subject, const std::string& text) {
    if (std::find(told.begin(), told.end(), subject + text) != told.end()) return;
    told.push_back(subject + text);
    out.push_back({.subject = subject, .text = text});
  };
  for (const DataGrant& grant : plan.data.grants) {
    const std::string name = model::name_of(design, grant.to);
    if (grant.cloud == Cloud::Scaling || grant.cloud == Cloud::Functions) {
      tell(name,
           "it has no policy of its own that denies: whoever of the account has permission starts and stops it, too");
    }
    if (has(grant, model::DataAction::Launch)) {
      tell(name, "who launches instances sets how many there are, and can make them fewer as well");
    }
    if (has(grant, model::DataAction::Archive)) {
      tell(name, "an object is archived by its tag `" + std::string(kArchiveTag) + "`, about a day later");
    }
  }
  for (const model::Function& function : design.functions) {
    if (!function.tier) {
      tell(path(function.origin),
           "it runs outside of the networks: no rule closes what its code sends to the Internet");
    }
  }
  for (const InterfaceEndpoint& way : plan.data.endpoints) {
    if (way.cloud != Cloud::Tables) continue;
    tell(path(design.private_paths[way.path].origin),
         "DynamoDB's own name does not lead to it: callers are told its name (functions by "
         "`AWS_ENDPOINT_URL_DYNAMODB`)");
  }
}

void add_assumptions_of_data(const model::Design& design, const Plan& plan, std::vector<std::string>& out) {
  std::vector<std::string> sites;
  for (const DataGrant& grant : plan.data.grants) {
    const auto* site = std::get_if<model::SiteId>(&grant.from);
    if (site == nullptr) continue;
    const std::string name = "`" + path(design.sites[*site].origin) + "`";
    if (std::find(sites.begin(), sites.end(), name) != sites.end()) continue;
    sites.push_back(name);
    if (design.sites[*site].identities.empty()) {
      out.push_back(name +
                    " has no identities: whoever of the account has permission and comes from its addresses is "
                    "meant");
    } else {
      out.push_back("the identities of " + name + " are roles or users of the template's account");
    }
  }
}

void add_account_of_data(const model::Design& design, const Plan& plan, std::vector<std::string>& out) {
  const auto add = [&](std::size_t count, const std::string& what) {
    if (count > 0) out.push_back(counted(count, what));
  };
  add(design.vaults.size(), "key");
  add(design.stores.size(), "bucket");
  add(design.queues.size(), "queue");
  add(design.topics.size(), "topic");
  add(design.data_tables.size(), "table");
  add(design.functions.size(), "function");
  add(plan.data.endpoints.size(), "interface endpoint");
}

}  // namespace crenel::aws
