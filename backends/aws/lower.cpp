#include "backends/aws/lower.h"

#include <utility>

#include "backends/aws/limits.h"
#include "backends/aws/lowering.h"
#include "backends/aws/names.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

/// The first paragraph of a doc comment, without Markdown's headings.
std::string summary(const std::string& doc) {
  std::string out;
  std::size_t at = 0;
  while (at < doc.size()) {
    const std::size_t end = std::min(doc.find('\n', at), doc.size());
    std::string line = doc.substr(at, end - at);
    at = end + 1;
    const std::size_t text = line.find_first_not_of(' ');
    if (text == std::string::npos) {
      if (!out.empty()) break;
      continue;
    }
    line.erase(0, text);
    if (line.front() == '#') continue;
    out += (out.empty() ? "" : " ") + line;
  }
  return out;
}

Value metadata(const model::Design& design, const Plan& plan) {
  Value about;
  about.set("Target", design.name);
  if (!plan.region.empty()) about.set("Region", plan.region);
  if (design.environment) about.set("Environment", model::to_string(design.environment->origin.path));
  Value out;
  out.set("Crenel", std::move(about));
  return out;
}

Value tag(std::string_view key, Value value) {
  Value out;
  out.set("Key", key);
  out.set("Value", std::move(value));
  return out;
}

}  // namespace

Resource& Lowering::add(const ResourceType& type, std::string id, std::string_view kind, const model::Origin& origin,
                        Value properties) {
  Entry entry{.id = std::move(id),
              .subject = std::string(kind) + " `" + model::to_string(origin.path) + "`",
              .span = origin.span,
              .body = std::move(properties)};
  return out.resources.emplace_back(
      Resource{.entry = std::move(entry), .type = type, .depends_on = {}, .attributes = {}});
}

void Lowering::output(std::string id, std::string_view kind, const model::Origin& origin,
                      const std::string& description, Value value) {
  Value body;
  body.set("Description", description);
  body.set("Value", std::move(value));
  out.outputs.push_back({.id = std::move(id),
                         .subject = std::string(kind) + " `" + model::to_string(origin.path) + "`",
                         .span = origin.span,
                         .body = std::move(body)});
}

Value Lowering::tags(const std::string& name) const {
  Value all;
  all.push(tag("Name", substitute("${" + std::string(kStackName) + "} " + tag_text(name))));
  all.push(tag("crenel:target", tag_text(design.name)));
  if (!design.environment) return all;
  if (!design.environment->stage.empty()) all.push(tag("stage", tag_text(design.environment->stage)));
  if (!design.environment->owner.empty()) all.push(tag("owner", tag_text(design.environment->owner)));
  return all;
}

Template lower(const model::Design& design, const Plan& plan) {
  Lowering to{.design = design, .plan = plan, .out = {}};
  const std::string said = summary(design.doc);
  to.out.description = cut(said.empty() ? design.name : design.name + ": " + said, kTemplateDescriptionBytes);
  to.out.metadata = metadata(design, plan);
  for (const model::NetworkId network : design.networks.ids()) {
    lower_network(to, network);
    for (const model::TierId tier : design.networks[network].tiers) lower_tier(to, tier);
  }
  lower_peerings(to);
  lower_transits(to);
  lower_links(to);
  for (const model::TierId tier : design.tiers.ids()) lower_routes(to, tier);
  for (const Acl& acl : plan.acls) lower_acl(to, acl);
  for (const SecurityGroup& group : plan.groups) lower_security_group(to, group);
  for (const SecurityGroup& group : plan.groups) lower_group_rules(to, group);
  for (const model::BalancerId balancer : design.balancers.ids()) lower_balancer(to, balancer);
  for (const model::DatabaseId database : design.databases.ids()) lower_database(to, database);
  for (const model::VaultId vault : design.vaults.ids()) lower_vault(to, vault);
  for (const model::StoreId store : design.stores.ids()) lower_store(to, store);
  for (const model::QueueId queue : design.queues.ids()) lower_queue(to, queue);
  for (const model::TopicId topic : design.topics.ids()) lower_topic(to, topic);
  for (const model::TableId table : design.data_tables.ids()) lower_table(to, table);
  for (std::size_t index = 0; index < plan.data.endpoints.size(); ++index) lower_endpoint(to, index);
  for (const model::GroupId group : design.groups.ids()) {
    if (const auto appliance = model::appliance_of(design, group)) {
      lower_appliance(to, group, *appliance);
    } else {
      lower_instance_profile(to, group);
      lower_group(to, group);
    }
  }
  for (const model::FunctionId function : design.functions.ids()) lower_function(to, function);
  for (const model::NetworkId network : design.networks.ids()) lower_flow_logs(to, network);
  for (const model::GuardId guard : design.guards.ids()) lower_guard(to, guard);
  lower_blocking(to);
  lower_access_scopes(to);
  lower_outputs(to);
  lower_rules_section(to);
  lower_parameters(to);
  return std::move(to.out);
}

}  // namespace crenel::aws
