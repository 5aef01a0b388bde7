#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "backends/aws/backend.h"
#include "backends/aws/names.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

TEST_CASE("a logical id is the declared path in PascalCase") {
  CHECK(pascal_case({"shop", "main", "web_app"}) == "ShopMainWebApp");
  CHECK(pascal_case({"web"}) == "Web");
  CHECK(pascal_case({"_a__b_2"}) == "AB2");
}

TEST_CASE("ids are letters and digits, and each is there once") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    std::set<std::string> ids;
    for (const Resource& one : made.resources) {
      CHECK(ids.insert(one.entry.id).second);
      CHECK(
          std::all_of(one.entry.id.begin(), one.entry.id.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
    }
  }
}

TEST_CASE("an id does not move when something is declared before it") {
  const Template before = compiled(crenel::tests::public_network());
  model::Design design = crenel::tests::public_network();
  model::Group first = design.groups[model::GroupId(0)];
  first.origin.path = {"another"};
  design.groups.add(first);
  std::set<std::string> after;
  for (const Resource& one : compiled(design).resources) after.insert(one.entry.id);
  for (const Resource& one : before.resources) CHECK(after.count(one.entry.id) == 1);
}

TEST_CASE("two paths that come to one name are one error") {
  model::Design design = crenel::tests::public_network();
  model::Group twin = design.groups[model::GroupId(0)];
  design.groups[model::GroupId(0)].origin.path = {"web_1"};
  twin.origin.path = {"web1"};
  design.groups.add(twin);
  const auto found = diagnosed(design);
  std::vector<std::string> codes;
  for (const auto& one : found.all()) codes.emplace_back(one.code);
  CHECK(codes == std::vector<std::string>{"CRN1001"});
  CHECK(found.all().front().message.find("group `web_1` and group `web1`") != std::string::npos);
}

TEST_CASE("a parameter can collide with a resource too") {
  model::Design design = crenel::tests::public_network();
  design.parameters[model::ParameterId(0)].origin.path = {"main_vpc"};
  CHECK(codes(design) == std::vector<std::string>{"CRN1001"});
}

TEST_CASE("the same design gives the same bytes") {
  for (const model::Design& design : samples()) {
    diagnostics::Diagnostics diagnostics;
    for (const auto format : {crenel::backend::Format::Json, crenel::backend::Format::Yaml}) {
      const auto one = crenel::aws::backend().compile(design, format, diagnostics);
      const auto two = crenel::aws::backend().compile(design, format, diagnostics);
      REQUIRE(one);
      REQUIRE(two);
      CHECK(one->text == two->text);
    }
  }
}

TEST_CASE("every resource type stands in the table, and every row of the table is used") {
  std::set<std::string_view> used;
  for (const model::Design& design : samples()) {
    for (const Resource& one : compiled(design).resources) used.insert(one.type.name);
  }
  std::set<std::string_view> listed;
  for (const ResourceType& type : kResourceTypes) CHECK(listed.insert(type.name).second);
  CHECK(used == listed);
}

TEST_CASE("CloudFormation's names are spelt in one file, those that are only read in another") {
  static const std::set<std::string> tables = {"resource_types.h", "lift_types.h", "lift_types.cpp",
                                               "lift_service_types.cpp"};
  const std::filesystem::path room = std::filesystem::path(CRENEL_SOURCE_DIR) / "backends" / "aws";
  for (const auto& entry : std::filesystem::directory_iterator(room)) {
    const std::string name = entry.path().filename().string();
    const std::string ending = entry.path().extension().string();
    if ((ending != ".cpp" && ending != ".h") || tables.contains(name)) continue;
    std::ifstream in(entry.path());
    std::stringstream all;
    all << in.rdbuf();
    CAPTURE(name);
    CHECK(all.str().find("AWS::") == std::string::npos);
  }
}
