#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/reach/relation.h"

/// Questions about a template: may these open conversations with those, or do something with those services.
namespace crenel::verify {

/// One packet, or one data action, and how it fares.
struct Example {
  std::string packet;  ///< "203.0.113.7 -> web tcp/22"; "web -> inbox : read by DataEndpoint"
  std::string values;  ///< " with `corporate` = 172.16.0.0/12"; may be empty
  std::vector<reach::Step> steps;
  std::vector<model::StatementId> statements;  ///< that declare it
};

struct Answer {
  enum class Verdict {
    Admitted,   ///< all of it
    Partly,     ///< some of it, not all
    Stopped,    ///< none of it
    Undecided,  ///< it cannot be told
    Nobody,     ///< there are no two ends that it could be about
  };
  Verdict verdict = Verdict::Nobody;
  std::string admitted;  ///< what of it, between at least two ends: "tcp/22, tcp/443"; "read, write"
  std::string stopped;
  std::optional<Example> through;    ///< a packet that comes through
  std::optional<Example> blocked;    ///< a packet that does not
  std::optional<Example> undecided;  ///< a packet of which it cannot be told
};

/// Asks about all sources, all destinations and all the traffic of `question`, in a template that was made from
/// `design`. An end outside is taken by whichever way it can come.
[[nodiscard]] Answer ask(const model::Design& design, const estate::Estate& estate, const model::Claim& question);

}  // namespace crenel::verify
