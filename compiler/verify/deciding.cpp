#include "compiler/verify/deciding.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/verify/compare_cases.h"
#include "compiler/verify/compare_declared.h"
#include "compiler/verify/deciding_data.h"

namespace crenel::verify {
namespace {

/// Collects over all trees.
struct Collected {
  explicit Collected(std::size_t count) : flows(count) {}
  struct Way {
    std::vector<estate::Place> by;
    reach::PacketSet packets;
  };
  std::vector<std::vector<Way>> flows;
  std::map<std::pair<std::string, std::string>, reach::PacketSet> admissions;
};

class Collector {
 public:
  Collector(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
            const reach::AddressTree& tree, const std::vector<estate::Block>& blocks, const reach::Packets& packets,
            Collected& collected)
      : packets_(packets),
        estate_(estate),
        relation_(estate, tree, packets),
        declared_(design, estate, family, tree, packets),
        cases_(design, family, tree, blocks),
        collected_(collected) {}

  void run() {
    const auto& ends = relation_.ends();
    for (const auto from : ends.ids()) {
      for (const auto to : ends.ids()) {
        if (ends[from].interface || ends[to].interface) pair(from, to);
      }
    }
  }

 private:
  void pair(reach::EndId from, reach::EndId to) {
    const auto& target = relation_.ends()[to].interface;
    if (target && estate::is_needed(estate_, *target)) return;  // no flow declares what something needs to run
    const reach::PacketSet admitted = relation_.between(from, to).surely;
    if (admitted.empty()) return;
    const reach::End& a = relation_.ends()[from];
    const reach::End& b = relation_.ends()[to];
    if (cases_.solve(a, b).feasible == Feasible::No) return;
    collected_.admissions.try_emplace({declared_.name(a, b), declared_.name(b, a)}, packets_.size()).first->second |=
        admitted;
    for (const reach::PacketAtom atom : admitted.atoms()) {
      reach::PacketSet one(packets_.size());
      one.insert(atom);
      const auto flows = declared_.flows(a, b, one);
      if (flows.empty()) continue;
      const auto by = places(relation_.trace(from, to, atom));
      for (const std::size_t flow : flows) add(collected_.flows[flow], by, atom);
    }
  }

  static std::vector<estate::Place> places(const reach::Trace& trace) {
    std::vector<estate::Place> out;
    for (const reach::Step& step : trace.steps) {
      const bool known =
          std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.path == step.place.path; });
      if (!step.place.path.empty() && !known) out.push_back(step.place);
    }
    return out;
  }

  void add(std::vector<Collected::Way>& ways, const std::vector<estate::Place>& by, reach::PacketAtom atom) const {
    const auto same = [&](const Collected::Way& way) {
      return std::equal(way.by.begin(), way.by.end(), by.begin(), by.end(),
                        [](const estate::Place& x, const estate::Place& y) { return x.path == y.path; });
    };
    auto found = std::find_if(ways.begin(), ways.end(), same);
    if (found == ways.end()) found = ways.insert(ways.end(), {.by = by, .packets = reach::PacketSet(packets_.size())});
    found->packets.insert(atom);
  }

  const reach::Packets& packets_;
  const estate::Estate& estate_;
  reach::Relation relation_;
  DeclaredRelation declared_;
  Cases cases_;
  Collected& collected_;
};

}  // namespace

Deciding deciding(const model::Design& design, const estate::Estate& given) {
  estate::Estate estate = given;
  const BlockFamily family(design, estate);
  std::vector<estate::Block> blocks = reach::blocks_of(estate);
  for (const auto& block : blocks_of(design, family)) blocks.push_back(block);
  const reach::Packets packets(reach::kinds_of(estate), traffics_of(design));
  const auto trees = family.arrangements(blocks);
  Collected collected(design.flows.size());
  for (const auto& tree : trees) {
    Collector(design, estate, family, tree, blocks, packets, collected).run();
  }
  Deciding out;
  out.flows.resize(design.flows.size());
  for (std::size_t flow = 0; flow < design.flows.size(); ++flow) {
    for (auto& way : collected.flows[flow]) {
      out.flows[flow].push_back({.packets = packets.text(way.packets), .by = std::move(way.by)});
    }
  }
  for (const auto& [ends, admitted] : collected.admissions) {
    out.admissions.push_back({.from = ends.first, .to = ends.second, .packets = packets.text(admitted)});
  }
  decide_data(design, estate, family, out);
  return out;
}

}  // namespace crenel::verify
