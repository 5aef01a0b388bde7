#include "compiler/driver/html.h"

#include <doctest/doctest.h>

namespace crenel::driver {

TEST_CASE("text is never markup") {
  CHECK(html_text("a < b & \"c\" > d") == "a &lt; b &amp; &quot;c&quot; &gt; d");
  CHECK(markdown_to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
  CHECK(markdown_line("`<b>` and **<i>**") == "<code>&lt;b&gt;</code> and <strong>&lt;i&gt;</strong>");
}

TEST_CASE("the Markdown of doc comments becomes HTML") {
  CHECK(markdown_to_html("# Title\n\n**Intent.** One\nparagraph.\n\nAnother.") ==
        "<p><strong>Intent.</strong> One\nparagraph.</p>\n<p>Another.</p>\n");
  CHECK(markdown_to_html("- one\n- two\n  goes on\n\nafter") ==
        "<ul>\n<li>one</li>\n<li>two\n  goes on</li>\n</ul>\n<p>after</p>\n");
  CHECK(markdown_to_html("```\na < b\n```") == "<pre><code>a &lt; b\n</code></pre>\n");
  CHECK(markdown_to_html("## Part") == "<h4>Part</h4>\n");
  CHECK(markdown_to_html("") == "");
  CHECK(markdown_line("2 * 3 * 4 and a ` alone") == "2 <em> 3 </em> 4 and a ` alone");
}

TEST_CASE("what is left open is closed") {
  CHECK(markdown_to_html("```\nx") == "<pre><code>x\n</code></pre>\n");
  CHECK(markdown_to_html("- x") == "<ul>\n<li>x</li>\n</ul>\n");
}

TEST_CASE("a page's title and its first words") {
  CHECK(title_of("# Private network\nmore") == "Private network");
  CHECK(title_of("no title").empty());
  CHECK(first_paragraph("# T\n\n**Intent.** One\ntwo.\n\nThree.") == "Intent. One two.");
}

}  // namespace crenel::driver
