#pragma once

#include <string>
#include <string_view>

namespace crenel::driver {

/// Text as HTML shows it, also between the quotes of an attribute.
[[nodiscard]] std::string html_text(std::string_view text);

/// The Markdown that doc comments use (headings, paragraphs, lists, code, `code`, **strong**, *stressed*) as HTML;
/// anything else, HTML too, is text. Headings start at `<h3>`; a `# Title` in the first line is left out.
[[nodiscard]] std::string markdown_to_html(std::string_view markdown);

/// One line of it: the marks inside of a paragraph.
[[nodiscard]] std::string markdown_line(std::string_view text);

/// The `# Title` of the first line; empty without one.
[[nodiscard]] std::string_view title_of(std::string_view markdown);

/// The first paragraph without its marks.
[[nodiscard]] std::string first_paragraph(std::string_view markdown);

}  // namespace crenel::driver
