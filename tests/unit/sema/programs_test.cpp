#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/unit/sema/front.h"

/// Sample programs that may lie beside the project: they are not part of it.
namespace crenel::tests {
namespace {

const std::string kFolder = std::string(CRENEL_SOURCE_DIR) + "/../shared/design/programs/";

std::optional<Files> sample_files() {
  Files out;
  for (const char* name :
       {"environments", "handbook", "host_agent", "hub", "p1_public_network", "p2_private_network", "p3_hybrid",
        "p4_analytics", "paper_policy", "queue_only", "services", "three_tier", "security/waivers"}) {
    std::ifstream in(kFolder + name + ".crenel");
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    out.emplace(std::string("/programs/") + name + ".crenel", text.str());
  }
  // What the samples name and do not have.
  out["/programs/launcher.py"] = "pass\n";
  out["/programs/archiver.py"] = "pass\n";
  out["/programs/sensor/install.sh"] = "true\n";
  return out;
}

TEST_CASE("the sample programs are refused for nothing") {
  const auto files = sample_files();
  if (!files) {
    MESSAGE("skipped: the sample programs are not on this machine");
    return;
  }
  for (const auto& [path, text] : *files) {
    if (!path.ends_with(".crenel")) continue;
    CAPTURE(path);
    Front front(*files, {path}, "/programs");
    front.check();
    for (const auto& one : front.found.all()) {
      CHECK_MESSAGE(one.severity != diagnostics::Severity::Error, front.rendered());
    }
  }
}

TEST_CASE("the samples of the first two patterns and of the hybrid elaborate") {
  const auto files = sample_files();
  if (!files) return;
  for (const char* name : {"p1_public_network", "p2_private_network", "p3_hybrid"}) {
    Front front(*files, {std::string("/programs/") + name + ".crenel"}, "/programs");
    const auto all = front.check();
    CHECK_MESSAGE(front.codes().empty(), front.rendered());
    REQUIRE(all.size() == 1);
    CHECK(all.front());
  }
}

}  // namespace
}  // namespace crenel::tests
