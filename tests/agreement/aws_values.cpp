#include "tests/agreement/aws_values.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace crenel::agreement {
namespace {

using nlohmann::json;

/// What stands for nothing at all (template reference, "Pseudo parameters").
constexpr const char* kNoValue = "\x01no value";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

AwsValues::AwsValues(const json& document, const ParameterValues& parameters)
    : document_(document), parameters_(parameters) {
  if (!document_.contains("Parameters")) return;
  for (const auto& [name, declared] : document_.at("Parameters").items()) {
    if (!parameters_.contains(name) && declared.contains("Default")) {
      parameters_[name] = text(declared.at("Default"));
    }
  }
}

void AwsValues::each(const std::string& type, const std::function<void(const std::string&, const json&)>& visit) const {
  for (const auto& [id, resource] : document_.at("Resources").items()) {
    if (resource.at("Type") != type || !is_made(resource)) continue;
    visit(id, properties(id));
  }
}

json AwsValues::properties(const std::string& id) const {
  return resolve(document_.at("Resources").at(id).value("Properties", json::object()));
}

std::string AwsValues::type(const std::string& id) const {
  const json& all = document_.at("Resources");
  return all.contains(id) ? all.at(id).at("Type").get<std::string>() : "";
}

std::string AwsValues::owner(const std::string& type, const std::string& text) const {
  for (const auto& [id, resource] : document_.at("Resources").items()) {
    if (resource.at("Type") != type || !is_made(resource)) continue;
    if (text == arn(id) || text == reference(id)) return id;
  }
  return "";
}

bool AwsValues::is_made(const json& resource) const {
  return !resource.contains("Condition") || holds(json{{"Condition", resource.at("Condition")}});
}

bool AwsValues::holds(const json& condition) const {
  const std::string function = condition.begin().key();
  const json& argument = condition.begin().value();
  if (function == "Condition") return holds(document_.at("Conditions").at(argument.get<std::string>()));
  if (function == "Fn::Not") return !holds(argument.at(0));
  if (function == "Fn::And")
    return std::all_of(argument.begin(), argument.end(), [&](const json& c) { return holds(c); });
  if (function == "Fn::Or")
    return std::any_of(argument.begin(), argument.end(), [&](const json& c) { return holds(c); });
  if (function == "Fn::Equals") return resolve(argument.at(0)) == resolve(argument.at(1));
  throw std::invalid_argument("no condition: " + function);
}

std::string AwsValues::text(const json& value) const {
  const json plain = resolve(value);
  if (plain.is_string()) return plain.get<std::string>();
  if (plain.is_number_integer()) return std::to_string(plain.get<std::int64_t>());
  if (plain.is_boolean()) return plain.get<bool>() ? "true" : "false";
  throw std::invalid_argument("not a text: " + plain.dump());
}

json AwsValues::resolve(const json& value) const {
  if (value.is_array()) {
    json out = json::array();
    for (const json& element : value) {
      json one = resolve(element);
      if (one != kNoValue) out.push_back(std::move(one));
    }
    return out;
  }
  if (!value.is_object()) return value;
  if (value.size() == 1) {
    const std::string function = value.begin().key();
    if (function == "Ref" || function.starts_with("Fn::")) return called(function, value.begin().value());
  }
  json out = json::object();
  for (const auto& [name, member] : value.items()) {
    json one = resolve(member);
    if (one != kNoValue) out[name] = std::move(one);
  }
  return out;
}

json AwsValues::called(const std::string& function, const json& argument) const {
  if (function == "Ref") return named(argument.get<std::string>());
  if (function == "Fn::GetAtt") {
    if (argument.is_array()) return attribute(argument.at(0).get<std::string>(), text(argument.at(1)));
    const std::string both = argument.get<std::string>();
    const std::size_t dot = both.find('.');
    return attribute(both.substr(0, dot), both.substr(dot + 1));
  }
  if (function == "Fn::Sub") return substituted(argument);
  if (function == "Fn::If") {
    return resolve(argument.at(holds(json{{"Condition", argument.at(0)}}) ? 1 : 2));
  }
  if (function == "Fn::Join") {
    std::string out;
    bool first = true;
    for (const json& part : resolve(argument.at(1))) {
      out += (first ? "" : argument.at(0).get<std::string>()) + text(part);
      first = false;
    }
    return out;
  }
  if (function == "Fn::Select") {
    const json list = resolve(argument.at(1));
    const std::size_t index = static_cast<std::size_t>(std::stoul(text(argument.at(0))));
    if (list.is_array() && index < list.size()) return list.at(index);
  }
  // In places that say nothing of who may use what.
  return "(" + function + ")";
}

std::string AwsValues::substituted(const json& argument) const {
  const std::string form = argument.is_array() ? argument.at(0).get<std::string>() : argument.get<std::string>();
  const json own = argument.is_array() ? argument.at(1) : json::object();
  std::string out;
  for (std::size_t at = 0; at < form.size();) {
    if (form.compare(at, 2, "${") != 0) {
      out += form[at++];
      continue;
    }
    const std::size_t end = form.find('}', at);
    if (end == std::string::npos) throw std::invalid_argument("Fn::Sub is not closed: " + form);
    const std::string inner = form.substr(at + 2, end - at - 2);
    at = end + 1;
    if (inner.starts_with("!")) {
      out += "${" + inner.substr(1) + "}";
    } else if (own.contains(inner)) {
      out += text(own.at(inner));
    } else if (const std::size_t dot = inner.find('.'); dot != std::string::npos && !inner.starts_with("AWS::")) {
      out += attribute(inner.substr(0, dot), inner.substr(dot + 1));
    } else {
      out += named(inner);
    }
  }
  return out;
}

std::string AwsValues::named(const std::string& name) const {
  if (name == "AWS::AccountId") return kOwnAccount;
  if (name == "AWS::Region") return region_;
  if (name == "AWS::Partition") return "aws";
  if (name == "AWS::URLSuffix") return "amazonaws.com";
  if (name == "AWS::StackName") return "stack";
  if (name == "AWS::NoValue") return kNoValue;
  if (name.starts_with("AWS::")) return name;
  if (const auto found = parameters_.find(name); found != parameters_.end()) return found->second;
  if (!document_.at("Resources").contains(name)) throw std::invalid_argument("nothing is called " + name);
  return reference(name);
}

/// The name that the template gives, or one that CloudFormation makes.
std::string AwsValues::name(const std::string& id, const char* property) const {
  const json& resource = document_.at("Resources").at(id);
  const json given = resource.value("Properties", json::object());
  if (given.contains(property)) return text(given.at(property));
  const bool bucket = resource.at("Type") == "AWS::S3::Bucket";
  return bucket ? "stack-" + lower(id) + "-1x2y" : "stack-" + id + "-1X2Y";
}

std::string AwsValues::arn(const std::string& id) const {
  const std::string type = this->type(id);
  const auto here = [&](const std::string& service, const std::string& rest) {
    return "arn:aws:" + service + ":" + region_ + ":" + kOwnAccount + ":" + rest;
  };
  if (type == "AWS::S3::Bucket") return "arn:aws:s3:::" + name(id, "BucketName");
  if (type == "AWS::SQS::Queue") return here("sqs", name(id, "QueueName"));
  if (type == "AWS::SNS::Topic") return here("sns", name(id, "TopicName"));
  if (type == "AWS::DynamoDB::Table") return here("dynamodb", "table/" + name(id, "TableName"));
  if (type == "AWS::KMS::Key") return here("kms", "key/key-of-" + id);
  if (type == "AWS::SecretsManager::Secret") return here("secretsmanager", "secret:" + name(id, "Name") + "-AbCdEf");
  if (type == "AWS::Lambda::Function") return here("lambda", "function:" + name(id, "FunctionName"));
  if (type == "AWS::Events::Rule") return here("events", "rule/" + name(id, "Name"));
  if (type == "AWS::AutoScaling::AutoScalingGroup") {
    return here("autoscaling",
                "autoScalingGroup:uuid-of-" + id + ":autoScalingGroupName/" + name(id, "AutoScalingGroupName"));
  }
  const std::string global = std::string("arn:aws:iam::") + kOwnAccount + ":";
  if (type == "AWS::IAM::Role") return global + "role/" + name(id, "RoleName");
  if (type == "AWS::IAM::ManagedPolicy") return global + "policy/" + name(id, "ManagedPolicyName");
  if (type == "AWS::IAM::InstanceProfile") return global + "instance-profile/" + name(id, "InstanceProfileName");
  return "arn of " + id;
}

std::string AwsValues::reference(const std::string& id) const {
  const std::string type = this->type(id);
  if (type == "AWS::S3::Bucket") return name(id, "BucketName");
  if (type == "AWS::DynamoDB::Table") return name(id, "TableName");
  if (type == "AWS::KMS::Key") return "key-of-" + id;
  if (type == "AWS::Lambda::Function") return name(id, "FunctionName");
  if (type == "AWS::AutoScaling::AutoScalingGroup") return name(id, "AutoScalingGroupName");
  if (type == "AWS::IAM::Role") return name(id, "RoleName");
  if (type == "AWS::IAM::InstanceProfile") return name(id, "InstanceProfileName");
  if (type == "AWS::SQS::Queue") {
    return "https://sqs." + region_ + ".amazonaws.com/" + kOwnAccount + "/" + name(id, "QueueName");
  }
  const bool by_arn =
      type == "AWS::SNS::Topic" || type == "AWS::SecretsManager::Secret" || type == "AWS::IAM::ManagedPolicy";
  return by_arn ? arn(id) : "id-of-" + id;
}

std::string AwsValues::attribute(const std::string& id, const std::string& name) const {
  const std::string type = this->type(id);
  if (type.empty()) throw std::invalid_argument("nothing is called " + id);
  if (name == "Arn" || name == "TopicArn" || (name == "Id" && type == "AWS::SecretsManager::Secret")) return arn(id);
  if (name == "QueueName") return this->name(id, "QueueName");
  return name == "GroupId" || name == "VpcId" ? reference(id) : reference(id) + "." + name;
}

}  // namespace crenel::agreement
