#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diagnostics/catalogue/names.h"
#include "compiler/sema/rules.h"

namespace crenel::sema {
namespace {

/// What a path in a waiver begins with: a stack, an environment, or something that is of no stack.
struct WaiverHead {
  std::optional<DefinitionId> stack;
  std::string rest;  ///< the path from there
};

class WaiverReader {
 public:
  WaiverReader(Expansion& x, ModuleId module)
      : x_(x),
        module_(module),
        context_{.scope = module_scope(x, module), .conditions = {}, .live = true, .statement = "a waiver"} {}

  /// The waiver, if it counts for the target.
  void read(const syntax::Waiver& written) {
    const bool whole = written.because.size() == 1 && written.owner.size() == 1 && written.ticket.size() == 1 &&
                       written.until.size() == 1 && written.rule.names.size() == 2;
    if (!whole || !is_rule(written.rule)) return;  // reported with the declarations
    const syntax::Expr date{.node = syntax::DateLiteral{written.until[0].first}, .span = written.until[0].second};
    const auto until = literal(date, x_.diagnostics);
    if (!until) return;
    const Date& day = std::get<Date>(until->node);
    model::Waiver out;
    out.rule = rule_name(written.rule);
    out.index = rule_in_force(out.rule);
    out.span = written.rule.span;
    out.because = written.because[0].text;
    out.owner = written.owner[0].text;
    out.ticket = written.ticket[0].text;
    out.until = {day.year, day.month, day.day};
    out.until_span = written.until[0].second;
    foreign_ = false;
    out.covers = std::visit([&](const auto& covers) { return subject(covers, out); }, written.covers);
    if (foreign_) return;
    out.designs = out.covers.kind == "environment" ? designs_of_environment() : designs();
    x_.policies.waivers.push_back(std::move(out));
  }

 private:
  /// The rule by the name that its policy is declared under, whatever the import calls it.
  std::string rule_name(const syntax::Path& path) const {
    const auto found = find(x_.program, module_, path.names[0].text);
    const std::string policy = found ? x_.program.definitions[*found].name : path.names[0].text;
    return policy + "." + path.names[1].text;
  }

  bool is_rule(const syntax::Path& path) const {
    const auto found = find(x_.program, module_, path.names[0].text);
    const auto* policy = found ? std::get_if<syntax::Policy>(&x_.program.definitions[*found].item->node) : nullptr;
    return policy != nullptr && std::any_of(policy->rules.begin(), policy->rules.end(), [&](const syntax::Rule& rule) {
             return rule.name.text == path.names[1].text;
           });
  }

  std::optional<std::size_t> rule_in_force(const std::string& name) const {
    const auto& rules = x_.policies.rules;
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const model::Rule& rule) { return rule.name == name; });
    if (found == rules.end()) return std::nullopt;
    return static_cast<std::size_t>(found - rules.begin());
  }

  WaiverHead head_of(const syntax::Path& path) {
    const auto found = find(x_.program, module_, path.names.front().text);
    if (!found || x_.program.definitions[*found].kind != DefinitionKind::Stack)
      return {.stack = {}, .rest = text_of(path)};
    if (found != x_.stack_definition) foreign_ = true;
    const syntax::Path rest{.names = {path.names.begin() + 1, path.names.end()}, .span = path.span};
    return {.stack = found, .rest = rest.names.empty() ? path.names.front().text : text_of(rest)};
  }

  model::Subject subject(const syntax::WaivedThing& thing, model::Waiver& waiver) {
    waiver.covers_span = thing.path.span;
    const WaiverHead head = head_of(thing.path);
    model::Subject out;
    out.kind = thing.kind.text;
    out.path = head.rest;
    if (thing.kind.text == "environment") {
      const auto found = find(x_.program, module_, thing.path.names.front().text);
      foreign_ = found != x_.environment_definition;
    } else if (!head.stack) {
      foreign_ = true;  // reported with the declarations
    }
    return out;
  }

  model::Subject subject(const syntax::WaivedFlow& flow, model::Waiver& waiver) {
    waiver.covers_span = base::join(flow.from.span, flow.to.span);
    model::Subject out;
    out.kind = "flow";
    out.from = ends(flow.from);
    out.to = ends(flow.to);
    const auto actions = waived_actions(x_, context_, flow.actions);
    if (!actions) foreign_ = true;
    if (!actions) return out;
    out.any_action = actions->any;
    out.traffic = actions->traffic;
    out.data = actions->data;
    return out;
  }

  std::vector<std::string> ends(const syntax::Endpoints& side) {
    std::vector<std::string> out;
    if (!side.except.empty()) foreign_ = true;  // reported with the declarations
    for (const auto& term : side.terms) {
      if (std::holds_alternative<syntax::EveryExpr>(term.node)) foreign_ = true;  // as well
      out.push_back(std::visit(base::Overloaded{
                                   [&](const syntax::Path& path) { return head_of(path).rest; },
                                   [](const syntax::AddressLiteral& address) { return address.text; },
                                   [](const syntax::CidrLiteral& block) { return block.text; },
                                   [](const syntax::EveryExpr&) { return std::string(); },
                               },
                               term.node));
    }
    return out;
  }

  /// How many designs the target's environment has.
  std::size_t designs_of_environment() const {
    std::size_t out = 0;
    for (const Definition& definition : x_.program.definitions) {
      const auto* stack = std::get_if<syntax::Stack>(&definition.item->node);
      if (stack == nullptr) continue;
      out += static_cast<std::size_t>(
          std::count_if(stack->environments.begin(), stack->environments.end(), [&](const syntax::Path& path) {
            return find(x_.program, definition.module, path.names.front().text) == x_.environment_definition;
          }));
    }
    return out;
  }

  /// How many designs of the target's stack read this file.
  std::size_t designs() const {
    const Definition& definition = x_.program.definitions[*x_.stack_definition];
    const auto& stack = std::get<syntax::Stack>(definition.item->node);
    return static_cast<std::size_t>(
        std::count_if(stack.environments.begin(), stack.environments.end(), [&](const syntax::Path& path) {
          const auto found = find(x_.program, definition.module, path.names.front().text);
          const auto file = found ? x_.program.waiver_files.find(*found) : x_.program.waiver_files.end();
          return file != x_.program.waiver_files.end() && file->second == module_;
        }));
  }

  Expansion& x_;
  ModuleId module_;
  Context context_;
  bool foreign_ = false;
};

}  // namespace

std::optional<Actions> waived_actions(Expansion& x, const Context& context,
                                      const std::vector<syntax::Action>& written) {
  Actions out;
  for (const auto& action : written) {
    const auto* path = std::get_if<syntax::Path>(&action.node);
    std::optional<net::Traffic> elsewhere;
    bool one = true;
    const bool here = path == nullptr || path->names.size() != 1 || is_builtin(path->names[0].text) ||
                      find(x.program, context.scope->module, path->names[0].text);
    for (const DefinitionId id : x.program.definitions.ids()) {
      const Definition& definition = x.program.definitions[id];
      if (here || definition.kind != DefinitionKind::Service || definition.name != path->names[0].text) continue;
      const auto traffic = service_of(x, id);
      if (!traffic) continue;
      one = one && (!elsewhere || *elsewhere == *traffic);
      elsewhere = traffic;
    }
    if (elsewhere && one) {
      // The name that the flow uses, in the one meaning that it has in this program.
      out.traffic = out.traffic.united(*elsewhere);
      continue;
    }
    std::vector<syntax::Action> alone;
    alone.push_back(action);
    const auto found = actions_of(x, context, alone, action.span);
    if (!found) return std::nullopt;
    out.any = out.any || found->any;
    out.traffic = out.traffic.united(found->traffic);
    out.data.insert(out.data.end(), found->data.begin(), found->data.end());
  }
  return out;
}

void read_waivers(Expansion& x) {
  if (!x.environment_definition || !x.stack_definition) return;
  const auto file = x.program.waiver_files.find(*x.environment_definition);
  if (file == x.program.waiver_files.end()) return;
  WaiverReader reader(x, file->second);
  for (const DefinitionId id : x.program.modules[file->second].definitions) {
    const auto* waiver = std::get_if<syntax::Waiver>(&x.program.definitions[id].item->node);
    if (waiver != nullptr) reader.read(*waiver);
  }
}

}  // namespace crenel::sema
