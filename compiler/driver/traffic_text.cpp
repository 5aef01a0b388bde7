#include "compiler/driver/traffic_text.h"

#include <charconv>
#include <system_error>

namespace crenel::driver {
namespace {

std::optional<std::uint16_t> number_of(std::string_view text) {
  std::uint16_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::optional<net::Traffic> one_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto protocol = net::parse_protocol(text.substr(0, slash));
  if (!protocol) return std::nullopt;
  if (slash == std::string_view::npos) return net::Traffic::of(*protocol);
  const std::string_view ports = text.substr(slash + 1);
  const std::size_t dots = ports.find("..");
  const auto first = number_of(ports.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : number_of(ports.substr(dots + 2));
  if (!first || !last || *last < *first) return std::nullopt;
  return net::Traffic::of(*protocol, *first, *last);
}

}  // namespace

std::optional<net::Traffic> traffic_of(std::string_view text) {
  if (text == net::to_string(net::Traffic::all())) return net::Traffic::all();
  net::Traffic out;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(", ");
    const auto one = one_of(text.substr(0, comma));
    if (!one) return std::nullopt;
    out = out.united(*one);
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 2);
  }
  return out;
}

}  // namespace crenel::driver
