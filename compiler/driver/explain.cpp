#include "compiler/driver/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/base/memory_file_system.h"
#include "compiler/base/text.h"
#include "compiler/diagnostics/pages.h"
#include "compiler/sema/rule_texts.h"
#include "stdlib/library.h"

namespace crenel::driver {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

/// The rest of a page's first line after `# CODE: `.
std::string_view head_of(std::string_view page) {
  const std::string_view line = page.substr(0, page.find('\n'));
  const std::size_t colon = line.find(": ");
  return colon == std::string_view::npos ? line : line.substr(colon + 2);
}

/// The rules of every policy that the library has.
std::vector<sema::RuleText> library_rules() {
  std::string text;
  for (const auto module : stdlib::module_names()) {
    // A policy has the name of its module.
    if (module.starts_with("std/policies/")) {
      text += fmt::format("import {} {{ {} }}\n", module, module.substr(module.rfind('/') + 1));
    }
  }
  const base::MemoryFileSystem files({{"rules.crenel", text}});
  base::Sources sources;
  diagnostics::Diagnostics ignored;
  const std::vector<const model::ProviderSchema*> schemas;
  sema::World world{.files = files, .sources = sources, .providers = schemas, .root = "/"};
  const auto program = sema::load(world, {"rules.crenel"}, ignored);
  return program == nullptr ? std::vector<sema::RuleText>() : sema::rule_texts(*program, sources);
}

}  // namespace

std::optional<std::string> explain_rule(std::string_view name) {
  for (const auto& rule : library_rules()) {
    if (rule.name != name && !rule.name.ends_with("." + std::string(name))) continue;
    std::string out = fmt::format("{}: a rule of std/policies, of severity {}\n", rule.name, rule.severity);
    if (!rule.doc.empty()) out += fmt::format("\n{}\n", rule.doc);
    std::string_view text = rule.text;
    out += "\n    ";
    for (const char c : text) {
      out += c;
      if (c == '\n') out += "  ";
    }
    return out + "\n";
  }
  return std::nullopt;
}

std::optional<std::string> explain(std::string_view code) {
  const auto page = diagnostics::page(upper(code));
  if (!page) return std::nullopt;
  return plain_text(*page);
}

std::optional<std::string> nearest_code(std::string_view code) {
  std::vector<std::string> codes;
  for (const auto known : diagnostics::page_codes()) codes.emplace_back(known);
  if (auto near = base::nearest(upper(code), codes)) return near;
  std::vector<std::string> rules;
  for (const auto& rule : library_rules()) {
    rules.push_back(rule.name);
    rules.push_back(rule.name.substr(rule.name.find('.') + 1));
  }
  return base::nearest(std::string(code), rules);
}

std::string explain_all() {
  std::string out;
  for (const auto code : diagnostics::page_codes()) {
    out += fmt::format("{}  {}\n", code, head_of(*diagnostics::page(code)));
  }
  return out;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  bool in_code = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.starts_with("```")) {
      in_code = !in_code;
    } else if (in_code) {
      out += line.empty() ? "\n" : fmt::format("    {}\n", line);
    } else if (line.starts_with("## ")) {
      out += fmt::format("{}:\n", line.substr(3));
    } else if (line.starts_with("# ")) {
      out += fmt::format("{}\n", line.substr(2));
    } else {
      out += fmt::format("{}\n", line);
    }
  }
  return out;
}

}  // namespace crenel::driver
