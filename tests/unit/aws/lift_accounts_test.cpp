#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "tests/unit/aws/lifted.h"

using namespace crenel;
using crenel::tests::Lifted;
using crenel::tests::lifted_resources;
using Lines = std::vector<std::string>;

namespace {

/// A table whose policy is the test's statement, after one that denies everybody everything that is done with items.
std::string table(const std::string& statement) {
  return "  Items:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      PointInTimeRecoverySpecification: "
         "{PointInTimeRecoveryEnabled: true}\n      ResourcePolicy:\n        PolicyDocument:\n          Statement:\n"
         "            - {Effect: Deny, Principal: '*', Action: ['dynamodb:*Item', 'dynamodb:PartiQL*', "
         "'dynamodb:Query', 'dynamodb:Scan'], Resource: '*'}\n            - " +
         statement + "\n";
}

/// What others than the account and its roles do: "arn:… administer".
Lines of_named(const std::string& resources) {
  const Lifted made = lifted_resources(resources);
  Lines out;
  for (const estate::Access& access : made.estate.accesses) {
    const auto* named = std::get_if<estate::Named>(&access.who);
    if (named == nullptr) continue;
    const auto* name = std::get_if<std::string>(&named->who);
    std::string line = name != nullptr ? *name : made.estate.symbols[std::get<estate::SymbolId>(named->who)].name;
    for (const estate::Action action : access.actions) line += " " + std::string(estate::word(action));
    if (!access.doubt.empty()) line += " (perhaps)";
    out.push_back(line);
  }
  return out;
}

Lines weaknesses(const std::string& resources) {
  const Lifted made = lifted_resources(resources);
  Lines out;
  for (const auto id : made.estate.services.ids()) {
    for (const estate::Weakness& weak : made.estate.services[id].weaknesses) out.push_back(weak.what);
  }
  return out;
}

}  // namespace

TEST_CASE("another account that a resource's policy names is somebody, whatever the account may do itself") {
  const std::string other = "'arn:aws:iam::999922223333:root'";
  CHECK(of_named(table("{Effect: Allow, Principal: {AWS: " + other +
                       "}, Action: 'dynamodb:PutResourcePolicy', Resource: '*'}")) ==
        Lines{"arn:aws:iam::999922223333:root administer"});
  CHECK(of_named(table("{Effect: Allow, Principal: {AWS: '999922223333'}, Action: 'dynamodb:*', Resource: '*'}")) ==
        Lines{"999922223333 administer"});
  // What is denied to everybody stays denied to it.
  CHECK(of_named(table("{Effect: Allow, Principal: {AWS: " + other + "}, Action: 'dynamodb:GetItem', Resource: '*'}"))
            .empty());
  // The account that the template is deployed in hands the decision to its own policies.
  CHECK(of_named(table("{Effect: Allow, Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}, "
                       "Action: 'dynamodb:*', Resource: '*'}"))
            .empty());
  CHECK(of_named(table("{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: 'dynamodb:*', Resource: '*'}"))
            .empty());
}

TEST_CASE("a table that takes requests without TLS says so: its endpoints take both") {
  const auto with = [](const std::string& condition) {
    return table("{Effect: Deny, Principal: '*', Action: 'dynamodb:*', Resource: '*'" + condition + "}");
  };
  CHECK(weaknesses(with(", Condition: {Bool: {'aws:SecureTransport': false}}")).empty());
  CHECK(weaknesses(with(", Condition: {Bool: {'aws:SecureTransport': true}}")) == Lines{"takes requests without TLS"});
}

TEST_CASE("a secret under a key of AWS's own says so") {
  const std::string key =
      "  KeysKey: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, KeyPolicy: {Statement: []}}}\n";
  CHECK(weaknesses(key + "  KeysSecret: {Type: AWS::SecretsManager::Secret, Properties: {KmsKeyId: !Ref KeysKey}}\n")
            .empty());
  CHECK(weaknesses(key + "  KeysSecret: {Type: AWS::SecretsManager::Secret}\n") ==
        Lines{"keeps a secret under none of its keys"});
}
