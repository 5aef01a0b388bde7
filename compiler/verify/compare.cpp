#include "compiler/verify/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/base/text.h"
#include "compiler/verify/compare_cases.h"
#include "compiler/verify/compare_data.h"
#include "compiler/verify/compare_declared.h"
#include "compiler/verify/data_claims.h"

namespace crenel::verify {
namespace {

using Kind = Difference::Kind;

/// Differences of one kind between the same two things are one.
using Key = std::tuple<std::string, std::string, Kind>;

struct Found {
  Difference difference;
  reach::PacketSet packets;
};

/// Collects what all trees show.
class Findings {
 public:
  explicit Findings(const reach::Packets& packets) : packets_(packets) {}

  /// The difference that the packets belong to; `fresh` when it is new and wants a witness.
  std::pair<Found*, bool> at(Kind kind, const std::string& from, const std::string& to,
                             const reach::PacketSet& packets) {
    const auto [place, fresh] = index_.try_emplace({from, to, kind}, found_.size());
    if (fresh) {
      found_.push_back({.difference = {}, .packets = reach::PacketSet(packets_.size())});
      found_.back().difference.kind = kind;
      found_.back().difference.from = from;
      found_.back().difference.to = to;
    }
    Found& found = found_[place->second];
    found.packets |= packets;
    return {&found, fresh};
  }

  std::vector<Difference> take() {
    std::vector<Difference> out;
    for (Found& found : found_) {
      found.difference.traffic = packets_.text(found.packets);
      out.push_back(std::move(found.difference));
    }
    return out;
  }

 private:
  const reach::Packets& packets_;
  std::vector<Found> found_;
  std::map<Key, std::size_t> index_;
};

/// Compares over one tree.
class TreeComparison {
 public:
  TreeComparison(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
                 const reach::AddressTree& tree, const std::vector<estate::Block>& blocks,
                 const reach::Packets& packets, Findings& findings)
      : design_(design),
        estate_(estate),
        family_(family),
        tree_(tree),
        packets_(packets),
        relation_(estate, tree, packets),
        declared_(design, estate, family, tree, packets),
        cases_(design, family, tree, blocks),
        rules_(rules_of(estate)),
        estate_has_appliances_(has_appliances(estate)),
        findings_(findings) {}

  void run() {
    for (const auto& end : relation_.ends()) {
      if (end.door) behind_doors_.emplace(*end.door, end.cell);
      if (end.interface) families_.emplace(*end.interface, tree_.family(end.cell));
    }
    for (const auto from : relation_.ends().ids()) {
      for (const auto to : relation_.ends().ids()) {
        if (relation_.ends()[from].interface || relation_.ends()[to].interface) pair(from, to);
      }
    }
    for (const auto& outside : declared_.outside()) without_door(outside);
    for (const estate::Need& need : estate_.needs) needed(need);
  }

 private:
  void pair(reach::EndId from, reach::EndId to) {
    const auto& target = relation_.ends()[to].interface;
    if (target && estate::is_needed(estate_, *target)) return;
    if (!relation_.admits_anything(from, to) && declared_.says_nothing(relation_.ends()[from], relation_.ends()[to])) {
      return;
    }
    const reach::Admitted admitted = relation_.between(from, to);
    const reach::PacketSet declared = declared_.between(relation_.ends()[from], relation_.ends()[to]);
    reach::PacketSet more = admitted.surely;
    more -= declared;
    reach::PacketSet unsure = admitted.perhaps;
    unsure -= admitted.surely;
    reach::PacketSet less = declared_.required(relation_.ends()[from], relation_.ends()[to]);
    less -= admitted.perhaps;
    if (!more.empty()) differ(Kind::Wider, from, to, more);
    if (!unsure.empty()) differ(Kind::Undecided, from, to, unsure);
    if (!less.empty() && !alone(from, to)) differ(Kind::Narrower, from, to, less);
    if (declared_.hands_on(relation_.ends()[from], relation_.ends()[to])) checks(from, to);
    if (estate_has_appliances_ || design_.appliances.size() != 0) way(from, to, admitted.surely);
  }

  /// What a target does not answer makes it ill for its balancer, whatever clients could send it.
  void checks(reach::EndId balancer, reach::EndId target) {
    const reach::Checks checks = relation_.checks(balancer, target);
    reach::PacketSet less = checks.asked;
    less -= checks.answered.perhaps;
    reach::PacketSet unsure = checks.answered.perhaps;
    unsure -= checks.answered.surely;
    if (!unsure.empty()) differ(Kind::Undecided, balancer, target, unsure);
    if (!less.empty()) differ(Kind::Narrower, balancer, target, less);
  }

  /// From wherever the one may be to wherever the other is.
  void needed(const estate::Need& need) {
    const reach::EndRange from = relation_.ends_of(need.from);
    const reach::EndRange to = relation_.ends_of(need.to);
    const std::string why = "does not get to " + need.what + " by `" + estate_.interfaces[need.to].name + "`";
    for (std::size_t i = 0; i < from.count * to.count; ++i) {
      const reach::EndId a(from.first.index() + i / to.count);
      const reach::EndId b(to.first.index() + i % to.count);
      if (tree_.family(relation_.ends()[a].cell) != tree_.family(relation_.ends()[b].cell)) continue;
      const reach::Admitted admitted = relation_.between(a, b);
      reach::PacketSet less = packets_.of(need.kind);
      reach::PacketSet unsure = less;
      less -= admitted.perhaps;
      unsure &= admitted.perhaps;
      unsure -= admitted.surely;
      if (!unsure.empty()) differ(Kind::Undecided, a, b, unsure);
      if (!less.empty()) differ(Kind::Weaker, a, b, less, why);
    }
  }

  /// Whether what is admitted and declared goes by the appliance that is declared, and by no other.
  void way(reach::EndId from, reach::EndId to, const reach::PacketSet& admitted) {
    if (admitted.empty()) return;
    const auto taken = relation_.appliance_between(from, to);
    for (const auto& handed : declared_.handed(relation_.ends()[from], relation_.ends()[to])) {
      const auto meant = handed.to ? family_.names().interfaces(*handed.to) : std::vector<estate::InterfaceId>{};
      const bool right = taken ? std::find(meant.begin(), meant.end(), *taken) != meant.end() : !handed.to;
      reach::PacketSet packets = handed.packets;
      packets &= admitted;
      if (right || packets.empty()) continue;
      differ(Kind::Elsewhere, from, to, packets,
             taken ? "by `" + estate_.interfaces[*taken].name + "`"
                   : "past `" + model::name_of(design_, endpoint_of(*handed.to)) + "`");
    }
  }

  /// From one member to another takes two.
  [[nodiscard]] bool alone(reach::EndId from, reach::EndId to) const {
    const auto& a = relation_.ends()[from];
    const auto& b = relation_.ends()[to];
    if (!a.interface || a.interface != b.interface) return false;
    const auto declared = family_.names().declared(*a.interface);
    return declared && most_members(design_, *declared) < 2;
  }

  void differ(Kind kind, reach::EndId from, reach::EndId to, const reach::PacketSet& packets,
              const std::string& why = "") {
    const reach::End& a = relation_.ends()[from];
    const reach::End& b = relation_.ends()[to];
    const Solution solution = cases_.solve(a, b);
    if (solution.feasible == Feasible::No) return;
    const bool sure = solution.feasible == Feasible::Yes;
    const auto [found, fresh] =
        findings_.at(sure ? kind : Kind::Undecided, declared_.name(a, b), declared_.name(b, a), packets);
    if (!fresh) return;
    Difference& difference = found->difference;
    const reach::PacketAtom atom = packets.atoms().front();
    const reach::Trace trace = relation_.trace(from, to, atom);
    difference.steps = trace.steps;
    const auto address = [&](std::size_t end) {
      return sure ? std::optional(solution.instance.addresses.at(end)) : std::nullopt;
    };
    difference.packet =
        fmt::format("{} -> {} {}", cases_.text(a, address(0)), cases_.text(b, address(1)), packets_.witness(atom));
    if (sure) difference.values = cases_.values(solution);
    difference.statements = declared_.statements(a, b, packets);
    difference.place = deciding_place(kind, trace);
    difference.why = why;
    if (!sure) {
      difference.why = "the bounds of the parameters do not tell whether there are such addresses";
    } else if (kind == Kind::Undecided) {
      difference.why = "the template has something here that is not understood";
    }
  }

  /// Whether some of the interfaces have an address of the cell's family. True of those that have none at all: there is
  /// nobody who could miss it.
  [[nodiscard]] bool has_address(const std::vector<estate::InterfaceId>& interfaces, reach::Cell cell) const {
    const auto some_have = [&](net::Family family) {
      return std::any_of(interfaces.begin(), interfaces.end(), [&](estate::InterfaceId interface) {
        return families_.contains({interface, family});
      });
    };
    const net::Family other = tree_.family(cell) == net::Family::V4 ? net::Family::V6 : net::Family::V4;
    return some_have(tree_.family(cell)) || !some_have(other);
  }

  /// Declared, and the template has no way there at all.
  void without_door(const DeclaredRelation::Outside& outside) {
    if (!outside.required || declared_.possible(outside.packets, tree_.family(outside.cell)).empty()) return;
    const bool has_end = std::any_of(outside.doors.begin(), outside.doors.end(), [&](estate::DoorId door) {
      return behind_doors_.contains({door, outside.cell});
    });
    const auto interfaces = family_.names().interfaces(outside.member);
    const bool addressed = has_address(interfaces, outside.cell);
    if ((has_end && addressed) || interfaces.empty()) return;  // told as missing
    const reach::End end = {.interface = {}, .subnet = {}, .door = {}, .cell = outside.cell};
    const Solution solution = cases_.solve(end, end);
    if (solution.feasible == Feasible::No) return;
    const std::string member = model::name_of(design_, endpoint_of(outside.member));
    const std::string known = declared_.name_of(outside.cell, declared_.network_of(outside.member));
    const std::string far = known.empty() ? family_.text(tree_.block(outside.cell)) : known;
    const bool sure = solution.feasible == Feasible::Yes;
    const auto [found, fresh] = findings_.at(sure ? Kind::Narrower : Kind::Undecided, outside.outbound ? member : far,
                                             outside.outbound ? far : member, outside.packets);
    if (!fresh) return;
    Difference& difference = found->difference;
    const std::string text = cases_.text(end, sure ? std::optional(solution.instance.addresses.at(0)) : std::nullopt);
    difference.packet = fmt::format("{} -> {} {}", outside.outbound ? member : text, outside.outbound ? text : member,
                                    packets_.witness(outside.packets.atoms().front()));
    difference.values = cases_.values(solution);
    if (!sure) difference.why = "the bounds of the parameters do not tell whether there are such addresses";
    difference.statements = {design_.flows[outside.flow].statement};
    difference.place = estate_.interfaces[interfaces.front()].place;
    difference.steps = {{.what = !addressed         ? "it has no address of the family"
                                 : outside.way.link ? "its network has no link that leads there"
                                                    : "its network has no door to the Internet that leads there",
                         .place = difference.place}};
  }

  /// What admits a packet that should be stopped is the last rule on its way; what stops one, the last step.
  [[nodiscard]] estate::Place deciding_place(Kind kind, const reach::Trace& trace) const {
    estate::Place last;
    for (const reach::Step& step : trace.steps) {
      if (step.place.path.empty()) continue;
      const bool stopped = kind == Kind::Narrower || kind == Kind::Weaker;
      if (stopped || last.path.empty() || rules_.contains(step.place.path)) last = step.place;
    }
    return last;
  }

  [[nodiscard]] static bool has_appliances(const estate::Estate& estate) {
    return std::any_of(estate.interfaces.begin(), estate.interfaces.end(),
                       [](const estate::Interface& one) { return one.role == estate::Role::Appliance; });
  }

  [[nodiscard]] static std::set<std::string> rules_of(const estate::Estate& estate) {
    std::set<std::string> out;
    for (const estate::RuleList& list : estate.rule_lists) {
      for (const auto* rules : {&list.in, &list.out}) {
        for (const estate::Rule& rule : *rules) out.insert(rule.place.path);
      }
    }
    return out;
  }

  const model::Design& design_;
  const estate::Estate& estate_;
  const BlockFamily& family_;
  const reach::AddressTree& tree_;
  const reach::Packets& packets_;
  reach::Relation relation_;
  DeclaredRelation declared_;
  Cases cases_;
  std::set<std::pair<estate::DoorId, reach::Cell>> behind_doors_;
  std::set<std::pair<estate::InterfaceId, net::Family>> families_;  ///< of which they have addresses
  std::set<std::string> rules_;                                     ///< their JSON paths
  bool estate_has_appliances_;
  Findings& findings_;
};

Difference about(Kind kind, std::string name, std::string why, estate::Place place) {
  Difference out;
  out.kind = kind;
  out.from = std::move(name);
  out.why = std::move(why);
  out.place = std::move(place);
  return out;
}

/// Things of one side that the other does not have, and what was not understood.
std::vector<Difference> unmatched(const model::Design& design, const estate::Estate& estate, const Names& names) {
  std::vector<Difference> out;
  for (const auto& unknown : estate.unknowns) {
    out.push_back(about(Kind::Undecided, unknown.place.resource, unknown.what, unknown.place));
  }
  for (const auto id : estate.interfaces.ids()) {
    const estate::Interface& interface = estate.interfaces[id];
    const bool party = interface.role != estate::Role::Nat && interface.role != estate::Role::Passive &&
                       interface.role != estate::Role::Service;
    if (!party || interface.most == 0) continue;
    if (!names.declared(id)) {
      out.push_back(about(Kind::Undeclared, interface.name, "", interface.place));
    } else if (interface.ipv4_alone) {
      // Where only other members of the network would miss it, no packet shows it: there is no end to ask about.
      out.push_back(about(Kind::Weaker, interface.name, "has no address of IPv6, which its tier has", interface.place));
    }
  }
  for (const model::Endpoint& endpoint : model::declared_endpoints(design)) {
    const auto declared = declared_as(design, endpoint);
    if (!declared || most_members(design, *declared) == 0 || !names.interfaces(*declared).empty()) continue;
    out.push_back(about(Kind::Missing, model::name_of(design, endpoint), "", {}));
  }
  return out;
}

}  // namespace

Comparison compare(const model::Design& design, const estate::Estate& given) {
  estate::Estate estate = given;
  const BlockFamily family(design, estate);
  Comparison out;
  out.differences = unmatched(design, estate, family.names());
  for (auto& difference : compare_data(design, estate, family)) out.differences.push_back(std::move(difference));
  out.claims = open_claims(design, estate, family);
  std::vector<estate::Block> blocks = reach::blocks_of(estate);
  for (const auto& block : blocks_of(design, family)) blocks.push_back(block);
  const reach::Packets packets(reach::kinds_of(estate), traffics_of(design));
  const auto trees = family.arrangements(blocks);
  out.too_many_ways = trees.empty();
  if (out.too_many_ways) {
    out.differences.push_back(
        about(Kind::Undecided, "", "the addresses can lie in too many ways to go through them", {}));
    return out;
  }
  Findings findings(packets);
  for (const auto& tree : trees) {
    TreeComparison(design, estate, family, tree, blocks, packets, findings).run();
  }
  for (auto& difference : findings.take()) out.differences.push_back(std::move(difference));
  return out;
}

}  // namespace crenel::verify
