#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Agents and databases, from their texts to designs.
namespace crenel::tests {
namespace {

/// A network with a public tier, a private one with group `app`, and an isolated one; and what is declared beside.
Built built(const std::string& statements) {
  return built_from(
      "import std/services { https, ssh, postgres }\n"
      "label held\n"
      "pattern p(token : secret, image : image) {\n"
      "  network main { space = 10.0.0.0/16  subnet front : public { size = /26 }  subnet app : private { size = /24 "
      "}\n"
      "    subnet data : isolated { size = /26 } }\n"
      "  site collector { addresses = [203.0.113.64/28] }\n"
      "  site lab { addresses = [203.0.113.72/30]  inside = collector }\n" +
      statements + "\n}\n");
}

std::string codes(const std::string& statements) { return built(statements).codes; }

const char* const kSensor = "agent sensor { install = \"x\"  reports_to = collector }\n";
const char* const kApp = "group app in main.app { image = image  agents = [sensor] }\n";

}  // namespace

TEST_CASE("an agent reaches the model, and each group names it once") {
  const Built made = built(
      "agent sensor { install = \"install\"  token = token  cloud_native = true  provides = [ids]  reports_to = "
      "collector }\n"
      "group app in main.app { image = image  agents = [sensor, sensor] }\n"
      "allow app -> collector : https via nat");
  CAPTURE(made.codes);
  REQUIRE(made.design);
  const model::Agent& agent = made.design->agents[model::AgentId(0)];
  CHECK(agent.install == "install");
  CHECK(agent.token.has_value());
  CHECK(agent.cloud_native);
  CHECK(agent.provides == std::vector<std::string>{"ids"});
  CHECK(std::holds_alternative<model::SiteId>(agent.reports_to.value()));
  CHECK(made.design->groups[model::GroupId(0)].agents == std::vector{model::AgentId(0)});
}

TEST_CASE("an agent that no flow lets report: CRN0441") {
  const std::string both = std::string(kSensor) + kApp;
  CHECK(codes(both) == "CRN0441");
  CHECK(codes(both + "allow app -> collector : https via nat").empty());
  // A part of the site is not the site; the Internet holds a site that nothing else leads to.
  CHECK(codes(both + "allow app -> lab : https via nat") == "CRN0441");
  CHECK(codes(both + "allow app -> internet : https via nat").empty());
  CHECK(codes("agent sensor { install = \"x\"  reports_to = lab }\n" + std::string(kApp) +
              "allow app -> collector : https via nat")
            .empty());
}

TEST_CASE("an agent that reports to a group, and the group itself") {
  const std::string sensor = "agent sensor { install = \"x\"  reports_to = hub }\n";
  const std::string hub = "group hub in main.app { image = image  agents = [sensor] }\n";
  CHECK(codes(sensor + hub).empty());
  CHECK(codes(sensor + hub + kApp) == "CRN0441");
  CHECK(codes(sensor + hub + kApp + "allow app -> hub : https").empty());
}

TEST_CASE("a database reaches the model") {
  const Built made =
      built("database db in main.data { engine = postgres16  size = large  backup = 14d  labels = [held] }");
  CAPTURE(made.codes);
  REQUIRE(made.design);
  const model::Database& database = made.design->databases[model::DatabaseId(0)];
  CHECK(database.engine == "postgres16");
  CHECK(database.size == model::Size::Large);
  CHECK(database.backup_seconds == 14 * 86400);
  CHECK(database.labels == std::vector<std::string>{"held"});
}

TEST_CASE("engines and backups that no provider has: CRN0442, CRN0443") {
  CHECK(codes("database db in main.data { engine = postgres6 }") == "CRN0442");
  CHECK(codes("database db in main.data { engine = postgres16  backup = 36d }") == "CRN0443");
  CHECK(codes("database db in main.data { engine = postgres16  backup = 36h }") == "CRN0443");
}

TEST_CASE("flows with a database: its port, towards it, and never from the Internet") {
  const std::string app = "group app in main.app { image = image }\n";
  const std::string db = "database db in main.data { engine = postgres16 }\n";
  CHECK(codes(app + db + "allow app -> db : postgres").empty());
  CHECK(codes(app + db + "allow app -> db : ssh") == "CRN0542");
  CHECK(codes(app + db + "allow db -> app : postgres") == "CRN0541");
  CHECK(codes(db + "allow internet -> db : postgres") == "CRN0511");
  CHECK(codes("database db in main.front { engine = postgres16 }\nallow internet -> db : postgres") == "CRN0543");
  // Every action of a database is its engine's.
  const Built all = built(app + db + "allow app -> db : any");
  REQUIRE(all.design);
  CHECK(all.design->flows.front().traffic == net::Traffic::of(net::Protocol::Tcp, 5432, 5432));
}

TEST_CASE("a database is one of those inside, of its tier and of its labels") {
  const std::string both =
      "group app in main.app { image = image }\n"
      "database db in main.data { engine = postgres16  labels = [held] }\nallow app -> db : postgres\n";
  for (const char* claim :
       {"never internet ~> held", "only app -> main.data : postgres", "never main.data -> inside"}) {
    CAPTURE(claim);
    const Built made = built(both + claim);
    REQUIRE(made.design);
    const model::Claim& read = made.design->claims.front();
    const auto holds = [](const std::vector<model::Endpoint>& side) {
      return std::find(side.begin(), side.end(), model::Endpoint(model::DatabaseId(0))) != side.end();
    };
    CHECK((holds(read.to) || holds(read.from)));
  }
}

TEST_CASE("a tier holds databases, or something else: CRN0418") {
  CHECK(codes("group app in main.data { image = image }\ndatabase db in main.data { engine = mysql8 }") == "CRN0418");
}

}  // namespace crenel::tests
