#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The pages of the diagnostics, embedded in the binary: `pages/CODE.md` here and in every backend. They open with
/// `# CODE: title`. Target `crenel_pages`.
namespace crenel::diagnostics {

/// The page of a code, e.g. "CRN0301", as Markdown; nothing when no diagnostic has that code.
[[nodiscard]] std::optional<std::string_view> page(std::string_view code);

/// Every code that has a page, sorted.
[[nodiscard]] std::vector<std::string_view> page_codes();

}  // namespace crenel::diagnostics
