#include "compiler/verify/changes_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "compiler/base/ids.h"
#include "compiler/base/text.h"
#include "compiler/reach/words.h"
#include "compiler/verify/data_names.h"

namespace crenel::verify {
namespace {

using estate::Action;

/// By which ways an action is admitted, surely or perhaps.
struct Ways {
  bool anywhere = false;
  std::set<std::string> paths;  ///< by name
  std::vector<estate::Block> blocks;

  [[nodiscard]] bool empty() const { return !anywhere && paths.empty() && blocks.empty(); }
  void add(const estate::Estate& estate, const estate::Access& access) {
    anywhere = anywhere || access.anywhere;
    for (const auto path : access.paths) paths.insert(estate.private_paths[path].name);
    blocks.insert(blocks.end(), access.from.begin(), access.from.end());
  }
};

struct Admitted {
  Ways surely;
  Ways perhaps;  ///< what is sure, and what is in doubt
  const estate::Access* by = nullptr;
};

/// From, to.
using Ends = std::pair<std::string, std::string>;
using Matrix = std::map<Ends, std::map<Action, Admitted>>;

class Reading {
 public:
  Reading(const estate::Estate& estate, const model::Design* design) : estate_(estate), design_(design) {
    if (design == nullptr) return;
    names_.emplace(*design, estate);
    data_.emplace(*design, estate, *names_);
  }

  [[nodiscard]] Matrix matrix() const {
    Matrix out;
    for (const estate::Access& access : estate_.accesses) {
      for (const std::string& from : sources(access.who)) {
        for (const Action action : access.actions) {
          Admitted& admitted = out[{from, service(access.service)}][action];
          if (access.doubt.empty()) admitted.surely.add(estate_, access);
          admitted.perhaps.add(estate_, access);
          if (admitted.by == nullptr || access.doubt.empty()) admitted.by = &access;
        }
      }
    }
    return out;
  }

 private:
  [[nodiscard]] std::string service(estate::ServiceId id) const {
    if (data_ && data_->service(id)) return data_->text(id);
    return stem_or_name(estate_.services[id]);
  }

  template <class Thing>
  static std::string stem_or_name(const Thing& thing) {
    return thing.stem.empty() ? thing.name : thing.stem;
  }

  [[nodiscard]] std::vector<std::string> sources(const estate::Who& who) const {
    if (const auto* id = std::get_if<estate::ServiceId>(&who)) return {service(*id)};
    const auto* identity = std::get_if<estate::IdentityId>(&who);
    if (identity == nullptr) return {anybody(who)};
    std::vector<std::string> out;
    if (data_) {
      for (const auto& actor : data_->actors(*identity)) out.push_back(model::name_of(*design_, actor));
    }
    if (out.empty()) out.push_back(stem_or_name(estate_.identities[*identity]));
    return out;
  }

  [[nodiscard]] std::string anybody(const estate::Who& who) const {
    return std::visit(base::Overloaded{
                          [](const estate::Anyone&) { return std::string("anyone"); },
                          [](const estate::Account&) { return std::string("whoever of the account has permission"); },
                          [&](const estate::Named& named) { return name_of(named); },
                          [](const auto&) { return std::string(); },
                      },
                      who);
  }

  /// The site whose identity it is, where a design knows one.
  [[nodiscard]] std::string name_of(const estate::Named& named) const {
    if (design_ != nullptr) {
      for (const auto site : design_->sites.ids()) {
        for (const auto& identity : design_->sites[site].identities) {
          if (data_->is(named.who, identity)) return model::name_of(*design_, site);
        }
      }
    }
    if (const auto* text = std::get_if<std::string>(&named.who)) return *text;
    return fmt::format("`{}`", estate_.symbols[std::get<estate::SymbolId>(named.who)].name);
  }

  const estate::Estate& estate_;
  const model::Design* design_;
  std::optional<Names> names_;
  std::optional<DataNames> data_;
};

class DataChanges {
 public:
  DataChanges(const estate::Estate& older, const estate::Estate& newer, const model::Design* design,
              const BlockFamily* family)
      : estates_{&older, &newer},
        family_(family),
        matrices_{Reading(older, design).matrix(), Reading(newer, design).matrix()} {}

  std::vector<Change> run() const {
    std::set<Ends> ends;
    for (const Matrix& matrix : matrices_) {
      for (const auto& [pair, actions] : matrix) ends.insert(pair);
    }
    std::vector<Change> out;
    for (const Ends& pair : ends) {
      if (auto change = between(pair)) out.push_back(std::move(*change));
    }
    return out;
  }

 private:
  /// Actions that differ in the same way, in words: "read, write", "read from anywhere".
  struct Texts {
    std::vector<std::pair<std::string, std::vector<std::string>>> by_way;
    const estate::Access* example = nullptr;

    void add(std::string_view action, const std::string& way, const estate::Access* by) {
      auto found = std::find_if(by_way.begin(), by_way.end(), [&](const auto& one) { return one.first == way; });
      if (found == by_way.end()) found = by_way.insert(by_way.end(), {way, {}});
      found->second.emplace_back(action);
      if (example == nullptr) example = by;
    }
    [[nodiscard]] std::string text() const {
      std::vector<std::string> parts;
      for (const auto& [way, actions] : by_way) parts.push_back(base::join(actions, ", ") + way);
      return base::join(parts, "; ");
    }
  };

  [[nodiscard]] const std::map<Action, Admitted>& actions(std::size_t side, const Ends& pair) const {
    static const std::map<Action, Admitted> none;
    const auto found = matrices_[side].find(pair);
    return found == matrices_[side].end() ? none : found->second;
  }

  [[nodiscard]] std::optional<Change> between(const Ends& pair) const {
    const auto& before = actions(0, pair);
    const auto& after = actions(1, pair);
    std::set<Action> all;
    for (const auto* side : {&before, &after}) {
      for (const auto& [action, admitted] : *side) all.insert(action);
    }
    Texts gained;
    Texts lost;
    Texts open;
    const Admitted nothing;
    for (const Action action : all) {
      const auto was = before.find(action);
      const auto is = after.find(action);
      const Admitted& a = was == before.end() ? nothing : was->second;
      const Admitted& b = is == after.end() ? nothing : is->second;
      const std::string more = beyond(b.surely, a.perhaps, 1);
      const std::string less = beyond(a.surely, b.perhaps, 0);
      if (!more.empty()) gained.add(word(action), shown(a, more), b.by);
      if (!less.empty()) lost.add(word(action), shown(b, less), a.by);
      const bool unclear = !beyond(b.perhaps, a.surely, 1).empty() || !beyond(a.perhaps, b.surely, 0).empty();
      if (more.empty() && less.empty() && unclear) open.add(word(action), "", b.by == nullptr ? a.by : b.by);
    }
    if (gained.by_way.empty() && lost.by_way.empty() && open.by_way.empty()) return std::nullopt;
    return change(pair, gained, lost, open);
  }

  /// Of an action that is new, or gone, as a whole no way is told.
  static std::string shown(const Admitted& other, const std::string& way) {
    return other.perhaps.empty() ? std::string() : way;
  }

  /// The ways in `a` that are not in `b`, in words.
  [[nodiscard]] std::string beyond(const Ways& a, const Ways& b, std::size_t side) const {
    if (a.empty() || b.anywhere) return "";
    if (a.anywhere) return " from anywhere";
    std::vector<std::string> out;
    for (const std::string& path : a.paths) {
      if (!b.paths.contains(path)) out.push_back(" by " + path);
    }
    for (const estate::Block& block : a.blocks) {
      const bool held = std::any_of(b.blocks.begin(), b.blocks.end(),
                                    [&](const estate::Block& other) { return is_within(block, other); });
      if (!held) out.push_back(" from " + text(side, block));
    }
    return base::join(out, ",");
  }

  [[nodiscard]] bool is_within(const estate::Block& inner, const estate::Block& outer) const {
    if (inner == outer) return true;
    if (family_ != nullptr) {
      const auto order = family_->order(inner, outer);
      return order == reach::Order::Inside || order == reach::Order::StrictlyInside || order == reach::Order::Same;
    }
    const auto* a = std::get_if<net::Prefix>(&inner.base);
    const auto* b = std::get_if<net::Prefix>(&outer.base);
    return a != nullptr && b != nullptr && !inner.part && !outer.part && b->contains(*a);
  }

  [[nodiscard]] std::string text(std::size_t side, const estate::Block& block) const {
    if (family_ != nullptr) return family_->text(block);
    if (const auto* prefix = std::get_if<net::Prefix>(&block.base)) return net::to_string(*prefix);
    return fmt::format("`{}`", estates_[side]->symbols[std::get<estate::SymbolId>(block.base)].name);
  }

  [[nodiscard]] Change change(const Ends& pair, const Texts& gained, const Texts& lost, const Texts& open) const {
    Change out;
    out.data = true;
    out.from = pair.first;
    out.to = pair.second;
    out.gained = gained.text();
    out.lost = lost.text();
    out.open = open.text();
    const bool more = !out.gained.empty();
    const bool less = !out.lost.empty();
    const bool before = !actions(0, pair).empty();
    const bool after = !actions(1, pair).empty();
    out.kind = more && less ? Change::Kind::Altered
               : more       ? (before ? Change::Kind::Widened : Change::Kind::Added)
               : less       ? (after ? Change::Kind::Narrowed : Change::Kind::Removed)
                            : Change::Kind::Undecided;
    if (more) out.newly = turn(pair, out.gained, gained.example);
    if (less) out.no_longer = turn(pair, out.lost, lost.example);
    return out;
  }

  [[nodiscard]] static Turn turn(const Ends& pair, const std::string& actions, const estate::Access* by) {
    Turn out{.packet = fmt::format("{} -> {} : {}", pair.first, pair.second, actions),
             .values = {},
             .passes = {},
             .stops = {}};
    if (by != nullptr) out.passes.push_back({.what = "this grants it", .place = by->place});
    return out;
  }

  std::array<const estate::Estate*, 2> estates_;
  const BlockFamily* family_;
  std::array<Matrix, 2> matrices_;
};

}  // namespace

std::vector<Change> data_changes(const estate::Estate& older, const estate::Estate& newer, const model::Design* design,
                                 const BlockFamily* family) {
  return DataChanges(older, newer, design, family).run();
}

}  // namespace crenel::verify
