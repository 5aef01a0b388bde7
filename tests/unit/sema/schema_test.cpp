#include <doctest/doctest.h>

#include <set>

#include "compiler/sema/schema.h"

namespace crenel::tests {
namespace {

TEST_CASE("every kind of declaration has one schema, with documentation") {
  std::set<std::string_view> seen;
  for (const auto& schema : sema::schemas()) {
    CHECK(seen.insert(schema.keyword).second);
    CHECK(schema.doc.ends_with("."));
    std::set<std::string_view> names;
    for (const auto& attribute : schema.attributes) {
      CHECK(names.insert(attribute.name).second);
      CHECK_FALSE(attribute.doc.empty());
      // What must be given has no default.
      CHECK_FALSE((attribute.required && sema::default_of(attribute)));
    }
  }
  for (int kind = 0; kind <= static_cast<int>(sema::Kind::Stack); ++kind) {
    CHECK(sema::schema_of(sema::keyword(static_cast<sema::Kind>(kind))) != nullptr);
  }
  CHECK(sema::schema_of("gruop") == nullptr);
}

TEST_CASE("defaults are values of their attribute's type") {
  for (const auto& schema : sema::schemas()) {
    for (const auto& attribute : schema.attributes) {
      const auto value = sema::default_of(attribute);
      if (!value) continue;
      CAPTURE(attribute.name);
      CHECK_FALSE(sema::bound_broken(sema::type_of(attribute.type), *value));
      if (const auto* word = std::get_if<sema::Word>(&value->node)) {
        const auto words = sema::type_of(attribute.type).words;
        CHECK(std::find(words.begin(), words.end(), word->text) != words.end());
      }
    }
  }
}

TEST_CASE("look-up by name") {
  const auto* group = sema::schema_of("group");
  REQUIRE(group != nullptr);
  const auto* image = sema::find(*group, "image");
  REQUIRE(image != nullptr);
  CHECK(image->required);
  CHECK(sema::find(*group, "imgae") == nullptr);
}

}  // namespace
}  // namespace crenel::tests
