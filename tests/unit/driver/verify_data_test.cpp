#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/driver/verify.h"
#include "tests/unit/driver/fake_world.h"

/// Templates of services held against a source. The provider is a fake one, whose templates are what the test says.
namespace crenel::driver {
namespace {

constexpr const char* kSource =
    "pattern depot() {\n"
    "  network main { space = 10.0.0.0/16  subnet work : isolated { size = /24 } }\n"
    "  store inbox {}\n"
    "  group app in main.work { image = \"img-1\" }\n"
    "  endpoint data in main.work for inbox\n"
    "  allow app -> inbox : read\n"
    "  only app -> inbox : read\n"
    "}\n";

/// Nothing but the store, as somebody left it, and whoever may read it.
std::optional<estate::Estate> lift_store(const base::Sources& /*sources*/, base::SourceId /*source*/,
                                         diagnostics::Diagnostics& /*diagnostics*/) {
  estate::Estate out;
  estate::Service store;
  store.kind = estate::Service::Kind::Store;
  store.name = "InboxBucket";
  store.stem = "Inbox";
  store.weaknesses = {{.what = "keeps no versions", .sure = true, .place = {}}};
  store.place = {.resource = "InboxBucket", .path = "/Resources/InboxBucket", .span = {}};
  const auto id = out.services.add(std::move(store));
  out.accesses.push_back({.who = estate::Anyone{},
                          .service = id,
                          .actions = {estate::Action::Read},
                          .anywhere = true,
                          .paths = {},
                          .from = {},
                          .doubt = {},
                          .place = {.resource = "Open", .path = "/Resources/Open", .span = {}}});
  return out;
}

}  // namespace

TEST_CASE("a weakness of a service, an access that nothing declares, and the claim that it breaks are told") {
  std::vector<backend::Backend> backends = {tests::fake_backends().front()};
  backends.front().lift = lift_store;
  base::MemoryFileSystem files({{"/w/depot.crenel", kSource}, {"/w/depot.json", "{}"}});
  Compilation compilation(files, backends, {.files = {"/w/depot.crenel"}});
  const auto verified = verify_template(compilation, "/w/depot.json", diagnostics::Severity::Error);
  REQUIRE(verified);
  const auto& all = compilation.diagnostics().all();
  const auto told = [&](std::string_view code) {
    return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
  };
  REQUIRE(told("CRN0919") != all.end());
  CHECK(told("CRN0919")->message == "the template does not keep what `depot` promises: `inbox` keeps no versions");
  REQUIRE(told("CRN0911") != all.end());
  CHECK(told("CRN0911")->message == "the template admits anyone -> inbox : read, and nothing of `depot` declares it");
  const auto& notes = told("CRN0911")->notes;
  CHECK(std::any_of(notes.begin(), notes.end(), [](const auto& note) {
    return note.message ==
           "over this template `only app -> inbox : read` does not hold: anyone -> inbox : read from anywhere";
  }));
  const auto json = nlohmann::json::parse(to_json(*verified));
  CHECK(json.at("verdict") == "different");
  REQUIRE(json.at("claims").size() == 1);
  CHECK(json.at("claims")[0].at("verdict") == "refuted");
  CHECK(json.at("claims")[0].at("at").at("path") == "/Resources/Open");
}

}  // namespace crenel::driver
