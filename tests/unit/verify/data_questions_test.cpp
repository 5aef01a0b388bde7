#include "compiler/verify/ask.h"
#include "compiler/verify/changes.h"
#include "compiler/verify/deciding.h"
#include "tests/unit/verify/depot.h"

/// Questions about data actions, what changes in them, and what decides about them.
namespace {

using namespace crenel;
using namespace crenel::tests;
using namespace crenel::verify::tests;
using estate::Action;
using model::Internet;
using verify::Answer;

model::Claim question(model::Endpoint from, model::Endpoint to, model::DataActions actions) {
  model::Claim out;
  out.from = {std::move(from)};
  out.to = {std::move(to)};
  out.traffic = net::Traffic();
  out.actions = std::move(actions);
  return out;
}

std::string text(const std::vector<reach::Step>& steps) {
  std::string out;
  for (const auto& step : steps) out += "  " + step.what + " (" + step.place.path + ")\n";
  return out;
}

std::string text(const verify::Changes& changes) {
  static const char* const kWords[] = {"added", "removed", "widened", "narrowed", "altered", "undecided"};
  std::string out;
  for (const auto& each : changes.changes) {
    out += std::string(kWords[static_cast<int>(each.kind)]) + " " + each.from + " -> " + each.to;
    if (!each.gained.empty()) out += " + " + each.gained;
    if (!each.lost.empty()) out += " - " + each.lost;
    if (!each.open.empty()) out += " ? " + each.open;
    out += "\n";
    CHECK(each.data);
  }
  return out;
}

}  // namespace

TEST_CASE("what is admitted is answered with who it is, what grants it, and the way") {
  const Depot depot;
  const auto estate = depot.made();
  const Answer answer = verify::ask(depot.design, estate, question(depot.worker, depot.inbox, {A::Read}));
  CHECK(answer.verdict == Answer::Verdict::Admitted);
  CHECK(answer.admitted == "read");
  CHECK(answer.stopped == "");
  REQUIRE(answer.through);
  CHECK(answer.through->packet == "worker -> inbox : read by DataEndpoint");
  CHECK(text(answer.through->steps) ==
        "  it acts as `WorkerRole` (/Resources/WorkerRole)\n"
        "  this grants read, archive of `inbox` (/Resources/Policy/1)\n"
        "  requests come by `DataEndpoint` (/Resources/DataEndpoint)\n");
  REQUIRE(answer.through->statements.size() == 1);
  CHECK(depot.design.statements[answer.through->statements.front()].text == "worker -> inbox : read, archive");
}

TEST_CASE("what is not is answered with what is granted instead") {
  const Depot depot;
  const auto estate = depot.made();
  const auto ask = [&](model::Endpoint from, model::Endpoint to, model::DataActions actions) {
    return verify::ask(depot.design, estate, question(std::move(from), std::move(to), std::move(actions)));
  };
  const Answer answer = ask(depot.worker, depot.inbox, {A::Write});
  CHECK(answer.verdict == Answer::Verdict::Stopped);
  REQUIRE(answer.blocked);
  CHECK(answer.blocked->packet == "worker -> inbox : write");
  CHECK(text(answer.blocked->steps) ==
        "  it is granted read, archive of `inbox`, and nothing else (/Resources/Policy/1)\n");
  CHECK(text(ask(depot.sorter, depot.inbox, {A::Read}).blocked->steps) ==
        "  nothing of the template grants it anything of `inbox` (/Resources/InboxBucket)\n");
  CHECK(ask(depot.worker, depot.inbox, {A::Read, A::Write}).verdict == Answer::Verdict::Partly);
  CHECK(ask(Internet{}, depot.inbox, {A::Read}).verdict == Answer::Verdict::Stopped);
  CHECK(ask(depot.office, depot.inbox, {A::Write}).verdict == Answer::Verdict::Admitted);
  CHECK(ask(depot.office, depot.inbox, {A::Write}).through->packet ==
        "office as `clerk` from 198.51.100.7 -> inbox : write");
  CHECK(ask(depot.inbox, depot.sorter, {A::Invoke}).verdict == Answer::Verdict::Admitted);
  CHECK(ask(depot.worker, depot.inbox, {A::Send}).verdict == Answer::Verdict::Nobody);
}

TEST_CASE("a question without actions is about packets and data actions") {
  Depot depot;
  model::Claim all = question(depot.worker, depot.inbox, {});
  all.traffic.reset();
  const Answer answer = verify::ask(depot.design, depot.made(), all);
  CHECK(answer.verdict == Answer::Verdict::Partly);
  CHECK(answer.admitted == "read, archive");
  CHECK(answer.stopped == "write, delete");
}

TEST_CASE("whoever may, and whatever may work or not") {
  const Depot depot;
  auto estate = depot.made();
  estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read}));
  CHECK(verify::ask(depot.design, estate, question(Internet{}, depot.inbox, {A::Read})).verdict ==
        Answer::Verdict::Admitted);
  CHECK(verify::ask(depot.design, estate, question(depot.desk, depot.inbox, {A::Read})).verdict ==
        Answer::Verdict::Admitted);
  estate.accesses.back().doubt = "a condition is not understood";
  const Answer answer = verify::ask(depot.design, estate, question(Internet{}, depot.inbox, {A::Read}));
  CHECK(answer.verdict == Answer::Verdict::Undecided);
  REQUIRE(answer.undecided);
  CHECK(answer.undecided->steps.front().what.find("a condition is not understood") != std::string::npos);
  estate.accesses.back().doubt = "";
  estate.accesses.back().anywhere = false;
  estate.accesses.back().from = {{.base = block("203.0.113.0/24"), .part = {}}};
  CHECK(verify::ask(depot.design, estate, question(Internet{}, depot.inbox, {A::Read})).verdict ==
        Answer::Verdict::Partly);
}

TEST_CASE("changes of data actions: added, removed, widened, narrowed, by other ways") {
  const Depot depot;
  const auto older = depot.made();
  const auto diff = [&](const auto& spoil) {
    auto newer = depot.made();
    spoil(newer);
    const std::string known = text(verify::changes(older, newer, &depot.design));
    const std::string back = text(verify::changes(newer, older, &depot.design));
    return known + "back: " + back;
  };
  CHECK(diff([](auto&) {}) == "back: ");
  CHECK(diff([&](auto& estate) {
          estate.accesses.push_back(added(estate::Anyone{}, service(estate, "Inbox"), {Action::Read, Action::Write}));
        }) == "added anyone -> inbox + read, write\nback: removed anyone -> inbox - read, write\n");
  CHECK(diff([](auto& estate) { estate.accesses[1].actions.push_back(Action::Delete); }) ==
        "widened worker -> inbox + delete\nback: narrowed worker -> inbox - delete\n");
  CHECK(diff([](auto& estate) { estate.accesses[1].anywhere = true; }) ==
        "widened worker -> inbox + read, archive from anywhere\nback: narrowed worker -> inbox - read, archive from "
        "anywhere\n");
  CHECK(diff([](auto& estate) { estate.accesses[0].from.front().base = block("198.51.0.0/16"); }) ==
        "widened office -> inbox + write from 198.51.0.0/16\nback: narrowed office -> inbox - write from "
        "198.51.0.0/16\n");
  CHECK(diff([](auto& estate) {
          estate.accesses[1].actions = {Action::Archive, Action::Write};
        }) == "altered worker -> inbox + write - read\nback: altered worker -> inbox + read - write\n");
  CHECK(diff([](auto& estate) { estate.accesses[1].doubt = "a condition is not understood"; }) ==
        "undecided worker -> inbox ? read, archive\nback: undecided worker -> inbox ? read, archive\n");
}

TEST_CASE("without a design the ends of data changes are known by the names of resources") {
  const Depot depot;
  auto newer = depot.made();
  newer.accesses[1].actions.push_back(Action::Delete);
  newer.accesses[0].actions.push_back(Action::Read);
  CHECK(text(verify::changes(depot.made(), newer, nullptr)) ==
        "widened Worker -> Inbox + delete\nwidened `Clerk` -> Inbox + read\n");
}

TEST_CASE("the names of parameters in accesses are shared by what is compared") {
  const Depot depot;
  auto newer = depot.made();
  // the same template with its parameters in another order
  newer.symbols = {};
  newer.symbols.add({.name = "Other", .parameter = true, .host = false, .place = {}});
  newer.accesses[0].who =
      estate::Named{newer.symbols.add({.name = "Clerk", .parameter = true, .host = false, .place = {}})};
  CHECK(text(verify::changes(depot.made(), newer, &depot.design)) == "");
  CHECK(text(verify::changes(depot.made(), newer, nullptr)) == "");
}

TEST_CASE("what decides: the grants of a template, and those that let each data flow through") {
  const Depot depot;
  const auto deciding = verify::deciding(depot.design, depot.made());
  REQUIRE(deciding.data_flows.size() == depot.design.data_flows.size());
  REQUIRE(deciding.data_flows[1].size() == 1);
  CHECK(deciding.data_flows[1].front().actions == "read, archive");
  REQUIRE(deciding.data_flows[1].front().by.size() == 1);
  CHECK(deciding.data_flows[1].front().by.front().path == "/Resources/Policy/1");
  for (const auto& passages : deciding.data_flows) CHECK(passages.size() == 1);
  REQUIRE(deciding.grants.size() == depot.design.data_flows.size());
  const auto& office = deciding.grants[0];
  CHECK(office.from == "office");
  CHECK(office.who == "name");
  CHECK(office.named == "Clerk");
  CHECK(office.service == "InboxBucket");
  CHECK(office.ways == std::vector<std::string>{"from 198.51.100.0/24"});
  CHECK(deciding.grants[1].named == "WorkerRole");
  CHECK(deciding.grants[1].ways == std::vector<std::string>{"path DataEndpoint"});
  CHECK(deciding.grants[4].who == "service");
  CHECK(deciding.grants[7].who == "account");
  const auto found = std::find_if(deciding.admissions.begin(), deciding.admissions.end(), [](const auto& one) {
    return one.data && one.from == "worker" && one.to == "inbox";
  });
  REQUIRE(found != deciding.admissions.end());
  CHECK(found->packets == "read, archive");
}
