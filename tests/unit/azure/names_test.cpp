#include "backends/azure/names.h"

#include <doctest/doctest.h>

#include "compiler/base/text.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;

TEST_CASE("names are the declared path in PascalCase") {
  CHECK(pascal("app_rpc") == "AppRpc");
  CHECK(pascal(model::Path{"shop", "main", "app"}) == "ShopMainApp");
  CHECK(resource_name({"shop", "web"}, "Nsg").text() == "ShopWebNsg");
}

TEST_CASE("a description is cut at 140 bytes and never inside a character") {
  const std::string short_one = "updates";
  CHECK(short_description(short_one) == short_one);
  CHECK(short_description(std::string(140, 'x')).size() == 140);
  CHECK(short_description(std::string(141, 'x')).size() == 140);
  // 137 bytes are kept: the two-byte letter over the edge goes as a whole
  const std::string cut = short_description(std::string(136, 'x') + "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9");
  CHECK(cut.size() == 139);
  CHECK_FALSE(base::first_invalid_utf8(cut).has_value());
}

TEST_CASE("two groups whose names differ in case and underscores only collide") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::TierId tier = design.groups[tests::group_named(design, "app")].tier;
  (void)tests::add_group(design, "app_web", tier);
  (void)tests::add_group(design, "App_Web", tier);
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2001"});
}

TEST_CASE("a tier may not be called what Azure keeps for itself") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  design.tiers[design.networks[design.networks.ids().front()].tiers[0]].origin.path.back() = "gateway_subnet";
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2001"});
}

TEST_CASE("a parameter may not be called as one that the template needs itself") {
  model::Design design = tests::private_network();
  model::Parameter& space = *design.parameters.begin();
  space.origin.path = {"location"};
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2001"});
}

TEST_CASE("a name that Azure would not take is too long, with its length") {
  model::Design design = tests::for_azure(tests::two_tiers_one_site());
  const model::GroupId app = tests::group_named(design, "app");
  design.groups[app].origin.path = {std::string(70, 'g')};
  const auto fault = tests::first_fault(design);
  CHECK(tests::codes(design) == std::vector<std::string>{"CRN2002"});
  CHECK(fault.message.find("64 are allowed") != std::string::npos);
}
