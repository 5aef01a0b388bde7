#include <doctest/doctest.h>

#include "backends/aws/agents.h"
#include "tests/unit/aws/designs.h"
#include "tests/unit/aws/template_view.h"

using namespace crenel;
using namespace crenel::aws;
using namespace crenel::aws::tests;

namespace {

/// A group with a way to the Internet.
struct Watched : Builder {
  model::GroupId app;

  Watched() {
    const auto main = network("main", "10.0.0.0/16");
    tier(main, "edge", model::TierKind::Public);
    const auto tier_of_app = tier(main, "app", model::TierKind::Private);
    app = group("app", tier_of_app);
    design.tiers[tier_of_app].way_out = model::NatWayOut{};
    flow(app, model::Internet{}, tcp(443), "app -> internet : https", {model::ViaNat{}});
  }

  model::AgentId agent(const std::string& name, const std::string& install,
                       std::optional<model::ParameterId> token = {}) {
    model::Agent made;
    made.origin.path = {name};
    made.install = install;
    made.token = token;
    const model::AgentId id = design.agents.add(std::move(made));
    design.groups[app].agents.push_back(id);
    return id;
  }
};

std::string handed(const model::Design& design) {
  std::string out;
  for (const UserDataPiece& piece : user_data(design, model::GroupId(0))) {
    const auto* said = std::get_if<std::string>(&piece);
    out += said == nullptr ? "<late>" : *said;
  }
  return out;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("without agents an instance is handed its boot text as it is, or nothing") {
  Watched fleet;
  CHECK(user_data(fleet.design, fleet.app).empty());
  fleet.design.groups[fleet.app].boot = "anything";
  CHECK(handed(fleet.design) == "anything");
  // An agent that is in the image needs nothing.
  fleet.agent("baked", "");
  CHECK(handed(fleet.design) == "anything");
}

TEST_CASE("agents come before the boot text, each a part of one message") {
  Watched fleet;
  fleet.design.groups[fleet.app].boot = "#cloud-config\nruncmd: []\n";
  fleet.agent("one", "start one");
  fleet.agent("two", "#!/usr/bin/python3\nstart()\n");
  const std::string all = handed(fleet.design);
  CHECK(all.starts_with("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"==part==\"\n\n--==part==\n"));
  CHECK(all.ends_with("\n--==part==--\n"));
  CHECK(count(all, "text/x-shellscript") == 2);
  CHECK(all.find("\n\n#!/bin/sh\nstart one\n--") != std::string::npos);
  CHECK(all.find("\n\n#!/usr/bin/python3\nstart()\n--") != std::string::npos);
  CHECK(all.find("start one") < all.find("start()"));
  CHECK(all.find("start()") < all.find("#cloud-config"));
}

TEST_CASE("before a boot script stands what names the things that it may use have") {
  Watched fleet;
  fleet.design.groups[fleet.app].boot = "#!/usr/bin/env python3\nwork()\n";
  const auto pieces = user_data(fleet.design, fleet.app, {"JOBS", "INBOX"});
  std::string all;
  for (const UserDataPiece& piece : pieces) {
    all += std::visit(base::Overloaded{[](const std::string& text) { return text; },
                                       [](const ValueOf& value) { return "<" + std::to_string(value.variable) + ">"; },
                                       [](const auto&) { return std::string("<late>"); }},
                      piece);
  }
  CHECK(all.find("\nREGION=<late>\nJOBS=<0>\nINBOX=<1>\nend-of-names\n") != std::string::npos);
  CHECK(all.find("/etc/crenel/names") < all.find("work()"));
  // A text that cannot be a part beside others is handed as it is, and so is none.
  fleet.design.groups[fleet.app].boot = "anything";
  CHECK(user_data(fleet.design, fleet.app, {"JOBS"}).size() == 1);
  fleet.design.groups[fleet.app].boot = "";
  CHECK(user_data(fleet.design, fleet.app, {"JOBS"}).empty());
}

TEST_CASE("what parts a message stands in no part of it") {
  Watched fleet;
  fleet.agent("one", "echo --==part==\necho end-of-installation\n",
              fleet.parameter("token", model::ParameterKind::Secret));
  const std::string all = handed(fleet.design);
  CHECK(all.find("boundary=\"==part==-\"") != std::string::npos);
  CHECK(count(all, "end-of-installation-\n") == 1);  // ends the text that begins after <<'end-of-installation-'
}

TEST_CASE("a token is read by a role that may read exactly it, and stands nowhere") {
  Watched fleet;
  const auto token = fleet.parameter("token", model::ParameterKind::Secret);
  fleet.agent("sensor", "register", token);
  const Template made = compiled(fleet.design);
  const Value policy = elements(property(made, "AppInstanceRole", "Policies")).front();
  const auto statements = elements(at(policy, {"PolicyDocument", "Statement"}));
  REQUIRE(statements.size() == 1);
  CHECK(text(at(statements.front(), {"Action"})) == "secretsmanager:GetSecretValue");
  CHECK(in_words(at(statements.front(), {"Resource"})) == in_words(document::array({reference_to("Token")})));
  CHECK(depends_on(made, "AppLaunchTemplate", "AppInstanceProfile"));
  CHECK(depends_on(made, "AppInstanceProfile", "AppInstanceRole"));
  REQUIRE(made.parameters.size() == 1);
  const std::string pattern = text(at(made.parameters.front().body, {"AllowedPattern"}));
  CHECK(pattern.starts_with("^arn:aws"));  // a name alone could not be named by a policy
  CHECK(at(made.parameters.front().body, {"Default"}).is_null());
}

TEST_CASE("a group whose agents have no token has no role") {
  Watched fleet;
  fleet.agent("sensor", "start");
  const Template made = compiled(fleet.design);
  CHECK(find(made, "AppInstanceRole") == nullptr);
  CHECK(at(property(made, "AppLaunchTemplate", "LaunchTemplateData"), {"IamInstanceProfile"}).is_null());
}

TEST_CASE("tokens out of reach and boot texts of another form are refused") {
  Watched fleet;
  fleet.agent("sensor", "register", fleet.parameter("token", model::ParameterKind::Secret));
  CHECK(codes(fleet.design).empty());
  model::Design other = fleet.design;
  other.groups[fleet.app].boot = "start";
  CHECK(codes(other) == std::vector<std::string>{"CRN1042"});
  fleet.design.flows.front().traffic = tcp(80);
  CHECK(codes(fleet.design) == std::vector<std::string>{"CRN1041"});
}

TEST_CASE("user data is counted with what agents add to it") {
  Watched fleet;
  fleet.agent("sensor", "#!/bin/sh\n" + std::string(17000, '#'));
  CHECK(codes(fleet.design) == std::vector<std::string>{"CRN1002"});
}
