#include "compiler/base/text.h"

#include <doctest/doctest.h>

using namespace crenel::base;

TEST_CASE("well-formed UTF-8 has no invalid byte") {
  CHECK(!first_invalid_utf8(""));
  CHECK(!first_invalid_utf8("plain"));
  CHECK(!first_invalid_utf8("\xC3\xB6 \xE2\x82\xAC \xF0\x9F\x8F\xB0"));
  CHECK(!first_invalid_utf8("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));  // U+FFFF, U+10FFFF
  CHECK(!first_invalid_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("the first byte that is not UTF-8 is found") {
  CHECK(first_invalid_utf8("ab\xFF") == 2U);
  CHECK(first_invalid_utf8("a\x80") == 1U);                 // a continuation without a start
  CHECK(first_invalid_utf8("a\xC3") == 1U);                 // cut off at the end
  CHECK(first_invalid_utf8("a\xE2\x82") == 1U);             // likewise
  CHECK(first_invalid_utf8("\xC3(") == 0U);                 // no continuation
  CHECK(first_invalid_utf8("\xC0\xAF") == 0U);              // overlong, 2 bytes
  CHECK(first_invalid_utf8("\xE0\x80\xAF") == 0U);          // overlong, 3 bytes
  CHECK(first_invalid_utf8("\xF0\x80\x80\xAF") == 0U);      // overlong, 4 bytes
  CHECK(first_invalid_utf8("ok\xED\xA0\x80") == 2U);        // a surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0U);      // past U+10FFFF
  CHECK(first_invalid_utf8("\xF8\x88\x80\x80\x80") == 0U);  // five bytes
  CHECK(first_invalid_utf8("\xF0\x9F\x8F(") == 0U);
}

TEST_CASE("code points are counted, not bytes") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("\xC3\xB6\xE2\x82\xAC\xF0\x9F\x8F\xB0") == 3);
}

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("privte", "private") == 1);
  CHECK(edit_distance("private", "privte") == 1);
  CHECK(edit_distance("subnte", "subnet") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);
}

TEST_CASE("the nearest word is near, and the first on a tie") {
  const std::vector<std::string> kinds = {"public", "private", "isolated"};
  CHECK(nearest("privte", kinds) == "private");
  CHECK(nearest("pubilc", kinds) == "public");
  CHECK(!nearest("secret", kinds));
  CHECK(!nearest("x", {"y", "z"}));  // replacing all of a word is no likeness
  CHECK(nearest("web1", {"web2", "web3"}) == "web2");
  CHECK(nearest("ap", {"app"}) == "app");
  CHECK(!nearest("anything", {}));
}

TEST_CASE("lists read as in a sentence") {
  CHECK(list_in_words({}, "and").empty());
  CHECK(list_in_words({"a"}, "and") == "a");
  CHECK(list_in_words({"a", "b"}, "or") == "a or b");
  CHECK(list_in_words({"a", "b", "c"}, "and") == "a, b and c");
  CHECK(join({"a", "b", "c"}, ".") == "a.b.c");
  CHECK(join({}, ".").empty());
}
