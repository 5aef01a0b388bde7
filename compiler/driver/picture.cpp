#include "compiler/driver/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace crenel::driver {
namespace {

using model::Design;
using model::Endpoint;

std::string kind_of(const Endpoint& endpoint) {
  return std::visit(
      base::Overloaded{[](const model::Internet&) { return "internet"; },
                       [](const model::Blocks&) { return "addresses"; }, [](model::SiteId) { return "site"; },
                       [](model::GroupId) { return "group"; }, [](model::BalancerId) { return "balancer"; },
                       [](model::ApplianceId) { return "appliance"; }, [](model::FunctionId) { return "function"; },
                       [](model::DatabaseId) { return "database"; }, [](model::StoreId) { return "store"; },
                       [](model::QueueId) { return "queue"; }, [](model::TopicId) { return "topic"; },
                       [](model::TableId) { return "table"; }, [](model::VaultId) { return "vault"; }},
      endpoint);
}

std::string detail_of(const Design& design, const Endpoint& endpoint) {
  const auto* group = std::get_if<model::GroupId>(&endpoint);
  if (group == nullptr) return "";
  const auto& scale = design.groups[*group].scale;
  return scale.min == scale.max ? fmt::format("{}", scale.min) : fmt::format("{} to {}", scale.min, scale.max);
}

PictureNode node_of(const Design& design, const Endpoint& endpoint) {
  const std::string name = model::name_of(design, endpoint);
  const std::string kind = kind_of(endpoint);
  return {.id = picture_id(kind, name), .kind = kind, .name = name, .detail = detail_of(design, endpoint)};
}

std::string_view tier_word(model::TierKind kind) {
  switch (kind) {
    case model::TierKind::Public:
      return "public";
    case model::TierKind::Private:
      return "private";
    case model::TierKind::Isolated:
      return "isolated";
  }
  return "";
}

std::string block_text(const Design& design, const model::Block& block) {
  if (const auto prefix = model::known(block)) return net::to_string(*prefix);
  const auto* parameter = std::get_if<model::ParameterId>(&block.base);
  const std::string name = parameter == nullptr ? "" : model::to_string(design.parameters[*parameter].origin.path);
  return block.part ? fmt::format("a /{} of {}", block.part->length, name) : name;
}

PictureBox box_of(const Design& design, model::NetworkId network) {
  const auto& whole = design.networks[network];
  const std::string name = model::to_string(whole.origin.path);
  PictureBox box{
      .id = picture_id("network", name),
      .kind = "network",
      .name = name,
      .detail = fmt::format("{}, {} zone{}", block_text(design, whole.space), whole.zones, whole.zones == 1 ? "" : "s"),
      .boxes = {},
      .nodes = {}};
  for (const auto id : whole.tiers) {
    const auto& tier = design.tiers[id];
    const std::string path = model::to_string(tier.origin.path);
    PictureBox inner{.id = picture_id("tier", path),
                     .kind = "tier",
                     .name = path,
                     .detail = fmt::format("{}, {}", tier_word(tier.kind), block_text(design, tier.block)),
                     .boxes = {},
                     .nodes = {}};
    for (const auto& member : model::members_in(design, id)) inner.nodes.push_back(node_of(design, member));
    box.boxes.push_back(std::move(inner));
  }
  return box;
}

std::string via_text(const Design& design, const std::vector<model::Hop>& hops) {
  std::string out;
  for (const auto& hop : hops) {
    const std::string name = std::visit(
        base::Overloaded{[](model::ViaNat) { return std::string("nat"); },
                         [&](model::SiteId site) { return model::to_string(design.sites[site].origin.path); },
                         [&](model::ApplianceId id) { return model::to_string(design.appliances[id].origin.path); }},
        hop);
    out += out.empty() ? " via " + name : ", " + name;
  }
  return out;
}

/// Collects arrows; those with the same ends and kind become one, with every label once.
class Arrows {
 public:
  void add(const std::string& kind, const std::string& from, const std::string& to, const std::string& label) {
    const auto [place, fresh] = known_.try_emplace({kind, from, to}, arrows_.size());
    if (fresh) {
      arrows_.push_back(
          {.id = fmt::format("{}_{}", kind, arrows_.size() + 1), .kind = kind, .from = from, .to = to, .label = label});
      return;
    }
    auto& there = arrows_[place->second].label;
    if (!label.empty() && there.find(label) == std::string::npos) there += (there.empty() ? "" : "\n") + label;
  }
  [[nodiscard]] std::vector<PictureArrow> take() { return std::move(arrows_); }

 private:
  std::vector<PictureArrow> arrows_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known_;
};

void add_flows(const Design& design, Arrows& arrows) {
  const auto kind = [&](model::StatementId statement, const char* usual) {
    return design.statements[statement].implied ? std::string("implied") : std::string(usual);
  };
  for (const auto& flow : design.flows) {
    arrows.add(kind(flow.statement, "flow"), node_of(design, flow.from).id, node_of(design, flow.to).id,
               net::to_string(flow.traffic) + via_text(design, flow.via));
  }
  for (const auto& flow : design.data_flows) {
    arrows.add(kind(flow.statement, "data"), node_of(design, flow.from).id, node_of(design, flow.to).id,
               model::to_string(flow.actions) + via_text(design, flow.via));
  }
}

const char* words_of(model::LinkKind kind) {
  if (kind == model::LinkKind::Peering) return "peering";
  return kind == model::LinkKind::Vpn ? "VPN" : "direct connection";
}

void add_links(const Design& design, Arrows& arrows) {
  for (const auto& link : design.links) {
    arrows.add("link", picture_id("network", model::to_string(design.networks[link.network].origin.path)),
               node_of(design, link.site).id, words_of(link.kind));
  }
  for (const auto& peering : design.peerings) {
    arrows.add("link", picture_id("network", model::to_string(design.networks[peering.first].origin.path)),
               picture_id("network", model::to_string(design.networks[peering.second].origin.path)), "peering");
  }
}

}  // namespace

std::string picture_id(std::string_view kind, std::string_view name) {
  std::string out = fmt::format("{}_", kind);
  for (const char c : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    out += plain ? std::string(1, c) : c == '.' ? "_" : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

Picture picture_of(const Design& design) {
  Picture picture{.title = design.name, .boxes = {}, .around = {}, .arrows = {}};
  std::set<std::string> placed;
  for (const auto network : design.networks.ids()) picture.boxes.push_back(box_of(design, network));
  for (const auto& box : picture.boxes) {
    for (const auto& tier : box.boxes) {
      for (const auto& node : tier.nodes) placed.insert(node.id);
    }
  }
  const auto place_around = [&](const Endpoint& endpoint) {
    PictureNode node = node_of(design, endpoint);
    if (placed.insert(node.id).second) picture.around.push_back(std::move(node));
  };
  for (const auto& flow : design.flows) {
    place_around(flow.from);
    place_around(flow.to);
  }
  for (const auto& flow : design.data_flows) {
    place_around(flow.from);
    place_around(flow.to);
  }
  for (const auto& link : design.links) place_around(link.site);
  for (const auto& endpoint : model::declared_endpoints(design)) place_around(endpoint);
  Arrows arrows;
  add_links(design, arrows);
  add_flows(design, arrows);
  picture.arrows = arrows.take();
  return picture;
}

}  // namespace crenel::driver
