#include <array>
#include <random>
#include <set>

#include "compiler/verify/compare.h"
#include "tests/unit/verify/compare_scene.h"
#include "tests/unit/verify/scene.h"

/// Comparisons and claims against an interpreter that tries every request: everybody who could ask, from every address
/// and over every private path, for every action.
namespace {

using namespace crenel;
using namespace crenel::tests;
using namespace crenel::verify::tests;
using crenel::tests::block;
using estate::Action;
using verify::Difference;
using A = model::DataAction;

constexpr std::size_t kGroups = 2;
constexpr std::size_t kStores = 2;
const std::array<A, 3> kActions = {A::Read, A::Write, A::Delete};
/// Each in a block of its own, of sites or of nobody.
const std::array<const char*, 3> kAddresses = {"198.51.100.1", "198.51.100.129", "203.0.113.7"};

/// Who asks: a group by its identity, a site's principal, or somebody else; from where: an address, or the path.
struct Request {
  std::string who;
  std::string from;  ///< "path", or an address
  std::size_t store = 0;
  A action = A::Read;
  auto operator<=>(const Request&) const = default;
};
using Requests = std::set<Request>;

struct World {
  Scene scene;
  std::vector<model::GroupId> groups;
  std::vector<model::StoreId> stores;
  std::vector<model::SiteId> sites;
};

/// What a site stands for: its principal, at its addresses.
struct Site {
  const char* name;
  const char* principal;
  const char* block;  ///< none: from anywhere
};
const std::array<Site, 3> kSites = {
    {{"s0", "arn:a", "198.51.100.0/25"}, {"s1", "arn:b", "198.51.100.128/25"}, {"s2", "arn:c", nullptr}}};

void fill(World& world, std::mt19937& random) {
  Scene& s = world.scene;
  for (std::size_t i = 0; i < kStores; ++i) world.stores.push_back(s.store("t" + std::to_string(i)));
  for (std::size_t i = 0; i < kGroups; ++i) world.groups.push_back(s.group("g" + std::to_string(i)));
  s.endpoint("data", {world.stores[0], world.stores[1]});
  for (const Site& site : kSites) {
    std::vector<model::Late<net::Prefix>> addresses;
    if (site.block != nullptr) addresses.emplace_back(block(site.block));
    world.sites.push_back(s.somebody(site.name, {std::string(site.principal)}, std::move(addresses)));
  }
  for (std::size_t n = 1 + random() % 5; n > 0; --n) {
    const std::size_t who = random() % 5;
    const model::Endpoint from = who < kGroups ? model::Endpoint(world.groups[who]) : world.sites[who - kGroups];
    model::DataActions actions;
    for (const A action : kActions) {
      if (random() % 2 == 0) actions.push_back(action);
    }
    if (!actions.empty()) s.may(from, world.stores[random() % kStores], actions);
  }
}

Requests declared(const World& world) {
  Requests out;
  for (const model::DataFlow& flow : world.scene.design.data_flows) {
    const std::size_t store = std::get<model::StoreId>(flow.to).index();
    for (const A action : flow.actions) {
      if (const auto* group = std::get_if<model::GroupId>(&flow.from)) {
        out.insert({"g" + std::to_string(group->index()), "path", store, action});
        continue;
      }
      const Site& site = kSites.at(std::get<model::SiteId>(flow.from).index());
      for (const char* address : kAddresses) {
        const bool here = site.block == nullptr || block(site.block).contains(*net::parse_address(address));
        if (here) out.insert({site.principal, address, store, action});
      }
      if (site.block == nullptr) out.insert({site.principal, "path", store, action});
    }
  }
  return out;
}

/// By hand: whoever an access lets in, at every address and over the path where it lets them come.
Requests admitted(const estate::Estate& estate) {
  Requests out;
  for (const estate::Access& access : estate.accesses) {
    const std::string name = estate.services[access.service].stem;
    if (name != "T0" && name != "T1") continue;
    std::vector<std::string> people;
    if (const auto* id = std::get_if<estate::IdentityId>(&access.who)) {
      people = {estate.identities[*id].stem == "G0" ? "g0" : "g1"};
    } else if (const auto* named = std::get_if<estate::Named>(&access.who)) {
      people = {std::get<std::string>(named->who)};
    } else {
      people = {"arn:a", "arn:b", "arn:c", "somebody", "g0", "g1"};
    }
    std::vector<std::string> whence;
    if (access.anywhere || !access.paths.empty()) whence.emplace_back("path");
    for (const char* address : kAddresses) {
      const bool here = access.anywhere || std::any_of(access.from.begin(), access.from.end(), [&](const auto& each) {
                          return std::get<net::Prefix>(each.base).contains(*net::parse_address(address));
                        });
      if (here) whence.emplace_back(address);
    }
    for (const auto& who : people) {
      for (const auto& from : whence) {
        for (const Action action : access.actions) {
          out.insert({who, from, name == "T0" ? 0U : 1U, static_cast<A>(action)});
        }
      }
    }
  }
  return out;
}

/// Adds, takes away or widens one thing.
void spoil(estate::Estate& estate, std::mt19937& random) {
  if (estate.accesses.empty()) return;
  const std::size_t at = random() % estate.accesses.size();
  estate::Access& access = estate.accesses[at];
  switch (random() % 6) {
    case 0:
      estate.accesses.erase(estate.accesses.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      access.anywhere = true;
      break;
    case 2:
      access.actions = {static_cast<Action>(kActions.at(random() % kActions.size()))};
      break;
    case 3:
      if (!access.from.empty()) access.from = {{.base = block("198.51.100.0/24"), .part = {}}};
      break;
    case 4:
      access.service = service(estate, random() % 2 == 0 ? "T0" : "T1");
      break;
    default:
      estate.accesses.push_back(access);
      estate.accesses.back().who = random() % 2 == 0 ? estate::Who(estate::Anyone{}) : estate::Named{"arn:b"};
  }
}

bool has(const Requests& all, const Requests& less) {
  return std::any_of(all.begin(), all.end(), [&](const Request& one) { return !less.contains(one); });
}

}  // namespace

TEST_CASE("comparisons of data actions agree with trying every request") {
  int equal = 0;
  int wider = 0;
  int narrower = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    std::mt19937 random(seed);
    World world;
    fill(world, random);
    auto estate = estate_of(world.scene.design);
    for (std::size_t n = random() % 3; n > 0; --n) spoil(estate, random);
    const Requests should = declared(world);
    const Requests is = admitted(estate);
    bool says_wider = false;
    bool says_narrower = false;
    for (const Difference& each : verify::compare(world.scene.design, estate).differences) {
      if (!each.data) continue;
      says_wider = says_wider || each.kind == Difference::Kind::Wider;
      says_narrower = says_narrower || each.kind == Difference::Kind::Narrower;
      CHECK(each.kind != Difference::Kind::Undecided);
    }
    CAPTURE(seed);
    CAPTURE(estate::dump(estate));
    CAPTURE(model::dump(world.scene.design));
    REQUIRE(says_wider == has(is, should));
    REQUIRE(says_narrower == has(should, is));
    ++(says_wider ? wider : says_narrower ? narrower : equal);
  }
  CHECK(equal > 200);
  CHECK(wider > 200);
  CHECK(narrower > 100);
}

TEST_CASE("claims of data actions agree with trying every request") {
  int holds = 0;
  int broken = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    World world;
    fill(world, random);
    const Requests is = declared(world);
    const std::size_t who = random() % 5;
    const std::size_t store = random() % kStores;
    const A action = kActions.at(random() % kActions.size());
    const auto kind =
        std::array{model::Claim::Kind::Never, model::Claim::Kind::Only, model::Claim::Kind::Always}.at(random() % 3);
    const model::Endpoint from = who < kGroups ? model::Endpoint(world.groups[who]) : world.sites[who - kGroups];
    of(world.scene.claim(kind, {from}, {world.stores[store]}), {action});
    Requests own;  // what the claim's source could ask
    if (who < kGroups) {
      own.insert({"g" + std::to_string(who), "path", store, action});
    } else {
      const Site& site = kSites.at(who - kGroups);
      for (const char* address : kAddresses) {
        const bool here = site.block == nullptr || block(site.block).contains(*net::parse_address(address));
        if (here) own.insert({site.principal, address, store, action});
      }
      if (site.block == nullptr) own.insert({site.principal, "path", store, action});
    }
    const auto asked = [&](const Request& one) { return one.store == store && one.action == action; };
    const bool any = std::any_of(own.begin(), own.end(), [&](const Request& one) { return is.contains(one); });
    const bool others =
        std::any_of(is.begin(), is.end(), [&](const Request& one) { return asked(one) && !own.contains(one); });
    const bool fails = kind == model::Claim::Kind::Never  ? any
                       : kind == model::Claim::Kind::Only ? others
                                                          : has(own, is);
    const std::string verdict = world.scene.verdict();
    CAPTURE(seed);
    CAPTURE(verdict);
    REQUIRE((verdict != "proved") == fails);
    ++(fails ? broken : holds);
  }
  CHECK(holds > 500);
  CHECK(broken > 500);
}
