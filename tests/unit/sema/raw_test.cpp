#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// `override` and `verbatim`: what stands in a provider's own words.
namespace crenel::tests {
namespace {

std::optional<sema::Elaboration> first_of(Front& front) {
  auto all = front.check();
  return all.empty() ? std::nullopt : std::move(all.front());
}

}  // namespace

TEST_CASE("overrides keep their order, their paths and their values") {
  Front front(
      in_pattern("group b in main.app { image = \"i\"  on aws { override \"B\" { \"A.0\" = 1  \"C\" = [\"x\"] } "
                 "override \"D\" { \"E\" = true } } }"));
  const auto made = first_of(front);
  REQUIRE(made);
  REQUIRE(made->overrides.size() == 2);
  CHECK(made->overrides[0].provider == "aws");
  CHECK(made->overrides[0].resource == "B");
  REQUIRE(made->overrides[0].values.size() == 2);
  CHECK(made->overrides[0].values[0].first == "A.0");
  CHECK(std::get<std::int64_t>(made->overrides[0].values[0].second) == 1);
  CHECK(std::get<std::vector<std::string>>(made->overrides[0].values[1].second) == std::vector<std::string>{"x"});
  CHECK(made->overrides[1].resource == "D");
}

TEST_CASE("a verbatim resource is its text") {
  Front front(in_pattern("verbatim aws \"Topic\" = \"{}\""));
  const auto made = first_of(front);
  REQUIRE(made);
  REQUIRE(made->verbatims.size() == 1);
  CHECK(made->verbatims[0].resource == "Topic");
  CHECK(made->verbatims[0].text == "{}");
}

TEST_CASE("what is off says nothing, and what is wrong is told") {
  Front off(
      in_pattern(""
                 "group b in main.app { image = \"i\"  on aws { override \"B\" { \"A\" = 1 } } } when false"));
  const auto made = first_of(off);
  REQUIRE(made);
  CHECK(made->overrides.empty());
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\"  on aws { override \"B\" { \"A\" = 5m } } }")) ==
        "CRN0230");
  CHECK(!codes_of(in_pattern("verbatim asw \"Topic\" = \"{}\"")).empty());
}

}  // namespace crenel::tests
