#include "compiler/driver/outside.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/catalogue/proof.h"

namespace crenel::driver {
namespace {

using diagnostics::Diagnostics;

/// What a template of the design is read as, a line each; nothing when there is none.
std::optional<std::vector<std::string>> lines_of(const model::Design& design, const backend::Backend& backend,
                                                 backend::Format format) {
  Diagnostics silent;
  const auto artifact = backend.compile(design, format, silent);
  if (!artifact) return std::nullopt;
  base::Sources sources;
  const auto source = sources.add(design.name, artifact->text);
  const auto estate = backend.lift(sources, source, silent);
  if (!estate) return std::nullopt;
  const std::string text = estate::dump(*estate);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// The first line of one reading that the other has not.
std::optional<std::string> difference(const std::vector<std::string>& of, const std::vector<std::string>& other) {
  for (const std::string& line : of) {
    if (std::find(other.begin(), other.end(), line) == other.end()) return line;
  }
  return std::nullopt;
}

std::string shown(const std::string& line) {
  const std::size_t text = line.find_first_not_of(' ');
  return text == std::string::npos ? line : line.substr(text);
}

class Check {
 public:
  Check(const model::Design& design, const backend::Backend& backend, backend::Format format, Diagnostics& diagnostics)
      : design_(design), backend_(backend), format_(format), diagnostics_(diagnostics), plain_(design) {
    std::erase_if(plain_.overrides, [&](const model::Override& each) { return each.provider == backend.name; });
    std::erase_if(plain_.verbatims, [&](const model::Verbatim& each) { return each.provider == backend.name; });
  }

  bool run() {
    const auto rest = lines_of(plain_, backend_, format_);
    if (!rest) return true;  // what keeps the rest from being made is reported where it is
    const std::size_t before = diagnostics_.error_count();
    for (const model::Override& each : design_.overrides) {
      if (each.provider == backend_.name) check(each, *rest);
    }
    for (const model::Verbatim& each : design_.verbatims) {
      if (each.provider == backend_.name) check(each, *rest);
    }
    return diagnostics_.error_count() == before;
  }

 private:
  void check(const model::Override& each, const std::vector<std::string>& rest) {
    model::Design with = plain_;
    with.overrides = {each};
    const auto lines = lines_of(with, backend_, format_);
    if (!lines) return;
    auto changed = difference(*lines, rest);
    if (!changed) changed = difference(rest, *lines);
    if (!changed) return;
    auto& report = diagnostics_.report(diagnostics::kOverrideRead, each.span, each.resource);
    report.notes.push_back({{}, fmt::format("it changes this: {}", shown(*changed))});
    report.help = "say it in the language; an override is for what the compiler does not read";
  }

  void check(const model::Verbatim& each, const std::vector<std::string>& rest) {
    model::Design with = plain_;
    with.verbatims = {each};
    const auto lines = lines_of(with, backend_, format_);
    if (!lines) return;
    std::optional<std::string> changed = difference(rest, *lines);
    std::vector<std::string> unknown;
    for (const std::string& line : *lines) {
      if (std::find(rest.begin(), rest.end(), line) != rest.end()) continue;
      if (line.starts_with("unknown: ")) {
        unknown.push_back(line);
      } else if (!changed) {
        changed = line;
      }
    }
    if (changed) {
      auto& report = diagnostics_.report(diagnostics::kVerbatimRead, each.span, each.resource);
      report.notes.push_back({{}, fmt::format("it changes this: {}", shown(*changed))});
      report.help = "say it in the language; a verbatim resource is for what the language has no word for";
      return;
    }
    auto& report = diagnostics_.report(diagnostics::kOutsideModel, each.span, each.resource);
    for (const std::string& line : unknown) report.notes.push_back({{}, line});
    report.help = "whoever answers for it reads it: the certificate names it";
  }

  const model::Design& design_;
  const backend::Backend& backend_;
  backend::Format format_;
  Diagnostics& diagnostics_;
  model::Design plain_;  ///< without what is said to this provider
};

}  // namespace

bool says_something_outside(const model::Design& design, std::string_view provider) {
  const auto is_own = [&](const auto& each) { return each.provider == provider; };
  return std::any_of(design.overrides.begin(), design.overrides.end(), is_own) ||
         std::any_of(design.verbatims.begin(), design.verbatims.end(), is_own);
}

bool is_verbatim(const model::Design& design, std::string_view provider, std::string_view resource) {
  return std::any_of(design.verbatims.begin(), design.verbatims.end(), [&](const model::Verbatim& each) {
    return each.provider == provider && each.resource == resource;
  });
}

bool keeps_to_the_rest(const model::Design& design, const backend::Backend& backend, backend::Format format,
                       Diagnostics& diagnostics) {
  if (backend.lift == nullptr || !says_something_outside(design, backend.name)) return true;
  return Check(design, backend, format, diagnostics).run();
}

}  // namespace crenel::driver
