#include "compiler/driver/explain.h"

#include <doctest/doctest.h>

#include "compiler/diagnostics/pages.h"

namespace crenel::driver {

TEST_CASE("a page reads as plain text") {
  CHECK(plain_text(
            "# CRN0001: a title\n\nSome `words`.\n## Fails\n```crenel\nservice a = tcp/1\n\nb\n```\n## Passes\nx") ==
        "CRN0001: a title\n\nSome `words`.\nFails:\n    service a = tcp/1\n\n    b\nPasses:\nx\n");
  CHECK(plain_text("").empty());
}

TEST_CASE("every page can be explained and opens with its code and a title") {
  const auto codes = diagnostics::page_codes();
  REQUIRE(!codes.empty());
  const std::string all = explain_all();
  for (const auto code : codes) {
    const auto text = explain(code);
    REQUIRE(text);
    CHECK(text->starts_with(std::string(code) + ": "));
    CHECK(text->find("```") == std::string::npos);
    CHECK(all.find(std::string(code) + "  ") != std::string::npos);
  }
}

TEST_CASE("codes are found in any case; unknown ones are not") {
  CHECK(explain("crn0750") == explain("CRN0750"));
  CHECK(explain("CRN0750").has_value());
  CHECK(!explain("CRN9999"));
  CHECK(!explain(""));
  CHECK(nearest_code("crn750").has_value());
}

}  // namespace crenel::driver
