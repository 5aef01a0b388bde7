#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/model/design.h"

/// What an organisation demands of a design: the rules that are in force for it, what type checking found against them,
/// and the exceptions that were granted.
namespace crenel::model {

/// By how much a rule binds. What is mandatory cannot be waived.
enum class RuleSeverity : std::uint8_t { Mandatory, Error, Warning, Info };
[[nodiscard]] std::string to_string(RuleSeverity severity);  ///< "mandatory"

struct Rule {
  std::string name;  ///< "corporate.two_zones"
  RuleSeverity severity = RuleSeverity::Error;
  std::vector<std::string> controls;
  std::string because;
  std::string fix;  ///< may be empty
  std::string doc;  ///< may be empty
  base::Span span;  ///< of its name
  /// Declarations, or pairs of them, that its `require` statements were asked of. None, and no claim that says
  /// anything: the rule does not apply.
  std::size_t cases = 0;
};

/// What breaks a rule, and what a waiver covers: a declared thing, or conversations between two ends.
struct Subject {
  std::string kind;                   ///< "group"; "flow" for conversations
  std::string path;                   ///< from its stack: "main.app"; of no flow
  std::vector<std::string> from, to;  ///< of a flow: ends by name, from their stack; "any" is all
  bool any_action = false;            ///< of a flow
  net::Traffic traffic;               ///< of a flow
  std::vector<std::string> data;      ///< of a flow: its data actions
};

/// A `require` of a rule that does not hold for some declarations, or of which it is open whether it does.
struct Finding {
  std::size_t rule = 0;  ///< index into Policies::rules
  bool undecided = false;
  base::Span span;      ///< of the first declaration
  std::string subject;  ///< "group `app`", "flow `web -> app : https`"
  std::string facts;    ///< "g.zones is 1 and g.max is 1", or why it is open
  std::vector<Subject> culprits;
  std::vector<base::Span> others;  ///< of the other declarations
};

/// A claim that a rule makes of the design.
struct RuleClaim {
  std::size_t rule = 0;  ///< index into Policies::rules
  Claim claim;
};

struct WaiverDate {
  int year = 0;
  int month = 0;
  int day = 0;
  auto operator<=>(const WaiverDate&) const = default;
};
[[nodiscard]] std::string to_string(const WaiverDate& date);  ///< "2027-01-31"

/// A waiver of this design's environment that names this design's stack.
struct Waiver {
  std::string rule;                  ///< "corporate.two_zones"
  std::optional<std::size_t> index;  ///< of the rule, when it is in force here
  base::Span span;                   ///< of the rule's name in it
  base::Span covers_span;
  Subject covers;
  std::string because, owner, ticket;
  WaiverDate until;
  base::Span until_span;
  std::size_t designs = 1;  ///< how many designs of the program it counts for
};

struct Policies {
  std::vector<Rule> rules;
  std::vector<Finding> findings;
  std::vector<RuleClaim> claims;
  std::vector<Waiver> waivers;
};

}  // namespace crenel::model
