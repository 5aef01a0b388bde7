#include <algorithm>

#include "backends/aws/existing.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/report.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

bool has(const DataGrant& grant, model::DataAction action) {
  return std::find(grant.actions.begin(), grant.actions.end(), action) != grant.actions.end();
}

}  // namespace

/// How many of them the template makes.
template <class Things>
std::size_t made(const Things& things) {
  return static_cast<std::size_t>(
      std::count_if(things.begin(), things.end(), [](const auto& thing) { return !thing.existing; }));
}

/// "read, write by the role of `app`": what somebody else's policy has to admit.
std::string wanted(const model::Design& design, const DataGrant& grant) {
  std::string out = model::to_string(grant.actions) + " by the role of `" + model::name_of(design, grant.from) + "`";
  if (grant.endpoint) out += " over its private path";
  return out;
}

/// What is left to whoever looks after a thing that was made elsewhere.
void residue_of_existing(const model::Design& design, const Plan& plan, const model::Endpoint& thing,
                         std::vector<backend::Residue>& out) {
  if (model::existing_of(design, thing) == nullptr || !model::is_used(design, thing)) return;
  std::vector<std::string> grants;
  for (const DataGrant* grant : plan.data.to(thing)) grants.push_back(wanted(design, *grant));
  for (const DataGrant& grant : plan.data.grants) {
    const auto vault = key_of(design, grant.to);
    if (!vault || model::Endpoint(*vault) != thing) continue;
    grants.push_back("what `" + model::name_of(design, grant.to) + "` is asked for by the role of `" +
                     model::name_of(design, grant.from) + "`");
  }
  const bool key = std::holds_alternative<model::VaultId>(thing);
  out.push_back({.subject = model::name_of(design, thing),
                 .text = std::string("it is made elsewhere: its own policy") +
                         (key ? "" : ", and that of a key which encrypts it,") +
                         " must not stand against this, and whom else it lets in is not seen here" +
                         (grants.empty() ? "" : ": " + base::list_in_words(grants, "and"))});
}

void add_residue_of_existing(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out) {
  for (const auto id : design.vaults.ids()) residue_of_existing(design, plan, id, out);
  for (const auto id : design.stores.ids()) residue_of_existing(design, plan, id, out);
  for (const auto id : design.topics.ids()) residue_of_existing(design, plan, id, out);
}

/// Where private paths and policies look for it.
template <class Things>
void assume_places(const Things& things, const std::string& region, std::vector<std::string>& out) {
  for (const auto& thing : things) {
    if (!thing.existing) continue;
    const auto* text = std::get_if<std::string>(&thing.existing->id);
    const bool placed = text != nullptr && !region.empty() && text->find(":" + region + ":") != std::string::npos;
    if (!placed) out.push_back("`" + path(thing.origin) + "` is in the template's Region");
  }
}

void add_residue_of_data(const model::Design& design, const Plan& plan, std::vector<backend::Residue>& out) {
  const bool keeps_data = made(design.vaults) + made(design.stores) + made(design.topics) != 0 ||
                          !design.queues.empty() || !design.data_tables.empty();
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
  add_residue_of_existing(design, plan, out);
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
  for (const auto id : design.stores.ids()) {
    if (!is_logged_to(design, id) || design.stores[id].existing) continue;
    tell(path(design.stores[id].origin),
         "AWS writes flow logs there for whoever of the account has it do so in this Region: a policy cannot name the "
         "network");
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
  assume_places(design.vaults, plan.region, out);
  assume_places(design.stores, plan.region, out);
  assume_places(design.topics, plan.region, out);
  for (const DataGrant& grant : plan.data.grants) {
    if (!has(grant, model::DataAction::Archive) || model::existing_of(design, grant.to) == nullptr) continue;
    out.push_back("`" + model::name_of(design, grant.to) + "` has a rule of its own that moves what has the tag `" +
                  std::string(kArchiveTag) + "` to the archive");
  }
  for (const auto id : design.stores.ids()) {
    if (!is_logged_to(design, id) || !design.stores[id].existing) continue;
    out.push_back("the policy of `" + path(design.stores[id].origin) +
                  "` lets AWS write this account's flow logs there");
  }
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
  add(made(design.vaults), "key");
  add(made(design.stores), "bucket");
  add(design.queues.size(), "queue");
  add(made(design.topics), "topic");
  add(design.data_tables.size(), "table");
  add(design.functions.size(), "function");
  add(plan.data.endpoints.size(), "interface endpoint");
}

}  // namespace crenel::aws
