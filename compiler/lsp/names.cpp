#include "compiler/lsp/names.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/lsp/policies.h"
#include "compiler/lsp/scopes.h"
#include "compiler/sema/names.h"
#include "compiler/sema/schema.h"

namespace crenel::lsp {
namespace {

/// Names that are known in one place only: a pattern's, or the variables of a `where`.
struct Scope {
  const Scope* outer = nullptr;
  const Members* names = nullptr;
};

/// What the place of a value tells about its words.
struct Expected {
  std::vector<std::string> words = {};  ///< these are words there, whatever else is called so
  bool definitions = false;             ///< patterns, policies and stacks are meant there, not words
};

bool is_definition(const std::string& keyword) {
  return keyword == "pattern" || keyword == "policy" || keyword == "stack" || keyword == "environment";
}

class NameReader {
 public:
  NameReader(const Program& program, Declared& declared)
      : program_(program), declared_(declared), out_(declared.names) {}

  void read() {
    for (std::size_t i = 0; i < program_.files.size(); ++i) {
      file_ = &declared_.scopes[i];
      for (const auto& item : program_.files[i].file.items)
        std::visit([this](const auto& node) { at(node); }, item.node);
    }
  }

 private:
  template <class T>
  void all(const std::vector<T>& nodes) {
    for (const auto& node : nodes) at(node);
  }
  template <typename Inside>
  void within(const Members& names, const Inside& read_inside) {
    const Scope scope{.outer = scope_, .names = &names};
    scope_ = &scope;
    read_inside();
    scope_ = scope.outer;
  }
  template <typename Inside>
  void inside(const syntax::Name& name, const Inside& read_inside) {
    const auto id = declared_at(declared_, name.span);
    const Members members = id ? out_.symbols[*id].members : Members();
    within(members, read_inside);
  }

  void use(const syntax::Name& name, SymbolId symbol) { out_.uses.push_back({.span = name.span, .symbol = symbol}); }
  void other(base::Span span, WordKind kind) { out_.others.push_back({.span = span, .kind = kind}); }

  [[nodiscard]] std::optional<SymbolId> lookup(std::string_view name) const {
    for (const Scope* scope = scope_; scope != nullptr; scope = scope->outer) {
      if (const auto found = scope->names->find(name); found != scope->names->end()) return found->second;
    }
    return find_name(*file_, name);
  }

  [[nodiscard]] const Members& members_of(SymbolId id) const {
    const Symbol& symbol = out_.symbols[id];
    return symbol.stands_for ? out_.symbols[*symbol.stands_for].members : symbol.members;
  }

  /// Notes what each name of the path means; what the whole stands for, when that is known.
  std::optional<SymbolId> at(const syntax::Path& path, const Expected& expected = {.words = {}, .definitions = true}) {
    const auto& first = path.names.front();
    const bool alone = path.names.size() == 1;
    const bool word = alone && std::count(expected.words.begin(), expected.words.end(), first.text) != 0;
    auto found = word ? std::nullopt : lookup(first.text);
    if (found && alone && !expected.definitions && is_definition(out_.symbols[*found].keyword)) found.reset();
    if (!found) {
      other(first.span, !word && sema::is_builtin(first.text) ? WordKind::Builtin : WordKind::Word);
      return std::nullopt;
    }
    use(first, *found);
    return members(path, 1, *found);
  }

  std::optional<SymbolId> members(const syntax::Path& path, std::size_t from, SymbolId found) {
    for (std::size_t i = from; i < path.names.size(); ++i) {
      const Members& known = members_of(found);
      const auto member = known.find(path.names[i].text);
      if (member == known.end()) {
        other(path.names[i].span, WordKind::Fact);
        return std::nullopt;
      }
      found = member->second;
      use(path.names[i], found);
    }
    return found;
  }

  // ---- values ------------------------------------------------------------------------------------------------------
  void at(const syntax::ExprPtr& expr, const Expected& expected = {}) {
    if (expr == nullptr) return;
    std::visit([&](const auto& node) { value(node, expected); }, expr->node);
  }
  template <class Literal>
  void value(const Literal&, const Expected&) {}
  void value(const syntax::PathExpr& x, const Expected& expected) { at(x.path, expected); }
  void value(const syntax::RangeExpr& x, const Expected& expected) {
    at(x.first, expected);
    at(x.last, expected);
  }
  void value(const syntax::ListExpr& x, const Expected& expected) {
    for (const auto& item : x.items) at(item, expected);
  }
  void value(const syntax::CallExpr& x, const Expected&) {
    const auto pattern = lookup(x.callee.names.front().text);
    if (pattern && out_.symbols[*pattern].keyword == "pattern") {
      use(x.callee.names.front(), *pattern);
      arguments(x.arguments, pattern);
    } else {
      arguments(x.arguments, {});
    }
  }
  void value(const syntax::EveryExpr& x, const Expected&) {
    if (x.variable) {
      within({{x.variable->text, variable(*x.variable)}}, [&] { at(x.where); });
    } else {
      at(x.where);
    }
  }
  void value(const syntax::ExistsExpr& x, const Expected&) {
    within({{x.variable.text, variable(x.variable)}}, [&] { at(x.where); });
  }
  void value(const syntax::NotExpr& x, const Expected&) { at(x.operand); }
  void value(const syntax::BinaryExpr& x, const Expected&) {
    at(x.left, compared_with(x.right));
    at(x.right, compared_with(x.left));
  }
  void value(const syntax::IfExpr& x, const Expected& expected) {
    at(x.condition);
    at(x.then_value, expected);
    at(x.else_value, expected);
  }

  /// The words of the parameter that is on the other side of a comparison.
  [[nodiscard]] Expected compared_with(const syntax::ExprPtr& side) const {
    const auto* path = side == nullptr ? nullptr : std::get_if<syntax::PathExpr>(&side->node);
    if (path == nullptr || path->path.names.size() != 1) return {};
    const auto found = lookup(path->path.names.front().text);
    return found ? Expected{.words = out_.symbols[*found].words} : Expected{};
  }

  SymbolId variable(const syntax::Name& name) {
    const auto id = out_.symbols.add(
        {.keyword = "variable", .name = name.text, .span = name.span, .members = {}, .stands_for = {}, .words = {}});
    out_.uses.push_back({.span = name.span, .symbol = id, .declares = true});
    return id;
  }

  void arguments(const std::vector<syntax::Argument>& all, std::optional<SymbolId> pattern) {
    // A copy: what is read in the values may add symbols.
    const Members known = pattern ? out_.symbols[*pattern].members : Members();
    for (const auto& argument : all) {
      Expected expected;
      const auto parameter = argument.name ? known.find(argument.name->text) : known.end();
      if (parameter != known.end()) {
        use(*argument.name, parameter->second);
        expected.words = out_.symbols[parameter->second].words;
      }
      at(argument.value, expected);
    }
  }

  // ---- bodies ------------------------------------------------------------------------------------------------------
  void properties(const std::vector<syntax::Property>& all, std::string_view keyword) {
    const auto* schema = sema::schema_of(keyword);
    for (const auto& property : all) {
      other(property.name.span, WordKind::Attribute);
      Expected expected;
      if (const auto* attribute = schema == nullptr ? nullptr : sema::find(*schema, property.name.text)) {
        const auto type = sema::type_of(attribute->type);
        const auto& element = type.element.empty() ? type : type.element.front();
        expected.words = element.words;
        expected.definitions =
            attribute->type == sema::AttributeType::Patterns || attribute->type == sema::AttributeType::Policies;
      }
      at(property.value, expected);
      at(property.by_argument);
    }
  }
  void body(const syntax::Body& x, std::string_view keyword) {
    properties(x.properties, keyword);
    for (const auto& provider : x.providers) {
      properties(provider.properties, "");
      for (const auto& override_ : provider.overrides) {
        for (const auto& [path, written] : override_.values) at(written);
      }
    }
  }

  // ---- statements --------------------------------------------------------------------------------------------------
  void at(const syntax::EndpointTerm& x) {
    if (const auto* path = std::get_if<syntax::Path>(&x.node)) at(*path);
    if (const auto* every = std::get_if<syntax::EveryExpr>(&x.node)) value(*every, {});
  }
  void at(const syntax::Endpoints& x) {
    all(x.terms);
    all(x.except);
  }
  void at(const syntax::Action& x) {
    if (const auto* path = std::get_if<syntax::Path>(&x.node)) at(*path);
  }
  void at(const syntax::Flow& x) {
    at(x.from);
    at(x.to);
    all(x.actions);
    all(x.via);
    at(x.when);
  }
  void at(const syntax::Claim& x) {
    at(x.from);
    at(x.to);
    all(x.actions);
    all(x.via);
    at(x.when);
  }
  void at(const syntax::Require& x) {
    Members variables;
    for (const auto& binder : x.binders) variables.emplace(binder.variable.text, variable(binder.variable));
    within(variables, [&] {
      at(x.where);
      at(x.condition);
    });
  }
  void at(const syntax::Assertion& x) {
    std::visit([this](const auto& node) { at(node); }, x);
  }
  void at(const syntax::Subnet& x) {
    body(x.body, "subnet");
    at(x.when);
  }
  void at(const syntax::Network& x) {
    body(x.body, "network");
    all(x.subnets);
  }
  void at(const syntax::Site& x) { body(x.body, "site"); }
  void at(const syntax::Group& x) { placed(x, "group"); }
  void at(const syntax::Balancer& x) {
    placed(x, "balancer");
    for (const auto& forward : x.forwards) {
      at(forward.listen);
      at(forward.target);
      at(forward.to);
      at(forward.check);
    }
  }
  void at(const syntax::Appliance& x) { placed(x, "appliance"); }
  void at(const syntax::Database& x) { placed(x, "database"); }
  template <class Placed>
  void placed(const Placed& x, std::string_view keyword) {
    at(x.tier);
    body(x.body, keyword);
  }
  void at(const syntax::Function& x) {
    if (x.tier) at(*x.tier);
    body(x.body, "function");
    for (const auto& trigger : x.triggers) at(trigger.source);
  }
  void at(const syntax::Data& x) { body(x.body, x.keyword.text); }
  void at(const syntax::EndpointDecl& x) {
    at(x.tier);
    all(x.targets);
  }
  void at(const syntax::Link& x) {
    at(x.network);
    at(x.site);
    body(x.body, "link");
  }
  void at(const syntax::Peer& x) {
    at(x.first);
    at(x.second);
    body(x.body, "peer");
  }
  void at(const syntax::Agent& x) { body(x.body, "agent"); }
  void at(const syntax::Guard& x) { body(x.body, "guard"); }
  void at(const syntax::Existing& x) {
    at(x.id);
    body(x.body, x.kind.text);
  }
  void at(const syntax::Verbatim& x) { at(x.value); }
  void at(const syntax::Use& x) { arguments(x.arguments, at(x.pattern)); }
  void at(const syntax::Let& x) { at(x.value); }
  void at(const syntax::UnderItem& x) { all(x.policies); }
  void at(const syntax::Statement& x) {
    std::visit([this](const auto& node) { at(node); }, x.node);
    at(x.when);
  }

  // ---- items -------------------------------------------------------------------------------------------------------
  void at(const syntax::Import&) {}  // its names are bound where the scopes are made
  void at(const syntax::Label&) {}
  void at(const syntax::Service& x) { all(x.actions); }
  void at(const syntax::Addresses& x) { at(x.value); }
  void at(const syntax::Type& x) {
    if (const auto* list = std::get_if<syntax::ListOf>(&x.node)) at(*list->element);
    if (const auto* named = std::get_if<syntax::NamedType>(&x.node)) {
      at(named->argument);
      at(named->within);
    }
  }
  void at(const syntax::Pattern& x) {
    inside(x.name, [&] {
      for (const auto& parameter : x.parameters) {
        at(parameter.type);
        const auto id = declared_at(declared_, parameter.name.span);
        at(parameter.default_value, {.words = id ? out_.symbols[*id].words : std::vector<std::string>()});
      }
      all(x.statements);
    });
  }
  void at(const syntax::Policy& x) {
    all(x.under);
    for (const auto& rule : x.rules) all(rule.assertions);
  }
  void at(const syntax::Environment& x) {
    body(x.body, "environment");
    all(x.under);
  }
  void at(const syntax::Stack& x) {
    all(x.environments);
    all(x.under);
    inside(x.name, [&] {
      properties(x.properties, "stack");
      all(x.statements);
    });
  }
  void at(const syntax::Test& x) {
    const auto pattern = at(x.pattern);
    arguments(x.arguments, pattern);
    if (x.environment) at(*x.environment);
    all(x.under);
    const Members members_of_pattern = pattern ? out_.symbols[*pattern].members : Members();
    within(members_of_pattern, [&] { all(x.assertions); });
    for (const auto& fails : x.fails) at(fails.code, x);
  }
  void at(const syntax::Handbook& x) { properties(x.properties, "handbook"); }

  /// A rule that the test is under, with its policy or without.
  void at(const syntax::Path& code, const syntax::Test& test) {
    const auto policies = policies_over(program_, declared_, *file_, test);
    for (const auto policy : policies) {
      const Symbol& known = out_.symbols[policy];
      const bool whole = code.names.size() == 2 && known.name == code.names.front().text;
      const auto rule = known.members.find(code.names.back().text);
      if (rule == known.members.end() || (code.names.size() != 1 && !whole)) continue;
      if (whole) use(code.names.front(), policy);
      use(code.names.back(), rule->second);
      return;
    }
  }

  void at(const syntax::Waiver& x) {
    at(x.rule);
    if (const auto* thing = std::get_if<syntax::WaivedThing>(&x.covers)) at(thing->path);
    if (const auto* flow = std::get_if<syntax::WaivedFlow>(&x.covers)) {
      at(flow->from);
      at(flow->to);
      for (const auto& action : flow->actions) waived(action);
    }
  }
  /// A service that the waiver's file does not know is the one that the program's other files call so.
  void waived(const syntax::Action& action) {
    const auto* path = std::get_if<syntax::Path>(&action.node);
    if (path == nullptr || path->names.size() != 1 || lookup(path->names.front().text) ||
        sema::is_builtin(path->names.front().text))
      return at(action);
    for (const auto& scope : declared_.scopes) {
      const auto found = scope.own.find(path->names.front().text);
      if (found != scope.own.end() && out_.symbols[found->second].keyword == "service")
        use(path->names.front(), found->second);
    }
  }

  const Program& program_;
  Declared& declared_;
  Names& out_;
  const FileScope* file_ = nullptr;
  const Scope* scope_ = nullptr;
};

}  // namespace

Names names_of(const Program& program) {
  Declared declared = declare(program);
  NameReader(program, declared).read();
  const auto place = [](const auto& each) { return std::tuple(each.span.source, each.span.begin); };
  const auto before = [&](const auto& a, const auto& b) { return place(a) < place(b); };
  std::stable_sort(declared.names.uses.begin(), declared.names.uses.end(), before);
  std::stable_sort(declared.names.others.begin(), declared.names.others.end(), before);
  return std::move(declared.names);
}

const NameUse* use_at(const Names& names, base::SourceId source, std::size_t offset) {
  const auto found = std::find_if(names.uses.begin(), names.uses.end(), [&](const NameUse& each) {
    return each.span.source == source && each.span.begin <= offset && offset <= each.span.end;
  });
  return found == names.uses.end() ? nullptr : &*found;
}

}  // namespace crenel::lsp
