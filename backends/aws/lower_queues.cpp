#include <utility>

#include "backends/aws/existing.h"
#include "backends/aws/lower_guards.h"
#include "backends/aws/lower_policies.h"
#include "backends/aws/lowering.h"

namespace crenel::aws {
namespace {

using document::array;
using document::object;
using model::DataAction;
using model::QueueId;

/// SQSDeveloperGuide/quotas-messages.html: the longest that a message is kept.
constexpr std::int64_t kLongestRetention = 1209600;
/// A message that is being worked on is nobody else's for so long, unless who works on it asks for more.
constexpr int kVisibilitySeconds = 300;
constexpr int kLongPollSeconds = 20;

Value queue_properties(const Lowering& to, const model::Queue& queue, std::optional<std::int64_t> retain) {
  Value out;
  if (queue.key) {
    out.set("KmsMasterKeyId", key_arn(to.design, *queue.key));
  } else {
    out.set("SqsManagedSseEnabled", true);
  }
  if (retain) out.set("MessageRetentionPeriod", *retain);
  out.set("VisibilityTimeout", kVisibilitySeconds);
  out.set("ReceiveMessageWaitTimeSeconds", kLongPollSeconds);
  return out;
}

void add_queue(Lowering& to, const model::Queue& queue, const std::string& id, Value properties) {
  Resource& made = to.add(kQueue, id, "queue", queue.origin, std::move(properties));
  // Messages that wait are not thrown away with the stack.
  made.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
}

void add_policy(Lowering& to, const model::Queue& queue, const std::string& id, const std::string& of,
                const Closing& closing) {
  to.add(kQueuePolicy, id, "queue", queue.origin,
         object({{"Queues", array({reference_to(of)})},
                 {"PolicyDocument", policy_document(closing_statements(to, closing))}}));
}

}  // namespace

void lower_queue(Lowering& to, QueueId id) {
  const model::Queue& queue = to.design.queues[id];
  const std::string path = model::to_string(queue.origin.path);
  const std::string main = thing_name(to.design, id, "Queue");
  const std::string dead = thing_name(to.design, id, "DeadLetterQueue");
  Closing closing{.thing = id,
                  .cloud = Cloud::Queues,
                  .resources = attribute(main, "Arn"),
                  .all = {DataAction::Send, DataAction::Receive},
                  .plain = true,
                  .ways = true};
  Value properties = queue_properties(to, queue, queue.retain_seconds);
  if (queue.retry) {
    // Kept as long as can be: somebody has to look at what nobody could deal with.
    Value laid_aside = queue_properties(to, queue, kLongestRetention);
    laid_aside.set("Tags", to.tags(path + " dead letters"));
    add_queue(to, queue, dead, std::move(laid_aside));
    properties.set("RedrivePolicy",
                   object({{"deadLetterTargetArn", attribute(dead, "Arn")}, {"maxReceiveCount", *queue.retry}}));
  }
  properties.set("Tags", to.tags(path));
  add_queue(to, queue, main, std::move(properties));
  add_policy(to, queue, thing_name(to.design, id, "QueuePolicy"), main, closing);
  if (!queue.retry) return;
  closing.resources = attribute(dead, "Arn");
  closing.nobody = true;
  add_policy(to, queue, thing_name(to.design, id, "DeadLetterQueuePolicy"), dead, closing);
}

void lower_topic(Lowering& to, model::TopicId id) {
  const model::Topic& topic = to.design.topics[id];
  if (topic.existing) return;
  const std::string name = thing_name(to.design, id, "Topic");
  // Where no vault is named, the key that AWS keeps for the account's topics.
  Value key = topic.key ? key_arn(to.design, *topic.key) : Value("alias/aws/sns");
  if (has_own_key(to.design, id)) {
    lower_topic_key(to, id);
    key = attribute(thing_name(to.design, id, "TopicKey"), "Arn");
  }
  to.add(kTopic, name, "topic", topic.origin,
         object({{"KmsMasterKeyId", std::move(key)}, {"Tags", to.tags(model::to_string(topic.origin.path))}}));
  const bool told = is_told(to.design, id);
  const Closing closing{.thing = id,
                        .cloud = Cloud::Notifications,
                        .resources = reference_to(name),
                        .all = {DataAction::Publish, DataAction::Subscribe},
                        .plain = true,
                        .ways = true,
                        .by_service = told ? std::optional(DataAction::Publish) : std::nullopt,
                        .publishers = reverting_roles(to.design, id)};
  std::vector<Statement> statements = closing_statements(to, closing);
  if (told) statements.push_back(publishing_of_events(to, id));
  to.add(kTopicPolicy, thing_name(to.design, id, "TopicPolicy"), "topic", topic.origin,
         object({{"Topics", array({reference_to(name)})}, {"PolicyDocument", policy_document(statements)}}));
}

void lower_table(Lowering& to, model::TableId id) {
  const model::Table& table = to.design.data_tables[id];
  Value encryption = object({{"SSEEnabled", true}, {"SSEType", "KMS"}});
  if (table.key) encryption.set("KMSMasterKeyId", key_arn(to.design, *table.key));
  // The policy stands in the table, whose ARN the endpoint's policy names: callers' own policies say by which way.
  const Closing closing{.thing = id,
                        .cloud = Cloud::Tables,
                        .resources = "*",
                        .all = {DataAction::Get, DataAction::Put, DataAction::Query},
                        .plain = true,
                        .ways = false};
  Value properties;
  properties.set("AttributeDefinitions", array({object({{"AttributeName", "id"}, {"AttributeType", "S"}})}));
  properties.set("KeySchema", array({object({{"AttributeName", "id"}, {"KeyType", "HASH"}})}));
  properties.set("BillingMode", "PAY_PER_REQUEST");
  properties.set("SSESpecification", std::move(encryption));
  properties.set("PointInTimeRecoverySpecification", object({{"PointInTimeRecoveryEnabled", true}}));
  properties.set("DeletionProtectionEnabled", true);
  properties.set("ResourcePolicy", object({{"PolicyDocument", policy_document(closing_statements(to, closing))}}));
  properties.set("Tags", to.tags(model::to_string(table.origin.path)));
  Resource& made = to.add(kTable, thing_name(to.design, id, "Table"), "table", table.origin, std::move(properties));
  made.attributes = {{"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}};
}

}  // namespace crenel::aws
