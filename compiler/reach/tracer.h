#pragma once

#include <string>

#include "compiler/reach/engine.h"

namespace crenel::reach {

/// Follows one packet, and says at every place by what it passes, or is stopped.
class Tracer {
 public:
  Tracer(Engine& engine, PacketAtom packet) : engine_(engine), packet_(packet) {}

  [[nodiscard]] Trace trace(EndId from, EndId to);

 private:
  using Place = estate::Place;

  /// False when the packet is stopped there.
  bool step(Sure passes, std::string what, const Place& place);

  bool direct(EndId from, EndId to);
  [[nodiscard]] bool is_doubtful(const End& from, const End& to) const;
  bool outward(EndId from, EndId to);
  bool inward(EndId from, EndId to);
  bool inside(EndId from, EndId to);
  bool by_nat(EndId from, estate::InterfaceId nat, EndId to);
  bool by_appliance(EndId from, estate::InterfaceId appliance, EndId to);
  bool to_balancer(EndId from, EndId to);
  bool to_targets(EndId from, EndId to);
  bool from_balancer(EndId from, EndId to);
  bool handed_on(EndId client, EndId balancer, EndId target, const estate::Forward& forward);

  bool rules(const End& own, Direction direction, bool crossing, const Party& peer);
  bool set(const std::vector<estate::RuleListId>& lists, const End& own, Direction direction, const Party& peer);
  bool list(estate::RuleListId id, const std::string& whom, Direction direction, const Party& own, const Party& peer);
  bool answers(const End& own, Direction direction, bool crossing, const Party& peer);
  bool route(estate::SubnetId from, const End& to, bool back);
  bool public_address(const estate::Interface& interface, Cell cell);
  bool internet(estate::SubnetId subnet, estate::DoorId door, bool by_nat);
  [[nodiscard]] Sure has(Between packets) const;
  [[nodiscard]] std::string packet() const { return engine_.packets().witness(packet_); }
  [[nodiscard]] std::string words(const End& end) const;
  [[nodiscard]] const End& end(EndId id) const { return engine_.ends().table()[id]; }

  Engine& engine_;
  PacketAtom packet_;
  Trace out_;
};

}  // namespace crenel::reach
