#include <algorithm>
#include <stdexcept>

#include "tests/agreement/aws_data.h"

/// Who asks, by which ways, and whether he may.
namespace crenel::agreement {
namespace {

using nlohmann::json;
using Context = std::map<std::string, std::vector<std::string>>;

constexpr const char* kFor = " for ";
constexpr const char* kTagOfArchive = "archive";
/// No policy names them: tests of patterns take them for what they are.
constexpr const char* kOtherTag = "tag-of-nobody";
constexpr const char* kSomebody = ":user/somebody";
constexpr const char* kOtherAddress = "8.8.8.8";

std::string field(const std::string& arn, std::size_t index) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < index; ++i) {
    from = arn.find(':', from);
    if (from == std::string::npos) return "";
    ++from;
  }
  return arn.substr(from, index == 5 ? std::string::npos : arn.find(':', from) - from);
}

bool is_number(const std::string& text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string::npos;
}

AwsPrincipal somebody(const std::string& name) {
  AwsPrincipal out;
  out.kind = AwsPrincipal::Kind::Role;
  out.account = is_number(name) ? name : field(name, 4);
  const bool account = is_number(name) || name.ends_with(":root");
  out.arn = account ? "arn:aws:iam::" + out.account + kSomebody : name;
  return out;
}

}  // namespace

/// Whom policies name and the template does not make: services by their names, others by what they are called.
std::set<std::string> AwsData::principals() const {
  std::set<std::string> out;
  if (const auto named = tested_.find("aws:principalarn"); named != tested_.end()) out = named->second;
  for (const AwsStatement* statement : all_statements()) {
    for (const auto& [kind, name] : statement->principals) {
      // Services that act as a role do so where they are given it.
      if (kind != "Service" || statement->resources.given) out.insert(name);
    }
  }
  const std::string own = std::string("arn:aws:iam::") + kOwnAccount + ":root";
  std::erase_if(out, [&](const std::string& name) {
    return name == kOwnAccount || name == own || name.find_first_of("*?") != std::string::npos ||
           std::any_of(roles_.begin(), roles_.end(), [&](const Role& each) { return each.arn == name; });
  });
  return out;
}

std::vector<DataAsker> AwsData::askers() const {
  std::vector<DataAsker> out;
  for (const Program& each : programs_) out.push_back(each.named);
  for (const std::string& name : principals()) {
    if (!name.ends_with(".amazonaws.com")) {
      out.push_back({.kind = DataAsker::Kind::Named, .name = name, .stem = ""});
      continue;
    }
    // A service asks for something of its own, which policies may tell from others.
    const auto add = [&](const std::string& source, const std::string& stem) {
      out.push_back({.kind = DataAsker::Kind::Named, .name = name + kFor + source, .stem = stem});
    };
    values_.each("AWS::Events::Rule", [&](const std::string& id, const json&) { add(values_.arn(id), id); });
    add("arn:aws:any:" + values_.region() + ":999900001111:other", "");
    if (name != "delivery.logs.amazonaws.com") continue;
    // It brings the logs of whoever has it bring them, of this account or of another one.
    add("arn:aws:logs:" + values_.region() + ":" + kOwnAccount + ":vpc", "logs");
  }
  for (const Thing& each : things_) {
    if (each.type != "AWS::S3::Bucket" || each.named.elsewhere) continue;
    out.push_back({.kind = DataAsker::Kind::Event, .name = each.named.name, .stem = each.named.stem});
    out.push_back({.kind = DataAsker::Kind::Event, .name = "other events of " + each.named.name, .stem = ""});
  }
  out.push_back({.kind = DataAsker::Kind::Account, .name = "", .stem = ""});
  out.push_back({.kind = DataAsker::Kind::Anyone, .name = "", .stem = ""});
  return out;
}

std::vector<DataWay> AwsData::ways() const {
  std::vector<DataWay> out;
  for (const bool plain : {false, true}) {
    out.push_back(
        {.kind = DataWay::Kind::Internet, .name = "", .stem = "", .address = ip(kOtherAddress), .plain = plain});
    for (const Endpoint& each : endpoints_) {
      std::string stem = each.id;
      if (stem.ends_with("Endpoint")) stem.resize(stem.size() - 8);
      out.push_back({.kind = DataWay::Kind::Path, .name = each.id, .stem = stem, .address = 0, .plain = plain});
    }
  }
  const auto blocks = tested_.find("aws:sourceip");
  if (blocks == tested_.end()) return out;
  for (const std::string& block : blocks->second) {
    const Cidr addresses = cidr(block.find('/') == std::string::npos ? block + "/32" : block);
    if (addresses.length == 0 || is_private(addresses.base)) continue;
    out.push_back({.kind = DataWay::Kind::Address, .name = "", .stem = "", .address = addresses.base, .plain = false});
  }
  return out;
}

std::vector<AwsData::Caller> AwsData::callers(const DataAsker& asker) const {
  std::vector<Caller> out;
  const auto as = [&](const Role& role, const std::string& function) {
    out.push_back({.principal = {.kind = AwsPrincipal::Kind::Role, .arn = role.arn, .account = kOwnAccount},
                   .role = &role,
                   .function = function,
                   .source = ""});
  };
  if (asker.kind == DataAsker::Kind::Program) {
    for (const Program& each : programs_) {
      if (each.named.name != asker.name) continue;
      for (const std::string& id : each.roles) as(*role(id), each.function);
    }
    return out;
  }
  Caller first;
  if (asker.kind == DataAsker::Kind::Account) {
    first.principal = somebody(std::string("arn:aws:iam::") + kOwnAccount + ":role/of-the-account");
  } else if (const std::size_t at = asker.name.find(kFor); at != std::string::npos) {
    first.principal = {.kind = AwsPrincipal::Kind::Service, .arn = asker.name.substr(0, at), .account = ""};
    first.source = asker.name.substr(at + std::string(kFor).size());
  } else if (asker.kind == DataAsker::Kind::Named) {
    first.principal = somebody(asker.name);
  }
  out.push_back(first);
  // Whoever a role trusts may act as it.
  AwsRequest request;
  request.who = first.principal;
  request.action = "sts:AssumeRole";
  for (const Role& each : roles_) {
    if (first.principal.kind == AwsPrincipal::Kind::Service) break;
    const bool trusted = std::any_of(each.trust.begin(), each.trust.end(), [&](const AwsStatement& statement) {
      return statement.allow && names(statement, first.principal) != AwsNaming::No &&
             speaks_of(statement, request) != Says::No;
    });
    if (trusted) as(each, "");
  }
  return out;
}

/// IAM User Guide, "AWS global condition context keys".
Context AwsData::context(const Caller& caller, const DataWay& way) const {
  const AwsPrincipal& who = caller.principal;
  const bool service = who.kind == AwsPrincipal::Kind::Service;
  Context out = {{"aws:securetransport", {way.plain ? "false" : "true"}},
                 {"aws:viaawsservice", {"false"}},
                 {"aws:resourceaccount", {kOwnAccount}},
                 {"aws:principalisawsservice", {service ? "true" : "false"}}};
  if (who.kind == AwsPrincipal::Kind::Role) {
    out["aws:principalarn"] = {who.arn};
    out["aws:principalaccount"] = {who.account};
    out["kms:calleraccount"] = {who.account};
  }
  if (service) {
    out["aws:sourcearn"] = {caller.source};
    out["aws:sourceaccount"] = {field(caller.source, 4)};
  } else if (way.kind == DataWay::Kind::Path) {
    out["aws:sourcevpce"] = {values_.reference(way.name)};
    out["aws:sourcevpc"] = {endpoint(way.name).vpc};
  } else {
    out["aws:sourceip"] = {dotted(way.address)};
  }
  if (!caller.function.empty()) out["lambda:sourcefunctionarn"] = {caller.function};
  return out;
}

/// IAM User Guide, "Policy evaluation logic", "Cross-account policy evaluation logic"; KMS Developer Guide, "Key
/// policies": a key lets in whom its policy names, and hands the decision to an account that it names.
Says AwsData::permitted(const Caller& caller, const AwsRequest& request, const Thing& on) const {
  const AwsPrincipal& who = caller.principal;
  const bool ours = who.account == kOwnAccount;
  Says own = Says::No;
  Says denied = Says::No;
  if (caller.role != nullptr) {
    if (caller.role->unread) own = Says::Unknown;
    for (const AwsStatement& statement : caller.role->policies) {
      Says& side = statement.allow ? own : denied;
      side = either(side, speaks_of(statement, request));
    }
  } else if (who.kind == AwsPrincipal::Kind::Role) {
    const bool all = !ours || who.arn.ends_with("/of-the-account");
    own = all ? Says::Yes : Says::Unknown;  // what others of the account may is not in the template
  }
  // What its own policy says nobody knows: it is taken to leave it to the caller's.
  if (on.named.elsewhere) return both(own, opposite(denied));
  Says direct = Says::No;
  Says by_account = Says::No;
  for (const AwsStatement& statement : on.policy) {
    const AwsNaming naming = names(statement, who);
    if (naming == AwsNaming::No) continue;
    Says speaks = speaks_of(statement, request);
    if (naming == AwsNaming::Unknown) speaks = both(speaks, Says::Unknown);
    Says& side = !statement.allow ? denied : naming == AwsNaming::Account ? by_account : direct;
    side = either(side, speaks);
  }
  // An account that is named says itself which of its own may.
  if (!ours && !who.arn.ends_with(kSomebody)) by_account = both(by_account, Says::Unknown);
  Says allowed = either(direct, own);
  if (on.type == "AWS::KMS::Key") {
    allowed = either(direct, both(by_account, own));
  } else if (!ours) {
    allowed = either(direct, both(by_account, own));
    if (who.kind == AwsPrincipal::Kind::Anonymous && on.keeps_public_out) allowed = Says::No;
    if (who.kind == AwsPrincipal::Kind::Anonymous && on.open_by_lists) allowed = either(allowed, Says::Unknown);
  }
  return both(allowed, opposite(denied));
}

/// VPC PrivateLink guide, "Control access using endpoint policies": without one everything may be asked for.
Says AwsData::by_endpoint(const AwsRequest& request, const Endpoint& way) const {
  if (!way.policy) return Says::Yes;
  Says allowed = Says::No;
  Says denied = Says::No;
  for (const AwsStatement& statement : *way.policy) {
    const AwsNaming naming = names(statement, request.who);
    if (naming == AwsNaming::No) continue;
    Says speaks = speaks_of(statement, request);
    if (naming == AwsNaming::Unknown) speaks = both(speaks, Says::Unknown);
    Says& side = statement.allow ? allowed : denied;
    side = either(side, speaks);
  }
  return both(allowed, opposite(denied));
}

/// The service asks the key in the caller's name, from its own addresses.
Says AwsData::by_key(const Caller& caller, std::string_view needed, const Thing& on) const {
  if (needed.empty() || on.key.empty()) return Says::Yes;
  const auto key = std::find_if(things_.begin(), things_.end(), [&](const Thing& each) { return each.arn == on.key; });
  Thing elsewhere;
  elsewhere.arn = on.key;
  elsewhere.type = "AWS::KMS::Key";
  elsewhere.named.elsewhere = true;
  AwsRequest request;
  request.who = caller.principal;
  request.resource = on.key;
  request.context = context(caller, {});
  request.context.erase("aws:sourceip");
  request.context["aws:viaawsservice"] = {"true"};
  const auto colon = operations_of(on.type).front().name.find(':');
  const std::string service(operations_of(on.type).front().name.substr(0, colon));
  request.context["kms:viaservice"] = {service + "." + values_.region() + ".amazonaws.com"};
  Says out = Says::Yes;
  for (const char* action : {"kms:Decrypt", "kms:GenerateDataKey"}) {
    const bool decrypts = std::string_view(action) == "kms:Decrypt";
    if (needed == (decrypts ? "make" : "decrypt")) continue;
    request.action = action;
    out = both(out, permitted(caller, request, key == things_.end() ? elsewhere : *key));
  }
  return out;
}

Says AwsData::may(const Caller& caller, const AwsOperation& operation, const Thing& on, const DataWay& way) const {
  const std::string service(operation.name.substr(0, operation.name.find(':')));
  if (way.kind == DataWay::Kind::Path && endpoint(way.name).service != service) return Says::No;
  // General Reference, "Service endpoints": those of the others take nothing but TLS.
  const bool takes_plain = service == "s3" || service == "sqs" || service == "sns" || service == "dynamodb";
  if (way.plain && (!takes_plain || on.named.elsewhere)) return Says::No;
  AwsRequest request;
  request.who = caller.principal;
  request.action = operation.name;
  request.resource = on.type == "AWS::S3::Bucket" && operation.on_parts ? on.arn + "/an-object" : on.arn;
  request.context = context(caller, way);
  // What may be chosen: the tags that an object is given.
  std::vector<std::map<std::string, std::string>> tags = {{}};
  if (operation.sets_tags) tags = {{{kTagOfArchive, "true"}}};
  if (operation.action == "mark otherwise") {
    tags = {{{kOtherTag, "a"}}, {{kTagOfArchive, "false"}}, {{kTagOfArchive, "true"}, {kOtherTag, "a"}}};
  }
  if (operation.action == "mark otherwise" || operation.name == "s3:PutObject") {
    const std::string start = "s3:requestobjecttag/";
    for (const auto& [key, values] : tested_) {
      if (!key.starts_with(start)) continue;
      const std::string tag = key.substr(start.size());
      if (operation.name != "s3:PutObject" && tag == kTagOfArchive) continue;
      for (const std::string& value : values) tags.push_back({{tag, value}});
    }
  }
  Says found = Says::No;
  for (const auto& given : tags) {
    AwsRequest one = request;
    for (const auto& [tag, value] : given) {
      one.context["s3:requestobjecttag/" + tag] = {value};
      one.context["s3:requestobjecttagkeys"].push_back(tag);
    }
    Says allowed = permitted(caller, one, on);
    if (way.kind == DataWay::Kind::Path) allowed = both(allowed, by_endpoint(one, endpoint(way.name)));
    found = either(found, allowed);
  }
  return both(found, by_key(caller, operation.key, on));
}

DataAnswer AwsData::answer(const DataQuestion& question) const {
  const Thing& on = thing(question.thing);
  if (question.who.kind == DataAsker::Kind::Event) return of_event(question);
  DataAnswer out;
  // What takes no policy cannot be closed to the account; whoever administers it administers what is in it; who uses
  // what is made elsewhere its own policy says.
  const bool bare = on.type == "AWS::Lambda::Function" || on.type == "AWS::AutoScaling::AutoScalingGroup";
  const bool account = question.who.kind == DataAsker::Kind::Account;
  if (account && (bare || question.action == "administer")) return out;
  if (on.named.elsewhere && question.who.kind != DataAsker::Kind::Program) return out;
  for (const Caller& caller : callers(question.who)) {
    // Services of AWS come with TLS, from addresses of their own, for what they are told to do.
    const bool from_its_own = question.way.kind == DataWay::Kind::Internet && !question.way.plain;
    if (!caller.source.empty() && (!from_its_own || sends(caller.source, on) == Says::No)) continue;
    Says works = Says::Yes;
    bool has_needed = false;
    for (const AwsOperation& each : operations_of(on.type)) {
      if (each.action != question.action) continue;
      const Says one = may(caller, each, on, question.way);
      if (one == Says::Unknown) out.why = std::string(each.name) + ": a policy says what is not read";
      out.admitted = either(out.admitted, one);
      has_needed = has_needed || each.needed;
      if (each.needed) works = both(works, one);
    }
    if (has_needed) out.works = either(out.works, works);
  }
  out.arrives = arrives(question.who, question.way);
  return out;
}

Says AwsData::arrives(const DataAsker& asker, const DataWay& way) const {
  const auto [known, fresh] = arrivals_.try_emplace({asker.name, way.name}, Says::Yes);
  if (fresh && asker.kind == DataAsker::Kind::Program) known->second = packets_arrive(asker, way);
  return known->second;
}

/// In a network the service's name leads to its endpoint there, in whichever zone.
Says AwsData::packets_arrive(const DataAsker& asker, const DataWay& way) const {
  const auto program = std::find_if(programs_.begin(), programs_.end(),
                                    [&](const Program& each) { return each.named.name == asker.name; });
  if (program == programs_.end() || !program->in_network) {
    return way.kind == DataWay::Kind::Path ? Says::No : Says::Yes;
  }
  std::vector<Ip> from;
  std::vector<Ip> to = {ip("8.8.8.8")};
  for (const auto* all : {&packets_->hosts(), &packets_->doors()}) {
    for (const Host& each : *all) {
      if (each.name == asker.name) from.push_back(each.address);
    }
  }
  if (way.kind == DataWay::Kind::Path) {
    if (!endpoint(way.name).has_name) return Says::No;
    to.clear();
    for (const Host& each : packets_->doors()) {
      if (each.name == way.name) to.push_back(each.address);
    }
  }
  bool every = !from.empty() && !to.empty();
  bool some = false;
  for (const Ip a : from) {
    for (const Ip b : to) {
      if (is_ipv6(a) != is_ipv6(b)) continue;
      const bool gets = packets_->admits({a, b, kTcp, 443});
      every = every && gets;
      some = some || gets;
    }
  }
  return every ? Says::Yes : some ? Says::Unknown : Says::No;
}

DataInterpreter aws_data(const json& document, const ParameterValues& parameters) {
  const auto data = std::make_shared<AwsData>(document, parameters);
  return {.things = data->things(),
          .askers = data->askers(),
          .ways = data->ways(),
          .actions = [data](const DataThing& thing) { return data->actions(thing); },
          .answer = [data](const DataQuestion& question) { return data->answer(question); }};
}

}  // namespace crenel::agreement
