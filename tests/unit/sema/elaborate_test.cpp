#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

namespace crenel::tests {
namespace {

TEST_CASE("the library's patterns elaborate, unbound") {
  Front front(Files{{"main.crenel", "import std/patterns/public_network { public_network }\n"
                               "import std/patterns/private_network { private_network }\n"
                               "handbook \"h\" { patterns = [public_network, private_network] }\n"}});
  const auto all = front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  REQUIRE(all.size() == 2);
  REQUIRE(all[0]);
  REQUIRE(all[1]);
  MESSAGE(sema::dump_elaboration(*all[0]));
  MESSAGE(sema::dump_elaboration(*all[1]));
}

}  // namespace
}  // namespace crenel::tests
