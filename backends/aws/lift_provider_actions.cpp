#include "backends/aws/lift_provider_actions.h"

#include <algorithm>
#include <array>

namespace crenel::aws::reading {
namespace {

using estate::Action;
using ServiceKind = estate::Service::Kind;

constexpr bool kNeeded = true;
constexpr bool kParts = true;

std::vector<ProviderAction> store_actions() {
  return {
      {"s3:getobject", Action::Read, kNeeded, kParts},
      {"s3:getobjectacl", Action::Read, false, kParts},
      {"s3:getobjectattributes", Action::Read, false, kParts},
      {"s3:getobjecttagging", Action::Read, false, kParts},
      {"s3:getobjecttorrent", Action::Read, false, kParts},
      {"s3:getobjectversion", Action::Read, false, kParts},
      {"s3:getobjectversionacl", Action::Read, false, kParts},
      {"s3:getobjectversionattributes", Action::Read, false, kParts},
      {"s3:getobjectversionforreplication", Action::Read, false, kParts},
      {"s3:getobjectversiontagging", Action::Read, false, kParts},
      {"s3:getobjectversiontorrent", Action::Read, false, kParts},
      {"s3:listbucket", Action::Read, false, false},
      {"s3:listbucketmultipartuploads", Action::Read, false, false},
      {"s3:listbucketversions", Action::Read, false, false},
      {"s3:putobject", Action::Write, kNeeded, kParts},
      {"s3:abortmultipartupload", Action::Write, false, kParts},
      {"s3:listmultipartuploadparts", Action::Write, false, kParts},
      {"s3:putobjectacl", Action::Write, false, kParts},
      {"s3:putobjectlegalhold", Action::Write, false, kParts},
      {"s3:putobjectretention", Action::Write, false, kParts},
      {"s3:putobjectversionacl", Action::Write, false, kParts},
      {"s3:replicateobject", Action::Write, false, kParts},
      {"s3:replicatetags", Action::Write, false, kParts},
      {"s3:restoreobject", Action::Write, false, kParts},
      {"s3:deleteobject", Action::Delete, kNeeded, kParts},
      {"s3:bypassgovernanceretention", Action::Delete, false, kParts},
      {"s3:deleteobjectversion", Action::Delete, false, kParts},
      {"s3:replicatedelete", Action::Delete, false, kParts},
      {"s3:putobjecttagging", Action::Archive, kNeeded, kParts},
      {"s3:deleteobjecttagging", Action::Archive, false, kParts},
      {"s3:deleteobjectversiontagging", Action::Archive, false, kParts},
      {"s3:putobjectversiontagging", Action::Archive, false, kParts},
      {"s3:deletebucket", Action::Administer, false, false},
      {"s3:deletebucketpolicy", Action::Administer, false, false},
      {"s3:putaccelerateconfiguration", Action::Administer, false, false},
      {"s3:putbucketacl", Action::Administer, false, false},
      {"s3:putbucketcors", Action::Administer, false, false},
      {"s3:putbucketnotification", Action::Administer, false, false},
      {"s3:putbucketobjectlockconfiguration", Action::Administer, false, false},
      {"s3:putbucketownershipcontrols", Action::Administer, false, false},
      {"s3:putbucketpolicy", Action::Administer, false, false},
      {"s3:putbucketpublicaccessblock", Action::Administer, false, false},
      {"s3:putbucketversioning", Action::Administer, false, false},
      {"s3:putbucketwebsite", Action::Administer, false, false},
      {"s3:putencryptionconfiguration", Action::Administer, false, false},
      {"s3:putlifecycleconfiguration", Action::Administer, false, false},
      {"s3:putreplicationconfiguration", Action::Administer, false, false},
  };
}

std::vector<ProviderAction> queue_actions() {
  return {
      {"sqs:sendmessage", Action::Send, kNeeded, false},
      {"sqs:receivemessage", Action::Receive, kNeeded, false},
      {"sqs:deletemessage", Action::Receive, kNeeded, false},
      {"sqs:changemessagevisibility", Action::Receive, false, false},
      {"sqs:purgequeue", Action::Receive, false, false},
      {"sqs:addpermission", Action::Administer, false, false},
      {"sqs:deletequeue", Action::Administer, false, false},
      {"sqs:removepermission", Action::Administer, false, false},
      {"sqs:setqueueattributes", Action::Administer, false, false},
      {"sqs:startmessagemovetask", Action::Administer, false, false},
  };
}

std::vector<ProviderAction> topic_actions() {
  return {
      {"sns:publish", Action::Publish, kNeeded, false},
      {"sns:subscribe", Action::Subscribe, kNeeded, false},
      {"sns:addpermission", Action::Administer, false, false},
      {"sns:deletetopic", Action::Administer, false, false},
      {"sns:putdataprotectionpolicy", Action::Administer, false, false},
      {"sns:removepermission", Action::Administer, false, false},
      {"sns:settopicattributes", Action::Administer, false, false},
  };
}

std::vector<ProviderAction> table_actions() {
  return {
      {"dynamodb:getitem", Action::Get, kNeeded, false},
      {"dynamodb:batchgetitem", Action::Get, false, false},
      {"dynamodb:partiqlselect", Action::Get, false, false},
      {"dynamodb:putitem", Action::Put, kNeeded, false},
      {"dynamodb:updateitem", Action::Put, false, false},
      {"dynamodb:batchwriteitem", Action::Put, false, false},
      {"dynamodb:deleteitem", Action::Put, false, false},
      {"dynamodb:partiqldelete", Action::Put, false, false},
      {"dynamodb:partiqlinsert", Action::Put, false, false},
      {"dynamodb:partiqlupdate", Action::Put, false, false},
      {"dynamodb:query", Action::Query, kNeeded, false},
      {"dynamodb:scan", Action::Query, false, false},
      {"dynamodb:deleteresourcepolicy", Action::Administer, false, false},
      {"dynamodb:deletetable", Action::Administer, false, false},
      {"dynamodb:putresourcepolicy", Action::Administer, false, false},
      {"dynamodb:updatecontinuousbackups", Action::Administer, false, false},
      {"dynamodb:updatetable", Action::Administer, false, false},
  };
}

std::vector<ProviderAction> vault_actions() {
  return {
      {"secretsmanager:getsecretvalue", Action::Read, kNeeded, kParts},
      {"secretsmanager:batchgetsecretvalue", Action::Read, false, kParts},
      {"kms:encrypt", Action::Encrypt, kNeeded, false},
      {"kms:generatedatakey", Action::Encrypt, false, false},
      {"kms:generatedatakeypair", Action::Encrypt, false, false},
      {"kms:generatedatakeypairwithoutplaintext", Action::Encrypt, false, false},
      {"kms:generatedatakeywithoutplaintext", Action::Encrypt, false, false},
      {"kms:reencryptto", Action::Encrypt, false, false},
      {"kms:decrypt", Action::Decrypt, kNeeded, false},
      {"kms:reencryptfrom", Action::Decrypt, false, false},
      {"kms:creategrant", Action::Administer, false, false},
      {"kms:deleteimportedkeymaterial", Action::Administer, false, false},
      {"kms:disablekey", Action::Administer, false, false},
      {"kms:disablekeyrotation", Action::Administer, false, false},
      {"kms:enablekey", Action::Administer, false, false},
      {"kms:importkeymaterial", Action::Administer, false, false},
      {"kms:putkeypolicy", Action::Administer, false, false},
      {"kms:replicatekey", Action::Administer, false, false},
      {"kms:schedulekeydeletion", Action::Administer, false, false},
      {"secretsmanager:deletesecret", Action::Administer, false, kParts},
      {"secretsmanager:putresourcepolicy", Action::Administer, false, kParts},
      {"secretsmanager:putsecretvalue", Action::Administer, false, kParts},
      {"secretsmanager:updatesecret", Action::Administer, false, kParts},
  };
}

std::vector<ProviderAction> function_actions() {
  return {
      {"lambda:invokefunction", Action::Invoke, kNeeded, false},
      {"lambda:invokeasync", Action::Invoke, false, false},
      {"lambda:invokefunctionurl", Action::Invoke, false, false},
      {"lambda:addpermission", Action::Administer, false, false},
      {"lambda:deletefunction", Action::Administer, false, false},
      {"lambda:putfunctioneventinvokeconfig", Action::Administer, false, false},
      {"lambda:updatefunctioncode", Action::Administer, false, false},
      {"lambda:updatefunctionconfiguration", Action::Administer, false, false},
  };
}

std::vector<ProviderAction> group_actions() {
  return {
      {"autoscaling:setdesiredcapacity", Action::Launch, kNeeded, false},
      {"autoscaling:launchinstances", Action::Launch, false, false},
      {"autoscaling:executepolicy", Action::Launch, false, false},
      {"autoscaling:terminateinstanceinautoscalinggroup", Action::Terminate, kNeeded, false},
      {"autoscaling:attachinstances", Action::Administer, false, false},
      {"autoscaling:deleteautoscalinggroup", Action::Administer, false, false},
      {"autoscaling:detachinstances", Action::Administer, false, false},
      {"autoscaling:enterstandby", Action::Administer, false, false},
      {"autoscaling:putlifecyclehook", Action::Administer, false, false},
      {"autoscaling:putscalingpolicy", Action::Administer, false, false},
      {"autoscaling:putscheduledupdategroupaction", Action::Administer, false, false},
      {"autoscaling:setinstancehealth", Action::Administer, false, false},
      {"autoscaling:startinstancerefresh", Action::Administer, false, false},
      {"autoscaling:updateautoscalinggroup", Action::Administer, false, false},
  };
}

/// Words that begin the names of actions that look and do not touch; what reads data is in the tables above.
constexpr std::array<std::string_view, 4> kLooking = {"describe", "list", "get", "tag"};
constexpr auto kHarmlessActions = std::to_array<std::string_view>({
    "autoscaling:completelifecycleaction",
    "autoscaling:recordlifecycleactionheartbeat",
    "kms:retiregrant",
    "kms:revokegrant",
    "kms:tagresource",
    "kms:untagresource",
    "s3:headbucket",
    "s3:putbuckettagging",
    "sqs:untagqueue",
    "sns:unsubscribe",
});

}  // namespace

const std::vector<ProviderAction>& provider_actions(ServiceKind kind) {
  static const std::array<std::vector<ProviderAction>, 7> all = {store_actions(), queue_actions(), topic_actions(),
                                                                 table_actions(), vault_actions(), function_actions(),
                                                                 group_actions()};
  return all.at(static_cast<std::size_t>(kind));
}

bool is_harmless(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view word = name.substr(colon + 1);
  const bool looks =
      std::any_of(kLooking.begin(), kLooking.end(), [&](std::string_view start) { return word.starts_with(start); });
  return looks || std::find(kHarmlessActions.begin(), kHarmlessActions.end(), name) != kHarmlessActions.end();
}

std::vector<std::string_view> needed_of_key(const ProviderAction& action) {
  constexpr auto kReading = std::to_array<std::string_view>(
      {"s3:getobject", "s3:getobjecttorrent", "s3:getobjectversion", "s3:getobjectversionforreplication",
       "s3:getobjectversiontorrent", "sqs:receivemessage", "secretsmanager:getsecretvalue",
       "secretsmanager:batchgetsecretvalue"});
  const auto is = [&](const auto& names) { return std::find(names.begin(), names.end(), action.name) != names.end(); };
  // What is put in parts is opened again, which S3 asks for then alone (userguide/UsingKMSEncryption.html).
  constexpr auto kPutting = std::to_array<std::string_view>({"s3:putobject", "s3:replicateobject"});
  if (is(kPutting)) return {"kms:generatedatakey"};
  // SQSDeveloperGuide/sqs-key-management.html and sns/latest/dg/sns-key-management.html (2026-11-27), of producers and
  // publishers: a data key is made, and opened to see that it is whole.
  constexpr auto kSending = std::to_array<std::string_view>({"sqs:sendmessage", "sns:publish"});
  if (is(kSending)) return {"kms:generatedatakey", "kms:decrypt"};
  const bool item = action.name.starts_with("dynamodb:") && action.action != Action::Administer;
  if (item || is(kReading)) return {"kms:decrypt"};
  return {};
}

std::string_view service_word(ServiceKind kind, Action action) {
  switch (kind) {
    case ServiceKind::Store:
      return "s3";
    case ServiceKind::Queue:
      return "sqs";
    case ServiceKind::Topic:
      return "sns";
    case ServiceKind::Table:
      return "dynamodb";
    case ServiceKind::Vault:
      return action == Action::Read ? "secretsmanager" : "kms";
    case ServiceKind::Function:
      return "lambda";
    case ServiceKind::Group:
      break;
  }
  return "autoscaling";
}

}  // namespace crenel::aws::reading
