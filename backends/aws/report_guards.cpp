#include <algorithm>

#include "backends/aws/changes.h"
#include "backends/aws/lower_guards.h"
#include "backends/aws/report.h"
#include "backends/aws/reverting.h"
#include "compiler/base/text.h"

namespace crenel::aws {
namespace {

std::size_t calls_told() {
  std::size_t out = 0;
  for (const WatchedService& each : watched_services()) out += each.calls.size();
  return out;
}

void add_residue_of_prevention(const std::string& name, std::vector<backend::Residue>& out) {
  out.push_back({.subject = name,
                 .text =
                     "its policy forbids nobody anything until it is attached to roles and users, or its text stands "
                     "as a service control policy of the organisation, which holds for the root user, too"});
  out.push_back({.subject = name,
                 .text = "whoever may change IAM can take the policy off; it forbids changes of every network of the "
                         "account, and none of hosts, balancers and services"});
  out.push_back({.subject = name,
                 .text = "a stack is changed in the name of who deploys it, or of the service role that it was given: "
                         "that role has to be one of those left alone"});
}

}  // namespace

void add_residue_of_guards(const model::Design& design, std::vector<backend::Residue>& out) {
  for (const model::Guard& guard : design.guards) {
    const std::string name = model::to_string(guard.origin.path);
    if (guard.prevent) add_residue_of_prevention(name, out);
    if (!guard.alert) continue;
    out.push_back({.subject = name,
                   .text = "it tells of calls on every network of the account and the Region: most calls do not say "
                           "which network they change"});
    out.push_back({.subject = name,
                   .text = "changes of roles, users and their policies are recorded in us-east-1, and it does not tell "
                           "of them"});
    if (!guard.revert_seconds) continue;
    out.push_back({.subject = name,
                   .text = "it undoes changes of rules, entries of ACLs and routes; other changes it tells of, and "
                           "leaves as they are"});
    out.push_back({.subject = name,
                   .text = "once somebody changes a rule or a route, all are put back: also what those left alone had "
                           "changed past the template"});
  }
  for (const model::TopicId topic : design.topics.ids()) {
    if (!is_told(design, topic)) continue;
    out.push_back({.subject = model::to_string(design.topics[topic].origin.path),
                   .text = "EventBridge takes no conditions in a topic's policy: any rule of it that names the topic "
                           "can publish there"});
  }
}

void add_assumptions_of_guards(const model::Design& design, std::vector<std::string>& out) {
  const bool told = std::any_of(design.guards.begin(), design.guards.end(),
                                [](const model::Guard& guard) { return guard.alert.has_value(); });
  if (!told) return;
  out.emplace_back("a trail of AWS CloudTrail records the account's management events: guards are told by it");
}

void add_account_of_guards(const model::Design& design, std::vector<std::string>& out) {
  for (const model::Guard& guard : design.guards) {
    if (guard.prevent) {
      out.push_back("guard " + model::to_string(guard.origin.path) + ": a policy forbids " +
                    std::to_string(forbidden_calls()) + " calls to all but those left alone");
    }
    if (!guard.alert) continue;
    out.push_back("guard " + model::to_string(guard.origin.path) + ": " + std::to_string(rules_of_guard(guard)) +
                  " rules tell " + model::to_string(design.topics[*guard.alert].origin.path) + " of " +
                  std::to_string(calls_told()) + " calls");
    if (!guard.revert_seconds) continue;
    std::vector<std::string> networks;
    for (const model::NetworkId network : guard.networks) {
      networks.push_back(model::to_string(design.networks[network].origin.path));
    }
    out.push_back("guard " + model::to_string(guard.origin.path) + ": a function undoes " +
                  std::to_string(undone_calls().size()) + " of them in " + base::list_in_words(networks, "and") +
                  " within " + std::to_string(*guard.revert_seconds) + " s");
  }
}

}  // namespace crenel::aws
