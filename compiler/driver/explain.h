#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crenel::driver {

/// `crenel explain CODE`: the page of a diagnostic as plain text. Upper and lower case are the same. Nothing when no
/// diagnostic has the code.
[[nodiscard]] std::optional<std::string> explain(std::string_view code);

/// `crenel explain RULE`: a rule of the library's policies by its name, `two_zones` or `paper.two_zones`, as it is
/// written. Nothing when there is none.
[[nodiscard]] std::optional<std::string> explain_rule(std::string_view name);

/// The code or the rule that was probably meant.
[[nodiscard]] std::optional<std::string> nearest_code(std::string_view code);

/// `crenel explain`: every code with its title, one a line.
[[nodiscard]] std::string explain_all();

/// A page's Markdown as plain text: headings without marks, code indented instead of fenced, lines as they are.
[[nodiscard]] std::string plain_text(std::string_view markdown);

}  // namespace crenel::driver
