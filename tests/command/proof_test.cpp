#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// `verify` and `reach` from outside, on templates that the program makes and that somebody changes.
namespace {

namespace fs = std::filesystem;
using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/agreement/programs/hybrid.crenel";

struct Built {
  ScratchFolder folder;
  std::string program = kProgram;

  explicit Built(const std::string& format = "json") {
    const Outcome outcome = run_crenel({"build", program, "-o", folder.path(), "--format", format});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return folder / name; }
  /// Writes a copy in which the first `from` after `after` is `to`.
  [[nodiscard]] std::string changed(const std::string& name, const std::string& after, const std::string& from,
                                    const std::string& to) const {
    std::string text = read_text(folder / name);
    const std::size_t start = text.find(after);
    REQUIRE_MESSAGE(start != std::string::npos, after);
    const std::size_t at = text.find(from, start);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
    const std::string copy = folder / ("changed." + name);
    write_text(copy, text);
    return copy;
  }
};

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

void check_differs(const std::string& path, const std::string& code, const std::string& words) {
  const Outcome outcome = run_crenel({"verify", path, kProgram});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(says(outcome.err, code));
  CHECK(says(outcome.err, words));
}

}  // namespace

TEST_CASE("what was built is verified as equal, in either format") {
  for (const std::string format : {"json", "yaml"}) {
    const Built built(format);
    for (const std::string provider : {"aws", "azure"}) {
      const std::string path = built.path("hybrid." + provider + "." + format);
      const Outcome outcome = run_crenel({"verify", path, kProgram + ":hybrid"});
      CAPTURE(outcome.err);
      CHECK(outcome.exit_code == 0);
      CHECK(outcome.err.empty());
      CHECK(says(outcome.out, "admits exactly what hybrid declares"));
    }
  }
}

TEST_CASE("a network that may lie anywhere is proved, beside the provider's own routes to private blocks") {
  const ScratchFolder folder;
  write_text(folder / "anywhere.crenel",
             "pattern anywhere(space : cidr(/20../21), image : image) {\n"
             "  network main { space = space  subnet a : private { size = /27 }  subnet b : isolated { size = /27 } }\n"
             "  group a in main.a { image = image }\n"
             "  group b in main.b { image = image }\n"
             "  allow a -> b : tcp/443\n"
             "}\n"
             "pattern as_large(space : cidr(/12../16), image : image) for azure {\n"
             "  network main { space = space  subnet a : private { size = /27 }  subnet b : isolated { size = /27 } }\n"
             "  group a in main.a { image = image }\n"
             "  group b in main.b { image = image }\n"
             "  allow a -> b : tcp/443\n"
             "}\n");
  const Outcome outcome = run_crenel({"build", folder / "anywhere.crenel", "-o", folder.path()});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
  for (const char* provider : {"aws", "azure"}) {
    const std::string path = folder / ("anywhere." + std::string(provider) + ".json");
    CHECK(run_crenel({"verify", path, std::string(folder / "anywhere.crenel") + ":anywhere"}).exit_code == 0);
  }
}

TEST_CASE("a wider template of AWS is told with a packet and the place") {
  const Built built;
  check_differs(built.changed("hybrid.aws.json", "\"AppSecurityGroup\": {", "\"FromPort\": 22", "\"FromPort\": 21"),
                "CRN0911", "/Resources/AppSecurityGroup");
}

TEST_CASE("a narrower template of AWS is told with a packet and what stops it") {
  const Built built;
  check_differs(built.changed("hybrid.aws.json", "\"AppSecurityGroup\": {", "\"ToPort\": 22", "\"ToPort\": 23"),
                "CRN0911", "tcp/23");
  check_differs(built.changed("hybrid.aws.json", "\"AppSecurityGroup\": {", "\"FromPort\": 22", "\"FromPort\": 23"),
                "CRN0912", "tcp/22");
}

TEST_CASE("a changed template of Azure is told with a packet and the place") {
  const Built built;
  check_differs(built.changed("hybrid.azure.json", "\"AppNsg\"", "\"access\": \"Deny\"", "\"access\": \"Allow\""),
                "CRN0911", "/properties/securityRules/");
  check_differs(built.changed("hybrid.azure.json", "\"AppNsg\"", "\"access\": \"Allow\"", "\"access\": \"Deny\""),
                "CRN0912", "securityRules");
}

TEST_CASE("the differences are there for programs, too") {
  const Built built;
  const std::string path =
      built.changed("hybrid.aws.json", "\"AppSecurityGroup\": {", "\"FromPort\": 22", "\"FromPort\": 21");
  const Outcome outcome = run_crenel({"verify", path, kProgram, "--diagnostics", "json"});
  CHECK(outcome.exit_code == 1);
  const json answer = json::parse(outcome.out, nullptr, false);
  REQUIRE(!answer.is_discarded());
  CHECK(answer.at("verdict") == "different");
  CHECK(answer.at("provider") == "aws");
  const json& first = answer.at("differences").at(0);
  CHECK(first.at("kind") == "wider");
  CHECK(first.at("traffic") == "tcp/21");
  CHECK(!first.at("steps").empty());
}

TEST_CASE("what is not understood is undecided, and undecided is no success unless one says so") {
  const Built built;
  const std::string path = built.changed("hybrid.aws.json", "\"Resources\": {", "\"Resources\": {",
                                         "\"Resources\": { \"Odd\": { \"Type\": \"AWS::NetworkFirewall::Firewall\", "
                                         "\"Properties\": { \"VpcId\": { \"Ref\": \"MainVpc\" } } },");
  const Outcome strict = run_crenel({"verify", path, kProgram});
  CAPTURE(strict.err);
  CHECK(strict.exit_code == 1);
  CHECK(says(strict.err, "CRN0913"));
  CHECK(says(strict.err, "Odd"));
}

TEST_CASE("a way past an appliance is told, where everything else is as before") {
  const ScratchFolder folder;
  const std::string program = project_root() / "stdlib/patterns/inspected_egress.crenel";
  REQUIRE(run_crenel({"build", program, "-o", folder.path()}).exit_code == 0);
  json made = json::parse(read_text(folder / "inspected_egress.aws.json"));
  json& resources = made["Resources"];
  json& route = resources["MainAppDefaultRoute"]["Properties"];
  route.erase("NetworkInterfaceId");
  route["NatGatewayId"] = {{"Ref", "MainEdgeZone1NatGateway"}};
  resources.erase("MainEdgeAnswersToMainAppZone1");
  resources.erase("MainEdgeAnswersToMainAppZone2");
  write_text(folder / "past.json", made.dump(1));
  const Outcome outcome = run_crenel({"verify", folder / "past.json", program});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(says(outcome.err, "CRN0918"));
  CHECK(says(outcome.err, "past `firewall`"));
  // and answers that come past it
  json other = json::parse(read_text(folder / "inspected_egress.aws.json"));
  other["Resources"].erase("MainEdgeAnswersToMainAppZone1");
  write_text(folder / "answers.json", other.dump(1));
  CHECK(says(run_crenel({"verify", folder / "answers.json", program}).err, "CRN0913"));
}

TEST_CASE("things that nobody declared, and things that are not there") {
  const Built built;
  std::string text = read_text(built.path("hybrid.aws.json"));
  for (std::size_t at = text.find("\"AppGroup\""); at != std::string::npos; at = text.find("\"AppGroup\"")) {
    text.replace(at, 10, "\"OddGroup\"");
  }
  write_text(built.path("odd.json"), text);
  const Outcome outcome = run_crenel({"verify", built.path("odd.json"), kProgram});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(says(outcome.err, "CRN0914"));
  CHECK(says(outcome.err, "the template has `OddGroup`"));
  CHECK(says(outcome.err, "CRN0915"));
}

TEST_CASE("what is no template, or no source, is refused") {
  const Built built;
  const Outcome none = run_crenel({"verify", built.path("hybrid.aws.certificate.json"), kProgram});
  CHECK(none.exit_code == 1);
  CHECK(says(none.err, "CRN0916"));
  const std::string several = project_root() / "examples/handbook/handbook.crenel";
  const Outcome unclear = run_crenel({"verify", built.path("hybrid.aws.json"), several});
  CHECK(unclear.exit_code == 1);
  CHECK(says(unclear.err, "CRN0917"));
  CHECK(run_crenel({"verify", kProgram, kProgram}).exit_code == 1);
  CHECK(run_crenel({"verify", built.path("nothing.json"), kProgram}).exit_code == 1);
  CHECK(run_crenel({"verify", built.path("hybrid.aws.json"), kProgram + ":other"}).exit_code == 1);
  CHECK(run_crenel({"verify", built.path("hybrid.aws.json")}).exit_code == 2);
}

TEST_CASE("a question is answered with the way, or with what stops it") {
  const Outcome yes = run_crenel({"reach", kProgram, "web -> app : tcp/8443"});
  CAPTURE(yes.err);
  CHECK(yes.exit_code == 0);
  CHECK(says(yes.out, "hybrid (aws): web -> app : tcp/8443: admitted"));
  CHECK(says(yes.out, "hybrid (azure): web -> app : tcp/8443: admitted"));
  CHECK(says(yes.out, "declared: web -> app : app_rpc"));
  CHECK(says(yes.out, "hybrid.crenel:"));
  CHECK(says(yes.out, "/Resources/"));

  const Outcome no = run_crenel({"reach", kProgram + ":hybrid", "web -> app : tcp/22", "--provider", "azure"});
  CHECK(no.exit_code == 1);
  CHECK(says(no.out, "not admitted"));
  CHECK(says(no.out, "is stopped: web -> app tcp/22"));
  CHECK(!says(no.out, "(aws)"));

  const Outcome partly =
      run_crenel({"reach", kProgram, "internet -> front : tcp/443, tcp/80", "--diagnostics", "json"});
  CHECK(partly.exit_code == 1);
  const json answer = json::parse(partly.out, nullptr, false);
  REQUIRE(!answer.is_discarded());
  CHECK(answer.at("admitted") == false);
  CHECK(answer.at("answers").size() == 2);
}

TEST_CASE("a question that cannot be asked is refused at its place") {
  const Outcome unknown = run_crenel({"reach", kProgram, "web -> ap : ssh"});
  CHECK(unknown.exit_code == 1);
  CHECK(says(unknown.err, "question:1:8"));
  CHECK(run_crenel({"reach", kProgram, "web app"}).exit_code == 1);
  CHECK(run_crenel({"reach", kProgram}).exit_code == 2);
}
