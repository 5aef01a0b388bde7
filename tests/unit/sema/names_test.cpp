#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// Scopes, members, kinds, and what a name may not do.
namespace crenel::tests {
namespace {

TEST_CASE("an unknown name is met with the one that was meant: CRN0201") {
  Front front(in_pattern("never internet -> ap"));
  front.check();
  CHECK(front.codes() == "CRN0201");
  CHECK(front.at(0) == "ap");
  CHECK(front.one().message == "unknown name `ap`; an endpoint is expected");
  REQUIRE(front.one().fixes.size() == 1);
  CHECK(front.one().fixes[0].edits[0].text == "app");
  CHECK(codes_of(in_pattern("group b in main.app { image = imge }", "img : image")) == "CRN0201");
  CHECK(codes_of(in_pattern("let x = y\nnever internet -> x")) == "CRN0201");
}

TEST_CASE("each mistake is reported once, and all of them") {
  CHECK(codes_of(in_pattern("never a1 -> b1\nnever a1 -> b1 : c1")) == "CRN0201 CRN0201 CRN0201 CRN0201 CRN0222");
  // A group whose tier is unknown is there all the same.
  CHECK(codes_of(in_pattern("group x in main.nowhere { image = \"i\" }\nnever internet -> x")) == "CRN0210");
}

TEST_CASE("a name of another kind says what it is and where: CRN0202 CRN0227 CRN0229") {
  Front front(in_pattern("group b in main { image = \"i\" }"));
  front.check();
  CHECK(front.codes() == "CRN0202");
  CHECK(front.one().message == "`main` is a network; a subnet is expected");
  REQUIRE(front.one().notes.size() == 1);
  CHECK(codes_of(in_pattern("use app() as x")) == "CRN0202");
  CHECK(codes_of(in_pattern("group b in main.app { image = app }")) == "CRN0301");
  CHECK(codes_of(in_pattern("allow app -> internet : https via app")) == "CRN0227");
  CHECK(codes_of(in_pattern("allow app -> internet : https via nowhere")) == "CRN0201");
  CHECK(codes_of(in_pattern("never https -> app")) == "CRN0229");
  CHECK(codes_of(in_pattern("never nat -> app")) == "CRN0229");
  CHECK(codes_of(in_pattern("never platform -> app")) == "CRN0229");
  CHECK(codes_of(in_pattern("never every link -> app")) == "CRN0229");
  CHECK(codes_of(in_pattern("never internet -> app : app")) == "CRN0202");
}

TEST_CASE("members: CRN0210 CRN0211") {
  CHECK(codes_of(in_pattern("never internet -> main.ap")) == "CRN0210");
  CHECK(codes_of(in_pattern("never internet -> app.web")) == "CRN0210");
  CHECK(codes_of(in_pattern("never internet -> main.app")).empty());
  const std::string inner =
      "pattern inner() { network n { space = 10.9.0.0/16  subnet t : private { size = /24 } }\n"
      "  private group hidden in n.t { image = \"i\" }  group seen in n.t { image = \"i\" } }\n";
  CHECK(codes_of(inner + "pattern q() { use inner() as i  never internet -> i.hidden }\n") == "CRN0211");
  CHECK(codes_of(inner + "pattern q() { use inner() as i  never internet -> i.seen }\n").empty());
  CHECK(codes_of(inner + "pattern q() { use inner() as i  never internet -> i.n.t }\n").empty());
  CHECK(codes_of(inner + "pattern q() { use inner() as i  never internet -> i.sen }\n") == "CRN0210");
  CHECK(codes_of(inner + "pattern q() { use iner() as i  never internet -> i.seen }\n") == "CRN0201");
  // Parameters are the pattern's own affair.
  CHECK(
      codes_of(
          "pattern r(n : int(1..3) = 2) { let m = n }\npattern q() { use r() as i  let y = i.n  never any -> y }\n") ==
      "CRN0211");
}

TEST_CASE("an inner name hides no outer one: CRN0204") {
  CHECK(codes_of("label app\n" + in_pattern("")) == "CRN0204");
  CHECK(codes_of("let size = 3\npattern p(size : int(1..3) = 2) { let x = size }\n") == "CRN0204");
  CHECK(codes_of(in_pattern("let https = 3")) == "CRN0204");
  // What is reached through a dot hides nothing, and what is no value is not hidden.
  CHECK(codes_of("label front\n" + in_pattern("")).empty());
  CHECK(codes_of("environment app { }\n" + in_pattern("")).empty());
  CHECK(codes_of("label inner\npattern i() { }\npattern q() { use i() as inner }\n").empty());
}

TEST_CASE("things of one scope have different names: CRN0203") {
  CHECK(codes_of(in_pattern("group app in main.app { image = \"i\" }")) == "CRN0203");
  CHECK(codes_of("pattern p(a : bool = true, a : bool = true) { let b = a }\n") == "CRN0203");
  CHECK(codes_of("pattern p() { network n { space = 10.0.0.0/16  subnet a : public { size = /24 }  subnet a : public { "
                 "size = /24 } } }\n") == "CRN0203");
  Front links(
      in_pattern("site s { addresses = [172.16.0.0/16]  device = 203.0.113.9 }\n"
                 "link main to s by vpn { certificate = \"c\" }\nlink main to s by vpn { certificate = \"c\" }"));
  links.check();
  CHECK(links.codes() == "CRN0203");
}

TEST_CASE("attributes: CRN0207 CRN0208 CRN0209") {
  Front unknown(in_pattern("group b in main.app { image = \"i\"  imutable = true }"));
  unknown.check();
  CHECK(unknown.codes() == "CRN0207");
  CHECK(unknown.one().help == "did you mean `immutable`?");
  CHECK(codes_of(in_pattern("group b in main.app { image = \"i\"  image = \"j\" }")) == "CRN0208");
  CHECK(codes_of(in_pattern("group b in main.app { }")) == "CRN0209");
  CHECK(codes_of("pattern p() { network n { subnet a : public { } } }\n") == "CRN0209 CRN0209");
  CHECK(codes_of(in_pattern("site s { device = 203.0.113.9 }")) == "CRN0209");
  CHECK(codes_of(in_pattern("site s { addresses = [172.16.0.0/16] }\nlink main to s by vpn")) == "CRN0209");
}

TEST_CASE("provider blocks: CRN0207 CRN0208 CRN0218 CRN0219 CRN0301") {
  const auto group = [](const std::string& blocks) {
    return codes_of(in_pattern("group b in main.app { image = \"i\" " + blocks + " }"));
  };
  CHECK(group("on aws { class = \"c\"  spot = true }  on azure { sku = \"s\" }").empty());
  CHECK(group("on aws { clas = \"c\" }") == "CRN0207");
  CHECK(group("on aws { class = \"c\"  class = \"d\" }") == "CRN0208");
  CHECK(group("on gcp { }") == "CRN0218");
  CHECK(group("on aws { }  on aws { }") == "CRN0219");
  CHECK(group("on aws { spot = \"yes\" }") == "CRN0301");
  CHECK(group("on aws { sku = \"s\" }") == "CRN0207");
  Front kept(in_pattern("group b in main.app { image = \"i\"  on aws { class = \"c\" } }"));
  CHECK(kept.dump().find("on aws class = \"c\"") != std::string::npos);
}

TEST_CASE("patterns in use: CRN0212 CRN0213 CRN0215 CRN0707") {
  const std::string inner = "pattern inner(n : int(1..3) = 2) { let m = n }\n";
  CHECK(codes_of(inner + "pattern q() { use inner(m: 3) as i }\n") == "CRN0212");
  CHECK(codes_of(inner + "pattern q() { use inner(n: 3, n: 2) as i }\n") == "CRN0213");
  CHECK(codes_of(inner + "pattern q() { use inner(n: 4) as i }\n") == "CRN0302");
  Front cycle("pattern a() { use b() as x }\npattern b() { use c() as x }\npattern c() { use a() as x }\n");
  cycle.check();
  CHECK(cycle.found.all().size() == 3);
  CHECK(cycle.one().message.find("a → b → c → a") != std::string::npos);
  CHECK(codes_of("pattern a() { use a() as x when false }\n") == "CRN0215");
  CHECK(codes_of(
            "pattern west() for azure { }\nenvironment e { }\nstack s on aws in e { region = r  use west() as x }\n") ==
        "CRN0707");
}

TEST_CASE("cycles of values are printed: CRN0216") {
  Front lets("let a = b\nlet b = c\nlet c = a\n");
  lets.check();
  CHECK(lets.codes().find("CRN0216") == 0);
  CHECK(lets.one().message.find("a → b → c → a") != std::string::npos);
  CHECK(codes_of("service a = b\nservice b = a\n").find("CRN0216") == 0);
  CHECK(codes_of("addresses a = [a]\n") == "CRN0216");
  CHECK(codes_of("pattern p(a : int(1..9) = b, b : int(1..9) = a) { let c = a }\n").find("CRN0216") == 0);
  CHECK(codes_of("pattern p() { site a { addresses = [172.16.0.0/16]  inside = b }  site b { addresses = "
                 "[172.17.0.0/16]  inside = a } }\n") == "CRN0216");
  CHECK(codes_of("site a { addresses = [172.16.0.0/16]  inside = a }\n") == "CRN0216");
}

TEST_CASE("every, exists and functions: CRN0224 CRN0225 CRN0228") {
  CHECK(codes_of(in_pattern("allow every group -> internet : https via nat")) == "CRN0224");
  CHECK(codes_of(in_pattern("let x = every group\nnever internet -> x")) == "CRN0224");
  CHECK(codes_of(in_pattern("let x = exists group g\ngroup b in main.app { image = \"i\"  immutable = x }")) ==
        "CRN0224");
  CHECK(codes_of(in_pattern("never internet -> every group g where g.imutable")) == "CRN0225");
  CHECK(codes_of(in_pattern("let x = max(1)\nnever internet -> x")) == "CRN0228");
  Front chosen(
      in_pattern("group b in main.app { image = \"i\"  immutable = true }\n"
                 "never internet -> every group g where g.immutable and g.zones >= 2 and g.subnet.kind == private"));
  const std::string dump = chosen.dump();
  CHECK_MESSAGE(dump.find("internet -> [b] : any") != std::string::npos, dump);
}

TEST_CASE("actions: CRN0222 CRN0223 CRN0309") {
  CHECK(codes_of(in_pattern("never internet -> app : htps")) == "CRN0222");
  CHECK(codes_of(in_pattern("never 0.0.0.0/0 -> app")) == "CRN0223");
  CHECK(codes_of(in_pattern("never ::/0 -> app")) == "CRN0223");
  CHECK(codes_of("addresses all = [0.0.0.0/0]\n" + in_pattern("never all -> app")) == "CRN0223");
  CHECK(codes_of(in_pattern("never internet -> app : tcp/65536")) == "CRN0309");
  CHECK(codes_of(in_pattern("never internet -> app : icmp/256")) == "CRN0309");
  CHECK(codes_of(in_pattern("never internet -> app : tcp/9..3")) == "CRN0305");
  Front all(
      in_pattern("never any -> app : packets\nnever any -> app : icmp\nnever any -> app : any\nnever 203.0.113.7 -> "
                 "app : ssh, tcp/80..81"));
  const std::string dump = all.dump();
  CHECK(dump.find("any -> app : all packets") != std::string::npos);
  CHECK(dump.find("any -> app : icmp\n") != std::string::npos);
  CHECK(dump.find("203.0.113.7 [203.0.113.7/32] -> app : tcp/22, tcp/80..81") != std::string::npos);
}

}  // namespace
}  // namespace crenel::tests
