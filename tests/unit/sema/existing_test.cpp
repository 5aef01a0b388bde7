#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/model/existing.h"
#include "tests/unit/sema/front.h"

/// Things that were made elsewhere.
namespace crenel::tests {
namespace {

std::string with_existing(const std::string& statements) {
  return "pattern p(image : image, clerk : identity, bucket : string) {\n"
         "  site desk { addresses = [203.0.113.0/28]  identities = [clerk] }\n"
         "  network main { space = 10.0.0.0/16  subnet work : isolated { size = /26 } }\n"
         "  group worker in main.work { image = image }\n"
         "  existing store audit = bucket\n"
         "  existing vault keys  = \"key\"\n"
         "  endpoint data in main.work for audit\n" +
         statements + "\n}\n";
}

/// The design; the codes of what went wrong, without a warning of what is not used.
std::optional<model::Design> built(const std::string& statements, std::string* codes = nullptr) {
  Front front(with_existing(statements));
  const auto all = front.check();
  REQUIRE(all.size() == 1);
  REQUIRE(all.front().has_value());
  auto design = sema::build_design(*all.front(), front.found);
  for (const auto& one : front.found.all()) {
    if (codes != nullptr && one.code != "CRN0220") *codes += one.code;
  }
  return design;
}

std::string built_codes(const std::string& statements) {
  std::string codes;
  CHECK_FALSE(built(statements, &codes).has_value());
  return codes;
}

TEST_CASE("an ID is a text, or a parameter") {
  const auto design = built("  allow worker -> audit : read");
  REQUIRE(design.has_value());
  const auto audit = design->stores.ids().front();
  const auto keys = design->vaults.ids().front();
  REQUIRE(design->stores[audit].existing.has_value());
  REQUIRE(design->vaults[keys].existing.has_value());
  CHECK(std::holds_alternative<model::ParameterId>(design->stores[audit].existing->id));
  CHECK(design->vaults[keys].existing->id == model::Late<std::string>("key"));
  CHECK(model::existing_of(*design, audit) != nullptr);
  CHECK(model::is_used(*design, audit));
  CHECK_FALSE(model::is_used(*design, keys));
  CHECK(codes_of("pattern p() { existing store s = 10.0.0.0/8 }\n") == "CRN0301");
}

TEST_CASE("what is taken for granted is said, of a claim too") {
  const auto design =
      built("  store own  store again { key = keys }\n  never internet -> audit\n  never internet -> own");
  REQUIRE(design.has_value());
  const auto said = [&](const std::string& text) {
    return std::count(design->assumptions.begin(), design->assumptions.end(), text);
  };
  CHECK(said("`audit` is made elsewhere: its own rules let in whom the flows here name, and nobody else.") == 1);
  CHECK(said("`keys` is made elsewhere: its own rules let in whom the flows here name, and nobody else.") == 1);
  CHECK(said("`keys` and `audit` are two.") == 0);
  CHECK(model::assumptions_of(*design, design->claims.at(0)).size() == 1);
  CHECK(model::assumptions_of(*design, design->claims.at(1)).empty());
  CHECK(model::is_used(*design, design->vaults.ids().front()));
}

TEST_CASE("one thing has one name: CRN0461; a parameter may turn out to be another: an assumption") {
  CHECK(built_codes("  existing store same = bucket") == "CRN0461");
  const auto design = built("  existing store other = \"somewhere\"");
  REQUIRE(design.has_value());
  CHECK(std::count(design->assumptions.begin(), design->assumptions.end(), "`audit` and `other` are two.") == 1);
}

TEST_CASE("sites and events are its own matter: CRN0462") {
  CHECK(built_codes("  allow desk -> audit : read") == "CRN0462");
  CHECK(built_codes("  function f { code = \"c\"  runtime = \"python3.13\"  on created(audit) }\n"
                    "  allow f -> internet : packets")
            .find("CRN0462") != std::string::npos);
}

}  // namespace
}  // namespace crenel::tests
