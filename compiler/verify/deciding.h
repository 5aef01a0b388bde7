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
  std::string packets;  ///< or data actions: "read, write"
  bool data = false;
  bool operator==(const Admission&) const = default;
};

/// Data actions that are granted by the same statements.
struct DataPassage {
  std::string actions;            ///< "read, write"
  std::vector<estate::Place> by;  ///< in the order of the template
};

/// What a template lets one who is known by a name do with one service, as one of its statements has it.
struct Grant {
  std::string from;               ///< "worker", "office", "anyone"; of what nothing declares, its own name
  std::string who;                ///< "identity", "name", "anyone", "account", "service": how the template says it
  std::string named;              ///< the resource, the name or the parameter; empty of anyone and the account
  std::string to;                 ///< "inbox"
  std::string service;            ///< the resource
  std::string actions;            ///< "read, write"
  std::vector<std::string> ways;  ///< "anywhere"; else "path DataEndpoint", "from 198.51.100.0/24"
  std::string doubt;              ///< not empty: it may work or not, and this is why
  estate::Place place;
  bool elsewhere = false;  ///< the service is not made by the template, and `service` is what identifies it
};

struct Deciding {
  std::vector<std::vector<Passage>> flows;           ///< for each flow of the design, in its order
  std::vector<Admission> admissions;                 ///< by name
  std::vector<std::vector<DataPassage>> data_flows;  ///< for each data flow, likewise
  std::vector<Grant> grants;                         ///< in the order of the template
};

/// Of a template that was made from `design`.
[[nodiscard]] Deciding deciding(const model::Design& design, const estate::Estate& estate);

}  // namespace crenel::verify
