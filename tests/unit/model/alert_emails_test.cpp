#include "compiler/model/alert_emails.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace crenel;

using Addresses = std::vector<std::string>;

TEST_CASE("a guard names addresses for a provider, sorted and each once") {
  model::Guard guard;
  CHECK(model::alert_emails(guard).empty());
  CHECK(model::alert_emails(guard, "one").empty());
  guard.settings["one"]["alert_emails"] = Addresses{"b@example.org", "a@example.org", "b@example.org"};
  guard.settings["other"]["alert_emails"] = Addresses{"c@example.org", "a@example.org"};
  guard.settings["other"]["else"] = true;
  CHECK(model::alert_emails(guard, "one") == Addresses{"a@example.org", "b@example.org"});
  CHECK(model::alert_emails(guard, "other") == Addresses{"a@example.org", "c@example.org"});
  CHECK(model::alert_emails(guard, "third").empty());
  CHECK(model::alert_emails(guard) == Addresses{"a@example.org", "b@example.org", "c@example.org"});
}
