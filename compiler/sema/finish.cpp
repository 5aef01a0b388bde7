#include <algorithm>
#include <memory>
#include <set>

#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/expansion.h"

namespace crenel::sema {
namespace {

/// Gives everything that stays its number in the result.
class Renumbering {
 public:
  Renumbering(Expansion& x, Elaboration& out) : x_(x), out_(out) {}

  void number_rows() {
    for (const DeclaredId id : x_.rows.ids()) {
      if (x_.rows[id].live && !x_.rows[id].for_rules) kept_.push_back(id);
    }
    std::sort(kept_.begin(), kept_.end(),
              [&](DeclaredId a, DeclaredId b) { return x_.rows[a].order < x_.rows[b].order; });
    for (std::size_t i = 0; i < kept_.size(); ++i) rows_.emplace(kept_[i], DeclaredId(i));
  }

  /// Parameters that something uses, in the order in which they are declared.
  void number_parameters() {
    std::set<model::ParameterId> used;
    const auto use = [&](model::ParameterId id) { used.insert(id); };
    for (const DeclaredId id : kept_) {
      for (const auto& [name, value] : x_.rows[id].declared.attributes) each_parameter(value, use);
    }
    const auto of_side = [&](const Side& side) {
      for (const auto* ends : {&side.terms, &side.except}) {
        for (const auto& end : *ends) {
          if (const auto* blocks = std::get_if<BlocksEnd>(&end.node)) each_parameter(blocks->blocks, use);
        }
      }
    };
    const auto of_lines = [&](const auto& lines) {
      for (const auto& [live, line] : lines) {
        if (live) of_side(line.from);
        if (live) of_side(line.to);
      }
    };
    of_lines(x_.flows);
    of_lines(x_.claims);
    std::vector<model::ParameterId> ordered(used.begin(), used.end());
    std::sort(ordered.begin(), ordered.end(), [&](model::ParameterId a, model::ParameterId b) {
      return x_.parameter_order[a.index()] < x_.parameter_order[b.index()];
    });
    for (const auto id : ordered) parameters_.emplace(id, out_.parameters.add(x_.parameters[id]));
  }

  /// Rows and their values; then flows and claims.
  void move_all() {
    for (const DeclaredId id : kept_) {
      Declared declared = std::move(x_.rows[id].declared);
      if (declared.home) declared.home = at(*declared.home);
      declared.first = at(declared.first);
      declared.second = at(declared.second);
      for (auto& [name, value] : declared.attributes) renumber(value);
      for (auto& line : declared.forwards) line.target = at(line.target);
      out_.declared.add(std::move(declared));
    }
    for (auto& [live, line] : x_.flows) {
      if (!live) continue;
      renumber(line.from);
      renumber(line.to);
      renumber(line.via);
      out_.flows.push_back(std::move(line));
    }
    for (auto& [live, line] : x_.claims) {
      if (!live) continue;
      renumber(line.from);
      renumber(line.to);
      renumber(line.via);
      out_.claims.push_back(std::move(line));
    }
  }

 private:
  DeclaredId at(DeclaredId id) const {
    if (!id.valid()) return id;
    const auto found = rows_.find(id);
    return found == rows_.end() ? DeclaredId() : found->second;
  }

  model::ParameterId at(model::ParameterId id) const { return parameters_.at(id); }

  template <class Use>
  static void each_parameter(const std::vector<model::Late<net::Prefix>>& blocks, const Use& use) {
    for (const auto& block : blocks) {
      if (const auto* id = std::get_if<model::ParameterId>(&block)) use(*id);
    }
  }

  template <class Use>
  static void each_parameter(const Value& value, const Use& use) {
    if (const auto* deferred = std::get_if<Deferred>(&value.node)) use(deferred->id);
    if (const auto* blocks = std::get_if<AddressBlocks>(&value.node)) each_parameter(blocks->blocks, use);
    if (const auto* list = std::get_if<List>(&value.node)) {
      for (const auto& item : list->items) each_parameter(item, use);
    }
  }

  void renumber(std::vector<model::Late<net::Prefix>>& blocks) {
    for (auto& block : blocks) {
      if (auto* parameter = std::get_if<model::ParameterId>(&block)) *parameter = at(*parameter);
    }
  }

  void renumber(Value& value) {
    std::visit(base::Overloaded{
                   [&](EntityRef& reference) { reference.id = at(reference.id); },
                   [&](Deferred& deferred) { deferred.id = at(deferred.id); },
                   [&](AddressBlocks& blocks) { renumber(blocks.blocks); },
                   [&](List& list) {
                     for (auto& item : list.items) renumber(item);
                   },
                   [&](Driven& driven) {
                     Value inner = *driven.value;
                     Value argument = *driven.argument;
                     renumber(inner);
                     renumber(argument);
                     driven.value = std::make_shared<const Value>(std::move(inner));
                     driven.argument = std::make_shared<const Value>(std::move(argument));
                   },
                   [](auto&) {},
               },
               value.node);
  }

  void renumber(std::vector<EndpointRef>& ends) {
    for (auto& end : ends) {
      if (auto* declared = std::get_if<DeclaredEnd>(&end.node)) {
        for (auto& id : declared->ids) id = at(id);
      }
      if (auto* blocks = std::get_if<BlocksEnd>(&end.node)) renumber(blocks->blocks);
    }
  }

  void renumber(Side& side) {
    renumber(side.terms);
    renumber(side.except);
  }

  void renumber(std::vector<HopRef>& hops) {
    for (auto& hop : hops) {
      if (auto* id = std::get_if<DeclaredId>(&hop.node)) *id = at(*id);
    }
  }

  Expansion& x_;
  Elaboration& out_;
  std::vector<DeclaredId> kept_;
  std::map<DeclaredId, DeclaredId> rows_;
  std::map<model::ParameterId, model::ParameterId> parameters_;
};

/// Two things of one kind and path would have one name in the template. Within a scope that is reported where the
/// second is declared; what is left are two links of one pair, and sites of the same name from two modules.
void check_unique(Expansion& x) {
  std::map<std::pair<Kind, model::Path>, base::Span> seen;
  for (const Row& row : x.rows) {
    if (!row.live || row.for_rules) continue;
    const auto [first, added] = seen.emplace(std::pair(row.declared.kind, row.declared.path), row.declared.name_span);
    if (added || first->second == row.declared.name_span) continue;
    x.diagnostics.report(diagnostics::kDuplicateName, row.declared.name_span, model::to_string(row.declared.path))
        .notes.push_back({first->second, "the first is here"});
  }
}

}  // namespace

Elaboration finish(Expansion& x) {
  Elaboration out;
  if (!x.diagnostics.has_errors()) check_unique(x);
  if (x.diagnostics.has_errors()) return out;
  Renumbering renumbering(x, out);
  renumbering.number_rows();
  renumbering.number_parameters();
  renumbering.move_all();
  out.environment = x.environment;
  out.policies = std::move(x.policies);
  return out;
}

}  // namespace crenel::sema
