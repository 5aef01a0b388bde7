#include "tests/checker/data_rules.h"

#include <doctest/doctest.h>

#include <functional>

/// The checker's own reading of policies and role assignments, on templates written by hand.
namespace {

using crenel::checker::check_data;
using nlohmann::json;

/// A role that reads a bucket by an endpoint, a site that writes it from its addresses, an event that calls a function.
json aws_template() {
  return json::parse(R"({"Resources": {
    "InboxBucket": {"Type": "AWS::S3::Bucket"},
    "InboxBucketPolicy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "InboxBucket"},
      "PolicyDocument": {"Statement": [
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": "*",
         "Action": ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"],
         "Condition": {"ArnNotEquals": {"aws:PrincipalArn": [{"Fn::GetAtt": ["AppRole", "Arn"]}]}}},
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": "*",
         "Action": ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
         "Condition": {"ArnNotEquals": {"aws:PrincipalArn": [{"Ref": "Clerk"}]}}},
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": "*",
         "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectTagging", "s3:DeleteObjectTagging"]},
        {"Effect": "Allow", "Principal": {"AWS": [{"Ref": "Clerk"}]}, "Resource": "*", "Action": "s3:PutObject",
         "Condition": {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24"]}}}]}}},
    "AppRole": {"Type": "AWS::IAM::Role", "Properties": {}},
    "AppProfile": {"Type": "AWS::IAM::InstanceProfile", "Properties": {"Roles": [{"Ref": "AppRole"}]}},
    "AppPolicy": {"Type": "AWS::IAM::RolePolicy", "Properties": {"RoleName": {"Ref": "AppRole"},
      "PolicyDocument": {"Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": [{"Fn::Sub": "${InboxBucket.Arn}/*"}],
         "Condition": {"StringEquals": {"aws:SourceVpce": {"Ref": "DataEndpoint"}}}}]}}},
    "SorterFunction": {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Ref": "SorterRole"}}},
    "SorterRule": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {
      "detail": {"bucket": {"name": [{"Ref": "InboxBucket"}]}}}}},
    "SorterPermission": {"Type": "AWS::Lambda::Permission", "Properties": {
      "FunctionName": {"Ref": "SorterFunction"}, "SourceArn": {"Fn::GetAtt": ["SorterRule", "Arn"]}}}
  }})");
}

json pair(const char* from, const char* to, const char* action, const char* at) {
  return {
      {"from", from},
      {"to", to},
      {"actions", action},
      {"flows", {{{"actions", action}, {"statement", "said"}, {"decided", {{{"actions", action}, {"by", {at}}}}}}}}};
}

json grant(const char* at, const char* from, const char* who, const char* named, const char* to, const char* service,
           const char* action, const char* way) {
  return {{"at", at}, {"from", from},       {"who", who},        {"named", named},
          {"to", to}, {"service", service}, {"actions", action}, {"ways", {way}}};
}

json aws_certificate() {
  constexpr const char* kRead = "/Resources/AppPolicy/Properties/PolicyDocument/Statement/0";
  constexpr const char* kWrite = "/Resources/InboxBucketPolicy/Properties/PolicyDocument/Statement/3";
  constexpr const char* kCall = "/Resources/SorterPermission/Properties";
  return {{"provider", "aws"},
          {"data",
           {{"admitted",
             {pair("app", "inbox", "read", kRead), pair("office", "inbox", "write", kWrite),
              pair("inbox", "sorter", "invoke", kCall)}},
            {"grants",
             {grant(kRead, "app", "identity", "AppRole", "inbox", "InboxBucket", "read", "path DataEndpoint"),
              grant(kWrite, "office", "name", "Clerk", "inbox", "InboxBucket", "write", "from 198.51.100.0/24"),
              grant(kCall, "inbox", "service", "InboxBucket", "sorter", "SorterFunction", "invoke", "anywhere")}}}}};
}

json azure_template() {
  return json::parse(R"({"resources": [
    {"type": "Microsoft.Storage/storageAccounts", "name": "[variables('InboxName')]",
     "tags": "[createObject('declared', 'Inbox')]",
     "properties": {"publicNetworkAccess": "Disabled", "allowSharedKeyAccess": false, "allowBlobPublicAccess": false}},
    {"type": "Microsoft.Network/privateEndpoints", "name": "DataEndpoint", "properties": {
     "privateLinkServiceConnections": [{"properties": {"privateLinkServiceId":
       "[resourceId('Microsoft.Storage/storageAccounts', variables('InboxName'))]"}}]}},
    {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "AppScaleSet", "identity": {
     "userAssignedIdentities": "[createObject(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'AppIdentity'), createObject())]"}},
    {"type": "Microsoft.Authorization/roleAssignments", "name": "one",
     "scope": "[resourceId('Microsoft.Storage/storageAccounts', variables('InboxName'))]", "properties": {
     "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')]",
     "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'AppIdentity')).principalId]"}}
  ]})");
}

json azure_certificate() {
  return {
      {"provider", "azure"},
      {"data",
       {{"admitted", {pair("app", "inbox", "read", "/resources/3")}},
        {"grants",
         {grant("/resources/3", "app", "identity", "AppIdentity", "inbox", "inbox*", "read", "path DataEndpoint")}}}}};
}

/// Whether a change of the template is found out.
bool found(json document, const json& certificate, const std::function<void(json&)>& change) {
  change(document);
  return !check_data(document, certificate).empty();
}

}  // namespace

TEST_CASE("a certificate that says what policies grant is borne out") {
  CHECK(check_data(aws_template(), aws_certificate()) == std::vector<std::string>{});
  CHECK(check_data(azure_template(), azure_certificate()) == std::vector<std::string>{});
}

TEST_CASE("a policy that was changed is found out") {
  const json certificate = aws_certificate();
  const auto changed = [&](const char* pointer, const json& value) {
    return found(aws_template(), certificate, [&](json& document) { document[json::json_pointer(pointer)] = value; });
  };
  const std::string statements = "/Resources/InboxBucketPolicy/Properties/PolicyDocument/Statement";
  const std::string allowed = "/Resources/AppPolicy/Properties/PolicyDocument/Statement/0";
  CHECK(changed((allowed + "/Action").c_str(), "s3:DeleteObject"));
  CHECK(changed((allowed + "/Action").c_str(), "s3:*"));
  CHECK(changed((allowed + "/Condition").c_str(), json::object()));
  CHECK(changed((allowed + "/Condition/StringEquals/aws:SourceVpce/Ref").c_str(), "OtherEndpoint"));
  CHECK(changed((allowed + "/Effect").c_str(), "Deny"));
  CHECK(changed((statements + "/3/Principal").c_str(), "*"));
  CHECK(changed((statements + "/3/Condition").c_str(), json::object()));
  CHECK(changed((statements + "/3/Action").c_str(), json::array({"s3:PutObject", "s3:PutBucketPolicy"})));
  for (const char* index : {"/0", "/1", "/2"}) {  // what closes the bucket to whoever of the account has permission
    CHECK(found(aws_template(), certificate,
                [&](json& document) { document[json::json_pointer(statements + index + "/Effect")] = "Allow"; }));
    CHECK(found(aws_template(), certificate, [&](json& document) {
      document[json::json_pointer(statements + index + "/Condition")] = {
          {"Bool", {{"aws:MultiFactorAuthPresent", "true"}}}};
    }));
  }
  CHECK(changed("/Resources/SorterRule/Properties/EventPattern/detail/bucket/name/0/Ref", "OtherBucket"));
  CHECK(changed("/Resources/AppProfile/Properties/Roles/0/Ref", "OtherRole"));
}

TEST_CASE("a role assignment that was changed is found out") {
  const json certificate = azure_certificate();
  const auto changed = [&](const char* pointer, const json& value) {
    return found(azure_template(), certificate, [&](json& document) { document[json::json_pointer(pointer)] = value; });
  };
  // Storage Blob Data Contributor, a role that nobody knows, another identity
  CHECK(changed("/resources/3/properties/roleDefinitionId",
                "[subscriptionResourceId('x', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')]"));
  CHECK(changed("/resources/3/properties/roleDefinitionId",
                "[subscriptionResourceId('x', '00000000-2d11-453d-a403-e96b0029c9fe')]"));
  CHECK(changed("/resources/3/properties/principalId", "[parameters('Somebody')]"));
  CHECK(changed("/resources/3/scope", "[resourceGroup().id]"));
  CHECK(changed("/resources/0/properties/publicNetworkAccess", "Enabled"));
  CHECK(changed("/resources/0/properties/allowSharedKeyAccess", true));
  CHECK(changed("/resources/2/identity", json::object()));
}

TEST_CASE("a certificate of data actions that says less or more than its template is found out") {
  for (const bool aws : {true, false}) {
    const json document = aws ? aws_template() : azure_template();
    const json good = aws ? aws_certificate() : azure_certificate();
    const auto refused = [&](const json& changed) { return !check_data(document, changed).empty(); };
    json none = good;
    none.erase("data");
    CHECK(refused(none));
    for (std::size_t i = 0; i < good.at("data").at("grants").size(); ++i) {
      json less = good;
      less["data"]["grants"].erase(i);
      CHECK(refused(less));
      json more = good;
      more["data"]["grants"][i]["actions"] = "read, write, delete";
      CHECK(refused(more));
      json open = good;
      open["data"]["grants"][i]["undecided"] = "a condition is not understood";
      CHECK(refused(open));
      json elsewhere = good;
      elsewhere["data"]["grants"][i]["at"] = "/Resources/Nowhere";
      CHECK(refused(elsewhere));
      json undeclared = good;
      undeclared["data"]["admitted"].erase(i);
      CHECK(refused(undeclared));
      json unsaid = good;
      unsaid["data"]["admitted"][i]["flows"][0]["decided"] = json::array();
      CHECK(refused(unsaid));
    }
  }
}
