#include <functional>

#include "tests/checker/data_rules.h"

namespace crenel::checker {
namespace {

using nlohmann::json;

json list(const json& value) {
  return value.is_array() ? value : value.is_null() ? json::array() : json::array({value});
}

/// Every resource and parameter that an expression names.
void add_refs(const json& value, Words& out) {
  if (value.is_object() && value.size() == 1) {
    const std::string function = value.begin().key();
    const json& argument = value.begin().value();
    if (function == "Ref") {
      out.insert(argument.get<std::string>());
    } else if (function == "Fn::GetAtt") {
      const std::string text = argument.is_array() ? argument.at(0).get<std::string>() : argument.get<std::string>();
      out.insert(text.substr(0, text.find('.')));
    } else if (function == "Fn::Sub" && argument.is_string()) {
      const std::string text = argument;
      for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) {
        const std::string name = text.substr(at + 2, text.find('}', at) - at - 2);
        if (!name.starts_with("AWS::")) out.insert(name.substr(0, name.find('.')));
      }
      return;
    }
    if (function == "Ref" || function == "Fn::GetAtt") return;
  }
  if (value.is_structured()) {
    for (const json& each : value) add_refs(each, out);
  }
}

Words refs(const json& value) {
  Words out;
  add_refs(value, out);
  return out;
}

/// Names as they stand, references by what they name.
Words names(const json& value) {
  Words out;
  for (const json& each : list(value)) {
    if (each.is_string()) out.insert(each.get<std::string>());
    add_refs(each, out);
  }
  return out;
}

/// What each operation is called in a design. (Service Authorization Reference: Actions, resources, and condition keys
/// for Amazon S3, SQS, SNS, DynamoDB, Secrets Manager, KMS, Lambda, EC2 Auto Scaling)
const std::map<std::string, std::string>& words() {
  static const std::map<std::string, std::string> out = {
      {"s3:GetObject", "read"},
      {"s3:GetObjectVersion", "read"},
      {"s3:ListBucket", "read"},
      {"s3:PutObject", "write"},
      {"s3:AbortMultipartUpload", "write"},
      {"s3:ListMultipartUploadParts", "write"},
      {"s3:DeleteObject", "delete"},
      {"s3:DeleteObjectVersion", "delete"},
      {"s3:PutObjectTagging", "archive"},
      {"s3:DeleteObjectTagging", "archive"},
      {"sqs:SendMessage", "send"},
      {"sqs:ReceiveMessage", "receive"},
      {"sqs:DeleteMessage", "receive"},
      {"sqs:ChangeMessageVisibility", "receive"},
      {"sqs:PurgeQueue", "receive"},
      {"sqs:GetQueueUrl", ""},
      {"sqs:GetQueueAttributes", ""},
      {"sns:Publish", "publish"},
      {"sns:Subscribe", "subscribe"},
      {"dynamodb:GetItem", "get"},
      {"dynamodb:BatchGetItem", "get"},
      {"dynamodb:PartiQLSelect", "get"},
      {"dynamodb:PutItem", "put"},
      {"dynamodb:UpdateItem", "put"},
      {"dynamodb:BatchWriteItem", "put"},
      {"dynamodb:DeleteItem", "put"},
      {"dynamodb:PartiQLInsert", "put"},
      {"dynamodb:PartiQLUpdate", "put"},
      {"dynamodb:PartiQLDelete", "put"},
      {"dynamodb:Query", "query"},
      {"dynamodb:Scan", "query"},
      {"secretsmanager:GetSecretValue", "read"},
      {"secretsmanager:BatchGetSecretValue", "read"},
      {"kms:Encrypt", "encrypt"},
      {"kms:GenerateDataKey", "encrypt"},
      {"kms:GenerateDataKeyWithoutPlaintext", "encrypt"},
      {"kms:ReEncryptTo", "encrypt"},
      {"kms:Decrypt", "decrypt"},
      {"kms:ReEncryptFrom", "decrypt"},
      {"lambda:InvokeFunction", "invoke"},
      {"autoscaling:SetDesiredCapacity", "launch"},
      {"autoscaling:TerminateInstanceInAutoScalingGroup", "terminate"},
  };
  return out;
}

/// Which operations of a kind of service its own policy must deny to whom no flow declares, so that nothing of the word
/// is left. What is not in the list above is denied beside them.
std::map<std::string, Words> closing(const std::string& type) {
  const std::map<std::string, std::string> prefixes = {{"AWS::S3::Bucket", "s3:"},
                                                       {"AWS::SQS::Queue", "sqs:"},
                                                       {"AWS::SNS::Topic", "sns:"},
                                                       {"AWS::DynamoDB::Table", "dynamodb:"},
                                                       {"AWS::SecretsManager::Secret", "secretsmanager:"}};
  std::map<std::string, Words> out;
  const auto prefix = prefixes.find(type);
  if (prefix == prefixes.end()) return out;
  for (const auto& [operation, word] : words()) {
    if (operation.starts_with(prefix->second) && !word.empty()) out[word].insert(operation);
  }
  return out;
}

bool is_service(const std::string& type) {
  return !closing(type).empty() || type == "AWS::KMS::Key" || type == "AWS::Lambda::Function" ||
         type == "AWS::AutoScaling::AutoScalingGroup";
}

bool is_of_a_service(const std::string& operation) {
  for (const char* prefix :
       {"s3:", "sqs:", "sns:", "dynamodb:", "secretsmanager:", "kms:", "lambda:", "autoscaling:"}) {
    if (operation.starts_with(prefix)) return true;
  }
  return operation == "*";
}

bool is_reading_of_settings(const std::string& operation) {
  const std::string verb = operation.substr(operation.find(':') + 1);
  return verb.starts_with("Describe") || verb.starts_with("GetKey") || verb.starts_with("ListKey") ||
         verb == "ListGrants" || verb == "GetBucketAcl" || verb == "ListResourceTags";
}

class Reader {
 public:
  explicit Reader(const json& document) : document_(document) {}

  DataReading run() {
    each([&](const std::string& name, const std::string& type, const json& p) {
      if (is_service(type)) types_.emplace(name, type);
      if (auto words = closing(type); !words.empty()) out_.to_close.emplace(service_of(name), std::move(words));
      if (type == "AWS::Lambda::Function") add_actor(p.at("Role"), name);
      if (type == "AWS::IAM::InstanceProfile") add_actor(p.at("Roles"), name);
    });
    each([&](const std::string& name, const std::string& type, const json& p) { policies(name, type, p); });
    return std::move(out_);
  }

 private:
  template <class Visit>
  void each(const Visit& visit) {
    for (const auto& [name, resource] : document_.at("Resources").items()) {
      const json& whole = resource;
      const std::string type = whole.at("Type");
      const json properties = whole.contains("Properties") ? whole.at("Properties") : json::object();
      visit(name, type, properties);
    }
  }

  void add_actor(const json& role, const std::string& name) {
    for (const std::string& each : refs(role)) out_.actors[each].insert(name);
  }

  /// A secret is the reading side of the key that encrypts it.
  [[nodiscard]] std::string service_of(const std::string& name) const {
    const json& resource = document_.at("Resources").at(name);
    if (resource.at("Type") != "AWS::SecretsManager::Secret") return name;
    const Words key = refs(resource.value("Properties", json::object()).value("KmsKeyId", json()));
    return key.size() == 1 ? *key.begin() : name;
  }

  void policies(const std::string& name, const std::string& type, const json& p) {
    const std::string path = "/Resources/" + name + "/Properties";
    const auto document = [&](const std::string& key, const Words& role, const Words& of) {
      if (p.contains(key)) statements(path + "/" + key, p.at(key), role, of);
    };
    if (type == "AWS::IAM::RolePolicy") document("PolicyDocument", refs(p.at("RoleName")), {});
    if (type == "AWS::IAM::Policy" || type == "AWS::IAM::ManagedPolicy") {
      document("PolicyDocument", refs(p.value("Roles", json::array())), {});
    }
    if (type == "AWS::IAM::Role") {
      std::size_t index = 0;
      for (const json& each : p.value("Policies", json::array())) {
        statements(path + "/Policies/" + std::to_string(index++) + "/PolicyDocument", each.at("PolicyDocument"), {name},
                   {});
      }
      if (p.contains("ManagedPolicyArns")) out_.unreadable.push_back("policies that are not in the template: " + name);
    }
    if (type == "AWS::S3::BucketPolicy") document("PolicyDocument", {}, refs(p.at("Bucket")));
    if (type == "AWS::SQS::QueuePolicy") document("PolicyDocument", {}, refs(p.at("Queues")));
    if (type == "AWS::SNS::TopicPolicy") document("PolicyDocument", {}, refs(p.at("Topics")));
    if (type == "AWS::SecretsManager::ResourcePolicy") document("ResourcePolicy", {}, refs(p.at("SecretId")));
    if (type == "AWS::KMS::Key") document("KeyPolicy", {}, {name});
    if (type == "AWS::DynamoDB::Table" && p.contains("ResourcePolicy")) {
      statements(path + "/ResourcePolicy/PolicyDocument", p.at("ResourcePolicy").at("PolicyDocument"), {}, {name});
    }
    if (type == "AWS::Lambda::Permission") permission(path, p);
  }

  /// An event of a bucket calls a function, through a rule that names the bucket.
  void permission(const std::string& path, const json& p) {
    DataStatement made;
    made.at = path;
    made.services = refs(p.at("FunctionName"));
    made.words = {"invoke"};
    made.operations = {"lambda:InvokeFunction"};
    for (const std::string& source : refs(p.value("SourceArn", json()))) {
      const json& resource = document_.at("Resources").at(source);
      if (resource.at("Type") == "AWS::Events::Rule") {
        made.who = refs(resource.at("Properties").at("EventPattern"));
      } else {
        made.who.insert(source);
      }
    }
    if (made.who.empty()) made.who.insert("*");
    out_.statements.push_back(std::move(made));
  }

  void statements(const std::string& path, const json& policy, const Words& role, const Words& of) {
    std::size_t index = 0;
    for (const json& each : list(policy.at("Statement"))) {
      statement(path + "/Statement/" + std::to_string(index++), each, role, of);
    }
  }

  void statement(const std::string& at, const json& text, const Words& role, const Words& of) {
    DataStatement made;
    made.at = at;
    made.allow = text.at("Effect") == "Allow";
    for (const char* key : {"NotAction", "NotResource", "NotPrincipal"}) {
      if (text.contains(key)) return out_.unreadable.push_back(std::string(key) + " is not read: " + at);
    }
    operations(text.at("Action"), made);
    for (const std::string& name : of.empty() ? refs(text.at("Resource")) : of) {
      if (document_.at("Resources").contains(name) && (types_.contains(name))) made.services.insert(service_of(name));
    }
    if (of.empty() && at.find("/Policies/") == std::string::npos) add_existing(text.at("Resource"), made);
    const bool everything = of.empty() && names(text.at("Resource")).contains("*");
    if (everything && !made.words.empty()) {
      for (const auto& [name, type] : types_) made.services.insert(service_of(name));
    }
    if (made.services.empty() || made.words.empty()) return;
    made.who = role.empty() ? principals(text.at("Principal")) : role;
    condition(text.value("Condition", json::object()), made);
    const bool through_a_service =
        text.value("Condition", json::object()).dump().find("kms:ViaService") != std::string::npos;
    if (through_a_service) return;  // a use of the key by another service, for what that service lets do
    const bool account = made.who == Words{":root"};
    if (account && made.words == Words{"administer"}) return;
    out_.statements.push_back(std::move(made));
  }

  /// What the template names and does not make: by its ARN, or by a parameter. (Agents' tokens, which no flow is about,
  /// stand in the role itself.)
  void add_existing(const json& resource, DataStatement& made) const {
    const json parameters = document_.value("Parameters", json::object());
    for (const std::string& name : names(resource)) {
      if (parameters.contains(name)) made.services.insert(name);
      if (!name.starts_with("arn:")) continue;
      const bool bucket = name.find(":s3:::") != std::string::npos;
      made.services.insert(bucket ? name.substr(0, name.find('/')) : name);
    }
  }

  static Words principals(const json& principal) {
    if (principal.is_string()) return {principal.get<std::string>()};
    Words out;
    for (const auto& [kind, value] : principal.items()) {
      for (const std::string& name : names(value)) out.insert(kind == "Service" ? "service " + name : name);
      const bool root = value.dump().find(":root") != std::string::npos;
      if (root) out.insert(":root");
    }
    return out;
  }

  void operations(const json& action, DataStatement& made) {
    for (const json& each : list(action)) {
      const std::string operation = each;
      if (!is_of_a_service(operation) || is_reading_of_settings(operation)) continue;
      const std::size_t star = operation.find('*');
      if (star != std::string::npos) {
        for (const auto& [known, word] : words()) {
          if (!known.starts_with(operation.substr(0, star))) continue;
          made.operations.insert(known);
          if (!word.empty()) made.words.insert(word);
        }
        made.words.insert("administer");
        continue;
      }
      made.operations.insert(operation);
      const auto known = words().find(operation);
      if (known == words().end())
        made.words.insert("administer");
      else if (!known->second.empty())
        made.words.insert(known->second);
    }
  }

  /// Of an allowance, what is not read makes it narrower than it is taken to be; of a denial, it spares what is not
  /// known, and so it denies nothing here.
  void condition(const json& text, DataStatement& made) {
    bool read = true;
    for (const auto& [test, keys] : text.items()) {
      for (const auto& [key, value] : keys.items()) {
        if (key == "aws:SourceVpce") {
          for (const std::string& name : names(value)) made.ways.insert("path " + name);
        } else if (key == "aws:SourceIp") {
          for (const std::string& name : names(value)) made.ways.insert("from " + name);
        } else if (key == "aws:PrincipalArn" && test == "ArnNotEquals") {
          made.except_who = names(value);
        } else if (key == "aws:PrincipalArn" && test == "ArnEquals") {
          made.who = names(value);
        } else if (key == "aws:PrincipalArn" && test == "Null" && value == "false") {
          made.spares_services = true;            // whoever has an ARN is denied it
        } else if (key != "aws:ViaAWSService") {  // another service that asks for somebody has its own permission
          read = false;
        }
      }
    }
    if (!made.allow && !read) made.operations.clear();
  }

  const json& document_;
  std::map<std::string, std::string> types_;
  DataReading out_;
};

}  // namespace

DataReading aws_data(const json& document) { return Reader(document).run(); }

}  // namespace crenel::checker
