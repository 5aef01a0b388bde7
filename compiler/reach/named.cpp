#include <algorithm>
#include <set>
#include <tuple>

#include "compiler/reach/flat_map.h"
#include "compiler/reach/packets_numbers.h"
#include "compiler/reach/relation.h"

namespace crenel::reach {
namespace {

using estate::Block;
using estate::Estate;
using estate::Kind;

/// Each block once, in the order in which it is first met.
class Blocks {
 public:
  void add(const Block& block) {
    if (const auto* known = std::get_if<net::Prefix>(&block.base); known != nullptr) {
      add_known(*known, block);
    } else if (std::find(symbolic_.begin(), symbolic_.end(), block) == symbolic_.end()) {
      symbolic_.push_back(block);
      blocks_.push_back(block);
    }
  }
  void add(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) add(block);
  }
  std::vector<Block> take() { return std::move(blocks_); }

 private:
  void add_known(const net::Prefix& known, const Block& block) {
    bool fresh = false;
    if (known.address.family == net::Family::V4) {
      v4_.at(static_cast<std::uint64_t>(known.length) << 32U | static_cast<std::uint64_t>(known.address.bits), fresh);
    } else {
      fresh = v6_.insert(known).second;
    }
    if (fresh) blocks_.push_back(block);
  }

  FlatMap v4_;
  std::set<net::Prefix> v6_;
  std::vector<Block> symbolic_;
  std::vector<Block> blocks_;
};

class Kinds {
 public:
  void add(const Kind& kind) {
    bool fresh = false;
    if (kind.source_ports == kEveryNumber) {
      const std::uint64_t protocol = kind.protocol ? *kind.protocol : 256U;
      plain_.at(protocol << 32U | std::uint64_t{kind.ports.first} << 16U | kind.ports.last, fresh);
    } else {
      fresh = std::find(kinds_.begin(), kinds_.end(), kind) == kinds_.end();
    }
    if (fresh) kinds_.push_back(kind);
  }
  std::vector<Kind> take() { return std::move(kinds_); }

 private:
  FlatMap plain_;
  std::vector<Kind> kinds_;
};

/// What is read of a rule lies all over the memory: it is fetched a few rules ahead.
template <class Visit>
void each_rule(const Estate& estate, Visit visit) {
  constexpr std::size_t kAhead = 8;
  for (const estate::RuleList& list : estate.rule_lists) {
    for (const auto* rules : {&list.in, &list.out}) {
      for (std::size_t i = 0; i < rules->size(); ++i) {
        if (i + kAhead < rules->size()) {
          const estate::Rule& ahead = (*rules)[i + kAhead];
          __builtin_prefetch(ahead.kinds.data());
          __builtin_prefetch(ahead.source.blocks.data());
          __builtin_prefetch(ahead.destination.blocks.data());
        }
        visit((*rules)[i]);
      }
    }
  }
}

}  // namespace

std::vector<Block> blocks_of(const Estate& estate) {
  Blocks out;
  for (const net::Prefix& prefix : net::private_blocks()) out.add(Block{.base = prefix, .part = std::nullopt});
  for (const estate::Network& network : estate.networks) out.add(network.spaces);
  for (const estate::Subnet& subnet : estate.subnets) out.add(subnet.blocks);
  for (const estate::RouteTable& table : estate.route_tables) {
    for (const estate::Route& route : table.routes) {
      out.add(route.destination);
      if (route.within) out.add(*route.within);
    }
  }
  for (const estate::Door& door : estate.doors) {
    if (const auto* link = std::get_if<estate::LinkDoor>(&door.kind)) out.add(link->prefixes);
  }
  for (const estate::Interface& interface : estate.interfaces) out.add(interface.addresses);
  each_rule(estate, [&](const estate::Rule& rule) {
    for (const estate::Peers* peers : {&rule.source, &rule.destination}) {
      out.add(peers->blocks);
      out.add(peers->perhaps);
      out.add(peers->except);
    }
  });
  return out.take();
}

std::vector<Kind> kinds_of(const Estate& estate) {
  Kinds out;
  each_rule(estate, [&](const estate::Rule& rule) {
    for (const Kind& kind : rule.kinds) out.add(kind);
  });
  for (const estate::Interface& interface : estate.interfaces) {
    for (const Kind& kind : interface.translates) out.add(kind);
  }
  for (const estate::Balancer& balancer : estate.balancers) {
    for (const estate::Forward& forward : balancer.forwards) {
      out.add(forward.listen);
      out.add(forward.to);
      if (forward.probe) out.add(*forward.probe);
    }
  }
  for (const estate::Need& need : estate.needs) out.add(need.kind);
  return out.take();
}

}  // namespace crenel::reach
