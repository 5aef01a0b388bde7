#include "backends/aws/report.h"

#include <algorithm>

#include "backends/aws/agents.h"
#include "backends/aws/databases.h"
#include "backends/aws/legalize_steps.h"
#include "backends/aws/limits.h"
#include "backends/aws/names.h"
#include "compiler/base/text.h"
#include "compiler/model/appliances.h"

namespace crenel::aws {
namespace {

void residue_of_acl(const model::Design& design, const Acl& acl, std::vector<backend::Residue>& out) {
  const auto lets_answers_in = [](const AclEntry& entry) {
    return entry.allow && entry.text.rfind("answers: ", 0) == 0;
  };
  const bool any = std::any_of(acl.ingress.begin(), acl.ingress.end(), lets_answers_in) ||
                   std::any_of(acl.egress.begin(), acl.egress.end(), lets_answers_in);
  if (!any) return;
  out.push_back({.subject = path(design.tiers[acl.tier].origin),
                 .text = "a network ACL remembers no conversation: answers pass it on ports " +
                         std::to_string(kFirstEphemeralPort) +
                         " to 65535; the security groups, which remember, let nothing else through there"});
}

void residue_of_balancer(const model::Design& design, model::BalancerId id, std::vector<backend::Residue>& out) {
  const model::Balancer& balancer = design.balancers[id];
  for (const model::Forward& forward : balancer.forwards) {
    if (forward.target_tls) {
      out.push_back({.subject = path(balancer.origin),
                     .text = "it encrypts to `" + path(design.groups[forward.target].origin) +
                             "`, but takes any certificate that a server shows"});
    }
    const bool udp = forward.to.parts().front().protocol == net::Protocol::Udp;
    if (udp) {
      out.push_back({.subject = path(balancer.origin),
                     .text = "it sees over TCP whether a server of a UDP service is well: that TCP port is open to the "
                             "balancer's own checks"});
    }
  }
}

void assume_direct(const model::Design& design, const Tunnel& tunnel, std::vector<std::string>& out) {
  const model::Link& link = design.links[tunnel.link];
  if (link.kind != model::LinkKind::Direct) return;
  const std::string site = path(design.sites[link.site].origin);
  out.push_back("`" + site + "` advertises its own addresses over the direct link, and no others");
  const std::string everywhere = design.networks[link.network].ipv6 ? "0.0.0.0/0 and ::/0" : "0.0.0.0/0";
  if (tunnel.internet)
    out.push_back("`" + site + "` advertises " + everywhere + " over the direct link, and carries what comes");
}

/// vpc/latest/peering: a connection carries nothing until the far side has accepted it and has routes of its own.
void assume_peering(const model::Design& design, const model::Link& link, std::vector<std::string>& out) {
  if (link.kind != model::LinkKind::Peering) return;
  const std::string site = path(design.sites[link.site].origin);
  out.push_back("the owner of `" + site + "` accepts the peering and routes " +
                path(design.networks[link.network].origin) + "'s addresses over it");
}

/// Whether the secret is the key of a VPN.
bool is_key(const model::Design& design, model::ParameterId parameter) {
  return std::any_of(design.links.begin(), design.links.end(),
                     [&](const model::Link& link) { return link.key == parameter; });
}

bool installs(const model::Design& design, const model::Group& group) {
  return std::any_of(group.agents.begin(), group.agents.end(),
                     [&](model::AgentId id) { return !design.agents[id].install.empty(); });
}

void residue_of_agents(const model::Design& design, const model::Group& group, std::vector<backend::Residue>& out) {
  if (!installs(design, group)) return;
  out.push_back({.subject = path(group.origin),
                 .text = "nothing stops an instance whose agent could not be installed: cloud-init reports it on the "
                         "instance, and what the agent reports to misses it"});
}

/// What images must bring so that agents can be installed.
void assume_agents(const model::Design& design, std::vector<std::string>& out) {
  std::vector<std::string> started;
  std::vector<std::string> reading;
  for (const model::GroupId id : design.groups.ids()) {
    const std::string name = "`" + path(design.groups[id].origin) + "`";
    if (installs(design, design.groups[id])) started.push_back(name);
    if (!tokens_of(design, id).empty()) reading.push_back(name);
  }
  if (!started.empty()) {
    out.push_back("images run cloud-init, by which agents are installed: " + base::list_in_words(started, "and"));
  }
  if (!reading.empty()) {
    out.push_back("images bring the AWS CLI, by which agents' tokens are read: " + base::list_in_words(reading, "and"));
    out.emplace_back(
        "the secrets of agents' tokens are encrypted with the account's own key for Secrets Manager, or with a key "
        "whose "
        "policy lets their readers decrypt");
  }
}

/// One outward and one inward for each who calls an endpoint.
std::size_t rules_of_paths(const DataPlan& data) {
  std::size_t rules = 0;
  for (const InterfaceEndpoint& way : data.endpoints) rules += 2 * way.members.size();
  return rules;
}

}  // namespace

std::string counted(std::size_t count, const std::string& one, std::string many) {
  if (many.empty()) many = one + "s";
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string path(const model::Origin& origin) { return model::to_string(origin.path); }

std::vector<backend::Residue> residue_of(const model::Design& design, const Plan& plan) {
  std::vector<backend::Residue> out;
  for (const model::Network& network : design.networks) {
    out.push_back({.subject = path(network.origin),
                   .text = "the VPC has a default security group, which CloudFormation cannot empty; nothing uses it"});
    out.push_back({.subject = path(network.origin),
                   .text = "name resolution (VPC base + 2), time (169.254.169.123) and instance metadata "
                           "(169.254.169.254, session tokens only) are the platform's: no rule closes them"});
  }
  for (const Acl& acl : plan.acls) residue_of_acl(design, acl, out);
  for (const model::BalancerId id : design.balancers.ids()) residue_of_balancer(design, id, out);
  for (const model::Group& group : design.groups) residue_of_agents(design, group, out);
  for (const model::Database& database : design.databases) {
    out.push_back({.subject = path(database.origin),
                   .text = "its standby, backups and management are the platform's, and no rule closes them; who may "
                           "read the secret with its first user's password is a matter of the account's policies"});
  }
  add_residue_of_data(design, plan, out);
  add_residue_of_guards(design, out);
  add_residue_of_blocking(design, plan, out);
  for (const model::Flow& flow : design.flows) {
    const bool by_nat = std::any_of(flow.via.begin(), flow.via.end(),
                                    [](const model::Hop& hop) { return std::holds_alternative<model::ViaNat>(hop); });
    if (!by_nat || !flow.traffic.is_all()) continue;
    out.push_back({.subject = design.statements[flow.statement].text,
                   .text = "a NAT gateway carries TCP, UDP and ICMP; packets of other protocols do not pass it"});
  }
  return out;
}

std::vector<std::string> assumptions_of(const model::Design& design, const Plan& plan, const Template& made) {
  std::vector<std::string> out;
  for (const model::Network& network : design.networks) {
    out.push_back("the Region offers the account " + counted(static_cast<std::size_t>(network.zones), "zone") +
                  " at least, for `" + path(network.origin) + "`");
  }
  for (const model::ParameterId id : design.parameters.ids()) {
    const std::string name = parameter_id(design, id);
    const bool used = std::any_of(made.parameters.begin(), made.parameters.end(),
                                  [&](const Entry& entry) { return entry.id == name; });
    if (!used) continue;
    switch (design.parameters[id].kind) {
      case model::ParameterKind::Certificate:
        out.push_back("`" + name + "` is a valid certificate in the template's Region");
        break;
      case model::ParameterKind::Secret:
        if (is_token(design, id)) {
          out.push_back(
              "`" + name +
              "` is a secret of the template's account and Region whose text is the token alone, under the key "
              "`aws/secretsmanager` or one that the instances' role may use");
        }
        if (!is_key(design, id)) break;
        out.push_back("`" + name +
                      "` names a secret whose text is the key alone: 8 to 64 letters, digits, `.` and `_`, not "
                      "starting with 0");
        break;
      case model::ParameterKind::Text:
        if (!design.parameters[id].pattern.empty()) {
          out.push_back("the pattern of `" + name + "` means the same in Java's regular expressions");
        }
        break;
      default:
        break;
    }
  }
  for (const Tunnel& tunnel : plan.tunnels) assume_direct(design, tunnel, out);
  for (const model::Link& link : design.links) assume_peering(design, link, out);
  for (const model::ApplianceId id : design.appliances.ids()) {
    const model::Appliance& appliance = design.appliances[id];
    if (model::tiers_behind(design, id).empty()) continue;
    if (appliance.count > 1) {
      out.push_back("`" + path(appliance.origin) +
                    "` hands packets on as they come, in the tunnel in which they come (GENEVE, udp/6081), and answers "
                    "on tcp/80 while it is well; what its software drops or changes besides is no part of the proof");
      continue;
    }
    out.push_back("`" + path(appliance.origin) +
                  "` hands packets on as they come, between its one interface and itself; what its software drops or "
                  "changes besides is no part of the proof");
  }
  std::vector<std::string> groups;
  for (const model::Group& group : design.groups) groups.push_back("`" + path(group.origin) + "`");
  if (!groups.empty()) {
    out.push_back(
        "images are made for their instance type (64-bit x86 unless `instance_type` says otherwise) and name "
        "their root device as `root_device` does: " +
        base::list_in_words(groups, "and"));
  }
  assume_agents(design, out);
  add_assumptions_of_data(design, plan, out);
  add_assumptions_of_guards(design, out);
  out.emplace_back(
      blocking_guard(design)
          ? "nothing outside the template overrides it: no organization policy, other mode or exclusion "
            "of VPC Block Public Access or firewall manager of the account, no rule added by hand"
          : "nothing outside the template overrides it: no organization policy, VPC Block Public Access or "
            "firewall manager of the account, no rule added by hand");
  return out;
}

std::vector<std::string> account_of(const model::Design& design, const Plan& plan, const Template& made) {
  std::vector<std::string> out;
  for (const model::Network& network : design.networks) {
    const auto zones = static_cast<std::size_t>(network.zones);
    out.push_back("VPC " + path(network.origin) + ": " + counted(zones * network.tiers.size(), "subnet") + " in " +
                  counted(zones, "zone"));
  }
  for (const Tunnel& tunnel : plan.tunnels) {
    const model::Link& link = design.links[tunnel.link];
    out.push_back((link.kind == model::LinkKind::Direct ? "Direct Connect association to "
                                                        : "VPN connection with two tunnels to ") +
                  path(design.sites[link.site].origin));
  }
  for (const model::Link& link : design.links) {
    if (link.kind != model::LinkKind::Peering) continue;
    out.push_back("peering of " + path(design.networks[link.network].origin) + " with " +
                  path(design.sites[link.site].origin) + ", which is made elsewhere");
  }
  for (const model::BalancerId id : design.balancers.ids()) {
    const model::Balancer& balancer = design.balancers[id];
    out.push_back(std::string(plan.is_public(id) ? "public " : "internal ") +
                  (balancer.layer == model::Layer::Application ? "application" : "network") + " load balancer " +
                  path(balancer.origin));
  }
  for (const model::ApplianceId id : design.appliances.ids()) {
    const model::Appliance& appliance = design.appliances[id];
    const Fleet* fleet = plan.fleet_of(id);
    out.push_back(
        "appliance " + path(appliance.origin) + ": " + counted(static_cast<std::size_t>(appliance.count), "instance") +
        (fleet == nullptr ? "" : " behind a gateway load balancer with " + counted(fleet->blocks.size(), "endpoint")));
  }
  for (const model::Database& database : design.databases) {
    out.push_back("RDS database " + path(database.origin) + ": " + database.engine + " on " + instance_class(database) +
                  " in two zones, " + counted(static_cast<std::size_t>(backup_days(database)), "day") + " of backups");
  }
  for (const model::GroupId id : design.groups.ids()) {
    if (model::appliance_of(design, id)) continue;
    const model::Group& group = design.groups[id];
    const std::string range = group.scale.min == group.scale.max
                                  ? std::to_string(group.scale.min)
                                  : std::to_string(group.scale.min) + " to " + std::to_string(group.scale.max);
    out.push_back("Auto Scaling group " + path(group.origin) + ": " + range +
                  (range == "1" ? " instance" : " instances"));
  }
  std::size_t rules = rules_of_paths(plan.data);
  std::size_t groups = plan.data.endpoints.size();
  for (const SecurityGroup& group : plan.groups) {
    rules += group.ingress.size() + group.egress.size();
    groups += group.parts;
  }
  out.push_back(counted(groups, "security group") + " with " + counted(rules, "rule"));
  std::size_t entries = 0;
  for (const Acl& acl : plan.acls) entries += acl.ingress.size() + acl.egress.size();
  if (!plan.acls.empty()) {
    out.push_back(counted(plan.acls.size(), "network ACL") + " with " + counted(entries, "entry", "entries"));
  }
  add_account_of_data(design, plan, out);
  add_account_of_guards(design, out);
  add_account_of_blocking(design, plan, out);
  const bool roles = std::any_of(made.resources.begin(), made.resources.end(),
                                 [](const Resource& one) { return one.type.name == kRole.name; });
  const bool acting = std::any_of(made.resources.begin(), made.resources.end(), [](const Resource& one) {
    return one.type.name == kInstanceProfile.name || one.type.name == kRolePolicy.name;
  });
  const bool forbidding =
      std::any_of(design.guards.begin(), design.guards.end(), [](const model::Guard& guard) { return guard.prevent; });
  if (!roles && forbidding) out.emplace_back("deploying needs CAPABILITY_IAM, for the policy that forbids changes");
  if (roles) {
    out.emplace_back(acting ? "deploying needs CAPABILITY_IAM, for the roles that it makes"
                            : "deploying needs CAPABILITY_IAM, for the flow logs' role");
  }
  return out;
}

}  // namespace crenel::aws
