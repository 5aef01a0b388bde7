#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "backends/aws/backend.h"
#include "backends/azure/backend.h"
#include "compiler/base/disk_file_system.h"
#include "compiler/driver/compilation.h"
#include "tests/agreement/agreement.h"
#include "tests/agreement/trials.h"

namespace {

/// Compiles a program as the command line does and tries every template of it, packet by packet.
void check_program(const std::string& path) {
  CAPTURE(path);
  const std::vector<crenel::backend::Backend> backends = {crenel::aws::backend(), crenel::azure::backend()};
  crenel::base::DiskFileSystem files;
  crenel::driver::Compilation compilation(
      files, backends,
      {.files = {path}, .root = "", .providers = {}, .targets = {}, .environments = {}, .bindings = {}});
  compilation.load();
  std::size_t templates = 0;
  for (const auto& job : compilation.jobs(true)) {
    const auto compiled = compilation.compile(job, crenel::backend::Format::Json);
    for (const auto& diagnostic : compilation.diagnostics().all()) {
      CHECK_MESSAGE(diagnostic.severity != crenel::diagnostics::Severity::Error, diagnostic.message);
    }
    REQUIRE(compiled.has_value());
    for (const auto& product : compiled->products) {
      ++templates;
      const auto outcome = crenel::agreement::agree(crenel::driver::design_of(*compiled, product),
                                                    product.backend->name, product.artifact.text);
      for (const std::string& line : outcome.disagreements) {
        FAIL_CHECK(compiled->design.name, " on ", std::string(product.backend->name), ": ", line);
      }
      CHECK(outcome.packets > 50);
    }
  }
  CHECK(templates > 0);
}

}  // namespace

TEST_CASE("every program here admits exactly what it declares, on both providers") {
  const auto programs = crenel::agreement::programs_in(CRENEL_SOURCE_DIR "/tests/agreement/programs");
  CHECK(programs.size() >= 9);
  for (const std::string& path : programs) check_program(path);
}

TEST_CASE("so do the patterns of the library") {
  for (const std::string& path : crenel::agreement::programs_in(CRENEL_SOURCE_DIR "/stdlib/patterns"))
    check_program(path);
}
