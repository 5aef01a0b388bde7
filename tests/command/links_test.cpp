#include <doctest/doctest.h>

#include <string>

#include "tests/command/edited.h"

/// Links of several sites of one network, from outside.
namespace {

using namespace crenel::tests;

const std::string kProgram = project_root() / "tests/agreement/programs/shared_ways.crenel";

}  // namespace

// Another site's connection has a route for everywhere, so that the packets go there.
TEST_CASE("a link whose connection is gone is told, though another one carries its packets") {
  Edited copy(kProgram, "shared_ways.aws");
  CHECK(copy.verified().exit_code == 0);
  copy.document["Resources"].erase("MainToArchiveVpnConnection");
  copy.document["Resources"].erase("MainToArchiveRouteTo192x168x64x0p24");
  const Outcome outcome = copy.verified();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err.find("CRN0912") != std::string::npos);
  CHECK(outcome.err.find("its network has no link that leads there") != std::string::npos);
}

TEST_CASE("a connection that learns its routes is undecided") {
  Edited copy(kProgram, "shared_ways.aws");
  copy.properties("MainToOfficeVpnConnection").erase("StaticRoutesOnly");
  copy.check_told("which may learn its routes: what it carries then is not known");
}
