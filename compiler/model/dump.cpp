#include "compiler/model/dump_text.h"

namespace crenel::model {
namespace {

std::string_view word(Claim::Kind kind) {
  switch (kind) {
    case Claim::Kind::Never:
      return "never";
    case Claim::Kind::Only:
      return "only";
    case Claim::Kind::Always:
      return "always";
  }
  return {};
}

/// Writes one design.
class Writer : private DumpText {
 public:
  using DumpText::DumpText;

  std::string write() {
    head();
    for (const auto& parameter : design_.parameters) write_parameter(parameter);
    for (const auto& network : design_.networks) write_network(network);
    for (const auto& site : design_.sites) write_site(site);
    for (const auto& link : design_.links) write_link(link);
    for (const auto& group : design_.groups) write_group(group);
    for (const auto& balancer : design_.balancers) write_balancer(balancer);
    dump_services(*this);
    write_flows();
    for (const auto& claim : design_.claims) write_claim(claim);
    for (const auto& each : design_.overrides) write_override(each);
    for (const auto& each : design_.verbatims) {
      line(0, "verbatim {} {} {}", each.provider, quoted(each.resource), quoted(each.text));
    }
    for (const auto& assumption : design_.assumptions) line(0, "assumption {}", quoted(assumption));
    return std::move(out_);
  }

 private:
  void write_override(const Override& each) {
    line(0, "override {} {}", each.provider, quoted(each.resource));
    for (const auto& [path, value] : each.values) line(1, "{} {}", quoted(path), text(value));
  }

  void head() {
    line(0, "design {}{}", design_.name, design_.parameterised ? " parameterised" : "");
    if (!design_.doc.empty()) line(1, "doc {}", quoted(design_.doc));
    if (!design_.region.empty()) line(1, "region {}", design_.region);
    if (!design_.environment) return;
    const Environment& environment = *design_.environment;
    line(0, "environment {}", to_string(environment.origin.path));
    origin(environment.origin);
    line(1, "stage {}", quoted(environment.stage));
    line(1, "network_admins {}", text(environment.network_admins));
    line(1, "owner {}", quoted(environment.owner));
    settings(1, environment.settings);
  }

  void write_parameter(const Parameter& parameter) {
    line(0, "parameter {} : {}", to_string(parameter.origin.path), word(parameter.kind));
    origin(parameter.origin);
    if (parameter.kind == ParameterKind::Cidr) line(1, "length /{}../{}", parameter.shortest, parameter.longest);
    for (const auto& block : parameter.within) line(1, "within {}", net::to_string(block));
    if (!parameter.pattern.empty()) line(1, "pattern {}", quoted(parameter.pattern));
    const bool decided = parameter.within.size() == 1 && parameter.within.front().length == parameter.longest;
    if (parameter.chosen) line(1, "{}", decided ? "decided already" : "chosen by the provider");
    if (parameter.default_value) line(1, "default {}", quoted(*parameter.default_value));
  }

  void write_network(const Network& network) {
    line(0, "network {}", to_string(network.origin.path));
    origin(network.origin);
    line(1, "space {}", text(network.space));
    line(1, "zones {}", network.zones);
    if (network.ipv6) line(1, "ipv6 {}", to_string(design_.parameters[*network.ipv6].origin.path));
    line(1, "flow_logs {}", network.flow_logs);
    if (network.flow_log_store) line(1, "to {}", to_string(design_.stores[*network.flow_log_store].origin.path));
    line(1, "reserved {}", text(network.reserved));
    settings(1, network.settings);
    for (const TierId tier : network.tiers) write_tier(design_.tiers[tier]);
  }

  void write_tier(const Tier& tier) {
    line(0, "tier {} : {}", to_string(tier.origin.path), word(tier.kind));
    origin(tier.origin);
    line(1, "network {}", to_string(design_.networks[tier.network].origin.path));
    line(1, "block {}", text(tier.block));
    for (const Block& zone : tier.zone_blocks) line(1, "zone {}", text(zone));
    if (tier.ipv6_block) line(1, "ipv6 {}", text(*tier.ipv6_block));
    for (const Block& zone : tier.ipv6_zone_blocks) line(1, "ipv6 zone {}", text(zone));
    line(1, "acl {}", tier.strict_acl ? "strict" : "open");
    line(1, "way_out {}", text(tier.way_out));
    for (const SiteId site : tier.site_routes) line(1, "route {}", to_string(design_.sites[site].origin.path));
    for (const NetworkId peer : tier.peer_routes) line(1, "route {}", to_string(design_.networks[peer].origin.path));
    settings(1, tier.settings);
  }

  void write_site(const Site& site) {
    line(0, "site {}", to_string(site.origin.path));
    origin(site.origin);
    line(1, "addresses {}", text(site.addresses));
    if (site.network) line(1, "existing network {}", text(site.network->id));
    if (site.device) line(1, "device {}", text(*site.device));
    if (site.inside) line(1, "inside {}", to_string(design_.sites[*site.inside].origin.path));
    if (!site.identities.empty()) line(1, "identities {}", text(site.identities));
    line(1, "strong_authentication {}", site.strong_authentication);
  }

  void write_link(const Link& link) {
    line(0, "link {}", to_string(link.origin.path));
    origin(link.origin);
    line(1, "{} -> {} by {}", to_string(design_.networks[link.network].origin.path),
         to_string(design_.sites[link.site].origin.path), to_string(link.kind));
    if (link.key) line(1, "key {}", text(*link.key));
    if (link.certificate) line(1, "certificate {}", text(*link.certificate));
    settings(1, link.settings);
  }

  void write_group(const Group& group) {
    line(0, "group {}", to_string(group.origin.path));
    origin(group.origin);
    line(1, "tier {}", to_string(design_.tiers[group.tier].origin.path));
    line(1, "image {}", text(group.image));
    line(1, "size {}", word(group.size));
    if (group.scale.queued) {
      line(1, "scale {}..{} by queued({})", group.scale.min, group.scale.max,
           to_string(design_.queues[*group.scale.queued].origin.path));
    } else if (group.scale.cpu_percent) {
      line(1, "scale {}..{} by cpu({}%)", group.scale.min, group.scale.max, *group.scale.cpu_percent);
    } else {
      line(1, "scale {}..{}", group.scale.min, group.scale.max);
    }
    if (!group.boot.empty()) line(1, "boot {}", quoted(group.boot));
    line(1, "immutable {}", group.immutable);
    line(1, "ephemeral {}", group.ephemeral);
    line(1, "public_address {}", group.public_address);
    for (const AgentId agent : group.agents) line(1, "agent {}", to_string(design_.agents[agent].origin.path));
    line(1, "labels {}", text(group.labels));
    settings(1, group.settings);
  }

  void write_balancer(const Balancer& balancer) {
    line(0, "balancer {}", to_string(balancer.origin.path));
    origin(balancer.origin);
    line(1, "tier {}", to_string(design_.tiers[balancer.tier].origin.path));
    line(1, "layer {}", balancer.layer == Layer::Application ? "application" : "network");
    if (balancer.certificate) line(1, "certificate {}", text(*balancer.certificate));
    for (const Forward& forward : balancer.forwards) {
      line(1, "forward {}{} to {} : {}{}{}", net::to_string(forward.listen), forward.listen_tls ? " (tls)" : "",
           to_string(design_.groups[forward.target].origin.path), net::to_string(forward.to),
           forward.target_tls ? " (tls)" : "", forward.check ? " check " + quoted(*forward.check) : "");
    }
    if (!balancer.labels.empty()) line(1, "labels {}", text(balancer.labels));
    settings(1, balancer.settings);
  }

  void write_flows() {
    auto next = design_.flows.begin();  // flows stand in statement order
    for (const StatementId id : design_.statements.ids()) {
      const FlowStatement& statement = design_.statements[id];
      line(0, "{} {}{}", statement.deny ? "deny" : "allow", statement.text, statement.implied ? " (implied)" : "");
      if (!statement.because.empty()) line(1, "because {}", quoted(statement.because));
      for (; next != design_.flows.end() && next->statement == id; ++next) {
        const Flow& flow = *next;
        line(1, "flow {} -> {} : {}{}{}", text(flow.from), text(flow.to), net::to_string(flow.traffic),
             flow.via.empty() ? "" : " via " + text(flow.via),
             flow.except.empty() ? "" : " except " + text(flow.except));
      }
      for (const DataFlow& flow : design_.data_flows) {
        if (flow.statement != id) continue;
        line(1, "data {} -> {} : {}{}", text(flow.from), text(flow.to), to_string(flow.actions),
             flow.via.empty() ? "" : " via " + text(flow.via));
      }
      for (const Denial& denial : design_.denials) {
        if (denial.statement != id) continue;
        line(1, "denied {} -> {} : {}", text(denial.from), text(denial.to), text(denial.traffic, denial.actions));
      }
    }
  }

  void write_claim(const Claim& claim) {
    line(0, "claim {}", claim.text);
    line(1, "{} {} {} {} : {}{}", word(claim.kind), text(claim.from), claim.transitive ? "~>" : "->", text(claim.to),
         claim.traffic ? text(*claim.traffic, claim.actions) : "any",
         claim.via.empty() ? "" : " via " + text(claim.via));
    if (claim.empty_on_purpose) line(1, "empty on purpose");
  }
};

}  // namespace

std::string dump(const Design& design) { return Writer(design).write(); }

}  // namespace crenel::model
