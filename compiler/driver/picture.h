#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/design.h"

/// A design as a picture: boxes for networks and tiers, nodes for what is in them and around them, arrows for flows.
/// Where things lie is for a layout program to say.
namespace crenel::driver {

struct PictureNode {
  std::string id;           ///< letters, digits and `_`; unique in the picture
  std::string kind;         ///< "group", "balancer", "internet", "site", "store" …
  std::string name;         ///< as diagnostics call it: "shop.web"
  std::string detail;       ///< "2 to 10"; may be empty
  std::string change = {};  ///< of a difference: "added" or "removed"
};

struct PictureBox {
  std::string id;
  std::string kind;  ///< "network" or "tier"
  std::string name;
  std::string detail;  ///< "private, /24 in 2 zones"
  std::vector<PictureBox> boxes;
  std::vector<PictureNode> nodes;
};

struct PictureArrow {
  std::string id;
  std::string kind;  ///< "flow", "implied" (a balancer's forward, a trigger), "data" or "link" (no direction)
  std::string from;  ///< ids of nodes; of a link also of a box
  std::string to;
  std::string label;  ///< "tcp/443 via nat"
  /// Of a difference: "added", "removed", "widened", "narrowed", "altered", "undecided"; "same" of what only stands by.
  std::string change = {};
};

struct Picture {
  std::string title;
  std::vector<PictureBox> boxes;
  std::vector<PictureNode> around;  ///< what is in no network
  std::vector<PictureArrow> arrows;
};

/// `name` as an id: what is no letter or digit is written by its number, so that no two names share one.
[[nodiscard]] std::string picture_id(std::string_view kind, std::string_view name);

/// The picture of a design; parallel flows between two ends are one arrow.
[[nodiscard]] Picture picture_of(const model::Design& design);

/// For Graphviz. Nodes, boxes and arrows keep their ids and kinds as `id` and `class` of the SVG that it makes.
[[nodiscard]] std::string to_dot(const Picture& picture);
/// For Mermaid, as Markdown pages show it.
[[nodiscard]] std::string to_mermaid(const Picture& picture);

}  // namespace crenel::driver
