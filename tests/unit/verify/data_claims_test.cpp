#include "tests/unit/verify/scene.h"

/// Claims over what is done with services.
using namespace crenel;
using namespace crenel::tests;
using model::Internet;
using A = model::DataAction;

TEST_CASE("never is refuted with who does what with which service, and by which way") {
  Scene s;
  const auto app = s.group("app");
  const auto inbox = s.store("inbox");
  s.endpoint("data", {inbox});
  of(s.never({app}, {inbox}), {A::Read});
  CHECK(s.verdict() == "proved");
  const auto flow = s.may(app, inbox, {A::Read, A::Write});
  const auto claim = of(s.never({app}, {inbox}), {A::Read, A::Delete}).span;
  CHECK(s.verdict() == "refuted: app -> inbox : read by endpoint data");
  const auto& report = s.diagnostics.all().back();
  CHECK(report.code == "CRN0601");
  CHECK(report.span == claim);
  CHECK(report.message == "`the claim` does not hold: app -> inbox : read by endpoint data is admitted");
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].span == flow);
  of(s.never({app}, {inbox}), {A::Delete});
  CHECK(s.verdict() == "proved");
  s.never({app}, {inbox});  // without actions it is any
  CHECK(s.verdict() == "refuted: app -> inbox : read, write by endpoint data");
  s.never({app}, {inbox}, tcp(443));
  CHECK(s.verdict() == "vacuous");  // a store takes no packets
}

TEST_CASE("packets and data actions are apart") {
  Scene s;
  const auto app = s.group("app");
  const auto web = s.group("web");
  const auto jobs = s.queue("jobs");
  s.may(app, jobs, {A::Send}, {model::ViaNat{}});
  s.may(app, web, {A::Launch});
  s.never({app}, {web}, net::Traffic::all());
  CHECK(s.verdict() == "proved");
  s.never({app}, {web});
  CHECK(s.verdict() == "refuted: app -> web : launch over the Internet");
  s.never({app}, {jobs}).via = {model::ViaNat{}};
  CHECK(s.verdict() == "proved");
  s.never({app}, {jobs});
  CHECK(s.verdict() == "refuted: app -> jobs : send via nat");
  s.only({web}, {jobs, web}, tcp(80)).actions = {A::Send};
  CHECK(s.verdict() == "refuted: app -> jobs : send via nat");
}

TEST_CASE("only closes a service to everybody else") {
  Scene s;
  const auto app = s.group("app");
  const auto batch = s.group("batch");
  const auto results = s.store("results");
  s.may(app, results, {A::Write});
  of(s.only({app}, {results}), {A::Write});
  CHECK(s.verdict() == "proved");
  s.may(batch, results, {A::Read});
  CHECK(s.verdict() == "proved");
  s.only({app}, {results});
  CHECK(s.verdict() == "refuted: batch -> results : read over the Internet");
  const auto office = s.site("office", {block("198.51.100.0/24")});
  s.may(office, results, {A::Write});
  of(s.only({app}, {results}), {A::Write});
  CHECK(s.verdict() == "refuted: office from 198.51.100.7 -> results : write");
  of(s.only({app, office}, {results}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.only({app, blocks("198.51.100.0/25")}, {results}), {A::Write});
  CHECK(s.verdict() == "refuted: office from 198.51.100.128 -> results : write");
  of(s.only({app, blocks("198.51.0.0/16")}, {results}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.only({}, {results}), {A::Delete});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a site is its identities at its addresses") {
  Scene s;
  const auto inbox = s.store("inbox");
  const auto clerk = s.identity("clerk");
  const auto office = s.somebody("office", {clerk}, {block("198.51.100.0/24")});
  const auto desk = s.site("desk", {block("198.51.100.16/28")}, office);
  const auto lab = s.somebody("lab", {std::string("arn:lab")});
  const auto other = s.somebody("other", {std::string("arn:other")});
  s.may(office, inbox, {A::Read});
  of(s.never({desk}, {inbox}), {A::Read});  // the clerk may sit there
  CHECK(s.verdict() == "refuted: office as `clerk` from 198.51.100.16 -> inbox : read");
  of(s.never({blocks("203.0.113.0/24")}, {inbox}), {A::Read});
  CHECK(s.verdict() == "proved");
  of(s.only({desk}, {inbox}), {A::Read});
  CHECK(s.verdict() == "refuted: office as `clerk` from 198.51.100.7 -> inbox : read");
  s.may(lab, inbox, {A::Write});
  of(s.never({other}, {inbox}), {A::Write});  // two names
  CHECK(s.verdict() == "proved");
  of(s.never({desk}, {inbox}), {A::Write});
  CHECK(s.verdict() == "refuted: lab as arn:lab from 198.51.100.16 -> inbox : write");
  of(s.never({lab}, {inbox}), {A::Write});
  CHECK(s.verdict() == "refuted: lab as arn:lab -> inbox : write");
  of(s.only({lab}, {inbox}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.only({office}, {inbox}), {A::Write});
  CHECK(s.verdict() == "refuted: lab as arn:lab -> inbox : write");
}

TEST_CASE("the anonymous Internet is nobody whom a site names") {
  Scene s;
  const auto inbox = s.store("inbox");
  const auto lab = s.somebody("lab", {std::string("arn:lab")});
  const auto office = s.site("office", {block("198.51.100.0/24")});
  s.may(lab, inbox, {A::Read});
  s.may(office, inbox, {A::Read});
  s.never({Internet{}}, {inbox});
  CHECK(s.verdict() == "proved");
  s.chain({Internet{}}, {inbox});
  CHECK(s.verdict() == "proved");
  of(s.only({Internet{}}, {inbox}), {A::Read});
  CHECK(s.verdict().starts_with("refuted: lab as arn:lab"));
}

TEST_CASE("two identities that a deployment gives may turn out to be one: that is undecided") {
  Scene s;
  const auto inbox = s.store("inbox");
  const auto office = s.somebody("office", {s.identity("clerk")}, {block("198.51.100.0/24")});
  const auto lab = s.somebody("lab", {s.identity("scientist")});
  const auto far = s.somebody("far", {s.identity("far_clerk")}, {block("203.0.113.0/24")});
  const auto flow = s.may(office, inbox, {A::Read});
  of(s.never({lab}, {inbox}), {A::Read});
  CHECK(s.verdict() == "undecided");
  CHECK(s.diagnostics.all().back().code == "CRN0606");
  REQUIRE(!s.diagnostics.all().back().notes.empty());
  CHECK(s.diagnostics.all().back().notes[0].span == flow);
  of(s.never({far}, {inbox}), {A::Read});  // their addresses are apart
  CHECK(s.verdict() == "proved");
  of(s.never({lab}, {inbox}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.chain({lab}, {inbox}), {A::Read});
  CHECK(s.verdict() == "undecided");
  of(s.only({lab}, {inbox}), {A::Read});
  CHECK(s.verdict().starts_with("refuted: office as `clerk` from "));
  of(s.always({lab}, {inbox}), {A::Read});
  CHECK(s.verdict() == "refuted: lab as `scientist` -> inbox : read");
  const auto upper = s.somebody("upper", {std::string("ABC")});
  const auto lower = s.somebody("lower", {std::string("abc")});
  s.may(upper, inbox, {A::Write});
  of(s.never({lower}, {inbox}), {A::Write});
  CHECK(s.verdict() == "undecided");
}

TEST_CASE("addresses that a deployment gives") {
  Scene s;
  const auto inbox = s.store("inbox");
  const auto p = s.parameter("senders", 28, 30, {block("198.51.100.0/24")});
  const auto office = s.site("office", {p});
  const auto lab = s.site("lab", {block("198.51.100.0/26")});
  s.may(office, inbox, {A::Write});
  of(s.only({office}, {inbox}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.never({lab}, {inbox}), {A::Write});
  CHECK(s.verdict().find(" with `senders` = 198.51.100.") != std::string::npos);
  of(s.never({blocks("203.0.113.0/24")}, {inbox}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.always({office}, {inbox}), {A::Write});
  CHECK(s.verdict() == "proved");
  of(s.always({lab}, {inbox}), {A::Write});
  CHECK(s.verdict().starts_with("refuted: lab from "));
}

TEST_CASE("always asks for every action, every identity and every address") {
  Scene s;
  const auto app = s.group("app");
  const auto inbox = s.store("inbox");
  const auto flow = s.may(app, inbox, {A::Read});
  of(s.always({app}, {inbox}), {A::Read});
  CHECK(s.verdict() == "proved");
  of(s.always({app}, {inbox}), {A::Read, A::Write, A::Archive});
  CHECK(s.verdict() == "refuted: app -> inbox : write, archive");
  CHECK(s.diagnostics.all().back().help == "say `allow app -> inbox : write, archive`, or claim less");
  CHECK(s.diagnostics.all().back().notes.at(0).span == flow);
  CHECK(s.diagnostics.all().back().notes.at(0).message == "this flow admits read");
  s.may(app, inbox, {A::Write, A::Delete, A::Archive});
  s.always({app}, {inbox});
  CHECK(s.verdict() == "proved");
  of(s.always({app}, {inbox}), {A::Read}).via = {model::ViaNat{}};
  CHECK(s.verdict() == "refuted: app -> inbox : read");
  const auto office = s.site("office", {block("198.51.100.0/24")});
  const auto half = s.site("half", {block("198.51.100.0/25")}, office);
  s.may(half, inbox, {A::Read});
  of(s.always({half}, {inbox}), {A::Read});
  CHECK(s.verdict() == "proved");
  of(s.always({office}, {inbox}), {A::Read});
  CHECK(s.verdict() == "refuted: office from 198.51.100.128 -> inbox : read");
  const auto two = s.somebody("two", {std::string("arn:a"), std::string("arn:b")});
  const auto one = s.somebody("one", {std::string("arn:a")});
  s.may(one, inbox, {A::Read});
  of(s.always({two}, {inbox}), {A::Read});
  CHECK(s.verdict() == "refuted: two as arn:b from 203.0.113.7 -> inbox : read");  // whoever is at half may
  of(s.always({one}, {inbox}), {A::Read});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("always is vacuous where nobody could act") {
  Scene s;
  const auto app = s.group("app");
  const auto web = s.group("web");
  const auto inbox = s.store("inbox");
  const auto front = s.balancer("front", model::Layer::Network, web, tcp(443), tcp(443));
  of(s.always({Internet{}, front}, {inbox}), {A::Read});
  CHECK(s.verdict() == "vacuous");
  s.design.groups[app].scale = {.min = 0, .max = 0, .cpu_percent = {}};
  of(s.always({app}, {inbox}), {A::Read});
  CHECK(s.verdict() == "vacuous");
  of(s.never({web}, {app, front}), {A::Read});  // nothing of the two can be read
  CHECK(s.verdict() == "vacuous");
  s.allow(web, web, net::Traffic::all());
  s.always({web}, {web});  // to groups it is packets that are meant
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a chain ends at what mediates") {
  Scene s;
  const auto web = s.group("web");
  const auto worker = s.group("worker");
  const auto orders = s.queue("orders");
  const auto news = s.topic("news");
  const auto files = s.store("files");
  const auto items = s.table("items");
  const auto front = s.balancer("front", model::Layer::Application, web, tcp(443), tcp(80));
  s.allow(Internet{}, front, tcp(443));
  s.may(web, orders, {A::Send});
  s.may(worker, orders, {A::Receive});
  s.may(web, news, {A::Publish});
  s.may(worker, news, {A::Subscribe});
  s.may(web, files, {A::Write});
  s.may(worker, files, {A::Read});
  s.may(web, items, {A::Put});
  s.may(worker, items, {A::Get});
  s.chain({web}, {worker});
  CHECK(s.verdict() == "proved");
  s.chain({Internet{}}, {worker});
  CHECK(s.verdict() == "proved");
  of(s.chain({Internet{}}, {orders}), {A::Send});
  CHECK(s.verdict() ==
        "refuted: 203.0.113.7 -> front tcp/443, front -> web tcp/80, web -> orders : send over the Internet");
  CHECK(s.diagnostics.all().back().code == "CRN0604");
  of(s.chain({Internet{}}, {orders}), {A::Receive});
  CHECK(s.verdict() == "proved");
  of(s.never({Internet{}}, {orders}), {A::Send});
  CHECK(s.verdict() == "proved");
  s.chain({Internet{}}, {files}, net::Traffic()).actions = {A::Write};
  CHECK(s.verdict().ends_with("web -> files : write over the Internet"));
}

TEST_CASE("a function that is called leads on; one that an event starts only from the store itself") {
  Scene s;
  const auto web = s.group("web");
  const auto sorter = s.function("sorter");
  const auto inbox = s.store("inbox");
  const auto results = s.store("results");
  s.may(web, sorter, {A::Invoke});
  s.may(sorter, results, {A::Write});
  of(s.chain({web}, {results}), {A::Write});
  CHECK(s.verdict() ==
        "refuted: web -> sorter : invoke over the Internet, sorter -> results : write over the Internet");
  const auto archiver = s.function("archiver");
  const auto trigger = s.may(inbox, archiver, {A::Invoke});
  const auto done = s.topic("done");
  s.may(archiver, done, {A::Publish});
  s.may(web, inbox, {A::Write});
  of(s.chain({web}, {done}), {A::Publish});
  CHECK(s.verdict() == "proved");
  of(s.chain({inbox}, {done}), {A::Publish});
  CHECK(s.verdict() == "refuted: inbox -> archiver : invoke by an event, archiver -> done : publish over the Internet");
  CHECK(s.diagnostics.all().back().notes.at(0).span == trigger);
  of(s.never({inbox}, {archiver}), {A::Invoke});
  CHECK(s.verdict() == "refuted: inbox -> archiver : invoke by an event");
  CHECK(s.diagnostics.all().back().notes.at(0).message == "this trigger admits it");
  of(s.always({inbox}, {archiver}), {A::Invoke});
  CHECK(s.verdict() == "proved");
}

TEST_CASE("a group that is started runs nothing of the caller's, and a site leads nowhere") {
  Scene s;
  const auto launcher = s.function("launcher");
  const auto workers = s.group("workers");
  const auto results = s.store("results");
  const auto inbox = s.store("inbox");
  const auto office = s.site("office", {block("198.51.100.0/24")});
  s.may(launcher, workers, {A::Launch});
  s.may(workers, results, {A::Write});
  s.chain({launcher}, {results});
  CHECK(s.verdict() == "proved");
  s.chain({launcher}, {workers});
  CHECK(s.verdict() == "refuted: launcher -> workers : launch over the Internet");
  s.allow(workers, office, tcp(443));
  s.may(office, inbox, {A::Read});
  s.chain({workers}, {inbox});
  CHECK(s.verdict() == "proved");
  s.chain({office}, {inbox});
  CHECK(s.verdict() == "refuted: office from 198.51.100.7 -> inbox : read");
  s.may(office, launcher, {A::Invoke});
  s.chain({office}, {workers});
  CHECK(s.verdict() ==
        "refuted: office from 198.51.100.7 -> launcher : invoke, launcher -> workers : launch over the Internet");
}
