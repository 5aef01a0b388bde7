#include <map>
#include <utility>

#include "compiler/reach/engine.h"
#include "compiler/reach/relation.h"

namespace crenel::reach {
namespace {

void add(std::vector<EndRange>& to, EndId end) {
  if (!to.empty() && to.back().first.index() + to.back().count == end.index()) {
    ++to.back().count;
  } else {
    to.push_back({.first = end, .count = 1});
  }
}

/// Puts pairs together that admit the same.
class RowCollector {
 public:
  explicit RowCollector(const SetPool& sets, const Packets& packets) : sets_(sets), packets_(packets) {}

  /// All that one end can open, by what is admitted.
  using Reached = std::map<std::pair<SetId, SetId>, std::vector<EndRange>>;

  void add_from(EndId from, const Reached& reached) {
    for (const auto& [admitted, to] : reached) {
      const std::size_t set = number(admitted);
      std::vector<std::pair<std::size_t, std::size_t>> key;
      key.reserve(to.size() + 1);
      key.emplace_back(set, 0);
      for (const EndRange& range : to) key.emplace_back(range.first.index(), range.count);
      const auto [place, fresh] = by_key_.try_emplace(std::move(key), out_.rows.size());
      if (fresh) out_.rows.push_back({.from = {}, .to = to, .admitted = set});
      add(out_.rows[place->second].from, from);
    }
  }

  Rows take() { return std::move(out_); }

 private:
  std::size_t number(const std::pair<SetId, SetId>& admitted) {
    const auto [place, fresh] = numbers_.try_emplace(admitted, out_.admitted.size());
    if (fresh) {
      out_.admitted.push_back({.surely = packets_.set(sets_.ranges(admitted.first)),
                               .perhaps = packets_.set(sets_.ranges(admitted.second))});
    }
    return place->second;
  }

  const SetPool& sets_;
  const Packets& packets_;
  Rows out_;
  std::map<std::pair<SetId, SetId>, std::size_t> numbers_;
  std::map<std::vector<std::pair<std::size_t, std::size_t>>, std::size_t> by_key_;
};

}  // namespace

Rows Relation::rows() const {
  RowCollector out(engine_->sets(), engine_->packets());
  for (const EndId from : ends().ids()) {
    RowCollector::Reached reached;
    for (const EndId to : ends().ids()) {
      const Between admitted = engine_->between(from, to);
      if (admitted == kNoPacket) continue;
      add(reached[{admitted.surely, admitted.perhaps}], to);
    }
    out.add_from(from, reached);
  }
  return out.take();
}

}  // namespace crenel::reach
