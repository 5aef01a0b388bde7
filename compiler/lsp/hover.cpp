#include "compiler/lsp/hover.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/lsp/planned.h"
#include "compiler/lsp/text_place.h"
#include "compiler/sema/schema.h"

namespace crenel::lsp {
namespace {

using model::Design;

/// Whom the end called `name` reaches, and who reaches it.
std::string reach_text(const Design& design, const std::string& name) {
  std::set<std::string> to;
  std::set<std::string> from;
  for (const auto& flow : design.flows) {
    const std::string traffic = net::to_string(flow.traffic);
    if (model::name_of(design, flow.from) == name)
      to.insert(fmt::format("{} ({})", model::name_of(design, flow.to), traffic));
    if (model::name_of(design, flow.to) == name)
      from.insert(fmt::format("{} ({})", model::name_of(design, flow.from), traffic));
  }
  const auto listed = [](const std::set<std::string>& set) {
    return set.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(set, ", "));
  };
  return fmt::format("\n\nReaches {}; reached by {}.", listed(to), listed(from));
}

/// The end of a path: `public_site.web` is the `web` of what is used as `public_site`.
bool is_called(const model::Origin& origin, std::string_view name) { return origin.path.back() == name; }

/// A tier's block, and who is in it.
std::string tier_text(const Design& design, const model::Tier& tier) {
  std::vector<std::string> inside;
  for (const auto& end : model::declared_endpoints(design)) {
    const auto at = model::tier_of(design, end);
    if (at && &design.tiers[*at] == &tier) inside.push_back(model::name_of(design, end));
  }
  std::string out = fmt::format("\n\nIn `{}`: `{}`", design.name, block_text(design, tier.block));
  if (!inside.empty()) out += fmt::format(", with {}", fmt::join(inside, ", "));
  return out + ".";
}

/// What the design says of the declaration; empty when it has none.
std::string planned_in(const Design& design, const Declaration& declaration) {
  if (declaration.keyword == "network") {
    for (const auto& network : design.networks) {
      if (is_called(network.origin, declaration.name))
        return fmt::format("\n\nIn `{}`: `{}`, {} zones.", design.name, block_text(design, network.space),
                           network.zones);
    }
    return "";
  }
  if (declaration.keyword == "subnet") {
    const auto* tier = planned_tier(design, declaration);
    return tier == nullptr ? "" : tier_text(design, *tier);
  }
  for (const auto& end : model::declared_endpoints(design)) {
    const auto& origin = model::origin_of(design, end);
    if (!is_called(origin, declaration.name)) continue;
    const auto tier = model::tier_of(design, end);
    const std::string where =
        tier ? fmt::format("\n\nIn `{}`: in `{}`.", design.name, block_text(design, design.tiers[*tier].block)) : "";
    return where + reach_text(design, model::to_string(origin.path));
  }
  for (const auto& site : design.sites) {
    if (declaration.keyword == "site" && is_called(site.origin, declaration.name))
      return reach_text(design, model::to_string(site.origin.path));
  }
  return "";
}

/// Of the designs that the item itself came to, first; then of those that use it.
std::string planned(const Declaration& declaration, const Declaration* item, const std::vector<Design>& designs) {
  for (const bool own : {true, false}) {
    for (const auto& design : designs) {
      if (is_own(design, item) != own) continue;
      if (auto said = planned_in(design, declaration); !said.empty()) return said;
    }
  }
  return "";
}

std::string of_declaration(const Declaration& declaration) {
  std::string out = fmt::format("**{}** `{}`", declaration.keyword, declaration.name);
  if (!declaration.detail.empty()) out += " " + declaration.detail;
  if (!declaration.doc.empty()) out += "\n\n" + declaration.doc;
  return out;
}

std::string of_attribute(const sema::Attribute& attribute) {
  std::string out = fmt::format("`{}`: {}{}. {}", attribute.name, sema::describe(sema::type_of(attribute.type)),
                                attribute.required ? ", required" : "", attribute.doc);
  if (const auto value = sema::default_of(attribute)) out += fmt::format(" Otherwise `{}`.", sema::to_text(*value));
  return out;
}

std::string of_import(const Module& module, std::string_view name) {
  const auto from = imported_from(module.file, name);
  if (from.module.empty()) return "";
  const auto library = from.is_path ? std::nullopt : library_module(from.module);
  const auto* declared = library ? find(library->declarations, "", name, 0) : nullptr;
  if (declared == nullptr) return fmt::format("`{}` from `{}`", name, from.module);
  std::string out = of_declaration(*declared);
  if (declared->keyword == "service")
    out += fmt::format("\n\n```crenel\n{}\n```", library->sources.text(declared->span));
  return out + fmt::format("\n\nfrom `{}`", from.module);
}

}  // namespace

ImportedFrom imported_from(const syntax::File& file, std::string_view name) {
  for (const auto& item : file.items) {
    const auto* import = std::get_if<syntax::Import>(&item.node);
    if (import == nullptr) continue;
    const bool has = std::any_of(import->names.begin(), import->names.end(),
                                 [&](const syntax::Name& each) { return each.text == name; });
    if (has) return {.module = import->module, .is_path = import->is_path};
  }
  return {};
}

std::string hover(const Module& module, std::size_t offset, const std::vector<model::Design>& designs) {
  const std::string& text = module.sources[module.file.source].text;
  const auto stretch = name_at(text, offset);
  if (stretch.begin == stretch.end) return "";
  const std::string word = text.substr(stretch.begin, stretch.end - stretch.begin);
  const auto where = surroundings_of(text, stretch.begin);
  if (where.in_comment || where.in_text) return "";
  // Before an equals sign it is the attribute, whatever else has its name.
  const std::size_t next = text.find_first_not_of(' ', stretch.end);
  const bool assigned = next != std::string::npos && text[next] == '=';
  if (assigned && !where.blocks.empty()) {
    const auto* schema = sema::schema_of(where.blocks.back().keyword);
    if (const auto* attribute = schema == nullptr ? nullptr : sema::find(*schema, word))
      return of_attribute(*attribute);
  }
  const auto begin = static_cast<std::uint32_t>(stretch.begin);
  if (const auto* declared = find(module.declarations, qualifier_before(text, stretch.begin), word, begin))
    return of_declaration(*declared) + planned(*declared, item_at(module.declarations, begin), designs);
  if (auto imported = of_import(module, word); !imported.empty()) return imported;
  const auto* schema = sema::schema_of(word);
  return schema == nullptr ? "" : fmt::format("**{}**: {}", word, schema->doc);
}

}  // namespace crenel::lsp
