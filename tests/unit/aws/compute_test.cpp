#include <doctest/doctest.h>

#include <tuple>

#include "backends/aws/names.h"
#include "tests/support/sample_designs.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

Value launch(const Template& made, const std::string& id) { return property(made, id, "LaunchTemplateData"); }

}  // namespace

TEST_CASE("every instance has session tokens, encrypted volumes and an address only where it was asked for") {
  for (const model::Design& design : samples()) {
    CAPTURE(design.name);
    const Template made = compiled(design);
    for (const model::Group& group : design.groups) {
      const Value data = launch(made, pascal_case(group.origin.path) + "LaunchTemplate");
      CHECK(text(at(data, {"MetadataOptions", "HttpTokens"})) == "required");
      CHECK(number(at(data, {"MetadataOptions", "HttpPutResponseHopLimit"})) == 1);
      for (const Value& device : elements(at(data, {"BlockDeviceMappings"}))) {
        CHECK(at(device, {"Ebs", "Encrypted"}) == Value(true));
        CHECK(text(at(device, {"Ebs", "VolumeType"})) == "gp3");
      }
      const Value card = elements(at(data, {"NetworkInterfaces"})).front();
      CHECK(at(card, {"AssociatePublicIpAddress"}) == Value(group.public_address));
      // With interfaces the groups belong there; EC2 refuses both.
      CHECK(at(data, {"SecurityGroupIds"}).is_null());
    }
  }
}

TEST_CASE("a group stretches over all zones of its tier and follows its launch template") {
  const Template made = compiled(crenel::tests::three_tiers());
  CHECK(elements(property(made, "AppGroup", "VPCZoneIdentifier")).size() == 3);
  const Value version = at(property(made, "AppGroup", "LaunchTemplate"), {"Version"});
  CHECK(text(elements(at(version, {"Fn::GetAtt"})).back()) == "LatestVersionNumber");
}

TEST_CASE("behind a balancer the balancer says who is well") {
  const Template made = compiled(crenel::tests::three_tiers());
  CHECK(text(property(made, "WebGroup", "HealthCheckType")) == "ELB");
  CHECK(elements(property(made, "WebGroup", "TargetGroupARNs")).size() == 1);
  CHECK(text(property(made, "AppGroup", "HealthCheckType")) == "EC2");
  CHECK(property(made, "AppGroup", "TargetGroupARNs").is_null());
}

TEST_CASE("a group that can grow follows its target; another has no policy") {
  const Template elastic = compiled(crenel::tests::private_network());
  CHECK(number(at(property(elastic, "AppCpuPolicy", "TargetTrackingConfiguration"), {"TargetValue"})) == 70);
  const Template fixed = compiled(crenel::tests::private_network_known());
  CHECK(of_type(fixed, kScalingPolicy).empty());
}

TEST_CASE("updates keep the smallest size in service, one instance at a time") {
  model::Design design = crenel::tests::private_network();
  for (const auto& [min, max, kept] : {std::tuple{2, 6, 2}, {1, 1, 0}, {3, 3, 2}, {0, 0, 0}}) {
    design.groups[model::GroupId(0)].scale = {.min = min, .max = max, .cpu_percent = {}};
    const Template made = compiled(design);
    const Resource& group = resource(made, "AppGroup");
    Value policy;
    for (const auto& [name, value] : group.attributes) {
      if (name == "UpdatePolicy") policy = value;
    }
    CHECK(number(at(policy, {"AutoScalingRollingUpdate", "MinInstancesInService"})) == kept);
  }
}

TEST_CASE("provider settings reach the launch template; the boot script is taken as it is") {
  const Template made = compiled(odd_one());
  const Value data = launch(made, "LeftLaunchTemplate");
  CHECK(text(at(data, {"InstanceType"})) == "m7i.large");
  CHECK(text(at(data, {"KeyName"})) == "operators");
  CHECK(text(at(data, {"UserData", "Fn::Base64"})) == "#!/bin/sh\necho \"${HOME}\" 'ready'\n");
  const Value other = launch(made, "RightLaunchTemplate");
  CHECK(at(other, {"KeyName"}).is_null());
  CHECK(at(other, {"UserData"}).is_null());
  CHECK(text(at(other, {"InstanceType"})) == "t3.small");
}

TEST_CASE("labels are a tag") {
  const Template made = compiled(odd_one());
  const auto tags = elements(property(made, "LeftGroup", "Tags"));
  CHECK(text(at(tags.back(), {"Key"})) == "crenel:labels");
  CHECK(text(at(tags.back(), {"Value"})) == "front_end monitored");
}

TEST_CASE("flow logs go to a log group that stays, by a role that can do nothing else") {
  const Template made = compiled(crenel::tests::public_network());
  CHECK(number(property(made, "MainFlowLogGroup", "RetentionInDays")) == 365);
  CHECK(resource(made, "MainFlowLogGroup").attributes.front().second == Value("Retain"));
  const auto policy = elements(property(made, "MainFlowLogRole", "Policies")).front();
  const auto statement = elements(at(policy, {"PolicyDocument", "Statement"})).front();
  CHECK(in_words(at(statement, {"Resource"})) == "MainFlowLogGroup");
  CHECK(text(property(made, "MainFlowLog", "TrafficType")) == "ALL");
  CHECK(number(property(compiled(odd_one()), "MainFlowLogGroup", "RetentionInDays")) == 30);

  model::Design silent = crenel::tests::public_network();
  silent.networks[model::NetworkId(0)].flow_logs = false;
  const Template without = compiled(silent);
  CHECK(of_type(without, kFlowLog).empty());
  CHECK(of_type(without, kRole).empty());
  CHECK(of_type(without, kLogGroup).empty());
}
