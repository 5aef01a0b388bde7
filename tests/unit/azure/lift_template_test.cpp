#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "backends/azure/lift_template.h"
#include "backends/document/reader.h"
#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel;

namespace {

struct Flat {
  std::vector<std::string> names;  ///< type and name of each
  std::vector<std::string> unknowns;
};

Flat flat(const std::string& text) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const auto document = document::read(sources, sources.add("template.json", text), diagnostics);
  REQUIRE(document.has_value());
  const azure::lifting::Template made = azure::lifting::flatten(document->root());
  Flat out;
  for (const auto& each : made.resources) {
    std::string name = each.id.type + " " + each.id.name();
    if (each.presence == azure::lifting::Presence::Open) name += " perhaps";
    if (each.repeated) name += " repeated";
    if (each.existing) name += " existing";
    out.names.push_back(std::move(name));
  }
  for (const auto& each : made.unknowns) out.unknowns.push_back(each.what);
  return out;
}

std::string resource(std::string_view name, std::string_view more = "") {
  std::string out = R"({"type": "A.B/c", "apiVersion": "2020-01-01", "name": ")" + std::string(name) + "\"";
  if (!more.empty()) out += ", " + std::string(more);
  return out + "}";
}

std::vector<std::string> names(std::initializer_list<const char*> of) { return {of.begin(), of.end()}; }

}  // namespace

TEST_CASE("what is no template of Azure is said to be none") {
  const std::vector<std::string> none = {"CRN2101"};
  CHECK(faults(R"({"Resources": {"A": {"Type": "AWS::EC2::VPC"}}})") == none);
  CHECK(faults(R"({"$schema": "https://x/deploymentParameters.json#", "parameters": {}})") == none);
  CHECK(faults(R"({"$schema": "https://x/deploymentTemplate.json#"})") == none);
  CHECK(faults(R"({"$schema": "https://x/deploymentTemplate.json#", "resources": "none"})") == none);
  CHECK(faults("[]") == none);
  CHECK(faults("- a\n- b\n") == none);
  CHECK(faults(template_of("")).empty());
  CHECK(faults(R"({"contentVersion": "1.0.0.0", "resources": []})").empty());
}

TEST_CASE("children stand in their parents, on their own, or in what another name refers to") {
  CHECK(flat(template_of(resource("a", R"("resources": [{"type": "d", "name": "b"}])"))).names ==
        names({"A.B/c a", "A.B/c/d a/b"}));
  CHECK(flat(template_of(resource("a", R"("resources": [{"type": "A.B/c/d", "name": "a/b"}])"))).names ==
        names({"A.B/c a", "A.B/c/d a/b"}));
  CHECK(flat(template_of(R"({"type": "A.B/c/d", "name": "[concat('a', '/', 'b')]"})")).names == names({"A.B/c/d a/b"}));
  const Flat wrong = flat(template_of(R"({"type": "A.B/c/d", "name": "a"})"));
  CHECK(wrong.names.empty());
  CHECK(wrong.unknowns.size() == 1);
}

TEST_CASE("copies are made, and those that cannot be counted stand for all") {
  CHECK(flat(template_of(resource("[concat('a', copyIndex())]", R"("copy": {"name": "l", "count": 2})"))).names ==
        names({"A.B/c a0", "A.B/c a1"}));
  CHECK(flat(template_of(resource("[format('a{0}', copyIndex('l', 1))]", R"("copy": {"name": "l", "count": "2"})")))
            .names == names({"A.B/c a1", "A.B/c a2"}));
  CHECK(flat(template_of(resource("a", R"("copy": {"name": "l", "count": 0})"))).names.empty());
  const Flat open =
      flat(template_of(resource("[concat('a', copyIndex())]", R"("copy": {"name": "l", "count": "[parameters('n')]"})"),
                       R"("n": {"type": "int"})"));
  REQUIRE(open.names.size() == 1);
  CHECK(open.names.front().ends_with("repeated"));
}

TEST_CASE("a condition that is false takes its resource away; one that is open leaves it in doubt") {
  CHECK(flat(template_of(resource("a", R"("condition": false)"))).names.empty());
  CHECK(flat(template_of(resource("a", R"("condition": "[equals(1, 1)]")"))).names == names({"A.B/c a"}));
  const std::string open = R"("condition": "[parameters('p')]", "resources": [{"type": "d", "name": "b"}])";
  CHECK(flat(template_of(resource("a", open), R"("p": {"type": "bool", "defaultValue": false})")).names ==
        names({"A.B/c a perhaps", "A.B/c/d a/b perhaps"}));
}

TEST_CASE("language version 2: resources by symbolic names") {
  const std::string text = R"({"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "languageVersion": "2.0",
    "resources": {"one": {"type": "A.B/c", "name": "a"}, "two": {"type": "A.B/c", "name": "b", "existing": true}}})";
  CHECK(flat(text).names == names({"A.B/c a", "A.B/c b existing"}));
}

TEST_CASE("nested deployments are read in the scope that they say") {
  const std::string inside = R"({"$schema": "https://x/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
    "parameters": {"n": {"type": "string", "defaultValue": "standard"}},
    "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('n')]"}]})";
  const auto deployment = [&](const std::string& more) {
    return template_of(R"({"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d",
      "properties": {"mode": "Incremental", )" +
                           more + R"("template": )" + inside + "}}",
                       R"("n": {"type": "string", "allowedValues": ["outer"]})");
  };
  const std::string inner = R"("expressionEvaluationOptions": {"scope": "inner"}, )";
  CHECK(flat(deployment("")).names.back() == "A.B/c outer");
  CHECK(flat(deployment(inner)).names.back() == "A.B/c standard");
  CHECK(
      flat(deployment(inner + R"("parameters": {"n": {"value": "[concat(parameters('n'), '!')]"}}, )")).names.back() ==
      "A.B/c outer!");
  const std::string open = R"({"type": "Microsoft.Resources/deployments", "name": "d", "condition": "[parameters('p')]",
    "properties": {"template": {"resources": [{"type": "A.B/c", "name": "a"}]}}})";
  CHECK(flat(template_of(open, R"("p": {"type": "bool"})")).names.back() == "A.B/c a perhaps");
  const Flat linked = flat(template_of(R"({"type": "Microsoft.Resources/deployments", "name": "d",
      "properties": {"templateLink": {"uri": "https://elsewhere.example/t.json"}}})"));
  CHECK(linked.unknowns.size() == 1);
}

TEST_CASE("each nested deployment has a name of its own") {
  const auto module = [](const std::string& name) {
    return R"({"type": "Microsoft.Resources/deployments", "name": ")" + name + R"(", "properties": {
      "expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": [
      {"type": "A.B/c", "name": "[concat('x', deployment().name)]"}]}}})";
  };
  CHECK(flat(template_of(module("m") + ", " + module("n"))).names ==
        names({"Microsoft.Resources/deployments m", "A.B/c xm", "Microsoft.Resources/deployments n", "A.B/c xn"}));
  CHECK(flat(template_of(resource("[deployment().name]"))).names.back() == "A.B/c {deployment().name}");
}

TEST_CASE("what a nested deployment gives back is known where its template is") {
  const auto module = [](const std::string& name, const std::string& value, const std::string& parameters = "") {
    return R"({"type": "Microsoft.Resources/deployments", "name": ")" + name + R"(", "properties": {
      "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {)" +
           parameters + R"(}, "template": {"parameters": {"p": {"type": "string"}}, "resources": [],
      "outputs": {"x": {"type": "string", "value": ")" +
           value + R"("}}}}})";
  };
  const std::string own = "[reference('m').outputs.x.value]";
  const std::string by_id =
      "[reference(resourceId('Microsoft.Resources/deployments', 'm'), '2022-09-01').outputs.x.value]";
  for (const std::string& reference : {own, by_id}) {
    CHECK(flat(template_of(module("m", "[concat('a', 'b')]") + ", " + resource(reference))).names.back() == "A.B/c ab");
  }
  const std::string given = R"("p": {"value": "[reference('n').outputs.x.value]"})";
  CHECK(flat(template_of(module("m", "[parameters('p')]", given) + ", " + module("n", "deep") + ", " + resource(own)))
            .names.back() == "A.B/c deep");
  // deployments that wait for each other have no values, and nobody waits for them
  const std::string back = R"("p": {"value": "[reference('m').outputs.x.value]"})";
  const Flat cycle = flat(template_of(module("m", "[parameters('p')]", given) + ", " +
                                      module("n", "[parameters('p')]", back) + ", " + resource(own)));
  CHECK(cycle.names.back().ends_with(".outputs.x.value}"));
  CHECK(flat(template_of(resource(own))).names.back() == "A.B/c {reference('m').outputs.x.value}");
}
