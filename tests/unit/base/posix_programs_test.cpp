#include "compiler/base/posix_programs.h"

#include <doctest/doctest.h>

namespace crenel::base {

TEST_CASE("a program is given its input and answers") {
  const auto answer = PosixPrograms().run({"tr", "a-z", "A-Z"}, "bricks and mortar");
  REQUIRE(std::holds_alternative<std::string>(answer));
  CHECK(std::get<std::string>(answer) == "BRICKS AND MORTAR");
  const std::string much(5'000'000, 'x');
  CHECK(std::get<std::string>(PosixPrograms().run({"cat"}, much)) == much);
}

TEST_CASE("a program that is not there, or that fails, is told apart") {
  const auto missing = PosixPrograms().run({"no-program-has-this-name"}, "");
  REQUIRE(std::holds_alternative<ProgramError>(missing));
  CHECK(std::get<ProgramError>(missing).not_there);
  const auto failed = PosixPrograms().run({"sh", "-c", "echo 'no wall' >&2; exit 3"}, "");
  REQUIRE(std::holds_alternative<ProgramError>(failed));
  CHECK(!std::get<ProgramError>(failed).not_there);
  CHECK(std::get<ProgramError>(failed).message == "no wall");
}

}  // namespace crenel::base
