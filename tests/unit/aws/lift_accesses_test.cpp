#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using namespace crenel;
using crenel::tests::accesses;
using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

/// A store that is closed as far as its own properties go; its policy is the test's.
constexpr const char* kStore = R"(
  Inbox:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      VersioningConfiguration: {Status: Enabled}
)";

/// Nobody of the account but who is named may do anything; statements of the test come after.
std::string policy(const std::string& statements) {
  return "  InboxPolicy:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Inbox\n      "
         "PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n" +
         statements;
}
constexpr const char* kClosed =
    "        - {Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Inbox.Arn, !Sub '${Inbox.Arn}/*'], "
    "Condition: {ArnNotEquals: {'aws:PrincipalArn': !GetAtt Worker.Arn}}}\n";

std::string role(const std::string& statement) {
  return "  Worker:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {Statement: {Effect: "
         "Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}}\n      Policies:\n        - "
         "PolicyName: p\n          PolicyDocument: {Statement: " +
         statement + "}\n";
}

Lines of_worker(const std::string& statement, const std::string& statements = "") {
  return accesses(kStore + role(statement) + policy(kClosed + statements));
}

}  // namespace

TEST_CASE("what a role's policy allows is done from anywhere where nothing says by which way") {
  const Lines read = {"Worker Inbox read anywhere"};
  CHECK(of_worker("{Effect: Allow, Action: ['s3:GetObject', 's3:ListBucket'], Resource: [!GetAtt Inbox.Arn, !Sub "
                  "'${Inbox.Arn}/*']}") == read);
  CHECK(of_worker("[{Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::${Inbox}/*'}]") == read);
  CHECK(of_worker("[{Effect: Allow, Action: 's3:Get*', Resource: '*'}]") == read);
  CHECK(of_worker("[{Effect: Allow, Action: 's3:GETOBJECT', Resource: !Join ['', [!GetAtt Inbox.Arn, '/*']]}]") ==
        read);
}

TEST_CASE("a wildcard is all that it stands for, administration too") {
  CHECK(of_worker("[{Effect: Allow, Action: 's3:*', Resource: '*'}]") ==
        Lines{"Worker Inbox read write delete archive administer anywhere"});
  CHECK(of_worker("[{Effect: Allow, NotAction: ['s3:Put*', 's3:Delete*'], Resource: '*'}]") ==
        Lines{"Worker Inbox delete anywhere (perhaps)", "Worker Inbox read anywhere",
              "Worker Inbox write anywhere (perhaps)"});
}

TEST_CASE("a denial takes away what is allowed, whoever says which") {
  CHECK(
      of_worker("[{Effect: Allow, Action: 's3:*', Resource: '*'}, {Effect: Deny, NotAction: 's3:GetObject', Resource: "
                "'*'}]") == Lines{"Worker Inbox read anywhere"});
  CHECK(of_worker(
            "[{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]",
            "        - {Effect: Deny, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${Inbox.Arn}/*'}\n") ==
        Lines{});
}

TEST_CASE("what is not understood in a policy is a doubt, not a permission and not nothing") {
  const Lines doubt = {"Worker Inbox read anywhere (perhaps)"};
  CHECK(of_worker("[{Effect: Allow, Action: 's3:GetObject', Resource: '*', Condition: {StringEquals: "
                  "{'aws:PrincipalTag/team': a}}}]") == doubt);
  CHECK(of_worker("[{Effect: Allow, Action: 's3:GetObject', Resource: '*', Condition: {NumericLessThan: "
                  "{'aws:MultiFactorAuthAge': 10}}}]") == doubt);
  CHECK(of_worker("[{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${Inbox.Arn}/incoming/*'}]") == doubt);
  CHECK(of_worker(
            "[{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]",
            "        - {Effect: Deny, NotPrincipal: {AWS: '*'}, Action: 's3:*', Resource: !Sub '${Inbox.Arn}/*'}\n") ==
        doubt);
}

TEST_CASE("another store is another store") {
  const Lines elsewhere = of_worker("[{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::elsewhere/*'}]");
  REQUIRE(elsewhere.size() == 1);
  CHECK(elsewhere.front().find("Inbox") == std::string::npos);
  CHECK(elsewhere.front().find("elsewhere read") != std::string::npos);
  CHECK(of_worker("[{Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}]") == Lines{});
}

TEST_CASE("a store without a policy is open to whoever of the account has permission") {
  CHECK(accesses(kStore) == Lines{"account Inbox read write delete archive anywhere"});
}

TEST_CASE("whom a store's policy lets in gets in, from where it says") {
  const Lines anyone = {"account Inbox read write delete archive anywhere", "anyone Inbox read anywhere"};
  CHECK(accesses(kStore + policy("        - {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub "
                                 "'${Inbox.Arn}/*'}\n")) == anyone);
  const Lines somebody = accesses(
      kStore +
      policy("        - {Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Inbox.Arn, !Sub "
             "'${Inbox.Arn}/*'], Condition: {ArnNotEquals: {'aws:PrincipalArn': "
             "'arn:aws:iam::111122223333:role/sender'}}}\n        - {Effect: Deny, Principal: '*', Action: 's3:*', "
             "Resource: !Sub '${Inbox.Arn}/*', Condition: {NotIpAddress: {'aws:SourceIp': 192.0.2.0/24}}}\n"
             "        - {Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/sender'}, Action: "
             "'s3:PutObject', Resource: !Sub '${Inbox.Arn}/*'}\n"));
  CHECK(std::find(somebody.begin(), somebody.end(), "arn:aws:iam::111122223333:role/sender Inbox write from 1") !=
        somebody.end());
}

TEST_CASE("a policy beside a role counts like one inside it, and one that is elsewhere is a doubt") {
  const std::string bare =
      "  Worker: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: "
      "{Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}}";
  const std::string beside =
      "{PolicyName: p, PolicyDocument: {Statement: {Effect: Allow, Action: 's3:GetObject', "
      "Resource: '*'}}, ";
  const std::string closed = policy(kClosed);
  const Lines read = {"Worker Inbox read anywhere"};
  CHECK(accesses(kStore + bare + "}}\n  Own: {Type: AWS::IAM::Policy, Properties: " + beside +
                 "Roles: [!Ref Worker]}}\n" + closed) == read);
  CHECK(accesses(kStore + bare + "}}\n  Own: {Type: AWS::IAM::RolePolicy, Properties: " + beside +
                 "RoleName: !Ref Worker}}\n" + closed) == read);
  CHECK(accesses(kStore + bare + ", ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']}}\n" +
                 closed) == Lines{});
  const Lines doubts =
      accesses(kStore + bare + ", ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}}\n" + closed);
  CHECK(doubts == Lines{"Worker Inbox read write delete archive administer anywhere (perhaps)"});
}

TEST_CASE("who may act as a role may do what it may") {
  const std::string open = R"(
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/other'}, Action: 'sts:AssumeRole'}}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: {Effect: Allow, Action: 's3:GetObject', Resource: '*'}}}]
)";
  CHECK(accesses(kStore + open + policy(kClosed)) ==
        Lines{"Worker Inbox read anywhere", "arn:aws:iam::111122223333:role/other Inbox read anywhere"});
}

TEST_CASE("without its key what is encrypted is not read") {
  const std::string keyed = R"(
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:Put*', Resource: '*'}USER]}
  Inbox:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn}}]}
)";
  const auto with = [&](const std::string& user) {
    std::string out = keyed;
    out.replace(out.find("USER"), 4, user);
    return accesses(out + role("[{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]") + policy(kClosed));
  };
  CHECK(with("") == Lines{});
  CHECK(with(", {Effect: Allow, Principal: {AWS: !GetAtt Worker.Arn}, Action: 'kms:Decrypt', Resource: '*', Condition: "
             "{StringEquals: {'kms:ViaService': !Sub 's3.${AWS::Region}.amazonaws.com'}}}") ==
        Lines{"Worker Inbox read anywhere"});
  CHECK(with(", {Effect: Allow, Principal: {AWS: !GetAtt Worker.Arn}, Action: 'kms:Decrypt', Resource: '*', Condition: "
             "{StringEquals: {'kms:ViaService': !Sub 'sqs.${AWS::Region}.amazonaws.com'}}}") == Lines{});
}

TEST_CASE("an event starts a function by a rule, a permission and a bucket that tells of itself") {
  const std::string parts = R"(
  Inbox:
    Type: AWS::S3::Bucket
    Properties: {NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}}}}
  Code: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Code: {ZipFile: x}}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: ['Object Created'], detail: {bucket: {name: [!Ref Inbox]}}}, Targets: [{Id: a, Arn: !GetAtt Code.Arn}]}}
)";
  const auto invoked = [](const std::string& resources) {
    Lines out;
    for (const std::string& line : accesses(resources)) {
      if (line.find(" invoke") != std::string::npos) out.push_back(line);
    }
    return out;
  };
  const std::string permission =
      "  May: {Type: AWS::Lambda::Permission, Properties: {Action: 'lambda:InvokeFunction', "
      "FunctionName: !Ref Code, Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn}}\n";
  CHECK(invoked(parts) == Lines{});
  CHECK(invoked(parts + permission) == Lines{"Inbox Code invoke anywhere"});
  CHECK(invoked(parts +
                "  May: {Type: AWS::Lambda::Permission, Properties: {Action: 'lambda:InvokeFunction', FunctionName: "
                "!Ref Code, Principal: '*'}}\n") == Lines{"anyone Code invoke anywhere"});
}

TEST_CASE("a service says what it does not keep to") {
  const auto weaknesses = [](const std::string& resources) {
    Lines out;
    const Lifted made = lifted_resources(resources);
    for (const auto id : made.estate.services.ids()) {
      for (const estate::Weakness& each : made.estate.services[id].weaknesses) out.push_back(each.what);
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  CHECK(weaknesses(kStore +
                   policy("        - {Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Inbox.Arn, "
                          "!Sub '${Inbox.Arn}/*'], Condition: {Bool: {'aws:SecureTransport': 'false'}}}\n")) ==
        Lines{});
  CHECK(weaknesses("  Open: {Type: AWS::S3::Bucket, Properties: {AccessControl: PublicRead}}\n").size() == 7);
  CHECK(weaknesses("  Jobs: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}\n") ==
        Lines{"is not encrypted", "takes requests without TLS"});
  CHECK(weaknesses("  Done: {Type: AWS::SNS::Topic}\n") == Lines{"is not encrypted", "takes requests without TLS"});
  CHECK(weaknesses("  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}\n") ==
        Lines{"is not renewed"});
}

TEST_CASE("what hands on what services are told, or opens another way to them, is told and not passed over") {
  const std::string topic = "  Done: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/aws/sns}}\n";
  const auto unknowns = [](const std::string& resources) {
    Lines out;
    for (const estate::Unknown& one : lifted_resources(resources).estate.unknowns) out.push_back(one.what);
    return out;
  };
  CHECK(unknowns(topic).empty());
  CHECK(unknowns(topic + "  Others: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Done, Protocol: https, "
                         "Endpoint: 'https://example.net/'}}\n") ==
        Lines{"`Others` may change who uses which service: resources of type `AWS::SNS::Subscription` are not read"});
  CHECK(unknowns(kStore + std::string("  Door: {Type: AWS::S3::AccessPoint, Properties: {Bucket: !Ref Inbox}}\n"))
            .size() == 1);
  // Where the template has no service, it is about those of others.
  CHECK(unknowns(
            "  Others: {Type: AWS::SNS::Subscription, Properties: {TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', "
            "Protocol: email, Endpoint: a@example.net}}\n")
            .empty());
  const auto rule = [](const std::string& pattern) {
    return kStore + std::string("  Told: {Type: AWS::Events::Rule, Properties: {EventPattern: ") + pattern +
           ", Targets: [{Id: a, Arn: 'arn:aws:sqs:eu-west-1:111122223333:q'}]}}\n";
  };
  CHECK(unknowns(rule("{source: [aws.s3]}")) ==
        Lines{"`Told` tells others of new objects: its targets are not all read"});
  CHECK(unknowns(rule("{detail-type: [any]}")).size() == 1);
  CHECK(unknowns(rule("{source: [aws.ec2]}")).empty());
  CHECK(unknowns(kStore +
                 std::string("      NotificationConfiguration: {QueueConfigurations: [{Event: 's3:ObjectCreated:*', "
                             "Queue: 'arn:aws:sqs:eu-west-1:111122223333:q'}]}\n")) ==
        Lines{"`Inbox` tells others of new objects: `QueueConfigurations` are not read"});
}

TEST_CASE("whoever programs act as and may change the network, or run code elsewhere, is told") {
  const auto told = [](const std::string& action) {
    const std::string handed = "  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Worker]}}\n";
    const Lifted made = lifted_resources(role("{Effect: Allow, Action: " + action + ", Resource: '*'}") + handed);
    return !made.estate.unknowns.empty();
  };
  for (const char* action :
       {"'ec2:*'", "'ec2:AuthorizeSecurityGroupIngress'", "'cloudformation:CreateStack'", "'ssm:SendCommand'", "'e*:*'",
        "'iam:*'", "'sts:AssumeRole'", "'dynamodb:ExportTableToPointInTime'", "'s3:PutInventoryConfiguration'"}) {
    CAPTURE(action);
    CHECK(told(action));
  }
  for (const char* action :
       {"'ec2:Describe*'", "'ec2:CreateNetworkInterface'", "'logs:PutLogEvents'", "'cloudwatch:PutMetricData'",
        "'ssm:GetParameter'", "'sqs:GetQueueUrl'", "'dynamodb:GetItem'", "'kms:DescribeKey'"}) {
    CAPTURE(action);
    CHECK_FALSE(told(action));
  }
}

TEST_CASE("objects with the archive's mark go there where a rule follows the mark") {
  const auto marked = [](const std::string& rule) {
    const Lifted made =
        lifted_resources(kStore + std::string("      LifecycleConfiguration: {Rules: [") + rule + "]}\n");
    REQUIRE(made.estate.services.size() == 1);
    return made.estate.services.begin()->archives_marked;
  };
  const std::string steps = "Transitions: [{StorageClass: GLACIER, TransitionInDays: 0}]";
  CHECK(marked("{Status: Enabled, TagFilters: [{Key: archive, Value: 'true'}], " + steps + "}"));
  CHECK_FALSE(marked("{Status: Disabled, TagFilters: [{Key: archive, Value: 'true'}], " + steps + "}"));
  CHECK_FALSE(marked("{Status: Enabled, TagFilters: [{Key: other, Value: 'true'}], " + steps + "}"));
  CHECK_FALSE(marked("{Status: Enabled, Prefix: a/, TagFilters: [{Key: archive, Value: 'true'}], " + steps + "}"));
  CHECK_FALSE(marked("{Status: Enabled, " + steps + "}"));
}
