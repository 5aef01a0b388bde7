#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/harness/files.h"
#include "tests/harness/process.h"

/// `diff` from outside: sources and templates on either side.
namespace {

using namespace crenel::tests;
using nlohmann::json;

const std::string kProgram = project_root() / "tests/agreement/programs/hybrid.crenel";

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

/// The program with one text in it replaced.
std::string edited(const ScratchFolder& folder, const std::string& from, const std::string& to) {
  std::string text = read_text(kProgram);
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  std::string path = folder / "edited.crenel";
  write_text(path, text);
  return path;
}

}  // namespace

TEST_CASE("a source against itself, and against its own templates, is the same") {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  for (const std::string& other :
       {std::string(kProgram), std::string(folder / "hybrid.aws.json"), std::string(folder / "hybrid.azure.json")}) {
    for (const bool swapped : {false, true}) {
      const Outcome outcome = run_crenel({"diff", swapped ? other : kProgram, swapped ? kProgram : other});
      CAPTURE(outcome.out);
      CAPTURE(outcome.err);
      CHECK(outcome.exit_code == 0);
      CHECK(says(outcome.out, "admit the same"));
    }
  }
}

TEST_CASE("a source that lets more in broadens, on every provider, and ends with 3") {
  const ScratchFolder folder;
  const std::string wider = edited(folder, "datacenter -> app : ssh", "datacenter -> app : ssh, tcp/9999");
  const Outcome outcome = run_crenel({"diff", kProgram, wider});
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 3);
  CHECK(says(outcome.out, "widened: datacenter -> app"));
  CHECK(says(outcome.out, "+ tcp/9999"));

  const Outcome back = run_crenel({"diff", wider, kProgram, "--format", "json"});
  CHECK(back.exit_code == 0);
  const json found = json::parse(back.out);
  CHECK(found.at("verdict") == "narrowed");
  REQUIRE(found.at("providers").size() == 2);
  for (const json& provider : found.at("providers")) {
    CHECK(provider.at("changes").at(0).at("kind") == "narrowed");
    CHECK(provider.at("changes").at(0).at("lost") == "tcp/9999");
    CHECK(!provider.at("changes").at(0).at("no_longer").at("passes").empty());
  }
  const Outcome page = run_crenel({"diff", kProgram, wider, "--format", "markdown"});
  CHECK(page.exit_code == 3);
  CHECK(says(page.out, "| widened | datacenter → app"));
}

TEST_CASE("addresses that moved are told, and are no change of who reaches whom") {
  const ScratchFolder folder;
  const auto program = [](const std::string& space) {
    return "pattern p() for aws {\n  network main { space = " + space + "  subnet a : private { size = /24 } }\n" +
           "  network far { space = 10.9.0.0/16  subnet b : private { size = /24 } }\n}\n";
  };
  write_text(folder / "old.crenel", program("10.1.0.0/16"));
  write_text(folder / "new.crenel", program("10.2.0.0/16"));
  const Outcome outcome = run_crenel({"diff", folder / "old.crenel", folder / "new.crenel"});
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(says(outcome.out, "addresses: network MainVpc: 10.2.0.0/16, before 10.1.0.0/16"));
  CHECK(says(outcome.out, "addresses: subnet MainAZone1Subnet: 10.2.0.0/24, before 10.1.0.0/24"));
  CHECK(!says(outcome.out, "FarVpc"));
  CHECK(says(outcome.out, "admit the same"));
}

TEST_CASE("a template that somebody changed is held against the source it came from") {
  const ScratchFolder folder;
  REQUIRE(run_crenel({"build", kProgram, "-o", folder.path()}).exit_code == 0);
  std::string text = read_text(folder / "hybrid.azure.json");
  const std::size_t group = text.find("\"AppNsg\"");
  const std::size_t at = text.find("\"access\": \"Deny\"", group);
  REQUIRE(at != std::string::npos);
  text.replace(at, 16, "\"access\": \"Allow\"");
  write_text(folder / "changed.json", text);
  const Outcome outcome = run_crenel({"diff", kProgram, folder / "changed.json"});
  CAPTURE(outcome.out);
  CHECK(outcome.exit_code == 3);
  CHECK(says(outcome.out, "securityRules"));
}

TEST_CASE("certificates tell what moved inside, and leave open what stands elsewhere outside") {
  const ScratchFolder folder;
  const auto build = [&](const std::string& out, const std::string& space, const std::string& corporate) {
    REQUIRE(run_crenel({"build", kProgram, "-o", folder / out, "--set", "space=" + space, "--set",
                        "corporate=" + corporate, "--set", "crm=192.168.0.0/28"})
                .exit_code == 0);
  };
  build("old", "10.20.0.0/16", "172.16.0.0/16");
  build("moved", "10.24.0.0/16", "172.16.0.0/16");
  const std::string before = folder / "old/hybrid.aws.certificate.json";
  const Outcome inside = run_crenel({"diff", before, folder / "moved/hybrid.aws.certificate.json"});
  CAPTURE(inside.out);
  CHECK(inside.exit_code == 0);
  CHECK(says(inside.out, "addresses: network MainVpc: 10.24.0.0/16, before 10.20.0.0/16"));

  build("elsewhere", "10.20.0.0/16", "172.16.0.0/17");
  const Outcome outside = run_crenel({"diff", before, folder / "elsewhere/hybrid.aws.certificate.json"});
  CAPTURE(outside.out);
  CHECK(outside.exit_code == 1);
  CHECK(says(outside.out, "site datacenter is"));
}

TEST_CASE("certificates tell who reaches whom between names") {
  const ScratchFolder folder;
  const std::string wider = edited(folder, "datacenter -> app : ssh", "datacenter -> app : ssh, tcp/9999");
  REQUIRE(run_crenel({"build", kProgram, "-o", folder / "old"}).exit_code == 0);
  REQUIRE(run_crenel({"build", wider, "-o", folder / "new"}).exit_code == 0);
  const std::string before = folder / "old/hybrid.azure.certificate.json";
  const std::string after = folder / "new/hybrid.azure.certificate.json";
  const Outcome same = run_crenel({"diff", before, before});
  CAPTURE(same.out);
  CHECK(same.exit_code == 0);
  CHECK(says(same.out, "admit the same"));

  const Outcome wide = run_crenel({"diff", before, after});
  CAPTURE(wide.out);
  CHECK(wide.exit_code == 3);
  CHECK(says(wide.out, "widened: datacenter -> app\n  + tcp/9999"));
  CHECK(says(wide.out, "declared by `datacenter -> app : ssh, tcp/9999`  (edited.crenel:"));
  // Less is admitted between the names; what a name stands for is known at deployment.
  const Outcome narrow = run_crenel({"diff", after, before});
  CAPTURE(narrow.out);
  CHECK(narrow.exit_code == 1);
  CHECK(says(narrow.out, "site crm_hosts is $crm, which is known at deployment"));

  // Beside a source it stands for its template, which must be there as it was.
  CHECK(run_crenel({"diff", before, wider}).exit_code == 3);
  CHECK(run_crenel({"diff", wider, before}).exit_code == 0);
  write_text(folder / "old/hybrid.azure.json", read_text(folder / "old/hybrid.azure.json") + " ");
  const Outcome changed = run_crenel({"diff", before, wider});
  CHECK(changed.exit_code == 1);
  CHECK(says(changed.err, "CRN0058"));

  std::string other_form = read_text(before);
  other_form.replace(other_form.find("crenel.certificate/2"), 20, "crenel.certificate/9");
  write_text(folder / "other.json", other_form);
  CHECK(says(run_crenel({"diff", folder / "other.json", after}).err, "CRN0057"));
  std::string damaged = read_text(before);
  damaged.replace(damaged.find("\"traffic\": \"tcp"), 15, "\"traffic\": \"tup");
  write_text(folder / "damaged.json", damaged);
  CHECK(says(run_crenel({"diff", folder / "damaged.json", after}).err, "CRN0057"));
}

TEST_CASE("what a waiver covers may broaden, until it ends") {
  const ScratchFolder folder;
  const std::string place = project_root() / "tests/golden/policies/";
  const std::string whole = read_text(place + "input.crenel");
  const std::string waivers = read_text(place + "waivers.crenel");
  const std::string opening = "  allow internet -> web  : https\n";
  REQUIRE(says(whole, opening));
  std::string closed = whole;
  closed.erase(closed.find(opening), opening.size());
  std::string closed_waivers = waivers;
  closed_waivers.erase(closed_waivers.find("waive corporate.only_the_front"));
  write_text(folder / "old/input.crenel", closed);
  write_text(folder / "old/waivers.crenel", closed_waivers);
  write_text(folder / "new/input.crenel", whole);
  write_text(folder / "new/waivers.crenel", waivers);
  const Outcome waived =
      run_crenel({"diff", folder / "old/input.crenel", folder / "new/input.crenel", "--as-of", "2026-12-31"});
  CAPTURE(waived.out);
  CAPTURE(waived.err);
  CHECK(waived.exit_code == 0);
  CHECK(says(waived.out, "corporate.only_the_front_is_reached waived until 2027-01-31 by netsec (SEC-413)"));
  CHECK(says(waived.out, "1 waived"));

  // The next port is not in the waiver.
  std::string more = whole;
  more.replace(more.find("internet -> web  : https"), 24, "internet -> web  : https, tcp/8443");
  write_text(folder / "new/input.crenel", more);
  const Outcome beyond =
      run_crenel({"diff", folder / "old/input.crenel", folder / "new/input.crenel", "--as-of", "2026-12-31"});
  CHECK(beyond.exit_code != 0);
}

TEST_CASE("the picture of a difference has its changes in words") {
  const ScratchFolder folder;
  const std::string wider = edited(folder, "datacenter -> app : ssh", "datacenter -> app : ssh, tcp/9999");
  const Outcome picture = run_crenel({"graph", wider, "--against", kProgram, "--format", "mermaid"});
  CAPTURE(picture.err);
  CHECK(picture.exit_code == 0);
  CHECK(says(picture.out, "site_datacenter -->|\"widened<br>"));
  CHECK(says(picture.out, "+ tcp/9999\"| group_app"));
  CHECK(says(picture.out, "linkStyle 0 stroke:#8c959f"));
  const Outcome dot = run_crenel({"graph", kProgram, "--against", wider, "--format", "dot"});
  CHECK(says(dot.out, "class=\"change narrowed from-site_datacenter to-group_app\""));
  CHECK(says(dot.out, "class=\"flow same from-internet_internet to-balancer_front\""));
  CHECK(run_crenel({"graph", wider, "--against", folder / "none.crenel"}).exit_code == 1);
}

TEST_CASE("what cannot be compared is an error on the side that it is of") {
  const ScratchFolder folder;
  write_text(folder / "nothing.json", "{\"a\": 1}\n");
  const Outcome none = run_crenel({"diff", kProgram, folder / "nothing.json"});
  CHECK(none.exit_code == 1);
  CHECK(says(none.err, "nothing.json"));
  const Outcome missing = run_crenel({"diff", folder / "none.crenel", kProgram});
  CHECK(missing.exit_code == 1);
  CHECK(says(missing.err, "none.crenel"));
  CHECK(run_crenel({"diff", kProgram}).exit_code == 2);
}
