#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"
#include "compiler/reach/relation.h"

/// What became reachable from one estate to another, and what no longer is.
namespace crenel::verify {

/// One packet that fares differently in the two.
struct Turn {
  std::string packet;               ///< "203.0.113.7 -> web tcp/22"
  std::string values;               ///< of the parameters, for that packet; may be empty
  std::vector<reach::Step> passes;  ///< its way where it comes through
  std::vector<reach::Step> stops;   ///< its way where it does not; empty where one of its ends is not there
};

/// How what one end may open with another changed.
struct Change {
  enum class Kind {
    Added,      ///< something where nothing was
    Removed,    ///< nothing where something was
    Widened,    ///< more than before
    Narrowed,   ///< less than before
    Altered,    ///< more in one way, less in another
    Undecided,  ///< not known to have changed, nor to be the same
  };
  Kind kind = Kind::Added;
  bool data = false;  ///< about what is done with services, not about packets
  std::string from;   ///< "web", "internet", the name of a link
  std::string to;
  std::vector<std::string> addresses;  ///< of the end outside, where only some of its addresses are concerned
  std::string gained;                  ///< "tcp/22, tcp/443"; "read, write", "read from anywhere"
  std::string lost;
  std::string open;           ///< what is undecided
  std::optional<Turn> newly;  ///< a packet of `gained`
  std::optional<Turn> no_longer;

  [[nodiscard]] bool broadens() const { return !gained.empty(); }
};

/// Something of an estate that was not understood, so that it may admit more, or less, than is known.
struct NotKnown {
  bool newer = false;  ///< of which of the two
  estate::Unknown unknown;
};

struct Changes {
  std::vector<Change> changes;  ///< by the names of the ends
  std::vector<NotKnown> unknowns;
  std::string undecided;  ///< why nothing at all could be told; else empty

  [[nodiscard]] bool none() const { return changes.empty() && unknowns.empty() && undecided.empty(); }
  [[nodiscard]] bool broadened() const;
  [[nodiscard]] bool open() const;  ///< something is undecided
};

/// Compares for every pair of ends and every packet, and for every data action with the ways of its requests. Ends of
/// the two are the same by the name that they were declared by; the Internet is one end, and each link another.
/// `design` is what is known of the parameters, which have the same value in both; without it they may be anything.
[[nodiscard]] Changes changes(estate::Estate older, estate::Estate newer, const model::Design* design);

}  // namespace crenel::verify
