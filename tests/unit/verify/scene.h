#pragma once

#include <doctest/doctest.h>

#include <string>

#include "compiler/base/source.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/verify/verify.h"

namespace crenel::tests {

inline net::Prefix block(const std::string& text) { return net::parse_prefix(text).value(); }
inline net::Traffic tcp(std::uint16_t first, std::uint16_t last) {
  return net::Traffic::of(net::Protocol::Tcp, first, last);
}
inline net::Traffic tcp(std::uint16_t port) { return tcp(port, port); }

/// A small design made by hand, in one network `main` with one tier, unless a test makes more.
struct Scene {
  model::Design design;
  base::Sources sources;
  base::SourceId source = sources.add("scene.crenel", std::string(1000, ' '));
  std::uint32_t offset = 0;
  model::NetworkId main;
  model::TierId tier;

  explicit Scene(model::Late<net::Prefix> space = block("10.0.0.0/16")) {
    main = network("main", space);
    tier = add_tier(main, "servers");
  }

  base::Span next_span() {
    offset += 2;
    return {.source = source, .begin = offset, .end = offset + 1};
  }
  model::Origin named(const std::string& name) {
    return {.path = {name}, .span = next_span(), .doc = {}, .because = {}};
  }

  model::ParameterId parameter(const std::string& name, int shortest, int longest, std::vector<net::Prefix> within) {
    model::Parameter made;
    made.origin = named(name);
    made.kind = shortest == 32 ? model::ParameterKind::Ip : model::ParameterKind::Cidr;
    made.shortest = shortest;
    made.longest = longest;
    made.within = std::move(within);
    return design.parameters.add(std::move(made));
  }
  model::NetworkId network(const std::string& name, model::Late<net::Prefix> space) {
    model::Network made;
    made.origin = named(name);
    made.space = {.base = space, .part = {}};
    return design.networks.add(std::move(made));
  }
  model::TierId add_tier(model::NetworkId in, const std::string& name) {
    model::Tier made;
    made.origin = named(name);
    made.network = in;
    made.block = design.networks[in].space;
    made.zone_blocks = {made.block};
    return design.tiers.add(std::move(made));
  }
  model::GroupId group(const std::string& name) { return group(name, tier); }
  model::GroupId group(const std::string& name, model::TierId in) {
    model::Group made;
    made.origin = named(name);
    made.tier = in;
    made.scale = {.min = 1, .max = 2, .cpu_percent = {}};
    return design.groups.add(std::move(made));
  }
  model::SiteId site(const std::string& name, std::vector<model::Late<net::Prefix>> addresses,
                     std::optional<model::SiteId> inside = {}) {
    model::Site made;
    made.origin = named(name);
    made.addresses = std::move(addresses);
    made.inside = inside;
    return design.sites.add(std::move(made));
  }
  void link(model::SiteId site) {
    model::Link made;
    made.origin = named("link");
    made.network = main;
    made.site = site;
    design.links.add(std::move(made));
  }
  model::BalancerId balancer(const std::string& name, model::Layer layer, model::GroupId target, net::Traffic listen,
                             net::Traffic to) {
    model::Balancer made;
    made.origin = named(name);
    made.tier = tier;
    made.layer = layer;
    made.forwards.push_back({.listen = std::move(listen),
                             .target = target,
                             .to = to,
                             .check = {},
                             .listen_tls = false,
                             .target_tls = false,
                             .span = {}});
    const auto id = design.balancers.add(std::move(made));
    allow(id, target, std::move(to));
    return id;
  }
  base::Span allow(model::Endpoint from, model::Endpoint to, net::Traffic traffic, std::vector<model::Hop> via = {}) {
    const base::Span span = next_span();
    const std::string text = name_of(design, from) + " -> " + name_of(design, to) + " : " + net::to_string(traffic);
    const auto statement = design.statements.add({.span = span, .text = text, .because = {}, .implied = false});
    design.flows.push_back(
        {.statement = statement, .from = from, .to = to, .traffic = std::move(traffic), .via = std::move(via)});
    return span;
  }

  // ---- services, and what is done with them
  template <class Thing, class Id>
  Id service(base::Table<Id, Thing>& table, const std::string& name) {
    Thing made;
    made.origin = named(name);
    return table.add(std::move(made));
  }
  model::StoreId store(const std::string& name) { return service(design.stores, name); }
  model::QueueId queue(const std::string& name) { return service(design.queues, name); }
  model::TopicId topic(const std::string& name) { return service(design.topics, name); }
  model::TableId table(const std::string& name) { return service(design.data_tables, name); }
  model::VaultId vault(const std::string& name) { return service(design.vaults, name); }
  model::FunctionId function(const std::string& name) { return service(design.functions, name); }
  model::PrivatePathId endpoint(const std::string& name, std::vector<model::Service> services) {
    model::PrivatePath made;
    made.origin = named(name);
    made.tier = tier;
    made.services = std::move(services);
    return design.private_paths.add(std::move(made));
  }
  model::ParameterId identity(const std::string& name) {
    model::Parameter made;
    made.origin = named(name);
    made.kind = model::ParameterKind::Identity;
    return design.parameters.add(std::move(made));
  }
  /// A site known by names.
  model::SiteId somebody(const std::string& name, std::vector<model::Late<std::string>> identities,
                         std::vector<model::Late<net::Prefix>> addresses = {}) {
    const auto id = site(name, std::move(addresses));
    design.sites[id].identities = std::move(identities);
    return id;
  }
  base::Span may(model::Endpoint from, model::Endpoint to, model::DataActions actions,
                 std::vector<model::Hop> via = {}) {
    const base::Span span = next_span();
    const std::string text = name_of(design, from) + " -> " + name_of(design, to) + " : " + model::to_string(actions);
    const auto statement =
        design.statements.add({.span = span, .text = text, .because = {}, .implied = model::is_service(from)});
    design.data_flows.push_back(
        {.statement = statement, .from = from, .to = to, .actions = std::move(actions), .via = std::move(via)});
    return span;
  }

  model::Claim& claim(model::Claim::Kind kind, std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
                      std::optional<net::Traffic> traffic = {}) {
    model::Claim made;
    made.kind = kind;
    made.from = std::move(from);
    made.to = std::move(to);
    made.traffic = std::move(traffic);
    made.span = next_span();
    made.text = "the claim";
    design.claims.push_back(std::move(made));
    return design.claims.back();
  }
  model::Claim& never(std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
                      std::optional<net::Traffic> traffic = {}) {
    return claim(model::Claim::Kind::Never, std::move(from), std::move(to), std::move(traffic));
  }
  model::Claim& chain(std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
                      std::optional<net::Traffic> traffic = {}) {
    model::Claim& made = never(std::move(from), std::move(to), std::move(traffic));
    made.transitive = true;
    return made;
  }
  model::Claim& only(std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
                     std::optional<net::Traffic> traffic = {}) {
    return claim(model::Claim::Kind::Only, std::move(from), std::move(to), std::move(traffic));
  }
  model::Claim& always(std::vector<model::Endpoint> from, std::vector<model::Endpoint> to,
                       std::optional<net::Traffic> traffic = {}) {
    return claim(model::Claim::Kind::Always, std::move(from), std::move(to), std::move(traffic));
  }

  /// "proved", or the verdict with its witness: "refuted: 203.0.113.7 -> web tcp/22". Of the last claim.
  std::string verdict() {
    diagnostics = {};
    const verify::Report report = verify::verify(design, diagnostics);
    REQUIRE(report.claims.size() == design.claims.size());
    const verify::ClaimVerdict& last = report.claims.back();
    switch (last.verdict) {
      case verify::Verdict::Proved:
        return "proved";
      case verify::Verdict::Refuted:
        return "refuted: " + last.witness;
      case verify::Verdict::Vacuous:
        return "vacuous";
      case verify::Verdict::Undecided:
        return "undecided";
    }
    return "";
  }
  diagnostics::Diagnostics diagnostics;  ///< of the last `verdict`
};

/// Makes a claim one of data actions alone.
inline model::Claim& of(model::Claim& claim, model::DataActions actions) {
  claim.traffic = net::Traffic();
  claim.actions = std::move(actions);
  return claim;
}

inline model::Blocks blocks(const std::string& name, std::vector<model::Late<net::Prefix>> all) {
  return {.name = name, .blocks = std::move(all)};
}
inline model::Blocks blocks(const std::string& text) { return blocks(text, {block(text)}); }

}  // namespace crenel::tests
