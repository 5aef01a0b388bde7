#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/aws/lifted.h"

using crenel::tests::accesses;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kStore = "  Inbox: {Type: AWS::S3::Bucket}\n";

/// A role that programs act as, with the test's statements.
std::string role(const std::string& statements, const std::string& properties = "") {
  return "  Worker:\n    Type: AWS::IAM::Role\n    Properties:\n" + properties +
         "      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "
         "'sts:AssumeRole'}}\n      Policies: [{PolicyName: p, PolicyDocument: {Statement: [" +
         statements + "]}}]\n";
}

std::string policy(const std::string& statements) {
  return "  InboxPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Inbox, PolicyDocument: {Statement: [" +
         statements + "]}}}\n";
}

/// What the role does, of all that is done.
Lines of_worker(const std::string& resources) {
  Lines out = accesses(resources);
  std::erase_if(out, [](const std::string& line) { return !line.starts_with("Worker"); });
  return out;
}

constexpr const char* kDoAll = "{Effect: Allow, Action: ['s3:PutObject', 's3:PutObjectTagging'], Resource: '*'}";
/// Of the two.
Lines denied(const std::string& action, const std::string& condition) {
  return of_worker(kStore + role(std::string(kDoAll) + ", {Effect: Deny, Action: '" + action +
                                 "', Resource: '*', Condition: " + condition + "}"));
}
Lines allowed(const std::string& action, const std::string& condition) {
  return of_worker(kStore +
                   role("{Effect: Allow, Action: '" + action + "', Resource: '*', Condition: " + condition + "}"));
}

const Lines kBoth = {"Worker Inbox write archive anywhere"};
const Lines kPerhapsWrite = {"Worker Inbox archive anywhere", "Worker Inbox write anywhere (perhaps)"};
const Lines kPerhapsArchive = {"Worker Inbox archive anywhere (perhaps)", "Worker Inbox write anywhere"};

}  // namespace

TEST_CASE("a denial of requests with a tag does not deny those without one") {
  CHECK(denied("s3:PutObject", "{StringEquals: {'s3:RequestObjectTag/team': a}}") == kBoth);
  CHECK(denied("s3:PutObject", "{StringLike: {'s3:RequestObjectTag/team': '*'}}") == kBoth);
  CHECK(denied("s3:PutObject", "{'ForAnyValue:StringEquals': {'s3:RequestObjectTagKeys': [team]}}") == kBoth);
  CHECK(denied("s3:PutObject", "{'ForAnyValue:StringNotEquals': {'s3:RequestObjectTagKeys': [team]}}") == kBoth);
  CHECK(denied("s3:PutObject", "{'Null': {'s3:RequestObjectTag/team': false}}") == kBoth);
  // What marks an object for the archive has that tag and no other.
  CHECK(denied("s3:PutObjectTagging", "{StringNotEquals: {'s3:RequestObjectTag/archive': 'true'}}") == kBoth);
  CHECK(denied("s3:PutObjectTagging", "{'ForAnyValue:StringNotEquals': {'s3:RequestObjectTagKeys': [archive]}}") ==
        kBoth);
}

TEST_CASE("a denial of requests without a tag leaves those with one, and that is said") {
  CHECK(denied("s3:PutObject", "{StringNotEquals: {'s3:RequestObjectTag/team': a}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{StringEqualsIfExists: {'s3:RequestObjectTag/team': a}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{'Null': {'s3:RequestObjectTag/team': true}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{'ForAllValues:StringEquals': {'s3:RequestObjectTagKeys': [team]}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObjectTagging", "{StringEquals: {'s3:RequestObjectTag/archive': 'true'}}") == kPerhapsArchive);
}

TEST_CASE("a permission by tag is one for requests with that tag") {
  CHECK(allowed("s3:PutObjectTagging", "{StringEquals: {'s3:RequestObjectTag/archive': 'true'}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(allowed("s3:PutObjectTagging", "{StringEquals: {'s3:RequestObjectTag/archive': 'false'}}") ==
        Lines{"Worker Inbox archive anywhere (perhaps)"});
  CHECK(allowed("s3:PutObject", "{StringEquals: {'s3:RequestObjectTag/team': a}}") ==
        Lines{"Worker Inbox write anywhere (perhaps)"});
  CHECK(allowed("s3:PutObject", "{'ForAllValues:StringEquals': {'s3:RequestObjectTagKeys': [team]}}") ==
        Lines{"Worker Inbox write anywhere"});
}

TEST_CASE("tags of requests for other things than tags are not there") {
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:RequestTag/team': a}}") == kBoth);
  CHECK(denied("s3:PutObject", "{StringNotEquals: {'aws:RequestTag/team': a}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(denied("s3:PutObject", "{'ForAllValues:StringEquals': {'aws:TagKeys': [team]}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(denied("s3:PutObject", "{'ForAnyValue:StringEquals': {'aws:TagKeys': [team]}}") == kBoth);
  CHECK(allowed("s3:PutObject", "{StringEquals: {'aws:RequestTag/team': a}}") == Lines{});
  // What an object or a role is tagged with is another matter.
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:PrincipalTag/team': a}}") == kPerhapsWrite);
}

TEST_CASE("a test of several values is what it is of one where the key has one, and none where it is not there") {
  CHECK(denied("s3:PutObject", "{'ForAnyValue:StringEquals': {'aws:SourceVpce': vpce-0a}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{'ForAllValues:ArnEquals': {'aws:PrincipalArn': !GetAtt Worker.Arn}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(denied("s3:PutObject", "{'ForAnyValue:ArnNotEquals': {'aws:PrincipalArn': !GetAtt Worker.Arn}}") == kBoth);
}

TEST_CASE("an account's number is the template's own where it refers to it, and may be another's where it is written") {
  const auto with = [](const std::string& statement) { return of_worker(kStore + role(kDoAll) + policy(statement)); };
  const auto deny = [&](const std::string& whom) {
    return with("{Effect: Deny, Principal: " + whom + ", Action: 's3:PutObject', Resource: !Sub '${Inbox.Arn}/*'}");
  };
  CHECK(deny("{AWS: !Ref AWS::AccountId}") == Lines{"Worker Inbox archive anywhere"});
  CHECK(deny("{AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(deny("{AWS: '111122223333'}") == kPerhapsWrite);
  CHECK(deny("{AWS: 'arn:aws:iam::111122223333:root'}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:PrincipalAccount': !Ref AWS::AccountId}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:PrincipalAccount': '111122223333'}}") == kPerhapsWrite);
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:ResourceAccount': !Ref AWS::AccountId}}") ==
        Lines{"Worker Inbox archive anywhere"});
  CHECK(denied("s3:PutObject", "{StringEquals: {'aws:ResourceAccount': '111122223333'}}") == kPerhapsWrite);
}

TEST_CASE("a role that is named with an account's number may be the template's own of that name") {
  const std::string named = "      RoleName: Worker\n";
  const auto denies = [&](const std::string& arn) {
    return of_worker(kStore + role(kDoAll, named) +
                     policy("{Effect: Deny, Principal: {AWS: " + arn +
                            "}, Action: 's3:PutObject', Resource: !Sub '${Inbox.Arn}/*'}"));
  };
  CHECK(denies("!Sub 'arn:aws:iam::${AWS::AccountId}:role/Worker'") == Lines{"Worker Inbox archive anywhere"});
  CHECK(denies("'arn:aws:iam::111122223333:role/Worker'") == kPerhapsWrite);
  CHECK(denies("'arn:aws:iam::111122223333:role/other'") == kBoth);
}

TEST_CASE("somebody of another account has nothing of what the template's own account is given") {
  const std::string other = "arn:aws:iam::999922223333:role/other";
  const std::string key =
      "  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, KeyPolicy: {Statement: ["
      "{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: 'kms:Decrypt', Resource: '*'}, "
      "{Effect: Allow, Principal: {AWS: '" +
      other + "'}, Action: 'kms:Encrypt', Resource: '*'}]}}}\n";
  Lines others = accesses(key);
  std::erase_if(others, [](const std::string& line) { return !line.starts_with("arn:"); });
  CHECK(others == Lines{other + " Key encrypt anywhere"});
}

TEST_CASE("what one thing of a service is denied, another may still ask for") {
  const std::string topic = "  Done: {Type: AWS::SNS::Topic}\n";
  const auto by_service = [&](const std::string& condition) {
    Lines out = accesses(
        topic +
        "  DonePolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Done], PolicyDocument: {Statement: ["
        "{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref Done}, "
        "{Effect: Deny, Principal: '*', Action: 'sns:Publish', Resource: !Ref Done, Condition: " +
        condition + "}]}}}\n");
    std::erase_if(out, [](const std::string& line) { return !line.starts_with("s3."); });
    return out;
  };
  CHECK(by_service("{StringNotEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}") ==
        Lines{"s3.amazonaws.com Done publish anywhere"});
  CHECK(by_service("{StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}") ==
        Lines{"s3.amazonaws.com Done publish anywhere (perhaps)"});
  CHECK(by_service("{ArnEquals: {'aws:SourceArn': 'arn:aws:s3:::other'}}") ==
        Lines{"s3.amazonaws.com Done publish anywhere (perhaps)"});
}

TEST_CASE("who sends what is encrypted with a key makes a data key and opens it") {
  const auto send = [](const std::string& actions) {
    const std::string key =
        "  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, KeyPolicy: {Statement: ["
        "{Effect: Allow, Principal: {AWS: !GetAtt Worker.Arn}, Action: [" +
        actions + "], Resource: '*'}]}}}\n";
    Lines out = of_worker(key +
                          "  Jobs: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}\n"
                          "  Done: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !GetAtt Key.Arn}}\n" +
                          role("{Effect: Allow, Action: ['sqs:SendMessage', 'sns:Publish'], Resource: '*'}"));
    std::erase_if(out, [](const std::string& line) { return line.find(" Key ") != std::string::npos; });
    return out;
  };
  CHECK(send("'kms:GenerateDataKey', 'kms:Decrypt'") ==
        Lines{"Worker Done publish anywhere", "Worker Jobs send anywhere"});
  CHECK(send("'kms:GenerateDataKey'") == Lines{});
  CHECK(send("'kms:Decrypt'") == Lines{});
}

TEST_CASE("somebody who is let in for certain to a part is told, whatever the account may do itself") {
  const std::string other = "arn:aws:iam::999922223333:role/other";
  Lines others = accesses(kStore + policy("{Effect: Allow, Principal: {AWS: '" + other +
                                          "'}, Action: 's3:DeleteObjectTagging', Resource: !Sub '${Inbox.Arn}/*'}"));
  std::erase_if(others, [](const std::string& line) { return !line.starts_with("arn:"); });
  CHECK(others == Lines{other + " Inbox archive anywhere (perhaps)"});
}

TEST_CASE("a doubt about who administers is told: the account's own administrators are not asked about") {
  const std::string other = "arn:aws:iam::999922223333:role/other";
  const auto others = [&](const std::string& action) {
    Lines out = accesses(kStore + policy("{Effect: Allow, Principal: {AWS: '" + other + "'}, Action: '" + action +
                                         "', Resource: '*', Condition: {StringNotEquals: {'aws:PrincipalAccount': "
                                         "!Ref AWS::AccountId}}}"));
    std::erase_if(out, [](const std::string& line) { return !line.starts_with("arn:"); });
    return out;
  };
  CHECK(others("s3:PutBucketPolicy") == Lines{other + " Inbox administer anywhere (perhaps)"});
  CHECK(others("s3:GetObject") == Lines{other + " Inbox read anywhere (perhaps)"});
}

TEST_CASE("what lies in a bucket is not the bucket") {
  CHECK(of_worker(kStore + role("{Effect: Allow, Action: 's3:ListBucket', Resource: !Sub '${Inbox.Arn}/*'}")) ==
        Lines{});
}

TEST_CASE("a service of AWS is everybody, too") {
  const std::string topic = "  Done: {Type: AWS::SNS::Topic}\n";
  Lines out = accesses(
      topic +
      "  DonePolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Done], PolicyDocument: {Statement: ["
      "{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref Done}, "
      "{Effect: Deny, Principal: {AWS: '*'}, Action: 'sns:Publish', Resource: !Ref Done}]}}}\n");
  std::erase_if(out, [](const std::string& line) { return !line.starts_with("s3."); });
  CHECK(out == Lines{});
}

TEST_CASE("the name of S3 leads to an endpoint for who is in the network where the endpoint says so") {
  const auto unknowns = [](const std::string& options) {
    return crenel::tests::lifted_resources(
               kStore +
               std::string("  Main: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
                           "  Work: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Main, CidrBlock: 10.0.0.0/24}}\n"
                           "  Near: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Main, VpcEndpointType: "
                           "Interface, ServiceName: !Sub 'com.amazonaws.${AWS::Region}.s3', SubnetIds: [!Ref Work], "
                           "PrivateDnsEnabled: true") +
               options + "}}\n")
        .unknowns();
  };
  const std::string told = "does not have the service's own name";
  CHECK(unknowns("").find(told) != std::string::npos);
  CHECK(unknowns(", DnsOptions: {PrivateDnsOnlyForInboundResolverEndpoint: AllResolvers}").find(told) ==
        std::string::npos);
}
