#include "compiler/verify/changes.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/sample_designs.h"
#include "tests/unit/verify/compare_scene.h"

namespace {

using namespace crenel;
using namespace crenel::verify::tests;
using verify::Change;
using verify::Changes;

std::string text(const Changes& changes) {
  static const char* const kWords[] = {"added", "removed", "widened", "narrowed", "altered", "undecided"};
  std::string out = changes.undecided;
  for (const Change& each : changes.changes) {
    out += std::string(kWords[static_cast<int>(each.kind)]) + " " + each.from + " -> " + each.to;
    for (const auto& addresses : each.addresses) out += ", " + addresses;
    out += " | + " + each.gained + " | - " + each.lost + " | ? " + each.open + "\n";
  }
  return out;
}

const Change& only(const Changes& changes) {
  REQUIRE_MESSAGE(changes.changes.size() == 1, text(changes));
  return changes.changes.front();
}

estate::Block block(const std::string& prefix) { return {.base = *net::parse_prefix(prefix), .part = {}}; }

}  // namespace

TEST_CASE("an estate does not differ from itself") {
  for (const model::Design& design :
       {crenel::tests::public_network(), crenel::tests::private_network(), crenel::tests::three_tiers(),
        crenel::tests::network_balancer(), crenel::tests::two_tiers_one_site()}) {
    CAPTURE(design.name);
    const auto estate = estate_of(design);
    const Changes changes = verify::changes(estate, estate, &design);
    CHECK_MESSAGE(changes.none(), text(changes));
    CHECK(!changes.broadened());
    CHECK(!changes.open());
  }
}

TEST_CASE("without a design, parameters may be anything, the same in both") {
  const auto design = crenel::tests::three_tiers();
  const auto estate = estate_of(design);
  CHECK(verify::changes(estate, estate, nullptr).none());
}

TEST_CASE("what may be opened in addition is told with a packet and its way in both") {
  const auto design = crenel::tests::three_tiers();
  const auto older = estate_of(design);
  auto newer = older;
  list_of(newer, "App").in.push_back(allow(22, tagged(tag_of(newer, "Web")), anyone()));
  list_of(newer, "Web").out.push_back(allow(22, anyone(), tagged(tag_of(newer, "App"))));
  const Changes changes = verify::changes(older, newer, &design);
  const Change& change = only(changes);
  CHECK(change.kind == Change::Kind::Widened);
  CHECK(change.from == "web");
  CHECK(change.to == "app");
  CHECK(change.gained == "tcp/22");
  CHECK(change.lost.empty());
  CHECK(changes.broadened());
  REQUIRE(change.newly.has_value());
  CHECK(change.newly->packet == "web -> app tcp/22");
  CHECK(!change.newly->passes.empty());
  CHECK(!change.newly->stops.empty());

  const Changes back = verify::changes(newer, older, &design);
  CHECK(only(back).kind == Change::Kind::Narrowed);
  CHECK(only(back).lost == "tcp/22");
  CHECK(!back.broadened());
}

TEST_CASE("one can be wider and narrower at once") {
  const auto design = crenel::tests::three_tiers();
  const auto older = estate_of(design);
  auto newer = older;
  list_of(newer, "App").in.clear();
  const Changes none = verify::changes(older, newer, &design);
  CHECK(only(none).kind == Change::Kind::Removed);
  list_of(newer, "App").in.push_back(allow(22, tagged(tag_of(newer, "Web")), anyone()));
  list_of(newer, "Web").out.push_back(allow(22, anyone(), tagged(tag_of(newer, "App"))));
  const Changes changes = verify::changes(older, newer, &design);
  CHECK(only(changes).kind == Change::Kind::Altered);
  CHECK(only(changes).gained == "tcp/22");
  CHECK(only(changes).lost == "tcp/8443");
}

TEST_CASE("only some of the addresses outside are named") {
  const auto design = crenel::tests::three_tiers();
  const auto older = estate_of(design);
  auto newer = older;
  list_of(newer, "Web").in.push_back(allow(22, at(block("198.51.100.0/24")), anyone()));
  const Changes changes = verify::changes(older, newer, &design);
  for (const Change& change : changes.changes) {
    CHECK(change.from == "internet");
    CHECK(change.addresses == std::vector<std::string>{"198.51.100.0/24"});
    CHECK(change.gained == "tcp/22");
  }
}

TEST_CASE("a member that is there no more is in none of its conversations") {
  const auto design = crenel::tests::three_tiers();
  const auto older = estate_of(design);
  auto newer = older;
  for (auto& interface : newer.interfaces) {
    if (interface.stem == "App") interface.stem = interface.name = "Other";
  }
  const Changes changes = verify::changes(older, newer, &design);
  const auto about = [&](const std::string& name, Change::Kind kind) {
    return std::count_if(changes.changes.begin(), changes.changes.end(),
                         [&](const Change& one) { return (one.from == name || one.to == name) && one.kind == kind; });
  };
  CHECK(about("app", Change::Kind::Removed) > 0);
  CHECK(about("app", Change::Kind::Added) == 0);
  CHECK(about("Other", Change::Kind::Added) == about("app", Change::Kind::Removed));
}

TEST_CASE("what is not understood is undecided, not the same") {
  const auto design = crenel::tests::three_tiers();
  const auto older = estate_of(design);
  auto newer = older;
  estate::Peers nobody_knows;
  nobody_knows.unknown = true;
  list_of(newer, "App").in.push_back(allow(22, nobody_knows, anyone()));
  list_of(newer, "Web").out.push_back(allow(22, anyone(), tagged(tag_of(newer, "App"))));
  const Changes changes = verify::changes(older, newer, &design);
  CHECK(changes.open());
  CHECK(!changes.broadened());
  CHECK(std::any_of(changes.changes.begin(), changes.changes.end(), [](const Change& one) {
    return one.kind == Change::Kind::Undecided && one.from == "web" && one.open == "tcp/22";
  }));
  newer = older;
  newer.unknowns.push_back({.what = "something", .place = {}});
  CHECK(verify::changes(older, newer, &design).open());
}
