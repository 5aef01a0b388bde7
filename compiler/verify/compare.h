#pragma once

#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/reach/relation.h"
#include "compiler/verify/verify.h"

/// What a template admits against what its design declares.
namespace crenel::verify {

/// One way in which the two differ.
struct Difference {
  enum class Kind {
    Wider,       ///< admitted, and nothing declares it
    Narrower,    ///< declared, and not admitted
    Elsewhere,   ///< admitted and declared, and not by the appliance that is declared: `why` says by which way
    Undecided,   ///< not known to be either
    Undeclared,  ///< a resource with an interface that nothing declares
    Missing,     ///< something declared of which the template makes nothing
    Weaker,      ///< a service or a private path that does not keep what the design promises of it
  };
  Kind kind = Kind::Wider;
  bool data = false;    ///< about what is done with services, not about packets
  std::string from;     ///< "web", "internet", "datacenter", or an undeclared resource's name
  std::string to;       ///< empty for what concerns one thing only
  std::string traffic;  ///< all that differs between the two: "tcp/22, tcp/80"; "read, write"
  std::string packet;   ///< one packet of it: "203.0.113.7 -> web tcp/22"; or the actions: "web -> inbox : read, write"
  /// Of the parameters, for that packet: " with `corporate` = 172.16.0.0/12"; of actions, the way that nothing
  /// declares: " from anywhere". May be empty.
  std::string values;
  std::string why;  ///< undecided: the reason, one sentence; weaker: what the thing does: "is not encrypted"
  std::vector<reach::Step> steps;              ///< the packet's way; what stops it comes last
  std::vector<model::StatementId> statements;  ///< that declare it
  estate::Place place;                         ///< where the template says so; may be empty
};

/// A claim of the design that does not hold over what the template lets whom do with services, or of which it is open.
struct OpenClaim {
  std::size_t claim = 0;  ///< index into Design::claims
  Verdict verdict = Verdict::Refuted;
  std::string witness;  ///< "anyone from anywhere -> inbox : read"; undecided: why
  estate::Place place;  ///< of what grants it; may be empty
};

struct Comparison {
  std::vector<Difference> differences;  ///< in the order in which the design and the template name their things
  std::vector<OpenClaim> claims;        ///< in the order of the design
  bool too_many_ways = false;           ///< the parameters let addresses lie in more ways than were gone through
  [[nodiscard]] bool equal() const { return differences.empty(); }
};

/// Compares for every pair of ends, every packet, every action on a service and every value of the parameters. A
/// difference comes with a packet that shows it; what cannot be told is undecided, and so is everything of the estate
/// that was not understood.
[[nodiscard]] Comparison compare(const model::Design& design, const estate::Estate& estate);

}  // namespace crenel::verify
