#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/sema/front.h"

namespace crenel::tests {
namespace {

const std::string kEmptyPattern = "pattern p() { }\n";

TEST_CASE("what is named and cannot be read says why: CRN0001 CRN0002 CRN0003 CRN0004") {
  Front nothing(Files{}, {"main.crenel"});
  CHECK(nothing.codes() == "CRN0001");
  CHECK_FALSE(nothing.one().span.valid());
  Front folder(Files{{"designs/a.crenel", kEmptyPattern}}, {"designs"});
  CHECK(folder.codes() == "CRN0002");
  auto refusing = std::make_unique<base::MemoryFileSystem>(Files{{"main.crenel", kEmptyPattern}});
  refusing->protect("/main.crenel");
  Front unreadable(std::move(refusing), {"main.crenel"}, "/");
  CHECK(unreadable.codes() == "CRN0003");
  Front huge(Files{{"main.crenel", std::string(50 * 1024 * 1024, ' ')}});
  CHECK(huge.codes() == "CRN0004");
  CHECK(huge.one().message.find("4 MB") != std::string::npos);
}

TEST_CASE("a file of comments is a program without targets") {
  Front front(std::string("// nothing yet\nlabel later\n"));
  CHECK(front.check().empty());
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
}

TEST_CASE("imports start from the folder of the file that has them") {
  Front front(Files{{"a/main.crenel", "import \"../b/x.crenel\" { one }\nimport \"y.crenel\" { two }\n"},
                    {"b/x.crenel", "import \"z.crenel\" { three }\nservice one = three\n"},
                    {"b/z.crenel", "service three = tcp/3\n"},
                    {"a/y.crenel", "service two = tcp/2\n"}},
              {"a/main.crenel"});
  front.check();
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  CHECK(sema::files_read(front.program()) ==
        std::vector<std::string>{"a/main.crenel", "b/x.crenel", "b/z.crenel", "a/y.crenel"});
}

TEST_CASE("a file is read once, whatever ways lead to it") {
  Front front(Files{{"main.crenel", "import \"x.crenel\" { one }\nimport \"./sub/../x.crenel\" { two }\n"},
                    {"sub/other.crenel", "label far\n"},
                    {"x.crenel", "service one = tcp/1\nservice two = tcp/2\n"}},
              {"main.crenel", "x.crenel", "main.crenel"});
  CHECK_MESSAGE(front.codes().empty(), front.rendered());
  CHECK(sema::files_read(front.program()).size() == 2);
}

TEST_CASE("nothing outside the root is read: CRN0005") {
  const Files files = {{"/project/main.crenel", "import \"../outside.crenel\" { x }\n"},
                       {"/outside.crenel", "label x\n"}};
  Front import(files, {"/project/main.crenel"}, "/project");
  CHECK(import.codes() == "CRN0005");
  Front data(Files{{"/project/main.crenel", "let key = file(\"../key.pem\")\n"}, {"/key.pem", "secret"}},
             {"/project/main.crenel"}, "/project");
  CHECK(data.codes() == "CRN0005");
  // A folder whose name begins like the root's is not in the root.
  Front near(
      Files{{"/project/main.crenel", "import \"../project2/x.crenel\" { x }\n"}, {"/project2/x.crenel", "label x\n"}},
      {"/project/main.crenel"}, "/project");
  CHECK(near.codes() == "CRN0005");
  auto linked = std::make_unique<base::MemoryFileSystem>(
      Files{{"/project/main.crenel", "import \"innocent.crenel\" { x }\n"}, {"/outside.crenel", "label x\n"}});
  linked->link("/project/innocent.crenel", "/outside.crenel");
  Front symlink(std::move(linked), {"/project/main.crenel"}, "/project");
  CHECK(symlink.codes() == "CRN0005");
}

TEST_CASE("a cycle of imports is printed once: CRN0006") {
  Front three(Files{{"main.crenel", "import \"b.crenel\" { x }\nlabel w\n"},
                    {"b.crenel", "import \"c.crenel\" { y }\nlabel x\n"},
                    {"c.crenel", "import \"b.crenel\" { x }\nlabel y\n"}});
  CHECK(three.codes() == "CRN0006");
  CHECK(three.one().message.find("b.crenel → c.crenel → b.crenel") != std::string::npos);
  Front itself(Files{{"main.crenel", "import \"main.crenel\" { x }\nlabel x\n"}});
  CHECK(itself.codes() == "CRN0006");
}

TEST_CASE("imports that lead nowhere are errors where they stand, without consequences") {
  Front missing(Files{{"main.crenel", "import \"gone.crenel\" { web }\npattern p() { allow web -> web : web }\n"}});
  missing.check();
  CHECK(missing.codes() == "CRN0001");
  CHECK(missing.at(0) == "\"gone.crenel\"");
  Front module("import std/service { https }\npattern p() { never any -> any : https }\n");
  module.check();
  CHECK(module.codes() == "CRN0007");
  CHECK(module.one().help == "did you mean `std/services`?");
  Front name("import std/services { htps }\npattern p() { never any -> any : htps }\n");
  name.check();
  CHECK(name.codes() == "CRN0206");
  REQUIRE(name.one().fixes.size() == 1);
  CHECK(name.one().fixes[0].edits[0].text == "https");
  Front passed_on(
      Files{{"main.crenel", "import \"x.crenel\" { https }\n"}, {"x.crenel", "import std/services { https }\n"}});
  CHECK(passed_on.codes() == "CRN0206");
}

TEST_CASE("a name is declared or imported once: CRN0203") {
  CHECK(codes_of("label a\nservice a = tcp/1\n") == "CRN0203");
  CHECK(codes_of("import std/services { ssh }\nservice ssh = tcp/2222\n") == "CRN0203");
  CHECK(codes_of("import std/services { ssh, ssh }\n") == "CRN0203");
  Front two(Files{{"main.crenel", "import std/services { ssh }\nimport \"x.crenel\" { ssh }\n"},
                  {"x.crenel", "service ssh = tcp/1\n"}});
  CHECK(two.codes() == "CRN0203");
  REQUIRE(two.one().notes.size() == 1);
  CHECK(two.one().notes[0].span.valid());
}

TEST_CASE("built-in names are nobody's: CRN0205") {
  for (const char* name :
       {"internet", "any", "inside", "outside", "nat", "platform", "packets", "env", "none", "icmp"}) {
    CHECK(codes_of(std::string("label ") + name + "\n") == "CRN0205");
  }
  CHECK(codes_of(in_pattern("let any = 3")) == "CRN0205");
}

TEST_CASE("file(…) reads text inside the root: CRN0001 CRN0003 CRN0009") {
  const std::string text = in_pattern("group batch in main.app { image = \"i\"  boot = file(\"boot.sh\") }");
  Front there(Files{{"main.crenel", text}, {"boot.sh", "echo \"hello\"\n"}});
  CHECK(there.dump().find(R"(boot = "echo \"hello\"\n")") != std::string::npos);
  CHECK(sema::files_read(there.program()).back() == "boot.sh");
  Front gone(text);
  gone.check();
  CHECK(gone.codes() == "CRN0001");
  Front binary(Files{{"main.crenel", text}, {"boot.sh", "\xff\xfe"}});
  binary.check();
  CHECK(binary.codes() == "CRN0003");
  CHECK(codes_of("let x = file(1)\n") == "CRN0009");
  CHECK(codes_of("let n = \"a\"\nlet x = file(n)\n") == "CRN0009");
}

TEST_CASE("an error of one file does not hide those of another") {
  Front front(Files{{"main.crenel", "import \"broken.crenel\" { thing }\nservice bad = tcp/99999\n"},
                    {"broken.crenel", "service = = =\n"}});
  front.check();
  CHECK(front.codes().find("CRN01") != std::string::npos);
  CHECK(front.codes().find("CRN0309") != std::string::npos);
  CHECK(front.codes().find("CRN0206") == std::string::npos);
}

}  // namespace
}  // namespace crenel::tests
