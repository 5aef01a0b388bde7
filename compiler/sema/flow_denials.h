#pragma once

#include <vector>

#include "compiler/sema/flow_endpoints.h"
#include "compiler/sema/flow_passage.h"

namespace crenel::sema {

/// What every `deny` of the target takes away from its flows: grants are made of what is left, so that no rule of a
/// provider has to win over another one.
class Denials {
 public:
  /// Expands both sides of every `deny`; reports names that stand for nobody.
  explicit Denials(BuildContext& context);

  /// What is left of a flow with a member in `network`, in order; nothing when all of it is denied. A flow that no
  /// `deny` meets is left as it is. Reports a difference that cannot be taken.
  [[nodiscard]] std::vector<Candidate> left_of(const Candidate& flow, model::NetworkId network, base::Span allowed);

  /// The `deny` that takes something from a flow that may lose nothing; null when there is none.
  [[nodiscard]] const FlowLine* first_against(const Candidate& flow);

  /// The same without asking whether all of it is denied.
  [[nodiscard]] const FlowLine* first_meeting(const Candidate& flow);
  /// Of data actions.
  [[nodiscard]] model::DataActions left_of(const model::Endpoint& from, const model::Endpoint& to,
                                           model::DataActions actions);
  [[nodiscard]] const FlowLine* first_against(const model::Endpoint& from, const model::Endpoint& to,
                                              const model::DataActions& actions);

  /// Adds the statements and denials to the design, and warns about those that met no grant.
  void finish();

 private:
  struct Denied {
    const FlowLine* line;
    EndpointSet from;
    EndpointSet to;
    bool met = false;
  };

  [[nodiscard]] std::vector<Candidate> left_of(const Candidate& flow, Denied& denied, model::NetworkId network,
                                               base::Span allowed);
  [[nodiscard]] std::vector<Candidate> left_of_internet(const Candidate& flow, const EndpointSet& side,
                                                        model::NetworkId network) const;
  [[nodiscard]] std::vector<Candidate> left_of_addresses(const Candidate& flow, const EndpointSet& side,
                                                         model::NetworkId network);
  /// Whether a side stands for an end of a data flow.
  [[nodiscard]] bool names(const EndpointSet& side, const model::Endpoint& end) const;
  /// What of the side's addresses `internet` holds, seen from the network.
  [[nodiscard]] std::vector<model::Late<net::Prefix>> public_part(const EndpointSet& side,
                                                                  model::NetworkId network) const;

  BuildContext& context_;
  const model::Design& design_;
  std::vector<Denied> denied_;
};

}  // namespace crenel::sema
