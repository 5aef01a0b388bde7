#include "compiler/verify/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/verify/ask_data.h"
#include "compiler/verify/compare_cases.h"
#include "compiler/verify/compare_declared.h"

namespace crenel::verify {
namespace {

/// What the question is about, atom by atom, between all ends of all trees.
struct Tally {
  explicit Tally(std::size_t atoms) : admitted(atoms), stopped(atoms), undecided(atoms) {}
  reach::PacketSet admitted;
  reach::PacketSet stopped;
  reach::PacketSet undecided;
};

/// Ends of a question that are one to whoever asks: a member, or an address, by whatever door.
using Place = std::pair<std::optional<estate::InterfaceId>, reach::Cell>;

class Asker {
 public:
  Asker(const model::Design& design, const estate::Estate& estate, const BlockFamily& family,
        const reach::AddressTree& tree, const std::vector<estate::Block>& blocks, const reach::Packets& packets,
        const model::Claim& question, Answer& answer, Tally& tally)
      : design_(design),
        family_(family),
        tree_(tree),
        packets_(packets),
        question_(question),
        relation_(estate, tree, packets),
        declared_(design, estate, family, tree, packets),
        cases_(design, family, tree, blocks),
        asked_(question.traffic ? packets.of(*question.traffic) : packets.all()),
        answer_(answer),
        tally_(tally) {}

  void run() {
    const auto sources = places(question_.from);
    const auto destinations = places(question_.to);
    for (const auto& from : sources) {
      for (const auto& to : destinations) {
        if (from.first.first || to.first.first) pair(from.second, to.second);
      }
    }
  }

 private:
  using Ends = std::vector<reach::EndId>;

  [[nodiscard]] std::map<Place, Ends> places(const std::vector<model::Endpoint>& side) const {
    std::map<Place, Ends> out;
    for (const auto id : relation_.ends().ids()) {
      const reach::End& end = relation_.ends()[id];
      const bool meant =
          std::any_of(side.begin(), side.end(), [&](const model::Endpoint& asked) { return is(end, asked); });
      if (meant) out[{end.interface, end.cell}].push_back(id);
    }
    return out;
  }

  [[nodiscard]] bool is(const reach::End& end, const model::Endpoint& asked) const {
    if (end.interface) {
      const auto declared = family_.names().declared(*end.interface);
      return declared && endpoint_of(*declared) == asked;
    }
    const auto in = [&](const std::vector<Block>& blocks) {
      return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
        const reach::CellRange range = tree_.range(family_.block(block));
        return range.first <= end.cell && end.cell < range.end;
      });
    };
    if (const auto* site = std::get_if<model::SiteId>(&asked)) return in(model::addresses_of(design_, *site));
    if (const auto* blocks = std::get_if<model::Blocks>(&asked)) return in(blocks->blocks);
    return std::holds_alternative<model::Internet>(asked) && anonymous(in);
  }

  /// Part of the Internet that no declared site names.
  template <class In>
  [[nodiscard]] bool anonymous(const In& in) const {
    const auto& hidden = net::private_blocks();
    if (in({hidden.begin(), hidden.end()}) || in({shared_space()})) return false;
    for (const auto network : design_.networks.ids()) {
      if (in(model::spaces_of(design_, network))) return false;
    }
    return std::none_of(design_.sites.begin(), design_.sites.end(),
                        [&](const model::Site& site) { return in(site.addresses); });
  }

  /// All ends of one side lie in one cell.
  [[nodiscard]] net::Family family(const Ends& ends) const { return tree_.family(relation_.ends()[ends.front()].cell); }

  void pair(const Ends& from, const Ends& to) {
    if (family(from) != family(to)) return;
    reach::PacketSet asked = asked_;
    asked -=
        packets_.of(net::Traffic::of(family(from) == net::Family::V4 ? net::Protocol::Icmp6 : net::Protocol::Icmp));
    if (asked.empty() && model::has_ipv6(design_)) return;  // the other family is asked about
    if (asked.empty()) asked = asked_;
    const Solution solution = cases_.solve(relation_.ends()[from.front()], relation_.ends()[to.front()]);
    if (solution.feasible == Feasible::No) return;
    reach::PacketSet surely(packets_.size());
    reach::PacketSet perhaps(packets_.size());
    for (const auto a : from) {
      for (const auto b : to) {
        const reach::Admitted admitted = relation_.between(a, b);
        surely |= admitted.surely;
        perhaps |= admitted.perhaps;
      }
    }
    surely &= asked;
    perhaps &= asked;
    reach::PacketSet stopped = asked;
    stopped -= perhaps;
    reach::PacketSet open = perhaps;
    open -= surely;
    if (solution.feasible == Feasible::Unclear) {
      open = asked;
      surely = reach::PacketSet(packets_.size());
      stopped = surely;
    }
    note(from, to, surely, solution, tally_.admitted, answer_.through);
    note(from, to, stopped, solution, tally_.stopped, answer_.blocked);
    note(from, to, open, solution, tally_.undecided, answer_.undecided);
  }

  /// Adds the packets; the first of them becomes the example.
  void note(const Ends& from, const Ends& to, const reach::PacketSet& packets, const Solution& solution,
            reach::PacketSet& tally, std::optional<Example>& example) {
    if (packets.empty()) return;
    tally |= packets;
    if (example) return;
    const reach::PacketAtom atom = packets.atoms().front();
    const auto [a, b] = telling(from, to, atom);
    const bool sure = solution.feasible == Feasible::Yes;
    const auto address = [&](std::size_t end) {
      return sure ? std::optional(solution.instance.addresses.at(end)) : std::nullopt;
    };
    const reach::End& end_a = relation_.ends()[a];
    const reach::End& end_b = relation_.ends()[b];
    example = Example{.packet = fmt::format("{} -> {} {}", cases_.text(end_a, address(0)),
                                            cases_.text(end_b, address(1)), packets_.witness(atom)),
                      .values = sure ? cases_.values(solution) : "",
                      .steps = relation_.trace(a, b, atom).steps,
                      .statements = declared_.statements(end_a, end_b, packets)};
  }

  /// The way by which the packet comes through; where it comes by none, the one on which it comes farthest.
  [[nodiscard]] std::pair<reach::EndId, reach::EndId> telling(const Ends& from, const Ends& to,
                                                              reach::PacketAtom atom) const {
    std::pair<reach::EndId, reach::EndId> best(from.front(), to.front());
    std::size_t steps = 0;
    for (const auto a : from) {
      for (const auto b : to) {
        const reach::Trace trace = relation_.trace(a, b, atom);
        const std::size_t length = trace.steps.size() + (trace.admitted ? 1000 : 0);
        if (length <= steps) continue;
        steps = length;
        best = {a, b};
      }
    }
    return best;
  }

  const model::Design& design_;
  const BlockFamily& family_;
  const reach::AddressTree& tree_;
  const reach::Packets& packets_;
  const model::Claim& question_;
  reach::Relation relation_;
  DeclaredRelation declared_;
  Cases cases_;
  reach::PacketSet asked_;
  Answer& answer_;
  Tally& tally_;
};

Answer::Verdict verdict_of(const Tally& tally, const Answer& answer) {
  if (answer.undecided) return Answer::Verdict::Undecided;
  if (answer.through && answer.blocked) return Answer::Verdict::Partly;
  if (answer.through) return Answer::Verdict::Admitted;
  return tally.stopped.empty() ? Answer::Verdict::Nobody : Answer::Verdict::Stopped;
}

}  // namespace

Answer ask(const model::Design& design, const estate::Estate& given, const model::Claim& question) {
  estate::Estate estate = given;
  const BlockFamily family(design, estate);
  std::vector<estate::Block> blocks = reach::blocks_of(estate);
  for (const auto& block : blocks_of(design, family)) blocks.push_back(block);
  for (const auto* side : {&question.from, &question.to}) {
    for (const model::Endpoint& end : *side) {
      const auto* asked = std::get_if<model::Blocks>(&end);
      if (asked == nullptr) continue;
      for (const auto& block : asked->blocks) blocks.push_back(family.block(block));
    }
  }
  auto traffics = traffics_of(design);
  if (question.traffic) traffics.push_back(*question.traffic);
  const reach::Packets packets(reach::kinds_of(estate), traffics);
  const auto trees = family.arrangements(blocks);
  Answer answer;
  Tally tally(packets.size());
  for (const auto& tree : trees) {
    Asker(design, estate, family, tree, blocks, packets, question, answer, tally).run();
  }
  answer.verdict = trees.empty() ? Answer::Verdict::Undecided : verdict_of(tally, answer);
  answer.admitted = packets.text(tally.admitted);
  answer.stopped = packets.text(tally.stopped);
  return together(std::move(answer), ask_data(design, estate, family, question));
}

}  // namespace crenel::verify
