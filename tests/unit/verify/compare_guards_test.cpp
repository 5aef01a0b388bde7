#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "compiler/verify/compare.h"
#include "tests/unit/verify/depot.h"

/// Templates whose guards forbid less than is declared, or somebody else.
namespace {

using namespace crenel;
using namespace crenel::verify::tests;
using verify::Difference;
using Kind = Difference::Kind;

/// A depot with a guard that forbids changes and does nothing else, and a template that has it as declared.
struct Railed {
  Depot depot;
  estate::Estate estate;

  Railed() {
    model::Guard guard;
    guard.origin.path = {"rails"};
    guard.networks = {model::NetworkId(0)};
    guard.prevent = true;
    guard.exempt = {"pipeline"};
    depot.design.guards.add(std::move(guard));
    estate = depot.made();
    estate::Guard made;
    made.name = "Rails";
    made.forbidding = true;
    made.exempt = {"pipeline"};
    made.place.path = "/Resources/RailsPreventPolicy";
    estate.guards.push_back(std::move(made));
  }
  estate::Guard& made() { return estate.guards.front(); }
  [[nodiscard]] std::string told() const {
    std::string out;
    for (const Difference& each : verify::compare(depot.design, estate).differences) {
      CHECK(each.data);
      out += std::string(each.kind == Kind::Weaker       ? "weaker"
                         : each.kind == Kind::Undecided  ? "undecided"
                         : each.kind == Kind::Missing    ? "missing"
                         : each.kind == Kind::Undeclared ? "undeclared"
                                                         : "other") +
             ": " + each.from + " " + each.why + " @" + each.place.path + "\n";
    }
    return out;
  }
};

const std::string kAt = " @/Resources/RailsPreventPolicy\n";

}  // namespace

TEST_CASE("a guard that forbids as declared is equal") { CHECK(Railed().told().empty()); }

TEST_CASE("a guard whose denial is gone is weaker") {
  Railed railed;
  railed.made().forbidding = false;
  CHECK(railed.told() == "weaker: rails forbids nobody a change" + kAt);
  railed.estate.guards.clear();
  CHECK(railed.told() == "missing: rails  @\n");
}

TEST_CASE("a guard that forbids less is weaker, at the place where it does") {
  Railed railed;
  railed.made().weaknesses = {{.what = "does not forbid `ec2:CreateRoute`", .sure = true, .place = {}}};
  CHECK(railed.told() == "weaker: rails does not forbid `ec2:CreateRoute`" + kAt);
  railed.made().weaknesses.front().place.path = "/Resources/RailsPreventPolicy/Action";
  CHECK(railed.told() == "weaker: rails does not forbid `ec2:CreateRoute` @/Resources/RailsPreventPolicy/Action\n");
}

TEST_CASE("a guard of which it is not known what it forbids is undecided") {
  Railed railed;
  railed.made().weaknesses = {{.what = "forbids changes to everybody else", .sure = false, .place = {}}};
  CHECK(railed.told() == "undecided: rails it is not known whether `rails` forbids changes to everybody else" + kAt);
}

TEST_CASE("a guard that spares others is weaker") {
  Railed railed;
  railed.made().exempt = {"pipeline", "mallory"};
  CHECK(railed.told() == "weaker: rails leaves alone what `mallory` changes" + kAt);
  railed.made().exempt = {};
  CHECK(railed.told() == "weaker: rails does not leave alone what `pipeline` changes" + kAt);
  railed.made().exempt = {"mallory"};
  CHECK(railed.told() == "weaker: rails leaves alone what `mallory` changes" + kAt +
                             "weaker: rails does not leave alone what `pipeline` changes" + kAt);
}

TEST_CASE("a guard that forbids what the design does not is told, and one that nobody declared") {
  Railed railed;
  railed.depot.design.guards[model::GuardId(0)].prevent = false;
  CHECK(railed.told() == "weaker: rails forbids changes; the design says that it does not" + kAt);
  railed.depot.design.guards[model::GuardId(0)].prevent = true;
  estate::Guard other;
  other.name = "Others";
  other.forbidding = true;
  railed.estate.guards.push_back(other);
  CHECK(railed.told() == "undeclared: Others  @\n");
}

TEST_CASE("a guard that blocks public access as declared is equal, and where the provider has no such means") {
  Railed railed;
  railed.depot.design.guards[model::GuardId(0)].settings["aws"]["block_public_access"] = true;
  CHECK(railed.told().empty());
  railed.made().blocking = true;
  for (estate::Subnet& subnet : railed.estate.subnets) subnet.internet = estate::InternetAccess::Closed;
  CHECK(railed.told().empty());
}

TEST_CASE("a block that is gone, or that nobody declared, is told") {
  Railed railed;
  railed.made().blocking = true;
  CHECK(railed.told() == "weaker: rails blocks public access; the design says that it does not" + kAt);
  railed.depot.design.guards[model::GuardId(0)].settings["aws"]["block_public_access"] = true;
  railed.made().blocking = false;
  CHECK(railed.told() == "weaker: rails blocks no public access" + kAt);
}

TEST_CASE("a subnet that is left more open than flows need is told, and one of which it is not known") {
  Railed railed;
  railed.depot.design.guards[model::GuardId(0)].settings["aws"]["block_public_access"] = true;
  railed.made().blocking = true;
  for (estate::Subnet& subnet : railed.estate.subnets) subnet.internet = estate::InternetAccess::Closed;
  estate::Subnet& first = railed.estate.subnets[estate::SubnetId(0)];
  first.place.path = "/Resources/First";
  for (const auto access : {estate::InternetAccess::Open, estate::InternetAccess::Translated}) {
    first.internet = access;
    CHECK(railed.told() == "weaker: rails leaves `" + first.name +
                               "` more open to the Internet than any flow needs @/Resources/First\n");
  }
  first.internet = estate::InternetAccess::Unknown;
  CHECK(railed.told() == "undecided: rails it is not known whether `rails` leaves `" + first.name +
                             "` open to the Internet @/Resources/First\n");
}

TEST_CASE("a guard that mails whom the design names is equal, and where the provider has no such means") {
  Railed railed;
  railed.depot.design.guards[model::GuardId(0)].settings["azure"]["alert_emails"] =
      std::vector<std::string>{"b@example.org", "a@example.org"};
  CHECK(railed.told().empty());
  railed.made().mailed = {"a@example.org", "b@example.org"};
  CHECK(railed.told().empty());
}

TEST_CASE("whom a guard mails no more is told, and whom nobody declared") {
  Railed railed;
  railed.depot.design.guards[model::GuardId(0)].settings["azure"]["alert_emails"] =
      std::vector<std::string>{"b@example.org", "a@example.org"};
  railed.made().mailed = {"b@example.org", "m@example.org"};
  CHECK(railed.told() == "weaker: rails mails `a@example.org` of no change" + kAt +
                             "weaker: rails mails `m@example.org` of changes; the design does not name it" + kAt);
  railed.made().mailed.emplace();
  CHECK(railed.told() == "weaker: rails mails `a@example.org` of no change" + kAt +
                             "weaker: rails mails `b@example.org` of no change" + kAt);
}
