#include <algorithm>
#include <random>
#include <set>

#include "tests/unit/verify/scene.h"

using namespace crenel;
using namespace crenel::tests;
using model::Claim;
using model::Endpoint;
using model::SiteId;

/// The engine against an interpreter that tries every value of every parameter and every packet. Everything happens in
/// 198.51.100.0/29 and at one address outside of it, so that all of it can be tried.
namespace {

constexpr std::size_t kAddresses = 9;
constexpr std::size_t kPlaces = kAddresses + 3;  // and three groups
using Places = std::set<std::size_t>;
using Values = std::map<model::ParameterId, net::Prefix>;

net::Address address_of(std::size_t place) {
  if (place == 8) return net::parse_address("203.0.113.7").value();
  net::Address out = net::parse_address("198.51.100.0").value();
  out.bits += place;
  return out;
}

net::Prefix value_of(const model::Late<net::Prefix>& block, const Values& values) {
  const auto* known = std::get_if<net::Prefix>(&block);
  return known != nullptr ? *known : values.at(std::get<model::ParameterId>(block));
}

Places places_in(const std::vector<model::Late<net::Prefix>>& blocks, const Values& values) {
  Places out;
  for (std::size_t i = 0; i < kAddresses; ++i) {
    for (const auto& block : blocks) {
      if (value_of(block, values).contains(address_of(i))) out.insert(i);
    }
  }
  return out;
}

bool is_linked(const model::Design& design, SiteId site) {
  return std::any_of(design.links.begin(), design.links.end(), [&](const model::Link& each) {
    return model::root_of(design, each.site) == model::root_of(design, site);
  });
}

/// `claimed`: what no site names; else: what no linked site has.
Places places_of(const model::Design& design, const Endpoint& end, const Values& values, bool claimed) {
  if (const auto* group = std::get_if<model::GroupId>(&end)) return {kAddresses + group->index()};
  if (const auto* site = std::get_if<SiteId>(&end)) return places_in(model::addresses_of(design, *site), values);
  if (const auto* named = std::get_if<model::Blocks>(&end)) return places_in(named->blocks, values);
  Places out;
  for (std::size_t i = 0; i < kAddresses; ++i) out.insert(i);
  for (const SiteId site : design.sites.ids()) {
    if (!claimed && !is_linked(design, site)) continue;
    for (const std::size_t i : places_in(design.sites[site].addresses, values)) out.erase(i);
  }
  return out;
}

Places places_of(const model::Design& design, const std::vector<Endpoint>& ends, const Values& values) {
  Places out;
  for (const Endpoint& end : ends) out.merge(places_of(design, end, values, true));
  return out;
}

bool is_around(const model::Design& design, SiteId site) {
  return is_linked(design, site) || std::any_of(design.flows.begin(), design.flows.end(), [&](const model::Flow& flow) {
           for (const Endpoint* end : {&flow.from, &flow.to}) {
             const auto* other = std::get_if<SiteId>(end);
             if (other != nullptr && model::root_of(design, *other) == model::root_of(design, site)) return true;
           }
           return false;
         });
}

/// Whether the values keep apart what is assumed to be apart.
bool is_valid(const model::Design& design, const Values& values) {
  for (const SiteId a : design.sites.ids()) {
    for (const SiteId b : design.sites.ids()) {
      if (a >= b) continue;
      const bool same_root = model::root_of(design, a) == model::root_of(design, b);
      const bool nested = design.sites[a].inside == b || design.sites[b].inside == a;
      if (same_root ? nested : !(is_around(design, a) && is_around(design, b))) continue;
      for (const auto& x : design.sites[a].addresses) {
        for (const auto& y : design.sites[b].addresses) {
          if (value_of(x, values).overlaps(value_of(y, values))) return false;
        }
      }
    }
  }
  return true;
}

bool meet(const Places& a, const Places& b) {
  return std::any_of(a.begin(), a.end(), [&](std::size_t each) { return b.contains(each); });
}

/// Whether the claim fails for these values.
class Interpreter {
 public:
  Interpreter(const model::Design& design, const Claim& claim, const Values& values) : design_(design), claim_(claim) {
    from_ = places_of(design, claim.from, values);
    to_ = places_of(design, claim.to, values);
    for (const model::Flow& flow : design.flows) {
      sources_.push_back(places_of(design, flow.from, values, false));
      targets_.push_back(places_of(design, flow.to, values, false));
    }
  }

  [[nodiscard]] bool fails() const {
    switch (claim_.kind) {
      case Claim::Kind::Never:
        return claim_.transitive ? chain() : never();
      case Claim::Kind::Only:
        return only();
      case Claim::Kind::Always:
        break;
    }
    return !always();
  }

 private:
  [[nodiscard]] bool concerns(std::size_t flow) const {
    return !claim_.traffic || claim_.traffic->overlaps(design_.flows[flow].traffic);
  }
  [[nodiscard]] bool never() const {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (concerns(i) && meet(sources_[i], from_) && meet(targets_[i], to_)) return true;
    }
    return false;
  }
  [[nodiscard]] bool only() const {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (concerns(i) && meet(targets_[i], to_) &&
          !std::includes(from_.begin(), from_.end(), sources_[i].begin(), sources_[i].end())) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool chain() const {
    Places at = from_;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (!meet(sources_[i], at)) continue;
        if (concerns(i) && meet(targets_[i], to_)) return true;
        for (const std::size_t each : targets_[i]) more = (each >= kAddresses && at.insert(each).second) || more;
      }
    }
    return false;
  }
  [[nodiscard]] bool always() const {
    for (const std::size_t from : from_) {
      for (const std::size_t to : to_) {
        if (from < kAddresses && to < kAddresses) continue;
        net::Traffic left = *claim_.traffic;
        for (std::size_t i = 0; i < sources_.size(); ++i) {
          if (sources_[i].contains(from) && targets_[i].contains(to)) left = left.without(design_.flows[i].traffic);
        }
        if (!left.empty()) return false;
      }
    }
    return true;
  }

  const model::Design& design_;
  const Claim& claim_;
  Places from_, to_;
  std::vector<Places> sources_, targets_;
};

std::vector<net::Prefix> values_of(const model::Parameter& parameter) {
  std::vector<net::Prefix> out;
  for (int length = parameter.shortest; length <= parameter.longest; ++length) {
    for (net::U128 i = 0;; ++i) {
      const auto value = parameter.within.front().part(length, i);
      if (!value) break;
      out.push_back(*value);
    }
  }
  return out;
}

/// All values of all parameters that keep apart what must be.
std::vector<Values> all_values(const model::Design& design) {
  std::vector<Values> all = {{}};
  for (const auto id : design.parameters.ids()) {
    std::vector<Values> more;
    for (const Values& each : all) {
      for (const net::Prefix& value : values_of(design.parameters[id])) {
        more.push_back(each);
        more.back()[id] = value;
      }
    }
    all = std::move(more);
  }
  std::erase_if(all, [&](const Values& values) { return !is_valid(design, values); });
  return all;
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  void fill(Scene& scene) {
    for (const char* name : {"a", "b", "c"}) groups_.emplace_back(scene.group(name));
    for (const char* name : {"p", "q"}) {
      const int within = pick(2) == 0 ? 29 : 30;
      const int shortest = within + static_cast<int>(pick(2));
      const int longest = std::min(32, shortest + static_cast<int>(pick(3)));
      const auto id = scene.parameter(name, shortest, longest, {random_block(within)});
      scene.design.parameters[id].kind = model::ParameterKind::Cidr;
      late_.emplace_back(id);
    }
    late_.emplace_back(random_block(31));
    std::optional<SiteId> first;
    for (std::size_t i = 0; i < 3; ++i) {
      const bool inside = first && pick(3) == 0;
      const SiteId site = scene.site("s" + std::to_string(i), {late_[i]}, inside ? first : std::nullopt);
      if (!first) first = site;
      if (pick(3) == 0) scene.link(site);
      outside_.emplace_back(site);
    }
    outside_.emplace_back(model::Internet{});
    outside_.emplace_back(blocks("named", {random_block(30 + static_cast<int>(pick(3)))}));
    outside_.emplace_back(blocks("late", {late_[pick(2)]}));
    for (std::size_t n = 1 + pick(5); n > 0; --n) add_flow(scene);
    add_claim(scene);
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  net::Prefix random_block(int length) {
    return block("198.51.100.0/29").part(length, pick(std::size_t{1} << static_cast<unsigned>(length - 29))).value();
  }
  Endpoint any_end() { return pick(2) == 0 ? groups_[pick(3)] : outside_[pick(outside_.size())]; }
  net::Traffic traffic() {
    const auto first = static_cast<std::uint16_t>(1 + pick(3));
    return tcp(first, static_cast<std::uint16_t>(first + pick(2)));
  }
  void add_flow(Scene& scene) {
    const Endpoint member = groups_[pick(3)];
    if (pick(2) == 0) {
      scene.allow(any_end(), member, traffic());
    } else {
      scene.allow(member, any_end(), traffic());
    }
  }
  void add_claim(Scene& scene) {
    std::vector<Endpoint> from = {any_end()};
    if (pick(3) == 0) from.push_back(any_end());
    std::vector<Endpoint> to = {any_end()};
    if (pick(3) == 0) to.push_back(any_end());
    const auto kind = std::array{Claim::Kind::Never, Claim::Kind::Only, Claim::Kind::Always}.at(pick(3));
    Claim& claim = scene.claim(kind, from, to, traffic());
    claim.transitive = kind == Claim::Kind::Never && pick(2) == 0;
  }

  std::mt19937 random_;
  std::vector<Endpoint> groups_;
  std::vector<Endpoint> outside_;
  std::vector<model::Late<net::Prefix>> late_;
};

}  // namespace

TEST_CASE("verdicts agree with trying every value and every packet") {
  int proved = 0;
  int refuted = 0;
  int undecided = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Scene scene;
    Maker(seed).fill(scene);
    const auto values = all_values(scene.design);
    if (values.empty()) continue;  // type checking refuses blocks that always overlap
    const Claim& claim = scene.design.claims.back();
    const bool fails = std::any_of(values.begin(), values.end(),
                                   [&](const Values& each) { return Interpreter(scene.design, claim, each).fails(); });
    const std::string verdict = scene.verdict();
    CAPTURE(seed);
    CAPTURE(verdict);
    CAPTURE(model::dump(scene.design));
    if (verdict == "vacuous") {
      REQUIRE(!fails);
    } else if (verdict == "undecided") {
      ++undecided;
    } else {
      REQUIRE((verdict != "proved") == fails);
      ++(fails ? refuted : proved);
    }
  }
  // The cases have to be such that the agreement says something.
  CHECK(proved > 300);
  CHECK(refuted > 300);
  CHECK(undecided < 60);
  MESSAGE("proved ", proved, ", refuted ", refuted, ", undecided ", undecided);
}
