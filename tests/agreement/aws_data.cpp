#include "tests/agreement/aws_data.h"

#include <algorithm>
#include <array>
#include <stdexcept>

/// What a template makes: things, roles, programs, endpoints, and the policies of each.
namespace crenel::agreement {
namespace {

using nlohmann::json;

bool is_true(const json& value) { return value == true || value == "true"; }

const json& at(const json& object, const char* name) {
  static const json kNone;
  return object.is_object() && object.contains(name) ? object.at(name) : kNone;
}

std::vector<std::string> list_of(const json& value) {
  std::vector<std::string> out;
  if (value.is_string()) out.push_back(value.get<std::string>());
  if (value.is_array()) {
    for (const json& one : value) out.push_back(one.get<std::string>());
  }
  return out;
}

std::string without(std::string text, const std::string& ending) {
  if (text.ends_with(ending)) text.resize(text.size() - ending.size());
  return text;
}

struct Kind {
  const char* type;
  const char* word;
  const char* ending;
  const char* service;
};
constexpr std::array<Kind, 8> kKinds = {{{"AWS::S3::Bucket", "store", "Bucket", "s3"},
                                         {"AWS::SQS::Queue", "queue", "Queue", "sqs"},
                                         {"AWS::SNS::Topic", "topic", "Topic", "sns"},
                                         {"AWS::DynamoDB::Table", "table", "Table", "dynamodb"},
                                         {"AWS::KMS::Key", "vault", "Key", "kms"},
                                         {"AWS::SecretsManager::Secret", "vault", "Secret", "secretsmanager"},
                                         {"AWS::Lambda::Function", "function", "Function", "lambda"},
                                         {"AWS::AutoScaling::AutoScalingGroup", "group", "Group", "autoscaling"}}};

const Kind* kind_of_service(const std::string& service) {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.begin() + 6, [&](const Kind& kind) { return service == kind.service; });
  return found == kKinds.begin() + 6 ? nullptr : &*found;
}

/// Kinds of resources that open other ways to a service, or change who may use it, and are not read.
constexpr std::array<const char*, 9> kUnread = {"AWS::S3::AccessPoint",
                                                "AWS::S3::MultiRegionAccessPoint",
                                                "AWS::SNS::Subscription",
                                                "AWS::Lambda::Url",
                                                "AWS::Lambda::EventSourceMapping",
                                                "AWS::IAM::User",
                                                "AWS::IAM::Group",
                                                "AWS::Lambda::Alias",
                                                "AWS::KMS::Alias"};

}  // namespace

AwsData::AwsData(const json& document, const ParameterValues& parameters) : values_(document, parameters) {
  refuse_unread();
  read_things();
  read_policies_beside();
  read_permissions();
  read_roles();
  read_programs();
  read_endpoints();
  read_elsewhere();
  const bool in_networks = !endpoints_.empty() || std::any_of(programs_.begin(), programs_.end(),
                                                              [](const Program& each) { return each.in_network; });
  for (const AwsStatement* statement : all_statements()) {
    for (const AwsStatement::Test& test : statement->tests) {
      if (test.test == "Null") continue;
      tested_[test.key].insert(test.values.begin(), test.values.end());
    }
  }
  if (in_networks) packets_ = std::make_unique<AwsInterpreter>(document, parameters);
}

void AwsData::refuse_unread() const {
  for (const char* type : kUnread) {
    values_.each(type, [&](const std::string& id, const json&) {
      throw std::invalid_argument(id + ": resources of type " + type + " are not read");
    });
  }
}

/// AWS's own keys are named by an alias, or not at all.
std::string AwsData::key_arn(const json& said) const {
  if (!said.is_string()) return "";
  const std::string text = said.get<std::string>();
  if (text.starts_with("alias/aws/")) return "";
  const std::string own = values_.owner("AWS::KMS::Key", text);
  return own.empty() ? text : values_.arn(own);
}

void AwsData::read_things() {
  for (const Kind& kind : kKinds) {
    values_.each(kind.type, [&](const std::string& id, const json& p) {
      Thing made;
      made.named = {.kind = kind.word, .name = id, .stem = without(id, kind.ending), .elsewhere = false};
      made.type = kind.type;
      made.arn = values_.arn(id);
      const std::string type = kind.type;
      if (type == "AWS::S3::Bucket") {
        const json& rules = at(at(p, "BucketEncryption"), "ServerSideEncryptionConfiguration");
        const json& how = rules.is_array() && !rules.empty() ? at(rules[0], "ServerSideEncryptionByDefault") : rules;
        if (at(how, "SSEAlgorithm").dump().find("aws:kms") != std::string::npos) {
          made.key = key_arn(at(how, "KMSMasterKeyID"));
        }
        const json& block = at(p, "PublicAccessBlockConfiguration");
        // S3 User Guide, "Blocking public access": a public policy is refused, or lets nobody else in.
        made.keeps_public_out = is_true(at(block, "BlockPublicPolicy")) || is_true(at(block, "RestrictPublicBuckets"));
        const json& acl = at(p, "AccessControl");
        made.open_by_lists = !acl.is_null() && acl != "Private" && !is_true(at(block, "IgnorePublicAcls"));
      } else if (type == "AWS::DynamoDB::Table") {
        made.key = key_arn(at(at(p, "SSESpecification"), "KMSMasterKeyId"));
        made.policy = statements_of(at(at(p, "ResourcePolicy"), "PolicyDocument"));
      } else if (type == "AWS::KMS::Key") {
        made.policy = statements_of(at(p, "KeyPolicy"));
      } else if (type == "AWS::SecretsManager::Secret") {
        made.key = key_arn(at(p, "KmsKeyId"));
      } else if (type == "AWS::SQS::Queue" || type == "AWS::SNS::Topic") {
        made.key = key_arn(at(p, "KmsMasterKeyId"));
      }
      add(std::move(made));
    });
  }
}

void AwsData::read_policies_beside() {
  struct Beside {
    const char* type;
    const char* of;
    const char* named;
    const char* document;
  };
  constexpr std::array<Beside, 6> kBeside = {
      {{"AWS::S3::BucketPolicy", "AWS::S3::Bucket", "Bucket", "PolicyDocument"},
       {"AWS::SQS::QueuePolicy", "AWS::SQS::Queue", "Queues", "PolicyDocument"},
       {"AWS::SQS::QueueInlinePolicy", "AWS::SQS::Queue", "Queue", "PolicyDocument"},
       {"AWS::SNS::TopicPolicy", "AWS::SNS::Topic", "Topics", "PolicyDocument"},
       {"AWS::SNS::TopicInlinePolicy", "AWS::SNS::Topic", "TopicArn", "PolicyDocument"},
       {"AWS::SecretsManager::ResourcePolicy", "AWS::SecretsManager::Secret", "SecretId", "ResourcePolicy"}}};
  for (const Beside& beside : kBeside) {
    values_.each(beside.type, [&](const std::string& id, const json& p) {
      for (const std::string& name : list_of(at(p, beside.named))) {
        const std::string owner = values_.owner(beside.of, name);
        for (Thing& each : things_) {
          if (each.named.name != owner) continue;
          // A thing has one policy: a second one takes the place of the first, and which is last nobody knows.
          if (!each.policy.empty()) throw std::invalid_argument(id + ": the thing has a policy already");
          each.policy = statements_of(at(p, beside.document));
        }
      }
    });
  }
}

/// A permission is a statement of the function's own policy (Lambda Developer Guide, "Resource-based policies").
void AwsData::read_permissions() {
  values_.each("AWS::Lambda::Permission", [&](const std::string& id, const json& p) {
    const std::string function = values_.owner("AWS::Lambda::Function", p.at("FunctionName").get<std::string>());
    const std::string who = p.at("Principal").get<std::string>();
    json statement = {{"Effect", "Allow"}, {"Action", p.at("Action")}};
    if (who == "*") {
      statement["Principal"] = "*";
    } else {
      const bool service = who.find(".amazonaws.com") != std::string::npos;
      statement["Principal"] = json{{service ? "Service" : "AWS", who}};
    }
    if (p.contains("SourceArn")) statement["Condition"]["ArnLike"]["aws:SourceArn"] = p.at("SourceArn");
    if (p.contains("SourceAccount")) {
      statement["Condition"]["StringEquals"]["aws:SourceAccount"] = p.at("SourceAccount");
    }
    for (const char* other : {"PrincipalOrgID", "FunctionUrlAuthType", "EventSourceToken"}) {
      if (p.contains(other)) throw std::invalid_argument(id + ": " + other + " is not read");
    }
    for (Thing& each : things_) {
      if (each.named.name != function) continue;
      statement["Resource"] = each.arn;
      each.policy.push_back(statement_of(statement));
    }
  });
}

void AwsData::read_roles() {
  const auto take = [](Role& role, const json& document) {
    for (AwsStatement& one : statements_of(document)) role.policies.push_back(std::move(one));
  };
  values_.each("AWS::IAM::Role", [&](const std::string& id, const json& p) {
    Role made;
    made.id = id;
    made.arn = values_.arn(id);
    made.trust = statements_of(at(p, "AssumeRolePolicyDocument"));
    for (const json& one : at(p, "Policies")) take(made, at(one, "PolicyDocument"));
    for (const std::string& arn : list_of(at(p, "ManagedPolicyArns"))) {
      const std::string own = values_.owner("AWS::IAM::ManagedPolicy", arn);
      if (own.empty()) {
        made.unread = true;
      } else {
        take(made, at(values_.properties(own), "PolicyDocument"));
      }
    }
    if (p.contains("PermissionsBoundary")) made.unread = true;
    roles_.push_back(std::move(made));
  });
  for (const char* type : {"AWS::IAM::RolePolicy", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"}) {
    values_.each(type, [&](const std::string&, const json& p) {
      const bool one = std::string(type) == "AWS::IAM::RolePolicy";
      for (const std::string& name : list_of(at(p, one ? "RoleName" : "Roles"))) {
        const std::string owner = values_.owner("AWS::IAM::Role", name);
        for (Role& each : roles_) {
          if (each.id == owner) take(each, at(p, "PolicyDocument"));
        }
      }
    });
  }
}

/// Machines have the role of their instance profile where it trusts EC2, functions theirs where it trusts Lambda.
void AwsData::read_programs() {
  const auto trusted = [&](const std::string& id, const char* service) {
    const Role* found = role(id);
    if (found == nullptr) return false;
    AwsRequest request;
    request.who = {.kind = AwsPrincipal::Kind::Service, .arn = service, .account = ""};
    request.action = "sts:AssumeRole";
    request.resource = found->arn;
    return std::any_of(found->trust.begin(), found->trust.end(), [&](const AwsStatement& statement) {
      return statement.allow && names(statement, request.who) == AwsNaming::Itself &&
             speaks_of(statement, request) != Says::No;
    });
  };
  const auto roles_of = [&](const json& profile) {
    std::vector<std::string> out;
    for (const char* part : {"Arn", "Name"}) {
      if (!at(profile, part).is_string()) continue;
      const std::string id = values_.owner("AWS::IAM::InstanceProfile", at(profile, part).get<std::string>());
      if (id.empty()) throw std::invalid_argument("a profile that the template does not make");
      for (const std::string& name : list_of(at(values_.properties(id), "Roles"))) {
        const std::string own = values_.owner("AWS::IAM::Role", name);
        if (trusted(own, "ec2.amazonaws.com")) out.push_back(own);
      }
    }
    return out;
  };
  const auto of_machines = [&](const char* type) {
    values_.each(type, [&](const std::string& id, const json& p) {
      const std::string launch = at(at(p, "LaunchTemplate"), "LaunchTemplateId").get<std::string>();
      const std::string made = values_.owner("AWS::EC2::LaunchTemplate", launch);
      if (made.empty()) throw std::invalid_argument(id + ": a launch template that the template does not make");
      const json data = at(values_.properties(made), "LaunchTemplateData");
      Program out;
      out.named = {.kind = DataAsker::Kind::Program, .name = id, .stem = without(without(id, "Group"), "Instance")};
      out.roles = roles_of(at(data, "IamInstanceProfile"));
      out.in_network = true;
      programs_.push_back(std::move(out));
    });
  };
  of_machines("AWS::AutoScaling::AutoScalingGroup");
  of_machines("AWS::EC2::Instance");
  values_.each("AWS::Lambda::Function", [&](const std::string& id, const json& p) {
    Program out;
    out.named = {.kind = DataAsker::Kind::Program, .name = id, .stem = without(id, "Function")};
    const std::string own = values_.owner("AWS::IAM::Role", p.at("Role").get<std::string>());
    if (own.empty()) throw std::invalid_argument(id + ": a role that the template does not make");
    if (trusted(own, "lambda.amazonaws.com")) out.roles = {own};
    out.function = values_.arn(id);
    out.in_network = p.contains("VpcConfig");
    programs_.push_back(std::move(out));
  });
}

/// VPC PrivateLink guide, "Interface endpoints": the service's own name leads to the endpoint where it has the name;
/// that of S3 only for who comes from outside, unless it is told otherwise; DynamoDB's never, and who uses it is told
/// the endpoint's own.
void AwsData::read_endpoints() {
  values_.each("AWS::EC2::VPCEndpoint", [&](const std::string& id, const json& p) {
    if (at(p, "VpcEndpointType") == "GatewayLoadBalancer") return;  // it leads to no service of Amazon's
    if (at(p, "VpcEndpointType") != "Interface") throw std::invalid_argument(id + ": no interface endpoint");
    Endpoint made;
    made.id = id;
    made.vpc = p.at("VpcId").get<std::string>();
    const std::string service = p.at("ServiceName").get<std::string>();
    made.service = service.substr(service.rfind('.') + 1);
    if (service != "com.amazonaws." + values_.region() + "." + made.service) return;
    if (p.contains("PolicyDocument")) made.policy = statements_of(p.at("PolicyDocument"));
    made.has_name = made.service == "dynamodb" || is_true(at(p, "PrivateDnsEnabled"));
    if (made.service == "s3") {
      const json& only = at(at(p, "DnsOptions"), "PrivateDnsOnlyForInboundResolverEndpoint");
      made.has_name = made.has_name && only == "AllResolvers";
    }
    endpoints_.push_back(std::move(made));
  });
}

std::vector<const AwsStatement*> AwsData::all_statements() const {
  std::vector<const AwsStatement*> out;
  const auto take = [&](const Statements& all) {
    for (const AwsStatement& each : all) out.push_back(&each);
  };
  for (const Thing& each : things_) take(each.policy);
  for (const Role& each : roles_) {
    take(each.policies);
    take(each.trust);
  }
  for (const Endpoint& each : endpoints_) {
    if (each.policy) take(*each.policy);
  }
  return out;
}

/// What a role or an endpoint is given and the template does not make: a thing of a service that data flows know.
void AwsData::read_elsewhere() {
  for (const Role& each : roles_) {
    for (const AwsStatement& statement : each.policies) find_elsewhere(statement);
  }
  for (const Endpoint& each : endpoints_) {
    for (const AwsStatement& statement : each.policy.value_or(Statements())) find_elsewhere(statement);
  }
}

void AwsData::find_elsewhere(const AwsStatement& statement) {
  if (!statement.allow || statement.actions.values.empty() || statement.actions.inverted) return;
  const std::string& action = statement.actions.values.front();
  const std::string service = action.substr(0, action.find(':'));
  const Kind* kind = kind_of_service(service);
  if (kind == nullptr || statement.resources.inverted) return;
  for (const std::string& said : statement.resources.values) {
    const bool arn = said.starts_with("arn:");
    if (arn && !said.starts_with("arn:aws:" + service + ":")) continue;
    std::string own = said;
    // A bucket's objects and a table's indexes lie in them.
    const bool holds = service == "s3" || !arn;
    if (const std::size_t slash = own.find('/', arn ? own.rfind(':') : 0); holds && slash != std::string::npos) {
      own.resize(slash);
    }
    if (own.find_first_of("*?") != std::string::npos) continue;
    const bool known = std::any_of(things_.begin(), things_.end(), [&](const Thing& each) { return each.arn == own; });
    if (known) continue;
    Thing made;
    made.named = {.kind = kind->word, .name = own, .stem = own, .elsewhere = true};
    made.type = kind->type;
    made.arn = own;
    add(std::move(made));
  }
}

const AwsData::Thing& AwsData::thing(const std::string& name) const {
  const auto found =
      std::find_if(things_.begin(), things_.end(), [&](const Thing& each) { return each.named.name == name; });
  if (found == things_.end()) throw std::invalid_argument("no thing is called " + name);
  return *found;
}

const AwsData::Role* AwsData::role(const std::string& id) const {
  const auto found = std::find_if(roles_.begin(), roles_.end(), [&](const Role& each) { return each.id == id; });
  return found == roles_.end() ? nullptr : &*found;
}

const AwsData::Endpoint& AwsData::endpoint(const std::string& name) const {
  const auto found =
      std::find_if(endpoints_.begin(), endpoints_.end(), [&](const Endpoint& each) { return each.id == name; });
  if (found == endpoints_.end()) throw std::invalid_argument("no endpoint is called " + name);
  return *found;
}

std::vector<DataThing> AwsData::things() const {
  std::vector<DataThing> out;
  for (const Thing& each : things_) out.push_back(each.named);
  return out;
}

std::vector<std::string> AwsData::actions(const DataThing& which) const {
  std::vector<std::string> out;
  for (const AwsOperation& each : operations_of(thing(which.name).type)) {
    if (std::find(out.begin(), out.end(), each.action) == out.end()) out.emplace_back(each.action);
  }
  return out;
}

}  // namespace crenel::agreement
