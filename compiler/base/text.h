#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crenel::base {

/// The offset of the first byte that is not well-formed UTF-8 (overlong forms and surrogates included), or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// Code points of well-formed UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate a person most likely meant by `word`: the nearest within a third of the word's length (at least 1),
/// the first one on a tie; nothing when none is near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// `["a", "b", "c"]` with `and` → "a, b and c".
[[nodiscard]] std::string list_in_words(const std::vector<std::string>& items, std::string_view conjunction);

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace crenel::base
