#include <doctest/doctest.h>

#include <string>

#include "tests/command/edited.h"

/// Networks whose packets go by a transit gateway to appliances in several zones, from outside.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/golden/several_appliances/input.crenel";
constexpr const char* kAttachment = "AWS::EC2::TransitGatewayAttachment";
constexpr const char* kUndecided = "CRN0913";

}  // namespace

TEST_CASE("answers have to come by the zone of an appliance by which packets went") {
  Edited copy(kProgram, "inspected_in_a_hub.aws");
  CHECK(copy.verified().exit_code == 0);
  std::size_t changed = 0;
  for (auto& [name, resource] : copy.document["Resources"].items()) {
    if (resource.at("Type") != kAttachment) continue;
    auto& mode = resource["Properties"]["Options"]["ApplianceModeSupport"];
    if (mode != "enable") continue;
    mode = "disable";
    ++changed;
  }
  REQUIRE(changed == 1);
  const Outcome outcome = copy.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find(kUndecided) != std::string::npos);
  CHECK(outcome.err.find("not in the mode for appliances") != std::string::npos);
}
