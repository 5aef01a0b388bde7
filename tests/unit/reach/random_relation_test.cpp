#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>

#include "tests/unit/reach/naive.h"
#include "tests/unit/reach/random_estate.h"
#include "tests/unit/reach/scene.h"

using namespace crenel;
using namespace crenel::reach_tests;

/// The engine against an interpreter that takes one packet at a time, over estates made at random. Where everything is
/// known the two must agree; where something is not, what is sure must hold in every world that was tried, and what
/// holds in one must be possible.
namespace {

constexpr int kEstates = 1500;
constexpr int kQuestions = 40;
constexpr std::uint64_t kWorlds = 12;

net::Address address(std::string_view text) { return net::parse_address(text).value(); }

/// At least one of every kind that the blocks below tell apart.
std::vector<net::Address> outside_addresses() {
  std::vector<net::Address> out;
  for (const char* text :
       {"8.8.8.8", "198.51.100.0", "198.51.100.1", "198.51.100.2", "198.51.100.3", "192.168.0.0", "192.168.0.1",
        "192.168.0.2", "192.168.0.3", "192.168.9.9", "172.16.0.1", "10.9.9.9", "10.0.0.1", "10.0.0.5", "10.1.0.1",
        "2001:db8:f::1", "2001:db8:f::2", "fd00::1", "2001:4860::8"}) {
    out.push_back(address(text));
  }
  return out;
}

struct Tried {
  std::size_t questions = 0;
  std::size_t admitted = 0;
  std::size_t unsure = 0;
  std::size_t exact = 0;
};

class Trial {
 public:
  Trial(const estate::Estate& estate, std::uint64_t seed, Tried& tried)
      : estate_(estate), random_(seed), tried_(tried), seed_(seed), exact_(is_certain(estate)) {
    std::vector<Block> blocks = reach::blocks_of(estate_);
    trees_ = reach::AddressTree::all(blocks, [](const Block&, const Block&) { return reach::Order::Open; });
    packets_ = std::make_unique<reach::Packets>(reach::kinds_of(estate_), std::vector<net::Traffic>{});
    relation_ = std::make_unique<reach::Relation>(estate_, trees_.front(), *packets_);
    for (std::uint64_t world = 0; world < kWorlds; ++world) worlds_.emplace_back(estate_, outside_addresses(), world);
  }

  void run() {
    check_rows();
    const std::vector<Someone> everybody = worlds_.front().everybody();
    if (everybody.empty()) return;
    for (int i = 0; i < kQuestions; ++i) {
      const Someone& from = everybody[random_() % everybody.size()];
      const Someone& to = everybody[random_() % everybody.size()];
      if (from.address == to.address && from.subnet == to.subnet) continue;
      ask(from, to, opening());
    }
  }

 private:
  /// Every pair that admits anything stands in one row, with what it admits.
  void check_rows() const {
    const reach::Rows rows = relation_->rows();
    std::map<std::pair<reach::EndId, reach::EndId>, std::size_t> found;
    for (const reach::Row& row : rows.rows) {
      for (const reach::EndRange& from : row.from) {
        for (const reach::EndRange& to : row.to) {
          for (std::size_t i = 0; i < from.count * to.count; ++i) {
            const reach::EndId a(from.first.index() + i / to.count);
            const reach::EndId b(to.first.index() + i % to.count);
            CHECK(found.emplace(std::pair(a, b), row.admitted).second);
          }
        }
      }
    }
    const reach::Admitted nothing{.surely = reach::PacketSet(packets_->size()),
                                  .perhaps = reach::PacketSet(packets_->size())};
    for (const auto a : relation_->ends().ids()) {
      for (const auto b : relation_->ends().ids()) {
        const auto place = found.find({a, b});
        const bool same =
            relation_->between(a, b) == (place == found.end() ? nothing : rows.admitted.at(place->second));
        if (same) continue;
        INFO("seed ", seed_, " ends ", a.index(), " -> ", b.index());
        REQUIRE(same);
      }
    }
  }

  Opening opening() {
    switch (random_() % 6) {
      case 0:
        return {.protocol = 17, .source_port = 1024, .number = 53};
      case 1:
        return {.protocol = 1, .source_port = 0, .number = 2048};
      case 2:
        return {.protocol = 47, .source_port = 0, .number = 0};
      default: {
        constexpr std::array<int, 6> kPorts = {22, 443, 8080, 1024, 2000, 60000};
        return {.protocol = 6, .source_port = 1024, .number = kPorts.at(random_() % kPorts.size())};
      }
    }
  }

  /// The end that somebody is, and the atom that a packet is in.
  [[nodiscard]] std::optional<reach::EndId> end_of(const Someone& one) const {
    for (const auto id : relation_->ends().ids()) {
      const reach::End& end = relation_->ends()[id];
      if (end.interface != one.interface || end.door != one.door || end.subnet != one.subnet) continue;
      if (!one.subnet && one.interface) return id;
      if (!std::get<net::Prefix>(trees_.front().block(end.cell).base).contains(one.address)) continue;
      const auto holes = trees_.front().holes(end.cell);
      const bool in_hole = std::any_of(holes.begin(), holes.end(), [&](const Block& hole) {
        return std::get<net::Prefix>(hole.base).contains(one.address);
      });
      if (!in_hole) return id;
    }
    return std::nullopt;
  }
  [[nodiscard]] reach::PacketAtom atom_of(const Opening& packet) const {
    const auto port = [](int number) {
      return net::Interval{static_cast<std::uint16_t>(number), static_cast<std::uint16_t>(number)};
    };
    Kind kind{.protocol = static_cast<std::uint8_t>(packet.protocol), .ports = port(packet.number)};
    if (packet.protocol == 6 || packet.protocol == 17) kind.source_ports = port(packet.source_port);
    const auto atoms = packets_->of(kind).atoms();
    // a protocol that nothing names is among the others, which come last
    return atoms.empty() ? static_cast<reach::PacketAtom>(packets_->size() - 1) : atoms.front();
  }

  void ask(const Someone& from, const Someone& to, Opening packet) {
    const auto a = end_of(from);
    const auto b = end_of(to);
    INFO("seed ", seed_, ": ", name(from), " -> ", name(to), " protocol ", packet.protocol, " number ", packet.number);
    REQUIRE(a);
    REQUIRE(b);
    const reach::Admitted admitted = relation_->between(*a, *b);
    const bool ported = packet.protocol == 6 || packet.protocol == 17;
    for (const int source : ported ? std::vector<int>{1024, 2000, 40001} : std::vector<int>{0}) {
      packet.source_port = source;
      const auto atom = atom_of(packet);
      bool every = true;
      bool any = false;
      // all client ports of the atom, in all worlds
      for (const int port :
           ported ? std::vector<int>{1024, 1999, 2000, 33000, 40000, 40001, 65535} : std::vector<int>{0}) {
        Opening one = packet;
        one.source_port = port;
        if (atom_of(one) != atom) continue;
        for (const Naive& world : worlds_) {
          (world.admits(from, to, one) ? any : every) = world.admits(from, to, one);
        }
      }
      const bool surely = admitted.surely.contains(atom);
      const bool perhaps = admitted.perhaps.contains(atom);
      const std::string truth = every ? "always" : any ? "sometimes" : "never";
      INFO("client port ", packet.source_port, ": ", truth, " admitted");
      CHECK((!surely || every));
      CHECK((perhaps || !any));
      if (exact_) CHECK(surely == any);
      if (exact_) CHECK(perhaps == any);
      CHECK(relation_->trace(*a, *b, atom).admitted == perhaps);
      ++tried_.questions;
      tried_.admitted += surely ? 1 : 0;
      tried_.unsure += surely != perhaps ? 1 : 0;
      tried_.exact += exact_ ? 1 : 0;
    }
  }

  [[nodiscard]] std::string name(const Someone& one) const {
    return (one.interface ? estate_.interfaces[*one.interface].name + std::to_string(one.interface->index())
                          : estate_.doors[*one.door].name) +
           " at " + net::to_string(one.address);
  }

  const estate::Estate& estate_;
  std::mt19937_64 random_;
  Tried& tried_;
  std::uint64_t seed_;
  bool exact_;
  std::vector<reach::AddressTree> trees_;
  std::unique_ptr<reach::Packets> packets_;
  std::unique_ptr<reach::Relation> relation_;
  std::vector<Naive> worlds_;
};

/// CRENEL_REACH_ESTATES: how many, for a longer run.
int estates() {
  const char* wanted = std::getenv("CRENEL_REACH_ESTATES");
  return wanted == nullptr ? kEstates : std::atoi(wanted);
}

}  // namespace

TEST_CASE("the engine agrees with an interpreter, packet by packet") {
  Tried tried;
  for (int seed = 1; seed <= estates(); ++seed) {
    const estate::Estate estate = random_estate(static_cast<std::uint64_t>(seed));
    Trial(estate, static_cast<std::uint64_t>(seed), tried).run();
  }
  MESSAGE(tried.questions, " questions, ", tried.admitted, " surely admitted, ", tried.unsure, " unsure, ", tried.exact,
          " where everything is known");
  // it is no test if nothing, or everything, comes through
  CHECK(tried.admitted * 50 > tried.questions);
  CHECK(tried.admitted * 2 < tried.questions);
  CHECK(tried.unsure * 200 > tried.questions);
  CHECK(tried.exact * 50 > tried.questions);
}
