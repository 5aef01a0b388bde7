#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// Templates of AWS with services, edited by hand: every edit is told, or changes nothing of what may be done.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/data_on_aws/input.crenel";
const std::string kExisting = project_root() / "tests/golden/existing_on_aws/input.crenel";

/// One change of a template. A step of the path that is the `Sid` of a statement stands for its place in the list; "-"
/// is the place after the last.
struct Edit {
  std::string path;  ///< in `Resources`: "PapersBucket/Properties/VersioningConfiguration/Status"
  json value;        ///< null: it is taken away
  std::string code;
  std::string words;
};

std::string step_in(const json& there, const std::string& step) {
  if (!there.is_array()) return step;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (there[i].is_object() && there[i].value("Sid", "") == step) return std::to_string(i);
  }
  return step;
}

void apply(json& made, const Edit& edit) {
  json::json_pointer place("/Resources");
  for (std::size_t from = 0; from <= edit.path.size();) {
    const std::size_t to = std::min(edit.path.find('/', from), edit.path.size());
    place /= step_in(made[place], edit.path.substr(from, to - from));
    from = to + 1;
  }
  if (!edit.value.is_null()) {
    made[place] = edit.value;
    return;
  }
  json& parent = made[place.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(std::stoul(place.back()));
  } else {
    REQUIRE(parent.contains(place.back()));
    parent.erase(place.back());
  }
}

json arn_of(const char* resource) { return {{"Fn::GetAtt", {resource, "Arn"}}}; }
json objects_of(const char* bucket) { return {{"Fn::Sub", "${" + std::string(bucket) + ".Arn}/*"}}; }

json allow(const json& actions, const json& resource) {
  return {{"Effect", "Allow"}, {"Action", actions}, {"Resource", resource}};
}
json allow(const json& principal, const json& actions, const json& resource) {
  json out = allow(actions, resource);
  out["Principal"] = principal;
  return out;
}
json policy(const json& statement) { return {{"Statement", json::array({statement})}}; }

const json kEverything = policy(allow("*", "*", "*"));
const json kOther = {{"AWS", "arn:aws:iam::999922223333:root"}};
const std::string kBucketPolicy = "PapersBucketPolicy/Properties/PolicyDocument/Statement/";
const std::string kCopiesPolicy = "CopiesBucketPolicy/Properties/PolicyDocument/Statement/";
const std::string kQueuePolicy = "JobsQueuePolicy/Properties/PolicyDocument/Statement/";
const std::string kTablePolicy = "ItemsTable/Properties/ResourcePolicy/PolicyDocument/Statement/";
const std::string kTopicPolicy = "DoneTopicPolicy/Properties/PolicyDocument/Statement/";
const std::string kKeyPolicy = "KeysKey/Properties/KeyPolicy/Statement/";
const std::string kReader = "ReaderDataPolicy/Properties/PolicyDocument/Statement/";
const std::string kWriter = "WriterDataPolicy/Properties/PolicyDocument/Statement/";
const std::string kTrust = "ReaderInstanceRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal";
const std::string kPermission = "StarterCreatedPermission/Properties/";
const std::string kRule = "StarterCreatedRule/Properties/";
const std::string kPapers = "PapersBucket/Properties/";
const std::string kCopies = "CopiesBucket/Properties/";

std::vector<Edit> policies_of_resources() {
  return {
      {kBucketPolicy + "-", allow("*", "s3:GetObject", objects_of("PapersBucket")), "CRN0911", "anyone"},
      {kBucketPolicy + "-", allow("*", "S3:getobject*", objects_of("PapersBucket")), "CRN0911", "anyone"},
      {kBucketPolicy + "-", allow(kOther, "s3:GetObject", objects_of("PapersBucket")), "CRN0911", "999922223333"},
      {kBucketPolicy + "-",
       allow({{"AWS", arn_of("ReaderInstanceRole")}}, "s3:PutBucketPolicy", arn_of("PapersBucket")), "CRN0911",
       "administer"},
      {kBucketPolicy + "OnlyWithTls", nullptr, "CRN0919", "without TLS"},
      {kBucketPolicy + "OnlyDeclaredRead", nullptr, "CRN0911", "papers : read"},
      {kBucketPolicy + "OnlyDeclaredWrite", nullptr, "CRN0911", "papers : write"},
      {kBucketPolicy + "OnlyDeclaredDelete", nullptr, "CRN0911", "papers : delete"},
      {kBucketPolicy + "OnlyDeclaredArchive", nullptr, "CRN0911", "papers : archive"},
      {kBucketPolicy + "OnlyDeclaredRead/Condition/NotIpAddress/aws:SourceIp/0", "198.51.0.0/16", "CRN0911",
       "from 198.51.0.0/16"},
      {kCopiesPolicy + "OnlyDeclaredDelete", nullptr, "CRN0911", "copies : delete"},
      {"PapersBucketPolicy", nullptr, "CRN0911", "papers"},
      {kQueuePolicy + "OnlyWithTls", nullptr, "CRN0919", "without TLS"},
      {kQueuePolicy + "OnlyDeclaredReceive", nullptr, "CRN0913", "jobs"},
      {"JobsDeadLetterQueuePolicy", nullptr, "CRN0919", "without TLS"},
      {kTopicPolicy + "OnlyWithTls", nullptr, "CRN0919", "without TLS"},
      {kTopicPolicy + "OnlyDeclaredPublish", nullptr, "CRN0911", "done : publish"},
      {kTopicPolicy + "OnlyDeclaredSubscribe", nullptr, "CRN0911", "done : subscribe"},
      {kTablePolicy + "OnlyWithTls", nullptr, "CRN0919", "without TLS"},
      {kTablePolicy + "OnlyDeclaredGet", nullptr, "CRN0911", "items : get"},
      {kTablePolicy + "OnlyDeclaredQuery", nullptr, "CRN0911", "items : query"},
      {kTablePolicy + "-", allow(kOther, "dynamodb:PutResourcePolicy", "*"), "CRN0911", "items : administer"},
      {"KeysSecretPolicy", nullptr, "CRN0911", "keys : read"},
      {kKeyPolicy + "-", allow("*", "kms:Decrypt", "*"), "CRN0911", "keys : decrypt"},
      {kKeyPolicy + "-", allow({{"AWS", arn_of("ReaderInstanceRole")}}, "kms:Decrypt", "*"), "CRN0911",
       "reader -> keys : decrypt"},
      {kKeyPolicy + "0/Action/-", "kms:Decrypt", "CRN0911", "keys : decrypt"},
      {kKeyPolicy + "JobsByStarter", nullptr, "CRN0912", "starter -> jobs : send"},
      {kKeyPolicy + "CopiesByReader/Condition", nullptr, "CRN0911", "reader -> keys : decrypt"},
  };
}

std::vector<Edit> roles() {
  return {
      {"JobsQueue/Properties/RedrivePolicy/deadLetterTargetArn", "arn:aws:sqs:eu-west-1:999922223333:theirs", "CRN0919",
       "that the template does not make"},
      {"AS3Endpoint/Properties/PrivateDnsEnabled", false, "CRN0913", "the service's own name"},
      {"AS3Endpoint/Properties/PrivateDnsEnabled", nullptr, "CRN0913", "the service's own name"},
      {kReader + "-", allow("ec2:*", "*"), "CRN0913", "what it can come to by that"},
      {kReader + "-", allow("ec2:RevokeSecurityGroupEgress", "*"), "CRN0913", "what it can come to by that"},
      {kReader + "-", allow("ssm:SendCommand", "*"), "CRN0913", "what it can come to by that"},
      {kReader + "-", allow("*", "*"), "CRN0911", "reader"},
      {kReader + "-", allow("s3:*", "*"), "CRN0911", "reader -> papers : administer"},
      {kReader + "-", allow("lambda:InvokeFunction", arn_of("StarterFunction")), "CRN0911",
       "reader -> starter : invoke"},
      {kReader + "-", allow("lambda:UpdateFunctionCode", "*"), "CRN0911", "reader -> starter : administer"},
      {kReader + "-", allow("dynamodb:DeleteTable", arn_of("PlainTable")), "CRN0911", "reader -> plain : administer"},
      {kReader + "-", allow("autoscaling:*", "*"), "CRN0911", "reader -> writer"},
      {kReader + "-", allow("sts:AssumeRole", arn_of("WriterInstanceRole")), "CRN0913", "ReaderDataPolicy"},
      {kReader + "-", allow("iam:*", "*"), "CRN0913", "ReaderDataPolicy"},
      {kReader + "ReadCopies", nullptr, "CRN0912", "reader -> copies : read"},
      {kReader + "ReadCopies/Action", "s3:ListBucket", "CRN0913", "reader -> copies : read"},
      {kWriter + "GetPutItems/Condition", nullptr, "CRN0911", "writer -> items"},
      {kWriter + "KeysOnlyByAKmsEndpointKeys", nullptr, "CRN0911", "writer -> keys"},
      {"ReaderInstanceRole/Properties/ManagedPolicyArns", json::array({"arn:aws:iam::aws:policy/AdministratorAccess"}),
       "CRN0913", "reader"},
      {"ReaderInstanceRole/Properties/Policies",
       json::array({{{"PolicyName", "more"}, {"PolicyDocument", policy(allow("s3:*", "*"))}}}), "CRN0911",
       "reader -> papers : administer"},
      {kTrust, "*", "CRN0911", "anyone"},
      {kTrust,
       {{"Service", "ec2.amazonaws.com"}, {"AWS", "arn:aws:iam::111122223333:role/clerk"}},
       "CRN0911",
       "role/clerk"},
      {"ReaderInstanceProfile/Properties/Roles/0", {{"Ref", "WriterInstanceRole"}}, "CRN0911", "reader"},
      {"StarterFunction/Properties/Role", arn_of("WriterInstanceRole"), "CRN0912", "starter"},
  };
}

std::vector<Edit> private_paths() {
  std::vector<Edit> out;
  for (const char* name : {"AS3", "ASqs", "CSns", "AKms", "ADynamoDb", "CAutoScaling", "ASecretsManager"}) {
    const std::string path = std::string(name) + "Endpoint/Properties/PolicyDocument";
    out.push_back({path, nullptr, "CRN0919", "leads to services that the template does not make"});
    out.push_back({path, kEverything, "CRN0919", "leads to services that the template does not make"});
  }
  out.push_back({"AS3Endpoint/Properties/PolicyDocument/Statement/ReadCopiesByReader", nullptr, "CRN0912",
                 "reader -> copies : read"});
  return out;
}

std::vector<Edit> properties() {
  return {
      {kPapers + "VersioningConfiguration/Status", "Suspended", "CRN0919", "keeps no versions"},
      {kPapers + "PublicAccessBlockConfiguration/BlockPublicPolicy", false, "CRN0919", "may be made public"},
      {kPapers + "AccessControl", "PublicRead", "CRN0919", "access control list"},
      {kPapers + "OwnershipControls/Rules/0/ObjectOwnership", "ObjectWriter", "CRN0919", "access control lists"},
      {kPapers + "WebsiteConfiguration", {{"IndexDocument", "index.html"}}, "CRN0919", "served as a site"},
      {kPapers + "LifecycleConfiguration/Rules/-",
       {{"Status", "Enabled"}, {"ExpirationInDays", 1}},
       "CRN0919",
       "papers"},
      {kPapers + "ReplicationConfiguration", json::object(), "CRN0913", "PapersBucket"},
      {kPapers + "NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled", false, "CRN0912",
       "papers -> starter"},
      {kCopies + "BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault",
       {{"SSEAlgorithm", "AES256"}},
       "CRN0919",
       "not encrypted with a key of `keys`"},
      {kCopies + "ObjectLockConfiguration/Rule/DefaultRetention/Days", 6, "CRN0919", "locks objects for 6 days"},
      {kCopies + "ObjectLockConfiguration/Rule/DefaultRetention/Mode", "GOVERNANCE", "CRN0919", "some may lift"},
      {"JobsQueue/Properties/KmsMasterKeyId", "alias/aws/sqs", "CRN0919", "not encrypted with a key of `keys`"},
      {"JobsQueue/Properties/RedrivePolicy", nullptr, "CRN0919", "lays no message aside"},
      {"JobsQueue/Properties/RedrivePolicy/maxReceiveCount", 4, "CRN0919", "after 4 tries"},
      {"JobsQueue/Properties/MessageRetentionPeriod", 60, "CRN0919", "for 60 seconds"},
      {"JobsDeadLetterQueue/Properties/KmsMasterKeyId", nullptr, "CRN0919", "under another key"},
      {"DoneTopic/Properties/KmsMasterKeyId", nullptr, "CRN0919", "is not encrypted"},
      {"DoneTopic/Properties/Subscription",
       json::array({{{"Protocol", "https"}, {"Endpoint", "https://example.net/"}}}), "CRN0913", "DoneTopic"},
      {"ItemsTable/Properties/SSESpecification", nullptr, "CRN0919", "not encrypted with a key of `keys`"},
      {"ItemsTable/Properties/PointInTimeRecoverySpecification", nullptr, "CRN0919", "brought back"},
      {"ItemsTable/Properties/StreamSpecification", {{"StreamViewType", "NEW_IMAGE"}}, "CRN0913", "ItemsTable"},
      {"KeysKey/Properties/EnableKeyRotation", false, "CRN0919", "is not renewed"},
      {"KeysSecret/Properties/KmsKeyId", nullptr, "CRN0919", "under none of its keys"},
  };
}

std::vector<Edit> events() {
  return {
      {kPermission + "Principal", "*", "CRN0911", "starter : invoke"},
      {kPermission + "Principal", "111122223333", "CRN0911", "starter : invoke"},
      {kPermission + "SourceArn", nullptr, "CRN0911", "starter : invoke"},
      {kRule + "EventPattern/detail", nullptr, "CRN0911", "starter"},
      {kRule + "EventPattern/detail/bucket/name/0", {{"Ref", "CopiesBucket"}}, "CRN0912", "papers -> starter"},
      {kRule + "State", "DISABLED", "CRN0912", "papers -> starter"},
  };
}

std::vector<Edit> new_resources() {
  const auto made = [](const char* type, const json& properties, const char* code, const char* words) {
    return Edit{"More", {{"Type", type}, {"Properties", properties}}, code, words};
  };
  const json document = policy(allow("*", "*", "*"));
  return {
      made("AWS::S3::Bucket", json::object(), "CRN0914", "More"),
      made("AWS::IAM::ManagedPolicy",
           {{"Roles", json::array({{{"Ref", "ReaderInstanceRole"}}})}, {"PolicyDocument", policy(allow("s3:*", "*"))}},
           "CRN0911", "reader -> papers : administer"),
      made("AWS::Lambda::Permission",
           {{"Action", "lambda:InvokeFunction"}, {"FunctionName", {{"Ref", "StarterFunction"}}}, {"Principal", "*"}},
           "CRN0911", "starter : invoke"),
      made("AWS::Lambda::Url", {{"TargetFunctionArn", {{"Ref", "StarterFunction"}}}, {"AuthType", "NONE"}}, "CRN0913",
           "More"),
      made("AWS::SQS::QueueInlinePolicy", {{"Queue", {{"Ref", "JobsQueue"}}}, {"PolicyDocument", document}}, "CRN0911",
           "jobs"),
      made("AWS::EC2::VPCEndpoint",
           {{"VpcId", {{"Ref", "MainVpc"}}}, {"ServiceName", {{"Fn::Sub", "com.amazonaws.${AWS::Region}.s3"}}}},
           "CRN0913", "More"),
      made("AWS::Pipes::Pipe", {{"Source", arn_of("JobsQueue")}}, "CRN0913", "More"),
  };
}

/// Edits that another layer makes up for: what they would let somebody do is denied him elsewhere.
std::vector<Edit> made_up_for() {
  return {
      {kReader + "ReadCopies/Action", "s3:*", "", "the endpoint's policy lets the role read, and no more"},
      {kReader + "ReadCopies/Condition", nullptr, "", "the bucket's policy denies the role every other way"},
      {kQueuePolicy + "OnlyByASqsEndpoint", nullptr, "", "the roles' own policies ask for the endpoint"},
      {kQueuePolicy + "OnlyDeclaredSend", nullptr, "", "nobody else may use the key, and no message goes without it"},
      {kTopicPolicy + "-", allow("*", "sns:Subscribe", {{"Ref", "DoneTopic"}}), "", "a denial stands before it"},
      {kKeyPolicy + "CopiesByWriter", nullptr, "", "the writer may use the key by itself"},
  };
}

/// What the template names and does not make.
std::vector<Edit> made_elsewhere() {
  const std::string app = "AppDataPolicy/Properties/PolicyDocument/Statement/";
  const std::string path = "DataS3Endpoint/Properties/PolicyDocument/Statement/";
  const json photos = json::array({"arn:aws:s3:::acme-photos", "arn:aws:s3:::acme-photos/*"});
  const json others = json::array({"arn:aws:s3:::acme-photo", "arn:aws:s3:::acme-photo/*"});
  const json pattern = json::array({"arn:aws:s3:::acme-photos", "arn:aws:s3:::acme-*/*"});
  return {
      {app + "ReadPhotos/Resource", others, "CRN0914", "arn:aws:s3:::acme-photo"},
      {app + "ReadPhotos/Resource", others, "CRN0912", "photos"},
      {app + "ReadPhotos/Resource", pattern, "CRN0913", "more than the template makes or names"},
      {app + "ReadPhotos/Resource", "*", "CRN0913", "more than the template makes or names"},
      {app + "ReadPhotos/Condition", nullptr, "CRN0911", "from anywhere"},
      {path + "ReadPhotosByApp/Resource", others, "CRN0919", "acme-photo"},
      {path + "ReadPhotosByApp/Resource", pattern, "CRN0919", "services that the template does not make"},
      {app + "PublishAlarms/Resource", "arn:aws:sns:eu-west-1:111122223333:alarm", "CRN0914", ":alarm"},
      {app + "PublishAlarms/Condition", nullptr, "CRN0911", "alarms : publish from anywhere"},
      {app + "ReadLogin/Resource", "*", "CRN0913", "more than the template makes or names"},
      {app + "WriteAudit/Resource", photos, "CRN0912", "audit"},
      {app + "KeyOfInbox", nullptr, "CRN0913", "inbox"},
      {app + "KeyOfInbox/Condition", nullptr, "CRN0911", "keys : decrypt"},
      {"InboxBucket/Properties/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/"
       "KMSMasterKeyID",
       "arn:aws:kms:eu-west-1:111122223333:key/other", "CRN0919", "is not encrypted with a key of `keys`"},
  };
}

class Built {
 public:
  explicit Built(std::string program = kProgram, const char* name = "ledger.aws.json") : program_(std::move(program)) {
    const Outcome built = run_crenel({"build", program_, "-o", folder_.path()});
    CAPTURE(built.err);
    REQUIRE(built.exit_code == 0);
    template_ = json::parse(read_text(folder_ / name));
  }
  [[nodiscard]] Outcome verified(const Edit& edit) const {
    json made = template_;
    apply(made, edit);
    REQUIRE(made != template_);
    write_text(folder_ / "edited.json", made.dump(1));
    return run_crenel({"verify", folder_ / "edited.json", program_});
  }
  void tells(const std::vector<Edit>& edits) const {
    for (const Edit& edit : edits) {
      const Outcome outcome = verified(edit);
      CAPTURE(edit.path);
      CAPTURE(edit.value.dump());
      CAPTURE(edit.code);
      CAPTURE(edit.words);
      CAPTURE(outcome.err);
      CHECK(outcome.exit_code == 1);
      CHECK(outcome.err.find(edit.code) != std::string::npos);
      CHECK(outcome.err.find(edit.words) != std::string::npos);
    }
  }

 private:
  std::string program_;
  ScratchFolder folder_;
  json template_;
};

}  // namespace

TEST_CASE("edits of the policies of buckets, queues, topics, tables, secrets and keys are told") {
  Built().tells(policies_of_resources());
}

TEST_CASE("edits of roles, of what they may do and of who may act as them are told") { Built().tells(roles()); }

TEST_CASE("a private path that leads to more, or to less, is told") { Built().tells(private_paths()); }

TEST_CASE("services that keep less than they promise are told") { Built().tells(properties()); }

TEST_CASE("functions that others may start, or that nothing starts, are told") { Built().tells(events()); }

TEST_CASE("resources that nobody declared are told where they touch services") { Built().tells(new_resources()); }

TEST_CASE("things that were made elsewhere: other names and more rights are told") {
  Built(kExisting, "shop.aws.json").tells(made_elsewhere());
}

TEST_CASE("what another layer denies anyhow is no difference") {
  const Built built;
  for (const Edit& edit : made_up_for()) {
    const Outcome outcome = built.verified(edit);
    CAPTURE(edit.path);
    CAPTURE(edit.words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 0);
  }
}
