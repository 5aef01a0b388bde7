#include "compiler/syntax/checks.h"

#include <doctest/doctest.h>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {
using Said = std::vector<std::string>;
}

TEST_CASE("a text that cannot be read is refused with one error and no tree") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"let a = \"\xff\"", "1:10 CRN0117 byte 9 (0xff) is not UTF-8"},
      {"\xc0\xaf", "1:1 CRN0117 byte 0 (0xc0) is not UTF-8"},
      {std::string("let a = 1\nlet\0b = 2", 19), "2:4 CRN0118 a NUL character cannot stand in a program"},
      {"let a = 1 // \xe2\x80\xae",
       "1:14 CRN0119 U+202E changes the direction of the text: what is shown is not what is read"},
      {"let a = \"\xe2\x81\xa6\"",
       "1:10 CRN0119 U+2066 changes the direction of the text: what is shown is not what is read"},
      {"let a = 1\rlet b = 2", "1:10 CRN0120 a carriage return without a line feed does not end a line"},
      {"let a = 1\r", "1:10 CRN0120 a carriage return without a line feed does not end a line"},
  };
  for (const auto& row : table) {
    CAPTURE(row.second);
    const Parsed parsed(row.first);
    CHECK(parsed.said() == Said{row.second});
    CHECK(parsed.file.items.empty());
  }
}

TEST_CASE("each kind of forbidden character is reported once, with how many there are") {
  const Parsed parsed(std::string("\0\0\0\r\r \xe2\x80\xaa", 9));
  CHECK(parsed.said().size() == 3);
  CHECK(parsed.diagnostics.all().at(0).notes.at(0).message == "there are 3 of them in this text");
}

TEST_CASE("characters beside the forbidden ones are none of them") {
  // U+2029, U+202F, U+2065, U+206A: neighbours of the two ranges
  const Parsed parsed("let a = \"\xe2\x80\xa9 \xe2\x80\xaf \xe2\x81\xa5 \xe2\x81\xaa\"\r\n");
  CHECK(parsed.said() == Said{});
}

TEST_CASE("a text that declares nothing") {
  for (const char* text : {"", "\n\n", "// nothing\n", "/// A doc comment of nothing.\n", "/* nothing */"}) {
    CAPTURE(text);
    CHECK(Parsed(text).said() == Said{"1:1 CRN0114 this file declares nothing"});
  }
}

TEST_CASE("too much text is not read") {
  const Parsed parsed(std::string(kMaxSourceBytes + 1, ' '));
  CHECK(parsed.said() == Said{"1:1 CRN0116 the text has 4194305 bytes; at most 4194304 are read"});
}

TEST_CASE("nesting without end is one error") {
  constexpr std::size_t kDeep = 100'000;
  for (const std::string& text :
       {"let x = " + repeat("(", kDeep), "let x = " + repeat("(", kDeep) + "1" + repeat(")", kDeep),
        "let x = " + repeat("[", kDeep), "let x = " + repeat("f(", kDeep), "let x = " + repeat("not ", kDeep) + "a",
        "let x = " + repeat("if a then b else ", kDeep) + "c", "let x = " + repeat("if ", kDeep),
        "let x = " + repeat("exists group g where ", kDeep) + "a",
        "pattern p(x : " + repeat("list of ", kDeep) + "a) { }", "pattern p() " + repeat("{", kDeep),
        "pattern p() { network n { " + repeat("on aws { ", kDeep),
        "pattern p() { allow " + repeat("every group g where (", kDeep), repeat("}", kDeep) + repeat("{", kDeep),
        "let x = " + repeat("not (", kDeep)}) {
    CAPTURE(text.substr(0, 40));
    const Parsed parsed(text);
    REQUIRE(parsed.diagnostics.all().size() == 1);
    CHECK(parsed.diagnostics.all().at(0).code == "CRN0115");
    CHECK(parsed.file.items.empty());
  }
}

TEST_CASE("as deep as is allowed, and long without being deep") {
  constexpr std::size_t kAllowed = kMaxNesting - 1;
  CHECK(Parsed("let x = " + repeat("(", kAllowed) + "1" + repeat(")", kAllowed)).said() == Said{});
  CHECK(Parsed("let x = " + repeat("[", kAllowed) + repeat("]", kAllowed)).said() == Said{});
  CHECK(Parsed("let x = " + repeat("not ", kAllowed) + "a").said() == Said{});
  CHECK(Parsed("let x = " + repeat("if a then b else ", kAllowed) + "c").said() == Said{});
  CHECK(Parsed("let x = " + repeat("not a and ", 5000) + "b").said() == Said{});
  CHECK(Parsed("let x = [" + repeat("if a then b else c, ", 5000) + "]").said() == Said{});
  CHECK(Parsed(repeat("let x = [not a]\n", 5000)).said() == Said{});
}

TEST_CASE("faulty tokens are reported each by itself and cause no other error") {
  const Parsed parsed(R"(pattern p() {
  allow a → b : c
  allow a -> b : c;
  let x = 5mm
  let y = "abc
  store z { key = "abc }
  let q = 'abc'
  group 2web in a.b { }
  allow d -> e : f
}
let $ = 3
label l
)");
  CHECK(parsed.said() == Said{
                             "2:11 CRN0105 `→` has no meaning in a program",
                             "3:19 CRN0105 `;` has no meaning in a program",
                             "4:11 CRN0109 `5mm` is neither a number nor a name",
                             "5:11 CRN0106 this text has no closing `\"` on its line",
                             "6:19 CRN0106 this text has no closing `\"` on its line",
                             "7:11 CRN0105 `'` has no meaning in a program",
                             "7:15 CRN0105 `'` has no meaning in a program",
                             "8:9 CRN0109 `2web` is neither a number nor a name",
                             "11:5 CRN0105 `$` has no meaning in a program",
                         });
  CHECK(dump(parsed.file) == "pattern p\n  allow a -> b : c\n  allow d -> e : f\nlabel l\n");
  CHECK(parsed.diagnostics.all().at(0).help == "an arrow is `->`");
}

TEST_CASE("characters without a gap between them are one fault") {
  CHECK(Parsed("let a = 1 @@§§ @\n").said() ==
        Said{"1:11 CRN0105 `@@§§` has no meaning in a program", "1:16 CRN0105 `@` has no meaning in a program"});
}

TEST_CASE("a comment without an end is the only fault of what it takes away") {
  const Parsed parsed("label l\npattern p() {\n  allow a -> b : c\n  /* and so on\n}\n");
  CHECK(parsed.said() == Said{"4:3 CRN0107 this comment is never closed by `*/`"});
  CHECK(Parsed("label l /*/").said() == Said{"1:9 CRN0107 this comment is never closed by `*/`"});
  CHECK(Parsed("label l /***").said() == Said{"1:9 CRN0107 this comment is never closed by `*/`"});
  CHECK(Parsed("label l /***/ /**/ // /*").said() == Said{});
}
