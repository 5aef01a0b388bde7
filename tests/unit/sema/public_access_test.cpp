#include "compiler/model/public_access.h"

#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// What tiers need of the Internet, by what is declared.
namespace crenel::tests {
namespace {

using Use = model::InternetUse;

std::vector<Use> uses(const std::string& statements) {
  const Built made = built_from(
      "pattern p(image : image, key : secret) {\n"
      "  site office { addresses = [198.51.100.0/24]  device = 198.51.100.1 }\n"
      "  site branch { addresses = [203.0.113.0/24] }\n"
      "  network main { space = 10.0.0.0/16 \n"
      "    subnet edge : public { size = /26 }  subnet spare : public { size = /26 }\n"
      "    subnet gate : private { size = /26 }  subnet app : private { size = /24 } }\n"
      "  link main to office by vpn { key = key }\n"
      "  group edge in main.edge { image = image  public_address = true }\n"
      "  group spare in main.spare { image = image  public_address = true }\n"
      "  group app in main.app { image = image }\n" +
      statements + "\n}\n");
  CAPTURE(made.codes);
  REQUIRE(made.design);
  return model::internet_use(*made.design);
}

}  // namespace

TEST_CASE("a tier that no flow joins to the outside needs nothing of the Internet") {
  CHECK(uses("allow edge -> app : tcp/80") == std::vector<Use>{Use::None, Use::None, Use::None, Use::None});
}

TEST_CASE("what comes in, or goes out by the gateway, needs it both ways") {
  CHECK(uses("allow internet -> edge : tcp/443") == std::vector<Use>{Use::Both, Use::None, Use::None, Use::None});
  CHECK(uses("allow spare -> internet : tcp/443") == std::vector<Use>{Use::None, Use::Both, Use::None, Use::None});
  CHECK(uses("allow branch -> edge : tcp/443") == std::vector<Use>{Use::Both, Use::None, Use::None, Use::None});
  CHECK(uses("allow edge -> 192.0.2.0/24 : tcp/443") == std::vector<Use>{Use::Both, Use::None, Use::None, Use::None});
}

TEST_CASE("what a link carries is no matter of the Internet") {
  CHECK(uses("allow office -> app : tcp/22") == std::vector<Use>{Use::None, Use::None, Use::None, Use::None});
  CHECK(uses("allow app -> internet : tcp/443 via office") ==
        std::vector<Use>{Use::None, Use::None, Use::None, Use::None});
}

TEST_CASE("by NAT a tier goes out, and the first public tier, where it stands, is open") {
  CHECK(uses("allow app -> internet : tcp/443 via nat") ==
        std::vector<Use>{Use::Both, Use::None, Use::None, Use::Outward});
}

TEST_CASE("before an appliance it is the appliance's tier that needs it") {
  CHECK(uses("appliance filter in main.gate { image = image }\n"
             "allow app -> internet : tcp/443 via filter, nat") ==
        std::vector<Use>{Use::Both, Use::None, Use::Outward, Use::None});
}

TEST_CASE("an option of a provider is a guard's promise there alone") {
  model::Guard guard;
  CHECK(!model::blocks_public_access(guard));
  guard.settings["one"]["block_public_access"] = true;
  CHECK(model::blocks_public_access(guard));
  CHECK(model::blocks_public_access(guard, "one"));
  CHECK(!model::blocks_public_access(guard, "other"));
  guard.settings["one"]["block_public_access"] = false;
  CHECK(!model::blocks_public_access(guard));
}

}  // namespace crenel::tests
