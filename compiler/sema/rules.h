#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/sema/expansion.h"

/// Rules and what they speak of, for the passes of this room: facts, conditions, `require`, policies, waivers.
namespace crenel::sema {

/// Why it is open what a condition comes to: it asks for something that is left to deployment.
struct Undecided {
  std::string why;
};

/// The value of an expression about declared things. Nothing after an error, which has been reported.
[[nodiscard]] std::optional<std::variant<Value, Undecided>> rule_value(Expansion& x, const Context& context,
                                                                       const syntax::Expr& expr);
/// A condition: true, false or open.
[[nodiscard]] std::optional<std::variant<bool, Undecided>> rule_truth(Expansion& x, const Context& context,
                                                                      const syntax::Expr& expr);

/// Checks a condition of a rule whatever it will be asked of: facts by their tables, what is compared with what.
/// Variables are in the context's scope. False after an error, which has been reported.
bool check_condition(Expansion& x, const Context& context, const syntax::Expr& expr);
/// The same for a whole `require`, an `every` and the sides of a claim.
bool check_require(Expansion& x, const Context& context, const syntax::Require& require);
bool check_every(Expansion& x, const Context& context, const syntax::EveryExpr& every);

/// A context inside `context` in which `name` is a thing of the kind; without an id no one thing is meant. `scope` is
/// where it is kept.
[[nodiscard]] Context with_variable(Scope& scope, const Context& context, const syntax::Name& name, Kind kind,
                                    DeclaredId id);

/// The things of a kind that a rule ranges over, in source order.
[[nodiscard]] std::vector<DeclaredId> things_of(Expansion& x, Kind kind);
/// A declared thing's fact; nothing when there is no such fact (nothing is reported).
[[nodiscard]] std::optional<Value> fact_of(Expansion& x, DeclaredId id, const std::string& name);
/// The rows that stand for the target's stack and its environment.
[[nodiscard]] std::optional<DeclaredId> stack_row(Expansion& x);
[[nodiscard]] std::optional<DeclaredId> environment_row(Expansion& x);

/// What stands on a side of a flow: things, blocks, and the word `internet`.
[[nodiscard]] std::vector<Value> ends_of(const Expansion& x, const Side& side);
[[nodiscard]] std::map<std::string, Value> flow_facts(const Expansion& x, const FlowLine& flow);
/// The network that a thing stands in, a network itself included.
[[nodiscard]] std::optional<DeclaredId> network_of(const Expansion& x, DeclaredId id);
/// Whether traffic can come from or go to things of the kind.
[[nodiscard]] bool is_end(Kind kind);

/// One `require` asked of everything that it ranges over.
struct Asked {
  std::size_t cases = 0;
  bool anything = true;                  ///< there is something of every kind that it names
  std::vector<model::Finding> findings;  ///< their `rule` is not set
};
[[nodiscard]] Asked ask(Expansion& x, const Context& context, const syntax::Require& require);

/// A `require` of a pattern, a stack or a test: what breaks it is an error.
void require_here(Expansion& x, const Context& context, const syntax::Require& require, base::Span span);

/// A policy that somebody names, in the module that names it.
struct PolicyName {
  const syntax::Path* path = nullptr;
  ModuleId module;
};
/// The policies that these names stand for, with all that they are `under`, each once; reports unknown names.
[[nodiscard]] std::vector<DefinitionId> policies_named(Expansion& x, const std::vector<PolicyName>& names);
/// Puts every rule of the policies in force for the target: their claims join its claims, their requirements are asked.
void apply_policies(Expansion& x, const std::vector<DefinitionId>& policies);
/// The actions of a waiver; a service that its file does not know is looked for in the whole program.
[[nodiscard]] std::optional<Actions> waived_actions(Expansion& x, const Context& context,
                                                    const std::vector<syntax::Action>& written);
/// Reads the waivers of the target's environment that name the target's stack.
void read_waivers(Expansion& x);

inline constexpr std::string_view kWaiverHelp =
    "move it to a file of waivers, and let the environment name that file: `waivers = \"waivers.crenel\"`";

/// Resolves one claim into the target's claims; `rule` is the one that it belongs to.
void resolve_claim(Expansion& x, const Context& context, const syntax::Claim& written, base::Span span,
                   std::optional<std::size_t> rule);

}  // namespace crenel::sema
