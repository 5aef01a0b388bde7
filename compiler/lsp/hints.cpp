#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/lsp/answers.h"
#include "compiler/lsp/library.h"
#include "compiler/lsp/planned.h"
#include "compiler/lsp/protocol.h"

namespace crenel::lsp {
namespace {

using Json = nlohmann::ordered_json;

/// The block of each design, and where its zones lie in it.
std::string tooltip(const std::vector<Planned>& plans) {
  std::string out;
  for (const auto& [design, tier] : plans) {
    std::vector<std::string> zones;
    zones.reserve(tier->zone_blocks.size());
    for (const auto& block : tier->zone_blocks) zones.push_back(block_text(*design, block));
    out += fmt::format("{}In `{}`: {}; a zone each: {}.", out.empty() ? "" : "\n\n", design->name,
                       block_text(*design, tier->block), fmt::join(zones, ", "));
  }
  return out;
}

/// Behind the tier's kind: `subnet web : private⟨10.0.1.0/24⟩ { size = /24 }`.
Json hint(std::string_view text, std::size_t place, const std::vector<Planned>& plans) {
  std::vector<std::string> blocks;
  for (const auto& [design, tier] : plans) {
    std::string block = block_text(*design, tier->block);
    if (std::count(blocks.begin(), blocks.end(), block) == 0) blocks.push_back(std::move(block));
  }
  return {{"position", place_as<Json>(place_of(text, place))},
          {"label", fmt::format("{}", fmt::join(blocks, " or "))},
          {"paddingLeft", true},
          {"tooltip", {{"kind", "markdown"}, {"value", tooltip(plans)}}}};
}

}  // namespace

std::string hints_answer(const Asked& asked) {
  const Module module = module_of(asked.path, asked.text);
  Json out = Json::array();
  for (const auto& item : module.declarations) {
    for (const auto& network : item.children) {
      for (const auto& subnet : network.children) {
        if (subnet.keyword != "subnet" || subnet.span.end < asked.begin || asked.end < subnet.span.begin) continue;
        const auto plans = planned_tiers(subnet, &item, asked.designs);
        const std::size_t colon = asked.text.find(':', subnet.name_span.end);
        const std::size_t kind = colon == std::string::npos ? colon : asked.text.find(subnet.detail, colon);
        if (!plans.empty() && kind != std::string::npos)
          out.push_back(hint(asked.text, kind + subnet.detail.size(), plans));
      }
    }
  }
  return text_of(out);
}

}  // namespace crenel::lsp
