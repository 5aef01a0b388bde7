#pragma once

#include <string>
#include <vector>

#include "compiler/estate/estate.h"
#include "compiler/model/design.h"

/// What decides in a template that declared conversations come through, for certificates; and all that it admits.
namespace crenel::verify {

/// Packets that come through by the same rules, routes and doors.
struct Passage {
  std::string packets;            ///< "tcp/22, tcp/443"
  std::vector<estate::Place> by;  ///< in the order of the packets' way
};

/// What one thing can open with another, whatever their addresses.
struct Admission {
  std::string from;  ///< "web", "internet", "datacenter"
  std::string to;
  std::string packets;
  bool operator==(const Admission&) const = default;
};

struct Deciding {
  std::vector<std::vector<Passage>> flows;  ///< for each flow of the design, in its order
  std::vector<Admission> admissions;        ///< by name
};

/// Of a template that was made from `design`.
[[nodiscard]] Deciding deciding(const model::Design& design, const estate::Estate& estate);

}  // namespace crenel::verify
