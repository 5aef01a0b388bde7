#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/sema/front.h"

/// Guards, from their texts to designs.
namespace crenel::tests {
namespace {

/// A network with a group and a topic; and what is declared beside.
Built built(const std::string& statements) {
  return built_from(
      "pattern p(image : image) {\n"
      "  network main { space = 10.0.0.0/16  subnet app : private { size = /24 } }\n"
      "  group app in main.app { image = image }\n"
      "  topic alarms\n" +
      statements + "\n}\n");
}

const char* const kIdle = "CRN0456";

}  // namespace

TEST_CASE("a guard forbids when it says so, and spares each name once") {
  const Built made = built("guard rails { watch = [main, main]  prevent = true  exempt = [\"a\", \"b\", \"a\"] }");
  CAPTURE(made.codes);
  REQUIRE(made.design);
  const model::Guard& guard = made.design->guards[model::GuardId(0)];
  CHECK(guard.prevent);
  CHECK(guard.exempt == std::vector<std::string>{"a", "b"});
  CHECK(guard.networks.size() == 1);
  CHECK(guard.revert_seconds == 300);
  CHECK(!guard.alert);
}

TEST_CASE("a guard that says nothing of it forbids nothing") {
  const Built made = built("guard eyes { watch = [main]  alert = alarms  revert = none }");
  CAPTURE(made.codes);
  REQUIRE(made.design);
  CHECK(!made.design->guards[model::GuardId(0)].prevent);
}

TEST_CASE("to forbid is enough for a guard; to do nothing at all is told") {
  CHECK(built("guard rails { watch = [main]  revert = none  prevent = true  exempt = [\"a\"] }").codes.find(kIdle) ==
        std::string::npos);
  const Built idle = built("guard rails { watch = [main]  revert = none  prevent = false }");
  CHECK(idle.codes.find(kIdle) != std::string::npos);
  CHECK(built("guard rails { watch = []  revert = none  prevent = true }").codes.find(kIdle) != std::string::npos);
}

TEST_CASE("whether it forbids is true or false") {
  CHECK(!built("guard rails { watch = [main]  revert = none  prevent = \"yes\" }").codes.empty());
}

}  // namespace crenel::tests
