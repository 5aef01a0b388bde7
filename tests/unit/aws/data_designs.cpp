#include <utility>

#include "tests/unit/aws/designs.h"

namespace crenel::aws::tests {

using namespace model;

namespace {

Origin named(const std::string& name) { return {.path = {name}, .span = {}, .doc = {}, .because = {}}; }

void flow(Design& design, const Endpoint& from, const Endpoint& to, DataActions actions) {
  const auto statement =
      design.statements.add({.span = {}, .text = name_of(design, from) + " -> " + name_of(design, to), .because = {}});
  design.data_flows.push_back(
      {.statement = statement, .from = from, .to = to, .actions = std::move(actions), .via = {}});
}

FunctionId function(Design& design, const std::string& name, std::optional<TierId> tier, StoreId created) {
  Function made;
  made.origin = named(name);
  made.tier = tier;
  made.code = "def handler(event, context):\n    return None\n";
  made.runtime = "python3.13";
  made.on_created = {created};
  const FunctionId id = design.functions.add(std::move(made));
  flow(design, created, id, {DataAction::Invoke});
  return id;
}

}  // namespace

Design data_services() {
  Builder make;
  Design& design = make.design;
  design.name = "data_services";
  const NetworkId network = make.network("main", "10.0.0.0/16");
  const TierId work = make.tier(network, "work", TierKind::Isolated);
  const TierId run = make.tier(network, "run", TierKind::Isolated);
  design.tiers[work].strict_acl = true;
  const GroupId worker = make.group("worker", work);
  make.flow(make.group("desk", work), worker, tcp(8443), "desk -> worker : tcp/8443");
  const ParameterId identity = make.parameter("sender", ParameterKind::Identity);
  const SiteId office = make.site("office", {block("198.51.100.0/24")});
  const SiteId bench = make.site("bench", {block("203.0.113.0/28")});
  design.sites[office].identities = {identity};
  const VaultId keys = design.vaults.add({.origin = named("keys"), .labels = {}, .settings = {}});
  Store kept;
  kept.origin = named("inbox");
  kept.key = keys;
  kept.archive_after_seconds = 30 * 86400;
  const StoreId inbox = design.stores.add(kept);
  kept.origin = named("results");
  kept.key = std::nullopt;
  kept.archive_after_seconds = std::nullopt;
  kept.lock_seconds = 7 * 86400;
  const StoreId results = design.stores.add(kept);
  const QueueId jobs = design.queues.add(
      {.origin = named("jobs"), .key = keys, .retry = 3, .retain_seconds = 86400, .labels = {}, .settings = {}});
  const TopicId done = design.topics.add({.origin = named("done"), .key = keys, .labels = {}, .settings = {}});
  const TableId items = design.data_tables.add({.origin = named("items"), .key = keys, .labels = {}, .settings = {}});
  design.groups[worker].scale = {.min = 0, .max = 9, .cpu_percent = {}, .queued = jobs};
  design.private_paths.add(
      {.origin = named("data"), .tier = work, .services = {inbox, results, jobs, items, keys}, .settings = {}});
  design.private_paths.add(
      {.origin = named("control"), .tier = run, .services = {jobs, inbox, done, worker}, .settings = {}});
  const FunctionId launcher = function(design, "launcher", run, inbox);
  const FunctionId reporter = function(design, "reporter", std::nullopt, results);
  flow(design, office, inbox, {DataAction::Write});
  flow(design, bench, results, {DataAction::Read});
  flow(design, worker, inbox, {DataAction::Read, DataAction::Archive});
  flow(design, worker, results, {DataAction::Write, DataAction::Delete});
  flow(design, worker, jobs, {DataAction::Receive});
  flow(design, worker, items, {DataAction::Get, DataAction::Put, DataAction::Query});
  flow(design, worker, keys, {DataAction::Read, DataAction::Encrypt, DataAction::Decrypt});
  flow(design, launcher, jobs, {DataAction::Send});
  flow(design, launcher, worker, {DataAction::Launch, DataAction::Terminate});
  flow(design, launcher, done, {DataAction::Publish});
  flow(design, reporter, done, {DataAction::Subscribe});
  return design;
}

}  // namespace crenel::aws::tests
