#include "compiler/cli/waiting.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using crenel::cli::Waiting;
using std::chrono::milliseconds;

TEST_CASE("who waits is told what is at hand, not at once and not all the time") {
  std::chrono::steady_clock::time_point now;
  std::string written;
  Waiting waiting([&] { return now; }, [&](std::string_view text) { written += text; });
  now += milliseconds(200);
  waiting.at(1, 900, "a.dev");
  waiting.clear();
  CHECK(written.empty());  // done before anybody wondered

  now += milliseconds(600);
  waiting.at(2, 900, "b.dev");
  CHECK(written == "\r\x1b[K[2/900] b.dev");
  now += milliseconds(50);
  waiting.at(3, 900, "c.dev");
  CHECK(written == "\r\x1b[K[2/900] b.dev");
  now += milliseconds(50);
  waiting.at(4, 900, std::string(200, 'd'));
  CHECK(written == "\r\x1b[K[2/900] b.dev\r\x1b[K[4/900] " + std::string(48, 'd'));
  written.clear();
  waiting.clear();
  waiting.clear();
  CHECK(written == "\r\x1b[K");
}
