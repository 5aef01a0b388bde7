#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "backends/aws/backend.h"
#include "backends/aws/limits.h"
#include "backends/aws/schema.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

using Lines = std::vector<std::string>;

/// A group whose way to the Internet costs 31 rules a port.
model::Design costly(int ports) {
  model::Design design = crenel::tests::private_network_known();
  for (model::Flow& flow : design.flows) {
    if (!std::holds_alternative<model::Internet>(flow.to)) continue;
    flow.traffic = net::Traffic();
    for (int port = 0; port < ports; ++port)
      flow.traffic = flow.traffic.united(tcp(static_cast<std::uint16_t>(443 + 2 * port)));
  }
  return design;
}

const crenel::backend::QuotaUse& use_of(const crenel::backend::Artifact& artifact, const std::string& subject,
                                        const Limit& limit) {
  const auto found = std::find_if(artifact.quotas.begin(), artifact.quotas.end(),
                                  [&](const auto& use) { return use.subject == subject && use.quota == limit.title; });
  REQUIRE(found != artifact.quotas.end());
  return *found;
}

crenel::backend::Artifact artifact_of(const model::Design& design) {
  diagnostics::Diagnostics diagnostics;
  auto artifact = crenel::aws::backend().compile(design, crenel::backend::Format::Json, diagnostics);
  REQUIRE(artifact);
  return *std::move(artifact);
}

}  // namespace

TEST_CASE("trap 33: rules are counted before anything is written, and the dearest flow is named") {
  CHECK(codes(costly(9)).empty());
  const auto found = diagnosed(costly(10));
  REQUIRE(found.all().size() == 1);
  const auto& error = found.all().front();
  CHECK(error.code == "CRN1002");
  CHECK(error.message == "`app (out)` needs 310 rules of 5 security groups in one direction; AWS allows 300");
  REQUIRE_FALSE(error.notes.empty());
  CHECK(error.notes.front().message == "`app -> internet : https` takes 310");
  CHECK(error.help.find("rules_per_security_group = 62") != std::string::npos);
}

TEST_CASE("an environment says what AWS has granted") {
  model::Design design = costly(2);
  design.environment = model::Environment{};
  design.environment->origin.path = {"prod"};
  design.environment->settings["aws"]["rules_per_security_group"] = std::int64_t{100};
  CHECK(codes(design).empty());
  CHECK(use_of(artifact_of(design), "app (out)", kRulesPerSecurityGroup).limit == 100);
  design.environment->settings["aws"]["rules_per_security_group"] = std::int64_t{1001};
  CHECK(codes(design) == Lines{"CRN1010"});
  design.environment->settings["aws"]["rules_per_security_group"] = std::int64_t{0};
  CHECK(codes(design) == Lines{"CRN1010"});
}

TEST_CASE("rules that one security group has no room for are spread over several") {
  const model::Design design = costly(5);
  const auto artifact = artifact_of(design);
  CHECK(use_of(artifact, "app (out), security group 1", kRulesPerSecurityGroup).used == 60);
  CHECK(use_of(artifact, "app (out), security group 2", kRulesPerSecurityGroup).used == 60);
  CHECK(use_of(artifact, "app (out), security group 3", kRulesPerSecurityGroup).used == 35);
  CHECK(use_of(artifact, "app", kGroupsPerInterface).used == 3);
  const Template made = compiled(design);
  for (const std::string name : {"AppSecurityGroup", "AppSecurityGroup2", "AppSecurityGroup3"}) {
    CAPTURE(name);
    const std::size_t out = inline_lines(made, name, true).size();
    CHECK(out == (name == "AppSecurityGroup3" ? 35 : 60));
  }
  // What takes nothing from anybody must not be open because it says nothing.
  CHECK(inline_lines(made, "AppSecurityGroup2", false).empty());
}

TEST_CASE("a group that has rules in one direction only sends nothing by the others") {
  model::Design design = crenel::tests::private_network_known();
  for (model::Flow& flow : design.flows) {
    if (!std::holds_alternative<model::SiteId>(flow.from)) continue;
    flow.traffic = net::Traffic();
    for (std::uint16_t port = 0; port < 100; ++port)
      flow.traffic = flow.traffic.united(tcp(static_cast<std::uint16_t>(5000 + 2 * port)));
  }
  const Template made = compiled(design);
  const auto lines = inline_lines(made, "AppSecurityGroup2", true);
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().find("255.255.255.255/32") != std::string::npos);
}

TEST_CASE("rules that touch are joined before a second security group is made") {
  model::Design design = costly(1);
  for (model::Flow& flow : design.flows) {
    if (!std::holds_alternative<model::SiteId>(flow.from)) continue;
    flow.traffic = net::Traffic();
  }
  const auto into = std::find_if(design.flows.begin(), design.flows.end(), [](const model::Flow& flow) {
    return std::holds_alternative<model::SiteId>(flow.from);
  });
  REQUIRE(into != design.flows.end());
  const model::Flow pattern = *into;
  design.flows.erase(into);
  for (std::uint16_t port = 0; port < 200; ++port) {
    model::Flow flow = pattern;
    flow.traffic = tcp(static_cast<std::uint16_t>(5000 + port));
    design.flows.push_back(flow);
  }
  const Template made = compiled(design);
  CHECK(of_type(made, kSecurityGroup).size() == 1);
  const auto lines = inline_lines(made, "AppSecurityGroup", false);
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().find("5000") != std::string::npos);
  CHECK(lines.front().find("5199") != std::string::npos);
}

TEST_CASE("more rules in each security group leave room for fewer of them: 1,000 at an interface") {
  model::Design design = costly(20);
  design.environment = model::Environment{};
  design.environment->origin.path = {"prod"};
  auto& settings = design.environment->settings["aws"];
  settings["rules_per_security_group"] = std::int64_t{400};
  CHECK(codes(design).empty());
  settings["rules_per_security_group"] = std::int64_t{60};
  settings["security_groups_per_network_interface"] = std::int64_t{11};
  CHECK(codes(design).empty());
  settings["security_groups_per_network_interface"] = std::int64_t{10};
  CHECK(codes(design) == Lines{"CRN1002"});
}

TEST_CASE("the implicit last rule of a network ACL counts") {
  const auto artifact = artifact_of(crenel::tests::private_network());
  CHECK(use_of(artifact, "main.app (out)", kRulesPerAcl).used == 6);
  CHECK(use_of(artifact, "main.app (in)", kRulesPerAcl).used == 4);
}

TEST_CASE("rules are counted as the template holds them") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const auto artifact = artifact_of(design);
    const Template made = compiled(design);
    CHECK(use_of(artifact, design.name, kResources).used == made.resources.size());
    CHECK(artifact.resources == made.resources.size());
    std::size_t counted = 0;
    for (const auto& use : artifact.quotas) counted += use.quota == kRulesPerSecurityGroup.title ? use.used : 0;
    std::size_t there = of_type(made, kSecurityGroupIngress).size() + of_type(made, kSecurityGroupEgress).size();
    for (const Resource* group : of_type(made, kSecurityGroup)) {
      for (const bool egress : {false, true}) {
        for (const std::string& line : inline_lines(made, group->entry.id, egress)) {
          const bool stand_in = line.find("255.255.255.255/32") != std::string::npos;
          const bool other_family = line.find("::") != std::string::npos;  // counted by itself, and here less
          there += stand_in || other_family ? 0 : 1;
        }
      }
    }
    CHECK(counted == there);
  }
}

TEST_CASE("a Region gives five addresses until it is asked for more") {
  const model::Design design = crenel::tests::three_tiers();
  const auto artifact = artifact_of(design);
  CHECK(use_of(artifact, "template", kElasticAddresses).used == 3);
  CHECK(use_of(artifact, "template", kElasticAddresses).adjustable);
  CHECK_FALSE(use_of(artifact, design.name, kResources).adjustable);
}

TEST_CASE("a template has room for 500 resources") {
  Builder make;
  make.design.name = "large";
  const auto main = make.network("main", "10.0.0.0/16", 1);
  const auto tier = make.tier(main, "app", model::TierKind::Isolated);
  for (int i = 0; i < 170; ++i) make.group("g" + std::to_string(i), tier);
  const auto found = codes(make.design);
  CHECK(found == Lines{"CRN1002", "CRN1002"});  // resources, and two outputs a group
}

TEST_CASE("a boot script has 16 KB") {
  model::Design design = crenel::tests::private_network();
  design.groups[model::GroupId(0)].boot = std::string(16384, '#');
  CHECK(codes(design).empty());
  design.groups[model::GroupId(0)].boot += '#';
  CHECK(codes(design) == Lines{"CRN1002"});
}

TEST_CASE("the schema publishes the adjustable limits and no other") {
  std::set<std::string_view> published;
  for (const auto& attribute : schema().attributes) {
    CHECK_FALSE(attribute.doc.empty());
    if (attribute.kind == "environment") published.insert(attribute.name);
  }
  for (const Limit& limit : kLimits) {
    CAPTURE(limit.name);
    CHECK((published.count(limit.name) == 1) == limit.adjustable());
    CHECK_FALSE(limit.source.empty());
    CHECK(limit.value > 0);
  }
}
