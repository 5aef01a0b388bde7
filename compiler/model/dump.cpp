#include <fmt/format.h>

#include <iterator>

#include "compiler/base/text.h"
#include "compiler/model/design.h"

namespace crenel::model {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string_view word(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::Cidr:
      return "cidr";
    case ParameterKind::Ip:
      return "ip";
    case ParameterKind::Image:
      return "image";
    case ParameterKind::Certificate:
      return "certificate";
    case ParameterKind::Identity:
      return "identity";
    case ParameterKind::Secret:
      return "secret";
    case ParameterKind::Key:
      return "key";
    case ParameterKind::Text:
      return "string";
  }
  return {};
}

std::string_view word(TierKind kind) {
  switch (kind) {
    case TierKind::Public:
      return "public";
    case TierKind::Private:
      return "private";
    case TierKind::Isolated:
      return "isolated";
  }
  return {};
}

std::string_view word(Size size) {
  switch (size) {
    case Size::Small:
      return "small";
    case Size::Medium:
      return "medium";
    case Size::Large:
      return "large";
  }
  return {};
}

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

/// Writes one design; a thing's own lines are indented by two spaces below its first one.
class Writer {
 public:
  explicit Writer(const Design& design) : design_(design) {}

  std::string write() {
    head();
    for (const auto& parameter : design_.parameters) write_parameter(parameter);
    for (const auto& network : design_.networks) write_network(network);
    for (const auto& site : design_.sites) write_site(site);
    for (const auto& link : design_.links) write_link(link);
    for (const auto& group : design_.groups) write_group(group);
    for (const auto& balancer : design_.balancers) write_balancer(balancer);
    write_flows();
    for (const auto& claim : design_.claims) write_claim(claim);
    for (const auto& assumption : design_.assumptions) line(0, "assumption {}", quoted(assumption));
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(int depth, fmt::format_string<Args...> format, Args&&... args) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string text(ParameterId id) const { return "$" + to_string(design_.parameters[id].origin.path); }
  template <class T>
  std::string text(const Late<T>& value) const {
    if (const auto* id = std::get_if<ParameterId>(&value)) return text(*id);
    if constexpr (std::is_same_v<T, std::string>) {
      return quoted(std::get<T>(value));
    } else {
      return net::to_string(std::get<T>(value));
    }
  }
  std::string text(const Block& block) const {
    const std::string base = text(block.base);
    if (!block.part) return base;
    return fmt::format("{}[/{} {}{}]", base, block.part->length, block.part->from_end ? "last-" : "#",
                       block.part->index);
  }
  template <class T>
  std::string text(const std::vector<Late<T>>& values) const {
    std::vector<std::string> parts;
    for (const auto& value : values) parts.push_back(text(value));
    return "[" + base::join(parts, ", ") + "]";
  }
  std::string text(const Endpoint& endpoint) const {
    const std::string name = name_of(design_, endpoint);
    if (const auto* blocks = std::get_if<Blocks>(&endpoint)) return name + text(blocks->blocks);
    return name;
  }
  std::string text(const std::vector<Endpoint>& endpoints) const {
    std::vector<std::string> parts;
    for (const auto& endpoint : endpoints) parts.push_back(text(endpoint));
    return parts.empty() ? "nothing" : base::join(parts, ", ");
  }
  std::string text(const std::vector<Hop>& via) const {
    std::vector<std::string> parts;
    for (const auto& hop : via) {
      const auto* site = std::get_if<SiteId>(&hop);
      parts.push_back(site == nullptr ? "nat" : to_string(design_.sites[*site].origin.path));
    }
    return base::join(parts, ", ");
  }
  static std::string text(const std::vector<std::string>& words) { return "[" + base::join(words, ", ") + "]"; }

  void origin(const Origin& origin) {
    if (!origin.doc.empty()) line(1, "doc {}", quoted(origin.doc));
    if (!origin.because.empty()) line(1, "because {}", quoted(origin.because));
  }

  void settings(int depth, const ProviderSettings& settings) {
    for (const auto& [provider, values] : settings) {
      for (const auto& [name, value] : values) {
        const std::string shown = std::visit(base::Overloaded{[](const std::string& v) { return quoted(v); },
                                                              [](std::int64_t v) { return fmt::format("{}", v); },
                                                              [](bool v) { return fmt::format("{}", v); },
                                                              [](const std::vector<std::string>& v) {
                                                                std::vector<std::string> parts;
                                                                for (const auto& item : v)
                                                                  parts.push_back(quoted(item));
                                                                return text(parts);
                                                              }},
                                             value);
        line(depth, "on {} {} = {}", provider, name, shown);
      }
    }
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
    if (parameter.default_value) line(1, "default {}", quoted(*parameter.default_value));
  }

  void write_network(const Network& network) {
    line(0, "network {}", to_string(network.origin.path));
    origin(network.origin);
    line(1, "space {}", text(network.space));
    line(1, "zones {}", network.zones);
    line(1, "flow_logs {}", network.flow_logs);
    line(1, "reserved {}", text(network.reserved));
    settings(1, network.settings);
    for (const TierId tier : network.tiers) write_tier(design_.tiers[tier]);
  }

  std::string text(const WayOut& way) const {
    return std::visit(
        base::Overloaded{[](const NoWayOut&) { return std::string("none"); },
                         [](const DirectWayOut&) { return std::string("direct"); },
                         [](const NatWayOut&) { return std::string("nat"); },
                         [this](SiteId site) { return "site " + to_string(design_.sites[site].origin.path); }},
        way);
  }

  void write_tier(const Tier& tier) {
    line(0, "tier {} : {}", to_string(tier.origin.path), word(tier.kind));
    origin(tier.origin);
    line(1, "network {}", to_string(design_.networks[tier.network].origin.path));
    line(1, "block {}", text(tier.block));
    for (const Block& zone : tier.zone_blocks) line(1, "zone {}", text(zone));
    line(1, "acl {}", tier.strict_acl ? "strict" : "open");
    line(1, "way_out {}", text(tier.way_out));
    for (const SiteId site : tier.site_routes) line(1, "route {}", to_string(design_.sites[site].origin.path));
    settings(1, tier.settings);
  }

  void write_site(const Site& site) {
    line(0, "site {}", to_string(site.origin.path));
    origin(site.origin);
    line(1, "addresses {}", text(site.addresses));
    if (site.device) line(1, "device {}", text(*site.device));
    if (site.inside) line(1, "inside {}", to_string(design_.sites[*site.inside].origin.path));
    if (!site.identities.empty()) line(1, "identities {}", text(site.identities));
    line(1, "strong_authentication {}", site.strong_authentication);
  }

  void write_link(const Link& link) {
    line(0, "link {}", to_string(link.origin.path));
    origin(link.origin);
    line(1, "{} -> {} by {}", to_string(design_.networks[link.network].origin.path),
         to_string(design_.sites[link.site].origin.path), link.kind == LinkKind::Vpn ? "vpn" : "direct");
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
    if (group.scale.cpu_percent) {
      line(1, "scale {}..{} by cpu({}%)", group.scale.min, group.scale.max, *group.scale.cpu_percent);
    } else {
      line(1, "scale {}..{}", group.scale.min, group.scale.max);
    }
    if (!group.boot.empty()) line(1, "boot {}", quoted(group.boot));
    line(1, "immutable {}", group.immutable);
    line(1, "ephemeral {}", group.ephemeral);
    line(1, "public_address {}", group.public_address);
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
    settings(1, balancer.settings);
  }

  void write_flows() {
    auto next = design_.flows.begin();  // flows stand in statement order
    for (const StatementId id : design_.statements.ids()) {
      const FlowStatement& statement = design_.statements[id];
      line(0, "allow {}{}", statement.text, statement.implied ? " (implied)" : "");
      if (!statement.because.empty()) line(1, "because {}", quoted(statement.because));
      for (; next != design_.flows.end() && next->statement == id; ++next) {
        const Flow& flow = *next;
        line(1, "flow {} -> {} : {}{}", text(flow.from), text(flow.to), net::to_string(flow.traffic),
             flow.via.empty() ? "" : " via " + text(flow.via));
      }
    }
  }

  void write_claim(const Claim& claim) {
    line(0, "claim {}", claim.text);
    line(1, "{} {} {} {} : {}{}", word(claim.kind), text(claim.from), claim.transitive ? "~>" : "->", text(claim.to),
         claim.traffic ? net::to_string(*claim.traffic) : "any", claim.via.empty() ? "" : " via " + text(claim.via));
    if (claim.empty_on_purpose) line(1, "empty on purpose");
  }

  const Design& design_;
  std::string out_;
};

}  // namespace

std::string dump(const Design& design) { return Writer(design).write(); }

}  // namespace crenel::model
