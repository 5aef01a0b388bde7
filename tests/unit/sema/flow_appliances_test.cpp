#include <doctest/doctest.h>

#include "compiler/sema/sema.h"
#include "tests/unit/sema/front.h"

/// Flows that go via an appliance: what they come to, and what they need.
namespace crenel::tests {
namespace {

/// The codes of a program whose designs are built, too.
std::string codes_of(const std::string& text) {
  Front front(text);
  for (const auto& elaborated : front.check()) {
    if (elaborated) static_cast<void>(sema::build_design(*elaborated, front.found));
  }
  return front.codes();
}

std::string inspected(const std::string& more, const std::string& tier = "private") {
  return "pattern p(image : image) {\n"
         "  network main {\n    space = 10.0.0.0/16\n"
         "    subnet edge : public { size = /26 }\n"
         "    subnet inspection : " +
         tier +
         " { size = /26 }\n"
         "    subnet app : private { size = /24 }\n  }\n"
         "  appliance firewall in main.inspection { image = image }\n"
         "  group app in main.app { image = image }\n" +
         more + "\n}\n";
}

TEST_CASE("a flow via an appliance is three") {
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat")).empty());
  // the parts are there: to say them is to say them twice
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat\nallow app -> firewall : tcp/443")) ==
        "CRN0527");
}

TEST_CASE("the way goes on from the appliance") {
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall")) == "CRN0513");
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall", "public")).empty());
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat", "public")) == "CRN0515");
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat", "isolated")) == "CRN0521");
}

TEST_CASE("one appliance, and on the way to the Internet") {
  CHECK(codes_of(inspected("allow firewall -> internet : tcp/443 via firewall, nat")) == "CRN0518");
  CHECK(codes_of(inspected("group jobs in main.app { image = image }\nallow app -> jobs : tcp/443 via firewall")) ==
        "CRN0517");
  CHECK(codes_of(inspected("group jobs in main.inspection { image = image }")).find("CRN0") == 0);
}

TEST_CASE("a tier has one way out") {
  CHECK(codes_of(inspected("group jobs in main.app { image = image }\n"
                           "allow app -> internet : tcp/443 via firewall, nat\n"
                           "allow jobs -> internet : tcp/80 via nat")) == "CRN0519");
  // the appliance's own, too, whether or not the same packets are said to go another way
  const std::string office =
      "site office { addresses = [172.16.0.0/16]  device = 198.51.100.4 }\n"
      "link main to office by direct { encrypted = true }\n";
  for (const char* port : {"443", "80"}) {
    CAPTURE(port);
    CHECK(codes_of(inspected(office + "allow firewall -> internet : tcp/" + port +
                             " via office\nallow app -> internet : tcp/443 via firewall, nat")) == "CRN0519");
  }
}

TEST_CASE("what an appliance opens for one sender, a denial of another does not take from it") {
  for (const bool first : {true, false}) {
    const std::string flows[] = {"allow app -> internet : tcp/443 via firewall, nat\n",
                                 "allow jobs -> internet : tcp/443 via firewall, nat\n"};
    Front front(inspected("group jobs in main.app { image = image }\n" + flows[first ? 0 : 1] + flows[first ? 1 : 0] +
                          "deny jobs -> 203.0.113.0/24 : tcp/443"));
    const auto elaborated = front.check();
    REQUIRE(elaborated.size() == 1);
    const auto design = sema::build_design(*elaborated.front(), front.found);
    REQUIRE(design);
    for (const model::Flow& flow : design->flows) {
      const bool of_appliance = model::name_of(*design, flow.from) == "firewall";
      if (of_appliance) CHECK(flow.except.empty());
    }
  }
  // what only the denied one sends stays denied
  for (const bool before : {true, false}) {
    const std::string flow = "allow jobs -> internet : tcp/440..450 via firewall, nat\n";
    Front front(inspected("group jobs in main.app { image = image }\n" + (before ? flow : "") +
                          "allow app -> internet : tcp/443 via firewall, nat\n" + (before ? "" : flow) +
                          "deny jobs -> 203.0.113.0/24 : tcp/440..450"));
    const auto elaborated = front.check();
    REQUIRE(elaborated.size() == 1);
    const auto design = sema::build_design(*elaborated.front(), front.found);
    REQUIRE(design);
    std::string found;
    for (const model::Flow& each : design->flows) {
      if (model::name_of(*design, each.from) != "firewall") continue;
      found += net::to_string(each.traffic) + (each.except.empty() ? "; " : " but some; ");
    }
    CHECK((found == "tcp/440..442, tcp/444..450 but some; tcp/443; " ||
           found == "tcp/443; tcp/440..442, tcp/444..450 but some; "));
  }
}

TEST_CASE("a denial of a part of the way is an error, and one of addresses is not") {
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat\ndeny any -> firewall : packets")) ==
        "CRN0531");
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat\ndeny any -> 198.51.100.0/24 : any"))
            .empty());
}

TEST_CASE("claims name appliances, as ends and as hops") {
  CHECK(codes_of(inspected("allow app -> internet : tcp/443 via firewall, nat\n"
                           "never app -> internet except via firewall\n"
                           "never internet -> firewall"))
            .empty());
}

}  // namespace
}  // namespace crenel::tests
