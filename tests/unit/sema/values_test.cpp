#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Literals, types, bounds and operators.
namespace crenel::tests {
namespace {

std::string of_network(const std::string& attributes, const std::string& parameters = "") {
  return "pattern p(" + parameters + ") { network net { " + attributes + "  subnet a : private { size = /24 } } }\n";
}
std::string zones(const std::string& expression, const std::string& parameters = "") {
  return of_network("space = 10.0.0.0/16  zones = " + expression, parameters);
}
std::string scale(const std::string& value) {
  return in_pattern("group b in main.app { image = \"i\"  scale = " + value + " }");
}

/// The text that the first fix puts in.
std::string fix_of(const std::string& text) {
  Front front(text);
  front.check();
  if (front.found.all().empty() || front.one().fixes.empty()) return "";
  return front.one().fixes[0].edits[0].text;
}

TEST_CASE("blocks and addresses: CRN0303 CRN0304") {
  CHECK(codes_of(of_network("space = 10.0.7.0/16")) == "CRN0303");
  CHECK(fix_of(of_network("space = 10.0.7.0/16")) == "10.0.0.0/16");
  CHECK(codes_of(of_network("space = 10.0.300.0/16")) == "CRN0304");
  CHECK(codes_of(of_network("space = 10.0.0.0/33")) == "CRN0304");
  CHECK(codes_of(of_network("space = 10.0.0.0")) == "CRN0301");
  CHECK(codes_of(in_pattern("site s { addresses = [172.16.0.0/16, 203.0.113.9, 2001:db8::1] }")).empty());
  CHECK(codes_of(in_pattern("site s { addresses = 172.16.0.0/16 }")).empty());
  CHECK(codes_of(in_pattern("site s { addresses = [172.16.0.1/16, \"x\"] }")) == "CRN0303");
  CHECK(codes_of(in_pattern("site s { addresses = [172.16.0.0/16, \"x\"] }")) == "CRN0301");
  CHECK(fix_of(of_network("space = \"10.0.0.0/16\"")) == "10.0.0.0/16");
  CHECK(fix_of(in_pattern("site s { addresses = [\"203.0.113.9\"] }")) == "203.0.113.9");
  CHECK(fix_of(in_pattern("site s { addresses = [\"x\"] }")).empty());
}

TEST_CASE("ranges, percentages, dates, numbers: CRN0305 CRN0306 CRN0307 CRN0308") {
  CHECK(codes_of(scale("6..2")) == "CRN0305");
  CHECK(fix_of(scale("6..2")) == "2..6");
  CHECK(codes_of(scale("2..6 by cpu(101%)")) == "CRN0306");
  CHECK(codes_of(scale("2..6 by cpu(0%)")) == "CRN0302");
  CHECK(codes_of(scale("2..6 by cpu(70)")) == "CRN0301");
  CHECK(codes_of(scale("2..6 by memory(70%)")) == "CRN0318");
  CHECK(codes_of(scale("0..0")) == "CRN0302");
  CHECK(codes_of(scale("3")).empty());
  for (const char* bad : {"2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-04-31", "2027-01-00"}) {
    CHECK(codes_of(std::string("let d = ") + bad + "\n") == "CRN0307");
  }
  for (const char* good : {"2028-02-29", "2000-02-29", "2027-12-31"}) {
    CHECK(codes_of(std::string("let d = ") + good + "\n").empty());
  }
  CHECK(codes_of("let n = 9223372036854775807\n").empty());
  CHECK(codes_of("let n = 9223372036854775808\n") == "CRN0308");
  CHECK(codes_of("let n = 106751991167301d\n") == "CRN0308");
  CHECK(codes_of("pattern p(c : cidr(/20../16) = 10.0.0.0/16) { let x = c }\n") == "CRN0305");
}

TEST_CASE("types and bounds of attributes: CRN0301 CRN0302 CRN0319") {
  CHECK(codes_of(zones("0")) == "CRN0302");
  CHECK(codes_of(zones("7")) == "CRN0302");
  CHECK(codes_of(zones("\"2\"")) == "CRN0301");
  CHECK(codes_of(zones("true")) == "CRN0301");
  CHECK(codes_of(zones("none")).empty());
  const auto acl = [](const std::string& word) {
    return "pattern p() { network net { space = 10.0.0.0/16  subnet a : private { size = /24  acl = " + word +
           " } } }\n";
  };
  CHECK(codes_of(acl("strict")).empty());
  CHECK(codes_of(acl("strickt")) == "CRN0319");
  CHECK(fix_of(acl("strickt")) == "strict");
  CHECK(codes_of(acl("\"strict\"")) == "CRN0301");
  CHECK(fix_of(acl("\"strict\"")) == "strict");
  // A word is resolved where its type is known.
  CHECK(codes_of("let tight = strict\n" + acl("tight")).empty());
  CHECK(codes_of("let tight = strickt\n" + acl("tight")) == "CRN0319");
  CHECK(codes_of(acl("if true then strict else open")).empty());
  CHECK(codes_of(acl("if true then strict else opened")) == "CRN0319");
}

TEST_CASE("types and bounds of parameters: CRN0302 CRN0311 CRN0312 CRN0313") {
  const auto parameter = [](const std::string& type) {
    return codes_of("pattern p(a : " + type + ") { let b = a }\n");
  };
  CHECK(parameter("int(2..6) = 7") == "CRN0302");
  CHECK(parameter("int(2..6) = 6").empty());
  CHECK(parameter("int = 6").empty());
  CHECK(parameter("int(/2../6) = 6") == "CRN0313");
  CHECK(parameter("itn = 6") == "CRN0312");
  CHECK(parameter("bool(1..2) = true") == "CRN0313");
  CHECK(parameter("string(\"[a-z\") = \"a\"") == "CRN0311");
  CHECK(parameter("string(\"^[a-z]+$\") = \"abc\"").empty());
  CHECK(parameter("string(\"^[a-z]+$\") = \"ABC\"") == "CRN0302");
  CHECK(parameter("string(\"[a-z]\") = \"abc\"") == "CRN0302");
  CHECK(parameter("cidr(/16../20) = 10.0.0.0/24") == "CRN0302");
  CHECK(parameter("cidr(/16../20) within 10.0.0.0/8 = 192.168.0.0/16") == "CRN0302");
  CHECK(parameter("cidr(/24) = 10.0.0.0/24").empty());
  CHECK(parameter("cidr(16..20) = 10.0.0.0/16") == "CRN0313");
  CHECK(parameter("ip within 203.0.113.0/24 = 203.0.114.1") == "CRN0302");
  CHECK(parameter("int(1..3) within 10.0.0.0/8 = 2") == "CRN0313");
  CHECK(parameter("duration = 5m").empty());
  CHECK(parameter("percent = 50%").empty());
  CHECK(parameter("range = 2..6").empty());
  CHECK(parameter("one of { small, large } = large").empty());
  CHECK(parameter("one of { small, large } = medium") == "CRN0319");
  CHECK(parameter("list of int(1..3) = [1, 2, 4]") == "CRN0302");
  CHECK(parameter("list of group = []").empty());
  CHECK(codes_of("import std/addresses { private_ranges }\npattern p(a : cidr(/24) within private_ranges = "
                 "203.0.113.0/24) { let b = a }\n") == "CRN0302");
}

TEST_CASE("a secret is written nowhere, and shown nowhere: CRN0310") {
  const std::string inner =
      "pattern inner(key : secret) {\n  network n { space = 10.0.0.0/16  subnet t : private { size = /24 } }\n"
      "  site s { addresses = [172.16.0.0/16]  device = 203.0.113.9 }\n  link n to s by vpn { key = key }\n}\n";
  for (const std::string& text : {inner + "pattern q() { use inner(key: \"hunter2\") as i }\n",
                                  inner + "let k = \"hunter2\"\npattern q() { use inner(key: k) as i }\n",
                                  std::string("pattern p(key : secret = \"hunter2\") { let k = key }\n"),
                                  inner + "handbook \"h\" { patterns = [inner(key: \"hunter2\")] }\n"}) {
    Front front(text);
    front.check();
    CHECK(front.codes().find("CRN0310") != std::string::npos);
    for (const auto& one : front.found.all()) CHECK(one.message.find("hunter2") == std::string::npos);
  }
  Front typed(inner + "pattern q() { use inner(key: \"hunter2\") as i }\n");
  typed.check();
  CHECK(typed.one().secret);
  CHECK(typed.rendered().find("hunter2") == std::string::npos);
  Front misspelt(inner + "pattern q() { use inner(kye: \"hunter2\") as i }\n");
  misspelt.check();
  CHECK(misspelt.codes() == "CRN0212");
  CHECK(misspelt.rendered().find("hunter2") == std::string::npos);
  Front bound(inner);
  bound.check({{"key", "\"hunter2\""}});
  CHECK(bound.codes() == "CRN0310");
  CHECK(bound.rendered().find("hunter2") == std::string::npos);
}

TEST_CASE("expressions are decided when the pattern is compiled") {
  const auto zones_of = [](const std::string& expression) {
    Front front(zones("if " + expression + " then 3 else 2",
                      "n : int(1..9) = 4, w : one of { small, large } = large, f : bool = true"));
    const std::string dump = front.dump();
    return dump.find("zones = 3") != std::string::npos ? 3 : dump.find("zones = 2") != std::string::npos ? 2 : 0;
  };
  CHECK(zones_of("n == 4") == 3);
  CHECK(zones_of("n != 4") == 2);
  CHECK(zones_of("n < 5 and n >= 4") == 3);
  CHECK(zones_of("n > 4 or f") == 3);
  CHECK(zones_of("not f") == 2);
  CHECK(zones_of("w == large") == 3);
  CHECK(zones_of("large == w") == 3);
  CHECK(zones_of("w in [small, large]") == 3);
  CHECK(zones_of("n in 1..3") == 2);
  CHECK(zones_of("n in [1, 4]") == 3);
  CHECK(zones_of("10.1.0.0/16 within 10.0.0.0/8") == 3);
  CHECK(zones_of("10.1.0.0/16 overlaps [10.2.0.0/16]") == 0);
  CHECK(zones_of("10.0.0.0/8 overlaps 10.2.0.0/16") == 3);
  CHECK(zones_of("10.2.0.7 in 10.2.0.0/16") == 3);
  CHECK(zones_of("[1, 2] within [1, 2, 3]") == 3);
  CHECK(zones_of("[1, 2] overlaps [3]") == 2);
  CHECK(zones_of("count([1, 2, 3]) == 3") == 3);
  CHECK(zones_of("5m < 1h") == 3);
  CHECK(zones_of("2027-01-31 < 2027-02-01") == 3);
  CHECK(zones_of("/16 < /24") == 3);
}

TEST_CASE("what cannot be compared: CRN0317 CRN0319 CRN0315") {
  CHECK(codes_of(zones("if 2 == \"two\" then 3 else 2")) == "CRN0317");
  CHECK(codes_of(zones("if \"a\" < \"b\" then 3 else 2")) == "CRN0317");
  CHECK(codes_of(zones("if w == lage then 3 else 2", "w : one of { small, large } = small")) == "CRN0319");
  CHECK(codes_of(zones("if count(3) == 1 then 3 else 2")) == "CRN0301");
  CHECK(codes_of(zones("if 3 then 3 else 2")) == "CRN0301");
  CHECK(codes_of(zones("if c within 10.0.0.0/12 then 3 else 2", "c : cidr(/16) within 10.0.0.0/8")) == "CRN0315");
}

TEST_CASE("a balancer's lines are of one port: CRN0320") {
  const auto forward = [](const std::string& line) {
    return codes_of(in_pattern("balancer f in main.front { certificate = \"c\"  forward " + line + " }"));
  };
  CHECK(forward("https to app : tcp/8080").empty());
  CHECK(forward("tcp/80..81 to app : tcp/8080") == "CRN0320");
  CHECK(forward("https to app : any") == "CRN0320");
  CHECK(forward("icmp/8 to app : tcp/80") == "CRN0320");
  CHECK(forward("https to front : tcp/80") == "CRN0201");
  CHECK(forward("https to app : tcp/80 check \"healthz\"") == "CRN0302");
  CHECK(forward("https to app : tcp/80 check 3") == "CRN0301");
}

}  // namespace
}  // namespace crenel::tests
