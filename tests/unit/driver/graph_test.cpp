#include "compiler/driver/graph.h"

#include <doctest/doctest.h>

#include "compiler/driver/handbook.h"
#include "compiler/driver/init.h"
#include "compiler/driver/picture.h"
#include "tests/unit/driver/fake_world.h"

namespace crenel::driver {
namespace {

using tests::fake_backends;
using Strings = std::vector<std::string>;

constexpr const char* kShop =
    "import std/services { http, https }\n"
    "/// # Shop\n///\n/// **Intent.** Sells <things>.\n"
    "pattern shop(space : cidr(/16../20) within 10.0.0.0/8 = 10.0.0.0/16) {\n"
    "  site office { addresses = [172.16.0.0/24]  device = 203.0.113.9 }\n"
    "  network main {\n"
    "    space = space\n"
    "    subnet edge : public { size = /26 }\n"
    "    subnet web : private { size = /24 }\n"
    "  }\n"
    "  link main to office by vpn { certificate = \"c\" }\n"
    "  balancer front in main.edge { certificate = \"c\"  forward https to web : http check \"/\" }\n"
    "  group web in main.web { image = \"i\"  scale = 2..4 by cpu(70%) }\n"
    "  allow internet -> front : https because \"we \\\"sell\\\" here\"\n"
    "  allow office -> web : http because \"looked after\"\n"
    "  never internet -> web\n"
    "}\n";

/// Answers like the layout program, and remembers nothing.
class FakeDot : public base::Programs {
 public:
  [[nodiscard]] std::variant<std::string, base::ProgramError> run(const Strings& command,
                                                                  const std::string& input) const override {
    if (command != Strings{"dot", "-Tsvg"}) return base::ProgramError{.not_there = false, .message = "what?"};
    return "<?xml version=\"1.0\"?>\n<svg><!-- " + std::to_string(input.size()) + " --></svg>\n";
  }
};

struct Run {
  base::MemoryFileSystem files{{{"/p/shop.crenel", kShop}}};
  std::unique_ptr<Compilation> compilation;

  explicit Run(const Request& request = {.files = {"/p/shop.crenel"}})
      : compilation(std::make_unique<Compilation>(files, fake_backends(), request)) {}
};

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a picture as text, for Mermaid") {
  Run run;
  const auto text = graph(*run.compilation, GraphFormat::Mermaid, base::NoPrograms());
  REQUIRE_MESSAGE(text, tests::codes(*run.compilation).size());
  CHECK(*text ==
        "flowchart LR\n"
        "  internet_internet([\"internet\"])\n"
        "  site_office[\"office\"]\n"
        "  subgraph network_main[\"main (space, 2 zones)\"]\n"
        "    subgraph tier_main_edge[\"main.edge (public, a /25 of space)\"]\n"
        "      balancer_front{{\"front\"}}\n"
        "    end\n"
        "    subgraph tier_main_web[\"main.web (private, a /23 of space)\"]\n"
        "      group_web[\"web<br>2 to 4\"]\n"
        "    end\n"
        "  end\n"
        "  network_main ---|\"VPN\"| site_office\n"
        "  balancer_front -.->|\"tcp/80\"| group_web\n"
        "  internet_internet -->|\"tcp/443\"| balancer_front\n"
        "  site_office -->|\"tcp/80\"| group_web\n");
}

TEST_CASE("a picture for Graphviz keeps the ends of its arrows") {
  Run run;
  const auto text = graph(*run.compilation, GraphFormat::Dot, base::NoPrograms());
  REQUIRE(text);
  CHECK(says(*text, "subgraph cluster_network_main {"));
  CHECK(
      says(*text,
           "internet_internet -> balancer_front [id=flow_3, class=\"flow from-internet_internet to-balancer_front\""));
  CHECK(says(*text, "lhead=cluster_network_main") == says(*text, "-> anchor_network_main"));
  CHECK(says(*text, "anchor_network_main -> site_office"));
}

TEST_CASE("an SVG needs the layout program, and says so") {
  Run drawn;
  const auto svg = graph(*drawn.compilation, GraphFormat::Svg, FakeDot());
  REQUIRE(svg);
  CHECK(says(*svg, "<svg>"));

  Run alone;
  CHECK(!graph(*alone.compilation, GraphFormat::Svg, base::NoPrograms()));
  CHECK(tests::codes(*alone.compilation) == Strings{"CRN0054"});
  CHECK(says(alone.compilation->diagnostics().all().front().help, "apt install graphviz"));
}

TEST_CASE("of several targets one is named") {
  Run run({.files = {"/p/two.crenel"}});
  run.files.put("/p/two.crenel", tests::pattern("a") + tests::pattern("b"));
  CHECK(!graph(*run.compilation, GraphFormat::Dot, base::NoPrograms()));
  CHECK(tests::codes(*run.compilation) == Strings{"CRN0055"});
  CHECK(says(run.compilation->diagnostics().all().front().help, "`/p/two.crenel:a`"));

  Run named({.files = {"/p/two.crenel"}, .targets = {"b"}});
  named.files.put("/p/two.crenel", tests::pattern("a") + tests::pattern("b"));
  const auto text = graph(*named.compilation, GraphFormat::Dot, base::NoPrograms());
  REQUIRE(text);
  CHECK(text->starts_with("digraph \"b\" {"));
}

TEST_CASE("a handbook's site: what is written, and what a page says") {
  Run run;
  const auto written = handbook(*run.compilation, "/site", FakeDot());
  CAPTURE(tests::codes(*run.compilation).size());
  CHECK(written == Strings{"/site/templates/shop.east.json", "/site/templates/shop.east.certificate.json",
                           "/site/templates/shop.west.json", "/site/templates/shop.west.certificate.json",
                           "/site/index.html", "/site/shop.html", "/site/style.css", "/site/script.js"});
  const auto& files = run.files.files();
  const std::string& page = files.at("/site/shop.html");
  CHECK(says(page, "<h1>Shop</h1>"));
  CHECK(says(page, "Sells &lt;things&gt;."));
  CHECK(says(page, "<svg>"));
  CHECK(!says(page, "<?xml"));
  CHECK(says(page, "<code>cidr(/16../20) within 10.0.0.0/8</code></td><td><code>10.0.0.0/16</code>"));
  CHECK(says(page, "we &quot;sell&quot; here"));
  CHECK(says(page, "<td class=\"proved\">proved</td>"));
  CHECK(says(page, "data-from=\"internet_internet\" data-to=\"balancer_front\""));
  CHECK(says(page, "use shop("));
  const std::string& start = files.at("/site/index.html");
  CHECK(says(start, "<a href=\"shop.html\">Shop</a>"));
  CHECK(says(start, "data-text=\""));
  CHECK(!says(start, "http://"));
}

TEST_CASE("a handbook with an error, or without pictures, writes nothing") {
  Run broken({.files = {"/p/bad.crenel"}});
  broken.files.put("/p/bad.crenel", tests::pattern_with_false_claim("a"));
  CHECK(handbook(*broken.compilation, "/site", FakeDot()).empty());
  CHECK(broken.files.written().empty());

  Run undrawn;
  CHECK(handbook(*undrawn.compilation, "/site", base::NoPrograms()).empty());
  CHECK(undrawn.files.written().empty());
}

TEST_CASE("a project that starts writes over nothing") {
  base::MemoryFileSystem files;
  diagnostics::Diagnostics fresh;
  CHECK(init(files, "/new", fresh) ==
        Strings{"/new/website.crenel", "/new/site.crenel", "/new/README.md", "/new/.crenel-root"});
  CHECK(!fresh.has_errors());
  const auto before = files.files();
  diagnostics::Diagnostics again;
  CHECK(init(files, "/new/", again).empty());
  REQUIRE(again.error_count() == 4);
  CHECK(again.all().front().code == "CRN0056");
  CHECK(files.files() == before);
}

}  // namespace crenel::driver
