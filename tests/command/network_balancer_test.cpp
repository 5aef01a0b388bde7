#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/command/edited.h"

/// A network balancer and its targets in strict tiers, from outside: whatever their lists lack is told, the balancer's
/// own checks included, which its clients' packets could hide.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/agreement/programs/listed_sinks.crenel";
constexpr const char* kEntry = "AWS::EC2::NetworkAclEntry";

}  // namespace

TEST_CASE("every entry of the lists around a network balancer is needed") {
  Edited copy(kProgram, "listed_sinks.aws");
  CHECK(copy.verified().exit_code == 0);
  const Edited::Json built = copy.document;
  std::size_t entries = 0;
  for (const auto& [name, resource] : built.at("Resources").items()) {
    if (resource.at("Type") != kEntry) continue;
    CAPTURE(name);
    copy.document = built;
    copy.document["Resources"].erase(name);
    const Outcome outcome = copy.verified();
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("->") != std::string::npos);
    ++entries;
  }
  CHECK(entries > 10);
}

TEST_CASE("a list that stops a balancer's checks is told with what stops them") {
  Edited copy(kProgram, "listed_sinks.aws");
  bool closed = false;
  for (auto& [name, resource] : copy.document["Resources"].items()) {
    if (resource.at("Type") != kEntry) continue;
    auto& entry = resource["Properties"];
    const bool checks = entry.value("Egress", false) == false && entry.at("Protocol") == 6 &&
                        entry.contains("PortRange") && entry["PortRange"].at("From") == 5514;
    if (!checks) continue;
    entry["RuleAction"] = "deny";
    closed = true;
  }
  REQUIRE(closed);
  const Outcome outcome = copy.verified();
  CHECK(outcome.exit_code == 1);
  CAPTURE(outcome.err);
  CHECK(outcome.err.find("intake -> sinks tcp/5514") != std::string::npos);
}
