#pragma once

#include <string>
#include <vector>

#include "backends/azure/rules.h"

namespace crenel::azure {

/// Collects the rules of one security group and then orders, names and numbers them.
class RuleList {
 public:
  RuleList(const model::Design& design, model::NetworkId network) : design_(design), network_(network) {}

  /// One rule a protocol of `traffic`, for a flow.
  void allow(Direction direction, Band band, const Side& source, const Side& destination, const net::Traffic& traffic,
             const model::Flow& flow);
  /// What Azure's services need.
  void platform(Direction direction, const Side& source, const Side& destination, const net::Traffic& traffic,
                const std::string& name, const std::string& description, Band band = Band::Platform);
  /// Denies, before the Internet is admitted, the addresses that `internet` leaves out.
  void carve(Direction direction);

  /// Denies, before the Internet is admitted, the addresses that a flow with it has lost to a `deny`. One side is the
  /// flow's member.
  void deny_part(Direction direction, const Side& member, const net::Traffic& traffic, const model::Flow& flow);

  /// Closes both directions. Nothing may be added afterwards.
  [[nodiscard]] std::vector<Rule> finish() &&;

 private:
  void close(Direction direction);

  const model::Design& design_;
  model::NetworkId network_;
  std::vector<Rule> rules_;
  bool carved_[2] = {false, false};
};

}  // namespace crenel::azure
