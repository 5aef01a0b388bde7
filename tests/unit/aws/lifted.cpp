#include "tests/unit/aws/lifted.h"

#include <algorithm>
#include <sstream>

#include "backends/aws/lift.h"
#include "compiler/base/ids.h"

namespace crenel::tests {
namespace {

std::string without_place(const std::string& line) { return line.substr(0, line.find("  @ ")); }

std::vector<std::string> dumped(const estate::Estate& estate) {
  std::vector<std::string> out;
  std::istringstream in(estate::dump(estate));
  for (std::string line; std::getline(in, line);) out.push_back(without_place(line));
  return out;
}

std::string text(const estate::Estate& made, const estate::Who& who) {
  return std::visit(
      base::Overloaded{[](const estate::Anyone&) { return std::string("anyone"); },
                       [](const estate::Account&) { return std::string("account"); },
                       [&](const estate::Named& named) {
                         const auto* name = std::get_if<std::string>(&named.who);
                         return name != nullptr ? *name
                                                : "<" + made.symbols[std::get<estate::SymbolId>(named.who)].name + ">";
                       },
                       [&](estate::IdentityId id) { return made.identities[id].name; },
                       [&](estate::ServiceId id) { return made.services[id].name; }},
      who);
}

}  // namespace

std::vector<std::string> Lifted::lines(std::string_view start) const {
  std::vector<std::string> out;
  for (const std::string& line : dumped(estate)) {
    const std::size_t from = line.find_first_not_of(' ');
    if (from != std::string::npos && line.substr(from).starts_with(start)) out.push_back(line.substr(from));
  }
  return out;
}

std::string Lifted::part(std::string_view head) const {
  std::string out;
  bool inside = false;
  for (const std::string& line : dumped(estate)) {
    if (!line.starts_with(' ')) inside = line == head;
    if (inside) out += line + "\n";
  }
  return out;
}

std::string Lifted::unknowns() const {
  std::string out;
  for (const estate::Unknown& one : estate.unknowns) out += one.what + "\n";
  return out;
}

Lifted lifted(const std::string& text) {
  base::Sources sources;
  diagnostics::Diagnostics diagnostics;
  Lifted out;
  auto estate = aws::lift(sources, sources.add("template", text), diagnostics);
  out.made = estate.has_value();
  if (estate) out.estate = std::move(*estate);
  for (const auto& one : diagnostics.all()) out.codes.emplace_back(one.code);
  return out;
}

Lifted lifted_resources(const std::string& resources) { return lifted("Resources:\n" + resources); }

std::vector<std::string> accesses(const std::string& resources) {
  const Lifted made = lifted_resources(resources);
  std::vector<std::string> out;
  for (const estate::Access& access : made.estate.accesses) {
    std::string line = text(made.estate, access.who) + " " + made.estate.services[access.service].name;
    for (const estate::Action action : access.actions) line += " " + std::string(estate::word(action));
    if (access.anywhere) line += " anywhere";
    for (const estate::PathId path : access.paths) line += " by " + made.estate.private_paths[path].name;
    if (!access.from.empty()) line += " from " + std::to_string(access.from.size());
    if (!access.doubt.empty()) line += " (perhaps)";
    out.push_back(std::move(line));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace crenel::tests
