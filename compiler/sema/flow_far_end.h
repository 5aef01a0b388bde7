#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/sema/flow_passage.h"

namespace crenel::sema {

/// How a network reaches something outside: over which links, and whether over the Internet.
struct FarEnd {
  std::vector<model::SiteId> by_link;
  bool over_internet = false;
  std::vector<std::string> assumptions;
};

/// Where the addresses of a far end (`internet`, a site or blocks) lie, seen from a network. IPv6 addresses take
/// part where who meets them has such an address too (`ipv6`). Addresses that no link leads to are reached over the
/// Internet, unless they are private.
[[nodiscard]] std::variant<FarEnd, Obstacle> locate(const model::Design& design, model::NetworkId network, bool ipv6,
                                                    const model::Endpoint& end);

}  // namespace crenel::sema
