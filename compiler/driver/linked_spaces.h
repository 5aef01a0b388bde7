#pragma once

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/model/design.h"

namespace crenel::driver {

/// Networks of different stacks, or of one stack in several environments, that link to one site: the site's routers
/// see them all, and two with the same addresses cannot both be reached. Within one design `sema` sees to it.
class LinkedSpaces {
 public:
  /// Holds a target's networks against those of the targets before it. One site is one declaration; of a pattern's own,
  /// which each use may give other addresses, those uses that surely have some in common. Only what is known is held
  /// against each other: spaces that a deployment gives are its matter.
  void check(const std::string& target, const model::Design& design, diagnostics::Diagnostics& diagnostics);

 private:
  struct Linked {
    std::string target;
    std::string network;
    base::Span span;  ///< of the network
    base::Span site;
    std::string site_name;
    std::vector<net::Prefix> addresses;  ///< of the site
    std::vector<net::Prefix> spaces;
  };
  static std::vector<Linked> linked(const std::string& target, const model::Design& design);

  std::vector<Linked> all_;
};

}  // namespace crenel::driver
