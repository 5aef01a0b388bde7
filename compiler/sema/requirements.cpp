#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/policies.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

using Truth = std::variant<bool, Undecided>;

/// The parts of a condition that must all hold.
void conjuncts(const syntax::Expr& expr, std::vector<const syntax::Expr*>& out) {
  const auto* binary = std::get_if<syntax::BinaryExpr>(&expr.node);
  if (binary == nullptr || binary->op != syntax::BinaryOp::And) {
    out.push_back(&expr);
    return;
  }
  conjuncts(*binary->left, out);
  conjuncts(*binary->right, out);
}

/// Calls `visit` with every path of an expression.
template <class Visit>
void each_path(const syntax::Expr& expr, const Visit& visit) {
  const auto go = [&](const syntax::ExprPtr& part) {
    if (part != nullptr) each_path(*part, visit);
  };
  std::visit(base::Overloaded{
                 [&](const syntax::PathExpr& path) { visit(path.path); },
                 [&](const syntax::RangeExpr& range) {
                   go(range.first);
                   go(range.last);
                 },
                 [&](const syntax::ListExpr& list) {
                   for (const auto& item : list.items) go(item);
                 },
                 [&](const syntax::CallExpr& call) {
                   for (const auto& argument : call.arguments) go(argument.value);
                 },
                 [&](const syntax::EveryExpr& every) { go(every.where); },
                 [&](const syntax::ExistsExpr& exists) { go(exists.where); },
                 [&](const syntax::NotExpr& negated) { go(negated.operand); },
                 [&](const syntax::BinaryExpr& binary) {
                   go(binary.left);
                   go(binary.right);
                 },
                 [&](const syntax::IfExpr& choice) {
                   go(choice.condition);
                   go(choice.then_value);
                   go(choice.else_value);
                 },
                 [](const auto&) {},
             },
             expr.node);
}

class Asking {
 public:
  Asking(Expansion& x, const syntax::Require& require) : x_(x), require_(require), filters_(require.binders.size()) {}

  Asked run(const Context& context) {
    for (const auto& binder : require_.binders) {
      kinds_.push_back(*kind_of_keyword(binder.kind.text));
      domains_.push_back(things_of(x_, kinds_.back()));
      if (domains_.back().empty()) out_.anything = false;
    }
    if (require_.where != nullptr) sort_filters(*require_.where);
    choose(context, false);
    return std::move(out_);
  }

 private:
  /// Each part of the `where` is asked as soon as what it speaks of is chosen.
  void sort_filters(const syntax::Expr& where) {
    std::vector<const syntax::Expr*> parts;
    conjuncts(where, parts);
    for (const auto* part : parts) {
      std::size_t last = 0;
      each_path(*part, [&](const syntax::Path& path) {
        for (std::size_t i = 0; i < require_.binders.size(); ++i) {
          if (require_.binders[i].variable.text == path.names.front().text) last = std::max(last, i);
        }
      });
      filters_[last].push_back(part);
    }
  }

  /// `open`: a filter that was asked left it open whether this case is meant.
  void choose(const Context& context, bool open) {
    const std::size_t at = chosen_.size();
    if (at == domains_.size()) return judge(context, open);
    for (const DeclaredId id : domains_[at]) {
      Scope scope;
      const Context inner = with_variable(scope, context, require_.binders[at].variable, kinds_[at], id);
      bool meant = true;
      bool undecided = open;
      for (const auto* filter : filters_[at]) {
        const auto truth = rule_truth(x_, inner, *filter);
        if (!truth) return;
        const bool* known = std::get_if<bool>(&*truth);
        meant = meant && (known == nullptr || *known);
        undecided = undecided || known == nullptr;
        if (known == nullptr) why_ = std::get<Undecided>(*truth).why;
      }
      if (!meant) continue;
      chosen_.push_back(id);
      choose(inner, undecided);
      chosen_.pop_back();
    }
  }

  void judge(const Context& context, bool open) {
    ++out_.cases;
    const auto truth = rule_truth(x_, context, *require_.condition);
    if (!truth) return;
    const bool* known = std::get_if<bool>(&*truth);
    if (known != nullptr && *known) return;
    std::vector<DeclaredId> which = chosen_;
    std::sort(which.begin(), which.end());
    // `a != b` makes two cases of one pair.
    if (!said_.insert(which).second) return;
    if (known == nullptr) why_ = std::get<Undecided>(*truth).why;
    const bool undecided = open || known == nullptr;
    out_.findings.push_back(finding(undecided ? why_ : facts(context), undecided));
  }

  model::Finding finding(std::string facts, bool undecided) const {
    model::Finding out;
    out.undecided = undecided;
    out.facts = std::move(facts);
    out.span = x_.rows[chosen_.front()].declared.name_span;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const Declared& declared = x_.rows[chosen_[i]].declared;
      names.push_back(fmt::format("{} `{}`", keyword(declared.kind), model::to_string(declared.path)));
      if (i != 0) out.others.push_back(declared.name_span);
      out.culprits.push_back(subject(chosen_[i]));
    }
    out.subject = base::list_in_words(names, "and");
    return out;
  }

  std::string name_of(const Value& end) const {
    if (const auto* thing = std::get_if<EntityRef>(&end.node)) {
      return model::to_string(x_.rows[thing->id].declared.path);
    }
    if (const auto* word = std::get_if<Word>(&end.node)) return word->text;
    return to_text(end);
  }

  model::Subject subject(DeclaredId id) const {
    const Row& row = x_.rows[id];
    model::Subject out;
    out.kind = keyword(row.declared.kind);
    if (row.declared.kind != Kind::Flow) {
      out.path = model::to_string(row.declared.path);
      return out;
    }
    const FlowLine& flow = x_.flows.at(row.index).second;
    const auto blocks_of = [](const Side& side, std::vector<std::string>& names) {
      for (const auto& term : side.terms) {
        if (const auto* blocks = std::get_if<BlocksEnd>(&term.node)) names.push_back(blocks->name);
      }
    };
    const auto ends = [&](const Side& side, std::vector<std::string>& names) {
      for (const Value& end : ends_of(x_, side)) {
        if (!std::holds_alternative<AddressBlocks>(end.node)) names.push_back(name_of(end));
      }
      blocks_of(side, names);
    };
    ends(flow.from, out.from);
    ends(flow.to, out.to);
    out.any_action = flow.actions.any;
    out.traffic = flow.actions.traffic;
    out.data = flow.actions.data;
    return out;
  }

  /// "g.zones is 1 and g.max is 1": what the condition asks of the variables.
  std::string facts(const Context& context) {
    std::vector<std::string> parts;
    each_path(*require_.condition, [&](const syntax::Path& path) {
      const bool ours =
          std::any_of(require_.binders.begin(), require_.binders.end(),
                      [&](const syntax::Binder& binder) { return binder.variable.text == path.names.front().text; });
      if (!ours || path.names.size() == 1) return;
      const syntax::Expr expr{.node = syntax::PathExpr{path}, .span = path.span};
      const auto found = rule_value(x_, context, expr);
      const auto* value = found ? std::get_if<Value>(&*found) : nullptr;
      if (value == nullptr) return;
      std::string text = fmt::format("`{}` is {}", text_of(path), shown(*value));
      if (std::find(parts.begin(), parts.end(), text) == parts.end()) parts.push_back(std::move(text));
    });
    return base::list_in_words(parts, "and");
  }

  std::string shown(const Value& value) const {
    if (std::holds_alternative<EntityRef>(value.node)) return fmt::format("`{}`", name_of(value));
    if (std::holds_alternative<Deferred>(value.node)) return "left to deployment";
    const auto* list = std::get_if<List>(&value.node);
    if (list == nullptr) return to_text(value);
    std::vector<std::string> items;
    for (const Value& item : list->items) {
      items.push_back(std::holds_alternative<std::string>(item.node) ? to_text(item) : name_of(item));
    }
    return "[" + base::join(items, ", ") + "]";
  }

  Expansion& x_;
  const syntax::Require& require_;
  std::vector<Kind> kinds_;
  std::vector<std::vector<DeclaredId>> domains_;
  std::vector<std::vector<const syntax::Expr*>> filters_;
  std::vector<DeclaredId> chosen_;
  std::set<std::vector<DeclaredId>> said_;
  std::string why_;
  Asked out_;
};

}  // namespace

Asked ask(Expansion& x, const Context& context, const syntax::Require& require) {
  if (!check_require(x, context, require)) return {};
  return Asking(x, require).run(context);
}

void require_here(Expansion& x, const Context& context, const syntax::Require& require, base::Span span) {
  const std::size_t before = x.diagnostics.error_count();
  const Asked asked = ask(x, context, require);
  if (!context.live || x.diagnostics.error_count() != before) return;
  if (!asked.anything) {
    x.diagnostics.report(diagnostics::kRequireVacuous, span).help =
        "remove it, or declare what it is meant to be asked of";
    return;
  }
  for (const model::Finding& finding : asked.findings) {
    auto& reported = finding.undecided
                         ? x.diagnostics.report(diagnostics::kRequireOpen, span, finding.subject, finding.facts)
                         : x.diagnostics.report(diagnostics::kRequireBroken, span, finding.subject,
                                                finding.facts.empty() ? "" : ": " + finding.facts);
    reported.notes.push_back({finding.span, "it is declared here"});
    for (const base::Span other : finding.others) reported.notes.push_back({other, "and here"});
  }
}

}  // namespace crenel::sema
