#include <doctest/doctest.h>

#include <algorithm>

#include "backends/aws/backend.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

crenel::backend::Artifact artifact_of(const model::Design& design) {
  diagnostics::Diagnostics diagnostics;
  auto artifact = crenel::aws::backend().compile(design, crenel::backend::Format::Yaml, diagnostics);
  REQUIRE(artifact);
  return *std::move(artifact);
}

bool has(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

std::vector<std::string> residue(const crenel::backend::Artifact& artifact) {
  std::vector<std::string> out;
  for (const auto& one : artifact.residue) out.push_back(one.subject + ": " + one.text);
  return out;
}

}  // namespace

TEST_CASE("trap 36: the result is relative to what others may add outside the template") {
  for (const model::Design& design : samples()) {
    CHECK(has(artifact_of(design).assumptions, "nothing outside the template overrides it"));
  }
}

TEST_CASE("what nobody can close is said") {
  const auto artifact = artifact_of(crenel::tests::private_network());
  CHECK(has(residue(artifact), "default security group"));
  CHECK(has(residue(artifact), "name resolution"));
  CHECK(has(residue(artifact), "main.app: a network ACL remembers no conversation"));
  CHECK(has(artifact.assumptions, "`VpnKey` names a secret"));
  CHECK(has(artifact.assumptions, "root device"));
}

TEST_CASE("a health check over TCP of a UDP service is said") {
  CHECK(has(residue(artifact_of(odd_one())), "game: it sees over TCP"));
  CHECK_FALSE(has(residue(artifact_of(crenel::tests::network_balancer())), "over TCP"));
}

TEST_CASE("the account names what was made") {
  const auto artifact = artifact_of(crenel::tests::public_network());
  CHECK(has(artifact.account, "VPC main: 4 subnets in 2 zones"));
  CHECK(has(artifact.account, "public application load balancer front"));
  CHECK(has(artifact.account, "Auto Scaling group web: 2 to 10 instances"));
  CHECK(has(artifact.account, "2 security groups with 3 rules"));
  CHECK(has(artifact.account, "CAPABILITY_IAM"));
}

TEST_CASE("a template ends in a newline and names no secret") {
  for (const model::Design& design : samples()) {
    const auto artifact = artifact_of(design);
    CHECK(artifact.text.back() == '\n');
    CHECK(artifact.text.find("NoEcho") == std::string::npos);
  }
}
