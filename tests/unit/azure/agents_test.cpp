#include <doctest/doctest.h>

#include "backends/azure/lower.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/azure/support.h"

using namespace crenel;
using namespace crenel::azure;
using document::Value;
using tests::at;
using tests::built;
using tests::elements;
using tests::resource;
using tests::text_of;

namespace {

model::Design watched(const std::string& install, bool token) {
  model::Design design = tests::public_network();
  model::Agent agent;
  agent.origin.path = {"sensor"};
  agent.install = install;
  if (token) {
    model::Parameter secret;
    secret.origin.path = {"sensor_token"};
    secret.kind = model::ParameterKind::Secret;
    agent.token = design.parameters.add(std::move(secret));
  }
  const model::AgentId id = design.agents.add(std::move(agent));
  design.groups.begin()->agents.push_back(id);
  return design;
}

std::vector<Value> extensions(const Value& made) {
  const Value all = at(resource(made, kScaleSet, "WebScaleSet"),
                       {"properties", "virtualMachineProfile", "extensionProfile", "extensions"});
  return all.is_null() ? std::vector<Value>() : elements(all);
}

const Value* agents_of(const std::vector<Value>& all) {
  for (const Value& each : all) {
    if (text_of(at(each, {"name"})) == "Agents") return &each;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("agents are installed by an extension whose script is a protected setting") {
  const Value made = built(watched("start sensor", false));
  const auto all = extensions(made);
  const Value* agents = agents_of(all);
  REQUIRE(agents != nullptr);
  CHECK(text_of(at(*agents, {"properties", "type"})) == kScriptExtensionType);
  CHECK(at(*agents, {"properties", "settings"}).is_null());
  CHECK(text_of(at(*agents, {"properties", "protectedSettings", "script"})) == "[base64(variables('WebAgents1'))]");
  const std::string script = text_of(at(made, {"variables", "WebAgents1"}));
  CHECK(script.find("\n#!/bin/sh\nstart sensor\nend-of-installation\n") != std::string::npos);
}

TEST_CASE("a token is a secure parameter that only the protected setting takes in, out of the shell's sight") {
  const Value made = built(watched("register", true));
  const auto all = extensions(made);
  const Value* agents = agents_of(all);
  REQUIRE(agents != nullptr);
  CHECK(text_of(at(*agents, {"properties", "protectedSettings", "script"})) ==
        "[base64(concat(variables('WebAgents1'), base64(parameters('SensorToken')), variables('WebAgents2')))]");
  CHECK(text_of(at(made, {"parameters", "SensorToken", "type"})) == "securestring");
  CHECK(tests::number_of(at(made, {"parameters", "SensorToken", "minLength"})) == 1);
  CHECK(at(made, {"parameters", "SensorToken", "maxLength"}).is_null());
}

TEST_CASE("an agent that is in the image needs no extension") {
  CHECK(agents_of(extensions(built(watched("", true)))) == nullptr);
}

TEST_CASE("a script that is too large is refused") {
  CHECK(tests::codes(watched(std::string(250000, '#'), false)) == std::vector<std::string>{"CRN2003"});
}
