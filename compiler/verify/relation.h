#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/basics.h"
#include "compiler/model/design.h"
#include "compiler/verify/addresses.h"
#include "compiler/verify/requests.h"

namespace crenel::verify {

/// Conversations that the design admits from one end to another; or (a request) what the one may do with the other.
struct Step {
  model::Endpoint from;
  model::Endpoint to;
  net::Traffic traffic;
  std::vector<model::Hop> via;
  model::StatementId statement;
  /// Set when no flow says so: a network balancer keeps the client's address, so its targets admit the clients
  /// themselves, and these clients have a way to them past the balancer.
  std::optional<model::BalancerId> past;
  /// Of the end that is `internet`: these addresses are denied.
  std::vector<model::Late<net::Prefix>> except = {};
  model::DataActions actions = {};          ///< of a request, which has no traffic
  std::optional<Requester> requester = {};  ///< of a request from outside; then `from` is no more than its place
  std::string way = {};                     ///< of a request: " by endpoint data", " via nat"; may be empty
  /// Of a request that a template admits: not empty where it may work or not, and this is why.
  std::string doubt = {};
  estate::Place place = {};  ///< of such a request: what grants it; then `statement` may be invalid

  [[nodiscard]] bool is_request() const { return !actions.empty(); }
};

/// The design's declared flows as a relation, packets and data actions, with what they admit besides.
class Relation {
 public:
  explicit Relation(const model::Design& design);
  /// With these requests in the place of the declared ones.
  Relation(const model::Design& design, std::vector<Step> requests);

  [[nodiscard]] const model::Design& design() const { return design_; }
  [[nodiscard]] const AddressReasoner& addresses() const { return addresses_; }
  [[nodiscard]] const RequestPlaces& requests() const { return requests_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

  /// When an end of a claim and an end of a step are one: members by identity, everything else by an address that lies
  /// in both. `step_from` says which end of the step is meant.
  [[nodiscard]] Alternatives meet(const model::Endpoint& claimed, const Step& step, bool step_from) const;
  /// When an address is at the end of a step, and when it is not. Only for places, and not of requests.
  [[nodiscard]] Alternatives inside(const Step& step, bool step_from) const;
  [[nodiscard]] Alternatives outside(const Step& step, bool step_from) const;
  /// The same for an end of a claim, where `internet` is the anonymous one.
  [[nodiscard]] Alternatives inside(const model::Endpoint& claimed) const;
  [[nodiscard]] Alternatives outside(const model::Endpoint& claimed) const;

 private:
  using Blocks = std::vector<Block>;

  void add_flows();
  void add_passed_on(const model::Flow& flow);
  [[nodiscard]] bool has_way_past(const model::Endpoint& client, model::GroupId target) const;
  /// Whose `internet` is meant: that of claims, or that of a flow of a network; or of a function outside every network.
  struct Viewpoint {
    bool claim = false;
    std::optional<model::NetworkId> network;
  };
  /// What `internet` is not.
  [[nodiscard]] Blocks no_internet(const Viewpoint& from) const;
  [[nodiscard]] Viewpoint viewpoint(const Step& step) const;
  [[nodiscard]] bool has_ipv4_alone(const Step& step) const;
  [[nodiscard]] Blocks blocks_of(const model::Endpoint& endpoint) const;
  [[nodiscard]] Alternatives inside(const model::Endpoint& endpoint, const Viewpoint& from) const;
  [[nodiscard]] Alternatives outside(const model::Endpoint& endpoint, const Viewpoint& from) const;

  const model::Design& design_;
  AddressReasoner addresses_;
  RequestPlaces requests_;
  std::vector<Step> steps_;
};

/// The declared data flows.
[[nodiscard]] std::vector<Step> requests_of(const model::Design& design);

/// True when a way passes all hops, in their order. Every way passes none.
[[nodiscard]] bool passes(const std::vector<model::Hop>& way, const std::vector<model::Hop>& hops);

/// A packet for people: "203.0.113.7 -> web tcp/22".
[[nodiscard]] std::string packet_text(const std::string& from, const std::string& to, const net::Traffic& traffic);
/// The way of a request, as `Step::way`.
[[nodiscard]] std::string way_text(const model::Design& design, const model::Endpoint& from, const model::Endpoint& to,
                                   const std::vector<model::Hop>& via);

}  // namespace crenel::verify
