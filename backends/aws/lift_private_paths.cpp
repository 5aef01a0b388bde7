#include <algorithm>
#include <utility>

#include "backends/aws/lift_data.h"
#include "backends/aws/lift_provider_actions.h"
#include "backends/aws/lift_types.h"

namespace crenel::aws::reading {
namespace {

/// "s3" of "com.amazonaws.eu-west-1.s3"; empty for other services than AWS's own.
std::string service_of(const Value& name) {
  const std::string said = words(name);
  if (!said.starts_with("com.amazonaws.")) return {};
  return said.substr(said.find_last_of('.') + 1);
}

/// A statement of the policy may let somebody do the action with the thing, however the rest turns out.
bool may_speak_of(const Judge& judge, const PolicyStatement& statement, const Holder& holder,
                  const ProviderAction& action) {
  return statement.allow &&
         judge.may_be_about(statement, std::string(action.name), resource_text(judge, holder, action.on_parts));
}

bool is_served(const Judge& judge, const Path& path, const Holder& holder, estate::Service::Kind kind) {
  const auto& actions = provider_actions(kind);
  return std::any_of(actions.begin(), actions.end(), [&](const ProviderAction& action) {
    if (action.name.substr(0, action.name.find(':')) != path.word) return false;
    if (path.whole) return true;
    return std::any_of(path.policy.begin(), path.policy.end(), [&](const PolicyStatement& statement) {
      return may_speak_of(judge, statement, holder, action);
    });
  });
}

/// A resource that the template makes, or a part of it, and no other: `arn:…:{Inbox}/*`.
bool is_ours(const Judge& judge, const DataReading& data, const Value& resource) {
  const std::string said = judge.arn_text(resource);
  return std::any_of(data.holders.begin(), data.holders.end(), [&](const Holder& holder) {
    const std::string own = arn_of(judge, holder);
    if (said == own) return true;
    if (said.starts_with(own + "/")) return true;
    // A group's ARN has a part that nobody can write down; its name is its own in the account.
    const std::size_t name = own.find(":autoScalingGroupName/");
    return name != std::string::npos && said.ends_with(own.substr(name)) &&
           said.find_first_of("*?") >= said.find(":autoScalingGroup:");
  });
}

bool reaches_others(const Judge& judge, const DataReading& data, const Path& path) {
  if (path.whole) return true;
  return std::any_of(path.policy.begin(), path.policy.end(), [&](const PolicyStatement& statement) {
    if (!statement.allow) return false;
    const Value& value = *statement.value;
    if (value["Resource"].absent() || value["Action"].absent()) return true;
    const auto listed = elements_of(value["Resource"]);
    return std::any_of(listed.begin(), listed.end(),
                       [&](const Option& option) { return !is_ours(judge, data, *option.value); });
  });
}

/// Programs ask for the service by its own name, which leads to the endpoint where the endpoint says that it has it.
/// Tables have no such name; who uses them is told the endpoint's.
void check_name(Reading& reading, const Item& endpoint, const std::string& word) {
  const Value& named = endpoint["PrivateDnsEnabled"];
  // S3's name leads there for who comes from outside alone, unless it is told otherwise (vpc/latest/privatelink,
  // "Private DNS" of AWS PrivateLink for S3).
  const auto whose = known_text(endpoint["DnsOptions"]["PrivateDnsOnlyForInboundResolverEndpoint"]);
  const bool for_all = word != "s3" || whose == "AllResolvers";
  if (word == "dynamodb" || (known_flag(named) == true && for_all)) return;
  reading.unknown(endpoint.place(),
                  "`" + endpoint.id() +
                      "` does not have the service's own name in its network: whether programs come by "
                      "it is not known");
}

/// Of keys and secrets, which are one thing to those who use them.
std::vector<estate::Action> asked_of(const std::string& word) {
  if (word == "kms") return {estate::Action::Encrypt, estate::Action::Decrypt};
  if (word == "secretsmanager") return {estate::Action::Read};
  return {};
}

}  // namespace

void read_private_paths(Reading& reading, DataReading& data) {
  const Judge judge(reading);
  for (const Item* item : reading.of(kEndpoint)) {
    const auto interface = reading.interfaces.find(item->id());
    if (interface == reading.interfaces.end()) continue;
    Path path;
    path.endpoint = item;
    path.word = service_of((*item)["ServiceName"]);
    path.whole = (*item)["PolicyDocument"].absent();
    path.policy = statements_of(reading, (*item)["PolicyDocument"], item->certain);
    if (path.word.empty()) continue;
    estate::PrivatePath made;
    made.name = item->id();
    made.interface = interface->second;
    made.place = item->place();
    made.others = reaches_others(judge, data, path);
    made.actions = asked_of(path.word);
    for (const Holder& holder : data.holders) {
      const estate::Service::Kind kind = reading.estate.services[holder.service].kind;
      const bool known = std::find(made.services.begin(), made.services.end(), holder.service) != made.services.end();
      if (!known && is_served(judge, path, holder, kind)) made.services.push_back(holder.service);
    }
    if (!made.services.empty()) check_name(reading, *item, path.word);
    path.id = reading.estate.private_paths.add(std::move(made));
    data.paths.push_back(std::move(path));
  }
}

}  // namespace crenel::aws::reading
