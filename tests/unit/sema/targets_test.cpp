#include <doctest/doctest.h>

#include "tests/unit/sema/front.h"

/// What is built, for which providers, under which names.
namespace crenel::tests {
namespace {

std::string names_of(const std::vector<sema::Target>& targets) {
  std::string out;
  for (const auto& target : targets) {
    out += (out.empty() ? "" : " ") + target.name + ":";
    for (const auto& provider : target.providers) out += provider.substr(0, 2);
  }
  return out;
}

const std::string kTwo = "pattern a() { }\npattern b() for azure { }\n";

TEST_CASE("a file with neither stack nor handbook builds its own patterns") {
  Front front(kTwo);
  CHECK(names_of(front.targets(false)) == "a:awaz b:az");
  Front imported(
      Files{{"main.crenel", "import \"x.crenel\" { a }\npattern c() { use a() as x }\n"}, {"x.crenel", kTwo}});
  CHECK(names_of(imported.targets(true)) == "c:awaz");
}

TEST_CASE("a handbook builds what it lists; check adds the patterns as they stand") {
  const std::string text = kTwo + "handbook \"h\" { providers = [azure]  patterns = [b, a] }\n";
  Front build(text);
  CHECK(names_of(build.targets(false)) == "b:az a:az");
  Front check(text);
  CHECK(names_of(check.targets(true)) == "b:az a:az a:awaz b:az");
}

TEST_CASE("a stack is built once for each of its environments") {
  Front front("environment dev { }\nenvironment prod { }\nstack shop on azure in prod, dev { region = westeurope }\n");
  CHECK(names_of(front.targets(false)) == "shop.prod:az shop.dev:az");
}

TEST_CASE("what is wrong with targets: CRN0201 CRN0202 CRN0218 CRN0701 CRN0704 CRN0705 CRN0706 CRN0209") {
  CHECK(codes_of(kTwo + "handbook \"h\" { patterns = [a, a] }\n") == "CRN0701");
  CHECK(codes_of(kTwo + "handbook \"h\" { patterns = [a] }\nhandbook \"i\" { patterns = [a] }\n") == "CRN0701");
  CHECK(codes_of(kTwo + "handbook \"h\" { patterns = [c] }\n") == "CRN0201");
  CHECK(codes_of("label a\nhandbook \"h\" { patterns = [a] }\n") == "CRN0202");
  CHECK(codes_of(kTwo + "handbook \"h\" { providers = [aws]  patterns = [b] }\n") == "CRN0704");
  CHECK(codes_of(kTwo + "handbook \"h\" { providers = [awz]  patterns = [a] }\n") == "CRN0218");
  CHECK(codes_of(kTwo + "handbook \"h\" { patterns = [\"a\"] }\n") == "CRN0705");
  CHECK(codes_of(kTwo + "handbook \"h\" { patterns = 3 }\n") == "CRN0705");
  CHECK(codes_of("handbook \"h\" { }\n") == "CRN0209");
  CHECK(codes_of("handbook \"h\" { patterns = []  ownr = \"x\" }\n") == "CRN0207");
  CHECK(codes_of("environment e { }\nstack s on aws in e, e { region = r }\n") == "CRN0706");
  CHECK(codes_of("stack s on aws in e { region = r }\n") == "CRN0201");
  CHECK(codes_of("environment e { }\nstack s on gcp in e { region = r }\n") == "CRN0218");
  CHECK(codes_of("environment e { }\nstack s on aws in e { }\n") == "CRN0209");
  CHECK(codes_of("pattern p() for gcp { }\n") == "CRN0218");
}

TEST_CASE("what a pattern gets wrong is said once, however many targets it is in") {
  CHECK(codes_of("pattern a() { network n { space = 10.0.0.1/16  subnet t : private { size = /24 } } }\n"
                 "environment d { }\nenvironment e { }\nstack s on aws in d, e { region = r  use a() as x }\nhandbook "
                 "\"h\" { patterns = [a] }\n") == "CRN0303");
}

}  // namespace
}  // namespace crenel::tests
