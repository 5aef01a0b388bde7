#include "compiler/lsp/completion.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/lsp/library.h"
#include "compiler/lsp/text_place.h"

namespace crenel::lsp {
namespace {

/// What is proposed where `|` stands.
std::vector<std::string> labels(std::string text) {
  const std::size_t at = text.find('|');
  text.erase(at, 1);
  const Module module = module_of("a.crenel", text);
  std::vector<std::string> out;
  for (const auto& each : proposals(text, at, module.declarations)) out.push_back(each.label);
  return out;
}

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

}  // namespace

TEST_CASE("attributes come from the schema, without those that are given") {
  const auto group = labels("pattern p() {\n  group web in main.web { image = \"a\"\n    |\n  }\n}\n");
  CHECK(has(group, "scale"));
  CHECK(has(group, "immutable"));
  CHECK(!has(group, "image"));
  CHECK(!has(group, "allow"));
  CHECK(has(labels("pattern p() {\n  group web in main.web { image = \"a\"  im|"), "immutable"));
}

TEST_CASE("values come from the attribute's type") {
  CHECK(labels("pattern p() {\n  group web in main.web { size = |").size() >= 3);
  CHECK(has(labels("pattern p() {\n  group web in main.web { immutable = |"), "true"));
  CHECK(has(labels("pattern p() {\n  network m { subnet a : |"), "private"));
  CHECK(has(labels("pattern p(image : image) {\n  group web in main.web { image = | }\n}\n"), "image"));
}

TEST_CASE("statements, items, tiers, endpoints, services, modules") {
  CHECK(has(labels("|"), "pattern"));
  CHECK(!has(labels("|"), "network"));
  CHECK(has(labels("pattern p() {\n  |"), "network"));
  CHECK(has(labels("pattern p(\n  image : image,\n) {\n  |"), "allow"));
  const std::string start =
      "import std/services { https }\npattern p() {\n  network main { subnet web : private { } }\n";
  CHECK(has(labels(start + "  group w in |\n}\n"), "main.web"));
  CHECK(has(labels(start + "  group w in main.web { }\n  group v in ma|in.web { }\n}\n"), "main.web"));
  const auto ends = labels(start + "  group w in main.web { }\n  allow | -> w : https\n}\n");
  CHECK(has(ends, "w"));
  CHECK(has(ends, "internet"));
  CHECK(!has(ends, "https"));
  CHECK(has(labels(start + "  group w in main.web { }\n  allow internet -> w : |\n}\n"), "https"));
  CHECK(has(labels(start + "  allow w -> internet : https via |"), "nat"));
  CHECK(has(labels("import std/|"), "std/services"));
  CHECK(has(labels("import std/services { ht|"), "https"));
}

TEST_CASE("nothing in comments and texts") {
  CHECK(labels("// |").empty());
  CHECK(labels("pattern p() { group g in a.b { image = \"|\" } }").empty());
}

TEST_CASE("places count UTF-16, as editors do") {
  const std::string text = "é𝄞x\nab";
  CHECK(offset_of(text, {0, 3}) == 6);
  CHECK(offset_of(text, {0, 99}) == 7);
  CHECK(offset_of(text, {1, 1}) == 9);
  CHECK(offset_of(text, {7, 0}) == text.size());
  CHECK(place_of(text, 6).character == 3);
  CHECK(place_of(text, 9).line == 1);
  CHECK(place_of(text, 9).character == 1);
}

}  // namespace crenel::lsp
