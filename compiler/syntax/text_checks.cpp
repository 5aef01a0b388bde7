#include <optional>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/syntax.h"
#include "compiler/syntax/checks.h"
#include "compiler/syntax/parser.h"

namespace crenel::syntax {
namespace {

/// Every place at which one kind of forbidden character stands; reported once, at the first.
struct Sightings {
  std::optional<base::Span> first;
  std::size_t count = 0;

  void see(base::SourceId source, std::size_t at, std::size_t length) {
    if (!first) first = base::Span{source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
    ++count;
  }
  void say_how_many(diagnostics::Diagnostic& diagnostic) const {
    if (count > 1) diagnostic.notes.push_back({{}, "there are " + std::to_string(count) + " of them in this text"});
  }
};

/// U+202A to U+202E and U+2066 to U+2069: the three bytes E2 80 AA–AE and E2 81 A6–A9.
unsigned bidirectional_control(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || static_cast<unsigned char>(text[at]) != 0xE2U) return 0;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  if (second == 0x80U && third >= 0xAAU && third <= 0xAEU) return 0x2000U + (third - 0x80U);
  if (second == 0x81U && third >= 0xA6U && third <= 0xA9U) return 0x2040U + (third - 0x80U);
  return 0;
}

std::string code_point_name(unsigned code_point) { return fmt::format("U+{:04X}", code_point); }

bool check_characters(base::SourceId source, std::string_view text, diagnostics::Diagnostics& diagnostics) {
  Sightings nul;
  Sightings carriage_return;
  Sightings direction;
  unsigned first_direction = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') nul.see(source, i, 1);
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) carriage_return.see(source, i, 1);
    const unsigned code_point = bidirectional_control(text, i);
    if (code_point == 0) continue;
    if (direction.count == 0) first_direction = code_point;
    direction.see(source, i, 3);
  }
  if (nul.first) {
    auto& diagnostic = diagnostics.report(diagnostics::kNulCharacter, *nul.first);
    diagnostic.help = "is this a text file in UTF-8? UTF-16 and binary files are full of NULs";
    nul.say_how_many(diagnostic);
  }
  if (direction.first) {
    auto& diagnostic =
        diagnostics.report(diagnostics::kBidirectional, *direction.first, code_point_name(first_direction));
    diagnostic.help = "remove it, also from texts and comments";
    direction.say_how_many(diagnostic);
    diagnostic.fixes.push_back({.title = "remove the character", .edits = {{*direction.first, ""}}, .safe = false});
  }
  if (carriage_return.first) {
    auto& diagnostic = diagnostics.report(diagnostics::kLoneCarriageReturn, *carriage_return.first);
    diagnostic.help = "lines end in LF or in CR LF";
    carriage_return.say_how_many(diagnostic);
  }
  return !nul.first && !direction.first && !carriage_return.first;
}

}  // namespace

bool check_text(const base::Sources& sources, base::SourceId source, diagnostics::Diagnostics& diagnostics) {
  const std::string_view text = sources[source].text;
  if (text.size() > kMaxSourceBytes) {
    diagnostics.report(diagnostics::kTooLarge, {source, 0, 0}, text.size(), kMaxSourceBytes).help =
        "split it into modules that import each other's names";
    return false;
  }
  if (const auto at = base::first_invalid_utf8(text)) {
    const auto offset = static_cast<std::uint32_t>(*at);
    const unsigned byte = static_cast<unsigned char>(text[*at]);
    diagnostics.report(diagnostics::kNotUtf8, {source, offset, offset + 1}, *at, byte).help = "save the file as UTF-8";
    return false;
  }
  return check_characters(source, text, diagnostics);
}

}  // namespace crenel::syntax
