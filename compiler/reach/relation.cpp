#include "compiler/reach/relation.h"

#include "compiler/reach/engine.h"
#include "compiler/reach/tracer.h"

namespace crenel::reach {

Relation::Relation(const estate::Estate& estate, const AddressTree& tree, const Packets& packets)
    : engine_(std::make_unique<Engine>(estate, tree, packets)) {}
Relation::Relation(Relation&& other) noexcept = default;
Relation& Relation::operator=(Relation&& other) noexcept = default;
Relation::~Relation() = default;

const base::Table<EndId, End>& Relation::ends() const { return engine_->ends().table(); }
EndRange Relation::ends_of(estate::InterfaceId interface) const { return engine_->ends().of(interface); }
EndRange Relation::ends_behind(estate::DoorId door) const { return engine_->ends().behind(door); }

Admitted Relation::admitted(Between packets) const {
  const SetPool& sets = engine_->sets();
  return {.surely = engine_->packets().set(sets.ranges(packets.surely)),
          .perhaps = engine_->packets().set(sets.ranges(packets.perhaps))};
}

Admitted Relation::between(EndId from, EndId to) const { return admitted(engine_->between(from, to)); }

bool Relation::admits_anything(EndId from, EndId to) const {
  return engine_->between(from, to).perhaps != SetPool::kNone;
}

Checks Relation::checks(EndId balancer, EndId target) const {
  const Engine::Checks found = engine_->checks(balancer, target);
  return {.asked = admitted(found.asked).perhaps, .answered = admitted(found.answered)};
}

std::optional<estate::InterfaceId> Relation::appliance_between(EndId from, EndId to) const {
  return engine_->appliance_between(from, to);
}

Trace Relation::trace(EndId from, EndId to, PacketAtom packet) const {
  return Tracer(*engine_, packet).trace(from, to);
}

}  // namespace crenel::reach
