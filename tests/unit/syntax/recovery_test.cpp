#include "compiler/syntax/recovery.h"

#include <doctest/doctest.h>

#include "compiler/syntax/dump.h"
#include "compiler/syntax/parser.h"
#include "tests/unit/syntax/support.h"

using namespace crenel;
using namespace crenel::syntax;
using namespace crenel::syntax::tests;

namespace {

using Said = std::vector<std::string>;

/// A statement in a pattern between two good ones, which must survive: what is said, without the line.
Said said_of(const std::string& statement) {
  const Parsed parsed("pattern p() {\n  allow before -> x : y\n  " + statement + "\n  allow behind -> x : y\n}\n");
  CAPTURE(statement);
  CHECK(dump(parsed.file) == "pattern p\n  allow before -> x : y\n  allow behind -> x : y\n");
  Said out;
  for (const auto& line : parsed.said()) {
    CHECK(line.starts_with("3:"));
    out.push_back(line.substr(2));
  }
  return out;
}

}  // namespace

TEST_CASE("one error for a broken statement, and the neighbours stay") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"allow web -> : https", "16 CRN0101 expected an endpoint, found `:`"},
      {"allow -> b : c", "9 CRN0101 expected an endpoint, found `->`"},
      {"allow a b : c", "11 CRN0101 expected `->`, found `b`"},
      {"allow a -> b", "15 CRN0101 expected `:` after `b`"},
      {"allow a -> b :", "17 CRN0101 expected an action after `:`"},
      {"allow a -> b : c via", "23 CRN0101 expected a name after `via`"},
      {"allow a -> b : c because x", "28 CRN0101 expected a text in double quotes, found `x`"},
      {"allow a -> b : c when", "24 CRN0101 expected a value after `when`"},
      {"allow a -> because \"x\"", "14 CRN0101 expected an endpoint, found `because`"},
      {"allow a -> b : c becuase \"x\"", "20 CRN0101 expected a statement, found `becuase`"},
      {"allow a -> b : c stray", "20 CRN0101 expected a statement, found `stray`"},
      {"allow a, -> b : c", "12 CRN0101 expected an endpoint, found `->`"},
      {"deny a -> only : c", "13 CRN0102 `only` is a reserved word and cannot be a name here"},
      {"alow a -> b : c", "3 CRN0101 expected a statement, found `alow`"},
      {"never a => b", "11 CRN0101 expected `->` or `~>`, found `=`"},
      {"only a -> b", "14 CRN0101 expected `:` after `b`"},
      {"always a ~> b : c", "12 CRN0101 expected `->`, found `~>`"},
      {"require group : x", "17 CRN0101 expected a name, found `:`"},
      {"require group g g.x", "19 CRN0101 expected `:`, found `g`"},
      {"group only in a.b { }", "9 CRN0102 `only` is a reserved word and cannot be a name here"},
      {"group g a.b { }", "11 CRN0101 expected `in`, found `a`"},
      {"group { }", "9 CRN0101 expected a name, found `{`"},
      {"group g in a.b", "17 CRN0101 expected `{` after `b`"},
      {"group g in a.b { image = }", "28 CRN0101 expected a value, found `}`"},
      {"group g in a.b { image = size = 3 }", "28 CRN0101 expected a value, found `size`"},
      {"group g in a.b { rule = 3 }", "20 CRN0102 `rule` is a reserved word and cannot be a name here"},
      {"network n { space 10.0.0.0/8 }", "21 CRN0101 expected `=`, found `10.0.0.0/8`"},
      {"network n { subnet a private { } }", "24 CRN0101 expected `:`, found `private`"},
      {"network n { 3 }", "15 CRN0101 expected a property or `}`, found `3`"},
      {"let x = [a b]", "14 CRN0101 expected `,` or `]`, found `b`"},
      {"let x = (a or b", "18 CRN0101 expected `)` after `b`"},
      {"let x = f(a b)", "15 CRN0101 expected `,` or `)`, found `b`"},
      {"let x = 1..", "14 CRN0101 expected a value after `..`"},
      {"let x = if a then b", "22 CRN0101 expected `else` after `b`"},
      {"let if = 3", "7 CRN0102 `if` is a reserved word and cannot be a name here"},
      {"let x = a == b == c", "18 CRN0113 a comparison of a comparison takes parentheses"},
      {"use q(x: 3) shop", "15 CRN0101 expected `as`, found `shop`"},
      {"link a to b { }", "15 CRN0101 expected `by`, found `{`"},
      {"private allow a -> b : c", "11 CRN0101 expected a declaration, found `allow`"},
      {"allow a -> b : c when x when y", "27 CRN0111 `when` is given twice"},
      {"= 3", "3 CRN0101 expected a statement, found `=`"},
      {"{ }", "3 CRN0101 expected a statement, found `{`"},
      {"waive a.b for group x until tomorrow", "31 CRN0101 expected a date, found `tomorrow`"},
      {"waive a.b for group x owner y", "31 CRN0101 expected a text in double quotes, found `y`"},
  };
  for (const auto& row : table) {
    CAPTURE(row.first);
    CHECK(said_of(row.first) == Said{row.second});
  }
}

TEST_CASE("several independent errors in one run") {
  const Parsed parsed(R"(service = tcp/1
service a tcp/2
servce b = tcp/3
import "x" { }
pattern p(a int, b : ) {
  network n {
    subnet a : private { size }
    subnet : private
    space =
  }
  allow x -> : y
}
policy q {
  rule a : errr because "x"
  rule b : error
  rule c : error because "x" stray
  rule d : error require group g g.x
  rule e : error because "sound"
}
test "t" of p() { allow a -> b : c }
stack s on aws dev { }
handbook { }
label fine
)");
  CHECK(parsed.said() == Said{
                             "1:9 CRN0101 expected a name, found `=`",
                             "2:11 CRN0101 expected `=`, found `tcp/2`",
                             "3:1 CRN0101 expected a declaration, found `servce`",
                             "4:14 CRN0101 expected a name, found `}`",
                             "5:13 CRN0101 expected `:`, found `int`",
                             "5:22 CRN0101 expected a type, found `)`",
                             "7:31 CRN0101 expected `=`, found `}`",
                             "8:12 CRN0101 expected a name, found `:`",
                             "9:12 CRN0101 expected a value after `=`",
                             "11:14 CRN0101 expected an endpoint, found `:`",
                             "14:12 CRN0112 `errr` is not a severity",
                             "15:17 CRN0101 expected a claim or a clause of the rule after `error`",
                             "16:30 CRN0101 expected a rule, found `stray`",
                             "17:34 CRN0101 expected `:`, found `g`",
                             "20:19 CRN0101 expected a claim, found `allow`",
                             "21:16 CRN0101 expected `in`, found `dev`",
                             "22:10 CRN0101 expected a text in double quotes, found `{`",
                         });
  CHECK(dump(parsed.file) == "policy q\n  rule e : error\n    because \"sound\"\nlabel fine\n");
}

TEST_CASE("a misspelled keyword is recognised, with a fix") {
  for (const auto& [wrong, right] : std::vector<std::pair<std::string, std::string>>{
           {"alow a -> b : c", "allow"}, {"nevr a -> b", "never"}, {"grop g in a.b { }", "group"}}) {
    const Parsed parsed("pattern p() { " + wrong + " }");
    REQUIRE(parsed.diagnostics.all().size() == 1);
    const auto& diagnostic = parsed.diagnostics.all().at(0);
    CHECK(diagnostic.help == "did you mean `" + right + "`?");
    CHECK(diagnostic.fixes.at(0).edits.at(0).text == right);
  }
  CHECK(Parsed("patern p() { }").diagnostics.all().at(0).help == "did you mean `pattern`?");
}

TEST_CASE("a missing brace is missed where the indentation says, with the opening one as the second place") {
  const Parsed parsed(R"(pattern p() {
  network main {
    subnet app : private { size = /24
    subnet web : public { size = /24 }

  allow a -> b : c
  allow a -> : c
}
pattern q() {
  allow a -> b : c
)");
  CHECK(parsed.said() == Said{"3:38 CRN0103 `}` is missing", "4:39 CRN0103 `}` is missing",
                              "7:14 CRN0101 expected an endpoint, found `:`", "10:19 CRN0103 `}` is missing"});
  REQUIRE(parsed.diagnostics.all().at(0).notes.size() == 1);
  const auto opening = parsed.diagnostics.all().at(0).notes.at(0).span;
  CHECK(parsed.sources.position(opening.source, opening.begin).line == 3);
  CHECK(parsed.at(opening) == "{");
  CHECK(parsed.file.items.size() == 2);
}

TEST_CASE("other brackets are missed where they should stand, with the opening one as the second place") {
  const Parsed parsed("let x = f(a,\n  [b, c)\nlet y = 1\n");
  CHECK(parsed.said() == Said{"2:8 CRN0101 expected `,` or `]`, found `)`"});
  REQUIRE(parsed.diagnostics.all().at(0).notes.size() == 1);
  CHECK(parsed.at(parsed.diagnostics.all().at(0).notes.at(0).span) == "[");
  CHECK(parsed.file.items.size() == 1);
}

TEST_CASE("a brace too many") {
  CHECK(Parsed("let x = 1\n}\nlet y = 2\n").said() == Said{"2:1 CRN0104 this `}` closes nothing"});
  const Parsed parsed("pattern p() {\n  allow a -> b : c\n  }\n  allow d -> e : f\n  allow g -> h : i\n}\nlabel l\n");
  CHECK(parsed.said() == Said{"4:3 CRN0110 `allow` cannot stand in a file by itself"});
  REQUIRE(parsed.diagnostics.all().at(0).notes.size() == 1);
  CHECK(parsed.diagnostics.all().at(0).notes.at(0).message == "the declaration above ends here");
  CHECK(parsed.file.items.size() == 2);
}

TEST_CASE("a statement is nothing without its broken part") {
  // The network would be another one without the tier; the flow behind it is what it was.
  const Parsed parsed("pattern p() { network n { space = 10.0.0.0/8 subnet : private }\n allow a -> b : c }");
  CHECK(dump(parsed.file) == "pattern p\n  allow a -> b : c\n");
  CHECK(parsed.said().size() == 1);
}

TEST_CASE("reserved words are those that no keyword list of names has") {
  CHECK(is_reserved("allow"));
  CHECK(is_reserved("true"));
  CHECK(!is_reserved("group"));
  CHECK(!is_reserved("allowed"));
  CHECK(!is_reserved(""));
}
