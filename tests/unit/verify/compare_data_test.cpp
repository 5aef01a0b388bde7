#include "compiler/verify/compare.h"
#include "tests/unit/verify/depot.h"

/// Templates that let somebody do more, or less, with services than is declared, or by other ways.
namespace {

using namespace crenel;
using namespace crenel::tests;
using namespace crenel::verify::tests;
using crenel::tests::block;
using estate::Action;
using model::Internet;
using verify::Difference;
using Kind = Difference::Kind;

estate::Block at_block(const std::string& prefix) { return {.base = *net::parse_prefix(prefix), .part = {}}; }

std::string text(const verify::Comparison& comparison) {
  static const char* const kWords[] = {"wider",      "narrower", "elsewhere", "undecided",
                                       "undeclared", "missing",  "weaker"};
  std::string out;
  for (const Difference& each : comparison.differences) {
    out += std::string(kWords[static_cast<int>(each.kind)]) + ": ";
    out += each.packet.empty() ? each.from + " " + each.why
                               : each.packet + each.values + (each.why.empty() ? "" : " | " + each.why);
    out += "\n";
  }
  for (const auto& each : comparison.claims) {
    out += std::string(word(each.verdict)) + ": " + each.witness + "\n";
  }
  return out;
}

std::string compared(const model::Design& design, const estate::Estate& estate) {
  return text(verify::compare(design, estate));
}

estate::ServiceId service_of(const estate::Estate& estate, const std::string& stem) {
  for (const auto id : estate.services.ids()) {
    if (estate.services[id].stem == stem) return id;
  }
  FAIL("no service of " << stem);
  return {};
}

estate::Access& access(estate::Estate& estate, std::size_t number) { return estate.accesses.at(number); }

}  // namespace

TEST_CASE("a template that lets everybody do what is declared is equal") {
  const Depot depot;
  CHECK(compared(depot.design, depot.made()) == "");
}

TEST_CASE("whoever may do more is wider") {
  const Depot depot;
  auto estate = depot.made();
  access(estate, 1).actions.push_back(Action::Delete);
  CHECK(compared(depot.design, estate) == "wider: worker -> inbox : delete\n");
  const auto found = verify::compare(depot.design, estate).differences.front();
  CHECK(found.data);
  CHECK(found.place.path == "/Resources/Policy/1");
  REQUIRE(found.steps.size() == 1);
  CHECK(found.steps.front().what == "this grants it");

  estate = depot.made();
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read}));
  CHECK(compared(depot.design, estate) == "wider: anyone -> inbox : read\n");
  estate = depot.made();
  estate.accesses.push_back(added(estate::Account{}, service(estate, "Results"), {Action::Read, Action::Delete}));
  CHECK(compared(depot.design, estate) == "wider: whoever of the account has permission -> results : read, delete\n");
  estate = depot.made();
  estate.accesses.push_back(added(estate::Named{"arn:other"}, service(estate, "Jobs"), {Action::Receive}));
  CHECK(compared(depot.design, estate) == "wider: arn:other -> jobs : receive\n");
  estate = depot.made();
  estate.accesses.push_back(added(identity(estate, "Sorter"), service(estate, "Results"), {Action::Administer}));
  CHECK(compared(depot.design, estate) == "wider: sorter -> results : administer\n");
}

TEST_CASE("whoever may do less is narrower, with the flow that declares it") {
  const Depot depot;
  auto estate = depot.made();
  access(estate, 1).actions = {Action::Read};
  CHECK(compared(depot.design, estate) == "narrower: worker -> inbox : archive\n");
  const auto found = verify::compare(depot.design, estate).differences.front();
  REQUIRE(found.statements.size() == 1);
  CHECK(depot.design.statements[found.statements.front()].text == "worker -> inbox : read, archive");
  estate = depot.made();
  estate.accesses.erase(estate.accesses.begin() + 4);
  CHECK(compared(depot.design, estate) == "narrower: inbox -> sorter : invoke\n");
  estate = depot.made();
  estate.accesses.erase(estate.accesses.begin());
  CHECK(compared(depot.design, estate) == "narrower: office -> inbox : write\n");
}

TEST_CASE("the way of the requests is a part of it") {
  const Depot depot;
  auto estate = depot.made();
  access(estate, 1).anywhere = true;  // the worker's identity from outside of its path
  CHECK(compared(depot.design, estate) == "wider: worker -> inbox : read, archive from anywhere\n");
  estate = depot.made();
  access(estate, 0).anywhere = true;
  CHECK(compared(depot.design, estate) == "wider: office -> inbox : write from anywhere\n");
  estate = depot.made();
  access(estate, 0).from.push_back(at_block("203.0.113.0/24"));
  CHECK(compared(depot.design, estate) == "wider: office -> inbox : write from 203.0.113.0/24\n");
  estate = depot.made();
  access(estate, 0).from = {at_block("198.51.100.0/25")};
  CHECK(compared(depot.design, estate) == "narrower: office -> inbox : write\n");
  estate = depot.made();
  access(estate, 0).from = {at_block("198.51.100.0/25"), at_block("198.51.100.128/25")};
  CHECK(compared(depot.design, estate) == "");
  estate = depot.made();
  access(estate, 1).paths.clear();
  CHECK(compared(depot.design, estate) == "narrower: worker -> inbox : read, archive\n");
  estate = depot.made();
  access(estate, 7).from = {at_block("192.0.2.0/27")};
  CHECK(compared(depot.design, estate) == "wider: desk -> results : delete from 192.0.2.0/27\n");
}

TEST_CASE("what may work or not is undecided, never equal") {
  const Depot depot;
  auto estate = depot.made();
  access(estate, 1).doubt = "a condition is not understood";
  CHECK(compared(depot.design, estate) ==
        "undecided: worker -> inbox : read, archive | a condition is not understood\n");
  estate = depot.made();
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read}));
  estate.accesses.back().doubt = "a condition is not understood";
  CHECK(compared(depot.design, estate) == "undecided: anyone -> inbox : read | a condition is not understood\n");
}

TEST_CASE("what one side alone has is told") {
  Depot depot;
  auto estate = depot.made();
  estate::Service more;
  more.kind = estate::Service::Kind::Store;
  more.name = "SpareBucket";
  more.stem = "Spare";
  estate.services.add(more);
  CHECK(compared(depot.design, estate) == "undeclared: SpareBucket \n");
  estate = depot.made();
  estate.identities.add({.name = "SpareRole", .stem = "Spare", .interfaces = {}, .functions = {}, .place = {}});
  CHECK(compared(depot.design, estate) == "undeclared: SpareRole \n");
  estate = depot.made();
  depot.topic("done");
  CHECK(compared(depot.design, estate) == "missing: done \n");
}

TEST_CASE("a private path leads to the declared services and to no others") {
  const Depot depot;
  auto estate = depot.made();
  estate.private_paths[path(estate, "DataEndpoint")].others = true;
  CHECK(compared(depot.design, estate) == "weaker: data leads to services that the template does not make\n");
  estate = depot.made();
  estate.private_paths[path(estate, "DataEndpoint")].services.push_back(service(estate, "Keys"));
  CHECK(compared(depot.design, estate) == "weaker: data leads to `keys` too\n");
  estate = depot.made();
  list_of(estate, "Worker").out.clear();  // its packets do not come to the near end
  CHECK(compared(depot.design, estate).find("worker -> ") != std::string::npos);
}

TEST_CASE("what a service promises is kept") {
  const Depot depot;
  auto estate = depot.made();
  estate.services[service(estate, "Inbox")].key.reset();
  CHECK(compared(depot.design, estate) == "weaker: inbox is not encrypted with a key of `keys`\n");
  estate = depot.made();
  estate.services[service(estate, "Inbox")].archive_after_days = 31;
  CHECK(compared(depot.design, estate) ==
        "weaker: inbox moves objects to the archive after 31 days; the design says that it moves objects to the "
        "archive after 30 days\n");
  estate = depot.made();
  estate.services[service(estate, "Inbox")].archives_marked = false;
  CHECK(compared(depot.design, estate) == "weaker: inbox moves no marked object to the archive\n");
  estate = depot.made();
  estate.services[service(estate, "Results")].archives_marked = false;  // nobody marks there
  CHECK(compared(depot.design, estate).empty());
  estate = depot.made();
  estate.services[service(estate, "Results")].lock_days.reset();
  CHECK(compared(depot.design, estate) ==
        "weaker: results locks no object; the design says that it locks objects for 7 days\n");
  estate = depot.made();
  estate.services[service(estate, "Jobs")].tries = 4;
  CHECK(
      compared(depot.design, estate) ==
      "weaker: jobs lays a message aside after 4 tries; the design says that it lays a message aside after 3 tries\n");
  estate = depot.made();
  estate.services[service(estate, "Inbox")].weaknesses = {
      {.what = "takes connections without TLS", .sure = true, .place = {}},
      {.what = "keeps no versions", .sure = false, .place = {}}};
  CHECK(compared(depot.design, estate) ==
        "weaker: inbox takes connections without TLS\nundecided: inbox it is not known whether `inbox` keeps no "
        "versions\n");
}

TEST_CASE("claims are decided over what the template lets whom do, too") {
  Depot depot;
  of(depot.only({depot.worker}, {depot.inbox}), {A::Read});
  of(depot.only({depot.office}, {depot.inbox}), {A::Write});
  of(depot.chain({Internet{}}, {depot.results}), {A::Read});
  of(depot.always({depot.worker}, {depot.results}), {A::Write});
  of(depot.always({depot.office}, {depot.inbox}), {A::Write});
  auto estate = depot.made();
  CHECK(compared(depot.design, estate) == "");
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read}));
  CHECK(compared(depot.design, estate) ==
        "wider: anyone -> inbox : read\nrefuted: anyone -> inbox : read from anywhere\n");
  CHECK(verify::compare(depot.design, estate).claims.front().place.path == "/Resources/Added");
  estate = depot.made();
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Results"), {Action::Read}));
  CHECK(compared(depot.design, estate) ==
        "wider: anyone -> results : read\nrefuted: anyone from 203.0.113.7 -> results : read from anywhere\n");
  estate = depot.made();
  access(estate, 0).from.push_back(at_block("203.0.113.0/24"));
  CHECK(compared(depot.design, estate) ==
        "wider: office -> inbox : write from 203.0.113.0/24\nrefuted: office as `clerk` from 203.0.113.7 -> inbox : "
        "write\n");
  estate = depot.made();
  estate.accesses.erase(estate.accesses.begin() + 2);
  CHECK(compared(depot.design, estate) == "narrower: worker -> results : write\nrefuted: worker -> results : write\n");
  estate = depot.made();
  access(estate, 0).from = {at_block("198.51.100.0/25")};
  CHECK(compared(depot.design, estate) ==
        "narrower: office -> inbox : write\nrefuted: office as `clerk` from 198.51.100.128 -> inbox : write\n");
  estate = depot.made();
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read}));
  estate.accesses.back().doubt = "a condition is not understood";
  CHECK(compared(depot.design, estate) ==
        "undecided: anyone -> inbox : read | a condition is not understood\nundecided: anyone -> inbox : read from "
        "anywhere: a condition is not understood\n");
  estate = depot.made();
  access(estate, 2).doubt = "a condition is not understood";
  CHECK(compared(depot.design, estate) ==
        "undecided: worker -> results : write | a condition is not understood\nundecided: it is not known whether "
        "every request of `worker` to `results` is admitted\n");
}

TEST_CASE("networks whose packets are not recorded as the design says") {
  Depot depot;
  estate::Estate estate = depot.made();
  REQUIRE(estate.flow_logs.size() == 1);
  estate.flow_logs.clear();
  CHECK(compared(depot.design, estate) == "weaker: main has no flow log: nobody sees what it sends\n");

  estate = depot.made();
  estate.flow_logs.front().weaknesses = {{.what = "has a flow log that leaves out packets", .sure = true, .place = {}}};
  CHECK(compared(depot.design, estate) == "weaker: main has a flow log that leaves out packets\n");
  estate.flow_logs.push_back(depot.made().flow_logs.front());
  CHECK(compared(depot.design, estate) == "");
  estate.flow_logs.pop_back();
  estate.flow_logs.front().weaknesses.front().sure = false;
  CHECK(compared(depot.design, estate).starts_with("undecided: "));

  estate = depot.made();
  estate.flow_logs.front().to = service_of(estate, "Inbox");
  CHECK(compared(depot.design, estate).starts_with("weaker: main has its flow logs in `inbox`; the design says"));
  depot.design.networks[model::NetworkId(0)].flow_log_store = depot.inbox;
  CHECK(compared(depot.design, estate) == "");
  CHECK(compared(depot.design, depot.made()).starts_with("weaker: main has its flow logs in a place of their own"));

  depot.design.networks[model::NetworkId(0)].flow_logs = false;
  CHECK(compared(depot.design, estate) == "weaker: main has flow logs; the design says that it has none\n");
}
