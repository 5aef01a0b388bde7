#include <doctest/doctest.h>

#include "tests/unit/azure/lifted.h"

using namespace crenel::azure::tests;

namespace {
constexpr const char* kOpen = R"("p": {"type": "string"})";
}

TEST_CASE("decisions, as far as they are known") {
  CHECK(value("if(true(), 'a', 'b')") == "'a'");
  CHECK(value("if(equals(1, 2), 'a', 'b')") == "'b'");
  CHECK(value("if(parameters('p'), 'a', 'a')", kOpen) == "'a'");
  CHECK(value("if(parameters('p'), 'a', 'b')", kOpen) == "if(parameters('p'), 'a', 'b')");
  CHECK(value("and(true(), false())") == "false");
  CHECK(value("and(parameters('p'), false())", kOpen) == "false");
  CHECK(value("and(parameters('p'), true())", kOpen) == "and(parameters('p'), true)");
  CHECK(value("or(parameters('p'), true())", kOpen) == "true");
  CHECK(value("not(false())") == "true");
  CHECK(value("bool('True')") == "true");
  CHECK(value("equals('a', 'A')") == "false");
  CHECK(value("equals(parameters('p'), parameters('p'))", kOpen) == "true");
  CHECK(value("equals(parameters('p'), 'a')", kOpen) == "equals(parameters('p'), 'a')");
  CHECK(value("less(1, 2)") == "true");
  CHECK(value("lessOrEquals(2, 2)") == "true");
  CHECK(value("greater('a', 'b')") == "false");
  CHECK(value("greaterOrEquals(1, 2)") == "false");
  CHECK(value("coalesce(null(), 'a')") == "'a'");
  CHECK(value("coalesce(parameters('p'), 'a')", kOpen) == "coalesce(parameters('p'), 'a')");
}

TEST_CASE("texts, and what is open in them") {
  CHECK(value("concat('a', 1, parameters('p'))", kOpen) == "'a1{parameters(''p'')}'");
  CHECK(value("concat(createArray(1), createArray(2))") == "[1, 2]");
  CHECK(value("concat(createArray(1), parameters('p'))", kOpen).starts_with("concat("));
  CHECK(value("format('{0}/{1}', 'a', 2)") == "'a/2'");
  CHECK(value("format('{{0}}')") == "'{0}'");
  CHECK(value("format('{1}', 'a')").starts_with("fault"));
  CHECK(value("format('{0:D2}', 4)").starts_with("format("));
  CHECK(value("string(12)") == "'12'");
  CHECK(value("toUpper('aB')") == "'AB'");
  CHECK(value("trim('  a b ')") == "'a b'");
  CHECK(value("replace('a-b-c', '-', '')") == "'abc'");
  CHECK(value("split('a,b', ',')") == "['a', 'b']");
  CHECK(value("split(parameters('p'), ',')[0]", kOpen).starts_with("split("));
  CHECK(value("last(split(resourceId('A.B/c', 'd'), '/'))") == "'d'");
  CHECK(value("substring('abcd', 1, 2)") == "'bc'");
  CHECK(value("startsWith('abc', 'AB')") == "true");
  CHECK(value("endsWith('abc', 'bd')") == "false");
  CHECK(value("join(createArray('a', 'b'), '-')") == "'a-b'");
  CHECK(value("padLeft('7', 3, '0')") == "'007'");
}

TEST_CASE("lists and objects") {
  CHECK(value("length(createArray(1, 2))") == "2");
  CHECK(value("length('abc')") == "3");
  CHECK(value("empty('')") == "true");
  CHECK(value("empty(createObject())") == "true");
  CHECK(value("empty(null())") == "true");
  CHECK(value("empty(parameters('p'))", kOpen) == "empty(parameters('p'))");
  CHECK(value("contains(createArray('a', 'b'), 'b')") == "true");
  CHECK(value("contains(createObject('a', 1), 'A')") == "true");
  CHECK(value("contains('abc', 'bc')") == "true");
  CHECK(value("contains(createArray(parameters('p')), 'b')", kOpen).starts_with("contains("));
  CHECK(value("union(createArray(1, 2), createArray(2, 3))") == "[1, 2, 3]");
  CHECK(value("union(createObject('a', 1), createObject('A', 2, 'b', 3))") == "<a: 2, b: 3>");
  CHECK(value("first(createArray(4, 5))") == "4");
  CHECK(value("last('abc')") == "'c'");
  CHECK(value("take(createArray(1, 2, 3), 2)") == "[1, 2]");
  CHECK(value("skip('abc', 1)") == "'bc'");
  CHECK(value("range(3, 2)") == "[3, 4]");
  CHECK(value("array('a')") == "['a']");
  CHECK(value("tryGet(createObject('a', 1), 'b')") == "null");
  CHECK(value("json('null')") == "null");
  CHECK(value("json('{}')") == "<>");
  CHECK(value("createArray(1)[3]").starts_with("fault"));
}

TEST_CASE("numbers") {
  CHECK(value("add(2, 3)") == "5");
  CHECK(value("sub(2, 3)") == "-1");
  CHECK(value("mul(2, 3)") == "6");
  CHECK(value("div(7, 2)") == "3");
  CHECK(value("div(7, 0)").starts_with("fault"));
  CHECK(value("div(-9223372036854775808, -1)").starts_with("fault"));
  CHECK(value("mod(-9223372036854775808, -1)") == "0");
  CHECK(value("add(9223372036854775807, 1)").starts_with("fault"));
  CHECK(value("mod(7, 4)") == "3");
  CHECK(value("int('12')") == "12");
  CHECK(value("int('x')").starts_with("fault"));
  CHECK(value("min(3, 1, 2)") == "1");
  CHECK(value("max(createArray(3, 1, 2))") == "3");
}

TEST_CASE("ids of resources") {
  const std::string own = "/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}";
  const auto text = [](const std::string& expression) {
    const auto out = evaluated(expression, kOpen);
    return crenel::azure::lifting::as_text(out).value_or("?");
  };
  CHECK(text("resourceId('Microsoft.A/b', 'x')") == own + "/providers/Microsoft.A/b/x");
  CHECK(text("resourceId('Microsoft.A/b/c', 'x', 'y')") == own + "/providers/Microsoft.A/b/x/c/y");
  CHECK(text("resourceId('Microsoft.A/b/c', 'x/y')") == own + "/providers/Microsoft.A/b/x/c/y");
  CHECK(text("concat(resourceId('Microsoft.A/b', 'x'), '/c/y')") == own + "/providers/Microsoft.A/b/x/c/y");
  CHECK(text("concat(resourceGroup().id, '/providers/Microsoft.A/b/x')") == own + "/providers/Microsoft.A/b/x");
  CHECK(text("resourceId('group', 'Microsoft.A/b', 'x')") ==
        "/subscriptions/{subscription().subscriptionId}/resourceGroups/group/providers/Microsoft.A/b/x");
  CHECK(text("resourceId('s', 'g', 'Microsoft.A/b', 'x')") ==
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.A/b/x");
  CHECK(text("subscriptionResourceId('Microsoft.A/b', 'x')") ==
        "/subscriptions/{subscription().subscriptionId}/providers/Microsoft.A/b/x");
  CHECK(text("tenantResourceId('Microsoft.A/b', 'x')") == "/providers/Microsoft.A/b/x");
  CHECK(text("extensionResourceId(resourceId('Microsoft.A/b', 'x'), 'Microsoft.C/d', 'y')") ==
        own + "/providers/Microsoft.A/b/x/providers/Microsoft.C/d/y");
  CHECK(text("resourceId('Microsoft.A/b', parameters('p'))") == own + "/providers/Microsoft.A/b/{parameters('p')}");
  CHECK(value("resourceId('Microsoft.A/b', 'x', 'y')").starts_with("fault"));
}

TEST_CASE("what only a deployment knows is the same value wherever it is written the same") {
  CHECK(value("uniqueString(resourceGroup().id)") == value("uniqueString( resourceGroup().ID )"));
  CHECK(value("equals(guid('a'), guid('a'))") == "true");
  CHECK(value("equals(guid('a'), guid('b'))").starts_with("equals("));
  CHECK(value("reference('x').outputs.y.value") == "reference('x').outputs.y.value");
  CHECK(value("contoso.special('x')") == "contoso.special('x')");
}
