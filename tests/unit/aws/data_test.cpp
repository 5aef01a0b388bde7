#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "backends/aws/lower_policies.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;
using model::DataAction;

namespace {

/// A group that works with a store, a queue and a table, by a private path, and a site that brings objects.
struct Depot {
  Builder make;
  model::VaultId keys;
  model::StoreId inbox;
  model::QueueId jobs;
  model::TableId items;
  model::GroupId worker;
  model::SiteId office;
  model::TierId work;

  Depot() {
    const auto network = make.network("main", "10.0.0.0/16");
    work = make.tier(network, "work", model::TierKind::Isolated);
    worker = make.group("worker", work);
    office = make.site("office", {block("198.51.100.0/24")});
    keys = make.design.vaults.add({.origin = named("keys"), .labels = {}, .settings = {}});
    inbox = make.design.stores.add({.origin = named("inbox"),
                                    .key = keys,
                                    .archive_after_seconds = 30 * 86400,
                                    .lock_seconds = {},
                                    .labels = {},
                                    .settings = {}});
    jobs = make.design.queues.add(
        {.origin = named("jobs"), .key = keys, .retry = 3, .retain_seconds = {}, .labels = {}, .settings = {}});
    items = make.design.data_tables.add({.origin = named("items"), .key = keys, .labels = {}, .settings = {}});
  }

  static model::Origin named(const std::string& name) { return {.path = {name}, .span = {}, .doc = {}, .because = {}}; }

  void path(std::vector<model::Service> services, const std::string& name = "data") {
    make.design.private_paths.add(
        {.origin = named(name), .tier = work, .services = std::move(services), .settings = {}});
  }

  void flow(const model::Endpoint& from, const model::Endpoint& to, const model::DataActions& actions,
            const std::vector<model::Hop>& via = {}) {
    const auto statement = make.design.statements.add({.span = {}, .text = "a flow", .because = {}});
    make.design.data_flows.push_back({.statement = statement, .from = from, .to = to, .actions = actions, .via = via});
  }
};

/// Statements of the policy of a resource, by their name.
Value statement(const Template& made, const std::string& id, std::string_view property_name, const std::string& sid) {
  for (const Value& one : elements(at(property(made, id, property_name), {"Statement"}))) {
    if (text(at(one, {"Sid"})) == sid) return one;
  }
  return {};
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> out;
  if (!text(list).empty()) return {text(list)};
  for (const Value& one : elements(list)) out.push_back(text(one));
  return out;
}

}  // namespace

TEST_CASE("a bucket is encrypted, versioned, never public, and closed to all but whom a flow names") {
  Depot depot;
  depot.path({depot.inbox});
  depot.flow(depot.worker, depot.inbox, {DataAction::Read});
  const Template made = compiled(depot.make.design);
  const Value bucket = resource(made, "InboxBucket").entry.body;
  for (const char* flag : {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}) {
    CHECK(at(bucket, {"PublicAccessBlockConfiguration", flag}) == Value(true));
  }
  CHECK(text(at(bucket, {"VersioningConfiguration", "Status"})) == "Enabled");
  CHECK(at(bucket, {"BucketName"}).is_null());
  const Value tls = statement(made, "InboxBucketPolicy", "PolicyDocument", "OnlyWithTls");
  CHECK(text(at(tls, {"Condition", "Bool", "aws:SecureTransport"})) == "false");
  const Value read = statement(made, "InboxBucketPolicy", "PolicyDocument", "OnlyDeclaredRead");
  CHECK(text(at(read, {"Effect"})) == "Deny");
  CHECK(elements(at(read, {"Condition", "ArnNotEquals", "aws:PrincipalArn"})) ==
        std::vector<Value>{attribute("WorkerInstanceRole", "Arn")});
  // Nobody deletes: the statement has no exception.
  CHECK(at(statement(made, "InboxBucketPolicy", "PolicyDocument", "OnlyDeclaredDelete"), {"Condition"}).is_null());
  CHECK(at(statement(made, "InboxBucketPolicy", "PolicyDocument", "OnlyByDataS3Endpoint"),
           {"Condition", "StringNotEquals", "aws:SourceVpce"}) == reference_to("DataS3Endpoint"));
}

TEST_CASE("a role is granted what its flows say, by the way that they take, and nothing else") {
  Depot depot;
  depot.path({depot.inbox, depot.jobs});
  depot.flow(depot.worker, depot.inbox, {DataAction::Read});
  depot.flow(depot.worker, depot.jobs, {DataAction::Receive});
  const Template made = compiled(depot.make.design);
  const auto all = elements(at(property(made, "WorkerDataPolicy", "PolicyDocument"), {"Statement"}));
  REQUIRE(all.size() == 2);
  CHECK(texts(at(all[0], {"Action"})) == std::vector<std::string>{"s3:GetObject", "s3:ListBucket"});
  for (const Value& one : all) CHECK_FALSE(at(one, {"Condition", "StringEquals", "aws:SourceVpce"}).is_null());
  CHECK(property(made, "WorkerInstanceProfile", "Roles") == Value(Array{reference_to("WorkerInstanceRole")}));
  CHECK(at(property(made, "WorkerLaunchTemplate", "LaunchTemplateData"), {"IamInstanceProfile", "Arn"}) ==
        attribute("WorkerInstanceProfile", "Arn"));
}

TEST_CASE("a private path is an endpoint whose group takes just those who have something to ask") {
  Depot depot;
  const auto other = depot.make.group("other", depot.work);
  depot.path({depot.inbox});
  depot.flow(depot.worker, depot.inbox, {DataAction::Read});
  const Template made = compiled(depot.make.design);
  CHECK(find(made, "DataS3EndpointIngressFromWorkerTcp443") != nullptr);
  CHECK(find(made, "WorkerEgressToDataS3EndpointTcp443") != nullptr);
  CHECK(find(made, "DataS3EndpointIngressFromOtherTcp443") == nullptr);
  CHECK(property(made, "DataS3Endpoint", "PrivateDnsEnabled") == Value(true));
  CHECK(text(at(property(made, "DataS3Endpoint", "DnsOptions"), {"PrivateDnsOnlyForInboundResolverEndpoint"})) ==
        "AllResolvers");
  CHECK(depot.make.design.groups[other].origin.path.front() == "other");
}

TEST_CASE("a network has one endpoint of a service, whose policy says what all its tiers may do") {
  Depot depot;
  const auto second = depot.make.tier(model::NetworkId(0), "second", model::TierKind::Isolated);
  const auto sender = depot.make.group("sender", second);
  depot.path({depot.jobs}, "back");
  depot.make.design.private_paths.add(
      {.origin = Depot::named("front"), .tier = second, .services = {depot.jobs}, .settings = {}});
  depot.flow(sender, depot.jobs, {DataAction::Send});
  depot.flow(depot.worker, depot.jobs, {DataAction::Receive});
  const Template made = compiled(depot.make.design);
  CHECK(of_type(made, kVpcEndpoint).size() == 1);
  CHECK(elements(at(property(made, "BackSqsEndpoint", "PolicyDocument"), {"Statement"})).size() == 2);
}

TEST_CASE("a key's root administers it and does not use it") {
  Depot depot;
  depot.path({depot.inbox});
  depot.flow(depot.worker, depot.inbox, {DataAction::Read});
  const Template made = compiled(depot.make.design);
  const Value root = statement(made, "KeysKey", "KeyPolicy", "AdministrationByTheAccount");
  for (const std::string& action : texts(at(root, {"Action"}))) {
    CHECK(action.find('*') == std::string::npos);
    for (const char* use : {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant", "kms:ReEncrypt"}) {
      CHECK(action.find(use) == std::string::npos);
    }
  }
  const Value use = statement(made, "KeysKey", "KeyPolicy", "InboxByWorker");
  CHECK(texts(at(use, {"Action"})) == std::vector<std::string>{"kms:Decrypt"});
  CHECK_FALSE(at(use, {"Condition", "StringEquals", "kms:ViaService"}).is_null());
}

TEST_CASE("messages that nobody could deal with are laid aside where nobody is let in") {
  Depot depot;
  depot.path({depot.jobs});
  depot.flow(depot.worker, depot.jobs, {DataAction::Receive});
  const Template made = compiled(depot.make.design);
  CHECK(number(at(property(made, "JobsQueue", "RedrivePolicy"), {"maxReceiveCount"})) == 3);
  for (const Value& one : elements(at(property(made, "JobsDeadLetterQueuePolicy", "PolicyDocument"), {"Statement"}))) {
    CHECK(text(at(one, {"Effect"})) == "Deny");
    CHECK(at(one, {"Condition", "ArnNotEquals"}).is_null());
  }
}

TEST_CASE("a site with identities and addresses must have both") {
  Depot depot;
  depot.make.design.sites[depot.office].identities = {std::string("arn:aws:iam::111122223333:role/sender")};
  depot.flow(depot.office, depot.inbox, {DataAction::Write});
  const Template made = compiled(depot.make.design);
  CHECK_FALSE(at(statement(made, "InboxBucketPolicy", "PolicyDocument", "WriteInboxFromOffice"),
                 {"Condition", "IpAddress", "aws:SourceIp"})
                  .is_null());
  CHECK_FALSE(at(statement(made, "InboxBucketPolicy", "PolicyDocument", "OnlyFromOffice"),
                 {"Condition", "NotIpAddress", "aws:SourceIp"})
                  .is_null());
}

TEST_CASE("a group follows its queue, from nothing too") {
  Depot depot;
  depot.make.design.groups[depot.worker].scale = {.min = 0, .max = 9, .cpu_percent = {}, .queued = depot.jobs};
  const Template made = compiled(depot.make.design);
  const Value how = property(made, "WorkerQueuedPolicy", "TargetTrackingConfiguration");
  CHECK(elements(at(how, {"CustomizedMetricSpecification", "Metrics"})).size() == 3);
  CHECK_FALSE(property(made, "WorkerGroup", "MetricsCollection").is_null());
}

TEST_CASE("what AWS cannot carry out is refused with a way out") {
  Depot depot;
  depot.flow(depot.worker, depot.inbox, {DataAction::Read});
  CHECK(codes(depot.make.design) == std::vector<std::string>{"CRN1021"});
  Depot by_nat;
  by_nat.flow(by_nat.worker, by_nat.inbox, {DataAction::Read}, {model::ViaNat{}});
  CHECK(codes(by_nat.make.design) == std::vector<std::string>{"CRN1021"});
  Depot foreign;
  foreign.make.design.sites[foreign.office].identities = {std::string("someone@example.org")};
  CHECK(codes(foreign.make.design) == std::vector<std::string>{"CRN1022"});
}
