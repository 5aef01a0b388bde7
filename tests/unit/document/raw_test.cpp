#include <doctest/doctest.h>

#include "backends/document/raw.h"

using namespace crenel;
using namespace crenel::document;

namespace {

Value tree() {
  return object(
      {{"Resources", object({{"App", object({{"Properties", object({{"Size", 2}, {"Tags", array({"a", "b"})}})}})}})}});
}

const std::vector<ResourcePlace>& places() {
  static const std::vector<ResourcePlace> kPlaces = {{.name = "App", .path = {"Resources", "App", "Properties"}}};
  return kPlaces;
}

std::string codes(const diagnostics::Diagnostics& found) {
  std::string out;
  for (const auto& one : found.all()) out += (out.empty() ? "" : " ") + std::string(one.code);
  return out;
}

Value patch(const std::string& path, PatchValue value, diagnostics::Diagnostics& found) {
  return patched(tree(), places(), {{.span = {}, .resource = "App", .values = {{path, std::move(value)}}}}, found);
}

}  // namespace

TEST_CASE("a patch replaces members, adds them, and reaches into lists") {
  diagnostics::Diagnostics found;
  const auto properties = [&](const Value& whole) { return *whole.find("Resources")->find("App")->find("Properties"); };
  CHECK(*properties(patch("Size", std::int64_t{3}, found)).find("Size") == Value(3));
  CHECK(*properties(patch("New.Inner", true, found)).find("New") == object({{"Inner", true}}));
  CHECK(*properties(patch("Tags.1", std::string("c"), found)).find("Tags") == array({"a", "c"}));
  CHECK(*properties(patch("Tags", std::vector<std::string>{}, found)).find("Tags") == Value(Array()));
  CHECK(codes(found).empty());
}

TEST_CASE("what leads nowhere is told, and the tree stays as it was") {
  diagnostics::Diagnostics found;
  CHECK(patch("Tags.2", std::string("c"), found) == tree());
  CHECK(patch("Tags.x", std::string("c"), found) == tree());
  CHECK(patch("Size.Inner", true, found) == tree());
  CHECK(patched(tree(), places(), {{.span = {}, .resource = "Ap", .values = {}}}, found) == tree());
  CHECK(codes(found) == "CRN3013 CRN3013 CRN3013 CRN3012");
}

TEST_CASE("a raw resource is what was written, and must be one") {
  diagnostics::Diagnostics found;
  const auto good =
      raw_resource("X", R"({"Type": "T", "N": 3, "B": true, "S": "3", "L": [null]})", {}, {"Type"}, found);
  REQUIRE(good);
  CHECK(*good == object({{"Type", "T"}, {"N", 3}, {"B", true}, {"S", "3"}, {"L", array({Value()})}}));
  CHECK(codes(found).empty());
  for (const char* text : {"[]", "{\"Type\": ", "{\"Kind\": 1}", "{\"Type\": \"T\", \"N\": 1.5}", "Type: !Ref X\n"}) {
    CAPTURE(text);
    diagnostics::Diagnostics bad;
    CHECK(!raw_resource("X", text, {}, {"Type"}, bad));
    CHECK(codes(bad) == "CRN3014");
  }
}
