#include "compiler/diagnostics/render_text.h"

#include <doctest/doctest.h>

using namespace crenel::diagnostics;
using crenel::base::SourceId;
using crenel::base::Sources;
using crenel::base::Span;

namespace {

constexpr DiagnosticKind<std::string> kFault{"CRN0001", Severity::Error, "a fault", "there is no {}"};
constexpr DiagnosticKind<> kDoubt{"CRN0002", Severity::Warning, "a doubt", "this does nothing"};

/// The span of the first place where `text` stands.
Span find(const Sources& sources, SourceId id, std::string_view text) {
  const std::size_t at = sources[id].text.find(text);
  REQUIRE(at != std::string::npos);
  return {.source = id, .begin = static_cast<std::uint32_t>(at), .end = static_cast<std::uint32_t>(at + text.size())};
}

struct Scene {
  explicit Scene(std::string text) : id(sources.add("net.crenel", std::move(text))) {}
  Sources sources;
  SourceId id;
  Diagnostics diagnostics;

  Diagnostic& fault(Span span) { return diagnostics.report(kFault, span, "tier"); }
  Diagnostic& fault(std::string_view text) { return fault(find(sources, id, text)); }
  [[nodiscard]] std::string shown() const { return render_text(diagnostics.all(), sources); }
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a diagnostic shows place, message and what was written") {
  Scene scene("network main {\n  subnet app : privte { size = /24 }\n}\n");
  scene.fault("privte");
  CHECK(scene.shown() ==
        "net.crenel:2:16: error[CRN0001]: there is no tier\n"
        "    2 |   subnet app : privte { size = /24 }\n"
        "      |                ^~~~~~\n");
}

TEST_CASE("notes, help and fixes follow") {
  Scene scene("network main {\n  subnet app : privte { size = /24 }\n}\n");
  Diagnostic& fault = scene.fault("privte");
  fault.notes.push_back({find(scene.sources, scene.id, "main"), "in this network"});
  fault.notes.push_back({{}, "a remark"});
  fault.help = "say `private`, `public` or `isolated`";
  fault.fixes.push_back({"say `private`", {{find(scene.sources, scene.id, "privte"), "private"}}, true});
  CHECK(scene.shown() ==
        "net.crenel:2:16: error[CRN0001]: there is no tier\n"
        "    2 |   subnet app : privte { size = /24 }\n"
        "      |                ^~~~~~\n"
        "net.crenel:1:9: note: in this network\n"
        "    1 | network main {\n"
        "      |         ^~~~\n"
        "note: a remark\n"
        "help: say `private`, `public` or `isolated`\n"
        "fix: say `private`\n"
        "    2 |   subnet app : private { size = /24 }\n"
        "      |                +++++++\n");
}

TEST_CASE("without a source there is no place and no excerpt") {
  Scene scene("");
  scene.diagnostics.report(kFault, {}, "file");
  scene.diagnostics.report(kDoubt, {});
  CHECK(scene.shown() == "error[CRN0001]: there is no file\n\nwarning[CRN0002]: this does nothing\n");
}

TEST_CASE("a point shows where something is missing, at the end of the text too") {
  Scene scene("allow a -> b :");
  scene.fault({.source = scene.id, .begin = 14, .end = 14});
  CHECK(scene.shown() ==
        "net.crenel:1:15: error[CRN0001]: there is no tier\n"
        "    1 | allow a -> b :\n"
        "      |               ^\n");
  Scene middle("a b");
  middle.fault({.source = middle.id, .begin = 1, .end = 1});
  CHECK(middle.shown().ends_with("    1 | a b\n      |  ^\n"));
  Scene empty("");
  empty.fault({.source = empty.id, .begin = 0, .end = 0});
  CHECK(empty.shown().ends_with("    1 |\n      | ^\n"));
}

TEST_CASE("of a span over several lines the first is marked to its end") {
  Scene scene("site a {\r\n  addresses = []\r\n}\r\n");
  scene.fault("a {\r\n  addresses = []\r\n}");
  CHECK(scene.shown() ==
        "net.crenel:1:6: error[CRN0001]: there is no tier\n"
        "    1 | site a {\n"
        "      |      ^~~\n");
}

TEST_CASE("marks stand below the text although tabs, wide and combining characters come before it") {
  Scene tabs("\tgroup\tweb x");
  tabs.fault("web");
  CHECK(tabs.shown() ==
        "net.crenel:1:8: error[CRN0001]: there is no tier\n"
        "    1 |     group   web x\n"
        "      |             ^~~\n");
  Scene wide("\"城堡 e\u0301 🏰\" web");
  wide.fault("web");
  CHECK(wide.shown() ==
        "net.crenel:1:11: error[CRN0001]: there is no tier\n"
        "    1 | \"城堡 e\u0301 🏰\" web\n"
        "      |             ^~~\n");
  Scene marked("城堡");
  marked.fault("城堡");
  CHECK(marked.shown().ends_with("    1 | 城堡\n      | ^~~~\n"));
}

TEST_CASE("nothing in a source can steer the terminal") {
  Scene scene("a\x1b[2Jb \u202Eevil\u2066 c");
  scene.diagnostics.report(kFault, find(scene.sources, scene.id, "c"), "\x1b[31mred\r");
  const std::string shown = scene.shown();
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(shown.find("a\\u{1b}[2Jb \\u{202e}evil\\u{2066} c") != std::string::npos);
  CHECK(shown.find("there is no \\u{1b}[31mred\\u{d}") != std::string::npos);
  // The mark stands below the `c` behind the spelled-out characters.
  CHECK(shown.ends_with("      |" + std::string(34, ' ') + "^\n"));
}

TEST_CASE("a long line is clipped around what matters") {
  Scene late(repeated("0123456789", 100) + "HERE" + repeated("0123456789", 100));
  late.fault("HERE");
  const std::string shown = late.shown();
  const std::string second = shown.substr(shown.find('\n') + 1);
  CHECK(second.substr(0, second.find('\n')).size() < 130);
  CHECK(second.find("…" + repeated("0123456789", 3) + "HERE0123") != std::string::npos);
  CHECK(second.find("…\n", 10) != std::string::npos);
  CHECK(second.ends_with("      |" + std::string(32, ' ') + "^~~~\n"));

  Scene far(repeated("äöü", 5000) + "HERE" + repeated("äöü", 5000));
  far.fault("HERE");
  CHECK(far.shown().find("| …" + repeated("äöü", 10) + "HEREäöü") != std::string::npos);
  CHECK(far.shown().find("…\n", 10) != std::string::npos);

  Scene early("HERE" + repeated("0123456789", 100));
  early.fault("HERE");
  CHECK(early.shown().find("    1 | HERE0123") != std::string::npos);

  Scene long_mark(repeated("x", 5000));
  long_mark.fault(repeated("x", 5000));
  CHECK(long_mark.shown().size() < 400);
}

TEST_CASE("a secret is never shown, whichever diagnostic shows its line") {
  Scene scene("key = \"hunter2\" other = \"plain\"\n");
  Diagnostic& secret = scene.fault("\"hunter2\"");
  secret.secret = true;
  secret.notes.push_back({find(scene.sources, scene.id, "other"), "beside"});
  secret.fixes.push_back({"take `vault_key`", {{find(scene.sources, scene.id, "other"), "others"}}, false});
  secret.fixes.push_back({"leave it out", {{find(scene.sources, scene.id, "\"hunter2\""), "none"}}, false});
  scene.fault("other");
  scene.fault("\"hunter2\" other");
  scene.fault("unter");
  const std::string shown = scene.shown();
  CHECK(shown.find("unter") == std::string::npos);
  CHECK(
      shown.starts_with("net.crenel:1:7: error[CRN0001]: there is no tier\n"
                        "    1 | key = *** other = \"plain\"\n"
                        "      |       ^~~\n"
                        "net.crenel:1:17: note: beside\n"
                        "    1 | key = *** other = \"plain\"\n"
                        "      |           ^~~~~\n"
                        "fix: take `vault_key`\n"
                        "    1 | key = *** others = \"plain\"\n"
                        "      |           ++++++\n"
                        "fix: leave it out\n"
                        "    1 | key = none other = \"plain\"\n"
                        "      |       ++++\n"));
}

TEST_CASE("a secret over several lines is masked on each of them") {
  Scene scene("key = \"first\nsecond\" x\n");
  scene.fault("\"first\nsecond\"").secret = true;
  scene.fault("x");
  const std::string shown = scene.shown();
  CHECK(shown.find("first") == std::string::npos);
  CHECK(shown.find("second") == std::string::npos);
}

TEST_CASE("fixes show what the line becomes") {
  SUBCASE("an insertion and a deletion on one line") {
    Scene scene("allow a b -> c\n");
    Diagnostic& fault = scene.fault("b");
    fault.fixes.push_back(
        {"add a comma",
         {{{.source = scene.id, .begin = 7, .end = 7}, ","}, {{.source = scene.id, .begin = 9, .end = 12}, ""}},
         true});
    CHECK(
        scene.shown().ends_with("fix: add a comma\n"
                                "    1 | allow a, b c\n"
                                "      |        +\n"));
  }
  SUBCASE("a replacement of several lines is shown by its first") {
    Scene scene("network main {\n}\n");
    Diagnostic& fault = scene.fault("main");
    fault.fixes.push_back(
        {"add a tier", {{{.source = scene.id, .begin = 14, .end = 14}, "\n  subnet a : private {\n  }"}}, true});
    CHECK(
        scene.shown().ends_with("fix: add a tier\n"
                                "    1 | network main {  subnet a : private { …\n"
                                "      |               ++++++++++++++++++++++++\n"));
  }
  SUBCASE("edits on two lines show both") {
    Scene scene("use a as x\nuse b as x\n");
    Diagnostic& fault = scene.fault("a");
    fault.fixes.push_back(
        {"rename",
         {{{.source = scene.id, .begin = 20, .end = 21}, "z"}, {{.source = scene.id, .begin = 9, .end = 10}, "y"}},
         true});
    CHECK(scene.shown().ends_with("    1 | use a as y\n      |          +\n    2 | use b as z\n      |          +\n"));
  }
}

TEST_CASE("colour changes nothing but colour") {
  Scene scene("subnet app : privte");
  Diagnostic& fault = scene.fault("privte");
  fault.help = "help";
  fault.fixes.push_back({"say `private`", {{find(scene.sources, scene.id, "privte"), "private"}}, true});
  const std::string colored = render_text(scene.diagnostics.all(), scene.sources, {.color = true});
  CHECK(colored.find("\x1b[1;31merror") != std::string::npos);
  std::string stripped;
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
    } else {
      stripped += colored[i];
    }
  }
  CHECK(stripped == scene.shown());
}
