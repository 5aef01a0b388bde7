#include "backends/azure/expression.h"

#include <doctest/doctest.h>

using namespace crenel::azure;

TEST_CASE("a text in brackets stays a text, whatever it looks like") {
  CHECK(Term::literal("[parameters('Key')]").value() == "[[parameters('Key')]");
  CHECK(Term::literal("[x]").value() == "[[x]");
  // Azure reads these as they are
  CHECK(Term::literal("[open").value() == "[open");
  CHECK(Term::literal("plain").value() == "plain");
  CHECK(Term::literal("[").value() == "[");
  CHECK(Term::literal("").value().empty());
}

TEST_CASE("a literal as an argument cannot end its own quotes") {
  CHECK(Term::literal("it's").argument() == "'it''s'");
  CHECK(call("concat", {Term::literal("a'b"), parameter("Space")}).value() == "[concat('a''b', parameters('Space'))]");
}

TEST_CASE("ids name the resource, or something inside it") {
  const Term name = Term::literal("MainNetwork");
  CHECK(resource_id(kVirtualNetwork, name).value() ==
        "[resourceId('Microsoft.Network/virtualNetworks', 'MainNetwork')]");
  CHECK(resource_id(kVirtualNetwork, name, {"subnets", "Web"}).value() ==
        "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'MainNetwork', 'Web')]");
}
