#include "tests/agreement/agreement.h"

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "tests/support/sample_designs.h"

namespace {

void check(const crenel::model::Design& design, const crenel::backend::Backend& backend) {
  CAPTURE(design.name);
  const auto outcome = crenel::agreement::agree(design, backend);
  for (const std::string& line : outcome.disagreements) FAIL_CHECK(std::string(backend.name), ": ", line);
  CHECK(outcome.packets > 100);
  // a comparison in which the design admits nothing would prove nothing
  CHECK(outcome.admitted > 0);
}

/// Regions, images and certificates have each provider's own names.
crenel::model::Design on_azure(crenel::model::Design design) {
  if (!design.region.empty()) design.region = "westeurope";
  for (auto& group : design.groups) {
    if (std::holds_alternative<std::string>(group.image)) {
      group.image =
          "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/images/providers/"
          "Microsoft.Compute/images/server";
    }
  }
  for (auto& balancer : design.balancers) {
    if (balancer.certificate && std::holds_alternative<std::string>(*balancer.certificate)) {
      balancer.certificate = "https://acme.vault.azure.net/secrets/front";
    }
  }
  return design;
}

void check_both(const crenel::model::Design& design) {
  check(design, crenel::aws::backend());
  check(on_azure(design), crenel::azure::backend());
}

}  // namespace

TEST_CASE("a public network admits what it declares") { check_both(crenel::tests::public_network()); }
TEST_CASE("managed over the Internet from one address") { check_both(crenel::tests::public_network_direct()); }
TEST_CASE("a private network behind a data center") { check_both(crenel::tests::private_network()); }
TEST_CASE("Internet through the data center, by arithmetic") { check_both(crenel::tests::private_network_known()); }
TEST_CASE("three tiers, one of them with NAT") { check_both(crenel::tests::three_tiers()); }
TEST_CASE("a balancer that keeps the client's address") { check_both(crenel::tests::network_balancer()); }
TEST_CASE("two tiers, two uses of one site") { check_both(crenel::tests::two_tiers_one_site()); }

namespace {

std::string text_of(const crenel::model::Design& design, const crenel::backend::Backend& backend) {
  crenel::diagnostics::Diagnostics diagnostics;
  return backend.compile(design, crenel::backend::Format::Json, diagnostics).value().text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

bool reports(const crenel::agreement::Outcome& outcome, const std::string& kind) {
  for (const std::string& line : outcome.disagreements) {
    if (line.rfind(kind, 0) == 0) return true;
  }
  return false;
}

}  // namespace

// A comparison that cannot fail would prove nothing: one wrong value in a template must show.
TEST_CASE("a template changed by hand is found out") {
  using crenel::agreement::agree;
  const auto office = crenel::tests::private_network_known();
  const std::string aws = text_of(office, crenel::aws::backend());
  CHECK(agree(office, "aws", aws).disagreements.empty());
  CHECK(reports(agree(office, "aws", replaced(aws, "\"FromPort\": 8443", "\"FromPort\": 22")), "WIDER"));
  CHECK(reports(agree(office, "aws", replaced(aws, "\"ToPort\": 8443", "\"ToPort\": 8442")), "NARROWER"));
  const auto azure_office = on_azure(office);
  const std::string azure = text_of(azure_office, crenel::azure::backend());
  CHECK(agree(azure_office, "azure", azure).disagreements.empty());
  CHECK(
      reports(agree(azure_office, "azure", replaced(azure, "\"access\": \"Deny\"", "\"access\": \"Allow\"")), "WIDER"));
  CHECK(reports(agree(azure_office, "azure", replaced(azure, "\"access\": \"Allow\"", "\"access\": \"Deny\"")),
                "NARROWER"));
}
