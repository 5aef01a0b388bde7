#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// What was made elsewhere, on Azure: what is given of it and by which way is read back, and a hand that gives more is
/// told; what it does not have is refused.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/golden/existing_on_azure/input.crenel";
const std::string kThings = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers/";

struct Built {
  ScratchFolder folder;
  json made;

  Built() {
    const Outcome outcome = run_crenel({"build", kProgram, "-o", folder.path()});
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    made = json::parse(read_text(folder / "shop.azure.json"));
  }
  json& resource(const std::string& name) {
    for (json& each : made["resources"]) {
      if (each["name"] == name) return each["properties"];
    }
    FAIL("no resource is called " << name);
    return made;
  }
  json& assignment(const std::string& deployment, std::size_t index) {
    return resource(deployment)["template"]["resources"][index]["properties"];
  }
  void check_told(const std::string& words) {
    const std::string copy = folder / "changed.json";
    write_text(copy, made.dump(1));
    const Outcome outcome = run_crenel({"verify", copy, kProgram});
    CAPTURE(words);
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find(words) != std::string::npos);
  }
};

std::string refused(const std::string& declared, const std::string& used) {
  const ScratchFolder folder;
  const std::string program = folder / "a.crenel";
  write_text(program,
             "pattern a(image : image) for azure {\n"
             "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /24 } }\n"
             "  group app in main.app { image = image }\n" +
                 declared + "  endpoint data in main.app for " + used + "\n}\n");
  const Outcome outcome = run_crenel({"build", program, "-o", folder / "out"});
  CHECK(outcome.exit_code == 1);
  return outcome.err;
}

}  // namespace

TEST_CASE("what was built with existing things of Azure is verified as equal") {
  Built built;
  const Outcome outcome = run_crenel({"verify", built.folder / "shop.azure.json", kProgram});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("a role elsewhere without its condition is one that is used by any way") {
  Built built;
  built.assignment("PhotosAccess", 0).erase("condition");
  built.check_told("photos");
}

TEST_CASE("another role elsewhere") {
  Built built;
  built.assignment("PhotosAccess", 0)["roleDefinitionId"] =
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')]";
  built.check_told("photos");
}

TEST_CASE("a role at a whole account, or at another thing") {
  Built built;
  json& thing = built.resource("PhotosAccess")["parameters"]["thing"]["value"];
  thing = kThings + "Microsoft.Storage/storageAccounts/acmephotos";
  built.check_told("acmephotos");
  thing = kThings + "Microsoft.Storage/storageAccounts/acmephotos/blobServices/default/containers/bank";
  built.check_told("containers/bank");
}

TEST_CASE("a role of an existing thing that is known at deployment only, given more") {
  Built built;
  built.assignment("AuditAccess", 2)["roleDefinitionId"] =
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')]";
  built.check_told("audit");
}

TEST_CASE("a private endpoint that leads to something else") {
  Built built;
  json& connection = built.resource("DataAlarmsEndpoint")["privateLinkServiceConnections"][0]["properties"];
  connection["privateLinkServiceId"] = kThings + "Microsoft.ServiceBus/namespaces/other";
  built.check_told("data");
}

TEST_CASE("nobody is given the role any more") {
  Built built;
  built.resource("LoginAccess")["template"]["resources"] = json::array();
  built.check_told("login");
}

TEST_CASE("what an existing thing does not have is refused") {
  const std::string topic = "\"" + kThings + "Microsoft.ServiceBus/namespaces/acme/topics/";
  const std::string container =
      "\"" + kThings + "Microsoft.Storage/storageAccounts/acme/blobServices/default/containers/";
  CHECK(refused("  existing topic t = " + topic + "t\"\n  allow app -> t : subscribe\n", "t").find("CRN2037") !=
        std::string::npos);
  const std::string two = refused("  existing store a = " + container + "a\"\n  existing store b = " + container +
                                      "b\"\n  allow app -> a : read\n  allow app -> b : read\n",
                                  "a, b");
  CHECK(two.find("CRN2037") != std::string::npos);
  CHECK(two.find("one private endpoint") != std::string::npos);
  for (const std::string& wrong : std::vector<std::string>{
           "\"acme\"", topic + "t\"", "\"" + kThings + "Microsoft.Storage/storageAccounts/acme\"", container + "\""}) {
    CAPTURE(wrong);
    CHECK(refused("  existing store s = " + wrong + "\n  allow app -> s : read\n", "s").find("CRN2036") !=
          std::string::npos);
  }
}

TEST_CASE("a way to what was made elsewhere, which nobody takes, is not made, and that is told") {
  const ScratchFolder folder;
  write_text(folder / "a.crenel",
             "pattern p(image : image) for azure {\n"
             "  network main { space = 10.0.0.0/16  subnet app : isolated { size = /26 } }\n"
             "  group app in main.app { image = image }\n"
             "  existing store photos = \"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/"
             "providers/Microsoft.Storage/storageAccounts/acmephotos/blobServices/default/containers/shop\"\n"
             "  endpoint data in main.app for photos\n"
             "}\n");
  const Outcome outcome = run_crenel({"build", folder / "a.crenel", "-o", folder / "out"});
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.find("data: No private endpoint to `photos` is made") != std::string::npos);
  CHECK(read_text(folder / "out/p.azure.json").find("privateEndpoints") == std::string::npos);
}
