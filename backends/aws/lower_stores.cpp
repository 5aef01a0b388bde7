#include <algorithm>
#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::DataAction;
using model::StoreId;

constexpr int kDaysForUploads = 7;

Value encryption(const Lowering& to, const model::Store& store) {
  Value how = object({{"SSEAlgorithm", "AES256"}});
  if (store.key) {
    how = object({{"SSEAlgorithm", "aws:kms"}, {"KMSMasterKeyID", key_arn(to.design, *store.key)}});
  }
  Value rule = object({{"ServerSideEncryptionByDefault", std::move(how)}});
  if (store.key) rule.set("BucketKeyEnabled", true);
  return object({{"ServerSideEncryptionConfiguration", array({std::move(rule)})}});
}

bool is_archived_by_hand(const Lowering& to, StoreId id) {
  const auto grants = to.plan.data.to(id);
  return std::any_of(grants.begin(), grants.end(), [](const DataGrant* grant) {
    return std::find(grant->actions.begin(), grant->actions.end(), DataAction::Archive) != grant->actions.end();
  });
}

/// AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html: a rule by tag is one of its own.
Value lifecycle(const Lowering& to, StoreId id) {
  const model::Store& store = to.design.stores[id];
  Value rules;
  rules.push(object({{"Id", "UnfinishedUploads"},
                     {"Status", "Enabled"},
                     {"AbortIncompleteMultipartUpload", object({{"DaysAfterInitiation", kDaysForUploads}})}}));
  if (store.archive_after_seconds) {
    const std::int64_t days = *store.archive_after_seconds / model::kSecondsPerDay;
    const auto step = object({{"StorageClass", "GLACIER"}, {"TransitionInDays", days}});
    rules.push(object({{"Id", "ToTheArchive"},
                       {"Status", "Enabled"},
                       {"Transitions", array({step})},
                       {"NoncurrentVersionTransitions", array({step})}}));
  }
  if (is_archived_by_hand(to, id)) {
    rules.push(object({{"Id", "ToTheArchiveByTag"},
                       {"Status", "Enabled"},
                       {"TagFilters", array({object({{"Key", kArchiveTag}, {"Value", kArchiveValue}})})},
                       {"Transitions", array({object({{"StorageClass", "GLACIER"}, {"TransitionInDays", 0}})})}}));
  }
  return object({{"Rules", std::move(rules)}});
}

bool starts_functions(const Lowering& to, StoreId id) {
  return std::any_of(to.design.functions.begin(), to.design.functions.end(), [&](const model::Function& function) {
    return std::find(function.on_created.begin(), function.on_created.end(), id) != function.on_created.end();
  });
}

Value bucket_properties(const Lowering& to, StoreId id) {
  const model::Store& store = to.design.stores[id];
  Value out;
  out.set("BucketEncryption", encryption(to, store));
  out.set("PublicAccessBlockConfiguration", object({{"BlockPublicAcls", true},
                                                    {"BlockPublicPolicy", true},
                                                    {"IgnorePublicAcls", true},
                                                    {"RestrictPublicBuckets", true}}));
  out.set("OwnershipControls", object({{"Rules", array({object({{"ObjectOwnership", "BucketOwnerEnforced"}})})}}));
  out.set("VersioningConfiguration", object({{"Status", "Enabled"}}));
  if (store.lock_seconds) {
    // In this mode nobody, the account's root included, shortens it.
    Value kept = object({{"Mode", "COMPLIANCE"}, {"Days", *store.lock_seconds / model::kSecondsPerDay}});
    out.set("ObjectLockEnabled", true);
    out.set("ObjectLockConfiguration",
            object({{"ObjectLockEnabled", "Enabled"}, {"Rule", object({{"DefaultRetention", std::move(kept)}})}}));
  }
  out.set("LifecycleConfiguration", lifecycle(to, id));
  if (starts_functions(to, id)) {
    out.set("NotificationConfiguration",
            object({{"EventBridgeConfiguration", object({{"EventBridgeEnabled", true}})}}));
  }
  out.set("Tags", to.tags(model::to_string(store.origin.path)));
  return out;
}

}  // namespace

void lower_store(Lowering& to, StoreId id) {
  const model::Store& store = to.design.stores[id];
  if (store.existing) return;
  const std::string bucket = thing_name(to.design, id, "Bucket");
  Resource& made = to.add(kBucket, bucket, "store", store.origin, bucket_properties(to, id));
  // What is stored outlives the stack.
  made.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
  const bool logged = is_logged_to(to.design, id);
  const Closing closing{.thing = id,
                        .cloud = Cloud::Storage,
                        .resources = array({attribute(bucket, "Arn"), substitute("${" + bucket + ".Arn}/*")}),
                        .all = {DataAction::Read, DataAction::Write, DataAction::Delete, DataAction::Archive},
                        .plain = true,
                        .ways = true,
                        .by_service = logged ? std::optional(DataAction::Write) : std::nullopt};
  std::vector<Statement> statements = closing_statements(to, closing);
  if (logged) {
    for (Statement& one : writing_of_logs(to, id)) statements.push_back(std::move(one));
  }
  to.add(kBucketPolicy, thing_name(to.design, id, "BucketPolicy"), "store", store.origin,
         object({{"Bucket", reference_to(bucket)}, {"PolicyDocument", policy_document(statements)}}));
}

}  // namespace crenel::aws
