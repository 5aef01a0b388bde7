#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "compiler/diagnostics/catalogue/values.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {

using base::Span;
using diagnostics::Diagnostics;

namespace {

/// The number, when it is not larger than `most`.
std::optional<std::int64_t> number(const std::string& digits, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value > most) return std::nullopt;
  return value;
}

template <class Made>
std::optional<Value> value_at(std::optional<Made> node, Span span) {
  if (!node) return std::nullopt;
  return Value{.node = std::move(*node), .span = span};
}

std::optional<std::int64_t> integer(const std::string& digits, Span span, Diagnostics& diagnostics) {
  const auto value = number(digits, std::numeric_limits<std::int64_t>::max());
  if (!value) diagnostics.report(diagnostics::kNumberTooLarge, span, digits);
  return value;
}

std::optional<Percent> percent(const std::string& digits, Span span, Diagnostics& diagnostics) {
  const auto value = number(digits, 100);
  if (!value) {
    diagnostics.report(diagnostics::kPercentTooLarge, span, digits).fixes.push_back({"write `100%`", {{span, "100%"}}});
    return std::nullopt;
  }
  return Percent{static_cast<int>(*value)};
}

std::optional<Duration> duration(const syntax::DurationLiteral& written, Span span, Diagnostics& diagnostics) {
  const std::int64_t unit = written.unit == 'd' ? 86400 : written.unit == 'h' ? 3600 : written.unit == 'm' ? 60 : 1;
  const auto value = number(written.digits, std::numeric_limits<std::int64_t>::max() / unit);
  if (!value) {
    diagnostics.report(diagnostics::kNumberTooLarge, span, written.digits + written.unit);
    return std::nullopt;
  }
  return Duration{*value * unit};
}

int days_of(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays.at(static_cast<std::size_t>(month - 1));
}

std::optional<Date> date(const std::string& text, Span span, Diagnostics& diagnostics) {
  // The lexer has seen to the form YYYY-MM-DD.
  const Date found{
      .year = std::stoi(text.substr(0, 4)), .month = std::stoi(text.substr(5, 2)), .day = std::stoi(text.substr(8, 2))};
  if (found.month >= 1 && found.month <= 12 && found.day >= 1 && found.day <= days_of(found.year, found.month)) {
    return found;
  }
  auto& reported = diagnostics.report(diagnostics::kBadDate, span, text);
  if (found.month >= 1 && found.month <= 12 && found.day > 0) {
    const std::string last = fmt::format("{}-{:02}", text.substr(0, 7), days_of(found.year, found.month));
    reported.fixes.push_back({fmt::format("write `{}`", last), {{span, last}}});
  }
  return std::nullopt;
}

std::optional<PrefixLength> prefix_length(const std::string& digits, Span span, Diagnostics& diagnostics) {
  const auto value = number(digits, 128);
  if (!value) {
    diagnostics.report(diagnostics::kOutOfBounds, span, "/" + digits, "a prefix length: at most /32, with IPv6 /128");
    return std::nullopt;
  }
  return PrefixLength{static_cast<int>(*value)};
}

}  // namespace

std::optional<net::Address> address_literal(const std::string& text, Span span, Diagnostics& diagnostics) {
  auto address = net::parse_address(text);
  if (!address) {
    diagnostics.report(diagnostics::kBadAddress, span, text,
                       text.find(':') == std::string::npos
                           ? "each of the four numbers is at most 255, without leading zeros"
                           : "its groups are not those of an IPv6 address");
  }
  return address;
}

std::optional<net::Prefix> prefix_literal(const std::string& text, Span span, Diagnostics& diagnostics) {
  net::PrefixError error = net::PrefixError::Malformed;
  net::Prefix corrected;
  const auto prefix = net::parse_prefix(text, &error, &corrected);
  if (prefix) return prefix;
  switch (error) {
    case net::PrefixError::HostBits: {
      const std::string meant = net::to_string(corrected);
      auto& reported = diagnostics.report(diagnostics::kHostBits, span, text);
      reported.help = fmt::format("the block that holds it is {}", meant);
      reported.fixes.push_back({.title = fmt::format("write `{}`", meant), .edits = {{span, meant}}, .safe = false});
      break;
    }
    case net::PrefixError::OctetTooLarge:
      diagnostics.report(diagnostics::kBadAddress, span, text, "each of the four numbers is at most 255");
      break;
    case net::PrefixError::LengthTooLarge:
      diagnostics.report(
          diagnostics::kBadAddress, span, text,
          text.find(':') == std::string::npos ? "its length is at most /32" : "its length is at most /128");
      break;
    case net::PrefixError::Malformed:
      diagnostics.report(diagnostics::kBadAddress, span, text, "a block is written like 10.0.0.0/16 or 2001:db8::/32");
      break;
  }
  return std::nullopt;
}

std::optional<net::Traffic> service_literal(const syntax::ServiceLiteral& written, Span span,
                                            Diagnostics& diagnostics) {
  const auto protocol = net::parse_protocol(written.protocol);
  if (!protocol) {
    diagnostics.report(diagnostics::kBadPort, span, written.protocol, "protocol: tcp, udp, icmp, icmp6 or sctp");
    return std::nullopt;
  }
  const bool typed = *protocol == net::Protocol::Icmp || *protocol == net::Protocol::Icmp6;
  const std::int64_t most = typed ? 255 : 65535;
  const auto bounded = [&](const std::string& digits) {
    const auto value = number(digits, most);
    if (!value) {
      diagnostics.report(diagnostics::kBadPort, span, digits,
                         typed ? "ICMP type: they end at 255" : "port: they end at 65535");
    }
    return value;
  };
  const auto first = bounded(written.first);
  const auto last = written.last ? bounded(*written.last) : first;
  if (!first || !last) return std::nullopt;
  if (*first > *last) {
    const std::string meant = fmt::format("{}/{}..{}", written.protocol, *last, *first);
    diagnostics.report(diagnostics::kBackwardsRange, span, fmt::format("{}/{}..{}", written.protocol, *first, *last))
        .fixes.push_back({.title = fmt::format("write `{}`", meant), .edits = {{span, meant}}, .safe = true});
    return std::nullopt;
  }
  return net::Traffic::of(*protocol, static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*last));
}

std::optional<Value> literal(const syntax::Expr& expr, Diagnostics& diagnostics) {
  const Span span = expr.span;
  return std::visit(
      base::Overloaded{
          [&](const syntax::IntLiteral& x) { return value_at(integer(x.digits, span, diagnostics), span); },
          [&](const syntax::BoolLiteral& x) { return value_at(std::optional(x.value), span); },
          [&](const syntax::TextLiteral& x) { return value_at(std::optional(x.text), span); },
          [&](const syntax::PercentLiteral& x) { return value_at(percent(x.digits, span, diagnostics), span); },
          [&](const syntax::DurationLiteral& x) { return value_at(duration(x, span, diagnostics), span); },
          [&](const syntax::DateLiteral& x) { return value_at(date(x.text, span, diagnostics), span); },
          [&](const syntax::PrefixLengthLiteral& x) {
            return value_at(prefix_length(x.digits, span, diagnostics), span);
          },
          [&](const syntax::AddressLiteral& x) { return value_at(address_literal(x.text, span, diagnostics), span); },
          [&](const syntax::CidrLiteral& x) { return value_at(prefix_literal(x.text, span, diagnostics), span); },
          [&](const syntax::ServiceLiteral& x) { return value_at(service_literal(x, span, diagnostics), span); },
          [](const auto&) { return std::optional<Value>(); },
      },
      expr.node);
}

}  // namespace crenel::sema
