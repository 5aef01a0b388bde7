#pragma once

#include <optional>
#include <string>
#include <string_view>

/// How messages of the Language Server Protocol travel: a header with the length, then JSON.
namespace crenel::lsp {

/// Takes the first whole message off the front of `received`; nothing while it has not arrived whole. What is no header
/// is passed over.
[[nodiscard]] std::optional<std::string> take_message(std::string& received);

/// The message with its header.
[[nodiscard]] std::string framed(std::string_view message);

/// The path that a `file:` URI names; nothing for another one.
[[nodiscard]] std::optional<std::string> path_of(std::string_view uri);
[[nodiscard]] std::string uri_of(std::string_view path);

}  // namespace crenel::lsp
