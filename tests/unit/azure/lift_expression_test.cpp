#include <doctest/doctest.h>

#include <string>

#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;
using namespace crenel::azure::lifting;
using crenel::estate::Part;

namespace {

constexpr const char* kSpace = R"("Space": {"type": "string"})";

Part part(const std::string& expression, const char* variables = "") {
  const Value out = evaluated(expression, kSpace, variables);
  REQUIRE(out.open() != nullptr);
  const auto* cut = std::get_if<Cut>(&out.open()->meaning);
  REQUIRE(cut != nullptr);
  CHECK(cut->parameter == "Space");
  REQUIRE(cut->part.has_value());
  return *cut->part;
}

}  // namespace

TEST_CASE("what is an expression, and what only looks like one") {
  CHECK(is_expression("[concat('a')]"));
  CHECK_FALSE(is_expression("[[concat('a')]"));
  CHECK_FALSE(is_expression("[a"));
  CHECK_FALSE(is_expression("text"));
}

TEST_CASE("texts, numbers, calls, members and elements are read") {
  CHECK(value("'it''s'") == "'it''s'");
  CHECK(value("-12") == "-12");
  CHECK(value(" concat( 'a' , 'b' ) ") == "'ab'");
  CHECK(value("CONCAT('a', toLOWER('B'))") == "'ab'");
  CHECK(value("createArray('a', 'b')[1]") == "'b'");
  CHECK(value("createObject('a', createObject('b', 3)).A.b") == "3");
  CHECK(value("createObject('a', 1)['a']") == "1");
}

TEST_CASE("what is no expression says why") {
  CHECK(value("concat('a'").starts_with("fault: `)` is missing"));
  CHECK(value("'a").starts_with("fault: a text is not closed"));
  CHECK(value("a.b").starts_with("fault: `a.b` is no function call"));
  CHECK(value("").starts_with("fault: it ends too early"));
  CHECK(value(std::string(500, '(')).starts_with("fault"));
  CHECK(value("concat(" + std::string(50'000, '-') + ")").starts_with("fault"));
}

TEST_CASE("parameters are not known, whatever they are by default") {
  CHECK(value("parameters('space')", R"("Space": {"type": "string", "defaultValue": "10.0.0.0/8"})") ==
        "parameters('Space')");
  CHECK(value("parameters('size')", R"("size": {"type": "string", "allowedValues": ["one"]})") == "'one'");
  CHECK(value("parameters('none')").starts_with("fault: the template has no parameter"));
}

TEST_CASE("variables are their values") {
  CHECK(value("variables('a')", "", R"("A": "[concat('x', variables('b'))]", "b": 3)") == "'x3'");
  CHECK(value("variables('t').k", "", R"("t": {"K": [1, 2]})") == "[1, 2]");
  CHECK(value("variables('a')", "", R"("a": "[[literal]")") == "'[literal]'");
  CHECK(value("variables('a')", "", R"("a": "[variables('b')]", "b": "[variables('a')]")")
            .starts_with("fault: variable `a` is made from itself"));
  CHECK(value("variables('n')", "", R"("copy": [{"name": "n", "count": 3, "input": "[copyIndex('n', 1)]"}])") ==
        "[1, 2, 3]");
  CHECK(value("variables('n').m", "", R"("n": {"copy": [{"name": "m", "count": 2, "input": "[copyIndex('m')]"}]})") ==
        "[0, 1]");
}

TEST_CASE("parts of a block that a parameter gives stay exact") {
  CHECK(part("cidrSubnet(parameters('Space'), 24, 3)") == Part{.length = 24, .index = 3, .from_end = false});
  CHECK(part("cidrSubnet(cidrSubnet(parameters('Space'), 24, 3), 26, 1)") ==
        Part{.length = 26, .index = 13, .from_end = false});
  CHECK(value("cidrSubnet('10.0.0.0/16', 24, 3)") == "'10.0.3.0/24'");
  CHECK(value("cidrSubnet('10.0.0.0/24', 24, 1)").starts_with("fault"));
  CHECK(value("cidrSubnet('nonsense', 24, 1)").starts_with("fault"));
}

TEST_CASE("a table of the last parts' numbers counts from the end") {
  constexpr const char* kTable = R"("Last26": {"20": 63, "21": 31, "26": 0})";
  constexpr const char* kLast = "variables('Last26')[string(parseCidr(parameters('Space')).cidr)]";
  const std::string last = kLast;
  CHECK(part("cidrSubnet(parameters('Space'), 26, " + last + ")", kTable) ==
        Part{.length = 26, .index = 0, .from_end = true});
  CHECK(part("cidrSubnet(parameters('Space'), 26, sub(" + last + ", 2))", kTable) ==
        Part{.length = 26, .index = 2, .from_end = true});
  CHECK(part("cidrSubnet(parameters('Space'), 26, add(sub(" + last + ", 2), 1))", kTable) ==
        Part{.length = 26, .index = 1, .from_end = true});
  CHECK(part("cidrSubnet(cidrSubnet(parameters('Space'), 26, " + last + "), 27, 0)", kTable) ==
        Part{.length = 27, .index = 1, .from_end = true});
}

TEST_CASE("a table with another number in it counts nothing from the end") {
  const std::string last = "variables('T')[string(parseCidr(parameters('Space')).cidr)]";
  for (const char* table : {R"("T": {"20": 62, "21": 31})", R"("T": {"20": 63, "21": 15})", R"("T": {"x": 1})"}) {
    CAPTURE(table);
    const Value out = evaluated("cidrSubnet(parameters('Space'), 26, " + last + ")", kSpace, table);
    REQUIRE(out.open() != nullptr);
    CHECK(std::holds_alternative<std::monostate>(out.open()->meaning));
  }
  // a part of another length, or of another parameter
  constexpr const char* kTable = R"("T": {"20": 63})";
  const Value other = evaluated("cidrSubnet(parameters('Space'), 27, " + last + ")", kSpace, kTable);
  CHECK(std::holds_alternative<std::monostate>(other.open()->meaning));
}

TEST_CASE("an address that a parameter gives, as a block") {
  const Value out = evaluated("concat(parameters('Device'), '/32')", R"("Device": {"type": "string"})");
  REQUIRE(out.open() != nullptr);
  const auto* cut = std::get_if<Cut>(&out.open()->meaning);
  REQUIRE(cut != nullptr);
  CHECK(cut->parameter == "Device");
  CHECK_FALSE(cut->part.has_value());
  CHECK(std::holds_alternative<std::monostate>(
      evaluated("concat(parameters('Device'), '/31')", R"("Device": {"type": "string"})").open()->meaning));
}

TEST_CASE("addresses are computed") {
  CHECK(value("cidrHost('10.0.0.0/24', 0)") == "'10.0.0.1'");
  CHECK(value("parseCidr('10.1.2.3/20').network") == "'10.1.0.0'");
  CHECK(value("parseCidr('10.1.0.0/20').cidr") == "20");
  CHECK(value("parseCidr('x').cidr").starts_with("fault"));
}
