#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"
#include "compiler/sema/elaboration.h"
#include "compiler/sema/sema.h"

/// Elaborations made by hand: every thing gets a place of its own in a source that is not there.
namespace crenel::tests {

using namespace sema;

inline net::Prefix block(const std::string& text) { return *net::parse_prefix(text); }
inline net::Traffic tcp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Tcp, port, port); }
inline net::Traffic udp(std::uint16_t port) { return net::Traffic::of(net::Protocol::Udp, port, port); }

struct Outcome {
  std::optional<model::Design> design;
  diagnostics::Diagnostics diagnostics;

  /// "CRN0401 CRN0502": the codes in the order they were reported.
  [[nodiscard]] std::string codes() const {
    std::string all;
    for (const auto& one : diagnostics.all()) all += (all.empty() ? "" : " ") + std::string(one.code);
    return all;
  }
  [[nodiscard]] const diagnostics::Diagnostic& first() const { return diagnostics.all().at(0); }
};

class Draft {
 public:
  Draft() { in.name = "draft"; }

  base::Span span() {
    const base::Span made{.source = base::SourceId(0), .begin = next_, .end = next_ + 5};
    next_ += 10;
    return made;
  }
  Value value(Value::Node node) { return {.node = std::move(node), .span = span()}; }

  // ---- things
  DeclaredId add(Kind kind, model::Path path) {
    Declared made;
    made.kind = kind;
    made.path = std::move(path);
    made.name_span = span();
    made.span = {.source = base::SourceId(0), .begin = made.name_span.begin, .end = made.name_span.begin + 9};
    return in.declared.add(std::move(made));
  }
  Declared& of(DeclaredId id) { return in.declared[id]; }
  void set(DeclaredId id, const std::string& name, Value::Node node) {
    of(id).attributes.insert_or_assign(name, value(std::move(node)));
  }

  DeclaredId network(const std::string& name, Value::Node space, std::int64_t zones = 2) {
    const DeclaredId id = add(Kind::Network, {name});
    set(id, "space", std::move(space));
    set(id, "zones", zones);
    return id;
  }
  DeclaredId network(const std::string& name, const char* space, std::int64_t zones = 2) {
    return network(name, Value::Node(block(space)), zones);
  }
  DeclaredId tier(DeclaredId network, const std::string& name, model::TierKind kind, int size) {
    model::Path path = of(network).path;
    path.push_back(name);
    const DeclaredId id = add(Kind::Subnet, path);
    of(id).home = network;
    of(id).tier_kind = kind;
    if (size != 0) set(id, "size", PrefixLength{size});
    return id;
  }
  DeclaredId group(const std::string& name, DeclaredId tier) {
    const DeclaredId id = add(Kind::Group, {name});
    of(id).home = tier;
    set(id, "image", std::string("image-1"));
    return id;
  }
  DeclaredId public_group(const std::string& name, DeclaredId tier) {
    const DeclaredId id = group(name, tier);
    set(id, "public_address", true);
    return id;
  }
  DeclaredId balancer(const std::string& name, DeclaredId tier, const std::string& layer = "application") {
    const DeclaredId id = add(Kind::Balancer, {name});
    of(id).home = tier;
    set(id, "layer", Word{layer});
    return id;
  }
  void forward(DeclaredId balancer, net::Traffic listen, DeclaredId target, net::Traffic to,
               std::optional<std::string> check = {}) {
    const bool plain = listen == tcp(80);
    of(balancer).forwards.push_back({.listen = std::move(listen),
                                     .listen_is_plain_http = plain,
                                     .target = target,
                                     .to = std::move(to),
                                     .check = std::move(check),
                                     .span = span()});
  }
  DeclaredId site(const std::string& name, std::vector<model::Late<net::Prefix>> addresses) {
    const DeclaredId id = add(Kind::Site, {name});
    set(id, "addresses", AddressBlocks{std::move(addresses)});
    set(id, "device", *net::parse_address("203.0.113.9"));
    return id;
  }
  DeclaredId site(const std::string& name, const std::string& addresses) { return site(name, {block(addresses)}); }
  DeclaredId link(DeclaredId network, DeclaredId site) {
    model::Path path = of(network).path;
    path.emplace_back("to");
    path.push_back(of(site).path.back());
    const DeclaredId id = add(Kind::Link, path);
    of(id).first = network;
    of(id).second = site;
    set(id, "key", Deferred{parameter("key_" + std::to_string(next_), model::ParameterKind::Secret)});
    return id;
  }

  DeclaredId peer(DeclaredId first, DeclaredId second) {
    const DeclaredId id = add(Kind::Peer, {of(first).path.back(), "with", of(second).path.back()});
    of(id).first = first;
    of(id).second = second;
    return id;
  }

  // ---- parameters
  model::ParameterId parameter(const std::string& name, model::ParameterKind kind) {
    model::Parameter made;
    made.origin = {.path = {name}, .span = span(), .doc = {}, .because = {}};
    made.kind = kind;
    return in.parameters.add(std::move(made));
  }
  model::ParameterId cidr(const std::string& name, int shortest, int longest, const std::string& within = "") {
    const auto id = parameter(name, model::ParameterKind::Cidr);
    in.parameters[id].shortest = shortest;
    in.parameters[id].longest = longest;
    if (!within.empty()) in.parameters[id].within = {block(within)};
    return id;
  }

  // ---- flows and claims
  EndpointRef end(DeclaredId id) { return {.node = DeclaredEnd{{id}, false}, .span = span()}; }
  EndpointRef list(std::vector<DeclaredId> ids) { return {.node = DeclaredEnd{std::move(ids), true}, .span = span()}; }
  EndpointRef internet() { return {.node = InternetEnd{}, .span = span()}; }
  EndpointRef any() { return {.node = AnyEnd{}, .span = span()}; }
  EndpointRef inside() { return {.node = InsideEnd{}, .span = span()}; }
  EndpointRef outside() { return {.node = OutsideEnd{}, .span = span()}; }
  EndpointRef label(const std::string& name) { return {.node = LabelEnd{name}, .span = span()}; }
  EndpointRef blocks(const std::string& name, std::vector<model::Late<net::Prefix>> all) {
    return {.node = BlocksEnd{name, std::move(all)}, .span = span()};
  }
  EndpointRef blocks(const std::string& one) { return blocks(one, {block(one)}); }
  HopRef nat() { return {.node = NatHop{}, .span = span()}; }
  HopRef hop(DeclaredId site) { return {.node = site, .span = span()}; }
  static Side side(std::vector<EndpointRef> terms, std::vector<EndpointRef> except = {}) {
    const base::Span all = base::join(terms.front().span, terms.back().span);
    return {.terms = std::move(terms), .except = std::move(except), .span = all};
  }
  Actions actions(net::Traffic traffic) {
    return {.any = false, .traffic = std::move(traffic), .data = {}, .span = span()};
  }
  FlowLine& allow(Side from, Side to, net::Traffic traffic, std::vector<HopRef> via = {}) {
    in.flows.push_back({.deny = false,
                        .from = std::move(from),
                        .to = std::move(to),
                        .actions = actions(std::move(traffic)),
                        .via = std::move(via),
                        .because = {},
                        .span = span(),
                        .text = "flow " + std::to_string(in.flows.size())});
    return in.flows.back();
  }
  FlowLine& allow(EndpointRef from, EndpointRef to, net::Traffic traffic, std::vector<HopRef> via = {}) {
    return allow(side({std::move(from)}), side({std::move(to)}), std::move(traffic), std::move(via));
  }
  FlowLine& allow(DeclaredId from, DeclaredId to, net::Traffic traffic, std::vector<HopRef> via = {}) {
    return allow(end(from), end(to), std::move(traffic), std::move(via));
  }
  ClaimLine& never(Side from, Side to) {
    in.claims.push_back({.kind = model::Claim::Kind::Never,
                         .from = std::move(from),
                         .to = std::move(to),
                         .transitive = false,
                         .actions = {.any = true, .traffic = {}, .data = {}, .span = {}},
                         .via = {},
                         .span = span(),
                         .text = "claim",
                         .rule = {}});
    return in.claims.back();
  }

  Outcome build() {
    Outcome out;
    out.design = build_design(in, out.diagnostics);
    return out;
  }

  Elaboration in;

 private:
  std::uint32_t next_ = 0;
};

/// One network 10.0.0.0/16 in two zones with a tier of each kind, a group in each, and a linked data center.
struct Office : Draft {
  Office() {
    main = network("main", "10.0.0.0/16");
    edge = tier(main, "edge", model::TierKind::Public, 26);
    web_tier = tier(main, "web", model::TierKind::Public, 24);
    app_tier = tier(main, "app", model::TierKind::Private, 24);
    data_tier = tier(main, "data", model::TierKind::Isolated, 24);
    web = group("web", web_tier);
    app = group("app", app_tier);
    data = group("data", data_tier);
    datacenter = site("datacenter", "172.16.0.0/16");
    desk = site("desk", "203.0.113.10/32");
  }
  /// The link, with a flow over it so that it is used.
  void linked() {
    link(main, datacenter);
    allow(datacenter, app, tcp(9999));
  }
  DeclaredId with_front(const std::string& layer = "application") {
    const DeclaredId front = balancer("front", edge, layer);
    if (layer == "application") set(front, "certificate", std::string("certificate-1"));
    forward(front, tcp(443), web, tcp(80), "/healthz");
    return front;
  }

  DeclaredId main, edge, web_tier, app_tier, data_tier, web, app, data, datacenter, desk;
};

}  // namespace crenel::tests
