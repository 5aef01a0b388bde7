#include "compiler/driver/picture_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "compiler/driver/diff_words.h"

namespace crenel::driver {
namespace {

template <typename Visit>
void each_node(std::vector<PictureBox>& boxes, const Visit& visit) {
  for (auto& box : boxes) {
    for (auto& node : box.nodes) visit(node);
    each_node(box.boxes, visit);
  }
}

template <typename Visit>
void each_node(Picture& picture, const Visit& visit) {
  for (auto& node : picture.around) visit(node);
  each_node(picture.boxes, visit);
}

/// "widened", what by, and where it is not all of it.
std::string label_of(const verify::Change& change, const std::vector<std::string>& only) {
  std::string out(word(change.kind));
  if (!only.empty()) out += fmt::format(" ({})", fmt::join(only, ", "));
  for (const auto& address : change.addresses) out += "\n" + address;
  if (!change.gained.empty()) out += "\n+ " + change.gained;
  if (!change.lost.empty()) out += "\n- " + change.lost;
  if (!change.open.empty()) out += "\n? " + change.open;
  return out;
}

class ChangedPicture {
 public:
  explicit ChangedPicture(const Diff& diff) : diff_(diff) {
    if (diff.newer_design)
      picture_ = picture_of(*diff.newer_design);
    else if (diff.older_design)
      picture_ = picture_of(*diff.older_design);
    picture_.title = fmt::format("{} → {}", diff.older, diff.newer);
    for (auto& arrow : picture_.arrows) arrow.change = "same";
    if (diff.newer_design && diff.older_design) mark_nodes(picture_of(*diff.older_design));
  }

  Picture take() {
    add_changes();
    for (const auto& provider : diff_.providers) add_unknowns(provider);
    return std::move(picture_);
  }

 private:
  /// What is in one of the two designs alone. What lies outside is drawn where a flow has it, and did not come or go.
  void mark_nodes(Picture older) {
    const auto outside = [](const PictureNode& node) {
      return node.kind == "internet" || node.kind == "site" || node.kind == "addresses";
    };
    std::map<std::string, PictureNode> gone;
    each_node(older, [&](PictureNode& node) {
      if (!outside(node)) gone.emplace(node.id, node);
    });
    each_node(picture_, [&](PictureNode& node) {
      if (gone.erase(node.id) == 0 && !outside(node)) node.change = "added";
    });
    for (auto& [id, node] : gone) {
      node.change = "removed";
      picture_.around.push_back(std::move(node));
    }
  }

  /// The id of what is called so; a template's ends may be in no design.
  std::string node_called(const std::string& name) {
    std::string id;
    each_node(picture_, [&](const PictureNode& node) {
      if (node.name == name && id.empty()) id = node.id;
    });
    if (!id.empty()) return id;
    const std::string kind = name == "internet" ? "internet" : "end";
    picture_.around.push_back({.id = picture_id(kind, name), .kind = kind, .name = name, .detail = {}});
    return picture_.around.back().id;
  }

  /// What several providers tell alike is one arrow.
  void add_changes() {
    using Key = std::tuple<verify::Change::Kind, std::string, std::string, std::string, std::string, std::string,
                           std::vector<std::string>>;
    std::vector<std::pair<const verify::Change*, std::vector<std::string>>> told;
    std::map<Key, std::size_t> known;
    for (const auto& provider : diff_.providers) {
      for (const auto& change : provider.changes.changes) {
        const Key key{change.kind, change.from, change.to, change.gained, change.lost, change.open, change.addresses};
        const auto [place, fresh] = known.try_emplace(key, told.size());
        if (fresh) told.emplace_back(&change, std::vector<std::string>{});
        told[place->second].second.push_back(provider.newer);
      }
    }
    for (const auto& [change, providers] : told)
      add(*change, providers.size() == diff_.providers.size() ? std::vector<std::string>{} : providers);
  }

  void add(const verify::Change& change, const std::vector<std::string>& only) {
    const std::string from = node_called(change.from);
    const std::string to = node_called(change.to);
    const bool whole = change.kind == verify::Change::Kind::Added || change.kind == verify::Change::Kind::Removed;
    if (whole && only.empty() && change.addresses.empty()) {
      // The flow that came, or went, is the change.
      std::erase_if(picture_.arrows, [&](const PictureArrow& arrow) {
        return arrow.change == "same" && arrow.kind != "link" && arrow.from == from && arrow.to == to;
      });
    }
    ++count_;
    picture_.arrows.push_back({.id = fmt::format("change_{}", count_),
                               .kind = "change",
                               .from = from,
                               .to = to,
                               .label = label_of(change, only),
                               .change = std::string(word(change.kind))});
  }

  void add_unknowns(const ProviderChanges& provider) {
    const auto note = [&](std::string name, std::string detail) {
      ++count_;
      picture_.around.push_back({.id = fmt::format("unknown_{}", count_),
                                 .kind = "unknown",
                                 .name = std::move(name),
                                 .detail = std::move(detail)});
    };
    if (!provider.changes.undecided.empty()) note("undecided: " + provider.changes.undecided, provider.newer);
    for (const auto& each : provider.changes.unknowns)
      note(fmt::format("not understood in the {} one: {}", each.newer ? "newer" : "older", each.unknown.what),
           each.unknown.place.path);
  }

  const Diff& diff_;
  Picture picture_;
  std::size_t count_ = 0;
};

}  // namespace

Picture picture_of(const Diff& diff) { return ChangedPicture(diff).take(); }

}  // namespace crenel::driver
