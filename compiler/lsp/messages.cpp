#include "compiler/lsp/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>

namespace crenel::lsp {
namespace {

constexpr std::string_view kScheme = "file://";
/// More than any editor sends; a header that promises more is not believed.
constexpr std::size_t kMostBytes = std::size_t{64} * 1024 * 1024;

/// The number behind `Content-Length:` in the header.
std::optional<std::size_t> length_in(std::string_view header) {
  std::string lower(header);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::string_view kName = "content-length:";
  const std::size_t at = lower.find(kName);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t digits = lower.find_first_not_of(' ', at + kName.size());
  std::size_t length = 0;
  if (digits == std::string::npos) return std::nullopt;
  const auto read = std::from_chars(lower.data() + digits, lower.data() + lower.size(), length);
  return read.ec == std::errc() && length <= kMostBytes ? std::optional(length) : std::nullopt;
}

}  // namespace

std::optional<std::string> take_message(std::string& received) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  while (true) {
    const std::size_t end = received.find(kEnd);
    if (end == std::string::npos) return std::nullopt;
    const auto length = length_in(std::string_view(received).substr(0, end));
    const std::size_t body = end + kEnd.size();
    if (!length) {
      received.erase(0, body);
      continue;
    }
    if (received.size() < body + *length) return std::nullopt;
    std::string message = received.substr(body, *length);
    received.erase(0, body + *length);
    return message;
  }
}

std::string framed(std::string_view message) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", message.size(), message);
}

std::optional<std::string> path_of(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::nullopt;
  std::string out;
  for (std::size_t at = kScheme.size(); at < uri.size(); ++at) {
    unsigned value = 0;
    const bool escape = uri[at] == '%' && at + 2 < uri.size() &&
                        std::from_chars(uri.data() + at + 1, uri.data() + at + 3, value, 16).ptr == uri.data() + at + 3;
    out += escape ? static_cast<char>(value) : uri[at];
    if (escape) at += 2;
  }
  return out;
}

std::string uri_of(std::string_view path) {
  std::string out(kScheme);
  for (const char c : path) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("/-._~").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace crenel::lsp
