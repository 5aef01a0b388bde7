#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/agreement/random_documents.h"

namespace crenel::agreement {
namespace {

using nlohmann::json;

constexpr const char* kOther = "arn:aws:iam::999900001111:role/other";

json ref(const char* name) { return {{"Ref", name}}; }
json attribute(const char* name, const char* what) { return {{"Fn::GetAtt", {name, what}}}; }
json sub(const std::string& text) { return {{"Fn::Sub", text}}; }

/// Policies of AWS at random, over a few things that are always there.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  json document() {
    json resources = {
        {"MainVpc",
         {{"Type", "AWS::EC2::VPC"},
          {"Properties", {{"CidrBlock", "10.0.0.0/16"}, {"EnableDnsSupport", true}, {"EnableDnsHostnames", true}}}}},
        {"MainSubnet",
         {{"Type", "AWS::EC2::Subnet"}, {"Properties", {{"VpcId", ref("MainVpc")}, {"CidrBlock", "10.0.0.0/24"}}}}},
        {"OpenSecurityGroup",
         {{"Type", "AWS::EC2::SecurityGroup"},
          {"Properties",
           {{"VpcId", ref("MainVpc")},
            {"GroupDescription", "all"},
            {"SecurityGroupIngress", {{{"IpProtocol", "-1"}, {"CidrIp", "10.0.0.0/16"}}}}}}}},
    };
    put(resources, "KeysKey", "AWS::KMS::Key", {{"EnableKeyRotation", true}, {"KeyPolicy", policy("kms", true)}});
    json bucket = json::object();
    if (often(2)) {
      bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"] = {
          {{"ServerSideEncryptionByDefault",
            {{"SSEAlgorithm", "aws:kms"}, {"KMSMasterKeyID", attribute("KeysKey", "Arn")}}}}};
    }
    put(resources, "InboxBucket", "AWS::S3::Bucket", bucket);
    put(resources, "JobsQueue", "AWS::SQS::Queue", keyed("KmsMasterKeyId"));
    put(resources, "DoneTopic", "AWS::SNS::Topic", keyed("KmsMasterKeyId"));
    json table = {{"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}};
    if (often(2)) table["ResourcePolicy"]["PolicyDocument"] = policy("dynamodb", true);
    put(resources, "ItemsTable", "AWS::DynamoDB::Table", table);
    put(resources, "KeysSecret", "AWS::SecretsManager::Secret", {{"KmsKeyId", attribute("KeysKey", "Arn")}});
    beside(resources, "InboxBucketPolicy", "AWS::S3::BucketPolicy", "s3", "Bucket", ref("InboxBucket"));
    beside(resources, "JobsQueuePolicy", "AWS::SQS::QueuePolicy", "sqs", "Queues", {ref("JobsQueue")});
    beside(resources, "DoneTopicPolicy", "AWS::SNS::TopicPolicy", "sns", "Topics", {ref("DoneTopic")});
    beside(resources, "KeysSecretPolicy", "AWS::SecretsManager::ResourcePolicy", "secretsmanager", "SecretId",
           ref("KeysSecret"));
    for (const std::string name : {"First", "Second"}) program(resources, name);
    for (const char* service : {"s3", "sqs"}) endpoint(resources, service);
    return {{"Resources", resources}};
  }

 private:
  static void put(json& resources, const std::string& id, const char* type, const json& properties) {
    resources[id] = {{"Type", type}, {"Properties", properties}};
  }

  void beside(json& resources, const char* id, const char* type, const char* service, const char* named,
              const json& what) {
    if (often(3)) return;
    const bool secret = std::string(service) == "secretsmanager";
    put(resources, id, type, {{named, what}, {secret ? "ResourcePolicy" : "PolicyDocument", policy(service, true)}});
  }

  void program(json& resources, const std::string& name) {
    const json trust = {
        {"Statement",
         {{{"Effect", "Allow"}, {"Principal", {{"Service", "lambda.amazonaws.com"}}}, {"Action", "sts:AssumeRole"}}}}};
    json policies = json::array();
    for (const char* service : {"s3", "sqs", "sns", "dynamodb", "kms", "secretsmanager"}) {
      if (often(2)) policies.push_back({{"PolicyName", service}, {"PolicyDocument", policy(service, false)}});
    }
    put(resources, name + "Role", "AWS::IAM::Role", {{"AssumeRolePolicyDocument", trust}, {"Policies", policies}});
    put(resources, name + "Function", "AWS::Lambda::Function",
        {{"Role", attribute((name + "Role").c_str(), "Arn")}, {"Code", {{"ZipFile", "x"}}}});
  }

  void endpoint(json& resources, const std::string& service) {
    json properties = {{"VpcId", ref("MainVpc")},
                       {"ServiceName", sub("com.amazonaws.${AWS::Region}." + service)},
                       {"VpcEndpointType", "Interface"},
                       {"SubnetIds", {ref("MainSubnet")}},
                       {"SecurityGroupIds", {attribute("OpenSecurityGroup", "GroupId")}},
                       {"PrivateDnsEnabled", true}};
    if (often(2)) properties["PolicyDocument"] = policy(service, true);
    put(resources, service == "s3" ? "NearS3Endpoint" : "NearSqsEndpoint", "AWS::EC2::VPCEndpoint", properties);
  }

  json keyed(const char* property) { return often(2) ? json{{property, attribute("KeysKey", "Arn")}} : json::object(); }

  json policy(const std::string& service, bool of_resource) {
    json all = json::array();
    for (std::size_t i = 0; i <= below(3); ++i) all.push_back(statement(service, of_resource));
    return {{"Version", "2012-10-17"}, {"Statement", all}};
  }

  json statement(const std::string& service, bool of_resource) {
    json out = {{"Effect", often(3) ? "Deny" : "Allow"}};
    if (of_resource) out["Principal"] = principal();
    out[often(8) ? "NotAction" : "Action"] = actions(service);
    out[often(10) ? "NotResource" : "Resource"] = resource(service);
    if (often(2)) out["Condition"] = conditions();
    return out;
  }

  json principal() {
    switch (below(8)) {
      case 0:
        return "*";
      case 1:
        return {{"AWS", "*"}};
      case 2:
        return {{"AWS", attribute("FirstRole", "Arn")}};
      case 3:
        return {{"AWS", {attribute("FirstRole", "Arn"), kOther}}};
      case 4:
        return {{"AWS", sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")}};
      case 5:
        return {{"AWS", often(2) ? "999900001111" : "arn:aws:iam::999900001111:root"}};
      case 6:
        return {{"Service", "events.amazonaws.com"}};
      default:
        return {{"AWS", ref("AWS::AccountId")}};
    }
  }

  json actions(const std::string& service) {
    static const std::map<std::string, std::vector<std::string>> kAll = {
        {"s3",
         {"s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging", "s3:ListBucket", "s3:Delete*"}},
        {"sqs", {"sqs:*", "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "SQS:*Message"}},
        {"sns", {"sns:*", "sns:Publish", "sns:Subscribe"}},
        {"dynamodb", {"dynamodb:*", "dynamodb:GetItem", "dynamodb:*Item", "dynamodb:Query", "dynamodb:PartiQL*"}},
        {"kms", {"kms:*", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:*crypt"}},
        {"secretsmanager", {"secretsmanager:*", "secretsmanager:GetSecretValue", "secretsmanager:*Secret*"}}};
    const auto& all = kAll.at(service);
    json out = json::array();
    for (std::size_t i = 0; i <= below(2); ++i) out.push_back(all[below(all.size())]);
    return out.size() == 1 && often(2) ? out[0] : out;
  }

  json resource(const std::string& service) {
    if (often(4)) return "*";
    if (service == "s3") {
      const std::vector<json> all = {attribute("InboxBucket", "Arn"), sub("${InboxBucket.Arn}/*"),
                                     json{attribute("InboxBucket", "Arn"), sub("${InboxBucket.Arn}/*")},
                                     "arn:aws:s3:::another/*"};
      return all[below(all.size())];
    }
    if (service == "sqs") return attribute("JobsQueue", "Arn");
    if (service == "sns") return often(4) ? json("arn:aws:sns:eu-west-1:999900001111:other") : ref("DoneTopic");
    if (service == "dynamodb") return often(3) ? json("*") : attribute("ItemsTable", "Arn");
    return service == "kms" ? attribute("KeysKey", "Arn") : ref("KeysSecret");
  }

  json conditions() {
    json out = json::object();
    for (std::size_t i = 0; i <= below(2); ++i) condition(out);
    return out;
  }

  void condition(json& out) {
    const char* prefix = often(6) ? "ForAllValues:" : often(6) ? "ForAnyValue:" : "";
    const char* suffix = often(6) ? "IfExists" : "";
    const auto test = [&](const std::string& name) { return prefix + name + suffix; };
    switch (below(12)) {
      case 0:
        out[test(often(2) ? "ArnEquals" : "ArnNotEquals")]["aws:PrincipalArn"] =
            often(2) ? json{attribute("FirstRole", "Arn")} : json{attribute("SecondRole", "Arn"), kOther};
        return;
      case 1:
        out[test(often(2) ? "StringEquals" : "StringNotEquals")]["aws:SourceVpce"] =
            ref(often(2) ? "NearS3Endpoint" : "NearSqsEndpoint");
        return;
      case 2:
        out[test(often(2) ? "StringEquals" : "StringNotEquals")]["aws:SourceVpc"] = ref("MainVpc");
        return;
      case 3:
        out[often(2) ? "IpAddress" : "NotIpAddress"]["aws:SourceIp"] = often(2) ? "198.51.100.0/24" : "192.0.2.0/25";
        return;
      case 4:
        out["Bool"]["aws:SecureTransport"] = often(2) ? "true" : "false";
        return;
      case 5:
        out["Null"][often(2) ? "aws:PrincipalArn" : "aws:SourceVpce"] = often(2) ? "true" : "false";
        return;
      case 6:
        out[test(often(2) ? "StringEquals" : "StringNotEquals")]["kms:ViaService"] =
            sub(often(2) ? "s3.${AWS::Region}.amazonaws.com" : "sqs.${AWS::Region}.amazonaws.com");
        return;
      case 7:
        out["Bool"]["aws:ViaAWSService"] = often(2) ? "true" : "false";
        return;
      case 8:
        out[test(often(2) ? "StringEquals" : "StringNotEquals")]["aws:RequestTag/team"] = "a";
        return;
      case 9:
        out[test(often(2) ? "StringEquals" : "StringNotEquals")]["s3:RequestObjectTag/archive"] = "true";
        return;
      case 10:
        out[often(2) ? "StringEquals" : "StringNotEquals"]["aws:PrincipalAccount"] =
            often(2) ? ref("AWS::AccountId") : json("999900001111");
        return;
      default:
        out[test("StringEquals")]["s3:RequestObjectTagKeys"] = json::array({"archive"});
    }
  }

  std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }
  bool often(std::size_t one_of) { return below(one_of) == 0; }

  std::mt19937_64 random_;
};

}  // namespace

std::function<json()> random_aws_documents(std::uint64_t seed) {
  const auto chance = std::make_shared<Chance>(seed);
  return [chance] { return chance->document(); };
}

}  // namespace crenel::agreement
