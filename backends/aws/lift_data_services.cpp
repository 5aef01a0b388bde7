#include <algorithm>
#include <utility>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_names.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

using estate::Service;

Service service_for(const Item& item, Service::Kind kind) {
  Service made;
  made.kind = kind;
  made.name = item.id();
  made.stem = stem_of(item.id(), item.resource->type);
  made.place = item.place();
  return made;
}

void weaken_service(Service& service, std::string what, const Value& where, const Item& item, bool is_sure = true) {
  service.weaknesses.push_back(
      {.what = std::move(what), .sure = is_sure, .place = where.absent() ? item.place() : where.place});
}

/// A flag that should be on. Not known: it may be off.
void want_on(Service& service, const Value& said, const std::string& without, const Item& item, bool otherwise) {
  if (said.absent()) {
    if (!otherwise) weaken_service(service, without, said, item);
    return;
  }
  const auto flag = known_flag(said);
  if (flag != true) weaken_service(service, without, said, item, flag.has_value());
}

const Item* key_item(const Reading& reading, const Value& value) {
  const auto* to = value.as<Reference>();
  const Item* item = to == nullptr ? nullptr : reading.find(to->resource);
  return item != nullptr && item->resource->type == kKey.name ? item : nullptr;
}

// ---- stores
/// Moves what has the tag `archive` to the archive, and nothing less than that.
bool follows_mark(const Option& rule) {
  const Value& one = *rule.value;
  const auto tags = elements_of(one["TagFilters"]);
  if (!rule.certain || tags.size() != 1 || known_text(one["Status"]) != "Enabled" || !one["Prefix"].absent())
    return false;
  const Value& tag = *tags.front().value;
  if (known_text(tag["Key"]) != "archive" || known_text(tag["Value"]) != "true") return false;
  const auto steps = elements_of(one["Transitions"]);
  return std::any_of(steps.begin(), steps.end(), [](const Option& step) {
    const auto storage = known_text((*step.value)["StorageClass"]);
    return step.certain && (storage == "GLACIER" || storage == "DEEP_ARCHIVE");
  });
}

void read_lifecycle(Service& service, const Item& item) {
  std::optional<std::int64_t> least;
  for (const Option& rule : elements_of(item["LifecycleConfiguration"]["Rules"])) {
    const Value& one = *rule.value;
    // Of a part of the objects it is no rule for the store.
    const bool whole = one["TagFilters"].absent() && one["Prefix"].absent() && one["ObjectSizeGreaterThan"].absent() &&
                       one["ObjectSizeLessThan"].absent() && known_text(one["Status"]) == "Enabled" && rule.certain;
    if (!one["ExpirationInDays"].absent() || !one["ExpirationDate"].absent()) {
      weaken_service(service, "deletes objects by itself", one, item, rule.certain);
    }
    service.archives_marked = service.archives_marked || follows_mark(rule);
    if (!whole) continue;
    for (const Option& step : elements_of(one["Transitions"])) {
      const auto storage = known_text((*step.value)["StorageClass"]);
      const auto days = known_number((*step.value)["TransitionInDays"]);
      const bool archive = storage == "GLACIER" || storage == "DEEP_ARCHIVE";
      if (archive && days && (!least || *days < *least)) least = days;
    }
  }
  service.archive_after_days = least;
}

void read_lock(Service& service, const Item& item) {
  if (known_flag(item["ObjectLockEnabled"]) != true) return;
  const Value& kept = item["ObjectLockConfiguration"]["Rule"]["DefaultRetention"];
  if (known_text(kept["Mode"]) != "COMPLIANCE") {
    if (!kept.absent()) weaken_service(service, "has a lock that some may lift", kept, item);
    return;
  }
  constexpr std::int64_t kDaysPerYear = 365;
  service.lock_days = known_number(kept["Days"]);
  if (const auto years = known_number(kept["Years"])) service.lock_days = *years * kDaysPerYear;
}

const Value& default_encryption(const Item& item) {
  static const Value none{};
  const auto rules = elements_of(item["BucketEncryption"]["ServerSideEncryptionConfiguration"]);
  return rules.empty() ? none : (*rules.front().value)["ServerSideEncryptionByDefault"];
}

void read_store(Reading& reading, DataReading& data, const Item& item) {
  Service made = service_for(item, Service::Kind::Store);
  const Value& block = item["PublicAccessBlockConfiguration"];
  for (const char* name : {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}) {
    want_on(made, block[name], "may be made public (`" + std::string(name) + "` is off)", item, false);
  }
  const auto status = known_text(item["VersioningConfiguration"]["Status"]);
  if (status != "Enabled") weaken_service(made, "keeps no versions", item["VersioningConfiguration"], item);
  const auto rules = elements_of(item["OwnershipControls"]["Rules"]);
  const bool enforced =
      !rules.empty() && known_text((*rules.front().value)["ObjectOwnership"]) == "BucketOwnerEnforced";
  // Buckets made since April 2023 are so without being told (AmazonS3/latest/userguide/about-object-ownership.html).
  if (!rules.empty() && !enforced) weaken_service(made, "takes access control lists", item["OwnershipControls"], item);
  const auto acl = known_text(item["AccessControl"]);
  if (!item["AccessControl"].absent() && acl != "Private") {
    weaken_service(made, "is opened by an access control list", item["AccessControl"], item, acl.has_value());
  }
  if (!item["WebsiteConfiguration"].absent()) {
    weaken_service(made, "is served as a site", item["WebsiteConfiguration"], item);
  }
  read_lifecycle(made, item);
  read_lock(made, item);
  // Buckets are encrypted with a key of S3's own where they say nothing (userguide/default-bucket-encryption.html).
  const Value& encryption = default_encryption(item);
  const auto algorithm = known_text(encryption["SSEAlgorithm"]);
  const Item* key =
      algorithm && algorithm->starts_with("aws:kms") ? key_item(reading, encryption["KMSMasterKeyID"]) : nullptr;
  data.holders.push_back({.item = &item,
                          .service = reading.estate.services.add(std::move(made)),
                          .policy = {},
                          .key = key,
                          .key_value = &encryption["KMSMasterKeyID"],
                          .arn = {}});
}

// ---- queues
/// The queue that a queue's undelivered messages go to, when it is one of the template.
const Item* dead_letters_of(const Reading& reading, const Item& item) {
  const auto* to = item["RedrivePolicy"]["deadLetterTargetArn"].as<Reference>();
  const Item* there = to == nullptr ? nullptr : reading.find(to->resource);
  return there != nullptr && there->resource->type == kQueue.name ? there : nullptr;
}

void check_queue_encryption(Service& service, const Item& item) {
  if (!item["KmsMasterKeyId"].absent()) return;
  // Encrypted by SQS's own keys where nothing is said (SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html).
  want_on(service, item["SqsManagedSseEnabled"], "is not encrypted", item, true);
}

void read_queues(Reading& reading, DataReading& data) {
  std::map<const Item*, const Item*> main_of;
  const std::vector<const Item*> queues = reading.of(kQueue.name);
  for (const Item* item : queues) {
    const Item* dead = dead_letters_of(reading, *item);
    if (dead != nullptr && dead != item) main_of.emplace(dead, item);
  }
  for (const Item* item : queues) {
    if (main_of.contains(item)) continue;
    Service made = service_for(*item, Service::Kind::Queue);
    const auto tries = known_number((*item)["RedrivePolicy"]["maxReceiveCount"]);
    if (tries && *tries <= 1000) made.tries = static_cast<int>(*tries);
    made.retain_seconds = known_number((*item)["MessageRetentionPeriod"]);
    check_queue_encryption(made, *item);
    const Item* dead = dead_letters_of(reading, *item);
    if (dead != nullptr) check_queue_encryption(made, *dead);
    const Value& aside = (*item)["RedrivePolicy"]["deadLetterTargetArn"];
    if (dead == nullptr && !aside.absent()) {
      weaken_service(made, "lays messages aside in a queue that the template does not make", aside, *item);
    }
    if (dead != nullptr && !((*dead)["KmsMasterKeyId"] == (*item)["KmsMasterKeyId"])) {
      weaken_service(made, "lays messages aside under another key", (*dead)["KmsMasterKeyId"], *dead);
    }
    const estate::ServiceId id = reading.estate.services.add(std::move(made));
    data.holders.push_back({.item = item,
                            .service = id,
                            .policy = {},
                            .key = key_item(reading, (*item)["KmsMasterKeyId"]),
                            .key_value = &(*item)["KmsMasterKeyId"],
                            .arn = {}});
    if (dead == nullptr) continue;
    // Messages that nobody could deal with are the queue's own.
    data.holders.push_back({.item = dead,
                            .service = id,
                            .policy = {},
                            .key = key_item(reading, (*dead)["KmsMasterKeyId"]),
                            .key_value = &(*dead)["KmsMasterKeyId"],
                            .arn = {}});
  }
}

// ---- topics, tables
void read_topic(Reading& reading, DataReading& data, const Item& item) {
  Service made = service_for(item, Service::Kind::Topic);
  if (item["KmsMasterKeyId"].absent()) weaken_service(made, "is not encrypted", item["KmsMasterKeyId"], item);
  for (const Option& subscription : elements_of(item["Subscription"])) {
    reading.unknown(subscription.value->place, "`" + item.id() + "` sends to an endpoint that is not read");
  }
  const Item* key = key_item(reading, item["KmsMasterKeyId"]);
  data.holders.push_back({.item = &item,
                          .service = reading.estate.services.add(std::move(made)),
                          .policy = {},
                          .key = key,
                          .key_value = &item["KmsMasterKeyId"],
                          .arn = {}});
}

void read_table(Reading& reading, DataReading& data, const Item& item) {
  // Tables are always encrypted: with a key of DynamoDB's own where nothing is said.
  Service made = service_for(item, Service::Kind::Table);
  want_on(made, item["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
          "cannot be brought back to an earlier time", item, false);
  const Item* key = key_item(reading, item["SSESpecification"]["KMSMasterKeyId"]);
  data.holders.push_back({.item = &item,
                          .service = reading.estate.services.add(std::move(made)),
                          .policy = {},
                          .key = key,
                          .key_value = &item["SSESpecification"]["KMSMasterKeyId"],
                          .arn = {}});
}

// ---- vaults
void read_vaults(Reading& reading, DataReading& data) {
  std::map<const Item*, estate::ServiceId> keys;
  for (const Item* item : reading.of(kKey.name)) {
    Service made = service_for(*item, Service::Kind::Vault);
    want_on(made, (*item)["EnableKeyRotation"], "is not renewed", *item, false);
    if (known_flag((*item)["Enabled"]) == false) weaken_service(made, "is switched off", (*item)["Enabled"], *item);
    const estate::ServiceId id = reading.estate.services.add(std::move(made));
    keys.emplace(item, id);
    data.holders.push_back({.item = item,
                            .service = id,
                            .policy = statements_of(reading, (*item)["KeyPolicy"], item->certain),
                            .key = nullptr,
                            .key_value = nullptr,
                            .arn = {}});
  }
  for (const Item* item : reading.of(kSecret.name)) {
    const Item* key = key_item(reading, (*item)["KmsKeyId"]);
    const auto of_vault = keys.find(key);
    estate::ServiceId id;
    if (of_vault != keys.end()) {
      id = of_vault->second;
    } else {
      Service made = service_for(*item, Service::Kind::Vault);
      weaken_service(made, "keeps a secret under none of its keys", (*item)["KmsKeyId"], *item);
      id = reading.estate.services.add(std::move(made));
    }
    if (!(*item)["ReplicaRegions"].absent()) {
      reading.unknown((*item)["ReplicaRegions"].place, "`" + item->id() + "` is kept in other regions, too");
    }
    data.holders.push_back({.item = item, .service = id, .policy = {}, .key = key, .key_value = nullptr, .arn = {}});
  }
}

// ---- functions and groups
void read_function(Reading& reading, DataReading& data, const Item& item) {
  Service made = service_for(item, Service::Kind::Function);
  if (const auto found = reading.interfaces.find(item.id()); found != reading.interfaces.end()) {
    made.interface = found->second;
  }
  data.holders.push_back({.item = &item,
                          .service = reading.estate.services.add(std::move(made)),
                          .policy = {},
                          .key = nullptr,
                          .key_value = nullptr,
                          .arn = {}});
}

void read_group(Reading& reading, DataReading& data, const Item& item) {
  Service made = service_for(item, Service::Kind::Group);
  if (const auto found = reading.interfaces.find(item.id()); found != reading.interfaces.end()) {
    made.interface = found->second;
  }
  data.holders.push_back({.item = &item,
                          .service = reading.estate.services.add(std::move(made)),
                          .policy = {},
                          .key = nullptr,
                          .key_value = nullptr,
                          .arn = {}});
}

}  // namespace

const Holder* DataReading::holder(const Item* item) const {
  const auto found =
      std::find_if(holders.begin(), holders.end(), [&](const Holder& each) { return each.item == item; });
  return found == holders.end() ? nullptr : &*found;
}

const Holder* DataReading::first(estate::ServiceId service) const {
  const auto found =
      std::find_if(holders.begin(), holders.end(), [&](const Holder& each) { return each.service == service; });
  return found == holders.end() ? nullptr : &*found;
}

std::string resource_text(const Judge& judge, const Holder& holder, bool on_parts) {
  const std::string arn = arn_of(judge, holder);
  return on_parts && holder.item->resource->type == kBucket.name ? arn + "/{object}" : arn;
}

void read_data_services(Reading& reading, DataReading& data) {
  read_vaults(reading, data);
  for (const Item* item : reading.of(kBucket.name)) read_store(reading, data, *item);
  read_queues(reading, data);
  for (const Item* item : reading.of(kTopic.name)) read_topic(reading, data, *item);
  for (const Item* item : reading.of(kTable.name)) read_table(reading, data, *item);
  for (const Item* item : reading.of(kFunction.name)) read_function(reading, data, *item);
  for (const Item* item : reading.of(kAutoScalingGroup.name)) read_group(reading, data, *item);
  for (const Holder& holder : data.holders) {
    // Of a queue and its dead letters the queue says which key is its.
    const bool first = &holder == data.first(holder.service);
    const Holder* vault = holder.key == nullptr || !first ? nullptr : data.holder(holder.key);
    if (vault != nullptr && vault->service != holder.service) {
      reading.estate.services[holder.service].key = vault->service;
    }
  }
}

}  // namespace crenel::aws::reading
